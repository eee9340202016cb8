"""Policy packs: what a law, a regulator or the organisation itself promises, as data.

packs/<id>.toml says who a pack is and holds its versions; each is in force from its day until the next one's. A
variant (cards, superannuation) is the same pack with other limits, and is chosen as `<id>/<variant>`. The figures that
change every year stand in packs/values.toml.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from complaints.complaint import Frozen, Language, LetterKind, PauseCategory

Unit = Literal[
    "hour",  # of the clock, day and night
    "working_hour",  # while the organisation is open
    "working_day",
    "working_day_with_saturday",  # where the law counts Saturday
    "calendar_day",
    "week",
    "month",  # clamped to the month's end
    "year",
]
Anchor = Literal["received", "acknowledged", "inquiry_ended", "agreed", "due", "answered", "told", "closed"]
Part = Literal[
    "reference",
    "received_on",
    "understanding",
    "contact",
    "tracking",
    "how_to_add",
    "next_step",
    "answer_date",
    "next_date",
    "help",
    "free_of_charge",
    "done_so_far",
    "remains",
    "reason",
    "new_date",
    "findings",
    "reasons",
    "remedies",
    "what_next",
    "outside_body",
    "what_was_done",
    "how_to_return",
]
Texts = Annotated[dict[Language, str], Field(min_length=len(get_args(Language)))]  # in every language
PackId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*(/[a-z][a-z_]*)?$", max_length=40)]
BASE = "ISO-BASE"  # underlies every pack: what a pack does not say, it says


class Data(Frozen):
    """A value read from TOML, where `from` is a name like any other."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Limit(Data):
    """A length of time and what it is counted from.

    The day of the anchor does not count, and a limit in days ends with its last local day. `if_due_on_holiday` says
    what the law does with a last day on which nobody works; without such a rule the day stays, which is the safer date.
    """

    count: int = Field(gt=0, le=3660)
    unit: Unit
    from_: Anchor = Field(default="received", alias="from")
    if_due_on_holiday: Literal["stays", "next_working_day"] = "stays"


class Extension(Data):
    """How an answer may be put off: how often, how long, and what the complainant must be told.

    `limit` is counted from the old date (`due`) or is a new total from another anchor; None means the law sets no
    length. `times` None means that it sets no number.
    """

    times: int | None = None
    limit: Limit | None = None
    must_tell: tuple[Part, ...] = ("reason", "new_date")


class Stage(Data):
    """The second look, by somebody who took no part in the first."""

    acknowledge: Limit | None = None
    answer: Limit
    extension: Extension | None = None


class Duty(Data):
    """Something else that has a day: a repair, a product on loan, a plan."""

    id: str
    title: Texts
    limit: Limit


class Outside(Data):
    """Where a complainant can go who is not content with us.

    Of several limits in `within` the earliest ends the right; none means that the pack knows of no last day. With
    `value`, the body is the right one only for an amount below, or from, the dated figure of that name.
    """

    body: Texts
    url: str | None = None
    note: Texts | None = None
    kind: Literal["facilitative", "advisory", "determinative"]
    within: tuple[Limit, ...] = ()
    value: str | None = None
    value_is: Literal["below", "from"] | None = None


class Prescribed(Data):
    """Words that a regulator wants verbatim: the organisation copies them from `source` and says when it did."""

    id: str
    letter: LetterKind
    when: Literal["always", "not_upheld"] = "always"
    source: str


