"""Everything the public pages offer is there for a browser that runs no script, and when ours does not arrive."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import Complainant, proposal
from tests.journeys.steps import ASSESSMENT
from tests.stack import Stack
from tests.world import a_submission

NO_TIE = {"no_conflict": True}


def begins_without_a_script(complainant: Callable[..., Complainant]) -> Complainant:
    her = complainant("tr", java_script_enabled=False)
    her.begins()
    return her


def test_what_is_missing_is_listed_first_and_what_was_typed_is_kept(complainant: Callable[..., Complainant]) -> None:
    her = begins_without_a_script(complainant)
    her.answers_what_it_is_about()
    her.answers_what_happened()
    her.answers_whom_it_was_told()
    her.complains_as("me")
    her.page.get_by_label(her.step("reach")["email"], exact=True).fill("nermin@")
    her.send_button().click()

    missing = her.words["errors"]["name"]["required"]
    mistyped = her.words["errors"]["email_invalid"]
    summary = her.page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_text([missing, mistyped])
    assert her.page.evaluate("document.querySelector('main').firstElementChild.nextElementSibling.id") == "summary"
    expect(her.page).to_have_title(re.compile("^" + re.escape(her.words["error_title"].split("{")[0])))
    for label, value in (
        (her.step("about")["about"], her.story.about),
        (her.step("happened")["what_happened"], her.story.what_happened),
        (her.step("happened")["year"], "2026"),
        (her.step("reach")["email"], "nermin@"),
    ):
        expect(her.page.get_by_label(label, exact=True)).to_have_value(value)
    for label, says in ((her.step("you")["name"], missing), (her.step("reach")["email"], mistyped)):
        field = her.page.get_by_label(label, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(re.escape(says)))
    expect(
        her.page.get_by_role("group", name=her.step("before")["elsewhere"]).get_by_label(her.words["no"])
    ).to_be_checked()


def test_the_errors_stand_in_the_order_of_the_questions(complainant: Callable[..., Complainant]) -> None:
    her = begins_without_a_script(complainant)
    her.send_button().click()
    says = her.words["errors"]
    expect(her.page.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            says["about"]["required"],
            says["what_happened"]["required"],
            says["safety_risk"]["choice_required"],
            says["told_before"]["choice_required"],
            says["elsewhere"]["choice_required"],
            says["who"]["choice_required"],
        ]
    )


def test_what_was_typed_comes_along_into_the_other_language(complainant: Callable[..., Complainant]) -> None:
    her = begins_without_a_script(complainant)
    her.answers_all()
    her.page.get_by_role("navigation").get_by_role("link", name="English").click()
    her.page.get_by_role("button", name="Continue in English").click()
    expect(her.page.locator("html")).to_have_attribute("lang", "en")
    expect(her.page.get_by_label("What happened?")).to_have_count(0)
    expect(her.page.get_by_label("Tell us in your own words")).to_have_value(her.story.what_happened)
    expect(her.page.get_by_label("Your e-mail address", exact=True)).to_have_value(her.email)
    her.page.get_by_role("button", name="Send my complaint").click()
    expect(her.page.get_by_role("heading", level=1)).to_have_text("We have your complaint")


def test_a_life_without_a_script(stack: Stack, complainant: Callable[..., Complainant]) -> None:
    her = begins_without_a_script(complainant)
    her.answers_all()
    receipt = her.sends()
    reference = receipt.reference.replace("-", "")
    stack.mail_to(her.email)
    stack.settle()

    her.tracks(receipt.reference, receipt.secret)
    her.sees("received")
    her.writes("Servis bugün de gelmedi.\n<b>Lütfen</b> arayın.")
    expect(her.page.locator(".entries .letter").first).to_have_text("Servis bugün de gelmedi.\n<b>Lütfen</b> arayın.")

    stack.move("handler", reference, "assess", {**ASSESSMENT, **NO_TIE})
    stack.move("handler", reference, "investigate", {"owner": stack.people["handler"]["sub"]})
    stack.move("handler", reference, "propose", {**proposal(receipt.answer_due_on), **NO_TIE})
    stack.move("lead", reference, "approve", NO_TIE)
    her.tracks(receipt.reference, receipt.secret)
    her.sees("decided")
    her.accepts()
    her.sees("remedying")


def test_asked_replied_reviewed_withdrawn_and_taken_back_without_a_script(
    stack: Stack, complainant: Callable[..., Complainant]
) -> None:
    her = complainant("tr", java_script_enabled=False)
    receipt = stack.submit(a_submission(email=her.email))
    reference, due = receipt["reference"], receipt["answer_due_on"]
    stack.settle()
    stack.move("handler", reference, "assess", {**ASSESSMENT, **NO_TIE})
    stack.move("handler", reference, "investigate", {"owner": stack.people["handler"]["sub"]})
    ask = {"of": "complainant", "data": ["document"], "words": "Faturanın fotoğrafını gönderir misiniz?"}
    stack.move("handler", reference, "ask", {**ask, "reply_by": due})
    her.tracks(reference, receipt["secret"])
    her.sees("waiting")
    expect(her.page.get_by_text(ask["words"]).first).to_be_visible()
    her.writes("Fatura ektedir.", "reply")
    her.sees("investigating")

    stack.move("handler", reference, "propose", {**proposal(due), **NO_TIE})
    stack.move("lead", reference, "approve", NO_TIE)
    her.tracks(reference, receipt["secret"])
    her.sees("decided")
    expect(her.page.locator(".choices section")).to_have_count(3)
    her.makes("ask_review", "review_open", "review_send", ("review_words", "Servis kayıtlarına bakılsın."))
    her.sees("reviewing")
    her.makes("withdraw", "withdraw", "withdraw_send")
    expect(her.page.get_by_role("heading", level=1)).to_have_text(her.words["case"]["heading_closed"]["withdrawn"])
    her.page.get_by_role("button", name=her.words["case"]["again_send"]).click()
    her.is_told(her.words["case"]["note"]["take_up_again"])
    her.sees("reviewing")


def test_a_file_is_added_without_a_script(
    stack: Stack, complainant: Callable[..., Complainant], tmp_path: Path
) -> None:
    her = complainant("tr", java_script_enabled=False)
    receipt = stack.submit(a_submission(email=her.email))
    her.tracks(receipt["reference"], receipt["secret"])
    invoice = tmp_path / "fatura.pdf"
    invoice.write_bytes(b"%PDF-1.7 fatura")
    files = her.words["files"]
    her.page.get_by_label(files["name"]).fill("fatura")
    her.page.get_by_role("button", name=files["next"]).click()
    her.page.locator("#one-file").set_input_files(invoice)
    her.page.get_by_role("button", name=files["send"]).click()
    expect(her.page.get_by_text(her.words["track"]["added"])).to_be_visible()
    her.tracks(receipt["reference"], receipt["secret"])
    expect(her.page.locator(".files .name")).to_have_text("fatura")
    expect(her.page.locator(".files li")).to_contain_text(files["state"]["unscanned"])


def test_two_forms_sent_at_once_without_a_script_are_one_complaint(
    stack: Stack, complainant: Callable[..., Complainant]
) -> None:
    her = begins_without_a_script(complainant)
    her.answers_all()
    her.send_button().dblclick()
    receipt = her.reads_the_confirmation()
    stack.mail_to(her.email)
    stack.settle()
    assert len(stack.mail_to(her.email)) == 1
    assert receipt.reference in str(stack.mail_to(her.email)[0]["BodyText"])


def test_a_wrong_code_is_refused_in_words_and_the_reference_is_kept(complainant: Callable[..., Complainant]) -> None:
    her = complainant("en", java_script_enabled=False)
    her.tracks("7K4M-29X-RQ3A", "AAAA BBBB CCCC DDDD EEEE")
    expect(her.page.get_by_role("alert")).to_contain_text(her.words["errors"]["no_match"])
    expect(her.page.get_by_label(her.words["track"]["reference"], exact=True)).to_have_value("7K4M-29X-RQ3A")
    expect(her.page.get_by_label(her.words["track"]["secret"], exact=True)).to_have_value("")


def test_the_form_can_be_used_when_the_script_does_not_arrive(
    stack: Stack, complainant: Callable[..., Complainant]
) -> None:
    her = complainant("tr", expects="public.js")
    her.page.route("**/assets/public.js", lambda route: route.abort())
    her.begins()
    for step in ("about", "happened", "wish", "you"):
        expect(her.page.get_by_role("heading", level=2, name=her.step(step)["heading"])).to_be_visible()
    expect(her.page.get_by_role("button", name=her.words["complain"]["continue"])).to_be_hidden()
    her.answers_all()
    her.sends()
    stack.mail_to(her.email)
