"""The registers of the framework, as the table keeps them."""

from typing import Any, Protocol

from adapters.items import Items
from adapters.versions import Version, Versions, latest
from complaints.framework import REGISTERS, Contact, reached_by


class Installed(Protocol):
    """What the installation has been told of the organisation."""

    @property
    def help_phone(self) -> str: ...

    @property
    def calendar(self) -> str: ...


class Registers(dict[str, Versions[Any]]):
    """Each register by its name. One that was never settled holds None, but for those that the installation fills."""

    def __init__(self, items: Items, installed: Installed) -> None:
        first = {"contact": reached_by(installed.help_phone, installed.calendar[:2])}
        self._items = items
        super().__init__({name: Versions(items, name, kind, first.get(name)) for name, kind in REGISTERS.items()})

    def latest(self) -> list[Version[None]]:
        """The newest version of everything that somebody has settled, without its content; the rules too."""
        return latest(self._items)

    def contact(self) -> Contact:
        """How people reach us; up to twenty seconds old."""
        found: Contact = self["contact"].recent().content
        return found
