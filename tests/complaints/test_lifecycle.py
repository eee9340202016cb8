"""The main path, from the receipt to the end and back again."""

from typing import Any, get_args

import pytest

from complaints import commands as c
from complaints import events as e
from complaints.history import begin, letter_owed
from complaints.lifecycle import moves_open_to
from complaints.receiving import receive
from complaints.refusals import Incomplete, NotNow
from tests.builders import (
    ACCEPT,
    ALONE,
    APPROVE,
    ASSESS,
    AUDITOR,
    COMPLAINANT,
    DECIDED,
    EXPLAIN,
    HANDLER,
    INVESTIGATE,
    INVESTIGATED,
    LEAD,
    PROPOSE,
    PROPOSED,
    RULES,
    SYSTEM,
    a_submission,
    after,
    received,
    then,
)  # fmt: skip
from tests.dates import FRI_6_MAR, MON_2_MAR, WED_1_APR, at

REMEDYING = (*DECIDED, (COMPLAINANT, ACCEPT))
VERIFY, REOPEN = c.Verify(words="Görüldü."), c.Reopen(words="Yine kırıldı.")
IN_PLACE = c.FinishTask(task="remedy-1")
CLOSED = (*REMEDYING, (HANDLER, IN_PLACE), (LEAD, VERIFY))


@pytest.mark.parametrize(("asked", "state"), [
    ((), "received"), (INVESTIGATED[:1], "assessed"), (INVESTIGATED, "investigating"), (PROPOSED, "deciding"),
    (DECIDED, "decided"), (REMEDYING, "remedying"), (CLOSED, "closed"),
])  # fmt: skip
def test_the_main_path_goes_through_every_state(asked: tuple[Any, ...], state: str) -> None:
    assert then(after(received(), *asked)).state == state


def test_a_complaint_about_the_future_is_refused() -> None:
    with pytest.raises(Incomplete):
        received(happened_on="2026-03-03")


def test_an_entry_made_later_keeps_the_true_time_of_receipt_and_says_why() -> None:
    late = c.Submit(submission=a_submission(), reference="7K4M29XRQ3A", channel="letter", received_at=at(MON_2_MAR))
    other = late.model_copy(update={"backdated": "other"})
    for unexplained, missing in ((late, "/backdated"), (other, "/backdating_reason")):
        with pytest.raises(Incomplete) as refused:
            receive(unexplained, HANDLER, at(FRI_6_MAR), RULES)
        assert [pointer for pointer, _ in refused.value.errors] == [missing]
    for reason in ({"backdated": "delayed"}, {"backdated": "other", "backdating_reason": "Mektup cuma açıldı."}):
        explained = late.model_copy(update=reason)
        assert begin(receive(explained, HANDLER, at(FRI_6_MAR), RULES)).answer_by == then(received()).answer_by


def test_what_was_taken_for_an_enquiry_at_first_counts_from_the_day_of_the_enquiry() -> None:
    came = {"channel": "phone", "received_at": at(MON_2_MAR), "backdated": "enquiry"}
    ask = c.Submit(submission=a_submission(), reference="7K4M29XRQ3A", **came)  # type: ignore[arg-type]
    complaint = begin(receive(ask, HANDLER, at(FRI_6_MAR), RULES))
    assert (complaint.received_at, complaint.registered_at) == (at(MON_2_MAR), at(FRI_6_MAR))
    assert (complaint.backdated, complaint.answer_by) == ("enquiry", then(received()).answer_by)


def test_assessing_sets_a_priority_that_explains_itself() -> None:
    event = after(received(), (HANDLER, ASSESS.model_copy(update={"safety": "actual"})))[-1]
    assert isinstance(event, e.ComplaintAssessed)
    assert (event.priority, event.priority_reason) == (1, "safety_actual")


def test_every_point_needs_a_finding() -> None:
    two = ASSESS.model_copy(update={"points": (*ASSESS.points, *ASSESS.points)})
    with pytest.raises(Incomplete) as refused:
        after(received(), (HANDLER, two), (HANDLER, INVESTIGATE), (HANDLER, PROPOSE))
    assert refused.value.errors == (("/points", "every_point"),)


def test_a_point_without_a_remedy_says_why_there_is_none() -> None:
    bare = EXPLAIN.points[0].model_copy(update={"no_remedy_reason": None})
    with pytest.raises(Incomplete):
        after(received(), *INVESTIGATED, (HANDLER, EXPLAIN.model_copy(update={"points": (bare,)})))


