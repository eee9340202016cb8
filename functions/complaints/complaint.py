"""The nouns. A `Complaint` is the compact state of one complaint: no name, no free text, about 1 KB as JSON.

What people wrote lives in the words of the events, which are stored encrypted. All moments are UTC.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, field_serializer

Language = Literal["tr", "en"]
Channel = Literal[
    "web", "phone", "letter", "counter", "email", "social", "sikayetvar", "cimer", "e_devlet", "kep", "external_body"
]
LetterKind = Literal[
    "acknowledgement",
    "progress",
    "extension",
    "request",
    "reminder",
    "decision",
    "routes",
    "final_notice",
    "declined",
    "withdrawn",
    "merged",
    "closing",
    "message",
    "new_code",
]
Backdating = Literal["enquiry", "delayed", "noted", "other"]  # why staff entered it later than it came
Promise = Literal[
    "acknowledge", "take_up", "assess", "update", "answer", "duty", "remedy", "task", "remind", "reply", "external"
]
TARGETS: frozenset[Promise] = frozenset({"take_up", "assess", "task"})  # ours alone: no complainant was promised them
# The product acts at these moments, and nobody else.
BY_ITSELF: frozenset[Promise] = frozenset({"update", "remind", "reply"})
PauseCategory = Literal["waiting_for_complainant", "waiting_for_third_party", "before_court"]


class Frozen(BaseModel):
    """A value. Unknown fields are refused; what is shown of it leaves no field out."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class State(StrEnum):
    """Where a complaint stands. Acknowledgement is a milestone, not a state."""

    RECEIVED = "received"
    ASSESSED = "assessed"
    INVESTIGATING = "investigating"
    WAITING = "waiting"  # for the complainant or for a third party, as `waiting_for` says
    DECIDING = "deciding"
    DECIDED = "decided"
    REMEDYING = "remedying"
    REVIEWING = "reviewing"  # the second stage: somebody who took no part looks again
    EXTERNAL = "external"  # with an outside body
    CLOSED = "closed"


UNANSWERED = frozenset(
    {State.RECEIVED, State.ASSESSED, State.INVESTIGATING, State.WAITING, State.DECIDING, State.REVIEWING}
)


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


SUMS = frozenset(  # remedies that are nothing but money: they say how much
    {
        Remedy.REFUND,
        Remedy.PRICE_REDUCTION,
        Remedy.COMPENSATION_LOSS,
        Remedy.COMPENSATION_DISTRESS,
        Remedy.COST_REIMBURSEMENT,
        Remedy.GOODWILL,
    }
)
UNDATED = frozenset({Remedy.APOLOGY, Remedy.INFORMATION_EXPLANATION, Remedy.REFERRAL})  # the letter itself gives them


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
    NO_REPLY_AFTER_NOTICE = "no_reply_after_notice"
    OPTIONS_EXHAUSTED = "options_exhausted"
    EXTERNAL_DECIDED = "external_decided"
    UNCONTACTABLE = "uncontactable"
    ANONYMOUS_COMPLETED = "anonymous_completed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    OUT_OF_SCOPE = "out_of_scope"


Outcome = Literal["upheld", "partly_upheld", "not_upheld", "resolved_without_finding", "undetermined"]
Datum = Literal[
    "name", "address", "phone", "email", "order_number", "product", "date", "wish", "amount", "document", "other"
]
Format = Literal["large_print", "braille", "audio", "interpreter", "call"]
Medium = Literal["tracking_page", "phone", "letter", "counter", "email", "sms"]
ToldBy = Literal["mail", "person", "tracking_page"]
TaskKind = Literal[
    "reach_another_way",
    "confirm_delivery",
    "duty",
    "remedy",
    "contribution",
    "format",
    "monitor",
    "promised",
    "outside",
    "others",
    "safety",
]
OWED: frozenset[TaskKind] = frozenset({"duty", "promised"})  # none is left when a complaint is closed as settled
TO_DO: frozenset[TaskKind] = frozenset({*OWED, "remedy"})  # what we owe the complainant
OUTLIVE: frozenset[TaskKind] = frozenset({*OWED, "format", "others", "safety"})  # what does not end with the complaint
# Closed like this, we owe the complainant nothing more: they want it no more, or there is nobody to give it to.
LET_GO = frozenset({CloseReason.WITHDRAWN, CloseReason.UNCONTACTABLE, CloseReason.ANONYMOUS_COMPLETED})


class Clock(Frozen):
    """One promise that runs against time: of the whole complaint, or of one point.

    How `due` was worked out stands in the event that set it (events.Reckoning). `climbed` is when the last rung of the
    escalation ladder was reached that is behind it. A paused clock is due at no time.
    """

    promise: Promise
    point: int | None = None
    duty: str | None = None  # which of its pack's duties
    started_at: datetime
    due: datetime
    climbed: datetime | None = None
    broken: bool = False
    extended: int = 0
    paused_since: datetime | None = None
    paused_for: PauseCategory | None = None
    resumed_at: datetime | None = None

    @property
    def hangs_on(self) -> tuple[Promise, int | None, str | None]:
        """What the clock is the clock of."""
        return self.promise, self.point, self.duty

    @property
    def task(self) -> TaskKind | None:
        """What is to be done by then, where that is a task: the clock has its name, which begins with its kind."""
        return cast(TaskKind, self.duty.split("-")[0]) if self.promise == "task" and self.duty else None


