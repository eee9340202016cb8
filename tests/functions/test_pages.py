"""The public pages: both languages, every state, and nothing that the content security policy would refuse."""

import gzip
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError

from adapters.files import CHOSEN, LARGEST, MOST
from adapters.render import LANGUAGES, PAGES, Clock, Pages, Promises, apart, fours, promises, reference, sized, words
from complaints.commands import Representative, Submission
from complaints.complaint import CloseReason, Finding, Language, LetterKind, Remedy, State
from complaints.framework import Look, reached_by
from complaints.handling import handling
from complaints.language import spelled
from complaints.packs import Limit, Unit
from infra.paths import FRONTEND
from intake.app import EXPLAINED
from intake.forms import QUESTIONS, Reach
from intake.tracked import Act
from tests.builders import rules_under

CONTACT = reached_by("0 800 000 00 00", "TR").model_copy(
    update={"hours": {"tr": "Hafta içi 09.00–18.00", "en": "Weekdays 9 am to 6 pm"}, "address": "Çınaraltı Sokak 5"}
)
HOSTILE = "\"><script>alert(1)</script>'{{ 7*7 }}"
ROUTES = {
    "/api/public/complaints/form", "/api/public/track/form", "/api/public/track/lost/form",
    "/api/public/track/renew/form",
}  # fmt: skip
UNTIL = datetime(2026, 11, 24, 7, 57, tzinfo=UTC)
STATES = [str(state) for state in State]
UNITS: tuple[Unit, ...] = get_args(Unit)


def a_limit(count: int, unit: Unit = "working_day") -> Limit:
    return Limit(count=count, unit=unit)


def promising(acknowledge: Limit, update: Limit, answer: Limit) -> Pages:
    promised = Promises(acknowledge, update, answer)
    return Pages(
        lambda: Look("Çınaraltı Ev Aletleri"),
        lambda: CONTACT,
        "https://sikayet.example",
        lambda: promised,
        "Europe/Istanbul",
    )


def margin(html: str) -> list[str]:
    """What stands in the margin of the promise lines."""
    return [
        " ".join(" ".join(Tags(one).text).split()) for one in re.findall(r'<p class="when">(.*?)</p>', html, re.DOTALL)
    ]


