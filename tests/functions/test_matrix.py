"""Role x route x relation: every cell has the answer that tests/matrix.py says, and who may not see, sees nothing."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from moto import mock_aws

from complaints import commands as c
from complaints import roles
from complaints.roles import Role, staff
from desk.app import BY_NAME
from tests.builders import ACCEPT, APPROVE, ASSESS, EXPLAIN
from tests.dates import MON_2_MAR, at
from tests.functions.conftest import tables
from tests.matrix import ABOUT_ONE, MOVES, NOBODY, READ, RELATIONS, ROLES, UNSEEN, Relation, Route, cells, expected
from tests.world import AUDITOR, FRONT_LINE, HANDLER, LEAD, World

BOSS = staff(LEAD, frozenset({Role.LEAD}))
REPRESENTATIVE = staff("sub-representative", frozenset({Role.MANAGEMENT_REPRESENTATIVE}))
SHARED: tuple[Relation, ...] = ("another's", "confidential, no member", "anonymous", "closed")
QUEUES = ("open", "to_acknowledge", "to_assess", "to_approve", "waiting_answer", "to_review", "disputed", "overdue",
          "undelivered", "closed", "mine")  # fmt: skip


class People:
    """Somebody of each role and of none, each in each relation to a complaint."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.nobodys = world.vault.reference("nobody")
        self.other = begin(world, FRONT_LINE)
        self.shared = {relation: related(world, relation, "sub-nobody-in-particular") for relation in SHARED}
        self._own: dict[tuple[str, Relation], str] = {}
        for group in (*ROLES, *NOBODY):
            told = {"name": f"Biri ({group})", "language": "tr", "active": True, "roles": [group] if group else []}
            world.items.put({"PK": "STAFF", "SK": sub(group), **told})

    def reference(self, group: str, relation: Relation) -> str:
        """The complaint to which somebody of this role stands so."""
        if relation in self.shared:
            return self.shared[relation]
        if (group, relation) not in self._own:
            self._own[group, relation] = related(self.world, relation, sub(group))
        return self._own[group, relation]

    def desk(self, group: str) -> TestClient:
        """The desk, as somebody of this role sees it."""
        claims = {"sub": sub(group), "cognito:groups": f"[{group}]", "token_use": "access"}

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope["aws.event"] = {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}
            await self.world._desk(scope, receive, send)

        return TestClient(app, raise_server_exceptions=False)

    def ask(self, desk: TestClient, route: Route, reference: str, of: str) -> Any:
        """The route about `reference`, with what is true of the complaint `of`."""
        complaint = self.world.table.load(of)
        assert complaint is not None
        key = self.world.key()
        tasks = {task.kind: task.id for task in complaint.tasks}
        filled = {
            "reference": reference,
            "id": key,
            "file": FILE,
            "other": self.other,
            "colleague": HANDLER,
            "task": tasks["promised"],
            "letter": tasks.get("reach_another_way", tasks["promised"]),
        }
        path, body = route.path, json.dumps(route.body)
        for name, value in filled.items():
            path, body = path.replace(f"{{{name}}}", value), body.replace(f"{{{name}}}", value)
        return desk.request(
            route.method,
            path,
            content=body if route.body is not None else None,
            headers={
                "Content-Type": "application/json",
                "If-Match": f'"{complaint.version}"',
                "Idempotency-Key": key,
            },
        )


FILE = "00000000-0000-4000-8000-00000000f11e"


def sub(group: str) -> str:
    return f"sub-matrix-{group}"


def begin(world: World, owner: str, **told: Any) -> str:
    """A complaint under investigation, with a task, a letter to be told by telephone, and a file."""
    reference = str(world.submit(**{"email": None, "phone": "0532 000 00 00", **told})["reference"])
    promised = c.PromiseDate(words="Cuma günü arayacağız.", due_on="2026-03-06")  # type: ignore[arg-type]
    for ask in (ASSESS, c.Investigate(owner=owner), promised):
        world.table.change(reference, ask, BOSS, world.now)
    name = world.table.key(reference).seal(f"F#{FILE}", "fatura.pdf")
    kept = {"sealed": name, "size": 1, "type": "application/pdf", "at": world.now.isoformat(), "version": "1"}
    world.table.put(reference, f"F#{FILE}", kept)
    return reference


