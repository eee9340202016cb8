"""Every screen: axe without a finding, in light and dark; and at 320 pixels nothing moves sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DAY, NIGHT, settle
from tests.browser.people import Complainant, Staff
from tests.browser.published import everything
from tests.browser.test_desk import BASE, GO, OURS, REPAIR, investigated, proposed_late, shown
from tests.browser.test_rules import part
from tests.stack import Stack
from tests.world import a_submission

Fit = Callable[..., None]


@pytest.fixture(params=["tr", "en"])
def her(request: pytest.FixtureRequest, site: str, opened: Callable[..., Page]) -> Complainant:
    """Somebody on the pages with nothing behind them, in each language."""
    return Complainant(opened(viewport={"width": 1366, "height": 900}), site, request.param)


@pytest.fixture
def fit(her: Complainant, fit_for_everyone: Fit) -> Callable[[str], None]:
    """The pages are the same in both languages: axe sees them once by day and once by night, and one in every look."""
    turkish = her.language == "tr"
    return lambda what: fit_for_everyone(her.page, what, [NIGHT] if turkish else [DAY], all_looks=turkish)


def test_the_way_from_the_language_index_to_the_confirmation(her: Complainant, fit: Callable[[str], None]) -> None:
    her.begins()
    steps = [
        ("about", her.answers_what_it_is_about),
        ("happened", her.answers_what_happened),
        ("before", her.answers_whom_it_was_told),
        ("wish", her.answers_what_would_put_it_right),
        ("you", her.answers_who_it_is),
        ("reach", her.answers_how_to_be_reached),
    ]
    for step, answers in steps:
        expect(her.page.get_by_role("heading", level=1, name=her.step(step)["heading"], exact=True)).to_be_visible()
        unfold(her.page)
        if step == "wish":  # nothing is required there
            fit(step)
        else:
            her.page.get_by_role("button", name=her.words["complain"]["continue"]).click()
            expect(her.page.locator("#summary")).to_be_focused()
            fit(f"{step} with errors")
        answers()
        her.page.get_by_role("button", name=her.words["complain"]["continue"]).click()
    her.stands_before(her.step("check")["heading"])
    fit("check")


def test_the_tracking_page_where_a_message_is_missing(her: Complainant, fit: Callable[[str], None]) -> None:
    her.page.goto(f"{her.site}/{her.language}/case/late/")
    her.page.get_by_label(her.words["case"]["message"], exact=True).fill("")
    her.page.get_by_role("button", name=her.words["case"]["message_send"]).click()
    expect(her.page.locator("#summary")).to_be_focused()
    fit("an empty message")


def test_every_public_page_as_it_comes(her: Complainant, fit: Callable[[str], None]) -> None:
    """The confirmation and the page of a complaint too; those that are in both languages, once."""
    for key in everything():
        if key.startswith(f"{her.language}/") or (her.language == "tr" and "/" not in key):
            her.page.goto(f"{her.site}/{key.removesuffix('index.html')}")
            expect(her.page.locator("html")).to_have_attribute("data-ready", "")
            unfold(her.page)
            fit(key)


def unfold(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


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
        if button == "Onayla ve gönder":
            who.has_no_tie()
        who.page.locator("form.move [type=submit]").click()
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
    # By day the list lies over the page.
    fit_for_everyone(lead.page, "a complaint to approve, with the other moves", by=[NIGHT])
    lead.page.keyboard.press("Escape")
    move(lead, "Onayla ve gönder")
    lead.approves()
    move(lead, "Kabulü kaydet")
    move(lead, "İtirazı kaydet")
    stack.move("handler", reference, "accept", {"medium": "phone"})
    stack.finishes("handler", reference, "remedy-1")
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


def test_what_moves_a_promise(
    stack: Stack, staff: Callable[..., Staff], several_packs: None, fit_for_everyone: Fit
) -> None:
    reference = shown(investigated(stack, OURS, BASE, REPAIR))
    lead = staff("lead", expects="(Conflict)")
    page = lead.page
    lead.signs_in()
    lead.opens(reference)
    for details in page.locator(".promises details").all():
        details.locator("summary").click()
    fit_for_everyone(page, "a complaint with duties, every clock explained")
    page.locator(".moves > summary").click()
    # By day the list lies over the page.
    fit_for_everyone(page, "a complaint with duties, the list of moves open", by=[NIGHT])
    page.keyboard.press("Escape")

    def form(button: str, *, empty: bool = True) -> None:
        """As it opens, and with everything missing."""
        lead.begins_the_move(button)
        fit_for_everyone(page, button)
        if empty:
            page.locator("form.move [type=submit]").click()
            expect(page.locator(".summary")).to_be_focused()
            fit_for_everyone(page, f"{button}, with errors")

    def confirm(button: str, done: str) -> None:
        lead.sees_what_changes()
        fit_for_everyone(page, f"{button}: what changes")
        lead.makes_it_so(button, done)

    form("Durumu bildir")
    page.get_by_role("button", name="Vazgeç").click()
    form("Ek süre al")
    page.get_by_label("Neden ek süre gerekiyor").fill("Üreticinin raporunu bekliyoruz.")
    confirm("Ek süre al", "Ek süre alındı.")
    form("Süreyi durdur")
    lead.chooses("Ne bekleniyor", "Konu mahkemede")
    page.get_by_label("Süre neden duruyor").fill("Dava açıldı.")
    page.get_by_role("button", name="Değişecekleri göster").click()
    expect(page.locator(".summary")).to_contain_text("izin vermiyor")
    fit_for_everyone(page, "Süreyi durdur, refused by the rules")
    for number in (2, 3):
        page.get_by_role("checkbox", name=f"Konu {number}").uncheck()
    confirm("Süreyi durdur", "Süre durduruldu.")
    fit_for_everyone(page, "a complaint with a clock that stands still")
    form("Süreyi başlat", empty=False)
    confirm("Süreyi başlat", "Süre yeniden başladı.")
    form("Yeniden değerlendir")
    page.get_by_label("Değerlendirme neden değişiyor").fill("İki konu aynı.")
    page.get_by_label("Kurallar", exact=True).nth(1).select_option("OUR-OWN")
    lead.has_no_tie()
    confirm("Yeniden değerlendir", "Yeniden değerlendirildi.")


def test_an_answer_that_is_late(stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Fit) -> None:
    reference = proposed_late(stack)
    lead = staff("lead")
    lead.signs_in()
    lead.opens(shown(reference))
    fit_for_everyone(lead.page, "a late complaint")
    lead.begins_the_move("Onayla ve gönder")
    fit_for_everyone(lead.page, "a late decision to approve")
    lead.page.locator("form.move [type=submit]").click()
    expect(lead.page.locator(".summary")).to_be_focused()
    fit_for_everyone(lead.page, "a late decision to approve, with errors")


def test_the_workload(stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Fit) -> None:
    stack.submit(a_submission())
    investigated(stack, BASE)
    lead = staff("lead")
    page = lead.page
    lead.signs_in()
    lead.goes_to_page("İş yükü")
    fit_for_everyone(page, "workload")
    page.get_by_role("button", name="Devret", exact=True).click()
    expect(page.locator(".summary")).to_be_focused()
    fit_for_everyone(page, "workload, a hand-over with errors")
    page.get_by_role("button", name="İzni ekle").click()
    expect(page.locator(".summary").last).to_be_focused()
    fit_for_everyone(page, "workload, an absence with errors")
    page.get_by_label("İlk gün").fill("2030-01-07")
    page.get_by_label("Son gün").fill("2030-01-11")
    page.get_by_label("Vekil").select_option(str(stack.people["handler"]["sub"]))
    page.get_by_role("button", name="İzni ekle").click()
    lead.is_told("İzin eklendi.")
    page.get_by_label("Devreden").select_option(index=1)
    page.get_by_label("Devralan").select_option(str(stack.people["lead"]["sub"]))
    page.get_by_label("Nedeni").fill("Uzun süreli izin")
    page.get_by_role("button", name="Devret", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Devredilen dosya")).to_be_visible()
    fit_for_everyone(page, "workload, handed over and away")
    page.get_by_role("button", name="Sil: ").click()
    lead.is_told("İzin silindi.")


def test_the_rules(
    stack: Stack, staff: Callable[..., Staff], several_packs: None, as_before: None, fit_for_everyone: Fit
) -> None:
    due_on = stack.submit(a_submission())["answer_due_on"]
    stack.settle()
    representative = staff("management-representative", expects="status of 4")
    page = representative.page
    representative.signs_in()
    representative.goes_to_page("Kurallar")
    fit_for_everyone(page, "rules")
    page.locator("section > .pack > summary").first.click()
    page.get_by_text("Diğer paketler").click()
    for pack in ("UK-CONSUMER v1", "UK-FCA-DISP v1"):
        page.locator(".pack").filter(has_text=pack).locator("summary").first.click()
    page.locator(".pack").filter(has_text="UK-CONSUMER v1").get_by_text("Taslağı onayla").click()
    for button in ("Sorun ekle", "Gün ekle", "Kişi ekle", "Paket ekle"):
        page.get_by_role("button", name=button, exact=True).click()
    page.get_by_label("Kendi belirlediğimiz saatler").check()
    fit_for_everyone(page, "rules with everything open")
    page.get_by_role("button", name="Değişecekleri göster").click()
    expect(page.locator(".summary")).to_be_focused()
    fit_for_everyone(page, "rules with errors")
    page.get_by_label("Takvimdeki saatler").check()
    part(page, "Kendi paketleriniz").get_by_role("button", name="Sil").last.click()
    part(page, "Kapalı günler").get_by_label("Gün", exact=True).fill(due_on)
    part(page, "Kapalı günler").get_by_label("Nedeni", exact=True).fill("Sayım")
    page.get_by_role("button", name="Değişecekleri göster").click()
    save = part(page, "Değişiklikleri kaydet")
    expect(save.get_by_role("heading", level=3)).to_be_focused()
    fit_for_everyone(page, "what other rules would change")
    settle(stack, ceiling=39)
    page.get_by_label("Kurallar neden değişiyor").fill("Sayım")
    page.get_by_role("button", name="Kuralları kaydet").click()
    expect(page.get_by_role("alert")).to_be_visible()
    fit_for_everyone(page, "rules that somebody else has changed")
    page.get_by_role("button", name="Değişecekleri göster").click()
    page.get_by_role("button", name="Kuralları kaydet").click()
    expect(save.get_by_role("status")).to_contain_text("Tarihi değişen açık dosya")
    fit_for_everyone(page, "rules that were saved")


def test_the_rules_for_those_who_only_read_them(
    stack: Stack, staff: Callable[..., Staff], several_packs: None, fit_for_everyone: Fit
) -> None:
    auditor = staff("auditor")
    auditor.enters_the_desk()
    auditor.page.get_by_role("link", name="Rules", exact=True).click()
    expect(auditor.heading()).to_have_text("Rules")
    fit_for_everyone(auditor.page, "rules, for somebody who reads English")


def test_the_desk_of_an_administrator(stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Fit) -> None:
    administrator = staff("administrator", expects="403")
    administrator.enters_the_desk()
    expect(administrator.heading()).to_have_text("Kurallar")
    fit_for_everyone(administrator.page, "rules, for an administrator")
    administrator.page.evaluate(GO, "/staff/queue/open")
    expect(administrator.heading()).to_have_text("Rolünüz buna izin vermiyor")
    fit_for_everyone(administrator.page, "no permission")
