"""The public pages: both languages, every state, and nothing that the content security policy would refuse."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jinja2 import UndefinedError

from adapters.render import LANGUAGES, PAGES, Clock, Pages, Promises, fours, reference, sized
from complaints.commands import Submission
from complaints.complaint import CloseReason, Finding, Remedy, State

HOSTILE = "\"><script>alert(1)</script>'{{ 7*7 }}"
ROUTES = {"/api/public/complaints/form", "/api/public/track/form"}
STATES = [str(state) for state in State]

RECEIPT: dict[str, Any] = {
    "reference": "7K4M29XRQ3A", "secret": "HK7RMW4TX9HE3BN6VY8D", "received_at": "2026-11-24T21:42:10Z",
    "answer_due_on": "2026-12-22", "acknowledge_due_on": "2026-11-25", "update_due_on": None,
    "acknowledgement_to": "a…@example.com", "late": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages("Çınaraltı Ev Aletleri", "0 800 000 00 00", "https://sikayet.example", Promises(1, None, 20),
                 "Europe/Istanbul")  # fmt: skip


def a_point(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"number": number, "title": "Tahmini fatura", "finding": None, "reasons": None, "remedy": None,
            "no_remedy_reason": None} | changes  # fmt: skip


def a_complaint(**changes: Any) -> dict[str, Any]:
    """What the tracking page is given, as JSON."""
    entry = {"at": "2026-11-05T16:48:00Z", "letter": None, "author": None, "words": None, "letter_state": None}
    return {
        "reference": "3HXT84NPQ2B", "language": "tr", "state": "investigating", "whose_move": "ours",
        "received_at": "2026-10-15T18:14:00Z", "answer_due_on": "2026-11-12", "late": False,
        "acknowledged_at": "2026-10-16T06:05:00Z", "owner_name": "Ada Yıldız", "disputed": False, "closed_at": None,
        "closed_reason": None,
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
        "files": [{"id": "f", "name": "fatura.pdf", "size": 318_000, "added_at": "2026-11-05T16:49:00Z",
                   "state": "unscanned"}],
        "can": ["write", "add_file"],
    } | changes  # fmt: skip


def a_case(pages: Pages, language: str = "tr", note: str | None = None, **changes: Any) -> str:
    return pages.render("case", language, complaint=a_complaint(**changes), token="t0ken", note=note)


def every_page(pages: Pages) -> Iterator[tuple[str, str]]:
    """Each page in each language and each state, with a name to tell them apart."""
    wrong = [{"field": field, "code": "required"} for field in ("about", "happened_on", "told_before", "name", "")]
    yield from pages.static_pages().items()
    for language in LANGUAGES:
        yield f"complain {language}", pages.render("complain", language, values={"about": HOSTILE}, errors=wrong)
        yield (
            f"track {language}",
            pages.render(
                "track", language, values={"reference": HOSTILE}, errors=[{"field": "reference", "code": "no_match"}]
            ),
        )
        for receipt in (RECEIPT, RECEIPT | {"acknowledgement_to": None, "update_due_on": None}):
            yield f"sent {language}", pages.render("sent", language, receipt=receipt, upload_token="t0ken")
        for state in STATES:
            yield f"{state} {language}", a_case(pages, language, state=state, late=True, can=["accept", "dispute"])
        for note in ("message", "accept", "dispute", "reopen"):
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


def test_both_languages_have_the_same_keys_and_the_same_placeholders() -> None:
    turkish, english = words_of("tr"), words_of("en")
    assert turkish.keys() == english.keys()
    placeholders = re.compile(r"\{\w+\}")
    for key in turkish:
        assert sorted(placeholders.findall(turkish[key])) == sorted(placeholders.findall(english[key])), key


def test_no_suffix_is_glued_to_a_placeholder() -> None:
    for language in LANGUAGES:
        for key, text in words_of(language).items():
            assert not re.search(r"\}[’'\w]", text), key


def test_words_that_are_never_used() -> None:
    forbidden = re.compile(r"unfortunately|invalid|failed|maalesef|geçersiz|başarısız|sikayet|şikayet", re.IGNORECASE)
    for language in LANGUAGES:
        for key, text in words_of(language).items():
            assert not forbidden.search(text.removeprefix("/tr/sikayet/")), key


def test_every_finding_remedy_state_and_reason_has_words(pages: Pages) -> None:
    for language in LANGUAGES:
        known = words_of(language)
        assert {f"/finding/{name}" for name in Finding} <= known.keys()
        assert {f"/case/heading/{name}" for name in State} <= known.keys()
        assert {f"/case/closed/{name}" for name in CloseReason} <= known.keys()
    for kind in Remedy:
        remedy = {"kind": str(kind), "words": None, "amount": None, "currency": None, "due_on": None}
        point = a_point(finding="upheld", reasons="Haklısınız", remedy=remedy)
        assert "Haklısınız" in a_case(pages, state="decided", points=[point])


def test_nothing_inline_and_nothing_from_elsewhere(pages: Pages) -> None:
    for name, html in every_page(pages):
        tags = Tags(html).tags
        assert not [tag for tag, _ in tags if tag in {"style", "iframe", "object", "base"}], name
        scripts = [found.get("src") or "" for tag, found in tags if tag == "script"]
        assert all(source.startswith("/assets/") for source in scripts), name
        for tag, found in tags:
            assert "style" not in found, name
            assert not [attribute for attribute in found if attribute.startswith("on")], name
            for attribute in ("src", "action", "href"):
                address = found.get(attribute) or ""
                own = address.startswith(("/", "#", "tel:")) and not address.startswith("//")
                assert not address or own or tag == "link", (name, address)


def test_forms_post_to_the_routes_of_intake(pages: Pages) -> None:
    forms = [found for _, html in every_page(pages) for tag, found in Tags(html).tags if tag == "form"]
    assert {found["action"] for found in forms} == ROUTES
    assert {found["method"] for found in forms} == {"post"}


def test_the_form_asks_every_question_of_a_submission(pages: Pages) -> None:
    asked = {found["name"] for _, found in Tags(pages.render("complain", "tr")).tags if "name" in found}
    assert set(Submission.model_fields) - {"happened_on"} <= asked
    assert {"idempotency_key", "happened_day", "happened_month", "happened_year"} <= asked


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
    known = {"/" + path.removesuffix("index.html") for path in pages.static_pages()}
    for name, html in every_page(pages):
        for tag, found in Tags(html).tags:
            address = found.get("href") or ""
            if tag == "a" and address.startswith("/"):
                assert address in known, (name, address)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_stays_text(pages: Pages, language: str) -> None:
    typed = dict.fromkeys(("about", "what_happened", "wish", "name", "order_number", "happened_day"), HOSTILE)
    entries = [{"id": "1", "at": "2026-11-05T16:48:00Z", "from": "you", "kind": "message", "words": HOSTILE,
                "letter": None, "author": None, "letter_state": None}]  # fmt: skip
    files = [{"id": "f", "name": HOSTILE, "size": 1, "added_at": "2026-11-05T16:49:00Z", "state": "unscanned"}]
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


@pytest.mark.parametrize("act", ["message", "dispute", "reopen"])
def test_an_error_on_the_tracking_page_stands_at_its_own_form(pages: Pages, act: str) -> None:
    html = pages.render(
        "case", "en", complaint=a_complaint(can=["write", "dispute", "reopen"]), token="t0ken", act=act,
        errors=[{"field": "words", "code": "too_long"}], values={"words": "far too much", "id": "0b1c"},
    )  # fmt: skip
    form = next(form for form in html.split("<form")[1:] if f'name="act" value="{act}"' in form)
    assert "far too much</textarea>" in form
    assert 'id="words"' in form
    assert html.count("far too much") == 1


def test_a_late_answer_is_owned_up_to(pages: Pages) -> None:
    late, on_time = (a_case(pages, "en", late=late) for late in (True, False))
    assert "We are late, and we are sorry." in late
    assert "<s>12 November 2026</s>" in late
    assert "sorry" not in on_time


def test_accepting_and_disputing_are_offered_only_when_they_are_possible(pages: Pages) -> None:
    both = a_case(pages, "en", state="decided", can=["accept", "dispute"])
    neither = a_case(pages, "en", state="investigating", can=["write"])
    assert both.count('<summary class="button">') == 2
    assert 'value="accept"' not in neither
    assert 'value="dispute"' not in neither


def test_a_missing_name_is_an_error_and_not_an_empty_page(pages: Pages) -> None:
    with pytest.raises(UndefinedError):
        pages.render("sent", "tr", receipt={}, upload_token="t0ken")


def test_the_promises_shown_are_the_ones_given() -> None:
    pages = Pages("Örnek", "0", "https://x.example", Promises(3, 7, 15), "Europe/London")
    html = pages.render("start", "en")
    assert [days for days in ("3", "15") if f"Within {days} working days" in html] == ["3", "15"]
    assert "At least every 7 working days" in html


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
    assert [sized(count, "tr") for count in (1, 213_900, 3_800_000)] == ["1 kB", "214 kB", "3,8 MB"]
    assert sized(3_800_000, "en") == "3.8 MB"


def test_money_is_written_as_its_language_does(pages: Pages) -> None:
    remedy = {"kind": "refund", "words": None, "amount": "1250.5", "currency": "TRY", "due_on": "2026-12-11"}
    point = a_point(finding="upheld", reasons="Haklısınız", remedy=remedy)
    assert "1.250,50 TL" in a_case(pages, "tr", state="decided", points=[point])
    assert "TRY 1,250.50" in a_case(pages, "en", state="decided", points=[point])
