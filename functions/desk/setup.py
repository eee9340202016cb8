"""How far setting up has come, gathered from what is there."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel

from adapters.registers import Registers
from adapters.rulebook import Rulebook
from adapters.table import Table
from complaints.framework import DOCUMENTS, Resources, gaps
from complaints.roles import STAFF, Person
from complaints.setup import Condition, Facts, StepName, steps
from desk.asked import Who, having
from desk.rules import pack_shown


class ConditionShown(BaseModel):
    """One condition of a step, and whether it is met."""

    condition: Condition
    met: bool


class StepShown(BaseModel):
    """One step: done when nothing of it is missing. A step without conditions is done outside the product."""

    step: StepName
    done: bool
    conditions: list[ConditionShown]


class SetUp(BaseModel):
    """All steps, in the order of the standard."""

    steps: list[StepShown]


def add_setup(
    app: FastAPI, table: Table, rulebook: Rulebook, registers: Registers, clock: Callable[[], datetime], who: Who
) -> None:
    """The route."""
    Anybody = Annotated[Person, Depends(having(STAFF, who))]

    @app.get("/api/desk/setup")
    def setup(person: Anybody) -> SetUp:
        found = steps(facts(table, rulebook, registers, clock()))
        return SetUp(
            steps=[
                StepShown(
                    step=one.name,
                    done=one.done,
                    conditions=[ConditionShown(condition=name, met=met) for name, met in one.conditions],
                )
                for one in found
            ]
        )


def facts(table: Table, rulebook: Rulebook, registers: Registers, now: datetime) -> Facts:
    """What is there at a moment (UTC)."""
    settled = rulebook.newest()
    rules = rulebook.rules_of(settled.content)
    today = rules.calendar.day_of(now)
    staff = {sub: frozenset(one.get("roles", ())) for sub, one in table.staff().items() if one["active"]}
    resources: Resources | None = registers["resources"].newest().content
    lacking = gaps(resources, staff, today) if resources else None
    objectives, contact = registers["objectives"].newest().content, registers["contact"].newest().content
    approved = {name: registers[f"{name}-in-force"].newest().version for name in DOCUMENTS}
    packs = [rules.in_force(name, today) for name in rules.in_use()]
    return Facts(
        staff=staff,
        alone=rules.approver_may_be_handler,
        rules_settled=settled.version > 0,
        hours_told=contact.hours is not None,
        address_told=contact.address is not None,
        on_call=bool(settled.content.roster),
        resources=resources is not None,
        vacant=bool(lacking and lacking.vacant),
        untrained=bool(lacking and lacking.untrained),
        approved=frozenset(name for name, version in approved.items() if version),
        unread=frozenset(name for name, version in approved.items() if staff.keys() - registers.readers(name, version)),
        words_missing=any(pack_shown(pack, rules, today).needs for pack in packs),
        objectives=len(objectives.objectives) if objectives else 0,
        closed=table.counts()["closed"],
    )
