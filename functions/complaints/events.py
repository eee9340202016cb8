"""What has happened. One frozen class per fact; the same object is the history item and the bus's detail.

`words` holds personal data and free text: stored encrypted, never sent to the bus. Without the key it is None.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from complaints.assessment import Assessment
from complaints.complaint import (
    Backdating,
    Cause,
    Channel,
    CloseReason,
    Datum,
    Finding,
    Format,
    Frozen,
    Language,
    LetterKind,
    Medium,
    PauseCategory,
    Promise,
    Remedy,
)
from complaints.packs import Anchor, Unit
from complaints.roles import Actor

SOURCE = "redress"

Currency = Literal["TRY", "GBP", "EUR", "USD"]
ContactBy = Literal["email", "phone", "letter"]
BY_PEOPLE: frozenset[ContactBy | None] = frozenset({"phone", "letter"})  # no letter of ours goes out by itself then
CustomerType = Literal["current", "new", "former", "prospective", "other"]
LifeStage = Literal["before_purchase", "delivery", "use", "after_sales", "ended"]
DeclineReason = Literal["employment", "before_court", "not_about_us", "other"]
EvidenceKind = Literal["document", "statement", "inspection", "record", "other"]
ExternalOutcome = Literal["agreed_with_us", "better_for_complainant", "settled", "not_accepted", "withdrawn"]
ReviewEffect = Literal["confirmed", "varied", "reversed"]


class Agent(Frozen):
    """Who acts for the complainant."""

    name: str
    capacity: str | None
    email: str | None
    phone: str | None


class Account(Frozen):
    """What the complainant told us, how to reach them, and what staff noted when they entered it."""

    name: str | None
    organisation: str | None = None
    email: str | None
    phone: str | None
    address: str | None = None
    representative: Agent | None = None
    contact: Literal["complainant", "representative"] = "complainant"
    contact_by: ContactBy | None = None
    call_hours: str | None = None
    anonymous: bool = False
    customer: CustomerType | None = None
    support_needs: str | None
    formats: tuple[Format, ...] = ()
    about: str
    category: int | None = None  # what the complainant takes it for
    what_happened: str
    happened_on: date | None
    day_unsure: bool = False
    life_stage: LifeStage | None = None
    branch: str | None = None
    staff_involved: str | None = None
    others_affected: int | None = None
    told_before: Literal["yes", "no", "unsure"]
    told_reference: str | None = None
    about_handling: bool = False
    order_number: str | None
    wish: str | None
    wants: tuple[Remedy, ...] = ()
    wish_amount: Decimal | None = None
    value: Decimal | None = None
    currency: Currency | None = None
    safety_risk: bool
    elsewhere: bool
    elsewhere_where: str | None = None
    may_survey: bool = False
    backdating_reason: str | None = None  # why staff entered it later than it came, where the code does not say it all
    outside_reference: str | None = None  # that of CİMER, an ombudsman or another body through which it came
    immediate_action: str | None = None

    @property
    def reader(self) -> "Account | Agent":
        """Whom we write to: the complainant, or whoever acts for them."""
        return self.representative if self.contact == "representative" and self.representative else self

    @property
    def mail_to(self) -> str | None:
        """The address that letters go to; None where somebody would rather hear from us in another way."""
        return None if self.contact_by in BY_PEOPLE else self.reader.email


class Text(Frozen):
    """Free text."""

    text: str


class Titles(Frozen):
    """What each point is about, as staff understood it, in the order of the points."""

    titles: tuple[str, ...]
    reason: str | None = None
    nobody_named: str | None = None  # why none of the staff whom the complainant mentioned is


class PointReasons(Frozen):
    """Why we found what we found on one point, and what we will do about it. How much stands in PointDecision."""

    number: int
    reasons: str
    remedy: str | None = None
    no_remedy_reason: str | None = None


class Reasons(Frozen):
    """The reasons of a decision, point by point, and how the like is prevented. The rest is for staff alone: why an
    improvement is needed or not, by which corrective action, and who else is offered the remedy.
    """

    points: tuple[PointReasons, ...]
    prevention: str | None = None
    improvement_reason: str | None = None
    corrective_action: str | None = None
    others: str | None = None


class Refusal(Frozen):
    """Why a matter is not ours, and where to go with it."""

    text: str
    route: str


class Request(Frozen):
    """What we asked for; and why again, if it was on file."""

    text: str
    again_reason: str | None = None


class Statement(Frozen):
    """What somebody complained about answered; None if they would not."""

    text: str | None


class Elsewhere(Frozen):
    """An outside body, with its reference for the matter."""

    body: str
    their_reference: str | None = None
    text: str | None = None


class PassedOn(Frozen):
    """What was passed on to whom, and the provision of the law that allows it, if the law does."""

    to: str
    text: str
    provision: str | None = None


class Contact(Frozen):
    """How somebody was to be reached."""

    text: str | None = None
    tracking_number: str | None = None


class PointDecision(Frozen):
    """The finding on one point, in codes, and what its remedy costs: that says who may approve it."""

    number: int
    finding: Finding
    remedy: Remedy | None = None
    remedy_by: date | None = None
    amount: Decimal | None = None
    currency: str | None = None


class Awarded(Frozen):
    """What an outside body orders us to do on one point, in codes."""

    number: int
    remedy: Remedy
    remedy_by: date | None = None
    amount: Decimal | None = None
    currency: str | None = None


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
    anonymous: bool = False
    represented: bool = False  # somebody acts for the complainant
    direct: bool = False  # and we write to the complainant all the same
    known: tuple[Datum, ...] = ()
    staff_mentioned: bool = False  # the complainant has written of somebody among the staff
    about_handling: bool = False  # of an earlier complaint, in which `handled_before` had a hand
    handled_before: tuple[str, ...] = ()
    complained_about: tuple[str, ...] = ()
    backdated: Backdating | None = None  # why staff entered it later than it came
    words: Account | None = None


class ComplaintAcknowledged(Event):
    """M02. `letter` is the acknowledgement's id, or None when it was given in person, by telephone or by post."""

    type: Literal["ComplaintAcknowledged"] = "ComplaintAcknowledged"
    medium: Medium
    letter: str | None = None


