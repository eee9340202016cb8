"""The table: one partition a complaint, and the three ways to write to it.

    C#<reference>  CASE              the complaint as it is now: `snapshot`, `label`, `version`, `head`
                   E#000001          what happened, in order; hash-chained over ciphertext
                   N#<id>            a note or a message
                   F#<id>            a file (evidence.py)
                   A#<sub>           that a colleague is asked to contribute
                   L#000001-<kind>   a letter: owed, claimed, sent, delivered or bounced
                   R#000001          that its complainant has answered the survey after the n-th closing
                   W                 how far insight has counted this complaint
                   TOKENS            which entries of search lead to this complaint (search.py)
    STAFF          <sub>             a member of staff
    COUNTS         NOW               how many complaints stand in each queue
    FACTS#2026-11  <reference>       one complaint for the figures, without personal data
    TRIES#<ref>    2026-11-22T10     how often a secret was tried in this hour; likewise a number, and on a day a letter
    VIEWS#2026-11  <at>#<sub>#…      who of the staff saw who complained
    SURVEY#2026-11 <random>          what a complainant thinks of how their complaint was handled
    SETTINGS       <register>        what the organisation has settled, now
    SETTINGS#<reg.>  000001          the same, version after version (versions.py)
    S#<token>      <moment>#<ref>    that a token leads to a complaint (search.py)
    AWAY           <sub>#<from>      who is away, and who stands in (absences.py)
    NOTICES#<sub>  <id>              what a member of staff is told by mail (notices.py)
    DESTROYED      <at>#<reference>  that a complaint was destroyed

`file` begins a complaint, `change` moves it, `add` puts something beside it. The first two are one transaction: the
case, what happened, the letters that it makes due and, at the beginning, what it is found by. Nothing is announced that
was not stored.
"""

import hashlib
import heapq
import json
import secrets
from collections.abc import Callable, Iterable, Set
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import Any, Literal, NoReturn, cast

from adapters.figures import NOW
from adapters.items import Item, Items, hundreds, iso, packed, wait
from adapters.search import entries
from adapters.telemetry import logger
from adapters.vault import Key, Unreadable, Vault, is_reference, normal
from complaints import commands as c
from complaints import events as e
from complaints.complaint import UNANSWERED, Complaint, State
from complaints.deadlines import should_have_left, wakes_at
from complaints.history import begin, each, evolve, fold, letter_owed
from complaints.impartiality import hands_in, may_see
from complaints.joining import absorb, separate
from complaints.lifecycle import decide, permitted
from complaints.receiving import receive
from complaints.refusals import Clash, Incomplete, NotFound, NotNow, OutOfDate, TooMany
from complaints.report import QUEUES, Queue, partition
from complaints.roles import THE_SYSTEM, Person
from complaints.rules import Rules
from complaints.survey import Marks
from complaints.words import told

GENESIS = "0" * 64
RESTRICTED = "-restricted"  # what the partition of the index is called that holds what not everybody may see
CLOSED = ("closed", "watched")  # the partitions of what is closed (report.partition)
WATCHED = ("open", "watched")  # and those of what time can change
TRIES_AN_HOUR = 10
NEW_CODES_A_DAY = 3
KEEP_VIEWS = timedelta(days=2 * 366)
KEEP_MARKS = timedelta(days=26 * 31)  # longer than any month of them is shown (survey.SHOWN)
KEEP_DESTROYED = timedelta(days=3 * 366)
View = Literal["case", "list", "search", "paper"]


@dataclass(frozen=True)
class Label:
    """Who and what, for a row of the queue."""

    name: str | None
    subject: str


@dataclass(frozen=True)
class Destroyed:
    """That a complaint was destroyed, and with how many files; `restricted` is one that not everybody may know of."""

    at: datetime
    reference: str
    files: int
    restricted: bool


