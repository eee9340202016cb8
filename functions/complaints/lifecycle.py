"""The life of a complaint: the table of moves, `decide` and `evolve`.

`decide` says what happens when somebody asks for something; `evolve` says what the complaint is after it happened.
Everyone who needs to know what is allowed asks MOVES: the guard, the screen and the documentation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from complaints import commands as c
from complaints import events as e
from complaints.assessment import Assessment, priority
from complaints.complaint import CloseReason, Complaint, LetterKind, Point, State, Task
from complaints.deadlines import dates, fallen_due, reminder_due
from complaints.packs import Rules
from complaints.refusals import Incomplete, NotAllowed, NotNow
from complaints.roles import WRITERS, Person, Role

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
    due = dates(ask.received_at, rules)
    told = ask.submission
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
        pack=rules.pack.id,
        pack_version=rules.pack.version,
        acknowledge_by=due.acknowledge_by,
        remind_at=due.remind_at,
        answer_by=due.answer_by,
        words=e.Account(**told.model_dump(exclude={"language"}), backdating_reason=ask.backdating_reason),
    )


def decide(complaint: Complaint, ask: c.Command, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """What happens when `person` asks for `ask` at `now` (UTC).

    Raises NotAllowed if the role forbids it, NotNow if the state or a guard does, Incomplete if something is missing.
    """
    move = permitted(ask, person)
    if refused := _refused(move, complaint, person, rules):
        raise NotNow(refused)
    return move.happens(complaint, ask, person, now, rules)


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


def fold(events: tuple[e.AnyEvent, ...]) -> Complaint:
    """The complaint that a history amounts to. The first event is its receipt."""
    first, *rest = events
    assert isinstance(first, e.ComplaintReceived)  # noqa: S101 - tells the type checker what the docstring says
    return reduce(evolve, rest, begin(first))


def begin(event: e.ComplaintReceived) -> Complaint:
    """The complaint as its receipt makes it."""
    complaint = Complaint(
        reference=event.reference,
        version=event.version,
        state=State.RECEIVED,
        language=event.language,
        channel=event.channel,
        received_at=event.received_at,
        registered_at=event.at,
        opened_at=event.at,
        by_mail=event.by_mail,
        safety=event.safety,
        acknowledge_by=event.acknowledge_by,
        remind_at=event.remind_at,
        answer_by=event.answer_by,
    )
    return _reached_another_way(complaint, event)


def evolve(complaint: Complaint, event: e.AnyEvent) -> Complaint:
    """The complaint after `event`. Total: history is never refused."""
    changed = complaint.model_copy(update={"version": event.version, **_changes(complaint, event)})
    return _reached_another_way(changed, event)


def letter_of(move: "Move", complaint: Complaint) -> LetterKind | None:
    """The letter that leaves when the move is made from here. Accepting closes only when nothing is outstanding."""
    if move.command is c.Accept:
        return None if _outstanding(complaint) else "closing"
    return move.letter


def _outstanding(complaint: Complaint) -> date | None:
    """The last day by which we promised a remedy, or None."""
    return max((point.remedy_by for point in complaint.points if point.remedy_by), default=None)


def letter_owed(event: e.AnyEvent) -> LetterKind | None:
    """The letter that an event makes due."""
    return LETTERS.get(type(event))


LETTERS: dict[type[e.Event], LetterKind] = {
    e.ComplaintReceived: "acknowledgement",
    e.ComplaintReopened: "acknowledgement",
    e.ComplaintDecided: "decision",
    e.ComplaintClosed: "closing",
}


def _reached_another_way(complaint: Complaint, event: e.AnyEvent) -> Complaint:
    """Where no letter can go, a person must: the letter becomes a task."""
    kind = letter_owed(event)
    if kind is None or complaint.by_mail:
        return complaint
    task = Task(id=f"{event.version:06d}-{kind}", kind="reach_another_way", since=event.at, letter=kind)
    return complaint.model_copy(update={"tasks": (*complaint.tasks, task)})


def _changes(was: Complaint, event: e.AnyEvent) -> dict[str, Any]:
    match event:
        case e.ComplaintAcknowledged():
            told = {"acknowledged_at": event.at, "acknowledged_by": event.letter}
            return {**told, "tasks": _without(was, "acknowledgement")}
        case e.ComplaintAssessed():
            points = tuple(
                Point(number=point.number, category=point.category, pack=event.pack, answer_by=was.answer_by)
                for point in event.points
            )
            return {"state": State.ASSESSED, "assessed_at": event.at, "priority": event.priority, "points": points}
        case e.InvestigationStarted():
            return {"state": State.INVESTIGATING, "owner": event.owner}
        case e.ComplaintAssigned():
            return {"owner": event.owner}
        case e.DecisionProposed():
            found = {point.number: point for point in event.points}
            points = tuple(
                point.model_copy(update=found[point.number].model_dump(exclude={"number"})) for point in was.points
            )
            return {"state": State.DECIDING, "proposed_by": event.by.id, "points": points, "cause": event.cause}
        case e.DecisionReturned():
            return {"state": State.INVESTIGATING}
        case e.ComplaintDecided():
            return {"state": State.DECIDED, "decided_at": event.at, "disputed": False}
        case e.DecisionAccepted():
            remedying = {"state": State.REMEDYING, "remedy_by": event.remedy_by} if event.remedy_by else {}
            return {"disputed": False, **remedying}
        case e.DecisionDisputed():
            return {"disputed": True}
        case e.ComplaintClosed():
            return {"state": State.CLOSED, "closed_at": event.at, "closed_reason": event.reason}
        case e.ComplaintReopened():
            return {
                "state": State.INVESTIGATING if was.owner else State.RECEIVED,
                "cycle": was.cycle + 1,
                "opened_at": event.at,
                "acknowledged_at": None,
                "acknowledged_by": None,
                "decided_at": None,
                "closed_at": None,
                "closed_reason": None,
                "remedy_by": None,
                "reminded": False,
                "broken": frozenset(),
                "disputed": False,
                "acknowledge_by": event.acknowledge_by,
                "remind_at": event.remind_at,
                "answer_by": event.answer_by,
                "points": tuple(point.model_copy(update={"answer_by": event.answer_by}) for point in was.points),
            }
        case e.PromiseReminded():
            return {"reminded": True}
        case e.PromiseBroken():
            return {"broken": was.broken | {event.promise}}
        case e.LetterBounced():
            task = Task(id=event.letter, kind="reach_another_way", since=event.at, letter=event.kind)
            unsaid = {"acknowledged_at": None} if event.letter == was.acknowledged_by else {}
            returned = (*was.returned, event.letter)
            return {"by_mail": False, "tasks": (*was.tasks, task), "returned": returned, **unsaid}
        case e.TaskDone():
            return {"tasks": tuple(task for task in was.tasks if task.id != event.task)}
        case e.RemedyVerified() | e.ComplaintReceived():
            return {}


def _without(complaint: Complaint, letter: LetterKind) -> tuple[Task, ...]:
    return tuple(task for task in complaint.tasks if task.letter != letter)


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


def _task_open(complaint: Complaint, person: Person, rules: Rules) -> str | None:
    return None if complaint.tasks else "no_task"


# --- what happens ----------------------------------------------------------------------------------------------------


def _head(complaint: Complaint, person: Person, now: datetime, after: int = 1) -> dict[str, Any]:
    return {"reference": complaint.reference, "version": complaint.version + after, "at": now, "by": person.actor}


def _acknowledge(
    complaint: Complaint, ask: c.Acknowledge, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    return (e.ComplaintAcknowledged(**_head(complaint, person, now), medium=ask.medium, letter=ask.letter),)


def _assess(complaint: Complaint, ask: c.Assess, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    found = Assessment(**ask.model_dump(include=set(Assessment.model_fields)))
    level, why = priority(found)
    points = tuple(e.PointFound(number=n, category=point.category) for n, point in enumerate(ask.points, 1))
    titles = e.Titles(titles=tuple(point.title for point in ask.points), reason=ask.reason)
    return (
        e.ComplaintAssessed(
            **_head(complaint, person, now),
            assessment=found,
            priority=level,
            priority_reason=why,
            pack=rules.pack.id,
            points=points,
            words=titles,
        ),
    )


def _investigate(
    complaint: Complaint, ask: c.Investigate, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    return (e.InvestigationStarted(**_head(complaint, person, now), owner=ask.owner),)


def _assign(complaint: Complaint, ask: c.Assign, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    return (e.ComplaintAssigned(**_head(complaint, person, now), owner=ask.owner),)


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
            **_head(complaint, person, now),
            points=decisions,
            cause=ask.cause,
            improvement_needed=ask.improvement_needed,
            words=e.Reasons(points=reasons),
        ),
    )


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
    return (e.DecisionReturned(**_head(complaint, person, now), words=e.Text(text=ask.words)),)


def _approve(
    complaint: Complaint, ask: c.Approve, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    alone = person.actor.id is not None and person.actor.id == complaint.proposed_by
    return (e.ComplaintDecided(**_head(complaint, person, now), approved_alone=alone),)


def _accept(complaint: Complaint, ask: c.Accept, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """A remedy with a date is outstanding until somebody has verified it; anything else closes the complaint now."""
    outstanding = _outstanding(complaint)
    due = rules.calendar.moment(outstanding) if outstanding else None
    accepted = e.DecisionAccepted(**_head(complaint, person, now), medium=ask.medium, remedy_by=due)
    if due:
        return (accepted,)
    return accepted, e.ComplaintClosed(**_head(complaint, person, now, after=2), reason=CloseReason.ACCEPTED)


def _dispute(
    complaint: Complaint, ask: c.Dispute, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    words = e.Text(text=ask.words) if ask.words else None
    return (e.DecisionDisputed(**_head(complaint, person, now), medium=ask.medium, words=words),)


def _verify(complaint: Complaint, ask: c.Verify, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    return (
        e.RemedyVerified(**_head(complaint, person, now), words=e.Text(text=ask.words)),
        e.ComplaintClosed(**_head(complaint, person, now, after=2), reason=CloseReason.REMEDY_VERIFIED),
    )


def _reopen(complaint: Complaint, ask: c.Reopen, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    last_day = complaint.closed_at and complaint.closed_at + timedelta(days=rules.pack.reopen_within_days)
    if last_day and now > last_day and not person.may(frozenset({Role.LEAD})):
        raise NotNow("reopen_window")
    due = dates(now, rules)
    return (
        e.ComplaintReopened(
            **_head(complaint, person, now),
            words=e.Text(text=ask.words),
            acknowledge_by=due.acknowledge_by,
            remind_at=due.remind_at,
            answer_by=due.answer_by,
        ),
    )


def _finish_task(
    complaint: Complaint, ask: c.FinishTask, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    if ask.task not in {task.id for task in complaint.tasks}:
        raise NotNow("no_task")
    return (e.TaskDone(**_head(complaint, person, now), task=ask.task),)


def _keep_time(
    complaint: Complaint, ask: c.KeepTime, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Every breach that is due, each at its true time; a reminder only while there is still time to act on it."""
    late = fallen_due(complaint, now)
    found: list[e.AnyEvent] = [
        e.PromiseBroken(**_head(complaint, person, now, after=n), promise=promise, due=due)
        for n, (promise, due) in enumerate(late, 1)
    ]
    if reminder_due(complaint) and complaint.remind_at <= now < complaint.answer_by:
        head = _head(complaint, person, now, after=len(found) + 1)
        found.append(e.PromiseReminded(**head, promise="answer", due=complaint.answer_by))
    return tuple(found)


