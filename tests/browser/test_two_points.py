"""A complaint with two points, on a desk full of the demo's: everybody has their say before it is closed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from infra.demo.filed import Filed
from infra.demo.lives import act
from infra.demo.site import Colleague, Desk, Site
from tests.browser.filed import shown
from tests.browser.people import Complainant, Staff
from tests.evidence import PDF
from tests.stack import Stack

DESK = ("front-line", "handler", "lead", "reviewer", "management-representative")
#: So many come by form, and so many by telephone or letter, beside the demo's Turkish complaints.
AROUND = 6
MEMBERSHIP, PAYMENTS = "Üyeliğim sağlık raporuma rağmen iptal edilmedi", "Kartımdan her ay çekmeye devam ediyorlar"
REPAID = "Raporunuzdan sonra çekilen iki aylık ücreti kartınıza iade ediyoruz."
NOT_CANCELLED = "Raporunuz bize 3 Kasım’da ulaştı. Sözleşmenin 7. maddesi bu günden önceki ayları kapsıyor."
STILL_CHARGED = "İptal isteğiniz kayda girmiş, ödeme talimatı ise açık kalmış. Kusur bizde."
NO_MORE = "Üyeliğiniz raporun bize ulaştığı gün sona erdi; önceki aylarda salon kullanımınıza açıktı."
BODY = "Tüketici Hakem Heyeti"


@pytest.fixture
def demo(stack: Stack, as_before: None) -> list[Filed]:
    """What `make demo` does, with fewer complaints."""
    site = Site(stack.site, stack.emulator.port)

    def signed_in(role: str) -> Colleague:
        return Colleague(site, lambda: stack.token(role))

    filed = act(site, Desk(*map(signed_in, DESK)), AROUND)
    stack.settle()
    return filed


def answers(who: Staff, point: str, finding: str, reasons: str) -> Locator:
    """Finding and reasons on one point; the point's part of the form."""
    group = who.page.locator("form.move").get_by_role("group", name=point)
    who.chooses("Tespit", finding, group)
    group.get_by_label("Gerekçe", exact=True).fill(reasons)
    return group


def answers_payments(who: Staff, due_on: str) -> None:
    group = answers(who, PAYMENTS, "Haklı bulundu", STILL_CHARGED)
    group.get_by_label("Çözüm", exact=True).select_option("Bedel iadesi")
    group.get_by_label("Ne yapacağız").fill(REPAID)
    group.get_by_label("Tutar").fill("1.900,00")
    group.get_by_label("Tamamlanacağı tarih").fill(due_on)


def answers_membership(who: Staff, reasons: str) -> None:
    group = answers(who, MEMBERSHIP, "Haklı bulunmadı", reasons)
    group.get_by_label("Çözüm", exact=True).select_option("Çözüm yok")
    group.get_by_label("Neden çözüm yok").fill(NO_MORE)


def decision(stack: Stack, reference: str, heading: str) -> str:
    """The letter with this heading about the complaint, as it left."""
    stack.settle()
    letters = [str(mail["BodyText"]) for mail in stack.emulator.mail() if shown(reference) in str(mail["BodyText"])]
    [letter] = [text for text in letters if heading in text]
    return letter


