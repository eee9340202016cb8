"""What may be asked. A command carries what the person said; who asks, and when, is passed beside it."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
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
from complaints.complaint import Cause, Channel, Finding, Frozen, Language, LetterKind, PauseCategory, Remedy
from complaints.events import Medium, Reckoning
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


Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=10_000),
    BeforeValidator(lambda value: _readable(value) if isinstance(value, str) else value),
]
Line = Annotated[Words, AfterValidator(_one_line)]
OrNone = BeforeValidator(_blank_is_none)
Day = Annotated[date, BeforeValidator(_iso_text), AfterValidator(_of_our_time)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso_text), AfterValidator(_of_our_time)]


class Command(Frozen):
    """Something a person asks for."""


class Submission(Frozen):
    """What a complainant tells us (the standard's form for the complainant). Lengths are in code points."""

    language: Language
    about: Annotated[Line, Field(min_length=2, max_length=120)]
    what_happened: Annotated[Words, Field(min_length=10, max_length=10_000)]
    happened_on: Day | None = None
    told_before: Literal["yes", "no", "unsure"]
    order_number: Annotated[Annotated[Line, Field(max_length=60)] | None, OrNone] = None
    wish: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None
    safety_risk: StrictBool
    elsewhere: StrictBool
    name: Annotated[Line, Field(max_length=200)]
    email: Annotated[Annotated[EmailStr, WrapValidator(_mailable)] | None, OrNone] = None
    phone: Annotated[Annotated[str, AfterValidator(_dialable)] | None, OrNone] = None
    support_needs: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.email or self.phone):
            raise ValueError("contact_required")
        return self


class Submit(Command):
    """M01. `received_at` is the first expression of dissatisfaction, which staff may enter later than it came."""

    submission: Submission
    reference: str
    channel: Channel
    received_at: datetime
    backdating_reason: str | None = None


class Acknowledge(Command):
    """M02. Staff name the medium; the system names the letter it has sent."""

    medium: Medium
    letter: str | None = None


class PointTitle(Frozen):
    """A point, as the assessor understands it. Without a pack, the one that its category usually stands under.

    `value` is the amount in dispute, in the currency of the pack's country: it decides which outside body is right.
    """

    title: Annotated[Line, Field(max_length=200)]
    category: int = Field(ge=1, le=21)
    pack: PackId | None = None
    value: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None


class Assess(Assessment, Command):
    """M03: the six criteria and the points."""

    points: tuple[PointTitle, ...] = Field(min_length=1, max_length=20)
    reason: Annotated[Words | None, OrNone] = None


class Reassess(Assess):
    """M32: priority, points or packs were wrong, or have changed. Later dates need a lead."""

    reason: Words


class Investigate(Command):
    """M07. `owner` is the handler's `sub`."""

    owner: str = Field(min_length=1, max_length=64)


class Assign(Command):
    """Give the complaint to another handler."""

    owner: str = Field(min_length=1, max_length=64)
    reason: Annotated[Annotated[Words, Field(max_length=2_000)] | None, OrNone] = None


class ProposedRemedy(Frozen):
    """What we will do, in words that the letter will carry. `due_on` is a local date."""

    kind: Remedy
    words: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None
    amount: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)] | None = None
    currency: Literal["TRY", "GBP", "EUR", "USD"] | None = None
    due_on: Day | None = None


class ProposedPoint(Frozen):
    """Finding and reasons on one point, with a remedy, or the reason why there is none."""

    number: int = Field(ge=1)
    finding: Finding
    reasons: Annotated[Words, Field(max_length=5_000)]
    remedy: ProposedRemedy | None = None
    no_remedy_reason: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class Propose(Command):
    """M12."""

    points: tuple[ProposedPoint, ...] = Field(min_length=1, max_length=20)
    cause: Cause
    improvement_needed: StrictBool


class Return(Command):
    """M13."""

    words: Words


class Approve(Command):
    """M14. An answer that is late says why; the letter carries it."""

    late_reason: Annotated[Annotated[Words, Field(max_length=1_000)] | None, OrNone] = None


class Accept(Command):
    """M15, M16."""

    medium: Medium


class Dispute(Command):
    """M18."""

    medium: Medium
    words: Annotated[Words | None, OrNone] = None


class Verify(Command):
    """M21."""

    words: Words


class Reopen(Command):
    """M26."""

    words: Words


Points = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=20)]


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
    """A task on the complaint is done."""

    task: str


class KeepTime(Command):
    """Record what has fallen due by now."""


class RecordBounce(Command):
    """A letter came back."""

    letter: str
    kind: LetterKind
