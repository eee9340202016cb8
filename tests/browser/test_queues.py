"""The queues: narrowed and turned in their address, what a deadline says, several at once, and what is new."""

import csv
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, Route, expect

from adapters.telemetry import utc_now
from tests.browser.filed import shown
from tests.browser.people import Staff
from tests.journeys.steps import ONE_POINT
from tests.stack import Stack
from tests.world import a_submission

ROWS = ".queue tbody tr"
#: The address of a list, with whatever it asks.
LISTS = re.compile(r"/api/desk/complaints\?")


def registered(stack: Stack, channel: str) -> str:
    """A complaint that came this way; its reference."""
    a_minute_ago = (utc_now() - timedelta(minutes=1)).isoformat()
    body = a_submission(channel=channel, received_at=a_minute_ago, email=f"{uuid4().hex[:12]}@example.com")
    key = str(uuid4())

    def filed() -> Any:
        answer = stack.desk("handler", "POST", "/complaints", body, idempotency_key=key)
        return answer.status == 201 and answer.json["reference"]

    return str(stack.until(filed, "a complaint that staff entered"))


def narrows(page: Page, **chosen: str) -> None:
    """Opens the filters, chooses and applies them."""
    page.get_by_role("button", name="Süzgeçler", exact=True).click()
    for label, value in chosen.items():
        page.get_by_label(label.replace("_", " "), exact=True).select_option(label=value)
    page.get_by_role("button", name="Uygula").click()


def test_a_narrowed_queue_stands_in_its_address_and_a_colleague_sees_the_same(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Callable[..., None]
) -> None:
    ours = {registered(stack, "kep") for _ in range(2)}
    registered(stack, "phone")
    stack.settle()  # a receipt that leaves meanwhile changes which clock a row shows
    handler = staff("handler")
    handler.signs_in()
    page = handler.page
    expect(page.locator(ROWS).first).to_be_visible(timeout=60_000)
    narrows(page, Başvuru_kanalı="KEP", Öncelik="Belirlenmedi")
    expect(page).to_have_url(re.compile(r"/staff/queue/open\?priority=none&channel=kep$"))
    expect(page.locator(ROWS)).to_have_count(len(ours), timeout=60_000)
    expect(page.get_by_role("status").filter(has_text="Bu sayfadaki dosya: 2.")).to_have_count(1)
    fit_for_everyone(page, "a narrowed queue")

    turn = page.get_by_role("columnheader").get_by_role("button", name="Son tarih")
    first = page.locator(ROWS).first.inner_text()
    expect(turn.locator("..")).to_have_attribute("aria-sort", "ascending")
    turn.press("Enter")
    expect(turn.locator("..")).to_have_attribute("aria-sort", "descending")
    expect(turn).to_be_focused()
    expect(page.locator(ROWS).first).not_to_have_text(first, use_inner_text=True)
    expect(page.get_by_role("status").filter(has_text="Sıralama: en uzak söz önce.")).to_have_count(1)
    page.go_back()
    expect(page.locator(ROWS).first).to_have_text(first, use_inner_text=True)

    lead = staff("lead")
    lead.page.goto(page.url)
    lead.gives_the_password()
    expect(lead.page.locator(ROWS)).to_have_text(page.locator(ROWS).all_inner_texts(), use_inner_text=True)
    lead.page.get_by_role("link", name="Süzgeci kaldır: Öncelik: Belirlenmedi").click()
    expect(lead.page).to_have_url(re.compile(r"/open\?channel=kep$"))
    lead.page.get_by_role("link", name="Süzgeçleri kaldır", exact=True).click()
    expect(lead.page).to_have_url(re.compile(r"/open$"))
    narrows(lead.page, Başvuru_kanalı="KEP", Son_tarih="geçmiş")
    expect(lead.page.locator(".empty")).to_contain_text("Bu süzgeçlere uyan dosya yok.")


