"""One act on several complaints that somebody has ticked: each under its own rules, and done once."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid5

from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field

from adapters.table import Table
from adapters.vault import Unreadable
from complaints import commands as c
from complaints.complaint import Complaint, State
from complaints.refusals import Incomplete, NotNow, Refusal
from complaints.roles import CASEWORKERS, REVIEWERS, WRITERS, Person
from desk.asked import Asked, Key, Who, having

AT_ONCE = 50  # complaints: it must end before the gateway's patience does


class Ticked(Asked):
    """A complaint as it was seen."""

    reference: Annotated[str, Field(min_length=1, max_length=20)]
    version: Annotated[int, Field(ge=1)]


class Several(Asked):
    """Those that somebody has ticked."""

    complaints: Annotated[list[Ticked], Field(min_length=1, max_length=AT_ONCE)]


class Given(Several):
    """All of them go to one handler."""

    owner: c.Sub


class Noted(Several):
    """The same note stands on each of them."""

    words: c.Words


class Linked(Several):
    """All of them belong to one systemic case."""

    case: Annotated[c.Line, Field(max_length=60, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]
    words: Annotated[Annotated[c.Words, Field(max_length=1_000)] | None, c.OrNone] = None


class NotDone(BaseModel):
    """A complaint on which it was not done, and why: a reason of NotNow, the code of a field, or that of a refusal."""

    reference: str
    why: str


class Outcome(BaseModel):
    """On which it was done, and on which it was not."""

    done: list[str]
    failed: list[NotDone]


def add_bulk(
    app: FastAPI,
    table: Table,
    clock: Callable[[], datetime],
    who: Who,
    seen: Callable[[str, Person], Complaint],
    allowed: Callable[[c.Command, str, Person], None],
    note: Callable[[str, UUID, str, Person], Complaint],
) -> None:
    """The routes. `seen` gives a complaint that somebody may know of, `allowed` raises where they may not ask for
    something, `note` writes one, once for its id.
    """
    Mover = Annotated[Person, Depends(having(CASEWORKERS | REVIEWERS, who))]
    Writer = Annotated[Person, Depends(having(WRITERS, who))]

    def change(one: Ticked, ask: c.Command, person: Person, key: UUID) -> None:
        allowed(ask, one.reference, person)
        reference = seen(one.reference, person).reference
        table.change(reference, ask, person, clock(), version=one.version, request=str(uuid5(key, reference)))

    def give(one: Ticked, owner: str, person: Person, key: UUID) -> None:
        complaint = seen(one.reference, person)
        if complaint.owner == owner:
            return
        assessed = complaint.state == State.ASSESSED
        change(one, c.Investigate(owner=owner) if assessed else c.Assign(owner=owner), person, key)

    @app.post("/api/desk/bulk/assign")
    def assign(body: Given, person: Mover, idempotency_key: Key) -> Outcome:
        """An investigation that had not begun begins."""
        return _each(body, lambda one: give(one, body.owner, person, idempotency_key))

    @app.post("/api/desk/bulk/link")
    def link(body: Linked, person: Mover, idempotency_key: Key) -> Outcome:
        ask = c.LinkSystemic(case=body.case, words=body.words)
        return _each(body, lambda one: change(one, ask, person, idempotency_key))

    @app.post("/api/desk/bulk/note")
    def write(body: Noted, person: Writer, idempotency_key: Key) -> Outcome:
        return _each(body, lambda one: note(one.reference, uuid5(idempotency_key, one.reference), body.words, person))


def _each(body: Several, act: Callable[[Ticked], object]) -> Outcome:
    """What became of each. One that is refused keeps no other back."""
    outcome = Outcome(done=[], failed=[])
    for reference, one in {one.reference: one for one in body.complaints}.items():
        try:
            act(one)
        except (Refusal, Unreadable) as refused:
            outcome.failed.append(NotDone(reference=reference, why=_why(refused)))
        else:
            outcome.done.append(reference)
    return outcome


def _why(refused: Refusal | Unreadable) -> str:
    match refused:
        case NotNow():
            return refused.reason
        case Incomplete():
            return refused.errors[0][1]
        case Refusal():
            return refused.code
    return "unreadable"
