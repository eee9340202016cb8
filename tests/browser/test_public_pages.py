"""What only a browser shows of the public pages, on pages that nothing stands behind."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import same_as_before
from tests.browser.people import Complainant

TELEPHONE = {"width": 390, "height": 844}
MOST_SHIFTED = 0.02
#: What moved while the page was loaded, as Chromium reckons it.
SHIFTED = """() => new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true})
  || setTimeout(() => done(0), 300))"""
#: What the browser waits for before it paints: the page itself, and what says of itself that it blocks.
AWAITED = """() => [location.pathname, ...performance.getEntriesByType('resource')
  .filter(one => one.renderBlockingStatus === 'blocking').map(one => new URL(one.name).pathname)]"""
Opened = Callable[..., Page]


@pytest.fixture
def her(site: str, opened: Opened) -> Complainant:
    """Somebody who has opened the form, on a laptop."""
    somebody = Complainant(opened(viewport={"width": 1366, "height": 700}), site, "tr")
    somebody.page.goto(site + somebody.words["paths"]["complain"])
    expect(somebody.page.locator("html")).to_have_attribute("data-ready", "")
    return somebody


def left_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["x"]


def test_the_form_says_where_it_is_and_how_far_it_goes(her: Complainant) -> None:
    page, words = her.page, her.words["complain"]
    step, go_on = page.locator("[data-step]"), page.get_by_role("button", name=words["continue"])
    names = ["about", "happened", "before", "wish", "you", "reach", "check"]
    answers: list[Callable[[], None]] = [
        her.answers_what_it_is_about,
        her.answers_what_happened,
        her.answers_whom_it_was_told,
        her.answers_what_would_put_it_right,
        her.answers_who_it_is,
        her.answers_how_to_be_reached,
    ]
    titles = []
    for number, name in enumerate(names, start=1):
        expect(page.get_by_role("heading", level=1, name=words[name]["heading"], exact=True)).to_be_visible()
        expect(step).to_have_text(words["step"].format(number=number, steps=len(names)))
        assert step.locator("a, button").count() == 0
        titles.append(page.title())
        expect(page.get_by_text(words["nothing_sent"])).to_be_visible()
        if name == "check":
            expect(go_on).to_be_hidden()
            expect(her.send_button()).to_be_enabled()
            break
        expect(go_on).to_be_enabled()
        assert left_of(go_on) == pytest.approx(left_of(page.get_by_role("heading", level=1)), abs=1)
        answers[number - 1]()
        go_on.click()
    assert len(set(titles)) == len(titles)
    page.get_by_role("link", name=words["back"]).click()
    expect(step).to_have_text(words["step"].format(number=6, steps=len(names)))
    page.go_back()
    expect(step).to_have_text(words["step"].format(number=7, steps=len(names)))


def test_an_error_is_found_said_once_and_led_to(her: Complainant) -> None:
    page, words = her.page, her.words
    her.answers_what_it_is_about()
    her.goes_on(her.step("happened")["heading"])
    account = page.get_by_label(her.step("happened")["what_happened"], exact=True)
    account.fill("Bozuk")
    account.press("Tab")
    expect(page.locator(".error:visible")).to_have_count(0)  # nothing is said before Continue
    assert page.locator("form").first.evaluate("form => form.noValidate")
    title = page.title()
    page.get_by_role("button", name=words["complain"]["continue"]).click()
    summary = page.locator("#summary")
    expect(summary).to_be_focused()
    assert page.title() == words["error_title"].format(title=title)
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(summary.get_by_role("alert")).to_have_count(1)
    follows = "([one, other]) => !!(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)"
    assert page.evaluate(follows, [summary.element_handle(), page.locator("h1:visible").element_handle()])
    links = summary.get_by_role("link")
    assert links.count() == 2
    for link in links.all():
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        link.click()
        here = page.locator("*:focus")
        expect(here).to_be_in_viewport()
        field = page.locator(".field.wrong").filter(has=here).last
        expect(field.locator(".says").first).to_have_text(link.inner_text())
        expect(field.locator(".error").first).to_have_text(re.compile(rf"^\s*{words['error_mark']} "))
        told = here if here.get_attribute("aria-invalid") and field.locator("legend").count() == 0 else field
        described = (told.get_attribute("aria-describedby") or "").split()
        assert described and [one.rsplit("-", 1)[1] for one in described] in (["hint", "error"], ["error"])
        assert all(page.locator(f"[id='{one}']").count() == 1 for one in described)
    account.fill("Bozuk geldi, üç haftadır bekliyorum.")
    her.chooses(her.step("happened")["safety_risk"], "no")
    page.get_by_role("button", name=words["complain"]["continue"]).click()
    her.stands_before(her.step("before")["heading"])
    assert words["error_title"].format(title="") not in page.title()


def test_the_counter_counts_as_the_server_does_and_much_can_be_pasted(her: Complainant) -> None:
    page, words = her.page, her.words["complain"]
    her.answers_what_it_is_about()
    her.goes_on(her.step("happened")["heading"])
    account = page.get_by_label(her.step("happened")["what_happened"], exact=True)
    seen, heard = page.locator(".count:visible > span").all()[:2]
    said = words["count"].format(used="{}", limit="10.000")
    account.evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", "İ😀\r\nı")
    expect(seen).to_have_text(said.format("4"))
    expect(heard).to_have_text(said.format("4"))  # a second later, and without a key for each letter
    assert heard.get_attribute("aria-live") == "polite" and seen.get_attribute("aria-hidden") == "true"
    account.fill("")
    account.focus()
    page.keyboard.insert_text("Fırın çalışmıyor. " * 2778)  # as pasted: more than 50,000
    expect(seen).to_have_text(words["over"].format(over="40.003"))
    assert len(account.input_value()) > 50_000
    page.get_by_role("button", name=words["continue"]).click()
    expect(page.locator("#summary")).to_contain_text(her.words["errors"]["what_happened"]["too_long"])


@pytest.mark.parametrize("path", ["/tr/", "/tr/sikayet/", "/tr/takip/", "/tr/case/", "/en/", "/en/complain/"])
def test_a_page_waits_for_little_and_nothing_in_it_jumps(path: str, site: str, opened: Opened) -> None:
    page = opened(viewport=TELEPHONE)
    page.goto(site + path, wait_until="networkidle")
    expect(page.locator("html")).to_have_attribute("data-ready", "")
    assert len(page.evaluate(AWAITED)) <= 3
    assert page.evaluate(SHIFTED) <= MOST_SHIFTED


@pytest.mark.parametrize(
    ("name", "path"),
    [("index", "/"), ("start", "/tr/"), ("form", "/tr/sikayet/"), ("track", "/tr/takip/"), ("sent", "/tr/sent/"),
     ("case", "/tr/case/"), ("privacy", "/tr/aydinlatma/")],
)  # fmt: skip
def test_what_a_page_is_to_a_screen_reader_stands_in_a_file(name: str, path: str, site: str, opened: Opened) -> None:
    page = opened(viewport={"width": 1366, "height": 900})
    page.goto(site + path)
    expect(page.locator("html")).to_have_attribute("data-ready", "")
    place = page.locator("body" if name == "start" else "main")  # what all pages share stands in one file
    same_as_before(name, place.aria_snapshot().replace(site, ""))


def test_the_form_stays_on_this_device_for_a_week_where_somebody_chooses_so(
    her: Complainant, fit_for_everyone: Callable[..., None]
) -> None:
    """Another tab goes on with it, until it is deleted, its week is over, or the form has other questions."""
    page, keep, about = her.page, her.words["complain"]["keep"], her.step("about")["about"]
    kept = "localStorage.getItem('redress-draft')"

    def another_tab() -> Page:
        tab = page.context.new_page()
        tab.goto(her.site + her.words["paths"]["complain"])
        return tab

    her.answers_what_it_is_about()
    page.wait_for_timeout(500)  # until what was typed is kept
    assert page.evaluate(kept) is None
    page.locator("summary", has_text=keep["open"]).click()
    expect(page.get_by_text(keep["shared"])).to_be_visible()
    fit_for_everyone(page, "to keep it on this device")
    page.get_by_role("button", name=keep["button"]).click()
    expect(page.get_by_role("button", name=keep["leave"])).to_be_focused()
    fit_for_everyone(page, "kept on this device")
    assert 6.9 < (page.evaluate(f"JSON.parse({kept}).until") / 1000 - time.time()) / 86_400 <= 7
    tab = another_tab()
    expect(tab.get_by_label(about, exact=True)).to_have_value(her.story.about)
    tab.get_by_role("button", name=keep["leave"]).click()
    expect(tab.get_by_role("status").filter(has_text=keep["left"])).to_be_attached()
    assert tab.evaluate(kept) is None
    for change, told in (("until: 1", 0), ("form: 'another'", 1)):
        page.evaluate("dispatchEvent(new Event('pagehide'))")  # the first tab keeps it again
        page.evaluate(f"localStorage['redress-draft'] = JSON.stringify({{...JSON.parse({kept}), {change}}})")
        tab = another_tab()
        expect(tab.get_by_label(about, exact=True)).to_have_value("")
        expect(tab.get_by_text(keep["old"]).locator("visible=true")).to_have_count(told)
        assert tab.evaluate(kept) is None


def test_where_the_browser_keeps_nothing_the_form_works_all_the_same(site: str, opened: Opened) -> None:
    page = opened()
    page.add_init_script(
        "for (const name of ['getItem', 'setItem', 'removeItem'])"
        " Storage.prototype[name] = () => { throw new DOMException('no', 'SecurityError'); };"
    )
    her = Complainant(page, site, "tr")
    keep = her.words["complain"]["keep"]
    her.begins()
    page.locator("summary", has_text=keep["open"]).click()
    page.get_by_role("button", name=keep["button"]).click()
    expect(page.get_by_text(keep["failed"])).to_be_visible()
    her.walks_to_the_last_step()
    expect(page.locator(".answers")).to_contain_text(her.story.what_happened)
    expect(her.send_button()).to_be_visible()
