"""What holds on every screen of the desk: focus, words that are spoken, print, sizes, and signing in."""

import base64
import json
import re
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DAY
from tests.browser.filed import investigated, received, shown
from tests.browser.people import Staff
from tests.stack import Stack

#: The way down a complaint: what is read and used first stands first.
PARTS = "h1 .above-title .next #text-title #promises-title #points-title #history-title #composer-title aside"
ORDER = """parts => [...document.querySelectorAll(parts.split(' ').map(part => `main article ${part}`).join())]
  .map(one => one.id || one.classList[0] || one.localName)"""
HEADINGS = "[...document.querySelectorAll('main h1, main h2, main h3')].map(one => Number(one.localName[1]))"
DATABASES = "indexedDB.databases().then(found => found.map(({ name }) => name))"


def test_a_complaint_is_read_from_the_top_filtered_and_printed(stack: Stack, staff: Callable[..., Staff]) -> None:
    reference = investigated(stack)
    handler = staff("handler")
    page = handler.page
    handler.signs_in()
    handler.opens(shown(reference))
    expect(page.locator(".related .loading")).to_have_count(0)
    assert page.evaluate(ORDER, PARTS) == [
        "above-title",
        "letter",
        "next",
        "text-title",
        "promises-title",
        "points-title",
        "history-title",
        "composer-title",
        "aside",
    ]
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    expect(page.locator(".above-title")).to_contain_text(f"Sorumlu: {handler.person['name']}")
    expect(page.locator(".above-title")).to_contain_text("iş günü kaldı")

    expect(page.locator(".entry").first).to_contain_text(f"{handler.person['name']} (Dosya sorumlusu)")
    shows = page.get_by_role("navigation", name="İşlem geçmişi")
    case = stack.desk("handler", "GET", f"/complaints/{reference}").json
    changes = [entry for entry in case["timeline"] if entry["visibility"] == "change"]
    shows.get_by_role("link", name=f"Değişiklikler {len(changes)}").click()
    expect(page).to_have_url(f"{stack.site}/staff/complaints/{reference}?show=changes")
    expect(page.locator(".entry")).to_have_count(len(changes))
    shows.get_by_role("link", name="Dosyalar 0").click()
    expect(page.locator(".talk")).to_contain_text("Bu türden bir kayıt henüz yok.")
    page.go_back()
    expect(shows.locator("[aria-current]")).to_contain_text("Değişiklikler")

    page.emulate_media(media="print")
    for seen in (".above-title .reference", "h1", ".wrote", ".promises", ".points", ".timeline"):
        expect(page.locator(seen).first).to_be_visible()
    for unseen in (".side", ".composer", ".next .buttons"):
        expect(page.locator(unseen).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator(".back").click()
    expect(handler.heading()).to_have_text("Açık dosyalar")
    page.emulate_media(media="print")
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.locator(".side")).to_be_hidden()


def test_each_screen_has_its_title_and_takes_the_focus_and_what_was_done_is_spoken(
    stack: Stack, staff: Callable[..., Staff]
) -> None:
    reference = received(stack)
    handler = staff("handler")
    page = handler.page
    handler.signs_in()
    titles = [page.title()]
    for go in (
        lambda: handler.goes_to_page("İş yükü"),
        lambda: handler.goes_to_page("Kurallar"),
        lambda: page.get_by_role("banner").get_by_role("link", name="Şikâyet kaydet").click(),
        lambda: handler.opens(shown(reference)),
    ):
        go()
        expect(handler.heading()).to_be_focused()
        expect(page).not_to_have_title(titles[-1])
        titles.append(page.title())
    assert len(set(titles)) == len(titles)

    spoken = page.locator(".status")
    expect(spoken).to_have_attribute("role", "status")
    expect(spoken).to_be_empty()
    place = spoken.element_handle()
    page.get_by_label("Not, başvuru sahibi hiç görmez").fill("Arandı.")
    page.get_by_role("button", name="Notu kaydet").click()
    handler.is_told("Not kaydedildi.")
    assert place and place.evaluate("here => here.isConnected && here.textContent.includes('Not kaydedildi.')")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert page.evaluate(DATABASES) == []

    handler.begins_the_move("Değerlendir")
    for question in ("Önem derecesi", "Karmaşıklık"):  # a number alone says nothing
        for answer in page.get_by_role("group", name=question, exact=True).locator(".choice").all_inner_texts():
            assert re.fullmatch(r"[1-5], .{5,}", answer)