class PointFound(Frozen):
    """A point as the assessment splits it off, under the version of a pack that was in force at the receipt."""

    number: int
    category: int = Field(ge=1, le=999)
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


class DeclineProposed(Event):
    """M05: somebody holds that this is not ours to handle; another person confirms it or sends it back."""

    type: Literal["DeclineProposed"] = "DeclineProposed"
    reason: DeclineReason
    words: Refusal | None = None


class ComplaintDeclined(Event):
    """M05: confirmed, and told. The words of the proposal stand. ComplaintClosed follows."""

    type: Literal["ComplaintDeclined"] = "ComplaintDeclined"
    approved_alone: bool = False


class DeclineContested(Event):
    """M06: it comes back to where it was, with its own clocks."""

    type: Literal["DeclineContested"] = "DeclineContested"
    words: Text | None = None


class InvestigationPlanned(Event):
    """What will be looked into."""

    type: Literal["InvestigationPlanned"] = "InvestigationPlanned"
    words: Text | None = None


class EvidenceRecorded(Event):
    """What was found out."""

    type: Literal["EvidenceRecorded"] = "EvidenceRecorded"
    kind: EvidenceKind
    file: str | None = None
    words: Text | None = None


class ActionRecorded(Event):
    """What was done at once."""

    type: Literal["ActionRecorded"] = "ActionRecorded"
    words: Text | None = None


class TaskSet(Event):
    """Something is to be done by the day of its clock: a contribution of `whom`, or what was promised."""

    type: Literal["TaskSet"] = "TaskSet"
    whom: str | None = None
    words: Text | None = None


