"""Role x route x relation: every cell has the answer that tests/matrix.py says, and who may not see, sees nothing."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from moto import mock_aws

from desk.queues import LISTED
from tests.dates import MON_2_MAR, at
from tests.functions.conftest import tables
from tests.matrix import (
    ABOUT_ONE,
    BOSS,
    KNOW_NEEDS,
    KNOW_WHO,
    NOBODY,
    OVERSEE,
    READ,
    RELATIONS,
    ROLES,
    UNSEEN,
    Relation,
    Route,
    begin,
    described,
    expected,
    filled,
    known,
    related,
)
from tests.world import FRONT_LINE, World


class Somebody:
    """One person of a role, or of none, in a house with a complaint for each relation they can have to one."""

    def __init__(self, group: str) -> None:
        self.world = World(at(MON_2_MAR))
        self.group, self.sub = group, f"sub-matrix-{group}"
        told = {"name": "Biri", "language": "tr", "active": True, "roles": [group] if group else []}
        self.world.items.put({"PK": "STAFF", "SK": self.sub, **told})
        self.nobodys = self.world.vault.reference("nobody")
        table, now = self.world.table, self.world.now

        def submit(**told: Any) -> str:
            return str(self.world.submit(**told)["reference"])

        self.other = begin(table, submit, FRONT_LINE, now)
        self.references = {relation: related(table, submit, relation, [self.sub], now) for relation in RELATIONS}
        self.world.settle()
        self.complaints = {one: known(table, one) for one in self.references.values()}
        self.kept = {name: copy.deepcopy(dict(table.items)) for name, table in tables().items()}
        self.hidden = {self.references[relation] for relation in UNSEEN}
        claims = {"sub": self.sub, "cognito:groups": f"[{group}]", "token_use": "access"}

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope["aws.event"] = {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}
            await self.world._desk(scope, receive, send)

        self.desk = TestClient(app, raise_server_exceptions=False)

    def ask(self, route: Route, reference: str, of: str) -> Any:
        """The route about `reference`, with what is true of the complaint `of`."""
        complaint, key = self.complaints[of], self.world.key()
        path, body = filled(route, reference, complaint, other=self.other, key=key, now=self.world.now)
        return self.desk.request(
            route.method,
            path,
            json=body,
            headers={"If-Match": f'"{complaint.version}"', "Idempotency-Key": key},
        )

    def changed(self) -> set[str]:
        """The partitions in which anything is not as it was."""
        return {
            str(partition.value)
            for name, table in tables().items()
            for partition in {*table.items, *self.kept[name]}
            if written(table.items.get(partition)) != written(self.kept[name].get(partition))
        }

    def put_back(self) -> None:
        """Everything in the tables is as it was before this person asked for anything."""
        for name, table in tables().items():
            for partition in set(table.items) - set(self.kept[name]):
                del table.items[partition]
            for partition, before in self.kept[name].items():
                if written(table.items.get(partition)) != written(before):
                    table.items[partition] = copy.deepcopy(before)
        tables()["Table"].stream_shard.items.clear()


@pytest.fixture(scope="module", params=[*ROLES, *NOBODY], ids=lambda group: group or "nobody")
def house(request: pytest.FixtureRequest) -> Iterator[Somebody]:
    """One house for each role: moto is slow in a full one."""
    with mock_aws():
        somebody = Somebody(request.param)
        with somebody.desk:  # one event loop for all requests
            yield somebody


@pytest.fixture
def somebody(house: Somebody) -> Iterator[Somebody]:
    """Somebody of a role. What a test has changed is put back."""
    yield house
    house.put_back()


def written(partition: Any) -> Any:
    """What moto keeps under one partition key: one item, or one for each sort key."""
    if isinstance(partition, dict):
        return {key: item.attrs for key, item in partition.items()} or None  # what was only looked for is nothing
    return getattr(partition, "attrs", None)


def routes(relation: Relation) -> list[Route]:
    """A preview asks what its move asks: where the relation alone decides, both are asked, elsewhere the move."""
    previews = relation in {*UNSEEN, "conflicted", "another's"}
    return [route for route in ABOUT_ONE if previews or not route.path.endswith("/preview")]


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_route_answers_as_the_role_and_the_relation_say(somebody: Somebody, relation: Relation) -> None:
    """Whoever may not see gets, to the letter, what they would get for a reference that nobody has."""
    reference, amiss = somebody.references[relation], {}
    for route in routes(relation):
        answer, right = somebody.ask(route, reference, reference), expected(somebody.group, relation, route)
        if answer.status_code not in right:
            amiss[f"{route.method} {route.path}"] = (answer.status_code, set(right), answer.text[:200])
        if answer.status_code < 300 and route.method != "GET":
            somebody.put_back()
        if relation in UNSEEN:
            nowhere = somebody.ask(route, somebody.nobodys, reference)
            assert (answer.status_code, answer.content) == (nowhere.status_code, nowhere.content), route
    assert amiss == {}
    assert somebody.changed() <= {"VIEWS#2026-03"}  # what was refused has written nothing


def test_every_route_about_one_complaint_stands_in_the_matrix(somebody: Somebody) -> None:
    real = {
        (method, route.path)
        for route in somebody.world._desk.routes
        if isinstance(route, APIRoute) and "{reference}" in route.path
        for method in route.methods
    }
    assert described() == real


# --- lists, counts and looks -----------------------------------------------------------------------------------------


def listed(desk: TestClient, queue: str) -> list[str]:
    rows, cursor = [], ""
    while cursor is not None:
        page = desk.get("/api/desk/complaints", params={"queue": queue, "cursor": cursor}).json()
        rows += [row["reference"] for row in page["rows"]]
        cursor = page["next"]
    return rows


def test_what_somebody_may_not_see_stands_in_no_list_and_no_count(somebody: Somebody) -> None:
    if somebody.group not in READ:
        assert somebody.desk.get("/api/desk/complaints").status_code == 403
        return
    desk = somebody.desk
    lists = {queue: listed(desk, queue) for queue in LISTED}
    everywhere = {reference for rows in lists.values() for reference in rows}
    assert everywhere == {somebody.other, *somebody.references.values()} - somebody.hidden
    assert desk.get("/api/desk/queues").json()["counts"] == {queue: len(rows) for queue, rows in lists.items()}
    found = desk.get("/api/desk/search", params={"q": "fırının"}).json()["rows"]
    knows_who_it_was = somebody.group != "top-management"  # whose search by a word would say so
    assert {row["reference"] for row in found} == (everywhere if knows_who_it_was else set())
    for reference in somebody.hidden:
        assert desk.get("/api/desk/search", params={"q": reference}).json()["rows"] == []
    work = desk.get("/api/desk/workload").json()
    assert work["open"] == len(lists["open"])
    open_of = {one["id"]: one["open"] for one in work["people"]}
    assert open_of.get(somebody.sub, 0) == len(lists["mine"]) == 1
    assert open_of.items() <= {one["id"]: one["open"] for one in desk.get("/api/desk/staff").json()["staff"]}.items()


def test_the_list_of_looks_names_no_complaint_that_its_reader_may_not_see(somebody: Somebody) -> None:
    seen = somebody.references["own"]
    for references in ([one] for one in (*somebody.hidden, seen)):
        somebody.world.table.viewed(BOSS, "case", references, somebody.world.now)
    somebody.world.table.viewed(BOSS, "list", [*somebody.hidden, seen], somebody.world.now)
    answer = somebody.desk.get("/api/desk/views", params={"month": "2026-03"})
    if somebody.group not in OVERSEE:
        assert answer.status_code == 403
        return
    assert [look["references"] for look in answer.json()["views"]] == [[seen], [seen]]


def test_a_complaint_is_merged_into_none_that_the_lead_may_not_see(somebody: Somebody) -> None:
    """The answer is that for a reference that nobody has."""
    own, merge = somebody.references["own"], next(one for one in ABOUT_ONE if one.path.endswith("/moves/merge"))
    answers = set()
    for into in (*somebody.hidden, somebody.nobodys):
        answer = somebody.ask(replace(merge, body={"into": into, "words": "Aynı."}), own, own)
        answers.add((answer.status_code, answer.content))
    assert [status for status, _ in answers] == [422 if somebody.group == "lead" else 403]


def test_a_role_reads_of_the_complainant_what_it_needs(somebody: Somebody) -> None:
    if somebody.group not in READ:
        return
    reference = somebody.references["another's"]
    seen = somebody.desk.get(f"/api/desk/complaints/{reference}").json()
    knows_who, knows_needs = somebody.group in KNOW_WHO, somebody.group in KNOW_NEEDS
    assert seen["identity_hidden"] is not knows_who
    for told in (seen["complainant"], seen["account"]):
        assert (told["name"] is not None, told["phone"] is not None) == (knows_who, knows_who)
        assert (told["support_needs"] is not None) == knows_needs
    rows = somebody.desk.get("/api/desk/complaints").json()["rows"]
    assert any(row["name"] for row in rows) == knows_who
