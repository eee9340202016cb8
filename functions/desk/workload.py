"""Who has how much to do, who is away, and a leaver's files in other hands."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field

from adapters.absences import Absence, Absences
from adapters.items import Item
from adapters.table import Table
from adapters.telemetry import logger, trace
from adapters.vault import Unreadable
from complaints import commands as c
from complaints.refusals import Incomplete, NotAllowed, Refusal
from complaints.report import Load, Workload, workload
from complaints.roles import READERS, STAFF, WRITERS, Person, Role
from complaints.words import alphabetical
from desk.asked import Asked, StaffRole, Who, having, works_here

CASEWORK = frozenset({Role.HANDLER, Role.LEAD})
LEADERS = frozenset({Role.LEAD, Role.MANAGEMENT_REPRESENTATIVE})
AT_ONCE = 50  # files that one call hands over: it must end before the gateway's patience does

Sub = Annotated[str, Field(min_length=1, max_length=64)]


class Colleague(BaseModel):
    """Somebody a complaint can be given to. `away_until` is a local date; `open` counts what they have already."""

    id: str
    name: str
    roles: list[StaffRole]
    away_until: date | None
    open: int | None


class Colleagues(BaseModel):
    """All of them, by name."""

    staff: list[Colleague]


class Unassigned(BaseModel):
    """What nobody has taken up. `overdue_to_take_up` counts those that somebody should have."""

    open: int
    late: int
    oldest_received_at: datetime | None
    overdue_to_take_up: int


class Away(BaseModel):
    """Until when (a local date, included), and who stands in."""

    until: date
    deputy_name: str


class Worker(BaseModel):
    """What one person has to do. `days` counts what falls due on each of the days ahead; `ceiling_share` is above 1
    for somebody with more than the organisation thinks right.
    """

    id: str
    name: str
    roles: list[StaffRole]
    open: int
    late: int
    urgent: int
    ceiling_share: float
    days: list[int]
    away: Away | None


class Shared(BaseModel):
    """The work and the people: caseworkers, and whoever else owns an open complaint. `now` is UTC, `days` are local."""

    now: datetime
    ceiling: int
    open: int
    unassigned: Unassigned
    days: list[date]
    people: list[Worker]
    due: list[int]


class Handover(Asked):
    """Everything that `from` has open goes to `to`."""

    from_: Sub = Field(alias="from")
    to: Sub
    reason: Annotated[c.Words, Field(max_length=2_000)]


class HandedOver(BaseModel):
    """How many went over, how many are left for the next call, and which could not go."""

    moved: int
    left: int
    failed: list[str]


class Leave(Asked):
    """Who is away from when until when (local dates, both included), and who stands in."""

    staff_id: Sub
    from_: c.Day = Field(alias="from")
    until: c.Day
    deputy_id: Sub


class AbsenceShown(BaseModel):
    """The same as it stands in the register."""

    id: str
    staff_id: str
    name: str
    from_: date = Field(alias="from")
    until: date
    deputy_id: str
    deputy_name: str


class Register(BaseModel):
    """Who is away now or will be, the earliest first."""

    absences: list[AbsenceShown]


def add_workload(app: FastAPI, table: Table, absences: Absences, clock: Callable[[], datetime], who: Who) -> None:
    """The routes about people and their work."""
    Reader = Annotated[Person, Depends(having(READERS, who))]
    Anybody = Annotated[Person, Depends(having(STAFF, who))]
    Leader = Annotated[Person, Depends(having(LEADERS, who))]

    def today() -> date:
        return table.rules.calendar.day_of(clock())

    def away() -> dict[str, Absence]:
        return {one.sub: one for one in absences.all() if one.first <= today() <= one.until}

    def lies_where(person: Person) -> Workload:
        work = (complaint for complaint, _, _ in table.page("open", None, person))
        return workload(work, clock(), table.rules)

    @app.get("/api/desk/staff")
    def colleagues(person: Anybody) -> Colleagues:
        known, gone, work = table.staff(), away(), lies_where(person)
        active = sorted(
            ((item["name"], sub) for sub, item in known.items() if item["active"]),
            key=lambda one: (alphabetical(one[0]), one[1]),
        )
        return Colleagues(
            staff=[
                Colleague(
                    id=sub,
                    name=name,
                    roles=_roles(known[sub]),
                    away_until=gone[sub].until if sub in gone else None,
                    open=work.of.get(sub, Load()).open,
                )
                for name, sub in active
            ]
        )

    @app.get("/api/desk/workload")
    def shared(person: Reader) -> Shared:
        known, gone, work, ceiling = table.staff(), away(), lies_where(person), table.rules.organisation.ceiling
        caseworkers = {sub for sub, item in known.items() if item["active"] and CASEWORK & set(item.get("roles", []))}
        owners = {sub for sub in work.of if sub}
        people = [_worker(sub, work.of.get(sub, Load()), ceiling, known, gone.get(sub)) for sub in caseworkers | owners]
        nobody = work.of.get(None, Load())
        return Shared(
            now=clock(),
            ceiling=ceiling,
            open=work.everybody.open,
            unassigned=Unassigned(
                open=nobody.open,
                late=nobody.late,
                oldest_received_at=nobody.oldest,
                overdue_to_take_up=nobody.not_taken_up,
            ),
            days=list(work.days),
            people=sorted(people, key=lambda one: (alphabetical(one.name), one.id)),
            due=work.everybody.days,
        )

    @app.post("/api/desk/handover")
    def hand_over(body: Handover, person: Leader) -> HandedOver:
        if body.to == body.from_ or not works_here(table, body.to, WRITERS):
            raise Incomplete(("/to", "choice_required"))
        done = HandedOver(moved=0, left=0, failed=[])
        for complaint in list(table.owned(body.from_, person)):
            if done.moved == AT_ONCE:
                done.left += 1
                continue
            try:
                done.moved += _hand_over(complaint.reference, body, person, table, clock())
            except (Refusal, Unreadable) as error:
                logger.error("not handed over", reference=complaint.reference, **trace(error))
                done.failed.append(complaint.reference)
        return done

    @app.get("/api/desk/absences")
    def register(person: Reader) -> Register:
        known, ahead = table.staff(), [one for one in absences.all() if one.until >= today()]
        return Register(absences=[_absence(one, known) for one in sorted(ahead, key=lambda one: (one.first, one.id))])

    @app.post("/api/desk/absences")
    def leave(body: Leave, person: Reader) -> Register:
        _may_send_away(person, body.staff_id)
        asked = Absence(body.staff_id, body.from_, body.until, body.deputy_id, by=person.actor.id or "")
        if wrong := _wrong(asked, table, absences, today()):
            raise Incomplete(wrong)
        absences.add(asked)
        return register(person)

    @app.delete("/api/desk/absences/{absence}")
    def strike_out(absence: str, person: Reader) -> Register:
        for one in absences.all():
            if one.id == absence:
                _may_send_away(person, one.sub)
                absences.remove(absence)
        return register(person)


def _worker(sub: str, load: Load, ceiling: int, known: dict[str, Item], gone: Absence | None) -> Worker:
    return Worker(
        id=sub,
        name=_name(sub, known),
        roles=_roles(known.get(sub, {})),
        open=load.open,
        late=load.late,
        urgent=load.urgent,
        ceiling_share=round(load.open / ceiling, 3),
        days=load.days,
        away=Away(until=gone.until, deputy_name=_name(gone.deputy, known)) if gone else None,
    )


def _hand_over(reference: str, body: Handover, person: Person, table: Table, now: datetime) -> bool:
    """One file, unless the index is behind and it went before."""
    there = table.load(reference)
    if there is None or there.owner != body.from_:
        return False
    table.change(reference, c.Assign(owner=body.to, reason=body.reason), person, now, version=there.version)
    return True


def _may_send_away(person: Person, sub: str) -> None:
    """Everybody enters their own leave, a lead anybody's. Raises NotAllowed."""
    if person.actor.id != sub and not person.may(frozenset({Role.LEAD})):
        raise NotAllowed


