"""How a language writes days, times, figures and lengths: one file of words each, no sentence in the code."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final, get_args

from complaints.complaint import Language
from complaints.packs import Unit

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


@cache
def words(language: Language) -> Mapping[str, Any]:
    """The words of `complaints/languages/`."""
    file = files("complaints") / "languages" / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def spelled(day: date, language: Language) -> str:
    """`16 Kasım 2026`, `16 November 2026`: the month is spelled, so nobody reads 03.04 two ways.

    `day` is a calendar day, already in the organisation's time zone. A datetime is refused with TypeError: which day
    it falls on depends on a zone that this function does not know.
    """
    if type(day) is not date:
        raise TypeError(f"a date is needed, not {type(day).__name__}")
    days = words(language)["days"]
    return str(days["day"].format(day=day.day, month=days["months"][day.month - 1], year=day.year))


def with_weekday(day: date, language: Language) -> str:
    """`18 Aralık 2026 Cuma`, `Friday 18 December 2026`."""
    days = words(language)["days"]
    return str(days["with_weekday"].format(day=spelled(day, language), weekday=days["weekdays"][day.weekday()]))


def short(day: date, language: Language) -> str:
    """`29 Eki`, `29 Oct`: where the year is clear."""
    month = words(language)["days"]["months"][day.month - 1][:3]
    return str(words(language)["short"]["day"].format(day=day.day, month=month))


def short_with_weekday(day: date, language: Language) -> str:
    """`23 Eki 2026 Cum`, `Fri 23 Oct 2026`."""
    said = words(language)["short"]
    weekday = said["weekdays"][day.weekday()]
    return str(said["with_weekday"].format(day=short(day, language), year=day.year, weekday=weekday))


def clock(local: datetime, language: Language) -> str:
    """`14.30`, `14:30`. `local` is already in the organisation's time zone."""
    return local.strftime(words(language)["days"]["time"])


def figures(number: Decimal, places: int, language: Language) -> str:
    """`1.250,50`, `1,250.50`."""
    marks = words(language)["figures"]
    return f"{number:,.{places}f}".translate(str.maketrans({",": marks["thousands"], ".": marks["point"]}))


def capitals(text: str, language: Language) -> str:
    """`İADE` for `iade` in Turkish, `ISSUE` for `issue` in English."""
    return text.translate(str.maketrans(words(language)["capitals"])).upper()


def length(count: int, unit: Unit, language: Language) -> str:
    """`20 iş günü`, `20 working days`, `1 hour`."""
    one, several = words(language)["units"][unit]
    return f"{count} {one if count == 1 else several}"
