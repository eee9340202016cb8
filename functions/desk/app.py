"""6. HANDLING: the staff's API. Every request asks `roles` again; it offers exactly the moves that the table allows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Header, Request
from pydantic import UUID4, BaseModel, ValidationError

from adapters.absences import Absences
from adapters.files import Files
from adapters.http import checked, create_app
from adapters.receipt import Receipt, receipt
from adapters.rulebook import Rulebook, Settled
from adapters.table import Table
from adapters.vault import Vault, is_reference, normal
from complaints import commands as c
from complaints import events as e
from complaints.complaint import Complaint
from complaints.lifecycle import MOVES, permitted
from complaints.refusals import Incomplete, NotFound
from complaints.report import QUEUES, queues_of
from complaints.roles import READERS, WRITERS, Person, Role
from desk.asked import Asked, having, signed_in, version_of
from desk.rules import add_rules, ruled
from desk.views import Case, Effects, Row, case, effects, row
from desk.workload import add_workload

PAGE = 25
BY_NAME = {move.name: move.command for move in MOVES if move.shown}


class Me(BaseModel):
    """Who is signed in."""

    id: str
    name: str
    language: str
    roles: list[Role]
    organisation: str
    time_zone: str
    now: datetime


class Counts(BaseModel):
    """How many complaints stand in each queue."""

    now: datetime
    counts: dict[str, int]


class Rows(BaseModel):
    """One page of a queue, and the cursor of the next."""

    now: datetime
    rows: list[Row]
    next: str | None


class Registration(c.Submission):
    """A complaint that came by telephone, letter, counter, e-mail or a social network."""

    channel: Literal["phone", "letter", "counter", "email", "social"]
    received_at: c.Moment
    backdating_reason: Annotated[c.Words | None, c.OrNone] = None


class Writing(Asked):
    """A note or a message; `id` is its idempotency key."""

    id: UUID4
    words: c.Words


class Link(BaseModel):
    """Where to download a file, for one minute."""

    url: str


def build(
    table: Table,
    vault: Vault,
    files: Files,
    rulebook: Rulebook,
    absences: Absences,
    clock: Callable[[], datetime],
    organisation: str,
    *,
    guarded: bool = True,
) -> FastAPI:
    """The application. `clock` gives the time in UTC; `guarded` requires CloudFront's header."""
    who = signed_in(table)
    Anyone = Annotated[Person, Depends(who)]
    Reader = Annotated[Person, Depends(having(READERS, who))]
    Writer = Annotated[Person, Depends(having(WRITERS, who))]

    def show(reference: str, person: Person) -> Case:
        return case(table.everything(reference), table.staff(), person, clock(), table.rules)

    def current(request: Request, there: Complaint | Settled) -> Any:
        person = who(request)
        if isinstance(there, Settled):
            return ruled(there, rulebook, table.staff(), person).model_dump(mode="json", by_alias=True)
        return show(there.reference, person).model_dump(mode="json")

    def asked(move: str, body: dict[str, Any], reference: str, person: Person) -> c.Command:
        """What a move's body asks for. Raises NotFound, Incomplete and NotAllowed."""
        if move not in BY_NAME:
            raise NotFound
        try:
            ask = BY_NAME[move].model_validate(body)
        except ValidationError as error:
            raise checked(error) from None
        permitted(ask, person)
        if isinstance(ask, c.Investigate | c.Assign):
            _can_take(ask.owner, _valid(reference), person, table)
        return ask

    app = create_app("Redress: desk", origin_token=vault.origin_token if guarded else None, current=current)
    add_rules(app, table, rulebook, clock, who)
    add_workload(app, table, absences, clock, who)

    @app.get("/api/desk/me")
    def me(person: Anyone) -> Me:
        sub = person.actor.id or ""
        known = table.staff_member(sub) or {}
        return Me(
            id=sub,
            name=known["name"],
            language=known["language"],
            roles=sorted(person.roles),
            organisation=organisation,
            time_zone=table.rules.calendar.time_zone,
            now=clock(),
        )

    @app.get("/api/desk/queues")
    def queues(person: Reader) -> Counts:
        mine = sum(1 for _ in table.owned(person.actor.id or "", None))
        return Counts(now=clock(), counts={**table.counts(), "mine": mine})

    @app.get("/api/desk/complaints")
    def list_queue(person: Reader, queue: str = "open", cursor: str = "") -> Rows:
        if queue not in {*QUEUES, "mine"}:
            raise NotFound
        sub = person.actor.id or ""
        place = f"{queue}|{sub}"
        start = vault.position(cursor, of=place) if cursor else None
        if cursor and start is None:
            raise Incomplete(("/cursor", "wrong_type"))
        found: Iterable[tuple[Complaint, bytes, str]]
        if queue == "mine":
            found = table.owned(sub, start)
        else:
            in_queue = "closed" if queue == "closed" else "open"
            everyone = table.page(in_queue, start, newest_first=queue == "closed")
            found = (one for one in everyone if queue in queues_of(one[0]))
        page = list(islice(found, PAGE + 1))
        labels = table.labels({complaint.reference: label for complaint, label, _ in page[:PAGE]})
        known, now = table.staff(), clock()
        return Rows(
            now=now,
            next=vault.cursor(page[PAGE - 1][2], of=place) if len(page) > PAGE else None,
            rows=[row(one, labels[one.reference], known, now, table.rules) for one, _, _ in page[:PAGE]],
        )

    @app.post("/api/desk/complaints", status_code=201)
    def register(body: Registration, idempotency_key: Annotated[UUID4, Header()], person: Writer) -> Receipt:
        key = str(idempotency_key)
        reference = vault.reference(key)
        told = body.model_dump(exclude={"channel", "received_at", "backdating_reason"})
        ask = c.Submit(
            submission=c.Submission.model_validate(told),
            reference=reference,
            channel=body.channel,
            received_at=body.received_at,
            backdating_reason=body.backdating_reason,
        )
        complaint = table.file(
            ask,
            person,
            clock(),
            body=vault.body_fingerprint(body.model_dump_json()),
            fingerprint=vault.fingerprint(reference, vault.secret(key)),
        )
        return receipt(complaint, body.email, key, vault, table.rules)

    @app.get("/api/desk/complaints/{reference}")
    def read(reference: str, person: Reader) -> Case:
        return show(_valid(reference), person)

    @app.post("/api/desk/complaints/{reference}/moves/{move}")
    def make(
        reference: str,
        move: str,
        body: dict[str, Any],
        person: Reader,
        if_match: Annotated[str, Header()],
        idempotency_key: Annotated[UUID4, Header()],
    ) -> Case:
        ask, version = asked(move, body, reference, person), version_of(if_match)
        table.change(_valid(reference), ask, person, clock(), version=version, request=str(idempotency_key))
        return show(_valid(reference), person)

    @app.post("/api/desk/complaints/{reference}/moves/{move}/preview")
    def preview(reference: str, move: str, body: dict[str, Any], person: Reader) -> Effects:
        ask = asked(move, body, reference, person)
        complaint, events = table.preview(_valid(reference), ask, person, clock())
        return effects(complaint, events, table.rules)

    @app.post("/api/desk/complaints/{reference}/notes", status_code=201)
    def note(reference: str, body: Writing, person: Writer) -> Case:
        _there(table, reference)
        table.add(
            e.NoteWritten(
                reference=_valid(reference), id=str(body.id), at=clock(), by=person.actor, words=e.Text(text=body.words)
            )
        )
        return show(_valid(reference), person)

    @app.post("/api/desk/complaints/{reference}/messages", status_code=201)
    def message(reference: str, body: Writing, person: Writer) -> Case:
        complaint = _there(table, reference)
        table.add(
            e.MessageWritten(
                reference=complaint.reference,
                id=str(body.id),
                at=clock(),
                by=person.actor,
                words=e.Text(text=body.words),
            ),
            letter=complaint.by_mail,
        )
        return show(complaint.reference, person)

    @app.post("/api/desk/complaints/{reference}/tasks/{task}/done")
    def finish(reference: str, task: str, body: dict[str, Any], person: Writer) -> Case:
        table.change(_valid(reference), c.FinishTask(task=task), person, clock())
        return show(_valid(reference), person)

    @app.get("/api/desk/complaints/{reference}/files/{file}")
    def download(reference: str, file: UUID4, person: Reader) -> Link:
        kept = table.everything(_valid(reference))
        found = next((item for item in kept.files if item["id"] == str(file) and "version" in item), None)
        if found is None:
            raise NotFound
        return Link(url=files.link(kept.complaint.reference, str(file), found["version"], found["name"]))

    return app


def _valid(reference: str) -> str:
    code = normal(reference)
    if not is_reference(code):
        raise NotFound
    return code


def _there(table: Table, reference: str) -> Complaint:
    complaint = table.load(_valid(reference))
    if complaint is None:
        raise NotFound
    return complaint


def _can_take(owner: str, reference: str, person: Person, table: Table) -> None:
    """Somebody on the list, whose hands are not full already; only a lead gives them more. Raises Incomplete."""
    if not (table.staff_member(owner) or {}).get("active"):
        raise Incomplete(("/owner", "choice_required"))
    if person.may(frozenset({Role.LEAD})):
        return
    theirs = {complaint.reference for complaint, _, _ in table.owned(owner, None)}
    if reference not in theirs and len(theirs) >= table.rules.organisation.ceiling:
        raise Incomplete(("/owner", "ceiling"))
