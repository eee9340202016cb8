"""Who may do what at the desk, asked again with every request."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from desk.asked import groups
from tests.journeys.steps import ONE_POINT as ASSESSMENT
from tests.matrix import BEYOND, NOBODY, ROLES, beside_them, fill
from tests.world import HANDLER, World

SignIn = Callable[..., TestClient]
Refused = Callable[..., dict[str, Any]]

CELLS = [(group, *route) for group in (*ROLES, *NOBODY) for route in BEYOND]


def ask(world: World, somebody: TestClient, method: str, path: str, body: Any) -> Any:
    key = world.key()
    path, body = fill(path, body, {"id": key, "colleague": HANDLER})
    return somebody.request(method, path, json=body, headers={"If-Match": '"0"', "Idempotency-Key": key})


@pytest.fixture(scope="module")
def reference(house: World) -> str:
    return str(house.submit()["reference"])


@pytest.mark.parametrize(
    ("group", "method", "path", "body", "allowed"),
    CELLS,
    ids=[f"{group or 'nobody'} {method} {path.removeprefix('/api/desk')}" for group, method, path, _, _ in CELLS],
)
def test_a_role_may_do_what_the_table_says(
    world: World, sign_in: SignIn, group: str, method: str, path: str, body: Any, allowed: frozenset[str]
) -> None:
    """What is about one complaint stands in test_matrix.py. Allowed is anything but 403: leave may be asked wrongly."""
    answer = ask(world, sign_in(f"[{group}]"), method, path, body)
    assert answer.status_code < 500
    assert (answer.status_code != 403) == (group in allowed)


def test_every_route_of_the_desk_stands_in_the_table(world: World) -> None:
    """Those about one complaint are held to the matrix there."""
    assert beside_them() == {
        (method, route.path)
        for route in world._desk.routes
        if isinstance(route, APIRoute) and "{reference}" not in route.path
        for method in route.methods
    }


def test_the_description_of_the_api_is_published_and_not_served(world: World, refused: Refused) -> None:
    refused(world.staff(HANDLER).get("/api/desk/openapi.json"), 404, "not-found")


# --- denied means nothing happened -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "claim",
    [
        None,
        "",
        "[]",
        "[ ]",
        "[not-handler]",
        "[handlers]",
        "[administrators]",
        "[Handler]",
        "[HANDLER]",
        "[hand ler]",
        "[handler,lead]",
        "[[handler]]",
        '["handler"]',
        "[complainant]",
        "[system]",
        "[administrator]",
        "[role.handler]",
        "[handler\u200b]",
        "[hаndler]",
        "*",
        "[*]",
        "null",
    ],
)
def test_groups_that_are_none_of_ours_read_no_complaint(
    sign_in: SignIn, reference: str, refused: Refused, claim: str | None
) -> None:
    refused(sign_in(claim).get(f"/api/desk/complaints/{reference}"), 403, "not-allowed")


@pytest.mark.parametrize(
    "claim", ["[handler]", "handler", "[lead handler]", "[administrator handler]", "[ handler ]", "[x handler]"]
)
def test_a_group_among_others_counts(sign_in: SignIn, reference: str, claim: str) -> None:
    assert sign_in(claim).get(f"/api/desk/complaints/{reference}").status_code == 200


@pytest.mark.parametrize(
    ("claim", "roles"),
    [
        ("[lead handler]", {"lead", "handler"}),
        ("[not-handler]", set()),
        ("", set()),
        ("[front-line]", {"front-line"}),
        ("[management-representative top-management]", {"management-representative", "top-management"}),
    ],
)
def test_only_exact_names_are_roles(claim: str, roles: set[str]) -> None:
    assert groups(claim) == roles


def test_a_refusal_of_a_role_says_nothing_of_the_complaint(sign_in: SignIn, reference: str) -> None:
    there = sign_in("[administrator]").get(f"/api/desk/complaints/{reference}")
    nowhere = sign_in("[administrator]").get("/api/desk/complaints/00000000000")
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_whoever_is_not_on_the_staff_list_is_refused(sign_in: SignIn, refused: Refused) -> None:
    refused(sign_in("[handler]", listed=False).get("/api/desk/me"), 403, "not-allowed")


def test_an_identity_token_is_no_access_token(sign_in: SignIn, refused: Refused) -> None:
    refused(sign_in("[handler]", token_use="id").get("/api/desk/me"), 403, "not-allowed")


def test_somebody_switched_off_is_refused_at_the_next_request(world: World, refused: Refused) -> None:
    leaver = world.staff("sub-auditor")
    assert leaver.get("/api/desk/queues").status_code == 200
    world.items.update({"PK": "STAFF", "SK": "sub-auditor"}, {"active": False}, when={"active": True})
    refused(leaver.get("/api/desk/queues"), 403, "not-allowed")
    world.items.update({"PK": "STAFF", "SK": "sub-auditor"}, {"active": True}, when={"active": False})


def test_somebody_switched_off_is_not_among_those_who_can_be_given_work(world: World, sign_in: SignIn) -> None:
    before = world.staff(HANDLER).get("/api/desk/staff").json()
    sign_in("[handler]", active=False)
    assert world.staff(HANDLER).get("/api/desk/staff").json() == before


# --- hostile references ----------------------------------------------------------------------------------------------

NAUGHTY = json.loads((Path(__file__).parent.parent / "data" / "blns" / "blns.json").read_text("utf-8"))
HOSTILE = [
    "CASE",
    "STAFF",
    "COUNTS",
    "C#7K4M29XRQ3A",
    "7K4M29XRQ3A",
    "7k4m-29x-rq3b",
    "7K4M29XRQ3A\n",
    "7K4M29XRQ3A\x00",
    "TRIES#7K4M29XRQ3A",
    "FACTS#2026-03",
    "..;",
    "%2e%2e",
    "%00",
    "٧" * 11,
    "0" * 10_000,
    "null",
    "undefined",
    "*",
    "' OR '1'='1",
    *(
        text
        for text in NAUGHTY[:200]
        if text.strip("./ \\") and "/" not in text and "?" not in text and "#" not in text
    ),
]


def test_every_hostile_reference_is_answered_alike(world: World) -> None:
    somebody = world.staff(HANDLER)
    answers = {
        (answer.status_code, answer.content)
        for answer in (somebody.get(f"/api/desk/complaints/{quote(text, safe='')}") for text in HOSTILE)
    }
    assert len(HOSTILE) > 100
    assert [status for status, _ in answers] == [404]


@pytest.mark.parametrize("path", ["notes", "messages", "files", "moves/assess", "tasks/1/done"])
def test_nothing_is_written_to_a_hostile_reference(
    world: World, refused: Refused, path: str, nothing_written: None
) -> None:
    file = {"id": world.key(), "name": "a.pdf", "size": 1, "type": "application/pdf"}
    bodies = {"moves/assess": ASSESSMENT, "tasks/1/done": {}, "files": file}
    for hostile in ("CASE", "C%23STAFF", "7K4M29XRQ3A", world.vault.reference("nobody")):
        answer = world.staff(HANDLER).post(
            f"/api/desk/complaints/{hostile}/{path}",
            json=bodies.get(path, {"id": world.key(), "words": "Not."}),
            headers={"If-Match": '"1"', "Idempotency-Key": world.key()},
        )
        refused(answer, 404, "not-found")


def test_every_file_that_is_not_there_is_answered_alike(world: World, reference: str, refused: Refused) -> None:
    other = world.vault.reference("nobody")
    file = world.key()
    for path in (f"{reference}/files/{file}", f"{other}/files/{file}"):
        refused(world.staff(HANDLER).get(f"/api/desk/complaints/{path}"), 404, "not-found")
