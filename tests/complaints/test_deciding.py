"""7.7 and 7.8: every point gets its answer, others agree to it, and it is told at once."""

from typing import Any

import pytest
from pydantic import ValidationError

from complaints import commands as c
from complaints.complaint import SUMS, Complaint, Finding, Remedy
from complaints.deadlines import wakes_at
from complaints.history import evolve, letter_owed
from complaints.lifecycle import decide
from complaints.refusals import Incomplete, NotNow
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
    LEAD,
    MANAGER,
    OTHER_LEAD,
    PROPOSE,
    REVIEWER,
    RULES,
    SYSTEM,
    TOP,
    lived,
    then,
)  # fmt: skip
from tests.dates import MON_2_MAR, MON_9_MAR, TUE_3_MAR, TUE_17_MAR, WED_1_APR, at
from tests.ways import (
    AGAIN,
    ASSESSED,
    CONFLICT,
    DECIDED,
    DECIDING,
    EARLY,
    INVESTIGATING,
    NAMED,
    NAMELESS,
    NOON,
    REVIEWING,
)

TWO = ASSESS.model_copy(update={"points": (*ASSESS.points, c.PointTitle(title="Servis gelmedi", category=2))})
IN_DAYS = {"due_on": TUE_3_MAR}


def promising(*remedies: dict[str, Any]) -> c.Propose:
    """A proposal with one remedy on each point."""
    points = tuple(
        PROPOSE.points[0].model_copy(update={"number": number, "remedy": c.ProposedRemedy.model_validate(remedy)})
        for number, remedy in enumerate(remedies, 1)
    )
    return PROPOSE.model_copy(update={"points": points})


def refund(amount: str | None, currency: str | None = "TRY", **more: Any) -> dict[str, Any]:
    return {"kind": "refund", "amount": amount, "currency": currency, **more}


def costing(amount: str) -> c.Propose:
    return promising(refund(amount, **IN_DAYS))


def early(ask: c.Propose) -> c.ResolveEarly:
    return c.ResolveEarly(medium="counter", **ask.model_dump(exclude={"effect"}))


@pytest.mark.parametrize("command", [c.Approve, c.ConfirmDecline])
def test_whoever_judges_says_each_time_that_they_have_no_tie(command: Any) -> None:
    for said in ({}, {"no_conflict": False}):
        with pytest.raises(ValidationError):
            command(**said)


def test_of_what_is_upheld_it_is_said_why_an_improvement_is_needed_or_none() -> None:
    for needed in (True, False):
        silent = PROPOSE.model_copy(update={"improvement_needed": needed, "improvement_reason": None})
        with pytest.raises(Incomplete) as refused:
            lived(*INVESTIGATING, (HANDLER, silent))
        assert refused.value.errors == (("/improvement_reason", "required"),)
    assert EXPLAIN.improvement_reason is None
    assert then(lived(*INVESTIGATING, (HANDLER, EXPLAIN))).state == "deciding"


def test_an_improvement_that_is_needed_comes_by_a_corrective_action() -> None:
    for ask in (PROPOSE, EXPLAIN):
        silent = ask.model_copy(update={"improvement_needed": True, "corrective_action": None})
        with pytest.raises(Incomplete) as refused:
            lived(*INVESTIGATING, (HANDLER, silent))
        assert ("/corrective_action", "required") in refused.value.errors
    needless = PROPOSE.model_copy(update={"improvement_needed": False})
    for ask, action in ((PROPOSE, PROPOSE.corrective_action), (needless, None)):
        proposed = lived(*INVESTIGATING, (HANDLER, ask))[-1]
        assert proposed.words and proposed.words.corrective_action == action


# --- others whom the same fault has hit ---

OTHERS = {"others": c.Others(words="Aynı partiyi alan 40 kişi.", due_on=MON_9_MAR)}
FOR_OTHERS = EXPLAIN.model_copy(update=OTHERS)


def test_once_it_is_approved_and_not_before_the_remedy_is_offered_to_others_by_a_day() -> None:
    proposed = lived(*INVESTIGATING, (HANDLER, FOR_OTHERS))
    assert not then(proposed).tasks
    [event] = decide(then(proposed), APPROVE, LEAD, at(MON_2_MAR, 12), RULES)
    decided = evolve(then(proposed), event)
    assert [task.kind for task in decided.tasks] == ["others"]
    assert RULES.calendar.day_of(decided.due_of("task") or NOON) == MON_9_MAR
    early = EARLY.model_copy(update=OTHERS)
    assert [task.kind for task in then(lived(*ASSESSED, (HANDLER, early))).tasks] == ["others"]


def test_approved_late_it_is_due_from_then_on_and_what_was_proposed_anew_takes_its_place() -> None:
    proposed = then(lived(*INVESTIGATING, (HANDLER, FOR_OTHERS)))
    decided = evolve(proposed, decide(proposed, APPROVE, LEAD, at(TUE_17_MAR), RULES)[-1])
    assert RULES.calendar.day_of(decided.due_of("task") or NOON) == TUE_17_MAR
    assert not then(lived(*INVESTIGATING, (HANDLER, FOR_OTHERS), (HANDLER, EXPLAIN), (LEAD, APPROVE))).tasks


