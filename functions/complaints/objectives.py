"""Objectives (ISO 10002, 6.2): each has a measure, a target, a period and an owner; where it stands is worked out from
the facts that are kept of each complaint.
"""

from collections.abc import Iterable
from datetime import date, datetime
from statistics import median
from typing import Literal, TypedDict

Measure = Literal["acknowledged_on_time", "answered_on_time", "days_to_answer"]
Period = Literal["month", "quarter", "year"]
MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}
#: Of a share more is better, of days fewer.
FEWER_IS_BETTER: frozenset[Measure] = frozenset({"days_to_answer"})

#: A share's promise, and the moment by which it is settled.
SETTLED: dict[Measure, tuple[str, str]] = {
    "acknowledged_on_time": ("acknowledge", "acknowledged_at"),
    "answered_on_time": ("answer", "decided_at"),
}


class Fact(TypedDict):
    """What of a complaint counts here. Moments are ISO 8601; `broken` names the promises that were not kept. No figure
    tells of one that is `restricted`: not everybody may know that there is one.
    """

    received_at: str
    acknowledged_at: str | None
    decided_at: str | None
    broken: list[str]
    restricted: bool


def months(period: Period, today: date) -> list[str]:
    """The months (`2026-03`) of the calendar period that holds this local day, as far as they have begun."""
    count = MONTHS[period]
    first = (today.month - 1) // count * count + 1
    return [f"{today.year}-{month:02d}" for month in range(first, today.month + 1)]


def value(measure: Measure, facts: Iterable[Fact]) -> float | None:
    """Per cent of the complaints for which the promise is settled either way, or days in the middle; None where
    nothing can be counted yet.
    """
    facts = [fact for fact in facts if not fact["restricted"]]
    if measure == "days_to_answer":
        days = [_days(fact["received_at"], fact["decided_at"]) for fact in facts if fact["decided_at"]]
        return round(median(days), 1) if days else None
    promise, done = SETTLED[measure]
    kept = [promise not in fact["broken"] for fact in facts if fact.get(done) or promise in fact["broken"]]
    return round(100 * sum(kept) / len(kept), 1) if kept else None


def reached(measure: Measure, found: float | None, target: float) -> bool | None:
    """Whether the target is met; None where there is nothing to compare with it."""
    if found is None:
        return None
    return found <= target if measure in FEWER_IS_BETTER else found >= target


def _days(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 86_400
