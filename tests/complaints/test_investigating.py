"""7.6: taken up, looked into in proportion, and what we wait for."""

from datetime import date, timedelta
from typing import Any

import pytest

from complaints import commands as c
from complaints.history import letter_owed
from complaints.refusals import Incomplete
from tests.builders import COLLEAGUE, COMPLAINANT, HANDLER, INVESTIGATE, LEAD, PROPOSE, RULES, SYSTEM, lived, then
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, at
from tests.ways import (
    ASK,
    ASK_OTHERS,
    BY_PHONE,
    CONTRIBUTE,
    EVIDENCE,
    FAST,
    GRAVE,
    INVESTIGATING,
    MERGE,
    NAMELESS,
    OUTSIDE,
    PLAN,
    PROMISE,
    REPLY,
    TIME,
    WAITING,
    WITHDRAW,
)

WED_4_MAR = date(2026, 3, 4)
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
    assert {clock.promise for clock in waiting.running} == {clock.promise for clock in before.running} | {
        "remind",
        "reply",
    }
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


SOON = at(date(2026, 3, 5), 6)  # nine in Istanbul, the Thursday before the Monday by which we asked for a reply


def test_somebody_who_has_not_replied_is_reminded_once_on_the_second_working_morning_before_the_day() -> None:
    assert then(lived(*WAITING)).due_of("remind") == SOON
    history = lived(*WAITING, *((SYSTEM, TIME, SOON + timedelta(hours=n)) for n in range(3)))
    assert [letter_owed(one) for one in history if one.type == "ReminderGiven"] == ["reminder"]
    assert then(history).waiting_for == "complainant"
    assert RULES.calendar.day_of(then(history).due_of("reply") or SOON) == MON_9_MAR


@pytest.mark.parametrize(
    "ended",
    [(COMPLAINANT, REPLY), (COMPLAINANT, WITHDRAW), (HANDLER, OUTSIDE), (LEAD, MERGE)],
    ids=["replied", "withdrawn", "with an outside body", "merged"],
)
def test_nobody_is_reminded_of_what_we_do_not_wait_for_any_more(ended: tuple[Any, Any]) -> None:
    complaint = then(lived(*WAITING, ended))
    assert "remind" not in {clock.promise for clock in complaint.running}
    history = lived(*WAITING, ended, (SYSTEM, TIME, SOON))
    assert "ReminderGiven" not in {event.type for event in history}


def test_what_is_asked_for_again_has_a_reminder_of_its_own() -> None:
    again = ASK.model_copy(update={"reply_by": date(2026, 3, 16), "data": ("order_number",)})
    complaint = then(lived(*WAITING, (SYSTEM, TIME, SOON), (COMPLAINANT, REPLY, SOON), (HANDLER, again, SOON)))
    assert complaint.due_of("remind") == at(date(2026, 3, 12), 6)


@pytest.mark.parametrize("told", [NAMELESS, BY_PHONE], ids=["anonymous", "by telephone"])
def test_only_a_mail_reminds(told: dict[str, Any]) -> None:
    assert then(lived(*WAITING, **told)).due_of("remind") is None
    bounced = c.RecordBounce(letter="000004-request", kind="request")
    assert "remind" not in {clock.promise for clock in then(lived(*WAITING, (SYSTEM, bounced))).running}


@pytest.mark.parametrize("ask", [ASK_OTHERS, ASK.model_copy(update={"reply_by": WED_4_MAR})])
def test_neither_a_third_party_nor_somebody_with_two_working_days_is_reminded(ask: c.Ask) -> None:
    assert then(lived(*INVESTIGATING, (HANDLER, ask))).due_of("remind") is None


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
