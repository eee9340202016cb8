"""What the desk owes the people whose data it shows."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from adapters.files import DOCX
from tests.browser.filed import shown
from tests.browser.people import Complainant, Staff, proposal, reaches
from tests.evidence import SAMPLES
from tests.journeys.steps import ASSESSMENT
from tests.stack import Stack
from tests.world import a_submission

#: Everything in which a script that got in, or the next person at this computer, would look for a token.
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
NODES = "document.querySelectorAll('main *').length"
#: An address of the desk, as a link in it would be followed: without signing in again.
GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"
HOSTILE = (
    "<script>alert(1)</script>\n"
    "\"'><img src=x onerror=alert(2)></textarea></div>\n"
    "{{ 7 * 7 }} ${7 * 7} &lt;b&gt; \u202egnp.exe\u2066"
)
PLAIN = "a b c\nd e f\ng h i"


def test_a_file_that_is_not_what_it_says_is_refused_before_her_eyes(
    stack: Stack, complainant: Callable[..., Complainant], tmp_path: Path
) -> None:
    her = complainant("tr")
    receipt, files = stack.submit(a_submission(email=her.email)), her.words["files"]
    (tmp_path / "foto.png").write_bytes(b"MZ\x90\x00 no picture")
    her.tracks(receipt["reference"], receipt["secret"])
    her.sees("received")
    her.page.get_by_label(files["label"]).last.set_input_files(tmp_path / "foto.png")
    row = her.page.locator("[data-files] .files li")
    expect(row).to_contain_text(files["state"]["refused"])
    expect(row.get_by_role("button")).to_contain_text(files["remove"])
    her.tracks(receipt["reference"], receipt["secret"])
    expect(her.page.locator(".files li").first).to_contain_text(files["state"]["refused"])


def test_a_file_with_a_turkish_name_travels_from_the_tracking_page_to_the_desk(
    stack: Stack, complainant: Callable[..., Complainant], staff: Callable[..., Staff], tmp_path: Path
) -> None:
    her = complainant("tr")
    receipt = stack.submit(a_submission(email=her.email))
    name, content = "şikâyet faturası ĞÜŞİÖÇ ığ.docx", SAMPLES[DOCX] + bytes(range(256)) * 40
    (tmp_path / name).write_bytes(content)
    her.tracks(receipt["reference"], receipt["secret"])
    her.sees("received")
    her.page.get_by_label(her.words["files"]["label"]).last.set_input_files(tmp_path / name)
    expect(her.page.locator("[data-files] .files li")).to_contain_text(her.words["files"]["state"]["unscanned"])
    her.tracks(receipt["reference"], receipt["secret"])
    expect(her.page.locator(".files .name").first).to_have_text(name)

    handler = staff("handler")
    handler.signs_in()
    handler.opens(shown(receipt["reference"]))
    with handler.page.expect_download() as arriving:
        handler.page.get_by_role("button", name=name).click()
    # S3 names the download as the signed link says; the emulator leaves that out for a version of an object.
    asked = parse_qs(urlsplit(arriving.value.url).query)["response-content-disposition"]
    assert asked == [f"attachment; filename*=UTF-8''{quote(name, safe='')}"]
    assert arriving.value.path().read_bytes() == content
    handler.page.get_by_text("SHA-256").click()
    expect(handler.page.locator(".files code")).to_have_text(hashlib.sha256(content).hexdigest())
    expect(handler.page.locator(".above-title")).to_contain_text(shown(receipt["reference"]))


def test_what_a_complainant_writes_is_shown_as_text(
    stack: Stack, complainant: Callable[..., Complainant], staff: Callable[..., Staff]
) -> None:
    """The same complaint twice, once in hostile words: both pages hold as many nodes as with plain words."""
    her, handler = complainant("tr"), staff("handler")
    nodes: dict[str, list[int]] = {}
    for words in (PLAIN, HOSTILE):
        line = words.replace("\n", " ")[:60]
        told: dict[str, Any] = dict.fromkeys(("what_happened", "wish", "support_needs"), words)
        told |= {"about": line, "name": line, "order_number": line, "phone": None}
        email = f"{uuid4()}@example.com"  # nobody's kin
        receipt = stack.submit(a_submission(email=email, **told))
        reference = receipt["reference"]
        stack.mail_to(email)
        stack.settle()
        stack.move("handler", reference, "assess", {**ASSESSMENT, "points": [{"title": line, "category": 3}]})
        note = {"id": str(uuid4()), "words": words}
        assert stack.desk("handler", "POST", f"/complaints/{reference}/notes", note).status == 201

        her.tracks(reference, receipt["secret"])
        her.writes(words)
        expect(her.page.locator(".entries .letter").first).to_have_text(words)
        expect(her.page.get_by_role("heading", name=line)).to_be_visible()
        here = [her.page.evaluate(NODES)]

        handler.signs_in()
        handler.opens(shown(reference))
        expect(handler.page.locator(".wrote")).to_have_text(words)
        expect(handler.page.locator(".timeline .words").first).to_have_text(words)
        expect(handler.page.locator(".loading")).to_have_count(0)  # some parts of the page come in files of their own
        here.append(handler.page.evaluate(NODES))
        nodes[words] = here
    assert nodes[HOSTILE] == nodes[PLAIN]


def test_no_token_is_kept_where_a_script_could_find_it(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = stack.submit(a_submission())["reference"]
    handler = staff("handler")
    handler.signs_in()
    handler.opens(shown(reference))
    assert "eyJ" not in handler.page.evaluate(KEPT)
    assert "code=" not in handler.page.evaluate(KEPT)


def test_nothing_can_be_read_after_signing_out_and_going_back(stack: Stack, staff: Callable[..., Staff]) -> None:
    name = f"Nermin {uuid4().hex}"
    reference = shown(stack.submit(a_submission(name=name))["reference"])
    handler = staff("handler")
    handler.signs_in()
    handler.opens(reference)
    page = handler.page
    expect(page.get_by_role("main")).to_contain_text(name)
    page.get_by_label("Not, başvuru sahibi hiç görmez").fill("Yarım kalan not")
    handler.signs_out()
    for _ in range(4):
        nothing_is_left(page, name, reference)
        if page.go_back() is None:
            break
    nothing_is_left(page, name, reference)


def nothing_is_left(page: Page, *secrets: str) -> None:
    """Neither the page nor what the browser keeps for it tells anything."""
    page.wait_for_load_state("networkidle")
    seen = page.locator("body").inner_text()
    kept = page.evaluate(KEPT)
    for secret in (*secrets, "eyJ", "Yarım kalan not"):
        assert secret not in seen
        assert secret not in kept


def test_an_administrator_sees_the_rules_and_no_complaint(stack: Stack, staff: Callable[..., Staff]) -> None:
    """An administrator looks after accounts and settings and may read no complaint."""
    reference = stack.submit(a_submission())["reference"]
    administrator = staff("administrator", expects="403")
    administrator.enters_the_desk()
    expect(administrator.heading()).to_have_text("Kurallar")
    page = administrator.page
    expect(page.get_by_role("banner").get_by_role("link")).to_have_text(["Kurallar", "Ayarlar"])
    for path in ("queue/open", "workload", "register", f"complaints/{reference}"):
        page.evaluate(GO, f"/staff/{path}")
        expect(administrator.heading()).to_have_text("Rolünüz buna izin vermiyor")
        expect(page.get_by_role("table")).to_have_count(0)


# --- screens that come when they are opened --------------------------------------------------------------------------


def test_a_screen_whose_file_does_not_come_says_so_and_is_there_after_a_reload(staff: Callable[..., Staff]) -> None:
    """The connection is gone for a moment, or a new version was published while the desk was open."""
    handler = staff("handler", expects="/staff/assets/workload-")
    handler.signs_in()
    page, lost = handler.page, "**/staff/assets/workload-*.js"
    page.route(lost, lambda route: route.abort())
    page.get_by_role("link", name="İş yükü").click()
    expect(handler.heading()).to_have_text("Bu sayfa açılamadı")
    expect(handler.heading()).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("yeniden yükleyin")
    expect(page.get_by_role("banner")).to_be_visible()
    page.unroute(lost)
    page.get_by_role("button", name="Yeniden yükle").click()
    handler.gives_the_password()  # Cognito remembers who was here; the emulator asks again
    expect(handler.heading()).to_have_text("İş yükü")


def test_a_desk_whose_words_do_not_come_says_so_in_both_languages(stack: Stack, window: Callable[..., Page]) -> None:
    page = window(expects="/staff/assets/tr-")
    page.route("**/staff/assets/tr-*.js", lambda route: route.abort())
    page.goto(f"{stack.site}/staff/")
    expect(page.get_by_role("heading", name="Sayfa açılamadı")).to_be_visible()
    expect(page.get_by_text("The page could not be opened.")).to_be_visible()
    expect(page.get_by_role("button", name="Reload")).to_be_visible()


def test_the_other_language_comes_when_it_is_chosen(staff: Callable[..., Staff]) -> None:
    handler = staff("handler")
    handler.signs_in()
    handler.page.get_by_role("button", name="English").click()
    expect(handler.heading()).to_have_text("Open complaints")
    expect(handler.page.locator("html")).to_have_attribute("lang", "en")


# --- promises and what moves them ------------------------------------------------------------------------------------

OURS = {"title": "Fırının camı kırıldı", "category": 3, "pack": "OUR-OWN", "value": "1250.50"}
BASE = {"title": "Servis gelmedi", "category": 5, "pack": "ISO-BASE"}
REPAIR = {"title": "Onarım reddedildi", "category": 12, "pack": "TR-GARANTI"}


def investigated(stack: Stack, *points: dict[str, Any], **changes: Any) -> str:
    """A complaint with these points that the handler investigates; its reference."""
    reference: str = stack.submit(a_submission(**changes))["reference"]
    stack.settle()
    stack.move(
        "handler", reference, "assess", {**ASSESSMENT, "points": list(points), "reason": "Ayrı kurallar geçerli."}
    )
    stack.settle()
    stack.move("handler", reference, "investigate", {"owner": stack.people["handler"]["sub"]})
    stack.settle()
    return reference


def promise(who: Staff, *words: str) -> Locator:
    """The row of a promise that holds these words."""
    rows = who.page.locator(".promises > li")
    for part in words:
        rows = rows.filter(has_text=part)
    return rows


def test_every_clock_has_a_row_and_our_own_target_stands_last(
    stack: Stack, staff: Callable[..., Staff], several_packs: None
) -> None:
    reference = investigated(stack, OURS, BASE)
    handler = staff("handler")
    handler.signs_in()
    handler.opens(shown(reference))
    case = stack.desk("handler", "GET", f"/complaints/{reference}").json
    rows = handler.page.locator(".promises > li")
    expect(rows).to_have_count(len(case["promises"]))
    expect(rows.last).to_contain_text("iç hedef")
    expect(rows.filter(has_text="iç hedef")).to_have_count(1)
    for number in (1, 2):
        why = promise(handler, "Yanıt", f"Konu {number}").get_by_role("group")
        expect(why.locator("li")).not_to_be_visible()
        why.get_by_text("Bu tarih nasıl hesaplandı").click()
        expect(why.locator("li")).to_contain_text(("OUR-OWN v1", "ISO-BASE v1")[number - 1])
    points = handler.page.locator(".points tbody tr")
    expect(points.first).to_contain_text("OUR-OWN v1")
    expect(points.first).to_contain_text("Uyuşmazlık bedeli 1.250,50")
    expect(points.last).not_to_contain_text("Uyuşmazlık bedeli")


def test_an_answer_is_put_off_for_the_points_that_were_meant(
    stack: Stack, staff: Callable[..., Staff], complainant: Callable[..., Complainant], several_packs: None
) -> None:
    her = complainant("tr")
    reference = investigated(stack, OURS, BASE, email=her.email)
    before = {one["point"]: one["due_on"] for one in promises_of(stack, reference, "answer")}
    lead = staff("lead")
    lead.signs_in()
    lead.opens(shown(reference))
    lead.begins_the_move("Ek süre al")
    form = lead.page.locator("form.move")
    form.get_by_role("checkbox", name="Konu 2").uncheck()
    form.get_by_role("button", name="Değişecekleri göster").click()
    expect(form.locator(".summary")).to_contain_text("Neden ek süre gerekiyor: burayı doldurun")
    form.get_by_label("Neden ek süre gerekiyor").fill("Üreticinin raporunu bekliyoruz.")
    changes = lead.sees_what_changes()
    expect(changes.locator("s")).to_have_text([turkish(before[1])])
    expect(changes).to_contain_text("Yanıt, konu 1")
    expect(changes).to_contain_text("Ek süre mektubu başvuru sahibine e-postayla gider.")
    told = changes.locator("dd strong").inner_text()
    lead.makes_it_so("Ek süre al", "Ek süre alındı.")

    after = {one["point"]: one["due_on"] for one in promises_of(stack, reference, "answer")}
    assert (turkish(after[1]), after[2]) == (told, before[2])
    expect(promise(lead, "Yanıt", "Konu 1")).to_contain_text(f"Söz {told}. 1 kez uzatıldı.")
    expect(lead.page.locator(".entry").first).to_contain_text(f"konu 1 · yeni tarih {told}")
    assert "Üreticinin raporunu bekliyoruz." in str(stack.mail_to(her.email, at_least=2)[1]["BodyText"])


def test_time_stands_still_and_goes_on(stack: Stack, staff: Callable[..., Staff], several_packs: None) -> None:
    reference = investigated(stack, OURS)
    handler = staff("handler")
    handler.signs_in()
    handler.opens(shown(reference))
    handler.begins_the_move("Süreyi durdur")
    handler.chooses("Ne bekleniyor", "Başvuru sahibinden bilgi bekleniyor")
    handler.page.get_by_label("Süre neden duruyor").fill("Fatura istendi.")
    handler.sees_what_changes()
    handler.makes_it_so("Süreyi durdur", "Süre durduruldu.")
    row = promise(handler, "Yanıt")
    expect(row).to_contain_text("Duraklatıldı")
    expect(row).to_contain_text("Başvuru sahibinden bilgi bekleniyor")
    expect(row.locator(".bar .paused")).to_have_count(1)

    handler.begins_the_move("Süreyi başlat")
    handler.sees_what_changes()
    handler.makes_it_so("Süreyi başlat", "Süre yeniden başladı.")
    expect(promise(handler, "Yanıt")).to_contain_text("iş günü kaldı")
    expect(promise(handler, "Yanıt").locator(".bar .paused")).to_have_count(0)


def test_what_was_typed_stays_when_the_rules_refuse(
    stack: Stack, staff: Callable[..., Staff], several_packs: None
) -> None:
    """The base rules let nothing stop the time; the desk learns that from the server."""
    reference = investigated(stack, OURS, BASE)
    handler = staff("handler", expects="(Conflict)")
    handler.signs_in()
    handler.opens(shown(reference))
    handler.begins_the_move("Süreyi durdur")
    handler.chooses("Ne bekleniyor", "Konu mahkemede")
    handler.page.get_by_label("Süre neden duruyor").fill("Dava açıldı.")
    handler.page.get_by_role("button", name="Değişecekleri göster").click()
    expect(handler.page.locator(".summary")).to_be_focused()
    expect(handler.page.locator(".summary")).to_contain_text("kuralları sürenin durdurulmasına izin vermiyor")
    expect(handler.page.get_by_label("Süre neden duruyor")).to_have_value("Dava açıldı.")
    handler.page.get_by_role("checkbox", name="Konu 2").uncheck()
    handler.sees_what_changes()


def test_news_is_sent_in_our_own_words(
    stack: Stack, staff: Callable[..., Staff], complainant: Callable[..., Complainant]
) -> None:
    her = complainant("tr")
    reference = investigated(stack, BASE, email=her.email)
    handler = staff("handler")
    handler.signs_in()
    handler.opens(shown(reference))
    handler.begins_the_move("Durumu bildir")
    handler.page.get_by_label("Ne yapıldı, ne kaldı").fill("Servis kayıtlarını inceledik; üreticinin yanıtı kaldı.")
    handler.page.locator("form.move").get_by_role("button", name="Durumu bildir").click()
    handler.makes_it_so("Durum bilgilendirmesini gönder", "Durum bildirildi.")
    assert "üreticinin yanıtı kaldı" in str(stack.mail_to(her.email, at_least=2)[1]["BodyText"])
    expect(handler.page.locator(".entry").first).to_contain_text("Durum bildirildi")


def test_only_a_lead_assesses_again_to_a_later_date(
    stack: Stack, staff: Callable[..., Staff], several_packs: None
) -> None:
    reference = investigated(stack, BASE)
    handler, lead = staff("handler", expects="(Conflict)"), staff("lead")
    for who in (handler, lead):
        who.signs_in()
        who.opens(shown(reference))
        who.begins_the_move("Yeniden değerlendir")
        form = who.page.locator("form.move")
        expect(form.get_by_label("Başvuru sahibinin sözleriyle")).to_have_value(BASE["title"])
        form.get_by_label("Kurallar", exact=True).select_option("OUR-OWN")
        form.get_by_role("button", name="Değişecekleri göster").click()
        expect(form.locator(".summary")).to_contain_text("Değerlendirme neden değişiyor: burayı doldurun")
        form.get_by_label("Değerlendirme neden değişiyor").fill("Garanti dışı kaldığı anlaşıldı.")
        who.has_no_tie()
        if who is handler:
            form.get_by_role("button", name="Değişecekleri göster").click()
            expect(form.locator(".summary")).to_contain_text("yalnızca ekip yöneticisi veya yönetim temsilcisi")
            expect(form.get_by_label("Değerlendirme neden değişiyor")).to_have_value("Garanti dışı kaldığı anlaşıldı.")
    changes = lead.sees_what_changes()
    expect(changes).to_contain_text("Durum bilgilendirmesi başvuru sahibine e-postayla gider.")
    lead.makes_it_so("Yeniden değerlendir", "Yeniden değerlendirildi.")
    expect(lead.page.locator(".points tbody tr")).to_contain_text("OUR-OWN v1")


def test_the_usual_rules_of_a_category_are_the_first_choice(
    stack: Stack, staff: Callable[..., Staff], several_packs: None
) -> None:
    reference = stack.submit(a_submission())["reference"]
    stack.settle()
    handler = staff("handler")
    handler.signs_in()
    handler.opens(shown(reference))
    handler.begins_the_move("Değerlendir")
    packs = handler.page.get_by_label("Kurallar", exact=True)
    expect(packs.locator("option").first).to_have_text("Bu sorun için olağan kurallar")
    in_use = [one for one in stack.desk("handler", "GET", "/packs").json["packs"] if one["in_use"]]
    expect(packs.locator("option")).to_have_count(1 + len(in_use))
    handler.page.get_by_role("button", name="Vazgeç").click()
    handler.assesses("Kapak kırıldı")
    expect(handler.page.locator(".points tbody tr")).to_contain_text("ISO-BASE v1")


def test_a_duty_is_a_task_until_it_is_done(stack: Stack, staff: Callable[..., Staff], several_packs: None) -> None:
    reference = investigated(stack, REPAIR)
    handler = staff("handler")
    handler.signs_in()
    handler.opens(shown(reference))
    due = {one["duty"]["tr"]: one["due_on"] for one in promises_of(stack, reference, "duty")}
    tasks = handler.page.locator(".tasks li")
    expect(tasks).to_have_count(2)
    for name, day in due.items():
        expect(tasks.filter(has_text=name)).to_contain_text(f"{name} son gün {turkish(day)}")
    handler.finishes("Ürünün onarılması")
    expect(tasks).to_have_count(1)
    expect(promise(handler, "Ürünün onarılması")).to_contain_text("Tutuldu")
    expect(promise(handler, "Onarım süresince")).to_contain_text("kaldı")


def proposed_late(stack: Stack, **changes: Any) -> str:
    """A decision to approve on a complaint that was entered long after its answer was due; its reference."""
    now = datetime.fromisoformat(stack.desk("handler", "GET", "/me").json["now"])
    received_at = (now - timedelta(days=60)).isoformat()
    told = {**a_submission(**changes), "channel": "phone", "received_at": received_at}
    entered = {**told, "backdated": "noted"}
    answer = stack.desk("handler", "POST", "/complaints", entered, idempotency_key=str(uuid4()))
    assert answer.status == 201, answer.text
    reference: str = answer.json["reference"]
    remedy_on = (now + timedelta(days=30)).date().isoformat()
    for move, body in (
        ("assess", ASSESSMENT),
        ("investigate", {"owner": stack.people["handler"]["sub"]}),
        ("propose", proposal(remedy_on)),
    ):
        stack.settle()
        stack.move("handler", reference, move, body)
    stack.settle()
    return reference


def test_a_late_answer_says_why(
    stack: Stack, staff: Callable[..., Staff], complainant: Callable[..., Complainant]
) -> None:
    her = complainant("tr")
    reference = proposed_late(stack, email=her.email)
    lead = staff("lead")
    lead.signs_in()
    lead.opens(shown(reference))
    late = promise(lead, "Yanıt", "Konu 1")
    expect(late).to_contain_text("gecikti")
    expect(late.locator("details li")).to_be_visible()
    lead.begins_the_move("Onayla ve gönder")
    form = lead.page.locator("form.move")
    form.get_by_role("button", name="Onayla ve gönder").click()
    expect(form.locator(".summary")).to_contain_text("Yanıt neden gecikti: burayı doldurun")
    lead.has_no_tie()
    form.get_by_label("Yanıt neden gecikti").fill("Başvurunuz defterde unutulmuştu; özür dileriz.")
    form.get_by_role("button", name="Onayla ve gönder").click()
    lead.makes_it_so("Kararı gönder", "Karar onaylandı.")
    stack.settle()
    assert any("defterde unutulmuştu" in str(mail["BodyText"]) for mail in stack.mail_to(her.email, at_least=2))


def test_an_answer_is_put_off_with_the_keyboard_alone(
    stack: Stack, staff: Callable[..., Staff], several_packs: None
) -> None:
    reference = investigated(stack, BASE)
    lead = staff("lead")
    lead.signs_in()
    lead.opens(shown(reference))
    page = lead.page
    reaches(page, page.get_by_text("Diğer işlemler"))
    page.keyboard.press("Enter")
    reaches(page, page.locator("[data-move=extend]"))
    page.keyboard.press("Enter")
    expect(page.locator("#move-title")).to_be_focused()
    reaches(page, page.get_by_label("Neden ek süre gerekiyor"))
    page.keyboard.type("Rapor bekleniyor.")
    reaches(page, page.get_by_role("button", name="Değişecekleri göster"))
    page.keyboard.press("Enter")
    keep = page.get_by_role("dialog").get_by_role("button", name="Düzenlemeye dön")
    reaches(page, keep)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Değişecekleri göster")).to_be_focused()
    page.keyboard.press("Enter")
    reaches(page, page.get_by_role("dialog").get_by_role("button", name="Ek süre al"))
    page.keyboard.press("Enter")
    expect(page.locator("#next-title")).to_be_focused()
    expect(promise(lead, "Yanıt")).to_contain_text("1 kez uzatıldı.")


def promises_of(stack: Stack, reference: str, name: str) -> list[dict[str, Any]]:
    """The clocks of one promise, as the API tells them."""
    case = stack.desk("handler", "GET", f"/complaints/{reference}").json
    return [one for one in case["promises"] if one["promise"] == name]


def turkish(day: str) -> str:
    """An ISO date as the desk shows it."""
    return f"{date.fromisoformat(day):%d.%m.%Y}"
