"""Who has how much to do, who takes it over, and who is away."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from adapters.telemetry import utc_now
from tests.browser.people import Staff, reaches
from tests.browser.test_desk import BASE, investigated, shown, turkish
from tests.stack import Stack
from tests.world import a_submission


def row(page: Page, name: str) -> Locator:
    """Somebody's line in the table of people."""
    return page.locator(".people tbody tr").filter(has_text=name)


def load(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = stack.desk("lead", "GET", "/workload").json
    return found


def test_the_page_shows_what_the_server_counts(stack: Stack, staff: Callable[..., Staff], tmp_path: Path) -> None:
    stack.submit(a_submission())
    investigated(stack, BASE)
    weeks_ago = (utc_now() - timedelta(days=25)).isoformat()  # so that its answer falls due within ten working days
    old = a_submission(channel="phone", received_at=weeks_ago, backdated="enquiry")
    entered = stack.desk("handler", "POST", "/complaints", old, idempotency_key=str(uuid4()))
    assert entered.status == 201, entered.text
    stack.settle()
    lead = staff("lead")
    lead.signs_in()
    counted = load(stack)
    lead.goes_to_page("İş yükü")
    page = lead.page
    expect(page.get_by_role("main")).to_contain_text(f"Açık dosya {counted['open']}")
    expect(page.locator(".notice").filter(has_text="Atanmamış")).to_contain_text(
        f"Atanmamış dosya: {counted['unassigned']['open']}."
    )
    for person in counted["people"]:
        theirs = row(page, person["name"])
        expect(theirs).to_contain_text(f"{person['open']} / {counted['ceiling']}")
        expect(theirs.get_by_role("cell").nth(1)).to_have_text(f"Gecikmiş {person['late']}")
        expect(theirs.get_by_role("cell").nth(2)).to_have_text(f"İvedi {person['urgent']}")
    forecast = page.locator(".forecast")
    expect(forecast.locator(".chart span")).to_have_text([str(n) for n in counted["due"]])
    widest = forecast.locator("rect").evaluate_all("bars => bars.map(bar => +bar.getAttribute('width'))")
    assert widest == pytest.approx([100 * n / max(counted["due"]) for n in counted["due"]])
    assert forecast.locator("svg[focusable=false]").count() == len(counted["due"])
    assert forecast.locator("[tabindex]").count() == 0
    expect(forecast.get_by_role("heading")).to_contain_text(f": {max(counted['due'])} söz")

    with page.expect_download() as arriving:
        page.get_by_role("button", name="CSV indir").click()
    arriving.value.save_as(tmp_path / "workload.csv")
    lines = list(csv.reader((tmp_path / "workload.csv").read_text("utf-8-sig").splitlines()))
    assert lines[0][1:] == counted["days"]
    assert lines[1][1:] == [str(n) for n in counted["due"]]
    assert {line[0]: line[1:] for line in lines[2:]} == {
        one["name"]: [str(n) for n in one["days"]] for one in counted["people"]
    }


def test_everything_of_one_person_goes_to_another(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = investigated(stack, BASE)
    had = next(one for one in load(stack)["people"] if one["id"] == stack.people["handler"]["sub"])
    lead = staff("lead")
    lead.signs_in()
    lead.goes_to_page("İş yükü")
    page = lead.page
    page.get_by_role("button", name="Devret", exact=True).click()
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator(".summary")).to_contain_text("Devreden: birini seçin")
    page.get_by_label("Devreden").select_option(str(stack.people["handler"]["sub"]))
    page.get_by_label("Devralan").select_option(str(stack.people["lead"]["sub"]))
    page.get_by_label("Nedeni").fill("Uzun süreli izin")
    page.get_by_role("button", name="Devret", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=f"Devredilen dosya: {had['open']}.")).to_be_visible()
    expect(row(page, str(had["name"]))).to_contain_text("0 / ")

    lead.opens(shown(reference))
    expect(page.locator(".above-title")).to_contain_text(str(lead.person["name"]))
    expect(page.locator(".entry").first).to_contain_text("Uzun süreli izin")


def test_a_hand_over_goes_on_until_nothing_is_left(stack: Stack, staff: Callable[..., Staff]) -> None:
    """The server moves fifty at a time; what it could not move is named."""
    investigated(stack, BASE)
    answers = [
        {"moved": 50, "left": 12, "failed": []},
        {"moved": 11, "left": 1, "failed": ["7K4M29XRQ3A"]},
        {"moved": 0, "left": 1, "failed": ["7K4M29XRQ3A"]},
    ]
    lead = staff("lead")
    lead.signs_in()
    lead.page.route("**/api/desk/handover", lambda route: route.fulfill(json=answers.pop(0)))
    lead.goes_to_page("İş yükü")
    page = lead.page
    page.get_by_label("Devreden").select_option(index=1)
    page.get_by_label("Devralan").select_option(index=1)
    page.get_by_label("Nedeni").fill("İşten ayrıldı")
    page.get_by_role("button", name="Devret", exact=True).click()
    said = page.get_by_role("status").filter(has_text="Devredilen dosya: 61.")
    expect(said).to_contain_text("Devredilemeyen dosyalar:")
    expect(said.get_by_role("link")).to_have_text(["7K4M-29X-RQ3A"])
    assert answers == []


