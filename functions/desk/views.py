"""What staff see of a complaint: a row of a queue, and the whole case."""

from datetime import date, datetime
from functools import reduce
from typing import Any, Literal

from pydantic import BaseModel

from adapters.items import Item
from adapters.table import Everything, Label, subject_of
from complaints import events as e
from complaints.answer import PointTold, points_told
from complaints.assessment import Assessment
from complaints.complaint import (
    TARGETS,
    Cause,
    Clock,
    CloseReason,
    Complaint,
    LetterKind,
    PauseCategory,
    Promise,
    State,
    Task,
)
from complaints.deadlines import in_force, pack_of, working_days_left
from complaints.explain import Setting, explain
from complaints.history import evolve, letter_owed
from complaints.lifecycle import letter_of, moves_open_to
from complaints.packs import Texts
from complaints.report import queues_of
from complaints.roles import Person
from complaints.rules import Rules

Flag = Literal["safety", "undelivered", "disputed", "reopened"]


class Row(BaseModel):
    """One line of a queue. Moments are UTC; `share` is time used over time allowed, above 1 when late."""

    reference: str
    version: int
    state: State
    priority: int | None
    subject: str | None
    name: str | None
    channel: str
    received_at: datetime
    promise: Promise | None
    due: datetime | None
    started_at: datetime
    share: float
    days_left: int | None
    late: bool
    owner_id: str | None
    owner_name: str | None
    flags: list[Flag]


class AssessmentShown(Assessment):
    """An assessment with who made it, and the criterion that set the priority."""

    priority_reason: str
    by: str | None
    at: datetime


class PromiseShown(BaseModel):
    """One promise: kept, missed, paused or running; and how its day was worked out. `duty` is named in two languages.

    `internal`: a target of our own, of which no complainant was told.
    """

    promise: Promise
    point: int | None
    duty: Texts | None
    internal: bool
    due: datetime
    due_on: date
    kept_at: datetime | None
    missed: bool
    share: float
    days_left: int
    extended: int
    paused_since: datetime | None
    paused_for: PauseCategory | None
    why: dict[str, list[str]]


class ActorShown(BaseModel):
    """Who did something."""

    kind: Literal["complainant", "staff", "system"]
    id: str | None
    name: str | None


class Happened(BaseModel):
    """One entry of the timeline."""

    id: str
    at: datetime
    type: str
    by: ActorShown
    visibility: Literal["complainant_wrote", "complainant_sees", "internal", "change"]
    words: str | None
    facts: dict[str, Any]


class LetterShown(BaseModel):
    """A letter and how far it got."""

    id: str
    kind: LetterKind
    state: Literal["owed", "claimed", "sent", "delivered", "bounced", "failed", "dropped"]
    at: datetime


class FileShown(BaseModel):
    """A file that the complainant added. Nothing scans it here, and the desk says so."""

    id: str
    name: str
    size: int
    added_at: datetime
    state: Literal["unscanned", "incomplete"]
    can_download: bool


class MoveShown(BaseModel):
    """A move open to this person now, and the letter that will leave."""

    move: str
    letter: LetterKind | None
    expected: bool


class DateChanged(BaseModel):
    """A clock whose day (local) a move would change; `old` is None for one that would begin, `new` for one that would
    end or stand still. `internal` as for a promise.
    """

    promise: Promise
    point: int | None
    duty: Texts | None
    old: date | None
    new: date | None
    internal: bool


class Effects(BaseModel):
    """What a move would change, and the letter that would leave."""

    dates: list[DateChanged]
    letter: LetterKind | None


class Complainant(BaseModel):
    """Who complained, and how to reach them."""

    name: str
    email: str | None
    phone: str | None
    support_needs: str | None


class Case(Row):
    """Everything about one complaint."""

    language: str
    by_mail: bool
    registered_at: datetime
    acknowledged_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    closed_reason: CloseReason | None
    cycle: int
    proposed_by: str | None
    complainant: Complainant
    account: e.Account
    assessment: AssessmentShown | None
    promises: list[PromiseShown]
    points: list[PointTold]
    cause: Cause | None
    tasks: list[Task]
    timeline: list[Happened]
    letters: list[LetterShown]
    files: list[FileShown]
    moves: list[MoveShown]
    now: datetime


