"""The nouns. A `Complaint` is the compact state of one complaint: no name, no free text, under 1 KB as JSON.

What people wrote lives in the words of the events, which are stored encrypted. All moments are UTC.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["tr", "en"]
Channel = Literal["web", "phone", "letter", "counter", "email", "social"]
LetterKind = Literal["acknowledgement", "decision", "closing", "message"]
Promise = Literal["acknowledge", "answer", "remedy"]


class Frozen(BaseModel):
    """A value. Unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class State(StrEnum):
    """Where a complaint stands. Acknowledgement is a milestone, not a state."""

    RECEIVED = "received"
    ASSESSED = "assessed"
    INVESTIGATING = "investigating"
    DECIDING = "deciding"
    DECIDED = "decided"
    REMEDYING = "remedying"
    CLOSED = "closed"


UNANSWERED = frozenset({State.RECEIVED, State.ASSESSED, State.INVESTIGATING, State.DECIDING})


class Finding(StrEnum):
    """What we found on one point."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    RESOLVED_WITHOUT_FINDING = "resolved_without_finding"
    UNDETERMINED = "undetermined"


class Remedy(StrEnum):
    """What puts it right (the standard's annex on responses)."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    REPAIR_REWORK = "repair_rework"
    SUBSTITUTE_LOAN = "substitute_loan"
    PRICE_REDUCTION = "price_reduction"
    CONTRACT_CANCEL = "contract_cancel"
    CONTRACT_PERFORM = "contract_perform"
    INVOICE_CORRECT = "invoice_correct"
    RECORD_CORRECT = "record_correct"
    TECHNICAL_HELP = "technical_help"
    INFORMATION_EXPLANATION = "information_explanation"
    REFERRAL = "referral"
    FINANCIAL_HELP = "financial_help"
    OTHER_HELP = "other_help"
    COMPENSATION_LOSS = "compensation_loss"
    COMPENSATION_DISTRESS = "compensation_distress"
    COST_REIMBURSEMENT = "cost_reimbursement"
    APOLOGY = "apology"
    GOODWILL = "goodwill"
    CHANGE_PRODUCT = "change_product"
    CHANGE_PROCESS_POLICY = "change_process_policy"
    TRAINING = "training"
    OFFER_TO_OTHERS_AFFECTED = "offer_to_others_affected"


class Cause(StrEnum):
    """Why it happened, first level."""

    PROCESS = "PRC"
    PEOPLE = "PPL"
    PRODUCT = "PRD"
    MANUFACTURING = "MFG"
    SUPPLIER = "SUP"
    INFORMATION = "INF"
    TECHNOLOGY = "TEC"
    POLICY = "POL"
    COMPLAINT_HANDLING = "CHP"
    EXTERNAL = "EXT"
    CUSTOMER = "CUS"
    UNKNOWN = "UNK"


class CloseReason(StrEnum):
    """Why a complaint could be closed."""

    ACCEPTED = "accepted"
    REMEDY_VERIFIED = "remedy_verified"


class Point(Frozen):
    """One thing complained of. Clock, finding and remedy hang on the point; its words are in the events."""

    number: int
    category: int = Field(ge=1, le=21)
    pack: str
    answer_by: datetime
    finding: Finding | None = None
    remedy: Remedy | None = None
    remedy_by: date | None = None


class Task(Frozen):
    """Something a person must do that no move covers: reach the complainant where a letter could not."""

    id: str
    kind: Literal["reach_another_way"]
    since: datetime
    letter: LetterKind


class Complaint(Frozen):
    """The state of one complaint after `version` events."""

    reference: str
    version: int
    state: State
    language: Language
    channel: Channel
    received_at: datetime
    registered_at: datetime
    by_mail: bool  # whether letters can go to an address that has not bounced
    safety: bool
    acknowledge_by: datetime
    remind_at: datetime
    answer_by: datetime
    opened_at: datetime  # registered, or reopened for the last time
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None  # the letter that did; None when a person did
    assessed_at: datetime | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    closed_reason: CloseReason | None = None
    remedy_by: datetime | None = None
    reminded: bool = False
    broken: frozenset[Promise] = frozenset()
    priority: int | None = None
    owner: str | None = None
    proposed_by: str | None = None
    points: tuple[Point, ...] = ()
    cause: Cause | None = None
    tasks: tuple[Task, ...] = ()
    returned: tuple[str, ...] = ()  # letters that came back
    disputed: bool = False
    cycle: int = 1

    @property
    def running(self) -> dict[Promise, datetime]:
        """The promises that still have to be kept, each with its due moment."""
        due: dict[Promise, datetime] = {}
        if self.state == State.CLOSED:
            return due
        if self.acknowledged_at is None:
            due["acknowledge"] = self.acknowledge_by
        if self.state in UNANSWERED:
            due["answer"] = self.answer_by
        if self.state == State.REMEDYING and self.remedy_by:
            due["remedy"] = self.remedy_by
        return due

    @property
    def next_promise(self) -> tuple[Promise, datetime] | None:
        """The promise that falls due first, or None when no clock runs."""
        return min(self.running.items(), key=lambda promise: promise[1], default=None)

    @property
    def overdue(self) -> bool:
        """Whether a promise that still has to be kept was broken."""
        return not self.broken.isdisjoint(self.running)
