"""What staff see of a complaint: a row of a queue, and the whole case."""

from copy import copy
from datetime import date, datetime
from functools import reduce
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from adapters.evidence import OFFERED, FileState
from adapters.files import PICTURES
from adapters.items import Item
from adapters.table import Everything, Label, Table, subject_of
from complaints import events as e
from complaints.answer import PointTold, points_told
from complaints.assessment import Assessment
from complaints.closing import review_until, undo_until
from complaints.complaint import (
    TARGETS,
    Attempt,
    Backdating,
    Cause,
    Channel,
    Clock,
    CloseReason,
    Complaint,
    Datum,
    Language,
    LetterKind,
    Outcome,
    PauseCategory,
    Promise,
    State,
    Task,
    TaskKind,
    ToldBy,
)
from complaints.deadlines import in_force, pack_of, should_have_left, working_days_left
from complaints.deciding import early_until
from complaints.explain import Setting, explain
from complaints.external import owes
from complaints.history import each, evolve, letter_owed
from complaints.impartiality import may_see, unnamed
from complaints.language import LANGUAGES
from complaints.lifecycle import MOVES, letter_of, moves_barred_to, moves_open_to
from complaints.needs import reason_of, told_without_needs, vulnerable, without_needs
from complaints.outside import routes
from complaints.packs import Texts
from complaints.report import Flag, flags_of
from complaints.roles import KNOW_IDENTITY, Actor, Person
from complaints.rules import Rules
from complaints.words import alphabetical
from desk.asked import StaffRole

IDENTITY = ("name", "organisation", "email", "phone", "address", "representative", "call_hours")
PLAIN = {
    "backdated",
    "language",
    "registered_at",
    "acknowledged_at",
    "decided_at",
    "closed_reason",
    "cycle",
    "stage",
    "before",
    "waiting_for",
    "declining",
    "notice",
    "anonymous",
    "authority",
    "confidential",
    "planned",
    "evidence",
    "legal_hold",
    "systemic",
    "merged_into",
    "absorbed",
    "attempts",
    "cause",
}

RowFlag = Literal["asked", "unsent", Flag]


class Row(BaseModel):
    """One line of a queue. Moments are UTC; `share` is time used over time allowed, above 1 when late.

    Where no promise is running and the answer's clock stands still, `promise` is the answer, without a due moment, and
    `share` what was used until `paused_since`. The flag `asked` is for whoever was asked to contribute.
    """

    reference: str
    version: int
    state: State
    priority: int | None
    subject: str | None
    name: str | None
    channel: Channel
    received_at: datetime
    promise: Promise | None
    due: datetime | None
    started_at: datetime
    share: float
    days_left: int | None
    late: bool
    paused_since: datetime | None
    paused_for: PauseCategory | None
    closed_at: datetime | None
    owner_id: str | None
    owner_name: str | None
    flags: list[RowFlag]


class AssessmentShown(Assessment):
    """An assessment with who made it, and the criterion that set the priority. `vulnerable`, and the reason where it is
    that, are None for a role that need not know it.
    """

    vulnerable: bool | None  # type: ignore[assignment]  # StrictBool where it is made
    priority_reason: str | None
    by: str | None
    at: datetime


class PromiseShown(BaseModel):
    """One promise: kept, missed, paused or running; and how its day was worked out. `duty` is named in two languages,
    `task` is the kind of the task whose day this is.

    `internal`: a target of our own, of which no complainant was told.
    """

    promise: Promise
    point: int | None
    duty: Texts | None
    task: TaskKind | None
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
    why: Annotated[dict[Language, list[str]], Field(min_length=len(LANGUAGES))]


class ActorShown(BaseModel):
    """Who did something. `roles` are those that a member of staff had then; none, if that was not kept."""

    kind: Literal["complainant", "staff", "system"]
    id: str | None
    name: str | None
    roles: list[StaffRole]


