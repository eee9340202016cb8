"""The matrix of tests/matrix.py on the deployed stack, with real tokens: a representative cut of it.

All nine roles; of the relations those that people stand in to somebody else's complaint; of the routes the case, a
note, and the previews of one move for each kind of right: to record, to look into, to decide on dates, to restrict. The
whole matrix runs in one process (tests/functions/test_matrix.py); here it is proved that the gateway, the tokens and
the tables say the same.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.journeys.steps import ONE_POINT
from tests.matrix import ABOUT_ONE, ROLES, UNSEEN, WRITE, Relation, Route, expected
from tests.stack import Answer, Stack
from tests.world import a_submission

AT_A_TIME = 4
PREVIEWS = ("record_action", "plan", "extend", "restrict")
CUT = [
    route
    for route in ABOUT_ONE
    if (route.method == "GET" and route.path.endswith("{reference}"))
    or route.path.endswith(("/notes", *(f"/moves/{move}/preview" for move in PREVIEWS)))
]
DECLARES = WRITE | {"top-management"}  # who reads and changes nothing has no conflict to declare
TAKING_PART: tuple[Relation, ...] = ("another's", "confidential, no member", "complained about", "conflicted")


@pytest.fixture(scope="module")
def related(stack: Stack) -> dict[tuple[str, Relation], str]:
    """The complaint to which somebody of each role stands so. The lead sets them up, and where the lead is concerned,
    the management representative.
    """
    sub = {role: str(person["sub"]) for role, person in stack.people.items()}
    told = {"confidential": True, "words": "Sağlık verisi var."}
    found: dict[tuple[str, Relation], str] = {}

    def begun() -> str:
        reference: str = stack.submit(a_submission(email=None, phone="0532 000 00 00"))["reference"]
        stack.move("lead", reference, "assess", ONE_POINT)
        stack.move("lead", reference, "investigate", {"owner": sub["handler"]})
        return reference

    ours, theirs, conflict, open_to_all = begun(), begun(), begun(), begun()
    about_us, about_lead = begun(), begun()
    stack.move("lead", ours, "restrict", {**told, "members": [sub["handler"]]})
    stack.move("lead", theirs, "assign", {"owner": sub["management-representative"]})
    stack.move("management-representative", theirs, "restrict", told)
    stack.move("lead", about_us, "name_staff", {"staff": [sub[role] for role in ROLES if role != "lead"]})
    stack.move("management-representative", about_lead, "name_staff", {"staff": [sub["lead"]]})
    for role in sorted(DECLARES):
        stack.move(role, conflict, "declare_conflict", {"words": "Komşum."})
    for role in ROLES:
        found[role, "another's"] = open_to_all
        found[role, "confidential, no member"] = theirs if role in {"lead", "handler"} else ours
        found[role, "complained about"] = about_lead if role == "lead" else about_us
        if role in DECLARES:
            found[role, "conflicted"] = conflict
    return found


def ask(stack: Stack, role: str, route: Route, reference: str) -> Answer:
    path = route.path.removeprefix("/api/desk").replace("{reference}", reference)
    body = json.loads(json.dumps(route.body).replace("{id}", str(uuid4())))
    return stack.desk(role, route.method, path, body)


def said(answer: Answer) -> tuple[int, dict[str, object]]:
    """An answer without the number of its request."""
    return answer.status, {name: value for name, value in answer.json.items() if name != "instance"}


@pytest.mark.parametrize("role", ROLES)
def test_the_deployed_desk_answers_as_the_matrix_says(
    stack: Stack, related: dict[tuple[str, Relation], str], role: str
) -> None:
    """Whoever may not see gets what they would get for a reference that nobody has."""
    relations = [relation for relation in TAKING_PART if (role, relation) in related]
    cells = [(relation, route) for relation in relations for route in CUT]
    stack.token(role)  # once, before many ask at a time

    def amiss(cell: tuple[Relation, Route]) -> str | None:
        relation, route = cell
        answer, right = ask(stack, role, route, related[role, relation]), expected(role, relation, route)
        if answer.status not in right:
            return f"{relation}: {route.method} {route.path}: {answer.status}, not {set(right)}: {answer.text[:200]}"
        if relation in UNSEEN and said(answer) != said(ask(stack, role, route, "0" * 11)):
            return f"{relation}: {route.method} {route.path}: not as for a reference that nobody has"
        return None

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        assert [one for one in pool.map(amiss, cells) if one] == []


def test_nobody_without_a_token_is_answered(stack: Stack, related: dict[tuple[str, Relation], str]) -> None:
    reference = related["handler", "another's"]
    for route in CUT:
        path = route.path.replace("{reference}", reference)
        assert stack.ask(route.method, path, route.body).status == 401


def test_what_somebody_may_not_see_stands_in_no_list(stack: Stack, related: dict[tuple[str, Relation], str]) -> None:
    """For each role that reads complaints: the open ones, their own, and the search."""
    for role in ROLES:
        if role == "administrator":
            continue
        hidden = {related[role, relation] for relation in UNSEEN}
        seen, cursor = set(), ""
        while cursor is not None:
            page = stack.desk(role, "GET", f"/complaints?queue=open&cursor={cursor}").json
            seen |= {row["reference"] for row in page["rows"]}
            cursor = page["next"]
        assert related[role, "another's"] in seen
        assert not hidden & seen
        mine = stack.desk(role, "GET", "/complaints?queue=mine").json["rows"]
        assert not hidden & {row["reference"] for row in mine}
        for reference in hidden:
            assert stack.desk(role, "GET", f"/search?q={reference}").json["rows"] == []
