"""What a move would change, shown before it is made; nothing is written."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moto import mock_aws

from complaints.rules import Organisation
from tests.builders import PATIENT
from tests.dates import MON_2_MAR, MON_9_MAR, at
from tests.journeys.steps import APPROVAL, ONE_POINT, proposal
from tests.world import AUDITOR, HANDLER, LEAD, World

Refused = Callable[..., dict[str, Any]]

EXTEND = {"points": [1], "until": None, "reason": "Parça yurt dışından geliyor."}
PAUSE = {"points": [1], "category": "waiting_for_complainant", "since": None, "reason": "Faturayı bekliyoruz."}
PROPOSAL = {**proposal(MON_9_MAR), "points": proposal(MON_9_MAR)["points"][:1]}


@pytest.fixture(scope="module")
def house() -> Iterator[World]:
    """A house with a law's pack and one of its own, which lets the clock stand still."""
    with mock_aws():
        chosen = ("ISO-BASE", "TR-GARANTI", "BIZIM")
        world = World(at(MON_2_MAR), organisation=Organisation(packs=chosen, own_packs=(PATIENT,)))
        with world.public:
            yield world


@pytest.fixture
def reference(world: World) -> str:
    """A complaint under investigation, to be answered by Tuesday 31 March."""
    return under(world, None)


def under(world: World, pack: str | None, **told: Any) -> str:
    reference = str(world.submit(**told)["reference"])
    world.move(HANDLER, reference, "assess", {**ONE_POINT, "points": [{**ONE_POINT["points"][0], "pack": pack}]})
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    return reference


def ask(world: World, reference: str, move: str, body: Any, sub: str = LEAD) -> Any:
    return world.staff(sub).post(f"/api/desk/complaints/{reference}/moves/{move}/preview", json=body)


def shown(world: World, reference: str, move: str, body: Any) -> dict[str, Any]:
    answer = ask(world, reference, move, body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def days(said: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    return {one["promise"]: (one["old"], one["new"]) for one in said["dates"]}


def test_a_day_that_would_be_put_off_is_shown_with_the_letter(
    world: World, reference: str, nothing_written: None
) -> None:
    assert shown(world, reference, "extend", EXTEND) == {
        "dates": [
            {
                "promise": "answer",
                "point": 1,
                "duty": None,
                "task": None,
                "old": "2026-03-31",
                "new": "2026-04-14",
                "internal": False,
            }
        ],
        "letter": "extension",
        "told_by": "mail",
    }


ASK = {"of": "complainant", "data": ["document"], "words": "Faturanız?", "reply_by": "2026-03-16"}


@pytest.mark.parametrize(
    ("told", "told_by"),
    [
        ({}, "mail"),
        ({"email": None, "phone": "0532 000 00 00"}, "person"),
        ({"email": None, "name": None, "anonymous": True}, "tracking_page"),
    ],
)
def test_what_we_ask_says_before_and_afterwards_how_it_reaches_them(
    world: World, told: dict[str, Any], told_by: str
) -> None:
    reference = under(world, None, **told)
    said = shown(world, reference, "ask", ASK)
    assert (said["letter"], said["told_by"]) == ("request", told_by)
    case = world.move(HANDLER, reference, "ask", ASK)
    [asked] = [one for one in case["timeline"] if one["type"] == "InformationAsked"]
    assert (asked["letter"], asked["told_by"], case["told_by"]) == ("request", told_by, told_by)
    assert [letter["kind"] for letter in case["letters"]].count("request") == (told_by == "mail")


def test_what_is_kept_among_ourselves_reaches_nobody(world: World, reference: str) -> None:
    said = shown(world, reference, "plan", {"words": "Cam incelenecek."})
    assert (said["letter"], said["told_by"]) == (None, None)


def test_what_was_shown_is_what_happens(world: World, reference: str) -> None:
    (date,) = shown(world, reference, "extend", EXTEND)["dates"]
    after = world.move(LEAD, reference, "extend", EXTEND)
    assert [one["due_on"] for one in after["promises"] if one["promise"] == "answer"] == [date["new"]]
    assert "extension" in {letter["kind"] for letter in after["letters"]}


def test_a_clock_that_would_stand_still_has_no_day_and_gets_one_when_it_goes_on(world: World) -> None:
    reference = under(world, "BIZIM")
    assert days(shown(world, reference, "pause", PAUSE)) == {"answer": ("2026-03-16", None)}
    world.move(HANDLER, reference, "pause", PAUSE)
    world.now = at(MON_9_MAR)
    assert days(shown(world, reference, "resume", {"points": [1]})) == {"answer": (None, "2026-03-24")}


def test_an_assessment_shows_our_own_target_as_such(world: World) -> None:
    reference = str(world.submit()["reference"])
    said = shown(world, reference, "assess", ONE_POINT)
    assert {one["promise"] for one in said["dates"] if one["internal"]} == {"take_up"}
    assert [(one["point"], one["old"], one["new"]) for one in said["dates"] if one["promise"] == "answer"] == [
        (None, "2026-03-31", None),
        (1, None, "2026-03-31"),
    ]


def test_a_duty_is_shown_by_its_name(world: World, reference: str) -> None:
    point = {**ONE_POINT["points"][0], "pack": "TR-GARANTI"}
    said = shown(world, reference, "reassess", {**ONE_POINT, "points": [point], "reason": "Garanti süresinde."})
    duties = [one["duty"]["tr"] for one in said["dates"] if one["duty"]]
    assert "Ürünün onarılması" in duties


def test_a_promise_that_would_be_kept_is_no_date_that_changes(world: World, reference: str) -> None:
    new = str(world.submit()["reference"])
    assert shown(world, new, "acknowledge", {"medium": "phone"}) == {"dates": [], "letter": None, "told_by": None}
    world.move(HANDLER, reference, "propose", PROPOSAL)
    assert days(shown(world, reference, "approve", APPROVAL)) == {"reply": (None, "2026-03-31")}


def test_a_remedy_is_a_new_promise(world: World, reference: str) -> None:
    world.move(HANDLER, reference, "propose", PROPOSAL)
    world.move(LEAD, reference, "approve", APPROVAL)
    assert days(shown(world, reference, "accept", {"medium": "phone"})) == {"remedy": (None, "2026-03-09")}


def test_a_preview_is_refused_as_the_move_is(
    world: World, reference: str, refused: Refused, nothing_written: None
) -> None:
    assert refused(ask(world, reference, "resume", {"points": [1]}), 409, "not-now")["reason"] == "not_paused"
    refused(ask(world, reference, "extend", EXTEND, sub=AUDITOR), 403, "not-allowed")
    refused(ask(world, reference, "extend", {**EXTEND, "reason": ""}), 422, "validation")
    refused(ask(world, reference, "assign", {"owner": "sub-nobody"}), 422, "validation")
    refused(ask(world, reference, "keep_time", {}), 404, "not-found")
    refused(ask(world, "00000000000", "extend", EXTEND), 404, "not-found")
