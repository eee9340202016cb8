"""Promises in motion: putting off, standing still, telling how far we are, and what time alone brings about.

These are rows of the table of moves (lifecycle.MOVES); they stand apart because they speak of nothing but time.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from typing import Any

from complaints import commands as c
from complaints import events as e
from complaints.complaint import Clock, Complaint, Point
from complaints.deadlines import next_update, pack_of, packs_of, reckon, rungs, time_left
from complaints.history import evolve, head_of
from complaints.packs import Extension, Limit, Pack
from complaints.refusals import Incomplete, NotNow
from complaints.roles import Person
from complaints.rules import Rules

# --- guards: None lets the move pass, a code says why not ---


def can_extend(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    """Before the day, while the pack that sets it leaves an extension."""
    points = {point.number: point for point in complaint.points}
    answers = [clock for clock in complaint.running if clock.promise == "answer" and clock.point]
    if any(_extension_left(clock, points[clock.point or 0], rules) for clock in answers):
        return None
    return "no_extension"


def can_pause(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    runs = {clock.point for clock in complaint.running if clock.promise == "answer" and not clock.broken}
    allowed = any(pack_of(point, rules).pause for point in complaint.points if point.number in runs)
    return None if allowed else "no_pause"


def paused(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    return None if any(clock.paused_since for clock in complaint.clocks) else "not_paused"


# --- what happens ---


def _extension_left(clock: Clock, point: Point, rules: Rules) -> tuple[Pack, Extension] | None:
    """The extension that the pack setting this answer's limit still leaves, and that pack."""
    if clock.broken or clock.paused_since:
        return None
    owner, _ = rules.limit(pack_of(point, rules), "answer", rules.calendar.day_of(clock.started_at))
    left = owner.extension and (owner.extension.times is None or clock.extended < owner.extension.times)
    return (owner, owner.extension) if owner.extension and left else None