def row(complaint: Complaint, label: Label | None, staff: dict[str, Item], now: datetime, rules: Rules) -> Row:
    """A row. `subject` and `name` are None when the words of the complaint were erased."""
    promise = complaint.next_promise
    flags: dict[Flag, bool] = {
        "safety": complaint.safety,
        "undelivered": "undelivered" in queues_of(complaint),
        "disputed": complaint.disputed,
        "reopened": complaint.cycle > 1,
    }
    started = promise.started_at if promise else complaint.received_at
    return Row(
        reference=complaint.reference,
        version=complaint.version,
        state=complaint.state,
        priority=complaint.priority,
        subject=label.subject if label else None,
        name=label.name if label else None,
        channel=complaint.channel,
        received_at=complaint.received_at,
        promise=promise.promise if promise else None,
        due=promise.due if promise else None,
        started_at=started,
        share=_share(started, promise.due, now) if promise else 0.0,
        days_left=working_days_left(promise.due, now, rules) if promise else None,
        late=promise is not None and promise.due < now,
        owner_id=complaint.owner,
        owner_name=_name(complaint.owner, staff),
        flags=[flag for flag, holds in flags.items() if holds],
    )


def case(kept: Everything, staff: dict[str, Item], person: Person, now: datetime, rules: Rules) -> Case:
    """The whole case as `person` may see it now."""
    complaint, account = kept.complaint, kept.account
    label = Label(account.name, subject_of(account.what_happened))
    return Case(
        **row(complaint, label, staff, now, rules).model_dump(),
        language=complaint.language,
        by_mail=complaint.by_mail,
        registered_at=complaint.registered_at,
        acknowledged_at=complaint.acknowledged_at,
        decided_at=complaint.decided_at,
        closed_at=complaint.closed_at,
        closed_reason=complaint.closed_reason,
        cycle=complaint.cycle,
        proposed_by=_name(complaint.proposed_by, staff),
        complainant=Complainant.model_validate(account.model_dump(include=set(Complainant.model_fields))),
        account=account,
        assessment=_assessment(kept, staff),
        promises=_promises(kept, now, rules),
        points=list(points_told(complaint, kept.events)),
        cause=complaint.cause,
        tasks=list(complaint.tasks),
        timeline=_timeline(kept, staff),
        letters=[_letter(item) for item in kept.letters],
        files=[_file(item) for item in kept.files],
        now=now,
        moves=[
            MoveShown(move=move.name, letter=letter_of(move, complaint, rules), expected=move.expected)
            for move in moves_open_to(complaint, person, rules)
        ],
    )


def effects(complaint: Complaint, events: tuple[e.AnyEvent, ...], rules: Rules) -> Effects:
    """What these events would change of the clocks that run. A promise that they keep is no change of its day."""
    after = reduce(evolve, events, complaint)
    was = {clock.hangs_on: clock for clock in complaint.running}
    will = {clock.hangs_on: clock for clock in after.running}
    kept = {clock.hangs_on for clock in after.clocks if not clock.paused_since} - will.keys()
    return Effects(
        dates=[
            _changed(was.get(one), will.get(one), complaint if one in was else after, rules)
            for one in {**was, **will}
            if one not in kept and (one not in was or one not in will or was[one].due != will[one].due)
        ],
        letter=next((letter for event in events if (letter := letter_owed(event))), None),
    )


def _changed(old: Clock | None, new: Clock | None, complaint: Complaint, rules: Rules) -> DateChanged:
    clock = new or old
    assert clock  # noqa: S101 - one of the two is there
    return DateChanged(
        promise=clock.promise,
        point=clock.point,
        duty=_duty(clock, complaint, rules),
        old=rules.calendar.day_of(old.due) if old else None,
        new=rules.calendar.day_of(new.due) if new else None,
        internal=clock.promise in TARGETS,
    )


def _share(started: datetime, due: datetime, now: datetime) -> float:
    allowed = (due - started).total_seconds()
    return round(max(0.0, (now - started).total_seconds() / allowed), 3) if allowed > 0 else 1.0


def _promises(kept: Everything, now: datetime, rules: Rules) -> list[PromiseShown]:
    settings = in_force(kept.events)
    return [_promise(clock, kept, settings.get(clock.hangs_on, []), now, rules) for clock in kept.complaint.clocks]


