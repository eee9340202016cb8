"""The registers of the framework, as the table keeps them."""

from datetime import date, datetime
from typing import Any, Protocol

from pydantic import BaseModel

from adapters.items import Items, iso
from adapters.versions import Version, Versions, latest
from complaints.complaint import Language, LetterKind
from complaints.framework import DOCUMENTS, REGISTERS, Brand, Contact, InForce, Look, Member, filled, reached_by


class Installed(Protocol):
    """What the installation has been told of the organisation."""

    @property
    def organisation(self) -> str: ...

    @property
    def help_phone(self) -> str: ...

    @property
    def calendar(self) -> str: ...


class Registers(dict[str, Versions[Any]]):
    """Each register by its name. One that was never settled holds None, but for those that the installation fills."""

    def __init__(self, items: Items, installed: Installed) -> None:
        first = {"contact": reached_by(installed.help_phone, installed.calendar[:2])}
        self._items = items
        self._installed = installed
        kinds: dict[str, type[BaseModel]] = {**REGISTERS, "staff": Member}
        kinds |= {f"{name}-in-force": InForce[kind] for name, kind in DOCUMENTS.items()}  # type: ignore[valid-type]
        super().__init__({name: Versions(items, name, kind, first.get(name)) for name, kind in kinds.items()})

    def latest(self) -> list[Version[None]]:
        """The newest version of everything that somebody has settled, without its content; the rules too."""
        return latest(self._items)

    def history(self) -> list[Version[Any]]:
        """Every version of every register but the rules, which have a class of their own."""
        return [one for found in self.latest() if found.of in self for one in self[found.of].history()]

    def contact(self) -> Contact:
        """How people reach us; up to twenty seconds old."""
        found: Contact = self["contact"].recent().content
        return found

    def sentence(self, kind: LetterKind, language: Language) -> str | None:
        """What the organisation says of its own in a letter, if anything; up to twenty seconds old."""
        letters = self["letters"].recent().content
        if letters is None or kind not in letters.own:
            return None
        return filled(letters.own[kind][language], self.places())

    def places(self) -> dict[str, str]:
        """What belongs in the places of its sentences; up to twenty seconds old."""
        return {"organisation": self.look().name, "help_phone": self.contact().phone}

    def look(self) -> Look:
        """What the organisation is called and looks like; up to twenty seconds old."""
        brand: Brand | None = self["brand"].recent().content
        return (brand or Brand()).look(self._installed.organisation)

    def in_force(self, document: str, on: date) -> Version[InForce[Any]] | None:
        """The commitment or the policy that holds on a local day, if one was approved; up to twenty seconds old."""
        approved = self[f"{document}-in-force"]
        newest = approved.recent()
        if newest.content is None or newest.content.document.holds(on):
            return newest if newest.content else None
        return next((one for one in approved.history() if one.content.document.holds(on)), None)

    def read(self, document: str, version: int, by: str, now: datetime) -> None:
        """Somebody has read this version. Said again, it stays as it was."""
        self._items.put({"PK": f"READ#{document}", "SK": f"{version:06d}#{by}", "at": iso(now)})

    def has_read(self, document: str, version: int, who: str) -> bool:
        """Whether somebody has read this version."""
        return self._items.get({"PK": f"READ#{document}", "SK": f"{version:06d}#{who}"}) is not None

    def readers(self, document: str, version: int) -> dict[str, datetime]:
        """Who has read this version, and when: the last one last."""
        said = self._items.query(PK=f"READ#{document}", SK=("begins_with", f"{version:06d}#"), consistent=True)
        found = {item["SK"].partition("#")[2]: datetime.fromisoformat(item["at"]) for item in said}
        return dict(sorted(found.items(), key=lambda one: one[1]))