class InformationAsked(Event):
    """M09, M11: we wait. `again`: something of it was on file."""

    type: Literal["InformationAsked"] = "InformationAsked"
    of: Literal["complainant", "third_party"]
    data: tuple[Datum, ...]
    again: bool = False
    words: Request | None = None


class InformationReceived(Event):
    """M10, M11: it is here."""

    type: Literal["InformationReceived"] = "InformationReceived"
    words: Text | None = None


class ReminderGiven(Event):
    """M09: it has not come yet, and its day is near."""

    type: Literal["ReminderGiven"] = "ReminderGiven"


class ReplyMissed(Event):
    """M10: it did not come by the day; we go on with what we know."""

    type: Literal["ReplyMissed"] = "ReplyMissed"
    of: Literal["complainant", "third_party"]


class StaffNamed(Event):
    """Who is complained about. `alone`: in a firm of one person nobody else could handle it, which is kept."""

    type: Literal["StaffNamed"] = "StaffNamed"
    staff: tuple[str, ...]
    alone: bool = False
    words: Text | None = None


class StaffHeard(Event):
    """Somebody complained about was told, and could answer."""

    type: Literal["StaffHeard"] = "StaffHeard"
    who: str
    told_on: date
    words: Statement | None = None


class ConflictDeclared(Event):
    """`by` has a tie to the people concerned. `alone` as for StaffNamed."""

    type: Literal["ConflictDeclared"] = "ConflictDeclared"
    alone: bool = False
    words: Text | None = None


class AccessRestricted(Event):
    """Who may know of the complaint from now on."""

    type: Literal["AccessRestricted"] = "AccessRestricted"
    confidential: bool
    members: tuple[str, ...] = ()
    words: Text | None = None


class AuthorityChecked(Event):
    """Whether somebody may act for the complainant. `letter` tells whoever we write to from now on where they stand;
    None where that is who it was.
    """

    type: Literal["AuthorityChecked"] = "AuthorityChecked"
    granted: bool
    letter: LetterKind | None = None
    words: Text | None = None


class ComplaintDisclosed(Event):
    """Something of it was passed on to somebody outside, with the complainant's consent of a day, or under the law."""

    type: Literal["ComplaintDisclosed"] = "ComplaintDisclosed"
    basis: Literal["consent", "law"]
    medium: Medium | None = None
    consented_on: date | None = None
    words: PassedOn | None = None


class ConsentWithdrawn(Event):
    """The complainant no longer wants anything to be passed on; what the law asks for is not theirs to forbid."""

    type: Literal["ConsentWithdrawn"] = "ConsentWithdrawn"
    medium: Medium
    on: date
    words: Text | None = None


class SystemicLinked(Event):
    """It belongs to a systemic case."""

    type: Literal["SystemicLinked"] = "SystemicLinked"
    case: str
    words: Text | None = None


class InvestigationStarted(Event):
    """M07, or M04 where it does not wait for the assessment."""

    type: Literal["InvestigationStarted"] = "InvestigationStarted"
    owner: str


class ComplaintAssigned(Event):
    """The complaint went to another handler; its state did not change."""

    type: Literal["ComplaintAssigned"] = "ComplaintAssigned"
    owner: str
    words: Text | None = None


class DecisionProposed(Event):
    """M12, M23."""

    type: Literal["DecisionProposed"] = "DecisionProposed"
    points: tuple[PointDecision, ...]
    cause: Cause
    improvement_needed: bool
    others_by: date | None = None
    effect: ReviewEffect | None = None
    words: Reasons | None = None


class DecisionReturned(Event):
    """M13."""

    type: Literal["DecisionReturned"] = "DecisionReturned"
    words: Text | None = None


class ComplaintDecided(Event):
    """M14: approved, and so sent. The words say why it is late, if it is. M08: settled `early`, without an approver."""

    type: Literal["ComplaintDecided"] = "ComplaintDecided"
    approved_alone: bool = False
    early: bool = False
    words: Text | None = None


