"""One act on several complaints: each under its own rules, what failed with its reason, and nothing twice."""

from typing import Any

import pytest

from complaints.rules import Organisation
from tests.journeys.steps import ONE_POINT
from tests.world import ADMINISTRATOR, AUDITOR, FRONT_LINE, HANDLER, LEAD, World


def bulk(world: World, act: str, references: list[str], key: str | None = None, sub: str = LEAD, **told: Any) -> Any:
    """The act on these complaints as they are now; what became of each."""
    seen = {reference: world.table.load(reference) for reference in references}
    ticked = [{"reference": one, "version": there.version if there else 1} for one, there in seen.items()]
    return ask(world, act, ticked, key or world.key(), sub, **told)


def ask(world: World, act: str, ticked: list[dict[str, Any]], key: str, sub: str = LEAD, **told: Any) -> Any:
    body = {"complaints": ticked, **told}
    answer = world.staff(sub).post(f"/api/desk/bulk/{act}", json=body, headers={"Idempotency-Key": key})
    assert answer.status_code == 200, answer.text
    return answer.json()


def submitted(world: World) -> str:
    return str(world.submit()["reference"])


def assessed(world: World) -> str:
    reference = submitted(world)
    world.move(HANDLER, reference, "assess", ONE_POINT)
    return reference


def in_hand(world: World) -> str:
    reference = assessed(world)
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    return reference


def seen(world: World) -> dict[str, Any]:
    return world.case(LEAD, in_hand(world))


def owner(world: World, reference: str) -> str | None:
    complaint = world.table.load(reference)
    assert complaint
    return complaint.owner


def test_all_go_to_one_handler_but_those_whose_rules_forbid_it(world: World) -> None:
    """One is not assessed yet, somebody was faster with another, and one may not be known of."""
    taken, waiting, fresh, faster, hidden = (
        in_hand(world),
        assessed(world),
        submitted(world),
        in_hand(world),
        in_hand(world),
    )
    world.move(HANDLER, hidden, "name_staff", {"staff": [LEAD]})
    seen = {one: world.table.load(one) for one in (taken, waiting, fresh, faster, hidden)}
    world.move(HANDLER, faster, "plan", {"words": "Servise sor."})
    ticked = [{"reference": one, "version": there.version} for one, there in seen.items() if there]
    outcome = ask(world, "assign", ticked, world.key(), owner=LEAD)
    assert outcome == {
        "done": [taken, waiting],
        "failed": [
            {"reference": fresh, "why": "state"},
            {"reference": faster, "why": "out-of-date"},
            {"reference": hidden, "why": "not-found"},
        ],
    }
    assert [owner(world, one) for one in (taken, waiting, faster)] == [LEAD, LEAD, HANDLER]
    assert world.case(LEAD, waiting)["state"] == "investigating"


@pytest.mark.parametrize(
    ("act", "told"),
    [("assign", {"owner": LEAD}), ("link", {"case": "CAM-2026"}), ("note", {"words": "Servis arandı."})],
)
def test_a_second_click_does_nothing_twice(world: World, act: str, told: dict[str, str]) -> None:
    ticked = [{"reference": one["reference"], "version": one["version"]} for one in (seen(world), seen(world))]
    key = world.key()
    first = ask(world, act, ticked, key, **told)
    before = [world.table.everything(one["reference"]) for one in ticked]
    assert ask(world, act, ticked, key, **told) == first
    after = [world.table.everything(one["reference"]) for one in ticked]
    assert first == {"done": [one["reference"] for one in ticked], "failed": []}
    assert [(len(one.events), len(one.entries)) for one in after] == [
        (len(one.events), len(one.entries)) for one in before
    ]


def test_the_same_one_ticked_twice_is_one(world: World) -> None:
    reference = submitted(world)
    ticked = [{"reference": reference, "version": 1}] * 2
    assert ask(world, "note", ticked, world.key(), words="Aranacak.")["done"] == [reference]
    assert len(world.table.everything(reference).entries) == 1


def test_what_somebody_has_already_is_not_given_to_them_again(world: World) -> None:
    reference = in_hand(world)
    before = world.table.load(reference)
    assert bulk(world, "assign", [reference], owner=HANDLER) == {"done": [reference], "failed": []}
    assert world.table.load(reference) == before


def test_whose_hands_are_full_gets_no_more_of_them(world: World) -> None:
    now = world.rulebook.newest()
    world.rulebook.settle(Organisation(ceiling=1), "Deneme.", ADMINISTRATOR, world.now, after=now.version)
    one, other = assessed(world), assessed(world)
    outcome = bulk(world, "assign", [one, other], sub=HANDLER, owner=HANDLER)
    assert outcome == {"done": [one], "failed": [{"reference": other, "why": "ceiling"}]}


def test_whoever_has_a_tie_writes_no_note_and_the_others_get_theirs(world: World) -> None:
    tied, free = in_hand(world), in_hand(world)
    world.move(HANDLER, tied, "declare_conflict", {"words": "Komşum."})
    outcome = bulk(world, "note", [tied, free], sub=HANDLER, words="Servis arandı.")
    assert outcome == {"done": [free], "failed": [{"reference": tied, "why": "conflict"}]}


def test_what_can_no_longer_be_read_takes_no_note(world: World) -> None:
    reference = submitted(world)
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    assert bulk(world, "note", [reference], words="Not.")["failed"] == [{"reference": reference, "why": "unreadable"}]


@pytest.mark.parametrize(("sub", "act"), [(FRONT_LINE, "assign"), (AUDITOR, "note"), (AUDITOR, "assign")])
def test_a_role_that_may_not_is_refused_as_a_whole(world: World, sub: str, act: str, nothing_written: None) -> None:
    body = {"complaints": [{"reference": "7K4M29XRQ3A", "version": 1}], "owner": LEAD}
    told = {**body, "words": "Not."} if act == "note" else body
    answer = world.staff(sub).post(f"/api/desk/bulk/{act}", json=told, headers={"Idempotency-Key": world.key()})
    assert answer.status_code == 403


@pytest.mark.parametrize("count", [0, 51])
def test_no_more_are_taken_at_once_than_can_be_done_in_time(world: World, count: int, nothing_written: None) -> None:
    ticked = [{"reference": f"7K4M29XRQ{n:02}", "version": 1} for n in range(count)]
    body = {"complaints": ticked, "words": "Not."}
    answer = world.staff(LEAD).post("/api/desk/bulk/note", json=body, headers={"Idempotency-Key": world.key()})
    assert answer.status_code == 422
