"""Publishes what the two HTTP functions take and give, and the types that the desk has of it.

`python -m infra.openapi` writes docs/api/*.json from the applications, and frontend/desk/schema.ts from desk.json.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

from fastapi import FastAPI

import desk.app
import intake.app
from adapters.http import CODES, STATUSES
from infra.build import run
from infra.paths import FRONTEND, ROOT, TOOLS

FOLDER = ROOT / "docs" / "api"
REFUSAL = {"$ref": "#/components/responses/Refusal"}


def documents() -> dict[Path, str]:
    """The text that each file in docs/api has to have. Nothing is called, so nothing needs to stand behind the apps."""
    nothing: Any = Mock()
    staff = desk.app.build(*[nothing] * 10, guarded=False)
    public = intake.app.build(nothing, nothing, nothing, nothing, nothing, guarded=False)
    signed = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An access token of staff."}
    token = {"type": "http", "scheme": "bearer", "description": "From /api/public/track, good for fifteen minutes."}
    return {
        FOLDER / "desk.json": _text({**_published(staff, signed), "security": [{"token": []}]}),
        FOLDER / "intake.json": _text(_published(public, token)),
    }


def npm(*script: str) -> None:
    """Runs a script of frontend/package.json. Raises BuildFailed."""
    run([TOOLS / "npm", "run", *script], {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}, cwd=FRONTEND)


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _published(app: FastAPI, scheme: dict[str, Any]) -> dict[str, Any]:
    """What FastAPI says, without its names for everything, and with our refusals in the place of its own."""
    document = app.openapi()
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for schema in _mappings(document):
        if isinstance(schema.get("title"), str):  # and no field of that name
            del schema["title"]
        _close(schema)
    for operation in (one for path in document["paths"].values() for one in path.values()):
        operation.pop("operationId")
        operation["responses"] = {code: one for code, one in operation["responses"].items() if code != "422"}
        operation["responses"]["default"] = REFUSAL
        _name_the_token(operation)
    schemas["Refusal"] = _refusal([name for name in ("Case", "Ruled") if name in schemas])
    document["info"] = {"title": app.title, "version": "1"}
    document["components"] = {
        "schemas": schemas,
        "securitySchemes": {"token": scheme},
        "responses": {
            "Refusal": {
                "description": "Why it was not done (RFC 9457); nothing was written.",
                "headers": {"Retry-After": {"description": "Seconds, with 429.", "schema": {"type": "integer"}}},
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
            }
        },
    }
    return document


def _mappings(found: Any) -> Iterator[dict[str, Any]]:
    for one in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from _mappings(one)
    if isinstance(found, dict):
        yield found


def _close(schema: dict[str, Any]) -> None:
    """A mapping whose keys are known becomes an object with these properties; with all of them at once, required."""
    names = schema.get("propertyNames", {}).get("enum")
    if not names:
        return
    each = schema.pop("additionalProperties")
    del schema["propertyNames"]
    schema |= {"properties": dict.fromkeys(names, each), "additionalProperties": False}
    if schema.pop("minProperties", 0) == len(names):
        schema["required"] = names


def _name_the_token(operation: dict[str, Any]) -> None:
    """OpenAPI wants an Authorization header among the security schemes, and ignores it among the parameters."""
    parameters = operation.pop("parameters", [])
    others = [one for one in parameters if one["name"] != "authorization"]
    if others:
        operation["parameters"] = others
    if len(others) < len(parameters):
        operation["security"] = [{"token": []}]


def _refusal(current: list[str]) -> dict[str, Any]:
    """The body of a refusal, from the tables in adapters/http.py."""
    text = {"type": "string"}
    code = {"type": "string", "enum": sorted(CODES)}
    error = {"pointer": {**text, "description": "A JSON pointer."}, "code": code}
    more: dict[str, Any] = {
        "errors": {
            "type": "array",
            "description": "With `validation`.",
            "items": {"type": "object", "properties": error, "required": ["pointer", "code"]},
        },
        "reason": {**text, "description": "With `not-now`: which guard refused."},
    }
    if current:
        refs = [{"$ref": f"#/components/schemas/{name}"} for name in current]
        more["current"] = {"anyOf": refs, "description": "With `out-of-date`: what is there now."}
    return {
        "type": "object",
        "properties": {
            "type": {**text, "enum": [f"/problems/{name}" for name in sorted(STATUSES)]},
            "title": {**text, "description": "In the language that Accept-Language prefers: Turkish, else English."},
            "status": {"type": "integer", "enum": sorted(set(STATUSES.values()))},
            "instance": {**text, "description": "The request, as the logs name it."},
            **more,
        },
        "required": ["type", "title", "status", "instance"],
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, text in documents().items():
        file.write_text(text, "utf-8")
    npm("schema")
