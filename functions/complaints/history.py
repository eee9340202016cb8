"""What a complaint is after something has happened to it: `fold` of its events. Nothing is decided here.

Total: history is never refused.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import reduce
from itertools import accumulate
from typing import Any

from complaints import events as e
from complaints.complaint import (
    OWED,
    TO_DO,
    UNANSWERED,
    Attempt,
    Clock,
    Complaint,
    LetterKind,
    Point,
    Promise,
    State,
    Task,
)
from complaints.roles import Person

DATED: frozenset[Promise] = frozenset({"task", "external"})  # the clocks that are named after their task


def fold(events: tuple[e.AnyEvent, ...]) -> Complaint:
    """The complaint that a history amounts to. The first event is its receipt."""
    first, *rest = events
    assert isinstance(first, e.ComplaintReceived)  # noqa: S101 - tells the type checker what the docstring says
    return reduce(evolve, rest, begin(first))


def each(events: tuple[e.AnyEvent, ...]) -> Iterator[tuple[e.AnyEvent, Complaint]]:
    """Every event of a history with the complaint as it left it."""
    first, *rest = events
    assert isinstance(first, e.ComplaintReceived)  # noqa: S101 - as in fold
    return zip(events, accumulate(rest, evolve, initial=begin(first)), strict=True)


def begin(event: e.ComplaintReceived) -> Complaint:
    """The complaint as its receipt makes it. Nobody can write to the anonymous: they are told at the door."""
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
        tasks=tuple(_tasks(event)),
        acknowledged_at=event.at if event.anonymous else None,
        anonymous=event.anonymous,
        authority="unchecked" if event.represented else None,
        direct=event.direct,
        other_mail=event.represented and not event.direct and "email" in event.known,
        known=frozenset(event.known),
        staff_mentioned=event.staff_mentioned,
        about_handling=event.about_handling,
        handled_before=frozenset(event.handled_before),
        complained_about=frozenset(event.complained_about),
        backdated=event.backdated,
    )
    return _reached_another_way(complaint, event)


def evolve(complaint: Complaint, event: e.AnyEvent) -> Complaint:
    """The complaint after `event`. Total: history is never refused."""
    changes = _changes(complaint, event)
    clocks = _set(changes.get("clocks", complaint.clocks), event, () if _anew(event) else complaint.clocks)
    fresh = {task.id: task for task in _tasks(event)}
    tasks = (*(one for one in changes.get("tasks", complaint.tasks) if one.id not in fresh), *fresh.values())
    there = {task.id for task in tasks}
    clocks = tuple(clock for clock in clocks if clock.promise not in DATED or clock.duty in there)
    changed = complaint.model_copy(update={**changes, "version": event.version, "clocks": clocks, "tasks": tasks})
    return _reached_another_way(changed, event)


def letter_owed(event: e.AnyEvent) -> LetterKind | None:
    """The letter that an event makes due."""
    match event:
        case e.ComplaintReceived() | e.ComplaintReopened() | e.ReviewAsked():
            return "acknowledgement"
        case e.ProgressTold() | e.PromiseBroken(tell=True) | e.ComplaintAssessed(later=True):
            return "progress"
        case e.ReplyMissed(of="complainant") | e.RemedyFailed() | e.DeclineContested():
            return "progress"
        case e.WithdrawalUndone() | e.MergerUndone() | e.ExternalDecided(then="sent_back" | "award"):
            return "progress"
        case e.ExternalDecided(outstanding=True) | e.RemedyBegun():
            return "progress"
        case e.AnswerExtended():
            return "extension"
        case e.InformationAsked(of="complainant"):
            return "request"
        case e.ReminderGiven():
            return "reminder"
        case e.ComplaintDecided():
            return "decision"
        case e.DecisionDisputed():
            return "routes"
        case e.FinalNoticeGiven():
            return "final_notice"
        case e.ComplaintDeclined():
            return "declined"
        case e.ComplaintWithdrawn():
            return "withdrawn"
        case e.ComplaintMerged():
            return "merged"
        case e.ComplaintClosed(told=False):
            return "closing"
        case e.AuthorityChecked():
            return event.letter
        case _:
            return None


def _anew(event: e.AnyEvent) -> bool:
    """Whether the clocks that an event sets owe nothing to those before."""
    afresh = e.ComplaintReopened | e.ReviewAsked | e.RemedyFailed | e.ExternalDecided | e.AuthorityChecked
    return isinstance(event, afresh)


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


def _tasks(event: e.AnyEvent) -> list[Task]:
    """What an event gives a day to is a task until somebody has done it. Its kind is the first word of its name."""
    if isinstance(event, e.ClocksRecalculated):
        return []
    found: list[Task] = []
    for one in event.clocks:
        named: dict[str, Any] = {"since": event.at, "point": one.point}
        if one.promise == "duty":
            found.append(Task(id=f"duty-{one.point}-{one.duty}", kind="duty", duty=one.duty, **named))
        elif one.promise == "remedy":
            found.append(Task(id=f"remedy-{one.point}", kind="remedy", **named))
        elif one.promise in DATED and one.duty:
            whom = event.whom if isinstance(event, e.TaskSet) else None
            letter = letter_owed(event) if isinstance(event, e.FinalNoticeGiven) else None
            kind = one.duty.split("-")[0]
            found.append(Task.model_validate({"id": one.duty, "kind": kind, "whom": whom, "letter": letter, **named}))
    return found


def _reached_another_way(complaint: Complaint, event: e.AnyEvent) -> Complaint:
    """Where no letter can go, a person must: the letter becomes a task."""
    kind = letter_owed(event)
    if kind is None or complaint.told_by != "person":
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
                "before": State.ASSESSED if was.before == State.RECEIVED else was.before,
                "assessed_at": event.at,
                "priority": event.priority,
                "risk_found": event.assessment.safety != "none",
                "points": points,
                "answered": tuple(one for one in was.answered if one.number in {point.number for point in points}),
                **_with(was, event.by.id),
                **_still_hanging(was, event),
            }
        case e.DeclineProposed():
            proposed = {"declining": True, "proposed_by": event.by.id, **_with(was, event.by.id)}
            return {"state": State.DECIDING, "before": was.state, **proposed}
        case e.ComplaintDeclined():
            by = {one for one in (was.proposed_by, event.by.id) if one}
            declined = {"declined_by": was.declined_by | by, **_with(was, event.by.id)}
            return {"declining": False, "proposed_by": None, **declined}
        case e.DeclineContested() | e.WithdrawalUndone() | e.MergerUndone():
            tasks = _no(was, "safety")  # the inquiry goes on with the complaint itself
            return {**_open_again(was.before or State.RECEIVED), "merged_into": None, "tasks": tasks}
        case e.InvestigationStarted():
            owner = {"owner": event.owner, "taken_up_at": event.at, **_with(was, event.owner)}
            return {"state": State.INVESTIGATING, **owner}
        case e.ComplaintAssigned():
            taken_up = {"taken_up_at": was.taken_up_at or event.at}
            return {"owner": event.owner, **taken_up, **_with(was, event.owner)}
        case e.InvestigationPlanned():
            return {"planned": True, **_with(was, event.by.id)}
        case e.EvidenceRecorded():
            return {"evidence": was.evidence + 1, **_with(was, event.by.id)}
        case e.TaskSet():
            return _with(was, event.whom)
        case e.InformationAsked():
            asked = frozenset(event.data) if event.of == "complainant" else frozenset()
            waits = {"state": State.WAITING, "before": was.state, "waiting_for": event.of, "asked": asked}
            return {**waits, **_with(was, event.by.id)}
        case e.InformationReceived() | e.ReplyMissed():
            sent = was.asked if isinstance(event, e.InformationReceived) else frozenset()
            if was.state == State.DECIDED:  # they have written: we wait for their answer anew
                tasks = _without(was, "final_notice")
                return {"notice": None, "attempts": (), "clocks": _but(was, "reply"), "tasks": tasks}
            here = {"state": was.before or State.INVESTIGATING, "before": None, "waiting_for": None}
            tasks = _without(was, "request", "reminder")
            return {
                **here,
                "clocks": _but(was, "remind", "reply"),
                "known": was.known | sent,
                "asked": frozenset(),
                "tasks": tasks,
            }
        case e.ReminderGiven():
            return {"clocks": _but(was, "remind")}
        case e.StaffNamed(alone=False):
            named = set(event.staff)
            left = None if was.owner in named else was.owner
            return {"complained_about": was.complained_about | named, "members": was.members - named, "owner": left}
        case e.StaffHeard():
            return {"heard": was.heard | {event.who}, **_with(was, event.by.id)}
        case e.ConflictDeclared(alone=False):
            left = None if was.owner == event.by.id else was.owner
            return {"conflicted": was.conflicted | {event.by.id}, "owner": left}
        case e.AccessRestricted():
            return {"confidential": event.confidential, "members": frozenset(event.members)}
        case e.AuthorityChecked():
            authority = "checked" if event.granted else "refused"
            return {"authority": authority, **(_another_reader(was, event) if to_other(was, event.granted) else {})}
        case e.ConsentWithdrawn():
            return {"consent_withdrawn_on": max(event.on, was.consent_withdrawn_on or event.on)}
        case e.SystemicLinked():
            return {"systemic": event.case}
        case e.DecisionProposed():
            found = {point.number: point for point in event.points}
            points = tuple(
                point.model_copy(update=found[point.number].model_dump(exclude={"number"})) for point in was.points
            )
            decided = {"proposed_by": event.by.id, "points": points, "cause": event.cause}
            to_do = {"others_by": event.others_by, **_with(was, event.by.id)}
            return {"state": State.DECIDING, **to_do, **decided}
        case e.DecisionReturned():
            back = was.before if was.declining else _inquiry(was)
            return {"state": back, "before": None, "declining": False, **_with(was, event.by.id)}
        case e.ComplaintDecided():
            runs = {"paused_since": None, "paused_for": None}
            clocks = tuple(clock.model_copy(update=runs) for clock in was.clocks)
            fresh = {"disputed": False, "notice": None, "attempts": (), **_with(was, event.by.id)}
            answer = {"decided_at": event.at, "answered": was.points}
            return {"state": State.DECIDED, **answer, "clocks": clocks, "others_by": None, **fresh}
        case e.DecisionAccepted() | e.RemedyBegun():
            taken_up = {"taken_up_at": was.taken_up_at or event.at}
            tasks = tuple(task for task in _without(was, "final_notice") if task.kind != "monitor")
            outstanding = isinstance(event, e.RemedyBegun) or event.outstanding
            return {
                "disputed": False,
                **taken_up,
                "tasks": tasks,
                **({"state": State.REMEDYING} if outstanding else {}),
            }
        case e.DecisionDisputed():
            return {"disputed": True, "taken_up_at": None}
        case e.RemedyVerified():
            done = [
                task for task in was.tasks if task.kind == "remedy" and (task.point in event.points or not event.points)
            ]
            unseen = was.done_by & {event.by.id}  # nobody verifies what they did themselves
            return {"tasks": tuple(task for task in was.tasks if task not in done), "done_by": unseen}
        case e.RemedyFailed():
            return {"state": _inquiry(was), **_to_answer_again(was), "tasks": _no(was, "remedy")}
        case e.ReviewAsked():
            return {
                "state": State.REVIEWING,
                "stage": 2,
                "opened_at": event.at,
                "owner": None,
                "proposed_by": None,
                "taken_up_at": None,
                "acknowledged_at": event.at if was.anonymous else None,
                "acknowledged_by": None,
                "notice": None,
                "attempts": (),
                "took_part": was.took_part | was.reviewed_by,
                "reviewed_by": frozenset(),
                **_to_answer_again(was),
                "tasks": _no(was, "remedy", "monitor"),
            }
        case e.FinalNoticeGiven():
            return {"notice": "sent"}
        case e.LetterDelivered():
            return {"notice": "delivered", "tasks": _without(was, "final_notice")}
        case e.AttemptMade():
            return {"attempts": (*was.attempts, Attempt(at=event.at, medium=event.medium))}
        case e.LetterPosted():
            posted = {"kind": "confirm_delivery"}
            return {"tasks": tuple(one.model_copy(update=posted) if one.id == event.task else one for one in was.tasks)}
        case e.ExternalOpened():
            return {**_left(was), **_open_again(State.EXTERNAL), "before": _home(was), "legal_hold": True}
        case e.ExternalDecided():
            return _after_outside(was, event)
        case e.ComplaintWithdrawn():
            return {**_left(was), "before": _home(was)}
        case e.ComplaintMerged():
            return {**_left(was), "before": _home(was), "merged_into": event.into}
        case e.ComplaintAbsorbed():
            own = was.own_received_at or was.received_at
            earlier = min(was.received_at, event.received_at)
            conflicted = was.conflicted.union(event.conflicted)
            return {
                "absorbed": (*was.absorbed, event.other),
                "received_at": earlier,
                "own_received_at": own,
                "conflicted": conflicted,
                "declined_by": was.declined_by.union(event.declined_by),
                "took_part": was.took_part.union(event.took_part),
                "reviewed_by": was.reviewed_by.union(event.reviewed_by),
                "owner": None if was.owner in conflicted else was.owner,
            }
        case e.ComplaintSeparated():  # whoever was kept from judging both knows what they knew: that stays
            rest = tuple(one for one in was.absorbed if one != event.other)
            received_at = was.received_at if rest else was.own_received_at or was.received_at
            return {
                "absorbed": rest,
                "received_at": received_at,
                "own_received_at": was.own_received_at if rest else None,
            }
        case e.ComplaintClosed():
            return {"state": State.CLOSED, "closed_at": event.at, "closed_reason": event.reason}
        case e.ComplaintReopened():
            return {
                "state": _start(was),
                "stage": 1,
                "cycle": was.cycle + 1,
                "opened_at": event.at,
                "acknowledged_at": event.at if was.anonymous else None,
                "acknowledged_by": None,
                "closed_at": None,
                "closed_reason": None,
                "before": None,
                "answered": (),
                "taken_up_at": event.at if was.owner else None,
                "broken": frozenset(),
                "notice": None,
                "attempts": (),
                **_to_answer_again(was),
                "clocks": tuple(clock for clock in was.clocks if clock.promise in DATED),
                "tasks": _no(was, "duty", "remedy", "monitor", "safety"),
                "done_by": frozenset(),
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
            return {"clocks": _but(was, "update")}
        case e.PromiseEscalated():
            climbed = {"climbed": event.reached_at}
            return {"clocks": _each(was, event.promise, event.points, lambda one: climbed, event.duty)}
        case e.PromiseBroken():
            late = _each(was, event.promise, event.points, lambda one: {"broken": True}, event.duty)
            return {"clocks": late, "broken": was.broken | {event.promise}}
        case e.LetterBounced():
            if event.to_other:  # whoever reads now was told on their own
                return {"other_mail": False, "returned": (*was.returned, event.letter)}
            task = Task(id=event.letter, kind="reach_another_way", since=event.at, letter=event.kind)
            unsaid: dict[str, Any] = {"acknowledged_at": None} if event.letter == was.acknowledged_by else {}
            if event.kind == "final_notice" and was.notice:
                unsaid["notice"] = "sent"  # its time does not run before somebody has it
            returned = (*was.returned, event.letter)
            others = tuple(one for one in was.tasks if one.id != task.id)
            return {"by_mail": False, "tasks": (*others, task), "returned": returned, **unsaid}
        case e.TaskDone():
            return _done(was, event)
        case _:  # a record of what was done, said or worked out, which changes nothing but the history
            return {}


def to_other(was: Complaint, granted: bool) -> bool:
    """Whether we write to the other of the two, the complainant or their representative, once this is known."""
    return not was.direct and (was.authority == "refused") == granted


def _another_reader(was: Complaint, event: e.AuthorityChecked) -> dict[str, Any]:
    """Of what the one was asked or told nothing binds the other, who is told on their own. What a third party was asked
    stays asked.
    """
    clocks = was.clocks if was.waiting_for == "third_party" else _but(was, "remind", "reply")
    return {
        "by_mail": was.other_mail,
        "other_mail": was.by_mail,
        "reader_since": event.at,
        "clocks": clocks,
        "notice": None,
        "attempts": (),
        "tasks": _without(was, "reminder", "final_notice", *((event.letter,) if event.letter else ())),
    }


def _with(was: Complaint, sub: str | None) -> dict[str, Any]:
    """Who took part: in the first stage, and so may not review it; or in the review, and so in none that follows."""
    if sub is None:
        return {}
    return {"took_part": was.took_part | {sub}} if was.stage == 1 else {"reviewed_by": was.reviewed_by | {sub}}


def _but(was: Complaint, *promises: Promise) -> tuple[Clock, ...]:
    return tuple(clock for clock in was.clocks if clock.promise not in promises)


def _no(was: Complaint, *kinds: str) -> tuple[Task, ...]:
    return tuple(task for task in was.tasks if task.kind not in kinds)


def _open_again(state: State) -> dict[str, Any]:
    return {"state": state, "before": None, "closed_at": None, "closed_reason": None}


def _inquiry(was: Complaint) -> State:
    """Where a complaint is looked into, by its stage."""
    return State.REVIEWING if was.stage == 2 else State.INVESTIGATING


def _start(was: Complaint) -> State:
    """Where a new cycle begins: with whoever had it; without an owner it waits for one."""
    if was.owner:
        return State.INVESTIGATING
    return State.ASSESSED if was.assessed_at else State.RECEIVED


def _home(was: Complaint) -> State:
    """Where a complaint comes back to that leaves its way now."""
    return was.before if was.before and (was.state == State.WAITING or was.declining) else was.state


def _left(was: Complaint) -> dict[str, Any]:
    """Nothing is waited for, nor proposed, that was under way."""
    clocks = _but(was, "remind", "reply") if was.waiting_for else was.clocks
    return {"waiting_for": None, "asked": frozenset(), "declining": False, "clocks": clocks}


def _to_answer_again(was: Complaint) -> dict[str, Any]:
    """What an earlier answer left behind goes; tasks and duties go on."""
    clocks = tuple(clock for clock in was.clocks if clock.promise in {*DATED, "duty"})
    return {"decided_at": None, "disputed": False, "clocks": clocks}


def _after_outside(was: Complaint, event: e.ExternalDecided) -> dict[str, Any]:
    over = {"before": None}
    if event.then == "sent_back" and was.before in UNANSWERED:
        return {**over, "state": was.before, "tasks": _no(was, "outside")}
    ours = () if was.before == State.CLOSED else was.answered  # what is closed had been done, or let go
    if event.then == "sent_back":
        tasks = _no(was, "remedy", "monitor", "outside")
        return {**over, "state": _inquiry(was), **_to_answer_again(was), "answered": ours, "tasks": tasks}
    carried_out = {"state": State.REMEDYING, "disputed": False} if event.then == "award" or event.outstanding else {}
    ended = ("outside", "monitor") if carried_out else ("outside",)
    tasks = _no(was, *ended, *(TO_DO if event.replaces else ()))
    points = tuple(_ordered(_answered(point, was), event) for point in was.points)
    awarded = {one.number for one in event.awards}
    still = awarded if event.replaces else {*awarded, *(point.number for point in ours)}
    answered = tuple(point for point in points if point.number in still)
    anew = {clock.point for clock in was.clocks} if event.replaces else awarded  # these owe nothing to what was late
    clocks = tuple(clock for clock in was.clocks if clock.promise != "remedy" or clock.point not in anew)
    return {**over, **carried_out, "points": points, "answered": answered, "clocks": clocks, "tasks": tasks}


def _answered(point: Point, was: Complaint) -> Point:
    """A point as our last answer left it: what was proposed since and never approved is nobody's answer."""
    told = next((one for one in was.answered if one.number == point.number), None)
    decision = {"finding", "remedy", "remedy_by", "amount", "currency"}
    return point.model_copy(update=told.model_dump(include=decision)) if told else point


