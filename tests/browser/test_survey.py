"""The survey after the closing, and what those who weigh the process see of it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Complainant, Staff
from tests.journeys.steps import APPROVAL, ASSESSMENT, EXPLANATION
from tests.stack import Stack
from tests.world import a_submission


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
    lead.goes_to_page("Memnuniyet anketi")
    fair = lead.page.get_by_role("row").filter(has_text=ask["items"]["fair"])
    expect(fair).to_contain_text("Beşten az yanıt")
    fit_for_everyone(lead.page, "survey at the desk")
