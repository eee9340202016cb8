"""What a letter looks like with a sentence of the organisation's own, before that is settled."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field

from adapters.registers import Registers
from adapters.settings import Organised
from adapters.table import Table
from complaints import commands as c
from complaints.complaint import Language, LetterKind
from complaints.framework import fillable, filled
from complaints.refusals import Incomplete
from complaints.roles import STAFF, Person
from desk.asked import Asked, Who, having


class LetterAsked(Asked):
    """Which letter, in which language, and the sentence that it would have."""

    kind: LetterKind
    language: Language
    own: Annotated[Annotated[c.Words, Field(max_length=600)] | None, c.OrNone] = None


class LetterTold(BaseModel):
    """A letter about an invented complaint."""

    subject: str
    text: str


def add_letters(
    app: FastAPI,
    table: Table,
    clock: Callable[[], datetime],
    firm: Organised,
    registers: Registers,
    who: Who,
) -> None:
    """The route of the preview."""
    Anybody = Annotated[Person, Depends(having(STAFF, who))]

    @app.post("/api/desk/letters/preview")
    def preview(body: LetterAsked, person: Anybody) -> LetterTold:
        from adapters.letters import compose  # what writes letters is loaded by those who look at one
        from adapters.letters_example import example

        if body.own and not fillable(body.own):
            raise Incomplete(("/own", "place_unknown"))
        look, places = registers.look(), registers.places()
        letter = compose(
            body.kind,
            body.language,
            organisation=look.name,
            contact=registers.contact(),
            site_url=firm.site_url,
            own=filled(body.own, places) if body.own else None,
            **example(body.kind, body.language, table.rules.calendar.day_of(clock())),
        )
        return LetterTold(subject=letter.subject, text=letter.text)