def test_a_remedy_is_not_promised_for_a_day_that_is_over() -> None:
    with pytest.raises(Incomplete) as refused:
        after(received(), *INVESTIGATED, (HANDLER, PROPOSE), when=at(WED_1_APR))
    assert refused.value.errors == (("/points/0/remedy/due_on", "date_in_past"),)


def test_nobody_approves_their_own_proposal() -> None:
    history = after(received(), *INVESTIGATED, (LEAD, PROPOSE))
    with pytest.raises(NotNow) as refused:
        after(history, (LEAD, APPROVE))
    assert refused.value.reason == "second_person"


def test_a_firm_of_one_person_may_and_it_is_recorded() -> None:
    event = after(after(received(), *INVESTIGATED, (LEAD, PROPOSE)), (LEAD, APPROVE), rules=ALONE)[-1]
    assert isinstance(event, e.ComplaintDecided)
    assert event.approved_alone


def test_a_returned_proposal_goes_back_to_the_investigation() -> None:
    history = after(received(), *PROPOSED, (LEAD, c.Return(words="İkinci kanıt nerede?")))
    assert then(history).state == "investigating"


def test_a_disputed_decision_stays_open() -> None:
    complaint = then(after(received(), *DECIDED, (COMPLAINANT, c.Dispute(medium="tracking_page", words="Hayır."))))
    assert (complaint.state, complaint.disputed) == ("decided", True)


def test_a_disputed_decision_is_looked_at_again_by_others_and_is_not_reopened_by_those_who_made_it() -> None:
    disputed = after(received(), *DECIDED, (COMPLAINANT, c.Dispute(medium="tracking_page")))
    with pytest.raises(NotNow):
        after(disputed, (LEAD, REOPEN))
    again = then(after(disputed, (COMPLAINANT, c.AskReview(medium="tracking_page"))))
    assert (again.state, again.stage, again.cycle, again.disputed) == ("reviewing", 2, 1, False)


def test_a_disputed_decision_may_still_be_accepted_later() -> None:
    history = after(received(), *DECIDED, (COMPLAINANT, c.Dispute(medium="tracking_page")), (COMPLAINANT, ACCEPT))
    assert (then(history).state, then(history).disputed) == ("remedying", False)


def test_the_one_who_carried_a_remedy_out_does_not_verify_it() -> None:
    with pytest.raises(NotNow):
        after(received(), *REMEDYING, (HANDLER, IN_PLACE), (HANDLER, VERIFY))


def test_reopening_starts_new_clocks_and_asks_for_a_new_acknowledgement() -> None:
    history = after(after(received(), *CLOSED), (COMPLAINANT, REOPEN), when=at(WED_1_APR))
    complaint = then(history)
    assert (complaint.state, complaint.cycle, complaint.acknowledged_at) == ("investigating", 2, None)
    assert complaint.answer_by > then(received()).answer_by
    assert letter_owed(history[-1]) == "acknowledgement"


def test_after_ninety_days_only_a_lead_reopens() -> None:
    history, late = after(received(), *CLOSED), at(MON_2_MAR).replace(month=7)
    with pytest.raises(NotNow):
        after(history, (COMPLAINANT, REOPEN), when=late)
    assert then(after(history, (LEAD, REOPEN), when=late)).state == "investigating"


def test_a_bounced_acknowledgement_is_no_acknowledgement_and_becomes_a_task() -> None:
    letter = "000001-acknowledgement"
    complaint = then(
        after(
            received(),
            (SYSTEM, c.Acknowledge(medium="email", letter=letter)),
            (SYSTEM, c.RecordBounce(letter=letter, kind="acknowledgement")),
        )
    )
    assert complaint.acknowledged_at is None
    assert [task.letter for task in complaint.tasks] == ["acknowledgement"]


def test_a_complainant_without_an_address_is_a_task_for_every_letter() -> None:
    history = after(received(email=None, phone="0532 000 00 00"), *DECIDED)
    assert [task.letter for task in then(history).tasks] == ["acknowledgement", "decision"]
    told = after(history, (HANDLER, c.Acknowledge(medium="phone")))
    assert [task.letter for task in then(told).tasks] == ["decision"]


def test_an_auditor_is_offered_nothing() -> None:
    assert moves_open_to(then(received()), AUDITOR, RULES, at(MON_2_MAR, 12)) == ()


def test_every_event_class_is_in_the_union() -> None:
    classes = {one for one in vars(e).values() if isinstance(one, type) and issubclass(one, e.Event)} - {e.Event}
    assert classes == set(get_args(get_args(e.AnyEvent)[0]))
