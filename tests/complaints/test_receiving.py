"""7.2 to 7.5: received, acknowledged and assessed; or not ours, and never a dead end."""

from datetime import timedelta

import pytest

from complaints import commands as c
from complaints.history import begin
from complaints.impartiality import disclosable
from complaints.receiving import receive
from complaints.refusals import Incomplete
from tests.builders import COLLEAGUE, COMPLAINANT, HANDLER, LEAD, REVIEWER, RULES, SYSTEM, a_submission, lived, then
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, TUE_3_MAR, at
from tests.ways import (
    ASSESSED,
    BY_LAWYER,
    BY_LAWYER_TO_HER,
    BY_PHONE,
    CHECKED,
    CONTEST,
    DECLINE,
    DECLINED,
    DECLINING,
    NAMELESS,
    TOLD,
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
