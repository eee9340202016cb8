"""Working days and working hours of one country: pure arithmetic on the tables in calendars/.

A half day (the eve of a feast, 28 October in Turkey) counts as a whole working day where days are counted: that gives
the earlier, safer date. Where hours are counted it ends at its hour.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise, takewhile
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
END_OF_DAY = time(23, 59, 59)
ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)


class Interval(BaseModel):
    """Work from `opens` up to, and not including, `closes` (local times of one day)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: time
    closes: time

    @model_validator(mode="after")
    def opens_before_it_closes(self) -> Self:
        """An interval never runs past midnight. Raises ValueError."""
        if self.opens >= self.closes:
            raise ValueError(f"opens at {self.opens} and closes at {self.closes}")
        return self


class HalfDay(BaseModel):
    """A day that stops being a working day at `from_` (local time)."""

    model_config = ConfigDict(frozen=True)

    from_: time
    name: str


class Calendar(BaseModel):
    """Weekends, holidays and opening hours. Dates are local; moments are UTC.

    Beyond the years of its tables a calendar knows only weekends and hours: no complaint is refused for its date.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    country: str
    time_zone: str
    weekend: tuple[str, ...]
    hours: dict[str, tuple[Interval, ...]]
    friday_takes_saturday: bool = False
    holidays: dict[date, str]
    half_days: dict[date, HalfDay]
    own_days: frozenset[date] = frozenset()  # those holidays that the organisation added

    @field_validator("hours")
    @classmethod
    def hours_are_in_order(cls, hours: dict[str, tuple[Interval, ...]]) -> dict[str, tuple[Interval, ...]]:
        """Intervals of a day may touch and must not overlap. Raises ValueError."""
        for name, intervals in hours.items():
            if name not in DAYS:
                raise ValueError(f"{name} is no day of the week: {', '.join(DAYS)}")
            if any(one.closes > after.opens for one, after in pairwise(intervals)):
                raise ValueError(f"{name}: the hours overlap or are not in order")
        return hours

    @model_validator(mode="after")
    def opens_some_day(self) -> Self:
        """A limit in hours would never end in a calendar that never opens. Raises ValueError."""
        if not any(intervals for name, intervals in self.hours.items() if name not in self.weekend):
            raise ValueError("no working day has opening hours")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which a day of this calendar begins and ends."""
        return ZoneInfo(self.time_zone)

    def counting_saturdays(self) -> "Calendar":
        """The same calendar where the law counts Saturday as a working day."""
        taken: dict[date, str] = {}
        if self.friday_takes_saturday:
            # Law 2429, article 2: the Saturday after a holiday that ends on a Friday evening is a holiday as a whole.
            # The law says so of its own holidays; a Friday that the organisation gives its people takes no Saturday.
            taken = {
                day + ONE_DAY: name
                for day, name in self.holidays.items()
                if DAYS[day.weekday()] == "fri" and day not in self.own_days
            }
        weekend = tuple(name for name in self.weekend if name != "sat")
        return self.model_copy(update={"weekend": weekend, "holidays": taken | self.holidays})

    def closed_on(self, days: Mapping[date, str]) -> "Calendar":
        """The same calendar with the organisation's own days off (date -> name) as further whole holidays."""
        own = {day: name for day, name in days.items() if day not in self.holidays}
        return self.model_copy(update={"holidays": self.holidays | own, "own_days": self.own_days | own.keys()})

    def open_at(self, hours: Mapping[str, tuple[Interval, ...]]) -> "Calendar":
        """The same calendar with the organisation's own opening hours; hours do not make a weekend day a working day.

        Raises ValidationError when they overlap, or when no working day has any.
        """
        return Calendar.model_validate({**dict(self), "hours": hours})

    def day_of(self, moment: datetime) -> date:
        """The local date of a moment."""
        return moment.astimezone(self.zone).date()

    def moment(self, day: date, at: time = END_OF_DAY) -> datetime:
        """The UTC moment of a local time on a day; by default the day's last second."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def _rule(self) -> Callable[[date], bool]:
        """What makes a working day, with the tables at hand: a page of complaints asks it of thousands of days."""
        closed, holidays = {DAYS.index(name) for name in self.weekend}, self.holidays
        return lambda day: day.weekday() not in closed and day not in holidays

    def is_working_day(self, day: date) -> bool:
        """Whether the day is neither weekend nor a whole holiday."""
        return self._rule()(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself never counts."""
        works = self._rule()
        while count > 0:
            day += ONE_DAY
            count -= works(day)
        return day

    def working_days_between(self, earlier: date, later: date) -> int:
        """How many working days lie after `earlier`, up to and including `later`; negative if `later` is earlier."""
        if later < earlier:
            return -self.working_days_between(later, earlier)
        works, count = self._rule(), 0
        while earlier < later:
            earlier += ONE_DAY
            count += works(earlier)
        return count

    def skipped(self, after: date, until: date) -> tuple[date, ...]:
        """The holidays after `after`, up to and including `until`, that a weekend does not hide; in order."""
        days = (day for day in self.holidays if after < day <= until and DAYS[day.weekday()] not in self.weekend)
        return tuple(sorted(days))

    def opening(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The UTC moments between which there is work on a local day, in order; none on a day off."""
        if not self.is_working_day(day):
            return ()
        end = self.half_days[day].from_ if day in self.half_days else time.max
        intervals = self.hours.get(DAYS[day.weekday()], ())
        spans = [(self.moment(day, one.opens), self.moment(day, min(one.closes, end))) for one in intervals]
        return tuple((opens, closes) for opens, closes in spans if opens < closes)  # the half day leaves some empty

    def _openings(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The UTC moments between which there is work from `since` on, without end."""
        since = since.astimezone(UTC)  # elapsed time is reckoned where every hour has sixty minutes
        day = self.day_of(since)
        while True:
            for opens, closes in self.opening(day):
                if since < closes:
                    yield max(opens, since), closes
            day += ONE_DAY

    def add_working_hours(self, moment: datetime, hours: float) -> datetime:
        """The UTC moment at which so many hours (not negative) of opening time have passed since `moment`."""
        left = timedelta(hours=hours)
        openings = self._openings(moment)
        opens, closes = next(openings)
        while left > closes - opens:
            left -= closes - opens
            opens, closes = next(openings)
        return opens + left

    def working_hours_between(self, earlier: datetime, later: datetime) -> float:
        """How many hours of opening time lie between two moments; negative if `later` is earlier."""
        if later < earlier:
            return -self.working_hours_between(later, earlier)
        openings = takewhile(lambda opening: opening[0] < later, self._openings(earlier))
        return sum((min(closes, later) - opens for opens, closes in openings), timedelta()) / ONE_HOUR

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself if there is work then, otherwise the next opening."""
        return next(self._openings(moment))[0]

    def is_open(self, moment: datetime) -> bool:
        """Whether there is work at a moment; not at the very moment of closing."""
        return self.next_open(moment) == moment


@cache
def load(name: str) -> Calendar:
    """The calendar `name`, from calendars/<name>.toml. Raises FileNotFoundError if there is none."""
    table = tomllib.loads((files(__package__) / "calendars" / f"{name}.toml").read_text(encoding="utf-8"))
    halves = {day: {"from_": half["from"], "name": half["name"]} for day, half in table.get("half_days", {}).items()}
    return Calendar.model_validate({**table, "half_days": halves})
