"""7.2 to 7.5: received, acknowledged and assessed; or not ours, and never a dead end."""

from datetime import date, timedelta
from typing import Any

import pytest

from complaints import commands as c
from complaints.history import begin, letter_owed
from complaints.impartiality import disclosable
from complaints.receiving import receive
from complaints.refusals import Incomplete
from tests.builders import COLLEAGUE, COMPLAINANT, HANDLER, LEAD, REVIEWER, RULES, SYSTEM, a_submission, lived, then
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, WED_1_APR, at
from tests.ways import (
    ARRIVED,
    ASK_OTHERS,
    ASSESSED,
    BY_LAWYER,
    BY_LAWYER_TO_HER,
    BY_PHONE,
    CHECKED,
    CLOSED,
    CONTEST,
    DECIDED,
    DECLINE,
    DECLINED,
    DECLINING,
    DISPUTED,
    EXTERNAL,
    INVESTIGATING,
    NAMELESS,
    TIME,
    TOLD,
    WAITING,
    WITHDRAW,
)


def entered(**more: object) -> c.Submit:
    ask = c.Submit(submission=a_submission(), reference="7K4M29XRQ3A", channel="cimer", received_at=at(MON_2_MAR))
    return ask.model_copy(update=more)


def test_the_anonymous_have_their_receipt_in_hand_and_no_task_asks_to_reach_them() -> None:
    complaint = then(lived(**NAMELESS))
    assert complaint.acknowledged_at == at(MON_2_MAR)
    assert complaint.tasks == ()
    assert "acknowledge" not in {clock.promise for clock in complaint.clocks}


def test_the_day_that_an_outside_body_has_set_us_is_a_task_with_its_clock() -> None:
    complaint = begin(receive(entered(answer_by=FRI_6_MAR), HANDLER, at(MON_2_MAR), RULES))
    assert [task.kind for task in complaint.tasks] == ["outside"]
    assert RULES.calendar.day_of(complaint.due_of("external") or at(MON_2_MAR)) == FRI_6_MAR
    assert "external" in {clock.promise for clock in complaint.promises}


def test_another_format_that_was_asked_for_is_work_with_a_day() -> None:
    complaint = then(lived(formats=("braille", "call", "braille")))
    assert [task.id for task in complaint.tasks] == ["format-braille", "format-call"]
    assert RULES.calendar.day_of(complaint.due_of("task") or at(MON_2_MAR)) == MON_9_MAR  # five working days


def test_nobody_enters_a_complaint_about_themselves() -> None:
    with pytest.raises(Incomplete) as refused:
        receive(entered(complained_about=("handler",)), HANDLER, at(MON_2_MAR), RULES)
    assert refused.value.errors == (("/complained_about", "not_yourself"),)


def test_somebody_who_acts_for_another_is_heard_at_once_and_told_nothing_before_their_authority_is_seen() -> None:
    complaint = then(lived(**BY_LAWYER))
    assert (complaint.authority, complaint.by_mail) == ("unchecked", True)
    assert {"acknowledge", "answer"} <= {clock.promise for clock in complaint.running}
    assert then(lived((HANDLER, CHECKED), **BY_LAWYER)).authority == "checked"


REFUSED = c.CheckAuthority(granted=False, words="Vekâletname yok.")
LETTERS = {"own address": ({}, True), "no address of their own": ({"email": None, "phone": "0532 000 00 00"}, False)}


@pytest.mark.parametrize("case", LETTERS)
def test_whoever_may_not_act_gets_nothing_more_and_we_write_to_whom_they_spoke_for(case: str) -> None:
    own, by_mail = LETTERS[case]
    complaint = then(lived((HANDLER, REFUSED), (HANDLER, c.TellProgress(words="Bakıyoruz.")), **BY_LAWYER, **own))
    assert (complaint.authority, complaint.by_mail) == ("refused", by_mail)
    assert [task.letter for task in complaint.tasks] == ([] if by_mail else ["progress"])  # a person tells them


@pytest.mark.parametrize("case", LETTERS)
def test_somebody_who_may_act_after_all_gets_the_letters_again(case: str) -> None:
    own, by_mail = LETTERS[case]
    once = then(lived((HANDLER, REFUSED), (HANDLER, REFUSED), (HANDLER, CHECKED), **BY_LAWYER, **own))
    assert (once.authority, once.by_mail) == ("checked", True)
    back = then(lived((HANDLER, REFUSED), (HANDLER, CHECKED), (HANDLER, REFUSED), **BY_LAWYER, **own))
    assert (back.authority, back.by_mail) == ("refused", by_mail)


