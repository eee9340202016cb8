"""The survey after the closing, and what those who weigh the process see of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from adapters.items import Items
from adapters.telemetry import utc_now
from tests.browser.people import Complainant, Staff
from tests.journeys.steps import APPROVAL, ASSESSMENT, EXPLANATION
from tests.stack import Stack
from tests.world import a_submission


def answered_last_month(stack: Stack, *said: dict[str, int]) -> None:
    """A month is shown once it is over, for which no test can wait."""
    last = utc_now().astimezone(ZoneInfo("Europe/Istanbul")).replace(day=1) - timedelta(days=1)
    items = Items(stack.client("dynamodb"), stack.outputs["Table"])
    for number, marks in enumerate(said):
        items.put({"PK": f"SURVEY#{last:%Y-%m}", "SK": str(number), "marks": json.dumps(marks)})


def test_whoever_agreed_is_asked_once_and_no_figure_shows_one_persons_answer(
    stack: Stack,
    complainant: Callable[..., Complainant],
    staff: Callable[..., Staff],
    fit_for_everyone: Callable[..., None],
) -> None:
    her = complainant("tr")
    page, ask = her.page, her.words["case"]["survey"]
    receipt = stack.submit(a_submission(email=her.email, may_survey=True))
    read = f"/complaints/{receipt['reference']}"
    stack.until(lambda: stack.desk("handler", "GET", read).json["acknowledged_at"], "the acknowledgement")
    for role, move, body in (
        ("handler", "assess", ASSESSMENT),
        ("handler", "investigate", {"owner": stack.people["handler"]["sub"]}),
        ("handler", "propose", EXPLANATION),
        ("lead", "approve", APPROVAL),
    ):
        stack.move(role, receipt["reference"], move, body)
    her.tracks(receipt["reference"], receipt["secret"])
    her.sees("decided")
    expect(page.get_by_role("heading", name=ask["heading"])).to_have_count(0)
    her.accepts()
    her.sees("closed")
    page.locator("summary", has_text=ask["open"]).click()
    page.get_by_role("button", name=ask["send"]).click()
    nothing = page.get_by_role("alert").get_by_role("link", name=her.words["errors"]["easy"]["choice_required"])
    expect(nothing).to_be_visible()
    page.get_by_label(ask["items"]["fair"]).select_option(ask["marks"]["4"])
    fit_for_everyone(page, "survey")
    page.get_by_role("button", name=ask["send"]).click()
    her.is_told(her.words["case"]["note"]["survey"])
    expect(page.get_by_role("heading", name=ask["heading"])).to_have_count(0)

    lead = staff("lead")
    lead.signs_in()
    answered_last_month(stack, *({"fair": 4, "quick": 2} for _ in range(4)), {"fair": 5})
    lead.goes_to_page("Memnuniyet anketi")
    for item, shown in (("fair", "4,2"), ("quick", "Beşten az yanıt")):
        expect(lead.page.get_by_role("row").filter(has_text=ask["items"][item])).to_contain_text(shown)
    fit_for_everyone(lead.page, "survey at the desk")
