"""Every screen: axe without a finding, in light and dark; and at 320 pixels nothing moves sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DAY, NIGHT
from tests.browser.people import Complainant, Staff, proposal
from tests.journeys.steps import ASSESSMENT
from tests.stack import Stack
from tests.world import a_submission

Fit = Callable[..., None]
#: The pages are the same in both languages, so axe sees them once by day and once by night.
LOOKS = {"tr": [NIGHT], "en": [DAY]}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_way_from_the_language_index_to_the_confirmation(
    language: str, complainant: Callable[..., Complainant], fit_for_everyone: Fit
) -> None:
    her, by = complainant(language), LOOKS[language]
    page, words = her.page, her.words
    page.goto(her.site)
    fit_for_everyone(page, "language index", by)
    page.goto(her.site + words["paths"]["start"])
    fit_for_everyone(page, "start", by)
    page.get_by_role("main").get_by_role("link", name=words["links"]["complain"]).first.click()
    go_on = page.get_by_role("button", name=words["complain"]["continue"])
    steps = [
        ("about", her.answers_what_it_is_about),
        ("happened", her.answers_what_happened),
        ("wish", her.answers_what_would_put_it_right),
        ("you", her.answers_who_it_is),
    ]
    for step, answers in steps:
        expect(page.get_by_role("heading", level=1, name=her.step(step)["heading"], exact=True)).to_be_visible()
        fit_for_everyone(page, step, by)
        if step != "wish":  # nothing is required there
            go_on.click()
            expect(page.locator("#summary")).to_be_focused()
            fit_for_everyone(page, f"{step} with errors", by)
        answers()
        go_on.click()
    her.stands_before(her.step("check")["heading"])
    fit_for_everyone(page, "check", by)
    her.sends()
    fit_for_everyone(page, "sent", by)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_tracking_page_from_the_question_to_the_end(
    language: str, stack: Stack, complainant: Callable[..., Complainant], fit_for_everyone: Fit
) -> None:
    her, by = complainant(language), LOOKS[language]
    page = her.page
    receipt = stack.submit(a_submission(language=language, email=her.email))
    reference, secret = receipt["reference"], receipt["secret"]
    stack.settle()
    page.goto(her.site + her.words["paths"]["track"])
    fit_for_everyone(page, "track", by)
    her.tracks(reference, "wrong")
    expect(page.get_by_role("alert")).to_contain_text(her.words["errors"]["no_match"])
    fit_for_everyone(page, "track with an error", by)
    her.tracks(reference, secret)
    her.sees("received")
    fit_for_everyone(page, "received", by)
    page.get_by_role("button", name=her.words["case"]["message_send"]).click()
    expect(page.locator("#summary")).to_be_focused()
    fit_for_everyone(page, "received, an empty message", by)

    stack.move("handler", reference, "assess", ASSESSMENT)
    stack.move("handler", reference, "investigate", {"owner": stack.people["handler"]["sub"]})
    stack.move("handler", reference, "propose", proposal(receipt["answer_due_on"]))
    stack.move("lead", reference, "approve")
    stack.settle()
    her.tracks(reference, secret)
    her.sees("decided")
    for choice in page.locator(".choices summary").all():
        choice.click()
    fit_for_everyone(page, "decided", by)
    stack.move("handler", reference, "accept", {"medium": "phone"})
    stack.settle()
    stack.move("lead", reference, "verify", {"words": "Yerinde görüldü."})
    her.tracks(reference, secret)
    her.sees("closed")
    fit_for_everyone(page, "closed", by)


def test_pages_beside_the_way(stack: Stack, window: Callable[..., Page], fit_for_everyone: Fit) -> None:
    page = window(expects="/no-such-page")
    for path in ("/tr/aydinlatma/", "/en/privacy/", "/no-such-page"):
        page.goto(stack.site + path)
        fit_for_everyone(page, path)


def test_the_desk(stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Fit) -> None:
    receipt = stack.submit(a_submission(what_happened="Kapak\n" + "uzunbirsözcük" * 12))
    reference = receipt["reference"]
    shown = f"{reference[:4]}-{reference[4:7]}-{reference[7:]}"
    stack.settle()
    handler, lead = staff("handler"), staff("lead")
    page = handler.page

    def move(who: Staff, button: str) -> None:
        """The form of a move, as it opens and with everything missing."""
        who.begins_the_move(button)
        fit_for_everyone(who.page, button)
        who.page.locator("form.move").get_by_role("button", name=button, exact=True).click()
        if button == "Onayla ve gönder":
            expect(who.page.get_by_role("dialog")).to_be_visible()
            fit_for_everyone(who.page, "the question before a letter leaves")
            who.page.get_by_role("button", name="Düzenlemeye dön").click()
        else:
            expect(who.page.locator(".summary")).to_be_focused()
            fit_for_everyone(who.page, f"{button}, with errors")
        who.page.get_by_role("button", name="Vazgeç", exact=True).click()

    handler.signs_in()
    fit_for_everyone(page, "queue")
    page.get_by_role("link", name="Şikâyet kaydet").click()
    expect(handler.heading()).to_have_text("Şikâyet kaydet")
    fit_for_everyone(page, "register")
    page.get_by_role("button", name="Kaydet", exact=True).click()
    expect(page.locator(".summary")).to_be_focused()
    fit_for_everyone(page, "register with errors")

    handler.opens(shown, queue="Ön değerlendirme")
    fit_for_everyone(page, "a complaint just received")
    page.get_by_label("Başvuru sahibine yanıt").check()
    fit_for_everyone(page, "an answer being written")
    page.get_by_label("İç not").check()
    move(handler, "Değerlendir")
    handler.assesses("Kapak kırıldı")
    move(handler, "İncelemeyi başlat")
    handler.investigates()
    move(handler, "Kararı öner")
    handler.proposes("Kapakta üretim hatası bulduk.", "Kapağı değiştireceğiz.", receipt["answer_due_on"])

    lead.signs_in()
    lead.opens(shown, queue="Onay bekleyen")
    lead.page.get_by_text("Diğer işlemler").click()
    fit_for_everyone(lead.page, "a complaint to approve, with the other moves")
    lead.page.keyboard.press("Escape")
    move(lead, "Onayla ve gönder")
    lead.approves()
    move(lead, "Kabulü kaydet")
    move(lead, "İtirazı kaydet")
    stack.move("handler", reference, "accept", {"medium": "phone"})
    stack.settle()
    lead.opens(shown)
    move(lead, "Doğrula ve kapat")
    lead.verifies("Yerinde görüldü.")
    fit_for_everyone(lead.page, "a closed complaint")

    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    fit_for_everyone(page, "a complaint, for somebody who reads English")
    page.get_by_role("button", name="Türkçe").click()
    handler.signs_out()
    fit_for_everyone(page, "signed out")


def test_a_desk_with_no_work_for_this_role(stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Fit) -> None:
    administrator = staff("administrator", expects="403")
    administrator.enters_the_desk()
    expect(administrator.heading()).to_have_text("Rolünüz buna izin vermiyor")
    fit_for_everyone(administrator.page, "no permission")
