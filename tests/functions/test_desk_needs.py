"""What somebody needs of us is data about their health: it is read where it is needed, and nowhere else."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from complaints import commands as c
from complaints.complaint import Complaint
from complaints.roles import Role, staff
from desk.printed import PAPERS
from tests.builders import COMPLAINANT, INVESTIGATE, SYSTEM
from tests.dates import WED_18_MAR, at
from tests.functions.test_desk_papers import text
from tests.journeys.steps import ONE_POINT
from tests.matrix import KNOW_NEEDS, READ, WRITE
from tests.ways import WITHDRAW
from tests.world import HANDLER, LEAD, World

Refused = Callable[..., dict[str, Any]]

BRAILLE, CALL = "format-braille", "format-call"
TAKE_UP_AGAIN = {"medium": "phone", "words": "Yine istiyor."}
BY_HANDLER, BY_LEAD = staff(HANDLER, frozenset({Role.HANDLER})), staff(LEAD, frozenset({Role.LEAD}))
VULNERABLE = c.Assess.model_validate({**ONE_POINT, "severity": 2, "vulnerable": True})


@pytest.fixture
def reference(world: World) -> str:
    """Somebody who reads Braille and wants to be called; the first was done, the second is late."""
    found = str(world.submit(formats=["braille", "call"], support_needs="Görme engelliyim.")["reference"])
    for person, ask in (
        (BY_HANDLER, VULNERABLE),
        (BY_HANDLER, INVESTIGATE.model_copy(update={"owner": HANDLER})),
        (BY_HANDLER, c.FinishTask(task=BRAILLE, words="Kabartma mektup gitti.")),
    ):
        world.table.change(found, ask, person, world.now)
    world.now = at(WED_18_MAR)
    world.table.change(found, c.KeepTime(), SYSTEM, world.now)
    world.settle()
    return found


def hired(world: World, role: str) -> str:
    world.hire(f"sub-needs-{role}", role, "Biri")
    return f"sub-needs-{role}"


def kept(world: World, reference: str) -> Complaint:
    complaint = world.table.load(reference)
    assert complaint
    return complaint


TELLING = ("braille", BRAILLE, CALL, "Görme engelliyim", "Kabartma", '"format"', '"vulnerable": true')


@pytest.mark.parametrize("role", sorted(READ))
def test_only_who_needs_to_reads_which_needs_there_are_and_what_became_of_them(
    world: World, reference: str, role: str
) -> None:
    seen = world.case(hired(world, role), reference)
    told = {word for word in TELLING if word in json.dumps(seen, ensure_ascii=False)}
    assert told == ({*TELLING} if role in KNOW_NEEDS else set())
    ours = [(one["promise"], one["due_on"]) for one in seen["promises"] if one["promise"] == "task"]
    broken = [one for one in seen["timeline"] if one["facts"].get("promise") == "task"]
    assert (len(ours), bool(broken)) == ((1, True) if role in KNOW_NEEDS else (0, False))
    assert seen["priority"] == 2
    reason = seen["assessment"]["priority_reason"]
    assert reason == ("vulnerable" if role in KNOW_NEEDS else None)


@pytest.mark.parametrize("role", sorted(READ))
def test_a_priority_with_another_reason_says_it_to_everybody(world: World, role: str) -> None:
    reference = str(world.submit()["reference"])
    world.move(HANDLER, reference, "assess", {**ONE_POINT, "severity": 3, "vulnerable": True})
    found = world.case(hired(world, role), reference)["assessment"]
    assert (found["priority_reason"], found["vulnerable"]) == ("severity_serious", True if role in KNOW_NEEDS else None)


@pytest.mark.parametrize("role", sorted(READ))
def test_no_row_and_no_count_tells_of_a_need(world: World, reference: str, role: str) -> None:
    desk = world.staff(hired(world, role))
    asked = ("complaints", "complaints?queue=mine", "queues", "workload", "staff", "search?q=braille", "search?q=cam")
    for path in (*asked, f"search?q={reference}", f"complaints/{reference}/related"):
        assert not any(word in desk.get(f"/api/desk/{path}").text for word in TELLING)


@pytest.mark.parametrize("role", sorted(WRITE))
def test_what_somebody_needs_has_the_same_day_whatever_becomes_of_the_complaint_so_no_preview_tells_of_it(
    world: World, role: str
) -> None:
    reference = str(world.submit(formats=["braille"])["reference"])
    world.table.change(reference, WITHDRAW, COMPLAINANT, world.now)
    path = f"/api/desk/complaints/{reference}/moves/take_up_again/preview"
    dates = world.staff(hired(world, role)).post(path, json=TAKE_UP_AGAIN).json()["dates"]
    assert dates
    assert "task" not in {one["promise"] for one in dates}


@pytest.mark.parametrize("role", sorted(WRITE))
def test_who_does_not_know_of_a_format_is_told_that_there_is_no_such_task(
    world: World, refused: Refused, role: str
) -> None:
    reference = str(world.submit(formats=["braille"])["reference"])
    desk, path = world.staff(hired(world, role)), f"/api/desk/complaints/{reference}/tasks"
    nobodys = desk.post(f"{path}/format-audio/done", json={})
    answer = desk.post(f"{path}/{BRAILLE}/done", json={})
    if role in KNOW_NEEDS:
        assert answer.status_code == 200
        assert kept(world, reference).tasks == ()
        return
    assert refused(answer, 409, "not-now") == nobodys.json()
    assert [task.id for task in kept(world, reference).tasks] == [BRAILLE]


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_no_paper_says_more_than_its_reader_may_know(world: World, reference: str, paper: str) -> None:
    known, shown = (text(world, reference, paper, "tr", hired(world, role)) for role in ("lead", "auditor"))
    assert "Braille" in known
    assert "özel desteğe ihtiyaç duyan biri" in known.lower()
    for word in ("Braille", "kabartma", "görme", "telefonla görüşme", "özel desteğe", "biçim"):
        assert word.lower() not in shown.lower().replace("destek ihtiyacı", "")
    assert "İhtiyaçlar Rolünüze gösterilmez" in shown
