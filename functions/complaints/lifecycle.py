"""The life of a complaint: the table of moves, and `decide`, which says what happens when somebody asks for something.

Everyone who needs to know what is allowed asks MOVES: the guard, the screen and the documentation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from complaints import commands as c
from complaints import events as e
from complaints import promises
from complaints.assessment import Assessment, priority
from complaints.complaint import (
    UNANSWERED,
    CloseReason,
    Complaint,
    Finding,
    LetterKind,
    State,
)
from complaints.deadlines import (
    answer_clock,
    first_clocks,
    first_pack,
    pack_of,
    packs_of,
    reckon,
    target_of,
)
from complaints.history import evolve, head_of, unchanged
from complaints.packs import BASE, Pack
from complaints.refusals import Incomplete, NotAllowed, NotNow
from complaints.roles import THE_SYSTEM, WRITERS, Person, Role
from complaints.rules import Rules

Happens = Callable[[Complaint, Any, Person, datetime, Rules], tuple[e.AnyEvent, ...]]
Guard = Callable[[Complaint, Person, Rules], str | None]

OPEN = frozenset(State) - {State.CLOSED}
CASEWORKERS = frozenset({Role.HANDLER, Role.LEAD})
APPROVERS = frozenset({Role.LEAD, Role.MANAGEMENT_REPRESENTATIVE, Role.TOP_MANAGEMENT})


def receive(ask: c.Submit, person: Person, now: datetime, rules: Rules) -> e.ComplaintReceived:
    """M01: a complaint begins. Its clocks run from `received_at`, also when the entry is made later."""
    if ask.received_at > now:
        raise Incomplete(("/received_at", "date_in_future"))
    if ask.submission.happened_on and ask.submission.happened_on > rules.calendar.day_of(now):
        raise Incomplete(("/happened_on", "date_in_future"))
    if ask.received_at < now - timedelta(minutes=15) and not ask.backdating_reason:
        raise Incomplete(("/backdating_reason", "required"))
    told = ask.submission
    pack = rules.in_force(rules.organisation.packs[0], rules.calendar.day_of(ask.received_at))
    target = target_of(None, told.safety_risk)
    return e.ComplaintReceived(
        reference=ask.reference,
        version=1,
        at=now,
        by=person.actor,
        language=told.language,
        channel=ask.channel,
        received_at=ask.received_at,
        by_mail=told.email is not None,
        safety=told.safety_risk,
        pack=pack.id,
        pack_version=pack.number,
        clocks=first_clocks(ask.received_at, now, rules, {None: pack}, target=target),
        words=e.Account(**told.model_dump(exclude={"language"}), backdating_reason=ask.backdating_reason),
    )


def decide(complaint: Complaint, ask: c.Command, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """What happens when `person` asks for `ask` at `now` (UTC), after what time has brought about without being asked.

    Raises NotAllowed if the role forbids it, NotNow if the state or a guard does, Incomplete if something is missing.
    """
    move = permitted(ask, person)
    late = promises.breaches(complaint, THE_SYSTEM, now, rules)
    complaint = reduce(evolve, late, complaint)
    if refused := _refused(move, complaint, person, rules):
        raise NotNow(refused)
    return (*late, *move.happens(complaint, ask, person, now, rules))


def permitted(ask: c.Command, person: Person) -> "Move":
    """The row of a command, if this person's role may ask for it at all. Raises NotAllowed."""
    move = BY_COMMAND[type(ask)]
    if not person.may(move.roles):
        raise NotAllowed(move.name)
    return move


def moves_open_to(complaint: Complaint, person: Person, rules: Rules) -> tuple["Move", ...]:
    """The moves that `decide` would take from this person now: exactly what the desk shows."""
    return tuple(
        move
        for move in MOVES
        if move.shown and person.may(move.roles) and _refused(move, complaint, person, rules) is None
    )


def _refused(move: "Move", complaint: Complaint, person: Person, rules: Rules) -> str | None:
    if complaint.state not in move.states:
        return "state"
    return move.guard(complaint, person, rules)


def letter_of(move: "Move", complaint: Complaint, rules: Rules) -> LetterKind | None:
    """The letter that leaves when the move is made from here. Accepting closes only when nothing is outstanding."""
    if move.command is c.Accept:
        return None if _outstanding(complaint, rules) else "closing"
    return move.letter


