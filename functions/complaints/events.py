"""What has happened. One frozen class per fact; the same object is the history item and the bus's detail.

`words` holds personal data and free text: stored encrypted, never sent to the bus. Without the key it is None.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from complaints.assessment import Assessment
from complaints.complaint import (
    Cause,
    Channel,
    CloseReason,
    Finding,
    Frozen,
    Language,
    LetterKind,
    PauseCategory,
    Promise,
    Remedy,
)
from complaints.packs import Anchor, Unit
from complaints.roles import Actor

SOURCE = "redress"

Medium = Literal["tracking_page", "phone", "letter", "counter", "email"]


class Account(Frozen):
    """What the complainant told us, and how to reach them."""

    name: str
    email: str | None
    phone: str | None
    support_needs: str | None
    about: str
    what_happened: str
    happened_on: date | None
    told_before: Literal["yes", "no", "unsure"]
    order_number: str | None
    wish: str | None
    safety_risk: bool
    elsewhere: bool
    backdating_reason: str | None = None  # why staff entered it later than it came


class Text(Frozen):
    """Free text."""

    text: str


class Titles(Frozen):
    """What each point is about, as staff understood it, in the order of the points."""

    titles: tuple[str, ...]
    reason: str | None = None


class PointReasons(Frozen):
    """Why we found what we found on one point, and what we will do about it."""

    number: int
    reasons: str
    remedy: str | None = None
    amount: str | None = None
    currency: str | None = None
    no_remedy_reason: str | None = None


class Reasons(Frozen):
    """The reasons of a decision, point by point."""

    points: tuple[PointReasons, ...]


class PointDecision(Frozen):
    """The finding on one point, in codes."""

    number: int
    finding: Finding
    remedy: Remedy | None = None
    remedy_by: date | None = None


class Reckoning(Frozen):
    """How a due moment was worked out, kept with the event that set it, so that it can be explained for ever.

    `count` and `unit` are None where somebody named the day. `assumed`: counted from the last day on which we may
    acknowledge, because we have not. `pack` is None for a target of our own. `skipped` are the
    holidays in between that did not count.
    """

    promise: Promise
    point: int | None = None
    duty: str | None = None
    anchor: Anchor | Literal["resumed", "named"]
    assumed: bool = False
    started_at: datetime
    count: int | None = None
    unit: Unit | None = None
    if_due_on_holiday: Literal["stays", "next_working_day"] = "stays"
    pack: str | None = None
    version: int | None = None
    calendar: str
    skipped: tuple[date, ...] = ()
    due: datetime


class Fact(Frozen):
    """Something that happened to the complaint `reference` at `at` (UTC), by `by`."""

    reference: str
    at: datetime
    by: Actor


class Event(Fact):
    """A fact that changed the complaint: the `version`-th. `clocks` are those that it set."""

    version: int
    clocks: tuple[Reckoning, ...] = ()
    words: Any = None


class ComplaintReceived(Event):
    """M01."""

    type: Literal["ComplaintReceived"] = "ComplaintReceived"
    language: Language
    channel: Channel
    received_at: datetime
    by_mail: bool
    safety: bool
    pack: str
    pack_version: int
    words: Account | None = None


class ComplaintAcknowledged(Event):
    """M02. `letter` is the acknowledgement's id, or None when it was given in person, by telephone or by post."""

    type: Literal["ComplaintAcknowledged"] = "ComplaintAcknowledged"
    medium: Medium
    letter: str | None = None


class PointFound(Frozen):
    """A point as the assessment splits it off, under the version of a pack that was in force at the receipt."""

    number: int
    category: int = Field(ge=1, le=21)
    pack: str
    version: int
    value: Decimal | None = None


class ComplaintAssessed(Event):
    """M03, or M32 when it was assessed before. `later`: the first answer is due later than the complainant was told."""

    type: Literal["ComplaintAssessed"] = "ComplaintAssessed"
    assessment: Assessment
    priority: int
    priority_reason: str
    points: tuple[PointFound, ...]
    later: bool = False
    words: Titles | None = None


class InvestigationStarted(Event):
    """M07."""

    type: Literal["InvestigationStarted"] = "InvestigationStarted"
    owner: str


class ComplaintAssigned(Event):
    """The complaint went to another handler; its state did not change."""

    type: Literal["ComplaintAssigned"] = "ComplaintAssigned"
    owner: str
    words: Text | None = None


class DecisionProposed(Event):
    """M12."""

    type: Literal["DecisionProposed"] = "DecisionProposed"
    points: tuple[PointDecision, ...]
    cause: Cause
    improvement_needed: bool
    words: Reasons | None = None


class DecisionReturned(Event):
    """M13."""

    type: Literal["DecisionReturned"] = "DecisionReturned"
    words: Text | None = None


