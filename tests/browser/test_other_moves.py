"""The moves that a usual life does without: each is clicked, and the page says what became of the complaint."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.filed import as_if, decided, in_days, investigated, received, shown
from tests.browser.people import Staff
from tests.evidence import PDF
from tests.journeys.steps import ONE_POINT
from tests.stack import Stack

FIRST = "1. Fırının camı kırıldı"
SAID = "Telefonda kendisi söyledi."


@pytest.fixture
def at_work(stack: Stack, staff: Callable[..., Staff]) -> Callable[[str, str], Staff]:
    """Somebody with this role before this complaint; each role has one window for the whole test."""
    there: dict[str, Staff] = {}

    def at(role: str, reference: str) -> Staff:
        if role not in there:
            there[role] = staff(role)
            there[role].enters_the_desk()
            if stack.people[role]["language"] != "tr":
                there[role].page.get_by_role("button", name="Türkçe").click()
        there[role].finds(shown(reference))
        return there[role]

    return at


def field(who: Staff, label: str) -> Locator:
    return who.page.locator("form.move").get_by_label(label)


def sends(who: Staff, button: str, letter: str, done: str) -> None:
    """The letter that leaves is asked about once more."""
    who.page.locator("form.move").get_by_role("button", name=button, exact=True).click()
    who.makes_it_so(letter, done)


def stands(who: Staff, state: str, *happened: str) -> None:
    """What the page says now: the state, and the newest of what happened, the last first."""
    expect(who.page.locator(".above-title .state")).to_have_text(state)
    for place, said in enumerate(happened):
        expect(who.page.locator(".entry").nth(place)).to_contain_text(said)


def test_two_complaints_about_one_matter_become_one_and_part_again(
    stack: Stack, at_work: Callable[[str, str], Staff]
) -> None:
    one, other = received(stack), received(stack)
    lead = at_work("lead", other)
    lead.begins_the_move("Birleştir")
    field(lead, "Diğer dosyanın numarası").fill(shown(one))
    field(lead, "Neden aynı konu").fill("Aynı fırın, aynı gün.")
    sends(lead, "Birleştir", "Birleştir ve bildir", "Dosyalar birleştirildi.")
    stands(lead, "Kapatıldı: birleştirildi", "Kapatıldı", f"dosya {shown(one)}")
    expect(lead.page.locator(".timeline .words").first).to_have_text("Aynı fırın, aynı gün.")
    lead.page.get_by_role("complementary").get_by_role("link", name=shown(one)).first.click()
    stands(lead, "Alındı", f"dosya {shown(other)}")

    lead.finds(shown(other))
    lead.begins_the_move("Yeniden ayır")
    field(lead, "Neden başka bir konu").fill("İki ayrı fırınmış.")
    lead.sees_what_changes()
    lead.makes_it_so("Yeniden ayır", "Dosyalar ayrıldı.")
    stands(lead, "Alındı", "Yeniden ayrıldı")

    lead.begins_the_move("Sistemik dosyaya bağla")
    field(lead, "Sistemik dosyanın numarası").fill("CAM-2026-01")
    field(lead, "Ortak yönleri").fill("Aynı seri numaraları.")
    lead.ends_the_move("Sistemik dosyaya bağla", "Bağlandı.")
    stands(lead, "Alındı", "dosya CAM-2026-01")
    expect(lead.page.get_by_role("complementary")).to_contain_text("CAM-2026-01")


def test_danger_does_not_wait_for_an_assessment(stack: Stack, at_work: Callable[[str, str], Staff]) -> None:
    handler = at_work("handler", received(stack, safety_risk=True))
    handler.begins_the_move("Hemen incele")
    field(handler, "Sorumlu").select_option(str(handler.person["sub"]))
    handler.sees_what_changes()
    handler.makes_it_so("Hemen incele", "İnceleme başladı.")
    stands(handler, "İnceleniyor", "İnceleme başladı")
    expect(handler.page.locator("#next-title")).to_have_text("Sıradaki iş: ön değerlendirme yap")


def test_a_date_is_put_off_stopped_and_let_run(
    stack: Stack, at_work: Callable[[str, str], Staff], several_packs: None
) -> None:
    points = [{"title": "Fırının camı kırıldı", "category": 3, "pack": "OUR-OWN"}]
    reference = investigated(stack, points=points, reason="Yanıt için otuz iş günü gerekiyor.")
    lead = at_work("lead", reference)
    lead.begins_the_move("Ek süre al")
    field(lead, "Neden ek süre gerekiyor").fill("Yedek parça pazartesi geliyor.")
    changes = lead.sees_what_changes()
    expect(changes).to_contain_text("Yanıt")
    expect(changes).to_contain_text("Ek süre mektubu başvuru sahibine e-postayla gider.")
    lead.makes_it_so("Ek süre al", "Ek süre alındı.")
    stands(lead, "İnceleniyor", "yeni tarih")
    answer = lead.page.locator(".promises > li").filter(has_text="Yanıt")
    expect(answer).to_contain_text("1 kez uzatıldı.")

    handler = at_work("handler", reference)
    handler.begins_the_move("Süreyi durdur")
    handler.chooses("Ne bekleniyor", "Konu mahkemede")
    field(handler, "Süre neden duruyor").fill("Dava açıldı.")
    handler.sees_what_changes()
    handler.makes_it_so("Süreyi durdur", "Süre durduruldu.")
    stands(handler, "İnceleniyor", "Konu mahkemede")
    answer = handler.page.locator(".promises > li").filter(has_text="Yanıt")
    expect(answer).to_contain_text("Duraklatıldı")

    handler.begins_the_move("Süreyi başlat")
    handler.sees_what_changes()
    handler.makes_it_so("Süreyi başlat", "Süre yeniden başladı.")
    stands(handler, "İnceleniyor", "Süre yeniden başladı")
    expect(answer).to_contain_text("kaldı")


def test_what_a_colleague_is_asked_waits_among_their_complaints(
    stack: Stack, at_work: Callable[[str, str], Staff]
) -> None:
    reference = investigated(stack)
    handler = at_work("handler", reference)
    handler.begins_the_move("Arkadaşına sor")
    asked = field(handler, "Kime")
    expect(asked.locator("option", has_text="Fiona Brandt")).to_have_count(0)  # an auditor reads, and writes nothing
    asked.select_option(str(stack.people["front-line"]["sub"]))
    field(handler, "Ne öğrenmek istiyorsunuz").fill("Randevuyu kim erteledi?")
    field(handler, "Son gün").fill(in_days(stack, 3))
    handler.ends_the_move("Arkadaşına sor", "Soruldu.")
    stands(handler, "İnceleniyor", "Bir çalışma arkadaşının katkısı")
    task = handler.page.locator(".tasks li")
    expect(task).to_contain_text("istenen kişi: Ece Karaca")
    expect(task.get_by_role("button")).to_have_count(0)

    front_line = at_work("front-line", reference)
    front_line.goes_to("Benim dosyalarım")
    row = front_line.page.get_by_role("row").filter(has_text=shown(reference))
    expect(row).to_contain_text("Katkınız bekleniyor")
    row.get_by_role("link").click()
    task = front_line.page.locator(".tasks li")
    task.get_by_role("button", name="Katkı yaz").click()
    task.get_by_label("Bu konuda bildikleriniz").fill("Servis erteledi.")
    task.get_by_role("button", name="Kaydet").click()
    front_line.is_told("İş tamamlandı.")
    stands(front_line, "İnceleniyor", "Servis erteledi.")
    front_line.goes_to("Benim dosyalarım")
    expect(row).to_have_count(0)


def test_what_is_agreed_on_the_telephone_is_settled(stack: Stack, at_work: Callable[[str, str], Staff]) -> None:
    reference = received(stack)
    stack.move("handler", reference, "assess", ONE_POINT)
    front_line = at_work("front-line", reference)
    front_line.begins_the_move("Erken çöz")
    front_line.chooses("Tespit", "Haklı bulundu")
    front_line.page.get_by_label("Gerekçe", exact=True).fill("Cam kendiliğinden çatlamış.")
    field(front_line, "Çözüm").select_option("Özür")
    field(front_line, "Ne yapacağız").fill("Özür dileriz; camı bugün yolladık.")
    field(front_line, "Kök neden").select_option("Üretim veya teslimat")
    front_line.says_what_else_follows()
    front_line.chooses("Başvuru sahibi nasıl kabul etti", "Telefonla")
    front_line.has_no_tie()
    sends(front_line, "Erken çöz", "Kararı gönder", "Çözüldü.")
    stands(front_line, "Kapatıldı: karar kabul edildi", "karar kabul edildi", "Karar kabul edildi", "erken çözüm")


def test_a_withdrawal_is_taken_back_within_its_days(stack: Stack, at_work: Callable[[str, str], Staff]) -> None:
    front_line = at_work("front-line", investigated(stack))
    front_line.begins_the_move("Geri çekmeyi kaydet")
    front_line.chooses("Nasıl", "Telefonla")
    field(front_line, "Başvuru sahibi ne söyledi").fill("Fırın kendiliğinden düzelmiş.")
    sends(front_line, "Geri çekmeyi kaydet", "Kapat ve gönder", "Geri çekme kaydedildi.")
    stands(front_line, "Kapatıldı: geri çekildi", "geri çekildi", "Fırın kendiliğinden düzelmiş.")
    expect(front_line.page.get_by_role("complementary")).to_contain_text("Geri çekmeden dönmek için son tarih")

    front_line.begins_the_move("Yeniden ele al")
    front_line.chooses("Nasıl", "Telefonla")
    field(front_line, "Başvuru sahibi ne söyledi").fill("Yine patladı.")
    front_line.sees_what_changes()
    front_line.makes_it_so("Yeniden ele al", "Dosya sürüyor.")
    stands(front_line, "İnceleniyor", "Yine patladı.")


def test_what_is_not_ours_is_confirmed_by_another_and_taken_up_after_all(
    stack: Stack, at_work: Callable[[str, str], Staff]
) -> None:
    reference = received(stack)
    handler = at_work("handler", reference)
    handler.begins_the_move("Kapsam dışı öner")
    handler.chooses("Neden bizim işimiz değil", "Konu zaten mahkemede")
    field(handler, "Nedeni, başvuru sahibinin okuyacağı biçimde").fill("Davanız sürüyor.")
    field(handler, "Bunun yerine nereye başvurulur").fill("Davanın görüldüğü mahkeme.")
    handler.has_no_tie()
    handler.ends_the_move("Kapsam dışı öner", "Önerildi.")
    stands(handler, "Kapsam dışı önerisi onayda", "Konu zaten mahkemede")

    lead = at_work("lead", reference)
    lead.begins_the_move("Onayla ve bildir")
    lead.has_no_tie()
    sends(lead, "Onayla ve bildir", "Onayla ve bildir", "Onaylandı.")
    stands(lead, "Kapatıldı: kapsam dışı", "kapsam dışı", "Kapsam dışı sayıldı")

    front_line = at_work("front-line", reference)
    front_line.begins_the_move("Kapsama geri al")
    field(front_line, "Neden bizim işimiz").fill("Dava başka bir ürünle ilgili.")
    front_line.sees_what_changes()
    front_line.makes_it_so("Kapsama geri al", "Dosya geri alındı.")
    stands(front_line, "Alındı", "Dava başka bir ürünle ilgili.")


def test_the_lead_ends_what_nobody_accepts_answers_or_can_be_told(
    stack: Stack, at_work: Callable[[str, str], Staff]
) -> None:
    unanswered, unreached, disputed = decided(stack), decided(stack), decided(stack)
    nameless = decided(stack, {"anonymous": True, "name": None, "email": None})
    stack.move("front-line", disputed, "dispute", {"medium": "phone", "words": "Kabul etmiyorum."})

    def noticed(case: dict[str, Any]) -> dict[str, Any]:
        return {"notice": "delivered", "clocks": [one for one in case["clocks"] if one["promise"] != "reply"]}

    as_if(stack, unanswered, noticed)
    now = datetime.fromisoformat(stack.desk("lead", "GET", "/me").json["now"])
    tries = [
        {"at": (now - timedelta(days=days)).isoformat(), "medium": medium}
        for days, medium in ((30, "phone"), (20, "letter"), (1, "phone"))
    ]
    as_if(stack, unreached, lambda case: {"attempts": tries})

    lead = at_work("lead", unanswered)
    lead.begins_the_move("Yanıtsız kapat")
    sends(lead, "Yanıtsız kapat", "Kapat ve gönder", "Yanıt gelmediği kaydedildi.")
    stands(lead, "Kapatıldı: son bildirime yanıt gelmedi", "son bildirime yanıt gelmedi")

    lead = at_work("lead", unreached)
    lead.begins_the_move("Kapat: ulaşılamıyor")
    expect(lead.page.locator("form.move")).to_contain_text("Kayıtlı deneme: 3")
    field(lead, "Dayanağı").fill("Üç kez arandı, mektup geri geldi.")
    sends(lead, "Kapat: ulaşılamıyor", "Kapat ve gönder", "Dosya kapatıldı.")
    stands(lead, "Kapatıldı: başvuru sahibine ulaşılamadı", "Üç kez arandı, mektup geri geldi.")

    lead = at_work("lead", disputed)
    lead.begins_the_move("Kapat: yol kalmadı")
    lead.chooses("Neden yol kalmadı", "Başvuru sahibi hiçbirini istemiyor")
    field(lead, "Dayanağı").fill(SAID)
    sends(lead, "Kapat: yol kalmadı", "Kapat ve gönder", "Yol kalmadığı kaydedildi.")
    stands(lead, "Kapatıldı: başvurulacak yol kalmadı", SAID)

    lead = at_work("lead", nameless)
    lead.begins_the_move("İsimsiz başvuruyu kapat")
    lead.ends_the_move("İsimsiz başvuruyu kapat", "Dosya kapatıldı. Yanıt takip sayfasında duruyor.")
    stands(lead, "Kapatıldı: isimsiz, yanıt takip sayfasında", "isimsiz, yanıt takip sayfasında")


def test_what_an_outside_body_awards_is_carried_out(
    stack: Stack, at_work: Callable[[str, str], Staff], tmp_path: Path
) -> None:
    reference = decided(stack)
    stack.move("front-line", reference, "record_external", {"body": "Tüketici Hakem Heyeti", "told_by": "body"})
    (tmp_path / "karar.pdf").write_bytes(PDF)
    lead = at_work("lead", reference)
    lead.page.get_by_label("Dosya seç").set_input_files(tmp_path / "karar.pdf")
    expect(lead.page.locator(".adding .files li")).to_contain_text("eklendi")
    lead.begins_the_move("Sonucu kaydet")
    lead.chooses("Nasıl sonuçlandı", "Başvuru sahibi için bizim yanıtımızdan daha iyi")
    lead.chooses("Bundan sonra", "Hükmedileni yerine getiririz")
    lead.chooses("Hangi konularda", FIRST)
    award = lead.page.locator("form.move").get_by_role("group", name=FIRST)
    award.get_by_label("Çözüm", exact=True).select_option("Bedel iadesi")
    award.get_by_label("Tutar").fill("34.990,00")
    award.get_by_label("Tamamlanacağı tarih").fill(in_days(stack, 14))
    field(lead, "Ne diyorlar").fill("Heyet bedel iadesine hükmetti.")
    field(lead, "Merciin belgesi").select_option("karar.pdf")
    expect(lead.sees_what_changes()).to_contain_text("Çözüm")
    lead.makes_it_so("Sonucu kaydet", "Sonuç kaydedildi.")
    stands(lead, "Çözüm uygulanıyor", "Heyet bedel iadesine hükmetti.")
    expect(lead.page.locator(".entry").first).to_contain_text("Hükmedileni yerine getiririz")
    expect(lead.page.locator(".points tbody tr").first).to_contain_text("34.990,00 TL")
    expect(lead.page.locator(".tasks")).to_contain_text("Çözümü uygulayın, konu\u00a01: Bedel iadesi")


def test_who_may_know_of_it_and_who_has_a_tie(stack: Stack, at_work: Callable[[str, str], Staff]) -> None:
    reference = investigated(stack)
    lead = at_work("lead", reference)
    lead.begins_the_move("Kimin göreceğini değiştir")
    lead.chooses("Kimler görebilir", "Yalnızca şu kişiler")
    lead.chooses("Görebilecekler", "Marcus Hale · Üst inceleme görevlisi")
    field(lead, "Nedeni").fill("Sağlık bilgisi içeriyor.")
    lead.ends_the_move("Kimin göreceğini değiştir", "Değiştirildi.")
    stands(lead, "İnceleniyor", "Sağlık bilgisi içeriyor.")
    expect(lead.page.get_by_role("complementary")).to_contain_text("Marcus Hale")

    handler = at_work("handler", reference)
    handler.begins_the_move("Çıkar çatışması bildir")
    field(handler, "Nasıl bir bağ").fill("Başvuru sahibi komşum.")
    handler.ends_the_move("Çıkar çatışması bildir", "Bildirildi. Dosyayla başkası ilgilenir.")
    stands(handler, "İnceleniyor", "Başvuru sahibi komşum.")
    expect(handler.page.locator(".above-title")).to_contain_text("Atanmamış")
    expect(handler.page.get_by_role("complementary")).to_contain_text("Deniz Aksoy")
    expect(handler.page.locator(".next")).to_contain_text("İlgili kişilerle bağı olan")
    expect(handler.page.locator(".next button")).to_have_count(0)


def test_what_goes_outside_stands_on_a_consent_that_holds(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = investigated(stack)
    handler = staff("handler", expects="moves/disclose")
    handler.enters_the_desk()
    handler.finds(shown(reference))

    def passes_on_with_consent() -> None:
        handler.begins_the_move("Dışarıyla paylaşılanı kaydet")
        field(handler, "Kime").fill("Yetkili servis")
        field(handler, "Ne paylaşılıyor").fill("Fırının seri numarası ve adres.")
        handler.chooses("Dayanağı", "Başvuru sahibinin rızası")
        handler.chooses("Rızasını nasıl bildirdi", "Telefonla")
        field(handler, "Rıza günü").fill(in_days(stack, 0))

    passes_on_with_consent()
    handler.ends_the_move("Dışarıyla paylaşılanı kaydet", "Kaydedildi. Paylaşılabilir.")
    stands(handler, "İnceleniyor", "Fırının seri numarası ve adres.")

    handler.begins_the_move("Geri alınan rızayı kaydet")
    handler.chooses("Nasıl", "Telefonla")
    handler.ends_the_move("Geri alınan rızayı kaydet", "Kaydedildi. Önceki rızalar artık geçerli değil.")
    stands(handler, "İnceleniyor", "Paylaşım rızası geri alındı", "Kuruluş dışıyla paylaşıldı")

    passes_on_with_consent()
    handler.page.locator("form.move").get_by_role("button", name="Dışarıyla paylaşılanı kaydet", exact=True).click()
    expect(handler.page.locator("form.move")).to_contain_text("Başvuru sahibi o tarihten sonra rızasını geri aldı.")
