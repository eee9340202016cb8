"""Writing at the foot of a complaint: a note for ourselves, or a message that somebody reads before it leaves."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.filed import received, shown
from tests.browser.people import Staff, reaches
from tests.stack import Stack


def settle_the_text(stack: Stack) -> None:
    """One text to begin with, in both languages."""
    path = "/framework/texts"
    version = stack.desk("administrator", "GET", path).json["version"]
    text = {
        "title": {"tr": "Servis günü", "en": "Visit"},
        "words": {"tr": "Servis [gün] geliyor.", "en": "We come on [day]."},
    }
    body = {"content": {"texts": [text]}, "reason": "Hep aynı cümle."}
    answer = stack.desk("administrator", "PUT", path, body, if_match=f'"{version}"')
    assert answer.status == 200, answer.text


def test_a_note_and_a_reply_are_written_with_the_keyboard_alone(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Callable[..., None]
) -> None:
    reference = received(stack, name="Nermin Çağlayangil")
    settle_the_text(stack)
    handler = staff("handler")
    page = handler.page
    handler.signs_in()
    handler.opens(shown(reference))
    composer, newest = page.locator(".composer"), page.locator(".entry").first
    note, reply = composer.get_by_label("İç not"), composer.get_by_label("Başvuru sahibine yanıt")
    pad = composer.get_by_role("textbox")

    reaches(page, note)
    expect(note).to_be_checked()
    reaches(page, pad)
    page.keyboard.type("Servis müdürüyle konuşuldu.")
    reaches(page, composer.get_by_role("button", name="Notu kaydet"))
    page.keyboard.press("Enter")
    handler.is_told("Not kaydedildi.")
    expect(newest).to_contain_text("İç not, başvuru sahibi hiç görmez")
    expect(pad).to_have_value("")

    note.focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Sayın Çağlayangil,")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(reply).to_be_checked()
    reaches(page, composer.get_by_label("Hazır metinle başla"))
    page.keyboard.press("ArrowDown")
    expect(pad).to_be_focused()
    expect(pad).to_have_value("Sayın Çağlayangil,\n\nServis [gün] geliyor.")  # in her language, after what stood there
    expect(composer.locator(".recipient")).to_contain_text("Nermin Çağlayangil, e-postayla")
    send = composer.get_by_role("button", name="Başvuru sahibine gönder")
    reaches(page, send)
    page.keyboard.press("Enter")
    expect(composer.locator(".summary")).to_be_focused()
    expect(composer.locator(".summary")).to_contain_text("köşeli ayraç içindeki boşlukları doldurun")
    fit_for_everyone(page, "a reply with a blank in it")
    reaches(page, composer.get_by_role("button", name="[gün]"))
    page.keyboard.press("Enter")
    expect(pad).to_be_focused()
    page.keyboard.type("salı günü")
    expect(pad).to_have_value("Sayın Çağlayangil,\n\nServis salı günü geliyor.")

    reaches(page, send)
    page.keyboard.press("Enter")
    letter = page.get_by_role("dialog").get_by_role("region", name="Başvuru sahibinin okuyacağı metin")
    expect(letter).to_contain_text("Size bir mesajımız var")
    expect(letter).to_contain_text("Servis salı günü geliyor.")
    fit_for_everyone(page, "a reply as it will arrive")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(send).to_be_focused()
    page.keyboard.press("Enter")
    reaches(page, page.get_by_role("dialog").get_by_role("button", name="Mesajı gönder"))
    page.keyboard.press("Enter")
    handler.is_told("Mesaj gönderildi.")
    expect(newest).to_contain_text("Başvuru sahibi bunu görür")
    expect(newest).to_contain_text("Servis salı günü geliyor.")
    expect(note).to_be_checked()
    expect(pad).to_have_value("")
