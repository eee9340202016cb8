"""What a complainant sees of a complaint: where it stands, whose move it is, our answer, and what was written."""

from datetime import date, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from adapters.evidence import FileState
from adapters.items import Item
from adapters.receipt import masked
from adapters.table import Everything
from complaints import events as e
from complaints.answer import PointTold, last_answer, points_told, replaced
from complaints.closing import reopen_until, review_until, undo_until
from complaints.complaint import UNANSWERED, CloseReason, Complaint, Finding, Language, Remedy, State
from complaints.deadlines import in_force
from complaints.history import letter_owed
from complaints.impartiality import unproven
from complaints.lifecycle import moves_open_to
from complaints.outside import Route, routes
from complaints.roles import THE_COMPLAINANT
from complaints.rules import Rules

Act = Literal[
    "accept",
    "dispute",
    "ask_review",
    "verify",
    "report_failure",
    "withdraw",
    "take_up_again",
    "contest",
    "reopen",
]


Name = Literal[
    "received",
    "assessed",
    "investigating",
    "waiting",
    "decided",
    "reviewing",
    "reviewed",
    "external",
    "remedying",
    "closed",
]
NEVER_BY_A_DAY = {CloseReason.WITHDRAWN, CloseReason.OUT_OF_SCOPE, CloseReason.MERGED, CloseReason.UNCONTACTABLE}


class Step(BaseModel):
    """One mark on the promise line. `on` is a local date. After a review our answer is `reviewed`."""

    step: Name
    on: date | None
    status: Literal["done", "now", "promised", "later"]


class ToldRemedy(BaseModel):
    """What we will do."""

    kind: Remedy
    words: str | None
    amount: str | None
    currency: str | None
    due_on: date | None


class ToldPoint(BaseModel):
    """A point; finding and reasons are there once the decision was sent."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    number: int
    title: str
    finding: Finding | None = None
    reasons: str | None = None
    remedy: ToldRemedy | None = None
    no_remedy_reason: str | None = None


class Entry(BaseModel):
    """Something written, in either direction."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    id: str
    at: datetime
    from_: Literal["you", "us"] = Field(serialization_alias="from")
    kind: Literal["complaint", "message", "letter", "new_code"]
    letter: str | None = None
    stage: int | None = None  # of a letter: that at which it was written
    letter_state: str | None = None
    author: str | None = None
    words: str | None = None


class FileShown(BaseModel):
    """A file that arrived. One whose content is not of its type is `refused`, and stands here to say so; one that is
    `locked` may not open without a password.
    """

    id: str
    name: str
    size: int
    added_at: datetime
    from_: Literal["you", "us"] = Field(serialization_alias="from")
    state: FileState
    locked: bool = False


class Asked(BaseModel):
    """What we need from the complainant, by a local day."""

    words: str
    by: date


class Declined(BaseModel):
    """Why the matter is not ours to handle, and where to go with it."""

    words: str
    route: str


class Why(BaseModel):
    """What we last wrote about the delay, and the local day on which we did."""

    words: str
    on: date


class RouteShown(BaseModel):
    """An outside body, in the complainant's language; `until` is the last local day, if one is known."""

    body: str
    note: str | None
    url: str | None
    until: date | None


class Tracked(BaseModel):
    """The tracking page's content. Internal notes are not in it and cannot be: it is built from what is named here.

    `held`: whoever filed it acts for the complainant, and we do not know yet whether they may. They see how far it has
    got and what they have told us; nothing of what we found, or of what we and the complainant wrote to each other.
    """

    reference: str
    language: Language
    state: State
    stage: int
    held: bool
    whose_move: Literal["ours", "yours", "nobody"]
    asked: Asked | None
    received_at: datetime
    answer_due_on: date
    next_news_on: date | None
    extended_on: date | None  # when the letter left that put our answer off to this date
    paused_on: date | None  # the day on which our time stopped, where it stands still
    late: bool
    late_because: Why | None  # None also where we have given no reason
    acknowledged_at: datetime | None
    unverified: (
        str | None
    )  # the address, masked, of which we do not know yet that its mail is read by whoever sees this
    owner_name: str | None
    disputed: bool
    closed_at: datetime | None
    closed_reason: CloseReason | None
    review_until: date | None  # until when a second look can be asked for without saying why it comes late
    undo_until: date | None  # until when a withdrawal can be taken back as if it had not been
    reopen_until: date | None  # until when a closed complaint opens again; None where there is no last day
    declined: Declined | None
    replaced: bool  # an outside body's decision took the place of what we had promised
    with_body: str | None  # the outside body that has the matter now
    joined: list[str]  # the references of complaints that go on as this one
    outside: list[RouteShown]  # once we have answered, or are late
    steps: list[Step]
    points: list[ToldPoint]
    entries: list[Entry]
    files: list[FileShown]
    survey: bool = False  # whether we ask what they think of how we handled it
    can: list[Act | Literal["write", "add_file"]]


