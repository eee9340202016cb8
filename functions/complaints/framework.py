"""The registers of the framework (ISO 10002, 5 and 6): what the organisation lays down beside its rules."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Base64Bytes, Field, StringConstraints

from complaints import telephones
from complaints.commands import Day, Email, Line, OrNone, Phone, Sub, Words
from complaints.complaint import Frozen, Language, LetterKind
from complaints.contrast import Accent, accent
from complaints.language import LANGUAGES
from complaints.objectives import FEWER_IS_BETTER, Measure, Period
from complaints.picture import Picture, no_logo, picture
from complaints.roles import STAFF, Role
from complaints.rules import Currency

Wrong = tuple[str, str]  # where (a JSON pointer) and what (a code)
# The same in every language: nothing is published in one of them alone.
Spoken = Annotated[dict[Language, Annotated[Words, Field(max_length=5_000)]], Field(min_length=len(LANGUAGES))]


@dataclass(frozen=True)
class Here:
    """What a register is held against: the organisation's home (ISO 3166), its local day, and by their `sub` all who
    work here or did, and whether they still do.
    """

    country: str
    today: date
    staff: Mapping[str, bool]


class Register(Frozen):
    """What one version of a register holds."""

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """What no field can know of itself."""
        yield from ()


class Telephone(Frozen):
    """A number as people read it, and what a call costs them."""

    number: Phone
    rate: Literal["free", "standard"]


class Contact(Register):
    """How people reach somebody who helps them. Telephones stand in order: the first one stands wherever there is place
    for one. The address is for letters, as it is written on an envelope.
    """

    telephones: tuple[Telephone, ...] = Field(min_length=1, max_length=4)
    hours: Spoken | None = None
    address: Annotated[Annotated[Words, Field(max_length=500)] | None, OrNone] = None
    email: Annotated[Email | None, OrNone] = None

    @property
    def phone(self) -> str:
        """The number for which there is always place."""
        return self.telephones[0].number

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """A number that costs more than any other call, or that is said to be free and is not."""
        for index, one in enumerate(self.telephones):
            found = telephones.rate(one.number, here.country)
            if found == "higher":
                yield f"/telephones/{index}/number", "phone_rate"
            elif one.rate == "free" and found != "free":
                yield f"/telephones/{index}/rate", "phone_not_free"


def reached_by(number: str, country: str) -> Contact:
    """All that is known before anybody has settled it: one number."""
    rate: Literal["free", "standard"] = "free" if telephones.rate(number, country) == "free" else "standard"
    return Contact(telephones=(Telephone(number=number, rate=rate),))


class Letters(Register):
    """A sentence of the organisation's own for each kind of letter, in every language or in none. It stands before the
    greeting at the end, and changes nothing of what the letter has to say.
    """

    own: dict[
        LetterKind, Annotated[dict[Language, Annotated[Words, Field(max_length=600)]], Field(min_length=len(LANGUAGES))]
    ] = Field(default_factory=dict)

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """A place that nothing fills."""
        for kind, said in self.own.items():
            for language, text in said.items():
                if not fillable(text):
                    yield f"/own/{kind}/{language}", "place_unknown"


PLACES = ("organisation", "help_phone")


def fillable(text: str) -> bool:
    """Whether all that stands in braces is a place that `filled` fills."""
    return not re.search(r"[{}]", filled(text, dict.fromkeys(PLACES, "")))


def filled(text: str, places: dict[str, str]) -> str:
    """A sentence with what belongs in its places."""
    for place, value in places.items():
        text = text.replace(f"{{{place}}}", value)
    return text


Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]  # ISO 3166
Mechanism = Literal["adequacy", "standard_contract", "binding_rules", "undertaking"]
Sector = Literal["bank", "payment", "insurance", "telecoms", "health", "capital_markets"]
TOGETHER = frozenset(  # the European Economic Area: what stays within it has gone nowhere
    {
        *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IS"),
        *("IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
    }
)


class Purpose(Frozen):
    """What personal data are used for, and the legal basis of that."""

    what: Spoken
    basis: Literal["obligation", "contract", "claim", "interest", "consent"]


class Processor(Frozen):
    """Who handles personal data for us, what they do, and in which country."""

    name: Annotated[Line, Field(max_length=200)]
    does: Spoken
    country: Country


class Transfer(Frozen):
    """By which mechanism data go abroad. A standard contract has the day of its signing; in Turkey the Authority is
    notified of it (local days).
    """

    mechanism: Mechanism
    signed_on: Annotated[Day | None, OrNone] = None
    notified_on: Annotated[Day | None, OrNone] = None


class Privacy(Register):
    """Protection of personal data: what for, on what ground, where they lie, who handles them, and how they go abroad.

    `sectors` are those of the organisation whose law may want its data in the country.
    """

    purposes: tuple[Purpose, ...] = Field(min_length=1, max_length=20)
    place: Spoken
    country: Country
    processors: tuple[Processor, ...] = Field(default=(), max_length=20)
    transfer: Transfer | None = None
    sectors: tuple[Sector, ...] = ()

    def abroad(self, home: str) -> list[str]:
        """The countries beyond `home` (and, from within the European Economic Area, beyond that) that hold data."""
        near = TOGETHER if home in TOGETHER else frozenset({home})
        return sorted({self.country, *(one.country for one in self.processors)} - near)

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """Data abroad without a mechanism; a standard contract without its day, notified before it was signed, or what
        has not happened yet.
        """
        if self.transfer is None:
            if self.abroad(here.country):
                yield "/transfer/mechanism", "transfer_missing"
            return
        signed, notified = self.transfer.signed_on, self.transfer.notified_on
        if self.transfer.mechanism == "standard_contract" and signed is None:
            yield "/transfer/signed_on", "required"
        for name, day in (("signed_on", signed), ("notified_on", notified)):
            if day and day > here.today:
                yield f"/transfer/{name}", "date_in_future"
        if signed and notified and notified < signed <= here.today:
            yield "/transfer/notified_on", "not_later"


class Document(Register):
    """What is drafted by some and put in force by top management. It is looked at again by `review_on` (local days)."""

    review_on: Day

    def holds(self, on: date) -> bool:
        """Whether it has begun to hold by a local day, once it was approved."""
        return True


class Commitment(Document):
    """What top management promises (ISO 10002, 5.2), with the name and the position of who signs it."""

    text: Spoken
    signer: Annotated[Line, Field(max_length=200)]
    position: Spoken


class Part(Frozen):
    """One heading of the policy, and what stands under it."""

    heading: Spoken
    text: Spoken


class Policy(Document):
    """The policy of handling complaints (ISO 10002, 5.3). `owner` is the position that answers for it."""

    title: Spoken
    parts: tuple[Part, ...] = Field(min_length=1, max_length=30)
    owner: Spoken
    effective_from: Day

    def holds(self, on: date) -> bool:
        """From the day that it names."""
        return self.effective_from <= on

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """A review before the beginning."""
        if self.review_on <= self.effective_from:
            yield "/review_on", "not_later"


D = TypeVar("D", bound=Document)


class InForce(Register, Generic[D]):
    """A draft as it was approved: its words, its version among the drafts, and the name of who approved it."""

    document: D
    draft: int
    approved_by: str


class Opening(Frozen):
    """A text to begin a message with. What somebody has to fill in stands in square brackets: [day]."""

    title: Annotated[dict[Language, Annotated[Line, Field(max_length=120)]], Field(min_length=len(LANGUAGES))]
    words: Spoken


class Openings(Register):
    """The texts to begin with, in the order in which they are offered."""

    texts: tuple[Opening, ...] = Field(max_length=40)


class Objective(Frozen):
    """What is to be reached in each period, in per cent or days as the measure has it, and who answers for it."""

    measure: Measure
    target: Annotated[Decimal, Field(gt=0, le=1000, max_digits=5, decimal_places=1)]
    period: Period
    owner: Sub


class Objectives(Register):
    """The register of objectives (ISO 10002, 6.2)."""

    objectives: tuple[Objective, ...] = Field(max_length=20)

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """More than all, the same measure in the same period twice, or an owner who does not work here."""
        seen: set[tuple[str, str]] = set()
        for index, one in enumerate(self.objectives):
            if one.measure not in FEWER_IS_BETTER and one.target > 100:
                yield f"/objectives/{index}/target", "above_all"
            if (one.measure, one.period) in seen:
                yield f"/objectives/{index}/measure", "twice"
            if not here.staff.get(one.owner):
                yield f"/objectives/{index}/owner", "choice_required"
            seen.add((one.measure, one.period))


class Training(Frozen):
    """A course that somebody of the staff took on a local day, and until when it counts (None: always)."""

    sub: Sub
    course: Annotated[Line, Field(max_length=200)]
    on: Day
    valid_until: Day | None = None

    def counts(self, today: date) -> bool:
        """Whether it counts on a local day: not before it was taken, though it may stand in the register already."""
        return self.on <= today <= (self.valid_until or date.max)


class Budget(Frozen):
    """What handling complaints may cost in a year."""

    year: Annotated[int, Field(ge=2020, le=2100)]
    amount: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
    currency: Currency


class Resources(Register):
    """People, training and money (ISO 10002, 6.4). `needed` says how many people each role wants."""

    needed: dict[Role, Annotated[int, Field(ge=0, le=1000)]]
    trainings: tuple[Training, ...] = Field(default=(), max_length=1000)
    budgets: tuple[Budget, ...] = Field(default=(), max_length=20)

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """A role that nobody here can have, a course that ends to count before it was taken or that nobody took who
        works here or did, or a year twice.
        """
        for role in self.needed.keys() - STAFF:
            yield f"/needed/{role}", "choice_required"
        for index, one in enumerate(self.trainings):
            if one.sub not in here.staff:
                yield f"/trainings/{index}/sub", "choice_required"
            if one.valid_until and one.valid_until <= one.on:
                yield f"/trainings/{index}/valid_until", "not_later"
        for index, budget in enumerate(self.budgets):
            if budget.year in {before.year for before in self.budgets[:index]}:
                yield f"/budgets/{index}/year", "twice"


@dataclass(frozen=True)
class Gaps:
    """What is missing: people by role, and who has no training that counts."""

    vacant: dict[str, int]
    untrained: tuple[str, ...]


def gaps(resources: Resources, staff: Mapping[str, frozenset[str]], today: date) -> Gaps:
    """Measured against the people who work here: their roles by their `sub`."""
    there = Counter(role for roles in staff.values() for role in roles)
    wanted = {str(role): many - there[str(role)] for role, many in resources.needed.items()}
    trained = {one.sub for one in resources.trainings if one.counts(today)}
    return Gaps(
        {role: many for role, many in wanted.items() if many > 0}, tuple(sub for sub in staff if sub not in trained)
    )


class Member(Register):
    """A member of staff, as whoever installs the product let them in."""

    sub: Sub
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """What the organisation is called and looks like on pages and letters. Its colour is as it can be read."""

    name: str
    accent: Accent | None = None
    logo: Picture | None = None


class Brand(Register):
    """What the organisation is called, and looks like. Its colour is kept as it was given, its logo in base64. What is
    left empty is as it was installed: the name, the product's own colour, no logo.
    """

    name: Annotated[Annotated[Line, Field(min_length=2, max_length=80)] | None, OrNone] = None
    accent: Annotated[Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None, OrNone] = None
    logo: Annotated[Base64Bytes | None, OrNone] = None

    def look(self, installed: str) -> Look:
        """What people see, in a firm that was `installed` under a name."""
        colour = accent(self.accent.lower()) if self.accent else None
        return Look(self.name or installed, colour, picture(self.logo) if self.logo else None)

    def wrong(self, here: Here) -> Iterator[Wrong]:
        """A name that could be taken for markup or a place, or a file that is no small picture."""
        if self.name and re.search("[<>{}]", self.name):
            yield "/name", "control_characters"
        if self.logo and (code := no_logo(self.logo)):
            yield "/logo", code


DOCUMENTS: dict[str, type[Document]] = {"commitment": Commitment, "policy": Policy}
REGISTERS: dict[str, type[Register]] = {
    "contact": Contact,
    **DOCUMENTS,
    "objectives": Objectives,
    "resources": Resources,
    "letters": Letters,
    "texts": Openings,
    "privacy": Privacy,
    "brand": Brand,
}
