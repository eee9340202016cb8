"""Who has how much, who is away, whose hands are full, and a leaver's files in other hands."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from complaints import commands as c
from complaints.roles import THE_SYSTEM, Role, staff
from desk import workload
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, SAT_7_MAR, TUE_3_MAR, WED_18_MAR, at
from tests.journeys.steps import APPROVAL, ONE_POINT
from tests.world import ADMINISTRATOR, AUDITOR, FRONT_LINE, HANDLER, LEAD, World

Refused = Callable[..., dict[str, Any]]
SignIn = Callable[..., TestClient]


def owned_by(world: World, *owners: str) -> list[str]:
    """A complaint under investigation for each of these owners."""
    references = []
    for owner in owners:
        reference = str(world.submit()["reference"])
        world.move(LEAD, reference, "assess", ONE_POINT)
        world.move(LEAD, reference, "investigate", {"owner": owner})
        references.append(reference)
    return references


def owner_of(world: World, reference: str) -> str | None:
    complaint = world.table.load(reference)
    assert complaint
    return complaint.owner


def kinds(world: World, reference: str) -> list[str]:
    return [event.type for event in world.table.everything(reference).events]


def shared(world: World, sub: str = LEAD) -> dict[str, Any]:
    return dict(world.staff(sub).get("/api/desk/workload").json())


def person(world: World, sub: str) -> dict[str, Any]:
    return next(one for one in shared(world)["people"] if one["id"] == sub)


def ceiling(world: World, most: int) -> None:
    now = world.rulebook.newest()
    settled = now.content.model_copy(update={"ceiling": most})
    world.rulebook.settle(settled, "Deneme.", ADMINISTRATOR, world.now, after=now.version)


# --- workload --------------------------------------------------------------------------------------------------------


def test_the_workload_says_what_lies_with_whom(world: World) -> None:
    owned_by(world, HANDLER, HANDLER, LEAD)
    world.submit()
    said = shared(world)
    assert (said["open"], said["unassigned"]["open"]) == (4, 1)
    assert {one["id"]: (one["name"], one["open"]) for one in said["people"]} == {
        HANDLER: ("Işıl Tütüncüoğlu", 2),
        LEAD: ("Rıza Öğütçü", 1),
    }
    assert person(world, HANDLER)["ceiling_share"] == 0.05


def test_the_workload_looks_ten_working_days_ahead(world: World) -> None:
    owned_by(world, HANDLER)
    world.now = at(WED_18_MAR)
    said = shared(world)
    assert (said["days"][0], said["days"][-1]) == ("2026-03-18", "2026-04-01")
    assert said["due"] == person(world, HANDLER)["days"] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0]  # the answer, on the 31st


def test_what_nobody_took_up_stands_out(world: World) -> None:
    world.submit()
    world.now = at(FRI_6_MAR)
    assert shared(world)["unassigned"] == {
        "open": 1,
        "late": 1,
        "oldest_received_at": "2026-03-02T10:00:00Z",
        "overdue_to_take_up": 1,
    }


def test_with_nothing_to_do_there_is_nothing_unassigned(world: World) -> None:
    assert shared(world)["unassigned"] == {
        "open": 0,
        "late": 0,
        "oldest_received_at": None,
        "overdue_to_take_up": 0,
    }


def test_somebody_who_left_is_there_while_files_are_in_their_name(world: World) -> None:
    owned_by(world, FRONT_LINE)
    assert person(world, FRONT_LINE)["open"] == 1
    world.items.update({"PK": "STAFF", "SK": FRONT_LINE}, {"active": False}, when={"active": True})
    assert person(world, FRONT_LINE)["open"] == 1
    world.items.update({"PK": "STAFF", "SK": FRONT_LINE}, {"active": True}, when={"active": False})


def test_an_auditor_sees_the_workload_and_hands_nothing_over(world: World, refused: Refused) -> None:
    assert shared(world, AUDITOR)["open"] == 0
    body = {"from": HANDLER, "to": LEAD, "reason": "Deneme."}
    refused(world.staff(AUDITOR).post("/api/desk/handover", json=body), 403, "not-allowed")


# --- colleagues ------------------------------------------------------------------------------------------------------


def test_whoever_chooses_an_owner_sees_roles_files_and_leave(world: World) -> None:
    owned_by(world, HANDLER)
    leave(world, LEAD, HANDLER, MON_2_MAR.isoformat(), FRI_6_MAR.isoformat(), LEAD)
    found = {one["id"]: one for one in world.staff(LEAD).get("/api/desk/staff").json()["staff"]}
    assert found[HANDLER] == {
        "id": HANDLER,
        "name": "Işıl Tütüncüoğlu",
        "roles": ["handler"],
        "away_until": "2026-03-06",
        "open": 1,
    }
    assert (found[LEAD]["away_until"], found[LEAD]["open"]) == (None, 0)


# --- the ceiling -----------------------------------------------------------------------------------------------------


@pytest.fixture
def reference(world: World) -> str:
    """A complaint that somebody is to take up."""
    return str(world.submit()["reference"])


def investigate(world: World, reference: str, sub: str, times: int = 1) -> list[Any]:
    """The same request, made as often."""
    world.move(sub, reference, "assess", ONE_POINT)
    version = world.case(sub, reference)["version"]  # the acknowledgement has left meanwhile
    headers = {"If-Match": f'"{version}"', "Idempotency-Key": world.key()}
    address = f"/api/desk/complaints/{reference}/moves/investigate"
    return [world.staff(sub).post(address, json={"owner": HANDLER}, headers=headers) for _ in range(times)]


def test_whose_hands_are_full_gets_no_more(world: World, reference: str, refused: Refused) -> None:
    owned_by(world, HANDLER)
    ceiling(world, 1)
    (answer,) = investigate(world, reference, HANDLER)
    said = refused(answer, 422, "validation")
    assert said["errors"] == [{"pointer": "/owner", "code": "ceiling"}]


def restricted(world: World, reference: str) -> None:
    """From now on only the lead and the owner know of it."""
    world.move(LEAD, reference, "restrict", {"confidential": True, "members": [LEAD], "words": "Basın izliyor."})


def test_the_ceiling_tells_nobody_of_a_complaint_that_they_may_not_know_of(world: World, reference: str) -> None:
    """To whoever gives somebody work, they have what the workload says that they have."""
    (hidden,) = owned_by(world, HANDLER)
    restricted(world, hidden)
    world.hire("sub-ceiling", "handler", "Biri")
    ceiling(world, 1)
    assert next(one["open"] for one in shared(world, "sub-ceiling")["people"] if one["id"] == HANDLER) == 0
    assert [answer.status_code for answer in investigate(world, reference, "sub-ceiling")] == [200]
    assert (person(world, HANDLER)["open"], person(world, HANDLER)["ceiling_share"]) == (2, 2.0)


def test_whoever_takes_one_up_is_held_to_all_that_they_have(world: World, reference: str, refused: Refused) -> None:
    (hidden,) = owned_by(world, HANDLER)
    restricted(world, hidden)
    ceiling(world, 1)
    (answer,) = investigate(world, reference, HANDLER)
    assert refused(answer, 422, "validation")["errors"] == [{"pointer": "/owner", "code": "ceiling"}]


def test_a_lead_may_put_more_into_full_hands(world: World, reference: str) -> None:
    owned_by(world, HANDLER)
    ceiling(world, 1)
    assert [answer.status_code for answer in investigate(world, reference, LEAD)] == [200]


def test_the_move_that_fills_somebodys_hands_can_be_repeated(world: World, reference: str) -> None:
    ceiling(world, 1)
    assert [answer.status_code for answer in investigate(world, reference, HANDLER, times=2)] == [200, 200]


# --- handover --------------------------------------------------------------------------------------------------------


def hand_over(somebody: TestClient, to: str = LEAD, **changes: Any) -> Any:
    body = {"from": HANDLER, "to": to, "reason": "Işıl Hanım ayrıldı.", **changes}
    return somebody.post("/api/desk/handover", json=body)


def test_a_leavers_open_files_go_over_in_one_action(world: World) -> None:
    references = owned_by(world, HANDLER, HANDLER, HANDLER)
    assert hand_over(world.staff(LEAD)).json() == {"moved": 3, "left": 0, "failed": []}
    assert {owner_of(world, reference) for reference in references} == {LEAD}


def test_each_file_says_who_handed_it_over_and_why(world: World) -> None:
    (reference,) = owned_by(world, HANDLER)
    hand_over(world.staff(LEAD))
    seen = world.case(LEAD, reference)["timeline"][0]
    assert (seen["type"], seen["by"]["id"], seen["words"]) == ("ComplaintAssigned", LEAD, "Işıl Hanım ayrıldı.")


def test_handed_over_again_nothing_happens(world: World) -> None:
    (reference,) = owned_by(world, HANDLER)
    hand_over(world.staff(LEAD))
    before = kinds(world, reference)
    assert hand_over(world.staff(LEAD)).json() == {"moved": 0, "left": 0, "failed": []}
    assert kinds(world, reference) == before


def test_what_is_closed_stays_with_who_closed_it(world: World) -> None:
    (reference,) = owned_by(world, HANDLER)
    point = {"number": 1, "finding": "not_upheld", "reasons": "Cam sağlam.", "no_remedy_reason": "Gerek yok."}
    world.move(
        HANDLER, reference, "propose", {**APPROVAL, "points": [point], "cause": "UNK", "improvement_needed": False}
    )
    world.move(LEAD, reference, "approve", APPROVAL)
    world.move(LEAD, reference, "accept", {"medium": "phone"})
    assert hand_over(world.staff(LEAD)).json()["moved"] == 0
    assert owner_of(world, reference) == HANDLER


def test_one_call_hands_over_fifty_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workload, "AT_ONCE", 2)
    owned_by(world, HANDLER, HANDLER, HANDLER)
    found = [hand_over(world.staff(LEAD)).json() for _ in range(3)]
    assert [(one["moved"], one["left"]) for one in found] == [(2, 1), (1, 0), (0, 0)]


def test_a_file_that_has_just_gone_to_somebody_else_stays_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (reference,) = owned_by(world, HANDLER)
    before = list(world.table.owned(HANDLER, THE_SYSTEM))  # what the index still says
    world.move(LEAD, reference, "assign", {"owner": FRONT_LINE})
    monkeypatch.setattr(world.table, "owned", lambda owner, person: before)
    assert hand_over(world.staff(LEAD)).json() == {"moved": 0, "left": 0, "failed": []}
    assert owner_of(world, reference) == FRONT_LINE


def test_a_file_that_somebody_is_changing_is_named_and_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, quiet = owned_by(world, HANDLER, HANDLER)
    load, lead = world.table.load, staff(LEAD, frozenset({Role.LEAD}))

    def just_before_it_changes(reference: str) -> Any:
        found = load(reference)
        if reference == busy:
            world.table.change(busy, c.Assign(owner=HANDLER), lead, world.now)
        return found

    monkeypatch.setattr(world.table, "load", just_before_it_changes)
    assert hand_over(world.staff(LEAD)).json() == {"moved": 1, "left": 0, "failed": [busy]}
    monkeypatch.undo()
    assert (owner_of(world, busy), owner_of(world, quiet)) == (HANDLER, LEAD)
    assert hand_over(world.staff(LEAD)).json()["moved"] == 1


@pytest.mark.parametrize("to", [HANDLER, "sub-nobody", AUDITOR])
def test_files_go_to_somebody_else_who_is_on_the_list_and_can_work_on_them(
    world: World, refused: Refused, nothing_written: None, to: str
) -> None:
    said = refused(hand_over(world.staff(LEAD), to), 422, "validation")
    assert said["errors"] == [{"pointer": "/to", "code": "choice_required"}]


@pytest.mark.parametrize("changes", [{"reason": ""}, {"from": ""}, {"from": None}, {"all": True}])
def test_a_handover_that_is_not_complete_is_refused(
    world: World, refused: Refused, nothing_written: None, changes: dict[str, Any]
) -> None:
    said = refused(hand_over(world.staff(LEAD), **changes), 422, "validation")
    assert [error["pointer"] for error in said["errors"]] == [f"/{next(iter(changes))}"]


def test_a_management_representative_hands_over_too(world: World, sign_in: SignIn) -> None:
    (reference,) = owned_by(world, HANDLER)
    assert hand_over(sign_in("[management-representative]")).json()["moved"] == 1
    assert owner_of(world, reference) == LEAD


def test_a_handler_hands_over_nothing(world: World, refused: Refused) -> None:
    (reference,) = owned_by(world, HANDLER)
    refused(hand_over(world.staff(HANDLER)), 403, "not-allowed")
    assert owner_of(world, reference) == HANDLER


# --- absences --------------------------------------------------------------------------------------------------------


def leave(world: World, by: str, sub: str, first: str, until: str, deputy: str) -> Any:
    body = {"staff_id": sub, "from": first, "until": until, "deputy_id": deputy}
    return world.staff(by).post("/api/desk/absences", json=body)


def absences(world: World) -> list[dict[str, Any]]:
    return list(world.staff(AUDITOR).get("/api/desk/absences").json()["absences"])


def test_everybody_enters_their_own_leave(world: World) -> None:
    answer = leave(world, HANDLER, HANDLER, "2026-03-03", "2026-03-06", LEAD)
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["absences"]
    assert {name: value for name, value in found.items() if name != "id"} == {
        "staff_id": HANDLER,
        "name": "Işıl Tütüncüoğlu",
        "from": "2026-03-03",
        "until": "2026-03-06",
        "deputy_id": LEAD,
        "deputy_name": "Rıza Öğütçü",
    }


def test_the_workload_shows_who_is_away_and_who_stands_in(world: World) -> None:
    leave(world, HANDLER, HANDLER, "2026-03-03", "2026-03-06", LEAD)
    assert person(world, HANDLER)["away"] is None
    world.now = at(TUE_3_MAR)
    assert person(world, HANDLER)["away"] == {"until": "2026-03-06", "deputy_name": "Rıza Öğütçü"}
    world.now = at(SAT_7_MAR)
    assert person(world, HANDLER)["away"] is None


def test_only_a_lead_enters_somebody_elses_leave(world: World, refused: Refused) -> None:
    refused(leave(world, HANDLER, LEAD, "2026-03-03", "2026-03-06", HANDLER), 403, "not-allowed")
    assert leave(world, LEAD, HANDLER, "2026-03-03", "2026-03-06", LEAD).status_code == 200


def test_the_same_leave_entered_twice_is_there_once(world: World) -> None:
    answers = [leave(world, HANDLER, HANDLER, "2026-03-03", "2026-03-06", LEAD) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(absences(world)) == 1


def test_past_leave_is_listed_no_more(world: World) -> None:
    leave(world, HANDLER, HANDLER, "2026-03-03", "2026-03-06", LEAD)
    world.now = at(SAT_7_MAR)
    assert absences(world) == []


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"until": "2026-03-02"}, "/until", "not_later"),
        ({"from": "2026-02-02", "until": "2026-03-01"}, "/until", "date_in_past"),
        ({"from": "2026-02-30"}, "/from", "date_invalid"),
        ({"from": 20260303}, "/from", "date_invalid"),
        ({"deputy_id": HANDLER}, "/deputy_id", "choice_required"),
        ({"deputy_id": "sub-nobody"}, "/deputy_id", "choice_required"),
        ({"staff_id": "sub-nobody"}, "/staff_id", "choice_required"),
        ({"deputy_id": FRONT_LINE}, "/deputy_id", "deputy_away"),
        ({"staff_id": FRONT_LINE}, "/from", "already_away"),
        ({"why": "tatil"}, "/why", "unknown_field"),
    ],
)
def test_leave_that_does_not_do_is_refused(
    world: World, refused: Refused, changes: dict[str, str], pointer: str, code: str
) -> None:
    leave(world, FRONT_LINE, FRONT_LINE, "2026-03-06", "2026-03-09", LEAD)
    asked = {"staff_id": HANDLER, "from": "2026-03-03", "until": "2026-03-06", "deputy_id": LEAD, **changes}
    said = refused(world.staff(LEAD).post("/api/desk/absences", json=asked), 422, "validation")
    assert said["errors"] == [{"pointer": pointer, "code": code}]
    assert len(absences(world)) == 1


def test_a_deputy_may_be_away_on_other_days(world: World) -> None:
    leave(world, LEAD, LEAD, MON_9_MAR.isoformat(), MON_9_MAR.isoformat(), HANDLER)
    assert leave(world, HANDLER, HANDLER, "2026-03-03", "2026-03-08", LEAD).status_code == 200


def test_leave_is_struck_out_by_whoever_may_enter_it(world: World, refused: Refused) -> None:
    leave(world, HANDLER, HANDLER, "2026-03-03", "2026-03-06", LEAD)
    address = f"/api/desk/absences/{quote(absences(world)[0]['id'], safe='')}"
    refused(world.staff(FRONT_LINE).delete(address), 403, "not-allowed")
    assert len(absences(world)) == 1
    assert [world.staff(HANDLER).delete(address).json() for _ in range(2)] == [{"absences": []}] * 2


def test_people_stand_in_the_order_of_the_turkish_alphabet(world: World) -> None:
    for name in ("Ömer Usta", "Osman Usta", "Pınar Usta"):
        world.hire(f"sub-{name}", "handler", name)
    desk = world.staff(LEAD)
    wanted = ["Çağrı Küçükşahin", "Işıl Tütüncüoğlu", "İpek Zülfikaroğlu", "Osman Usta", "Ömer Usta", "Pınar Usta"]
    staff = [one["name"] for one in desk.get("/api/desk/staff").json()["staff"]]
    people = [one["name"] for one in desk.get("/api/desk/workload").json()["people"]]
    assert [name for name in staff if name in wanted] == wanted
    assert [name for name in people if name in wanted] == [wanted[1], *wanted[3:]]