def test_two_points_from_the_demo_to_an_outside_body(
    stack: Stack,
    demo: list[Filed],
    complainant: Callable[..., Complainant],
    staff: Callable[..., Staff],
    fit_for_everyone: Callable[..., None],
    tmp_path: Path,
) -> None:
    told = next(one for one in demo if one.until == "received" and one.submission["language"] == "tr")
    secret, reference = told.receipt["secret"], shown(told.receipt["reference"])
    handler, front_line, lead = staff("handler"), staff("front-line"), staff("lead")
    reviewer, representative = staff("reviewer"), staff("management-representative")
    now = datetime.fromisoformat(stack.desk("handler", "GET", "/me").json["now"])
    soon, later = ((now + timedelta(days=days)).date().isoformat() for days in (3, 12))

    # Two points under two categories.
    handler.signs_in()
    handler.opens(reference, queue="Ön değerlendirme")
    expect(handler.page.locator(".wrote")).to_have_text(told.submission["what_happened"])
    handler.begins_the_move("Değerlendir")
    form = handler.page.locator("form.move")
    handler.chooses("Önem derecesi", "2, orta: masraf veya zahmet")
    handler.chooses("Karmaşıklık", "2, birden çok birim veya konu")
    handler.chooses("Emniyet etkisi", "Yok")
    handler.chooses("Etki", "Tek kişi")
    form.get_by_role("button", name="Konu ekle").click()
    points = ((MEMBERSHIP, "Sözleşme koşulları veya kapsam"), (PAYMENTS, "Fatura, ödeme veya yatmayan iade"))
    for number, (title, category) in enumerate(points, 1):
        point = form.get_by_role("group", name=f"Konu {number}")
        point.get_by_role("textbox", name="Başvuru sahibinin sözleriyle", exact=True).fill(title)
        point.get_by_label("Sorun", exact=True).select_option(category)
    handler.has_no_tie()
    handler.sees_what_changes()
    handler.makes_it_so("Değerlendir", "Ön değerlendirme kaydedildi.")
    expect(handler.page.locator(".points tbody tr")).to_contain_text([f"{title}{of}" for title, of in points])
    handler.investigates()

    # A colleague tells what they know.
    handler.begins_the_move("Arkadaşına sor")
    form.get_by_label("Kime", exact=True).select_option(str(front_line.person["sub"]))
    form.get_by_label("Ne öğrenmek istiyorsunuz").fill("Rapor hangi gün geldi, kim gördü?")
    form.get_by_label("Son gün", exact=True).fill(soon)
    handler.ends_the_move("Arkadaşına sor", "Soruldu.")
    front_line.signs_in()
    front_line.opens(reference)
    task = front_line.page.locator(".tasks li").filter(has_text="Bir çalışma arkadaşının katkısı")
    expect(task).to_contain_text(f"istenen kişi: {front_line.person['name']}")
    expect(task).to_contain_text("Rapor hangi gün geldi, kim gördü?")
    task.get_by_role("button", name="Katkı yaz").click()
    task.get_by_label("Bu konuda bildikleriniz").fill("İlk e-posta 3 Kasım’da gelmiş, danışmada kalmış.")
    task.get_by_role("button", name="Kaydet").click()
    front_line.is_told("İş tamamlandı.")
    expect(task).to_have_count(0)

    # No answer leaves before each point has one.
    handler.opens(reference)
    expect(handler.page.locator(".timeline .words").first).to_contain_text("danışmada kalmış")
    handler.begins_the_move("Kararı öner")
    answers_payments(handler, later)
    form.get_by_label("Kök neden", exact=True).select_option("Süreç")
    handler.says_what_else_follows()
    handler.has_no_tie()
    form.get_by_role("button", name="Kararı öner", exact=True).click()
    expect(form.locator(".summary")).to_be_focused()
    missing = form.locator(".summary").get_by_role("link")
    expect(missing).to_have_text(
        [
            f"1. {MEMBERSHIP}, Tespit: birini seçin",
            f"1. {MEMBERSHIP}, Gerekçe: burayı doldurun",
            f"1. {MEMBERSHIP}, Çözüm: birini seçin",
        ]
    )
    answers_membership(handler, "Sözleşmeye göre iptal edilemedi.")
    handler.ends_the_move("Kararı öner", "Karar önerildi.")

    # The approver sends it back, and then agrees.
    lead.signs_in()
    lead.opens(reference, queue="Onay bekleyen")
    lead.begins_the_move("Geri gönder")
    lead.page.get_by_label("Ne değişmeli").fill("Raporun hangi gün geldiği gerekçede yok.")
    lead.ends_the_move("Geri gönder", "Öneri geri gönderildi.")
    handler.opens(reference, queue="Benim dosyalarım")
    expect(handler.page.locator(".timeline .words").first).to_have_text("Raporun hangi gün geldiği gerekçede yok.")
    handler.begins_the_move("Kararı öner")
    answers(handler, MEMBERSHIP, "Haklı bulunmadı", NOT_CANCELLED)
    expect(form.get_by_role("group", name=PAYMENTS).get_by_label("Ne yapacağız")).to_have_value(REPAID)
    handler.has_no_tie()
    handler.ends_the_move("Kararı öner", "Karar önerildi.")
    lead.opens(reference, queue="Onay bekleyen")
    lead.approves()
    first = decision(stack, told.receipt["reference"], "Şikâyetinizle ilgili kararımız")
    for words in (f"1. {MEMBERSHIP}", NOT_CANCELLED, NO_MORE, f"2. {PAYMENTS}", STILL_CHARGED, REPAID):
        assert words in first

    # The complainant does not accept it: it stays open, and there are other ways.
    his = complainant("tr")
    case = his.words["case"]
    his.tracks(reference, secret)
    his.sees("decided")
    his.disputes("Rapor daha önce de elinizdeydi.")
    his.sees("decided")
    expect(his.page.get_by_role("main")).to_contain_text(case["disputed_what"])
    expect(his.page.get_by_role("main")).to_contain_text(case["outside"])
    expect(his.page.get_by_role("heading", name=case["review"])).to_be_visible()
    expect(his.page.get_by_role("heading", name=case["dispute"])).to_have_count(0)
    his.asks_for_a_review("E-postaların ilk tarihine bakın.")
    his.sees("reviewing")

    # Whoever took part is kept from the second look; somebody else takes it.
    handler.opens(reference, queue="Üst inceleme")
    next_move = handler.page.locator(".next")
    expect(next_move).to_contain_text("Önceki kararda görev alan kişi üst incelemeyi yapamaz.")
    expect(next_move.get_by_role("button", name="Kararı öner")).to_have_count(0)
    reviewer.enters_the_desk()
    reviewer.page.get_by_role("button", name="Türkçe").click()
    reviewer.opens(reference, queue="Üst inceleme")
    first_stage = reviewer.page.get_by_role("list", name="Birinci kademe").get_by_role("listitem")
    expect(first_stage.filter(has_text="Yanıt").first).to_contain_text("Tutuldu")
    reviewer.begins_the_move("Ata")
    reviewer.page.get_by_label("Sorumlu", exact=True).select_option(str(reviewer.person["sub"]))
    reviewer.ends_the_move("Ata", "Atandı.")
    reviewer.begins_the_move("Kararı öner")
    reviewer.chooses("İlk karar ne oluyor", "Aynen kalıyor")
    answers_membership(reviewer, NOT_CANCELLED)
    answers_payments(reviewer, later)
    reviewer.page.locator("form.move").get_by_label("Kök neden", exact=True).select_option("Süreç")
    reviewer.says_what_else_follows()
    reviewer.has_no_tie()
    reviewer.ends_the_move("Kararı öner", "Karar önerildi.")
    lead.opens(reference, queue="Onay bekleyen")
    expect(lead.page.locator("#next-title")).to_have_text("Sıradaki iş: kararı onayla")
    expect(lead.page.locator(".next")).to_contain_text("Önceki kararda görev alan kişi üst incelemeyi yapamaz.")
    representative.signs_in()
    representative.opens(reference, queue="Onay bekleyen")
    representative.approves()
    second = decision(stack, told.receipt["reference"], "Şikâyetinizle ilgili ikinci kararımız")
    for words in (f"1. {MEMBERSHIP}", f"2. {PAYMENTS}"):
        assert words in second

    # An outside body ends it, and its document is on file.
    front_line.opens(reference)
    front_line.begins_the_move("Dış merciyi kaydet")
    form = front_line.page.locator("form.move")
    form.get_by_label("Hangi merci", exact=True).fill(BODY)
    form.get_by_label("Merciin dosya numarası").fill("2026/4711")
    front_line.chooses("Kim haber verdi", "Merciin kendisi")
    form.get_by_label("Yanıtımızı istedikleri son gün").fill(later)
    front_line.sees_what_changes()
    front_line.makes_it_so("Dış merciyi kaydet", "Kaydedildi. Dosya dış mercide.")
    his.tracks(reference, secret)
    his.sees("external")
    expect(his.page.locator(".lead")).to_contain_text(BODY)
    (tmp_path / "karar.pdf").write_bytes(PDF)
    front_line.page.get_by_label("Dosya seç").set_input_files(tmp_path / "karar.pdf")
    expect(front_line.page.locator(".adding .files li")).to_contain_text("eklendi")

    lead.opens(reference)
    lead.begins_the_move("Sonucu kaydet")
    form = lead.page.locator("form.move")
    lead.chooses("Nasıl sonuçlandı", "Bizimle aynı sonuca vardı")
    lead.chooses("Bundan sonra", "Konu orada biter")
    form.get_by_label("Ne diyorlar").fill("Heyet, kararımızı yerinde buldu.")
    lead.chooses("Söz verip henüz yerine getirmediğimiz", "Geçerli, yerine getireceğiz")
    form.get_by_label("Merciin belgesi").select_option("karar.pdf")
    lead.sees_what_changes()
    lead.makes_it_so("Sonucu kaydet", "Sonuç kaydedildi.")
    expect(lead.page.locator(".above-title .state")).to_have_text("Çözüm uygulanıyor")
    stack.settle()
    his.tracks(reference, secret)
    his.sees("remedying")

    # What was promised is kept, and seen to be: then it is closed.
    reviewer.opens(reference)
    reviewer.finishes("Bedel iadesi")
    lead.opens(reference)
    lead.verifies("Dekont görüldü.")
    expect(lead.page.locator(".above-title .state")).to_have_text("Kapatıldı: çözüm doğrulandı")
    outcome = f"Dış merciin sonucu ({BODY}): Bizimle aynı sonuca vardı"
    expect(lead.page.locator("article > header")).to_contain_text(outcome)
    fit_for_everyone(lead.page, "a case that an outside body had")
    stack.settle()
    his.tracks(reference, secret)
    his.sees("closed")
    expect(his.page.locator(".lead")).to_have_text(case["closed"]["remedy_verified"])
    letter, again = his.words["letter"], lambda kind: case["second"].format(letter=letter[kind])
    expect(his.page.locator(".entries h3")).to_have_text(
        [
            *(case["from_us_name"].format(name=again(kind)) for kind in ("closing", "progress", "decision")),
            case["from_us_name"].format(name=again("acknowledgement")),
            case["from_you"],
            case["from_us_name"].format(name=letter["routes"]),
            case["from_you"],
            *(case["from_us_name"].format(name=letter[kind]) for kind in ("decision", "acknowledgement")),
            case["from_you_complaint"],
        ]
    )