class Happened(BaseModel):
    """One entry of the timeline. With a `letter` that it made due go how that was to reach the complainant (`told_by`),
    and the stage at which it was written.
    """

    id: str
    at: datetime
    type: str
    by: ActorShown
    visibility: Literal["complainant_wrote", "complainant_sees", "internal", "change"]
    words: str | None
    letter: LetterKind | None
    told_by: ToldBy | None
    stage: int | None
    facts: dict[str, Any]


class LetterShown(BaseModel):
    """A letter by mail and how far it got; `stage` is that at which it was written, None for a message."""

    id: str
    kind: LetterKind
    stage: int | None
    state: Literal["owed", "claimed", "sent", "delivered", "bounced", "failed", "dropped"]
    at: datetime


class FileShown(BaseModel):
    """A file, and what proves that it is still the one that came: the SHA-256 of its content (hexadecimal).

    `incomplete`: a place was given, and nothing has arrived. `internal`: the complainant does not see it.
    `can_show`: it is a picture that a browser draws, and a scanner found nothing in it.
    """

    id: str
    name: str
    size: int
    added_at: datetime
    by: ActorShown
    internal: bool
    sha256: str | None
    state: FileState | Literal["incomplete"]
    can_download: bool
    can_show: bool


MoveName = Annotated[str, Field(json_schema_extra={"enum": [move.name for move in MOVES if move.shown]})]


class MoveShown(BaseModel):
    """A move open to this person now: where the complaint goes (nowhere: it stays), and what we will write to the
    complainant. How that reaches them says the complaint's `told_by`.
    """

    move: MoveName
    to: list[State]
    letter: LetterKind | None
    expected: bool


class MoveBarred(BaseModel):
    """The move that usually comes next, and why this person cannot make it now."""

    move: MoveName
    reason: str


class Named(BaseModel):
    """A member of staff, by id and name."""

    id: str
    name: str | None


class Concerned(Named):
    """Somebody complained about, and whether they have had their say."""

    heard: bool


class TaskShown(Task):
    """A task with its day (local), who was asked and what for."""

    due_on: date | None
    whom_name: str | None
    done_by_name: str | None
    words: str | None


class RouteShown(BaseModel):
    """An outside body to which the complainant can go, until the last day (local) if there is one."""

    body: Texts
    url: str | None
    until: date | None
    points: list[int]


class DateChanged(BaseModel):
    """A clock whose day (local) a move would change; `old` is None for one that would begin, `new` for one that would
    end or stand still. `duty`, `task` and `internal` as for a promise.
    """

    promise: Promise
    point: int | None
    duty: Texts | None
    task: TaskKind | None
    old: date | None
    new: date | None
    internal: bool


class Effects(BaseModel):
    """What a move would change, what we would write to the complainant, and how that would reach them: by mail, by one
    of us, or on the tracking page only.
    """

    dates: list[DateChanged]
    letter: LetterKind | None
    told_by: ToldBy | None


class Complainant(BaseModel):
    """Who complained, and how to reach them; None is what is not known, or not for this person's eyes."""

    name: str | None
    organisation: str | None
    email: str | None
    phone: str | None
    address: str | None
    representative: e.Agent | None
    contact: Literal["complainant", "representative"]
    contact_by: e.ContactBy | None
    call_hours: str | None
    support_needs: str | None


class PointShown(PointTold):
    """A point with the name that its category has today."""

    category_name: Texts