def related(world: World, relation: Relation, who: str) -> str:
    """A complaint to which this person stands so."""
    anonymous = {"anonymous": True, "phone": None, "name": None} if relation == "anonymous" else {}
    reference = begin(world, who if relation == "own" else FRONT_LINE, **anonymous)
    asked: tuple[tuple[roles.Person, c.Command], ...] = ()
    secret = {"confidential": True, "words": "Sağlık verisi var."}
    match relation:
        case "confidential, a member":
            asked = ((BOSS, c.Restrict(members=(who, HANDLER), **secret)),)  # type: ignore[arg-type]
        case "confidential, no member":
            asked = ((BOSS, c.Restrict(members=(AUDITOR,), **secret)),)  # type: ignore[arg-type]
        case "complained about":
            asked = ((BOSS, c.NameStaff(staff=(who,))),)
        case "conflicted":
            asked = ((staff(who, frozenset({Role.HANDLER})), c.DeclareConflict(words="Komşum.")),)
        case "closed":
            asked = ((BOSS, EXPLAIN), (REPRESENTATIVE, APPROVE), (BOSS, ACCEPT))
    for person, ask in asked:
        world.table.change(reference, ask, person, world.now)
    return reference


@pytest.fixture(scope="module")
def all_people() -> Iterator[People]:
    """One house for the whole matrix."""
    with mock_aws():
        world = World(at(MON_2_MAR))
        with world.public:
            people = People(world)
            for group, relation in cells():
                people.reference(group, relation)
            world.settle()
            yield people


@pytest.fixture(scope="module")
def kept(all_people: People) -> dict[str, dict[Any, Any]]:
    """Both tables as they were before anybody asked for anything."""
    return {name: copy.deepcopy(dict(table.items)) for name, table in tables().items()}


@pytest.fixture
def put_back(kept: dict[str, dict[Any, Any]]) -> Callable[[], None]:
    """Puts back what stood in the tables."""

    def undo() -> None:
        for name, table in tables().items():
            for partition in set(table.items) - set(kept[name]):
                del table.items[partition]
            for partition, before in kept[name].items():
                if written(table.items.get(partition)) != written(before):
                    table.items[partition] = copy.deepcopy(before)
        no_stream()

    return undo


@pytest.fixture
def people(all_people: People, put_back: Callable[[], None]) -> Iterator[People]:
    """Everybody. What a test has changed is put back."""
    yield all_people
    put_back()


def written(partition: Any) -> Any:
    """What moto keeps under one partition key: one item, or one for each sort key."""
    if isinstance(partition, dict):
        return {key: item.attrs for key, item in partition.items()}
    return getattr(partition, "attrs", None)


def no_stream() -> None:
    """moto is slow where a stream is long."""
    tables()["Table"].stream_shard.items.clear()


@pytest.mark.parametrize(("group", "relation"), list(cells()))
def test_every_route_answers_as_the_role_and_the_relation_say(
    people: People, put_back: Callable[[], None], group: str, relation: Relation
) -> None:
    """Whoever may not see gets, to the letter, what they would get for a reference that nobody has."""
    desk, reference, amiss = people.desk(group), people.reference(group, relation), {}
    for route in ABOUT_ONE:
        answer = people.ask(desk, route, reference, reference)
        right = expected(group, relation, route)
        if answer.status_code not in right:
            amiss[f"{route.method} {route.path}"] = (answer.status_code, answer.text[:300], right)
        if answer.status_code < 300 and route.method != "GET":
            put_back()
        if relation in UNSEEN:
            nowhere = people.ask(desk, route, people.nobodys, reference)
            assert (answer.status_code, answer.content) == (nowhere.status_code, nowhere.content), route
    assert amiss == {}


