"""What the desk owes the people whose data it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.people import Complainant, Staff
from tests.journeys.steps import ASSESSMENT
from tests.stack import Stack
from tests.world import a_submission

#: Everything in which a script that got in, or the next person at this computer, would look for a token.
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
NODES = "document.querySelectorAll('body *').length"
HOSTILE = (
    "<script>alert(1)</script>\n"
    "\"'><img src=x onerror=alert(2)></textarea></div>\n"
    "{{ 7 * 7 }} ${7 * 7} &lt;b&gt; \u202egnp.exe\u2066"
)
PLAIN = "a b c\nd e f\ng h i"


def shown(reference: str) -> str:
    """The reference as people read it."""
    return f"{reference[:4]}-{reference[4:7]}-{reference[7:]}"


def test_a_file_with_a_turkish_name_travels_from_the_tracking_page_to_the_desk(
    stack: Stack, complainant: Callable[..., Complainant], staff: Callable[..., Staff], tmp_path: Path
) -> None:
    her = complainant("tr")
    receipt = stack.submit(a_submission(email=her.email))
    name, content = "şikâyet faturası ĞÜŞİÖÇ ığ.docx", b"PK" + bytes(range(256)) * 40
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
        told |= {"about": line, "name": line, "order_number": line}
        receipt = stack.submit(a_submission(email=her.email, **told))
        reference = receipt["reference"]
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


def test_who_has_no_work_at_the_desk_sees_no_complaint(stack: Stack, staff: Callable[..., Staff]) -> None:
    """An administrator looks after accounts and may read no complaint."""
    stack.submit(a_submission())
    administrator = staff("administrator", expects="403")
    administrator.enters_the_desk()
    expect(administrator.heading()).to_have_text("Rolünüz buna izin vermiyor")
    expect(administrator.page.get_by_role("table")).to_have_count(0)
