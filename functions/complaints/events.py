"""What has happened. One frozen class per fact; the same object is the history item and the bus's detail.

`words` holds personal data and free text: stored encrypted, never sent to the bus. Without the key it is None.
"""

from datetime import date, datetime
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
    Promise,
    Remedy,
)
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


class Fact(Frozen):
    """Something that happened to the complaint `reference` at `at` (UTC), by `by`."""

    reference: str
    at: datetime
    by: Actor


class Event(Fact):
    """A fact that changed the complaint: the `version`-th."""

    version: int
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
    acknowledge_by: datetime
    remind_at: datetime
    answer_by: datetime
    words: Account | None = None


class ComplaintAcknowledged(Event):
    """M02. `letter` is the acknowledgement's id, or None when it was given in person, by telephone or by post."""

    type: Literal["ComplaintAcknowledged"] = "ComplaintAcknowledged"
    medium: Medium
    letter: str | None = None


class PointFound(Frozen):
    """A point as the assessment splits it off."""

    number: int
    category: int = Field(ge=1, le=21)


class ComplaintAssessed(Event):
    """M03."""

    type: Literal["ComplaintAssessed"] = "ComplaintAssessed"
    assessment: Assessment
    priority: int
    priority_reason: str
    pack: str
    points: tuple[PointFound, ...]
    words: Titles | None = None


class InvestigationStarted(Event):
    """M07."""

    type: Literal["InvestigationStarted"] = "InvestigationStarted"
    owner: str


class ComplaintAssigned(Event):
    """The complaint went to another handler; its state did not change."""

    type: Literal["ComplaintAssigned"] = "ComplaintAssigned"
    owner: str


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
    """M14: approved, and so sent."""

    type: Literal["ComplaintDecided"] = "ComplaintDecided"
    approved_alone: bool = False


class DecisionAccepted(Event):
    """M15 when a remedy is outstanding; otherwise ComplaintClosed follows in the same commit (M16)."""

    type: Literal["DecisionAccepted"] = "DecisionAccepted"
    medium: Medium
    remedy_by: datetime | None = None


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
    acknowledge_by: datetime
    remind_at: datetime
    answer_by: datetime
    words: Text | None = None


class PromiseReminded(Event):
    """A promise falls due soon."""

    type: Literal["PromiseReminded"] = "PromiseReminded"
    promise: Promise
    due: datetime


class PromiseBroken(Event):
    """A promise was not kept. `due` is when that became true; `at` is when it was recorded."""

    type: Literal["PromiseBroken"] = "PromiseBroken"
    promise: Promise
    due: datetime


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
    | PromiseReminded
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
