"""What binds this organisation: the packs it has chosen, its days and hours, its ladder, and who stands in for whom.

`Organisation` is what it has settled, as it is stored, one version after the other; `Rules` is what follows from it.
"""

import tomllib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from complaints import categories, packs
from complaints.calendar import DAYS, Calendar, Interval, load
from complaints.categories import Category
from complaints.complaint import Frozen, Language, LetterKind
from complaints.language import LANGUAGES
from complaints.packs import BASE, Data, DatedValue, Limit, Pack, PackId, Texts

LIMITS = {  # what one's approval may cost in all, in one currency; top management alone has no limit
    "front-line": {"TRY": Decimal(500), "GBP": Decimal(25), "EUR": Decimal(30), "USD": Decimal(30)},
    "handler": {"TRY": Decimal(5_000), "GBP": Decimal(250), "EUR": Decimal(300), "USD": Decimal(300)},
    "lead": {"TRY": Decimal(25_000), "GBP": Decimal(1_000), "EUR": Decimal(1_200), "USD": Decimal(1_200)},
    "management-representative": {
        "TRY": Decimal(100_000),
        "GBP": Decimal(5_000),
        "EUR": Decimal(6_000),
        "USD": Decimal(6_000),
    },
}

Tell = Literal["owner", "lead", "management-representative", "top-management", "roster"]
Told = Literal["acknowledge", "update", "answer"]
Limited = Literal["front-line", "handler", "lead", "management-representative"]
Currency = Literal["TRY", "GBP", "EUR", "USD"]
Amount = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
Figure = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
Year = Annotated[int, Field(ge=2000, le=2100)]
ABROAD = {"GB": "GB-ENG", "AU": "AU-NSW"}  # a country's calendar for an organisation that has its home elsewhere
CHECKED_WITHIN = timedelta(days=365)  # a prescribed text that nobody has compared for longer does not leave the house

TARGETS = {
    "safety": Limit(count=1, unit="hour"),
    "unassessed": Limit(count=1, unit="working_day"),
    "1": Limit(count=1, unit="hour"),
    "2": Limit(count=4, unit="working_hour"),
    "3": Limit(count=2, unit="working_day"),
    "4": Limit(count=5, unit="working_day"),
}


class Step(Data):
    """A rung of the ladder: when it is reached, and who is told.

    `share` is of the time allowed (1 is the due moment itself); `later` is counted in working days after it.
    """

    share: float | None = Field(default=None, gt=0, le=10)
    later: int | None = Field(default=None, ge=1, le=250)
    tell: tuple[Tell, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.share is None) == (self.later is None):
            raise ValueError("share_or_later")
        return self


class Confirmation(Frozen):
    """Who vouched for a pack, when, and on what ground: a draft that was confirmed, or a legal review."""

    by: str
    on: date
    words: Annotated[str, StringConstraints(min_length=3, max_length=2_000)]


class PrescribedText(Frozen):
    """A regulator's own words, copied, with the day on which somebody last compared them with their source."""

    words: dict[Language, str]
    checked_on: date


class Keeping(Frozen):
    """How long the organisation keeps what stands under a pack, from where that pack counts. `law` names the provision
    that wants it destroyed sooner than the pack says.
    """

    count: int = Field(gt=0, le=600)
    unit: Literal["month", "year"]
    law: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)] | None = None


