"""Which promise falls due when, when to look again, and who hears of it: everything about time that is no calendar.

A promise's limit comes from its point's policy pack. Each due moment is worked out once, as a Reckoning that its event
keeps, and so can always say why.
"""

import math
import zlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from complaints.complaint import BY_ITSELF, Clock, Complaint, Point, Promise
from complaints.events import AnyEvent, Reckoning
from complaints.packs import Extension, Limit, Pack
from complaints.rules import Rules, Step, Told

REMIND_BEFORE = 2  # working days: time enough to look for what we asked for, and too little to forget it once more
MORNING = time(9)  # local: a reminder at midnight reaches nobody
SPREAD = 300  # seconds over which the promises of one moment are spread, so that they do not all wake at once
LEAVES_WITHIN = Limit(count=1, unit="working_day")  # the decision letter, from its approval: our own target
HOURS = ("hour", "working_hour")


# --- how a due moment is worked out ----------------------------------------------------------------------------------


def reckon(
    promise: Promise,
    limit: Limit,
    start: datetime,
    rules: Rules,
    pack: Pack | None = None,
    *,
    point: int | None = None,
    duty: str | None = None,
) -> Reckoning:
    """One due moment (UTC) with its reasons. A limit without a pack is a target of our own."""
    calendar = rules.days_of(pack, limit.unit) if pack else rules.calendar
    due = rules.falls_due(limit, start, pack)
    counted = limit.unit.startswith("working_day") or limit.if_due_on_holiday == "next_working_day"
    return Reckoning(
        promise=promise,
        point=point,
        duty=duty,
        anchor=limit.from_,
        started_at=start,
        count=limit.count,
        unit=limit.unit,
        if_due_on_holiday=limit.if_due_on_holiday,
        pack=pack.id if pack else None,
        version=pack.number if pack else None,
        calendar=calendar.code,
        skipped=calendar.skipped(calendar.day_of(start), calendar.day_of(due)) if counted else (),
        due=due,
    )


def first_clocks(
    received_at: datetime,
    since: datetime,
    rules: Rules,
    packs: dict[int | None, Pack],
    *,
    target: str,
    acknowledged_at: datetime | None = None,
    first: Pack | None = None,
    stage: int = 1,
) -> tuple[Reckoning, ...]:
    """Every clock that begins with a receipt, or anew when the points are known, or with the second `stage`.

    `packs` holds the pack of each point, or of None before there are any. Where several packs bind the whole complaint,
    the tightest one leads. `since` is when we learned of it: our own target counts from there. `first` is the pack that
    held before there were points; None means the organisation's first one of today.
    """
    answers = tuple(
        answer_clock(point, pack, received_at, acknowledged_at, rules, first, stage) for point, pack in packs.items()
    )
    duties = tuple(
        reckon("duty", duty.limit, received_at, rules, pack, point=point, duty=duty.id)
        for point, pack in packs.items()
        for duty in pack.duties
        if duty.limit.from_ == "received" and stage == 1
    )
    acknowledge = _acknowledgement(received_at, rules, packs.values(), first, stage)
    update = next_update(since, packs.values(), min(one.due for one in answers), rules, received_at, first)
    take_up = reckon("take_up", rules.target(target), since, rules)
    return (*(() if acknowledged_at else (acknowledge,)), take_up, *update, *answers, *duties)


def answer_clock(
    point: int | None,
    pack: Pack,
    received_at: datetime,
    acknowledged_at: datetime | None,
    rules: Rules,
    first: Pack | None = None,
    stage: int = 1,
) -> Reckoning:
    """When the answer on a point is due; at the second stage `received_at` is when it was asked for.

    Where the law counts from the acknowledgement, a missing or late one does not postpone the answer: the last day on
    which we may acknowledge counts instead.
    """
    on = rules.calendar.day_of(received_at)
    owner, limit, _ = answer_limit(pack, on, rules, first, stage)
    start = received_at
    if limit.from_ == "acknowledged":
        setter, acknowledge = _acknowledge_limit(owner, on, rules, first, stage)
        latest = rules.falls_due(acknowledge, received_at, setter)
        start = min(acknowledged_at, latest) if acknowledged_at else latest
    reckoning = reckon("answer", limit, start, rules, owner, point=point)
    assumed = limit.from_ == "acknowledged" and start != acknowledged_at
    return reckoning.model_copy(update={"assumed": assumed})


