"""What a member of staff is to be told by mail, kept until it is.

NOTICES#<sub>   <reference>#<version>   what happened, and when it may be told

One notice a person and event, put by absence: a fact that comes twice is told once. Until it is sent it stands in the
index under `notices`, ordered by when it may be told. It is marked after its mail has left: a crash in between means a
second mail, never none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from adapters.items import Item, Items, iso
from complaints.complaint import Promise

Kind = Literal[
    "safety", "roster", "escalated", "broken", "unassigned", "reminder", "contribution", "handed_over", "assigned"
]
Urgency = Literal["now", "open", "digest"]  # at any hour, in opening hours, with the next digest
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Notice:
    """That `event` of the complaint `reference` concerns `sub`, who may stand in for the colleague `instead_of`.

    `promise` and its `due` moment (UTC) are None where it is about no promise. `at` is when it became known.
    """

    sub: str
    kind: Kind
    reference: str
    event: int
    promise: Promise | None
    due: datetime | None
    priority: int | None
    at: datetime
    urgency: Urgency
    send_after: datetime
    instead_of: str | None = None

    @property
    def key(self) -> Item:
        """Its place in the table."""
        return {"PK": f"NOTICES#{self.sub}", "SK": f"{self.reference}#{self.event:06d}"}


class Notices:
    """All that are waiting, and for a month those that were sent."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def add(self, notice: Notice) -> None:
        """Keep it, unless it is there: sent or not."""
        self._items.put(
            {
                **notice.key,
                "kind": notice.kind,
                "reference": notice.reference,
                "event": notice.event,
                "promise": notice.promise,
                "due": iso(notice.due) if notice.due else None,
                "priority": notice.priority,
                "at": iso(notice.at),
                "urgency": notice.urgency,
                "send_after": iso(notice.send_after),
                "instead_of": notice.instead_of,
                "queue": "notices",
                "due_sort": f"{iso(notice.send_after)}#{notice.sub}#{notice.key['SK']}",
            }
        )

    def waits(self, notice: Notice) -> bool:
        """Whether it is still to be sent."""
        item = self._items.get(notice.key)
        return item is not None and "queue" in item

    def due(self, now: datetime) -> Iterable[Notice]:
        """Those that may be told by now, in that order."""
        for found in self._items.query("work-by-queue", queue="notices", due_sort=("<", f"{iso(now)}$")):
            item = self._items.get(
                {"PK": found["PK"], "SK": found["SK"]}
            )  # the index holds keys only, and may be stale
            if item and "queue" in item:
                yield _notice(item)

    def done(self, notice: Notice, now: datetime) -> None:
        """It needs no mail any more."""
        gone = {"queue": None, "due_sort": None, "sent_at": iso(now), "expires": int((now + KEPT).timestamp())}
        self._items.update(notice.key, gone, when={"queue": "notices"})


def _notice(item: Item) -> Notice:
    return Notice(
        sub=item["PK"].removeprefix("NOTICES#"),
        kind=item["kind"],
        reference=item["reference"],
        event=int(item["event"]),
        promise=item.get("promise"),
        due=datetime.fromisoformat(item["due"]) if "due" in item else None,
        priority=int(item["priority"]) if "priority" in item else None,
        at=datetime.fromisoformat(item["at"]),
        urgency=item["urgency"],
        send_after=datetime.fromisoformat(item["send_after"]),
        instead_of=item.get("instead_of"),
    )
