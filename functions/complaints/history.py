"""What a complaint is after something has happened to it: `fold` of its events. Nothing is decided here.

Total: history is never refused.
"""

from collections.abc import Callable
from datetime import datetime
from functools import reduce
from typing import Any

from complaints import events as e
from complaints.complaint import Clock, Complaint, LetterKind, Point, Promise, State, Task
from complaints.roles import Person


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
        pack=event.pack,
        pack_version=event.pack_version,
        clocks=_set((), event, ()),
    )
    return _reached_another_way(complaint, event)


def evolve(complaint: Complaint, event: e.AnyEvent) -> Complaint:
    """The complaint after `event`. Total: history is never refused."""
    changes = _changes(complaint, event)
    clocks = _set(changes.get("clocks", complaint.clocks), event, () if _anew(event) else complaint.clocks)
    tasks = (*changes.get("tasks", complaint.tasks), *_duties(event))
    changed = complaint.model_copy(update={**changes, "version": event.version, "clocks": clocks, "tasks": tasks})
    return _reached_another_way(changed, event)


def letter_owed(event: e.AnyEvent) -> LetterKind | None:
    """The letter that an event makes due."""
    match event:
        case e.ComplaintReceived() | e.ComplaintReopened():
            return "acknowledgement"
        case e.ProgressTold() | e.PromiseBroken(tell=True) | e.ComplaintAssessed(later=True):
            return "progress"
        case e.AnswerExtended():
            return "extension"
        case e.ComplaintDecided():
            return "decision"
        case e.ComplaintClosed():
            return "closing"
        case _:
            return None


def _anew(event: e.AnyEvent) -> bool:
    return isinstance(event, e.ComplaintReopened)


def _set(clocks: tuple[Clock, ...], event: e.Event, before: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """The clocks after an event has set some. What was broken stays broken, whatever pack it stands under now."""
    old = {clock.hangs_on: clock for clock in (*before, *clocks)}
    new: dict[Any, Clock] = {}
    for one in event.clocks:
        whole = old.get((one.promise, None, None))
        was = old.get((one.promise, one.point, one.duty)) or (whole if whole and one.due <= event.at else None)
        kept: dict[str, Any] = {"broken": was.broken} if was else {}
        if was and not isinstance(event, e.ComplaintAssessed):
            kept |= {"started_at": was.started_at, "extended": was.extended}
        clock = Clock(promise=one.promise, point=one.point, duty=one.duty, started_at=one.started_at, due=one.due)
        new[clock.hangs_on] = clock.model_copy(update=kept if one.promise != "update" else {})
    return tuple(new.pop(clock.hangs_on, clock) for clock in clocks) + tuple(new.values())


def _duties(event: e.AnyEvent) -> list[Task]:
    """A duty that a pack puts on a point is a task until somebody has done it."""
    return [
        Task(id=f"duty-{one.point}-{one.duty}", kind="duty", since=event.at, point=one.point, duty=one.duty)
        for one in event.clocks
        if one.promise == "duty" and not isinstance(event, e.ClocksRecalculated)
    ]


def _reached_another_way(complaint: Complaint, event: e.AnyEvent) -> Complaint:
    """Where no letter can go, a person must: the letter becomes a task."""
    kind = letter_owed(event)
    if kind is None or complaint.by_mail:
        return complaint
    task = Task(id=f"{event.version:06d}-{kind}", kind="reach_another_way", since=event.at, letter=kind)
    older = _without(complaint, kind) if kind == "progress" else complaint.tasks  # one call tells the newest news
    return complaint.model_copy(update={"tasks": (*older, task)})


def _changes(was: Complaint, event: e.AnyEvent) -> dict[str, Any]:
    match event:
        case e.ComplaintAcknowledged():
            told = {"acknowledged_at": event.at, "acknowledged_by": event.letter}
            return {**told, "tasks": _without(was, "acknowledgement")}
        case e.ComplaintAssessed():
            points = tuple(Point(**found.model_dump()) for found in event.points)
            return {
                "state": State.ASSESSED if was.state == State.RECEIVED else was.state,
                "assessed_at": event.at,
                "priority": event.priority,
                "points": points,
                **_still_hanging(was, event),
            }
        case e.InvestigationStarted():
            return {"state": State.INVESTIGATING, "owner": event.owner, "taken_up_at": event.at}
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
            runs = {"paused_since": None, "paused_for": None}
            clocks = tuple(clock.model_copy(update=runs) for clock in was.clocks)
            return {"state": State.DECIDED, "decided_at": event.at, "disputed": False, "clocks": clocks}
        case e.DecisionAccepted():
            taken_up = {"taken_up_at": was.taken_up_at or event.at}
            return {"disputed": False, **taken_up, **({"state": State.REMEDYING} if event.outstanding else {})}
        case e.DecisionDisputed():
            return {"disputed": True, "taken_up_at": None}
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
                "taken_up_at": event.at if was.owner else None,
                "clocks": (),
                "broken": frozenset(),
                "tasks": tuple(task for task in was.tasks if task.kind != "duty"),
                "disputed": False,
            }
        case e.AnswerExtended():
            return {"clocks": _each(was, "answer", event.points, lambda one: {"extended": one.extended + 1})}
        case e.ClockPaused():
            still = {"paused_since": event.since, "paused_for": event.category}
            return {"clocks": _each(was, "answer", event.points, lambda one: still)}
        case e.ClockResumed():
            again = {"paused_since": None, "paused_for": None, "resumed_at": event.at}
            return {"clocks": _each(was, "answer", event.points, lambda one: again)}
        case e.ProgressTold():
            return {"clocks": tuple(clock for clock in was.clocks if clock.promise != "update")}
        case e.PromiseEscalated():
            climbed = {"climbed": event.reached_at}
            return {"clocks": _each(was, event.promise, event.points, lambda one: climbed, event.duty)}
        case e.PromiseBroken():
            late = _each(was, event.promise, event.points, lambda one: {"broken": True}, event.duty)
            return {"clocks": late, "broken": was.broken | {event.promise}}
        case e.LetterBounced():
            task = Task(id=event.letter, kind="reach_another_way", since=event.at, letter=event.kind)
            unsaid = {"acknowledged_at": None} if event.letter == was.acknowledged_by else {}
            returned = (*was.returned, event.letter)
            return {"by_mail": False, "tasks": (*was.tasks, task), "returned": returned, **unsaid}
        case e.TaskDone():
            return {"tasks": tuple(task for task in was.tasks if task.id != event.task)}
        case e.RemedyVerified() | e.ClocksRecalculated() | e.ComplaintReceived():
            return {}


