"""What a letter must say, must never say, and that both languages and both forms say the same."""

import re
import tomllib
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from jinja2 import UndefinedError, meta

from adapters import letters
from adapters.dates import spelled
from complaints.commands import ProposedRemedy
from complaints.complaint import CloseReason, Finding, Language, LetterKind, Remedy

KINDS: tuple[LetterKind, ...] = get_args(LetterKind)
LANGUAGES: tuple[Language, ...] = get_args(Language)

monday_16_nov = date(2026, 11, 16)
monday_30_nov = date(2026, 11, 30)
monday_14_dec = date(2026, 12, 14)

FRAME: dict[str, Any] = {
    "organisation": "Çınaraltı Ev Aletleri",
    "help_phone": "0 800 000 00 00",
    "site_url": "https://sikayet.example/",
    "reference": "7K4M-29X-RQ3A",
}
POINTS: list[dict[str, Any]] = [
    {
        "number": 1,
        "title": "Makine <3 gün> içinde bozuldu",
        "finding": "upheld",
        "reasons": "Servis raporu & fotoğraflar.\nİkisi de aynı şeyi gösteriyor.",
        "remedy": {
            "kind": "refund",
            "words": "Kartınıza iade ediyoruz.",
            "due_on": monday_14_dec,
            "amount": "12450.5",
            "currency": "TRY",
        },
        "no_remedy_reason": None,
    },
    {
        "number": 2,
        "title": "Kargo ücreti",
        "finding": "not_upheld",
        "reasons": "Ücret sipariş ekranında yazıyordu.",
        "remedy": None,
        "no_remedy_reason": "Ücret baştan bildirilmişti.",
    },
]
OWN: dict[LetterKind, dict[str, Any]] = {
    "acknowledgement": {"received_on": monday_16_nov, "answer_due_on": monday_14_dec, "update_due_on": monday_30_nov},
    "decision": {"received_on": monday_16_nov, "decided_on": monday_30_nov, "points": POINTS},
    "closing": {"closed_reason": "remedy_verified", "points": POINTS},
    "message": {"author": "Işıl Tütüncüoğlu", "words": "Faturayı ekler misiniz?\n\n<b>Teşekkürler</b>"},
}


def compose(kind: LetterKind, language: Language, **more: Any) -> letters.Letter:
    return letters.compose(kind, language, **{**FRAME, **OWN[kind], **more})


