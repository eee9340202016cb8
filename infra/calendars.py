"""Writes the holiday tables of functions/complaints/calendars/ from the PyPI package `holidays`.

    python infra/calendars.py

The tables are data in the repository, so a deadline depends on a reviewed line in a file and not on the version of a
library that happens to be installed. Half days (28 October and the eves of both feasts in Turkey) come with their hour.
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
YEARS = range(2020, 2051)
WEEK = ("mon", "tue", "wed", "thu", "fri")

# The library says inside a name from which hour the day is a holiday, and that its date is not announced yet.
HALF_DAY_FROM = {
    "(saat 13.00'ten)": "13:00",  # Law 2429, article 2
    "(from 6pm)": "18:00",  # Queensland: Holidays Act 1983
    "(from 7pm)": "19:00",  # South Australia: Public Holidays Act 2023; Northern Territory: Public Holidays Act 1981
}
ESTIMATED = "(tahmini)"
REMARK = re.compile("|".join(re.escape(f" {remark}") for remark in (*HALF_DAY_FROM, ESTIMATED)))

# What is usual; an organisation that opens at other hours says so in its settings.
TURKISH_HOURS = (("09:00", "12:30"), ("13:30", "18:00"))
ENGLISH_HOURS = (("09:00", "17:30"),)


@dataclass(frozen=True)
class Calendar:
    """One set of holidays and the usual hours. `code` names the file.

    `subdivision` is the ISO 3166-2 code without the country. `hours` are local and hold from Monday to Friday.
    """

    code: str
    name: str
    country: str
    subdivision: str | None
    time_zone: str
    language: str
    hours: tuple[tuple[str, str], ...] = ENGLISH_HOURS
    friday_takes_saturday: bool = False


CALENDARS = (
    Calendar("TR", "Türkiye", "TR", None, "Europe/Istanbul", "tr", TURKISH_HOURS, friday_takes_saturday=True),
    Calendar("GB-ENG", "England and Wales", "GB", "ENG", "Europe/London", "en_GB"),
    Calendar("GB-SCT", "Scotland", "GB", "SCT", "Europe/London", "en_GB"),
    Calendar("GB-NIR", "Northern Ireland", "GB", "NIR", "Europe/London", "en_GB"),
    Calendar("IE", "Ireland", "IE", None, "Europe/Dublin", "en_IE"),
    Calendar("AU-ACT", "Australian Capital Territory", "AU", "ACT", "Australia/Sydney", "en_AU"),
    Calendar("AU-NSW", "New South Wales", "AU", "NSW", "Australia/Sydney", "en_AU"),
    Calendar("AU-NT", "Northern Territory", "AU", "NT", "Australia/Darwin", "en_AU"),
    Calendar("AU-QLD", "Queensland", "AU", "QLD", "Australia/Brisbane", "en_AU"),
    Calendar("AU-SA", "South Australia", "AU", "SA", "Australia/Adelaide", "en_AU"),
    Calendar("AU-TAS", "Tasmania", "AU", "TAS", "Australia/Hobart", "en_AU"),
    Calendar("AU-VIC", "Victoria", "AU", "VIC", "Australia/Melbourne", "en_AU"),
    Calendar("AU-WA", "Western Australia", "AU", "WA", "Australia/Perth", "en_AU"),
)


# The show is a holiday of Brisbane alone: as one of the whole state it would make dates later than they are.
LOCAL = {"The Royal Queensland Show"}


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
    return {day.isoformat(): name for day, name in sorted(found.items()) if day.year in YEARS and name not in LOCAL}


def quoted(text: str) -> str:
    """A TOML basic string; for these names JSON and TOML quote alike."""
    return json.dumps(REMARK.sub("", text), ensure_ascii=False)


def half_day(name: str) -> str:
    """A TOML inline table. Raises StopIteration when the name says no hour that is known here."""
    begins = next(hour for remark, hour in HALF_DAY_FROM.items() if remark in name)
    return f"{{ from = {quoted(begins)}, name = {quoted(name)} }}"


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
    hours = ", ".join(f'{{ opens = "{opens}", closes = "{closes}" }}' for opens, closes in calendar.hours)
    lines += [
        f"code = {quoted(calendar.code)}",
        f"name = {quoted(calendar.name)}",
        f"country = {quoted(calendar.country)}",
        f"time_zone = {quoted(calendar.time_zone)}",
        'weekend = ["sat", "sun"]',
        f"friday_takes_saturday = {str(calendar.friday_takes_saturday).lower()}",
        "",
        "[hours]",
        *(f"{day} = [{hours}]" for day in WEEK),
        "",
        "[holidays]",
        *rows(full, quoted),
        "[half_days]",
        *rows(half, half_day),
    ]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Writes every table anew. Look at the difference before committing it: a moved feast moves deadlines."""
    for calendar in CALENDARS:
        (FOLDER / f"{calendar.code}.toml").write_text(table(calendar), encoding="utf-8")


if __name__ == "__main__":
    main()
