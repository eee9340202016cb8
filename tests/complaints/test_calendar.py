"""Working days: examples named by weekday, and laws that hold for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints import calendar
from tests.dates import (
    FRI_6_MAR,
    FRI_30_OCT,
    MON_2_MAR,
    MON_9_MAR,
    SAT_7_MAR,
    THU_22_OCT,
    THU_29_OCT,
    TUE_3_MAR,
    WED_28_OCT,
    at,
)

TR = calendar.load("TR")
NAMES = ("TR", "GB-ENG", "GB-SCT", "GB-NIR", "IE")
days = st.dates(date(2020, 1, 1), date(2039, 6, 30))


def test_the_day_after_a_friday_is_not_a_working_day() -> None:
    assert not TR.is_working_day(SAT_7_MAR)


def test_one_working_day_after_friday_is_monday() -> None:
    assert TR.add_working_days(FRI_6_MAR, 1) == MON_9_MAR


def test_a_saturday_receipt_counts_from_monday() -> None:
    assert TR.add_working_days(SAT_7_MAR, 1) == MON_9_MAR


def test_republic_day_does_not_count_and_its_half_day_eve_does() -> None:
    assert TR.is_working_day(WED_28_OCT)
    assert not TR.is_working_day(THU_29_OCT)
    assert TR.add_working_days(THU_22_OCT, 5) == FRI_30_OCT


def test_a_working_day_ends_at_local_midnight() -> None:
    assert TR.moment(MON_2_MAR).isoformat() == "2026-03-02T20:59:59+00:00"


def test_a_moment_late_in_the_evening_belongs_to_the_local_day() -> None:
    assert TR.day_of(at(MON_2_MAR, 21, 30)) == TUE_3_MAR


def test_london_ends_its_day_an_hour_earlier_in_summer() -> None:
    london = calendar.load("GB-ENG")
    assert london.moment(date(2026, 7, 1)).hour == 22
    assert london.moment(date(2026, 12, 1)).hour == 23


@pytest.mark.parametrize("name", NAMES)
def test_every_calendar_covers_the_next_ten_years(name: str) -> None:
    assert max(calendar.load(name).holidays) >= date(2036, 12, 1)


@given(st.sampled_from(NAMES), days, st.integers(1, 260))
def test_adding_working_days_agrees_with_counting_them_one_by_one(name: str, start: date, count: int) -> None:
    table = calendar.load(name)
    day, left = start, count
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in table.holidays:
            left -= 1
    assert table.add_working_days(start, count) == day


@given(days, st.integers(0, 260))
def test_counting_is_the_inverse_of_adding(start: date, count: int) -> None:
    end = TR.add_working_days(start, count)
    assert TR.working_days_between(start, end) == count
    assert TR.working_days_between(end, start) == -count


@given(days, days, st.integers(1, 60))
def test_a_later_receipt_never_falls_due_earlier(one: date, other: date, count: int) -> None:
    assert TR.add_working_days(min(one, other), count) <= TR.add_working_days(max(one, other), count)
