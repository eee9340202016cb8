"""Who is away, and who stands in.

AWAY   <sub>#<from>   from, until, deputy (a sub), by (the sub of whoever entered it)

Days are local and both included. A month after the last one the entry goes: nobody asks who was away then.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from adapters.items import Item, Items

KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Absence:
    """`sub` is away from `first` until `until`, and `deputy` stands in."""

    sub: str
    first: date
    until: date
    deputy: str
    by: str

    @property
    def id(self) -> str:
        """Nobody begins two absences on one day."""
        return f"{self.sub}#{self.first.isoformat()}"


class Absences:
    """The register of leave."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def all(self) -> list[Absence]:
        """Past ones too, until they are forgotten; by person, then by day."""
        return [_absence(item) for item in self._items.query(PK="AWAY", consistent=True)]

    def add(self, absence: Absence) -> bool:
        """Enter it; False if this person has one that begins on the same day."""
        gone = datetime.combine(absence.until + KEPT, time.min, UTC)
        return self._items.put(
            {
                **_key(absence.id),
                "from": absence.first.isoformat(),
                "until": absence.until.isoformat(),
                "deputy": absence.deputy,
                "by": absence.by,
                "expires": int(gone.timestamp()),
            }
        )

    def remove(self, absence: str) -> None:
        """Strike one out by its id. One that is not there is no error."""
        self._items.delete(_key(absence))

    def stand_in(self, sub: str, on: date) -> str:
        """Who acts for `sub` on a local day: themselves, their deputy, or the deputy of a deputy who is away too."""
        away = {one.sub: one.deputy for one in self.all() if one.first <= on <= one.until}
        deputy = away.get(sub, sub)
        return away.get(deputy, deputy)


def _key(absence: str) -> Item:
    return {"PK": "AWAY", "SK": absence}


def _absence(item: Item) -> Absence:
    return Absence(
        sub=item["SK"].rpartition("#")[0],
        first=date.fromisoformat(item["from"]),
        until=date.fromisoformat(item["until"]),
        deputy=item["deputy"],
        by=item["by"],
    )
