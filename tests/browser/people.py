"""What a complainant and a member of staff do in a browser, one method an act. Labels are found as people find them."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from infra.paths import FUNCTIONS
from tests.journeys.steps import PROPOSAL


@dataclass(frozen=True)
class Story:
    """What somebody has to say."""

    about: str
    what_happened: str
    wish: str
    name: str


STORIES = {
    "tr": Story(
        "Ankastre fırın",
        "Fırının camı çalışırken patladı. Servis üç haftadır gelmiyor; çağrı merkezi “bekleyin” diyor.",
        "Fırının değiştirilmesini istiyorum.",
        "Nermin Çağlayangil",
    ),
    "en": Story(
        "Washing machine",
        "It stopped after two weeks. Nobody came on the day we had agreed, and I waited from 8 to 6.",
        "I would like my money back.",
        "Ivy O’Connor-Łoś",
    ),
}


def proposal(due_on: str) -> dict[str, Any]:
    """The decision of the journeys, its remedy due on an ISO date that has not passed."""
    upheld, other = PROPOSAL["points"]
    return {**PROPOSAL, "points": [{**upheld, "remedy": {**upheld["remedy"], "due_on": due_on}}, other]}


def reaches(page: Page, goal: Locator) -> None:
    """Presses Tab until the focus is there, and is to be seen."""
    expect(goal).to_be_visible()
    for _ in range(200):
        if goal.evaluate("here => here === document.activeElement"):
            assert goal.evaluate("here => getComputedStyle(here).outlineStyle") != "none"
            expect(goal).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {goal}")


@dataclass(frozen=True)
class Receipt:
    """What the confirmation page shows. `answer_due` and `received` are the page's own words for the days."""

    reference: str
    secret: str
    received: str
    answer_due: str
    answer_due_on: str