class ComplaintDecided(Event):
    """M14: approved, and so sent. The words say why it is late, if it is."""

    type: Literal["ComplaintDecided"] = "ComplaintDecided"
    approved_alone: bool = False
    words: Text | None = None


class DecisionAccepted(Event):
    """M15 when a remedy or a duty is outstanding; otherwise ComplaintClosed follows in the same commit (M16)."""

    type: Literal["DecisionAccepted"] = "DecisionAccepted"
    medium: Medium
    outstanding: bool = False


class DecisionDisputed(Event):
    """M18: not accepted; the complaint stays open."""

    type: Literal["DecisionDisputed"] = "DecisionDisputed"
    medium: Medium
    words: Text | None = None


class RemedyVerified(Event):
    """M21: somebody other than the one who proposed it saw that the remedy is in place."""

    type: Literal["RemedyVerified"] = "RemedyVerified"
    words: Text | None = None


class ComplaintClosed(Event):
    """The end of a cycle."""

    type: Literal["ComplaintClosed"] = "ComplaintClosed"
    reason: CloseReason


class ComplaintReopened(Event):
    """M26."""

    type: Literal["ComplaintReopened"] = "ComplaintReopened"
    words: Text | None = None


class AnswerExtended(Event):
    """M31: the answer on these points was put off, for a reason that the complainant is told."""

    type: Literal["AnswerExtended"] = "AnswerExtended"
    points: tuple[int, ...]
    words: Text | None = None


class ClockPaused(Event):
    """The answer clocks of these points stand still since `since`, which their pack allows."""

    type: Literal["ClockPaused"] = "ClockPaused"
    points: tuple[int, ...]
    category: PauseCategory
    since: datetime
    words: Text | None = None


class ClockResumed(Event):
    """They run again, with as much time as was left."""

    type: Literal["ClockResumed"] = "ClockResumed"
    points: tuple[int, ...]


class ClocksRecalculated(Event):
    """Due moments were worked out anew, because the calendar changed."""

    type: Literal["ClocksRecalculated"] = "ClocksRecalculated"
    words: Text | None = None


class ProgressTold(Event):
    """M33: the complainant is told how far we are, by staff in their own words or at the preset date without news."""

    type: Literal["ProgressTold"] = "ProgressTold"
    words: Text | None = None


class PromiseEscalated(Event):
    """A rung of the ladder was reached: those in `tell` hear of it. `reached_at` is when that became true."""

    type: Literal["PromiseEscalated"] = "PromiseEscalated"
    promise: Promise
    points: tuple[int, ...] = ()
    duty: str | None = None
    due: datetime
    step: int
    tell: tuple[str, ...]
    reached_at: datetime
    urgent: bool = False


class PromiseBroken(Event):
    """A promise was not kept. `due` is when that became true; `at` is when it was recorded.

    `tell`: the complainant is told that we are late, and where else to go.
    """

    type: Literal["PromiseBroken"] = "PromiseBroken"
    promise: Promise
    points: tuple[int, ...] = ()
    duty: str | None = None
    due: datetime
    tell: bool = False


class LetterBounced(Event):
    """A letter came back: it does not count as sent."""

    type: Literal["LetterBounced"] = "LetterBounced"
    letter: str
    kind: LetterKind


class TaskDone(Event):
    """Somebody did what a task asked for."""

    type: Literal["TaskDone"] = "TaskDone"
    task: str


AnyEvent = Annotated[
    ComplaintReceived
    | ComplaintAcknowledged
    | ComplaintAssessed
    | InvestigationStarted
    | ComplaintAssigned
    | DecisionProposed
    | DecisionReturned
    | ComplaintDecided
    | DecisionAccepted
    | DecisionDisputed
    | RemedyVerified
    | ComplaintClosed
    | ComplaintReopened
    | AnswerExtended
    | ClockPaused
    | ClockResumed
    | ClocksRecalculated
    | ProgressTold
    | PromiseEscalated
    | PromiseBroken
    | LetterBounced
    | TaskDone,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)


class NoteWritten(Fact):
    """An internal note: no change of state, never shown to the complainant."""

    type: Literal["NoteWritten"] = "NoteWritten"
    id: str
    words: Text | None = None


class MessageWritten(Fact):
    """A message between the complainant and staff, in either direction."""

    type: Literal["MessageWritten"] = "MessageWritten"
    id: str
    words: Text | None = None


Entry = Annotated[NoteWritten | MessageWritten, Field(discriminator="type")]
ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


def public_part(fact: Fact) -> str:
    """The fact as JSON without its words: what may be stored in clear and put on the bus."""
    return fact.model_dump_json(exclude={"words"})