def tracked(kept: Everything, staff: dict[str, Item], now: datetime, rules: Rules) -> Tracked:
    """The complainant's view of all that is kept."""
    complaint = kept.complaint
    owner = staff.get(complaint.owner or "")
    news = complaint.due_of("update") if complaint.state in UNANSWERED else None
    entries, answer = _entries(kept, staff), last_answer(kept.events)
    held = unproven(complaint) is not None
    late = any(clock.promise == "answer" and clock.due < now for clock in complaint.running)
    seen = Tracked(
        reference=complaint.reference,
        language=complaint.language,
        state=complaint.state,
        stage=complaint.stage,
        held=held,
        whose_move=_whose_move(complaint),
        asked=_asked(kept, rules),
        received_at=complaint.received_at,
        answer_due_on=rules.calendar.day_of(complaint.answer_by),
        next_news_on=rules.calendar.day_of(news) if news else None,
        extended_on=_extended_on(kept, entries, rules),
        paused_on=rules.calendar.day_of(complaint.paused_since) if complaint.paused_since else None,
        late=late,
        late_because=_why(kept, entries, rules) if late else None,
        acknowledged_at=complaint.acknowledged_at,
        unverified=masked(kept.own_mail) if kept.own_mail and not kept.verified else None,
        owner_name=owner["name"] if owner else None,
        disputed=complaint.disputed,
        closed_at=complaint.closed_at,
        closed_reason=complaint.closed_reason,
        review_until=_day(review_until(complaint, rules), rules) if complaint.state == State.DECIDED else None,
        undo_until=_day(undo_until(complaint), rules) if complaint.closed_reason == CloseReason.WITHDRAWN else None,
        reopen_until=_opens_until(complaint, rules),
        declined=_declined(kept),
        replaced=replaced(kept.events),
        with_body=_with_body(kept),
        joined=list(complaint.absorbed),
        outside=[_route(one, complaint.language) for one in routes(complaint, rules, now)] if answer or late else [],
        steps=_steps(kept, rules),
        points=[_answered(point, complaint, rules) for point in answer] if answer else _titles(kept),
        entries=entries,
        files=[_file(item) for item in kept.files if "state" in item and _theirs_to_see(item)],
        can=_can(complaint, now, rules),
    )
    return _withheld(seen) if held else seen


def _withheld(seen: Tracked) -> Tracked:
    """What is left of it while it is held."""
    return seen.model_copy(
        update={
            "whose_move": "nobody" if seen.state == State.CLOSED else "ours",
            **dict.fromkeys(("asked", "late_because", "unverified", "declined", "closed_reason", "with_body")),
            **dict.fromkeys(("review_until", "undo_until", "reopen_until")),
            **dict.fromkeys(("disputed", "replaced"), False),
            "joined": [],
            "outside": [],
            "points": [],
            "entries": [entry for entry in seen.entries if entry.from_ == "you"],
            "files": [file for file in seen.files if file.from_ == "you"],
        }
    )


def _theirs_to_see(item: Item) -> bool:
    return item["by"]["kind"] == "complainant" or not item["internal"]


def _whose_move(complaint: Complaint) -> Literal["ours", "yours", "nobody"]:
    if complaint.state == State.CLOSED:
        return "nobody"
    if complaint.state == State.WAITING:
        return "yours" if complaint.waiting_for == "complainant" else "ours"
    waiting = {clock.paused_for for clock in complaint.clocks if clock.paused_since} == {"waiting_for_complainant"}
    if complaint.paused_since and waiting:
        return "yours"
    return "yours" if complaint.state == State.DECIDED and not complaint.disputed else "ours"


