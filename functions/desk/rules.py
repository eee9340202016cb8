"""What the organisation has settled: read by staff, changed by few, tried out first, then applied to the open work."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Literal

from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field, ValidationError

from adapters.http import CODES
from adapters.items import Item
from adapters.rulebook import Rulebook
from adapters.table import Table
from adapters.telemetry import logger, trace
from adapters.vault import Unreadable
from adapters.versions import Version
from complaints import categories
from complaints import commands as c
from complaints.categories import Category
from complaints.complaint import Complaint, Language, Promise, State
from complaints.events import Reckoning
from complaints.impartiality import may_see
from complaints.language import LANGUAGES
from complaints.lifecycle import decide
from complaints.needs import of_a_need
from complaints.packs import DatedValue, Limit, Pack, Texts, values
from complaints.packs_told import told
from complaints.refusals import Incomplete, Refusal
from complaints.retention import kept_until
from complaints.roles import STAFF, THE_SYSTEM, Person
from complaints.rules import ABROAD, Confirmation, Organisation, Rules, own_pack_problems
from desk.asked import Asked, IfMatch, Who, having, version_of
from desk.framework import SETTLERS, Reason, VersionShown, version_shown

AT_ONCE = 100  # changes that one call makes: it must end before the gateway's patience does
SIDE_BY_SIDE = 8  # histories read at the same time
EXAMPLES = 50
SOON = timedelta(days=30)
A_YEAR = timedelta(days=365)
LOGGED = timedelta(days=2 * 365)


class PackShown(BaseModel):
    """A pack in the version in force today. `limits` are lines for people; `needs` are the prescribed texts that
    nobody has copied, or compared with their source lately; `keeps` is how long it keeps what stands under it.
    """

    id: str
    version: int
    effective_from: date
    title: Texts
    status: Literal["ready", "draft"]
    confidence: Literal["high", "medium", "low", "own_choice"]
    law: bool
    base: str | None
    calendar: str | None
    selectable: bool
    in_use: bool
    sources: tuple[str, ...]
    note: Texts | None
    limits: Annotated[dict[Language, list[str]], Field(min_length=len(LANGUAGES))]
    needs: list[str]
    keeps: Limit
    legal_review: Confirmation | None
    confirmed: Confirmation | None


class Packs(BaseModel):
    """All of them, and the organisation's own."""

    packs: list[PackShown]


class Categories(BaseModel):
    """What a point may be about, in the organisation's order; those out of use are there for what bears them."""

    categories: list[Category]


class Figure(DatedValue):
    """A figure that is set anew for each year; `years` are those that the product knows."""

    name: str


class Holiday(BaseModel):
    """A public holiday; half of one begins at `from_time` (local)."""

    on: date
    name: str
    from_time: time | None


class HomeCalendar(BaseModel):
    """The calendar of the country, chosen when the product was installed, with its holidays of the coming year."""

    code: str
    name: str
    holidays: list[Holiday]


class Ruled(VersionShown):
    """The version in force; the history has the newest first. `changed` says which version last changed a setting; what
    is as the product brought it along is not in it.
    """

    organisation: Organisation
    changed: dict[str, VersionShown]
    calendars: list[str]
    figures: list[Figure]
    can_change: bool
    history: list[VersionShown]


class Proposal(Asked):
    """What might be settled."""

    organisation: Organisation


class Settlement(Proposal):
    """What is to be settled, and why."""

    reason: Reason


class Because(Asked):
    """Why the dates are worked out anew."""

    reason: Reason


class Problem(BaseModel):
    """What is wrong with a proposal, and where (a JSON pointer)."""

    pointer: str
    code: str = Field(json_schema_extra={"enum": [*sorted(CODES)]})


class Example(BaseModel):
    """A due day (local) that would change."""

    reference: str
    promise: Promise
    point: int | None
    old: date
    new: date


class Ending(BaseModel):
    """How many closed complaints are destroyed in the coming night, and how many in the thirty days after it."""

    next: int
    soon: int


class Night(BaseModel):
    """What was destroyed on a day (local)."""

    on: date
    complaints: int
    files: int


class Retention(Ending):
    """What is kept no longer now, and what was destroyed in the last two years, the newest day first. Of what was
    restricted the log tells those who may know of it.
    """

    log: list[Night]


class Effect(BaseModel):
    """What a proposal would do to the open complaints: how many there are, how many would get another date, and of
    these how many an earlier and how many a later one; and which closed ones would be destroyed. Nothing is worked out
    while there are problems.
    """

    problems: list[Problem]
    open: int
    touched: int
    earlier: int
    later: int
    examples: list[Example]
    ending: Ending


class Applied(BaseModel):
    """How many complaints got other dates or wake at another time, are left for the next call, could not be changed.

    The restricted ones are changed too, and no count holds them.
    """

    changed: int
    left: int
    failed: int


@dataclass(frozen=True)
class Recalculation:
    """What other rules make of one complaint: each clock's new reckoning, beside the moment at which it is due now."""

    complaint: Complaint
    ask: c.Recalculate
    clocks: tuple[tuple[datetime, Reckoning], ...]


