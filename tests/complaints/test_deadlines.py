"""Which promise falls due when, and what time alone changes."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from complaints import commands as c
from complaints import events as e
from complaints.deadlines import dates, explain, wakes_at, working_days_left
from complaints.lifecycle import decide
from tests.builders import ACCEPT, DECIDED, INVESTIGATED, LEAD, RULES, SYSTEM, after, received, then
from tests.dates import FRI_20_NOV, MON_2_MAR, at

TUE_31_MAR = date(2026, 3, 31)
WED_25_MAR = date(2026, 3, 25)
FRI_18_DEC = date(2026, 12, 18)


def kinds(history: tuple[e.AnyEvent, ...]) -> list[str]:
    return [event.type for event in history]


def test_the_answer_is_due_on_the_twentieth_working_day_at_the_end_of_the_day() -> None:
    assert dates(at(FRI_20_NOV), RULES).answer_by == RULES.calendar.moment(FRI_18_DEC)


def test_ramazan_bayrami_is_not_counted_and_its_eve_is() -> None:
    assert RULES.calendar.day_of(dates(at(MON_2_MAR), RULES).answer_by) == TUE_31_MAR


def test_the_reminder_comes_at_nine_when_four_fifths_of_the_days_are_used() -> None:
    assert dates(at(MON_2_MAR), RULES).remind_at == datetime(2026, 3, 25, 6, tzinfo=UTC)


def test_the_first_thing_to_watch_is_the_acknowledgement() -> None:
    complaint = then(received())
    assert wakes_at(complaint) == complaint.acknowledge_by


def test_once_acknowledged_the_reminder_is_next_and_then_the_answer() -> None:
    history = after(received(), (SYSTEM, c.Acknowledge(medium="email", letter="000001-acknowledgement")))
    assert wakes_at(then(history)) == then(history).remind_at
    history = after(history, (SYSTEM, c.KeepTime()), when=at(WED_25_MAR))
    assert kinds(history)[-1] == "PromiseReminded"
    assert wakes_at(then(history)) == then(history).answer_by


def test_a_breach_is_recorded_once_and_at_its_true_time() -> None:
    history = after(received(), *INVESTIGATED)
    late = at(date(2026, 4, 20))
    broken = decide(then(history), c.KeepTime(), SYSTEM, late, RULES)
    assert [(event.promise, event.due) for event in broken if isinstance(event, e.PromiseBroken)] == [
        ("acknowledge", then(history).acknowledge_by),
        ("answer", then(history).answer_by),
    ]
    history = (*history, *broken)
    assert decide(then(history), c.KeepTime(), SYSTEM, late + timedelta(days=1), RULES) == ()


def test_no_reminder_comes_after_the_breach() -> None:
    history = after(received(), (SYSTEM, c.KeepTime()), when=at(date(2026, 4, 20)))
    assert "PromiseReminded" not in kinds(history)
    assert wakes_at(then(history)) is None


def test_a_decided_complaint_has_no_answer_to_wait_for() -> None:
    history = after(received(), (SYSTEM, c.Acknowledge(medium="email")), *DECIDED)
    assert wakes_at(then(history)) is None


def test_a_promised_remedy_is_watched_until_its_day_ends() -> None:
    history = after(received(), (SYSTEM, c.Acknowledge(medium="email")), *DECIDED, (LEAD, c.Accept(medium="phone")))
    assert wakes_at(then(history)) == RULES.calendar.moment(date(2026, 3, 20))
    history = after(history, (SYSTEM, c.KeepTime()), when=at(date(2026, 3, 23)))
    assert then(history).broken == {"remedy"}


def test_a_due_date_explains_itself_in_both_languages() -> None:
    due = dates(at(MON_2_MAR), RULES).answer_by
    why = explain(at(MON_2_MAR), due, 20, RULES)
    assert "20.03.2026 Ramazan Bayramı" in why["tr"][2]
    assert "20 working days" in why["en"][1]


def test_days_left_are_negative_when_late() -> None:
    assert working_days_left(at(MON_2_MAR), at(date(2026, 3, 4)), RULES) == -2


@given(st.datetimes(datetime(2021, 1, 1), datetime(2038, 1, 1)))  # noqa: DTZ001 - made aware below
def test_promises_come_in_their_order_and_after_the_receipt(naive: datetime) -> None:
    received_at = naive.replace(tzinfo=UTC)
    due = dates(received_at, RULES)
    assert received_at < due.acknowledge_by < due.remind_at < due.answer_by


def test_accepting_without_a_remedy_closes_at_once() -> None:
    from tests.builders import EXPLAIN, HANDLER

    history = after(received(), *INVESTIGATED, (HANDLER, EXPLAIN), (LEAD, c.Approve()), (LEAD, ACCEPT))
    assert then(history).state == "closed"
