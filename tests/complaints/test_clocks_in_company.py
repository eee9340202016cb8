"""Clocks beside other clocks: what one move does to the promises that it is not about."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from complaints import commands as c
from complaints import events as e
from complaints.complaint import Clock, Complaint
from complaints.deadlines import wakes_at
from complaints.outside import routes
from complaints.refusals import NotNow
from complaints.rules import Rules, Step
from tests.builders import (
    ACCEPT,
    APPROVE,
    ASSESS,
    COMPLAINANT,
    DECIDED,
    EXPLAIN,
    HANDLER,
    INVESTIGATE,
    INVESTIGATED,
    LEAD,
    PROPOSED,
    RULES,
    SYSTEM,
    after,
    assess,
    received,
    rules_under,
    then,
)
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, at

TOLD = (SYSTEM, c.Acknowledge(medium="email", letter="000001-acknowledgement"))
TIME = (SYSTEM, c.KeepTime())
CALM = rules_under("BIZIM")
PAUSE = c.Pause(points=(1,), category="waiting_for_complainant", reason="Fatura bekleniyor.")
NEWS = c.TellProgress(words="Az kaldı.")
RESUME = c.Resume(points=(1,))


def clocks(complaint: Complaint, promise: str) -> list[Clock]:
    return [clock for clock in complaint.clocks if clock.promise == promise]


def again(first: c.Assess, **changes: Any) -> c.Reassess:
    return c.Reassess.model_validate({**first.model_dump(), "reason": "Yeni bilgi geldi.", **changes})


# --- news ---


def test_a_paused_complaint_still_hears_from_us() -> None:
    history = after(received(rules=CALM), TOLD, *INVESTIGATED, (HANDLER, PAUSE), when=at(TUE_3_MAR), rules=CALM)
    assert clocks(then(history), "update")
    months_later = after(history, TIME, when=at(date(2026, 6, 1)), rules=CALM)
    assert "ProgressTold" in [event.type for event in months_later]


def test_an_answer_that_is_put_off_behind_the_next_news_brings_the_news_back() -> None:
    near = after(
        received(), TOLD, *INVESTIGATED, (HANDLER, c.TellProgress(words="Az kaldı.")), when=at(date(2026, 3, 25))
    )
    assert not clocks(then(near), "update")
    history = after(near, (LEAD, c.Extend(points=(1,), reason="Rapor bekleniyor.")), when=at(date(2026, 3, 26)))
    assert [RULES.calendar.day_of(one.due) for one in clocks(then(history), "update")] == [date(2026, 4, 9)]


# --- what was broken stays broken ---


def test_a_promise_kept_two_minutes_late_was_broken() -> None:
    history = received()
    due = clocks(then(history), "acknowledge")[0].due
    history = after(history, TOLD, when=due + timedelta(minutes=2))
    assert "acknowledge" in then(history).broken
    assert [event.type for event in history][1:] == ["PromiseBroken", "PromiseBroken", "ComplaintAcknowledged"]


def test_a_pause_that_reaches_back_over_an_unseen_breach_is_refused() -> None:
    history = after(received(rules=CALM), TOLD, *INVESTIGATED, rules=CALM)
    with pytest.raises(NotNow):
        since = PAUSE.model_copy(update={"since": at(FRI_6_MAR)})
        after(history, (HANDLER, since), when=at(date(2026, 3, 18)), rules=CALM)


@pytest.mark.parametrize("pack", ["TR-BANKA", "TR-ODEME"])
def test_assessing_again_neither_forgives_a_breach_nor_repeats_it(pack: str) -> None:
    rules = rules_under("ISO-BASE", "TR-BANKA", "TR-ODEME")
    late = at(date(2026, 4, 2))
    history = after(after(received(rules=rules), TOLD, *INVESTIGATED, rules=rules), TIME, when=late, rules=rules)
    history = after(history, (LEAD, again(assess(pack))), TIME, when=late, rules=rules)
    broken = [event for event in history if isinstance(event, e.PromiseBroken) and event.promise == "answer"]
    assert len(broken) == 1
    assert "answer" in then(history).broken


# --- who may make a date later ---


def test_a_handler_puts_off_no_point_by_assessing_again_although_another_is_due_first() -> None:
    rules = rules_under("ISO-BASE", "TR-BANKA/card", "TR-BANKA")
    first = assess("TR-BANKA/card", "ISO-BASE")
    history = after(received(rules=rules), (HANDLER, first), rules=rules)
    with pytest.raises(NotNow) as refused:
        after(history, (HANDLER, again(assess("TR-BANKA/card", "TR-BANKA"))), rules=rules)
    assert refused.value.reason == "later_needs_lead"


def test_a_pack_that_is_no_longer_in_use_does_not_stand_in_the_way_of_assessing_again() -> None:
    before, since = rules_under("TR-BANKA"), rules_under("ISO-BASE")
    history = after(received(rules=before), (HANDLER, assess("TR-BANKA")), rules=before)
    worse = again(assess("TR-BANKA"), severity=4)
    assert then(after(history, (HANDLER, worse), rules=since)).priority == 1


def test_what_a_pack_does_not_say_is_said_by_the_first_pack_of_the_day_of_receipt() -> None:
    before, since = rules_under("TR-TUKETICI", "TR-GARANTI"), rules_under("TR-ODEME", "TR-GARANTI")
    history = after(received(rules=before), (HANDLER, assess("TR-GARANTI")), rules=before)
    put_off = after(history, (LEAD, c.Extend(points=(1,), reason="Parça bekleniyor.")), rules=since)
    assert RULES.calendar.day_of(clocks(then(put_off), "answer")[0].due) == date(2026, 3, 30)


def test_an_acknowledgement_leaves_a_resumed_clock_alone() -> None:
    history = after(received(rules=CALM), *INVESTIGATED, (HANDLER, PAUSE), when=at(FRI_6_MAR), rules=CALM)
    history = after(history, (HANDLER, RESUME), when=at(date(2026, 4, 1)), rules=CALM)
    told = after(history, (HANDLER, c.Acknowledge(medium="phone")), when=at(date(2026, 4, 2)), rules=CALM)
    assert clocks(then(told), "answer") == clocks(then(history), "answer")


# --- duties and remedies ---

SHOP = rules_under("TR-TUKETICI", "TR-GARANTI")
DUTIES = ("duty-1-loan_product", "duty-1-repair")


def accepted(rules: Rules = SHOP) -> tuple[e.AnyEvent, ...]:
    history = after(received(rules=rules), TOLD, (HANDLER, assess("TR-GARANTI")), (HANDLER, INVESTIGATE), rules=rules)
    return after(history, (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, ACCEPT), rules=rules)


def test_an_accepted_complaint_stays_open_while_a_duty_is_left() -> None:
    complaint = then(accepted())
    assert (complaint.state, len(complaint.tasks)) == ("remedying", 2)
    with pytest.raises(NotNow) as refused:
        after(accepted(), (LEAD, c.Verify(words="Görüldü.")), rules=SHOP)
    assert refused.value.reason == "duty_open"


def test_it_closes_when_the_duties_are_done_and_somebody_has_seen_it() -> None:
    done = after(accepted(), *((HANDLER, c.FinishTask(task=task)) for task in DUTIES), rules=SHOP)
    assert then(after(done, (LEAD, c.Verify(words="Görüldü.")), rules=SHOP)).state == "closed"


def test_an_offer_that_is_accepted_after_its_day_is_due_from_then_on() -> None:
    history = after(after(received(), TOLD, *DECIDED), (COMPLAINANT, ACCEPT), when=at(date(2026, 3, 25)))
    complaint = then(history)
    assert RULES.calendar.day_of(clocks(complaint, "remedy")[0].due) == date(2026, 3, 25)
    assert "remedy" not in complaint.broken


# --- looking again ---


def test_a_disputed_decision_is_looked_at_within_our_own_target() -> None:
    history = after(received(), TOLD, *DECIDED, (COMPLAINANT, c.Dispute(medium="tracking_page", words="Hayır.")))
    assert "take_up" in {clock.promise for clock in then(history).running}
    assert wakes_at(then(history), RULES)


def test_accepting_after_all_ends_the_look() -> None:
    disputed = after(received(), TOLD, *DECIDED, (COMPLAINANT, c.Dispute(medium="tracking_page")))
    assert "take_up" not in {clock.promise for clock in then(after(disputed, (COMPLAINANT, ACCEPT))).running}


def test_a_decision_ends_every_pause() -> None:
    history = after(received(rules=CALM), TOLD, *PROPOSED, (HANDLER, PAUSE), (LEAD, APPROVE), rules=CALM)
    assert then(history).paused_since is None


# --- the ladder ---


def told_by(history: tuple[e.AnyEvent, ...], promise: str) -> list[tuple[str, ...]]:
    return [event.tell for event in history if isinstance(event, e.PromiseEscalated) and event.promise == promise]


def test_a_rung_that_is_put_in_front_is_not_climbed_twice_and_one_taken_away_loses_no_other() -> None:
    start = after(
        received(), TOLD, *INVESTIGATED, (HANDLER, c.TellProgress(words="Az kaldı.")), when=at(date(2026, 3, 24))
    )
    warned = after(start, TIME, when=at(date(2026, 3, 25), 9))
    assert told_by(warned, "answer") == [("owner", "lead")]
    more = rules_under(ladder=(Step(share=0.5, tell=("owner",)), *RULES.organisation.ladder))
    less = rules_under(ladder=RULES.organisation.ladder[1:])
    assert told_by(after(warned, TIME, when=at(date(2026, 3, 26)), rules=more), "answer") == [("owner", "lead")]
    due = at(date(2026, 4, 1))
    assert told_by(after(warned, TIME, when=due, rules=less), "answer") == [("owner", "lead"), ("owner", "lead")]


# --- another country's law ---


@pytest.mark.parametrize(("pack", "home"), [("IE-CPC", "TR"), ("TR-BANKA", "IE")])
def test_a_law_of_another_time_zone_ends_on_its_day_by_both_clocks(pack: str, home: str) -> None:
    rules = rules_under(pack, country=home)
    due = clocks(then(received(rules=rules)), "answer")[0].due
    abroad = rules.days_of(rules.in_force(pack, MON_2_MAR))
    assert rules.calendar.day_of(due) == abroad.day_of(due)
    assert due <= abroad.moment(abroad.day_of(due))


def test_late_in_the_evening_the_clock_that_is_behind_says_which_day_it_was() -> None:
    irish = rules_under("IE-CPC", country="TR")
    evening = datetime.fromisoformat("2026-03-02T23:30:00+00:00")  # Tuesday in Istanbul, Monday in Dublin
    by_day = clocks(then(received(at(MON_2_MAR), rules=irish)), "answer")[0].due
    assert clocks(then(received(evening, rules=irish)), "answer")[0].due == by_day


# --- outside ---


def test_the_right_to_go_to_the_board_runs_from_the_application_also_when_it_was_reopened() -> None:
    rules = rules_under("TR-KVKK")
    history = after(received(rules=rules), TOLD, (HANDLER, assess("TR-KVKK")), (HANDLER, INVESTIGATE), rules=rules)
    history = after(
        history, (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, ACCEPT), when=at(MON_9_MAR), rules=rules
    )
    reopened = after(history, (COMPLAINANT, c.Reopen(words="Yine oldu.")), when=at(date(2026, 4, 10)), rules=rules)
    assert [route.until for route in routes(then(reopened), rules, at(date(2026, 4, 10)))] == [date(2026, 5, 1)]


def test_telling_somebody_that_we_have_their_complaint_is_acknowledging_it() -> None:
    history = received(email=None, phone="0532 000 00 00")
    done = after(history, (HANDLER, c.FinishTask(task="000001-acknowledgement")))
    assert then(done).acknowledged_at is not None


def test_assess_of_another_category_is_another_point() -> None:
    history = after(received(), *INVESTIGATED, (LEAD, c.Extend(points=(1,), reason="Rapor bekleniyor.")))
    other = ASSESS.model_copy(update={"points": (c.PointTitle(title="Fatura yanlış", category=9),)})
    answer = clocks(then(after(history, (LEAD, again(other)))), "answer")[0]
    assert (RULES.calendar.day_of(answer.due), answer.extended) == (date(2026, 3, 31), 0)