class Table:
    """The main table and, for functions that read words, the `keys` table beside it."""

    def __init__(
        self, items: Items, rules: Callable[[], Rules], vault: Vault | None = None, keys: Items | None = None
    ) -> None:
        self._items = items
        self._keys = keys
        self._vault = vault
        self._rules = rules

    @property
    def rules(self) -> Rules:
        """What binds the organisation now."""
        return self._rules()

    # --- begin and move ----------------------------------------------------------------------------------------------

    def file(self, ask: c.Submit, person: Person, now: datetime, *, fingerprint: bytes, body: bytes) -> Complaint:
        """Begin a complaint, once: a replay gives the complaint that is already there.

        `fingerprint` is that of the tracking secret, `body` that of the submission. Raises Clash if the reference was
        begun with another body, and NotFound if this person may not know any more of what it began.
        """
        before = self._handled(ask.submission.told_reference)
        try:
            event = receive(ask.model_copy(update={"handled_before": before}), person, now, self.rules)
        except Incomplete:
            # An entry repeated so late that it needs a reason now.
            if replayed := self._replayed(ask.reference, body, person):
                return replayed
            raise
        complaint = begin(event)
        assert self._vault and self._keys  # noqa: S101
        key, wrapped = self._vault.new_key(ask.reference)
        assert event.words  # noqa: S101
        subject = subject_of(ask.submission.what_happened)
        label = json.dumps([ask.submission.name, subject], ensure_ascii=False)
        records, head = self._records((event,), GENESIS, key, None)
        case = {
            **_case(complaint, self.rules),
            **_place(ask.reference, "CASE"),
            "schema": 1,
            "reference": ask.reference,
            "head": head,
            "secret": fingerprint,
            "body": body,
            "label": key.seal("CASE", label),
        }
        row = {"reference": ask.reference, "wrapped": wrapped}
        once = {
            "TableName": self._keys.name,
            "ConditionExpression": "attribute_not_exists(#reference)",
            "ExpressionAttributeNames": {"#reference": "reference"},
        }
        found_by = entries(complaint, told(event.words, subject), self._vault)
        new = [case, *records, *_letters(complaint, (event,)), *found_by]
        try:
            self._items.transact([*map(self._items.putting, new), {"Put": {"Item": packed(row), **once}}])
        except OutOfDate:
            if replayed := self._replayed(ask.reference, body, person):
                return replayed
            raise
        return complaint

    def _handled(self, told_reference: str | None) -> tuple[str, ...]:
        """Who of the staff had a hand in the complaint that somebody names, and in those that it was merged into; of
        what is no reference of ours, nobody. This needs no key.
        """
        found: set[str] = set()
        reference = normal(told_reference or "")
        while is_reference(reference) and (complaint := self.load(reference)):
            history = self._items.query(PK=f"C#{reference}", SK=("begins_with", "E#"), consistent=True)
            found |= hands_in(tuple(e.EVENT.validate_json(item["event"]) for item in history))
            reference = complaint.merged_into or ""
        return tuple(sorted(found))

    def _replayed(self, reference: str, body: bytes, person: Person) -> Complaint | None:
        there = self._get(reference, "CASE")
        if there is None:
            return None
        complaint = Complaint.model_validate_json(there["snapshot"])
        if not may_see(person, complaint):
            raise NotFound
        if there["body"] != body:
            raise Clash
        return complaint

    def change(
        self,
        reference: str,
        ask: c.Command,
        person: Person,
        now: datetime,
        *,
        version: int | None = None,
        request: str | None = None,
    ) -> Complaint:
        """Move a complaint and give what it is then.

        With `version`, the asker's knowledge: raises OutOfDate if the complaint has moved on, unless it was this very
        `request` that moved it. Without, the newest state is taken, again and again while others are faster.
        Raises what `decide` raises, and NotFound.
        """
        permitted(ask, person)  # before anything is told about the complaint
        for attempt in range(6):
            stored = self._get(reference, "CASE")
            if stored is None:
                raise NotFound
            complaint = Complaint.model_validate_json(stored["snapshot"])
            if not (may_see(person, complaint) or isinstance(ask, c.Recalculate)):
                raise NotFound
            if version is not None and complaint.version != version:
                if request and self._was_made_by(request, reference, version + 1):
                    return complaint
                raise OutOfDate(complaint)
            events = self._decide(complaint, ask, person, now)
            if not events:
                return complaint
            _kept(stored)
            try:
                return self._commit(complaint, events, stored["head"], request)
            except OutOfDate:
                wait(attempt)
        raise OutOfDate(complaint)

    def preview(
        self, reference: str, ask: c.Command, person: Person, now: datetime
    ) -> tuple[Complaint, tuple[e.AnyEvent, ...]]:
        """The complaint as it is, and what a move would make happen; nothing is written. Raises as `change` does."""
        permitted(ask, person)
        complaint = self.load(reference)
        if complaint is None or not may_see(person, complaint):
            raise NotFound
        return complaint, self._decide(complaint, ask, person, now)

    def merge(
        self, reference: str, ask: c.Merge | c.Unmerge, person: Person, now: datetime, *, version: int, request: str
    ) -> Complaint:
        """M29 and M30: both complaints change in one transaction, or none. Gives the one that was asked about.

        For a merger the caller has seen that both are the same person's. Raises as `change` does, and NotNow if the
        other complaint cannot take part.
        """
        permitted(ask, person)
        for attempt in range(6):
            stored = self._get(reference, "CASE")
            if stored is None:
                raise NotFound
            source = Complaint.model_validate_json(stored["snapshot"])
            if not may_see(person, source):
                raise NotFound
            if source.version != version:
                if self._was_made_by(request, reference, version + 1):
                    return source
                raise OutOfDate(source)
            other = self._get(ask.into if isinstance(ask, c.Merge) else source.merged_into or "", "CASE")
            target = Complaint.model_validate_json(other["snapshot"]) if other else None
            if other is None or target is None or not may_see(person, target):
                self.refuse(source, ask, person, "no_target")
            events = self._decide(source, ask, person, now)
            _kept(stored, other)
            try:
                theirs: e.AnyEvent = (
                    absorb(target, source, person, now, self.rules)
                    if isinstance(ask, c.Merge)
                    else separate(target, source, person, now)
                )
            except NotNow as refused:
                self.refuse(source, ask, person, refused.reason)
            try:
                changed, writes = self._writes(source, events, stored["head"], request)
                _, more = self._writes(target, (theirs,), other["head"], request)
                self._items.transact([*writes, *more])
            except OutOfDate:
                wait(attempt)
            else:
                return changed
        raise OutOfDate(source)

    def _decide(self, complaint: Complaint, ask: c.Command, person: Person, now: datetime) -> tuple[e.AnyEvent, ...]:
        try:
            return decide(complaint, ask, person, now, self.rules)
        except NotNow as refused:
            self.refuse(complaint, ask, person, refused.reason)

    def refuse(self, complaint: Complaint, ask: c.Command | str, person: Person, reason: str) -> NoReturn:
        """Raises NotNow, and leaves in the log what was refused, in which state, why and to whom: never a word of it.

        `ask` is a command, or the name of what is no move.
        """
        what = ask if isinstance(ask, str) else permitted(ask, person).name
        state, roles = complaint.state.value, sorted(person.roles)
        logger.info("refused", move=what, reference=complaint.reference, state=state, reason=reason, roles=roles)
        raise NotNow(reason)

    def waking_wrongly(self) -> Iterable[Complaint]:
        """The complaints in the index that wake at another time than the ladder in force makes them."""
        for item in self._both(*WATCHED):
            complaint = Complaint.model_validate_json(item["snapshot"])
            if item.get("wakes_at") != _case(complaint, self.rules)["wakes_at"]:
                yield complaint

    def condemn(self, complaint: Complaint, now: datetime) -> bool:
        """Mark a complaint that is about to be destroyed: nothing moves it from now on. False if it has moved on."""
        when = {"version": complaint.version}
        return self._items.update(_place(complaint.reference, "CASE"), {"destroyed": iso(now)}, when=when) is not None

    def retire(self, complaint: Complaint, files: int, now: datetime) -> None:
        """Take a complaint that was destroyed with so many files out of every list, and keep for three years that it
        was. Its case stays, for counts and figures.
        """
        gone = int((now + KEEP_DESTROYED).timestamp())
        log = {"PK": "DESTROYED", "SK": f"{iso(now)}#{complaint.reference}", "files": files, "expires": gone}
        log["restricted"] = complaint.restricted or None
        nowhere = {"state": complaint.state.value, "queue": None, "wakes_at": None}
        case = self._items.change(_place(complaint.reference, "CASE"), nowhere, {"version": complaint.version})
        self._items.transact([self._items.putting(log), {"Update": case}])

    def destroyed(self, since: datetime) -> Iterable[Destroyed]:
        """What was destroyed since then, the newest first."""
        for item in self._items.query(PK="DESTROYED", SK=(">", iso(since)), forward=False):
            at, _, reference = item["SK"].partition("#")
            yield Destroyed(datetime.fromisoformat(at), reference, int(item["files"]), item.get("restricted", False))

    def rewind(self, complaint: Complaint) -> bool:
        """Let it wake when the ladder in force says; False if it has moved on, which set that anew in any case."""
        case = _place(complaint.reference, "CASE")
        return self._items.update(case, _case(complaint, self.rules), when={"version": complaint.version}) is not None

    def _commit(
        self, complaint: Complaint, events: tuple[e.AnyEvent, ...], head: str, request: str | None
    ) -> Complaint:
        changed, writes = self._writes(complaint, events, head, request)
        self._items.transact(writes)
        return changed

    def _writes(
        self, complaint: Complaint, events: tuple[e.AnyEvent, ...], head: str, request: str | None
    ) -> tuple[Complaint, list[Any]]:
        """The complaint after these events, and the writes that make it so."""
        changed = reduce(evolve, events, complaint)
        key = self.key(complaint.reference) if any(event.words for event in events) else None
        records, head = self._records(events, head, key, request)
        moved = self._items.change(
            _place(complaint.reference, "CASE"),
            {**_case(changed, self.rules), "head": head},
            {"version": complaint.version, "destroyed": None},
        )
        new = [*records, *_letters(changed, events)]
        asked = [{"Put": {"TableName": self._items.name, "Item": packed(item)}} for item in _asked(complaint, changed)]
        return changed, [{"Update": moved}, *map(self._items.putting, new), *asked]

    def _records(
        self, events: tuple[e.AnyEvent, ...], head: str, key: Key | None, request: str | None
    ) -> tuple[list[Item], str]:
        """The events as items, each hashed together with the one before it; and the new head of the chain."""
        records = []
        for event in events:
            place = f"E#{event.version:06d}"
            text = e.public_part(event)
            sealed = key.seal(place, event.words.model_dump_json()) if key and event.words else None
            head = chained(head, text, sealed)
            record = {
                **_place(event.reference, place),
                "event": text,
                "hash": head,
                "request": request,
                "sealed": sealed,
            }
            records.append(record)
        return records, head

    def _was_made_by(self, request: str, reference: str, version: int) -> bool:
        record = self._get(reference, f"E#{version:06d}")
        return record is not None and record.get("request") == request

    # --- put something beside it -------------------------------------------------------------------------------------

    def add(self, entry: e.NoteWritten | e.MessageWritten, letter: bool = False) -> None:
        """Put a note or a message beside the case, once: its id is its idempotency key.

        With `letter`, the message is also owed by mail.
        """
        place = f"N#{entry.id}"
        sealed = self.key(entry.reference).seal(place, entry.words.model_dump_json()) if entry.words else None
        item = {**_place(entry.reference, place), "event": e.public_part(entry), "sealed": sealed}
        if not letter:
            self._items.put(item)
            return
        owed = _letter(entry.reference, f"{entry.id}-message", entry.at)
        with suppress(OutOfDate):  # both are there already: the same message again
            self._items.transact([self._items.putting(item), self._items.putting(owed)])

    # --- who can open it ---------------------------------------------------------------------------------------------

    def verify(self, entry: e.ContactVerified, address: str) -> None:
        """Keep that whoever holds the code reads the mail of this address; of another it says nothing."""
        assert self._vault  # noqa: S101
        self._access(entry, {"verified": self._vault.verified(entry.reference, address)})

    def ask_code(self, entry: e.NewCodeAsked) -> None:
        """A letter with a number is owed; the numbers before are void. Raises TooMany after three on a day (UTC)."""
        day = timedelta(days=1)
        self._count(entry.reference, f"new-code#{entry.at:%Y-%m-%d}", NEW_CODES_A_DAY, entry.at, day)
        letter = _letter(entry.reference, f"{entry.id}-new_code", entry.at)
        self._access(entry, {"code_asked": entry.id, "code_asked_at": iso(entry.at)}, letter)

    def code_asked(self, reference: str) -> tuple[str, datetime] | None:
        """The id of the last time that a new code was asked for, and when; None once it was given."""
        case = self._get(reference, "CASE") or {}
        return (case["code_asked"], datetime.fromisoformat(case["code_asked_at"])) if "code_asked" in case else None

    def renew(self, entry: e.CodeRenewed, asked: str, fingerprint: bytes) -> None:
        """The secret with this fingerprint takes the place of the one before. Raises OutOfDate if what `asked` for it
        was answered already.
        """
        sets = {"secret": fingerprint, "code_asked": None, "code_asked_at": None}
        self._access(entry, sets, when={"code_asked": asked})

    def _access(self, entry: e.OfAccess, sets: Item, *letters: Item, when: dict[str, Any] | None = None) -> None:
        case = _place(entry.reference, "CASE")
        item = {**_place(entry.reference, f"N#{entry.id}"), "event": e.public_part(entry)}
        changed = {"Update": self._items.change(case, sets, when or {"reference": entry.reference})}
        self._items.transact([changed, *map(self._items.putting, (item, *letters))])

    def put(self, reference: str, place: str, item: Item) -> bool:
        """Put one item beside the case, unless it is there; whether it was put."""
        return self._items.put({**_place(reference, place), **item})

    def update(self, reference: str, place: str, sets: Item, *, when: dict[str, Any]) -> Item | None:
        """Set attributes of an item beside the case while `when` holds, as Items.update does."""
        return self._items.update(_place(reference, place), sets, when=when)

    def viewed(self, person: Person, what: View, references: Iterable[str], now: datetime) -> None:
        """Keep that somebody saw who complained: one item a look, for as long as the law may ask about it."""
        seen = sorted(references)
        if not seen:
            return
        look = f"{iso(now)}#{person.actor.id}#{secrets.token_hex(4)}"
        gone = int((now + KEEP_VIEWS).timestamp())
        item = {"PK": f"VIEWS#{self._month(now)}", "SK": look, "what": what, "references": seen, "expires": gone}
        self._items.put(item)

    def views(self, month: str) -> Iterable[tuple[datetime, str, str, list[str]]]:
        """Who saw whom in a local month (`2026-11`), the newest first: when, who (`sub`), where, which references."""
        for item in self._items.query(PK=f"VIEWS#{month}", forward=False):
            at, sub, _ = item["SK"].split("#")
            yield datetime.fromisoformat(at), sub, item["what"], item["references"]

    def rate(self, complaint: Complaint, marks: Marks, now: datetime) -> bool:
        """Keep what a complainant thinks of how their complaint was handled, once a closing; whether it was kept.

        That they have answered stands beside the case, what they said among all answers of this local month: no key
        leads from one to the other.
        """
        said = {
            "PK": f"SURVEY#{self._month(now)}",
            "SK": secrets.token_hex(16),
            "marks": json.dumps(marks.said),
            "expires": int((now + KEEP_MARKS).timestamp()),
        }
        try:
            self._items.transact([*map(self._items.putting, (_answered(complaint), said))])
        except OutOfDate:
            return False
        return True

    def was_rated(self, complaint: Complaint) -> bool:
        """Whether that was answered since the last closing."""
        return self._items.get(_answered(complaint)) is not None

    def marks(self, month: str) -> list[Marks]:
        """All answers given in a local month (`2026-11`)."""
        return [Marks.model_validate_json(item["marks"]) for item in self._items.query(PK=f"SURVEY#{month}")]

    def _month(self, now: datetime) -> str:
        return f"{self.rules.calendar.day_of(now):%Y-%m}"

    def try_secret(self, reference: str, now: datetime) -> None:
        """Count a try of a secret before it is compared. Raises TooMany after ten in an hour, for the right one too."""
        self._count(reference, f"{now:%Y-%m-%dT%H}", TRIES_AN_HOUR, now, timedelta(hours=1))

    def try_number(self, reference: str, now: datetime) -> None:
        """The same for the number of a letter."""
        self._count(reference, f"number#{now:%Y-%m-%dT%H}", TRIES_AN_HOUR, now, timedelta(hours=1))

    def _count(self, reference: str, window: str, most: int, now: datetime, lasts: timedelta) -> None:
        try:
            self._items.transact(
                [
                    {
                        "Update": {
                            "TableName": self._items.name,
                            "Key": packed({"PK": f"TRIES#{reference}", "SK": window}),
                            "UpdateExpression": "SET tries = if_not_exists(tries, :none) + :one, expires = :gone",
                            "ConditionExpression": "attribute_not_exists(tries) OR tries < :most",
                            "ExpressionAttributeValues": packed(
                                {
                                    ":none": 0,
                                    ":one": 1,
                                    ":most": most,
                                    ":gone": int((now + 2 * lasts).timestamp()),
                                }
                            ),
                        }
                    }
                ]
            )
        except OutOfDate:
            raise TooMany(retry_after=3600 - now.minute * 60 - now.second) from None

    # --- read --------------------------------------------------------------------------------------------------------

    def load(self, reference: str) -> Complaint | None:
        """The complaint as it is now, or None."""
        stored = self._get(reference, "CASE")
        return Complaint.model_validate_json(stored["snapshot"]) if stored else None

    def fingerprint_of(self, reference: str) -> bytes | None:
        """What is stored of the complaint's tracking secret, or None if there is no such complaint."""
        stored = self._get(reference, "CASE")
        return cast(bytes, stored["secret"]) if stored else None

    def letter(self, reference: str, letter: str) -> Item | None:
        """One letter's item, or None."""
        return self._get(reference, f"L#{letter}")

    def entry(self, reference: str, entry: str) -> e.Entry | None:
        """One note, message or the like without its words, or None."""
        item = self._get(reference, f"N#{entry}")
        return e.ENTRY.validate_json(item["event"]) if item else None

    def item(self, reference: str, place: str) -> Item | None:
        """One item beside the case, its words still sealed, or None."""
        return self._get(reference, place)

    def reckonings(self, reference: str) -> tuple[e.Reckoning, ...]:
        """How the due moment of each clock was worked out the last time. This part of history needs no key."""
        found = {}
        for item in self._items.query(PK=f"C#{reference}", SK=("begins_with", "E#"), consistent=True):
            for clock in json.loads(item["event"]).get("clocks", ()):
                one = e.Reckoning.model_validate(clock)
                found[one.promise, one.point, one.duty] = one
        return tuple(found.values())

    def key(self, reference: str) -> Key:
        """The data key of a complaint. Raises Unreadable if it was erased."""
        assert self._vault and self._keys  # noqa: S101
        row = self._keys.get({"reference": reference})
        if row is None:
            raise Unreadable(reference)
        return self._vault.unwrap(reference, row["wrapped"])

    def everything(self, reference: str, person: Person = THE_SYSTEM) -> "Everything":
        """All that is kept of one complaint, its words opened. Raises NotFound, also where `person` may not know."""
        items = list(self._items.query(PK=f"C#{reference}", consistent=True))
        case = next((item for item in items if item["SK"] == "CASE"), None)
        if case is None or not may_see(person, Complaint.model_validate_json(case["snapshot"])):
            raise NotFound
        return Everything(items, self.key(reference), self._vault)

    def page(
        self, queue: str, start: str | None, person: Person, *, backwards: bool = False, first: int | None = None
    ) -> Iterable[tuple[Complaint, bytes, str]]:
        """The complaints, open or `closed`, from a position on that a person may know of, as (complaint, sealed label,
        position). `first` is how many are read at first, whatever the length of the queue.
        """
        after: dict[str, Any] = {"due_sort": ("<" if backwards else ">", start)} if start else {}
        for item in self._both(*(CLOSED if queue == "closed" else (queue,)), backwards=backwards, first=first, **after):
            complaint = Complaint.model_validate_json(item["snapshot"])
            if may_see(person, complaint):
                yield complaint, item["label"], item["due_sort"]

    def restricted(self, person: Person) -> Iterable[Complaint]:
        """The open complaints that not everybody may know of, and this person may. No count holds them."""
        return (one for one in self._restricted("open") if may_see(person, one))

    def hidden_from(self, person: Person) -> set[str]:
        """The references of the complaints that this person may not know of."""
        return {one.reference for one in self._restricted("open", *CLOSED) if not may_see(person, one)}

    def about(self, staff: Set[str]) -> list[str]:
        """The references of all complaints about one of these members of staff, the last received first. They are
        found among what not everybody may know of, for the one complained about may not.
        """
        found = [one for one in self._restricted("open", *CLOSED) if one.complained_about & staff]
        return [one.reference for one in sorted(found, key=lambda one: one.received_at, reverse=True)]

    def _restricted(self, *queues: str) -> Iterable[Complaint]:
        for queue in queues:
            for item in self._items.query("work-by-queue", queue=f"{queue}{RESTRICTED}"):
                yield Complaint.model_validate_json(item["snapshot"])

    def _both(self, *queues: str, backwards: bool = False, **more: Any) -> Iterable[Item]:
        """Partitions of the index and their restricted ones, in one order."""
        found = [
            self._items.query("work-by-queue", queue=name, forward=not backwards, **more)
            for queue in queues
            for name in (queue, f"{queue}{RESTRICTED}")
        ]
        return heapq.merge(*found, key=lambda item: str(item["due_sort"]), reverse=backwards)

    def owned(self, owner: str, person: Person) -> Iterable[Complaint]:
        """The open complaints of one handler that a person may know of."""
        for item in self._items.query("work-by-owner", owner=owner):
            if "snapshot" in item:
                complaint = Complaint.model_validate_json(item["snapshot"])
                if may_see(person, complaint):
                    yield complaint

    def mine(
        self, person: Person, start: str | None, *, backwards: bool = False
    ) -> Iterable[tuple[Complaint, bytes, str]]:
        """What waits for a member of staff, as `page` gives it: the open complaints that they have in hand, and those
        to which they were asked to contribute.
        """
        after: dict[str, Any] = {"due_sort": ("<" if backwards else ">", start)} if start else {}
        for item in self._items.query("work-by-owner", owner=person.actor.id, forward=not backwards, **after):
            case = item if "snapshot" in item else self._items.get({"PK": item["PK"], "SK": "CASE"})
            assert case  # noqa: S101
            complaint = Complaint.model_validate_json(case["snapshot"])
            if may_see(person, complaint):
                yield complaint, case["label"], item["due_sort"]

    def some(self, references: list[str]) -> list[tuple[Complaint, bytes]]:
        """Those of up to 100 complaints that are there, in the order asked for, with their sealed labels."""
        if not references:
            return []
        cases = {case["reference"]: case for case in self._items.many(_place(one, "CASE") for one in references)}
        there = (cases[reference] for reference in references if reference in cases)
        return [(Complaint.model_validate_json(case["snapshot"]), case["label"]) for case in there]

    def each(self, references: Iterable[str]) -> Iterable[Complaint]:
        """Those of any number of complaints that are there; each is asked for once."""
        for some in hundreds(references):
            yield from (complaint for complaint, _ in self.some(some))

    def labels(self, sealed: dict[str, bytes]) -> dict[str, Label | None]:
        """The opened labels of up to 100 complaints, by reference; None where the key was erased. One round trip."""
        assert self._vault and self._keys  # noqa: S101
        if not sealed:
            return {}
        rows = self._keys.many({"reference": reference} for reference in sealed)
        wrapped = {row["reference"]: row["wrapped"] for row in rows}
        return {reference: self._label(reference, wrapped.get(reference), label) for reference, label in sealed.items()}

    def _label(self, reference: str, wrapped: bytes | None, sealed: bytes) -> Label | None:
        assert self._vault  # noqa: S101
        if wrapped is None:
            return None
        try:
            return Label(*json.loads(self._vault.unwrap(reference, wrapped).open("CASE", sealed)))
        except Unreadable:
            return None

    def due(self, by: datetime) -> Iterable[Complaint]:
        """The complaints that time should have changed by then, closed ones too where something is left to watch: what
        a lost schedule left behind.
        """
        late = ("wakes_at <= :by", {":by": iso(by)})
        for item in self._both(*WATCHED, matching=late):
            yield Complaint.model_validate_json(item["snapshot"])

    def unsent_letters(self, before: datetime) -> Iterable[tuple[str, str]]:
        """The (reference, letter id) of the letters owed or claimed since before `before`, and not sent."""
        for item in self._items.query("work-by-queue", queue="letters", due_sort=("<", iso(before))):
            yield item["PK"].removeprefix("C#"), item["SK"].removeprefix("L#")

    def unsent_decisions(self, now: datetime) -> set[str]:
        """The complaints, up to 100, whose decision letter has not left a working day after it was approved."""
        waiting = self._items.query("work-by-queue", queue="letters", due_sort=("<", iso(now)))
        keys = [{"PK": one["PK"], "SK": one["SK"]} for one in waiting if one["SK"].endswith("-decision")]
        letters = self._items.many(keys[:100]) if keys else []
        return {
            letter["PK"].removeprefix("C#")
            for letter in letters
            if should_have_left(datetime.fromisoformat(letter["at"]), now, self.rules)
        }

    def waiting_files(self, before: datetime) -> Iterable[tuple[str, str]]:
        """The (reference, file id) of the files to be looked after since before `before`."""
        for item in self._items.query("work-by-queue", queue="files", due_sort=("<", iso(before))):
            yield item["PK"].removeprefix("C#"), item["SK"].removeprefix("F#")

    def staff(self) -> dict[str, Item]:
        """The members of staff by `sub`: name, language, active."""
        return {item["SK"]: item for item in self._items.query(PK="STAFF")}

    def staff_member(self, sub: str) -> Item | None:
        """One member of staff, or None."""
        return self._items.get({"PK": "STAFF", "SK": sub}, consistent=False)

    def counts(self) -> dict[Queue, int]:
        """How many complaints that everybody may see stand in each queue."""
        stored = self._items.get(NOW, consistent=False) or {}
        return {queue: int(stored.get(queue, 0)) for queue in QUEUES}

    def _get(self, reference: str, place: str) -> Item | None:
        return self._items.get(_place(reference, place))


