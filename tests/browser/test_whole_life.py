"""A complaint from the start page to its closing, seen by everybody who has a part in it."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.people import Complainant, Staff
from tests.stack import Stack

REFERENCE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{4}")
CODE = re.compile(r"([0-9A-HJKMNP-TV-Z]{4} ){4}[0-9A-HJKMNP-TV-Z]{4}")


class Told(NamedTuple):
    """What staff write to the complainant, and words that only a letter in the right language holds."""

    point: str
    reasons: str
    promise: str
    greeting: str


TOLD = {
    "tr": Told("Fırının camı patladı", "Camda üretim hatası bulduk.", "Fırınınızı yenisiyle değiştireceğiz.", "aldık"),
    "en": Told("The machine stopped", "We found a faulty pump.", "We will bring you a new machine.", "have received"),
}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_complaint_is_filed_answered_accepted_and_closed(
    language: str, stack: Stack, complainant: Callable[..., Complainant], staff: Callable[..., Staff]
) -> None:
    told = TOLD[language]
    her = complainant(language)
    her.begins()
    her.walks_to_the_last_step()
    answers = her.page.locator(".answers")
    for shown in (her.story.about, her.story.what_happened, her.story.wish, her.story.name, her.email, "3 2 2026"):
        expect(answers).to_contain_text(shown)
    receipt = her.sends()
    assert REFERENCE.fullmatch(receipt.reference)
    assert CODE.fullmatch(receipt.secret)

    [acknowledged] = stack.mail_to(her.email)
    assert told.greeting in str(acknowledged["Subject"])
    assert receipt.reference in str(acknowledged["BodyText"])
    assert receipt.answer_due in str(acknowledged["BodyText"])
    for code in (receipt.secret, receipt.secret.replace(" ", "")):
        assert code not in str(acknowledged)

    handler = staff("handler")
    handler.signs_in()
    handler.opens(receipt.reference, queue="Ön değerlendirme")
    expect(handler.page.locator(".wrote")).to_have_text(her.story.what_happened)
    handler.assesses(told.point)
    handler.investigates()
    handler.proposes(told.reasons, told.promise, receipt.answer_due_on)

    her.tracks(receipt.reference, receipt.secret)
    her.sees("deciding")
    expect(her.page.get_by_text(told.reasons)).to_have_count(0)

    lead = staff("lead")
    lead.signs_in()
    lead.opens(receipt.reference, queue="Onay bekleyen")
    lead.approves()

    her.tracks(receipt.reference.lower(), receipt.secret.replace(" ", ""))
    her.sees("decided")
    for words in (told.point, told.reasons, told.promise):
        expect(her.page.get_by_role("main")).to_contain_text(words)
    assert told.reasons in str(stack.mail_to(her.email, at_least=2)[1]["BodyText"])
    her.accepts()
    her.sees("remedying")

    handler.opens(receipt.reference)
    handler.finishes("Ürün değişimi")
    lead.opens(receipt.reference)
    lead.verifies("Müşteri telefonla doğruladı.")
    her.tracks(receipt.reference, receipt.secret)
    her.sees("closed")
    expect(her.page.locator(".lead")).to_have_text(her.words["case"]["closed"]["remedy_verified"])
    stack.mail_to(her.email, at_least=3)