class Pack(Data):
    """One version of one pack (or of a variant), ready to use. `law` is False where the numbers are a free choice."""

    id: PackId
    title: Texts
    status: Literal["ready", "draft"]
    confidence: Literal["high", "medium", "low", "own_choice"]
    law: bool
    calendar: str | None = None  # whose days count; None: those of the organisation
    sources: tuple[str, ...] = ()
    base: PackId | None = None  # the pack that this one of the organisation's own tightens
    number: int = Field(ge=1)
    effective_from: date
    note: Texts | None = None
    acknowledge: Limit | None = None
    update: Limit | None = None  # the longest silence
    answer: Limit | None = None
    after_inquiry: Limit | None = None  # the answer may not wait longer than this once the inquiry has ended
    extension: Extension | None = None
    second_stage: Stage | None = None
    early: Limit | None = None  # a complaint settled within this time needs less correspondence
    duties: tuple[Duty, ...] = ()
    pause: tuple[PauseCategory, ...] = ()  # what may stop the clock; no law we know of lets anything do so
    outside: tuple[Outside, ...] = ()
    letters: dict[LetterKind, tuple[Part, ...]] = Field(default_factory=dict)
    prescribed: tuple[Prescribed, ...] = ()
    retention: Limit | None = None
    reopen_within: Limit | None = None

    @model_validator(mode="after")
    def _law_does_not_stop(self) -> Self:
        if self.law and self.pause:
            raise ValueError("pause_needs_own_pack")
        return self


class DatedValue(Data):
    """A figure that is set anew for each year, such as the limit of the Tüketici Hakem Heyeti."""

    title: Texts
    currency: Literal["TRY", "GBP", "EUR", "USD", "AUD"]
    source: str
    years: dict[int, Decimal]


def versions(table: Mapping[str, Any], base: tuple[Pack, ...] = ()) -> tuple[Pack, ...]:
    """The packs that one file's table describes: every version, and every variant of it, the oldest first.

    A variant says what it changes; `early = false` takes a limit away. A table with a `base` says only what it changes
    of that pack, whose versions `base` then holds. Raises
    pydantic.ValidationError, and ValueError("versions") where the versions do not follow each other.
    """
    head = {name: value for name, value in table.items() if name != "versions"}
    found: list[Pack] = []
    for version in table.get("versions", ()):
        variants = version.get("variants", {})
        own = {name: value for name, value in version.items() if name != "variants"}
        under = _under(base, own.get("effective_from"))
        pack = Pack.model_validate({**under, **head, **own})
        found.append(pack)
        for name, changes in variants.items():
            change = {limit: None if value is False else value for limit, value in changes.items()}
            found.append(Pack.model_validate({**under, **head, **own, **change, "id": f"{pack.id}/{name}"}))
    whole = [pack for pack in found if "/" not in pack.id]
    if not whole or any(a.number >= b.number or a.effective_from >= b.effective_from for a, b in pairwise(whole)):
        raise ValueError("versions")
    return tuple(found)


def _under(base: tuple[Pack, ...], on: object) -> dict[str, Any]:
    """What a pack takes over from the pack it tightens, in the version in force on that day."""
    if not base or not isinstance(on, date):
        return {}
    under = in_force(base, on)
    told = {"acknowledge", "update", "answer", "after_inquiry", "extension", "second_stage", "early", "duties"}
    kept = {"calendar", "law", "sources", "outside", "letters", "prescribed", "retention", "reopen_within"}
    return {name: getattr(under, name) for name in told | kept}


def in_force(versions: tuple[Pack, ...], on: date) -> Pack:
    """The version in force on a day; before the first one, the first."""
    begun = [pack for pack in versions if pack.effective_from <= on]
    return max(begun, key=lambda pack: pack.number) if begun else min(versions, key=lambda pack: pack.number)


@cache
def catalogue() -> dict[str, tuple[Pack, ...]]:
    """Every pack that comes with the product, by id, its versions oldest first."""
    folder = files(__package__) / "packs"
    found: dict[str, tuple[Pack, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml") and file.name != "values.toml":
            for pack in versions(tomllib.loads(file.read_text("utf-8"))):
                found[pack.id] = (*found.get(pack.id, ()), pack)
    return found


@cache
def values() -> dict[str, DatedValue]:
    """The dated figures, by name."""
    table = tomllib.loads((files(__package__) / "packs" / "values.toml").read_text("utf-8"))
    return {
        name: DatedValue.model_validate({**value, "years": {int(y): n for y, n in value["years"].items()}})
        for name, value in table.items()
    }
