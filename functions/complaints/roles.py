"""Who may do and see what. A role is a group of the user pool; the names are those of the standard."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """The nine roles of staff, and the two who act without being staff."""

    FRONT_LINE = "front-line"
    HANDLER = "handler"
    LEAD = "lead"
    REVIEWER = "reviewer"
    MANAGEMENT_REPRESENTATIVE = "management-representative"
    TOP_MANAGEMENT = "top-management"
    AUDITOR = "auditor"
    DATA_PROTECTION_OFFICER = "data-protection-officer"
    ADMINISTRATOR = "administrator"
    COMPLAINANT = "complainant"
    SYSTEM = "system"


STAFF = frozenset(Role) - {Role.COMPLAINANT, Role.SYSTEM}

# An administrator keeps settings and users; complaints are no business of that role (ISO 10002, 4.10 confidentiality).
READERS = STAFF - {Role.ADMINISTRATOR}

# Those who work on complaints: auditors and the data-protection officer read, and change nothing.
WRITERS = frozenset({Role.FRONT_LINE, Role.HANDLER, Role.LEAD, Role.REVIEWER, Role.MANAGEMENT_REPRESENTATIVE})
CASEWORKERS = frozenset({Role.HANDLER, Role.LEAD})
REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD, Role.MANAGEMENT_REPRESENTATIVE})
APPROVERS = frozenset({Role.LEAD, Role.MANAGEMENT_REPRESENTATIVE, Role.TOP_MANAGEMENT})
LEADS = frozenset({Role.LEAD})
COMPLAINANT_OR_STAFF = WRITERS | {Role.COMPLAINANT}

# Who needs to know who complained, and who of these the support needs too (ISO 10002, 4.10). The others read the case
# without them.
KNOW_IDENTITY = WRITERS | {Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}
KNOW_NEEDS = frozenset({Role.HANDLER, Role.LEAD, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER})


class Actor(BaseModel):
    """Who did something, as history keeps it. `id` is the staff member's `sub`; nobody else has one. `roles` are those
    that they had then; what was kept before roles were has none.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["complainant", "staff", "system"]
    id: str | None = None
    roles: tuple[Role, ...] = ()


class Person(BaseModel):
    """Who asks, with the roles held at this moment."""

    model_config = ConfigDict(frozen=True)

    actor: Actor
    roles: frozenset[Role]

    def may(self, allowed: frozenset[Role]) -> bool:
        """Whether any of this person's roles is among those allowed."""
        return not self.roles.isdisjoint(allowed)


THE_COMPLAINANT = Person(actor=Actor(kind="complainant"), roles=frozenset({Role.COMPLAINANT}))
THE_SYSTEM = Person(actor=Actor(kind="system"), roles=frozenset({Role.SYSTEM}))


def staff(sub: str, roles: frozenset[Role]) -> Person:
    """A member of staff, by the `sub` of the user pool."""
    held = tuple(role for role in Role if role in roles & STAFF)
    return Person(actor=Actor(kind="staff", id=sub, roles=held), roles=frozenset(held))
