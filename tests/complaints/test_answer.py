"""Our answer is what was approved and sent, and never what somebody has only proposed."""

from complaints import events as e
from complaints.answer import approved, last_answer
from tests.builders import APPROVE, HANDLER, LEAD, REVIEWER, lived
from tests.ways import (
    AGAIN_WITH_REMEDY,
    AWARD,
    BACK,
    DECIDED,
    DECIDING,
    OUTSIDE,
    REVIEWING,
)

ANOTHER = AGAIN_WITH_REMEDY.model_copy(update={"effect": None})


def proposals(history: tuple[e.AnyEvent, ...]) -> list[int]:
    """The versions of the proposals in a history."""
    return [one.version for one in history if isinstance(one, e.DecisionProposed)]


def test_what_was_proposed_and_never_approved_is_nobodys_answer() -> None:
    assert approved(()) == ()
    assert proposals(approved(lived(*DECIDING))) == []
    assert len(proposals(approved(lived(*DECIDED)))) == 1


def test_of_several_proposals_the_approved_one_is_the_answer() -> None:
    history = lived(*DECIDING, (HANDLER, ANOTHER), (LEAD, APPROVE))
    first, second = proposals(history)
    assert proposals(approved(history)) == [second]
    returned = lived(*DECIDING, (LEAD, BACK), (HANDLER, ANOTHER), (LEAD, APPROVE))
    assert proposals(approved(returned)) == proposals(returned)[1:]
    assert first < second


def test_nothing_else_is_left_out() -> None:
    history = lived(*DECIDING, (HANDLER, ANOTHER), (LEAD, APPROVE))
    assert [one for one in history if not isinstance(one, e.DecisionProposed)] == [
        one for one in approved(history) if not isinstance(one, e.DecisionProposed)
    ]


def test_a_second_answer_that_is_only_proposed_leaves_the_first_one_standing() -> None:
    """Whatever an outside body says meanwhile: what it did not decide is as we answered it."""
    first = last_answer(lived(*DECIDED))
    proposed = (*REVIEWING, (REVIEWER, AGAIN_WITH_REMEDY))
    assert first
    assert last_answer(lived(*proposed)) == first
    (awarded,) = last_answer(lived(*proposed, (LEAD, OUTSIDE), (LEAD, AWARD))) or ()
    assert (awarded.reasons, awarded.remedy and awarded.remedy.kind) == (first[0].reasons, "refund")