class Reader(HTMLParser):
    """The words of a page in reading order, its headings and its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.language: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        if tag == "html":
            self.language = values["lang"]
        if tag == "a":
            self.links.append(values["href"] or "")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] != "style":
            self.words += data.split()


every_letter = pytest.mark.parametrize(
    ("kind", "language"), [(kind, language) for kind in KINDS for language in LANGUAGES]
)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@every_letter
def test_a_letter_is_a_folder_with_three_parts(kind: LetterKind, language: Language) -> None:
    folder = letters.FOLDER / kind / language
    assert {path.name for path in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}


@every_letter
def test_the_subject_is_one_line_with_the_reference(kind: LetterKind, language: Language) -> None:
    subject = compose(kind, language).subject
    assert subject.endswith(": 7K4M-29X-RQ3A")
    assert subject.isprintable()


@every_letter
def test_every_letter_names_the_organisation_the_telephone_and_the_tracking_page(
    kind: LetterKind, language: Language
) -> None:
    letter = compose(kind, language)
    page = {"tr": "https://sikayet.example/tr/takip/", "en": "https://sikayet.example/en/track/"}[language]
    for said in ("Çınaraltı Ev Aletleri", "0 800 000 00 00", "7K4M-29X-RQ3A", page):
        assert said in letter.text
        assert said in letter.html
    assert page in Reader(letter.html).links


@every_letter
def test_html_reads_well_aloud(kind: LetterKind, language: Language) -> None:
    page = Reader(compose(kind, language).html)
    assert page.language == language
    assert page.tags.count("h1") == 1
    assert not {"table", "img", "script", "form", "iframe", "link"} & set(page.tags)


@every_letter
def test_text_and_html_say_the_same(kind: LetterKind, language: Language) -> None:
    """Every word of the plain letter stands in the HTML one; headings differ in case only, labels in a colon."""

    def folded(words: list[str]) -> set[str]:
        return {word.strip(":.,").replace("İ", "i").replace("I", "ı").casefold().replace("ı", "i") for word in words}

    letter = compose(kind, language)
    missing = folded(letter.text.split()) - folded(Reader(letter.html).words)
    only_in_text = {
        "acknowledgement": set(),
        "decision": {"bu", "bir", "önermiyoruz", "nedeni", "we", "offer", "no", "remedy", "the", "reason", "point"},
        "closing": set(),
        "message": {"mesaj", "message"},
    }[kind]
    assert missing <= only_in_text


@every_letter
def test_no_template_knows_the_tracking_code(kind: LetterKind, language: Language) -> None:
    letter = compose(kind, language, secret="9XJ2-WMQ4", token="9XJ2-WMQ4")
    assert "9XJ2" not in letter.subject + letter.text + letter.html


@both_languages
def test_the_acknowledgement_can_carry_nothing_that_the_sender_typed(language: Language) -> None:
    allowed = {
        "organisation", "help_phone", "tracking_url", "privacy_url", "reference", "terms", "language", "self",
        "received_on", "answer_due_on", "update_due_on", "late",
    }  # fmt: skip
    templates = letters._templates()
    for part in (f"acknowledgement/{language}/{name}" for name in ("subject.txt", "body.txt", "body.html")):
        for source in (part, "layout.txt", "layout.html"):
            tree = templates.parse((letters.FOLDER / source).read_text(encoding="utf-8"))
            assert meta.find_undeclared_variables(tree) <= allowed


@both_languages
def test_the_acknowledgement_says_the_dates_in_words(language: Language) -> None:
    letter = compose("acknowledgement", language)
    for day in (monday_16_nov, monday_30_nov, monday_14_dec):
        assert spelled(day, language) in letter.text
        assert spelled(day, language) in letter.html


@both_languages
def test_without_an_update_date_none_is_promised(language: Language) -> None:
    letter = compose("acknowledgement", language, update_due_on=None)
    assert "None" not in letter.text + letter.html
    assert spelled(monday_30_nov, language) not in letter.text


@both_languages
def test_an_acknowledgement_that_is_late_already_says_sorry_and_promises_no_past_day(language: Language) -> None:
    late = compose("acknowledgement", language, late=True)
    sorry = {"tr": "özür dileriz", "en": "we are sorry"}[language]
    assert sorry in late.text
    assert sorry in late.html
    assert sorry not in compose("acknowledgement", language).text
    assert late.text.count(spelled(monday_14_dec, language)) == 1  # in the record, not as a promise


@both_languages
def test_the_decision_gives_every_point_its_finding_its_reasons_and_its_remedy_or_why_none(language: Language) -> None:
    terms = tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    text = compose("decision", language).text
    first, second = text.split("2. Kargo ücreti")
    for said in (
        "1. Makine <3 gün> içinde bozuldu",
        terms["findings"]["upheld"],
        "Servis raporu & fotoğraflar.",
        terms["remedies"]["refund"],
        {"tr": "12.450,50 TL", "en": "TRY 12,450.50"}[language],
        "Kartınıza iade ediyoruz.",
        spelled(monday_14_dec, language),
    ):
        assert said in first
    for said in (terms["findings"]["not_upheld"], "Ücret sipariş ekranında yazıyordu.", "Ücret baştan bildirilmişti."):
        assert said in second


@both_languages
def test_a_remedy_needs_neither_money_nor_day_nor_words(language: Language) -> None:
    """What the core lets staff propose, the letter can say."""
    for remedy in (
        ProposedRemedy(kind=Remedy.APOLOGY).model_dump(),
        {"kind": "apology", "words": None, "due_on": None},
    ):
        letter = compose("decision", language, points=[{**POINTS[0], "remedy": remedy}])
        assert "None" not in letter.text + letter.html


@both_languages
def test_what_staff_wrote_is_text_in_html_and_keeps_its_lines(language: Language) -> None:
    html = compose("message", language).html
    assert "&lt;b&gt;Teşekkürler&lt;/b&gt;" in html
    assert "Faturayı ekler misiniz?<br><br>" in html
    html = compose("decision", language).html
    assert "Makine &lt;3 gün&gt; içinde bozuldu" in html
    assert "Servis raporu &amp; fotoğraflar.<br>İkisi" in html


@both_languages
def test_the_closing_letter_says_how_to_reopen_and_until_when(language: Language) -> None:
    assert spelled(monday_14_dec, language) not in compose("closing", language).text
    assert spelled(monday_14_dec, language) in compose("closing", language, reopen_until=monday_14_dec).text


def test_a_message_without_an_author_comes_from_the_organisation() -> None:
    assert "Yazan: Çınaraltı Ev Aletleri" in compose("message", "tr", author=None).text


@every_letter
def test_what_is_missing_is_an_error_and_not_a_blank(kind: LetterKind, language: Language) -> None:
    for name in OWN[kind]:
        context = {key: value for key, value in {**FRAME, **OWN[kind]}.items() if key != name}
        with pytest.raises((UndefinedError, TypeError)):
            letters.compose(kind, language, **context)


@both_languages
def test_every_code_has_its_words(language: Language) -> None:
    terms = tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    assert set(terms["findings"]) == set(Finding)
    assert set(terms["remedies"]) == set(Remedy)
    assert set(terms["closings"]) == set(CloseReason)


def test_both_languages_have_the_same_words() -> None:
    def keys(table: dict[str, Any]) -> set[str]:
        return set(table) | {
            f"{name}.{key}" for name, value in table.items() if isinstance(value, dict) for key in value
        }

    turkish, english = (
        tomllib.loads((letters.FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    )
    assert keys(turkish) == keys(english)


def test_the_voice() -> None:
    """No blame on the reader, `şikâyet` with its circumflex, and no Turkish suffix glued to a variable."""
    for path in letters.FOLDER.rglob("*"):
        if path.is_file():
            source = path.read_text(encoding="utf-8")
            assert not re.search(r"unfortunately|invalid|\bfailed|maalesef|geçersiz|başarısız", source, re.IGNORECASE)
            assert not re.search(r"[şŞ]ikayet", source)
            assert not re.search(r"\}\}['’]?\w", source), path


def test_months_are_spelled() -> None:
    assert spelled(date(2026, 8, 3), "tr") == "3 Ağustos 2026"
    assert spelled(date(2026, 8, 3), "en") == "3 August 2026"
    with pytest.raises(TypeError):
        spelled(datetime(2026, 8, 3, 23, 30), "tr")  # noqa: DTZ001  which day this is, is the question
