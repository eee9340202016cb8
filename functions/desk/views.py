"""What staff see of a complaint: a row of a queue, and the whole case."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from adapters.items import Item
from adapters.table import Everything, Label, subject_of
from complaints import events as e
from complaints.answer import PointTold, points_told
from complaints.assessment import Assessment
from complaints.complaint import Cause, CloseReason, Complaint, LetterKind, Promise, State, Task
from complaints.deadlines import dates, explain, working_days_left
from complaints.lifecycle import letter_of, moves_open_to
from complaints.packs import Rules
from complaints.roles import Person

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
    """One promise: kept, missed or running; and how its day was worked out."""

    promise: Promise
    due: datetime
    due_on: date
    kept_at: datetime | None
    missed: bool
    share: float
    days_left: int
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
        "undelivered": bool(complaint.tasks),
        "disputed": complaint.disputed,
        "reopened": complaint.cycle > 1,
    }
    started = _started(complaint, promise[0]) if promise else complaint.received_at
    return Row(
        reference=complaint.reference,
        version=complaint.version,
        state=complaint.state,
        priority=complaint.priority,
        subject=label.subject if label else None,
        name=label.name if label else None,
        channel=complaint.channel,
        received_at=complaint.received_at,
        promise=promise[0] if promise else None,
        due=promise[1] if promise else None,
        started_at=started,
        share=_share(started, promise[1], now) if promise else 0.0,
        days_left=working_days_left(promise[1], now, rules) if promise else None,
        late=promise is not None and promise[1] < now,
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
        promises=_promises(complaint, now, rules),
        points=list(points_told(complaint, kept.events)),
        cause=complaint.cause,
        tasks=list(complaint.tasks),
        timeline=_timeline(kept, staff),
        letters=[_letter(item) for item in kept.letters],
        files=[_file(item) for item in kept.files],
        now=now,
        moves=[
            MoveShown(move=move.name, letter=letter_of(move, complaint), expected=move.expected)
            for move in moves_open_to(complaint, person, rules)
        ],
    )


def _started(complaint: Complaint, promise: Promise) -> datetime:
    return complaint.decided_at or complaint.received_at if promise == "remedy" else complaint.received_at


def _share(started: datetime, due: datetime, now: datetime) -> float:
    allowed = (due - started).total_seconds()
    return round(max(0.0, (now - started).total_seconds() / allowed), 3) if allowed > 0 else 1.0


def _promises(complaint: Complaint, now: datetime, rules: Rules) -> list[PromiseShown]:
    pack = rules.pack
    rows: list[tuple[Promise, datetime, datetime | None, int | None]] = [
        ("acknowledge", complaint.acknowledge_by, complaint.acknowledged_at, pack.acknowledge.days),
        ("answer", complaint.answer_by, complaint.decided_at, pack.answer.days),
    ]
    if complaint.remedy_by:
        rows.append(("remedy", complaint.remedy_by, complaint.closed_at, None))
    shown = []
    for promise, due, kept, days in rows:
        started = _started(complaint, promise)
        ended = kept or now
        # A reopened complaint's clocks began with the reopening; its dates explain themselves only in the first cycle.
        own = days is not None and dates(complaint.received_at, rules).answer_by == complaint.answer_by
        shown.append(
            PromiseShown(
                promise=promise,
                due=due,
                due_on=rules.calendar.day_of(due),
                kept_at=kept,
                missed=ended > due,
                share=_share(started, due, ended),
                days_left=working_days_left(due, now, rules),
                why=dict(explain(complaint.received_at, due, days, rules)) if own and days else {},
            )
        )
    return shown


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
