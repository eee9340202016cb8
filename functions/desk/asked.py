"""What every route asks first: who is there, what may they do, which version have they seen."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Header, Request
from pydantic import UUID4, BaseModel, ConfigDict, WithJsonSchema

from adapters.table import Table
from complaints.refusals import Incomplete, NotAllowed
from complaints.roles import STAFF, Person, Role, staff

Who = Callable[[Request], Person]
StaffRole = Annotated[Role, WithJsonSchema({"type": "string", "enum": sorted(STAFF)})]
IfMatch = Annotated[str, Header(description='The version that was seen, in quotes: `"3"`.')]
Key = Annotated[UUID4, Header(description="A random UUID. The same one again is the same request, done once.")]


class Asked(BaseModel):
    """The body of a request. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


def signed_in(table: Table) -> Who:
    """Who is behind a request."""

    def who(request: Request) -> Person:
        """The person behind the token, as the groups and the staff list say now. Raises NotAllowed."""
        claims = request.scope["aws.event"]["requestContext"]["authorizer"]["jwt"]["claims"]
        member = table.staff_member(claims["sub"])
        if member is None or not member["active"] or claims.get("token_use") != "access":
            raise NotAllowed
        return staff(claims["sub"], groups(claims.get("cognito:groups", "")))

    return who


def having(roles: frozenset[Role], who: Who) -> Who:
    """Who is behind a request, if one of their roles is among these; raises NotAllowed otherwise."""

    def one_of_them(request: Request) -> Person:
        person = who(request)
        if not person.may(roles):
            raise NotAllowed
        return person

    return one_of_them


def works_here(table: Table, sub: str, roles: frozenset[Role] = STAFF) -> bool:
    """Whether somebody is on the staff list now, with one of these roles."""
    member = table.staff_member(sub) or {}
    return bool(member.get("active")) and not roles.isdisjoint(member.get("roles", []))


def groups(claim: str) -> frozenset[Role]:
    """The roles in the `cognito:groups` claim, which API Gateway hands over as the text `[lead handler]`.

    Only exact names count; anything else is no role.
    """
    names = {role.value for role in Role}
    return frozenset(Role(name) for name in claim.strip().removeprefix("[").removesuffix("]").split() if name in names)


def version_of(if_match: str) -> int:
    """The version in an If-Match header. Raises Incomplete."""
    text = if_match.strip().strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Incomplete(("/header/if-match", "wrong_type"))
    return int(text)
