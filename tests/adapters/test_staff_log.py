"""Who is let in, and with which roles, is kept like every other setting."""

from typing import Any

from adapters.versions import Versions
from complaints.framework import Member
from infra.stack import Cloud
from infra.staff import Person, add_person
from tests.dates import MON_2_MAR, at
from tests.world import World


class Pool:
    """A user pool with one account, as far as letting somebody in asks for it."""

    def __init__(self) -> None:
        self.groups: list[str] = []

    def admin_create_user(self, **asked: Any) -> Any:
        return {"User": {"Attributes": [{"Name": "sub", "Value": "sub-ece"}]}}

    def admin_add_user_to_group(self, *, GroupName: str, **asked: Any) -> None:  # noqa: N803 - the name of the API
        self.groups.append(GroupName)

    def admin_list_groups_for_user(self, **asked: Any) -> Any:
        return {"Groups": [{"GroupName": group} for group in self.groups]}


class Here(Cloud):
    """AWS with that pool."""

    def client(self, service: str) -> Any:
        return POOL if service == "cognito-idp" else super().client(service)


POOL = Pool()


def test_letting_somebody_in_and_giving_them_another_role_is_on_record(aws: None) -> None:
    items, outputs = World(at(MON_2_MAR)).items, {"UserPoolId": "pool", "Table": "Table"}
    for role in ("reviewer", "handler"):
        add_person(Here("eu-central-1"), outputs, Person("ece@cinaralti.example", "Ece Gök", "tr", (role,)))
    kept = Versions[Member | None](items, "staff", Member, None).history()
    assert [(one.version, one.content, one.by) for one in kept] == [
        (2, Member(sub="sub-ece", name="Ece Gök", roles=("handler", "reviewer")), None),
        (1, Member(sub="sub-ece", name="Ece Gök", roles=("reviewer",)), None),
    ]
