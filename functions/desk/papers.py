"""The papers that an auditor asks for: the follow-up form of one complaint, and its whole case file, as PDF."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Response

from adapters.registers import Registers
from adapters.search import Search
from adapters.table import Table
from adapters.vault import is_reference, normal
from complaints.complaint import Complaint, Language
from complaints.impartiality import may_see
from complaints.outside import routes
from complaints.refusals import NotFound
from complaints.roles import KNOW_IDENTITY, READERS, Person
from desk.asked import Who, having
from desk.views import shown_to

NUMBERS = {"follow-up": "F-10.2", "case-file": "F-10.3"}  # the document's number before the complaint's reference

FEW, MOST = 10, 100  # earlier complaints of the same person: printed, and looked at


def add_papers(
    app: FastAPI, table: Table, search: Search, clock: Callable[[], datetime], registers: Registers, who: Who
) -> None:
    """The route of the papers. What `person` may not see of the case is not on paper either."""
    Reader = Annotated[Person, Depends(having(READERS, who))]

    @app.get("/api/desk/complaints/{reference}/papers/{paper}", response_class=Response)
    def print_paper(reference: str, paper: str, language: Language, person: Reader) -> Response:
        from desk.printed import printed  # what draws is loaded by those who print, and by nobody else

        code = normal(reference)
        if paper not in NUMBERS or not is_reference(code):
            raise NotFound
        kept, now = table.everything(code, person), clock()
        earlier: tuple[Complaint, ...] = ()
        if person.may(KNOW_IDENTITY):
            known = search.same_person(kept.account.email, kept.account.phone, besides=code)[:MOST]
            before = [one for one, _ in table.some(list(known)) if may_see(person, one)]
            earlier = tuple(one for one in before if one.received_at <= kept.complaint.received_at)[:FEW]
            table.viewed(person, "paper", [code, *(one.reference for one in earlier)], now)
        about, ways = shown_to(person, kept, table, now), routes(kept.complaint, table.rules, now)
        firm = registers.look().name
        drawn = printed(paper, NUMBERS[paper], about, earlier, ways, person, table.rules, firm, language)
        name = f"{paper}-{code}-v{kept.complaint.version}-{language}.pdf"
        return Response(
            drawn, media_type="application/pdf", headers={"content-disposition": f'attachment; filename="{name}"'}
        )
