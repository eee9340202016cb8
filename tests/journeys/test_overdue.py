"""Nobody answers in time: a reminder, then a breach, both seen on the desk; and the sweep when schedules are lost."""

from datetime import date

from complaints import commands as c
from complaints.roles import THE_COMPLAINANT
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


def broken(world: World, reference: str) -> list[tuple[str, str]]:
    """What was broken, and when that became true, in the order of the records."""
    timeline = reversed(world.case(HANDLER, reference)["timeline"])
    return [(one["facts"]["promise"], one["facts"]["due"]) for one in timeline if one["type"] == "PromiseBroken"]


ANSWER = ("answer", "2026-03-31T20:59:59Z")
TAKE_UP = ("take_up", "2026-03-03T20:59:59Z")


def test_an_overdue_complaint_is_reminded_of_and_then_marked_late_at_its_true_time(world: World) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.wind(WED_25_MAR)
    assert "PromiseEscalated" in kinds(world, reference)
    assert broken(world, reference) == [TAKE_UP]  # our own target: nobody assessed it within a day
    assert world.table.counts()["overdue"] == 0

    world.wind(WED_1_APR)
    assert broken(world, reference) == [TAKE_UP, ANSWER]
    assert world.table.counts()["overdue"] == 1
    rows = world.staff(HANDLER).get("/api/desk/complaints?queue=overdue").json()["rows"]
    assert [(row["reference"], row["late"], row["days_left"]) for row in rows] == [(reference, True, -1)]


def test_the_complainant_hears_at_every_preset_date_also_when_nothing_happened(world: World) -> None:
    world.submit()
    world.settle()
    world.wind(date(2026, 4, 16))
    subjects = [subject.partition(":")[0] for subject in world.mailbox.subjects("nermin@example.com")]
    assert subjects == ["Şikâyetinizi aldık", "Şikâyetinizin durumu", "Yanıtımız gecikti", "Yanıtımız gecikti"]


def test_where_no_letter_goes_the_news_are_a_call_to_make(world: World) -> None:
    reference = world.submit(email=None, phone="0532 000 00 00")["reference"]
    world.settle()
    world.wind(date(2026, 4, 16))
    letters = [task["letter"] for task in world.case(HANDLER, reference)["tasks"]]
    assert letters == ["acknowledgement", "progress"]  # one call tells the newest news


def test_the_complainant_sees_that_we_are_late(world: World) -> None:
    receipt = world.submit()
    world.wind(WED_1_APR)
    assert world.open(receipt)[1]["late"] is True


def test_with_the_scheduler_stopped_for_a_day_the_sweep_makes_everything_good_once(world: World) -> None:
    """Twenty complaints fall due on a day without schedules: each breach is recorded once, at its true time."""
    references = [world.submit(name=f"Şikâyetçi {n}")["reference"] for n in range(20)]
    world.settle()
    world.wind(TUE_31_MAR)
    world.schedules.armed.clear()
    world.now = at(WED_1_APR, 21)
    assert len(list(world.table.due(world.now))) == 20
    world.sweep()
    world.sweep()
    assert list(world.table.due(world.now)) == []
    assert [broken(world, reference) for reference in references] == [[TAKE_UP, ANSWER]] * 20
    assert world.table.counts()["overdue"] == 20
    late = [mail for _, mail, _ in world.mailbox.sent if str(mail["Subject"]).startswith("Yanıtımız gecikti")]
    assert len(late) == 20


def test_what_outlives_a_closed_complaint_is_found_though_its_schedule_is_lost(world: World) -> None:
    """Somebody needs Braille, and withdraws: the list and the counts show it as closed, and the sweep still sees it."""
    receipt = world.submit(formats=["braille"])
    reference = receipt["reference"]
    world.settle()
    world.table.change(reference, c.Withdraw(medium="tracking_page"), THE_COMPLAINANT, world.now)
    world.settle()
    world.schedules.armed.clear()
    rows = world.staff(HANDLER).get("/api/desk/complaints?queue=closed").json()["rows"]
    assert [row["reference"] for row in rows] == [reference]
    assert (world.table.counts()["closed"], world.table.counts()["open"]) == (1, 0)

    world.now = at(WED_1_APR)
    assert [one.reference for one in world.table.due(world.now)] == [reference]
    world.sweep()
    assert list(world.table.due(world.now)) == []
    assert broken(world, reference)[-1][0] == "task"
    complaint = world.table.load(reference)
    assert complaint and complaint.state == "closed" and complaint.tasks
    world.finishes(HANDLER, reference, "format-braille")
    rows = world.staff(HANDLER).get("/api/desk/complaints?queue=closed").json()["rows"]
    assert [row["reference"] for row in rows] == [reference]


def test_the_sweep_arms_what_it_has_made_good(world: World) -> None:
    world.submit()
    world.settle()
    world.schedules.armed.clear()
    world.now = at(THU_2_APR)
    world.sweep()
    assert world.schedules.armed


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
        "backdated": "delayed",
        "backdating_reason": "Mektup şubede kalmış.",
    }
    answer = world.staff(HANDLER).post("/api/desk/complaints", json=entered, headers={"Idempotency-Key": world.key()})
    assert answer.status_code == 201
    assert answer.json()["late"] is True
    world.settle()
    kept = world.case(HANDLER, answer.json()["reference"])["account"]["backdating_reason"]
    assert kept == entered["backdating_reason"]
    received = "2026-02-03T20:59:59Z", "2026-03-02T20:59:59Z"
    assert broken(world, answer.json()["reference"]) == list(zip(("acknowledge", "answer"), received, strict=True))


def test_a_stale_schedule_finds_nothing_to_do(world: World) -> None:
    receipt = world.submit()
    world.settle()
    before = world.table.load(receipt["reference"])
    world.schedules.arm(receipt["reference"], world.now)
    world.wind(world.now)
    assert world.table.load(receipt["reference"]) == before
