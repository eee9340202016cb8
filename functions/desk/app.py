"""6. HANDLING: the staff's API. Every request asks `roles` again; it offers exactly the moves that the table allows."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, FastAPI, Query, Request
from pydantic import BaseModel, Field, StrictBool

from adapters.absences import Absences
from adapters.evidence import OFFERED, Evidence
from adapters.figures import Figures
from adapters.files import LARGEST, Files
from adapters.http import create_app
from adapters.receipt import Receipt, receipt
from adapters.registers import Registers
from adapters.rulebook import Rulebook
from adapters.search import Search
from adapters.settings import Organised
from adapters.table import Table
from adapters.vault import Vault, is_reference, normal
from adapters.versions import Version
from complaints import commands as c
from complaints import events as e
from complaints.complaint import Backdating, Complaint, Language, Medium
from complaints.impartiality import may_see, tied
from complaints.joining import same_person
from complaints.lifecycle import MOVES, Move, permitted
from complaints.refusals import Incomplete, NotFound
from complaints.roles import APPROVERS, KNOW_IDENTITY, LEADS, READERS, STAFF, WRITERS, Person, Role
from complaints.survey import Rated, published, rated
from desk.asked import Asked, IfMatch, Key, StaffRole, having, signed_in, version_of, works_here
from desk.bulk import add_bulk
from desk.documents import add_documents, unread
from desk.files import add_files
from desk.framework import add_framework, kept
from desk.letters import add_letters
from desk.papers import add_papers
from desk.privacy import add_privacy
from desk.queues import add_queues
from desk.rules import add_rules, ruled
from desk.search import add_search
from desk.settings import add_settings
from desk.setup import add_setup
from desk.views import Case, Effects, effects, shown_to
from desk.workload import add_workload
from desk.writing import add_writing

EVALUATORS = APPROVERS | {Role.AUDITOR}  # who asks whether the handling of complaints does what it should
OVERSEERS = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER, Role.MANAGEMENT_REPRESENTATIVE})


class Me(BaseModel):
    """Who is signed in, and what their browser needs to know of us; `largest_file` in bytes."""

    id: str
    name: str
    language: Language
    roles: list[StaffRole]
    organisation: str
    time_zone: str
    to_read: list[Literal["commitment", "policy"]]
    largest_file: int
    now: datetime


class Registration(c.Submission):
    """A complaint that came by any other way than the public page.

    `outside_reference` and `answer_by` are those of the body through which it came; `complained_about` are members of
    staff.
    """

    channel: Literal[
        "phone", "letter", "counter", "email", "social", "sikayetvar", "cimer", "e_devlet", "kep", "external_body"
    ]
    received_at: c.Moment
    backdated: Backdating | None = None
    backdating_reason: Annotated[c.Words | None, c.OrNone] = None
    outside_reference: Annotated[Annotated[c.Line, Field(max_length=60)] | None, c.OrNone] = None
    answer_by: c.Day | None = None
    immediate_action: Annotated[Annotated[c.Words, Field(max_length=2_000)] | None, c.OrNone] = None
    complained_about: tuple[c.Sub, ...] = Field(default=(), max_length=20)


class Done(Asked):
    """What there is to say about a task that is done."""

    words: Annotated[Annotated[c.Words, Field(max_length=5_000)] | None, c.OrNone] = None
    medium: Medium | None = None
    on: c.Day | None = None


class Tried(Asked):
    """An attempt in vain, or a letter that was posted."""

    medium: Medium
    posted: StrictBool = False
    tracking_number: Annotated[Annotated[c.Line, Field(max_length=60)] | None, c.OrNone] = None


class View(BaseModel):
    """Somebody saw who complained."""

    at: datetime
    id: str
    name: str | None
    what: str
    references: list[str]


class Satisfaction(BaseModel):
    """What complainants think of how their complaints were handled, as they said in one month (local), by question;
    nothing of a question with less than five answers but how many there are.
    """

    answers: int
    questions: dict[str, Rated]


class Views(BaseModel):
    """The looks of one month, the newest first."""

    views: list[View]


def build(
    table: Table,
    vault: Vault,
    files: Files,
    rulebook: Rulebook,
    registers: Registers,
    figures: Figures,
    absences: Absences,
    search: Search,
    clock: Callable[[], datetime],
    firm: Organised,
    *,
    guarded: bool = True,
) -> FastAPI:
    """The application. `clock` gives the time in UTC; `guarded` requires CloudFront's header."""
    who = signed_in(table)
    Anyone = Annotated[Person, Depends(who)]
    Reader = Annotated[Person, Depends(having(READERS, who))]
    Writer = Annotated[Person, Depends(having(WRITERS, who))]
    Overseer = Annotated[Person, Depends(having(OVERSEERS, who))]
    Evaluator = Annotated[Person, Depends(having(EVALUATORS, who))]

    evidence = Evidence(table, files)

    def show(reference: str, person: Person) -> Case:
        now = clock()
        shown = shown_to(person, evidence.everything(reference, now, person), table, now)
        if person.may(KNOW_IDENTITY):
            table.viewed(person, "case", [shown.reference], now)
        return shown

    def known(reference: str, person: Person) -> str:
        return _seen(table, reference, person).reference

    def untied(reference: str, person: Person) -> str:
        return _untied(table, reference, "file", person).reference

    def current(request: Request, there: Complaint | Version[Any]) -> Any:
        person = who(request)
        if isinstance(there, Version):
            known = table.staff()
            shown: BaseModel = (
                ruled(there, rulebook, known, person) if there.of == "rules" else kept(there, registers, known, person)
            )
            return shown.model_dump(mode="json", by_alias=True)
        return show(there.reference, person).model_dump(mode="json")

    def allowed(ask: c.Command, reference: str, person: Person) -> None:
        """Raises NotAllowed, NotFound and Incomplete where somebody may not ask for this."""
        permitted(ask, person)
        _sound(ask, _seen(table, reference, person), person, table)

    def write_note(reference: str, key: UUID, words: str, person: Person) -> Complaint:
        complaint = _untied(table, reference, "note", person)
        note = e.NoteWritten(
            reference=complaint.reference, id=str(key), at=clock(), by=person.actor, words=e.Text(text=words)
        )
        table.add(note)
        return complaint

    app = create_app("Redress: desk", origin_token=vault.origin_token if guarded else None, current=current)
    add_queues(app, table, vault, clock, who)
    add_rules(app, table, rulebook, clock, who)
    add_framework(app, table, registers, clock, who)
    add_settings(app, table, rulebook, registers, figures, clock, who)
    add_setup(app, table, rulebook, registers, clock, who)
    add_documents(app, table, registers, clock, who)
    add_privacy(app, table, registers, clock, who)
    add_letters(app, table, clock, firm, registers, who)
    add_workload(app, table, absences, clock, who)
    add_search(app, table, search, clock, who)
    add_papers(app, table, search, clock, registers, who)
    add_bulk(app, table, clock, who, lambda reference, person: _seen(table, reference, person), allowed, write_note)
    add_files(app, evidence, clock, who, known, untied, show)
    add_writing(app, table, clock, firm, registers, who, lambda *asked: _untied(table, *asked), write_note, show)

    @app.get("/api/desk/me")
    def me(person: Anyone) -> Me:
        sub = person.actor.id or ""
        known = table.staff_member(sub) or {}
        return Me(
            id=sub,
            name=known["name"],
            language=known["language"],
            roles=sorted(person.roles),
            organisation=registers.look().name,
            time_zone=table.rules.calendar.time_zone,
            to_read=unread(registers, person),
            largest_file=LARGEST,
            now=clock(),
        )

    @app.post("/api/desk/complaints", status_code=201)
    def register(body: Registration, idempotency_key: Key, person: Writer) -> Receipt:
        key = str(idempotency_key)
        reference = vault.reference(key)
        _on_the_list("/complained_about", body.complained_about, table)
        told = body.model_dump(include=set(c.Submission.model_fields))
        noted = body.model_dump(exclude=set(c.Submission.model_fields))
        ask = c.Submit(submission=c.Submission.model_validate(told), reference=reference, **noted)
        complaint = table.file(
            ask,
            person,
            clock(),
            body=vault.body_fingerprint(body.model_dump_json()),
            fingerprint=vault.fingerprint(reference, vault.secret(key)),
        )
        return receipt(complaint, body.mail_to, key, vault, table.rules)

    @app.get("/api/desk/complaints/{reference}")
    def read(reference: str, person: Reader) -> Case:
        return show(_valid(reference), person)

    def add_move(move: Move) -> None:
        """A route of its own for each move, so that its body is checked and published as its command says."""
        path = f"/api/desk/complaints/{{reference}}/moves/{move.name}"

        @app.post(path, name=move.name)
        def make(
            reference: str,
            ask: move.command,  # type: ignore[name-defined]
            person: Reader,
            if_match: IfMatch,
            idempotency_key: Key,
        ) -> Case:
            ask = _plain(ask)
            allowed(ask, reference, person)
            version, request, now = version_of(if_match), str(idempotency_key), clock()
            if isinstance(ask, c.Merge | c.Unmerge):
                table.merge(_valid(reference), ask, person, now, version=version, request=request)
            else:
                table.change(_valid(reference), ask, person, now, version=version, request=request)
            return show(_valid(reference), person)

        @app.post(f"{path}/preview", name=f"{move.name} preview")
        def preview(reference: str, ask: move.command, person: Reader) -> Effects:  # type: ignore[name-defined]
            ask = _plain(ask)
            allowed(ask, reference, person)
            complaint, events = table.preview(_valid(reference), ask, person, clock())
            return effects(complaint, events, person, table.rules)

    for move in MOVES:
        if move.shown:
            add_move(move)

    @app.post("/api/desk/complaints/{reference}/tasks/{task}/done")
    def finish(reference: str, task: str, body: Done, person: Writer) -> Case:
        ask = c.FinishTask(task=task, **body.model_dump())
        table.change(_valid(reference), ask, person, clock())
        return show(_valid(reference), person)

    @app.post("/api/desk/complaints/{reference}/tasks/{task}/attempts")
    def attempt(reference: str, task: str, body: Tried, person: Writer) -> Case:
        ask = c.RecordAttempt(task=task, **body.model_dump())
        table.change(_valid(reference), ask, person, clock())
        return show(_valid(reference), person)

    @app.get("/api/desk/views")
    def views(person: Overseer, month: Annotated[str, Query(pattern=r"^[0-9]{4}-[0-9]{2}$")]) -> Views:
        known, hidden = table.staff(), table.hidden_from(person)
        looks = ((at, sub, what, sorted({*seen} - hidden)) for at, sub, what, seen in table.views(month))
        return Views(
            views=[
                View(at=at, id=sub, name=known.get(sub, {}).get("name"), what=what, references=references)
                for at, sub, what, references in looks
                if references
            ]
        )

    @app.get("/api/desk/survey")
    def survey(_: Evaluator, month: Annotated[str, Query(pattern=r"^[0-9]{4}-[0-9]{2}$")]) -> Satisfaction:
        """A month that is not over yet, or long over, is not found."""
        if not published(month, table.rules.calendar.day_of(clock())):
            raise NotFound
        marks = table.marks(month)
        return Satisfaction(answers=len(marks), questions=rated(marks))

    return app