class Complainant:
    """Somebody outside, on the public pages."""

    def __init__(self, page: Page, site: str, language: str) -> None:
        self.page = page
        self.site = site
        self.language = language
        self.words: dict[str, Any] = tomllib.loads(
            (FUNCTIONS / "pages" / "words" / f"{language}.toml").read_text("utf-8")
        )
        self.story = STORIES[language]
        self.email = f"{uuid4().hex[:12]}@example.com"  # the mail of a stack cannot be cleared

    # --- the form ----------------------------------------------------------------------------------------------------

    def begins(self) -> None:
        """From the language index over the start page to the form."""
        self.page.goto(self.site)
        self.page.get_by_role("link", name=self.words["index"]["go"]).click()
        expect(self.page).to_have_title(re.compile(re.escape(self.words["start"]["title"])))
        self.page.get_by_role("main").get_by_role("link", name=self.words["links"]["complain"]).first.click()
        self.page.wait_for_url(f"**{self.words['paths']['complain']}*")  # and the script has run

    def goes_on(self, heading: str) -> None:
        """Presses Continue and stands before the next step."""
        self.page.get_by_role("button", name=self.words["complain"]["continue"]).click()
        self.stands_before(heading)

    def stands_before(self, heading: str) -> None:
        """The page's one heading says where we are, and has the focus."""
        expect(self.page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_focused()

    def step(self, name: str) -> dict[str, Any]:
        """The words of one step."""
        words: dict[str, Any] = self.words["complain"][name]
        return words

    def chooses(self, question: str, answer: str) -> None:
        """Picks a radio button of the group with this question."""
        self.page.get_by_role("group", name=question).get_by_label(self.words[answer], exact=True).check()

    def answers_what_it_is_about(self) -> None:
        words = self.step("about")
        self.page.get_by_label(words["about"], exact=True).fill(self.story.about)
        self.page.get_by_label(words["order_number"]).fill("SP-2026/118")

    def answers_what_happened(self) -> None:
        words = self.step("happened")
        self.page.get_by_label(words["what_happened"], exact=True).fill(self.story.what_happened)
        for part, value in (("day", "3"), ("month", "2"), ("year", "2026")):
            self.page.get_by_label(words[part], exact=True).fill(value)
        self.chooses(words["safety_risk"], "no")

    def answers_whom_it_was_told(self) -> None:
        words = self.step("before")
        self.chooses(words["told_before"], "yes")
        self.chooses(words["elsewhere"], "no")

    def answers_what_would_put_it_right(self) -> None:
        self.page.get_by_label(self.step("wish")["wish"]).fill(self.story.wish)

    def complains_as(self, who: str) -> None:
        """Says whether it is for me, for another or anonymous."""
        words = self.step("you")
        self.page.get_by_role("group", name=words["who"]).get_by_label(words["whose"][who], exact=True).check()

    def answers_who_it_is(self) -> None:
        words = self.step("you")
        self.complains_as("me")
        self.page.get_by_label(words["name"], exact=True).fill(self.story.name)

    def answers_how_to_be_reached(self) -> None:
        self.page.get_by_label(self.step("reach")["email"], exact=True).fill(self.email)

    def answers_all(self) -> None:
        """Everything at once, where the form is one page."""
        self.answers_what_it_is_about()
        self.answers_what_happened()
        self.answers_whom_it_was_told()
        self.answers_what_would_put_it_right()
        self.answers_who_it_is()
        self.answers_how_to_be_reached()

    def walks_to_who_it_is(self) -> None:
        """The steps before the last question."""
        self.answers_what_it_is_about()
        self.goes_on(self.step("happened")["heading"])
        self.answers_what_happened()
        self.goes_on(self.step("before")["heading"])
        self.answers_whom_it_was_told()
        self.goes_on(self.step("wish")["heading"])
        self.answers_what_would_put_it_right()
        self.goes_on(self.step("you")["heading"])

    def walks_to_the_last_step(self) -> None:
        """Every step in its turn, to the page on which the answers are checked."""
        self.walks_to_who_it_is()
        self.answers_who_it_is()
        self.goes_on(self.step("reach")["heading"])
        self.answers_how_to_be_reached()
        self.goes_on(self.step("check")["heading"])

    def send_button(self) -> Locator:
        return self.page.get_by_role("button", name=self.words["complain"]["send"])

    def sends(self) -> Receipt:
        """Sends the form and keeps what the confirmation shows."""
        self.send_button().click()
        return self.reads_the_confirmation()

    def reads_the_confirmation(self) -> Receipt:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.words["sent"]["heading"])
        self.page.wait_for_load_state()  # the script has run
        days = self.page.locator(".record time")
        return Receipt(
            reference=self.page.locator(".record .code").inner_text(),
            secret=self.page.locator("#secret").inner_text(),
            received=days.nth(0).inner_text(),
            answer_due=days.nth(1).inner_text(),
            answer_due_on=days.nth(1).get_attribute("datetime") or "",
        )

    def complains(self) -> Receipt:
        """From the start page to the confirmation."""
        self.begins()
        self.walks_to_the_last_step()
        return self.sends()

    # --- the tracking page -------------------------------------------------------------------------------------------

    def tracks(self, reference: str, secret: str) -> None:
        """Types the reference and the code."""
        words = self.words["track"]
        self.page.goto(self.site + self.words["paths"]["track"])
        self.page.get_by_label(words["reference"], exact=True).fill(reference)
        self.page.get_by_label(words["secret"], exact=True).fill(secret)
        self.page.get_by_role("button", name=words["open"]).click()

    def sees(self, state: str) -> None:
        """The tracking page says that the complaint is in this state."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.words["case"]["heading"][state])
        self.page.wait_for_load_state()  # the script has run

    def accepts(self) -> None:
        self.makes("accept", "accept_open", "accept_send")

    def disputes(self, why: str) -> None:
        self.makes("dispute", "dispute_open", "dispute_send", ("dispute_words", why))

    def asks_for_a_review(self, what: str) -> None:
        self.makes("ask_review", "review_open", "review_send", ("review_words", what))

    def writes(self, message: str, box: str = "message") -> None:
        """A message, or the `reply` to what we asked for."""
        words = self.words["case"]
        self.page.get_by_label(words[box], exact=True).fill(message)
        self.page.get_by_role("button", name=words[f"{box}_send"], exact=True).click()
        self.is_told(words["note"]["message"])

    def makes(self, act: str, open_with: str, send_with: str, words: tuple[str, str] | None = None) -> None:
        """One act that is opened first; `words` are a label and what is typed there."""
        said = self.words["case"]
        self.page.locator("summary", has_text=said[open_with]).click()
        if words:
            self.page.get_by_label(said[words[0]]).fill(words[1])
        self.page.get_by_role("button", name=said[send_with], exact=True).click()
        self.is_told(said["note"][act])

    def is_told(self, notice: str) -> None:
        """A notice that is also spoken says what was done."""
        expect(self.page.get_by_role("status").filter(has_text=notice)).to_be_visible()


class Staff:
    """Somebody at the desk, which speaks Turkish to them."""

    def __init__(self, page: Page, site: str, person: dict[str, Any]) -> None:
        self.page = page
        self.site = site
        self.person = person

    def heading(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("heading", level=1)

    def signs_in(self) -> None:
        self.enters_the_desk()
        expect(self.heading()).to_have_text("Açık dosyalar")
        expect(self.page.get_by_role("banner")).to_contain_text(str(self.person["name"]))

    def enters_the_desk(self) -> None:
        """Through the hosted sign-in page, to which the desk leads."""
        self.page.goto(f"{self.site}/staff/")
        self.gives_the_password()

    def gives_the_password(self) -> None:
        """On the hosted sign-in page."""
        self.page.get_by_label("Username").fill(str(self.person["email"]))
        self.page.get_by_label("Password").fill(str(self.person["password"]))
        self.page.get_by_role("button", name="Sign in").click()

    def goes_to(self, queue: str) -> None:
        self.page.get_by_role("navigation", name="Kuyruklar").get_by_role("link", name=queue).click()
        expect(self.heading()).to_have_text(queue)

    def opens(self, reference: str, queue: str = "Açık dosyalar") -> None:
        """Looks for the complaint in a queue, page after page, and opens it."""
        self.goes_to(queue)
        row = self.page.get_by_role("row").filter(has_text=reference)
        more = self.page.get_by_role("link", name="Sonraki sayfa")
        first = self.page.get_by_role("row").nth(1)
        expect(first).to_be_visible()
        while not row.count() and more.count():
            was = first.inner_text()
            more.click()
            expect(first).not_to_have_text(was, use_inner_text=True)
        row.get_by_role("link").click()
        expect(self.page.locator(".above-title")).to_contain_text(reference)

    def finds(self, reference: str) -> None:
        """Looks for the complaint, open or closed, by its number, and opens it."""
        self.page.get_by_role("searchbox").fill(reference)
        self.page.keyboard.press("Enter")
        self.page.get_by_role("row").filter(has_text=reference).get_by_role("link").click()
        expect(self.page.locator(".above-title")).to_contain_text(reference)

    def goes_to_page(self, name: str) -> None:
        """One of the pages beside the queues."""
        self.page.get_by_role("navigation", name="Yönetim").get_by_role("link", name=name).click()
        expect(self.heading()).to_have_text(name)

    def begins_the_move(self, button: str) -> None:
        """The expected move has a button of its own, the others stand in a list."""
        place = self.page.locator(".next")
        act = place.get_by_role("button", name=button, exact=True)
        another = place.locator("li button").filter(has=self.page.get_by_text(button, exact=True))
        expect(act.or_(another)).to_have_count(1)
        if another.count():
            self.page.get_by_text("Diğer işlemler").click()
        act.or_(another).click()
        expect(self.page.locator("#move-title")).to_be_focused()

    def ends_the_move(self, button: str, done: str) -> None:
        self.page.locator("form.move").get_by_role("button", name=button, exact=True).click()
        self.is_told(done)

    def sees_what_changes(self) -> Locator:
        """The dates that a move would change, and the letter that would leave."""
        self.page.locator("form.move").get_by_role("button", name="Değişecekleri göster").click()
        changes = self.page.get_by_role("dialog", name="Değişecekler")
        expect(changes).to_be_visible()
        return changes

    def makes_it_so(self, button: str, done: str) -> None:
        """Confirms what was shown."""
        self.page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()
        self.is_told(done)

    def is_told(self, done: str) -> None:
        """The slab at the foot of the page says so."""
        expect(self.page.get_by_role("status").filter(has_text=done)).to_be_visible()

    def chooses(self, question: str, answer: str, within: Locator | None = None) -> None:
        (within or self.page.locator("form.move")).get_by_role("group", name=question, exact=True).get_by_label(
            answer, exact=True
        ).check()

    def has_no_tie(self) -> None:
        """Says so, as everybody does who judges."""
        self.page.get_by_label("İlgili kişilerle hiçbir bağım yok").check()

    def assesses(self, point: str) -> None:
        self.begins_the_move("Değerlendir")
        self.chooses("Önem derecesi", "2, orta: masraf veya zahmet")
        self.chooses("Karmaşıklık", "1, tek olgu, tek birim")
        self.chooses("Emniyet etkisi", "Yok")
        self.chooses("Etki", "Tek kişi")
        self.page.get_by_role("textbox", name="Başvuru sahibinin sözleriyle", exact=True).fill(point)
        self.page.get_by_label("Sorun", exact=True).select_option("Ayıplı veya güvensiz")
        self.has_no_tie()
        self.sees_what_changes()
        self.makes_it_so("Değerlendir", "Ön değerlendirme kaydedildi.")

    def investigates(self) -> None:
        self.begins_the_move("İncelemeyi başlat")
        self.page.get_by_label("Sorumlu", exact=True).select_option(str(self.person["sub"]))
        self.ends_the_move("İncelemeyi başlat", "İnceleme başladı.")

    def proposes(self, reasons: str, promise: str, due_on: str) -> None:
        """The one point upheld, with a replacement due on an ISO date."""
        self.begins_the_move("Kararı öner")
        form = self.page.locator("form.move")
        self.chooses("Tespit", "Haklı bulundu")
        form.get_by_label("Gerekçe", exact=True).fill(reasons)
        form.get_by_label("Çözüm", exact=True).select_option("Ürün değişimi")
        form.get_by_label("Ne yapacağız").fill(promise)
        form.get_by_label("Tamamlanacağı tarih").fill(due_on)
        form.get_by_label("Kök neden", exact=True).select_option("Üretim veya teslimat")
        self.says_what_else_follows()
        self.has_no_tie()
        self.ends_the_move("Kararı öner", "Karar önerildi.")

    def says_what_else_follows(self) -> None:
        """Something is to be improved, and nobody else is offered the remedy."""
        self.chooses("Başkalarının da başına gelmemesi için bir iyileştirme gerekiyor mu", "Evet")
        self.page.get_by_label("Neden gerekiyor veya gerekmiyor").fill("Kalıp aşınmış.")
        self.page.get_by_label("Düzeltici faaliyet").fill("Kalıplar her altı ayda bir ölçülecek.")
        self.chooses("Çözüm, aynı sorundan etkilenip şikâyette bulunmamış kişilere de önerilecek mi", "Hayır")

    def approves(self) -> None:
        self.begins_the_move("Onayla ve gönder")
        self.has_no_tie()
        self.page.locator("form.move").get_by_role("button", name="Onayla ve gönder").click()
        self.makes_it_so("Kararı gönder", "Karar onaylandı.")

    def finishes(self, task: str) -> None:
        """Says that a task is done."""
        tasks = self.page.locator(".tasks li")
        tasks.filter(has_text=task).get_by_role("button", name="Yapıldı").click()
        tasks.get_by_role("button", name="Kaydet").click()
        self.is_told("İş tamamlandı.")

    def verifies(self, words: str) -> None:
        self.begins_the_move("Doğrula ve kapat")
        self.page.get_by_label("Nasıl doğruladınız", exact=True).fill(words)
        self.page.locator("form.move").get_by_role("button", name="Doğrula ve kapat").click()
        self.makes_it_so("Kapat ve gönder", "Çözüm doğrulandı.")

    def signs_out(self) -> None:
        self.page.get_by_role("button", name="Çıkış").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Oturumunuzu kapattınız")
