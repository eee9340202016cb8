"""How soon a page is painted, and how it answers to the keys, on a slow telephone with a slow line."""

import json
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from infra.chromium import ARGUMENTS, found
from infra.local.run import FIRM
from infra.publish import pages
from tests.still import still

TIMES = 3  # each page is opened so often, and the median counts
#: A cheap telephone, six times slower than this computer; 400 kbit/s, and 400 ms to any answer.
SLOWER = 6
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SCREEN = {"width": 390, "height": 844}
PLACES = {"start": "/tr/", "form": "/tr/sikayet/", "tracking": "/tr/takip/"}
LONGEST = 50  # milliseconds that a task may take while somebody types
TYPED = "Fırının camı çalışırken patladı. "
WATCH = """
window.seen = {painted: 0, moved: 0};
const watch = (type, each) =>
  new PerformanceObserver(list => list.getEntries().forEach(each)).observe({type, buffered: true});
watch('largest-contentful-paint', one => { seen.painted = one.startTime / 1000 });
watch('layout-shift', one => { seen.moved += one.value });
"""


class Paint(NamedTuple):
    """What was measured of a page, beside the most that it may be."""

    what: str
    ours: float
    most: float


def measured() -> Iterator[Paint]:
    """Every page, on its first visit; nothing where there is no browser."""
    chromium = found()
    if not chromium:
        return
    with still(pages("https://site.example", FIRM)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name, path in PLACES.items():
            visits = [_visit(browser, site + path) for _ in range(TIMES)]
            yield Paint(f"{name}: painted, seconds", median(painted for painted, _ in visits), 2.5)
            yield Paint(f"{name}: moved while it loads", median(moved for _, moved in visits), 0.02)
        # The least: a cache that other work has emptied makes the same work take longer.
        typing = min(longest_while_typing(browser, site + PLACES["form"]) for _ in range(TIMES))
        yield Paint("form: longest task while somebody types, ms", typing, LONGEST)
        browser.close()


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport=SCREEN, device_scale_factor=2).new_page()  # which has kept nothing
    page.add_init_script(WATCH)
    telephone = page.context.new_cdp_session(page)
    telephone.send("Network.enable")
    telephone.send("Network.emulateNetworkConditions", LINE)
    telephone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="networkidle")
    page.wait_for_selector("html[data-ready]")
    return page


def _visit(browser: Browser, url: str) -> tuple[float, float]:
    page = _opened(browser, url)
    seen = page.evaluate("seen")
    page.context.close()
    return float(seen["painted"]), float(seen["moved"])


def longest_while_typing(browser: Browser, url: str) -> float:
    """Milliseconds of the longest task on the page's own thread, in the processor's time: what it waits for a computer
    that is busy with something else is no work of the page.
    """
    page = _opened(browser, url)
    page.fill("[name=about]", "Fırın")
    page.click("[data-continue]")
    page.focus("[name=what_happened]")
    browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline"])
    page.keyboard.type(TYPED * 2, delay=20)
    page.wait_for_timeout(1500)  # the counter speaks and the draft is kept
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.context.close()
    threads = [one for one in events if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"]
    ours = {(one["pid"], one["tid"]) for one in threads}
    tasks = [one["tdur"] for one in events if one["name"] == "RunTask" and (one["pid"], one["tid"]) in ours]
    return float(max(tasks)) / 1000
