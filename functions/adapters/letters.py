"""Letters to complainants and notices to staff, from the templates in letters/<letter>/<language>/.

What a letter may say (ISO 10002, 7.4, 7.8 and 7.9): never the tracking code, and never a word that the sender typed,
because the address has not been verified. What staff wrote may go in. A notice says nothing about a complainant at all.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup, escape

from complaints.complaint import Language, LetterKind
from complaints.language import capitals, figures, spelled
from complaints.packs import Part

FOLDER: Final = Path(__file__).parent.parent / "letters"
PAGES: Final = FOLDER.parent / "pages"
NOTICES: Final = (  # by urgency
    "safety",
    "roster",
    "escalated",
    "broken",
    "unassigned",
    "reminder",
    "contribution",
    "handed_over",
    "assigned",
)
AT_ONCE: Final = ("safety", "roster")  # they go to whoever is on call
MARK: Final = re.compile(r'data-part="(\w+)"')  # what people write cannot hold one: its quotes are escaped


@dataclass(frozen=True)
class Letter:
    """A letter ready to send: one line of subject, and the same words as plain text and as HTML."""

    subject: str
    text: str
    html: str


class MissingPart(Exception):
    """The letter lacks parts that a policy pack prescribes. It must not leave."""

    def __init__(self, kind: LetterKind, parts: Iterable[Part]) -> None:
        self.kind = kind
        self.parts = tuple(sorted(parts))
        super().__init__(f"{kind}: {', '.join(self.parts)}")


def compose(kind: LetterKind, language: Language, *, must: frozenset[Part] = frozenset(), **context: Any) -> Letter:
    """Writes the letter `kind`. Days are `date`s of the organisation's calendar, spelled out in the letter.

    Every letter needs organisation, contact, site_url, reference (grouped for reading) and by_telephone (its reader
    holds no tracking code), may have own (a sentence of the organisation's) and accent (its colour as it can be
    read), and beyond these needs
      acknowledgement: received_on, answer_due_on, update_due_on (or None); late=True when the answer is due already;
                       cause (None, or review or reopened, with again_on: the day of it); number (grouped for
                       reading) where its reader can confirm the address with it
      progress:        received_on, state (one that is not answered, decided, remedying or, to a new reader, external),
                       owner_name (or None), words (or None), answer_due_on (what is promised now or, if late, the day
                       that was missed: the remedy's when remedying), next_on (when we write again, or None), late,
                       outside; cause (None, or one of the words' [headings]; after an assessment words say why the day
                       changed, after an award or an end elsewhere, where nobody has accepted, and to a new reader,
                       points are those on which something is to be done); replaced if an award takes the place of all
                       that we had promised, else instead, the numbers of the points on which it takes the place of
                       what we had promised there
      extension:       received_on, reason, points as {number, title, new_on}, outside
      request:         received_on, asked (what, in codes), words, again_reason (or None), reply_by
      reminder:        as a request without again_reason; asked_on
      decision:        received_on, decided_on, points, outcome, prevention (or None), late_reason (or None), outside,
                       prescribed (a regulator's texts); early, with closed, and reopen_until if it is; else stage,
                       review_until at the first, effect (on the first decision) at the second, reply_by (or None)
      routes:          received_on, decided_on, stage, review_until at the first (None: it is over), looks_on, outside
      final_notice:    received_on, decided_on, closes_on, review_until (or None), outside
      declined:        received_on, declined (the reason, in a code), words, route, outside
      withdrawn:       received_on, withdrawn_on, undo_until and undo_time (local, as text)
      merged:          received_on, into (grouped for reading)
      closing:         closed_reason, words (or None), outcome (or None), points (those that were answered); replaced if
                       an outside body's decision took the place of what we had promised; reopen_until if reopening has
                       a last day; outside if there are any
      message:         author (or None), words
      new_code:        number (grouped for reading), good_until (local time, as text)
    Where a second look is spoken of, alone says that there is nobody who took no part: the firm is one person.
    A point is {number, title, finding, reasons, remedy, no_remedy_reason}; its remedy is None or {kind, words, due_on}
    and, if money is promised, amount (a decimal, or one as text) and currency. `outside` holds the outside bodies, each
    {body, note, url, until, points}, where the middle three may be None and points are numbers.
    Raises MissingPart if the letter lacks a part that it `must` have, jinja2.UndefinedError for a name that is missing,
    TypeError for a day that is no `date`.
    """
    site = context["site_url"].rstrip("/")
    paths = _paths(language)
    pages = {"tracking_url": site + paths["track"], "privacy_url": site + paths["privacy"]}
    told = {"help_phone": context["contact"].phone, "several": _several(context)}
    letter = _render(kind, language, {**context, **pages, **told})
    missing = must - set(MARK.findall(letter.html))
    if missing:
        raise MissingPart(kind, missing)
    return letter


def compose_notice(
    language: Language, *, organisation: str, name: str, desk_url: str, items: Sequence[Mapping[str, Any]]
) -> Letter:
    """Tells one member of staff what waits for them, the most urgent first. There is at least one item.

    An item is {kind, reference, url, promise, due, priority, for_name}: the kind is one of NOTICES, the reference is
    grouped for reading, `due` is text, and `for_name` is a colleague they stand in for; the last four may be None.
    """
    ordered = sorted(items, key=lambda item: (NOTICES.index(item["kind"]), item["priority"] or 9))
    kinds = sorted({item["kind"] for item in items}, key=lambda kind: (not _urgent(ordered, kind), NOTICES.index(kind)))
    urgent = _urgent(ordered, *NOTICES)
    most = "urgent" if urgent else kinds[0]
    of_them = urgent or {item["reference"] for item in items if item["kind"] == most}
    context = {
        "organisation": organisation,
        "name": name,
        "desk_url": desk_url,
        "groups": [(kind, [item for item in ordered if item["kind"] == kind]) for kind in kinds],
        "count": len({item["reference"] for item in items}),
        "most": most,
        "of_them": len(of_them),
    }
    return _render("notice", language, context)


def _urgent(items: Iterable[Mapping[str, Any]], *kinds: str) -> set[str]:
    """The complaints among these kinds that cannot wait: of priority 1, or sent to whoever is on call."""
    return {
        item["reference"]
        for item in items
        if item["kind"] in kinds and (item["priority"] == 1 or item["kind"] in AT_ONCE)
    }


def _several(context: Mapping[str, Any]) -> bool:
    """Whether the complaint has more than one point, so that a letter must say which one it means."""
    told = {point["number"] for point in context.get("points") or ()}
    outside = {number for body in context.get("outside") or () for number in body["points"]}
    return max(told | outside, default=1) > 1


def _render(letter: str, language: Language, context: Mapping[str, Any]) -> Letter:
    subject, text, html = (
        _templates()
        .get_template(f"{letter}/{language}/{part}")
        .render(context, language=language, terms=terms(language))
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Letter(subject=" ".join(subject.split()), text=text, html=html)


@cache
def _paths(language: Language) -> dict[str, str]:
    """Where the pages of one language stand."""
    words = tomllib.loads((PAGES / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(words["paths"])


@cache
def terms(language: str) -> dict[str, Any]:
    """The words that the letters of one language share."""
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
    templates.filters |= {"spelled": _spelled, "money": _money, "lines": _lines, "capitals": _capitals}
    return templates


@pass_context
def _spelled(context: Context, day: date) -> str:
    return spelled(day, context["language"])


@pass_context
def _capitals(context: Context, words: str) -> str:
    return capitals(words, context["language"])


@pass_context
def _money(context: Context, remedy: Mapping[str, Any]) -> str:
    return money(remedy, context["language"], context["terms"]["money"])


def money(remedy: Mapping[str, Any], language: Language, patterns: Mapping[str, str]) -> str:
    """`1.250,50 TL` in Turkish, `TRY 1,250.50` in English."""
    return patterns[remedy["currency"]].format(figures(Decimal(remedy["amount"]), 2, language))


def _lines(words: str) -> Markup:
    """The words with their line breaks kept."""
    return Markup("<br>").join(escape(line) for line in words.splitlines())
