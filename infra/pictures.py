"""Takes the pictures of README.md from the running product: `python -m infra.pictures`, after `make demo`.

It files a complaint of its own about an invented oven, follows it, and looks at the demonstration's desk.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from infra.chromium import ARGUMENTS, found
from infra.paths import MADE, ROOT

PICTURES = ROOT / "docs" / "pictures"
LARGEST_BYTES = 250_000
LAPTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}


def take(home: Path) -> None:
    """All pictures of the product whose state lies in `home`."""
    site = json.loads((home / "outputs.json").read_text())["SiteUrl"]
    people = json.loads((home / "people.json").read_text("utf-8"))
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=ARGUMENTS)
        with window(browser, LAPTOP) as page:
            reference, secret = complain(page, site)
            track(page, site, reference, secret)
            keep(page, "tracking")
        with window(browser, PHONE) as page:
            track(page, site, reference, secret)
            keep(page, "tracking-phone")
        with window(browser, LAPTOP) as page:
            look_at_the_desk(page, site, next(one for one in people if "lead" in one["roles"]))
        browser.close()


@contextmanager
def window(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    """A window in Turkish and by day, in which nothing moves."""
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]}, locale="tr-TR", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> None:
    """One window's content, in CSS pixels: small, and sharp where it is shown at its own size."""
    page.mouse.move(0, 0)
    file = PICTURES / f"{name}.png"
    size = len(page.screenshot(path=file, scale="css"))
    if size > LARGEST_BYTES:
        raise SystemExit(f"{file} has {size} bytes; the limit is {LARGEST_BYTES}")
    print(f"  {file.relative_to(ROOT)}: {size // 1000} kB")


def complain(page: Page, site: str) -> tuple[str, str]:
    """Fills in the form as Nermin, with a picture on the way; the reference and the code."""
    page.goto(f"{site}/tr/sikayet/")
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
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    keep(page, "form")
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
    return page.inner_text(".record .code"), page.inner_text("#secret")


def track(page: Page, site: str, reference: str, secret: str) -> None:
    """Opens the tracking page of a complaint."""
    page.goto(f"{site}/tr/takip/")
    page.fill("[name=reference]", reference)
    page.fill("[name=secret]", secret)
    page.click("main form button")
    page.wait_for_selector(".line.entries")


def look_at_the_desk(page: Page, site: str, person: dict[str, Any]) -> None:
    """Signs in, and takes the queue of open complaints and a case whose decision waits to be approved."""
    page.goto(f"{site}/staff/")
    page.fill("[name=username]", person["email"])
    page.fill("[name=password]", person["password"])
    page.click("[type=submit]")
    page.wait_for_selector("table.queue")
    keep(page, "queue")
    with page.expect_response(lambda answer: "queue=to_approve" in answer.url):
        page.click("[href='/staff/queue/to_approve']")
    page.click("table.queue a.subject")
    page.wait_for_selector(".timeline")
    page.evaluate("document.activeElement.blur()")
    keep(page, "case")


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(prog="python -m infra.pictures")
    asked.add_argument("--home", type=Path, default=MADE / "run", help="where `make run` keeps its state")
    take(asked.parse_args().home.resolve())


if __name__ == "__main__":
    main()
