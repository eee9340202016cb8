"""What is published of the two HTTP functions is what they do, and the desk's types are made of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.http import CODES, STATUSES
from complaints.lifecycle import MOVES
from infra import openapi

DOCUMENTS = openapi.documents()
DESK: dict[str, Any] = json.loads(DOCUMENTS[openapi.FOLDER / "desk.json"])
PUBLIC: dict[str, Any] = json.loads(DOCUMENTS[openapi.FOLDER / "intake.json"])
OPERATIONS = [
    (method, path, operation)
    for document in (DESK, PUBLIC)
    for path, methods in document["paths"].items()
    for method, operation in methods.items()
]
A = "/api/desk/complaints/{reference}/moves/"


def schema(name: str) -> Any:
    return DESK["components"]["schemas"][name]


def headers(operation: dict[str, Any]) -> set[str]:
    """The names of the headers that a request has to carry."""
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == "header" and one["required"]}


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_a_published_document_is_what_its_application_says(file: Path) -> None:
    assert file.read_text("utf-8") == DOCUMENTS[file], "run python -m infra.openapi"


def test_nothing_else_is_published() -> None:
    assert set(openapi.FOLDER.iterdir()) == set(DOCUMENTS)


def test_the_desks_types_are_made_from_the_published_document() -> None:
    openapi.npm("schema", "--", "--check")


def test_the_pages_and_the_desk_compile_with_these_types() -> None:
    openapi.npm("types")


def test_every_move_says_what_its_body_is() -> None:
    bodies = {
        path.removeprefix(A): methods["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for path, methods in DESK["paths"].items()
        if path.startswith(A)
    }
    told = {move.name: f"#/components/schemas/{move.command.__name__}" for move in MOVES if move.shown}
    assert bodies == told | {f"{name}/preview": body for name, body in told.items()}


def test_a_move_names_the_version_it_was_made_on_and_its_own_key() -> None:
    moves = {path: methods["post"] for path, methods in DESK["paths"].items() if path.startswith(A)}
    made = [operation for path, operation in moves.items() if not path.endswith("/preview")]
    assert [headers(operation) for operation in made] == [{"if-match", "idempotency-key"}] * len(made)


@pytest.mark.parametrize(
    ("method", "path", "operation"), OPERATIONS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_refusal_is_a_problem(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["responses"]["default"] == {"$ref": "#/components/responses/Refusal"}
    assert set(operation["responses"]) <= {"200", "201", "default"}


def test_a_refusal_names_every_code_there_is() -> None:
    said = schema("Refusal")["properties"]
    assert {one.removeprefix("/problems/") for one in said["type"]["enum"]} == set(STATUSES)
    assert set(said["errors"]["items"]["properties"]["code"]["enum"]) == CODES


def test_what_staff_read_leaves_no_field_out() -> None:
    for name in ("Case", "PointShown", "PromiseShown", "TaskShown", "Organisation-Output", "Step-Output"):
        assert set(schema(name)["required"]) == set(schema(name)["properties"])


def test_texts_for_people_come_in_both_languages() -> None:
    assert schema("PackShown")["properties"]["title"]["required"] == ["tr", "en"]


def test_only_what_a_token_opens_asks_for_one() -> None:
    assert DESK["security"] == [{"token": []}]
    free = {path for method, path, operation in OPERATIONS if path in PUBLIC["paths"] and "security" not in operation}
    assert free == {"/api/public/complaints", "/api/public/track"}