def _steps(kept: Everything, rules: Rules) -> list[Step]:
    """What has been, in the order in which it was; where it stands; what is promised and what comes then.

    Of a closed complaint only what has been, of one with an outside body not what we have promised.
    """
    complaint, here, day = kept.complaint, _here(kept.complaint), rules.calendar.day_of
    been = sorted(_been(kept).items(), key=lambda reached: reached[1])
    steps = [Step(step=name, on=day(at), status="done") for name, at in been if name != here or name == "closed"]
    if here == "closed":
        return steps
    on = {
        "remedying": complaint.due_of("remedy"),
        "waiting": complaint.due_of("reply"),
        "decided": complaint.decided_at,
        "reviewed": complaint.decided_at,
    }
    steps.append(Step(step=here, on=_day(at, rules) if (at := on.get(here)) else None, status="now"))
    if here == "assessed":
        steps.append(Step(step="investigating", on=None, status="later"))
    if complaint.state in UNANSWERED:
        answer: Name = "reviewed" if complaint.stage == 2 else "decided"
        steps.append(Step(step=answer, on=day(complaint.answer_by), status="promised"))
    return [*steps, Step(step="closed", on=None, status="later")]


def _here(complaint: Complaint) -> Name:
    """The step at which a complaint stands."""
    second = complaint.stage == 2
    match complaint.state:
        case State.RECEIVED:
            return "assessed"
        case State.WAITING if complaint.waiting_for == "complainant":
            return "waiting"
        case State.DECIDED:
            return "reviewed" if second else "decided"
        case State.REMEDYING:
            return "remedying"
        case State.EXTERNAL:
            return "external"
        case State.CLOSED:
            return "closed"
        case _:
            return "reviewing" if second else "investigating"


def _been(kept: Everything) -> dict[Name, datetime]:
    """When each step was reached."""
    complaint = kept.complaint
    asked = kept.last(e.ReviewAsked) if complaint.stage == 2 else None
    first = [one.at for one in kept.events if isinstance(one, e.ComplaintDecided) and asked and one.at <= asked.at]
    verified = complaint.closed_reason == CloseReason.REMEDY_VERIFIED
    reached: dict[Name, datetime | None] = {
        "received": complaint.received_at,
        "assessed": complaint.assessed_at,
        "investigating": _at(kept.last(e.InvestigationStarted)),
        "decided": first[-1] if first else complaint.decided_at,
        "reviewing": _at(asked),
        "reviewed": complaint.decided_at if asked else None,
        "external": _at(kept.last(e.ExternalOpened)),
        "remedying": _at(kept.last(e.RemedyVerified)) if verified else None,
        "closed": complaint.closed_at,
    }
    if complaint.waiting_for == "complainant":  # we are not through with looking into it
        reached |= {"investigating": None, "reviewing": None}
    return {name: at for name, at in reached.items() if at}


def _at(event: e.Event | None) -> datetime | None:
    return event.at if event else None


def _declined(kept: Everything) -> Declined | None:
    """What we wrote about a matter that is not ours."""
    event = kept.last(e.DeclineProposed)
    if kept.complaint.closed_reason != CloseReason.OUT_OF_SCOPE or event is None or event.words is None:
        return None
    return Declined(words=event.words.text, route=event.words.route)


def _with_body(kept: Everything) -> str | None:
    event = kept.last(e.ExternalOpened)
    return event.words.body if kept.complaint.state == State.EXTERNAL and event and event.words else None


def _opens_until(complaint: Complaint, rules: Rules) -> date | None:
    """The last day on which a closed complaint opens again, where there is one."""
    if complaint.state != State.CLOSED or complaint.closed_reason in NEVER_BY_A_DAY:
        return None
    return rules.calendar.day_of(reopen_until(complaint, rules))


def _titles(kept: Everything) -> list[ToldPoint]:
    """What we have understood; nothing of what is only proposed."""
    told = points_told(kept.complaint, kept.events)
    return [ToldPoint(number=point.number, title=point.title) for point in told]


def _answered(point: PointTold, complaint: Complaint, rules: Rules) -> ToldPoint:
    """A point of our answer. A remedy that is being carried out has the day of its task: it may be taken up late."""
    told = ToldPoint.model_validate(point.model_dump(exclude={"category", "pack", "version", "value"}))
    runs = {clock.point: clock.due for clock in complaint.running if clock.promise == "remedy"}
    if told.remedy is None or point.number not in runs:
        return told
    due_on = _day(runs[point.number], rules)
    return told.model_copy(update={"remedy": told.remedy.model_copy(update={"due_on": due_on})})


def _day(moment: datetime, rules: Rules) -> date:
    return rules.calendar.day_of(moment)


def _asked(kept: Everything, rules: Rules) -> Asked | None:
    complaint, event = kept.complaint, kept.last(e.InformationAsked)
    if complaint.waiting_for != "complainant" or event is None or event.words is None:
        return None
    return Asked(words=event.words.text, by=_day(complaint.due_of("reply") or event.at, rules))