def test_what_is_done_for_others_is_watched_also_when_the_complaint_is_closed() -> None:
    history = lived(*INVESTIGATING, (HANDLER, FOR_OTHERS), (LEAD, APPROVE), (COMPLAINANT, ACCEPT))
    complaint = then(history)
    assert complaint.state == "closed"
    assert (wakes_at(complaint, RULES) or NOON) > NOON
    missed = decide(complaint, c.KeepTime(), SYSTEM, at(TUE_17_MAR), RULES)
    assert "PromiseBroken" in {event.type for event in missed}
    done = lived(*INVESTIGATING, (HANDLER, FOR_OTHERS), (LEAD, APPROVE), (COMPLAINANT, ACCEPT),
                 (HANDLER, c.FinishTask(task=complaint.tasks[0].id)))  # fmt: skip
    assert (then(done).tasks, wakes_at(then(done), RULES)) == ((), None)


@pytest.mark.parametrize(
    ("amount", "who"), [("25000", LEAD), ("100000", MANAGER), ("100000.01", TOP)], ids=["lead", "manager", "top"]
)
def test_each_approves_as_much_as_their_role_may_spend_and_top_management_anything(amount: str, who: Any) -> None:
    proposed = (*INVESTIGATING, (HANDLER, costing(amount)))
    assert then(lived(*proposed, (who, APPROVE))).state == "decided"


@pytest.mark.parametrize(("amount", "who"), [("25000.01", LEAD), ("100000.01", MANAGER)], ids=["lead", "manager"])
def test_one_kuruş_more_needs_somebody_higher(amount: str, who: Any) -> None:
    with pytest.raises(NotNow) as refused:
        lived(*INVESTIGATING, (HANDLER, costing(amount)), (who, APPROVE))
    assert refused.value.reason == "above_limit"


@pytest.mark.parametrize("kind", sorted(SUMS))
def test_what_is_a_sum_of_money_says_how_much_in_which_currency_and_by_when(kind: str) -> None:
    """So nothing that costs money gets past the limits of the roles, and nothing is promised that no task watches."""
    with pytest.raises(Incomplete) as refused:
        lived(*INVESTIGATING, (HANDLER, promising({"kind": kind})))
    assert refused.value.errors == (
        ("/points/0/remedy/amount", "required"),
        ("/points/0/remedy/due_on", "required"),
    )
    with pytest.raises(Incomplete) as unnamed:
        lived(*INVESTIGATING, (HANDLER, promising({"kind": kind, "amount": "5", **IN_DAYS})))
    assert unnamed.value.errors == (("/points/0/remedy/currency", "required"),)


@pytest.mark.parametrize("kind", sorted(set(Remedy) - SUMS))
def test_what_is_to_be_done_says_by_when_and_what_the_letter_itself_gives_does_not(kind: Remedy) -> None:
    """A remedy without a day is nobody's task, and nobody verifies it."""
    given = {Remedy.APOLOGY, Remedy.INFORMATION_EXPLANATION, Remedy.REFERRAL}
    asked = (*INVESTIGATING, (HANDLER, promising({"kind": kind})))
    if kind in given:
        assert then(lived(*asked)).state == "deciding"
        return
    with pytest.raises(Incomplete) as refused:
        lived(*asked)
    assert refused.value.errors == (("/points/0/remedy/due_on", "required"),)
    assert then(lived(*ASSESSED, (FRONT_LINE, early(promising({"kind": kind}))))).state == "closed"  # done on the spot


def test_what_is_settled_at_once_is_paid_at_once_but_says_how_much() -> None:
    with pytest.raises(Incomplete) as refused:
        lived(*ASSESSED, (FRONT_LINE, early(promising({"kind": "goodwill"}))))
    assert refused.value.errors == (("/points/0/remedy/amount", "required"),)


@pytest.mark.parametrize("person", [LEAD, MANAGER], ids=["lead", "manager"])
def test_sums_in_two_currencies_do_not_add_up_and_need_whoever_has_no_limit(person: Any) -> None:
    """However small each of them is: together they could be more than either limit."""
    small = promising(refund("900", **IN_DAYS), refund("900", "EUR", **IN_DAYS))
    proposed = ((HANDLER, TWO), *INVESTIGATING[1:], (HANDLER, small))
    with pytest.raises(NotNow) as refused:
        lived(*proposed, (person, APPROVE))
    assert refused.value.reason == "above_limit"
    assert then(lived(*proposed, (TOP, APPROVE))).state == "decided"


def test_one_limit_holds_for_all_points_together() -> None:
    halves = promising(refund("12500", **IN_DAYS), refund("12500.01", **IN_DAYS))
    with pytest.raises(NotNow) as refused:
        lived((HANDLER, TWO), *INVESTIGATING[1:], (HANDLER, halves), (LEAD, APPROVE))
    assert refused.value.reason == "above_limit"