class DecisionAccepted(Event):
    """M15 when a remedy or a duty is outstanding; otherwise ComplaintClosed follows in the same commit (M16)."""

    type: Literal["DecisionAccepted"] = "DecisionAccepted"
    medium: Medium
    outstanding: bool = False
    words: Text | None = None


class RemedyBegun(Event):
    """M19, M20: nobody has accepted our decision, and what it promised is carried out all the same. Without such a
    promise the complaint would have been closed, for this reason.
    """

    type: Literal["RemedyBegun"] = "RemedyBegun"
    reason: Literal[CloseReason.NO_REPLY_AFTER_NOTICE, CloseReason.OPTIONS_EXHAUSTED]
    words: Text | None = None


class DecisionDisputed(Event):
    """M18: not accepted; the complaint stays open."""

    type: Literal["DecisionDisputed"] = "DecisionDisputed"
    medium: Medium
    words: Text | None = None


class RemedyVerified(Event):
    """M21: another person than the one who did it saw that the remedy on these points is in place."""

    type: Literal["RemedyVerified"] = "RemedyVerified"
    points: tuple[int, ...] = ()
    words: Text | None = None


class RemedyFailed(Event):
    """M22: back to the inquiry."""

    type: Literal["RemedyFailed"] = "RemedyFailed"
    words: Text | None = None


class ReviewAsked(Event):
    """M17: the second stage begins, with clocks of its own."""

    type: Literal["ReviewAsked"] = "ReviewAsked"
    medium: Medium
    late: bool = False
    words: Text | None = None


class FinalNoticeGiven(Event):
    """M19: nobody replied to our decision; without a reply by the day of the clock the complaint is closed."""

    type: Literal["FinalNoticeGiven"] = "FinalNoticeGiven"


class LetterDelivered(Event):
    """A letter on whose arrival something depends has arrived."""

    type: Literal["LetterDelivered"] = "LetterDelivered"
    letter: str
    kind: LetterKind


class AttemptMade(Event):
    """The complainant could not be reached."""

    type: Literal["AttemptMade"] = "AttemptMade"
    task: str
    medium: Medium
    words: Contact | None = None


class LetterPosted(Event):
    """A letter went by post; its delivery is awaited."""

    type: Literal["LetterPosted"] = "LetterPosted"
    task: str
    kind: LetterKind
    words: Contact | None = None


class ExternalOpened(Event):
    """M24: an outside body has the matter. Nothing may be destroyed from now on."""

    type: Literal["ExternalOpened"] = "ExternalOpened"
    told_by: Literal["body", "complainant"]
    document: str | None = None
    words: Elsewhere | None = None


class ExternalDecided(Event):
    """M25. `replaces`: it takes the place of all that we had promised; an award does so on its own point in any case.
    `outstanding`: the matter has ended there, and what we owe is still to be done; else ComplaintClosed follows an end.
    """

    type: Literal["ExternalDecided"] = "ExternalDecided"
    outcome: ExternalOutcome
    then: Literal["sent_back", "award", "end"]
    replaces: bool = False
    outstanding: bool = False
    awards: tuple[Awarded, ...] = ()
    document: str
    words: Text | None = None


class ComplaintWithdrawn(Event):
    """M27: by the complainant. ComplaintClosed follows."""

    type: Literal["ComplaintWithdrawn"] = "ComplaintWithdrawn"
    medium: Medium
    words: Text | None = None


class WithdrawalUndone(Event):
    """M28, within some days: as if it had not been."""

    type: Literal["WithdrawalUndone"] = "WithdrawalUndone"
    medium: Medium
    words: Text | None = None


class ComplaintMerged(Event):
    """M29: it goes on as `into`. ComplaintClosed follows."""

    type: Literal["ComplaintMerged"] = "ComplaintMerged"
    into: str
    words: Text | None = None


