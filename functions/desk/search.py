"""The desk's search: by reference, contact, order number, and the words of name and subject."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel

from adapters.search import Search
from adapters.table import Label, Table
from adapters.vault import is_reference, normal
from complaints.complaint import Complaint
from complaints.impartiality import may_see
from complaints.refusals import Incomplete
from complaints.roles import READERS, Person
from desk.asked import Who, having
from desk.views import Row, row

MOST = 50
LONGEST = 200  # characters of a question


class Found(BaseModel):
    """What was found, the last received first; `more` if there is more than these. `now` is UTC."""

    now: datetime
    rows: list[Row]
    more: bool


def add_search(app: FastAPI, table: Table, search: Search, clock: Callable[[], datetime], who: Who) -> None:
    """The route that finds complaints."""
    Reader = Annotated[Person, Depends(having(READERS, who))]

    def visible(references: Iterator[str], person: Person) -> Iterator[tuple[Complaint, Label | None]]:
        while some := list(islice(references, MOST + 1)):
            complaints = [one for one in table.some(some) if may_see(person, one[0])]
            labels = table.labels({complaint.reference: label for complaint, label in complaints})
            yield from ((complaint, labels[complaint.reference]) for complaint, _ in complaints)

    @app.get("/api/desk/search")
    def find(person: Reader, q: Annotated[str, Query(max_length=LONGEST)]) -> Found:
        """Only what this person may see is counted: neither a row nor `more` tells of anything else.

        An erased complaint is found by its reference alone: nobody is to learn who once wrote it.
        """
        if not q.strip():
            raise Incomplete(("/query/q", "required"))
        code = normal(q)
        found = list(visible(iter([code]), person)) if is_reference(code) else []
        if not found:
            readable = (one for one in visible(search.find(q), person) if one[1])
            found = list(islice(readable, MOST + 1))
        known, now = table.staff(), clock()
        return Found(
            now=now,
            rows=[row(complaint, label, known, now, table.rules) for complaint, label in found[:MOST]],
            more=len(found) > MOST,
        )