class Point(Frozen):
    """One thing complained of. Clock, finding and remedy hang on the point; its words are in the events.

    `pack` and `version` are the policy pack in force when the complaint was received; `value` is the amount in dispute.
    """

    number: int
    category: int = Field(ge=1, le=999)
    pack: str
    version: int
    value: Decimal | None = None
    finding: Finding | None = None
    remedy: Remedy | None = None
    remedy_by: date | None = None
    amount: Decimal | None = None  # the money that the remedy costs us, by which it is known who may approve it
    currency: str | None = None


class Task(Frozen):
    """Something a person must do that no move covers. Its day, where it has one, is that of the clock of its name.

    `whom` is the colleague who was asked, `done_by` the one who says that a remedy is in place, which another person
    then verifies. `safety` is the inquiry into a risk, which a withdrawal does not end.
    """

    id: str
    kind: TaskKind
    since: datetime
    letter: LetterKind | None = None
    point: int | None = None
    duty: str | None = None
    whom: str | None = None
    done_by: str | None = None


class Attempt(Frozen):
    """One try to reach the complainant that did not."""

    at: datetime
    medium: Medium


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
    safety: bool  # as we were told
    risk_found: bool = False  # to somebody's safety, by our own assessment
    pack: str  # what bound us before the points were known
    pack_version: int
    opened_at: datetime  # registered, or reopened for the last time
    clocks: tuple[Clock, ...] = ()
    broken: frozenset[Promise] = frozenset()  # the promises broken in this cycle
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None  # the letter that did; None when a person did
    assessed_at: datetime | None = None
    taken_up_at: datetime | None = None
    decided_at: datetime | None = None
    closed_at: datetime | None = None
    closed_reason: CloseReason | None = None
    priority: int | None = None
    owner: str | None = None
    proposed_by: str | None = None
    points: tuple[Point, ...] = ()
    answered: tuple[Point, ...] = ()  # as our last answer of this cycle left them, or an award: not what is proposed
    cause: Cause | None = None
    others_by: date | None = None  # by when the proposed remedy is to be offered to others whom the same fault has hit
    tasks: tuple[Task, ...] = ()
    done_by: frozenset[str] = frozenset()  # who did a duty, or what was promised, that nobody else has verified yet
    returned: tuple[str, ...] = ()  # letters that came back
    disputed: bool = False
    cycle: int = 1
    stage: Literal[1, 2] = 1
    before: State | None = None  # where it goes back to: from waiting, a declining, a withdrawal or a merger
    waiting_for: Literal["complainant", "third_party"] | None = None
    anonymous: bool = False
    authority: Literal["unchecked", "checked", "refused"] | None = None  # of a representative
    direct: bool = False  # there is a representative, and we write to the complainant all the same
    other_mail: bool = False  # `by_mail` of whichever of the two, they or their representative, we do not write to
    reader_since: datetime | None = None  # when that changed last
    known: frozenset[Datum] = frozenset()  # what we were told, and so do not ask for again
    asked: frozenset[Datum] = frozenset()  # what the complainant is to send us now
    planned: bool = False
    evidence: int = 0
    notice: Literal["sent", "delivered"] | None = None  # the final one before closing without a reply
    attempts: tuple[Attempt, ...] = ()  # since the decision
    declining: bool = False  # the proposal under way is that this is not ours to handle
    declined_by: frozenset[str] = frozenset()
    staff_mentioned: bool = False  # by the complainant, in words that no list of ours understands
    about_handling: bool = False  # of an earlier complaint, the complainant says
    handled_before: frozenset[str] = frozenset()  # who had a hand in the earlier complaint that they name
    complained_about: frozenset[str] = frozenset()  # members of staff, by `sub`, as in the following sets
    heard: frozenset[str] = frozenset()  # of these, who has had their say
    conflicted: frozenset[str] = frozenset()
    took_part: frozenset[str] = frozenset()  # in the first stage, or in an earlier review
    reviewed_by: frozenset[str] = frozenset()  # who took part in the second stage
    confidential: bool = False
    members: frozenset[str] = frozenset()  # who may know of a confidential complaint
    consent_withdrawn_on: date | None = None  # no consent of that day or before lets anything go outside
    legal_hold: bool = False
    systemic: str | None = None  # the systemic case that it belongs to
    merged_into: str | None = None
    absorbed: tuple[str, ...] = ()  # the complaints that were merged into this one
    backdated: Backdating | None = None
    own_received_at: datetime | None = None  # its own, where one that was merged into it came earlier

    @field_serializer(
        "broken",
        "done_by",
        "known",
        "asked",
        "declined_by",
        "handled_before",
        "complained_about",
        "heard",
        "conflicted",
        "took_part",
        "reviewed_by",
        "members",
        when_used="json",
    )
    def _in_order(self, found: frozenset[str]) -> list[str]:
        """The same complaint is the same text, wherever it is written."""
        return sorted(found)

    @property
    def counts_from(self) -> datetime:
        """Where the clocks begin: the first word of dissatisfaction, or the day on which the complaint came back."""
        return self.received_at if self.cycle == 1 and self.stage == 1 else self.opened_at

    @property
    def outcome(self) -> Outcome | None:
        """What the findings on the points amount to; None while one is missing."""
        findings = {point.finding for point in self.points}
        if not findings or None in findings:
            return None
        if findings == {Finding.UPHELD}:
            return "upheld"
        if findings & {Finding.UPHELD, Finding.PARTLY_UPHELD}:
            return "partly_upheld"
        only = next(iter(findings)) if len(findings) == 1 else Finding.NOT_UPHELD
        return only.value if only else None

    @property
    def told_by(self) -> ToldBy:
        """How what we write reaches the complainant: by mail, else by one of us; the anonymous read it on the tracking
        page, and nowhere else.
        """
        if self.anonymous:
            return "tracking_page"
        return "mail" if self.by_mail else "person"

    @property
    def restricted(self) -> bool:
        """Whether not everybody who reads complaints may know of this one."""
        return self.confidential or bool(self.complained_about)

    @property
    def asked_of(self) -> frozenset[str]:
        """The colleagues who were asked to contribute, and have not yet. Nobody is, once it is closed; nor whoever has
        it in hand, has a tie to it, or may not know of it.
        """
        open_tasks = () if self.state == State.CLOSED else self.tasks
        asked = {task.whom for task in open_tasks if task.whom} - self.conflicted - self.complained_about
        return frozenset((asked & self.members if self.confidential else asked) - {self.owner})

    @property
    def running(self) -> tuple[Clock, ...]:
        """The clocks that still have something to count: kept, paused and ended ones are not among them."""
        return tuple(clock for clock in self.clocks if clock.paused_since is None and self._waits_for(clock))

    def _outlives(self, task: Task) -> bool:
        """Whether a task is still to be done once the complaint is closed."""
        return task.kind in OUTLIVE and not (task.kind in OWED and self.closed_reason in LET_GO)

    def _waits_for(self, clock: Clock) -> bool:
        tasks, closed = self.tasks, self.state == State.CLOSED
        if closed:
            tasks = tuple(task for task in tasks if self._outlives(task))
        if closed and clock.promise not in {"duty", "task"}:
            return False
        match clock.promise:
            case "acknowledge":
                return self.acknowledged_at is None
            case "take_up":
                return self.taken_up_at is None
            case "assess":
                return self.assessed_at is None
            case "update" | "answer":
                return self.state in UNANSWERED
            case "duty":
                return any(task.point == clock.point and task.duty == clock.duty for task in tasks)
            case "remedy":
                return any(task.id == f"remedy-{clock.point}" and not task.done_by for task in self.tasks)
            case "task":
                return any(task.id == clock.duty for task in tasks)
            case "remind":
                return self.waiting_for == "complainant" and self.told_by == "mail"
            case "reply":
                undecided = self.state == State.DECIDED and not self.disputed and self.notice != "sent"
                return self.state == State.WAITING or undecided
            case "external":
                return any(task.id == clock.duty for task in self.tasks)

    @property
    def promises(self) -> tuple[Clock, ...]:
        """The running clocks of promises that somebody has to keep, the first due first.

        Our own targets are not among them, nor what the product does by itself, such as news at the preset date.
        """
        kept_by_people = (clock for clock in self.running if clock.promise not in TARGETS | BY_ITSELF)
        return tuple(sorted(kept_by_people, key=lambda clock: clock.due))

    @property
    def next_promise(self) -> Clock | None:
        """The promise that falls due first, or None when no clock runs."""
        return next(iter(self.promises), None)

    @property
    def overdue(self) -> bool:
        """Whether a promise that still has to be kept was broken."""
        return any(clock.broken for clock in self.promises)

    @property
    def urgent(self) -> bool:
        """Whether somebody is to look at once: priority 1, or a safety risk that nobody has assessed yet."""
        return self.priority == 1 or (self.priority is None and self.safety)

    def due_of(self, promise: Promise) -> datetime | None:
        """When a promise falls due: of several points, the earliest; of paused clocks, only where all of them are.

        None where nothing of the kind was promised.
        """
        clocks = [clock for clock in self.clocks if clock.promise == promise]
        runs = [clock for clock in clocks if clock.paused_since is None]
        return min((clock.due for clock in runs or clocks), default=None)

    @property
    def paused_since(self) -> datetime | None:
        """Since when no answer clock of this complaint runs, because the last of them was paused; else None."""
        stops = [clock.paused_since for clock in self.clocks if clock.promise == "answer"]
        return max((stop for stop in stops if stop), default=None) if all(stops) else None

    @property
    def answer_by(self) -> datetime:
        """When the complaint's first answer is due."""
        due = self.due_of("answer")
        return due if due else self.counts_from