def test_a_deadline_says_how_much_is_left_of_which_clock_whatever_the_computer_thinks(
    stack: Stack, staff: Callable[..., Staff]
) -> None:
    registered(stack, "phone")
    found = stack.desk("handler", "GET", "/complaints").json
    now = datetime.fromisoformat(found["now"])
    plain = {**found["rows"][0], "paused_since": None, "paused_for": None, "late": False, "promise": "answer"}

    def later(**span: float) -> str:
        return (now + timedelta(**span)).isoformat()

    rows = [
        {**plain, "due": later(days=-9), "days_left": -6, "share": 1.4, "late": True},
        {**plain, "due": later(minutes=110), "days_left": 0, "share": 0.9, "promise": "acknowledge"},
        {**plain, "due": later(days=9), "days_left": 7, "share": 0.2},
        {**plain, "due": None, "share": 0.4, "paused_since": later(days=-3), "paused_for": "before_court"},
        {**plain, "due": None, "promise": None, "share": 0.0},
    ]
    rows = [{**row, "reference": f"7K4M29XRQ3{n}"} for n, row in enumerate(rows)]
    handler = staff("handler")
    handler.signs_in()
    page = handler.page
    page.route(LISTS, lambda route: route.fulfill(json={"now": found["now"], "rows": rows, "next": None}))
    said: list[tuple[str | re.Pattern[str], str, str]] = [
        ("6 iş günü gecikti", "late", "Yanıt · "),
        (re.compile(r"^1 sa \d+ dk kaldı$"), "soon", "Alındı bildirimi · "),
        ("7 iş günü kaldı", "calm", "Yanıt · "),
        ("Duraklatıldı", "wait", "Yanıt · Konu mahkemede, başlangıç "),
        ("Süre işlemiyor", "none", "Alındı "),
    ]
    for wrong, queue in ((timedelta(days=1), "Benim dosyalarım"), (timedelta(days=-1), "Açık dosyalar")):
        page.clock.set_fixed_time(now + wrong)
        handler.goes_to(queue)
        expect(page.locator(".remaining-words")).to_have_text([words for words, _, _ in said])
        for cell, (_, urgency, clock) in zip(page.locator(".due-cell").all(), said, strict=True):
            expect(cell.locator(".remaining-words")).to_have_class(f"remaining-words {urgency}")
            expect(cell.locator(".icon")).to_have_count(int(urgency in {"late", "soon", "wait"}))
            expect(cell.locator(".small")).to_contain_text(clock)
            expect(cell.locator("time")).to_have_attribute("datetime", re.compile("^20"))
            expect(cell.locator(".bar .paused")).to_have_count(int(urgency == "wait"))
            expect(cell.locator(".bar .over")).to_have_count(int(urgency == "late"))
    expect(page.locator(".queue [aria-live], .queue [role=status]")).to_have_count(0)

    page.emulate_media(media="print")
    expect(page.locator(".queue")).to_be_visible()
    for beside in (".side", ".narrowing button", ".tick-cell >> nth=0", ".pane"):
        expect(page.locator(beside).first).to_be_hidden()


