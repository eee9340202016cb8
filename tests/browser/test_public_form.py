"""What the script adds to the form: sent once, and usable with a keyboard alone."""

import time
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from pypdf import PdfReader

from tests.browser.people import Complainant
from tests.stack import Stack

#: The ring that shows where the keyboard is: the outline of the control, or of the label that stands for it.
RING = """() => {
  const here = document.activeElement;
  const seen = [here, ...(here.labels ?? [])].filter(one => one.getBoundingClientRect().width > 4);
  return seen.some(one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
}"""
HERE = "document.activeElement.outerHTML.slice(0, 120)"


def test_no_question_shows_an_error_before_there_is_one(complainant: Callable[..., Complainant]) -> None:
    her = complainant("tr")
    her.begins()
    expect(her.page.get_by_role("heading", level=1, name=her.step("about")["heading"])).to_be_visible()
    expect(her.page.locator(".error:visible")).to_have_count(0)
    her.page.get_by_role("button", name=her.words["complain"]["continue"]).click()
    expect(her.page.locator(".error:visible")).to_have_count(1)


def test_a_double_click_on_send_files_one_complaint(stack: Stack, complainant: Callable[..., Complainant]) -> None:
    her = complainant("tr")
    sent: list[str] = []

    def slow(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.post_data or "")
            time.sleep(0.7)
        route.continue_()

    her.page.route("**/api/public/complaints/form", slow)
    her.begins()
    her.walks_to_the_last_step()
    her.send_button().dblclick()
    receipt = her.reads_the_confirmation()
    assert len(sent) == 1
    stack.mail_to(her.email)
    stack.settle()
    assert len(stack.mail_to(her.email)) == 1
    assert receipt.reference in str(stack.mail_to(her.email)[0]["BodyText"])


def test_what_was_typed_survives_a_reload_and_is_gone_after_sending(complainant: Callable[..., Complainant]) -> None:
    her = complainant("en")
    her.begins()
    her.walks_to_the_last_step()
    her.page.reload()
    expect(her.page.locator(".answers")).to_contain_text(her.story.what_happened)
    receipt = her.sends()
    assert her.page.evaluate("[...Object.entries(sessionStorage), ...Object.entries(localStorage)]") == [
        ["redress-sent", f'"{receipt.reference}"']
    ]
    her.page.go_back()  # the form does not come back with a complaint that was sent
    expect(her.page.get_by_role("heading", level=1)).to_have_text(her.words["sent"]["already"])
    expect(her.page.get_by_role("main")).to_contain_text(receipt.reference)
    expect(her.send_button()).to_be_hidden()
    her.page.get_by_role("link", name=her.words["sent"]["another"]).click()
    expect(her.page.get_by_role("heading", level=1, name=her.step("about")["heading"])).to_be_visible()
    expect(her.page.get_by_label(her.step("about")["about"], exact=True)).to_have_value("")


def test_without_a_connection_or_an_answer_the_page_says_so_and_keeps_what_was_typed(
    complainant: Callable[..., Complainant],
) -> None:
    her = complainant("tr", expects="Failed to load resource")
    page, says = her.page, her.words["trouble"]
    form = "**/api/public/complaints/form"
    posts: list[str] = []
    page.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)
    her.begins()
    her.walks_to_the_last_step()
    page.context.set_offline(True)
    her.is_told(says["offline"])
    page.context.set_offline(False)
    her.is_told(says["online"])
    for status, told in ((503, "ours"), (429, "busy")):
        page.route(form, lambda route, _, status=status: route.fulfill(status=status, body="{}"))
        her.send_button().click()
        her.is_told(says[told])
        expect(her.send_button()).to_be_in_viewport()
        page.unroute(form)
    page.route(form, lambda route: route.abort())  # a line that is there and leads nowhere
    her.send_button().click()
    her.is_told(says["offline"])
    page.unroute(form)
    assert posts == []
    expect(page.locator(".answers")).to_contain_text(her.story.what_happened)
    her.sends()
    assert len(posts) == 1