def test_a_handler_hands_nothing_over_and_sends_nobody_away(stack: Stack, staff: Callable[..., Staff]) -> None:
    handler = staff("handler")
    handler.signs_in()
    handler.goes_to_page("İş yükü")
    page = handler.page
    expect(page.get_by_role("heading", name="İzinli olanlar")).to_be_visible()
    expect(page.get_by_role("heading", name="Dosya devri")).to_have_count(0)
    expect(page.get_by_role("heading", name="Kendi izninizi ekleyin")).to_be_visible()
    expect(page.get_by_label("Kişi", exact=True)).to_have_count(0)


def test_an_absence_is_entered_shown_and_struck_out(stack: Stack, staff: Callable[..., Staff]) -> None:
    today = date.fromisoformat(stack.desk("lead", "GET", "/me").json["now"][:10])
    last = today + timedelta(days=9)
    lead = staff("lead", expects="(Unprocessable Entity)")
    lead.signs_in()
    lead.goes_to_page("İş yükü")
    page = lead.page
    handler, deputy = stack.people["handler"], stack.people["lead"]
    page.get_by_label("Kişi", exact=True).select_option(str(handler["sub"]))
    page.get_by_label("İlk gün").fill(today.isoformat())
    page.get_by_label("Son gün").fill((today - timedelta(days=3)).isoformat())
    page.get_by_label("Vekil").select_option(str(deputy["sub"]))
    page.get_by_role("button", name="İzni ekle").click()
    expect(page.locator(".summary")).to_contain_text("Son gün: daha sonraki bir gün seçin")
    expect(page.get_by_label("İlk gün")).to_have_value(today.isoformat())
    page.get_by_label("Son gün").fill(last.isoformat())
    page.get_by_role("button", name="İzni ekle").click()
    lead.is_told("İzin eklendi.")
    entered = page.locator(".rows li").filter(has_text=str(handler["name"]))
    expect(entered).to_contain_text(f"{turkish(today.isoformat())} – {turkish(last.isoformat())}")
    expect(row(page, str(handler["name"]))).to_contain_text(f"izinli, son gün {turkish(last.isoformat())}")

    reference = stack.submit(a_submission())["reference"]
    stack.settle()
    lead.opens(shown(reference))
    lead.assesses("Kapak kırıldı")
    lead.begins_the_move("İncelemeyi başlat")
    choice = page.locator(f"option[value='{handler['sub']}']")
    expect(choice).to_contain_text(f"izinli, son gün {turkish(last.isoformat())}")
    expect(choice).to_contain_text("açık dosya")

    lead.goes_to_page("İş yükü")
    page.get_by_role("button", name=f"Sil: {handler['name']}").click()
    lead.is_told("İzin silindi.")
    expect(page.get_by_role("heading", name="İzinli olanlar")).to_be_focused()
    expect(entered).to_have_count(0)


def test_an_absence_is_entered_with_the_keyboard_alone(stack: Stack, staff: Callable[..., Staff]) -> None:
    handler = staff("handler", locale="en-GB")
    handler.signs_in()
    page = handler.page
    reaches(page, page.get_by_role("link", name="İş yükü"))
    page.keyboard.press("Enter")
    expect(handler.heading()).to_be_focused()
    first = date.fromisoformat(stack.desk("lead", "GET", "/me").json["now"][:10]) + timedelta(days=40)
    for label in ("İlk gün", "Son gün"):
        field = page.get_by_label(label)
        reaches(page, field)
        page.keyboard.type(first.strftime(field.evaluate(ORDER)))
        expect(field).to_have_value(first.isoformat())
    reaches(page, page.get_by_label("Vekil"))
    page.keyboard.press("ArrowDown")
    reaches(page, page.get_by_role("button", name="İzni ekle"))
    page.keyboard.press("Enter")
    handler.is_told("İzin eklendi.")
    reaches(page, page.get_by_role("button", name=f"Sil: {handler.person['name']}"))
    page.keyboard.press("Enter")
    handler.is_told("İzin silindi.")


#: The order in which this browser asks for the parts of a date: that of its own language, not of the page.
ORDER = """() => new Intl.DateTimeFormat().formatToParts(new Date())
  .map(part => ({ day: '%d', month: '%m', year: '%Y' })[part.type] ?? '').join('')"""