class Organisation(Frozen):
    """What the organisation has settled. The defaults are those of a small firm without a law of its own.

    `packs` names those in use; the first one holds until a complaint's points are known. `categories` are in the order
    in which they are offered. `targets` are ours alone: how
    soon somebody takes a complaint up, by priority.
    """

    packs: tuple[PackId, ...] = Field(default=(BASE,), min_length=1)
    categories: tuple[Category, ...] = Field(default_factory=categories.brought_along)
    by_category: dict[int, PackId] = Field(default_factory=dict)
    own_packs: tuple[str, ...] = ()  # in TOML, as the files of the product's own packs
    confirmed: dict[PackId, Confirmation] = Field(default_factory=dict)
    legal_reviews: dict[PackId, Confirmation] = Field(default_factory=dict)
    prescribed: dict[str, PrescribedText] = Field(default_factory=dict)  # by `<pack>/<id>`
    retention: dict[PackId, Keeping] = Field(default_factory=dict)  # by pack, its variants with it
    values: dict[str, dict[Year, Figure]] = Field(default_factory=dict)  # of years that came after this release
    own_days: dict[date, str] = Field(default_factory=dict)
    hours: dict[str, tuple[Interval, ...]] | None = None
    targets: dict[str, Limit] = Field(default_factory=lambda: dict(TARGETS))
    ladder: tuple[Step, ...] = (
        Step(share=0.8, tell=("owner", "lead")),
        Step(share=1, tell=("owner", "lead")),
        Step(later=5, tell=("management-representative",)),
    )
    urgent_ladder: tuple[Step, ...] = (
        Step(share=0.5, tell=("roster",)),
        Step(share=1, tell=("roster", "lead")),
        Step(share=1.5, tell=("roster",)),
        Step(share=2, tell=("roster", "management-representative")),
    )
    roster: tuple[str, ...] = ()  # who is on call, in turn
    digest_at: tuple[time, ...] = (time(9), time(14))
    ceiling: int = Field(default=40, ge=1, le=1000)
    limits: dict[Limited, dict[Currency, Amount]] = Field(default_factory=lambda: dict(LIMITS), validate_default=True)
    reply_within: Limit | None = Limit(count=20, unit="working_day", from_="answered")  # None: we ask for no reply
    notice: Limit = Limit(count=10, unit="working_day", from_="told")  # after it, a complaint without a reply ends
    review_within: Limit = Limit(count=40, unit="working_day", from_="answered")

    @field_validator("targets")
    @classmethod
    def _every_target(cls, targets: dict[str, Limit]) -> dict[str, Limit]:
        if set(targets) != set(TARGETS):
            raise ValueError("targets")
        return targets

    @field_validator("hours")
    @classmethod
    def _days_of_the_week(cls, hours: dict[str, tuple[Interval, ...]] | None) -> dict[str, tuple[Interval, ...]] | None:
        if hours is not None and not set(hours) <= set(DAYS):
            raise ValueError("weekday")
        return hours


