"""The papers that an auditor asks for: the follow-up form of one complaint, and its whole case file, as PDF."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Response

from adapters.table import Table
from adapters.vault import is_reference, normal
from complaints.complaint import Language
from complaints.outside import routes
from complaints.refusals import NotFound
from complaints.roles import KNOW_IDENTITY, READERS, Person
from desk.asked import Who, having
from desk.views import shown_to

NUMBERS = {"follow-up": "F-10.2", "case-file": "F-10.3"}  # the document's number before the complaint's reference


def add_papers(app: FastAPI, table: Table, clock: Callable[[], datetime], organisation: str, who: Who) -> None:
    """The route of the papers. What `person` may not see of the case is not on paper either."""
    Reader = Annotated[Person, Depends(having(READERS, who))]

    @app.get("/api/desk/complaints/{reference}/papers/{paper}", response_class=Response)
    def print_paper(reference: str, paper: str, language: Language, person: Reader) -> Response:
        from desk.printed import printed  # what draws is loaded by those who print, and by nobody else

        code = normal(reference)
        if paper not in NUMBERS or not is_reference(code):
            raise NotFound
        kept, now = table.everything(code, person), clock()
        if person.may(KNOW_IDENTITY):
            table.viewed(person, "paper", [code], now)
        about, ways = shown_to(person, kept, table, now), routes(kept.complaint, table.rules, now)
        drawn = printed(paper, NUMBERS[paper], about, ways, person, table.rules, organisation, language)
        name = f"{paper}-{code}-v{kept.complaint.version}-{language}.pdf"
        return Response(
            drawn, media_type="application/pdf", headers={"content-disposition": f'attachment; filename="{name}"'}
        )