def test_every_state_of_a_list_says_so_once(
    stack: Stack, staff: Callable[..., Staff], fit_for_everyone: Callable[..., None]
) -> None:
    handler = staff("handler", expects="status of 503")
    page = handler.page
    handler.signs_in()
    held: list[Route] = []
    page.route("**/api/desk/complaints?*", lambda route: held.append(route))
    page.get_by_role("navigation", name="Kuyruklar").get_by_role("link", name="Benim dosyalarım").click()
    expect(page.locator(".loading")).to_have_count(1)
    fit_for_everyone(page, "a queue on its way", by=[DAY])
    for route in held:
        route.fulfill(status=503)
    page.unroute("**/api/desk/complaints?*")
    expect(page.get_by_role("button", name="Yeniden dene")).to_have_count(1)
    fit_for_everyone(page, "a queue that does not come", by=[DAY])
    empty = stack.desk("handler", "GET", "/queues").json | {"rows": [], "next": None}
    page.route("**/api/desk/complaints?*", lambda route: route.fulfill(json=empty))
    page.get_by_role("button", name="Yeniden dene").click()
    expect(page.get_by_role("table")).to_have_count(0)
    fit_for_everyone(page, "an empty queue")


# --- signing in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("back", ["//evil.example/", "/staff/\\\\evil.example"])
def test_signing_in_leads_back_to_the_desk_and_to_no_other_address(
    stack: Stack, staff: Callable[..., Staff], back: str
) -> None:
    handler = staff("handler")
    handler.page.add_init_script(f"""(() => {{
      const kept = sessionStorage.getItem('redress.sign-in');
      if (kept) sessionStorage.setItem('redress.sign-in', JSON.stringify({{...JSON.parse(kept), back: '{back}'}}));
    }})()""")
    handler.signs_in()
    assert urlsplit(handler.page.url)[1:3] == (urlsplit(stack.site).netloc, "/staff/")


def part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def answered(answer: dict[str, Any]) -> Callable[[Route], None]:
    return lambda route: route.fulfill(json=answer)


def test_an_answer_of_the_sign_in_page_that_does_not_fit_is_refused(stack: Stack, window: Callable[..., Page]) -> None:
    """The answer fits in all but one; the one that fits in all leads on."""
    page = window(expects="401")
    configured = stack.ask("GET", "/staff/config.json").json
    for wrong in ("nonce", "iss", "aud", "exp", "state", "nothing"):
        page.goto(f"{stack.site}/staff/")
        page.get_by_label("Username").wait_for()
        asked = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
        now = int(time.time())
        fits = {"iss": configured["issuer"], "aud": configured["client_id"], "nonce": asked["nonce"]}
        claims = {"sub": "1", "iat": now, "exp": now + 600, **fits}
        token = ".".join((part({"alg": "RS256"}), part(claims | {wrong: 1 if wrong == "exp" else "other"}), "AAAA"))
        answer = {"access_token": "x", "id_token": token, "token_type": "Bearer", "expires_in": 600}
        page.route("**/oauth2/token", answered(answer))
        state = "other" if wrong == "state" else asked["state"]
        page.goto(f"{stack.site}/staff/?code=1&state={state}")
        refused = page.get_by_role("heading", level=1, name="Oturumunuz açılmadı")
        if wrong == "nothing":
            expect(page.get_by_role("heading", level=1, name="İşlem tamamlanmadı")).to_be_visible()
        else:
            expect(refused).to_be_visible()
        assert "code=" not in page.url
        page.unroute("**/oauth2/token")