@pytest.mark.parametrize("case", LETTERS)
def test_whoever_files_for_another_is_unchecked_although_we_write_to_that_other(case: str) -> None:
    """She reads our letters, and nobody else gets them whatever becomes of the authority."""
    own, by_mail = LETTERS[case]
    complaint = then(lived(**BY_LAWYER_TO_HER, **own))
    assert (complaint.authority, disclosable(complaint)) == ("unchecked", None)
    for checks in ((), (CHECKED,), (REFUSED,), (REFUSED, CHECKED), (CHECKED, REFUSED)):
        checked = then(lived(*((HANDLER, ask) for ask in checks), **BY_LAWYER_TO_HER, **own))
        assert checked.by_mail == by_mail, checks


def test_an_address_that_bounced_stays_so_whoever_may_act() -> None:
    bounced = c.RecordBounce(letter="000001-acknowledgement", kind="acknowledgement")
    complaint = then(lived((SYSTEM, bounced), (HANDLER, REFUSED), **BY_LAWYER))
    assert complaint.by_mail
    assert not then(lived((SYSTEM, bounced), (HANDLER, REFUSED), (HANDLER, CHECKED), **BY_LAWYER)).by_mail


def test_a_letter_that_went_by_post_acknowledges_and_its_delivery_is_awaited() -> None:
    posted = c.RecordAttempt(task="000001-acknowledgement", medium="letter", posted=True, tracking_number="RR1")
    complaint = then(lived((HANDLER, posted), **BY_PHONE))
    assert complaint.acknowledged_at is not None
    assert complaint.tasks == ()


def test_once_somebody_has_told_them_nobody_has_to_tell_them_again() -> None:
    assert then(lived((HANDLER, TOLD), **BY_PHONE)).tasks == ()


OURS = (SYSTEM, c.RecordBounce(letter="000001-acknowledgement", kind="acknowledgement", to_other=True))
ANEW: dict[str, tuple[tuple[Any, ...], str]] = {  # where a complaint stands, and what its new reader is told of it
    "received": ((), "progress"),
    "waiting": (WAITING, "request"),
    "decided": (DECIDED, "decision"),
    "elsewhere": (EXTERNAL, "progress"),
    "accepted": (CLOSED, "closing"),
    "declined": (DECLINED, "declined"),
    "withdrawn": (((COMPLAINANT, WITHDRAW),), "withdrawn"),
}


@pytest.mark.parametrize("own", LETTERS)
@pytest.mark.parametrize("stands", ANEW)
def test_whoever_reads_from_now_on_is_told_what_matters_now(stands: str, own: str) -> None:
    path, letter = ANEW[stands]
    mine, by_mail = LETTERS[own]
    history = lived((HANDLER, CHECKED), *path, (HANDLER, REFUSED, at(TUE_3_MAR)), **BY_LAWYER, **mine)
    assert letter_owed(history[-1]) == letter
    tasks = [task.letter for task in then(history).tasks if task.kind == "reach_another_way"]
    assert tasks == ([] if by_mail else [letter])
    again = (HANDLER, CHECKED, at(FRI_6_MAR))
    assert letter_owed(lived((HANDLER, CHECKED), *path, (HANDLER, REFUSED), again, **BY_LAWYER, **mine)[-1]) == letter


def test_a_check_that_changes_no_reader_owes_no_letter() -> None:
    history = lived((HANDLER, CHECKED), (HANDLER, REFUSED), (HANDLER, REFUSED), **BY_LAWYER)
    assert [letter_owed(event) for event in history[1:]] == [None, "progress", None]
    direct = then(lived((HANDLER, CHECKED), *DECIDED, (HANDLER, REFUSED), **BY_LAWYER_TO_HER))
    assert (letter_owed(lived((HANDLER, REFUSED), **BY_LAWYER_TO_HER)[-1]), direct.due_of("reply") is None) == (
        None,
        False,
    )


def test_nobody_is_taken_to_be_silent_about_a_decision_that_somebody_else_was_asked_about() -> None:
    """A new time for the reply runs, the notice is given anew, and only then may it close."""
    told = (HANDLER, CHECKED), *DECIDED
    first = then(lived(*told, **BY_LAWYER)).due_of("reply")
    noticed = (SYSTEM, TIME, at(WED_1_APR)), (SYSTEM, ARRIVED, at(date(2026, 4, 2)))
    friday = at(date(2026, 4, 3))
    complaint = then(lived(*told, *noticed, (HANDLER, REFUSED, friday), **BY_LAWYER))
    assert (complaint.state, complaint.notice, complaint.attempts) == ("decided", None, ())
    assert [task for task in complaint.tasks if task.letter == "final_notice"] == []
    due = complaint.due_of("reply")
    assert first and due
    days = RULES.calendar.working_days_between
    day = RULES.calendar.day_of
    assert days(day(friday), day(due)) == days(MON_2_MAR, day(first)) == 20
    late = then(lived(*told, *noticed, (HANDLER, REFUSED, friday), (SYSTEM, TIME, due), **BY_LAWYER))
    assert (late.state, late.notice) == ("decided", "sent")


