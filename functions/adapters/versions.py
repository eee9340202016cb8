"""What the organisation settles, version after version: its rules, and each register of its framework.

SETTINGS              <register>   the newest version of each
SETTINGS#<register>   000001       each version: its content, who settled it, when, and why
"""

import math
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

from adapters.items import ABSENT, Item, Items, iso, packed
from complaints.refusals import OutOfDate

FRESH = 20.0  # seconds for which a warm function trusts what it has read
NEWEST = "SETTINGS"
T = TypeVar("T")


@dataclass(frozen=True)
class Version(Generic[T]):
    """One version `of` a register, settled at a moment (UTC) by a `sub`. Version 0 is there from the start: nobody has
    settled it.
    """

    of: str
    version: int
    content: T
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None


def latest(items: Items) -> list[Version[None]]:
    """The newest version of each register that somebody has settled, without its content. One round trip."""
    kept = items.query(PK=NEWEST, consistent=True)
    return [_version(item["SK"], None, item) for item in kept]


class Versions(Generic[T]):
    """All versions of one register. What they hold is of one `kind`; `first` is version 0, of the same kind or None."""

    def __init__(self, items: Items, register: str, kind: type[BaseModel], first: T) -> None:
        self._items = items
        self._kind = TypeAdapter[Any](kind)
        self._first = Version(register, 0, first)
        self._recent = self._first
        self._read_at = -math.inf

    def recent(self) -> Version[T]:
        """The newest version; up to twenty seconds old."""
        return self._recent if time.monotonic() - self._read_at <= FRESH else self.newest()

    def newest(self) -> Version[T]:
        """The newest version, as the table has it now."""
        item = self._items.get({"PK": NEWEST, "SK": self._first.of})
        return self._seen(self._version(item) if item else self._first)

    def history(self) -> list[Version[T]]:
        """Every version that somebody has settled, the newest first."""
        kept = self._items.query(PK=f"{NEWEST}#{self._first.of}", forward=False, consistent=True)
        return [self._version(item) for item in kept]

    def settle(self, content: T, reason: str, by: str | None, now: datetime, *, after: int) -> Version[T]:
        """A new version, after the one that whoever settles it has seen. Raises OutOfDate if that is not the newest."""
        register, version = self._first.of, after + 1
        item = {"version": version, "content": self._kind.dump_json(content, by_alias=True).decode()}
        item |= {"by": by, "at": iso(now), "reason": reason}
        newest: dict[str, Any] = {
            "TableName": self._items.name,
            "Item": packed({"PK": NEWEST, "SK": register, **item}),
            "ConditionExpression": ABSENT,
        }
        if after:
            newest["ConditionExpression"] = "version = :after"
            newest["ExpressionAttributeValues"] = packed({":after": after})
        kept = {"PK": f"{NEWEST}#{register}", "SK": f"{version:06d}", **item}
        try:
            self._items.transact([{"Put": newest}, self._items.putting(kept)])
        except OutOfDate:
            raise OutOfDate(self.newest()) from None
        return self._seen(Version(register, version, content, by=by, at=now, reason=reason))

    def _seen(self, version: Version[T]) -> Version[T]:
        self._recent, self._read_at = version, time.monotonic()
        return version

    def _version(self, item: Item) -> Version[T]:
        return _version(self._first.of, self._kind.validate_json(item["content"]), item)


def _version(register: str, content: T, item: Item) -> Version[T]:
    at = datetime.fromisoformat(item["at"])
    return Version(register, int(item["version"]), content, by=item.get("by"), at=at, reason=item["reason"])
