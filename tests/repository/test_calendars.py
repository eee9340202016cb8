"""The holiday tables are what their generator makes, and a few days in them are right by the wall calendar."""

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra import calendars

DATA = Path(__file__).parent.parent / "data" / "holidays_tr_uk"
NATIONS = {"ENG": "GB-ENG", "WLS": "GB-ENG", "SCT": "GB-SCT", "NIR": "GB-NIR"}
CODES = [calendar.code for calendar in calendars.CALENDARS]


def read(code: str) -> dict[str, Any]:
    return tomllib.loads((calendars.FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("calendar", calendars.CALENDARS, ids=lambda calendar: calendar.code)
def test_file_is_what_the_generator_makes(calendar: calendars.Calendar) -> None:
    assert (calendars.FOLDER / f"{calendar.code}.toml").read_text(encoding="utf-8") == calendars.table(calendar)


def test_no_table_lacks_its_generator() -> None:
    assert {path.stem for path in calendars.FOLDER.iterdir()} == {calendar.code for calendar in calendars.CALENDARS}


@pytest.mark.parametrize("code", CODES)
def test_tables_reach_ten_years_ahead(code: str) -> None:
    assert max(read(code)["holidays"]) >= "2036-12-01"
    assert {int(day[:4]) for day in read(code)["holidays"]} == set(calendars.YEARS)


@pytest.mark.parametrize("code", CODES)
def test_every_working_day_has_hours(code: str) -> None:
    assert read(code)["hours"].keys() == {"mon", "tue", "wed", "thu", "fri"}
    assert all(read(code)["hours"].values())


def listed(file: str) -> list[dict[str, str]]:
    """The rows of a list in tests/data whose years the tables cover too."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if int(row["date"][:4]) in calendars.YEARS]
    assert len(rows) > 200
    assert {row["date"][:4] for row in rows} == {str(year) for year in range(2020, 2033)}
    assert all(date.fromisoformat(row["date"]).strftime("%a") == row["weekday"] for row in rows)
    return rows


def until_2032(days: dict[str, Any]) -> set[str]:
    return {day for day in days if day < "2033"}


def test_turkey_agrees_with_the_list_day_by_day() -> None:
    table, rows = read("TR"), listed("tr_holidays_2018_2032.csv")
    full = [row for row in rows if row["kind"] == "full_day"]
    half = [row for row in rows if row["kind"] == "half_day_from_13:00"]
    assert len(full) + len(half) == len(rows)
    for row in full:
        assert row["name_tr"] in table["holidays"][row["date"]].split("; ")
    whole = {"2022-05-01", "2029-04-23"}  # eves on Labour Day and on Children's Day: holidays from the morning on
    assert whole == {row["date"] for row in half} & {row["date"] for row in full}
    half = [row for row in half if row["date"] not in whole]
    for row in half:
        name = row["name_tr"].removesuffix(" (saat 13.00'ten)")
        assert table["half_days"][row["date"]] == {"from": "13:00", "name": name}
    assert until_2032(table["holidays"]) == {row["date"] for row in full}
    assert until_2032(table["half_days"]) == {row["date"] for row in half}


@pytest.mark.parametrize("nation", NATIONS)
def test_the_united_kingdom_agrees_with_the_list_day_by_day(nation: str) -> None:
    table = read(NATIONS[nation])
    rows = [row for row in listed("uk_holidays_2018_2032.csv") if row["nation"] == nation]
    for row in rows:
        assert row["name_en"] == table["holidays"][row["date"]]
    assert until_2032(table["holidays"]) == {row["date"] for row in rows}
    assert not table["half_days"]


def test_kurban_bayrami_2026() -> None:
    table = read("TR")
    tuesday = date(2026, 5, 26)
    wednesday_to_saturday = [tuesday + timedelta(days=n) for n in range(1, 5)]
    assert tuesday.strftime("%a") == "Tue"
    assert table["half_days"][tuesday.isoformat()] == {"from": "13:00", "name": "Kurban Bayramı"}
    assert [table["holidays"][day.isoformat()] for day in wednesday_to_saturday] == ["Kurban Bayramı"] * 4
    assert "2026-05-31" not in table["holidays"]


def test_republic_day_begins_on_the_28th_at_one() -> None:
    table = read("TR")
    assert table["half_days"]["2026-10-28"] == {"from": "13:00", "name": "Cumhuriyet Bayramı"}
    assert "2026-10-28" not in table["holidays"]
    assert table["holidays"]["2026-10-29"] == "Cumhuriyet Bayramı"


def test_the_eve_of_a_feast_that_is_a_holiday_itself_stays_a_whole_holiday() -> None:
    table = read("TR")
    sunday = date(2022, 5, 1)  # Labour Day, and the eve of Ramazan Bayramı
    assert sunday.strftime("%a") == "Sun"
    assert table["holidays"][sunday.isoformat()] == "Emek ve Dayanışma Günü"
    assert sunday.isoformat() not in table["half_days"]
    assert table["holidays"]["2022-05-02"] == "Ramazan Bayramı"
    assert not table["half_days"].keys() & table["holidays"].keys()


def test_easter_monday_2026_is_a_holiday_everywhere_but_in_scotland() -> None:
    monday = date(2026, 4, 6)
    assert monday.strftime("%a") == "Mon"
    assert {code for code in ("GB-ENG", "GB-NIR", "IE", "GB-SCT") if monday.isoformat() in read(code)["holidays"]} == {
        "GB-ENG", "GB-NIR", "IE",
    }  # fmt: skip


def test_boxing_day_2026_moves_from_saturday_to_monday() -> None:
    for code in ("GB-ENG", "GB-SCT", "GB-NIR"):
        assert read(code)["holidays"]["2026-12-28"] == "Boxing Day (observed)"
    assert "2026-12-28" not in read("IE")["holidays"]


def test_half_days_begin_when_the_law_says() -> None:
    begins = {code: {half["from"] for half in read(code)["half_days"].values()} for code in CODES}
    assert {code: hours for code, hours in begins.items() if hours} == {
        "TR": {"13:00"},
        "AU-QLD": {"18:00"},
        "AU-NT": {"19:00"},
        "AU-SA": {"19:00"},
    }


def test_only_turkey_gives_the_saturday_after_a_friday() -> None:
    assert [code for code in CODES if read(code)["friday_takes_saturday"]] == ["TR"]


def test_the_kings_birthday_2026_has_three_days_in_australia() -> None:
    states = [code for code in CODES if code.startswith("AU-")]
    kept = {
        code: [day for day, name in read(code)["holidays"].items() if name == "King's Birthday" and day[:4] == "2026"]
        for code in states
    }
    june, september, october = date(2026, 6, 8), date(2026, 9, 28), date(2026, 10, 5)
    assert {day.strftime("%a") for day in (june, september, october)} == {"Mon"}
    assert len(states) == 8
    assert kept.pop("AU-WA") == [september.isoformat()]
    assert kept.pop("AU-QLD") == [october.isoformat()]
    assert set(map(tuple, kept.values())) == {(june.isoformat(),)}


def test_wales_keeps_the_days_of_england() -> None:
    wales = calendars.Calendar("GB-WLS", "Wales", "GB", "WLS", "Europe/London", "en_GB")
    england = next(calendar for calendar in calendars.CALENDARS if calendar.code == "GB-ENG")
    assert calendars.days(wales, "public") == calendars.days(england, "public")
