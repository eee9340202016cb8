"""The files of a complaint, from the place that one is promised to the moment it may be opened.

    slot      a place to send one file to, for five minutes
    finish    what arrived is read once: its content has to be what it was said to be; hash and version are kept
    scanned   what a scanner found, where there is one
    tend      what was left behind: an arrival of which nobody told, or the content of a refused file

A file has no `state` until it is finished. Then it is `unscanned`, `clean`, `infected` or `refused` (its content is not
of its type). Every step may be repeated, and a step that stopped half-way is done by the next look or by the sweep.
"""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal

from pydantic import UUID4, BaseModel, ConfigDict, Field

from adapters.files import ANY, LARGEST, MOST, MOST_OF_STAFF, TYPES, Files, clean_name, kind_of, locked, saved_as
from adapters.items import Item, iso
from adapters.table import Everything, Table
from complaints.refusals import Incomplete, NotFound, NotNow
from complaints.roles import Person

FileState = Literal["unscanned", "clean", "infected", "refused"]
Verdict = Literal["clean", "infected"]

OFFERED: frozenset[FileState] = frozenset({"unscanned", "clean"})
ROOM = {"complainant": MOST, "staff": MOST_OF_STAFF}
TRIES = 3  # places that may be asked for, per file that may be kept
HELD_FOR = timedelta(days=1)  # a place that nothing was sent to
SECOND_LOOK = timedelta(hours=12)


class Slot(BaseModel):
    """A file that is about to be uploaded; `size` in bytes. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")

    id: UUID4
    name: str = Field(min_length=1, max_length=500)
    size: int
    type: str = Field(max_length=200)


class SlotGiven(BaseModel):
    """Where and how to POST the file."""

    id: str
    url: str
    fields: dict[str, str]


class Evidence:
    """The bucket, and what the table says of each file."""

    def __init__(self, table: Table, files: Files) -> None:
        self._table = table
        self._files = files

    def slot(
        self,
        reference: str,
        asked: Slot,
        person: Person,
        now: datetime,
        *,
        internal: bool = False,
        then: str | None = None,
    ) -> SlotGiven:
        """Room for one file. Raises Incomplete for a type, a size or a number of files that we do not take, NotNow if
        a file with this id is there, and NotFound.

        `then` is where a browser without a script goes when the file is there.
        """
        if asked.type not in TYPES:
            raise Incomplete(("/type", "file_type"))
        if not 0 < asked.size <= LARGEST:
            raise Incomplete(("/size", "file_size"))
        kept, file, side = self._table.everything(reference), str(asked.id), person.actor.kind
        there = [item for item in kept.files if item["by"]["kind"] == side and not _lapsed(item, now)]
        if any(item["id"] == file and "version" in item for item in kept.files):
            raise NotNow("already_there")  # its content was pinned, and is not replaced
        taken = [item for item in there if item.get("state") != "refused"]
        if file not in {item["id"] for item in there} and (
            len(taken) >= ROOM[side] or len(there) >= ROOM[side] * TRIES
        ):
            raise Incomplete(("/id", "file_count"))
        place = _place(file)
        item = {
            "sealed": self._table.key(reference).seal(place, clean_name(asked.name)),
            "size": asked.size,
            "type": asked.type,
            "at": now.isoformat(),
            "by": person.actor.model_dump(mode="json", exclude_none=True),
            "internal": internal,
            "expires": int((now + HELD_FOR).timestamp()),
            **_due(reference, file, now),
        }
        self._table.put(reference, place, item)
        given = self._files.slot(reference, file, asked.type, then)
        return SlotGiven(id=file, url=given["url"], fields=given["fields"])

    def finish(self, reference: str, file: str) -> None:
        """Read what has arrived, and keep what it is; nothing if that was done. Raises Incomplete if nothing has."""
        item = self._table.item(reference, _place(file))
        if item is None or not self._finished(reference, file, item):
            raise Incomplete(("/id", "required"))

    def everything(self, reference: str, now: datetime, person: Person) -> Everything:
        """All that is kept of a complaint, after finishing files whose arrival nobody told. Raises NotFound, also where
        `person` may not know of it.
        """
        kept = self._table.everything(reference, person)
        waiting = [item for item in kept.files if "version" not in item and not _lapsed(item, now)]
        arrived = [item for item in waiting if self._finished(reference, item["id"], item)]
        return self._table.everything(reference) if arrived else kept

    def link(self, reference: str, file: str) -> str:
        """Where to download a file, for one minute. Raises NotFound if there is none, or none to be opened."""
        kept = self._table.everything(reference)
        found = next((item for item in kept.files if item["id"] == file and item.get("state") in OFFERED), None)
        if found is None:
            raise NotFound
        return self._files.link(reference, file, found["version"], saved_as(found["name"], found["type"]))

    def scanned(self, reference: str, file: str, version: str, verdict: Verdict) -> bool:
        """Keep what a scanner found in a version; whether it was news.

        Nothing is kept of a version that was not pinned, nor of a file that is not there. `infected` outweighs `clean`,
        so the order of two verdicts does not matter.
        """
        with suppress(Incomplete):
            self.finish(reference, file)  # the scanner may be faster than the browser's last call
        weaker = ("unscanned",) if verdict == "clean" else ("unscanned", "clean")
        when = {"version": version, "state": weaker}
        return self._table.update(reference, _place(file), {"state": verdict}, when=when) is not None

    def tend(self, reference: str, file: str, now: datetime) -> None:
        """Do what was left undone: finish a file, delete the content of a refused one, or stop looking for one."""
        with suppress(Incomplete):
            self.finish(reference, file)
        item = self._table.item(reference, _place(file))
        if item is None or "queue" not in item:
            return
        if "version" in item:
            self._files.remove(reference, file, item["version"])
            done = {"removed_at": iso(now), "queue": None, "due_sort": None}
            self._table.update(reference, _place(file), done, when={"version": item["version"]})
            return
        second = datetime.fromisoformat(item["at"]) + SECOND_LOOK
        next_look = _due(reference, file, second) if now < second else {"queue": None, "due_sort": None}
        self._table.update(reference, _place(file), {"looked_at": iso(now), **next_look}, when=_still(item))

    def _finished(self, reference: str, file: str, item: Item) -> bool:
        """Whether the file is finished now; it is not if nothing has arrived."""
        if "version" in item:
            return True
        arrived = self._files.read(reference, file)
        if arrived is None:
            return False
        found = kind_of(arrived.content)
        fits = found is not None and item["type"] in {found, ANY}
        known = {
            "version": arrived.version,
            "size": len(arrived.content),
            "sha256": hashlib.sha256(arrived.content).hexdigest(),
            "locked": locked(arrived.content) or None,
            "expires": None,
        }
        # A refused file stays in the index until its content is deleted, which the public's door has no right to do.
        outcome = (
            {"state": "unscanned", "type": found, "queue": None, "due_sort": None} if fits else {"state": "refused"}
        )
        self._table.update(reference, _place(file), {**known, **outcome}, when=_still(item))
        return True


def _place(file: str) -> str:
    return f"F#{file}"


def _due(reference: str, file: str, at: datetime) -> dict[str, str]:
    return {"queue": "files", "due_sort": f"{iso(at)}#{reference}#{file}"}


def _still(item: Item) -> Item:
    """The same slot, and not finished: what was deleted in the meantime must not come back without its name."""
    return {"version": None, "at": item["at"]}


def _lapsed(item: Item, now: datetime) -> bool:
    return "expires" in item and int(item["expires"]) <= now.timestamp()