def _valid(reference: str) -> str:
    code = normal(reference)
    if not is_reference(code):
        raise NotFound
    return code


def _seen(table: Table, reference: str, person: Person) -> Complaint:
    """The complaint, if this person may know of it. Raises NotFound."""
    complaint = table.load(_valid(reference))
    if complaint is None or not may_see(person, complaint):
        raise NotFound
    return complaint


def _plain(ask: c.Command) -> c.Command:
    """A reference as it is kept, however it was typed."""
    return ask.model_copy(update={"into": normal(ask.into)}) if isinstance(ask, c.Merge) else ask


def _untied(table: Table, reference: str, what: str, person: Person) -> Complaint:
    """The complaint, if this person may know of it and has no tie to it. Raises NotFound and NotNow."""
    complaint = _seen(table, reference, person)
    if tied(person.actor.id, complaint):
        table.refuse(complaint, what, person, "conflict")
    return complaint


def _sound(ask: c.Command, complaint: Complaint, person: Person, table: Table) -> None:
    """What the core cannot know: who is on the list, whose hands are full, which files and complaints there are.

    Raises Incomplete and NotNow.
    """
    reference = complaint.reference
    match ask:
        case c.Investigate() | c.Assign() | c.FastTrack():
            _can_take(ask.owner, reference, person, table)
        case c.AskColleague():
            _on_the_list("/whom", (ask.whom,), table, WRITERS)
        case c.NameStaff():
            _on_the_list("/staff", ask.staff, table)
        case c.Restrict():
            _on_the_list("/members", ask.members, table)
        case c.RecordEvidence(file=file) if file:
            _is_file("/file", str(file), reference, table)
        case c.RecordExternal(document=file) if file:
            _is_file("/document", str(file), reference, table)
        case c.RecordExternalOutcome(document=file):
            _is_file("/document", str(file), reference, table)
        case c.Merge():
            _same_person(ask, complaint, person, table)


