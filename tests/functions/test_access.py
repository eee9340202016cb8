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
from tests.world import HANDLER, LEAD, World, a_submission

SignIn = Callable[..., TestClient]
Refused = Callable[..., dict[str, Any]]

ROLES = (
    "front-line",
    "handler",
    "lead",
    "reviewer",
    "management-representative",
    "top-management",
    "auditor",
    "data-protection-officer",
    "administrator",
)
NOBODY = ("", "not-handler")
READ = set(ROLES) - {"administrator"}
WRITE = {"front-line", "handler", "lead", "reviewer", "management-representative"}
CASEWORK = {"handler", "lead"}
APPROVE = {"lead", "management-representative", "top-management"}
SETTLE = {"management-representative", "administrator"}
HAND_OVER = {"lead", "management-representative"}

POINT = {"number": 1, "finding": "upheld", "reasons": "Camda hata var.", "no_remedy_reason": "Gerekmiyor."}
LEAVE = {"staff_id": HANDLER, "from": "2026-03-02", "until": "2026-03-01", "deputy_id": LEAD}
A = "/api/desk/complaints/{reference}"
# Route, body, and who may. {id} is a fresh key.
ROUTES: tuple[tuple[str, str, Any, set[str]], ...] = (
    ("GET", "/api/desk/me", None, {*ROLES, *NOBODY}),
    ("GET", "/api/desk/staff", None, set(ROLES)),
    ("GET", "/api/desk/queues", None, READ),
    ("GET", "/api/desk/complaints", None, READ),
    ("GET", "/api/desk/search", None, READ),
    ("GET", A, None, READ),
    ("GET", A + "/files/{id}", None, READ),
    ("GET", A + "/papers/follow-up?language=tr", None, READ),
    ("POST", "/api/desk/complaints", a_submission(channel="phone", received_at="2026-03-02T09:59:00Z"), WRITE),
    ("POST", A + "/files", {"id": "{id}", "name": "a.pdf", "size": 1, "type": "application/pdf"}, WRITE),
    ("POST", A + "/files/{id}/finish", {}, WRITE),
    ("POST", A + "/notes", {"id": "{id}", "words": "Not."}, WRITE),
    ("POST", A + "/messages", {"id": "{id}", "words": "İleti."}, WRITE),
    ("POST", A + "/tasks/000001-acknowledgement/done", {}, WRITE),
    ("POST", A + "/moves/acknowledge", {"medium": "phone"}, WRITE),
    ("POST", A + "/moves/assess", ASSESSMENT, CASEWORK),
    ("POST", A + "/moves/investigate", {"owner": HANDLER}, CASEWORK),
    ("POST", A + "/moves/assign", {"owner": HANDLER}, {"handler", *HAND_OVER}),
    ("POST", A + "/moves/propose", {"points": [POINT], "cause": "MFG", "improvement_needed": False}, CASEWORK),
    ("POST", A + "/moves/approve", {}, APPROVE),
    ("POST", A + "/moves/return", {"words": "Gerekçe eksik."}, APPROVE),
    ("POST", A + "/moves/accept", {"medium": "phone"}, WRITE),
    ("POST", A + "/moves/dispute", {"medium": "phone"}, WRITE),
    ("POST", A + "/moves/verify", {"words": "Takıldı."}, CASEWORK | APPROVE),
    ("POST", A + "/moves/reopen", {"words": "Yine bozuldu."}, WRITE),
    ("POST", A + "/moves/reassess", {**ASSESSMENT, "reason": "Yanlış anlaşıldı."}, CASEWORK),
    ("POST", A + "/moves/update", {"words": "Parça bekleniyor."}, CASEWORK),
    ("POST", A + "/moves/extend", {"points": [1], "reason": "Parça yolda."}, APPROVE),
    ("POST", A + "/moves/pause", {"points": [1], "category": "before_court", "reason": "Dava açıldı."}, CASEWORK),
    ("POST", A + "/moves/resume", {"points": [1]}, CASEWORK),
    ("POST", A + "/moves/acknowledge/preview", {"medium": "phone"}, WRITE),
    ("POST", A + "/moves/extend/preview", {"points": [1], "reason": "Parça yolda."}, APPROVE),
    ("GET", "/api/desk/packs", None, set(ROLES)),
    ("GET", "/api/desk/rules", None, set(ROLES)),
    ("POST", "/api/desk/rules/preview", {"organisation": {}}, SETTLE),
    ("PUT", "/api/desk/rules", {"organisation": {}, "reason": "Deneme."}, SETTLE),
    ("POST", "/api/desk/rules/apply", {"reason": "Deneme."}, SETTLE),
    ("GET", "/api/desk/workload", None, READ),
    ("POST", "/api/desk/handover", {"from": "{id}", "to": HANDLER, "reason": "Ayrıldı."}, HAND_OVER),
    ("GET", "/api/desk/absences", None, READ),
    ("POST", "/api/desk/absences", LEAVE, {"lead"}),
    ("DELETE", "/api/desk/absences/{id}", None, READ),
)
CELLS = [(group, *route) for group in (*ROLES, *NOBODY) for route in ROUTES]


