"""Settings beside the rules: drafted, approved by somebody else, read by everybody; and how people reach us."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.people import Staff
from tests.browser.test_accessibility import Fit
from tests.stack import Stack


def writes(page: Page, label: str, turkish: str, english: str) -> None:
    """The same in both languages."""
    page.get_by_label(f"{label} (Türkçe)").last.fill(turkish)
    page.get_by_label(f"{label} (İngilizce)").last.fill(english)


def saves(who: Staff, reason: str) -> None:
    who.page.get_by_label("Değişikliğin nedeni").fill(reason)
    who.page.get_by_role("button", name="Kaydet", exact=True).click()


def test_a_commitment_is_drafted_approved_and_read(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Fit
) -> None:
    author = staff("management-representative", expects="status of 422")
    author.signs_in()
    author.goes_to_page("Ayarlar")
    page = author.page
    fit_for_everyone(page, "settings")
    page.get_by_role("link", name="Kurulum").click()
    expect(author.heading()).to_have_text("Kurulum")
    page.get_by_role("navigation", name="Adımlar").get_by_role("link", name="Dokümanlar").click()
    expect(page.get_by_role("listitem").filter(has_text="Taahhüt yürürlükte")).to_contain_text("(henüz değil)")
    fit_for_everyone(page, "set-up")
    author.goes_to_page("Ayarlar")
    page.get_by_role("main").get_by_role("link", name="Taahhüt").click()
    expect(author.heading()).to_have_text("Taahhüt")
    expect(page.get_by_role("main")).to_contain_text("Taslağı kuruluş dışından kimse görmez.")
    writes(page, "Verdiğiniz söz", "Her şikâyeti dinler, zamanında yanıtlarız.", "We hear every complaint, in time.")
    page.get_by_label("İmzalayan").fill("Gülizar Hacısalihoğlu")
    page.get_by_label("Gözden geçirme tarihi").fill("2028-03-01")
    saves(author, "İlk taahhüt")
    expect(page.locator(".summary")).to_contain_text("Unvanı (Türkçe): burayı doldurun")
    fit_for_everyone(page, "commitment with errors")
    writes(page, "Unvanı", "Genel Müdür", "Managing director")
    saves(author, "İlk taahhüt")
    author.is_told("Kaydedildi.")
    expect(page.get_by_role("main")).to_contain_text("Taslak, üst yönetimden birinin onayını bekliyor.")

    manager = staff("top-management")
    manager.signs_in()
    manager.goes_to_page("Ayarlar")
    manager.page.get_by_role("main").get_by_role("link", name="Taahhüt").click()
    expect(manager.heading()).to_have_text("Taahhüt")
    fit_for_everyone(manager.page, "commitment to approve")
    manager.page.get_by_label("Onay gerekçesi").fill("Kurulda görüşüldü")
    manager.page.get_by_role("button", name="Onayla ve yürürlüğe koy").click()
    manager.is_told("Onaylandı ve yürürlüğe girdi.")
    expect(manager.page.get_by_role("region", name="Yürürlükteki metin")).to_contain_text("zamanında yanıtlarız")

    handler = staff("handler")
    handler.signs_in()
    asked = handler.page.locator(".notice").filter(has_text="Okumanız gereken yeni sürüm:")
    asked.get_by_role("link", name="Taahhüt").click()
    handler.page.get_by_role("button", name="Okudum").click()
    handler.is_told("Okuduğunuz kaydedildi.")
    fit_for_everyone(handler.page, "commitment that was read")
    handler.goes_to("Açık dosyalar")
    expect(asked).to_have_count(0)


def test_a_number_that_costs_more_is_refused_where_it_stands_and_what_was_typed_outlives_a_reload(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Fit
) -> None:
    author = staff("management-representative", expects="status of 422")
    author.signs_in()
    author.goes_to_page("Ayarlar")
    page = author.page
    page.get_by_role("main").get_by_role("link", name="İletişim bilgileri").click()
    page.get_by_role("button", name="Numara ekle").click()
    page.get_by_label("2. numara", exact=True).fill("0900 123 45 67")
    writes(page, "Arama saatleri", "Hafta içi 09.00–18.00", "Weekdays 9 am to 6 pm")
    saves(author, "Yeni hat")
    expect(page.locator(".summary")).to_contain_text("2. numara: bu numara normal bir aramadan pahalıdır")
    fit_for_everyone(page, "contact details with errors")
    page.get_by_label("2. numara", exact=True).fill("0212 555 01 23")
    page.reload()
    author.gives_the_password()
    expect(page.get_by_role("main")).to_contain_text("Yarım kalan yazınız duruyor.")
    expect(page.get_by_label("2. numara", exact=True)).to_have_value("0212 555 01 23")
    saves(author, "Yeni hat")
    author.is_told("Kaydedildi.")
    assert not page.evaluate("Object.keys(sessionStorage).some((key) => key.startsWith('redress.draft.settings.'))")
    expect(page.get_by_role("region", name="Önceki sürümler")).to_contain_text("Yeni hat")
    kept = stack.desk("handler", "GET", "/framework/contact").json["content"]["telephones"]
    assert [one["number"] for one in kept][-1] == "0212 555 01 23"