def _bounced(
    complaint: Complaint, ask: c.RecordBounce, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    if ask.letter in complaint.returned:
        return ()
    return (e.LetterBounced(**_head(complaint, person, now), letter=ask.letter, kind=ask.kind),)


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
         to=State.CLOSED, guard=_second_person, letter="closing", expected=True),
    Move("M26", "reopen", c.Reopen, _in(State.CLOSED, State.DECIDED), COMPLAINANT_OR_STAFF, _reopen,
         to=State.INVESTIGATING, guard=_ended_or_disputed, letter="acknowledgement"),
    Move("M02", "acknowledge", c.Acknowledge, frozenset(State), WRITERS | {Role.SYSTEM}, _acknowledge,
         guard=_not_acknowledged),
    Move("M07", "assign", c.Assign, OPEN - {State.RECEIVED, State.ASSESSED}, CASEWORKERS, _assign),
    Move("", "finish_task", c.FinishTask, frozenset(State), WRITERS, _finish_task, guard=_task_open, shown=False),
    Move("", "keep_time", c.KeepTime, frozenset(State), _by(Role.SYSTEM), _keep_time, shown=False),
    Move("", "record_bounce", c.RecordBounce, frozenset(State), _by(Role.SYSTEM), _bounced, shown=False),
)
# fmt: on
BY_COMMAND = {move.command: move for move in MOVES}
