"""7.6: taken up, looked into in proportion, and what we wait for."""

from datetime import date

import pytest

from complaints import commands as c
from complaints.history import letter_owed
from complaints.refusals import Incomplete
from tests.builders import COLLEAGUE, COMPLAINANT, HANDLER, INVESTIGATE, LEAD, PROPOSE, RULES, SYSTEM, lived, then
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, at
from tests.ways import (
    ASK,
    ASK_OTHERS,
    CONTRIBUTE,
    EVIDENCE,
    FAST,
    GRAVE,
    INVESTIGATING,
    PLAN,
    PROMISE,
    REPLY,
    TIME,
    WAITING,
    WITHDRAW,
)

TUE_10_MAR = date(2026, 3, 10)


def test_a_danger_is_looked_into_at_once_and_assessed_within_four_hours() -> None:
    complaint = then(lived((HANDLER, FAST), safety_risk=True))
    assert (complaint.state, complaint.owner) == ("investigating", "handler")
    assert complaint.due_of("assess") == at(MON_2_MAR, 15)  # taken up at eleven


def test_what_is_grave_is_proposed_after_a_plan_and_two_pieces_of_evidence() -> None:
    looked_into = ((HANDLER, PLAN), (HANDLER, EVIDENCE), (HANDLER, EVIDENCE))
    complaint = then(lived((HANDLER, GRAVE), (HANDLER, INVESTIGATE), *looked_into, (HANDLER, PROPOSE)))
    assert (complaint.priority, complaint.planned, complaint.evidence, complaint.state) == (1, True, 2, "deciding")


def test_while_we_wait_our_own_clocks_run_on() -> None:
    before, waiting = then(lived(*INVESTIGATING)), then(lived(*WAITING))
    assert waiting.answer_by == before.answer_by
    assert {clock.promise for clock in waiting.running} == {clock.promise for clock in before.running} | {"reply"}
    assert RULES.calendar.day_of(waiting.due_of("reply") or at(MON_2_MAR)) == MON_9_MAR


def test_the_answer_of_the_complainant_is_on_file_from_then_on() -> None:
    complaint = then(lived(*WAITING, (COMPLAINANT, REPLY)))
    assert (complaint.state, complaint.before, complaint.waiting_for) == ("investigating", None, None)
    assert "document" in complaint.known
    assert "reply" not in {clock.promise for clock in complaint.clocks}


def test_without_an_answer_by_its_day_we_go_on_and_say_so() -> None:
    history = lived(*WAITING, (SYSTEM, TIME, at(TUE_10_MAR)))
    missed = next(event for event in history if event.type == "ReplyMissed")
    assert then(history).state == "investigating"
    assert letter_owed(missed) == "progress"
    assert "document" not in then(history).known  # it may be asked for again without a reason


def test_a_third_party_that_does_not_answer_is_no_news_to_the_complainant() -> None:
    history = lived(*INVESTIGATING, (HANDLER, ASK_OTHERS), (SYSTEM, TIME, at(TUE_10_MAR)))
    assert [letter_owed(event) for event in history if event.type == "ReplyMissed"] == [None]


def test_nobody_is_asked_again_for_what_is_on_file_unless_for_a_reason() -> None:
    again = ASK.model_copy(update={"data": ("name", "document")})
    with pytest.raises(Incomplete) as refused:
        lived(*INVESTIGATING, (HANDLER, again))
    assert refused.value.errors == (("/again_reason", "on_file"),)
    explained = again.model_copy(update={"again_reason": "Faturadaki ad başka."})
    assert then(lived(*INVESTIGATING, (HANDLER, explained))).state == "waiting"


def test_a_day_that_is_over_can_be_neither_promised_nor_asked_for() -> None:
    for late in (PROMISE, CONTRIBUTE, ASK.model_copy(update={"reply_by": FRI_6_MAR})):
        with pytest.raises(Incomplete):
            lived(*INVESTIGATING, (HANDLER, late, at(TUE_10_MAR)))


def test_withdrawn_while_we_wait_and_taken_up_again_nothing_is_waited_for() -> None:
    back = then(lived(*WAITING, (COMPLAINANT, WITHDRAW), (COMPLAINANT, c.TakeUpAgain(medium="tracking_page"))))
    assert (back.state, back.waiting_for, back.due_of("reply")) == ("investigating", None, None)


def test_what_was_promised_in_words_is_watched() -> None:
    history = lived(*INVESTIGATING, (HANDLER, PROMISE))
    assert [(task.id, task.kind) for task in then(history).tasks] == [("promised-4", "promised")]
    late = then(lived(*INVESTIGATING, (HANDLER, PROMISE), (SYSTEM, TIME, at(MON_9_MAR))))
    assert "task" in late.broken


def test_a_colleague_contributes_what_they_know_and_a_lead_may_write_it_down_for_them() -> None:
    asked = (*INVESTIGATING, (HANDLER, CONTRIBUTE))
    done = c.FinishTask(task="contribution-4", words="Parti hatalı.")
    for person in (COLLEAGUE, LEAD):
        complaint = then(lived(*asked, (person, done, at(TUE_3_MAR))))
        assert complaint.tasks == ()
        assert "task" not in {clock.promise for clock in complaint.clocks}  # its clock went with it
    with pytest.raises(Incomplete):
        lived(*asked, (COLLEAGUE, c.FinishTask(task="contribution-4")))


def test_to_take_it_over_is_to_take_it_up() -> None:
    complaint = then(lived(*INVESTIGATING, (LEAD, c.Assign(owner="colleague"))))
    assert (complaint.owner, complaint.took_part) == ("colleague", {"handler", "colleague"})