def answer_limit(
    pack: Pack, on: date, rules: Rules, first: Pack | None, stage: int
) -> tuple[Pack, Limit, Extension | None]:
    """How long an answer may take at a stage, and how it may be put off; and the pack that says so."""
    if stage == 1:
        owner, limit = rules.limit(pack, "answer", on, first)
        return owner, limit, owner.extension
    owner, second = rules.second_stage(pack, on, first)
    return owner, second.answer, second.extension


def _acknowledge_limit(pack: Pack, on: date, rules: Rules, first: Pack | None, stage: int) -> tuple[Pack, Limit]:
    if stage == 2:
        owner, second = rules.second_stage(pack, on, first)
        if second.acknowledge:
            return owner, second.acknowledge
    return rules.limit(pack, "acknowledge", on, first)


def _acknowledgement(start: datetime, rules: Rules, packs: Iterable[Pack], first: Pack | None, stage: int) -> Reckoning:
    on = rules.calendar.day_of(start)
    limits = [_acknowledge_limit(pack, on, rules, first, stage) for pack in packs]
    return min((reckon("acknowledge", limit, start, rules, owner) for owner, limit in limits), key=lambda one: one.due)


def next_update(
    since: datetime,
    packs: Iterable[Pack],
    answer_by: datetime | None,
    rules: Rules,
    received_at: datetime,
    first: Pack | None = None,
) -> tuple[Reckoning, ...]:
    """The next preset date at which the complainant hears from us, also when nothing has happened.

    None where an answer that is still to come in time (`answer_by`) is due by then.
    """
    found = _tightest("update", received_at, rules, packs, first, start=since)
    return () if answer_by and since < answer_by <= found.due else (found,)


def _tightest(
    promise: Told,
    received_at: datetime,
    rules: Rules,
    packs: Iterable[Pack],
    first: Pack | None,
    start: datetime | None = None,
) -> Reckoning:
    on = rules.calendar.day_of(received_at)
    limits = [rules.limit(pack, promise, on, first) for pack in packs]
    return min(
        (reckon(promise, limit, start or received_at, rules, owner) for owner, limit in limits), key=lambda one: one.due
    )


def named(promise: Promise, day: date, now: datetime, rules: Rules, **on: Any) -> Reckoning:
    """A clock that ends with a day (local) that somebody has named. `on` is the point, or the task (`duty`)."""
    due = rules.calendar.moment(day)
    return Reckoning(promise=promise, anchor="named", started_at=now, calendar=rules.calendar.code, due=due, **on)


def reply_clock(complaint: Complaint, now: datetime, rules: Rules) -> tuple[Reckoning, ...]:
    """How long we wait for the reply to a decision that leaves now. The anonymous could not be asked again."""
    within = None if complaint.anonymous else rules.organisation.reply_within
    return (reckon("reply", within, now, rules),) if within else ()


def request_clocks(by: date, now: datetime, rules: Rules, *, mailed: bool) -> tuple[Reckoning, ...]:
    """The day (local) by which we ask for a reply, and before it the reminder of a request that goes by mail."""
    return (*(reminder(by, REMIND_BEFORE, now, rules) if mailed else ()), named("reply", by, now, rules))


def reminder(by: date, before: int, now: datetime, rules: Rules) -> tuple[Reckoning, ...]:
    """The morning so many working days before a day (local) that somebody has named; none where that is not ahead."""
    calendar, today = rules.calendar, rules.calendar.day_of(now)
    ahead = calendar.working_days_between(today, by) - before
    if ahead < 1:
        return ()
    due = calendar.moment(calendar.add_working_days(today, ahead), MORNING)
    return (Reckoning(promise="remind", anchor="named", started_at=now, calendar=calendar.code, due=due),)


def packs_of(complaint: Complaint, rules: Rules) -> dict[int | None, Pack]:
    """The pack of each point, in the version in force at the receipt; before there are points, of the whole."""
    if not complaint.points:
        return {None: first_pack(complaint, rules)}
    return {point.number: pack_of(point, rules) for point in complaint.points}


def first_pack(complaint: Complaint, rules: Rules) -> Pack:
    """The organisation's first pack as it was when the complaint was received: what its points' packs do not say."""
    return rules.pack(complaint.pack, complaint.pack_version)


def pack_of(point: Point, rules: Rules) -> Pack:
    """The pack of one point."""
    return rules.pack(point.pack, point.version)


