"""What may be asked. A command carries what the person said; who asks, and when, is passed beside it."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    UUID4,
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    EmailStr,
    Field,
    StrictBool,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from complaints.assessment import Assessment
from complaints.complaint import (
    Backdating,
    Cause,
    Channel,
    Datum,
    Finding,
    Format,
    Frozen,
    Language,
    LetterKind,
    Medium,
    PauseCategory,
    Remedy,
)
from complaints.events import (
    BY_PEOPLE,
    ContactBy,
    Currency,
    CustomerType,
    DeclineReason,
    EvidenceKind,
    ExternalOutcome,
    LifeStage,
    Reckoning,
    ReviewEffect,
)
from complaints.packs import PackId

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
PHONE = re.compile(r"\+?[(0-9][0-9 ()./-]{5,28}[0-9]")


def _readable(text: str) -> str:
    """Text without control characters, in which something can be seen. CR LF becomes LF."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if CONTROL.search(text):
        raise ValueError("control_characters")
    if text and all(unicodedata.category(letter) in {"Cf", "Zs", "Zl", "Zp", "Cc"} for letter in text):
        raise ValueError("required")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("control_characters")
    return text


def _mailable(address: Any, grammar: ValidatorFunctionWrapHandler) -> str:
    """One plain ASCII address, so that no look-alike letter and no second recipient can hide in it.

    EmailStr, asked by `grammar`, would quietly take the address out of `Name <address>` and decode punycode: it is
    asked whether this is an address, and its answer is not kept.
    """
    if not isinstance(address, str):
        raise ValueError("wrong_type")  # noqa: TRY004 - pydantic turns a ValueError into a refusal
    address = address.strip()
    local, _, domain = address.rpartition("@")
    plain = address.isascii() and not re.search(r"[\s,;<>\"%!]", address)
    if not plain or len(address) > 254 or len(local) > 64:
        raise ValueError("email_invalid")
    grammar(address)
    return f"{local}@{domain.lower()}"


def _dialable(number: str) -> str:
    number = number.strip()
    if not PHONE.fullmatch(number):
        raise ValueError("phone_invalid")
    return number


