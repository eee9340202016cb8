"""The holiday tables are what their generator makes, and a few days in them are right by the wall calendar."""

import tomllib
from datetime import date, timedelta
from typing import Any

import pytest

from infra import calendars


def read(code: str) -> dict[str, Any]:
    return tomllib.loads((calendars.FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("calendar", calendars.CALENDARS, ids=lambda calendar: calendar.code)
def test_file_is_what_the_generator_makes(calendar: calendars.Calendar) -> None:
    assert (calendars.FOLDER / f"{calendar.code}.toml").read_text(encoding="utf-8") == calendars.table(calendar)


def test_no_table_lacks_its_generator() -> None:
    assert {path.stem for path in calendars.FOLDER.iterdir()} == {calendar.code for calendar in calendars.CALENDARS}


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


def test_wales_keeps_the_days_of_england() -> None:
    wales = calendars.Calendar("GB-WLS", "Wales", "GB", "WLS", "Europe/London", "en_GB")
    england = next(calendar for calendar in calendars.CALENDARS if calendar.code == "GB-ENG")
    assert calendars.days(wales, "public") == calendars.days(england, "public")
