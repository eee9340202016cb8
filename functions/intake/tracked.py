"""What a complainant sees of a complaint: where it stands, whose move it is, our answer, and what was written."""

from datetime import date, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from adapters.evidence import FileState
from adapters.items import Item
from adapters.table import Everything
from complaints import events as e
from complaints.answer import PointTold, last_answer, points_told
from complaints.closing import review_until, undo_until
from complaints.complaint import UNANSWERED, CloseReason, Complaint, Finding, Language, Remedy, State
from complaints.deadlines import in_force
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


class Step(BaseModel):
    """One mark on the promise line. `on` is a local date."""

    step: Literal["received", "assessed", "investigating", "decided", "remedying", "closed"]
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
    kind: Literal["complaint", "message", "letter"]
    letter: str | None = None
    letter_state: str | None = None
    author: str | None = None
    words: str | None = None


class FileShown(BaseModel):
    """A file that arrived. One whose content is not of its type is `refused`, and stands here to say so."""

    id: str
    name: str
    size: int
    added_at: datetime
    from_: Literal["you", "us"] = Field(serialization_alias="from")
    state: FileState


class Asked(BaseModel):
    """What we need from the complainant, by a local day."""

    words: str
    by: date


class RouteShown(BaseModel):
    """An outside body, in the complainant's language; `until` is the last local day, if one is known."""

    body: str
    note: str | None
    url: str | None
    until: date | None


class Tracked(BaseModel):
    """The tracking page's content. Internal notes are not in it and cannot be: it is built from what is named here."""

    reference: str
    language: Language
    state: State
    stage: int
    whose_move: Literal["ours", "yours", "nobody"]
    asked: Asked | None
    received_at: datetime
    answer_due_on: date
    next_news_on: date | None
    extended_on: date | None  # when the letter left that put our answer off to this date
    paused_on: date | None  # the day on which our time stopped, where it stands still
    late: bool
    acknowledged_at: datetime | None
    owner_name: str | None
    disputed: bool
    closed_at: datetime | None
    closed_reason: CloseReason | None
    review_until: date | None  # until when a second look can be asked for without saying why it comes late
    undo_until: date | None  # until when a withdrawal can be taken back as if it had not been
    outside: list[RouteShown]  # once we have answered
    steps: list[Step]
    points: list[ToldPoint]
    entries: list[Entry]
    files: list[FileShown]
    can: list[Act | Literal["write", "add_file"]]