def _promise(clock: Clock, kept: Everything, settings: list[Setting], now: datetime, rules: Rules) -> PromiseShown:
    complaint = kept.complaint
    done = _kept_at(clock, kept)
    ended = done or clock.paused_since or now
    return PromiseShown(
        promise=clock.promise,
        point=clock.point,
        duty=_duty(clock, complaint, rules),
        internal=clock.promise in TARGETS,
        due=clock.due,
        due_on=rules.calendar.day_of(clock.due),
        kept_at=done,
        missed=clock.broken or ended > clock.due,
        share=_share(clock.started_at, clock.due, ended),
        days_left=working_days_left(clock.due, now, rules),
        extended=clock.extended,
        paused_since=clock.paused_since,
        paused_for=clock.paused_for,
        why=dict(explain(_of_this_cycle(settings, complaint), rules)),
    )


def _duty(clock: Clock, complaint: Complaint, rules: Rules) -> Texts | None:
    """What the duty is called in the pack of its point."""
    point = next((point for point in complaint.points if point.number == clock.point), None)
    duties = pack_of(point, rules).duties if point else ()
    return next((duty.title for duty in duties if duty.id == clock.duty), None)


def _of_this_cycle(settings: list[Setting], complaint: Complaint) -> list[Setting]:
    return [one for one in settings if one[0].at >= complaint.opened_at]


def _kept_at(clock: Clock, kept: Everything) -> datetime | None:
    complaint = kept.complaint
    match clock.promise:
        case "acknowledge":
            return complaint.acknowledged_at
        case "take_up":
            return complaint.taken_up_at
        case "update" | "answer":
            return complaint.decided_at
        case "remedy":
            return complaint.closed_at
        case "duty":
            task = f"duty-{clock.point}-{clock.duty}"
            done = [event.at for event in kept.events if isinstance(event, e.TaskDone) and event.task == task]
            return done[-1] if done else None


def _assessment(kept: Everything, staff: dict[str, Item]) -> AssessmentShown | None:
    event = kept.last(e.ComplaintAssessed)
    if event is None:
        return None
    return AssessmentShown(
        **event.assessment.model_dump(),
        priority_reason=event.priority_reason,
        at=event.at,
        by=_name(event.by.id, staff),
    )


def _timeline(kept: Everything, staff: dict[str, Item]) -> list[Happened]:
    found = [_event(event, staff) for event in kept.events]
    for entry in kept.entries:
        note = isinstance(entry, e.NoteWritten)
        wrote = entry.by.kind == "complainant"
        found.append(
            Happened(
                id=entry.id,
                at=entry.at,
                type=entry.type,
                by=_actor(entry, staff),
                facts={},
                visibility="internal" if note else "complainant_wrote" if wrote else "complainant_sees",
                words=entry.words.text if entry.words else None,
            )
        )
    return sorted(found, key=lambda entry: entry.at)[::-1]  # the newest first, also among those of one moment


def _event(event: e.AnyEvent, staff: dict[str, Item]) -> Happened:
    facts = event.model_dump(mode="json", exclude={"words", "reference", "version", "at", "by", "type"})
    if "owner" in facts:
        facts["owner_name"] = _name(facts["owner"], staff)
    words = event.words.text if isinstance(event.words, e.Text) else None
    wrote = event.by.kind == "complainant" and words is not None
    return Happened(
        id=f"event-{event.version}",
        at=event.at,
        type=event.type,
        by=_actor(event, staff),
        facts=facts,
        words=words,
        visibility="complainant_wrote" if wrote else "change",
    )


def _actor(fact: e.Fact, staff: dict[str, Item]) -> ActorShown:
    return ActorShown(kind=fact.by.kind, id=fact.by.id, name=_name(fact.by.id, staff))


def _name(sub: str | None, staff: dict[str, Item]) -> str | None:
    return staff[sub]["name"] if sub and sub in staff else None


def _letter(item: Item) -> LetterShown:
    at = item.get(f"{item['state']}_at", item["at"])
    return LetterShown(id=item["id"], kind=item["kind"], state=item["state"], at=at)


def _file(item: Item) -> FileShown:
    here = "version" in item
    return FileShown(
        id=item["id"],
        name=item["name"],
        size=int(item["size"]),
        added_at=item["at"],
        can_download=here,
        state="unscanned" if here else "incomplete",
    )
