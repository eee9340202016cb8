"""The page of a complaint: what is being written there is kept, nothing stays behind, and a lost code is replaced."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.people import Complainant
from tests.stack import Stack
from tests.world import a_submission

WRITTEN = "Bugün de gelmediler:\n“bekleyin” diyorlar."


def test_what_is_being_written_outlives_a_reload_and_leaves_with_the_person(
    stack: Stack, complainant: Callable[..., Complainant]
) -> None:
    """A reload, Back or a bookmark asks for the code again, and never ends in an error."""
    receipt = stack.submit(a_submission(email=None, phone="0555 111 22 33"))
    her = complainant("tr")
    page, said = her.page, her.words["case"]
    track = stack.site + her.words["paths"]["track"]
    box = page.get_by_label(said["message"], exact=True)
    page.clock.install()
    her.tracks(receipt["reference"], receipt["secret"])
    her.sees("received")
    assert page.url == track
    box.fill(WRITTEN)
    page.clock.fast_forward("13:00")
    expect(page.get_by_role("status").filter(has_text=said["ends"])).to_be_visible()
    expect(box).to_be_in_viewport()
    with page.expect_navigation():
        page.get_by_role("button", name=said["stay"]).click()
    her.sees("received")
    expect(page).to_have_url(track)
    expect(box).to_have_value(WRITTEN)

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(her.words["track"]["heading"])
    kept = page.evaluate("JSON.stringify({ ...sessionStorage })")
    assert json.loads(json.loads(kept)["redress-words"]) == {f"{receipt['reference']}/message": WRITTEN}
    assert not any(part in kept for part in (receipt["secret"], receipt["secret"][:8]))
    her.tracks(receipt["reference"], receipt["secret"])
    her.sees("received")
    expect(box).to_have_value(WRITTEN)
    page.get_by_role("button", name=said["message_send"]).click()
    her.is_told(said["note"]["message"])
    page.wait_for_load_state()  # the script has run
    expect(box).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0
    written = page.locator(".entries .letter")
    expect(written).to_have_text([WRITTEN, a_submission()["what_happened"]], use_inner_text=False)
    page.get_by_role("button", name=said["oldest_first"]).click()
    expect(written).to_have_text([a_submission()["what_happened"], WRITTEN], use_inner_text=False)
    expect(page.get_by_role("button", name=said["newest_first"])).to_be_focused()

    box.fill("Yarım kalan")
    page.get_by_role("link", name=her.words["finish"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(her.words["start"]["heading"])
    assert page.evaluate("sessionStorage.length") == 0
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(her.words["track"]["heading"])
    assert page.url == track
    assert WRITTEN.partition("\n")[0] not in page.content()
    page.goto(f"{stack.site}/api/public/track/form")
    assert page.url == track


def test_a_lost_code_is_replaced_without_a_script(stack: Stack, complainant: Callable[..., Complainant]) -> None:
    """From the confirmation to the new code: two numbers out of two letters, and nothing to click in either."""
    her = complainant("en", java_script_enabled=False)
    page, lost, said = her.page, her.words["lost"], her.words["case"]
    receipt = stack.submit(a_submission(language="en", email=her.email))
    [first] = stack.mail_to(her.email)
    her.tracks(receipt["reference"], receipt["secret"])
    page.get_by_label(said["message"], exact=True).fill(WRITTEN)
    page.get_by_label(said["contact_number"], exact=True).fill(number_in(first))
    page.get_by_role("button", name=said["stay"]).click()
    expect(page.get_by_label(said["message"], exact=True)).to_have_value(WRITTEN)
    page.get_by_label(said["contact_number"], exact=True).press("Enter")
    her.is_told(said["note"]["verify_contact"])

    page.goto(stack.site + her.words["paths"]["track"])
    page.get_by_role("link", name=lost["heading"]).click()
    page.get_by_label(her.words["track"]["reference"], exact=True).first.fill(receipt["reference"])
    page.get_by_label(lost["email"], exact=True).fill(her.email)
    page.get_by_role("button", name=lost["send"]).click()
    her.is_told(lost["asked"])
    second = stack.mail_to(her.email, at_least=2)[-1]
    page.get_by_label(lost["number"], exact=True).fill(number_in(second))
    page.get_by_role("button", name=lost["show"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(her.words["renewed"]["heading"])
    secret = page.locator("#secret").inner_text()

    her.tracks(receipt["reference"], receipt["secret"])
    expect(page.locator("#summary")).to_contain_text(her.words["errors"]["no_match"])
    her.tracks(receipt["reference"], secret)
    her.sees("received")
    expect(page.locator(".entries")).to_contain_text(said["new_code"])


def number_in(letter: dict[str, Any]) -> str:
    """The number that a letter carries."""
    found: list[str] = re.findall(r"number: ([0-9A-Z]{4} [0-9A-Z]{4})\s", str(letter["BodyText"]))
    return found[-1]