class Case(Row):
    """Everything about one complaint. `first_stage` are the promises of the first stage while the second runs; `owes`
    says while an outside body has it that something we have promised is still to be done.
    """

    language: Language
    told_by: ToldBy
    registered_at: datetime
    backdated: Backdating | None
    acknowledged_at: datetime | None
    decided_at: datetime | None
    closed_reason: CloseReason | None
    cycle: int
    proposed_by: str | None
    stage: int
    before: State | None
    waiting_for: Literal["complainant", "third_party"] | None
    declining: bool
    notice: Literal["sent", "delivered"] | None
    outcome: Outcome | None
    anonymous: bool
    authority: Literal["unchecked", "checked", "refused"] | None
    identity_hidden: bool
    confidential: bool
    members: list[Named]
    complained_about: list[Concerned]
    staff_unnamed: bool
    conflicted: list[Named]
    planned: bool
    evidence: int
    legal_hold: bool
    systemic: str | None
    merged_into: str | None
    absorbed: list[str]
    known: list[Datum]
    attempts: list[Attempt]
    early_until: datetime | None
    review_until: datetime | None
    undo_until: datetime | None
    owes: bool
    routes: list[RouteShown]
    complainant: Complainant
    mail_verified: bool | None  # whoever holds the code has shown that they read our letters; None: there are none
    account: e.Account
    taken_for: Texts | None  # the category that the complainant chose
    assessment: AssessmentShown | None
    promises: list[PromiseShown]
    first_stage: list[PromiseShown]
    points: list[PointShown]
    cause: Cause | None
    tasks: list[TaskShown]
    timeline: list[Happened]
    letters: list[LetterShown]
    files: list[FileShown]
    moves: list[MoveShown]
    barred: list[MoveBarred]
    now: datetime


def row(
    complaint: Complaint,
    label: Label | None,
    staff: dict[str, Item],
    person: Person,
    now: datetime,
    rules: Rules,
    *,
    unsent: bool,
) -> Row:
    """A row as `person` may see it. `subject` and `name` are None when the words of the complaint were erased; the
    name also when it is anonymous, or not for this person's eyes. `unsent`: the decision letter should have left.
    """
    promise = complaint.next_promise
    since = None if promise or complaint.state == State.CLOSED else complaint.paused_since
    paused = next((clock for clock in complaint.clocks if since and clock.paused_since == since), None)
    shown = promise or paused
    own: dict[RowFlag, bool] = {"asked": person.actor.id in complaint.asked_of, "unsent": unsent}
    started = shown.started_at if shown else complaint.received_at
    return Row(
        reference=complaint.reference,
        version=complaint.version,
        state=complaint.state,
        priority=complaint.priority,
        subject=label.subject if label else None,
        name=label.name if label and person.may(KNOW_IDENTITY) else None,
        channel=complaint.channel,
        received_at=complaint.received_at,
        promise=shown.promise if shown else None,
        due=promise.due if promise else None,
        started_at=started,
        share=_share(started, shown.due, since or now) if shown else 0.0,
        days_left=working_days_left(promise.due, now, rules) if promise else None,
        late=promise is not None and promise.due < now,
        paused_since=since,
        paused_for=paused.paused_for if paused else None,
        closed_at=complaint.closed_at,
        owner_id=complaint.owner,
        owner_name=_name(complaint.owner, staff),
        flags=[*(flag for flag, holds in own.items() if holds), *flags_of(complaint)],
    )


def shown_to(person: Person, kept: Everything, table: Table, now: datetime) -> Case:
    """The whole case as `person` may see it now, without the complaints joined to it that they may not know of."""
    shown = case(kept, table.staff(), person, now, table.rules)
    joined = {one.id: one.facts.get("into") or one.facts.get("other") for one in shown.timeline}
    asked = sorted({other for other in joined.values() if other})
    seen = {one.reference for one, _ in table.some(asked) if may_see(person, one)}
    for one in shown.timeline:
        if joined[one.id] and joined[one.id] not in seen:
            one.facts, one.words = {}, None
    shown.absorbed = [one for one in shown.absorbed if one in seen]
    shown.merged_into = shown.merged_into if shown.merged_into in seen else None
    return shown