def add_rules(app: FastAPI, table: Table, rulebook: Rulebook, clock: Callable[[], datetime], who: Who) -> None:
    """The routes of packs and rules."""
    Anybody = Annotated[Person, Depends(having(STAFF, who))]
    Settler = Annotated[Person, Depends(having(SETTLERS, who))]

    @app.get("/api/desk/packs")
    def packs(person: Anybody) -> Packs:
        rules = table.rules
        today = rules.calendar.day_of(clock())
        return Packs(packs=[pack_shown(rules.in_force(name, today), rules, today) for name in rules.catalogue])

    @app.get("/api/desk/categories")
    def list_categories(person: Anybody) -> Categories:
        return Categories(categories=list(table.rules.organisation.categories))

    @app.get("/api/desk/calendar")
    def home_calendar(person: Anybody) -> HomeCalendar:
        home, today = table.rules.home, table.rules.calendar.day_of(clock())
        days = [Holiday(on=on, name=name, from_time=None) for on, name in home.holidays.items()]
        days += [Holiday(on=on, name=half.name, from_time=half.from_) for on, half in home.half_days.items()]
        coming = sorted((one for one in days if today <= one.on <= today + A_YEAR), key=lambda one: one.on)
        return HomeCalendar(code=home.code, name=home.name, holidays=coming)

    @app.get("/api/desk/retention")
    def retention(person: Anybody) -> Retention:
        now, rules = clock(), table.rules
        nights: dict[date, Night] = {}
        destroyed = list(table.destroyed(now - LOGGED))
        secret = table.each(one.reference for one in destroyed if one.restricted)
        known = {one.reference for one in secret if may_see(person, one)}
        for one in destroyed:
            if one.restricted and one.reference not in known:
                continue
            day = rules.calendar.day_of(one.at)
            night = nights.setdefault(day, Night(on=day, complaints=0, files=0))
            night.complaints += 1
            night.files += one.files
        return Retention(**ending(table, rules, now).model_dump(), log=list(nights.values()))

    @app.get("/api/desk/rules")
    def read(person: Anybody) -> Ruled:
        return ruled(rulebook.newest(), rulebook, table.staff(), person)

    @app.post("/api/desk/rules/preview")
    def preview(body: Proposal, person: Settler) -> Effect:
        found = [Problem(pointer=pointer, code=code) for pointer, code in _problems(body.organisation, rulebook)]
        seen = [one for one in open_work(table) if not one.restricted]  # who settles rules need not know of each
        if found:
            none = Ending(next=0, soon=0)
            return Effect(problems=found, open=len(seen), touched=0, earlier=0, later=0, examples=[], ending=none)
        now, proposed = clock(), rulebook.rules_of(body.organisation)
        changes = recalculations(seen, table, proposed, person, now)
        return _effect(len(seen), changes, ending(table, proposed, now), rulebook.rules())

    @app.put("/api/desk/rules")
    def settle(body: Settlement, if_match: IfMatch, person: Settler) -> Ruled:
        after = version_of(if_match)
        if found := list(_problems(body.organisation, rulebook)):
            raise Incomplete(*found)
        by = person.actor.id or ""
        return ruled(
            rulebook.settle(body.organisation, body.reason, by, clock(), after=after), rulebook, table.staff(), person
        )

    @app.post("/api/desk/rules/apply")
    def apply(body: Because, person: Settler) -> Applied:
        rulebook.newest()  # what is applied is what is in force now, not what this process last read
        now = clock()
        done = Applied(changed=0, left=0, failed=0)
        for change in recalculations(open_work(table), table, table.rules, person, now, body.reason):
            reference, counts = change.complaint.reference, not change.complaint.restricted
            if counts and done.changed == AT_ONCE:
                done.left += 1
                continue
            try:
                table.change(reference, change.ask, person, now)
                done.changed += counts
            except (Refusal, Unreadable) as error:
                logger.error("not recalculated", reference=reference, **trace(error))
                done.failed += counts
        for complaint in list(table.waking_wrongly()):
            counts = not complaint.restricted
            if counts and done.changed == AT_ONCE:
                done.left += 1
            elif table.rewind(complaint):
                done.changed += counts
        return done


def ruled(settled: Version[Organisation], rulebook: Rulebook, staff: dict[str, Item], person: Person) -> Ruled:
    """A version as `person` sees it, with those before it."""
    history = rulebook.history()
    return Ruled(
        **version_shown(settled, staff),
        organisation=settled.content,
        changed={name: VersionShown(**version_shown(one, staff)) for name, one in _last_changed(history).items()},
        calendars=list(calendars()),
        figures=[Figure(name=name, **one.model_dump()) for name, one in values().items()],
        can_change=person.may(SETTLERS),
        history=[VersionShown(**version_shown(one, staff)) for one in history],
    )


