"""The table: the chain of history, what is readable in it, and erasure."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from adapters.table import chained, subject_of
from adapters.vault import Unreadable
from complaints import commands as c
from complaints.refusals import OutOfDate
from complaints.roles import Role, staff
from desk.queues import PAGE
from tests.bench.dynamo import Units, counting
from tests.bench.queue import fill
from tests.dates import MON_2_MAR, at
from tests.journeys.steps import APPROVAL, ASSESSMENT, EXPLANATION
from tests.world import HANDLER, LEAD, World


@pytest.fixture
def world(aws: None) -> World:
    return World(at(MON_2_MAR))


def rows(world: World, reference: str) -> list[dict[str, object]]:
    return list(world.items.query(PK=f"C#{reference}", consistent=True))


def test_each_event_is_chained_to_the_one_before_and_the_case_holds_the_head(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    head = "0" * 64
    for row in rows(world, reference):
        if str(row["SK"]).startswith("E#"):
            head = chained(head, str(row["event"]), row.get("sealed"))  # type: ignore[arg-type]
            assert row["hash"] == head
    assert next(row for row in rows(world, reference) if row["SK"] == "CASE")["head"] == head


def unbroken(events: list[dict[str, object]]) -> bool:
    """Whether each event of a history carries the hash of itself after the one before."""
    head = "0" * 64
    for row in events:
        head = chained(head, str(row["event"]), row.get("sealed"))  # type: ignore[arg-type]
        if row["hash"] != head:
            return False
    return True


def test_the_history_says_which_role_somebody_had_then_and_adds_up_where_that_was_not_kept(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    world.hire(HANDLER, "lead", "Işıl Tütüncüoğlu")
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    had = {one["type"]: one["by"]["roles"] for one in world.case(HANDLER, reference)["timeline"]}
    assert (had["ComplaintAssessed"], had["InvestigationStarted"]) == (["handler"], ["lead"])

    older = [row for row in rows(world, reference) if str(row["SK"]).startswith("E#")]
    head = "0" * 64
    for row in older:
        text = str(row["event"]).replace(',"roles":["handler"]', "").replace(',"roles":[]', "")
        head = chained(head, text, row.get("sealed"))  # type: ignore[arg-type]
        world.items.update({"PK": row["PK"], "SK": row["SK"]}, {"event": text, "hash": head}, when={})
    assert unbroken([row for row in rows(world, reference) if str(row["SK"]).startswith("E#")])
    had = {one["type"]: one["by"]["roles"] for one in world.case(HANDLER, reference)["timeline"]}
    assert (had["ComplaintAssessed"], had["InvestigationStarted"]) == ([], ["lead"])


@pytest.mark.parametrize("harm", ["changed", "left out", "swapped", "words of another"])
def test_a_history_that_somebody_touched_does_not_add_up(world: World, harm: str) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    events = [row for row in rows(world, reference) if str(row["SK"]).startswith("E#")]
    assert unbroken(events)
    match harm:
        case "changed":
            events[1] = {**events[1], "event": str(events[1]["event"]).replace("2026", "2025")}
        case "left out":
            del events[1]
        case "swapped":
            events[0], events[1] = events[1], events[0]
        case _:
            events[0] = {**events[0], "sealed": events[-1]["sealed"]}
    assert not unbroken(events)


def test_of_two_who_change_a_complaint_at_once_the_second_is_told_and_overwrites_nothing(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    known = world.table.load(reference)
    assert known
    ready = Barrier(2)

    def give(owner: str) -> str:
        ready.wait()
        ask, person = c.Investigate(owner=owner), staff(owner, frozenset({Role.LEAD}))
        try:
            world.table.change(reference, ask, person, world.now, version=known.version, request=owner)
        except OutOfDate as refused:
            assert refused.current.version == known.version + 1
            return "told"
        return "done"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(give, ["one", "two"])) == ["done", "told"]
    assert [event.type for event in world.table.everything(reference).events][known.version :] == [
        "InvestigationStarted"
    ]


def test_nothing_that_people_wrote_lies_in_the_table_in_clear(world: World) -> None:
    receipt = world.submit(name="KANARYA", what_happened="KANARYA kafesinden kaçtı.", email="kanarya@example.com")
    reference = receipt["reference"]
    world.settle()
    world.move(HANDLER, reference, "assess", {**ASSESSMENT, "points": [{"title": "KANARYA", "category": 1}]})
    world.staff(HANDLER).post(f"/api/desk/complaints/{reference}/notes", json={"id": world.key(), "words": "KANARYA"})
    stored = json.dumps(world.items.client.scan(TableName="Table")["Items"], default=repr).lower()
    assert "kanarya" not in stored
    assert receipt["secret"].lower() not in stored


def test_without_its_key_a_complaint_still_counts_and_its_words_are_gone(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    with pytest.raises(Unreadable):
        world.table.everything(reference)
    listed = world.staff(HANDLER).get("/api/desk/complaints").json()["rows"]
    assert [(row["reference"], row["subject"]) for row in listed] == [(reference, None)]
    assert world.staff(HANDLER).get(f"/api/desk/complaints/{reference}").status_code == 410


def test_the_case_item_stays_small(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    case = next(row for row in rows(world, reference) if row["SK"] == "CASE")
    assert len(str(case["snapshot"])) < 1.25 * 1024
    assert (
        sum(len(name) + len(value if isinstance(value, bytes) else str(value)) for name, value in case.items()) < 2048
    )


def test_the_counts_equal_a_recount(world: World) -> None:
    from complaints.report import QUEUES, queues_of

    references = [world.submit(what_happened=f"Cam {n} kez kırıldı.")["reference"] for n in range(5)]
    world.settle()
    for reference in references[:3]:
        world.move(HANDLER, reference, "assess", ASSESSMENT)
    complaints = [world.table.load(reference) for reference in references]
    recount = {queue: sum(queue in queues_of(one) for one in complaints if one) for queue in QUEUES}
    assert world.table.counts() == recount


def test_a_long_queue_is_read_page_by_page_without_gaps(world: World) -> None:
    filed = {world.submit(what_happened=f"Cam {n} kez kırıldı.")["reference"] for n in range(30)}
    first = world.staff(HANDLER).get("/api/desk/complaints?queue=open").json()
    second = world.staff(HANDLER).get(f"/api/desk/complaints?queue=open&cursor={first['next']}").json()
    assert (len(first["rows"]), len(second["rows"]), second["next"]) == (25, 5, None)
    assert {row["reference"] for row in first["rows"] + second["rows"]} == filed


def test_the_first_page_of_a_queue_costs_the_same_however_long_the_queue_is(world: World) -> None:
    desk, units = world.staff(HANDLER), []
    for length in (PAGE + 1, 20 * PAGE):
        fill(world, length)
        units.append(Units(float))
        with counting(world.items.client, units[-1]):
            page = desk.get("/api/desk/complaints?queue=open").json()
        assert (len(page["rows"]), page["next"] is None) == (PAGE, False)
    assert units[0] == units[1]
    # Who asks, the queue, its restricted part, keys, staff and letters are read, and that somebody looked is kept.
    assert units[0]["calls of DynamoDB"] == 7


def test_what_is_promised_next_comes_first_and_what_waits_for_others_comes_last(world: World) -> None:
    first, second = world.submit()["reference"], world.submit(what_happened="Kapı kolu kırıldı.")["reference"]
    world.settle()
    world.move(HANDLER, first, "assess", ASSESSMENT)
    world.move(HANDLER, first, "investigate", {"owner": HANDLER})
    world.move(HANDLER, first, "propose", EXPLANATION)
    world.move(LEAD, first, "approve", APPROVAL)
    rows = world.staff(HANDLER).get("/api/desk/complaints").json()["rows"]
    assert [row["reference"] for row in rows] == [second, first]


def test_what_is_urgent_stands_before_what_is_due_sooner(world: World) -> None:
    first = world.submit()["reference"]
    world.wait(days=2)
    danger = world.submit(what_happened="Ocak alev aldı, mutfak yandı.", safety_risk=True)["reference"]
    world.settle()
    rows = world.staff(HANDLER).get("/api/desk/complaints").json()["rows"]
    assert [row["reference"] for row in rows] == [danger, first]


@pytest.mark.parametrize(("text", "subject"), [
    ("Cam kırıldı.", "Cam kırıldı."),
    ("Fırının camı çalışırken patladı. Servis gelmiyor.", "Fırının camı çalışırken patladı."),
    ("Neden hâlâ bekliyorum diye soruyorum! Kimse yok.", "Neden hâlâ bekliyorum diye soruyorum!"),
    ("a" * 30 + " " + "b" * 100, "a" * 30 + "…"),
])  # fmt: skip
def test_a_subject_is_the_first_sentence(text: str, subject: str) -> None:
    assert subject_of(text) == subject
