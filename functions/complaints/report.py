"""In which queues of the desk a complaint stands: asked by the list, by the counts and by the recount. What a queue can
be narrowed to. And how much work lies ahead, and with whom.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from pydantic import Field

from complaints.complaint import Channel, Complaint, Frozen, State
from complaints.rules import Rules

Queue = Literal[
    "open",
    "to_acknowledge",
    "to_assess",
    "to_approve",
    "waiting_answer",
    "to_review",
    "disputed",
    "overdue",
    "undelivered",
    "closed",
]
QUEUES: tuple[Queue, ...] = get_args(Queue)


def queues_of(complaint: Complaint) -> frozenset[Queue]:
    """The queues that hold this complaint. A closed one with a letter to be delivered by hand is still work."""
    closed = complaint.state == State.CLOSED
    undelivered = any(task.kind == "reach_another_way" for task in complaint.tasks)
    stands: dict[Queue, bool] = {
        "open": not closed,
        "to_acknowledge": not closed and complaint.acknowledged_at is None,
        "to_assess": complaint.state == State.RECEIVED,
        "to_approve": complaint.state == State.DECIDING,
        "waiting_answer": complaint.state == State.DECIDED and not complaint.disputed,
        "to_review": complaint.state == State.REVIEWING,
        "disputed": complaint.state == State.DECIDED and complaint.disputed,
        "overdue": not closed and complaint.overdue,
        "undelivered": undelivered,
        "closed": closed and not undelivered,
    }
    return frozenset(queue for queue, holds in stands.items() if holds)


def partition(complaint: Complaint) -> Literal["open", "closed", "watched"]:
    """Where the index keeps the complaint: with the work to be done, with what is done, or with what is closed while
    time can still change something.
    """
    if "closed" not in queues_of(complaint):
        return "open"
    return "watched" if complaint.running else "closed"


# --- flags and filters -----------------------------------------------------------------------------------------------

Flag = Literal[
    "safety",
    "undelivered",
    "disputed",
    "reopened",
    "second_stage",
    "waiting",
    "anonymous",
    "confidential",
    "external",
]
NONE = "none"  # in a filter: no owner, or no priority yet


def flags_of(complaint: Complaint) -> tuple[Flag, ...]:
    """What is unusual about a complaint, whoever looks."""
    flags: dict[Flag, bool] = {
        "safety": complaint.safety,
        "undelivered": "undelivered" in queues_of(complaint),
        "disputed": complaint.disputed,
        "reopened": complaint.cycle > 1,
        "second_stage": complaint.stage == 2,
        "waiting": complaint.state == State.WAITING,
        "anonymous": complaint.anonymous,
        "confidential": complaint.confidential,
        "external": complaint.state == State.EXTERNAL,
    }
    return tuple(flag for flag, holds in flags.items() if holds)


class Filter(Frozen):
    """What a queue is narrowed to: all of these have to hold; None narrows nothing.

    `owner` is the `sub` of a member of staff. Of several points, one in the `category` or under the `pack` is enough.
    `due` is about the next promise: broken already, or due on this day or until the Sunday of this week (local).
    """

    priority: Literal["1", "2", "3", "4", "none"] | None = None
    category: int | None = Field(default=None, ge=1)
    owner: str | None = Field(default=None, min_length=1, max_length=64)
    channel: Channel | None = None
    pack: str | None = Field(default=None, min_length=1, max_length=60)
    due: Literal["today", "week", "late"] | None = None
    flag: Flag | None = None

    def fits(self, complaint: Complaint, now: datetime, rules: Rules) -> bool:
        """Whether a complaint stays in the queue at `now` (UTC)."""
        packs = {point.pack for point in complaint.points} or {complaint.pack}
        return all(
            (
                self.priority in (None, str(complaint.priority or NONE)),
                self.category is None or any(point.category == self.category for point in complaint.points),
                self.owner in (None, complaint.owner or NONE),
                self.channel in (None, complaint.channel),
                self.pack is None or self.pack in packs,
                self.due is None or self._is_due(complaint, now, rules),
                self.flag is None or self.flag in flags_of(complaint),
            )
        )

    def _is_due(self, complaint: Complaint, now: datetime, rules: Rules) -> bool:
        promise = complaint.next_promise
        if promise is None:
            return False
        if self.due == "late":
            return promise.due < now
        today, day = rules.calendar.day_of(now), rules.calendar.day_of(promise.due)
        last = today + timedelta(days=6 - today.weekday()) if self.due == "week" else today
        return today <= day <= last


# --- workload --------------------------------------------------------------------------------------------------------

DAYS_AHEAD = 10


@dataclass
class Load:
    """Open complaints in one pair of hands. `days` counts the promises that fall due on each of the days ahead."""

    open: int = 0
    late: int = 0
    urgent: int = 0
    not_taken_up: int = 0  # and should have been
    oldest: datetime | None = None
    days: list[int] = field(default_factory=lambda: [0] * DAYS_AHEAD)

    def add(self, complaint: Complaint, now: datetime, falls: Iterable[int]) -> None:
        """Another complaint, whose promises fall on these of the days ahead."""
        promise = complaint.next_promise
        self.open += 1
        self.late += promise is not None and promise.due < now
        self.urgent += complaint.urgent
        self.not_taken_up += any(clock.promise == "take_up" and clock.due < now for clock in complaint.running)
        self.oldest = min(self.oldest or complaint.received_at, complaint.received_at)
        for day in falls:
            self.days[day] += 1


@dataclass(frozen=True)
class Workload:
    """`days` are the next ten working days, today first if it is one. `of` is by owner, None where there is none."""

    days: tuple[date, ...]
    everybody: Load
    of: dict[str | None, Load]


def workload(complaints: Iterable[Complaint], now: datetime, rules: Rules) -> Workload:
    """How much lies with whom at `now` (UTC), and what falls due on the days ahead; closed complaints do not count.

    What is late stands in no day. What falls due on a day off is counted on the working day before it, the last one on
    which it can be done.
    """
    days = _working_days(rules.calendar.day_of(now), rules)
    everybody, of = Load(), dict[str | None, Load]()
    for complaint in complaints:
        if complaint.state != State.CLOSED:
            falls = _falls(complaint, now, days, rules)
            everybody.add(complaint, now, falls)
            of.setdefault(complaint.owner, Load()).add(complaint, now, falls)
    return Workload(days[:DAYS_AHEAD], everybody, of)


def _working_days(first: date, rules: Rules) -> tuple[date, ...]:
    """The days ahead, and the one after them."""
    calendar, days = rules.calendar, [first - timedelta(days=1)]
    while len(days) <= DAYS_AHEAD + 1:
        days.append(calendar.add_working_days(days[-1], 1))
    return tuple(days[1:])


def _falls(complaint: Complaint, now: datetime, days: tuple[date, ...], rules: Rules) -> list[int]:
    """On which of the days each promise falls due; the same promise on several points at once counts once."""
    due = {
        (clock.promise, clock.duty, rules.calendar.day_of(clock.due))
        for clock in complaint.promises
        if clock.due >= now
    }
    places = [max(bisect_right(days, day) - 1, 0) for _, _, day in due]
    return [place for place in places if place < DAYS_AHEAD]
