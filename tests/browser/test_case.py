"""The case page: what can be done now, what keeps the rest back, and the forms on which most depends."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.conftest import NIGHT
from tests.browser.filed import in_days, investigated, received, shown
from tests.browser.people import Staff
from tests.stack import Stack

NO_TIE = "İlgili kişilerle hiçbir bağım yok"


def at_the_case(who: Staff, reference: str) -> Staff:
    """Signed in, with the complaint open."""
    who.signs_in()
    who.opens(shown(reference))
    return who


def form_of(who: Staff) -> Locator:
    return who.page.locator("form.move")


def test_what_keeps_the_decision_back_is_said_with_the_way_out(stack: Stack, staff: Callable[..., Staff]) -> None:
    """What is grave is planned, stands on two pieces of evidence, and nobody is judged unheard."""
    reference = investigated(stack, severity=3)
    stack.move("handler", reference, "name_staff", {"staff": [stack.people["front-line"]["sub"]]})
    handler = at_the_case(staff("handler"), reference)
    next_move, form = handler.page.locator(".next"), form_of(handler)

    expect(next_move).to_contain_text("Henüz yapılamıyor. Bu öncelikteki bir dosyada önce inceleme planı yazılır.")
    next_move.get_by_role("button", name="İncelemeyi planla").click()
    form.get_by_label("Ne, nasıl incelenecek").fill("Servis kayıtları, fotoğraflar, teknisyenin görüşü.")
    handler.ends_the_move("İncelemeyi planla", "Plan kaydedildi.")

    for what in ("Servis iki kez gelmiş.", "Camda darbe izi yok."):
        expect(next_move).to_contain_text("en az iki kanıt kayıtlı olmalı")
        next_move.get_by_role("button", name="Kanıt kaydet").click()
        handler.chooses("Türü", "Kendi kaydımız")
        form.get_by_label("Ne gösteriyor").fill(what)
        handler.ends_the_move("Kanıt kaydet", "Kanıt kaydedildi.")
        expect(handler.page.locator(".timeline .words").first).to_have_text(what)

    expect(next_move).to_contain_text("görüşü henüz alınmadı")
    next_move.get_by_role("button", name="Görüşünü kaydet").click()
    form.get_by_label("Ne yanıt verdi").fill("Randevuyu müşteri erteledi.")
    handler.ends_the_move("Görüşünü kaydet", "Görüş kaydedildi.")
    expect(next_move.get_by_role("button", name="Kararı öner")).to_be_visible()
    expect(handler.page.get_by_role("complementary")).to_contain_text("görüşü alındı")


def test_no_point_is_left_unanswered_and_no_tie_unsaid(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = investigated(stack, {"wish": "Yenisini istiyorum."})
    handler = at_the_case(staff("handler"), reference)
    handler.begins_the_move("Kararı öner")
    form = form_of(handler)
    expect(form.get_by_text("Yenisini istiyorum.")).to_be_visible()
    expect(form.get_by_label(NO_TIE)).not_to_be_checked()
    first, second = (form.get_by_role("group", name=title) for title in ("1. Fırının", "2. Servis"))
    handler.chooses("Tespit", "Haklı bulundu", first)
    first.get_by_label("Gerekçe", exact=True).fill("Camda üretim hatası bulduk.")
    first.get_by_label("Çözüm", exact=True).select_option("Ürün değişimi")
    first.get_by_label("Tamamlanacağı tarih").fill(in_days(stack, 20))
    form.get_by_label("Kök neden", exact=True).select_option("Üretim veya teslimat")
    handler.says_what_else_follows()
    expect(form.get_by_role("status")).to_have_text("Yanıtlanan konu: 1 / 2")

    form.get_by_role("button", name="Kararı öner").click()
    summary = form.locator(".summary")
    expect(summary).to_be_focused()
    for missing in ("2. Servis gelmedi, Tespit", "2. Servis gelmedi, Gerekçe", "2. Servis gelmedi, Çözüm", NO_TIE):
        expect(summary.get_by_role("link", name=missing)).to_be_visible()

    handler.chooses("Tespit", "Haklı bulunmadı", second)
    second.get_by_label("Gerekçe", exact=True).fill("Servis iki kez aradı.")
    second.get_by_label("Çözüm", exact=True).select_option("Çözüm yok")
    second.get_by_label("Neden çözüm yok").fill("Randevu sizin isteğinizle ertelendi.")
    form.get_by_label(NO_TIE).check()
    handler.ends_the_move("Kararı öner", "Karar önerildi.")
    expect(handler.page.locator("#next-title")).to_have_text("Şu anda sizden beklenen bir iş yok")


def test_none_of_the_consumers_four_choices_is_made_for_them(
    stack: Stack, staff: Callable[..., Staff], several_packs: None
) -> None:
    reference = investigated(stack, points=[{"title": "Fırının camı kırıldı", "category": 3, "pack": "TR-GARANTI"}])
    handler = at_the_case(staff("handler"), reference)
    handler.begins_the_move("Kararı öner")
    choices = form_of(handler).get_by_role("group", name="Tüketicinin dört seçimlik hakkı, 6502 sayılı Kanun m. 11")
    four = ["Sözleşmeden dönme", "Bedel indirimi", "Ücretsiz onarım", "Ürün değişimi"]
    assert choices.locator(".choice").all_inner_texts()[:4] == four
    expect(choices.get_by_role("radio", checked=True)).to_have_count(0)
    choices.get_by_label("Başka bir çözüm").check()
    others = form_of(handler).get_by_label("Hangisi")
    expect(others.locator("option", has_text="Özür")).to_have_count(1)
    expect(others.locator("option", has_text="Bedel indirimi")).to_have_count(0)


def test_whoever_may_not_approve_a_sum_is_told_who_may(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = investigated(stack, points=[{"title": "Fırının camı kırıldı", "category": 3}])
    remedy = {"kind": "refund", "amount": "34990.00", "currency": "TRY", "due_on": in_days(stack, 10)}
    point = {"number": 1, "finding": "upheld", "reasons": "Cam kendiliğinden patlamış.", "remedy": remedy}
    answer = {
        "points": [point],
        "cause": "MFG",
        "improvement_needed": False,
        "improvement_reason": "Tek olay.",
        "no_conflict": True,
    }
    stack.move("handler", reference, "propose", answer)

    lead = at_the_case(staff("lead"), reference)
    expect(lead.page.locator(".next")).to_contain_text("Çözümlerin toplam tutarı onay sınırınızı aşıyor.")
    expect(lead.page.locator(".next")).to_contain_text("onaylayabilecekler: Yönetim temsilcisi, Üst yönetim.")
    expect(lead.page.locator("[data-move=approve]")).to_have_count(0)

    selin = at_the_case(staff("management-representative"), reference)
    selin.begins_the_move("Onayla ve gönder")
    expect(form_of(selin)).to_contain_text("34.990,00 TL, onay sınırınız 100.000,00 TL: sınırınız içinde")
    form_of(selin).get_by_role("button", name="Onayla ve gönder").click()
    expect(form_of(selin).locator(".summary")).to_contain_text(NO_TIE)
    selin.has_no_tie()
    form_of(selin).get_by_role("button", name="Onayla ve gönder").click()
    selin.makes_it_so("Kararı gönder", "Karar onaylandı.")


def test_what_is_on_file_is_asked_for_again_only_for_a_reason(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = investigated(stack, {"order_number": "SP-1"})
    handler = at_the_case(staff("handler"), reference)
    handler.begins_the_move("Bilgi iste")
    form = form_of(handler)
    expect(form.get_by_label("Sipariş numarası", exact=True)).to_be_visible()
    handler.chooses("Kimden", "Başvuru sahibinden")
    form.get_by_label("Bir belge").check()
    expect(form.get_by_label("Dosyada olan bilgi neden yeniden isteniyor")).to_have_count(0)
    form.get_by_label("Sipariş numarası (dosyada var)").check()
    form.get_by_label("Tam olarak ne gerekiyor ve niçin").fill("Faturanın fotoğrafı gerekiyor.")
    form.get_by_label("Yanıt için son gün").fill(in_days(stack, 7))
    form.get_by_role("button", name="Değişecekleri göster").click()
    expect(form.locator(".summary")).to_contain_text("neden yeniden istediğinizi yazın")
    form.get_by_label("Dosyada olan bilgi neden yeniden isteniyor").fill("Numara bulunamadı.")
    expect(handler.sees_what_changes()).to_contain_text("Bilgi isteme yazısı başvuru sahibine e-postayla gider.")
    handler.makes_it_so("Bilgi iste", "İstendi.")
    expect(handler.page.locator(".above-title .state")).to_have_text("Başvuru sahibinden bilgi bekleniyor")
    expect(handler.page.locator(".entry").first).to_contain_text("yeniden isteme nedeni: Numara bulunamadı.")


def test_a_letter_without_an_address_is_called_posted_and_delivered(stack: Stack, staff: Callable[..., Staff]) -> None:
    """The acknowledgement was given by telephone; now there is news."""
    reference = received(stack, email=None, phone="+90 532 555 00 11")
    [task_id] = (task["id"] for task in stack.desk("handler", "GET", f"/complaints/{reference}").json["tasks"])
    told = stack.desk("handler", "POST", f"/complaints/{reference}/tasks/{task_id}/done", {"medium": "phone"})
    assert told.status == 200, told.text
    stack.move("handler", reference, "update", {"words": "Servis kayıtlarını inceliyoruz."})
    handler = at_the_case(staff("handler"), reference)
    task = handler.page.locator(".tasks li")
    expect(task).to_contain_text("Telefon: +90 532 555 00 11")
    task.get_by_role("button", name="Ulaşılamadı").click()
    task.get_by_role("button", name="Kaydet").click()
    expect(task.locator(".summary")).to_contain_text("Hangi yolla: birini seçin")
    task.get_by_label("Telefonla").check()
    task.get_by_role("button", name="Kaydet").click()
    handler.is_told("Deneme kaydedildi.")
    expect(handler.page.locator("#tasks-title")).to_be_focused()

    task.get_by_role("button", name="Postaya verildi").click()
    expect(task.get_by_label("Posta takip numarası")).to_be_focused()
    task.get_by_label("Posta takip numarası").fill("RR123456789TR")
    task.get_by_role("button", name="Kaydet").click()
    expect(handler.page.locator(".timeline")).to_contain_text("takip numarası RR123456789TR")
    task.get_by_role("button", name="Teslim edildi").click()
    task.get_by_role("button", name="Kaydet").click()
    handler.is_told("İş tamamlandı.")
    expect(task).to_have_count(0)


def test_another_person_reads_why_it_is_not_ours_before_it_is_told(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = received(stack)
    handler = at_the_case(staff("handler"), reference)
    handler.begins_the_move("Kapsam dışı öner")
    handler.chooses("Neden bizim işimiz değil", "Başkasının ürünü veya hizmetiyle ilgili")
    form_of(handler).get_by_label("Nedeni, başvuru sahibinin okuyacağı biçimde").fill("Ürün bizim değil.")
    form_of(handler).get_by_label("Bunun yerine nereye başvurulur").fill("Satıcınıza başvurun.")
    handler.has_no_tie()
    handler.ends_the_move("Kapsam dışı öner", "Önerildi.")
    expect(handler.page.locator(".above-title .state")).to_have_text("Kapsam dışı önerisi onayda")
    expect(handler.page.locator(".next .filled")).to_have_count(0)

    lead = at_the_case(staff("lead"), reference)
    lead.begins_the_move("Onayla ve bildir")
    for said in ("Ürün bizim değil.", "Satıcınıza başvurun.", "Başkasının ürünü"):
        expect(form_of(lead)).to_contain_text(said)
    lead.has_no_tie()
    form_of(lead).get_by_role("button", name="Onayla ve bildir").click()
    lead.makes_it_so("Onayla ve bildir", "Onaylandı.")
    expect(lead.page.locator(".above-title .state")).to_have_text("Kapatıldı: kapsam dışı")


def test_a_role_that_need_not_know_who_complained_is_not_told(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = received(stack, name="Nermin Çağlayangil")
    orhan = at_the_case(staff("top-management"), reference)
    expect(orhan.page.locator("header .small").last).to_contain_text("Rolünüze gösterilmez")
    expect(orhan.page.get_by_role("main")).not_to_contain_text("Nermin")


def test_the_page_and_its_forms_are_fit_for_everyone(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Callable[..., None], several_packs: None
) -> None:
    points = [{"title": "Fırının camı kırıldı", "category": 3, "pack": "TR-GARANTI"}]
    reference = investigated(stack, {"email": None, "phone": "+90 532 555 00 11"}, points=points)
    lead = at_the_case(staff("lead"), reference)
    page = lead.page
    page.locator(".moves > summary").click()
    fit_for_everyone(page, "the case with all moves", by=[NIGHT])  # by day the list lies over the page
    page.keyboard.press("Escape")
    fit_for_everyone(page, "the case")
    page.get_by_role("button", name="Ulaşılamadı").first.click()
    page.get_by_role("button", name="Kaydet", exact=True).click()
    fit_for_everyone(page, "a task with an error")
    for move in ("Kararı öner", "Bilgi iste", "Dış merciyi kaydet", "Kimin göreceğini değiştir"):
        lead.begins_the_move(move)
        page.locator("form.move [type=submit]").click()
        expect(page.locator("form.move .summary")).to_be_visible()
        fit_for_everyone(page, f"{move}, with errors")
        page.locator("form.move").get_by_role("button", name="Vazgeç").click()
