"""How much lies with whom, and what falls due on the days ahead."""

from datetime import date

import pytest

from complaints.complaint import Complaint
from complaints.report import Load, workload
from complaints.rules import Rules
from tests.builders import (
    ACCEPT,
    APPROVE,
    COMPLAINANT,
    DECIDED,
    EXPLAIN,
    HANDLER,
    INVESTIGATED,
    LEAD,
    RULES,
    after,
    assess,
    received,
    rules_under,
    then,
)
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, MON_23_MAR, MON_30_MAR, SAT_7_MAR, TUE_3_MAR, at

THU_5_MAR, FRI_13_MAR, MON_16_MAR = date(2026, 3, 5), date(2026, 3, 13), date(2026, 3, 16)
NEW = then(received())
TAKEN_UP = then(after(received(), *INVESTIGATED))
DANGEROUS = then(received(safety_risk=True))
CLOSED = then(after(received(), *INVESTIGATED, (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, ACCEPT)))


def load(*complaints: Complaint, now: date = MON_2_MAR, rules: Rules = RULES) -> Load:
    return workload(complaints, at(now, 11), rules).everybody


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [
        (MON_2_MAR, MON_2_MAR, FRI_13_MAR),
        (SAT_7_MAR, MON_9_MAR, MON_23_MAR),  # Ramazan Bayramı from Friday the 20th
    ],
)
def test_the_days_ahead_are_ten_working_days_today_among_them_if_it_is_one(now: date, first: date, last: date) -> None:
    days = workload((), at(now), RULES).days
    assert (len(days), days[0], days[-1]) == (10, first, last)


def test_the_days_ahead_leave_out_the_organisations_own_days_off() -> None:
    bridging = rules_under(own_days={TUE_3_MAR: "Köprü günü"})
    assert TUE_3_MAR not in workload((), at(MON_2_MAR), bridging).days


def test_everybody_has_what_they_own_and_nobody_has_the_rest() -> None:
    found = workload((NEW, TAKEN_UP, TAKEN_UP), at(MON_2_MAR, 12), RULES)
    assert {owner: load.open for owner, load in found.of.items()} == {None: 1, "handler": 2}
    assert found.everybody.open == 3


def test_what_is_closed_is_no_work() -> None:
    assert load(CLOSED) == Load()


def test_a_promise_is_counted_on_the_day_on_which_it_falls_due() -> None:
    assert load(NEW).days == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]  # the acknowledgement
    assert load(NEW, now=TUE_3_MAR).days == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_news_at_the_preset_date_leave_by_themselves_and_are_no_work() -> None:
    assert sum(load(TAKEN_UP, now=MON_9_MAR).days) == 0


def test_our_own_target_is_no_promise() -> None:
    assert sum(load(DANGEROUS).days) == sum(load(NEW).days)


def test_one_answer_on_several_points_is_counted_once() -> None:
    rules = rules_under("ISO-BASE", "TR-TUKETICI")
    history = received(rules=rules)
    two = then(after(history, (HANDLER, assess("TR-TUKETICI", "TR-TUKETICI")), rules=rules))
    answers = load(two, now=MON_9_MAR, rules=rules).days  # due on Monday the 16th
    assert answers[5] == 1


def test_what_is_late_stands_in_no_day() -> None:
    found = load(NEW, now=FRI_6_MAR)
    assert (found.late, found.days[0], sum(found.days)) == (1, 0, 0)


def test_what_falls_due_on_a_day_off_is_counted_on_the_working_day_before() -> None:
    rules = rules_under("TR-BANKA")
    answer = then(received(at(THU_5_MAR), rules=rules))  # thirty days later it is Saturday
    found = load(answer, now=MON_30_MAR, rules=rules)
    assert found.days == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_what_falls_due_on_this_day_off_is_counted_on_the_first_day_ahead() -> None:
    rules = rules_under("TR-BANKA")
    answer = then(received(at(THU_5_MAR), rules=rules))
    assert load(answer, now=date(2026, 4, 4), rules=rules).days[0] == 1


def test_what_nobody_took_up_in_time_is_counted() -> None:
    found = workload((NEW, TAKEN_UP), at(MON_9_MAR), RULES)
    assert (found.of[None].not_taken_up, found.of["handler"].not_taken_up) == (1, 0)


def test_the_oldest_is_the_one_that_waits_longest() -> None:
    older = then(received(at(MON_2_MAR, 8)))
    assert load(NEW, older, now=MON_23_MAR).oldest == at(MON_2_MAR, 8)


def test_a_danger_is_urgent() -> None:
    assert (load(NEW).urgent, load(DANGEROUS).urgent) == (0, 1)


def test_an_answer_that_was_given_is_due_no_more() -> None:
    assert load(TAKEN_UP, now=MON_23_MAR).days[6] == 1  # Tuesday the 31st
    assert sum(load(then(after(received(), *DECIDED)), now=MON_23_MAR).days) == 0