def test_several_complaints_are_given_to_one_handler_and_what_failed_says_why(
    stack: Stack, staff: Callable[..., Staff], tmp_path: Path, fit_for_everyone: Callable[..., None]
) -> None:
    assessed, fresh = registered(stack, "cimer"), registered(stack, "cimer")
    stack.settle()
    stack.move("handler", assessed, "assess", ONE_POINT)
    lead = staff("lead")
    lead.signs_in()
    page = lead.page
    expect(page.locator(ROWS).first).to_be_visible(timeout=60_000)
    narrows(page, Başvuru_kanalı="CİMER")
    expect(page.locator(ROWS)).to_have_count(2, timeout=60_000)

    def one_a_page(route: Route) -> None:
        """The first row, and the other one on the next page: nobody can file more than a page here."""
        found, later = stack.desk("lead", "GET", "/complaints?channel=cimer").json, "cursor=x" in route.request.url
        rows = found["rows"][1:] if later else found["rows"][:1]
        route.fulfill(json={**found, "rows": rows, "next": None if later else "x"})

    page.route(LISTS, one_a_page)
    page.get_by_role("button", name="Yenile").click()
    expect(page.locator(ROWS)).to_have_count(1)
    page.locator(ROWS).get_by_role("checkbox").check()
    page.get_by_role("link", name="Sonraki sayfa").click()
    page.locator(ROWS).get_by_role("checkbox").check()
    bar = page.get_by_role("region", name="Seçilen dosyalar")
    expect(bar.get_by_role("status")).to_have_text("Seçilen: 2")

    with page.expect_download() as arriving:
        bar.get_by_role("button", name="CSV indir").click()
    arriving.value.save_as(tmp_path / "rows.csv")
    lines = list(csv.reader((tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()))
    assert {line[0] for line in lines[1:]} == {shown(assessed), shown(fresh)}
    assert "Nermin" not in str(lines)

    bar.get_by_role("button", name="Ata", exact=True).click()
    bar.get_by_role("button", name="Ata (2 dosya)").click()
    expect(bar.locator(".summary")).to_be_focused()
    bar.get_by_label("Sorumlu", exact=True).select_option(str(stack.people["handler"]["sub"]))
    fit_for_everyone(page, "several complaints")
    bar.get_by_role("button", name="Ata (2 dosya)").dblclick()
    became = bar.locator(".notice")
    expect(became).to_contain_text("Tamamlanan: 1. Yapılamayan: 1.")
    expect(became).to_be_focused()
    expect(became.get_by_role("link")).to_have_text([shown(fresh)])
    expect(became).to_contain_text("dosyanın şu anki durumunda yapılamaz")
    expect(bar.get_by_role("status")).to_have_text("Seçilen: 1")
    given = stack.desk("lead", "GET", f"/complaints/{assessed}").json
    assert (given["state"], given["owner_id"]) == ("investigating", stack.people["handler"]["sub"])
    assert [one["type"] for one in given["timeline"]].count("InvestigationStarted") == 1

    page.get_by_role("link", name="Süzgeçleri kaldır", exact=True).click()
    lead.is_told("Liste değişti; 1 dosyanın seçimi kaldırıldı.")
    expect(bar).to_have_count(0)


def test_a_queue_says_what_is_new_and_nothing_moves_until_it_is_asked_for(
    stack: Stack, staff: Callable[..., Staff]
) -> None:
    registered(stack, "phone")
    stack.settle()
    handler = staff("handler", expects="(Service Unavailable)")
    handler.signs_in()
    page = handler.page
    handler.goes_to("Ön değerlendirme")
    expect(page.locator(ROWS).first).to_be_visible()
    rows, was = page.locator(ROWS).all_inner_texts(), count(page)
    page.locator(".subject").first.focus()
    registered(stack, "phone")
    stack.settle()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("button", name="1 dosya eklendi, göster")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 dosya eklendi")).to_have_count(1)
    assert count(page) == was + 1
    expect(page.locator(".subject").first).to_be_focused()
    assert page.locator(ROWS).all_inner_texts() == rows

    page.route(LISTS, lambda route: route.fulfill(status=503, json={}))
    page.get_by_role("button", name="1 dosya eklendi, göster").click()
    expect(handler.heading()).to_be_focused()
    expect(handler.heading()).to_have_text("İşlem tamamlanmadı")
    page.unroute(LISTS)
    held: list[Route] = []
    page.route(LISTS, lambda route: held.append(route))
    page.get_by_role("button", name="Yeniden dene").click()
    expect(page.get_by_role("status").filter(has_text="Kuyruk okunuyor")).to_have_count(1)
    for route in held:
        route.fallback()
    page.unroute(LISTS)
    expect(page.locator(ROWS).first).to_be_visible()
    expect(page.get_by_role("button", name="Yenile")).to_be_visible()

    page.route(LISTS, lambda route: route.fulfill(json={"now": now(stack), "rows": [], "next": None}))
    handler.goes_to("Süresi geçen")
    expect(page.locator(".empty")).to_contain_text("Süresi geçen dosya yok.")
    expect(page.locator(".empty").get_by_role("link", name="Açık dosyaları göster")).to_be_visible()


def count(page: Page) -> int:
    """The number beside the present queue."""
    return int(page.locator(".side [aria-current] .count").inner_text())


def now(stack: Stack) -> Any:
    return stack.desk("handler", "GET", "/me").json["now"]
