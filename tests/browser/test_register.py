"""A complaint that comes by telephone, on paper or over a desk outside is entered by a member of staff."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Staff, reaches
from tests.stack import Stack
from tests.world import a_submission

DIGITS = ["sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"]
NOT_TURKISH = {"Q": "Kü", "W": "Çift\u00a0ve", "X": "İks"}
A_THIRD_OF_A4, MARGIN = 99, 20  # millimetres


def entering(staff: Callable[..., Staff]) -> Page:
    """The empty form, before the eyes of a handler."""
    handler = staff("handler")
    handler.signs_in()
    handler.page.get_by_role("link", name="Şikâyet kaydet").click()
    expect(handler.heading()).to_have_text("Şikâyet kaydet")
    return handler.page


def field(page: Page, label: str) -> Locator:
    """By its label, which may be followed by the words for optional."""
    name = re.compile(rf"^{re.escape(label)}( \(isteğe bağlı\))?$")
    return page.locator("form.register").get_by_role("textbox", name=name)


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def unfolds(page: Page, group: str) -> None:
    page.locator("summary").filter(has_text=group).click()


def saves(page: Page) -> tuple[str, str]:
    """Presses Save; the reference and the code, without what parts them."""
    page.get_by_role("button", name="Kaydet", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Şikâyet kaydedildi")
    reference, code = page.locator(".spelled").all()
    return "".join(reference.locator("bdi").all_inner_texts()), "".join(code.locator("bdi").all_inner_texts())


def case_of(stack: Stack, reference: str) -> dict[str, Any]:
    found: dict[str, Any] = stack.desk("lead", "GET", f"/complaints/{reference}").json
    return found


def test_a_call_is_entered_with_the_keyboard_alone(stack: Stack, staff: Callable[..., Staff]) -> None:
    page = entering(staff)
    for goal, typed in (
        (page.get_by_role("radio", name="Telefon", exact=True), None),
        (field(page, "Telefon"), "0216 555 44 33"),
        (field(page, "Ad"), "Şükriye Düğünçiçeği"),
        (field(page, "Ürün veya hizmet"), "Kargo"),
        (field(page, "Ne oldu"), "Koli ıslak geldi, içindekiler kullanılamaz durumda."),
        (page.get_by_role("radio", name="Evet", exact=True), None),
    ):
        reaches(page, goal)
        page.keyboard.type(typed) if typed else page.keyboard.press("Space")
    reaches(page, page.get_by_role("button", name="Kaydet", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Şikâyet kaydedildi")
    entered = case_of(stack, "".join(page.locator(".spelled").first.locator("bdi").all_inner_texts()))
    assert entered["channel"] == "phone"
    assert entered["complainant"]["name"] == "Şükriye Düğünçiçeği"
    assert entered["complainant"]["phone"] == "0216 555 44 33"
    assert entered["account"]["told_before"] == "yes"


def test_the_code_is_read_out_printed_and_never_shown_again(staff: Callable[..., Staff]) -> None:
    page = entering(staff)
    choose(page, "Başvuru kanalı", "Yüz yüze")
    choose(page, "Başvuran", "Adını vermek istemeyen biri")
    field(page, "Ürün veya hizmet").fill("Mağaza")
    field(page, "Ne oldu").fill("Görevli yardım etmeyi reddetti.")
    choose(page, "Bize daha önce bildirdi", "Hayır")
    reference, code = saves(page)
    assert (len(reference), len(code)) == (11, 20)
    for group in page.locator(".spelled li").all():
        signs, words = group.locator("bdi").inner_text(), group.locator("span").inner_text().split(" · ")
        assert len(signs) == len(words)
        for sign, word in zip(signs, words, strict=True):
            assert word == (DIGITS[int(sign)] if sign.isdigit() else NOT_TURKISH.get(sign, word))
            assert sign.isdigit() or sign in NOT_TURKISH or word.startswith(sign)

    slip = page.locator(".slip")
    expect(slip).to_be_hidden()
    page.emulate_media(media="print")
    expect(slip).to_contain_text(" ".join(code[at : at + 4] for at in range(0, 20, 4)))
    expect(slip).to_contain_text("/tr/takip/")
    expect(page.locator(".spelled").first).to_be_hidden()
    height = slip.evaluate("slip => slip.getBoundingClientRect().height") * 25.4 / 96
    assert round(height + MARGIN) <= A_THIRD_OF_A4
    assert slip.evaluate("slip => slip.scrollHeight <= slip.offsetHeight")
    page.emulate_media(media="screen")

    page.get_by_role("button", name="Yeni şikâyet kaydet").click()
    expect(field(page, "Ne oldu")).to_have_value("")
    assert code[:4] not in page.content()


def test_everything_of_the_form_arrives(stack: Stack, staff: Callable[..., Staff]) -> None:
    page = entering(staff)
    choose(page, "Başvuru kanalı", "CİMER")
    field(page, "Karşı tarafın numarası").fill("2026-118-4471")
    page.get_by_label("Yanıt istenen tarih").fill("2030-12-15")
    choose(page, "Başvuran", "Kuruluş")
    field(page, "E-posta").fill("ipek@example.com")
    field(page, "Kuruluş").fill("Zülfikar Klima Ltd. Şti.")
    field(page, "İlgili kişi").fill("İpek Zülfikaroğlu")
    page.get_by_label("Başvuru sahibi adına başkası hareket ediyor").check()
    field(page, "Temsilcinin adı").fill("Av. Işıl Öğütçü")
    field(page, "Hangi sıfatla").fill("Avukatı")
    field(page, "Temsilcinin e-postası").fill("isil@example.com")
    field(page, "Ürün veya hizmet").fill("Klima")
    field(page, "Ne oldu").fill("Klimanın sesi gece uyutmuyor; üç kez servis geldi.")
    choose(page, "Bize daha önce bildirdi", "Evet")
    field(page, "Hangi numarayla").fill("SRV-77")
    page.get_by_label("Konu şu anda mahkemede").check()
    field(page, "Nerede").fill("Kadıköy Tüketici Hakem Heyeti")
    unfolds(page, "İstenen çözüm ve tutarlar")
    page.get_by_label("Bedel iadesi").check()
    field(page, "Uyuşmazlık bedeli").fill("34.990,00")
    field(page, "İstenen tutar").fill("1.250,5")
    page.get_by_label("Para birimi").select_option("TRY")
    unfolds(page, "Ne zaman, nerede, kimlerle")
    page.get_by_label("Kullanım", exact=True).check()
    field(page, "Şube veya yer").fill("Kadıköy")
    page.get_by_role("button", name="Çalışan adı ver").click()
    named = page.get_by_label("Hakkında şikâyet edilen çalışan, 1", exact=True)
    expect(named.locator("option", has_text=str(stack.people["handler"]["name"]))).to_have_count(0)
    named.select_option(str(stack.people["reviewer"]["sub"]))
    field(page, "Etkilenen diğer kişi sayısı").fill("12")
    unfolds(page, "Başvuru sahibi hakkında")
    field(page, "Posta adresi").fill("Çınar Mah. 3. Sok. No 5\nBursa")
    page.get_by_label("Mevcut", exact=True).check()
    unfolds(page, "Destek ve biçim")
    page.get_by_label("Büyük punto").check()
    reference, _ = saves(page)

    entered = case_of(stack, reference)
    told, her = entered["account"], entered["complainant"]
    assert entered["channel"] == "cimer"
    assert {name: told[name] for name in ("outside_reference", "told_reference", "elsewhere_where", "branch")} == {
        "outside_reference": "2026-118-4471",
        "told_reference": "SRV-77",
        "elsewhere_where": "Kadıköy Tüketici Hakem Heyeti",
        "branch": "Kadıköy",
    }
    assert (told["wants"], told["value"], told["wish_amount"], told["currency"]) == (
        ["refund"], "34990.00", "1250.5", "TRY",
    )  # fmt: skip
    assert (told["life_stage"], told["customer"], told["others_affected"]) == ("use", "current", 12)
    assert not told["may_survey"]
    assert her["organisation"] == "Zülfikar Klima Ltd. Şti."
    assert her["address"] == "Çınar Mah. 3. Sok. No 5\nBursa"
    assert her["representative"]["capacity"] == "Avukatı"
    assert her["contact"] == "representative"
    assert [one["id"] for one in entered["complained_about"]] == [stack.people["reviewer"]["sub"]]
    assert any(promise["promise"] == "external" for promise in entered["promises"])
    assert [task["kind"] for task in entered["tasks"] if task["kind"] == "format"] == ["format"]


def test_what_a_complaint_site_keeps_has_its_number_there_and_the_day_on_which_it_wants_an_answer(
    stack: Stack, staff: Callable[..., Staff]
) -> None:
    page = entering(staff)
    page.get_by_role("radio", name="Şikayetvar", exact=True).check()
    field(page, "Karşı tarafın numarası").fill("SV-204417")
    page.get_by_label("Yanıt istenen tarih").fill("2030-12-15")
    field(page, "Telefon").fill("0216 555 44 33")
    field(page, "Ad").fill("Şükriye Düğünçiçeği")
    field(page, "Ürün veya hizmet").fill("Kargo")
    field(page, "Ne oldu").fill("Koli ıslak geldi, içindekiler kullanılamaz durumda.")
    choose(page, "Bize daha önce bildirdi", "Hayır")
    reference, _ = saves(page)
    entered = case_of(stack, reference)
    assert (entered["channel"], entered["account"]["outside_reference"]) == ("sikayetvar", "SV-204417")
    assert [one["due_on"] for one in entered["promises"] if one["promise"] == "external"] == ["2030-12-15"]


def test_whoever_complained_before_is_not_asked_again(stack: Stack, staff: Callable[..., Staff]) -> None:
    email = f"{uuid4().hex[:12]}@example.com"
    before = a_submission(email=email, phone="0532 111 22 33", address="Lale Sok. No 2, İzmir", name="Gönül Ağaoğlu")
    stack.submit(before)
    page = entering(staff)
    field(page, "Ürün veya hizmet").fill("Fırın kapağı")
    field(page, "E-posta").fill(email.upper())
    field(page, "Ad").focus()
    expect(page.locator(".known")).to_contain_text("Bu iletişim bilgisiyle önceki başvurular: 1")
    page.get_by_role("button", name="Bilinenleri al").click()
    expect(field(page, "Ad")).to_have_value("Gönül Ağaoğlu")
    expect(field(page, "Telefon")).to_have_value("0532 111 22 33")
    expect(field(page, "E-posta")).to_have_value(email.upper())
    expect(field(page, "Ürün veya hizmet")).to_have_value("Fırın kapağı")
    unfolds(page, "Başvuru sahibi hakkında")
    expect(field(page, "Posta adresi")).to_have_value("Lale Sok. No 2, İzmir")


def test_what_is_missing_is_led_to_also_where_it_is_folded_away(
    staff: Callable[..., Staff], fit_for_everyone: Callable[..., None]
) -> None:
    page = entering(staff)
    for group in page.locator("summary").all():
        group.click()
    fit_for_everyone(page, "register, unfolded")
    field(page, "İstenen tutar").fill("500")
    unfolds(page, "İstenen çözüm ve tutarlar")
    page.get_by_role("button", name="Kaydet", exact=True).click()
    expect(page.locator(".summary")).to_be_focused()
    page.locator(".summary").get_by_role("link", name="Para birimi").click()
    expect(page.get_by_label("Para birimi")).to_be_focused()
    expect(page.get_by_label("Para birimi")).to_be_visible()


def test_what_is_being_typed_is_there_after_a_look_elsewhere(staff: Callable[..., Staff]) -> None:
    page = entering(staff)
    field(page, "Ne oldu").fill("Yarım kalan bir cümle")
    page.get_by_role("link", name="Kurallar").click()
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text("Kurallar")
    page.get_by_role("link", name="Şikâyet kaydet").click()
    expect(field(page, "Ne oldu")).to_have_value("Yarım kalan bir cümle")
    page.get_by_role("button", name="Baştan başla").click()
    expect(field(page, "Ne oldu")).to_have_value("")
