"""The matrix of tests/matrix.py on the deployed stack, with real tokens: role x relation x route, no cell left out.

Of a move its preview is asked in every cell, for it asks what the move asks and changes nothing; the move itself
wherever it has to be refused. That moves which are allowed are made is proved in one process
(tests/functions/test_matrix.py). The complaints come in by the public form, and are brought to where they stand with
the product's own table.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

import pytest
from pypdf import PdfReader

from adapters.items import Items
from adapters.render import reference as grouped
from adapters.rulebook import Rulebook
from adapters.settings import Ruled
from adapters.table import Table
from adapters.telemetry import utc_now
from adapters.vault import Vault
from complaints import commands as c
from complaints.complaint import Complaint
from desk.queues import LISTED
from infra import openapi
from infra.stack import root_secret
from infra.staff import new_password
from tests.matrix import (
    ABOUT_ONE,
    BESIDE,
    BEYOND,
    BOSS,
    OTHERS,
    OVERSEE,
    READ,
    RELATIONS,
    ROLES,
    UNSEEN,
    Relation,
    Route,
    begin,
    beside_them,
    described,
    expected,
    fill,
    filled,
    known,
    related,
)
from tests.stack import Answer, Stack
from tests.world import FRONT_LINE, HANDLER, a_submission

AT_A_TIME = 2
MADE = {200, 201}
NOWHERE = "00000000000"  # a reference that nobody has
THING = "Semaver"  # what these complaints are about, and no others
ONES_OWN: tuple[Relation, ...] = ("own", "closed")  # what one does with a closed one cannot be done again by the next


class House(NamedTuple):
    """The product's table, and in it a complaint for each role and each relation to one, and one more of the same
    person. Most are shared: all nine stand to them alike.
    """

    table: Table
    references: dict[tuple[str, Relation], str]
    other: str

    @property
    def all(self) -> set[str]:
        return {*self.references.values(), self.other}

    @property
    def hidden(self) -> set[str]:
        """Nobody who has a role knows of these."""
        return {one for (_, relation), one in self.references.items() if relation in UNSEEN}

    @property
    def seen(self) -> set[str]:
        return self.all - self.hidden


@pytest.fixture(scope="module")
def house(stack: Stack) -> Iterator[House]:
    items, keys = (Items(stack.client("dynamodb"), stack.outputs[name]) for name in ("Table", "KeysTable"))
    rulebook = Rulebook(items, Ruled(calendar="TR", time_zone="Europe/Istanbul"))
    table = Table(items, rulebook.rules, Vault(root_secret(stack.emulator.cloud, "test")), keys)
    for sub in OTHERS:
        items.put({"PK": "STAFF", "SK": sub, "name": "Biri", "language": "tr", "active": True, "roles": ["front-line"]})
    now, subs = utc_now(), [str(stack.people[role]["sub"]) for role in ROLES]

    def submit(**told: Any) -> str:
        return str(stack.submit(a_submission(about=THING, **told))["reference"])

    shared = [relation for relation in RELATIONS if relation not in ONES_OWN]
    references = {
        (role, relation): related(table, submit, relation, [sub], now)
        for role, sub in zip(ROLES, subs, strict=True)
        for relation in ONES_OWN
    }
    other = begin(table, submit, FRONT_LINE, now)
    for relation in sorted(shared, key=lambda one: one in UNSEEN):  # the newest are those that nobody may see
        references |= dict.fromkeys([(role, relation) for role in ROLES], related(table, submit, relation, subs, now))
    for role in ROLES:
        stack.token(role)  # once, before two ask at a time
    stack.settle()
    yield House(table, references, other)
    for sub in OTHERS:
        items.update({"PK": "STAFF", "SK": sub}, {"active": False}, when={"active": True})


class Asker(NamedTuple):
    """Somebody of a role and a complaint to which they stand so, as it was before they asked for anything."""

    stack: Stack
    house: House
    role: str
    relation: Relation
    complaint: Complaint

    def ask(self, route: Route, reference: str) -> Answer:
        """The route about `reference`, with what is true of the complaint."""
        key, now, turn = str(uuid4()), utc_now(), ROLES.index(self.role)
        path, body = filled(route, reference, self.complaint, other=self.house.other, key=key, now=now, turn=turn)
        told = {"if_match": f'"{self.complaint.version}"', "idempotency_key": key}
        return self.stack.desk(self.role, route.method, path.removeprefix("/api/desk"), body, **told)

    def amiss(self) -> list[str]:
        """What is not as the matrix says."""
        found, there, before = [], self.complaint.reference, self._kept()
        for route in asked(self.role, self.relation):
            cell = f"{self.role}, {self.relation}: {route.method} {route.path}"
            answer, right = self.ask(route, there), expected(self.role, self.relation, route)
            if answer.status not in right:
                found.append(f"{cell}: {answer.status}, not {set(right)}: {answer.body[:200]!r}")
            elif self.relation in UNSEEN and said(answer) != said(self.ask(route, NOWHERE)):
                found.append(f"{cell}: not as for a reference that nobody has")
        if not any(goes(self.role, self.relation, route) for route in CHANGING) and self._kept() != before:
            found.append(f"{self.role}, {self.relation}: something was written")
        return found

    def _kept(self) -> tuple[int, ...]:
        now = self.house.table.everything(self.complaint.reference)
        return now.complaint.version, len(now.entries), len(now.files), len(now.letters)


CHANGING = [route for route in BESIDE if route.method == "POST"]


def asked(role: str, relation: Relation) -> list[Route]:
    """Every route, but of the moves that go their preview alone; what changes something comes last."""
    asking = [
        route
        for route in ABOUT_ONE
        if route not in CHANGING and (route.method == "GET" or previewed(route) or not goes(role, relation, route))
    ]
    return [*asking, *CHANGING]


def previewed(route: Route) -> bool:
    return route.path.endswith("/preview")


def goes(role: str, relation: Relation, route: Route) -> bool:
    return expected(role, relation, route) <= MADE


def said(answer: Answer) -> tuple[int, dict[str, Any]]:
    """An answer without the number of its request."""
    return answer.status, {name: value for name, value in answer.json.items() if name != "instance"}


@pytest.mark.parametrize("role", ROLES)
def test_the_deployed_desk_answers_as_the_matrix_says(stack: Stack, house: House, role: str) -> None:
    """Whoever may not see gets what they would get for a reference that nobody has; and what was refused wrote
    nothing.
    """

    def amiss(relation: Relation) -> list[str]:
        complaint = known(house.table, house.references[role, relation])
        return Asker(stack, house, role, relation, complaint).amiss()

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        assert [one for found in pool.map(amiss, RELATIONS) for one in found] == []


def test_every_route_of_the_published_description_is_asked() -> None:
    """That the description says what the desk takes is proved in tests/repository."""
    paths = json.loads((openapi.FOLDER / "desk.json").read_text("utf-8"))["paths"]
    published = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert described() | beside_them() == published
    for role in ROLES:
        for relation in RELATIONS:
            paths = {route.path.removesuffix("/preview") for route in asked(role, relation)}
            assert paths == {route.path.removesuffix("/preview") for route in ABOUT_ONE}


@pytest.fixture(scope="module")
def of_another_pool(stack: Stack) -> str:
    """A sound token of a lead of somewhere else."""
    cognito, password = stack.client("cognito-idp"), new_password()
    pool = cognito.create_user_pool(PoolName="elsewhere")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="elsewhere", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    cognito.create_group(UserPoolId=pool, GroupName="lead")
    them = {"UserPoolId": pool, "Username": "biri"}
    cognito.admin_create_user(**them, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**them, Password=password, Permanent=True)
    cognito.admin_add_user_to_group(**them, GroupName="lead")
    given = {"USERNAME": "biri", "PASSWORD": password}
    answer = cognito.admin_initiate_auth(
        UserPoolId=pool, ClientId=client, AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=given
    )
    return str(answer["AuthenticationResult"]["AccessToken"])


@pytest.mark.parametrize("who", ["without a token", "with a bad token", "with a changed token", "of another pool"])
def test_nobody_who_is_not_signed_in_is_answered(stack: Stack, house: House, of_another_pool: str, who: str) -> None:
    token = {
        "without a token": None,
        "with a bad token": "no.such.token",
        "with a changed token": changed(stack.token("lead")),
        "of another pool": of_another_pool,
    }[who]
    headers = {"authorization": f"Bearer {token}"} if token else {}

    def status(cell: tuple[str, str, Any]) -> tuple[str, str, int]:
        method, path, body = cell
        return method, path, stack.ask(method, path, body, **headers).status

    key, now = str(uuid4()), utc_now()
    cells = [(method, *fill(path, body, {"id": key, "colleague": HANDLER})) for method, path, body, _ in BEYOND]
    for relation in RELATIONS:
        one = known(house.table, house.references["lead", relation])
        for route in ABOUT_ONE:
            cells.append((route.method, *filled(route, one.reference, one, other=house.other, key=key, now=now)))
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        assert [cell for cell in pool.map(status, cells) if cell[2] != 401] == []


def changed(token: str) -> str:
    """The token with another signature of the same length."""
    head, body, signature = token.split(".")
    return ".".join((head, body, signature[::-1]))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_table_says_beside_the_complaints(stack: Stack, house: House, role: str) -> None:
    """Allowed is anything but 403: leave may be asked wrongly. The rules are settled on a version that is not there."""
    amiss = []
    for method, path, body, who in BEYOND:
        key = str(uuid4())
        there, told = fill(path.removeprefix("/api/desk"), body, {"id": key, "colleague": HANDLER})
        answer = stack.desk(role, method, there, told, if_match='"99999"', idempotency_key=key)
        if answer.status >= 500 or (answer.status != 403) != (role in who):
            amiss.append(f"{role}: {method} {path}: {answer.status}: {answer.body[:200]!r}")
    assert amiss == []


# --- lists, counts, looks and papers ---------------------------------------------------------------------------------

READERS = [role for role in ROLES if role in READ]


def listed(stack: Stack, role: str, queue: str) -> list[str]:
    rows: list[str] = []
    cursor = ""
    while cursor is not None:
        page = stack.desk(role, "GET", f"/complaints?queue={queue}&cursor={cursor}").json
        rows += references(page["rows"])
        cursor = page["next"]
    return rows


def references(rows: list[dict[str, Any]]) -> list[str]:
    return [str(row["reference"]) for row in rows]


@pytest.mark.parametrize("role", READERS)
def test_what_somebody_may_not_see_stands_in_no_list_and_no_count(stack: Stack, house: House, role: str) -> None:
    stack.settle()
    lists = {queue: listed(stack, role, queue) for queue in LISTED}
    assert {reference for rows in lists.values() for reference in rows} & house.all == house.seen
    assert stack.desk(role, "GET", "/queues").json["counts"] == {queue: len(rows) for queue, rows in lists.items()}
    work = stack.desk(role, "GET", "/workload").json
    assert work["open"] == len(lists["open"])
    open_of = {one["id"]: one["open"] for one in work["people"]}
    assert open_of.get(stack.people[role]["sub"], 0) == len(lists["mine"])
    people = stack.desk(role, "GET", "/staff").json["staff"]
    assert open_of.items() <= {one["id"]: one["open"] for one in people}.items()


@pytest.mark.parametrize("role", READERS)
def test_what_somebody_may_not_see_is_not_found_and_is_like_nothing(stack: Stack, house: House, role: str) -> None:
    found = stack.desk(role, "GET", f"/search?q={quote(THING)}").json
    knows_who_it_was = role != "top-management"  # whose search by a word would say so
    assert {*references(found["rows"])} == (house.seen if knows_who_it_was else set())
    assert found["more"] is False
    for reference in house.hidden:
        assert stack.desk(role, "GET", f"/search?q={reference}").json["rows"] == []
    own = house.references[role, "own"]
    beside = stack.desk(role, "GET", f"/complaints/{own}/related").json
    like = references(beside["same_person"] + beside["similar"])
    assert like
    assert not house.hidden & {*like}


@pytest.mark.parametrize("role", sorted(OVERSEE))
def test_the_list_of_looks_names_no_complaint_that_its_reader_may_not_see(
    stack: Stack, house: House, role: str
) -> None:
    now = utc_now()
    house.table.viewed(BOSS, "list", sorted(house.all), now)
    views = stack.desk(role, "GET", f"/views?month={now:%Y-%m}").json["views"]
    assert {one for look in views for one in look["references"]} & house.all == house.seen


def test_a_paper_names_no_complaint_that_its_reader_may_not_see(stack: Stack, house: House) -> None:
    """Two of the same person: the one that was merged into the other is confidential since."""
    told = a_submission(email=None, phone="0532 111 00 99")
    one, other = (stack.submit(told)["reference"] for _ in range(2))
    stack.settle()
    source = known(house.table, one)
    ask_for = c.Merge(into=other, words="Aynı fırın.")
    house.table.merge(one, ask_for, BOSS, utc_now(), version=source.version, request=str(uuid4()))
    house.table.change(one, c.Restrict(confidential=True, words="Sağlık verisi var."), BOSS, utc_now())
    for role in READERS:
        page = stack.desk(role, "GET", f"/complaints/{other}")
        assert page.status == 200
        assert one not in page.text
        for paper in ("follow-up", "case-file"):
            drawn = stack.desk(role, "GET", f"/complaints/{other}/papers/{paper}?language=tr")
            assert drawn.status == 200
            words = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(drawn.body)).pages)
            assert grouped(other) in words
            assert grouped(one) not in words, f"{role}: {paper}"
