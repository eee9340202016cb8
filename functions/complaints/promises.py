"""Promises in motion: putting off, standing still, telling how far we are, and what time alone brings about.

These are rows of the table of moves (lifecycle.MOVES); they stand apart because they speak of nothing but time.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from typing import Any

from complaints import commands as c
from complaints import events as e
from complaints.closing import close_unanswered
from complaints.complaint import BY_ITSELF, Clock, Complaint, Point, State
from complaints.deadlines import (
    answer_limit,
    first_pack,
    named,
    next_update,
    pack_of,
    packs_of,
    reckon,
    rungs,
    time_left,
)
from complaints.history import evolve, head_of
from complaints.impartiality import disclosable
from complaints.packs import Extension, Limit, Pack
from complaints.refusals import Incomplete, NotNow
from complaints.roles import Person
from complaints.rules import Rules

# --- guards: None lets the move pass, a code says why not ---


def can_extend(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Before the day, while the pack that sets it leaves an extension, and whoever is told may be told."""
    if why := disclosable(complaint):
        return why
    points = {point.number: point for point in complaint.points}
    answers = [clock for clock in complaint.running if clock.promise == "answer" and clock.point]
    if any(_extension_left(complaint, clock, points[clock.point or 0], rules) for clock in answers):
        return None
    return "too_late_to_extend" if answers and all(clock.broken for clock in answers) else "no_extension"


