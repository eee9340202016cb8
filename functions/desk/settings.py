"""All settings in one place: who changed what, and what follows for objectives, resources and authority."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Depends, FastAPI
from pydantic import BaseModel

from adapters.figures import Figures
from adapters.items import Item
from adapters.registers import Registers
from adapters.rulebook import Rulebook
from adapters.table import Table
from adapters.versions import Version
from complaints.framework import Member, Objectives, Resources, gaps
from complaints.lifecycle import MOVES
from complaints.objectives import Measure, Period, months, reached, value
from complaints.roles import STAFF, Person
from complaints.words import alphabetical
from desk.asked import Who, having
from desk.framework import VersionShown, version_shown

LATEST = 100  # changes that are listed


class Setting(VersionShown):
    """The last change of what is kept in versions."""

    of: str


class Change(Setting):
    """One version among all. `member` is whose account was made or changed, with the roles held since then; that is
    done on the command line, so nobody's name stands beside it.
    """

    member: str | None
    roles: list[str]


class Settings(BaseModel):
    """Everything that somebody has settled, by name, and the latest changes of all, the newest first."""

    settings: list[Setting]
    history: list[Change]


class Standing(BaseModel):
    """Where an objective stands: what was measured in the present period, and whether that is enough."""

    measure: Measure
    period: Period
    value: float | None
    reached: bool | None


class Standings(BaseModel):
    """All of them, in their order."""

    standings: list[Standing]


class Lacking(BaseModel):
    """What resources are missing today: people by role, and the names of those whose training does not count."""

    vacant: dict[str, int]
    untrained: list[str]


class Allowed(BaseModel):
    """A move of the desk, in the order of a complaint's life, and who may make it."""

    move: str
    roles: list[str]


class Authority(BaseModel):
    """Who may do what, as the table of moves has it, and what each role may spend by its own approval."""

    moves: list[Allowed]
    limits: dict[str, dict[str, Decimal]]


def add_settings(
    app: FastAPI,
    table: Table,
    rulebook: Rulebook,
    registers: Registers,
    figures: Figures,
    clock: Callable[[], datetime],
    who: Who,
) -> None:
    """The routes."""
    Anybody = Annotated[Person, Depends(having(STAFF, who))]

    @app.get("/api/desk/settings")
    def settings(person: Anybody) -> Settings:
        staff = table.staff()
        changes = [*rulebook.history(), *registers.history()]
        changes.sort(key=lambda one: (one.at or clock(), one.version), reverse=True)
        return Settings(
            settings=[Setting(of=one.of, **version_shown(one, staff)) for one in registers.latest()],
            history=[_change(one, staff) for one in changes[:LATEST]],
        )

    @app.get("/api/desk/framework/objectives/standings")
    def standings(person: Anybody) -> Standings:
        register: Objectives | None = registers["objectives"].newest().content
        objectives = register.objectives if register else ()
        today, found = table.rules.calendar.day_of(clock()), []
        kept = {month: figures.facts(month) for month in {m for one in objectives for m in months(one.period, today)}}
        for one in objectives:
            facts = [fact for month in months(one.period, today) for fact in kept[month]]
            measured = value(one.measure, facts)
            enough = reached(one.measure, measured, float(one.target))
            found.append(Standing(measure=one.measure, period=one.period, value=measured, reached=enough))
        return Standings(standings=found)

    @app.get("/api/desk/framework/resources/gaps")
    def lacking(person: Anybody) -> Lacking:
        register: Resources | None = registers["resources"].newest().content
        staff = {sub: one for sub, one in table.staff().items() if one["active"]}
        if register is None:
            return Lacking(vacant={}, untrained=[])
        roles = {sub: frozenset(one.get("roles", ())) for sub, one in staff.items()}
        found = gaps(register, roles, table.rules.calendar.day_of(clock()))
        return Lacking(
            vacant=found.vacant,
            untrained=sorted((str(staff[sub]["name"]) for sub in found.untrained), key=alphabetical),
        )

    @app.get("/api/desk/authority")
    def authority(person: Anybody) -> Authority:
        limits = table.rules.organisation.limits
        return Authority(
            moves=[Allowed(move=one.name, roles=sorted(one.roles & STAFF)) for one in MOVES if one.shown],
            limits={role: {**by} for role, by in limits.items()},
        )


def _change(settled: Version[Any], staff: dict[str, Item]) -> Change:
    member = settled.content if isinstance(settled.content, Member) else None
    shown = version_shown(settled, staff)
    return Change(of=settled.of, **shown, member=member and member.name, roles=list(member.roles) if member else [])
