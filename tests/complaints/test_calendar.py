"""Working days and hours: examples named by weekday, laws that hold for every day, and a slow reckoning that agrees."""

import random
import tomllib
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from complaints import calendar
from complaints.calendar import Calendar, Interval
from tests import dates
from tests.dates import (
    FRI_1_MAY,
    FRI_2_JAN,
    FRI_3_APR,
    FRI_6_MAR,
    FRI_22_MAY,
    FRI_23_OCT,
    FRI_25_FEB_2028,
    FRI_27_MAR,
    FRI_29_MAY,
    FRI_30_OCT,
    MON_1_JUN,
    MON_2_MAR,
    MON_2_NOV,
    MON_4_MAY,
    MON_9_MAR,
    MON_25_MAY,
    MON_26_OCT,
    MON_30_MAR,
    SAT_2_MAY,
    SAT_4_APR,
    SAT_7_MAR,
    SAT_23_MAY,
    SAT_30_MAY,
    SUN_25_OCT,
    SUN_29_MAR,
    THU_22_OCT,
    THU_24_DEC,
    THU_28_MAY,
    THU_29_OCT,
    THU_30_APR,
    TUE_2_JUN,
    TUE_3_MAR,
    TUE_3_NOV,
    TUE_17_MAR,
    TUE_26_MAY,
    TUE_29_FEB_2028,
    WED_1_MAR_2028,
    WED_27_MAY,
    WED_28_OCT,
    at,
)

FOLDER = Path(calendar.__file__).parent / "calendars"
RAW = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.iterdir())}
NAMES = tuple(RAW)
TR = calendar.load("TR")
LONDON = calendar.load("GB-ENG")
EVERY_DAY = dict.fromkeys(calendar.DAYS, (Interval(opens=time(9), closes=time(18)),))
days = st.dates(date(2020, 1, 1), date(2049, 6, 30))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2049, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001