def can_pause(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Where a pack allows it, and only before the promise is broken."""
    runs = {clock.point for clock in complaint.running if clock.promise == "answer" and not clock.broken}
    allowed = any(pack_of(point, rules).pause for point in complaint.points if point.number in runs)
    return None if allowed else "no_pause"


def paused(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Something stands still."""
    return None if any(clock.paused_since for clock in complaint.clocks) else "not_paused"


# --- what happens ---


def _extension_left(complaint: Complaint, clock: Clock, point: Point, rules: Rules) -> tuple[Pack, Extension] | None:
    """The extension that the pack setting this answer's limit still leaves, and that pack."""
    if clock.broken or clock.paused_since:
        return None
    owner, _, extension = _limit(complaint, point, rules)
    left = extension and (extension.times is None or clock.extended < extension.times)
    return (owner, extension) if extension and left else None


def extend(complaint: Complaint, ask: c.Extend, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """M31: put answers off, for a reason that the complainant is told."""
    running = _answers_on(complaint, ask.points, complaint.running)
    clocks = tuple(_put_off(complaint, clock, ask.until, now, rules) for clock in running)
    head = head_of(complaint, person, now)
    event = e.AnswerExtended(**head, points=ask.points, clocks=clocks, words=e.Text(text=ask.reason))
    return (_with_news(complaint, event, now, rules),)


def _with_news(complaint: Complaint, event: Any, now: datetime, rules: Rules) -> Any:
    """The event; where it has moved an answer behind the next preset date for news, with that date."""
    after = evolve(complaint, event)
    if any(clock.promise == "update" for clock in after.clocks):
        return event
    return event.model_copy(update={"clocks": (*event.clocks, *_next_update(after, now, rules))})


def _limit(complaint: Complaint, point: Point, rules: Rules) -> tuple[Pack, Limit, Extension | None]:
    """The limit of the answer on a point at this stage, as it was when the complaint was received."""
    on = rules.calendar.day_of(complaint.received_at)
    return answer_limit(pack_of(point, rules), on, rules, first_pack(complaint, rules), complaint.stage)


def _answers_on(complaint: Complaint, points: tuple[int, ...], among: tuple[Clock, ...]) -> list[Clock]:
    found = [clock for clock in among if clock.promise == "answer" and clock.point in points]
    if {clock.point for clock in found} != set(points):
        raise Incomplete(("/points", "choice_required"))
    return found


def _put_off(complaint: Complaint, clock: Clock, until: date | None, now: datetime, rules: Rules) -> e.Reckoning:
    point = next(point for point in complaint.points if point.number == clock.point)
    if clock.broken or clock.due <= now:
        raise NotNow("too_late_to_extend")
    left = _extension_left(complaint, clock, point, rules)
    if left is None:
        raise NotNow("no_extension")
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
    calendar = rules.days_of(owner)
    last = until or calendar.day_of(clock.due)
    named = min(calendar.moment(last), rules.home.moment(last))
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
        calendar=calendar.code,
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
    return (
        _with_news(
            complaint,
            e.ClockPaused(**head, points=ask.points, category=ask.category, since=since, words=words),
            now,
            rules,
        ),
    )


def resume(complaint: Complaint, ask: c.Resume, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """The clocks run again, with as much time as was left when they stopped."""
    paused = tuple(clock for clock in complaint.clocks if clock.paused_since)
    points = {point.number: point for point in complaint.points}
    clocks = []
    for clock in _answers_on(complaint, ask.points, paused):
        owner, limit, _ = _limit(complaint, points[clock.point or 0], rules)
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
    return (
        _with_news(
            complaint,
            e.ClockResumed(**head_of(complaint, person, now), points=ask.points, clocks=tuple(clocks)),
            now,
            rules,
        ),
    )


def tell_progress(
    complaint: Complaint, ask: c.TellProgress, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M33: how far we are, in the words of staff; the next news are due from here on."""
    return (_progress(complaint, person, now, rules, e.Text(text=ask.words)),)


def _progress(
    complaint: Complaint, person: Person, now: datetime, rules: Rules, words: e.Text | None
) -> e.ProgressTold:
    update = _next_update(complaint, now, rules)
    return e.ProgressTold(**head_of(complaint, person, now), clocks=update, words=words)


def _next_update(complaint: Complaint, now: datetime, rules: Rules) -> tuple[e.Reckoning, ...]:
    packs = packs_of(complaint, rules).values()
    in_time = [clock.due for clock in complaint.running if clock.promise == "answer" and not clock.broken]
    first = first_pack(complaint, rules)
    return next_update(now, packs, min(in_time, default=None), rules, complaint.received_at, first)


def breaches(complaint: Complaint, person: Person, now: datetime, rules: Rules) -> tuple[e.PromiseBroken, ...]:
    """Each breach that has come about and is not recorded yet, once and at its true time.

    Every move records them first, so that a promise kept a minute too late is not taken for kept.
    """
    running = [clock for clock in complaint.running if clock.promise not in BY_ITSELF]
    late = _together(clock for clock in running if clock.due <= now and not clock.broken)
    told = {"answer", "remedy"}
    last = max((clocks[0].due for clocks in late if clocks[0].promise in told), default=None)
    found: list[e.PromiseBroken] = []
    for clocks in late:
        head = head_of(complaint, person, now, after=len(found) + 1)
        tell = clocks[0].promise in told and clocks[0].due == last
        event = e.PromiseBroken(**head, **_which(clocks), tell=tell)
        if tell and clocks[0].promise == "answer":  # this is news: the next ones are due so much later
            after = reduce(evolve, (*found, event), complaint)
            event = event.model_copy(update={"clocks": _next_update(after, now, rules)})
        found.append(event)
    return tuple(found)


def keep_time(
    complaint: Complaint, ask: c.KeepTime, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What time alone has brought about, its breaches aside: a reply that did not come, or its reminder, news to the
    complainant at the preset date, and the rungs of the ladder that were reached.
    """
    found: list[e.AnyEvent] = []
    if any(clock.promise == "reply" and clock.due <= now for clock in complaint.running):
        found.append(_no_reply(complaint, person, now, rules))
    so_far = reduce(evolve, found, complaint)
    if any(clock.promise == "remind" and clock.due <= now for clock in so_far.running):
        reminder = e.ReminderGiven(**head_of(so_far, person, now))
        found.append(reminder)
        so_far = evolve(so_far, reminder)
    if any(clock.promise == "update" and clock.due <= now for clock in so_far.running):
        news = _progress(so_far, person, now, rules, None)
        found.append(news)
        so_far = evolve(so_far, news)
    for clocks in _together(so_far.running):
        for at, step, rung in rungs(clocks[0], so_far, rules):
            if at <= now:
                urgent = clocks[0].promise == "take_up" and complaint.urgent
                reached = {"step": step, "tell": rung.tell, "reached_at": at, "urgent": urgent}
                head = head_of(complaint, person, now, after=len(found) + 1)
                found.append(e.PromiseEscalated(**head, **_which(clocks), **reached))
    return tuple(found)


def _no_reply(complaint: Complaint, person: Person, now: datetime, rules: Rules) -> e.AnyEvent:
    """We go on without what we asked for; and a decision to which nobody replies ends after a notice that arrived."""
    head = head_of(complaint, person, now)
    if complaint.state == State.WAITING and complaint.waiting_for:
        return e.ReplyMissed(**head, of=complaint.waiting_for)
    if complaint.notice is None:
        by = rules.calendar.day_of(rules.falls_due(rules.organisation.notice, now))
        told = named("task", by, now, rules, duty=f"confirm_delivery-{complaint.version + 1}")
        return e.FinalNoticeGiven(**head, clocks=(told,) if complaint.by_mail else ())
    return close_unanswered(complaint, c.CloseUnanswered(), person, now, rules)[0]


def _together(clocks: Iterable[Clock]) -> list[list[Clock]]:
    """Clocks of one promise that fall due at one moment are one matter, whatever points they hang on."""
    groups: dict[Any, list[Clock]] = {}
    for clock in sorted(clocks, key=lambda one: one.due):
        groups.setdefault((clock.due, clock.promise, clock.duty, clock.climbed, clock.started_at), []).append(clock)
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