def _iso_text(value: object) -> object:
    """A date is written as text; a number would be read as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?", value):
        raise ValueError("date_invalid")
    if isinstance(value, int | float):
        raise ValueError("date_invalid")  # noqa: TRY004 - pydantic turns a ValueError into a refusal
    return value


def _of_our_time(day: date) -> date:
    if day.year < 1900:
        raise ValueError("date_invalid")
    return day


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


#: A place in a text to begin with that somebody has to fill in, such as [date]; [1] is none.
BLANK = re.compile(r"\[[^\[\]\n]*[^\W\d_][^\[\]\n]*\]")


def filled_in(words: str) -> str:
    """The words, if no blank is left in them. Raises ValueError."""
    if BLANK.search(words):
        raise ValueError("blank_left")
    return words


Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=10_000),
    BeforeValidator(lambda value: _readable(value) if isinstance(value, str) else value),
]
Line = Annotated[Words, AfterValidator(_one_line)]
OrNone = BeforeValidator(_blank_is_none)
Day = Annotated[date, BeforeValidator(_iso_text), AfterValidator(_of_our_time)]
Email = Annotated[EmailStr, WrapValidator(_mailable)]
Phone = Annotated[str, AfterValidator(_dialable)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso_text), AfterValidator(_of_our_time)]


def _declared(no_conflict: bool) -> bool:
    """Whoever judges says each time that they have no tie to the people concerned (ISO 10002, objectivity)."""
    if not no_conflict:
        raise ValueError("declare_no_conflict")
    return no_conflict


NoConflict = Annotated[StrictBool, AfterValidator(_declared)]


class Command(Frozen):
    """Something a person asks for."""


class Judgement(Command):
    """A command by which somebody judges, and so says that no conflict of interest stands in the way."""

    no_conflict: NoConflict


class Representative(Frozen):
    """Who acts for the complainant, and in what capacity (relative, lawyer, consumer association)."""

    name: Annotated[Line, Field(max_length=200)]
    capacity: Annotated[Annotated[Line, Field(max_length=120)] | None, OrNone] = None
    email: Annotated[Email | None, OrNone] = None
    phone: Annotated[Phone | None, OrNone] = None


IDENTITY = frozenset(
    {"name", "organisation", "email", "phone", "address", "representative", "contact", "contact_by", "call_hours"}
    | {"formats", "may_survey"}
)


class Submission(Frozen):
    """What a complainant tells us (the standard's form for the complainant). Lengths are in code points.

    Name and contact may be missing when it is `anonymous`. `contact` says to whom we write when somebody acts for the
    complainant, `contact_by` by which way where they say so. `category` is what they take the problem for, one of the
    organisation's list; whoever assesses says what it is. `day_unsure`: they do not know the day exactly, so that
    `happened_on` is about when, or missing for good. `value` is the amount in dispute, `wish_amount` what they ask for;
    both in `currency`.
    """

    language: Language
    about: Annotated[Line, Field(min_length=2, max_length=120)]
    category: Annotated[int, Field(ge=1, le=999)] | None = None
    what_happened: Annotated[Words, Field(min_length=10, max_length=10_000)]
    happened_on: Day | None = None
    day_unsure: StrictBool = False
    told_before: Literal["yes", "no", "unsure"]
    told_reference: Annotated[Annotated[Line, Field(max_length=60)] | None, OrNone] = None
    about_handling: StrictBool = False  # of what was told before
    order_number: Annotated[Annotated[Line, Field(max_length=60)] | None, OrNone] = None
    wish: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None
    wants: tuple[Remedy, ...] = Field(default=(), max_length=8)
    wish_amount: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)] | None = None
    value: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    currency: Currency | None = None
    safety_risk: StrictBool
    elsewhere: StrictBool
    elsewhere_where: Annotated[Annotated[Line, Field(max_length=200)] | None, OrNone] = None
    anonymous: StrictBool = False
    organisation: Annotated[Annotated[Line, Field(max_length=200)] | None, OrNone] = None
    name: Annotated[Annotated[Line, Field(max_length=200)] | None, OrNone] = None
    email: Annotated[Email | None, OrNone] = None
    phone: Annotated[Phone | None, OrNone] = None
    address: Annotated[Annotated[Words, Field(max_length=500)] | None, OrNone] = None
    representative: Representative | None = None
    contact: Literal["complainant", "representative"] = "complainant"
    contact_by: ContactBy | None = None
    call_hours: Annotated[Annotated[Line, Field(max_length=120)] | None, OrNone] = None
    customer: CustomerType | None = None
    life_stage: LifeStage | None = None
    branch: Annotated[Annotated[Line, Field(max_length=200)] | None, OrNone] = None
    staff_involved: Annotated[Annotated[Line, Field(max_length=200)] | None, OrNone] = None
    others_affected: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] | None = None
    formats: tuple[Format, ...] = Field(default=(), max_length=5)
    support_needs: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None
    may_survey: StrictBool = False

    @model_validator(mode="before")
    @classmethod
    def _nobody(cls, told: Any) -> Any:
        """Of somebody who stays anonymous nothing is kept that says who they are, whatever was sent."""
        if not isinstance(told, dict) or told.get("anonymous") is not True:
            return told
        return {name: value for name, value in told.items() if name not in IDENTITY}

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.anonymous:
            return self
        if not self.name:
            raise ValueError("name_required")
        if self.contact == "representative" and not self.representative:
            raise ValueError("representative_required")
        ways = {"email": self.reader.email, "phone": self.reader.phone, "letter": self.address}
        if not (ways[self.contact_by] if self.contact_by else any(ways.values())):
            raise ValueError("contact_required")
        return self

    @property
    def reader(self) -> "Submission | Representative":
        """Whom we write to: the complainant, or whoever acts for them."""
        return self.representative if self.contact == "representative" and self.representative else self

    @property
    def mail_to(self) -> str | None:
        """The address that letters go to; None where somebody would rather hear from us in another way."""
        return None if self.contact_by in BY_PEOPLE else self.reader.email


class Submit(Command):
    """M01. `received_at` is the first expression of dissatisfaction, which staff may enter later than it came.

    What was taken for an enquiry at first counts from then: it is registered with that moment, and `backdated` says so.
    """

    submission: Submission
    reference: str
    channel: Channel
    received_at: datetime
    backdated: Backdating | None = None
    backdating_reason: str | None = None
    outside_reference: str | None = None
    answer_by: date | None = None  # the day that an outside body has set us
    immediate_action: str | None = None
    complained_about: tuple[str, ...] = ()
    handled_before: tuple[str, ...] = ()  # who had a hand in the earlier complaint that `told_reference` names


class Acknowledge(Command):
    """M02. Staff name the medium; the system names the letter it has sent."""

    medium: Medium
    letter: str | None = None


class PointTitle(Frozen):
    """A point, as the assessor understands it. Without a pack, the one that its category usually stands under.

    `value` is the amount in dispute, in the currency of the pack's country: it decides which outside body is right.
    """

    title: Annotated[Line, Field(max_length=200)]
    category: int = Field(ge=1, le=999)
    pack: PackId | None = None
    value: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None


class Assess(Assessment, Judgement):
    """M03: the six criteria and the points. `nobody_named` says why none of the staff is, where some were mentioned."""

    points: tuple[PointTitle, ...] = Field(min_length=1, max_length=20)
    reason: Annotated[Words | None, OrNone] = None
    nobody_named: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class Reassess(Assess):
    """M32: priority, points or packs were wrong, or have changed. Later dates need a lead."""

    reason: Words


Sub = Annotated[str, Field(min_length=1, max_length=64)]
Points = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=20)]


class Decline(Judgement):
    """M05, its first half: this is not ours to handle. The words say why, `route` where to go instead."""

    reason: DeclineReason
    words: Annotated[Words, Field(max_length=2_000)]
    route: Annotated[Words, Field(max_length=2_000)]


class ConfirmDecline(Judgement):
    """M05, its second half, by another person: the complainant is told why, where to go, and how to contest it."""


class Contest(Command):
    """M06: it is ours after all. Others than those who declined it look at it anew."""

    words: Words


class FastTrack(Command):
    """M04: somebody's safety does not wait for an assessment."""

    owner: Sub


class Investigate(Command):
    """M07. `owner` is the handler's `sub`."""

    owner: Sub


class PlanInvestigation(Command):
    """What will be looked into, and how, in proportion to what is at stake."""

    words: Annotated[Words, Field(max_length=5_000)]


class RecordEvidence(Command):
    """What was found out: in the case of a document, `file` is one that was added to the complaint."""

    kind: EvidenceKind
    words: Annotated[Words, Field(max_length=5_000)]
    file: UUID4 | None = None


class RecordAction(Command):
    """What was done at once, before there is an answer."""

    words: Annotated[Words, Field(max_length=2_000)]


class AskColleague(Command):
    """A colleague contributes what they know, by a day."""

    whom: Sub
    words: Annotated[Words, Field(max_length=2_000)]
    due_on: Day


class PromiseDate(Command):
    """A day that was promised to the complainant in words becomes a dated task."""

    words: Annotated[Words, Field(max_length=1_000)]
    due_on: Day


class Ask(Command):
    """M09, M11: we need something, from the complainant or a third party, by a day (local).

    To ask the complainant for what is on file needs a reason, which is logged.
    """

    of: Literal["complainant", "third_party"]
    data: tuple[Datum, ...] = Field(min_length=1, max_length=11)
    words: Annotated[Words, Field(max_length=2_000)]
    reply_by: Day
    again_reason: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class RecordReply(Command):
    """M10, M11: what we waited for is here. The words are those that staff note; a message stands beside the case."""

    words: Annotated[Annotated[Words, Field(max_length=5_000)] | None, OrNone] = None


class RecordMessage(Command):
    """The complainant has written about our decision. The message stands beside the case."""


class NameStaff(Command):
    """Who of the staff is complained about. They neither handle nor see the complaint from then on."""

    staff: tuple[Sub, ...] = Field(min_length=1, max_length=20)
    words: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class HearStaff(Command):
    """Somebody complained about was told on a day, and has answered, or would not."""

    who: Sub
    told_on: Day
    answer: Annotated[Annotated[Words, Field(max_length=5_000)] | None, OrNone] = None


class DeclareConflict(Command):
    """I have a tie to the people concerned: somebody else handles this."""

    words: Annotated[Words, Field(max_length=1_000)]


class Restrict(Command):
    """Only these members may know of the complaint, or everybody who reads complaints again."""

    confidential: StrictBool
    members: tuple[Sub, ...] = Field(default=(), max_length=30)
    words: Annotated[Words, Field(max_length=1_000)]


class CheckAuthority(Command):
    """Whether the representative may act for the complainant, and what showed it."""

    granted: StrictBool
    words: Annotated[Words, Field(max_length=1_000)]


class Disclose(Command):
    """Something of the complaint goes to somebody outside: to whom, what, and what allows it.

    A consent says how and on which day (local) the complainant gave it; the law is named by its provision.
    """

    to: Annotated[Line, Field(max_length=200)]
    words: Annotated[Words, Field(max_length=2_000)]
    basis: Literal["consent", "law"]
    medium: Medium | None = None
    consented_on: Day | None = None
    provision: Annotated[Annotated[Line, Field(max_length=200)] | None, OrNone] = None


class WithdrawConsent(Command):
    """The complainant no longer wants anything to go outside: how and on which day (local) they said so."""

    medium: Medium
    on: Day
    words: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None


class LinkSystemic(Command):
    """The complaint belongs to a systemic case; each such complaint keeps its own answer."""

    case: Annotated[Line, Field(max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]
    words: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class Assign(Command):
    """Give the complaint to another handler."""

    owner: str = Field(min_length=1, max_length=64)
    reason: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None


class ProposedRemedy(Frozen):
    """What we will do, in words that the letter will carry. `due_on` is a local date.

    A remedy that is money (complaint.SUMS) says how much; any other may say what it costs us. A proposed
    one has a day, unless the letter itself gives it (complaint.UNDATED).
    """

    kind: Remedy
    words: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None
    amount: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)] | None = None
    currency: Currency | None = None
    due_on: Day | None = None


