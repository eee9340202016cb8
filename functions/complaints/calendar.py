"""Working days of one country: pure date arithmetic on the tables in calendars/.

A half day (the eve of a feast, 28 October in Turkey) counts as a whole working day: that gives the earlier, safer date.
"""

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
END_OF_DAY = time(23, 59, 59)


class HalfDay(BaseModel):
    """A day that stops being a working day at `from_` (local time)."""

    model_config = ConfigDict(frozen=True)

    from_: time
    name: str


class Calendar(BaseModel):
    """Weekends and holidays of one country. Dates are local; moments are UTC."""

    model_config = ConfigDict(frozen=True)

    name: str
    time_zone: str
    weekend: tuple[str, ...]
    holidays: dict[date, str]
    half_days: dict[date, HalfDay]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which a day of this calendar begins and ends."""
        return ZoneInfo(self.time_zone)

    def day_of(self, moment: datetime) -> date:
        """The local date of a moment."""
        return moment.astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Whether the day is neither weekend nor a whole holiday."""
        return DAYS[day.weekday()] not in self.weekend and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself never counts."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, earlier: date, later: date) -> int:
        """How many working days lie after `earlier`, up to and including `later`; negative if `later` is earlier."""
        if later < earlier:
            return -self.working_days_between(later, earlier)
        span = (later - earlier).days
        return sum(self.is_working_day(earlier + timedelta(days=n)) for n in range(1, span + 1))

    def moment(self, day: date, at: time = END_OF_DAY) -> datetime:
        """The UTC moment of a local time on a day; by default the day's last second."""
        return datetime.combine(day, at, self.zone).astimezone(ZoneInfo("UTC"))


@cache
def load(name: str) -> Calendar:
    """The calendar `name`, from calendars/<name>.toml. Raises FileNotFoundError if there is none."""
    table = tomllib.loads((files(__package__) / "calendars" / f"{name}.toml").read_text(encoding="utf-8"))
    halves = {day: {"from_": half["from"], "name": half["name"]} for day, half in table.get("half_days", {}).items()}
    return Calendar.model_validate({**table, "half_days": halves})