def _ordered(point: Point, event: e.ExternalDecided) -> Point:
    """A point with what a body has ordered on it, in the place of what we had promised there; or without what we had
    promised, where that was replaced.
    """
    award = next((one for one in event.awards if one.number == point.number), None)
    if award:
        return point.model_copy(update=award.model_dump(exclude={"number"}))
    ours = dict.fromkeys(("remedy", "remedy_by", "amount", "currency"))
    return point.model_copy(update=ours) if event.replaces else point


def _done(was: Complaint, event: e.TaskDone) -> dict[str, Any]:
    """A task is gone when it is done; a remedy stays until another person has verified it."""
    task = next((one for one in was.tasks if one.id == event.task), None)
    if task and task.kind == "remedy":
        done = task.model_copy(update={"done_by": event.by.id})
        return {"tasks": tuple(done if one == task else one for one in was.tasks)}
    told: dict[str, Any] = {"notice": "delivered"} if is_notice(task, was) else {}
    if task and task.kind in OWED and event.by.id:
        told["done_by"] = was.done_by | {event.by.id}
    if task and task.kind == "reach_another_way":
        told["attempts"] = ()  # they were reached after all
    if task and task.kind == "monitor":
        told["taken_up_at"] = was.taken_up_at or event.at
    return {**told, "tasks": tuple(one for one in was.tasks if one != task)}


def is_notice(task: Task | None, complaint: Complaint) -> bool:
    """Whether a task is about the final notice that runs now, and not about one of an earlier decision."""
    if task is None or task.letter != "final_notice" or complaint.notice != "sent":
        return False
    return complaint.decided_at is None or task.since >= complaint.decided_at


def _without(complaint: Complaint, *letters: LetterKind) -> tuple[Task, ...]:
    return tuple(task for task in complaint.tasks if task.letter not in letters)


def _still_hanging(was: Complaint, event: e.ComplaintAssessed) -> dict[str, Any]:
    """After an assessment: the clocks and duties of points that are as they were stay, those of others go."""
    same = unchanged(was, event.points)
    whole = {"acknowledge", "update", "remedy", "task", "reply", "external"}
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