def case(kept: Everything, staff: dict[str, Item], person: Person, now: datetime, rules: Rules) -> Case:
    """The whole case as `person` may see it now."""
    whole, kept = kept.complaint, _for_eyes_of(person, kept)
    complaint, account = kept.complaint, kept.account
    label = Label(account.name, subject_of(account.what_happened))
    decided = complaint.state == State.DECIDED
    return Case(
        **row(complaint, label, staff, person, now, rules, unsent=_unsent(kept.letters, now, rules)).model_dump(),
        **complaint.model_dump(include=PLAIN),
        proposed_by=_name(complaint.proposed_by, staff),
        outcome=complaint.outcome,
        told_by=complaint.told_by,
        identity_hidden=not person.may(KNOW_IDENTITY),
        members=_named(complaint.members, staff),
        complained_about=[
            Concerned(id=sub, name=_name(sub, staff), heard=sub in complaint.heard)
            for sub in sorted(complaint.complained_about)
        ],
        staff_unnamed=unnamed(complaint, rules),
        conflicted=_named(complaint.conflicted, staff),
        known=sorted(complaint.known),
        early_until=early_until(complaint, rules) if complaint.state == State.ASSESSED else None,
        review_until=review_until(complaint, rules) if decided and complaint.stage == 1 else None,
        undo_until=undo_until(complaint) if complaint.closed_reason == CloseReason.WITHDRAWN else None,
        owes=complaint.state == State.EXTERNAL and owes(complaint),
        routes=[
            RouteShown(body=one.body, url=one.url, until=one.until, points=list(one.points))
            for one in routes(complaint, rules, now)
        ],
        complainant=Complainant.model_validate(account.model_dump(include=set(Complainant.model_fields))),
        mail_verified=kept.verified if kept.own_mail else None,
        account=account,
        taken_for=None if account.category is None else rules.category(account.category),
        assessment=_assessment(kept, staff, person),
        promises=_promises(kept, now, rules),
        first_stage=_first_stage(kept, rules),
        points=[
            PointShown(**one.model_dump(), category_name=rules.category(one.category))
            for one in points_told(complaint, kept.events)
        ],
        tasks=[_task(task, kept, staff, rules) for task in complaint.tasks],
        timeline=_timeline(kept, staff, person),
        letters=[_letter(item, kept) for item in kept.letters],
        files=[_file(item, staff) for item in kept.files],
        now=now,
        moves=[
            MoveShown(
                move=move.name,
                to=list(move.to),
                letter=letter_of(move, whole, rules, now),
                expected=move.expected,
            )
            for move in moves_open_to(whole, person, rules, now)
        ],
        barred=[MoveBarred(move=move.name, reason=why) for move, why in moves_barred_to(whole, person, rules, now)],
    )


def _unsent(letters: list[Item], now: datetime, rules: Rules) -> bool:
    """Whether a decision letter still waits to leave that should have left."""
    waits = [one["at"] for one in letters if one["kind"] == "decision" and one["state"] in {"owed", "claimed"}]
    return any(should_have_left(datetime.fromisoformat(at), now, rules) for at in waits)


def _for_eyes_of(person: Person, kept: Everything) -> Everything:
    """All that is kept, without what this person's role does not need to know."""
    seen = copy(kept)
    seen.complaint = without_needs(kept.complaint, person)
    seen.events = told_without_needs(kept.events, person)
    if not person.may(KNOW_IDENTITY):
        received, *rest = seen.events
        account = seen.account.model_copy(update=dict.fromkeys(IDENTITY))
        seen.events = (received.model_copy(update={"words": account}), *rest)
    return seen


def _named(subs: frozenset[str], staff: dict[str, Item]) -> list[Named]:
    named = [Named(id=sub, name=_name(sub, staff)) for sub in sorted(subs)]
    return sorted(named, key=lambda one: alphabetical(one.name or one.id))


def _names(clock: Clock) -> set[str | None]:
    """What the task of a clock may be called."""
    return {clock.duty, f"{clock.promise}-{clock.point}", f"{clock.promise}-{clock.point}-{clock.duty}"}


