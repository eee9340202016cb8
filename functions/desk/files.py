"""Evidence at the desk: staff download what was checked, and add what they were given or found out themselves."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import UUID4, BaseModel, StrictBool

from adapters.evidence import Evidence, Slot, SlotGiven
from complaints.roles import READERS, WRITERS, Person
from desk.asked import Who, having
from desk.views import Case


class StaffSlot(Slot):
    """A file of ours. The complainant sees it only if it is said to be no internal one."""

    internal: StrictBool = True


class Link(BaseModel):
    """Where to download a file, for one minute."""

    url: str


def add_files(
    app: FastAPI,
    evidence: Evidence,
    clock: Callable[[], datetime],
    who: Who,
    known: Callable[[str, Person], str],
    untied: Callable[[str, Person], str],
    show: Callable[[str, Person], Case],
) -> None:
    """The routes of evidence. A closed complaint takes files too: an outside body's decision often comes afterwards.

    `known` gives a reference as it is kept, or raises NotFound if this person may not know of it; `untied` also raises
    NotNow if they have a tie to it. `show` gives the case as they see it.
    """
    Reader = Annotated[Person, Depends(having(READERS, who))]
    Writer = Annotated[Person, Depends(having(WRITERS, who))]

    @app.get("/api/desk/complaints/{reference}/files/{file}")
    def download(reference: str, file: UUID4, person: Reader) -> Link:
        return Link(url=evidence.link(known(reference, person), str(file)))

    @app.post("/api/desk/complaints/{reference}/files", status_code=201)
    def slot(reference: str, body: StaffSlot, person: Writer) -> SlotGiven:
        return evidence.slot(untied(reference, person), body, person, clock(), internal=body.internal)

    @app.post("/api/desk/complaints/{reference}/files/{file}/finish")
    def finish(reference: str, file: UUID4, person: Writer) -> Case:
        evidence.finish(untied(reference, person), str(file))
        return show(known(reference, person), person)
