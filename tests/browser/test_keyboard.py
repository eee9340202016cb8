"""The life of a complaint without a mouse: at the desk and on the tracking page."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.filed import in_days, shown
from tests.browser.people import Complainant, Staff, reaches
from tests.stack import Stack
from tests.world import a_submission


@dataclass(frozen=True)
class Keys:
    """Everything by Tab, Enter, Space, the arrows and letters; where the focus is can be seen at each stop."""

    page: Page

    def presses(self, button: Locator) -> None:
        reaches(self.page, button)
        self.page.keyboard.press("Enter")

    def ticks(self, box: Locator) -> None:
        reaches(self.page, box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def writes(self, field: Locator, words: str) -> None:
        reaches(self.page, field)
        self.page.keyboard.type(words)

    def picks(self, group: Locator, answer: str) -> None:
        """One of a group of radio buttons: Tab leads to the group, the arrows through it."""
        radios, goal = group.get_by_role("radio"), group.get_by_label(answer, exact=True)
        reaches(self.page, radios.first)
        self.page.keyboard.press("Space")
        for _ in range(radios.count()):
            if goal.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {answer}")

    def chooses(self, select: Locator, option: str) -> None:
        """One of a list: the arrows go through it."""
        wanted = select.locator("option", has_text=option).first.get_attribute("value")
        reaches(self.page, select)
        for _ in range(40):
            if select.input_value() == wanted:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {option}")


def test_a_complaint_is_handled_answered_accepted_and_closed_with_the_keyboard_alone(
    stack: Stack, staff: Callable[..., Staff], complainant: Callable[..., Complainant]
) -> None:
    her, handler, lead = complainant("tr"), staff("handler"), staff("lead")
    receipt = stack.submit(a_submission(email=her.email))
    reference = receipt["reference"]
    stack.mail_to(her.email)
    stack.settle()

    keys, page = Keys(handler.page), handler.page
    handler.signs_in()
    searches(keys, reference)
    form = page.locator("form.move")
    begins(keys, "Değerlendir")
    for question, answer in (
        ("Önem derecesi", "2, orta: masraf veya zahmet"),
        ("Karmaşıklık", "1, tek olgu, tek birim"),
        ("Emniyet etkisi", "Yok"),
        ("Etki", "Tek kişi"),
    ):
        keys.picks(form.get_by_role("group", name=question, exact=True), answer)
    keys.writes(form.get_by_role("textbox", name="Başvuru sahibinin sözleriyle", exact=True), "Kapak kırıldı")
    keys.chooses(form.get_by_label("Sorun", exact=True), "Ayıplı")
    keys.ticks(form.get_by_label("İlgili kişilerle hiçbir bağım yok"))
    keys.presses(form.get_by_role("button", name="Değişecekleri göster"))
    confirms(keys, "Değerlendir")
    handler.is_told("Ön değerlendirme kaydedildi.")

    begins(keys, "İncelemeyi başlat")
    keys.chooses(form.get_by_label("Sorumlu", exact=True), str(handler.person["name"]))
    keys.presses(form.get_by_role("button", name="İncelemeyi başlat"))
    handler.is_told("İnceleme başladı.")

    begins(keys, "Kararı öner")
    keys.picks(form.get_by_role("group", name="Tespit", exact=True), "Haklı bulundu")
    keys.writes(form.get_by_label("Gerekçe", exact=True), "Kapakta hata var.")
    keys.chooses(form.get_by_label("Çözüm", exact=True), "Ürün değişimi")
    day = form.get_by_label("Tamamlanacağı tarih")
    reaches(page, day)
    year, month, number = in_days(stack, 20).split("-")
    page.keyboard.type(f"{number}{month}{year}")
    expect(day).to_have_value(f"{year}-{month}-{number}")
    keys.chooses(form.get_by_label("Kök neden", exact=True), "Üretim")
    keys.picks(form.get_by_role("group", name="Başkalarının da başına gelmemesi"), "Hayır")
    keys.writes(form.get_by_label("Neden gerekiyor veya gerekmiyor"), "Tek olay.")
    keys.picks(form.get_by_role("group", name="Çözüm, aynı sorundan etkilenip"), "Hayır")
    keys.ticks(form.get_by_label("İlgili kişilerle hiçbir bağım yok"))
    keys.presses(form.get_by_role("button", name="Kararı öner"))
    handler.is_told("Karar önerildi.")

    keys, page = Keys(lead.page), lead.page
    lead.signs_in()
    searches(keys, reference)
    form = page.locator("form.move")
    begins(keys, "Onayla ve gönder")
    keys.ticks(form.get_by_label("İlgili kişilerle hiçbir bağım yok"))
    keys.presses(form.get_by_role("button", name="Onayla ve gönder"))
    confirms(keys, "Kararı gönder")
    lead.is_told("Karar onaylandı.")
    stack.settle()

    hers, said = Keys(her.page), her.words["case"]
    her.page.goto(her.site + her.words["paths"]["track"])
    hers.writes(her.page.get_by_label(her.words["track"]["reference"], exact=True), shown(reference))
    hers.writes(her.page.get_by_label(her.words["track"]["secret"], exact=True), receipt["secret"])
    hers.presses(her.page.get_by_role("button", name=her.words["track"]["open"]))
    her.sees("decided")
    hers.presses(her.page.locator("summary", has_text=said["accept_open"]))
    hers.presses(her.page.get_by_role("button", name=said["accept_send"], exact=True))
    her.is_told(said["note"]["accept"])
    stack.settle()

    keys, page = Keys(handler.page), handler.page
    searches(keys, reference)
    task = page.locator(".tasks li").first
    keys.presses(task.get_by_role("button", name="Yapıldı"))
    keys.presses(page.locator(".task-form").get_by_role("button", name="Kaydet"))
    handler.is_told("İş tamamlandı.")

    keys, page = Keys(lead.page), lead.page
    searches(keys, reference)
    begins(keys, "Doğrula ve kapat")
    keys.writes(form.get_by_label("Nasıl doğruladınız", exact=True), "Yerinde görüldü.")
    keys.presses(form.get_by_role("button", name="Doğrula ve kapat"))
    confirms(keys, "Kapat ve gönder")
    lead.is_told("Çözüm doğrulandı.")
    expect(page.locator(".above-title .state")).to_contain_text("Kapatıldı")


def searches(keys: Keys, reference: str) -> None:
    """From wherever one is to the complaint."""
    page = keys.page
    box = page.get_by_role("searchbox")
    reaches(page, box)
    page.keyboard.press("Control+a")
    page.keyboard.type(shown(reference))
    page.keyboard.press("Enter")
    keys.presses(page.get_by_role("row").filter(has_text=shown(reference)).get_by_role("link"))
    expect(page.locator(".above-title")).to_contain_text(shown(reference))
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def begins(keys: Keys, move: str) -> None:
    keys.presses(keys.page.locator(".next").get_by_role("button", name=move, exact=True))
    expect(keys.page.locator("#move-title")).to_be_focused()


def confirms(keys: Keys, act: str) -> None:
    keys.presses(keys.page.get_by_role("dialog").get_by_role("button", name=act, exact=True))