def _route(route: Route, language: Language) -> RouteShown:
    note = route.note[language] if route.note else None
    return RouteShown(body=route.body[language], note=note, url=route.url, until=route.until)


def _extended_on(kept: Everything, entries: list[Entry], rules: Rules) -> date | None:
    answers = [one for one in kept.complaint.clocks if one.promise == "answer"]
    if not answers:
        return None
    first = min(answers, key=lambda one: one.due)
    event, _ = in_force(kept.events)[first.hangs_on][-1]
    letter = f"{event.version:06d}-extension"
    return next((rules.calendar.day_of(entry.at) for entry in entries if entry.id == letter), None)


def _why(kept: Everything, entries: list[Entry], rules: Rules) -> Why | None:
    """The newest news or extension in our own words that they can have read."""
    read = {entry.id: entry for entry in entries if entry.words}
    for event in reversed(kept.events):
        if isinstance(event, e.ProgressTold | e.AnswerExtended):
            for found in (f"{event.version:06d}-{letter_owed(event)}", f"event-{event.version}"):
                if entry := read.get(found):
                    return Why(words=entry.words or "", on=_day(entry.at, rules))
    return None


def _entries(kept: Everything, staff: dict[str, Item]) -> list[Entry]:
    first = kept.events[0]
    found = [Entry(id="complaint", at=first.at, from_="you", kind="complaint", words=kept.account.what_happened)]
    for entry in kept.entries:
        if isinstance(entry, e.MessageWritten) and entry.words:
            mine = entry.by.kind == "complainant"
            author = None if mine else staff.get(entry.by.id or "", {}).get("name")
            found.append(
                Entry(
                    id=entry.id,
                    at=entry.at,
                    from_="you" if mine else "us",
                    kind="message",
                    author=author,
                    words=entry.words.text,
                )
            )
        if isinstance(entry, e.CodeRenewed):
            found.append(Entry(id=entry.id, at=entry.at, from_="us", kind="new_code"))
    for event in kept.events:
        if event.by.kind == "complainant" and isinstance(event.words, e.Text):
            found.append(
                Entry(id=f"event-{event.version}", at=event.at, from_="you", kind="message", words=event.words.text)
            )
    told = [(one, text) for one in kept.events if (text := _told(one))]
    if not kept.complaint.by_mail:  # no letter brings these words
        for one, text in told:
            author = staff.get(one.by.id or "", {}).get("name")
            found.append(
                Entry(id=f"event-{one.version}", at=one.at, from_="us", kind="message", author=author, words=text)
            )
    words = {f"{one.version:06d}": text for one, text in told}
    # A letter's own moment is cut to the second; with that it would stand before the very thing that it answers.
    moments = {f"{one.version:06d}": one.at for one in kept.events}
    for letter in kept.letters:
        number = letter["id"].partition("-")[0]
        if letter["state"] in {"sent", "delivered"} and letter["kind"] != "message":
            found.append(
                Entry(
                    id=letter["id"],
                    at=moments.get(number, letter["at"]),
                    from_="us",
                    kind="letter",
                    letter=letter["kind"],
                    stage=kept.stage_of(letter["id"]),
                    letter_state=letter["state"],
                    words=words.get(number),
                )
            )
    return sorted(found, key=lambda entry: entry.at)[::-1]


def _told(event: e.AnyEvent) -> str | None:
    """What staff wrote to the complainant with an event; what we asked a third party is not for them."""
    match event:
        case e.ProgressTold() | e.AnswerExtended() | e.InformationAsked(of="complainant"):
            return event.words.text if event.words else None
        case _:
            return None


def _file(item: Item) -> FileShown:
    return FileShown(
        id=item["id"],
        name=item["name"],
        size=int(item["size"]),
        added_at=item["at"],
        from_="you" if item["by"]["kind"] == "complainant" else "us",
        state=item["state"],
        locked="locked" in item,
    )


def _can(complaint: Complaint, now: datetime, rules: Rules) -> list[Act | Literal["write", "add_file"]]:
    open_moves = {move.name for move in moves_open_to(complaint, THE_COMPLAINANT, rules, now)}
    can: list[Act | Literal["write", "add_file"]] = []
    if complaint.state != State.CLOSED:
        can += ["write", "add_file"]
    acts: tuple[Act, ...] = get_args(Act)
    return [*can, *(act for act in acts if act in open_moves)]