def local(table: Calendar, day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock on the wall."""
    return table.moment(day, time(hour, minute))


def test_every_day_named_in_the_tests_is_that_day() -> None:
    named = [(name, day) for name, day in vars(dates).items() if isinstance(day, date)]
    assert len(named) > 30
    for name, day in named:
        year = "" if day.year == 2026 else f"_{day.year}"
        assert name == f"{day:%a}_{day.day}_{day:%b}{year}".upper()


# Days


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


def test_the_eve_of_kurban_bayrami_counts_as_a_whole_day_and_the_feast_not_at_all() -> None:
    assert TR.add_working_days(MON_25_MAY, 1) == TUE_26_MAY
    assert TR.add_working_days(MON_25_MAY, 2) == MON_1_JUN


def test_a_leap_day_is_a_day() -> None:
    assert TR.add_working_days(FRI_25_FEB_2028, 1) == TUE_29_FEB_2028  # Ramazan Bayramı from Saturday to Monday
    assert TR.add_working_days(FRI_25_FEB_2028, 2) == WED_1_MAR_2028


def test_scotland_keeps_the_second_of_january() -> None:
    assert LONDON.is_working_day(FRI_2_JAN)
    assert not calendar.load("GB-SCT").is_working_day(FRI_2_JAN)


def test_saint_patrick_is_kept_in_northern_ireland() -> None:
    assert LONDON.is_working_day(TUE_17_MAR)
    assert not calendar.load("GB-NIR").is_working_day(TUE_17_MAR)


def test_only_victoria_stops_for_a_horse() -> None:
    states = [name for name in NAMES if name.startswith("AU-")]
    assert len(states) == 8
    assert [name for name in states if not calendar.load(name).is_working_day(TUE_3_NOV)] == ["AU-VIC"]


def test_a_bridging_day_of_ones_own_does_not_count() -> None:
    assert TR.add_working_days(FRI_22_MAY, 1) == MON_25_MAY
    assert TR.closed_on({MON_25_MAY: "Köprü izni"}).add_working_days(FRI_22_MAY, 1) == TUE_26_MAY


def test_a_day_of_ones_own_does_not_rename_a_holiday() -> None:
    own = TR.closed_on({THU_29_OCT: "Kapalı", MON_25_MAY: "Köprü izni"})
    assert own.holidays[THU_29_OCT] == "Cumhuriyet Bayramı"
    assert own.holidays[MON_25_MAY] == "Köprü izni"
    assert MON_25_MAY not in TR.holidays


def test_the_days_skipped_are_holidays_that_no_weekend_hides() -> None:
    assert TR.skipped(TUE_26_MAY, MON_1_JUN) == (WED_27_MAY, THU_28_MAY, FRI_29_MAY)
    assert TR.counting_saturdays().skipped(TUE_26_MAY, MON_1_JUN) == (WED_27_MAY, THU_28_MAY, FRI_29_MAY, SAT_30_MAY)
    assert TR.closed_on({MON_25_MAY: "Köprü izni"}).skipped(FRI_22_MAY, WED_27_MAY) == (MON_25_MAY, WED_27_MAY)
    assert TR.skipped(WED_27_MAY, WED_27_MAY) == ()


def test_after_the_last_table_a_complaint_still_gets_its_date() -> None:
    monday = date(2060, 3, 1)
    assert monday.strftime("%a") == "Mon"
    assert TR.add_working_days(monday, 5) == date(2060, 3, 8)


# Saturdays


def test_a_saturday_counts_where_the_law_counts_it() -> None:
    assert TR.counting_saturdays().add_working_days(FRI_6_MAR, 1) == SAT_7_MAR
    assert TR.counting_saturdays().add_working_days(FRI_6_MAR, 2) == MON_9_MAR


def test_a_holiday_on_friday_takes_the_saturday_after_it() -> None:
    saturdays = TR.counting_saturdays()
    assert not saturdays.is_working_day(SAT_2_MAY)
    assert saturdays.add_working_days(THU_30_APR, 1) == MON_4_MAY
    assert saturdays.holidays[SAT_2_MAY] == TR.holidays[FRI_1_MAY]
    assert TR.closed_on({SAT_2_MAY: "Kapalı"}).counting_saturdays().holidays[SAT_2_MAY] == "Kapalı"


def test_good_friday_takes_no_saturday() -> None:
    assert LONDON.counting_saturdays().add_working_days(FRI_3_APR, 1) == SAT_4_APR


def test_a_friday_of_ones_own_takes_no_saturday() -> None:
    own = {FRI_22_MAY: "Köprü izni"}
    assert TR.closed_on(own).counting_saturdays().is_working_day(SAT_23_MAY)
    assert TR.counting_saturdays().closed_on(own).is_working_day(SAT_23_MAY)


def test_a_saturday_that_counts_has_no_hours_unless_they_are_given() -> None:
    saturdays = TR.counting_saturdays()
    assert saturdays.opening(SAT_7_MAR) == ()
    assert len(saturdays.open_at(EVERY_DAY).opening(SAT_7_MAR)) == 1


# Moments


def test_a_working_day_ends_at_local_midnight() -> None:
    assert TR.moment(MON_2_MAR).isoformat() == "2026-03-02T20:59:59+00:00"


def test_a_moment_late_in_the_evening_belongs_to_the_local_day() -> None:
    assert TR.day_of(at(MON_2_MAR, 21, 30)) == TUE_3_MAR


def test_london_ends_its_day_an_hour_earlier_in_summer() -> None:
    assert LONDON.moment(date(2026, 7, 1)).hour == 22
    assert LONDON.moment(date(2026, 12, 1)).hour == 23


# Hours


def test_the_lunch_break_does_not_count() -> None:
    assert TR.add_working_hours(local(TR, MON_2_MAR, 12), 1) == local(TR, MON_2_MAR, 14)
    assert TR.working_hours_between(local(TR, MON_2_MAR, 9), local(TR, MON_2_MAR, 18)) == 8


def test_several_intervals_a_day_and_not_one_calendar_row_per_weekday() -> None:
    clinic = TR.open_at(
        {
            "mon": (
                Interval(opens=time(8), closes=time(10)),
                Interval(opens=time(12), closes=time(13)),
                Interval(opens=time(20), closes=time(22)),
            ),
            "tue": (Interval(opens=time(9), closes=time(12)),),
        }
    )
    assert len(clinic.opening(MON_2_MAR)) == 3
    assert clinic.add_working_hours(local(clinic, MON_2_MAR, 9), 2) == local(clinic, MON_2_MAR, 13)
    assert clinic.add_working_hours(local(clinic, MON_2_MAR, 9), 4) == local(clinic, MON_2_MAR, 22)
    assert clinic.add_working_hours(local(clinic, MON_2_MAR, 9), 5) == local(clinic, TUE_3_MAR, 10)
    assert clinic.working_hours_between(local(clinic, MON_2_MAR, 0), local(clinic, TUE_3_MAR, 0)) == 5


def test_what_comes_shortly_before_closing_on_friday_goes_on_on_monday() -> None:
    assert TR.add_working_hours(local(TR, FRI_6_MAR, 17, 30), 1) == local(TR, MON_9_MAR, 9, 30)


def test_hours_that_are_full_at_closing_time_end_there_and_not_at_the_next_opening() -> None:
    assert TR.add_working_hours(local(TR, FRI_6_MAR, 17), 1) == local(TR, FRI_6_MAR, 18)


def test_what_comes_after_closing_waits_for_the_next_opening() -> None:
    assert TR.add_working_hours(local(TR, FRI_6_MAR, 18), 1) == local(TR, MON_9_MAR, 10)
    assert TR.add_working_hours(local(TR, SAT_7_MAR, 11), 0) == local(TR, MON_9_MAR, 9)


def test_the_eve_of_kurban_bayrami_ends_at_one_where_hours_are_counted() -> None:
    no_lunch = TR.open_at(EVERY_DAY)
    assert no_lunch.opening(TUE_26_MAY) == ((local(TR, TUE_26_MAY, 9), local(TR, TUE_26_MAY, 13)),)
    assert no_lunch.add_working_hours(local(TR, TUE_26_MAY, 11), 2) == local(TR, TUE_26_MAY, 13)
    assert no_lunch.add_working_hours(local(TR, TUE_26_MAY, 11), 3) == local(TR, MON_1_JUN, 10)


def test_with_a_lunch_break_the_half_day_ends_with_the_morning() -> None:
    assert TR.opening(WED_28_OCT) == ((local(TR, WED_28_OCT, 9), local(TR, WED_28_OCT, 12, 30)),)
    assert TR.add_working_hours(local(TR, WED_28_OCT, 12), 1) == local(TR, FRI_30_OCT, 9, 30)


def test_a_christmas_eve_that_begins_at_seven_shortens_only_the_evening() -> None:
    adelaide = calendar.load("AU-SA")
    late = adelaide.open_at({"thu": (Interval(opens=time(12), closes=time(21)),)})
    assert adelaide.opening(THU_24_DEC)[0][1] == local(adelaide, THU_24_DEC, 17, 30)
    assert late.opening(THU_24_DEC)[0][1] == local(adelaide, THU_24_DEC, 19)


def test_hours_on_a_weekend_day_do_not_open_it() -> None:
    assert TR.open_at(EVERY_DAY).opening(SAT_7_MAR) == ()


def test_a_day_of_ones_own_has_no_hours() -> None:
    own = TR.closed_on({MON_25_MAY: "Köprü izni"})
    assert own.opening(MON_25_MAY) == ()
    assert own.add_working_hours(local(TR, FRI_22_MAY, 17), 2) == local(TR, TUE_26_MAY, 10)


def test_open_from_the_opening_until_just_before_the_closing() -> None:
    opens, closes = local(TR, MON_2_MAR, 9), local(TR, MON_2_MAR, 18)
    second = timedelta(seconds=1)
    assert [TR.is_open(moment) for moment in (opens - second, opens, closes - second, closes)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert TR.next_open(opens + second) == opens + second
    assert TR.next_open(local(TR, MON_2_MAR, 13)) == local(TR, MON_2_MAR, 13, 30)
    assert TR.next_open(closes) == local(TR, TUE_3_MAR, 9)


@pytest.mark.parametrize(
    ("table", "friday", "monday", "hours"),
    [
        (LONDON, FRI_6_MAR, MON_9_MAR, 63.5),
        (LONDON, FRI_27_MAR, MON_30_MAR, 62.5),  # the night to SUN_29_MAR lacks an hour
        (LONDON, FRI_23_OCT, MON_26_OCT, 64.5),  # the night to SUN_25_OCT has one more
        (TR, FRI_6_MAR, MON_9_MAR, 63),
        (TR, FRI_27_MAR, MON_30_MAR, 63),
        (TR, FRI_23_OCT, MON_26_OCT, 63),
    ],
)
def test_a_weekend_of_new_clocks_in_london_and_none_in_istanbul(
    table: Calendar, friday: date, monday: date, hours: float
) -> None:
    closing = table.opening(friday)[-1][1]
    assert table.next_open(closing) - closing == timedelta(hours=hours)
    assert table.add_working_hours(closing - timedelta(minutes=30), 1) == local(table, monday, 9, 30)


@pytest.mark.parametrize(("sunday", "hours"), [(SUN_29_MAR, 5), (SUN_25_OCT, 7)])
def test_a_night_of_new_clocks_has_the_hours_that_pass_and_not_those_on_the_wall(sunday: date, hours: int) -> None:
    night = LONDON.model_copy(update={"weekend": ()}).open_at({"sun": (Interval(opens=time(0), closes=time(6)),)})
    midnight, six = local(LONDON, sunday, 0), local(LONDON, sunday, 6)
    assert night.working_hours_between(midnight, six) == hours
    assert night.add_working_hours(midnight, hours) == six


def test_a_moment_with_a_clock_of_its_own_is_the_same_moment() -> None:
    istanbul = ZoneInfo("Europe/Istanbul")
    moment = local(TR, MON_2_MAR, 11)
    assert TR.add_working_hours(moment.astimezone(istanbul), 1).isoformat() == "2026-03-02T09:00:00+00:00"
    assert TR.working_hours_between(moment.astimezone(istanbul), local(TR, MON_2_MAR, 12)) == 1


# What a calendar refuses


@pytest.mark.parametrize("closes", [time(9), time(8)])
def test_an_interval_closes_after_it_opens(closes: time) -> None:
    with pytest.raises(ValidationError, match="opens at 09:00:00"):
        Interval(opens=time(9), closes=closes)


def test_hours_may_touch_and_not_overlap() -> None:
    morning, noon = Interval(opens=time(9), closes=time(12)), Interval(opens=time(12), closes=time(13))
    assert len(TR.open_at({"mon": (morning, noon)}).hours["mon"]) == 2
    for wrong in ((noon, morning), (morning, morning)):
        with pytest.raises(ValidationError, match="mon: the hours overlap or are not in order"):
            TR.open_at({"mon": wrong})


def test_a_day_of_the_week_is_spelled_as_in_the_tables() -> None:
    with pytest.raises(ValidationError, match="monday is no day of the week"):
        TR.open_at({"monday": EVERY_DAY["mon"]})


@pytest.mark.parametrize("hours", [{}, {"mon": ()}, {"sat": EVERY_DAY["sat"]}])
def test_a_calendar_opens_some_day(hours: dict[str, tuple[Interval, ...]]) -> None:
    with pytest.raises(ValidationError, match="no working day has opening hours"):
        TR.open_at(hours)


def test_a_country_without_a_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        calendar.load("ATLANTIS")


# Laws


@given(st.sampled_from(NAMES), days, st.integers(1, 260))
def test_adding_working_days_agrees_with_counting_them_one_by_one(name: str, start: date, count: int) -> None:
    assert calendar.load(name).add_working_days(start, count) == counted(name, start, count)


@given(days, st.integers(0, 260))
def test_counting_is_the_inverse_of_adding(start: date, count: int) -> None:
    end = TR.add_working_days(start, count)
    assert TR.working_days_between(start, end) == count
    assert TR.working_days_between(end, start) == -count


@given(days, days, st.integers(1, 60))
def test_a_later_receipt_never_falls_due_earlier(one: date, other: date, count: int) -> None:
    assert TR.add_working_days(min(one, other), count) <= TR.add_working_days(max(one, other), count)


@st.composite
def opening_hours(draw: st.DrawFn) -> dict[str, tuple[Interval, ...]]:
    """Up to four intervals a day, of any length; a whole Wednesday, so that no limit lasts for years."""
    hours: dict[str, tuple[Interval, ...]] = {"wed": EVERY_DAY["wed"]}
    for name in ("mon", "tue", "thu", "fri"):
        times = sorted(draw(st.sets(st.times(), max_size=8)))
        pairs = zip(times[::2], times[1::2], strict=False)
        hours[name] = tuple(Interval(opens=opens, closes=closes) for opens, closes in pairs)
    return hours


@given(st.sampled_from(NAMES), opening_hours(), moments, st.floats(0, 30))
def test_counting_hours_is_the_inverse_of_adding_them(
    name: str, hours: dict[str, tuple[Interval, ...]], start: datetime, count: float
) -> None:
    table = calendar.load(name).open_at(hours)
    end = table.add_working_hours(start, count)
    assert table.working_hours_between(start, end) == pytest.approx(count, abs=1e-9)
    assert table.working_hours_between(end, start) == pytest.approx(-count, abs=1e-9)


@given(st.sampled_from(NAMES), moments)
def test_an_opening_is_open_and_nothing_before_it_is(name: str, moment: datetime) -> None:
    table = calendar.load(name)
    opening = table.next_open(moment)
    assert table.is_open(opening)
    assert table.working_hours_between(moment, opening) == 0


# The same once more, slowly: straight from the files, with plain ifs and without any method of Calendar. The cases are
# drawn by a seeded generator, because Hypothesis would need minutes for a hundred thousand of them.


def works(name: str, day: date, saturdays: bool = False, own: Collection[date] = ()) -> bool:
    raw = RAW[name]
    if day.weekday() == 6:
        return False
    if day.weekday() == 5 and not saturdays:
        return False
    if day.isoformat() in raw["holidays"] or day in own:
        return False
    friday = day - timedelta(days=1)
    taken = day.weekday() == 5 and raw["friday_takes_saturday"] and friday.isoformat() in raw["holidays"]
    return not taken


def counted(name: str, day: date, count: int, saturdays: bool = False, own: Collection[date] = ()) -> date:
    while count > 0:
        day += timedelta(days=1)
        if works(name, day, saturdays, own):
            count -= 1
    return day


@dataclass(frozen=True)
class DayCase:
    """A country, whether its Saturdays count, some days of one's own, and a day to start from."""

    name: str
    saturdays: bool
    own: tuple[date, ...]
    start: date

    @property
    def table(self) -> Calendar:
        own = dict.fromkeys(self.own, "Kapalı")
        if not self.saturdays:
            return calendar.load(self.name).closed_on(own)
        if self.start.day % 2:  # the order of the two must not matter
            return calendar.load(self.name).closed_on(own).counting_saturdays()
        return calendar.load(self.name).counting_saturdays().closed_on(own)


def day_cases(seed: int, number: int) -> list[tuple[DayCase, int]]:
    """Cases, each with a number of days."""
    pick = random.Random(seed)
    first = date(2020, 1, 1).toordinal()
    cases = []
    for _ in range(number):
        start = date.fromordinal(first + pick.randrange(31 * 365))
        own = tuple(start + timedelta(days=pick.randrange(60)) for _ in range(pick.randrange(4)))
        cases.append((DayCase(pick.choice(NAMES), pick.random() < 0.5, own, start), pick.randrange(61)))
    return cases


def test_adding_days_agrees_with_the_slow_reckoning() -> None:
    for case, count in day_cases(seed=1, number=30_000):
        expected = counted(case.name, case.start, count, case.saturdays, case.own)
        assert case.table.add_working_days(case.start, count) == expected, (case, count)


def test_counting_days_agrees_with_the_slow_reckoning() -> None:
    for case, span in day_cases(seed=2, number=25_000):
        days_after = [case.start + timedelta(days=n) for n in range(1, span + 1)]
        expected = sum(works(case.name, day, case.saturdays, case.own) for day in days_after)
        end = case.start + timedelta(days=span)
        assert case.table.working_days_between(case.start, end) == expected, (case, span)
        assert case.table.working_days_between(end, case.start) == -expected, (case, span)


@dataclass(frozen=True)
class Shop:
    """Opening hours as a person would write them on the door: per weekday number, pairs of local hours."""

    name: str
    weekend: tuple[int, ...]
    door: tuple[tuple[tuple[time, time], ...], ...]
    own: tuple[date, ...] = ()

    def is_open(self, moment: datetime) -> bool:
        raw = RAW[self.name]
        day_and_clock = moment.astimezone(ZoneInfo(raw["time_zone"]))
        weekday, day, clock = day_and_clock.weekday(), day_and_clock.date(), day_and_clock.time()
        if weekday in self.weekend:
            return False
        if day.isoformat() in raw["holidays"] or day in self.own:
            return False
        half = raw["half_days"].get(day.isoformat())
        if half and clock >= time.fromisoformat(half["from"]):
            return False
        return any(opens <= clock < closes for opens, closes in self.door[weekday])

    @property
    def table(self) -> Calendar:
        hours = {
            calendar.DAYS[number]: tuple(Interval(opens=opens, closes=closes) for opens, closes in pairs)
            for number, pairs in enumerate(self.door)
        }
        weekend = tuple(calendar.DAYS[number] for number in self.weekend)
        table = calendar.load(self.name).model_copy(update={"weekend": weekend})
        return table.closed_on(dict.fromkeys(self.own, "Kapalı")).open_at(hours)


OFFICE = ((time(9), time(17, 30)),)
LUNCH = ((time(9), time(12, 30)), (time(13, 30), time(18)))
LATE = ((time(10), time(21)),)
NIGHT = ((time(0), time(6)), (time(22, 15), time(23, 45)))
SHOPS = (
    Shop("TR", (5, 6), (LUNCH,) * 7),
    Shop("TR", (6,), (LATE, (), LUNCH, OFFICE, LUNCH, LATE, ()), (MON_25_MAY, TUE_2_JUN, MON_2_NOV)),
    Shop("GB-ENG", (5, 6), (OFFICE,) * 5 + ((), ())),
    Shop("GB-SCT", (), (OFFICE,) * 4 + (NIGHT,) * 3),  # awake when the clocks change
    Shop("AU-SA", (5, 6), (LATE,) * 7),  # half an hour beside the others, and a late half day
)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = 460 * 24 * 60  # into April 2027: a year of clocks and feasts


@cache
def open_minutes(shop: Shop) -> list[int]:
    """Every single minute at which the shop is open, counted from FIRST."""
    return [n for n in range(MINUTES) if shop.is_open(FIRST + timedelta(minutes=n))]


def hour_cases(seed: int, number: int) -> list[tuple[Shop, int, int]]:
    """Shops, each with a minute in 2026 and a number of minutes that is at most thirty hours."""
    pick = random.Random(seed)
    return [(pick.choice(SHOPS), pick.randrange(364 * 24 * 60), pick.randrange(30 * 60)) for _ in range(number)]


def test_adding_hours_agrees_with_the_slow_reckoning() -> None:
    tables = {shop: shop.table for shop in SHOPS}
    for shop, start, count in hour_cases(seed=3, number=25_000):
        minutes = open_minutes(shop)
        ahead = bisect_left(minutes, start)
        end = minutes[ahead + count - 1] + 1 if count else minutes[ahead]
        moment = tables[shop].add_working_hours(FIRST + timedelta(minutes=start), count / 60)
        assert moment == FIRST + timedelta(minutes=end), (shop, start, count)


def test_counting_hours_agrees_with_the_slow_reckoning() -> None:
    tables = {shop: shop.table for shop in SHOPS}
    for shop, start, span in hour_cases(seed=4, number=25_000):
        minutes = open_minutes(shop)
        end = start + 3 * span  # nights and weekends make up most of a span
        expected = (bisect_left(minutes, end) - bisect_left(minutes, start)) / 60
        earlier, later = FIRST + timedelta(minutes=start), FIRST + timedelta(minutes=end)
        assert tables[shop].working_hours_between(earlier, later) == expected, (shop, start, span)
        assert tables[shop].working_hours_between(later, earlier) == -expected, (shop, start, span)
        assert tables[shop].is_open(earlier) == shop.is_open(earlier), (shop, start)
