"""What a page costs on a slow line, in bytes as they travel (gzip)."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from infra.build import built_site
from tests.browser.people import Staff
from tests.browser.test_desk import GO, shown
from tests.stack import Stack
from tests.world import a_submission

KB = 1000


def weight(*files: Path) -> int:
    assert files
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


@pytest.mark.parametrize(
    ("what", "limit"),
    [("assets/*.js", 15 * KB), ("assets/*.css", 10 * KB), ("staff/assets/*.css", 10 * KB)],
    ids=["the script of the public pages", "the style of the public pages", "the style of the desk"],
)
def test_no_part_weighs_more_than_it_may(what: str, limit: int) -> None:
    assert weight(*built_site().glob(what)) <= limit


def test_no_typeface_and_no_map_of_the_sources_is_published() -> None:
    files = [file for file in built_site().rglob("*") if file.is_file()]
    assert {file.suffix for file in files} <= {".js", ".css", ".html", ".svg", ".png"}
    for file in files:
        assert not re.search(rb"sourceMappingURL|@font-face", file.read_bytes()), file.name


@pytest.mark.parametrize("path", ["/tr/sikayet/", "/en/complain/"])
def test_the_form_opens_with_little(path: str, stack: Stack, window: Callable[..., Page]) -> None:
    page = window()
    bodies: dict[str, bytes] = {}
    page.on("requestfinished", lambda request: bodies.update({request.url: b""}))
    page.goto(stack.site + path, wait_until="networkidle")
    for url in bodies:
        bodies[url] = stack.ask("GET", url.removeprefix(stack.site)).body
    assert {Path(url).name for url in bodies} >= {"public.js", "public.css", "boot.js"}
    assert sum(len(gzip.compress(body, 9)) for body in bodies.values()) <= 45 * KB


#: The desk's screens, each with a heading that it shows once it is there.
SCREENS = {"workload": "İş yükü", "register": "Şikâyet kaydet", "rules": "Kurallar"}


def test_the_desk_opens_with_little_and_every_further_screen_adds_little(
    stack: Stack, staff: Callable[..., Staff]
) -> None:
    """Counted are the scripts that a browser really asks for, with the words of one language."""
    reference = stack.submit(a_submission())["reference"]
    handler = staff("handler")
    page, asked = handler.page, set[str]()
    page.on("request", lambda request: asked.add(request.url))

    def added(act: Callable[[], None]) -> int:
        before = set(asked)
        act()
        page.wait_for_load_state("networkidle")
        return weight(*scripts(asked - before))

    def scripts(urls: set[str]) -> set[Path]:
        wanted = re.compile(re.escape(stack.site) + r"/(staff/assets/[^/]+\.js)")
        return {built_site() / found[1] for url in urls if (found := wanted.fullmatch(url))}

    def opens(name: str) -> None:
        page.evaluate(GO, f"/staff/{name}")
        expect(handler.heading()).to_have_text(SCREENS[name])

    first = added(handler.signs_in)
    cost = {name: added(lambda name=name: opens(name)) for name in SCREENS}
    cost["complaint"] = added(lambda: handler.opens(shown(reference)))
    assert first <= 55 * KB, (first, cost)
    assert {name: size for name, size in cost.items() if size > 20 * KB} == {}
    assert {file.name[:3] for file in scripts(asked)} & {"tr-", "en-"} == {"tr-"}