class Everything:
    """One complaint as it is kept: the case, what happened, what was written, files and letters."""

    def __init__(self, items: list[Item], key: Key, vault: Vault | None = None) -> None:
        self._vault = vault
        by_kind: dict[str, list[Item]] = {}
        for item in items:
            by_kind.setdefault(item["SK"].partition("#")[0], []).append(item)
        self._case = by_kind["CASE"][0]
        self.complaint = Complaint.model_validate_json(self._case["snapshot"])
        self.events = tuple(e.EVENT.validate_python(_with_words(item, key)) for item in by_kind.get("E", []))
        self.entries = tuple(e.ENTRY.validate_python(_with_words(item, key)) for item in by_kind.get("N", []))
        self.files = sorted((self._opened(item, key) for item in by_kind.get("F", [])), key=lambda item: item["at"])
        self.letters = [{**item, "id": item["SK"].removeprefix("L#")} for item in by_kind.get("L", [])]

    @staticmethod
    def _opened(item: Item, key: Key) -> Item:
        return {**item, "id": item["SK"].removeprefix("F#"), "name": key.open(item["SK"], item["sealed"])}

    @property
    def account(self) -> e.Account:
        """What the complainant told us; we write to them where somebody may not act for them.

        Raises Unreadable if it cannot be read.
        """
        first = self.events[0]
        if not isinstance(first, e.ComplaintReceived) or first.words is None:
            raise Unreadable(self.complaint.reference)
        if self.complaint.authority != "refused" or first.words.contact == "complainant":
            return first.words
        return first.words.model_copy(update={"contact": "complainant", "contact_by": None, "call_hours": None})

    @property
    def own_mail(self) -> str | None:
        """Where whoever holds the code reads our letters; None where that is somebody else, or nobody."""
        complaint = self.complaint
        other = complaint.direct or complaint.authority == "refused"
        return self.account.mail_to if complaint.by_mail and not other else None

    @property
    def verified(self) -> bool:
        """Whether that is the address of which they have shown that they read its mail."""
        assert self._vault  # noqa: S101
        address = self.own_mail
        return address is not None and self._case.get("verified") == self._vault.verified(
            self.complaint.reference, address
        )

    def before(self, event: e.AnyEvent) -> "Everything":
        """All of it as it was before something happened, but for what lies beside the events."""
        then = copy(self)
        then.events = tuple(one for one in self.events if one.version < event.version)
        then.complaint = fold(then.events)
        return then

    def stage_of(self, letter: str) -> int | None:
        """At which stage of the complaint a letter was written; None for a message, which no event made due."""
        return next((then.stage for one, then in each(self.events) if letter.startswith(f"{one.version:06d}-")), None)

    def last(self, kind: type[e.Event]) -> Any:
        """The newest event of a kind, or None."""
        return next((event for event in reversed(self.events) if isinstance(event, kind)), None)


