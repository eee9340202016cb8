"""Lets a person in: an account in Cognito, their roles, and the profile that the desk shows.

`python -m infra.staff --stage prod --email … --name … --language tr --role handler --role lead` on AWS; the person gets
a temporary password by e-mail and sets up a second factor at the first sign-in.
"""

import argparse
import secrets
import string
from dataclasses import dataclass

from adapters.items import Items
from adapters.telemetry import utc_now
from adapters.versions import Versions
from complaints.framework import Member
from complaints.language import LANGUAGES
from complaints.roles import STAFF
from infra.stack import Cloud, Outputs, outputs_of

ROLES = tuple(sorted(role.value for role in STAFF))


@dataclass(frozen=True)
class Person:
    """Somebody who works with complaints. `language` is that of their screen: tr or en."""

    email: str
    name: str
    language: str
    roles: tuple[str, ...]


def add_person(cloud: Cloud, outputs: Outputs, person: Person, password: str | None = None) -> str:
    """Creates the account, or adds the roles to one that is there; returns the person's `sub`.

    Without `password` Cognito sends an invitation with a temporary one; with it nothing is sent and it is final.
    """
    cognito = cloud.client("cognito-idp")
    pool = outputs["UserPoolId"]
    how = {"MessageAction": "SUPPRESS"} if password else {"DesiredDeliveryMediums": ["EMAIL"]}
    try:
        user = cognito.admin_create_user(
            UserPoolId=pool,
            Username=person.email,
            UserAttributes=[{"Name": "email", "Value": person.email}, {"Name": "email_verified", "Value": "true"}],
            TemporaryPassword=password or new_password(),
            **how,
        )["User"]["Attributes"]
    except cognito.exceptions.UsernameExistsException:
        user = cognito.admin_get_user(UserPoolId=pool, Username=person.email)["UserAttributes"]
    if password:
        cognito.admin_set_user_password(UserPoolId=pool, Username=person.email, Password=password, Permanent=True)
    for role in person.roles:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=person.email, GroupName=role)
    held = cognito.admin_list_groups_for_user(UserPoolId=pool, Username=person.email)["Groups"]
    sub: str = next(attribute["Value"] for attribute in user if attribute["Name"] == "sub")
    # An access token carries no name and no address, and nobody asks the pool who is a lead: the table knows by `sub`.
    cloud.client("dynamodb").put_item(
        TableName=outputs["Table"],
        Item={
            "PK": {"S": "STAFF"},
            "SK": {"S": sub},
            "name": {"S": person.name},
            "email": {"S": person.email},
            "roles": {"L": [{"S": role} for role in sorted(group["GroupName"] for group in held)]},
            "language": {"S": person.language},
            "active": {"BOOL": True},
        },
    )
    _log(cloud, outputs, Member(sub=sub, name=person.name, roles=tuple(sorted(group["GroupName"] for group in held))))
    return sub


def _log(cloud: Cloud, outputs: Outputs, member: Member) -> None:
    """Who may do what is a setting too: the page of settings shows when an account was made or changed."""
    log = Versions[Member | None](Items(cloud.client("dynamodb"), outputs["Table"]), "staff", Member, None)
    log.settle(member, "infra.staff", None, utc_now(), after=log.newest().version)


def new_password() -> str:
    """Fourteen random letters and digits (over 60 bits) in three groups: what the pool wants, and fingers can type."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ["".join(secrets.choice(letters) for _ in range(4)) for _ in range(3)]
    return "-".join([secrets.choice(string.ascii_uppercase) + groups[0], *groups[1:]]) + secrets.choice("23456789")


def main() -> None:
    """The command for AWS."""
    asked = argparse.ArgumentParser(prog="python -m infra.staff", description="Let a person in on AWS.")
    asked.add_argument("--stage", required=True)
    asked.add_argument("--region", required=True)
    asked.add_argument("--email", required=True)
    asked.add_argument("--name", required=True)
    asked.add_argument("--language", choices=LANGUAGES, default="en")
    asked.add_argument("--role", choices=ROLES, action="append", required=True)
    given = asked.parse_args()
    cloud = Cloud(given.region)
    person = Person(given.email.lower(), given.name, given.language, tuple(given.role))
    add_person(cloud, outputs_of(cloud, f"redress-{given.stage}"), person)
    print(f"{person.name} may sign in; a temporary password is on its way to {person.email}.")


if __name__ == "__main__":
    main()
