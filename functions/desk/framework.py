"""The registers of the framework: read by staff, settled by few. Each version says by whom, when, and why."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel, Field

from adapters.items import Item
from adapters.registers import Registers
from adapters.table import Table
from adapters.versions import Version
from complaints import commands as c
from complaints.contrast import Accent, accent
from complaints.framework import REGISTERS, Here, Register
from complaints.refusals import Incomplete
from complaints.roles import STAFF, Person, Role
from desk.asked import Asked, IfMatch, Who, having, version_of

SETTLERS = frozenset({Role.MANAGEMENT_REPRESENTATIVE, Role.ADMINISTRATOR})

Reason = Annotated[c.Words, Field(max_length=2_000)]
Colour = Annotated[str, Query(pattern=r"^#[0-9a-fA-F]{6}$")]
R = TypeVar("R", bound=Register)


class VersionShown(BaseModel):
    """Who settled a version, when (UTC), and why. All None for what the product brings along."""

    version: int
    by_name: str | None
    at: datetime | None
    reason: str | None


class Kept(VersionShown, Generic[R]):
    """The newest version of a register: without content as long as nobody has settled any. The history has the newest
    first.
    """

    content: R | None
    can_change: bool
    history: list[VersionShown]


class Entry(Asked, Generic[R]):
    """What a register is to hold, and why."""

    content: R
    reason: Reason


def add_framework(app: FastAPI, table: Table, registers: Registers, clock: Callable[[], datetime], who: Who) -> None:
    """The routes of the registers."""
    for name, kind in REGISTERS.items():
        add_register(app, name, kind, table, registers, clock, who)
    add_colours(app, who)


def add_colours(app: FastAPI, who: Who) -> None:
    """What a colour becomes so that it can be read, before anybody settles it."""

    @app.get("/api/desk/accent")
    def see(colour: Colour, person: Annotated[Person, Depends(having(STAFF, who))]) -> Accent:
        return accent(colour.lower())


def add_register(
    app: FastAPI,
    name: str,
    kind: type[Register],
    table: Table,
    registers: Registers,
    clock: Callable[[], datetime],
    who: Who,
) -> None:
    """Two routes of its own for each register, so that its content is checked and published as its kind says."""
    Anybody = Annotated[Person, Depends(having(STAFF, who))]
    Settler = Annotated[Person, Depends(having(SETTLERS, who))]
    path = f"/api/desk/framework/{name}"

    @app.get(path, name=f"read {name}")
    def read(person: Anybody) -> Kept[kind]:  # type: ignore[valid-type]
        return kept(registers[name].newest(), registers, table.staff(), person)

    @app.put(path, name=f"settle {name}")
    def settle(body: Entry[kind], if_match: IfMatch, person: Settler) -> Kept[kind]:  # type: ignore[valid-type]
        content: Register = body.content
        after = version_of(if_match)
        now, rules, staff = clock(), table.rules, table.staff()
        works = {sub: bool(one["active"]) for sub, one in staff.items()}
        here = Here(rules.home.code[:2], rules.calendar.day_of(now), works)
        if found := [(f"/content{pointer}", code) for pointer, code in content.wrong(here)]:
            raise Incomplete(*found)
        settled = registers[name].settle(content, body.reason, person.actor.id or "", now, after=after)
        return kept(settled, registers, staff, person)


def kept(settled: Version[Any], registers: Registers, staff: dict[str, Item], person: Person) -> Kept[Any]:
    """A version as `person` sees it, with those before it."""
    return Kept(
        **version_shown(settled, staff),
        content=settled.content,
        can_change=person.may(SETTLERS),
        history=[VersionShown(**version_shown(one, staff)) for one in registers[settled.of].history()],
    )


def version_shown(settled: Version[Any], staff: dict[str, Item]) -> Item:
    """The fields of a VersionShown."""
    name = staff.get(settled.by or "", {}).get("name")
    return {"version": settled.version, "by_name": name, "at": settled.at, "reason": settled.reason}
