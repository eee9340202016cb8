"""What the organisation has settled, version after version, and the rules that follow from it.

RULES   CURRENT   the newest version
        000001    each version: who settled it, when, and why
"""

import math
import time
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from adapters.items import ABSENT, Item, Items, iso, packed
from adapters.settings import Ruled
from complaints.refusals import OutOfDate
from complaints.rules import Organisation, Rules

FRESH = 20.0  # seconds for which a warm function trusts what it has read
CURRENT = {"PK": "RULES", "SK": "CURRENT"}


class Settled(BaseModel):
    """One version of the rules. Version 0 is what the product brings along, settled by nobody."""

    version: int
    organisation: Organisation
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None


class Rulebook:
    """The rules at hand, read again when they may be stale."""

    def __init__(self, items: Items, settings: Ruled) -> None:
        self._items = items
        self._settings = settings
        self._read_at = -math.inf
        self._known = self.rules_of(Organisation())

    def rules(self) -> Rules:
        """What binds us now; up to twenty seconds old."""
        if time.monotonic() - self._read_at > FRESH:
            self.settled()
        return self._known

    def rules_of(self, organisation: Organisation) -> Rules:
        """The rules that would follow if this were settled."""
        return Rules(organisation, self._settings.home, self._settings.approver_may_be_handler)

    def settled(self) -> Settled:
        """The newest version; `rules` follow from it from now on."""
        found = _settled(self._items.get(CURRENT))
        if found.organisation != self._known.organisation:
            self._known = self.rules_of(found.organisation)
        self._read_at = time.monotonic()
        return found

    def history(self) -> list[Settled]:
        """Every version, the newest first."""
        return [_settled(item) for item in self._items.query(PK="RULES", SK=("<", "C"), forward=False)]

    def settle(self, organisation: Organisation, reason: str, by: str, now: datetime, *, after: int) -> Settled:
        """A new version, after the one that whoever settles it has seen. Raises OutOfDate if that is not the newest."""
        settled = Settled(version=after + 1, organisation=organisation, by=by, at=now, reason=reason)
        item = {
            "version": settled.version,
            "organisation": organisation.model_dump_json(by_alias=True),
            "by": by,
            "at": iso(now),
            "reason": reason,
        }
        newest: dict[str, Any] = {"TableName": self._items.name, "Item": packed({**CURRENT, **item})}
        if after:
            newest |= {
                "ConditionExpression": "version = :after",
                "ExpressionAttributeValues": packed({":after": after}),
            }
        else:
            newest["ConditionExpression"] = ABSENT
        kept = {"PK": "RULES", "SK": f"{settled.version:06d}", **item}
        try:
            self._items.transact([{"Put": newest}, self._items.putting(kept)])
        except OutOfDate:
            raise OutOfDate(self.settled()) from None
        self._known, self._read_at = self.rules_of(organisation), time.monotonic()
        return settled


def _settled(item: Item | None) -> Settled:
    if item is None:
        return Settled(version=0, organisation=Organisation())
    return Settled(
        version=int(item["version"]),
        organisation=Organisation.model_validate_json(item["organisation"]),
        by=item["by"],
        at=datetime.fromisoformat(item["at"]),
        reason=item["reason"],
    )
