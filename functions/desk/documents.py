"""Commitment and policy: approved by somebody of top management who did not write them, then read by everybody here."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, FastAPI
from pydantic import BaseModel

from adapters.registers import Registers
from adapters.table import Table
from complaints.framework import DOCUMENTS, Document, InForce
from complaints.refusals import NotNow, OutOfDate
from complaints.roles import STAFF, Person, Role
from complaints.words import alphabetical
from desk.asked import Asked, IfMatch, Who, having, version_of
from desk.framework import Reason, VersionShown, version_shown

TOP_MANAGEMENT = frozenset({Role.TOP_MANAGEMENT})
D = TypeVar("D", bound=Document)


class Approval(Asked):
    """On what ground a draft is put in force."""

    reason: Reason


class Reader(BaseModel):
    """A member of staff, and when they said that they had read it (UTC); None if they have not."""

    id: str
    name: str
    at: datetime | None


class Approved(VersionShown, Generic[D]):
    """What was approved last, of which version of the drafts, by whom and why; version 0 if nothing was. `to_approve`
    says that there is a newer draft, `may_approve` whether it is for the asker to approve it.
    """

    document: D | None
    draft: int
    to_approve: bool
    may_approve: bool
    review_late: bool
    have_read: bool
    readers: list[Reader]


def add_documents(app: FastAPI, table: Table, registers: Registers, clock: Callable[[], datetime], who: Who) -> None:
    """The routes of what is approved."""
    for name, kind in DOCUMENTS.items():
        add_document(app, name, kind, table, registers, clock, who)


def add_document(
    app: FastAPI,
    name: str,
    kind: type[Document],
    table: Table,
    registers: Registers,
    clock: Callable[[], datetime],
    who: Who,
) -> None:
    """Three routes for each document."""
    Anybody = Annotated[Person, Depends(having(STAFF, who))]
    Approver = Annotated[Person, Depends(having(TOP_MANAGEMENT, who))]
    path = f"/api/desk/framework/{name}"

    @app.get(f"{path}/in-force", name=f"{name} in force")
    def in_force(person: Anybody) -> Approved[kind]:  # type: ignore[valid-type]
        return approved(name, registers, table, person, clock())

    @app.post(f"{path}/approve", name=f"approve {name}")
    def approve(body: Approval, if_match: IfMatch, person: Approver) -> Approved[kind]:  # type: ignore[valid-type]
        draft, before, me = registers[name].newest(), registers[f"{name}-in-force"].newest(), person.actor.id or ""
        if draft.version != version_of(if_match):
            raise OutOfDate(draft)
        if draft.content is None or (before.content and before.content.draft == draft.version):
            raise NotNow("nothing_to_approve")
        if draft.by == me and not table.rules.approver_may_be_handler:
            raise NotNow("second_person")
        by = str(table.staff()[me]["name"])
        settled = InForce[kind](document=draft.content, draft=draft.version, approved_by=by)  # type: ignore[valid-type]
        registers[f"{name}-in-force"].settle(settled, body.reason, me, clock(), after=before.version)
        return approved(name, registers, table, person, clock())

    @app.post(f"{path}/read", name=f"have read {name}")
    def read(if_match: IfMatch, person: Anybody) -> Approved[kind]:  # type: ignore[valid-type]
        newest = registers[f"{name}-in-force"].newest()
        if not newest.version or newest.version != version_of(if_match):
            raise NotNow("other_version")
        registers.read(name, newest.version, person.actor.id or "", clock())
        return approved(name, registers, table, person, clock())


def approved(name: str, registers: Registers, table: Table, person: Person, now: datetime) -> Approved[Any]:
    """What is in force, as `person` sees it."""
    newest, draft, staff = registers[f"{name}-in-force"].newest(), registers[name].newest(), table.staff()
    kept: InForce[Any] | None = newest.content
    readers = registers.readers(name, newest.version)
    return Approved(
        **version_shown(newest, staff),
        document=kept and kept.document,
        draft=kept.draft if kept else 0,
        to_approve=draft.version > (kept.draft if kept else 0),
        may_approve=person.may(TOP_MANAGEMENT),
        review_late=kept is not None and kept.document.review_on < table.rules.calendar.day_of(now),
        have_read=person.actor.id in readers,
        readers=[
            Reader(id=sub, name=one["name"], at=readers.get(sub))
            for sub, one in sorted(staff.items(), key=lambda one: alphabetical(one[1]["name"]))
            if one["active"]
        ],
    )


def unread(registers: Registers, person: Person) -> list[str]:
    """Which documents this person has not yet read in the version that was approved last."""
    found = {name: registers[f"{name}-in-force"].recent().version for name in DOCUMENTS}
    return [
        name
        for name, version in found.items()
        if version and not registers.has_read(name, version, person.actor.id or "")
    ]
