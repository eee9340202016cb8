"""The product as people meet it: Debian's Chromium on the deployed stack."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect, sync_playwright

from adapters.versions import FRESH
from infra.paths import FRONTEND
from tests.browser.looks import lost
from tests.browser.people import Complainant, Staff
from tests.browser.published import everything
from tests.stack import Stack, chromium
from tests.still import still

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (FRONTEND / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
SNAPSHOTS = Path(__file__).parent / "snapshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: A refused form is a page with a 4xx; the browser notes that, and it is no fault of the page.
PAGES_WITH_ERRORS = "/form"
#: A function's first answer takes seconds where the tests share two processors with other work.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a file of tests: while Playwright runs, other tests could not run an event loop of their own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def window(stack: Stack, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens windows that share nothing. After the test, none of them may have heard the browser complain.

    Keyword arguments are Playwright's; `expects` names text of a message that this test provokes. Nothing moves in
    these windows, so that colours are measured where they end.
    """
    heard: list[str] = []

    def opened(expects: str | None = None, **given: Any) -> Page:
        asked = {
            "locale": "tr-TR",
            "timezone_id": "America/New_York",
            "viewport": {"width": 1366, "height": 900},
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**{**asked, **given})
        closing.callback(context.close)
        page = context.new_page()

        def hear(message: ConsoleMessage) -> None:
            where = message.location["url"]
            ours = not where or where.startswith(stack.site)  # the sign-in page is the emulator's
            wanted = expects and expects in f"{message.text} {where}"
            refused = "Failed to load resource" in message.text and where.endswith(PAGES_WITH_ERRORS)
            if message.type in {"error", "warning"} and ours and not wanted and not refused:
                heard.append(f"{message.type}: {message.text} ({where})")

        def refuse(dialog: Dialog) -> None:
            heard.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("console", hear)
        page.on("pageerror", lambda error: heard.append(f"page error: {error}"))
        page.on("dialog", refuse)
        return page

    with ExitStack() as closing:
        yield opened
    assert heard == []


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Where the public pages are, in all their states, with nothing behind them."""
    with still(everything()) as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens windows on the pages with nothing behind them; the browser may find nothing to complain of."""
    heard: list[str] = []
    contexts = []

    def window(**given: Any) -> Page:
        context = browser.new_context(**{"locale": "tr-TR", "reduced_motion": "reduce", **given})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: heard.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        return page

    yield window
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture
def complainant(stack: Stack, window: Callable[..., Page]) -> Callable[..., Complainant]:
    """Somebody with a browser and an e-mail address of their own."""
    return lambda language="tr", **given: Complainant(window(**given), stack.site, language)


@pytest.fixture
def staff(stack: Stack, window: Callable[..., Page]) -> Callable[..., Staff]:
    """The person with this role, with a browser of their own."""
    return lambda role, **given: Staff(window(**given), stack.site, stack.people[role])


#: What this organisation promises of its own accord: more time may be asked for twice, and the clock may stand still.
OUR_OWN = """
id = "OUR-OWN"
status = "ready"
confidence = "own_choice"
law = false
title = { tr = "Kendi sözlerimiz", en = "Our own promises" }
[[versions]]
number = 1
effective_from = 2026-01-01
answer = { count = 30, unit = "working_day" }
pause = ["waiting_for_complainant", "before_court"]
extension = { times = 2, limit = { count = 5, unit = "working_day", from = "due" } }
"""


def settle(stack: Stack, **changes: Any) -> dict[str, Any]:
    """New rules with these changes, in force wherever they are asked for; the rules before."""
    before = stack.desk("management-representative", "GET", "/rules").json
    body = {"organisation": {**before["organisation"], **changes}, "reason": "Testler"}
    answer = stack.desk("management-representative", "PUT", "/rules", body, if_match=f'"{before["version"]}"')
    assert answer.status == 200, answer.text
    time.sleep(FRESH)  # so long may a function that is warm go on with what it has read
    return dict(before["organisation"])