class ProposedPoint(Frozen):
    """Finding and reasons on one point, with a remedy, or the reason why there is none."""

    number: int = Field(ge=1)
    finding: Finding
    reasons: Annotated[Words, Field(max_length=5_000)]
    remedy: ProposedRemedy | None = None
    no_remedy_reason: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class Others(Frozen):
    """Who else the same fault has hit and has not complained, to be offered the remedy by a day (local)."""

    words: Annotated[Words, Field(max_length=1_000)]
    due_on: Day


class Answer(Judgement):
    """An answer to every point. Of something upheld it is said why an improvement is needed, or none; of one that is
    needed, by which corrective action: what is changed, by whom, and by when.

    `others` is None where the remedy is offered to nobody but the complainant.
    """

    points: tuple[ProposedPoint, ...] = Field(min_length=1, max_length=20)
    cause: Cause
    improvement_needed: StrictBool
    improvement_reason: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None
    corrective_action: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None
    others: Others | None = None
    prevention: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None


class Propose(Answer):
    """M12, and M23 at the second stage, where `effect` says what becomes of the first decision.

    Proposed again before it is approved, it takes the place of what was proposed.
    """

    effect: ReviewEffect | None = None


class ResolveEarly(Answer):
    """M08: settled at once, and the complainant has accepted it by `medium`."""

    medium: Medium