def ask(world: World, somebody: TestClient, method: str, path: str, body: Any, reference: str) -> Any:
    complaint = world.table.load(reference)
    assert complaint is not None
    key = world.key()
    return somebody.request(
        method,
        path.replace("{reference}", reference).replace("{id}", key),
        content=json.dumps(body).replace("{id}", key) if body is not None else None,
        headers={"Content-Type": "application/json", "If-Match": f'"{complaint.version}"', "Idempotency-Key": key},
    )


@pytest.fixture(scope="module")
def reference(house: World) -> str:
    return str(house.submit()["reference"])


@pytest.mark.parametrize(
    ("group", "method", "path", "body", "allowed"),
    CELLS,
    ids=[f"{group or 'nobody'} {method} {path.removeprefix('/api/desk')}" for group, method, path, _, _ in CELLS],
)
def test_a_role_may_do_what_the_table_says(
    world: World, sign_in: SignIn, reference: str, group: str, method: str, path: str, body: Any, allowed: set[str]
) -> None:
    """Allowed is anything but 403: a move may still come too early, and a file may not be there."""
    answer = ask(world, sign_in(f"[{group}]"), method, path, body, reference)
    assert answer.status_code < 500
    assert (answer.status_code != 403) == (group in allowed)


def test_the_table_has_a_cell_for_every_role_and_route() -> None:
    assert (len(ROUTES), len(CELLS)) == (40, 11 * 40)


def test_every_route_of_the_desk_stands_in_the_table(world: World, reference: str) -> None:
    described = {(method, path) for method, path, _, _ in ROUTES}
    real = {
        (method, route.path) for route in world._desk.routes if isinstance(route, APIRoute) for method in route.methods
    }
    same = {
        "{file}": "{id}",
        "{absence}": "{id}",
        "{paper}": "follow-up?language=tr",
        "/tasks/{task}/": "/tasks/000001-acknowledgement/",
    }
    for old, new in same.items():
        real = {(method, path.replace(old, new)) for method, path in real}
    previews = {(method, path) for method, path in real if path.endswith("/preview") and "/moves/" in path}
    assert described <= real
    assert real - described <= previews  # each asks what its move asks; two of them stand for all
    assert {path.removesuffix("/preview") for _, path in previews} == {
        path for _, path in described - previews if "/moves/" in path
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


@pytest.mark.parametrize("claim", ["[auditor]", "[data-protection-officer]", "[administrator]", "[]"])
def test_whoever_may_not_write_writes_nothing(world: World, sign_in: SignIn, reference: str, claim: str) -> None:
    somebody, before = sign_in(claim), world.table.everything(reference)
    for method, path, body, _ in ROUTES:
        if method == "POST" and path.startswith("/api/desk/complaints"):
            assert ask(world, somebody, method, path, body, reference).status_code == 403
    after = world.table.everything(reference)
    assert (after.complaint, len(after.entries)) == (before.complaint, len(before.entries))


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