# Everything that a page may show beyond the usual.
EVERYTHING: dict[str, Any] = {
    "survey": True, "stage": 2, "can": ["write", "add_file", *get_args(Act)],
    "asked": {"words": "Fatura?", "by": "2026-12-01"},
    "review_until": "2026-12-02", "undo_until": "2026-12-03", "reopen_until": "2026-12-04",
    "declined": {"words": "İş ilişkisi", "route": "İnsan kaynakları"}, "with_body": "Hakem Heyeti",
    "joined": ["7K4M29XRQ3A"], "points": [], "unverified": "n…@example.com",
    "outside": [{"body": "Hakem Heyeti", "note": "Ücretsiz", "url": "https://tuketici.example", "until": "2027-01-04"},
                {"body": "Mahkeme", "note": None, "url": None, "until": None}],
    "steps": [{"step": name, "on": "2026-11-12", "status": "done"} for name in ("reviewing", "reviewed", "external")]
    + [
       {"step": name, "on": None, "status": "now"} for name in ("waiting", "reviewing", "reviewed", "external")],
}  # fmt: skip
ABOUT = handling(rules_under("TR-TUKETICI", "TR-BANKA"), date(2026, 11, 24))
RECEIPT: dict[str, Any] = {
    "reference": "7K4M29XRQ3A", "secret": "HK7RMW4TX9HE3BN6VY8D", "received_at": "2026-11-24T21:42:10Z",
    "answer_due_on": "2026-12-22", "acknowledge_due_on": "2026-11-25", "update_due_on": "2026-12-08",
    "acknowledgement_to": "a…@example.com", "late": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def pages() -> Pages:
    return promising(a_limit(1), a_limit(10), a_limit(20))


def a_point(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"number": number, "title": "Tahmini fatura", "finding": None, "reasons": None, "remedy": None,
            "no_remedy_reason": None} | changes  # fmt: skip


def a_complaint(**changes: Any) -> dict[str, Any]:
    """What the tracking page is given, as JSON."""
    entry = {
        "at": "2026-11-05T16:48:00Z",
        "letter": None,
        "stage": 1,
        "author": None,
        "words": None,
        "letter_state": None,
    }
    return {
        "reference": "3HXT84NPQ2B", "language": "tr", "state": "investigating", "whose_move": "ours",
        "received_at": "2026-10-15T18:14:00Z", "answer_due_on": "2026-11-12", "late": False, "late_because": None,
        "unverified": None, "survey": False,
        "next_news_on": "2026-11-10", "extended_on": None, "paused_on": None,
        "acknowledged_at": "2026-10-16T06:05:00Z", "owner_name": "Ada Yıldız", "disputed": False, "closed_at": None,
        "held": False, "closed_reason": None, "stage": 1, "asked": None, "review_until": None, "undo_until": None,
        "reopen_until": None, "declined": None, "with_body": None, "joined": [], "outside": [], "replaced": False,
        "steps": [
            {"step": "received", "on": "2026-10-15", "status": "done"},
            {"step": "investigating", "on": None, "status": "now"},
            {"step": "decided", "on": "2026-11-12", "status": "promised"},
            {"step": "closed", "on": None, "status": "later"},
        ],
        "points": [a_point()],
        "entries": [
            entry | {"id": "3", "from": "us", "kind": "message", "author": "Ada Yıldız", "words": "Merhaba"},
            entry | {"id": "2", "from": "you", "kind": "message", "words": "Bir fotoğraf ekledim"},
            entry | {"id": "1", "from": "us", "kind": "letter", "letter": "acknowledgement", "letter_state": "sent"},
            entry | {"id": "0", "from": "you", "kind": "complaint", "words": "Fatura yanlış"},
        ],
        "files": [{"id": "f", "name": "fatura.pdf", "size": 318_000, "locked": True, "added_at": "2026-11-05T16:49:00Z",
                   "from": "you", "state": "unscanned"}],
        "can": ["write", "add_file"],
    } | changes  # fmt: skip


def a_case(pages: Pages, language: str = "tr", note: str | None = None, **changes: Any) -> str:
    return pages.render("case", language, complaint=a_complaint(**changes), token="t0ken", until=UNTIL, note=note,
                        values={"words-message": HOSTILE}, act="message" if note == "kept" else None)  # fmt: skip


def every_page(pages: Pages) -> Iterator[tuple[str, str]]:
    """Each page in each language and each state, with a name to tell them apart."""
    wrong = [{"field": field, "code": "required"} for field in ("about", "happened_on", "told_before", "name", "")]
    yield from pages.static_pages(ABOUT).items()
    for language in LANGUAGES:
        yield f"complain {language}", pages.render("complain", language, values={"about": HOSTILE}, errors=wrong)
        yield (
            f"track {language}",
            pages.render(
                "track", language, values={"reference": HOSTILE}, errors=[{"field": "reference", "code": "no_match"}]
            ),
        )
        for note, field in (("asked", ""), (None, "email"), (None, "number")):
            errors = [{"field": field, "code": "required"}] if field else []
            yield f"lost {field} {language}", pages.render("lost", language, note=note, errors=errors)
        renewed = {"reference": RECEIPT["reference"], "secret": RECEIPT["secret"], "token": "t"}
        yield f"renewed {language}", pages.render("lost", language, **renewed)
        for reach in get_args(Reach):
            receipt = RECEIPT if reach == "mail" else RECEIPT | {"acknowledgement_to": None, "update_due_on": None}
            yield f"sent {language}", pages.render("sent", language, receipt=receipt, reach=reach, upload_token="t")
        for state in STATES:
            yield f"{state} {language}", a_case(pages, language, state=state, late=True, can=["accept", "dispute"])
            yield f"{state} {language} all", a_case(pages, language, state=state, **EVERYTHING)
            yield f"{state} {language} moved", a_case(pages, language, state=state, extended_on="2026-11-09")
            yield f"{state} {language} held", a_case(pages, language, state=state, held=True)
            yield f"{state} {language} paused", a_case(pages, language, state=state, paused_on="2026-11-09")
        for note in ("message", "nothing", "kept", *EXPLAINED, *get_args(Act)):
            yield f"{note} {language}", a_case(pages, language, note, disputed=True)
        for reason in CloseReason:
            yield f"{reason} {language}", a_case(
                pages, language, state="closed", whose_move="nobody", closed_reason=str(reason), can=["reopen"],
                closed_at="2026-12-15T10:00:00Z",
            )  # fmt: skip


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the text that people read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def leaves(words: Any, path: str = "") -> dict[str, str]:
    """Every text of a words file by its path; a list counts as one path for each of its texts."""
    if isinstance(words, str):
        return {path: words}
    pairs = words.items() if isinstance(words, dict) else enumerate(words)
    return {key: text for name, inner in pairs for key, text in leaves(inner, f"{path}/{name}").items()}


def words_of(language: str) -> dict[str, str]:
    return leaves(tomllib.loads((PAGES / "words" / f"{language}.toml").read_text("utf-8")))


def test_what_a_firm_of_one_person_says_instead_takes_the_place_of_other_words() -> None:
    known = words_of("tr")
    instead = {key.removeprefix("/alone") for key in known if key.startswith("/alone/")}
    assert instead and instead <= known.keys()


SOMEBODY_ELSE = {
    "tr": "görev almamış|[Bb]aşka bir(i|inin) yeniden|dışındaki kişiler|bu kişiye inceletmeyiz",
    "en": "took no part|somebody else|other than those|handled by that person",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_firm_is_one_person_no_page_speaks_of_another(language: str) -> None:
    found = {alone: str(words(language, alone=alone)) for alone in (True, False)}
    assert len(re.findall(SOMEBODY_ELSE[language], found[False])) >= 9
    assert not re.search(SOMEBODY_ELSE[language], found[True])


def test_every_finding_remedy_state_and_reason_has_words(pages: Pages) -> None:
    for language in LANGUAGES:
        known = words_of(language)
        assert {f"/finding/{name}" for name in Finding} <= known.keys()
        assert {f"/case/heading/{name}" for name in State} <= known.keys()
        assert {f"/case/closed/{name}" for name in CloseReason} <= known.keys()
        assert {f"/letter/{name}" for name in get_args(LetterKind)} <= known.keys()
        assert {f"/units/{name}/{number}" for name in UNITS for number in (0, 1)} <= known.keys()
    for kind in Remedy:
        remedy = {"kind": str(kind), "words": None, "amount": None, "currency": None, "due_on": None}
        point = a_point(finding="upheld", reasons="Haklısınız", remedy=remedy)
        assert "Haklısınız" in a_case(pages, state="decided", points=[point])


def test_who_helps_stands_at_the_foot_of_every_page(pages: Pages) -> None:
    for name, html in every_page(pages):
        foot = html[html.index("<footer>") :]
        hours = "Weekdays 9 am to 6 pm" if '<html lang="en"' in html else "Hafta içi 09.00–18.00"
        for said in ('href="tel:08000000000"', hours, "Çınaraltı Sokak 5"):
            assert said in foot, name


def test_what_people_wrote_says_its_language_where_the_page_has_another(pages: Pages) -> None:
    """Each page says its own, and the way to another language says that one."""
    point = a_point(finding="upheld", reasons="REASONS", no_remedy_reason=None)
    for language, other in (("tr", "en"), ("en", "tr")):
        for theirs in (language, other):
            late = {"late": True, "late_because": {"words": "BECAUSE", "on": "2026-11-09"}}
            complaint = a_complaint(state="decided", points=[point], language=theirs, **late)
            html = pages.render("case", language, complaint=complaint, token="t0ken", until=UNTIL)
            assert f'<html lang="{language}"' in html and f'lang="{other}" hreflang="{other}"' in html
            written = re.findall(r"<(?:h3|div)([^>]*)>(?:Tahmini fatura|REASONS|BECAUSE|Merhaba|Fatura yanlış)<", html)
            assert len(written) == 5
            assert {f' lang="{theirs}"' in attributes for attributes in written} == {theirs != language}


def test_every_title_is_its_own_from_the_page_to_the_organisation(pages: Pages) -> None:
    found: dict[str, str] = {}
    for path, html in pages.static_pages(ABOUT).items():
        title = re.findall(r"<title>(.*)</title>", html)
        assert len(title) == 1 and title[0].endswith(" – Çınaraltı Ev Aletleri"), path
        assert found.setdefault(title[0], path) == path
    assert len(found) >= 16


def test_a_browser_may_fill_in_who_complains_and_nobody_else(pages: Pages) -> None:
    form = pages.render("complain", "tr")
    filled = {
        "name": "name",
        "email": "email",
        "phone": "tel",
        "address": "street-address",
        "organisation": "organization",
    }
    fields = {
        given["name"]: given for tag, given in Tags(form).tags if tag in {"input", "textarea"} and "name" in given
    }
    assert {name: fields[name].get("autocomplete") for name in filled} == filled
    assert {fields[f"their_{name}"].get("autocomplete") for name in ("name", "email", "phone")} == {"off"}


def test_the_present_step_is_marked_and_no_other(pages: Pages) -> None:
    html = a_case(pages)
    marked = re.findall(r'<li class="(\w+)" aria-current="step">', html)
    assert marked == ["now"]
    assert len(re.findall(r'<li class="(?:done|now|promised|later)"', html)) >= 4


def test_no_page_weighs_more_than_it_may(pages: Pages) -> None:
    """As it travels, with gzip."""
    weights = {name: len(gzip.compress(html.encode(), 9)) for name, html in every_page(pages)}
    assert {name: weight for name, weight in weights.items() if weight > 15_000} == {}


def test_nothing_inline_and_nothing_from_elsewhere(pages: Pages) -> None:
    for name, html in every_page(pages):
        tags = Tags(html).tags
        assert not [tag for tag, _ in tags if tag in {"style", "iframe", "object", "base", "audio", "video"}], name
        assert not [found for tag, found in tags if tag == "meta" and "http-equiv" in found], name  # nothing refreshes
        scripts = [found.get("src") or "" for tag, found in tags if tag == "script"]
        assert all(source.startswith("/assets/") for source in scripts), name
        for tag, found in tags:
            assert "style" not in found, name
            assert not [attribute for attribute in found if attribute.startswith("on")], name
            for attribute in ("src", "action", "href"):
                address = found.get(attribute) or ""
                own = address.startswith(("/", "#", "tel:")) and not address.startswith("//")
                own |= found.get("rel") == "noreferrer"  # an outside body
                assert not address or own or tag == "link", (name, address)


def test_forms_post_to_the_routes_of_intake(pages: Pages) -> None:
    forms = [found for _, html in every_page(pages) for tag, found in Tags(html).tags if tag == "form"]
    assert {found["action"] for found in forms} == ROUTES
    assert {found["method"] for found in forms} == {"post"}


def test_the_form_asks_every_question_of_a_submission(pages: Pages) -> None:
    asked = {found["name"] for _, found in Tags(pages.render("complain", "tr")).tags if "name" in found}
    in_other_words = {"happened_on", "anonymous", "representative"}
    assert set(Submission.model_fields) - in_other_words <= asked
    assert set(Representative.model_fields) <= asked
    assert {"idempotency_key", "happened_day", "happened_month", "happened_year", "who"} <= asked
    assert set(QUESTIONS) - {"happened_on"} <= asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_where_a_matter_belongs_that_a_court_has_and_what_we_do_all_the_same(
    pages: Pages, language: str
) -> None:
    """Beside the answer that reveals it, by style alone."""
    shown = pages.render("complain", language)
    revealed = shown[shown.index('name="elsewhere" type="radio" value="yes" class="reveals"') :]
    beside = revealed[: revealed.index('name="elsewhere" type="radio" value="no"')]
    for name in ("elsewhere_belongs", "elsewhere_more"):
        assert f"<p>{words_of(language)[f'/complain/before/{name}']}</p>" in beside


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_where_a_dispute_about_work_belongs_whatever_is_answered(pages: Pages, language: str) -> None:
    """Below the question about other bodies, and not folded into one of its answers."""
    shown = pages.render("complain", language)
    below = shown[shown.index('name="elsewhere" type="radio" value="no"') : shown.index('id="wish"')]
    assert f'<p class="quiet">{words_of(language)["/complain/before/employment"]}</p>' in below


def test_what_may_be_left_out_says_so_in_words(pages: Pages) -> None:
    """The others are needed: always, or where another answer makes them so; of the ways to reach somebody, one is."""
    needed = {
        "about",
        "what_happened",
        "safety_risk",
        "told_before",
        "elsewhere",
        "who",
        "their_name",
        "name",
        "contact",
    }
    one_of = {"email", "phone", "their_email", "their_phone", "address", "currency"}
    for language in LANGUAGES:
        html = pages.render("complain", language)
        says = words_of(language)["/optional"]
        marked = set()
        for part in re.split(r'(?=data-field=")', html)[1:]:
            name = part.split('"')[1]
            label = re.search(r"<(label|legend)\b.*?</\1>", part)
            assert label, name
            marked |= {name} if says in label[0] else set()
        assert marked == set(QUESTIONS) - needed - one_of
        assert "*" not in Tags(html).text


def test_a_step_asks_one_thing_and_no_two_have_the_same_heading(pages: Pages) -> None:
    for language in LANGUAGES:
        steps = re.split(r'(?=<section class="step)', pages.render("complain", language))[1:]
        headings = [re.findall(r"<h2>(.*?)</h2>", step)[0] for step in steps]
        assert len(set(headings)) == len(headings) == 7
        asked = [set(re.findall(r'data-field="(\w+)"', step)) for step in steps]
        assert asked[0] == {"about", "category", "order_number"}
        assert {"told_before", "elsewhere"} <= asked[2]
        assert asked[-1] == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_says_what_counts_how_long_it_takes_and_which_other_ways_there_are(
    pages: Pages, language: str
) -> None:
    known, page = words_of(language), " ".join("".join(Tags(pages.render("start", language)).text).split())
    once = ("free", "takes", "counts_what", "other_letter", "other_person", "other_anonymous", "other_support", "data")
    ready = [key.removeprefix("/start/") for key in known if key.startswith("/start/ready_list/")]
    assert len(ready) == 4
    for name in (*once, *ready):
        assert known[f"/start/{name}"] in page, name
    assert known["/start/other_phone"].format(phone="0 800 000 00 00") in page
    assert page.index(known["/start/danger"]) < page.index(known["/start/when"])


def test_danger_and_an_earlier_complaint_stand_before_the_first_question(pages: Pages) -> None:
    for language in LANGUAGES:
        for page in ("start", "complain"):
            main = pages.render(page, language).split('<main id="main"')[1].split("data-field=")[0]
            assert 'href="tel:112"' in main, page
            assert f'href="{words_of(language)["/paths/track"]}"' in main, page


def test_how_many_files_and_how_large_is_said_and_asked_in_the_figures_of_the_server(pages: Pages) -> None:
    for language in LANGUAGES:
        page = pages.render("sent", language, receipt=RECEIPT, reach="mail", upload_token="t0ken")
        assert f'data-most="{MOST}" data-bytes="{LARGEST}"' in page
        hint = words_of(language)["/files/hint"].format(most=MOST, size=LARGEST // 1_000_000)
        assert page.count(hint) == 1
        assert f'accept="{CHOSEN}"' in page


def test_a_telephone_offers_its_camera_and_its_pictures(pages: Pages) -> None:
    """It does where kinds of pictures are asked for and nothing asks for the camera alone."""
    slot = {"url": "https://files.example", "fields": {}}
    html = pages.render("sent", "tr", receipt=RECEIPT, reach="mail", upload_token="t0ken", slot=slot)
    pickers = [given for _, given in Tags(html).tags if given.get("type") == "file"]
    assert {given["id"] for given in pickers} == {"files", "one-file"}
    for picker in pickers:
        assert {"image/jpeg", "image/heic", ".jpg", ".heic"} <= set((picker["accept"] or "").split(","))
        assert "capture" not in picker
        assert "multiple" in picker or picker["id"] == "one-file"  # without a script one goes at a time


def test_the_form_ticks_nothing_beforehand(pages: Pages) -> None:
    for language in LANGUAGES:
        tags = Tags(pages.render("complain", language)).tags
        assert not [found for _, found in tags if "checked" in found or found.get("selected") == ""]


def test_links_labels_and_descriptions_lead_somewhere(pages: Pages) -> None:
    for name, html in every_page(pages):
        tags = Tags(html).tags
        ids = [found["id"] for _, found in tags if "id" in found]
        assert len(ids) == len(set(ids)), name
        for _, found in tags:
            address = found.get("href") or ""
            targets = [address[1:]] if address.startswith("#") else []
            targets += [found["for"] or ""] if "for" in found else []
            targets += (found.get("aria-describedby") or "").split()
            assert set(targets) <= set(ids), (name, targets)


def test_site_links_lead_to_pages_that_exist(pages: Pages) -> None:
    known = {"/" + path.removesuffix("index.html") for path in pages.static_pages(ABOUT)}
    known |= {"/" + text for language in LANGUAGES for key, text in words_of(language).items() if "/files/" in key}
    for name, html in every_page(pages):
        for tag, found in Tags(html).tags:
            address = found.get("href") or ""
            if tag == "a" and address.startswith("/"):
                assert address in known, (name, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_stays_text(pages: Pages, language: str) -> None:
    typed = dict.fromkeys(("about", "what_happened", "wish", "name", "order_number", "happened_day"), HOSTILE)
    entries = [{"id": "1", "at": "2026-11-05T16:48:00Z", "from": "you", "kind": "message", "words": HOSTILE,
                "letter": None, "stage": None, "author": None, "letter_state": None}]  # fmt: skip
    file = {"id": "f", "name": HOSTILE, "size": 1, "added_at": "2026-11-05T16:49:00Z", "from": "you", "locked": False}
    files = [{**file, "state": state} for state in ("unscanned", "refused")]
    points = [a_point(title=HOSTILE, finding="not_upheld", reasons=HOSTILE, no_remedy_reason=HOSTILE)]
    shown = [
        pages.render("complain", language, values=typed, errors=[{"field": HOSTILE, "code": HOSTILE}]),
        a_case(pages, language, state="decided", entries=entries, files=files, points=points, owner_name=HOSTILE),
    ]
    for html in shown:
        assert "<script>" not in html
        assert "alert(1)" in html
        assert "49" not in Tags(html).text


def test_errors_stand_first_and_in_the_title(pages: Pages) -> None:
    html = pages.render(
        "complain", "tr", values={"what_happened": "Bozuk."}, errors=[{"field": "what_happened", "code": "too_short"}]
    )
    assert "<title>Hata: " in html
    assert html.index('id="summary"') < html.index("<h1")
    assert '<a href="#what_happened">Ne olduğunu en az 10 karakterle anlatın</a>' in html
    assert 'id="happened" data-current' in html
    assert "Bozuk.</textarea>" in html


@pytest.mark.parametrize("act", ["message", "dispute", "ask_review", "withdraw", "reopen", "contest"])
def test_an_error_on_the_tracking_page_stands_at_its_own_form(pages: Pages, act: str) -> None:
    html = pages.render(
        "case", "en", complaint=a_complaint(state="decided", can=["write", *get_args(Act)], review_until="2026-12-02"),
        token="t0ken", until=UNTIL, act=act,
        errors=[{"field": "words", "code": "too_long"}], values={f"words-{act}": "far too much", "id": "0b1c"},
    )  # fmt: skip
    form = next(form for form in html.split("<div data-act>")[1:] if f'name="act" value="{act}"' in form)
    assert "far too much</textarea>" in form
    assert 'id="words"' in form
    assert html.count("far too much") == 1


def test_a_late_answer_is_owned_up_to(pages: Pages) -> None:
    late, on_time = (a_case(pages, "en", late=late) for late in (True, False))
    assert "We are late, and we are sorry." in late
    assert "<s>12 November 2026</s>" in late
    assert "sorry" not in on_time


def test_a_late_page_says_what_comes_next(pages: Pages) -> None:
    late = a_case(pages, "tr", late=True, next_news_on="2026-12-01")
    assert "Size en geç <strong>1 Aralık 2026 Salı</strong> günü yeniden haber vereceğiz." in late
    assert "Haber vereceğimiz tarih" in late
    assert margin(late)[2:4] == ["Gecikti 12 Kas 2026", "1 Ara 2026 gününe kadar"]
    assert "yeniden haber" not in a_case(pages, "tr", late=True, next_news_on=None)


def test_the_next_news_stand_on_the_line_in_their_order(pages: Pages) -> None:
    before, after, none = (a_case(pages, "en", next_news_on=on) for on in ("2026-11-10", "2026-11-24", None))
    assert margin(before)[2:4] == ["By 10 Nov 2026", "By 12 Nov 2026"]
    assert margin(after)[2:4] == ["By 12 Nov 2026", "By 24 Nov 2026"]
    assert margin(none)[2:4] == ["By 12 Nov 2026", "After that"]


def test_a_new_date_says_which_letter_told_it(pages: Pages) -> None:
    moved = a_case(pages, "tr", extended_on="2026-11-09").replace("\u00a0", " ")
    assert "yeni tarih; ek süreyi 9 Kas 2026 günü bildirdik" in moved
    assert "yeni tarih" not in a_case(pages, "tr")


def test_a_letter_shows_what_staff_wrote_in_it(pages: Pages) -> None:
    entry = {"id": "000004-progress", "at": "2026-11-20T07:12:00Z", "from": "us", "kind": "letter", "stage": 1,
             "letter": "progress", "letter_state": "sent", "author": None, "words": "Parça geldi."}  # fmt: skip
    html = a_case(pages, "tr", entries=[entry])
    assert "Bizden: durum bilgilendirmesi" in html
    assert '<div class="letter" dir="auto">Parça geldi.</div>' in html


def test_accepting_and_disputing_are_offered_only_when_they_are_possible(pages: Pages) -> None:
    both = a_case(pages, "en", state="decided", can=["accept", "dispute"])
    neither = a_case(pages, "en", state="investigating", can=["write"])
    assert both.count('<summary class="button">') == 2
    assert 'value="accept"' not in neither
    assert 'value="dispute"' not in neither


def test_a_missing_name_is_an_error_and_not_an_empty_page(pages: Pages) -> None:
    with pytest.raises(UndefinedError):
        pages.render("sent", "tr", receipt={}, reach="mail", upload_token="t0ken")


def test_the_promises_shown_are_the_ones_given() -> None:
    pages = promising(a_limit(48, "hour"), a_limit(1, "week"), a_limit(14, "calendar_day"))
    assert margin(pages.render("start", "en"))[1:4] == ["Within 48 hours", "Every week", "Within 14 days"]
    assert margin(pages.render("start", "tr"))[1:4] == ["48 saat içinde", "Her hafta", "14 gün içinde"]


@pytest.mark.parametrize(
    ("unit", "turkish", "one", "several"),
    [
        ("hour", "saat", "hour", "hours"),
        ("working_hour", "çalışma saati", "working hour", "working hours"),
        ("working_day", "iş günü", "working day", "working days"),
        (
            "working_day_with_saturday",
            "iş günü (cumartesi dahil)",
            "working day (Saturdays too)",
            "working days (Saturdays too)",
        ),
        ("calendar_day", "gün", "day", "days"),
        ("week", "hafta", "week", "weeks"),
        ("month", "ay", "month", "months"),
        ("year", "yıl", "year", "years"),
    ],
)
def test_each_unit_has_its_words(unit: Unit, turkish: str, one: str, several: str) -> None:
    single, many = (promising(*[a_limit(count, unit)] * 3) for count in (1, 8))
    assert margin(single.render("start", "en"))[1:4] == [f"Within 1 {one}", f"Every {one}", f"Within 1 {one}"]
    assert margin(many.render("start", "en"))[1:3] == [f"Within 8 {several}", f"At least every 8 {several}"]
    assert margin(single.render("start", "tr"))[1:3] == [f"1 {turkish} içinde", f"Her {turkish}"]
    assert margin(many.render("start", "tr"))[1:3] == [f"8 {turkish} içinde", f"En geç 8 {turkish} arayla"]
    for language, length in (("tr", f"8 {turkish}"), ("en", f"8 {several}")):
        sent = many.render("sent", language, receipt=RECEIPT, reach="mail", upload_token="t0ken")
        assert f"<small>{length}</small>" in sent
        assert sent.count(f"<span>{length}</span>") == 3


def test_an_answer_that_counts_from_the_acknowledgement_says_so() -> None:
    pages = promising(a_limit(5), a_limit(10), Limit.model_validate({"count": 10, "unit": "working_day",
                                                                     "from": "acknowledged"}))  # fmt: skip
    assert "after our acknowledgement" in margin(pages.render("start", "en"))[3]
    sent = pages.render("sent", "tr", receipt=RECEIPT, reach="mail", upload_token="t0ken")
    assert "<small>alındı bildirimimizden sonra 10 iş günü</small>" in sent


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_confirmation_another_complaint_can_be_begun(pages: Pages, language: str) -> None:
    sent = pages.render("sent", language, receipt=RECEIPT, reach="mail", upload_token="t0ken")  # type: ignore[arg-type]
    said = words_of(language)
    link = f'<a class="button" href="{said["/paths/complain"]}" data-another>{said["/sent/another"]}</a>'
    assert link in sent


def test_the_confirmation_keeps_the_order_of_its_dates(pages: Pages) -> None:
    def lines(**changes: Any) -> list[str]:
        return margin(pages.render("sent", "en", receipt=RECEIPT | changes, reach="mail", upload_token="t0ken"))[1:]

    usual = ["By 25 Nov 2026 1 working day", "By 8 Dec 2026 10 working days", "By 22 Dec 2026 20 working days"]
    assert lines() == usual
    assert lines(update_due_on=None) == [usual[0], usual[2]]
    assert lines(acknowledge_due_on="2026-12-10")[0] == usual[1]


def test_reference_and_code_are_heard_sign_by_sign(pages: Pages) -> None:
    for language in LANGUAGES:
        sent = pages.render("sent", language, receipt=RECEIPT, reach="mail", upload_token="t0ken")
        for shown, heard in (
            ("7K4M-29X-RQ3A", "7 K 4 M, 2 9 X, R Q 3 A"),
            ("HK7R MW4T X9HE 3BN6 VY8D", "H K 7 R, M W 4 T, X 9 H E, 3 B N 6, V Y 8 D"),
        ):
            assert re.search(
                rf'<bdi class="code"[^>]* aria-hidden="true">{shown}</bdi><span class="unseen">{heard}<', sent
            )


def test_no_placeholder_is_left_in_the_text(pages: Pages) -> None:
    for name, html in every_page(pages):
        text = " ".join(Tags(html).text).replace(HOSTILE, "")
        assert not re.search(r"[{}]|\bNone\b", text), name


def test_the_first_pack_promises_and_the_base_fills_its_gaps() -> None:
    def told(*packs: str) -> list[tuple[int, Unit]]:
        found = promises(rules_under(*packs), date(2026, 11, 24))
        return [(one.count, one.unit) for one in (found.acknowledge, found.update, found.answer)]

    assert told() == [(1, "working_day"), (10, "working_day"), (20, "working_day")]
    assert told("TR-TUKETICI", "UK-FCA-DISP") == [(1, "working_day"), (10, "working_day"), (14, "calendar_day")]
    assert told("UK-FCA-DISP") == [(1, "working_day"), (10, "working_day"), (8, "week")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_we_handle_complaints_is_said_in_short_sentences(language: str) -> None:
    said = [text for key, text in words_of(language).items() if "/handling/" in key and "/paths/" not in key]
    sentences = [one for text in said for one in re.split(r"(?<=[.?!;:])\s+", text)]
    assert len(sentences) > 60
    assert [one for one in sentences if len(one.split()) > 25] == []


def the_page(language: str, *packs: str, version: int = 7, **settled: Any) -> str:
    """How we handle complaints, under these packs, settled on Mon 23 Nov 2026."""
    pages = promising(a_limit(1), a_limit(10), a_limit(20))
    about = handling(rules_under(*packs, **settled), date(2026, 11, 24), version, datetime(2026, 11, 23, 9, tzinfo=UTC))
    return pages.render("handling", language, about=about, commitment=None, policy=None)


def told(html: str) -> str:
    """What people read on a page, with single spaces."""
    return " ".join(" ".join(Tags(html).text).split())


def test_how_we_handle_complaints_says_whose_it_is_which_version_and_since_when() -> None:
    turkish, english = told(the_page("tr")), told(the_page("en"))
    assert "Yayımlayan Çınaraltı Ev Aletleri Kuralların sürümü 7 23 Kasım 2026" in turkish
    assert "Published by Çınaraltı Ev Aletleri Version of the rules 7 23 November 2026" in english


def test_the_page_names_the_times_of_the_packs_in_use_and_who_decides_after_us() -> None:
    before, after = told(the_page("en")), told(the_page("en", "TR-TUKETICI"))
    assert "Answer 20 working days" in before and "Tüketici Hakem Heyeti" not in before
    assert "Answer 14 calendar days" in after and "Limit for 2026: TRY 186,000.00" in after
    assert "2026 yılının parasal sınırı: 186.000,00 TL" in told(the_page("tr", "TR-TUKETICI"))
    assert "you ask within 8 weeks of our answer" in told(
        the_page("en", review_within={"count": 8, "unit": "week", "from": "answered"})
    )


def test_where_packs_differ_what_they_share_stands_once() -> None:
    page = told(the_page("en", "TR-TUKETICI", "TR-BANKA"))
    assert page.count("Acknowledgement 1 working day") == 1
    assert "Bank customers (Türkiye) Answer 30 calendar days" in page
    assert "Bank customers (Türkiye): credit and bank cards Answer 20 calendar days" in page
    assert page.count("Individual Customer Arbitration Panel of the Banks Association") == 1


def test_the_contents_lead_to_every_heading() -> None:
    tags = Tags(the_page("tr", "TR-BANKA")).tags
    headings = {found["id"] for tag, found in tags if tag == "h2" and "id" in found} - {"contents"}
    links = {(found.get("href") or "")[1:] for tag, found in tags if tag == "a" if (found.get("href") or "")[:1] == "#"}
    assert headings == links - {"main"} and len(headings) == 13


def test_the_cookies_page_lists_what_the_pages_keep_in_the_browser_and_nothing_else(pages: Pages) -> None:
    sources = [file.read_text("utf-8") for file in (FRONTEND / "public").glob("*.ts")]
    stored = {name for source in sources for name in re.findall(r"[\"'`](redress[\w.-]*)", source)}
    assert stored, "the form keeps a draft"
    for language in LANGUAGES:
        tags = re.findall(r"<code>(.*?)</code>", pages.render("cookies", language))
        assert set(tags) == stored and len(tags) == len(stored)


def test_the_pages_set_no_cookie_and_only_a_draft_outlives_the_tab_where_somebody_chose_so() -> None:
    sources = {file.name: file.read_text("utf-8") for file in (FRONTEND / "public").glob("*.ts")}
    for name, source in sources.items():
        assert not re.search(r"document\.cookie|cookieStore|indexedDB|caches\.", source), name
    assert {name for name, source in sources.items() if "localStorage" in source} == {"store.ts"}
    assert {name for name, source in sources.items() if re.search(r"PLACE\b[^)]*, true\)", source)} == {"draft.ts"}


@pytest.mark.parametrize("page", ["privacy", "cookies", "accessibility"])
def test_a_notice_says_its_version_and_day_the_same_in_both_languages(pages: Pages, page: str) -> None:
    turkish, english = words_of("tr"), words_of("en")
    version, since = (turkish[f"/{page}/{name}"] for name in ("version", "since"))
    assert (english[f"/{page}/version"], english[f"/{page}/since"]) == (version, since)
    assert f"Sürüm {version}, {spelled(date.fromisoformat(since), 'tr')}" in told(pages.render(page, "tr"))
    assert f"Version {version}, {spelled(date.fromisoformat(since), 'en')}" in told(pages.render(page, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_long_the_form_takes_is_the_same_wherever_it_is_said(language: Language) -> None:
    said = words_of(language)
    takes = [said["/start/takes"], said["/handling/how/text/0"]]
    assert {tuple(re.findall(r"\d+", text)) for text in takes} == {("5",)}


def test_the_accessibility_statement_owns_up_to_what_was_not_tried_and_says_whom_to_tell(pages: Pages) -> None:
    for language, tools, browsers in (("tr", "ekran okuyucularla", "Safari"), ("en", "screen readers", "Safari")):
        page = told(pages.render("accessibility", language))
        assert tools in page and browsers in page and "WCAG 2.2" in page
        assert '<a href="tel:' in pages.render("accessibility", language)


def test_the_desk_and_the_page_lead_to_leaflet_and_poster() -> None:
    desk = (FRONTEND / "desk/settings/page.tsx").read_text("utf-8")
    for language in LANGUAGES:
        for name in ("leaflet", "poster"):
            address = "/" + words_of(language)[f"/leaflet/files/{name}"]
            assert f"'{address}'" in desk and f'href="{address}"' in the_page(language)


def test_moments_fall_on_the_day_of_the_organisation() -> None:
    words = {"zone": {"Europe/Istanbul": "Türkiye saati"}, "dates": {"clock": "{time}, {zone}"}}
    turkish = Clock("tr", ZoneInfo("Europe/Istanbul"), words)
    english = Clock("en", ZoneInfo("Pacific/Auckland"), words)
    assert turkish.day("2026-11-24T21:42:10Z") == "25 Kasım 2026"
    assert turkish.clock("2026-11-24T21:42:10Z") == "00.42, Türkiye saati"
    assert turkish.long_day(date(2026, 12, 18)) == "18 Aralık 2026 Cuma"
    assert english.long_day("2026-12-18") == "Friday 18 December 2026"
    assert english.clock(datetime(2026, 12, 18, 21, tzinfo=UTC)) == "10:00, Pacific/Auckland"
    assert turkish.short_day("2026-08-01") == "1 Ağu 2026"
    with pytest.raises(ValueError, match="time zone"):
        turkish.day(datetime(2026, 12, 18))  # noqa: DTZ001


def test_codes_and_sizes_as_people_read_them() -> None:
    assert fours("HK7RMW4TX9HE3BN6VY8D") == "HK7R MW4T X9HE 3BN6 VY8D"
    assert reference("7K4M29XRQ3A") == "7K4M-29X-RQ3A"
    assert apart("7K4M-29X-RQ3A") == "7 K 4 M, 2 9 X, R Q 3 A"
    assert [sized(count, "tr") for count in (1, 213_900, 3_800_000)] == ["1 kB", "214 kB", "3,8 MB"]
    assert sized(3_800_000, "en") == "3.8 MB"


def test_money_is_written_as_its_language_does(pages: Pages) -> None:
    remedy = {"kind": "refund", "words": None, "amount": "1250.5", "currency": "TRY", "due_on": "2026-12-11"}
    point = a_point(finding="upheld", reasons="Haklısınız", remedy=remedy)
    assert "1.250,50 TL" in a_case(pages, "tr", state="decided", points=[point])
    assert "TRY 1,250.50" in a_case(pages, "en", state="decided", points=[point])


def test_no_script_needs_what_a_browser_of_a_few_years_ago_lacks() -> None:
    """There the form could not be sent, and no file be added."""
    for file in (FRONTEND / "public").glob("*.ts"):
        assert not re.search(r":has\(|AbortSignal\.timeout\(", file.read_text("utf-8")), file.name