def _last_changed(history: list[Version[Organisation]]) -> dict[str, Version[Organisation]]:
    """The version that last changed each setting; `history` has the newest first."""
    found: dict[str, Version[Organisation]] = {}
    contents = [*(one.content for one in history), Organisation()]
    for version, (after, before) in zip(history, pairwise(contents), strict=True):
        for name in Organisation.model_fields:
            if getattr(after, name) != getattr(before, name):
                found.setdefault(name, version)
    return found


@cache
def calendars() -> tuple[str, ...]:
    """The codes of the calendars that come with the product."""
    folder = files("complaints") / "calendars"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def open_work(table: Table) -> list[Complaint]:
    """Every open complaint, the first due first."""
    return [complaint for complaint, _, _ in table.page("open", None, THE_SYSTEM) if complaint.state != State.CLOSED]


def recalculations(
    work: list[Complaint], table: Table, rules: Rules, person: Person, now: datetime, reason: str = ""
) -> list[Recalculation]:
    """Those complaints of which these rules make something else, as `decide` says."""
    running = [one for one in work if any(not clock.broken for clock in one.running)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as readers:
        histories = list(readers.map(lambda one: table.reckonings(one.reference), running))
    found = []
    for complaint, because in zip(running, histories, strict=True):
        ask = c.Recalculate(because=because, reason=reason)
        due = {clock.hangs_on: clock.due for clock in complaint.clocks}
        new = [
            one
            for event in decide(complaint, ask, person, now, rules)
            if event.type == "ClocksRecalculated"
            for one in event.clocks
        ]
        if new:
            clocks = tuple((due[one.promise, one.point, one.duty], one) for one in new)
            found.append(Recalculation(complaint, ask, clocks))
    return found


def ending(table: Table, rules: Rules, now: datetime) -> Ending:
    """What these rules let be destroyed. Of restricted complaints no count tells."""
    closed = (one for one, _, _ in table.page("closed", None, THE_SYSTEM) if not one.restricted)
    ends = [until for one in closed if (until := kept_until(one, rules))]
    return Ending(next=sum(until < now for until in ends), soon=sum(now <= until < now + SOON for until in ends))


def _effect(open_now: int, changes: list[Recalculation], ending: Ending, rules: Rules) -> Effect:
    day_of = rules.calendar.day_of
    examples = [
        Example(
            reference=change.complaint.reference,
            promise=new.promise,
            point=new.point,
            old=day_of(old),
            new=day_of(new.due),
        )
        for change in changes
        for old, new in change.clocks
        if not of_a_need(new.duty)
    ]
    return Effect(
        problems=[],
        open=open_now,
        touched=len(changes),
        earlier=sum(any(new.due < old for old, new in change.clocks) for change in changes),
        later=sum(any(new.due > old for old, new in change.clocks) for change in changes),
        examples=examples[:EXAMPLES],
        ending=ending,
    )


def _problems(organisation: Organisation, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """What is wrong with a proposal, as (pointer, code)."""
    for pointer, code in _wrong(organisation, rulebook.rules_of(organisation), rulebook.newest().content):
        yield f"/organisation{pointer}", code


def _wrong(organisation: Organisation, proposed: Rules, before: Organisation) -> list[tuple[str, str]]:
    try:
        proposed.calendar  # noqa: B018 - it is made when it is first asked for
    except ValidationError:
        return [("/hours", "hours_invalid")]
    try:
        if found := list(own_pack_problems(organisation, proposed.home, before)):
            return found
    except (AttributeError, RecursionError):  # TOML that parses and still is no pack at all
        return [("/own_packs", "pack_invalid")]
    own = [pack for versions in proposed.own_packs for pack in versions]
    if len({(pack.id, pack.number) for pack in own}) < len(own):
        return [("/own_packs", "pack_name_taken")]
    if any(pack.calendar not in {None, *ABROAD, *calendars()} for pack in own):
        return [("/own_packs", "calendar_unknown")]
    unknown = [(f"/values/{name}", "unknown_field") for name in organisation.values if name not in values()]
    alone = [
        (f"/prescribed/{name}/words/{language}", "required")
        for name, text in organisation.prescribed.items()
        for language in LANGUAGES
        if not text.words.get(language, "").strip()
    ]
    return unknown + alone + list(categories.problems(organisation.categories, before.categories))


def pack_shown(pack: Pack, rules: Rules, today: date) -> PackShown:
    """A pack in the version in force on a local day, and what it still needs."""
    organisation, name = rules.organisation, pack.id.split("/")[0]
    texts = [(one.id, pack.model_copy(update={"prescribed": (one,)}), one.letter) for one in pack.prescribed]
    return PackShown(
        **pack.model_dump(include=set(PackShown.model_fields)),
        version=pack.number,
        selectable=pack.id in rules.selectable(),
        in_use=pack.id in rules.in_use(),
        limits=told(pack),
        keeps=rules.retention(pack, today, own=False),
        needs=[text for text, alone, letter in texts if None in rules.prescribed(alone, letter, today)],
        legal_review=organisation.legal_reviews.get(name),
        confirmed=organisation.confirmed.get(name),
    )