@dataclass(frozen=True)
class Rules:
    """The organisation's rules at work. `home` is its country's calendar, in its own time zone."""

    organisation: Organisation
    home: Calendar
    approver_may_be_handler: bool = False

    @cached_property
    def calendar(self) -> Calendar:
        """The organisation's days and hours, its own closing days among the holidays."""
        own = self.home.closed_on(self.organisation.own_days)
        return own.open_at(self.organisation.hours) if self.organisation.hours else own

    @cached_property
    def catalogue(self) -> dict[str, tuple[Pack, ...]]:
        """Every pack there is: the product's and the organisation's own."""
        found = dict(packs.catalogue())
        for pack in (one for versions in self.own_packs for one in versions):
            found[pack.id] = (*found.get(pack.id, ()), pack)
        return found

    @cached_property
    def own_packs(self) -> tuple[tuple[Pack, ...], ...]:
        """The versions of each of the organisation's own packs. Raises ValueError where one cannot be read."""
        tables = [tomllib.loads(text) for text in self.organisation.own_packs]
        return tuple(packs.versions(table, packs.catalogue().get(table.get("base", ""), ())) for table in tables)

    def pack(self, name: str, version: int) -> Pack:
        """One version of a pack, or the newest where that is not there. Raises KeyError if there is no such pack."""
        return next((one for one in self.catalogue[name] if one.number == version), self.catalogue[name][-1])

    def in_force(self, name: str, on: date) -> Pack:
        """The version of a pack that was in force on a day. Raises KeyError if there is no such pack."""
        return packs.in_force(self.catalogue[name], on)

    def selectable(self) -> tuple[str, ...]:
        """The packs that may be chosen: those that are ready, and the drafts that the organisation has confirmed."""
        return tuple(
            name
            for name, versions in self.catalogue.items()
            if versions[-1].status == "ready" or name.split("/")[0] in self.organisation.confirmed
        )

    def in_use(self) -> tuple[str, ...]:
        """The packs that a point may stand under: those chosen, and their variants."""
        chosen = self.organisation.packs
        return tuple(name for name in self.catalogue if name in chosen or name.split("/")[0] in chosen)

    def category(self, number: int) -> Texts:
        """What a category is called, out of use or not; its number where it is younger than the rules at hand."""
        names = (one.name for one in self.organisation.categories if one.number == number)
        return next(names, dict.fromkeys(LANGUAGES, str(number)))

    def pack_for(self, category: int) -> str:
        """The pack that a point of a category usually stands under."""
        return self.organisation.by_category.get(category, self.organisation.packs[0])

    def days_of(self, pack: Pack, unit: packs.Unit = "working_day") -> Calendar:
        """Whose days count under a pack: where a law sets the limit, the organisation's own closing days do not
        lengthen it.
        """
        if pack.law:
            at_home = pack.calendar in {None, self.home.code, self.home.country}
            days = self.home if at_home else load(ABROAD.get(pack.calendar or "", pack.calendar or ""))
        else:
            days = self.calendar
        return days.counting_saturdays() if unit == "working_day_with_saturday" else days

    def limit(self, pack: Pack, promise: Told, on: date, first: Pack | None = None) -> tuple[Pack, Limit]:
        """The limit of a promise, and the pack that sets it: this one, else the organisation's first, else the base.

        `on` is the day of receipt. `first` is the first pack as a complaint has kept it; None means the one of today.
        """
        for one in (pack, first or self.in_force(self.organisation.packs[0], on), self.in_force(BASE, on)):
            found: Limit | None = getattr(one, promise)
            if found:
                return one, found
        raise KeyError(promise)

    def falls_due(self, limit: Limit, start: datetime, pack: Pack | None = None) -> datetime:
        """When a limit ends that is counted from `start` (UTC): by the second for hours, else with the last second of
        its last local day. Without a pack the organisation's own days count.
        """
        calendar = self.days_of(pack, limit.unit) if pack else self.calendar
        if limit.unit == "hour":
            return start + timedelta(hours=limit.count)
        if limit.unit == "working_hour":
            return calendar.add_working_hours(start, limit.count)
        # Under a law of another time zone the clock that is behind says on which day it began, and the one ahead when
        # it ends: by both the day is then kept.
        first = min(calendar.day_of(start), self.home.day_of(start))
        last = _last_day(limit, first, calendar)
        return min(calendar.moment(last), self.home.moment(last))

    def second_stage(self, pack: Pack, on: date, first: Pack | None = None) -> tuple[Pack, packs.Stage]:
        """The second look that a pack gives, and the pack that sets it. Raises KeyError where none does."""
        for one in (pack, first or self.in_force(self.organisation.packs[0], on), self.in_force(BASE, on)):
            if one.second_stage:
                return one, one.second_stage
        raise KeyError("second_stage")

    def retention(self, pack: Pack, on: date, *, own: bool = True) -> Limit:
        """How long what stands under a pack is kept: as the organisation says (`own`), else the pack, else the base."""
        limit = pack.retention or self.in_force(BASE, on).retention
        assert limit  # noqa: S101 - the base has one
        ours = self.organisation.retention.get(pack.id.split("/")[0]) if own else None
        return Limit(count=ours.count, unit=ours.unit, from_=limit.from_) if ours else limit

    def target(self, key: str) -> Limit:
        """How soon somebody takes a complaint up: by priority, or `safety` or `unassessed` before there is one."""
        return self.organisation.targets[key]

    def prescribed(self, pack: Pack, letter: LetterKind, on: date, *, upheld: bool = False) -> tuple[Texts | None, ...]:
        """The words that a regulator wants verbatim in a letter. None for words that nobody has copied yet, or that
        were last compared with their source too long ago: such a letter does not leave.
        """
        wanted = [one for one in pack.prescribed if one.letter == letter and not (upheld and one.when == "not_upheld")]
        texts = [self.organisation.prescribed.get(f"{pack.id.split('/')[0]}/{one.id}") for one in wanted]
        return tuple(
            text.words if text and timedelta(0) <= on - text.checked_on <= CHECKED_WITHIN else None for text in texts
        )

    def value(self, name: str, year: int) -> tuple[DatedValue, Decimal | None]:
        """A dated figure and its amount in a year; None where that year's is not known yet."""
        figure = packs.values()[name]
        own = self.organisation.values.get(name, {})
        return figure, own.get(year, figure.years.get(year))


def _last_day(limit: Limit, first: date, calendar: Calendar) -> date:
    match limit.unit:
        case "calendar_day":
            last = first + timedelta(days=limit.count)
        case "week":
            last = first + timedelta(weeks=limit.count)
        case "month":
            last = _months_later(first, limit.count)
        case "year":
            last = _months_later(first, 12 * limit.count)
        case _:
            last = calendar.add_working_days(first, limit.count)
    if limit.if_due_on_holiday == "next_working_day" and not calendar.is_working_day(last):
        last = calendar.add_working_days(last, 1)
    return last


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last))


