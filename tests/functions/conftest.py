"""One house for all tests of a file; each test brings its own complaint."""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from infra import openapi
from tests.dates import MON_2_MAR, at
from tests.world import World

Refused = Callable[..., dict[str, Any]]
NUMBERS = itertools.count(1)
#: A refusal as it is published.
PROBLEM = json.loads((openapi.FOLDER / "desk.json").read_text("utf-8"))["components"]["schemas"]["Refusal"]


@pytest.fixture(scope="module")
def house() -> Iterator[World]:
    with mock_aws():
        world = World(at(MON_2_MAR))
        with world.public:  # one event loop for all requests
            yield world


@pytest.fixture
def world(house: World) -> Iterator[World]:
    """The house on a Monday morning. Complaints that a test brings leave with it; moto is slow in a full house."""
    house.now = at(MON_2_MAR)
    before = {name: set(table.items) for name, table in tables().items()}
    for register in (house.rulebook, *house.registers.values()):
        register.newest()  # what the last test has settled left with it
    yield house
    for name, table in tables().items():
        for brought in set(table.items) - before[name]:
            del table.items[brought]
    tables()["Table"].stream_shard.items.clear()
    house._read = 0


@pytest.fixture
def nothing_written(world: World) -> Iterator[None]:
    """Fails the test if any item of either table is not what it was before."""
    before = digest()
    yield
    assert digest() == before


@pytest.fixture
def refused() -> Refused:
    """Checks that an answer is a problem of RFC 9457 with this status and code, and gives it."""

    def check(answer: Any, status: int, code: str) -> dict[str, Any]:
        said: dict[str, Any] = answer.json()
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
        assert set(PROBLEM["required"]) <= set(said) <= set(PROBLEM["properties"])
        assert (said["type"], said["status"]) == (f"/problems/{code}", status)
        return said

    return check


@pytest.fixture
def sign_in(world: World) -> Callable[..., TestClient]:
    """Somebody new at the desk, by the text that API Gateway makes of their groups."""

    def somebody(
        claim: str | None, *, listed: bool = True, active: bool = True, token_use: str = "access"
    ) -> TestClient:
        sub = f"sub-{next(NUMBERS)}"
        if listed:
            world.items.client.put_item(
                TableName="Table",
                Item={
                    "PK": {"S": "STAFF"},
                    "SK": {"S": sub},
                    "name": {"S": "Biri"},
                    "language": {"S": "tr"},
                    "active": {"BOOL": active},
                },
            )
        claims = {"sub": sub, "token_use": token_use} | ({"cognito:groups": claim} if claim is not None else {})

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope["aws.event"] = {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}
            await world._desk(scope, receive, send)

        return TestClient(app, raise_server_exceptions=False)

    return somebody


def digest() -> str:
    """A fingerprint of every item of both tables; how often a secret was tried does not count."""
    rows = sorted(str(item.to_json()) for table in tables().values() for item in table.all_items())
    kept = [row for row in rows if "TRIES#" not in row]
    return hashlib.sha256("\n".join(kept).encode("utf-8", "surrogatepass")).hexdigest()


def tables() -> dict[str, Any]:
    """Both tables, as moto keeps them."""
    return dict(dynamodb_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"].tables)