def _task(task: Task, kept: Everything, staff: dict[str, Item], rules: Rules) -> TaskShown:
    clock = next((one for one in kept.complaint.clocks if task.id in _names(one)), None)
    set_by = next((one for one in kept.events if any(task.id == clock.duty for clock in one.clocks)), None)
    return TaskShown(
        **task.model_dump(),
        due_on=rules.calendar.day_of(clock.due) if clock else None,
        whom_name=_name(task.whom, staff),
        done_by_name=_name(task.done_by, staff),
        words=_said_of(task, set_by, kept),
    )


def _said_of(task: Task, set_by: e.AnyEvent | None, kept: Everything) -> str | None:
    """What is to be done, in the words of whoever set it; for others, in those of the proposal that was approved."""
    if task.kind == "others" and set_by:
        proposed = [one for one in kept.events if isinstance(one, e.DecisionProposed) and one.version < set_by.version]
        return proposed[-1].words.others if proposed and proposed[-1].words else None
    return set_by.words.text if set_by and isinstance(set_by.words, e.Text) else None


def effects(complaint: Complaint, events: tuple[e.AnyEvent, ...], person: Person, rules: Rules) -> Effects:
    """What these events would change of the clocks that run, as far as `person` may know of them. A promise that they
    keep is no change of its day.
    """
    complaint, events = without_needs(complaint, person), told_without_needs(events, person)
    after = reduce(evolve, events, complaint)
    letter = next((letter for event in events if (letter := letter_owed(event))), None)
    was = {clock.hangs_on: clock for clock in complaint.running}
    will = {clock.hangs_on: clock for clock in after.running}
    kept = {clock.hangs_on for clock in after.clocks if not clock.paused_since} - will.keys()
    return Effects(
        dates=[
            _changed(was.get(one), will.get(one), complaint if one in was else after, rules)
            for one in {**was, **will}
            if one not in kept and (one not in was or one not in will or was[one].due != will[one].due)
        ],
        letter=letter,
        told_by=after.told_by if letter else None,
    )