def extend(complaint: Complaint, ask: c.Extend, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    clocks = [
        _put_off(complaint, clock, ask.until, now, rules)
        for clock in _answers_on(complaint, ask.points, complaint.running)
    ]
    words = e.Text(text=ask.reason)
    return (e.AnswerExtended(**head_of(complaint, person, now), points=ask.points, clocks=tuple(clocks), words=words),)


def _answers_on(complaint: Complaint, points: tuple[int, ...], among: tuple[Clock, ...]) -> list[Clock]:
    found = [clock for clock in among if clock.promise == "answer" and clock.point in points]
    if {clock.point for clock in found} != set(points):
        raise Incomplete(("/points", "choice_required"))
    return found


def _put_off(complaint: Complaint, clock: Clock, until: date | None, now: datetime, rules: Rules) -> e.Reckoning:
    point = next(point for point in complaint.points if point.number == clock.point)
    left = _extension_left(clock, point, rules)
    if left is None:
        raise NotNow("no_extension")
    if clock.due <= now:
        raise NotNow("too_late_to_extend")
    owner, extension = left
    if extension.limit is None:
        if until is None:
            raise Incomplete(("/until", "required"))
        longest = None
    else:
        start = clock.due if extension.limit.from_ == "due" else clock.started_at
        longest = reckon("answer", extension.limit, start, rules, owner, point=clock.point)
        if longest.due <= clock.due:
            raise NotNow("no_extension")
    if until is None and longest:
        return longest
    day = rules.days_of(owner).day_of
    named = rules.days_of(owner).moment(until or day(clock.due))
    if named <= clock.due:
        raise Incomplete(("/until", "not_later"))
    if longest and named > longest.due:
        raise Incomplete(("/until", "beyond_the_limit"))
    return e.Reckoning(
        promise="answer",
        point=clock.point,
        anchor="named",
        started_at=clock.due,
        pack=owner.id,
        version=owner.number,
        calendar=rules.days_of(owner).code,
        due=named,
    )


def pause(complaint: Complaint, ask: c.Pause, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """A pause may begin earlier than it is entered, but never reach back over a broken promise or another pause."""
    since = ask.since or now
    points = {point.number: point for point in complaint.points}
    for clock in _answers_on(complaint, ask.points, complaint.running):
        if ask.category not in pack_of(points[clock.point or 0], rules).pause:
            raise NotNow("no_pause")
        if clock.broken:
            raise NotNow("already_late")
        if since > now or since < max(clock.started_at, clock.resumed_at or clock.started_at) or since >= clock.due:
            raise Incomplete(("/since", "outside_the_clock"))
    head = head_of(complaint, person, now)
    words = e.Text(text=ask.reason)
    return (e.ClockPaused(**head, points=ask.points, category=ask.category, since=since, words=words),)


def resume(complaint: Complaint, ask: c.Resume, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    paused = tuple(clock for clock in complaint.clocks if clock.paused_since)
    points = {point.number: point for point in complaint.points}
    clocks = []
    for clock in _answers_on(complaint, ask.points, paused):
        owner, limit = rules.limit(
            pack_of(points[clock.point or 0], rules), "answer", rules.calendar.day_of(clock.started_at)
        )
        since = clock.paused_since or now
        due = time_left(clock, since, limit, now, owner, rules)
        calendar = rules.days_of(owner, limit.unit)
        clocks.append(
            e.Reckoning(
                promise="answer",
                point=clock.point,
                anchor="resumed",
                started_at=since,
                unit=limit.unit,
                pack=owner.id,
                version=owner.number,
                calendar=calendar.code,
                due=due,
            )
        )
    return (e.ClockResumed(**head_of(complaint, person, now), points=ask.points, clocks=tuple(clocks)),)


def tell_progress(
    complaint: Complaint, ask: c.TellProgress, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    return (_progress(complaint, person, now, rules, e.Text(text=ask.words)),)


def _progress(
    complaint: Complaint, person: Person, now: datetime, rules: Rules, words: e.Text | None, after: int = 1
) -> e.ProgressTold:
    update = _next_update(complaint, now, rules)
    return e.ProgressTold(**head_of(complaint, person, now, after), clocks=update, words=words)


def _next_update(complaint: Complaint, now: datetime, rules: Rules) -> tuple[e.Reckoning, ...]:
    packs = packs_of(complaint, rules).values()
    return next_update(now, packs, complaint.answer_by, rules, complaint.received_at)


def keep_time(
    complaint: Complaint, ask: c.KeepTime, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What time alone has brought about: each breach once and at its true time, news to the complainant at the preset
    date, and the rungs of the ladder that were reached.
    """
    found: list[e.AnyEvent] = []

    def next_one() -> dict[str, Any]:
        return head_of(complaint, person, now, after=len(found) + 1)

    running = [clock for clock in complaint.running if clock.promise != "update"]
    late = _together(clock for clock in running if clock.due <= now and not clock.broken)
    told = {"answer", "remedy"}
    last = max((clocks[0].due for clocks in late if clocks[0].promise in told), default=None)
    for clocks in late:
        tell = clocks[0].promise in told and clocks[0].due == last
        update = _next_update(complaint, now, rules) if tell and clocks[0].promise == "answer" else ()
        found.append(e.PromiseBroken(**next_one(), **_which(clocks), tell=tell, clocks=update))
    silent = any(clock.promise == "update" and clock.due <= now for clock in complaint.running)
    if silent and not last:
        found.append(_progress(complaint, person, now, rules, None, after=len(found) + 1))
    so_far = reduce(evolve, found, complaint)
    for clocks in _together(so_far.running):
        for at, step, rung in rungs(clocks[0], so_far, rules):
            if at <= now:
                urgent = clocks[0].promise == "take_up" and complaint.urgent
                reached = {"step": step, "tell": rung.tell, "reached_at": at, "urgent": urgent}
                found.append(e.PromiseEscalated(**next_one(), **_which(clocks), **reached))
    return tuple(found)


def _together(clocks: Iterable[Clock]) -> list[list[Clock]]:
    """Clocks of one promise that fall due at one moment are one matter, whatever points they hang on."""
    groups: dict[Any, list[Clock]] = {}
    for clock in sorted(clocks, key=lambda one: one.due):
        groups.setdefault((clock.due, clock.promise, clock.duty, clock.step, clock.started_at), []).append(clock)
    return list(groups.values())


def _which(clocks: list[Clock]) -> dict[str, Any]:
    first = clocks[0]
    points = tuple(clock.point for clock in clocks if clock.point)
    return {"promise": first.promise, "points": points, "duty": first.duty, "due": first.due}


def recalculate(
    complaint: Complaint, ask: c.Recalculate, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What a changed calendar makes of the running clocks. A named day stays, and so does what is broken."""
    runs = {clock.hangs_on: clock for clock in complaint.running if not clock.broken}
    clocks = []
    for old in ask.because:
        clock = runs.get((old.promise, old.point, old.duty))
        if clock is None or clock.due != old.due or old.count is None or old.unit is None:
            continue
        pack = rules.pack(old.pack, old.version or 1) if old.pack else None
        anchor = "received" if old.anchor in {"resumed", "named"} else old.anchor
        limit = Limit(count=old.count, unit=old.unit, from_=anchor, if_due_on_holiday=old.if_due_on_holiday)
        new = reckon(old.promise, limit, old.started_at, rules, pack, point=old.point, duty=old.duty)
        if new.due != old.due:
            clocks.append(new)
    if not clocks:
        return ()
    return (
        e.ClocksRecalculated(**head_of(complaint, person, now), clocks=tuple(clocks), words=e.Text(text=ask.reason)),
    )
