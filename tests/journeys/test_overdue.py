"""Nobody answers in time: a reminder, then a breach, both seen on the desk; and the sweep when schedules are lost."""

from datetime import date

from tests.dates import at
from tests.world import HANDLER, World

WED_25_MAR, TUE_31_MAR, WED_1_APR, THU_2_APR = (
    date(2026, 3, 25),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 4, 2),
)


def kinds(world: World, reference: str) -> list[str]:
    return [entry["type"] for entry in reversed(world.case(HANDLER, reference)["timeline"])]


def test_an_overdue_complaint_is_reminded_of_and_then_marked_late_at_its_true_time(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.wind(WED_25_MAR)
    assert kinds(world, reference) == ["ComplaintReceived", "ComplaintAcknowledged", "PromiseReminded"]
    assert world.table.counts()["overdue"] == 0

    world.wind(WED_1_APR)
    assert kinds(world, reference)[-1] == "PromiseBroken"
    assert world.case(HANDLER, reference)["timeline"][0]["facts"]["due"] == "2026-03-31T20:59:59Z"
    assert world.table.counts()["overdue"] == 1
    rows = world.staff(HANDLER).get("/api/desk/complaints?queue=overdue").json()["rows"]
    assert [(row["reference"], row["late"], row["days_left"]) for row in rows] == [(reference, True, -1)]


def test_the_complainant_sees_that_we_are_late(world: World) -> None:
    receipt = world.submit()
    world.wind(WED_1_APR)
    assert world.open(receipt)[1]["late"] is True


def test_lost_schedules_are_made_good_by_the_sweep_once(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.schedules.armed.clear()
    world.now = at(THU_2_APR)
    world.sweep()
    world.sweep()
    assert kinds(world, reference).count("PromiseBroken") == 1
    assert world.case(HANDLER, reference)["timeline"][0]["facts"]["due"] == "2026-03-31T20:59:59Z"


def test_a_complaint_entered_after_its_answer_was_due_is_late_at_once(world: World) -> None:
    world.now = at(THU_2_APR)
    entered = {
        "language": "tr",
        "about": "Kombi",
        "what_happened": "Kombi iki aydır ısıtmıyor.",
        "told_before": "yes",
        "safety_risk": False,
        "elsewhere": False,
        "name": "Şükriye Düğünçiçeği",
        "phone": "0532 000 00 00",
        "channel": "letter",
        "received_at": "2026-02-02T09:00:00+03:00",
        "backdating_reason": "Mektup şubede kalmış.",
    }
    answer = world.staff(HANDLER).post("/api/desk/complaints", json=entered, headers={"Idempotency-Key": world.key()})
    assert answer.status_code == 201
    assert answer.json()["late"] is True
    world.settle()
    kept = world.case(HANDLER, answer.json()["reference"])["account"]["backdating_reason"]
    assert kept == entered["backdating_reason"]
    assert kinds(world, answer.json()["reference"]) == ["ComplaintReceived", "PromiseBroken", "PromiseBroken"]


def test_a_stale_schedule_finds_nothing_to_do(world: World) -> None:
    receipt = world.submit()
    world.settle()
    before = world.table.load(receipt["reference"])
    world.schedules.arm(receipt["reference"], world.now)
    world.wind(world.now)
    assert world.table.load(receipt["reference"]) == before
