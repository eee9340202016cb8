"""The registers of the framework: who may, what is refused, and that what was settled is what people are told."""

from collections.abc import Callable
from typing import Any

import pytest

from complaints.framework import REGISTERS
from tests.functions.test_intake import a_form
from tests.world import ADMINISTRATOR, AUDITOR, HANDLER, World

Refused = Callable[..., dict[str, Any]]


def calls(number: str, rate: str) -> dict[str, str]:
    return {"number": number, "rate": rate}


CONTACT: dict[str, Any] = {
    "telephones": [calls("0 800 111 22 33", "free"), calls("0212 555 01 23", "standard")],
    "hours": {"tr": "Hafta içi 09.00–18.00", "en": "Weekdays 9 am to 6 pm"},
    "address": "Çınaraltı Sokak 5\n34000 İstanbul",
    "email": "sikayet@cinaralti.example",
}


def register(world: World, name: str, sub: str = ADMINISTRATOR) -> dict[str, Any]:
    answer = world.staff(sub).get(f"/api/desk/framework/{name}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def settle(world: World, name: str, content: Any, *, after: int = 0, sub: str = ADMINISTRATOR) -> Any:
    return world.staff(sub).put(
        f"/api/desk/framework/{name}",
        json={"content": content, "reason": "Yönetim kararı."},
        headers={"If-Match": f'"{after}"'},
    )


def settled(world: World, name: str, content: Any, **how: Any) -> dict[str, Any]:
    answer = settle(world, name, content, **how)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


# --- what holds for each ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REGISTERS)
def test_nobody_has_settled_what_was_there_from_the_start(world: World, name: str) -> None:
    found = register(world, name)
    assert (found["version"], found["by_name"], found["at"], found["history"]) == (0, None, None, [])


@pytest.mark.parametrize("name", REGISTERS)
def test_who_may_only_read_is_told_so(world: World, name: str) -> None:
    assert [register(world, name, sub)["can_change"] for sub in (AUDITOR, ADMINISTRATOR)] == [False, True]


def test_a_version_says_by_whom_when_and_why(world: World) -> None:
    found = settled(world, "contact", CONTACT)
    said = (found["version"], found["by_name"], found["at"], found["reason"], found["content"])
    assert said == (1, "Ayşe Gül Öz", "2026-03-02T10:00:00Z", "Yönetim kararı.", CONTACT)
    assert found == register(world, "contact")
    assert [one["version"] for one in found["history"]] == [1]


def test_whoever_comes_second_gets_what_is_in_force_now(world: World, refused: Refused) -> None:
    settled(world, "contact", CONTACT)
    said = refused(settle(world, "contact", {**CONTACT, "email": None}), 409, "out-of-date")
    assert said["current"] == register(world, "contact")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"telephones": []}, "/content/telephones", "required"),
        (
            {"telephones": [calls("0900 123 45 67", "standard")]},
            "/content/telephones/0/number",
            "phone_rate",
        ),
        ({"telephones": [calls("0212 555 01 23", "free")]}, "/content/telephones/0/rate", "phone_not_free"),
        ({"hours": {"tr": "Hafta içi", "en": " "}}, "/content/hours/en", "required"),
        ({"hours": {"tr": "Hafta içi"}}, "/content/hours", "too_short"),
        ({"email": "sikayet"}, "/content/email", "email_invalid"),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(
    world: World, refused: Refused, changes: dict[str, Any], pointer: str, code: str
) -> None:
    said = refused(settle(world, "contact", {**CONTACT, **changes}), 422, "validation")
    assert said["errors"] == [{"pointer": pointer, "code": code}]


def test_all_settings_stand_in_one_list_with_their_last_change(world: World) -> None:
    settled(world, "contact", CONTACT)
    found = world.staff(HANDLER).get("/api/desk/settings").json()["settings"]
    assert [(one["of"], one["version"], one["by_name"], one["reason"]) for one in found] == [
        ("contact", 1, "Ayşe Gül Öz", "Yönetim kararı.")
    ]


# --- contact ---------------------------------------------------------------------------------------------------------


def test_until_somebody_settles_it_people_reach_the_number_of_the_installation(world: World) -> None:
    assert register(world, "contact")["content"]["telephones"] == [{"number": "0 800 000 00 00", "rate": "free"}]


def test_pages_and_letters_say_how_to_reach_us(world: World) -> None:
    settled(world, "contact", CONTACT)
    page = world.public.post("/api/public/complaints/form", data=a_form()).text
    world.settle()
    mail = world.mailbox.sent[-1][1].get_body(("plain",))
    assert mail
    letter = mail.get_content()
    for said in (page, letter):
        assert "0 800 111 22 33" in said and "0 800 000 00 00" not in said
        assert "Hafta içi 09.00–18.00" in said and "sikayet@cinaralti.example" in said
    assert "0212 555 01 23" in page and "Ücretsiz arama" in page
    assert "Çınaraltı Sokak 5\n34000 İstanbul" in page and "Çınaraltı Sokak 5, 34000 İstanbul" in letter