def _without(complaint: Complaint, letter: LetterKind) -> tuple[Task, ...]:
    return tuple(task for task in complaint.tasks if task.letter != letter)


def _still_hanging(was: Complaint, event: e.ComplaintAssessed) -> dict[str, Any]:
    """After an assessment: the clocks and duties of points that are as they were stay, those of others go."""
    same = unchanged(was, event.points)
    whole = {"acknowledge", "update", "remedy"}
    clocks = tuple(one for one in was.clocks if one.promise in whole or (one.point and one.point in same))
    tasks = tuple(task for task in was.tasks if task.kind != "duty" or task.point in same)
    return {"clocks": clocks, "tasks": tasks}


def unchanged(was: Complaint, points: tuple[e.PointFound, ...]) -> frozenset[int]:
    """The numbers of those points that an assessment left as they were."""
    known = {(point.number, point.category, point.pack, point.version) for point in was.points}
    same = [one for one in points if (one.number, one.category, one.pack, one.version) in known]
    return frozenset(one.number for one in same)


def _each(
    was: Complaint,
    promise: Promise,
    points: tuple[int, ...],
    change: Callable[[Clock], dict[str, Any]],
    duty: str | None = None,
) -> tuple[Clock, ...]:
    """The clocks with a change to those of a promise, on these points or (none named) on the whole complaint."""

    def meant(one: Clock) -> bool:
        return one.promise == promise and one.duty == duty and (one.point in points or (not points and not one.point))

    return tuple(one.model_copy(update=change(one)) if meant(one) else one for one in was.clocks)


def head_of(complaint: Complaint, person: Person, now: datetime, after: int = 1) -> dict[str, Any]:
    """What the next event begins with, or the `after`-th one from here."""
    return {"reference": complaint.reference, "version": complaint.version + after, "at": now, "by": person.actor}