def _changed(old: Clock | None, new: Clock | None, complaint: Complaint, rules: Rules) -> DateChanged:
    clock = new or old
    assert clock  # noqa: S101 - one of the two is there
    return DateChanged(
        promise=clock.promise,
        point=clock.point,
        duty=_duty(clock, complaint, rules),
        task=clock.task,
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


def _first_stage(kept: Everything, rules: Rules) -> list[PromiseShown]:
    """What we had promised until the second stage began, as it stood then."""
    if kept.complaint.stage == 1:
        return []
    asked = kept.last(e.ReviewAsked)
    first = kept.before(asked)
    return [one for one in _promises(first, asked.at, rules) if one.kept_at]


def _promise(clock: Clock, kept: Everything, settings: list[Setting], now: datetime, rules: Rules) -> PromiseShown:
    complaint = kept.complaint
    done = _kept_at(clock, kept)
    ended = done or clock.paused_since or now
    return PromiseShown(
        promise=clock.promise,
        point=clock.point,
        duty=_duty(clock, complaint, rules),
        task=clock.task,
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
        case "assess":
            return complaint.assessed_at
        case "remedy":
            return _done_at(f"remedy-{clock.point}", kept) or complaint.closed_at
        case "duty":
            return _done_at(f"duty-{clock.point}-{clock.duty}", kept)
        case "task":
            return _done_at(clock.duty or "", kept)
        case "remind" | "reply" | "external":
            return None if clock in complaint.running else complaint.closed_at


def _done_at(task: str, kept: Everything) -> datetime | None:
    done = [event.at for event in kept.events if isinstance(event, e.TaskDone) and event.task == task]
    return done[-1] if done else None


def _assessment(kept: Everything, staff: dict[str, Item], person: Person) -> AssessmentShown | None:
    event = kept.last(e.ComplaintAssessed)
    if event is None:
        return None
    return AssessmentShown(
        **event.assessment.model_dump(exclude={"vulnerable"}),
        vulnerable=vulnerable(event, person),
        priority_reason=reason_of(event, person),
        at=event.at,
        by=_name(event.by.id, staff),
    )


def _timeline(kept: Everything, staff: dict[str, Item], person: Person) -> list[Happened]:
    found = [_event(event, then, staff, person) for event, then in each(kept.events)]
    for entry in kept.entries:
        note, access = isinstance(entry, e.NoteWritten), isinstance(entry, e.OfAccess)
        wrote = entry.by.kind == "complainant" and not access
        found.append(
            Happened(
                id=entry.id,
                at=entry.at,
                type=entry.type,
                by=_actor(entry.by, staff),
                facts={},
                visibility="change"
                if access
                else "internal"
                if note
                else "complainant_wrote"
                if wrote
                else "complainant_sees",
                words=entry.words.text if entry.words else None,
                letter=None,
                told_by=None,
                stage=None,
            )
        )
    return sorted(found, key=lambda entry: entry.at)[::-1]  # the newest first, also among those of one moment


def _event(event: e.AnyEvent, then: Complaint, staff: dict[str, Item], person: Person) -> Happened:
    facts = event.model_dump(mode="json", exclude=APART)
    if isinstance(event, e.ComplaintAssessed):
        facts["assessment"]["vulnerable"] = vulnerable(event, person)
        facts["priority_reason"] = reason_of(event, person)
    for key in ("owner", "whom", "who"):
        if facts.get(key):
            facts[f"{key}_name"] = _name(facts[key], staff)
    said = event.words.model_dump(mode="json") if event.words else {}
    words = said.pop("text", None)
    if isinstance(event.words, TOLD_BESIDE):
        facts |= said
    if isinstance(event.words, e.Reasons):
        facts |= event.words.model_dump(include={"prevention", "improvement_reason", "corrective_action", "others"})
    if isinstance(event.words, e.Titles):
        facts["nobody_named"] = event.words.nobody_named
    wrote = event.by.kind == "complainant" and words is not None
    letter = letter_owed(event)
    return Happened(
        id=f"event-{event.version}",
        at=event.at,
        type=event.type,
        by=_actor(event.by, staff),
        facts=facts,
        words=words,
        letter=letter,
        told_by=then.told_by if letter else None,
        stage=then.stage if letter else None,
        visibility="complainant_wrote" if wrote else "change",
    )


APART = {"words", "reference", "version", "at", "by", "type", "handled_before"}  # the last would tell of another case
TOLD_BESIDE = (e.Refusal, e.Request, e.Elsewhere, e.PassedOn, e.Contact)  # more was said than one text


def _actor(by: Actor, staff: dict[str, Item]) -> ActorShown:
    return ActorShown(kind=by.kind, id=by.id, name=_name(by.id, staff), roles=by.roles)


def _name(sub: str | None, staff: dict[str, Item]) -> str | None:
    return staff[sub]["name"] if sub and sub in staff else None


def _letter(item: Item, kept: Everything) -> LetterShown:
    at = item.get(f"{item['state']}_at", item["at"])
    stage = kept.stage_of(item["id"])
    return LetterShown(id=item["id"], kind=item["kind"], stage=stage, state=item["state"], at=at)


def _file(item: Item, staff: dict[str, Item]) -> FileShown:
    state = item.get("state", "incomplete")
    return FileShown(
        id=item["id"],
        name=item["name"],
        size=int(item["size"]),
        added_at=item["at"],
        by=_actor(Actor.model_validate(item["by"]), staff),
        internal=item["internal"],
        sha256=item.get("sha256"),
        state=state,
        can_download=state in OFFERED,
        can_show=state == "clean" and item["type"] in PICTURES,
    )