def test_all_answers_are_listed_and_each_can_be_changed_in_either_language(
    complainant: Callable[..., Complainant],
) -> None:
    """Also those that were left out; of a fold that nobody opened one line says so. Change leads there and back."""
    her = complainant("tr")
    page, happened, reach = her.page, her.step("happened"), her.step("reach")
    her.begins()
    her.walks_to_the_last_step()
    rows = page.locator(".answers > div")

    def row(question: str) -> Locator:
        return rows.filter(has=page.locator("dt").get_by_text(question, exact=True))

    expect(row(happened["more"])).to_contain_text(her.words["not_given"])
    expect(row(reach["contact_by"])).to_contain_text(her.words["not_given"])
    expect(row(happened["branch"])).to_have_count(0)
    expect(row(reach["address"])).to_have_count(0)
    row(happened["happened_on"]).get_by_role("link").click()
    page.get_by_label(happened["day_unsure"]).check()
    her.goes_on(her.step("check")["heading"])
    expect(row(happened["happened_on"])).to_contain_text(f"3 2 2026 {happened['day_unsure']}")
    row(reach["contact_by"]).get_by_role("link").click()
    address = page.get_by_label(reach["email"], exact=True)
    for typed, meant in (("nermin@gmial.com", "nermin@gmail.com"), ("Nermin@hotmail.con", "Nermin@hotmail.com")):
        address.fill(typed)
        address.blur()
        asked = page.get_by_role("status").filter(has_text=reach["typo"].format(address=meant))
        asked.get_by_role("button", name=reach["typo_use"]).click()
        expect(address).to_have_value(meant)
        expect(asked).to_have_count(0)
    address.fill("nermin@example.com")  # unusual, and no slip
    page.get_by_label(reach["ways"]["letter"], exact=True).check()
    expect(page.locator(".meant:not(:empty)")).to_have_count(0)
    page.get_by_role("button", name=her.words["complain"]["continue"]).click()
    expect(page.locator("#summary").get_by_role("link")).to_have_text([her.words["errors"]["address"]["required"]])
    page.get_by_label(reach["address"], exact=True).fill("Moda Caddesi 1")
    page.locator("[data-switch]").click()  # typed a moment ago
    expect(page.get_by_label("Postal address", exact=True)).to_have_value("Moda Caddesi 1")
    expect(page.get_by_role("heading", level=1, name="How shall we reach you?", exact=True)).to_be_visible()
    page.locator("[data-back]").click()
    expect(page.get_by_label("Your name", exact=True)).to_have_value(her.story.name)
    page.go_back()
    expect(page.get_by_label("Postal address", exact=True)).to_have_value("Moda Caddesi 1")


def test_somebody_complains_for_another_and_is_asked_only_what_that_needs(
    stack: Stack, complainant: Callable[..., Complainant], fit_for_everyone: Callable[..., None]
) -> None:
    her = complainant("en")
    page, you, reach = her.page, her.step("you"), her.step("reach")
    her.begins()
    her.walks_to_who_it_is()
    expect(page.get_by_label(you["name"], exact=True)).to_be_hidden()
    her.complains_as("other")
    fit_for_everyone(page, "for somebody else")
    page.get_by_role("button", name=her.words["complain"]["continue"]).click()
    says = her.words["errors"]
    missing = (says["their_name"]["required"], says["name"]["required"])
    expect(page.locator("#summary").get_by_role("link")).to_have_text(list(missing))
    fit_for_everyone(page, "for somebody else, with errors")
    page.get_by_label(you["their_name"], exact=True).fill("Hatice Çağlayangil")
    page.get_by_label(you["name"], exact=True).fill(her.story.name)
    her.goes_on(reach["heading"])
    contact = page.get_by_role("group", name=reach["contact"])
    contact.get_by_label(reach["contacts"]["complainant"], exact=True).check()
    page.get_by_label(reach["their_email"], exact=True).fill(her.email)
    page.locator("summary", has_text=reach["more"]).click()
    for one in ("braille", "call"):
        page.get_by_label(reach["format"][one], exact=True).check()
    fit_for_everyone(page, "for somebody else, everything open")
    her.goes_on(her.step("check")["heading"])
    page.reload()  # the draft knows the boxes too
    answers = page.locator(".answers")
    expect(answers).to_contain_text("Hatice Çağlayangil")
    expect(answers).to_contain_text(f"{reach['format']['braille']}, {reach['format']['call']}")
    her.sends()
    stack.mail_to(her.email)


def test_without_a_name_nothing_is_asked_and_the_code_is_all_there_is(
    complainant: Callable[..., Complainant], fit_for_everyone: Callable[..., None]
) -> None:
    her = complainant("tr")
    page, you = her.page, her.step("you")
    her.begins()
    her.walks_to_who_it_is()
    her.complains_as("me")
    page.get_by_role("button", name=her.words["complain"]["continue"]).click()
    expect(page.locator("#summary")).to_be_focused()
    her.complains_as("anonymous")
    expect(page.locator("#summary")).to_be_hidden()  # nobody asks for a name any more
    expect(page.get_by_text(you["anonymous"])).to_be_visible()
    expect(page.locator("#you input:visible:not([type=radio])")).to_have_count(0)
    expect(page.locator("[data-step]")).to_have_text(her.words["complain"]["step"].format(number=5, steps=6))
    fit_for_everyone(page, "anonymous")
    her.goes_on(her.step("check")["heading"])
    expect(page.locator(".answers")).not_to_contain_text(her.step("reach")["email"])
    page.locator("[data-back]").click()
    her.stands_before(you["heading"])
    her.goes_on(her.step("check")["heading"])
    receipt = her.sends()
    expect(page.get_by_text(her.words["sent"]["keep_both"])).to_be_visible()
    fit_for_everyone(page, "sent without a name")
    her.tracks(receipt.reference, receipt.secret)
    her.sees("received")


