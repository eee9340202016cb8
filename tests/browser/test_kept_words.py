"""No word of a member of staff is lost: not to a colleague, to a reload, or to the end of a session."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.filed import investigated, received, shown
from tests.browser.people import Staff
from tests.stack import Stack

KEPT = "JSON.stringify({...sessionStorage})"


def test_of_two_people_the_second_sees_what_the_first_did_and_keeps_every_word(
    stack: Stack, staff: Callable[..., Staff]
) -> None:
    reference = investigated(stack)
    handler = staff("handler", expects="(Conflict)")
    handler.signs_in()
    handler.opens(shown(reference))
    handler.begins_the_move("Durumu bildir")
    form = handler.page.locator("form.move")
    words = form.get_by_label("Ne yapıldı, ne kaldı")
    words.fill("Servis kayıtlarını inceliyoruz.")
    stack.move("lead", reference, "plan", {"words": "Önce teknisyenle konuşulacak."})

    form.get_by_role("button", name="Durumu bildir").click()
    handler.page.get_by_role("dialog").get_by_role("button", name="Durum bilgilendirmesini gönder").click()
    changed = handler.page.get_by_role("group", name="Bu dosya siz yazarken değişti.")
    expect(changed).to_be_focused()
    expect(changed).to_contain_text(f"İnceleme planlandı, işlemi yapan: {stack.people['lead']['name']}")
    expect(handler.page.locator(".timeline")).to_contain_text("Önce teknisyenle konuşulacak.")
    expect(words).to_have_value("Servis kayıtlarını inceliyoruz.")
    form.get_by_role("button", name="Durumu bildir").click()
    handler.makes_it_so("Durum bilgilendirmesini gönder", "Durum bildirildi.")
    expect(changed).to_have_count(0)


def soon_over(stack: Stack, page: Page, minutes: float) -> None:
    """Sessions last this long from now on, as far as the desk knows."""
    configured = stack.ask("GET", "/staff/config.json").json | {"session_minutes": minutes}
    page.route("**/staff/config.json", lambda route: route.fulfill(json=configured))


def test_the_end_of_a_session_is_announced_and_takes_no_word(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = received(stack, email=None, phone="+90 532 555 00 11")
    handler = staff("handler", expects="status of 40")
    page = handler.page
    soon_over(stack, page, 5.05)
    handler.signs_in()
    warning = page.get_by_role("dialog", name="Oturumunuz birazdan sona eriyor")
    expect(warning).to_contain_text("Sona ereceği saat: ")
    page.keyboard.press("Escape")
    expect(warning).to_have_count(0)
    soon_over(stack, page, 600)

    handler.opens(shown(reference))
    address = page.url
    handler.begins_the_move("Kapsam dışı öner")
    form = page.locator("form.move")
    handler.chooses("Neden bizim işimiz değil", "Başkasının ürünü veya hizmetiyle ilgili")
    form.get_by_label("Nedeni, başvuru sahibinin okuyacağı biçimde").fill("Ürün bizim değil.")
    handler.has_no_tie()
    page.get_by_role("button", name="Postaya verildi").click()
    page.get_by_label("Posta takip numarası").fill("RR1")
    page.get_by_label("Başvuru sahibine yanıt").check()
    page.get_by_label("Başvuru sahibine mesaj").fill("Sizi bugün arayacağız.")

    def everything_stands() -> None:
        expect(page).to_have_url(address)
        expect(form).to_be_visible()
        expect(handler.heading()).to_be_focused()
        expect(form.get_by_label("Başkasının ürünü veya hizmetiyle ilgili")).to_be_checked()
        expect(form.get_by_label("Nedeni, başvuru sahibinin")).to_have_value("Ürün bizim değil.")
        expect(form.get_by_label("İlgili kişilerle hiçbir bağım yok")).not_to_be_checked()  # that is said anew
        expect(page.get_by_label("Posta takip numarası")).to_have_value("RR1")
        expect(page.get_by_label("Başvuru sahibine mesaj")).to_have_value("Sizi bugün arayacağız.")

    page.reload()
    handler.gives_the_password()  # Cognito remembers who was here; the emulator asks again
    everything_stands()
    expect(page.locator(".next .notice")).to_have_text("Yarım kalan yazınız duruyor.")

    page.route("**/oauth2/token", lambda route: route.fulfill(status=400, json={"error": "invalid_grant"}))
    page.route("**/api/desk/**", lambda route: route.fulfill(status=401))
    form.get_by_label("Bunun yerine nereye başvurulur").fill("Satıcınıza başvurun.")
    handler.has_no_tie()
    form.get_by_role("button", name="Kapsam dışı öner").click()
    expect(page.get_by_role("alert")).to_contain_text("Oturumunuz sona erdi.")
    page.unroute("**/oauth2/token")
    page.unroute("**/api/desk/**")
    stack.move("lead", reference, "update", {"words": "Geciktik, özür dileriz."})
    page.get_by_role("button", name="Yeniden oturum aç").click()
    handler.gives_the_password()
    everything_stands()
    expect(page.locator(".next .notice")).to_contain_text("Dosya o zamandan beri değişti.")
    handler.has_no_tie()
    handler.ends_the_move("Kapsam dışı öner", "Önerildi.")
    assert "Ürün bizim değil." not in page.evaluate(KEPT)

    page.get_by_role("button", name="Çıkış").click()
    expect(handler.heading()).to_have_text("Oturumunuzu kapattınız")
    assert "Sizi bugün" not in page.evaluate(KEPT)
