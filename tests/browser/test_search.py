"""Finding a complaint, what stands beside it, and who looked at it."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.people import Staff
from tests.browser.test_desk import GO, shown
from tests.browser.test_files import a_photo
from tests.evidence import SAMPLES
from tests.stack import Stack
from tests.world import a_submission, scan_event


def somebody() -> str:
    return f"{uuid4().hex[:12]}@example.com"


def looks_for(page: Page, words: str) -> None:
    box = page.get_by_role("search").get_by_role("searchbox")
    box.fill(words)
    box.press("Enter")
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text("Arama")


def test_enter_finds_and_the_way_back_leads_to_what_was_found(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Callable[..., None]
) -> None:
    email = somebody()
    found = [stack.submit(a_submission(email=email))["reference"] for _ in range(2)]
    stack.submit(a_submission(email=somebody()))
    handler = staff("handler")
    handler.signs_in()
    page = handler.page
    looks_for(page, email)
    expect(page.locator(".queue tbody tr")).to_have_count(2)
    for reference in found:
        expect(page.locator(".queue")).to_contain_text(shown(reference))
    fit_for_everyone(page, "search")
    page.locator(".queue tbody a").first.click()
    page.get_by_role("link", name="Arama sonuçları").click()
    expect(page.get_by_role("searchbox")).to_have_value(email)
    expect(page.locator(".queue tbody tr")).to_have_count(2)

    looks_for(page, shown(found[0]))
    expect(page.locator(".queue tbody tr")).to_have_count(1)
    expect(page.locator(".queue mark")).to_have_text([shown(found[0])])
    looks_for(page, "FIRINLAR caglayangil")
    expect(page.locator(".queue tbody tr").first.locator("mark")).to_have_text(["Fırının", "Çağlayangil"])


def test_nothing_found_says_what_can_be_looked_for(
    staff: Callable[..., Staff], fit_for_everyone: Callable[..., None]
) -> None:
    handler = staff("handler")
    handler.signs_in()
    looks_for(handler.page, somebody())
    expect(handler.page.locator(".ways li")).to_have_text(
        ["başvuru numarası, kısa çizgili veya çizgisiz", "kişi veya kuruluş adı", "e-posta adresi", "telefon numarası",
         "sipariş numarası", "konudan veya üründen sözcükler"]
    )  # fmt: skip
    fit_for_everyone(handler.page, "nothing found")


def test_too_much_found_asks_to_narrow_it_down(stack: Stack, staff: Callable[..., Staff]) -> None:
    email = somebody()
    stack.submit(a_submission(email=email))
    handler = staff("handler")
    handler.signs_in()
    found = stack.desk("handler", "GET", f"/search?q={email}").json
    handler.page.route("**/api/desk/search?*", lambda asked: asked.fulfill(json={**found, "more": True}))
    looks_for(handler.page, email)
    expect(handler.page.locator(".notice")).to_contain_text("1 dosyadan fazlası bulundu")


def test_a_name_that_is_not_shown_says_why(stack: Stack, staff: Callable[..., Staff]) -> None:
    anonymous = stack.submit(a_submission(anonymous=True, name=None, email=None))["reference"]
    named = stack.submit(a_submission(email=somebody()))["reference"]
    top = staff("top-management")
    top.signs_in()
    for reference, words in ((anonymous, "Ad verilmedi"), (named, "Ad rolünüze gösterilmez")):
        looks_for(top.page, reference)
        expect(top.page.locator(".queue tbody tr")).to_contain_text(words)
    expect(top.page.locator(".queue")).not_to_contain_text("Nermin")


def test_beside_a_complaint_stand_its_kin_its_papers_and_room_for_files(
    stack: Stack, staff: Callable[..., Staff], tmp_path: Path, fit_for_everyone: Callable[..., None]
) -> None:
    email = somebody()
    other = stack.submit(a_submission(email=email))["reference"]
    there = stack.submit(a_submission(email=somebody(), branch="Kınalıkaya mağazası"))["reference"]
    reference = stack.submit(a_submission(email=email, branch="KINALIKAYA"))["reference"]
    handler = staff("handler")
    handler.signs_in()
    page = handler.page
    looks_for(page, reference)
    page.locator(".queue tbody a").click()
    expect(page.locator(".related ul").first).to_contain_text(shown(other))
    expect(page.locator(".related h3:has-text('Aynı şube veya yer hakkında') + ul")).to_contain_text(shown(there))
    expect(page.locator(".related")).not_to_contain_text(shown(reference))

    with page.expect_download() as arriving:
        page.get_by_role("button", name="Takip formu (PDF), İngilizce").click()
    assert arriving.value.suggested_filename == f"follow-up-{reference}-en.pdf"
    arriving.value.save_as(tmp_path / "form.pdf")
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF-")

    (tmp_path / "tutanak ığ.txt").write_text("Yerinde görüldü.", "utf-8")
    (tmp_path / "foto.png").write_bytes(b"MZ\x90\x00 no picture")
    (tmp_path / "boş.txt").write_bytes(b"")
    (tmp_path / "kapı.jpg").write_bytes(a_photo(1200, 900))
    (tmp_path / "yarım.png").write_bytes(SAMPLES["image/png"])
    page.locator(".adding").get_by_role("button").first.set_input_files(
        [tmp_path / name for name in ("tutanak ığ.txt", "foto.png", "boş.txt", "kapı.jpg", "yarım.png")]
    )
    added = page.locator(".adding .files li")
    expect(added).to_have_text(
        [
            "tutanak ığ.txt · eklendi ",
            "foto.png · alınmadı: içeriği türüyle uyuşmuyor ",
            "boş.txt · alınmadı: dosya boş ",
            "kapı.jpg · eklendi ",
            "yarım.png · eklendi ",
        ]
    )
    expect(page.locator(".facts").get_by_role("button", name="tutanak ığ.txt")).to_be_visible()
    kept = stack.desk("lead", "GET", f"/complaints/{reference}").json["files"]
    assert {(one["name"], one["state"], one["internal"]) for one in kept} == {
        ("tutanak ığ.txt", "unscanned", True),
        ("foto.png", "refused", True),
        ("kapı.jpg", "unscanned", True),
        ("yarım.png", "unscanned", True),
    }

    expect(page.get_by_role("button", name="Göster")).to_have_count(0)
    finds_nothing_in(stack, reference, [one["id"] for one in kept if one["state"] == "unscanned"])
    looks_for(page, reference)
    page.locator(".queue tbody a").click()
    page.get_by_role("button", name="Göster: kapı.jpg").click()
    picture = page.get_by_role("img", name="kapı.jpg")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => [picture.naturalWidth, picture.src.startsWith('blob:')]") == [1200, True]
    fit_for_everyone(page, "a picture that is looked at")
    page.get_by_role("button", name="Kapat: kapı.jpg").click()
    expect(picture).to_have_count(0)
    page.get_by_role("button", name="Göster: yarım.png").click()
    expect(page.locator(".facts").get_by_role("alert")).to_have_text(
        "Tarayıcı bu resmi gösteremiyor. Görmek için dosyayı indirin."
    )
    expect(page.get_by_role("button", name="Göster: tutanak")).to_have_count(0)


def finds_nothing_in(stack: Stack, reference: str, files: list[str]) -> None:
    """The scanner, which there is none of here: its event lies on the queue that the rule feeds."""
    bucket = stack.outputs["FilesBucket"]
    for file in files:
        key = f"evidence/{reference}/{file}"
        version = stack.client("s3").head_object(Bucket=bucket, Key=key)["VersionId"]
        event = json.dumps(scan_event(bucket, key, version, "NO_THREATS_FOUND"))
        stack.client("sqs").send_message(QueueUrl=stack.outputs["EvidenceQueueUrl"], MessageBody=event)

    def clean() -> set[str]:
        seen = stack.desk("lead", "GET", f"/complaints/{reference}").json["files"]
        return {one["id"] for one in seen if one["state"] == "clean"}

    stack.until(lambda: clean() == set(files), "the verdicts")


def test_whoever_oversees_sees_who_looked_and_a_handler_does_not(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Callable[..., None]
) -> None:
    reference = stack.submit(a_submission(email=somebody()))["reference"]
    stack.desk("handler", "GET", f"/complaints/{reference}")
    officer = staff("data-protection-officer")
    officer.signs_in()
    officer.goes_to_page("Kim neyi gördü")
    page = officer.page
    page.get_by_label("Yalnızca bu kişi veya numara").fill(shown(reference).lower())
    row = page.locator(".looks tbody tr").filter(has_text="Dosya sayfası")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(str(stack.people["handler"]["name"]))
    expect(row).to_contain_text(shown(reference))
    fit_for_everyone(page, "views")

    handler = staff("handler")
    handler.signs_in()
    expect(handler.page.get_by_role("link", name="Kim neyi gördü")).to_have_count(0)
    handler.page.evaluate(GO, "/staff/views")
    expect(handler.page.get_by_role("heading", level=1)).to_have_text("Rolünüz buna izin vermiyor")