class Return(Command):
    """M13."""

    words: Words


class Approve(Judgement):
    """M14. An answer that is late says why; the letter carries it."""

    late_reason: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class Accept(Command):
    """M15, M16. Staff say what they heard where the decision had been rejected."""

    medium: Medium
    words: Annotated[Words | None, OrNone] = None


class Dispute(Command):
    """M18."""

    medium: Medium
    words: Annotated[Words | None, OrNone] = None


class Verify(Command):
    """M21: the remedies on these points are in place; without points, all of them. Staff say what they saw."""

    words: Annotated[Words | None, OrNone] = None
    points: Points | None = None


class ReportFailure(Command):
    """M22: a remedy failed, or did not come."""

    words: Words


class AskReview(Command):
    """M17: the complainant asks, in any words, that somebody else looks again.

    After the window a reason why it comes late is needed.
    """

    medium: Medium
    words: Annotated[Words | None, OrNone] = None
    late_reason: Annotated[Words | None, OrNone] = None


class CloseUnanswered(Command):
    """M19: no reply although a final notice was delivered and its time is over."""


class CloseExhausted(Command):
    """M20: no way is left to somebody who did not accept, or they want none."""

    ground: Literal["time_run_out", "complainant_says_no"]
    words: Words


class CloseUncontactable(Command):
    """M34: at least three tries by two channels over ten working days."""

    words: Words


