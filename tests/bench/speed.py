"""How fast the core is, beside bare Python that works out the same days without saying why."""

import math
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import reduce
from statistics import median
from typing import Any, NamedTuple

from complaints import commands as c
from complaints.complaint import Complaint
from complaints.deadlines import first_clocks, reckon, wakes_at
from complaints.events import Reckoning
from complaints.history import begin, evolve
from complaints.lifecycle import decide
from complaints.packs import Limit, Pack
from complaints.receiving import receive
from tests.builders import (
    ACCEPT,
    APPROVE,
    ASSESS,
    COMPLAINANT,
    HANDLER,
    INVESTIGATE,
    LEAD,
    PROPOSE,
    RULES,
    SYSTEM,
    a_submission,
    rules_under,
)
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, at

BATCHES, BATCH = 7, 0.05  # so many batches of so many seconds each; the median counts
PACKS = ("TR-BANKA", "TR-SIGORTA", "ISO-BASE")
THREE = rules_under(*PACKS)
HOLIDAYS = frozenset(RULES.calendar.holidays)
START = at(MON_2_MAR)
LIFE = (
    (SYSTEM, c.Acknowledge(medium="email", letter="000001-acknowledgement"), at(MON_2_MAR, 11)),
    (HANDLER, ASSESS, at(TUE_3_MAR)),
    (HANDLER, INVESTIGATE, at(TUE_3_MAR)),
    (HANDLER, c.TellProgress(words="We wait for the expert."), at(FRI_6_MAR)),
    (HANDLER, PROPOSE, at(MON_9_MAR)),
    (LEAD, APPROVE, at(MON_9_MAR)),
    (COMPLAINANT, ACCEPT, at(MON_9_MAR, 12)),
    (HANDLER, c.FinishTask(task="remedy-1"), at(MON_9_MAR, 13)),
    (LEAD, c.Verify(words="The new oven is in its place."), at(MON_9_MAR, 14)),
)


class Speed(NamedTuple):
    """How often a second ours was done, and the floor."""

    what: str
    ours: float
    floor: float


def measured() -> list[Speed]:
    """Everything, ours and its floor by turns."""
    pack = THREE.pack("TR-SIGORTA", 1)
    twenty = Limit(count=20, unit="working_day")
    packs: dict[int | None, Pack] = {n: THREE.pack(name, 1) for n, name in enumerate(PACKS, 1)}
    clocks = first_clocks(START, START, THREE, packs, target="3")
    complaint, events = _assessed(), _life()
    return [
        _beside("one due date of 20 working days", lambda: reckon("answer", twenty, START, THREE, pack), _bare_twenty),
        _beside(
            "every first clock: three points, three packs",
            lambda: first_clocks(START, START, THREE, packs, target="3"),
            lambda: [_bare_last_day(one) for one in clocks],
        ),
        _beside("when to look at it again", lambda: wakes_at(complaint, THREE), lambda: _bare_look(complaint)),
        _beside(f"a whole life of {len(events)} events", _life, lambda: _bare_life(events)),
    ]


def _beside(what: str, ours: Callable[[], Any], floor: Callable[[], Any]) -> Speed:
    found: tuple[list[float], list[float]] = [], []
    sizes = [_size(ours), _size(floor)]
    for _ in range(BATCHES):
        for call, size, rates in zip((ours, floor), sizes, found, strict=True):
            rates.append(size / _seconds(call, size))
    return Speed(what, *map(median, found))


def _size(call: Callable[[], Any]) -> int:
    size = 1
    while (taken := _seconds(call, size)) < BATCH / 4:
        size *= 2
    return max(1, int(size * BATCH / taken))


def _seconds(call: Callable[[], Any], times: int) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        call()
    return time.perf_counter() - begun


# --- ours ------------------------------------------------------------------------------------------------------------


SUBMIT = c.Submit(submission=a_submission(), reference="7K4M29XRQ3A", channel="web", received_at=START)


def _assessed() -> Complaint:
    """A complaint with three points under three packs."""
    complaint = begin(receive(SUBMIT, COMPLAINANT, START, THREE))
    points = tuple(c.PointTitle(title=f"Point {n}", category=3, pack=name) for n, name in enumerate(PACKS, 1))
    ask = ASSESS.model_copy(update={"points": points})
    return reduce(evolve, decide(complaint, ask, HANDLER, START, THREE), complaint)


def _life() -> list[Any]:
    """From the receipt to the closing: every decision and what follows from it."""
    first = receive(SUBMIT, COMPLAINANT, START, RULES)
    complaint = begin(first)
    events: list[Any] = [first]
    for person, ask, when in LIFE:
        for event in decide(complaint, ask, person, when, RULES):
            events.append(event)
            complaint = evolve(complaint, event)
    return events


# --- bare Python -----------------------------------------------------------------------------------------------------


def _bare_days_after(day: date, count: int) -> date:
    one = timedelta(days=1)
    while count:
        day += one
        if day.weekday() < 5 and day not in HOLIDAYS:
            count -= 1
    return day


def _bare_days_between(day: date, last: date) -> int:
    one, count = timedelta(days=1), 0
    while day < last:
        day += one
        count += day.weekday() < 5 and day not in HOLIDAYS
    return count


def _bare_twenty() -> date:
    return _bare_days_after(MON_2_MAR, 20)


def _bare_last_day(one: Reckoning) -> date:
    if one.unit == "working_day":
        return _bare_days_after(one.started_at.date(), one.count or 0)
    return one.started_at.date() + timedelta(days=one.count or 0)


def _bare_look(complaint: Complaint) -> datetime:
    """The due moment, four fifths of the way to it, and five days after it, for each clock."""
    moments = []
    for clock in complaint.running:
        first, last = clock.started_at.date(), clock.due.date()
        share = math.ceil(_bare_days_between(first, last) * 0.8)
        moments += [clock.due, at(_bare_days_after(first, share), 6), at(_bare_days_after(last, 5), 6)]
    return min(moments)


def _bare_life(events: list[Any]) -> dict[str, Any]:
    """The same days, and one dictionary more for each event."""
    case: dict[str, Any] = {"reference": "7K4M29XRQ3A", "version": 0}
    for version, event in enumerate(events, 1):
        due = {one.promise: _bare_last_day(one) for one in event.clocks}
        case = {**case, **due, "version": version, "at": event.at, "type": event.type}
    return case