def subject_of(what_happened: str) -> str:
    """A title for a complaint: its first sentence, cut at a word after at most 110 characters."""
    line = what_happened.strip().split("\n")[0]
    for stop in (". ", "! ", "? "):
        head, _, rest = line.partition(stop)
        if rest and len(head) >= 20:
            line = min(line, head + stop.strip(), key=len)
    if len(line) <= 110:
        return line
    return line[:110].rsplit(" ", 1)[0] + "…"


def chained(head: str, event: str, sealed: bytes | None) -> str:
    """The hash of an event in the chain. Over ciphertext, so that the chain still verifies after erasure."""
    return hashlib.sha256(head.encode() + event.encode() + (sealed or b"")).hexdigest()


def _with_words(item: Item, key: Key) -> Item:
    fact = json.loads(item["event"])
    if "sealed" in item:
        fact["words"] = json.loads(key.open(item["SK"], item["sealed"]))
    return cast(Item, fact)


def _case(complaint: Complaint, rules: Rules) -> Item:
    """The attributes of the case item that follow from the complaint; None removes one."""
    wakes = wakes_at(complaint, rules)
    return {
        "snapshot": complaint.model_dump_json(exclude_defaults=True),
        "version": complaint.version,
        "state": complaint.state.value,
        "queue": partition(complaint) + (RESTRICTED if complaint.restricted else ""),
        "owner": complaint.owner if complaint.owner and complaint.state != State.CLOSED else None,
        "due_sort": f"{_order(complaint)}#{complaint.reference}",
        "wakes_at": iso(wakes) if wakes else None,
    }