def test_a_disputed_decision_is_told_anew_and_waits_for_no_reply() -> None:
    complaint = then(lived((HANDLER, CHECKED), *DISPUTED, (HANDLER, REFUSED), **BY_LAWYER))
    assert (complaint.disputed, complaint.due_of("reply")) == (True, None)


def test_what_the_one_was_asked_the_other_is_asked_anew_with_as_much_time() -> None:
    told = (HANDLER, CHECKED), *WAITING
    complaint = then(lived(*told, (HANDLER, REFUSED, at(FRI_6_MAR)), **BY_LAWYER))
    assert (complaint.state, complaint.waiting_for) == ("waiting", "complainant")
    due, remind = complaint.due_of("reply"), complaint.due_of("remind")
    assert due and remind
    assert RULES.calendar.day_of(due) == FRI_6_MAR + (MON_9_MAR - MON_2_MAR)
    assert remind > at(FRI_6_MAR)
    by_phone = then(lived(*told, (HANDLER, REFUSED), **BY_LAWYER, **LETTERS["no address of their own"][0]))
    assert by_phone.due_of("remind") is None  # nobody is called twice for one request


def test_what_a_third_party_was_asked_stays_asked_whoever_reads() -> None:
    asked = (*INVESTIGATING, (HANDLER, ASK_OTHERS))
    before, after = (then(lived(*asked, *more, **BY_LAWYER)) for more in ((), ((HANDLER, REFUSED),)))
    assert after.due_of("reply") == before.due_of("reply") is not None


def test_a_late_bounce_from_the_one_does_not_silence_the_other() -> None:
    complaint = then(lived((HANDLER, REFUSED), OURS, **BY_LAWYER))
    assert (complaint.by_mail, complaint.other_mail, complaint.tasks) == (True, False, ())
    assert not then(lived((HANDLER, REFUSED), OURS, (HANDLER, CHECKED), **BY_LAWYER)).by_mail


# --- not ours ---


def test_declined_it_ends_with_its_reason_and_can_be_contested() -> None:
    history = lived(*DECLINED)
    assert [event.type for event in history[1:]] == ["DeclineProposed", "ComplaintDeclined", "ComplaintClosed"]
    assert (then(history).closed_reason, then(history).declined_by) == ("out_of_scope", {"handler", "lead"})


def test_what_is_contested_comes_back_at_once_to_where_it_was_with_the_clocks_of_its_receipt() -> None:
    before, back = then(lived(*ASSESSED)), then(lived(*ASSESSED, *DECLINED, (COMPLAINANT, CONTEST, at(TUE_3_MAR))))
    assert (back.state, back.closed_at, back.before, back.declining) == ("assessed", None, None, False)
    assert back.answer_by == before.answer_by
    assert back.cycle == 1


def test_others_look_at_a_contested_matter_and_they_may_decline_it_again() -> None:
    others = ((COLLEAGUE, DECLINE), (REVIEWER, c.RecordAction(words="Not.")))
    history = lived(*DECLINED, (COMPLAINANT, CONTEST), *others)
    assert then(history).declining


def test_a_declining_that_is_sent_back_leaves_nothing_behind() -> None:
    complaint = then(lived(*DECLINING, (LEAD, c.Return(words="Bizimdir."))))
    assert (complaint.state, complaint.before, complaint.declining, complaint.declined_by) == (
        "received", None, False, frozenset(),
    )  # fmt: skip


def test_a_declining_that_is_withdrawn_and_taken_up_again_is_not_declined() -> None:
    gone = (COMPLAINANT, c.Withdraw(medium="tracking_page"))
    back = then(lived(*DECLINING, gone, (COMPLAINANT, c.TakeUpAgain(medium="tracking_page"))))
    assert (back.state, back.declining) == ("received", False)


def test_time_goes_on_while_somebody_proposes_to_decline() -> None:
    late = then(lived(*DECLINING, (SYSTEM, c.KeepTime(), at(MON_9_MAR) + timedelta(days=30))))
    assert "answer" in late.broken
