"""Letters to complainants, from the templates in letters/<letter>/<language>/.

What a letter may say (ISO 10002, 7.4, 7.8 and 7.9): never the tracking code, and never a word that the sender typed,
because the address has not been verified. What staff wrote may go in.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup, escape

from adapters import dates
from complaints.complaint import Language, LetterKind

FOLDER: Final = Path(__file__).parent.parent / "letters"
PAGES: Final = {
    "tr": {"tracking": "/tr/takip/", "privacy": "/tr/aydinlatma/"},
    "en": {"tracking": "/en/track/", "privacy": "/en/privacy/"},
}


@dataclass(frozen=True)
class Letter:
    """A letter ready to send: one line of subject, and the same words as plain text and as HTML."""

    subject: str
    text: str
    html: str


def compose(kind: LetterKind, language: Language, **context: Any) -> Letter:
    """Writes the letter `kind`. Days are `date`s of the organisation's calendar, spelled out in the letter.

    Every letter needs organisation, help_phone, site_url and reference (grouped for reading), and beyond these
      acknowledgement: received_on, answer_due_on, update_due_on (or None); late=True when the answer is due already
      decision:        received_on, decided_on, points
      closing:         closed_reason, points; reopen_until if reopening has a last day
      message:         author (or None), words
    A point is {number, title, finding, reasons, remedy, no_remedy_reason}; its remedy is None or {kind, words, due_on}
    and, if money is promised, amount (a decimal, or one as text) and currency.
    Raises jinja2.UndefinedError for what is missing, TypeError for a day that is no `date`.
    """
    site = context["site_url"].rstrip("/")
    pages = {f"{name}_url": site + path for name, path in PAGES[language].items()}
    subject, text, html = (
        _templates()
        .get_template(f"{kind}/{language}/{part}")
        .render(context, **pages, language=language, terms=_terms(language))
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Letter(subject=" ".join(subject.split()), text=text, html=html)


@cache
def _terms(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "words" / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= {"spelled": _spelled, "money": _money, "lines": _lines}
    return templates


@pass_context
def _spelled(context: Context, day: date) -> str:
    return dates.spelled(day, context["language"])


@pass_context
def _money(context: Context, remedy: Mapping[str, Any]) -> str:
    return money(remedy, context["language"], context["terms"]["money"])


def money(remedy: Mapping[str, Any], language: str, patterns: Mapping[str, str]) -> str:
    """`1.250,50 TL` in Turkish, `TRY 1,250.50` in English."""
    figures = f"{Decimal(remedy['amount']):,.2f}"
    if language == "tr":
        figures = figures.translate(str.maketrans(",.", ".,"))
    return patterns[remedy["currency"]].format(figures)


def _lines(words: str) -> Markup:
    """The words with their line breaks kept."""
    return Markup("<br>").join(escape(line) for line in words.splitlines())
