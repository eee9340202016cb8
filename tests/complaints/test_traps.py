"""The traps that comparable systems fall into with deadlines, each by name: ours does not."""

from datetime import date, datetime, timedelta

import pytest

from complaints import calendar
from complaints import commands as c
from complaints import events as e
from complaints.deadlines import wakes_at
from complaints.lifecycle import decide
from tests.builders import (
    ACCEPT,
    APPROVE,
    ASSESS,
    COMPLAINANT,
    DECIDED,
    EXPLAIN,
    HANDLER,
    INVESTIGATED,
    LEAD,
    RULES,
    SYSTEM,
    after,
    received,
    rules_under,
    then,
)
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, at

TOLD = (SYSTEM, c.Acknowledge(medium="email", letter="000001-acknowledgement"))
CALM = rules_under("BIZIM")
PAUSE = c.Pause(points=(1,), category="waiting_for_complainant", reason="Fatura bekleniyor.")
RESUME = c.Resume(points=(1,))


def paused(when: datetime) -> tuple[e.AnyEvent, ...]:
    return after(after(received(rules=CALM), TOLD, *INVESTIGATED, rules=CALM), (HANDLER, PAUSE), when=when, rules=CALM)


def test_trap_the_deadline_is_lost_after_un_pausing() -> None:
    complaint = then(after(paused(at(FRI_6_MAR)), (HANDLER, RESUME), when=at(date(2026, 4, 6)), rules=CALM))
    answer = next(clock for clock in complaint.running if clock.promise == "answer")
    assert CALM.calendar.day_of(answer.due) == date(2026, 4, 14)
    assert wakes_at(complaint, CALM) is not None


def test_trap_a_paused_case_breaches_the_moment_it_is_resumed() -> None:
    long_after = at(date(2026, 9, 1))
    history = after(paused(at(FRI_6_MAR)), (SYSTEM, c.KeepTime()), (HANDLER, RESUME), when=long_after, rules=CALM)
    found = decide(then(history), c.KeepTime(), SYSTEM, long_after, CALM)
    assert not [event for event in found if isinstance(event, e.PromiseBroken) and event.promise == "answer"]


def test_trap_a_case_paused_on_its_last_day_has_the_day_on_which_it_is_resumed() -> None:
    stopped = after(paused(at(date(2026, 3, 16))), (HANDLER, RESUME), when=at(date(2026, 5, 5)), rules=CALM)
    answer = next(clock for clock in then(stopped).running if clock.promise == "answer")
    assert CALM.calendar.day_of(answer.due) == date(2026, 5, 5)


def test_trap_the_pause_is_lost_when_the_rules_change() -> None:
    """A recalculation leaves a paused clock alone, and what was left is what was left."""
    bridged = rules_under("BIZIM", own_days={"2026-03-11": "Köprü günü"})
    complaint = then(after(paused(at(FRI_6_MAR)), (HANDLER, RESUME), when=at(MON_9_MAR), rules=bridged))
    answer = next(clock for clock in complaint.running if clock.promise == "answer")
    assert bridged.calendar.working_days_between(MON_9_MAR, bridged.calendar.day_of(answer.due)) == 5


def test_trap_a_breach_is_seen_up_to_an_hour_late_because_a_job_looks_hourly() -> None:
    complaint = then(after(received(), TOLD, *INVESTIGATED))
    answer = next(clock for clock in complaint.running if clock.promise == "answer")
    history = after(
        after(received(), TOLD, *INVESTIGATED), (SYSTEM, c.KeepTime()), when=answer.due - timedelta(hours=4)
    )
    wakes = wakes_at(then(history), RULES)
    assert wakes is not None
    assert timedelta(0) <= wakes - answer.due < timedelta(minutes=5)


def test_trap_the_cost_of_time_grows_with_the_open_cases() -> None:
    """One look ahead at a time: a complaint arms the next moment, not every one, and nothing when nothing runs."""
    closed = after(received(), TOLD, *INVESTIGATED, (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, ACCEPT))
    assert wakes_at(then(closed), RULES) is None
    open_still = then(closed[:-2])
    wakes, (reply,) = wakes_at(open_still, RULES), open_still.running
    assert wakes is not None
    assert timedelta(0) <= wakes - reply.due < timedelta(minutes=5)


@pytest.mark.parametrize("channel", ["web", "phone", "letter", "counter", "email", "social"])
def test_trap_the_acknowledgement_is_skipped_for_one_channel(channel: str) -> None:
    (event,) = received()
    assert isinstance(event, e.ComplaintReceived)
    complaint = then((event.model_copy(update={"channel": channel}),))
    assert "acknowledge" in {clock.promise for clock in complaint.running}


def test_trap_one_calendar_row_per_weekday() -> None:
    turkey = calendar.load("TR")
    assert len(turkey.opening(MON_2_MAR)) == 2  # before and after lunch


def test_trap_a_decision_that_comes_back_forgets_its_clock() -> None:
    history = after(received(), TOLD, *DECIDED, (COMPLAINANT, c.Dispute(medium="tracking_page")))
    again = then(after(history, (COMPLAINANT, c.AskReview(medium="tracking_page")), when=at(date(2026, 4, 6))))
    assert {"acknowledge", "answer"} <= {clock.promise for clock in again.running}


def test_trap_the_clock_starts_with_the_entry_and_not_with_the_first_word() -> None:
    (event,) = received(at(MON_2_MAR))
    assert isinstance(event, e.ComplaintReceived)
    assert {one.started_at for one in event.clocks if one.promise == "answer"} == {at(MON_2_MAR)}


def test_trap_a_changed_priority_forgets_the_dates_that_were_promised() -> None:
    worse = c.Reassess.model_validate({**ASSESS.model_dump(), "severity": 4, "reason": "Yaralanma öğrenildi."})
    history = after(received(), *INVESTIGATED)
    before = {clock.hangs_on: clock.due for clock in then(history).clocks}
    later = {clock.hangs_on: clock.due for clock in then(after(history, (HANDLER, worse))).clocks}
    assert later[("answer", 1, None)] == before[("answer", 1, None)]