@pytest.fixture(scope="session")
def several_packs(stack: Stack) -> None:
    """Beside the base rules, which still come first: our own, and one with duties."""
    settle(stack, packs=["ISO-BASE", "OUR-OWN", "TR-GARANTI"], own_packs=[OUR_OWN])


@pytest.fixture
def as_before(stack: Stack) -> Iterator[None]:
    """After the test the rules are what they were, and so are the dates. A pack of our own stays: it only grows."""
    before = stack.desk("management-representative", "GET", "/rules").json["organisation"]
    yield
    now = stack.desk("management-representative", "GET", "/rules").json["organisation"]
    settle(stack, **{**before, "own_packs": now["own_packs"]})
    while stack.desk("management-representative", "POST", "/rules/apply", {"reason": "Testler"}).json["left"]:
        pass


class Look(NamedTuple):
    """A way to look at a page."""

    width: int
    height: int
    colours: Literal["light", "dark"]


DAY, NIGHT = Look(1366, 900, "light"), Look(320, 640, "dark")


#: What axe cannot decide, and people have looked at: the rule, what it is or stands in, and why it is fine.
REVIEWED = [
    ("color-contrast", ".line > .now > .when", "the ring on the line stands beside the words, not behind them"),
    ("color-contrast", "dialog[open]", "nothing lies over the browser's top layer, which axe does not know"),
    ("color-contrast", ".dates [aria-hidden]", "an arrow between two dates that say in words which is which"),
    (
        "color-contrast",
        ".points [lang]",
        "words that begin within a line; axe takes their frame for wider than its place",
    ),
    (
        "color-contrast",
        "figure svg",
        "a picture of name, logo and colour, whose contrast is worked out and said beside it",
    ),
]
#: What is broken, and what is undecided and stands in none of the reviewed places.
FOUND = """([rules, reviewed]) => axe.run(document, { runOnly: rules, elementRef: true })
  .then(({ violations, incomplete }) => [...violations, ...incomplete.map(({ id, nodes }) => ({
    id: `${id} (undecided)`,
    nodes: nodes.filter(({ element }) => !reviewed.some(([rule, place]) => rule === id && element.closest(place))),
  }))].map(({ id, nodes }) => [id, nodes.map(one => `${one.html.slice(0, 160)} ${one.failureSummary.slice(-200)}`)]))"""


@pytest.fixture
def fit_for_everyone() -> Iterator[Callable[..., None]]:
    """Looks whether a page as it stands now breaks a rule of axe, or at 320 pixels has to be moved sideways.

    `by` says whether axe sees the page by DAY, by NIGHT or both. What axe cannot decide is a fault too, unless it was
    looked at. With `all_looks` the page is also looked at in all the other ways that people have. What was found is
    told at the end of the test.
    """
    found: list[str] = []

    def check(page: Page, what: str, by: Collection[Look] = (DAY, NIGHT), *, all_looks: bool = False) -> None:
        if all_looks:
            found.extend(lost(page, what))
        for look in (NIGHT, DAY):  # the second is how the test goes on
            page.set_viewport_size({"width": look.width, "height": look.height})
            page.emulate_media(color_scheme=look.colours)
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > look.width:
                found.append(f"{what}, {look.width}: needs {needed} pixels; {page.evaluate(TOO_WIDE)}")
            if look not in by:
                continue
            if page.evaluate("typeof axe") == "undefined":
                page.evaluate(AXE)
            page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where what was done stands below all else
            for rule, nodes in page.evaluate(FOUND, [RULES, REVIEWED]):
                if nodes:
                    found.append(f"{what}, {look.width} {look.colours}: {rule}: {nodes[:3]}")

    yield check
    assert found == []


def same_as_before(name: str, heard: str) -> None:
    """What a page is to a screen reader is what stands in its file. Where it changed, delete the file, run the test
    twice, and read what git shows.
    """
    file = SNAPSHOTS / f"{name}.yml"
    if not file.exists():
        file.write_text(heard + "\n", "utf-8")
        pytest.fail(f"{file.name} was not there and is written now: read it")
    assert heard + "\n" == file.read_text("utf-8")


#: What sticks out at the right, for whoever has to mend it.
TOO_WIDE = """[...document.body.querySelectorAll('*')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