class CloseAnonymous(Command):
    """M35: the decision can be read on the tracking page; there is nobody to write to."""


class RecordExternal(Command):
    """M24: an outside body has the matter, as it or the complainant told us. `document` is a file of the complaint."""

    body: Annotated[Line, Field(max_length=200)]
    their_reference: Annotated[Annotated[Line, Field(max_length=60)] | None, OrNone] = None
    told_by: Literal["body", "complainant"]
    answer_by: Day | None = None
    words: Annotated[Annotated[Words, Field(max_length=5_000)] | None, OrNone] = None
    document: UUID4 | None = None


class Award(Frozen):
    """What an outside body orders us to do on a point, by a day."""

    number: int = Field(ge=1)
    remedy: ProposedRemedy


class RecordExternalOutcome(Command):
    """M25: the body sends it back, orders something, or the matter ends there. Its document is on the complaint.

    An award takes the place of what we had promised on its point, and only there. What else we had promised and not
    done yet is still to be done, unless the body's decision `replaces` it.
    """

    outcome: ExternalOutcome
    then: Literal["sent_back", "award", "end"]
    replaces: StrictBool = False
    awards: tuple[Award, ...] = Field(default=(), max_length=20)
    words: Words
    document: UUID4


class Reopen(Command):
    """M26."""

    words: Words


class Withdraw(Command):
    """M27: only the complainant withdraws. Staff record a call or a letter in which they did, with what was said."""

    medium: Medium
    words: Annotated[Words | None, OrNone] = None


class TakeUpAgain(Command):
    """M28: the complainant takes the withdrawal back."""

    medium: Medium
    words: Annotated[Words | None, OrNone] = None


class Merge(Command):
    """M29: the same person complained of the same matter twice. It goes on as the other one.

    The words say why it is the same matter, and how we know that it is the same person.
    """

    into: Annotated[Line, Field(max_length=60)]
    words: Words


class Unmerge(Command):
    """M30: it was another matter after all."""

    words: Words


class Extend(Command):
    """M31. Without `until` (a local date) the answer is put off as far as the pack allows."""

    points: Points
    until: Day | None = None
    reason: Annotated[Words, Field(max_length=2_000)]


class Pause(Command):
    """Stop the answer clocks of points whose pack allows it, from `since` (now, if it is not said)."""

    points: Points
    category: PauseCategory
    since: Moment | None = None
    reason: Annotated[Words, Field(max_length=2_000)]


class Resume(Command):
    """Let them run again."""

    points: Points


class TellProgress(Command):
    """M33: what has been done and what remains, in words that the complainant reads."""

    words: Annotated[Words, Field(max_length=5_000)]


class Recalculate(Command):
    """Work out anew what the calendar has changed. `because` are the reckonings in force, from the history."""

    because: tuple[Reckoning, ...]
    reason: str


class FinishTask(Command):
    """A task on the complaint is done. A contribution is its words. `on` is the day of a delivery."""

    task: str
    words: Annotated[Annotated[Words, Field(max_length=5_000)] | None, OrNone] = None
    medium: Medium | None = None
    on: Day | None = None


class RecordAttempt(Command):
    """The complainant could not be reached; or a letter was posted, whose delivery is awaited.

    `tracking_number` is that of the post.
    """

    task: str
    medium: Medium
    posted: StrictBool = False
    tracking_number: Annotated[Annotated[Line, Field(max_length=60)] | None, OrNone] = None


class RecordDelivery(Command):
    """A letter arrived."""

    letter: str
    kind: LetterKind


class KeepTime(Command):
    """Record what has fallen due by now."""


class RecordBounce(Command):
    """A letter came back; `to_other` as in its event."""

    letter: str
    kind: LetterKind
    to_other: bool = False
