"""The page of rules: nothing is saved before its effect has been seen, and nothing that was typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OUR_OWN
from tests.browser.people import Staff, reaches
from tests.browser.test_desk import turkish
from tests.stack import Stack
from tests.world import a_submission


@pytest.fixture
def representative(stack: Stack, staff: Callable[..., Staff]) -> Callable[..., Staff]:
    """The management representative, on the page of rules."""

    def opened(**given: Any) -> Staff:
        who = staff("management-representative", **given)
        who.signs_in()
        who.goes_to_page("Kurallar")
        return who

    return opened


def part(page: Page, title: str) -> Locator:
    """The part of the page under a heading."""
    return page.get_by_role("region", name=title, exact=True)


def looks(page: Page) -> None:
    page.get_by_role("button", name="Değişecekleri göster").click()


def saves(page: Page, reason: str) -> None:
    page.get_by_label("Kurallar neden değişiyor").fill(reason)
    page.get_by_role("button", name="Kuralları kaydet").click()


def closes(page: Page, day: str, name: str) -> None:
    """Another day on which nobody works."""
    days = part(page, "Kapalı günler")
    days.get_by_role("button", name="Gün ekle").click()
    days.get_by_label("Gün", exact=True).last.fill(day)
    days.get_by_label("Nedeni", exact=True).last.fill(name)


def test_a_closing_day_is_seen_saved_and_applied(
    stack: Stack, representative: Callable[..., Staff], as_before: None
) -> None:
    receipt = stack.submit(a_submission())
    stack.settle()
    who = representative()
    page, due_on = who.page, receipt["answer_due_on"]
    save = part(page, "Değişiklikleri kaydet")
    expect(save).to_contain_text("Henüz bir şey değiştirmediniz.")
    closes(page, due_on, "Sayım günü")
    looks(page)
    expect(save.get_by_role("heading", level=3)).to_be_focused()
    # Of all that is due on that day the page shows the first ones; ours may be behind them.
    due = page.locator("s").filter(has_text=turkish(due_on))
    example = save.locator(".dates > div").filter(has_text="Yanıt").filter(has=due).first
    if save.locator("details:not([open])").count():  # of more than ten nobody is shown all unasked
        save.locator("details summary").click()
    expect(example).to_be_visible()
    found = re.search(r"\w{4}-\w{3}-\w{4}", example.text_content() or "")
    assert found
    new_date = example.locator("strong").text_content()
    assert stack.desk("lead", "GET", "/rules").json["organisation"]["own_days"].get(due_on) is None

    part(page, "Kapalı günler").get_by_label("Nedeni", exact=True).last.fill("Yıl sonu sayımı")
    expect(save.get_by_role("button", name="Kuralları kaydet")).to_have_count(0)  # what was seen is no longer what is
    looks(page)
    save.get_by_role("button", name="Kuralları kaydet").click()
    expect(save.locator(".summary")).to_contain_text("Kurallar neden değişiyor: burayı doldurun")
    saves(page, "Depo sayılacak")
    who.is_told("Kurallar kaydedildi.")
    expect(save.get_by_role("status")).to_contain_text("Tarihi değişen açık dosya:")
    expect(part(page, "Önceki sürümler").get_by_role("listitem").first).to_contain_text("Depo sayılacak")
    assert stack.desk("lead", "GET", "/rules").json["organisation"]["own_days"][due_on] == "Yıl sonu sayımı"

    who.opens(found[0])
    expect(page.locator(".promises > li").filter(has_text="Yanıt")).to_contain_text(f"Söz {new_date}.")
    changed = page.locator(".entry").filter(has_text="Tarihler yeniden hesaplandı")
    expect(changed).to_contain_text("Depo sayılacak")


def test_what_is_wrong_stands_at_its_field_and_the_text_stays(representative: Callable[..., Staff]) -> None:
    page = representative().page
    own = part(page, "Kendi paketleriniz")
    own.get_by_role("button", name="Paket ekle").click()
    own.get_by_role("textbox").last.fill("id = 'YARIM'")
    part(page, "Günlük bildirim saatleri").get_by_label("Saat").first.fill("16:00")
    looks(page)
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("bu TOML metni eksiksiz bir paket değil")
    summary.get_by_role("link").first.click()
    expect(own).to_be_focused()
    expect(own.get_by_role("textbox").last).to_have_value("id = 'YARIM'")
    own.get_by_role("button", name="Sil").last.click()
    looks(page)
    expect(summary).to_contain_text("Günlük bildirim saatleri: saatleri sıraya koyun")


def test_a_draft_is_confirmed_before_it_is_used_and_a_legal_review_is_on_record(
    stack: Stack, representative: Callable[..., Staff], as_before: None
) -> None:
    who = representative()
    page = who.page
    packs = part(page, "Kullanılan paketler")
    packs.get_by_text("Diğer paketler").click()
    pack = packs.locator(".pack").filter(has_text="UK-CONSUMER v1")
    expect(pack).to_contain_text("taslak")
    expect(pack).to_contain_text("hukuki inceleme: yok")
    pack.locator("summary").first.click()
    expect(pack).to_contain_text("Taslak, onaylanmadan kullanılamaz.")
    expect(pack.get_by_role("button", name="Bu paketi kullan")).to_have_count(0)
    pack.get_by_text("Taslağı onayla").click()
    confirming = pack.locator("details").filter(has_text="Taslağı onayla")
    expect(confirming.get_by_label("Kim")).to_have_value(str(who.person["name"]))
    confirming.get_by_label("Dayanağı").fill("Hukuk birimi süreleri onayladı.")
    pack.get_by_text("Hukuki incelemeyi kaydet").click()
    reviewing = pack.locator("details").filter(has_text="Hukuki incelemeyi kaydet")
    reviewing.get_by_label("Kim").fill("Av. Ülkü Şen")
    reviewing.get_by_label("Dayanağı").fill("Kanun metniyle karşılaştırıldı.")
    pack.get_by_role("button", name="Bu paketi kullan").click()
    looks(page)
    saves(page, "Birleşik Krallık satışları başladı")
    who.is_told("Kurallar kaydedildi.")

    settled = stack.desk("lead", "GET", "/rules").json["organisation"]
    assert settled["packs"][-1] == "UK-CONSUMER"
    assert settled["confirmed"]["UK-CONSUMER"]["words"] == "Hukuk birimi süreleri onayladı."
    used = packs.locator(":scope > .pack").filter(has_text="UK-CONSUMER v1")
    expect(used).to_contain_text("hukuki inceleme: Av. Ülkü Şen")


def test_the_words_of_a_regulator_are_copied_with_the_day_of_the_comparison(
    stack: Stack, representative: Callable[..., Staff], as_before: None
) -> None:
    who = representative()
    page = who.page
    packs = part(page, "Kullanılan paketler")
    packs.get_by_text("Diğer paketler").click()
    pack = packs.locator(".pack").filter(has_text="UK-FCA-DISP v1")
    pack.locator("summary").first.click()
    expect(pack.locator(".notice")).to_contain_text("Bu paket altındaki kararlar gönderilemez")
    words = pack.get_by_role("group", name="Zorunlu metin")
    words.get_by_label("İngilizce").fill("You have the right to refer your complaint to the ombudsman.")
    looks(page)
    expect(page.locator(".summary")).to_contain_text("Türkçe: burayı doldurun")
    words.get_by_label("Türkçe").fill("Şikâyetinizi ombudsmana taşıma hakkınız vardır.")
    looks(page)
    saves(page, "FOS metni kopyalandı")
    who.is_told("Kurallar kaydedildi.")
    settled = stack.desk("lead", "GET", "/rules").json["organisation"]["prescribed"]["UK-FCA-DISP/ombudsman"]
    today = stack.desk("lead", "GET", "/me").json["now"][:10]
    assert settled["words"] == {
        "en": "You have the right to refer your complaint to the ombudsman.",
        "tr": "Şikâyetinizi ombudsmana taşıma hakkınız vardır.",
    }
    assert settled["checked_on"] >= today


def test_packs_hours_ladder_roster_and_targets(
    stack: Stack, representative: Callable[..., Staff], several_packs: None, as_before: None
) -> None:
    who = representative()
    page = who.page
    packs = part(page, "Kullanılan paketler")
    repair = packs.locator(":scope > .pack").filter(has_text="TR-GARANTI v1")
    repair.locator("summary").first.click()
    repair.get_by_role("button", name="İlk sıraya al").click()
    expect(packs.locator(":scope > .pack").first).to_contain_text("ilk paket")
    repair.get_by_role("button", name="Kullanımdan çıkar").click()
    expect(packs.locator(":scope > .pack").filter(has_text="TR-GARANTI v1")).to_have_count(0)
    listed = part(page, "Sorun listesi")
    listed.get_by_role("button", name="Yukarı taşı: Gecikme").press("Enter")
    expect(listed.get_by_role("button", name="Aşağı taşı: Gecikme")).to_be_focused()  # there is no way up any more
    listed.get_by_label("Kullanımda").last.uncheck()
    listed.get_by_label("İngilizce").first.fill(" ")
    looks(page)
    expect(page.locator(".summary")).to_contain_text("İngilizce")
    listed.get_by_label("İngilizce").first.fill("Too late")
    problem = part(page, "Soruna göre paket")
    problem.get_by_role("button", name="Sorun ekle").click()
    problem.get_by_label("Sorun", exact=True).last.select_option("Gecikme")
    problem.get_by_label("Paket", exact=True).last.select_option("OUR-OWN")

    hours = part(page, "Çalışma saatleri")
    hours.get_by_label("Kendi belirlediğimiz saatler").check()
    saturday = hours.get_by_role("group", name="Cumartesi")
    saturday.get_by_role("button", name="Saat ekle").click()
    for label, time in (("Açılış", "10:00"), ("Kapanış", "13:00")):
        saturday.get_by_label(label).fill(time)
    monday = hours.get_by_role("group", name="Pazartesi")
    monday.get_by_role("button", name="Saat ekle").click()
    monday.get_by_label("Kapanış").first.fill("12:00")
    monday.get_by_label("Açılış").last.fill("13:30")

    step = part(page, "Kime, ne zaman haber verilir").get_by_role("group", name="Basamak 1")
    step.get_by_label("Ne zaman").fill("75")
    step.get_by_label("nöbetçi").check()
    urgent = part(page, "İvedi durumda kime haber verilir")
    urgent.get_by_role("button", name="Basamak ekle").click()
    added = urgent.get_by_role("group", name="Basamak 5")
    added.get_by_label("Ne zaman").fill("1")
    added.get_by_label("Neyle sayılır").select_option("son tarihten sonraki iş günü")
    added.get_by_label("üst yönetim").check()
    target = part(page, "Hedefler ve sınır").get_by_role("group", name="Ö3")
    target.get_by_label("Sayı").fill("3")
    part(page, "Hedefler ve sınır").get_by_label("Kişi başına açık dosya sınırı").fill("25")
    part(page, "Yetki ve tutar sınırları").get_by_role("group", name="Dosya sorumlusu").get_by_label("TRY").fill(
        "7.500,50"
    )
    times = part(page, "Yanıt, bildirim ve inceleme süreleri")
    times.get_by_role("group", name="Karara yanıt vermek için").get_by_label("Sayı").fill("15")
    figures = part(page, "Yıla göre değişen tutarlar")
    figures.get_by_role("button", name="Yıl ekle").click()
    for label, value in (("Yıl", "2031"), ("Tutar (TL)", "500.000")):
        figures.get_by_role("textbox", name=label).fill(value)
    roster = part(page, "Nöbet")
    for person in ("lead", "handler"):
        roster.get_by_role("button", name="Kişi ekle").click()
        roster.get_by_role("combobox").last.select_option(str(stack.people[person]["sub"]))
    roster.get_by_role("button", name=f"Yukarı taşı: {stack.people['handler']['name']}").click()
    part(page, "Günlük bildirim saatleri").get_by_role("button", name="Sil").last.click()
    looks(page)
    saves(page, "Yeni düzen")
    who.is_told("Kurallar kaydedildi.")

    now = stack.desk("lead", "GET", "/rules").json
    settled = now["organisation"]
    assert "TR-GARANTI" not in settled["packs"]
    assert settled["by_category"] == {"2": "OUR-OWN"}
    categories = settled["categories"]
    assert [one["number"] for one in categories[:3]] == [2, 1, 3]
    assert categories[0]["name"] == {"tr": "Gecikme", "en": "Too late"}
    assert [one["number"] for one in categories if not one["active"]] == [21]
    assert settled["hours"]["sat"] == [{"opens": "10:00:00", "closes": "13:00:00"}]
    assert [one["opens"] for one in settled["hours"]["mon"]] == ["09:00:00", "13:30:00"]
    assert settled["hours"].get("sun", []) == []
    assert (settled["ladder"][0]["share"], settled["ladder"][0]["tell"]) == (0.75, ["owner", "lead", "roster"])
    assert (settled["urgent_ladder"][4]["later"], settled["urgent_ladder"][4]["tell"]) == (1, ["top-management"])
    assert settled["targets"]["3"]["count"] == 3
    assert settled["ceiling"] == 25
    assert settled["limits"]["handler"]["TRY"] == "7500.50"
    assert (settled["reply_within"]["count"], settled["reply_within"]["from"]) == (15, "answered")
    assert settled["values"] == {"tuketici_hakem_heyeti": {"2031": "500000"}}
    expect(part(page, "Yetki ve tutar sınırları")).to_contain_text(f"Selin Oral (sürüm {now['version']})")
    assert settled["roster"] == [stack.people["handler"]["sub"], stack.people["lead"]["sub"]]
    assert settled["digest_at"] == ["09:00:00"]
    # What this page does not show, it does not touch.
    assert OUR_OWN.strip() in settled["own_packs"][0]


def test_two_people_do_not_overwrite_each_other_unawares(
    stack: Stack, representative: Callable[..., Staff], as_before: None
) -> None:
    who = representative(expects="(Conflict)")
    page = who.page
    closes(page, "2030-12-31", "Sayım")
    looks(page)
    ceiling = stack.desk("administrator", "GET", "/rules").json
    other = {**ceiling["organisation"], "ceiling": 33}
    body = {"organisation": other, "reason": "Sınırı düşürdük"}
    answer = stack.desk("administrator", "PUT", "/rules", body, if_match=f'"{ceiling["version"]}"')
    assert answer.status == 200
    saves(page, "Sayım yapılacak")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(str(stack.people["administrator"]["name"]))
    expect(alert).to_contain_text("Sınırı düşürdük")
    expect(part(page, "Kapalı günler").get_by_label("Nedeni", exact=True).last).to_have_value("Sayım")
    alert.get_by_role("button", name="Yeni sürümü al").click()
    expect(part(page, "Hedefler ve sınır").get_by_label("Kişi başına açık dosya sınırı")).to_have_value("33")
    expect(part(page, "Kapalı günler").get_by_text("Sayım")).to_have_count(0)


def test_whoever_may_not_change_the_rules_reads_them(staff: Callable[..., Staff]) -> None:
    auditor = staff("auditor")
    auditor.enters_the_desk()
    page = auditor.page
    page.get_by_role("link", name="Rules", exact=True).click()
    expect(auditor.heading()).to_have_text("Rules")
    main = page.get_by_role("main")
    expect(main).to_contain_text("You can read these rules.")
    expect(part(page, "Who is told, and when")).to_contain_text("the owner, the leads")
    expect(main.locator("input, select, textarea, button")).to_have_count(0)


def test_a_day_is_added_and_looked_at_with_the_keyboard_alone(representative: Callable[..., Staff]) -> None:
    who = representative()
    page = who.page
    reaches(page, page.get_by_role("navigation", name="Bu sayfada").get_by_role("link", name="Kapalı günler"))
    page.keyboard.press("Enter")
    reaches(page, page.get_by_role("button", name="Gün ekle"))
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Sil: Gün")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Sayım")
    days = part(page, "Kapalı günler")
    expect(days.get_by_label("Nedeni", exact=True)).to_have_value("Sayım")
    reaches(page, page.get_by_role("button", name="Sil: Sayım"))
    page.keyboard.press("Enter")
    expect(days.get_by_label("Nedeni", exact=True)).to_have_count(0)
    reaches(page, page.get_by_role("button", name="Değişecekleri göster"))
    page.keyboard.press("Enter")
    expect(part(page, "Değişiklikleri kaydet").get_by_role("heading", level=3)).to_be_focused()