def _outstanding(complaint: Complaint, rules: Rules) -> bool:
    """Whether a remedy with a date, or a duty, is still to be done."""
    dated = any(point.remedy_by for point in complaint.points)
    return (
        dated
        or _duty_open(complaint)
        or any(duty.limit.from_ == "agreed" for pack in packs_of(complaint, rules).values() for duty in pack.duties)
    )


def _duty_open(complaint: Complaint) -> bool:
    return any(task.kind == "duty" for task in complaint.tasks)


# --- guards: None lets the move pass, a code says why not ------------------------------------------------------------


def _always(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    return None


def _not_acknowledged(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    return "already_acknowledged" if complaint.acknowledged_at else None


def _second_person(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    if rules.approver_may_be_handler or complaint.proposed_by is None or person.actor.id != complaint.proposed_by:
        return None
    return "second_person"


def _not_disputed(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    return "already_disputed" if complaint.disputed else None


def _ended_or_disputed(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    """Staff look again at a decision that is not accepted; a closed complaint opens at anybody's wish."""
    looked_at_again = complaint.disputed and person.may(WRITERS)
    return None if complaint.state == State.CLOSED or looked_at_again else "not_disputed"


def _all_done(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    """By another person, and when no duty is left."""
    return "duty_open" if _duty_open(complaint) else _second_person(complaint, person, rules)


def _task_open(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    return None if complaint.tasks else "no_task"


# --- what happens ----------------------------------------------------------------------------------------------------


def _acknowledge(
    complaint: Complaint, ask: c.Acknowledge, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Where an answer is counted from the acknowledgement, an early one brings its day forward."""
    due = {
        clock.point: clock.due
        for clock in complaint.running
        if clock.promise == "answer" and not clock.extended and not clock.resumed_at
    }
    first = first_pack(complaint, rules)
    anew = [
        answer_clock(point, pack, complaint.counts_from, now, rules, first)
        for point, pack in packs_of(complaint, rules).items()
        if point in due
    ]
    sooner = tuple(one for one in anew if one.anchor == "acknowledged" and one.due < due[one.point])
    head = head_of(complaint, person, now)
    return (e.ComplaintAcknowledged(**head, medium=ask.medium, letter=ask.letter, clocks=sooner),)


def _assess(complaint: Complaint, ask: c.Assess, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    found = Assessment(**ask.model_dump(include=set(Assessment.model_fields)))
    level, why = priority(found)
    points = _points(complaint, ask, rules)
    titles = e.Titles(titles=tuple(point.title for point in ask.points), reason=ask.reason)
    event = e.ComplaintAssessed(
        **head_of(complaint, person, now),
        assessment=found,
        priority=level,
        priority_reason=why,
        points=points,
        clocks=_anew(complaint, points, level, now, rules),
        words=titles,
    )
    if not _puts_off(complaint, evolve(complaint, event)):
        return (event,)
    if ask.reason is None:
        raise Incomplete(("/reason", "later_needs_reason"))
    if isinstance(ask, c.Reassess) and not person.may(APPROVERS):
        raise NotNow("later_needs_lead")
    return (event.model_copy(update={"later": True}),)


def _puts_off(before: Complaint, after: Complaint) -> bool:
    """Whether an assessment makes our first answer, or the answer on a point that was there, later than we told."""
    told = {clock.point: clock.due for clock in before.clocks if clock.promise == "answer"}
    later = any(one.due > told.get(one.point, one.due) for one in after.clocks if one.promise == "answer")
    return later or after.answer_by > before.answer_by


def _points(complaint: Complaint, ask: c.Assess, rules: Rules) -> tuple[e.PointFound, ...]:
    """The points under their packs, in the versions that were in force at the receipt."""
    received_on = rules.calendar.day_of(complaint.received_at)
    free = {*rules.in_use(), complaint.pack, *(point.pack for point in complaint.points)}
    found = []
    for number, point in enumerate(ask.points, 1):
        name = point.pack or rules.pack_for(point.category)
        if name not in free:
            raise Incomplete((f"/points/{number - 1}/pack", "choice_required"))
        version = rules.in_force(name, received_on).number
        found.append(
            e.PointFound(number=number, category=point.category, pack=name, version=version, value=point.value)
        )
    return tuple(found)


def _anew(
    complaint: Complaint, points: tuple[e.PointFound, ...], level: int, now: datetime, rules: Rules
) -> tuple[e.Reckoning, ...]:
    """The clocks that an assessment sets: those of points that are as they were go on as they are."""
    same = unchanged(complaint, points)
    packs: dict[int | None, Pack] = {point.number: rules.pack(point.pack, point.version) for point in points}
    clocks = first_clocks(
        complaint.counts_from,
        now,
        rules,
        packs,
        target=target_of(level, complaint.safety),
        acknowledged_at=complaint.acknowledged_at,
        first=first_pack(complaint, rules),
    )
    kept = []
    for one in clocks:
        if one.point in same or (one.promise == "take_up" and complaint.taken_up_at):
            continue
        told = complaint.due_of(one.promise) if one.promise in {"acknowledge", "update"} else None
        if told is None or one.due < told:  # what the complainant was told is never put off by an assessment
            kept.append(one)
    return tuple(kept)


def _investigate(
    complaint: Complaint, ask: c.Investigate, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    return (e.InvestigationStarted(**head_of(complaint, person, now), owner=ask.owner),)


def _assign(complaint: Complaint, ask: c.Assign, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    words = e.Text(text=ask.reason) if ask.reason else None
    return (e.ComplaintAssigned(**head_of(complaint, person, now), owner=ask.owner, words=words),)


def _propose(
    complaint: Complaint, ask: c.Propose, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    if sorted(point.number for point in ask.points) != [point.number for point in complaint.points]:
        raise Incomplete(("/points", "every_point"))
    today = rules.calendar.day_of(now)
    problems = [problem for index, point in enumerate(ask.points) for problem in _unfinished(index, point, today)]
    if problems:
        raise Incomplete(*problems)
    decisions = tuple(
        e.PointDecision(
            number=point.number,
            finding=point.finding,
            remedy=point.remedy.kind if point.remedy else None,
            remedy_by=point.remedy.due_on if point.remedy else None,
        )
        for point in ask.points
    )
    reasons = tuple(
        e.PointReasons(
            number=point.number,
            reasons=point.reasons,
            no_remedy_reason=point.no_remedy_reason,
            remedy=point.remedy.words if point.remedy else None,
            amount=str(point.remedy.amount) if point.remedy and point.remedy.amount else None,
            currency=point.remedy.currency if point.remedy else None,
        )
        for point in ask.points
    )
    return (
        e.DecisionProposed(
            **head_of(complaint, person, now),
            points=decisions,
            cause=ask.cause,
            improvement_needed=ask.improvement_needed,
            clocks=_after_inquiry(complaint, now, rules),
            words=e.Reasons(points=reasons),
        ),
    )


def _after_inquiry(complaint: Complaint, now: datetime, rules: Rules) -> tuple[e.Reckoning, ...]:
    """Some laws let the answer wait no longer than so many days once the inquiry has ended."""
    due = {clock.point: clock.due for clock in complaint.running if clock.promise == "answer"}
    anew = [
        reckon("answer", pack.after_inquiry, now, rules, pack, point=point)
        for point, pack in packs_of(complaint, rules).items()
        if pack.after_inquiry and point in due
    ]
    return tuple(one for one in anew if one.due < due[one.point])


def _unfinished(index: int, point: c.ProposedPoint, today: date) -> list[tuple[str, str]]:
    """Each point needs a remedy or the reason why there is none (ISO 10002, 7.7)."""
    problems = []
    if point.remedy is None and not point.no_remedy_reason:
        problems.append((f"/points/{index}/no_remedy_reason", "required"))
    if point.remedy and point.remedy.amount and not point.remedy.currency:
        problems.append((f"/points/{index}/remedy/currency", "required"))
    if point.remedy and point.remedy.due_on and point.remedy.due_on < today:
        problems.append((f"/points/{index}/remedy/due_on", "date_in_past"))
    return problems


def _return(complaint: Complaint, ask: c.Return, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    return (e.DecisionReturned(**head_of(complaint, person, now), words=e.Text(text=ask.words)),)


def _approve(
    complaint: Complaint, ask: c.Approve, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    late = any(clock.promise == "answer" and clock.due < now for clock in complaint.running)
    if late and ask.late_reason is None:
        raise Incomplete(("/late_reason", "required"))
    if any(None in texts for texts in _prescribed(complaint, now, rules)):
        raise NotNow("prescribed_words")
    alone = person.actor.id is not None and person.actor.id == complaint.proposed_by
    why = e.Text(text=ask.late_reason) if late and ask.late_reason else None
    return (e.ComplaintDecided(**head_of(complaint, person, now), approved_alone=alone, words=why),)


def _prescribed(complaint: Complaint, now: datetime, rules: Rules) -> list[tuple[Any, ...]]:
    on = rules.calendar.day_of(now)
    return [
        rules.prescribed(pack_of(point, rules), "decision", on, upheld=point.finding == Finding.UPHELD)
        for point in complaint.points
    ]


def _accept(complaint: Complaint, ask: c.Accept, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """A remedy with a date is outstanding until somebody has verified it; anything else closes the complaint now."""
    head = head_of(complaint, person, now)
    if not _outstanding(complaint, rules):
        closed = e.ComplaintClosed(**head_of(complaint, person, now, after=2), reason=CloseReason.ACCEPTED)
        return e.DecisionAccepted(**head, medium=ask.medium), closed
    clocks = [
        reckon("duty", duty.limit, now, rules, pack, point=point, duty=duty.id)
        for point, pack in packs_of(complaint, rules).items()
        for duty in pack.duties
        if duty.limit.from_ == "agreed"
    ]
    if promised := [point.remedy_by for point in complaint.points if point.remedy_by]:
        last = max(*promised, rules.calendar.day_of(now))  # an offer that is taken up late is due from then on
        due = rules.calendar.moment(last)
        named = {"anchor": "named", "started_at": now, "calendar": rules.calendar.code}
        clocks.append(e.Reckoning(promise="remedy", due=due, **named))
    return (e.DecisionAccepted(**head, medium=ask.medium, outstanding=True, clocks=tuple(clocks)),)


def _dispute(
    complaint: Complaint, ask: c.Dispute, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Somebody looks again: how soon is our own target by priority, as for a complaint that is new."""
    words = e.Text(text=ask.words) if ask.words else None
    look = reckon("take_up", rules.target(target_of(complaint.priority, complaint.safety)), now, rules)
    head = head_of(complaint, person, now)
    return (e.DecisionDisputed(**head, medium=ask.medium, words=words, clocks=(look,)),)


def _verify(complaint: Complaint, ask: c.Verify, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    return (
        e.RemedyVerified(**head_of(complaint, person, now), words=e.Text(text=ask.words)),
        e.ComplaintClosed(**head_of(complaint, person, now, after=2), reason=CloseReason.REMEDY_VERIFIED),
    )


def _reopen(complaint: Complaint, ask: c.Reopen, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    if complaint.closed_at and now > reopen_until(complaint, rules) and not person.may(frozenset({Role.LEAD})):
        raise NotNow("reopen_window")
    target = target_of(complaint.priority, complaint.safety)
    return (
        e.ComplaintReopened(
            **head_of(complaint, person, now),
            words=e.Text(text=ask.words),
            clocks=first_clocks(
                now, now, rules, packs_of(complaint, rules), target=target, first=first_pack(complaint, rules)
            ),
        ),
    )


def reopen_until(complaint: Complaint, rules: Rules) -> datetime:
    """Until when a closed complaint comes back without a lead: the longest of its packs' windows."""
    base = rules.in_force(BASE, rules.calendar.day_of(complaint.received_at))
    limits = [(pack, pack.reopen_within or base.reopen_within) for pack in packs_of(complaint, rules).values()]
    closed_at = complaint.closed_at or complaint.opened_at
    return max((rules.falls_due(limit, closed_at, pack) for pack, limit in limits if limit), default=closed_at)


def _finish_task(
    complaint: Complaint, ask: c.FinishTask, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    task = next((task for task in complaint.tasks if task.id == ask.task), None)
    if task is None:
        raise NotNow("no_task")
    done = e.TaskDone(**head_of(complaint, person, now), task=ask.task)
    if task.letter == "acknowledgement" and complaint.acknowledged_at is None:  # telling it is acknowledging
        return done, e.ComplaintAcknowledged(**head_of(complaint, person, now, after=2), medium="phone")
    return (done,)


def _bounced(
    complaint: Complaint, ask: c.RecordBounce, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    if ask.letter in complaint.returned:
        return ()
    return (e.LetterBounced(**head_of(complaint, person, now), letter=ask.letter, kind=ask.kind),)


# --- the table -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Move:
    """One row: from `states`, one of `roles` may ask for `command`; the complaint goes to `to` (None: it stays).

    `letter` leaves when the move is made. `expected` marks the act that usually comes next in these states.
    """

    code: str
    name: str
    command: type[c.Command]
    states: frozenset[State]
    roles: frozenset[Role]
    happens: Happens
    to: State | None = None
    guard: Guard = _always
    letter: LetterKind | None = None
    expected: bool = False
    shown: bool = True


def _in(*states: State) -> frozenset[State]:
    return frozenset(states)


def _by(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


COMPLAINANT_OR_STAFF = WRITERS | {Role.COMPLAINANT}
ANSWERING = _in(State.ASSESSED, State.INVESTIGATING, State.DECIDING)  # the points are known, the answer is not sent

# fmt: off
MOVES: tuple[Move, ...] = (
    Move("M03", "assess", c.Assess, _in(State.RECEIVED), CASEWORKERS, _assess, to=State.ASSESSED, expected=True),
    Move("M07", "investigate", c.Investigate, _in(State.ASSESSED), CASEWORKERS, _investigate,
         to=State.INVESTIGATING, expected=True),
    Move("M12", "propose", c.Propose, _in(State.INVESTIGATING), CASEWORKERS, _propose,
         to=State.DECIDING, expected=True),
    Move("M14", "approve", c.Approve, _in(State.DECIDING), APPROVERS, _approve,
         to=State.DECIDED, guard=_second_person, letter="decision", expected=True),
    Move("M13", "return", c.Return, _in(State.DECIDING), APPROVERS, _return, to=State.INVESTIGATING),
    Move("M15", "accept", c.Accept, _in(State.DECIDED), COMPLAINANT_OR_STAFF, _accept,
         to=State.REMEDYING, expected=True),
    Move("M18", "dispute", c.Dispute, _in(State.DECIDED), COMPLAINANT_OR_STAFF, _dispute, guard=_not_disputed),
    Move("M21", "verify", c.Verify, _in(State.REMEDYING), CASEWORKERS | APPROVERS, _verify,
         to=State.CLOSED, guard=_all_done, letter="closing", expected=True),
    Move("M26", "reopen", c.Reopen, _in(State.CLOSED, State.DECIDED), COMPLAINANT_OR_STAFF, _reopen,
         to=State.INVESTIGATING, guard=_ended_or_disputed, letter="acknowledgement"),
    Move("M31", "extend", c.Extend, ANSWERING, APPROVERS, promises.extend,
         guard=promises.can_extend, letter="extension"),
    Move("M32", "reassess", c.Reassess, _in(State.ASSESSED, State.INVESTIGATING), CASEWORKERS, _assess),
    Move("M33", "update", c.TellProgress, UNANSWERED, CASEWORKERS, promises.tell_progress, letter="progress"),
    Move("", "pause", c.Pause, ANSWERING, CASEWORKERS, promises.pause, guard=promises.can_pause),
    Move("", "resume", c.Resume, ANSWERING, CASEWORKERS | {Role.SYSTEM}, promises.resume, guard=promises.paused),
    Move("M02", "acknowledge", c.Acknowledge, frozenset(State), WRITERS | {Role.SYSTEM}, _acknowledge,
         guard=_not_acknowledged),
    Move("M07", "assign", c.Assign, OPEN - {State.RECEIVED, State.ASSESSED},
         CASEWORKERS | {Role.MANAGEMENT_REPRESENTATIVE}, _assign),
    Move("", "finish_task", c.FinishTask, frozenset(State), WRITERS, _finish_task, guard=_task_open, shown=False),
    Move("", "keep_time", c.KeepTime, frozenset(State), _by(Role.SYSTEM), promises.keep_time, shown=False),
    Move("", "recalculate", c.Recalculate, OPEN, _by(Role.MANAGEMENT_REPRESENTATIVE, Role.ADMINISTRATOR),
         promises.recalculate, shown=False),
    Move("", "record_bounce", c.RecordBounce, frozenset(State), _by(Role.SYSTEM), _bounced, shown=False),
)
# fmt: on
BY_COMMAND = {move.command: move for move in MOVES}
