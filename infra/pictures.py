"""Takes a picture of every page and screen from the running product: `python -m infra.pictures`, after `make demo`.

It files a complaint of its own about an invented oven, follows it, and goes through the demonstration's desk; then it
writes docs/screens.md, which shows them all. A new screen is one line of pictures.toml.
"""

import argparse
import io
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pydantic import BaseModel, ConfigDict

from infra.chromium import ARGUMENTS, found
from infra.paths import MADE, ROOT

PICTURES: Final = ROOT / "docs" / "pictures"
DOCUMENT: Final = ROOT / "docs" / "screens.md"
LARGEST_BYTES: Final = 200_000
COLOURS: Final = 128  # enough for letters on a few grounds, and half the bytes
LAPTOP: Final[ViewportSize] = {"width": 1366, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
GO = "address => { history.pushState(null, '', address); dispatchEvent(new Event('redress:moved')) }"
HERE = "() => document.querySelector('main h1') && !document.querySelector('.loading')"
INTRODUCTION = """\
# The pages and screens

Every public page and every screen of the desk, as `python -m infra.pictures` took them from the running product that
`make demo` had filled. The firm, the people and their ovens are invented; the words are Turkish, as they are for most
who meet them, and every page is there in English too.
"""


class Shot(BaseModel):
    """One picture, a line of pictures.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    screen: str
    address: str
    shows: str
    role: str = ""
    act: str = ""
    phone: bool = False
    script: bool = True


@cache
def shots() -> tuple[Shot, ...]:
    """All of them, in the order in which they are taken and shown."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["shots"]
    return tuple(Shot.model_validate(row) for row in rows)


class Tour:
    """Somebody who complains of an oven, and the windows in which that and the desk are looked at."""

    def __init__(self, site: str, people: list[dict[str, Any]], browser: Browser) -> None:
        self.site = site
        self._people = people
        self._browser = browser
        self._desks: dict[str, Page] = {}
        self.reference = self.secret = ""

    def opens(self, shot: Shot) -> Page:
        """The page of a shot, ready to be taken."""
        page = self._desk(shot.role) if shot.role else self._window(shot)
        if shot.role:
            page.evaluate(GO, shot.address)
        else:
            page.goto(self.site + shot.address)
        if shot.act:
            getattr(self, shot.act)(page)
        page.wait_for_load_state("networkidle")
        if shot.role:
            page.wait_for_timeout(500)  # the desk asks for the screen's file, and then for what it shows
            page.wait_for_function(HERE)
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.mouse.move(0, 0)
        return page

    def _window(self, shot: Shot | None = None) -> Page:
        """A window in Turkish and by day, in which nothing moves."""
        return self._browser.new_context(
            viewport=PHONE if shot and shot.phone else LAPTOP,
            java_script_enabled=not shot or shot.script,
            locale="tr-TR",
            reduced_motion="reduce",
        ).new_page()

    def _desk(self, role: str) -> Page:
        """The desk of somebody with this role, who signs in once."""
        if role not in self._desks:
            person = next(one for one in self._people if role in one["roles"])
            page = self._desks[role] = self._window()
            page.goto(f"{self.site}/staff/")
            page.fill("[name=username]", person["email"])
            page.fill("[name=password]", person["password"])
            page.click("[type=submit]")
            page.wait_for_selector("table.queue")  # before that the desk still finds its own way
        return self._desks[role]

    def tells_what_happened(self, page: Page) -> None:
        """The form up to its second step, filled in."""
        page.fill("[name=about]", "Ankastre fırın")
        page.click("[data-continue]")
        page.fill(
            "[name=what_happened]",
            "Fırının camı çalışırken patladı. Aynı gün çağrı merkezini aradım, üç iş günü içinde servis geleceği "
            "söylendi. Üç haftadır gelen olmadı; her aradığımda yeni bir tarih veriliyor.",
        )
        for part, value in (("day", "30"), ("month", "10"), ("year", "2026")):
            page.fill(f"[name=happened_{part}]", value)
        page.check("#safety_risk-no")

    def complains(self, page: Page) -> None:
        """The whole form, sent as Nermin; the reference and the code are kept."""
        self.tells_what_happened(page)
        page.click("[data-continue]")
        page.check("#told_before-yes")
        page.check("#elsewhere-no")
        page.click("[data-continue]")
        page.fill("[name=wish]", "Fırının yenisiyle değiştirilmesini istiyorum.")
        page.click("[data-continue]")
        page.check("#who-me")
        page.fill("[name=name]", "Nermin Çağlayangil")
        page.click("[data-continue]")
        page.fill("[name=email]", "nermin@example.com")
        page.click("[data-continue]")
        page.click("[data-send]")
        page.wait_for_selector("#secret")
        self.reference, self.secret = page.inner_text(".record .code"), page.inner_text("#secret")

    def tracks(self, page: Page) -> None:
        """The page of Nermin's complaint."""
        page.fill("[name=reference]", self.reference)
        page.fill("[name=secret]", self.secret)
        page.click("main form button")
        page.wait_for_selector(".line.entries")

    def sends_too_much(self, page: Page) -> None:
        """More than the form takes, where no script holds it back."""
        page.fill("[name=what_happened]", "Fırının camı patladı. " * 14_000)
        page.click("[data-send]")
        page.wait_for_load_state()

    def opens_the_first(self, page: Page) -> None:
        """The first complaint of the queue that is shown."""
        page.click("table.queue a.subject")
        page.wait_for_selector(".timeline")


def take(home: Path, wanted: set[str]) -> None:
    """The pictures of the product whose state lies in `home`: those that are wanted by name, or all."""
    site = json.loads((home / "outputs.json").read_text())["SiteUrl"]
    people = json.loads((home / "people.json").read_text("utf-8"))
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        tour = Tour(site, people, playwright.chromium.launch(executable_path=found(), args=ARGUMENTS))
        for shot in shots():
            if not wanted or shot.name in wanted or shot.act == "complains":  # others follow that complaint
                keep(tour.opens(shot), shot.name)


def keep(page: Page, name: str) -> None:
    """One window's content, in CSS pixels: small, and sharp where it is shown at its own size."""
    file = PICTURES / f"{name}.png"
    shown = Image.open(io.BytesIO(page.screenshot(scale="css"))).convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    if size > LARGEST_BYTES:
        raise SystemExit(f"{file} has {size} bytes; the limit is {LARGEST_BYTES}")
    print(f"  {file.relative_to(ROOT)}: {size // 1000} kB")


def page() -> str:
    """The document that shows them."""
    lines = [INTRODUCTION]
    for title, staff in (("What complainants meet", False), ("The desk", True)):
        lines += [f"## {title}", ""]
        for shot in shots():
            if bool(shot.role) is staff:
                lines += [shot.shows, "", f"![{shot.shows}](pictures/{shot.name}.png)", ""]
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(prog="python -m infra.pictures", description=__doc__)
    asked.add_argument("--home", type=Path, default=MADE / "run", help="where `make run` keeps its state")
    asked.add_argument("names", nargs="*", help="only these pictures")
    given = asked.parse_args()
    take(given.home.resolve(), set(given.names))
    DOCUMENT.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
