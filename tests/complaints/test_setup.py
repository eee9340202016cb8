"""Setting up ticks itself: each fact moves the condition that it is about, and no other."""

from dataclasses import replace
from typing import Any

import pytest

from complaints.setup import STEPS, Condition, Facts, conditions, steps

NOTHING = Facts(
    staff={},
    alone=False,
    rules_settled=False,
    hours_told=False,
    address_told=False,
    on_call=False,
    resources=False,
    vacant=False,
    untrained=False,
    approved=frozenset(),
    unread=frozenset(),
    words_missing=False,
    objectives=0,
    closed=0,
)
STAFF = {
    "ayşe": frozenset({"handler"}),
    "burak": frozenset({"lead"}),
    "can": frozenset({"management-representative", "reviewer"}),
}
EVERYTHING = replace(
    NOTHING,
    staff=STAFF,
    rules_settled=True,
    hours_told=True,
    address_told=True,
    on_call=True,
    resources=True,
    approved=frozenset({"commitment", "policy"}),
    objectives=1,
    closed=1,
)


def missing(facts: Facts) -> set[Condition]:
    return {name for name, met in conditions(facts).items() if not met}


def test_where_nothing_is_there_nothing_is_done_and_the_order_is_that_of_the_standard() -> None:
    found = steps(NOTHING)
    assert [one.name for one in found] == [*STEPS]
    assert not any(one.done for one in found)
    assert missing(NOTHING) == {name for names in STEPS.values() for name in names}


def test_where_everything_is_there_only_what_happens_outside_stays_open() -> None:
    assert missing(EVERYTHING) == set()
    assert [one.name for one in steps(EVERYTHING) if not one.done] == ["audit", "review", "application"]


@pytest.mark.parametrize(
    ("changes", "falls"),
    [
        ({"rules_settled": False}, {"rules_settled", "words_copied"}),
        ({"hours_told": False}, {"hours_told"}),
        ({"address_told": False}, {"address_told"}),
        ({"on_call": False}, {"on_call"}),
        ({"resources": False}, {"posts_filled", "everybody_trained"}),
        ({"vacant": True}, {"posts_filled"}),
        ({"untrained": True}, {"everybody_trained"}),
        ({"approved": frozenset({"policy"})}, {"commitment_signed", "commitment_read"}),
        ({"approved": frozenset({"commitment"})}, {"policy_approved", "policy_read"}),
        ({"unread": frozenset({"policy"})}, {"policy_read"}),
        ({"words_missing": True}, {"words_copied"}),
        ({"objectives": 0}, {"objective_set"}),
        ({"closed": 0}, {"complaint_closed"}),
    ],
)
def test_each_fact_moves_what_it_is_about(changes: dict[str, Any], falls: set[Condition]) -> None:
    assert missing(replace(EVERYTHING, **changes)) == falls


@pytest.mark.parametrize(
    ("staff", "falls"),
    [
        ({"ayşe", "burak"}, {"representative", "reviewer"}),
        ({"ayşe", "can"}, {"two_handlers", "reviewer"}),
        ({"burak"}, {"representative", "two_handlers", "approver", "reviewer"}),
    ],
)
def test_who_proposes_approves_and_reviews_are_three_people(staff: set[str], falls: set[Condition]) -> None:
    here = {sub: roles for sub, roles in STAFF.items() if sub in staff}
    assert missing(replace(EVERYTHING, staff=here)) == falls


def test_in_a_firm_of_one_person_that_one_is_everybody() -> None:
    one = {"ayşe": frozenset({"handler", "lead", "management-representative"})}
    assert missing(replace(EVERYTHING, staff=one, alone=True)) == set()