def test_every_route_about_one_complaint_stands_in_the_matrix(people: People) -> None:
    real = {
        (method, route.path)
        for route in people.world._desk.routes
        if isinstance(route, APIRoute) and "{reference}" in route.path
        for method in route.methods
    }
    described = {(route.method, route.path) for route in ABOUT_ONE}
    for move in MOVES:
        described = {(method, path.replace(f"/moves/{move}", "/moves/{move}")) for method, path in described}
    same = {"/tasks/{letter}/": "/tasks/{task}/"}
    for old, new in same.items():
        described = {(method, path.replace(old, new)) for method, path in described}
    assert described == real
    assert set(MOVES) == set(BY_NAME)


# --- lists, counts, mail ---------------------------------------------------------------------------------------------


def listed(desk: TestClient, queue: str) -> list[str]:
    rows, cursor = [], ""
    while cursor is not None:
        page = desk.get("/api/desk/complaints", params={"queue": queue, "cursor": cursor}).json()
        rows += [row["reference"] for row in page["rows"]]
        cursor = page["next"]
    return rows


@pytest.mark.parametrize("group", sorted(READ))
def test_what_somebody_may_not_see_stands_in_no_list_and_no_count(people: People, group: str) -> None:
    desk = people.desk(group)
    lists = {queue: listed(desk, queue) for queue in QUEUES}
    hidden = {people.reference(group, relation) for relation in UNSEEN}
    seen = {people.reference(group, relation) for relation in RELATIONS if relation not in UNSEEN}
    everywhere = {reference for rows in lists.values() for reference in rows}
    assert not hidden & everywhere
    assert seen <= everywhere
    assert desk.get("/api/desk/queues").json()["counts"] == {queue: len(rows) for queue, rows in lists.items()}
    work = desk.get("/api/desk/workload").json()
    assert work["open"] == len(lists["open"])
    mine = next((one["open"] for one in work["people"] if one["id"] == sub(group)), 0)
    assert mine == len(lists["mine"])
    of_everybody = {one["id"]: one["open"] or 0 for one in desk.get("/api/desk/staff").json()["staff"]}
    assert {one["id"]: one["open"] for one in work["people"]}.items() <= of_everybody.items()


@pytest.mark.parametrize("group", ["auditor", "data-protection-officer", "management-representative"])
def test_the_list_of_looks_names_no_complaint_that_its_reader_may_not_see(people: People, group: str) -> None:
    hidden = {people.reference(group, relation) for relation in UNSEEN}
    seen = people.reference(group, "own")
    for reference in (*hidden, seen):
        people.world.table.viewed(BOSS, "case", [reference], people.world.now)
    people.world.table.viewed(BOSS, "list", [*hidden, seen], people.world.now)
    looks = people.desk(group).get("/api/desk/views", params={"month": "2026-03"}).json()["views"]
    assert [look["references"] for look in looks if seen in look["references"]] == [[seen], [seen]]
    assert not any(reference in str(looks) for reference in hidden)


@pytest.mark.parametrize("group", sorted(READ))
def test_a_complaint_is_merged_into_none_that_the_lead_may_not_see(people: People, group: str) -> None:
    """The answer is that for a reference that nobody has, whoever asks."""
    desk = people.desk(group)
    merge = next(route for route in ABOUT_ONE if route.path.endswith("/moves/merge"))
    answers = set()
    for into in (*(people.reference(group, relation) for relation in UNSEEN), people.nobodys):
        route = Route(merge.method, merge.path, {"into": into, "words": "Aynı."}, merge.who)
        reference = people.reference(group, "own")
        answer = people.ask(desk, route, reference, reference)
        answers.add((answer.status_code, answer.content))
    assert {status for status, _ in answers} == {422 if group == "lead" else 403}
    assert len(answers) == 1
