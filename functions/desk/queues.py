"""The queues of the desk: how many stand in each, and one page of one of them, narrowed to what somebody looks for."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Annotated, Literal, get_args

from fastapi import Depends, FastAPI, Query
from pydantic import BaseModel, Field

from adapters.items import iso
from adapters.table import Table
from adapters.vault import Vault
from complaints.complaint import Complaint
from complaints.refusals import Incomplete, NotFound
from complaints.report import Filter, Queue, queues_of
from complaints.roles import KNOW_IDENTITY, READERS, Person
from desk.asked import Who, having
from desk.views import Row, row

PAGE = 25
MOST_READ = 1_000  # complaints that one page looks at: it must come within a second
LATELY = timedelta(days=7)
Listed = Literal[Queue, "mine", "closed_lately"]
LISTED: tuple[Listed, ...] = get_args(Listed)

Sealed = tuple[Complaint, bytes, str]  # as the table gives it, with its label and its position


class Counts(BaseModel):
    """How many complaints stand in each queue, how many wait for the asker, and how many were closed in the last seven
    days: these are read and counted, for none leaves them by anything that happens to it.
    """

    now: datetime
    counts: Annotated[dict[Listed, int], Field(min_length=len(LISTED))]


class Listing(Filter):
    """Which page of which queue, as it stands in the address. What is due next comes first, with `-due` last; of what
    is closed, the newest. `cursor` leads on in this very list.
    """

    queue: str = Field(default="open", json_schema_extra={"enum": [*LISTED]})  # another one is not found
    order: Literal["due", "-due"] = "due"
    cursor: str = ""


class Rows(BaseModel):
    """One page of a queue, and the cursor of the next. A page may have few rows and still have a next one: so many
    complaints are looked at for it, and no more.
    """

    now: datetime
    rows: list[Row]
    next: str | None


def add_queues(app: FastAPI, table: Table, vault: Vault, clock: Callable[[], datetime], who: Who) -> None:
    """The routes about queues."""
    Reader = Annotated[Person, Depends(having(READERS, who))]

    @app.get("/api/desk/queues")
    def queues(person: Reader) -> Counts:
        counts: dict[str, int] = {str(queue): many for queue, many in table.counts().items()}
        for complaint in table.restricted(person):
            for queue in queues_of(complaint):
                counts[queue] += 1
        now = clock()
        counts["mine"] = sum(1 for _ in table.mine(person, None))
        counts["closed_lately"] = sum(1 for _ in table.page("closed", iso(now - LATELY), person))
        return Counts(now=now, counts=counts)

    @app.get("/api/desk/complaints")
    def list_queue(person: Reader, asked: Annotated[Listing, Query()]) -> Rows:
        """The same address shows everybody the same rows, but for what somebody may not know of, and for `mine`."""
        if asked.queue not in LISTED:
            raise NotFound
        own = asked.queue == "mine"
        place = f"{asked.model_dump_json(exclude={'cursor'})}|{person.actor.id if own else ''}"
        start = vault.position(asked.cursor, of=place) if asked.cursor else None
        if asked.cursor and start is None:
            raise Incomplete(("/cursor", "wrong_type"))
        now = clock()
        fitting, more = _page(_all(asked, start, person, now, table), asked, now, table)
        labels = table.labels({complaint.reference: label for complaint, label, _ in fitting})
        known, unsent = table.staff(), table.unsent_decisions(now)
        if person.may(KNOW_IDENTITY):
            table.viewed(person, "list", labels, now)
        return Rows(
            now=now,
            next=vault.cursor(more, of=place) if more else None,
            rows=[
                row(one, labels[one.reference], known, person, now, table.rules, unsent=one.reference in unsent)
                for one, _, _ in fitting
            ],
        )


def _all(asked: Listing, start: str | None, person: Person, now: datetime, table: Table) -> Iterable[Sealed]:
    """What stands where the queue is read from, in its order."""
    backwards = asked.order == "-due"
    if asked.queue == "mine":
        return table.mine(person, start, backwards=backwards)
    if asked.queue == "closed":
        return table.page("closed", start, person, backwards=not backwards, first=PAGE + 1)
    if asked.queue == "closed_lately":
        since = iso(now - LATELY)
        start = start or (since if backwards else None)
        found = table.page("closed", start, person, backwards=not backwards, first=PAGE + 1)
        return takewhile(lambda one: one[2] > since, found)
    return table.page("open", start, person, backwards=backwards, first=PAGE + 1)


def _page(found: Iterable[Sealed], asked: Listing, now: datetime, table: Table) -> tuple[list[Sealed], str | None]:
    """One page of what fits, and from which position on there may be more."""
    page: list[Sealed] = []
    for read, one in enumerate(found, 1):
        complaint, _, position = one
        if asked.queue in {"mine", "closed_lately", *queues_of(complaint)} and asked.fits(complaint, now, table.rules):
            page.append(one)
        if len(page) > PAGE:
            return page[:PAGE], page[PAGE - 1][2]
        if read == MOST_READ:
            return page, position
    return page, None
