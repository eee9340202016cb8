"""Writes the holiday tables of functions/complaints/calendars/ from the PyPI package `holidays`.

    python infra/calendars.py

The tables are data in the repository, so a deadline depends on a reviewed line in a file and not on the version of a
library that happens to be installed. Turkish half days (28 October and the eves of both feasts) come with their hour.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import holidays

FOLDER = Path(__file__).parent.parent / "functions" / "complaints" / "calendars"
YEARS = range(2020, 2041)
HALF_DAY_FROM = "13:00"  # Law 2429, article 2: the holiday begins at 13.00

# The library says inside a name that the day is a half one, and that its date is reckoned and not yet announced.
REMARK = re.compile(r" \((saat 13\.00'ten|tahmini)\)")
ESTIMATED = "(tahmini)"


@dataclass(frozen=True)
class Calendar:
    """One set of holidays. `code` names the file; `subdivision` is the ISO 3166-2 code without the country."""

    code: str
    name: str
    country: str
    subdivision: str | None
    time_zone: str
    language: str


CALENDARS = (
    Calendar("TR", "Türkiye", "TR", None, "Europe/Istanbul", "tr"),
    Calendar("GB-ENG", "England and Wales", "GB", "ENG", "Europe/London", "en_GB"),
    Calendar("GB-SCT", "Scotland", "GB", "SCT", "Europe/London", "en_GB"),
    Calendar("GB-NIR", "Northern Ireland", "GB", "NIR", "Europe/London", "en_GB"),
    Calendar("IE", "Ireland", "IE", None, "Europe/Dublin", "en_IE"),
)


def days(calendar: Calendar, category: str) -> dict[str, str]:
    """ISO date -> the library's name for it, in date order. Empty when the country knows no such category."""
    if category not in holidays.country_holidays(calendar.country).supported_categories:
        return {}
    found = holidays.country_holidays(
        calendar.country,
        subdiv=calendar.subdivision,
        years=YEARS,
        language=calendar.language,
        categories=(category,),
    )
    return {day.isoformat(): name for day, name in sorted(found.items()) if day.year in YEARS}


def quoted(text: str) -> str:
    """A TOML basic string; for these names JSON and TOML quote alike."""
    return json.dumps(REMARK.sub("", text), ensure_ascii=False)


def rows(named_days: dict[str, str], value: Callable[[str], str]) -> list[str]:
    """One line a day, a blank line between years, so that a person can check a year against a wall calendar."""
    lines: list[str] = []
    for _, year in groupby(named_days.items(), key=lambda row: row[0][:4]):
        lines += [f'"{day}" = {value(name)}' for day, name in year] + [""]
    return lines


def table(calendar: Calendar) -> str:
    """The text of one calendar's file."""
    full = days(calendar, "public")
    half = {day: name for day, name in days(calendar, "half_day").items() if day not in full}
    estimated = min((day[:4] for day, name in full.items() if ESTIMATED in name), default=None)
    made_from = f"holidays {version('holidays')}"
    lines = [f"# Public holidays {YEARS[0]}-{YEARS[-1]}, made by infra/calendars.py from {made_from}."]
    if estimated:
        lines += [f"# The moving feasts are estimates from {estimated} on; later versions bring the announced dates."]
    lines += [
        f"name = {quoted(calendar.name)}",
        f"country = {quoted(calendar.country)}",
        f"time_zone = {quoted(calendar.time_zone)}",
        'weekend = ["sat", "sun"]',
        "",
        "[holidays]",
        *rows(full, quoted),
        "[half_days]",
        *rows(half, lambda name: f"{{ from = {quoted(HALF_DAY_FROM)}, name = {quoted(name)} }}"),
    ]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Writes every table anew. Look at the difference before committing it: a moved feast moves deadlines."""
    for calendar in CALENDARS:
        (FOLDER / f"{calendar.code}.toml").write_text(table(calendar), encoding="utf-8")


if __name__ == "__main__":
    main()
