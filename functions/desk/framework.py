"""Versions as the desk shows them: who settled what, when, and why."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from adapters.items import Item
from adapters.versions import Version
from complaints import commands as c
from complaints.roles import Role

SETTLERS = frozenset({Role.MANAGEMENT_REPRESENTATIVE, Role.ADMINISTRATOR})

Reason = Annotated[c.Words, Field(max_length=2_000)]


class VersionShown(BaseModel):
    """Who settled a version, when (UTC), and why. All None for what the product brings along."""

    version: int
    by_name: str | None
    at: datetime | None
    reason: str | None


def version_shown(settled: Version[Any], staff: dict[str, Item]) -> Item:
    """The fields of a VersionShown."""
    name = staff.get(settled.by or "", {}).get("name")
    return {"version": settled.version, "by_name": name, "at": settled.at, "reason": settled.reason}