def _wrong(asked: Absence, table: Table, absences: Absences, today: date) -> tuple[str, str] | None:
    """What is wrong with an absence, as (pointer, code). The very same one again is not wrong."""
    if not works_here(table, asked.sub):
        return "/staff_id", "choice_required"
    if asked.deputy == asked.sub or not works_here(table, asked.deputy):
        return "/deputy_id", "choice_required"
    if asked.until < asked.first:
        return "/until", "not_later"
    if asked.until < today:
        return "/until", "date_in_past"
    for one in absences.all():
        if one.first <= asked.until and asked.first <= one.until:
            if one.sub == asked.deputy:
                return "/deputy_id", "deputy_away"
            if one.sub == asked.sub and (one.first, one.until, one.deputy) != (asked.first, asked.until, asked.deputy):
                return "/from", "already_away"
    return None


def _absence(one: Absence, known: dict[str, Item]) -> AbsenceShown:
    return AbsenceShown.model_validate(
        {
            "id": one.id,
            "staff_id": one.sub,
            "name": _name(one.sub, known),
            "from": one.first,
            "until": one.until,
            "deputy_id": one.deputy,
            "deputy_name": _name(one.deputy, known),
        }
    )


def _roles(item: Item) -> list[Role]:
    """Somebody's roles; a group of the user pool that is none of ours is left out."""
    return [Role(name) for name in item.get("roles", []) if name in STAFF]


def _name(sub: str, known: dict[str, Item]) -> str:
    """Somebody's name; of those who have left the list only the id is known."""
    return str(known.get(sub, {}).get("name", sub))