def test_the_amount_of_a_remedy_is_kept_once_beside_the_finding() -> None:
    """In the clear, because whoever may approve it is worked out from it, also where the words have been erased."""
    event = lived(*INVESTIGATING, (HANDLER, costing("900")))[-1]
    assert event.type == "DecisionProposed"
    assert (event.points[0].amount, event.points[0].currency) == (900, "TRY")
    assert "900" not in event.words.model_dump_json()


def test_the_front_line_puts_right_on_the_spot_what_costs_little() -> None:
    history = lived(*ASSESSED, (FRONT_LINE, early(promising(refund("500")))))
    assert then(history).closed_reason == "accepted"
    assert [letter for event in history[1:] if (letter := letter_owed(event))] == ["decision"]  # and no closing letter


def test_settled_early_the_complaint_comes_back_as_assessed_and_can_be_taken_up() -> None:
    """Nobody owned it; its points are known: it is not assessed a second time."""
    back = then(lived(*ASSESSED, (FRONT_LINE, EARLY), (COMPLAINANT, c.Reopen(words="Olmadı."))))
    assert (back.state, back.cycle) == ("assessed", 2)
    steps = (*ASSESSED, (FRONT_LINE, EARLY), (COMPLAINANT, c.Reopen(words="Olmadı.")))
    assert then(lived(*steps, (LEAD, c.Investigate(owner="handler")))).state == "investigating"


def test_an_answer_that_is_late_says_why() -> None:
    history = (*INVESTIGATING, (HANDLER, EXPLAIN))
    with pytest.raises(Incomplete) as refused:
        lived(*history, (LEAD, APPROVE, at(WED_1_APR)))
    assert refused.value.errors == (("/late_reason", "required"),)
    told = APPROVE.model_copy(update={"late_reason": "Rapor geç geldi."})
    assert then(lived(*history, (LEAD, told, at(WED_1_APR)))).state == "decided"


def test_a_proposal_is_replaced_by_the_next_and_whoever_made_that_one_does_not_approve_it() -> None:
    with pytest.raises(NotNow) as refused:
        lived(*DECIDING, (LEAD, PROPOSE), (LEAD, APPROVE))
    assert refused.value.reason == "second_person"
    assert then(lived(*DECIDING, (LEAD, PROPOSE), (OTHER_LEAD, APPROVE))).points[0].finding == "upheld"


def test_the_proposal_of_somebody_with_a_tie_is_made_anew_by_another() -> None:
    tied = (*DECIDING, (HANDLER, CONFLICT))
    with pytest.raises(NotNow) as refused:
        lived(*tied, (LEAD, APPROVE))
    assert refused.value.reason == "conflict_of_proposer"
    assert then(lived(*tied, (COLLEAGUE, EXPLAIN), (LEAD, APPROVE))).state == "decided"


def test_whoever_is_named_after_the_proposal_is_heard_before_it_is_approved() -> None:
    named = (*DECIDING, (LEAD, NAMED))
    heard = c.HearStaff(who="colleague", told_on=MON_2_MAR)
    assert then(lived(*named, (LEAD, heard), (LEAD, APPROVE))).state == "decided"


def test_from_a_decision_on_a_reply_is_awaited_but_not_from_the_anonymous() -> None:
    assert "reply" in {clock.promise for clock in then(lived(*DECIDED)).running}
    assert then(lived(*DECIDED, **NAMELESS)).running == ()


def test_the_second_look_says_what_becomes_of_the_first_answer_and_the_first_says_nothing_of_it() -> None:
    with pytest.raises(Incomplete):
        lived(*REVIEWING, (REVIEWER, EXPLAIN))
    with pytest.raises(Incomplete):
        lived(*INVESTIGATING, (HANDLER, AGAIN))


def test_in_a_firm_of_one_person_history_says_that_they_agreed_with_themselves() -> None:
    event = lived(*INVESTIGATING, (LEAD, EXPLAIN), (LEAD, APPROVE), rules=ALONE)[-1]
    assert event.type == "ComplaintDecided"
    assert event.approved_alone


def outcome(complaint: Complaint, *findings: str) -> str | None:
    points = tuple(
        complaint.points[0].model_copy(update={"number": number, "finding": Finding(finding)})
        for number, finding in enumerate(findings, 1)
    )
    return complaint.model_copy(update={"points": points}).outcome


@pytest.mark.parametrize(("findings", "whole"), [
    (("upheld", "upheld"), "upheld"), (("upheld", "not_upheld"), "partly_upheld"),
    (("partly_upheld", "undetermined"), "partly_upheld"), (("not_upheld", "not_upheld"), "not_upheld"),
    (("not_upheld", "undetermined"), "not_upheld"), (("undetermined",), "undetermined"),
    (("resolved_without_finding", "resolved_without_finding"), "resolved_without_finding"), ((), None),
])  # fmt: skip
def test_the_outcome_is_what_the_findings_amount_to(findings: tuple[str, ...], whole: str | None) -> None:
    assert outcome(then(lived(*DECIDED, (COMPLAINANT, ACCEPT))), *findings) == whole


def test_a_point_without_a_finding_leaves_the_outcome_open() -> None:
    assert then(lived(*INVESTIGATING)).outcome is None
    assert RULES.organisation.limits["lead"]["TRY"] == 25_000  # what the limits above are counted from
