"""Notes among staff, and messages to the complainant, which are seen as they will arrive before they leave."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Depends, FastAPI
from pydantic import UUID4, AfterValidator, BaseModel

from adapters.registers import Registers
from adapters.settings import Organised
from adapters.table import Table
from complaints import commands as c
from complaints import events as e
from complaints.complaint import Complaint
from complaints.impartiality import disclosable, unproven
from complaints.roles import WRITERS, Person
from desk.asked import Asked, Who, having
from desk.views import Case

Filled = Annotated[c.Words, AfterValidator(c.filled_in)]


class Note(Asked):
    """A note; `id` is its idempotency key."""

    id: UUID4
    words: c.Words


class Message(Asked):
    """A message; `id` is its idempotency key."""

    id: UUID4
    words: Filled


class Draft(Asked):
    """A message that has not left."""

    words: Filled


class Preview(BaseModel):
    """What the complainant will read: a letter by e-mail, or the words on the tracking page, which have no subject."""

    subject: str | None
    text: str


def add_writing(
    app: FastAPI,
    table: Table,
    clock: Callable[[], datetime],
    firm: Organised,
    registers: Registers,
    who: Who,
    untied: Callable[[str, str, Person], Complaint],
    write_note: Callable[[str, UUID, str, Person], Complaint],
    show: Callable[[str, Person], Case],
) -> None:
    """The routes of the composer.

    `untied` gives the complaint to whoever may do something (named second) about it, or raises NotFound and NotNow;
    `write_note` writes under a key and does the same.
    `show` gives the case as they see it.
    """
    Writer = Annotated[Person, Depends(having(WRITERS, who))]

    def told(reference: str, person: Person) -> Complaint:
        """The complaint, if its complainant may be written to. Raises NotFound and NotNow."""
        complaint = untied(reference, "message", person)
        unread = None if complaint.by_mail else unproven(complaint)  # it stands on the tracking page only
        if why := disclosable(complaint) or unread:
            table.refuse(complaint, "message", person, why)
        return complaint

    def written(reference: str, id: str, words: str, person: Person) -> e.MessageWritten:
        return e.MessageWritten(reference=reference, id=id, at=clock(), by=person.actor, words=e.Text(text=words))

    @app.post("/api/desk/complaints/{reference}/notes", status_code=201)
    def note(reference: str, body: Note, person: Writer) -> Case:
        return show(write_note(reference, body.id, body.words, person).reference, person)

    @app.post("/api/desk/complaints/{reference}/messages", status_code=201)
    def message(reference: str, body: Message, person: Writer) -> Case:
        complaint = told(reference, person)
        entry = written(complaint.reference, str(body.id), body.words, person)
        table.add(entry, letter=complaint.by_mail)
        return show(complaint.reference, person)

    @app.post("/api/desk/complaints/{reference}/messages/preview")
    def preview(reference: str, body: Draft, person: Writer) -> Preview:
        from adapters.mail import composed  # what writes letters is loaded by those who look at one
        from adapters.said import said

        complaint = told(reference, person)
        if not complaint.by_mail:
            return Preview(subject=None, text=body.words)
        kept, now = table.everything(complaint.reference, person), clock()
        entry = written(complaint.reference, str(uuid4()), body.words, person)
        kept.entries = (*kept.entries, entry)
        facts = said(kept, f"{entry.id}-message", table.rules, table.staff(), now)
        letter = composed(kept.complaint, "message", facts, firm, registers, table.rules, now)
        return Preview(subject=letter.subject, text=letter.text)