def target_of(priority: int | None, safety: bool) -> str:
    """Which of our own targets holds: by priority, and before there is one by whether there is a safety risk."""
    if priority is not None:
        return str(priority)
    return "safety" if safety else "unassessed"


def time_left(clock: Clock, since: datetime, limit: Limit, start: datetime, pack: Pack, rules: Rules) -> datetime:
    """When a clock falls due that stood still from `since` until `start`: with as much time as was left.

    Days are counted as the limit counts them, from the day after the stop; none left means the end of the day.
    """
    calendar = rules.days_of(pack, limit.unit)
    if limit.unit == "hour":
        return start + (clock.due - since)
    if limit.unit == "working_hour":
        return calendar.add_working_hours(start, calendar.working_hours_between(since, clock.due))
    stopped, ends, again = (calendar.day_of(moment) for moment in (since, clock.due, start))
    if limit.unit.startswith("working_day"):
        return calendar.moment(calendar.add_working_days(again, calendar.working_days_between(stopped, ends)))
    return calendar.moment(again + (ends - stopped))


def in_force(
    events: Iterable[AnyEvent],
) -> dict[tuple[Promise, int | None, str | None], list[tuple[AnyEvent, Reckoning]]]:
    """For each clock the reckonings that set it, the last one being in force, with the events that did."""
    found: dict[tuple[Promise, int | None, str | None], list[tuple[AnyEvent, Reckoning]]] = {}
    for event in events:
        for one in event.clocks:
            found.setdefault((one.promise, one.point, one.duty), []).append((event, one))
    return found


# --- when to look again ----------------------------------------------------------------------------------------------


def rungs(clock: Clock, complaint: Complaint, rules: Rules) -> list[tuple[datetime, int, Step]]:
    """The rungs of the ladder that are still ahead of a clock: when each is reached, its number, and the step.

    Once a promise is broken, the reminders before its day are behind it. What the product does by itself has no ladder.
    """
    if clock.promise in BY_ITSELF:
        return []
    organisation = rules.organisation
    hurried = clock.promise == "take_up" and complaint.urgent
    ladder = organisation.urgent_ladder if hurried else organisation.ladder
    found = sorted((_reached(clock, step, rules), number) for number, step in enumerate(ladder))
    ahead = [(at, number, ladder[number]) for at, number in found if clock.climbed is None or at > clock.climbed]
    return [one for one in ahead if not clock.broken or one[0] >= clock.due]


def _reached(clock: Clock, step: Step, rules: Rules) -> datetime:
    """By the second where a clock runs for less than a day; else in the morning of a working day."""
    calendar = rules.calendar
    first, last = calendar.day_of(clock.started_at), calendar.day_of(clock.due)
    if step.later is not None:
        return calendar.moment(calendar.add_working_days(last, step.later), MORNING)
    share = step.share or 1.0
    if share == 1:
        return clock.due
    span = clock.due - clock.started_at
    if span < timedelta(days=1) or share > 1:
        return clock.started_at + span * share
    days = math.ceil(calendar.working_days_between(first, last) * share)
    return min(clock.due, calendar.moment(calendar.add_working_days(first, max(days, 1)), MORNING))


def wakes_at(complaint: Complaint, rules: Rules) -> datetime | None:
    """When time alone next changes something. None when nothing is left to watch.

    What hangs on days is spread over five minutes by the reference; what hangs on hours is not.
    """
    spread = timedelta(seconds=zlib.crc32(complaint.reference.encode()) % SPREAD)
    moments = []
    for clock in complaint.running:
        own = [] if clock.broken else [clock.due]
        own += [at for at, _, _ in rungs(clock, complaint, rules)]
        hurried = clock.due - clock.started_at < timedelta(days=1)
        moments += own if hurried else [at + spread for at in own]
    return min(moments, default=None)


def should_have_left(approved_at: datetime, now: datetime, rules: Rules) -> bool:
    """Whether a decision that was approved then (UTC) is no longer told at once (ISO 10002, 7.8)."""
    return rules.falls_due(LEAVES_WITHIN, approved_at) < now


def working_days_left(due: datetime, now: datetime, rules: Rules) -> int:
    """Working days from today to the due day; negative when it has passed."""
    return rules.calendar.working_days_between(rules.calendar.day_of(now), rules.calendar.day_of(due))