def own_pack_problems(
    organisation: Organisation, home: Calendar, before: Organisation | None = None
) -> Iterator[tuple[str, str]]:
    """What is wrong with an organisation's choice, as (pointer, code): unknown packs, drafts that nobody confirmed,
    own packs that do not parse, or that loosen what they tighten, or versions from `before` that are gone or different.
    """
    rules = Rules(organisation, home)
    try:
        known = rules.catalogue
    except (ValueError, TypeError, KeyError):  # tomllib's and pydantic's errors are ValueErrors
        yield "/own_packs", "pack_invalid"
        return
    free = set(rules.selectable())
    for index, name in enumerate(organisation.packs):
        if name not in known:
            yield f"/packs/{index}", "pack_unknown"
        elif name not in free:
            yield f"/packs/{index}", "pack_draft"
    for category, name in organisation.by_category.items():
        if name not in rules.in_use():
            yield f"/by_category/{category}", "pack_not_in_use"
    product = packs.catalogue()
    for index, text in enumerate(organisation.own_packs):
        table: dict[str, Any] = tomllib.loads(text)
        if table.get("id") in product:
            yield f"/own_packs/{index}", "pack_name_taken"
        own = known.get(table.get("id", ""), ())
        if own and own[0].base and own[0].base not in product:
            yield f"/own_packs/{index}", "pack_unknown"
        elif any(not _tightens(pack, law, rules) for pack in own for law in _laws_beside(pack, own)):
            yield f"/own_packs/{index}", "pack_loosens"
    for pack in (one for versions in (Rules(before, home).own_packs if before else ()) for one in versions):
        if pack not in known.get(pack.id, ()):  # complaints stand under it: it may be followed, and not rewritten
            yield "/own_packs", "pack_rewritten"
    for name, keeping in organisation.retention.items():
        if name not in known:
            yield f"/retention/{name}", "pack_unknown"
        elif keeping.law is None and _sooner(known[name][-1], rules):
            yield f"/retention/{name}/law", "retention_law"
    for earlier, later in pairwise(organisation.digest_at):
        if later <= earlier:
            yield "/digest_at", "order"


def _sooner(pack: Pack, rules: Rules) -> bool:
    """Whether the organisation destroys what stands under a pack before the pack would."""
    start = datetime.combine(pack.effective_from, time(12), UTC)
    theirs, ours = (rules.retention(pack, pack.effective_from, own=own) for own in (False, True))
    return rules.falls_due(ours, start, pack) < rules.falls_due(theirs, start, pack)


def _laws_beside(pack: Pack, own: tuple[Pack, ...]) -> list[Pack]:
    """The versions of the pack that this one tightens which are in force while it is."""
    laws = packs.catalogue()[pack.base] if pack.base else ()
    until = min((one.effective_from for one in own if one.effective_from > pack.effective_from), default=date.max)
    first = packs.in_force(laws, pack.effective_from) if laws else None
    return [law for law in laws if law == first or pack.effective_from < law.effective_from < until]


def _tightens(own: Pack, base: Pack, rules: Rules) -> bool:
    """Whether every limit of `own` falls due no later than its base's, tried on each day of two years."""
    if not set(own.pause) <= set(base.pause) or (own.law, own.calendar) != (base.law, base.calendar):
        return False
    if own.extension and (not base.extension or (own.extension.times or 99) > (base.extension.times or 99)):
        return False
    slots = {one.id for one in base.prescribed} <= {one.id for one in own.prescribed}
    parts = all(set(told) <= set(own.letters.get(kind, ())) for kind, told in base.letters.items())
    if not slots or not parts or (base.outside and not own.outside):
        return False
    pairs = [(getattr(own, name), getattr(base, name)) for name in ("acknowledge", "update", "answer", "after_inquiry")]
    pairs += [(own.extension and own.extension.limit, base.extension and base.extension.limit)]
    pairs += [(own.second_stage and own.second_stage.answer, base.second_stage and base.second_stage.answer)]
    pairs += [
        (next((mine.limit for mine in own.duties if mine.id == theirs.id), None), theirs.limit)
        for theirs in base.duties
    ]
    if own.extension and base.extension and not set(base.extension.must_tell) <= set(own.extension.must_tell):
        return False
    starts = [datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=n) for n in range(730)]
    for mine, theirs in pairs:
        if theirs and (mine is None or mine.from_ != theirs.from_):
            return False
        if mine and theirs and any(rules.falls_due(mine, at, own) > rules.falls_due(theirs, at, base) for at in starts):
            return False
    return True