def _on_the_list(pointer: str, subs: Iterable[str], table: Table, roles: frozenset[Role] = STAFF) -> None:
    """Members of staff who work here, with one of these roles. Raises Incomplete."""
    for sub in subs:
        if not works_here(table, sub, roles):
            raise Incomplete((pointer, "choice_required"))


def _is_file(pointer: str, file: str, reference: str, table: Table) -> None:
    item = table.item(reference, f"F#{file}")
    if item is None or item.get("state") not in OFFERED:
        raise Incomplete((pointer, "choice_required"))


def _same_person(ask: c.Merge, complaint: Complaint, person: Person, table: Table) -> None:
    """Only complaints of one person are merged."""
    if not is_reference(ask.into):
        raise Incomplete(("/into", "choice_required"))
    try:
        one, other = (table.everything(which, person).account for which in (complaint.reference, ask.into))
    except NotFound:
        raise Incomplete(("/into", "choice_required")) from None
    if not same_person(one, other):
        table.refuse(complaint, ask, person, "not_same_person")


def _can_take(owner: str, reference: str, person: Person, table: Table) -> None:
    """Somebody on the list who can do something about it, whose hands are not full already; only a lead gives them
    more. Raises Incomplete.

    They have what this person may know of: a refusal beyond that would tell of the rest. Of what they take up
    themselves, all they have counts.
    """
    _on_the_list("/owner", (owner,), table, WRITERS)
    if person.may(LEADS):
        return
    theirs = {complaint.reference for complaint in table.owned(owner, person)}
    if reference not in theirs and len(theirs) >= table.rules.organisation.ceiling:
        raise Incomplete(("/owner", "ceiling"))