def test_reference_and_code_are_copied_printed_and_pasted(complainant: Callable[..., Complainant]) -> None:
    her = complainant("tr", permissions=["clipboard-read", "clipboard-write"])
    page, words = her.page, her.words["sent"]
    receipt = her.complains()
    page.get_by_role("button", name=words["copy"]).click()
    her.is_told(words["copied"])
    assert page.evaluate("navigator.clipboard.readText()") == receipt.secret
    page.evaluate("window.print = () => undefined")
    page.get_by_role("button", name=her.words["print_large"]).click()
    page.emulate_media(media="print")
    sizes = (
        "[...document.querySelectorAll('.secret, .record dd')].map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(page.evaluate(sizes)) >= 24  # 18 points
    printed = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf())).pages)
    assert receipt.reference in printed
    assert receipt.secret.replace(" ", "") in "".join(printed.split())
    page.emulate_media(media="screen")
    page.goto(her.site + her.words["paths"]["track"])
    page.get_by_label(her.words["track"]["reference"], exact=True).fill(receipt.reference.lower().replace("-", " "))
    page.get_by_label(her.words["track"]["secret"], exact=True).focus()
    page.keyboard.press("Control+V")
    page.get_by_role("button", name=her.words["track"]["open"]).click()
    her.sees("received")


class Keyboard:
    """Tab, the arrows, Space, Enter and letters. Wherever Tab stops, a ring must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, goal: Locator) -> None:
        wanted = goal.element_handle()
        for _ in range(40):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(RING), f"no ring at {self.page.evaluate(HERE)}"
            if self.page.evaluate("one => document.activeElement === one", wanted):
                return
        pytest.fail(f"Tab does not reach {goal}")

    def write(self, goal: Locator, text: str) -> None:
        self.go_to(goal)
        self.page.keyboard.type(text)

    def press(self, goal: Locator) -> None:
        self.go_to(goal)
        self.page.keyboard.press("Enter")

    def choose(self, group: Locator, answer: str) -> None:
        """The first answer by Space, another by the arrows."""
        options = group.get_by_role("radio")
        self.go_to(options.first)
        self.page.keyboard.press("Space")
        wanted = group.get_by_label(answer, exact=True)
        for _ in range(options.count()):
            if wanted.is_checked():
                break
            self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()


def test_a_complaint_is_filed_with_the_keyboard_alone(complainant: Callable[..., Complainant]) -> None:
    her = complainant("tr")
    page, words, keys = her.page, her.words, Keyboard(her.page)
    page.goto(her.site + words["paths"]["start"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=words["skip"])).to_be_focused()
    expect(page.get_by_role("link", name=words["skip"])).to_be_in_viewport()
    page.keyboard.press("Enter")
    keys.press(page.locator("main").get_by_role("link", name=words["links"]["complain"]))
    expect(page.locator("html")).to_have_attribute("data-ready", "")  # with its style sheet, which draws the ring

    def go_on(step: str) -> None:
        keys.press(page.get_by_role("button", name=words["complain"]["continue"]))
        her.stands_before(her.step(step)["heading"])

    happened, before, you = her.step("happened"), her.step("before"), her.step("you")
    keys.write(page.get_by_label(her.step("about")["about"], exact=True), her.story.about)
    go_on("happened")
    keys.write(page.get_by_label(happened["what_happened"], exact=True), her.story.what_happened)
    keys.write(page.get_by_label(happened["day"], exact=True), "3")
    keys.write(page.get_by_label(happened["month"], exact=True), "2")
    keys.write(page.get_by_label(happened["year"], exact=True), "2026")
    keys.choose(page.get_by_role("group", name=happened["safety_risk"]), words["no"])
    go_on("before")
    keys.choose(page.get_by_role("group", name=before["told_before"]), words["unsure"])
    keys.choose(page.get_by_role("group", name=before["elsewhere"]), words["no"])
    go_on("wish")
    go_on("you")
    group = page.get_by_role("group", name=you["who"])
    keys.choose(group, you["whose"]["me"])
    # Enter with something missing leads to the summary, and its link to the field.
    keys.press(page.get_by_role("button", name=words["complain"]["continue"]))
    expect(page.locator("#summary")).to_be_focused()
    keys.press(page.locator("#summary").get_by_role("link").first)
    expect(page.get_by_label(you["name"], exact=True)).to_be_focused()
    page.keyboard.type(her.story.name)
    go_on("reach")
    keys.write(page.get_by_label(her.step("reach")["email"], exact=True), her.email)
    go_on("check")
    keys.press(her.send_button())
    her.reads_the_confirmation()
