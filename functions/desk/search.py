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
from complaints.roles import KNOW_IDENTITY, READERS, Person
from desk.asked import Who, having
from desk.views import Row, row

MOST = 50
FEW = 10
LONGEST = 200  # characters of a question


class Found(BaseModel):
    """What was found, the last received first; `more` if there is more than these. `now` is UTC."""

    now: datetime
    rows: list[Row]
    more: bool


class Related(BaseModel):
    """Other complaints of the same person, about the same members of staff, of the same place, and about the like: the
    newest first, ten at most of each. The last two name none of those before again.
    """

    same_person: list[Row]
    same_staff: list[Row]
    same_place: list[Row]
    similar: list[Row]


def add_search(app: FastAPI, table: Table, search: Search, clock: Callable[[], datetime], who: Who) -> None:
    """The route that finds complaints."""
    Reader = Annotated[Person, Depends(having(READERS, who))]

    def visible(references: Iterator[str], person: Person) -> Iterator[tuple[Complaint, Label | None]]:
        while some := list(islice(references, MOST + 1)):
            complaints = [one for one in table.some(some) if may_see(person, one[0])]
            labels = table.labels({complaint.reference: label for complaint, label in complaints})
            yield from ((complaint, labels[complaint.reference]) for complaint, _ in complaints)

    def readable(references: Iterator[str], person: Person) -> Iterator[tuple[Complaint, Label | None]]:
        """Without what is erased: nobody is to learn who once wrote it."""
        return (one for one in visible(references, person) if one[1])

    def few(references: Iterator[str], person: Person) -> list[tuple[Complaint, Label | None]]:
        return list(islice(readable(references, person), FEW))

    def rows(found: list[tuple[Complaint, Label | None]], person: Person) -> list[Row]:
        known, now = table.staff(), clock()
        if person.may(KNOW_IDENTITY):
            table.viewed(person, "search", [complaint.reference for complaint, _ in found], now)
        unsent = table.unsent_decisions(now)
        return [
            row(complaint, label, known, person, now, table.rules, unsent=complaint.reference in unsent)
            for complaint, label in found
        ]

    @app.get("/api/desk/search")
    def find(person: Reader, q: Annotated[str, Query(max_length=LONGEST)]) -> Found:
        """Only what this person may see is counted: neither a row nor `more` tells of anything else.

        An erased complaint is found by its reference alone.
        """
        if not q.strip():
            raise Incomplete(("/query/q", "required"))
        code = normal(q)
        found = list(visible(iter([code]), person)) if is_reference(code) else []
        if not found and person.may(KNOW_IDENTITY):  # a hit would say whose the complaint is
            found = list(islice(readable(search.find(q), person), MOST + 1))
        return Found(now=clock(), rows=rows(found[:MOST], person), more=len(found) > MOST)

    @app.get("/api/desk/complaints/{reference}/related")
    def related(reference: str, person: Reader) -> Related:
        """What the same person told us before, and what is like it: read before anybody writes."""
        kept, code = table.everything(normal(reference), person), normal(reference)
        account, accused = kept.account, kept.complaint.complained_about
        same = search.same_person(account.email, account.phone, besides=code) if person.may(KNOW_IDENTITY) else ()
        staff = [one for one in table.about(accused) if one != code] if accused else []
        named = {code, *same, *staff}
        there = few((one for one in search.same_place(account.branch, besides=code) if one not in named), person)
        named |= {complaint.reference for complaint, _ in there}
        like = few((one for one in search.find(account.about) if one not in named), person)
        return Related(
            same_person=rows(few(iter(same), person), person),
            same_staff=rows(few(iter(staff), person), person),
            same_place=rows(there, person),
            similar=rows(like, person),
        )
