"""What a person must do that no move covers: what it takes to have done it."""

from datetime import date, datetime

import pytest

from complaints import commands as c
from complaints.complaint import CloseReason, Medium
from complaints.refusals import Incomplete
from complaints.roles import Person
from tests.builders import COMPLAINANT, HANDLER, SYSTEM, lived, then
from tests.dates import FRI_6_MAR, MON_2_MAR, TUE_3_MAR, at
from tests.ways import BY_PHONE, DECIDED, PROMISE, REMEDYING, REOPEN, TASK, TRIES, WITHDRAW

POSTED = c.RecordAttempt(task=TASK, medium="letter", posted=True, tracking_number="RR123456785TR")


def test_a_letter_by_post_is_done_when_somebody_says_on_which_day_it_arrived() -> None:
    posted = (*DECIDED, (HANDLER, POSTED))
    assert [task.kind for task in then(lived(*posted, **BY_PHONE)).tasks if task.id == TASK] == ["confirm_delivery"]
    for day in (None, FRI_6_MAR):  # not said; not yet
        with pytest.raises(Incomplete):
            lived(*posted, (HANDLER, c.FinishTask(task=TASK, on=day), at(TUE_3_MAR)), **BY_PHONE)
    arrived = (HANDLER, c.FinishTask(task=TASK, on=TUE_3_MAR), at(TUE_3_MAR))
    assert TASK not in {task.id for task in then(lived(*posted, arrived, **BY_PHONE)).tasks}


def test_tries_are_counted_and_the_task_stays() -> None:
    complaint = then(lived(*DECIDED, *TRIES, **BY_PHONE))
    assert [one.medium for one in complaint.attempts] == ["phone", "letter", "phone"]
    assert TASK in {task.id for task in complaint.tasks}


def test_however_often_somebody_rings_on_one_day_it_is_one_try_by_that_medium() -> None:
    def tried(medium: Medium, day: date) -> tuple[Person, c.Command, datetime]:
        return HANDLER, c.RecordAttempt(task=TASK, medium=medium), at(day)

    rang = (tried("phone", TUE_3_MAR), tried("phone", TUE_3_MAR), tried("sms", TUE_3_MAR), tried("phone", FRI_6_MAR))
    complaint = then(lived(*DECIDED, *rang, **BY_PHONE))
    assert [(one.medium, one.at) for one in complaint.attempts] == [
        ("phone", at(TUE_3_MAR)),
        ("sms", at(TUE_3_MAR)),
        ("phone", at(FRI_6_MAR)),
    ]


def test_a_remedy_that_is_done_waits_for_somebody_else_to_see_it() -> None:
    complaint = then(lived(*REMEDYING, (HANDLER, c.FinishTask(task="remedy-1"))))
    assert [(task.id, task.done_by) for task in complaint.tasks] == [("remedy-1", "handler")]


def test_a_letter_that_comes_back_twice_is_one_task() -> None:
    back = (SYSTEM, c.RecordBounce(letter=TASK, kind="decision"))
    assert lived(*DECIDED, back, back) == lived(*DECIDED, back)
    assert [task.letter for task in then(lived(*DECIDED, back)).tasks] == ["decision"]
    assert not then(lived(*DECIDED, back)).by_mail


def test_what_was_promised_is_watched_again_when_a_withdrawal_is_taken_back() -> None:
    withdrawn = then(lived((HANDLER, PROMISE), (COMPLAINANT, WITHDRAW)))
    assert (withdrawn.closed_reason, withdrawn.running) == (CloseReason.WITHDRAWN, ())
    taken_up = c.TakeUpAgain(medium="tracking_page")
    back = then(lived((HANDLER, PROMISE), (COMPLAINANT, WITHDRAW), (COMPLAINANT, taken_up)))
    assert "task" in {clock.promise for clock in back.running}


def test_only_one_call_tells_the_newest_news() -> None:
    twice = ((HANDLER, c.TellProgress(words="Bir.")), (HANDLER, c.TellProgress(words="İki.")))
    assert [task.id for task in then(lived(*twice, **BY_PHONE)).tasks] == ["000001-acknowledgement", "000003-progress"]


def test_a_new_cycle_has_no_duty_and_no_remedy_left_of_the_old_one() -> None:
    closed = (*REMEDYING, (COMPLAINANT, c.Verify(words="Görüldü.")), (COMPLAINANT, REOPEN, at(TUE_3_MAR)))
    assert then(lived(*closed)).tasks == ()
    assert then(lived(*closed)).opened_at == at(TUE_3_MAR) > at(MON_2_MAR)