def _order(complaint: Complaint) -> str:
    """Where the complaint stands in its queue: what is urgent first, then by the next promise; after those with a
    promise, by its answer's day.
    """
    if complaint.closed_at and partition(complaint) in CLOSED:
        return iso(complaint.closed_at)
    promise = complaint.next_promise
    due = iso(promise.due) if promise else f"~{iso(complaint.answer_by)}"
    return f"!{due}" if complaint.urgent and complaint.state in UNANSWERED else due


def _letters(complaint: Complaint, events: tuple[e.AnyEvent, ...]) -> list[Item]:
    """The letters that these events make due, as items: written with the events, so that none can be forgotten."""
    if not complaint.by_mail:
        return []
    return [
        _letter(event.reference, f"{event.version:06d}-{kind}", event.at)
        for event in events
        if (kind := letter_owed(event))
    ]


def _letter(reference: str, letter: str, at: datetime) -> Item:
    return {
        **_place(reference, f"L#{letter}"),
        "state": "owed",
        "kind": letter.rpartition("-")[2],
        "at": iso(at),
        "queue": "letters",
        "due_sort": f"{iso(at)}#{reference}#{letter}",
    }


def _asked(was: Complaint, now: Complaint) -> Iterable[Item]:
    """What says that a colleague is asked to contribute, or no longer: in the index it stands among what they own."""
    order = _order(now)
    for sub in now.asked_of | was.asked_of:
        if sub not in now.asked_of:
            yield _place(now.reference, f"A#{sub}")
        elif sub not in was.asked_of or order != _order(was):
            yield {**_place(now.reference, f"A#{sub}"), "owner": sub, "due_sort": f"{order}#{now.reference}"}


def _kept(*cases: Item) -> None:
    """Raises Unreadable if one of these cases is being destroyed, or was."""
    for case in cases:
        if "destroyed" in case:
            raise Unreadable(case["reference"])


def _answered(complaint: Complaint) -> Item:
    return _place(complaint.reference, f"R#{complaint.cycle:06d}")


def _place(reference: str, place: str) -> dict[str, str]:
    return {"PK": f"C#{reference}", "SK": place}
