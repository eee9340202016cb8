"""The queues of the desk: pages without a gap, narrowed to what somebody looks for, the same for all who may see it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaints.rules import Organisation
from desk import queues
from tests.builders import PATIENT
from tests.dates import FRI_6_MAR, at
from tests.journeys.steps import ONE_POINT
from tests.world import ADMINISTRATOR, FRONT_LINE, HANDLER, LEAD, World

Refused = Callable[..., dict[str, Any]]


def page(world: World, sub: str = HANDLER, **asked: str) -> dict[str, Any]:
    """One page of a queue."""
    answer = world.staff(sub).get("/api/desk/complaints", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def listed(world: World, sub: str = HANDLER, **asked: str) -> list[str]:
    """A whole queue, page after page."""
    rows, cursor = [], ""
    while cursor is not None:
        found = page(world, sub, **asked, cursor=cursor)
        rows += [row["reference"] for row in found["rows"]]
        cursor = found["next"]
    return rows


@pytest.fixture(scope="module")
def many(house: World) -> set[str]:
    """More complaints than a page of a queue shows."""
    return {house.submit()["reference"] for _ in range(27)}


@pytest.fixture
def reference(world: World) -> str:
    return str(world.submit()["reference"])


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_queue_comes_in_pages_without_a_gap_or_a_double(world: World, many: set[str]) -> None:
    seen = listed(world, queue="to_assess")
    assert len(seen) == len(set(seen))
    assert many <= set(seen)


def test_what_is_due_last_comes_first_when_asked_for(world: World, many: set[str]) -> None:
    assert listed(world, queue="to_assess", order="-due") == listed(world, queue="to_assess")[::-1]


def test_an_address_of_a_later_page_shows_a_colleague_the_same_rows(world: World, many: set[str]) -> None:
    cursor = page(world, HANDLER, queue="to_assess", channel="web")["next"]
    there = {"queue": "to_assess", "channel": "web", "cursor": cursor}
    assert page(world, HANDLER, **there) == page(world, LEAD, **there)


@pytest.mark.parametrize("asked", [{"queue": "open"}, {"order": "-due"}, {"channel": "web"}, {"due": "week"}])
def test_a_cursor_leads_on_in_its_own_list_only(
    world: World, many: set[str], refused: Refused, asked: dict[str, str]
) -> None:
    cursor = page(world, queue="to_assess")["next"]
    other = {"queue": "to_assess", **asked, "cursor": cursor}
    refused(world.staff(HANDLER).get("/api/desk/complaints", params=other), 422, "validation")


def test_a_cursor_of_my_own_complaints_is_nobody_elses(
    world: World, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "PAGE", 1)
    for _ in range(2):
        in_hand(world, str(world.submit()["reference"]))
    mine = {"queue": "mine", "cursor": page(world, HANDLER, queue="mine")["next"]}
    assert len(page(world, HANDLER, **mine)["rows"]) == 1
    refused(world.staff(LEAD).get("/api/desk/complaints", params=mine), 422, "validation")


@pytest.mark.parametrize("cursor", ["a", "zzzz", "A" * 200, "é", "../..", "%00"])
def test_a_forged_cursor_is_refused(world: World, refused: Refused, cursor: str) -> None:
    answer = world.staff(HANDLER).get("/api/desk/complaints", params={"queue": "open", "cursor": cursor})
    refused(answer, 422, "validation")


@pytest.mark.parametrize("queue", ["", "all", "letters", "OPEN", "open|sub-lead", "mine "])
def test_there_are_no_other_queues(world: World, refused: Refused, queue: str) -> None:
    refused(world.staff(HANDLER).get("/api/desk/complaints", params={"queue": queue}), 404, "not-found")


def test_a_page_for_which_too_many_would_be_read_leads_on_all_the_same(
    world: World, many: set[str], reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits until the last of ten thousand has been looked at."""
    world.move(HANDLER, reference, "assess", ONE_POINT)
    monkeypatch.setattr(queues, "MOST_READ", 10)
    first = page(world, priority="none", order="-due")
    assert len(first["rows"]) <= 10
    assert first["next"]
    assert reference in listed(world, priority=str(world.case(HANDLER, reference)["priority"]))


@pytest.mark.parametrize("order", ["due", "-due"])
def test_what_was_closed_in_the_last_seven_days_is_a_queue_with_its_count(world: World, order: str) -> None:
    def count() -> int:
        return int(world.staff(LEAD).get("/api/desk/queues").json()["counts"]["closed_lately"])

    closed, before = [], count()
    for _ in range(2):
        closed.append(str(world.submit()["reference"]))
        world.move(LEAD, closed[-1], "withdraw", {"medium": "phone", "words": "Vazgeçti."})
        world.wait(days=3)
    assert [one for one in listed(world, queue="closed_lately", order=order) if one in closed] == (
        closed if order == "-due" else closed[::-1]
    )
    assert count() == before + 2
    world.wait(days=2)
    assert listed(world, queue="closed_lately", order=order) == closed[1:]
    assert count() == 1
    assert set(closed) <= set(listed(world, queue="closed"))
    world.wait(days=3)
    assert (listed(world, queue="closed_lately"), count()) == ([], 0)


# --- filters ---------------------------------------------------------------------------------------------------------


def test_a_filter_leaves_what_fits_all_of_it(world: World, reference: str) -> None:
    kept = in_hand(world, str(world.submit()["reference"]))
    assert listed(world, category="3", owner=HANDLER, channel="web", pack="ISO-BASE") == [kept]
    assert kept not in listed(world, owner="none", channel="web")
    assert reference in listed(world, owner="none", channel="web")


def in_hand(world: World, reference: str, **point: Any) -> str:
    """The complaint, assessed and in the handler's hands."""
    world.move(HANDLER, reference, "assess", {**ONE_POINT, "points": [{**ONE_POINT["points"][0], **point}]})
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    return reference


WRONG = {
    "priority": "5",
    "category": "cam",
    "owner": "",
    "channel": "fax",
    "due": "soon",
    "flag": "asked",  # is about whoever asks
    "order": "name",
    "colour": "red",
}


def test_a_filter_that_does_not_exist_is_refused(world: World, refused: Refused) -> None:
    answer = world.staff(HANDLER).get("/api/desk/complaints", params=WRONG)
    said = refused(answer, 422, "validation")
    assert {error["pointer"] for error in said["errors"]} == {f"/query/{name}" for name in WRONG}


# --- rows ------------------------------------------------------------------------------------------------------------


def test_a_row_says_since_when_and_for_whom_the_time_stands_still(world: World, reference: str) -> None:
    now = world.rulebook.newest()
    patient = Organisation(packs=("BIZIM",), own_packs=(PATIENT,))
    world.rulebook.settle(patient, "Deneme.", ADMINISTRATOR, world.now, after=now.version)
    world.move(FRONT_LINE, reference, "acknowledge", {"medium": "phone"})
    in_hand(world, reference, pack="BIZIM")
    world.now = at(FRI_6_MAR)
    pause = {"points": [1], "category": "before_court", "reason": "Dava açıldı."}
    world.move(HANDLER, reference, "pause", pause)
    stopped = next(row for row in page(world, queue="mine")["rows"] if row["reference"] == reference)
    world.now = at(FRI_6_MAR) + timedelta(days=3)
    [row] = [row for row in page(world, queue="mine")["rows"] if row["reference"] == reference]
    assert (row["promise"], row["due"], row["late"]) == ("answer", None, False)
    assert (row["paused_since"], row["paused_for"]) == (stopped["paused_since"], "before_court")
    assert 0 < row["share"] == stopped["share"] < 1