class ComplaintAbsorbed(Event):
    """M29: `other` goes on here. The earlier receipt and the tighter days hold for both, and so does what keeps
    members of staff (by `sub`) from judging the one: a tie, having declined it, a part in what was decided.
    """

    type: Literal["ComplaintAbsorbed"] = "ComplaintAbsorbed"
    other: str
    received_at: datetime
    conflicted: tuple[str, ...] = ()
    declined_by: tuple[str, ...] = ()
    took_part: tuple[str, ...] = ()
    reviewed_by: tuple[str, ...] = ()


class MergerUndone(Event):
    """M30: it is a complaint of its own again, where it was."""

    type: Literal["MergerUndone"] = "MergerUndone"
    words: Text | None = None


class ComplaintSeparated(Event):
    """M30: `other` is a complaint of its own again."""

    type: Literal["ComplaintSeparated"] = "ComplaintSeparated"
    other: str


class ComplaintClosed(Event):
    """The end of a cycle. `told`: another letter says so already, or there is nobody to tell."""

    type: Literal["ComplaintClosed"] = "ComplaintClosed"
    reason: CloseReason
    told: bool = False
    words: Text | None = None


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
    """A letter came back: it does not count as sent. `to_other`: it had gone to whom we no longer write to."""

    type: Literal["LetterBounced"] = "LetterBounced"
    letter: str
    kind: LetterKind
    to_other: bool = False


class TaskDone(Event):
    """Somebody did what a task asked for. `on` is the local day of a delivery."""

    type: Literal["TaskDone"] = "TaskDone"
    task: str
    medium: Medium | None = None
    on: date | None = None
    words: Text | None = None


AnyEvent = Annotated[
    ComplaintReceived
    | ComplaintAcknowledged
    | ComplaintAssessed
    | DeclineProposed
    | ComplaintDeclined
    | DeclineContested
    | InvestigationPlanned
    | EvidenceRecorded
    | ActionRecorded
    | TaskSet
    | InformationAsked
    | InformationReceived
    | ReminderGiven
    | ReplyMissed
    | StaffNamed
    | StaffHeard
    | ConflictDeclared
    | AccessRestricted
    | AuthorityChecked
    | ComplaintDisclosed
    | ConsentWithdrawn
    | SystemicLinked
    | InvestigationStarted
    | ComplaintAssigned
    | DecisionProposed
    | DecisionReturned
    | ComplaintDecided
    | DecisionAccepted
    | RemedyBegun
    | DecisionDisputed
    | RemedyVerified
    | RemedyFailed
    | ReviewAsked
    | FinalNoticeGiven
    | LetterDelivered
    | AttemptMade
    | LetterPosted
    | ExternalOpened
    | ExternalDecided
    | ComplaintWithdrawn
    | WithdrawalUndone
    | ComplaintMerged
    | ComplaintAbsorbed
    | MergerUndone
    | ComplaintSeparated
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


class OfAccess(Fact):
    """Who can open the complaint: no change of its state, and nothing in words."""

    id: str
    words: None = None


class ContactVerified(OfAccess):
    """Whoever holds the code reads what we write to the address: they typed the number of a letter of ours."""

    type: Literal["ContactVerified"] = "ContactVerified"


class NewCodeAsked(OfAccess):
    """Somebody has lost the code, and named the verified address, to which a number goes."""

    type: Literal["NewCodeAsked"] = "NewCodeAsked"


class CodeRenewed(OfAccess):
    """Whoever had that number was shown a new code. The one before opens nothing any more."""

    type: Literal["CodeRenewed"] = "CodeRenewed"


Entry = Annotated[
    NoteWritten | MessageWritten | ContactVerified | NewCodeAsked | CodeRenewed, Field(discriminator="type")
]
ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


def public_part(fact: Fact) -> str:
    """The fact as JSON without its words: what may be stored in clear and put on the bus."""
    return fact.model_dump_json(exclude={"words"})
