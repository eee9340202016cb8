"""7.9: accepted, it is carried out, verified and closed; not accepted, it stays open until nothing is left to try."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from complaints import commands as c
from complaints import events as e
from complaints.answer import points_told
from complaints.complaint import Clock, Complaint
from complaints.deadlines import wakes_at
from complaints.external import owes
from complaints.history import letter_owed
from complaints.lifecycle import decide
from complaints.refusals import Incomplete, NotNow
from complaints.roles import Person
from complaints.rules import Rules
from tests.builders import (
    ACCEPT,
    ALONE,
    APPROVE,
    ASSESS,
    COLLEAGUE,
    COMPLAINANT,
    EXPLAIN,
    FRONT_LINE,
    HANDLER,
    INVESTIGATE,
    LEAD,
    OTHER_LEAD,
    PROPOSE,
    REVIEWER,
    RULES,
    SYSTEM,
    UPHELD,
    assess,
    lived,
    rules_under,
    then,
)  # fmt: skip
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, SAT_7_MAR, TUE_3_MAR, TUE_17_MAR, WED_1_APR, at
from tests.ways import (
    AFTER_NOTICE,
    AGAIN,
    ARRIVED,
    AWARD,
    AWARDED,
    BACK,
    BY_PHONE,
    CLOSED,
    DECIDED,
    DECIDING,
    DECLINED,
    DISPUTE,
    DISPUTED,
    END,
    EXTERNAL,
    FAILED,
    INVESTIGATING,
    NAMELESS,
    NO_MORE,
    NOTICE_ARRIVED,
    NOTICE_GIVEN,
    OUTSIDE,
    PROMISE,
    PROMISED,
    PROMISED_AGAIN,
    REASSESS,
    REFUND,
    REMEDYING,
    REMEDYING_AGAIN,
    REOPEN,
    REVIEW,
    REVIEWED,
    REVIEWING,
    SENT_BACK,
    SHOP,
    SILENCE,
    TAKE_UP,
    TASK,
    TIME,
    TIME_OVER,
    TRIES,
    UNREACHED,
    VERIFY,
    WAITING,
    WITHDRAW,
)

THU_2_APR, THU_16_APR = date(2026, 4, 2), date(2026, 4, 16)
TWO = ASSESS.model_copy(update={"points": (*ASSESS.points, c.PointTitle(title="Servis gelmedi", category=2))})
BOTH = PROPOSE.model_copy(update={"points": (UPHELD, UPHELD.model_copy(update={"number": 2}))})
TWO_REMEDIES = ((HANDLER, TWO), (HANDLER, INVESTIGATE), (HANDLER, BOTH), (LEAD, APPROVE), (COMPLAINANT, ACCEPT))
IN_PLACE = tuple((person, c.FinishTask(task=f"remedy-{n}")) for n, person in ((1, HANDLER), (2, COLLEAGUE)))


def clocks(complaint: Complaint, promise: str) -> list[Clock]:
    return [clock for clock in complaint.running if clock.promise == promise]


def ends_on(complaint: Complaint, promise: str, rules: Rules = RULES) -> list[date]:
    return [rules.calendar.day_of(clock.due) for clock in clocks(complaint, promise)]


# --- carried out and verified ---


def test_each_remedy_with_a_day_is_a_task_with_a_clock_of_its_own() -> None:
    complaint = then(lived(*TWO_REMEDIES))
    assert [task.id for task in complaint.tasks] == ["remedy-1", "remedy-2"]
    assert [clock.point for clock in clocks(complaint, "remedy")] == [1, 2]


def test_done_is_not_verified_and_whoever_did_it_does_not_verify_it() -> None:
    history = (*TWO_REMEDIES, *IN_PLACE)
    complaint = then(lived(*history))
    assert complaint.state == "remedying"
    assert clocks(complaint, "remedy") == []  # it is there: no day is missed any more
    with pytest.raises(NotNow) as refused:
        lived(*history, (HANDLER, VERIFY))
    assert refused.value.reason == "second_person"


def test_whoever_did_it_without_saying_so_does_not_verify_it_either() -> None:
    """Somebody says first that it is in place; only then is it known who may not verify it."""
    with pytest.raises(NotNow) as refused:
        lived(*REMEDYING, (COLLEAGUE, VERIFY))
    assert refused.value.reason == "not_done"
    half = (*TWO_REMEDIES, IN_PLACE[0])
    with pytest.raises(NotNow) as partly:
        lived(*half, (LEAD, VERIFY))
    assert partly.value.reason == "not_done"
    assert then(lived(*half, (LEAD, c.Verify(words="Görüldü.", points=(1,))))).state == "remedying"
    assert then(lived(*REMEDYING, (COMPLAINANT, VERIFY))).state == "closed"  # they see it for themselves
    alone = (*INVESTIGATING, (LEAD, PROPOSE), (LEAD, APPROVE), (COMPLAINANT, ACCEPT), (LEAD, VERIFY))
    assert then(lived(*alone, rules=ALONE)).state == "closed"


def test_the_last_remedy_that_is_verified_closes_the_complaint() -> None:
    first, second = (c.Verify(words="Görüldü.", points=(number,)) for number in (1, 2))
    history = (*TWO_REMEDIES, *IN_PLACE, (COLLEAGUE, first))
    assert then(lived(*history)).state == "remedying"
    assert then(lived(*history, (HANDLER, second))).closed_reason == "remedy_verified"


def test_no_point_named_is_no_way_to_verify_ones_own_work() -> None:
    with pytest.raises(ValidationError):
        c.Verify(words="Hepsi tamam.", points=())


def test_the_complainant_sees_best_whether_it_is_there() -> None:
    assert then(lived(*TWO_REMEDIES, *IN_PLACE, (COMPLAINANT, VERIFY))).closed_reason == "remedy_verified"


def test_a_remedy_that_failed_is_looked_into_in_the_same_cycle_and_a_new_day_is_told() -> None:
    history = lived(*REMEDYING, (COMPLAINANT, FAILED, at(MON_9_MAR)))
    complaint = then(history)
    assert (complaint.state, complaint.cycle, complaint.decided_at) == ("investigating", 1, None)
    assert [task for task in complaint.tasks if task.kind == "remedy"] == []
    assert complaint.answer_by > then(lived(*INVESTIGATING)).answer_by
    assert letter_owed(history[-1]) == "progress"


def test_after_a_second_look_it_is_the_second_look_that_goes_on() -> None:
    complaint = then(lived(*REMEDYING_AGAIN, (COMPLAINANT, FAILED)))
    assert (complaint.state, complaint.stage) == ("reviewing", 2)
    assert ends_on(complaint, "answer") == [date(2026, 3, 31)]  # the twenty working days of the second stage


def test_a_duty_that_is_set_again_is_one_duty_and_not_two() -> None:
    way = ((HANDLER, assess("TR-GARANTI")), (HANDLER, INVESTIGATE), (HANDLER, EXPLAIN), (LEAD, APPROVE))
    failed = (*way, (COMPLAINANT, ACCEPT), (COMPLAINANT, FAILED))
    complaint = then(lived(*failed, rules=SHOP))
    assert sorted(task.id for task in complaint.tasks) == ["duty-1-loan_product", "duty-1-repair"]
    done = then(lived(*failed, (HANDLER, c.FinishTask(task="duty-1-repair")), rules=SHOP))
    assert [task.id for task in done.tasks] == ["duty-1-loan_product"]


def test_what_was_promised_in_words_keeps_an_accepted_complaint_open() -> None:
    complaint = then(
        lived(*INVESTIGATING, (HANDLER, PROMISE), (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, ACCEPT))
    )
    assert complaint.state == "remedying"


BY_TWO = ((HANDLER, assess("TR-GARANTI")), (HANDLER, INVESTIGATE), (HANDLER, EXPLAIN), (LEAD, APPROVE),
          (COMPLAINANT, ACCEPT))  # fmt: skip


def finished(**duties: Person) -> tuple[Any, ...]:
    return tuple((person, c.FinishTask(task=f"duty-1-{duty}")) for duty, person in duties.items())


def test_whoever_did_a_duty_does_not_verify_it() -> None:
    by_one = (*BY_TWO, *finished(repair=COLLEAGUE, loan_product=COLLEAGUE))
    with pytest.raises(NotNow) as refused:
        lived(*by_one, (COLLEAGUE, VERIFY), rules=SHOP)
    assert refused.value.reason == "second_person"
    for person in (HANDLER, COMPLAINANT):  # also whoever proposed the decision, if another has done it
        assert then(lived(*by_one, (person, VERIFY), rules=SHOP)).closed_reason == "remedy_verified"


def test_whoever_kept_a_promise_in_words_does_not_verify_it() -> None:
    way = (*INVESTIGATING, (HANDLER, PROMISE), (HANDLER, EXPLAIN), (LEAD, APPROVE), (COMPLAINANT, ACCEPT))
    kept = (*way, (COLLEAGUE, c.FinishTask(task="promised-4")))
    with pytest.raises(NotNow) as refused:
        lived(*kept, (COLLEAGUE, VERIFY))
    assert refused.value.reason == "second_person"
    assert then(lived(*kept, (LEAD, VERIFY))).closed_reason == "remedy_verified"


def test_two_who_shared_the_work_verify_each_others() -> None:
    half = (*BY_TWO, *finished(repair=HANDLER, loan_product=COLLEAGUE), (COLLEAGUE, VERIFY))
    assert then(lived(*half, rules=SHOP)).state == "remedying"
    assert then(lived(*half, (HANDLER, VERIFY), rules=SHOP)).closed_reason == "remedy_verified"


def test_a_remedy_that_is_seen_does_not_close_over_a_duty_that_nobody_else_has_seen() -> None:
    way = ((HANDLER, assess("TR-GARANTI")), (HANDLER, INVESTIGATE), (HANDLER, PROPOSE), (LEAD, APPROVE),
           (COMPLAINANT, ACCEPT), *finished(repair=LEAD, loan_product=LEAD), IN_PLACE[0])  # fmt: skip
    assert then(lived(*way, (LEAD, VERIFY), rules=SHOP)).state == "remedying"
    assert then(lived(*way, (LEAD, VERIFY), (HANDLER, VERIFY), rules=SHOP)).closed_reason == "remedy_verified"
    assert then(lived(*way, (COLLEAGUE, VERIFY), rules=SHOP)).closed_reason == "remedy_verified"


# --- no reply ---


def test_nobody_replied_so_a_last_notice_leaves_and_its_time_runs_from_its_arrival_only() -> None:
    given, arrived = then(lived(*NOTICE_GIVEN)), then(lived(*NOTICE_ARRIVED))
    assert (given.state, given.notice) == ("decided", "sent")
    assert clocks(given, "reply") == []
    assert [task.kind for task in given.tasks] == ["confirm_delivery"]  # somebody sees whether it arrives
    assert (arrived.notice, ends_on(arrived, "reply")) == ("delivered", [THU_16_APR])


def test_whoever_writes_about_the_decision_is_not_taken_to_be_silent() -> None:
    late = at(THU_16_APR)
    heard = then(lived(*NOTICE_ARRIVED, (COMPLAINANT, c.RecordMessage(), late)))
    assert heard.notice is None
    assert ends_on(heard, "reply") > ends_on(then(lived(*NOTICE_ARRIVED)), "reply")


def test_after_that_time_it_is_closed_without_anybody_asking_for_it() -> None:
    history = lived(*NOTICE_ARRIVED, (SYSTEM, TIME, AFTER_NOTICE))
    assert then(history).closed_reason == "no_reply_after_notice"
    assert letter_owed(history[-1]) == "closing"


def test_a_notice_that_comes_back_after_all_has_not_arrived() -> None:
    back = (SYSTEM, c.RecordBounce(letter="000008-final_notice", kind="final_notice"), at(date(2026, 4, 3)))
    complaint = then(lived(*NOTICE_ARRIVED, back))
    assert (complaint.notice, clocks(complaint, "reply")) == ("sent", [])
    assert [task.letter for task in complaint.tasks] == ["final_notice"]
    told = then(lived(*NOTICE_ARRIVED, back, (HANDLER, c.FinishTask(task="000008-final_notice"), at(date(2026, 4, 6)))))
    assert told.notice == "delivered"


def test_telling_it_in_person_is_its_arrival() -> None:
    given = lived(*NOTICE_GIVEN, **BY_PHONE)
    task = next(task.id for task in then(given).tasks if task.letter == "final_notice")
    done = c.FinishTask(task=task, medium="phone", on=THU_2_APR)
    complaint = then(lived(*NOTICE_GIVEN, (HANDLER, done, at(THU_2_APR)), **BY_PHONE))
    assert (complaint.notice, ends_on(complaint, "reply")) == ("delivered", [THU_16_APR])


def test_a_notice_that_is_told_after_a_review_was_asked_for_starts_no_clock() -> None:
    given = (*NOTICE_GIVEN, (COMPLAINANT, REVIEW, at(THU_2_APR)))
    task = next(task.id for task in then(lived(*given, **BY_PHONE)).tasks if task.letter == "final_notice")
    complaint = then(lived(*given, (HANDLER, c.FinishTask(task=task), at(THU_2_APR)), **BY_PHONE))
    assert (complaint.notice, complaint.due_of("reply")) == (None, None)


def test_a_disputed_decision_is_never_closed_by_time() -> None:
    years_later = (SYSTEM, TIME, at(date(2028, 3, 1)))
    assert then(lived(*DISPUTED, years_later)).state == "decided"


@pytest.mark.parametrize("day", [TUE_17_MAR - timedelta(days=1)])
def test_ten_working_days_lie_between_the_first_try_and_the_last(day: date) -> None:
    sooner = (*TRIES[:2], (HANDLER, c.RecordAttempt(task=TASK, medium="phone"), at(day)))
    with pytest.raises(NotNow) as refused:
        lived(*DECIDED, *sooner, (LEAD, UNREACHED, at(TUE_17_MAR)), **BY_PHONE)
    assert refused.value.reason == "too_few_attempts"


def test_somebody_whom_we_could_not_reach_comes_back_whenever_they_appear() -> None:
    gone = (*DECIDED, *TRIES, (LEAD, UNREACHED, at(TUE_17_MAR)))
    back = then(lived(*gone, (COMPLAINANT, REOPEN, at(date(2028, 3, 1))), **BY_PHONE))
    assert (back.state, back.cycle, back.attempts) == ("investigating", 2, ())


@pytest.mark.parametrize(
    "reached",
    [(COMPLAINANT, c.RecordMessage()), (HANDLER, c.FinishTask(task=TASK, medium="phone"))],
    ids=["they wrote", "they were told"],
)
def test_somebody_who_was_reached_after_all_is_not_uncontactable(reached: Any) -> None:
    with pytest.raises(NotNow) as refused:
        lived(*DECIDED, *TRIES, (*reached, at(TUE_17_MAR)), (LEAD, UNREACHED, at(TUE_17_MAR)), **BY_PHONE)
    assert refused.value.reason == "too_few_attempts"


def test_the_anonymous_read_it_with_their_code_and_nobody_writes_to_them() -> None:
    history = lived(*DECIDED, (LEAD, c.CloseAnonymous()), **NAMELESS)
    assert (then(history).closed_reason, letter_owed(history[-1])) == ("anonymous_completed", None)


def test_what_we_promised_is_carried_out_though_nobody_replies() -> None:
    """Without anybody asking for it: the letter said what we will do, and by when."""
    silent = (*PROMISED, *SILENCE, (SYSTEM, TIME, AFTER_NOTICE))
    history = lived(*silent)
    complaint = then(history)
    assert (complaint.state, [task.id for task in complaint.tasks]) == ("remedying", ["remedy-1"])
    assert ends_on(complaint, "remedy") == [AFTER_NOTICE.date()]  # the day was over: it is due from then on
    assert letter_owed(history[-1]) == "progress"
    assert wakes_at(complaint, RULES)
    done = (HANDLER, c.FinishTask(task="remedy-1"), AFTER_NOTICE)
    assert then(lived(*silent, done, (LEAD, VERIFY, AFTER_NOTICE))).closed_reason == "remedy_verified"


def test_what_was_promised_in_words_is_not_closed_over_because_nobody_replies() -> None:
    later = PROMISE.model_copy(update={"due_on": date(2026, 5, 4)})
    silent = (*INVESTIGATING, (HANDLER, later), (HANDLER, EXPLAIN), (LEAD, APPROVE), *SILENCE)
    complaint = then(lived(*silent, (SYSTEM, TIME, AFTER_NOTICE)))
    assert (complaint.state, [task.kind for task in complaint.tasks]) == ("remedying", ["promised"])
    assert ends_on(complaint, "task") == [date(2026, 5, 4)]
    assert not decide(complaint, TIME, SYSTEM, AFTER_NOTICE, RULES)  # looked at again, nothing more comes of it


def test_what_we_promised_is_carried_out_though_they_disputed_it_until_no_way_was_left() -> None:
    over = (*PROMISED_AGAIN, (COMPLAINANT, DISPUTE), (LEAD, TIME_OVER))
    complaint = then(lived(*over))
    assert (complaint.state, complaint.disputed) == ("remedying", False)
    assert [task.id for task in complaint.tasks] == ["remedy-1"]  # and nobody looks again and again
    refused = then(lived(*PROMISED_AGAIN, (COMPLAINANT, DISPUTE), (LEAD, NO_MORE)))
    assert (refused.closed_reason, refused.running) == ("options_exhausted", ())


def test_a_remedy_cannot_be_delivered_to_nobody() -> None:
    gone = lived(*PROMISED, *TRIES, (LEAD, UNREACHED, at(TUE_17_MAR)), **BY_PHONE)
    assert (then(gone).closed_reason, then(gone).running) == ("uncontactable", ())
    nameless = lived(*PROMISED, (LEAD, c.CloseAnonymous()), **NAMELESS)
    assert (then(nameless).closed_reason, then(nameless).running) == ("anonymous_completed", ())


def test_what_was_promised_in_words_is_watched_though_the_complaint_is_declined() -> None:
    declined = then(lived((HANDLER, PROMISE), *DECLINED))
    assert (declined.state, ends_on(declined, "task")) == ("closed", [FRI_6_MAR])


def test_what_somebody_needs_is_prepared_though_the_complaint_is_closed() -> None:
    closed = then(lived(*CLOSED, formats=("braille",)))
    assert (closed.state, [task.id for task in closed.tasks]) == ("closed", ["format-braille"])
    assert ends_on(closed, "task") == [MON_9_MAR]
    done = lived(*CLOSED, (HANDLER, c.FinishTask(task="format-braille")), formats=("braille",))
    assert (then(done).running, wakes_at(then(done), RULES)) == ((), None)


# --- not accepted ---


def test_a_dispute_tells_the_other_ways_and_somebody_looks_again_every_thirty_days() -> None:
    history = lived(*DISPUTED)
    complaint = then(history)
    assert (complaint.state, complaint.disputed, letter_owed(history[-1])) == ("decided", True, "routes")
    assert [task.kind for task in complaint.tasks] == ["monitor"]
    assert ends_on(complaint, "task") == [WED_1_APR]


def test_each_look_sets_the_next_one_and_leaves_nothing_behind() -> None:
    task = then(lived(*DISPUTED)).tasks[0].id
    looked = then(lived(*DISPUTED, (LEAD, c.FinishTask(task=task, words="Dava yok."), at(WED_1_APR))))
    assert [one.kind for one in looked.tasks] == ["monitor"]
    assert ends_on(looked, "task") == [date(2026, 5, 1)]
    assert len([clock for clock in looked.clocks if clock.promise == "task"]) == 1


def test_closed_as_exhausted_nobody_looks_at_it_any_more() -> None:
    task = then(lived(*DISPUTED)).tasks[0].id
    closed = then(lived(*DISPUTED, (LEAD, NO_MORE), (LEAD, c.FinishTask(task=task, words="Kapandı."))))
    assert (closed.closed_reason, closed.tasks) == ("options_exhausted", ())


def test_staff_who_record_that_a_rejected_decision_is_accepted_after_all_write_down_what_they_heard() -> None:
    with pytest.raises(Incomplete) as refused:
        lived(*DISPUTED, (HANDLER, c.Accept(medium="phone")))
    assert refused.value.errors == (("/words", "required"),)
    heard = c.Accept(medium="phone", words="Telefonda kabul ettiğini söyledi.")
    assert then(lived(*DISPUTED, (HANDLER, heard))).closed_reason == "accepted"
    assert then(lived(*DECIDED, (HANDLER, c.Accept(medium="phone")))).closed_reason == "accepted"


@pytest.mark.parametrize("ask", [ACCEPT, DISPUTE, REVIEW])
def test_staff_do_not_speak_for_the_complainant_on_the_tracking_page(ask: c.Command) -> None:
    with pytest.raises(Incomplete) as refused:
        lived(*DECIDED, (HANDLER, ask))
    assert refused.value.errors == (("/medium", "choice_required"),)


def test_a_disputed_decision_that_is_accepted_later_is_disputed_no_more() -> None:
    accepted = then(lived(*DISPUTED, (COMPLAINANT, ACCEPT)))
    assert (accepted.closed_reason, accepted.disputed, accepted.tasks) == ("accepted", False, ())


def test_the_second_stage_has_its_own_clocks_an_acknowledgement_of_its_own_and_nobody_yet() -> None:
    complaint = then(lived(*DISPUTED, (COMPLAINANT, REVIEW, at(MON_9_MAR))))
    assert (complaint.stage, complaint.owner, complaint.acknowledged_at, complaint.disputed) == (2, None, None, False)
    assert ends_on(complaint, "answer") == [date(2026, 4, 7)]  # twenty working days, without the feast
    assert {"acknowledge", "take_up"} <= {clock.promise for clock in complaint.running}
    assert complaint.tasks == ()


def test_a_review_that_is_asked_for_late_says_why() -> None:
    late = at(date(2026, 6, 1))
    with pytest.raises(Incomplete) as refused:
        lived(*DECIDED, (COMPLAINANT, REVIEW, late))
    assert refused.value.errors == (("/late_reason", "review_window"),)
    why = REVIEW.model_copy(update={"late_reason": "Hastanedeydim."})
    assert then(lived(*DECIDED, (COMPLAINANT, why, late))).state == "reviewing"


def test_the_time_of_every_way_has_run_out_when_the_last_body_takes_it_no_more() -> None:
    ombudsman = rules_under("UK-HOUSING", country="GB-ENG")
    way = ((HANDLER, assess("UK-HOUSING")), (HANDLER, INVESTIGATE), (HANDLER, EXPLAIN), (LEAD, APPROVE))
    again = (*way, *REVIEWED[4:], (COMPLAINANT, DISPUTE))
    with pytest.raises(NotNow) as refused:
        lived(*again, (LEAD, TIME_OVER), rules=ombudsman)
    assert refused.value.reason == "outside_open"
    later = lived(*again, (LEAD, TIME_OVER, at(date(2028, 6, 1))), rules=ombudsman)
    assert then(later).closed_reason == "options_exhausted"


# --- outside bodies ---


def test_while_an_outside_body_has_it_nothing_is_destroyed_and_its_day_is_ours() -> None:
    complaint = then(lived(*EXTERNAL))
    assert (complaint.legal_hold, [task.kind for task in complaint.tasks]) == (True, ["outside"])
    assert ends_on(complaint, "external") == [FRI_6_MAR]
    written = then(lived(*EXTERNAL, (HANDLER, c.FinishTask(task=complaint.tasks[0].id, words="Gönderildi."))))
    assert clocks(written, "external") == []


@pytest.mark.parametrize(
    ("path", "home"), [(DECIDING, "deciding"), (WAITING, "investigating"), (REVIEWING, "reviewing")]
)
def test_what_is_sent_back_before_it_was_answered_goes_on_with_its_own_clocks(path: Any, home: str) -> None:
    before, back = then(lived(*path)), then(lived(*path, (HANDLER, OUTSIDE), (LEAD, SENT_BACK)))
    assert (back.state, back.before, back.waiting_for, back.due_of("reply")) == (home, None, None, None)
    assert back.answer_by == before.answer_by
    assert back.legal_hold  # a hold is lifted by a person, and not by the way


def test_what_is_sent_back_after_it_was_answered_gets_a_new_day() -> None:
    back = then(lived(*CLOSED, (HANDLER, OUTSIDE), (LEAD, SENT_BACK, at(MON_9_MAR))))
    assert (back.state, back.decided_at, back.closed_at) == ("investigating", None, None)
    assert ends_on(back, "answer") == [date(2026, 4, 7)]


def test_what_is_awarded_is_a_remedy_and_what_we_had_promised_besides_is_still_owed() -> None:
    complaint = then(lived(*TWO_REMEDIES, (HANDLER, OUTSIDE), (LEAD, AWARD)))
    assert (complaint.state, sorted(task.id for task in complaint.tasks)) == ("remedying", ["remedy-1", "remedy-2"])
    assert complaint.points[0].remedy == "refund"


def test_an_award_ends_a_dispute_and_nobody_looks_again_and_again() -> None:
    complaint = then(lived(*DISPUTED, (HANDLER, OUTSIDE), (LEAD, AWARD)))
    assert (complaint.disputed, [task.kind for task in complaint.tasks]) == (False, ["remedy"])


def test_nothing_is_awarded_that_is_no_point_of_the_complaint_and_no_award_is_without_one() -> None:
    for bad in (AWARD.model_copy(update={"awards": ()}), END.model_copy(update={"awards": AWARD.awards})):
        with pytest.raises(Incomplete):
            lived(*EXTERNAL, (LEAD, bad))


REPLACED = END.model_copy(update={"replaces": True})


@pytest.mark.parametrize(
    "answered",
    [PROMISED, (*PROMISED, (COMPLAINANT, DISPUTE)), (*PROMISED, (COMPLAINANT, REVIEW)), REMEDYING],
    ids=["told", "disputed", "under review", "accepted"],
)
def test_what_we_promised_is_kept_though_the_matter_ends_elsewhere(answered: Any) -> None:
    history = lived(*answered, (HANDLER, OUTSIDE), (LEAD, END))
    complaint = then(history)
    assert (complaint.state, [task.id for task in complaint.tasks]) == ("remedying", ["remedy-1"])
    assert ends_on(complaint, "remedy") == [date(2026, 3, 20)]
    assert (letter_owed(history[-1]), complaint.disputed) == ("progress", False)
    carried_out = (*answered, (HANDLER, OUTSIDE), (LEAD, END), (HANDLER, c.FinishTask(task="remedy-1")))
    assert then(lived(*carried_out, (LEAD, VERIFY))).closed_reason == "remedy_verified"


def test_a_promise_whose_day_is_over_when_the_body_ends_it_is_due_from_then_on() -> None:
    complaint = then(lived(*PROMISED, (HANDLER, OUTSIDE), (LEAD, END, at(WED_1_APR))))
    assert ends_on(complaint, "remedy") == [WED_1_APR]


@pytest.mark.parametrize("answered", [PROMISED, REMEDYING, (*PROMISED, (COMPLAINANT, REVIEW))])
def test_a_decision_from_outside_takes_the_place_of_our_promise_where_somebody_says_so(answered: Any) -> None:
    history = lived(*answered, (HANDLER, OUTSIDE), (LEAD, REPLACED))
    complaint = then(history)
    assert (complaint.closed_reason, complaint.tasks, letter_owed(history[-1])) == ("external_decided", (), "closing")
    assert (complaint.points[0].finding, complaint.points[0].remedy) == ("upheld", None)


def test_a_duty_is_done_though_the_matter_ends_elsewhere() -> None:
    way = ((HANDLER, assess("TR-GARANTI")), (HANDLER, OUTSIDE), (LEAD, END))
    assert then(lived(*way, rules=SHOP)).state == "remedying"
    done = ((HANDLER, c.FinishTask(task=task)) for task in ("duty-1-repair", "duty-1-loan_product"))
    assert then(lived(*way, *done, (LEAD, VERIFY), rules=SHOP)).closed_reason == "remedy_verified"


def test_an_award_leaves_our_other_promises_as_they_are_unless_it_takes_their_place() -> None:
    told = TWO_REMEDIES[:-1]
    kept = then(lived(*told, (HANDLER, OUTSIDE), (LEAD, AWARD)))
    assert sorted(task.id for task in kept.tasks) == ["remedy-1", "remedy-2"]
    instead = then(lived(*told, (HANDLER, OUTSIDE), (LEAD, AWARD.model_copy(update={"replaces": True}))))
    assert [task.id for task in instead.tasks] == ["remedy-1"]
    assert [point.remedy for point in instead.points] == ["refund", None]


LATER = OUTSIDE.model_copy(update={"answer_by": None})
PROPOSED_ANEW = (*PROMISED, (COMPLAINANT, REVIEW), (REVIEWER, AGAIN))
FAILED_ONCE = (*REMEDYING, (COMPLAINANT, FAILED))


@pytest.mark.parametrize(
    "answered",
    [
        PROPOSED_ANEW,
        (*PROPOSED_ANEW, (OTHER_LEAD, BACK)),
        FAILED_ONCE,
        (*FAILED_ONCE, (HANDLER, REASSESS)),
        (*FAILED_ONCE, (HANDLER, EXPLAIN)),
    ],
    ids=["proposed anew", "returned", "failed", "failed and assessed anew", "failed and proposed anew"],
)
def test_what_is_only_proposed_takes_nothing_from_what_our_last_answer_promised(answered: Any) -> None:
    assert owes(then(lived(*answered, (HANDLER, OUTSIDE))))
    history = lived(*answered, (HANDLER, OUTSIDE), (LEAD, END))
    complaint, (told,) = then(history), points_told(then(history), history)
    assert (complaint.state, ends_on(complaint, "remedy")) == ("remedying", [date(2026, 3, 20)])
    assert (complaint.outcome, told.remedy and told.remedy.words) == ("upheld", "Yenisi gelecek.")
    instead = then(lived(*answered, (HANDLER, OUTSIDE), (LEAD, REPLACED)))
    assert (instead.closed_reason, instead.outcome, instead.points[0].remedy) == ("external_decided", "upheld", None)


def test_what_was_never_approved_was_never_promised() -> None:
    proposed = (*INVESTIGATING, (HANDLER, PROPOSE), (HANDLER, OUTSIDE))
    assert not owes(then(lived(*proposed)))
    with pytest.raises(Incomplete):
        lived(*proposed, (LEAD, REPLACED))
    assert then(lived(*proposed, (LEAD, SENT_BACK), (LEAD, APPROVE))).points[0].remedy == "replacement"


def test_what_a_new_cycle_has_not_answered_yet_promises_nothing() -> None:
    again = (*REMEDYING, IN_PLACE[0], (LEAD, VERIFY), (COMPLAINANT, REOPEN))
    assert not owes(then(lived(*again, (HANDLER, OUTSIDE))))
    returned = (*REMEDYING, IN_PLACE[0], (LEAD, VERIFY), (HANDLER, OUTSIDE), (LEAD, SENT_BACK))
    assert not owes(then(lived(*returned, (HANDLER, OUTSIDE))))


def test_an_award_is_owed_again_where_it_failed_and_the_matter_goes_outside_again() -> None:
    failed = (*EXTERNAL, (LEAD, AWARD), (COMPLAINANT, FAILED), (HANDLER, OUTSIDE), (LEAD, END))
    assert ends_on(then(lived(*failed)), "remedy") == [WED_1_APR]


def test_an_award_takes_the_place_of_what_we_promised_on_its_point_and_only_there() -> None:
    """Whether that was taken up or not; and what was done for the one says nothing about the other."""
    for answered in (PROMISED, REMEDYING, (*REMEDYING, IN_PLACE[0])):
        complaint = then(lived(*answered, (HANDLER, OUTSIDE), (LEAD, AWARD)))
        assert [(point.remedy, point.remedy_by) for point in complaint.points] == [("refund", WED_1_APR)]
        assert [(task.id, task.done_by) for task in complaint.tasks if task.kind == "remedy"] == [("remedy-1", None)]
    other = AWARD.model_copy(update={"awards": (AWARDED.model_copy(update={"number": 2}),)})
    complaint = then(lived(*TWO_REMEDIES, (HANDLER, OUTSIDE), (LEAD, other)))
    assert [point.remedy for point in complaint.points] == ["replacement", "refund"]
    assert ends_on(complaint, "remedy") == [date(2026, 3, 20), WED_1_APR]


@pytest.mark.parametrize("replaces", [False, True])
def test_an_award_is_a_promise_of_its_own_although_ours_was_late(replaces: bool) -> None:
    late = (*REMEDYING, (SYSTEM, TIME, at(WED_1_APR)), (HANDLER, LATER, at(WED_1_APR)))
    assert then(lived(*late)).overdue
    sum_ = REFUND.model_copy(update={"due_on": date(2026, 5, 20)})
    ask = AWARD.model_copy(update={"awards": (c.Award(number=1, remedy=sum_),), "replaces": replaces})
    awarded = (*late, (LEAD, ask, at(THU_2_APR)))
    (clock,) = clocks(then(lived(*awarded)), "remedy")
    assert (clock.broken, clock.started_at) == (False, at(THU_2_APR))
    missed = lived(*awarded, (SYSTEM, TIME, at(date(2026, 5, 22))))
    broken = [one for one in missed if isinstance(one, e.PromiseBroken) and one.promise == "remedy"]
    assert [RULES.calendar.day_of(one.due) for one in broken] == [date(2026, 3, 20), date(2026, 5, 20)]


def test_a_late_promise_that_an_award_on_another_point_leaves_stays_late() -> None:
    late = (*TWO_REMEDIES, (SYSTEM, TIME, at(WED_1_APR)), (HANDLER, LATER, at(WED_1_APR)))
    award = (LEAD, AWARD, at(WED_1_APR))
    assert {clock.point: clock.broken for clock in clocks(then(lived(*late, award)), "remedy")} == {1: False, 2: True}


@pytest.mark.parametrize(
    ("path", "ask"),
    [(DECIDED, END), (CLOSED, END), (PROMISED, SENT_BACK)],
    ids=["nothing promised", "over", "looked at anew"],
)
def test_only_what_was_promised_can_be_replaced(path: Any, ask: c.RecordExternalOutcome) -> None:
    with pytest.raises(Incomplete) as refused:
        lived(*path, (HANDLER, OUTSIDE), (LEAD, ask.model_copy(update={"replaces": True})))
    assert refused.value.errors == (("/replaces", "unknown_field"),)


NEVER_ASSESSED = ((HANDLER, OUTSIDE),)


def test_what_went_to_a_body_before_anybody_had_assessed_it_can_be_awarded_something() -> None:
    """An award is on a point: so the points are worked out while the body has the matter."""
    assessed = then(lived(*NEVER_ASSESSED, (HANDLER, ASSESS)))
    assert (assessed.state, [point.number for point in assessed.points]) == ("external", [1])
    awarded = then(lived(*NEVER_ASSESSED, (HANDLER, ASSESS), (LEAD, AWARD)))
    assert (awarded.state, awarded.points[0].remedy) == ("remedying", "refund")


def test_what_was_assessed_while_a_body_had_it_comes_back_assessed_and_is_taken_up() -> None:
    back = (*NEVER_ASSESSED, (HANDLER, ASSESS), (LEAD, SENT_BACK))
    assert then(lived(*back)).state == "assessed"
    assert then(lived(*back, (HANDLER, INVESTIGATE))).state == "investigating"


def test_what_was_closed_before_it_was_assessed_can_be_awarded_something_too() -> None:
    again = ((COMPLAINANT, WITHDRAW), *NEVER_ASSESSED, (HANDLER, ASSESS))
    assert then(lived(*again, (LEAD, AWARD))).state == "remedying"
    assert then(lived(*again, (LEAD, SENT_BACK))).state == "investigating"


@pytest.mark.parametrize(
    ("remedy", "missing"),
    [
        ({"kind": "replacement"}, [("due_on", "required")]),
        ({"kind": "refund", "due_on": WED_1_APR}, [("amount", "required")]),
        ({"kind": "refund", "amount": 900, "due_on": WED_1_APR}, [("currency", "required")]),
        ({"kind": "replacement", "due_on": date(2026, 2, 27)}, [("due_on", "date_in_past")]),
    ],
)
def test_an_award_says_by_when_and_a_sum_how_much(remedy: dict[str, Any], missing: list[tuple[str, str]]) -> None:
    ask = AWARD.model_copy(update={"awards": (c.Award(number=1, remedy=c.ProposedRemedy.model_validate(remedy)),)})
    with pytest.raises(Incomplete) as refused:
        lived(*EXTERNAL, (LEAD, ask))
    assert refused.value.errors == tuple((f"/awards/0/remedy/{field}", code) for field, code in missing)


# --- coming back ---


def test_only_the_complainant_withdraws_and_staff_say_how_they_heard_it() -> None:
    for said in (c.Withdraw(medium="tracking_page", words="Vazgeçti."), c.Withdraw(medium="phone")):
        with pytest.raises(Incomplete):
            lived(*INVESTIGATING, (FRONT_LINE, said))
    heard = c.Withdraw(medium="phone", words="Telefonda vazgeçtiğini söyledi.")
    assert then(lived(*INVESTIGATING, (FRONT_LINE, heard))).closed_reason == "withdrawn"


RISK: dict[str, Any] = {"safety_risk": True}


def test_a_withdrawal_does_not_end_the_inquiry_into_a_risk_to_safety() -> None:
    withdrawn = then(lived(*INVESTIGATING, (COMPLAINANT, WITHDRAW), **RISK))
    assert (withdrawn.closed_reason, [task.kind for task in withdrawn.tasks]) == ("withdrawn", ["safety"])
    assert [clock.due for clock in withdrawn.running] == [
        at(MON_2_MAR, 12)
    ]  # an hour later, as if it had just been told
    assert then(lived(*INVESTIGATING, (COMPLAINANT, WITHDRAW))).tasks == ()
    grave = ((HANDLER, ASSESS.model_copy(update={"safety": "possible"})), (COMPLAINANT, WITHDRAW))
    assert [task.kind for task in then(lived(*grave)).tasks] == ["safety"]  # also one that we found ourselves
    task = withdrawn.tasks[0].id
    with pytest.raises(Incomplete):  # a lead says what was found
        lived(*INVESTIGATING, (COMPLAINANT, WITHDRAW), (LEAD, c.FinishTask(task=task)), **RISK)
    found = c.FinishTask(task=task, words="Parti geri çağrıldı.")
    assert then(lived(*INVESTIGATING, (COMPLAINANT, WITHDRAW), (LEAD, found), **RISK)).tasks == ()


def test_taken_up_again_the_risk_is_looked_into_with_the_complaint_itself() -> None:
    gone = (*INVESTIGATING, (COMPLAINANT, WITHDRAW))
    for day in (SAT_7_MAR, MON_9_MAR):  # as if nothing had been; in a new cycle
        assert then(lived(*gone, (COMPLAINANT, TAKE_UP, at(day)), **RISK)).tasks == ()


def test_within_five_days_a_withdrawal_is_undone_as_if_it_had_not_been() -> None:
    before = then(lived(*INVESTIGATING))
    back = then(lived(*INVESTIGATING, (COMPLAINANT, WITHDRAW), (COMPLAINANT, TAKE_UP, at(SAT_7_MAR))))
    assert (back.state, back.cycle, back.answer_by) == ("investigating", 1, before.answer_by)


def test_later_it_is_a_new_cycle_with_new_clocks() -> None:
    back = then(lived(*INVESTIGATING, (COMPLAINANT, WITHDRAW), (COMPLAINANT, TAKE_UP, at(MON_9_MAR))))
    assert (back.state, back.cycle, back.closed_reason) == ("investigating", 2, None)
    assert ends_on(back, "answer") == [date(2026, 4, 7)]


def test_a_new_cycle_owes_nothing_to_the_notices_disputes_and_tasks_of_the_one_before() -> None:
    closed = (*NOTICE_ARRIVED, (SYSTEM, TIME, AFTER_NOTICE))
    back = then(lived(*closed, (COMPLAINANT, REOPEN, at(date(2026, 4, 20)))))
    assert (back.notice, back.disputed, back.stage, back.tasks) == (None, False, 1, ())
    assert back.broken == frozenset()


def test_a_complaint_that_was_reviewed_begins_again_with_the_first_stage() -> None:
    closed = (*REVIEWING, (REVIEWER, AGAIN), (OTHER_LEAD, APPROVE), (COMPLAINANT, ACCEPT))
    back = then(lived(*closed, (COMPLAINANT, REOPEN)))
    assert (back.state, back.stage) == ("assessed", 1)  # nobody was put in charge of the review


def test_an_offer_is_told_with_its_letter_and_no_other() -> None:
    history = lived(*PROMISED, (COMPLAINANT, ACCEPT, at(TUE_3_MAR)))
    assert letter_owed(history[-1]) is None
    assert ends_on(then(history), "remedy") == [date(2026, 3, 20)]


def test_the_post_says_once_that_a_notice_arrived() -> None:
    assert lived(*NOTICE_ARRIVED, (SYSTEM, ARRIVED, at(date(2026, 4, 3)))) == lived(*NOTICE_ARRIVED)
    assert lived((SYSTEM, ARRIVED, at(MON_2_MAR))) == lived()