def tracked(kept: Everything, staff: dict[str, Item], now: datetime, rules: Rules) -> Tracked:
    """The complainant's view of all that is kept."""
    complaint = kept.complaint
    owner = staff.get(complaint.owner or "")
    news = complaint.due_of("update") if complaint.state in UNANSWERED else None
    entries, answer = _entries(kept, staff), last_answer(kept.events)
    return Tracked(
        reference=complaint.reference,
        language=complaint.language,
        state=complaint.state,
        stage=complaint.stage,
        whose_move=_whose_move(complaint),
        asked=_asked(kept, rules),
        received_at=complaint.received_at,
        answer_due_on=rules.calendar.day_of(complaint.answer_by),
        next_news_on=rules.calendar.day_of(news) if news else None,
        extended_on=_extended_on(kept, entries, rules),
        paused_on=rules.calendar.day_of(complaint.paused_since) if complaint.paused_since else None,
        late=any(clock.promise == "answer" and clock.due < now for clock in complaint.running),
        acknowledged_at=complaint.acknowledged_at,
        owner_name=owner["name"] if owner else None,
        disputed=complaint.disputed,
        closed_at=complaint.closed_at,
        closed_reason=complaint.closed_reason,
        review_until=_day(review_until(complaint, rules), rules) if complaint.state == State.DECIDED else None,
        undo_until=_day(undo_until(complaint), rules) if complaint.closed_reason == CloseReason.WITHDRAWN else None,
        outside=[_route(one, complaint.language) for one in routes(complaint, rules, now)] if answer else [],
        steps=_steps(kept, rules),
        points=[_answered(point) for point in answer] if answer else _titles(kept),
        entries=entries,
        files=[_file(item) for item in kept.files if "state" in item and not item["internal"]],
        can=_can(complaint, rules),
    )


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
    complaint, day = kept.complaint, rules.calendar.day_of
    investigated = kept.last(e.InvestigationStarted)
    reached = {
        "received": complaint.received_at,
        "assessed": complaint.assessed_at,
        "investigating": investigated.at if investigated else None,
        "decided": complaint.decided_at,
        "closed": complaint.closed_at,
    }
    steps = []
    for name in ("received", "assessed", "investigating", "decided"):
        at = reached[name]
        steps.append(Step(step=name, on=day(at) if at else None, status="done" if at else "later"))
    if remedy_by := complaint.due_of("remedy"):
        done = complaint.state == State.CLOSED
        steps.append(Step(step="remedying", on=day(remedy_by), status="done" if done else "now"))
    closed = complaint.closed_at
    steps.append(Step(step="closed", on=day(closed) if closed else None, status="done" if closed else "later"))
    if complaint.state == State.DECIDED:
        steps[3].status = "now"
    if complaint.state in UNANSWERED:
        at_work = {State.RECEIVED: "assessed", State.ASSESSED: "investigating"}.get(complaint.state, "investigating")
        for step in steps:
            if step.step == at_work:
                step.status, step.on = "now", None
            if step.step == "decided":
                step.status, step.on = "promised", day(complaint.answer_by)
    return steps


def _titles(kept: Everything) -> list[ToldPoint]:
    """What we have understood; nothing of what is only proposed."""
    told = points_told(kept.complaint, kept.events)
    return [ToldPoint(number=point.number, title=point.title) for point in told]


def _answered(point: PointTold) -> ToldPoint:
    return ToldPoint.model_validate(point.model_dump(exclude={"category", "pack", "version", "value"}))


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
    first = min((one for one in kept.complaint.clocks if one.promise == "answer"), key=lambda one: one.due)
    event, _ = in_force(kept.events)[first.hangs_on][-1]
    letter = f"{event.version:06d}-extension"
    return next((rules.calendar.day_of(entry.at) for entry in entries if entry.id == letter), None)


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
    for event in kept.events:
        if event.by.kind == "complainant" and isinstance(event.words, e.Text):
            found.append(
                Entry(id=f"event-{event.version}", at=event.at, from_="you", kind="message", words=event.words.text)
            )
    told = (e.ProgressTold, e.AnswerExtended)  # what staff wrote in these letters
    words = {f"{one.version:06d}": one.words.text for one in kept.events if isinstance(one, told) and one.words}
    for letter in kept.letters:
        if letter["state"] in {"sent", "delivered"} and letter["kind"] != "message":
            found.append(
                Entry(
                    id=letter["id"],
                    at=letter.get("sent_at", letter["at"]),
                    from_="us",
                    kind="letter",
                    letter=letter["kind"],
                    letter_state=letter["state"],
                    words=words.get(letter["id"].partition("-")[0]),
                )
            )
    return sorted(found, key=lambda entry: entry.at)[::-1]


def _file(item: Item) -> FileShown:
    return FileShown(
        id=item["id"],
        name=item["name"],
        size=int(item["size"]),
        added_at=item["at"],
        from_="you" if item["by"]["kind"] == "complainant" else "us",
        state=item["state"],
    )


def _can(complaint: Complaint, rules: Rules) -> list[Act | Literal["write", "add_file"]]:
    open_moves = {move.name for move in moves_open_to(complaint, THE_COMPLAINANT, rules)}
    can: list[Act | Literal["write", "add_file"]] = []
    if complaint.state != State.CLOSED:
        can += ["write", "add_file"]
    acts: tuple[Act, ...] = get_args(Act)
    return [*can, *(act for act in acts if act in open_moves)]
