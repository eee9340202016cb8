"""Two complaints of one person about one matter become one, and two again; nothing that was told is told otherwise."""

from datetime import timedelta
from typing import Any

import pytest

from complaints import commands as c
from complaints import events as e
from complaints.complaint import Complaint
from complaints.history import evolve, fold, letter_owed
from complaints.joining import absorb, same_person, separate
from complaints.lifecycle import decide
from complaints.refusals import NotAllowed, NotNow
from complaints.roles import Person
from tests.builders import COLLEAGUE, COMPLAINANT, HANDLER, LEAD, REVIEWER, RULES, SYSTEM, lived, received, then
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, at
from tests.ways import (
    AGAIN,
    ASSESSED,
    BY_LAWYER,
    CALM,
    CLOSED,
    CONFLICT,
    CONTEST,
    DECIDED,
    DECLINED,
    DISPUTED,
    INVESTIGATING,
    MERGE,
    PAUSE,
    PROMISE,
    RESUME,
    REVIEWING,
    TIME,
    UNMERGE,
)

LATER = at(MON_9_MAR, 12)


def other(history: tuple[e.AnyEvent, ...]) -> Complaint:
    return then(history).model_copy(update={"reference": "OTHER"})


def received_on_friday() -> Complaint:
    return other(received(at(FRI_6_MAR)))


def test_the_earlier_receipt_counts_for_both_and_of_two_days_the_tighter_one() -> None:
    earlier, target = then(lived()), received_on_friday()
    joined = evolve(target, absorb(target, earlier, LEAD, LATER, RULES))
    assert joined.received_at == at(MON_2_MAR)
    assert joined.answer_by == earlier.answer_by < target.answer_by
    assert joined.absorbed == (earlier.reference,)


def test_a_later_one_that_is_joined_makes_no_day_later() -> None:
    target = other(lived())
    later = then(received(at(FRI_6_MAR)))
    joined = evolve(target, absorb(target, later, LEAD, LATER, RULES))
    assert (joined.received_at, joined.answer_by) == (target.received_at, target.answer_by)


def test_what_was_answered_already_leaves_the_day_of_the_other_alone() -> None:
    answered, target = then(lived(*DECIDED)), received_on_friday()
    assert evolve(target, absorb(target, answered, LEAD, LATER, RULES)).answer_by == target.answer_by


def test_a_closed_complaint_takes_no_other_in() -> None:
    with pytest.raises(NotNow) as refused:
        absorb(other(lived(*CLOSED)), then(lived()), LEAD, LATER, RULES)
    assert refused.value.reason == "target_closed"


def test_a_merger_opens_nothing_to_a_representative_of_whom_we_do_not_know_whether_they_may_act() -> None:
    with pytest.raises(NotNow) as refused:
        absorb(other(lived()), then(lived(**BY_LAWYER)), LEAD, LATER, RULES)
    assert refused.value.reason == "authority_unchecked"


HER, NUMBER = {"email": "nermin@example.com"}, {"phone": "0532 123 45 67"}
SAME = {
    "one address": (HER, {"email": "Nermin@example.com "}, True),
    "one number, and one of them is called": ({"email": None, **NUMBER}, HER | NUMBER, True),
    "the letter would go to another address": ({"email": "baska@example.com", **NUMBER}, HER | NUMBER, False),
    "nothing": (HER, {"email": "baska@example.com"}, False),
    "their lawyer, for both": (BY_LAWYER, BY_LAWYER, True),
    "their lawyer is told of what they wrote themselves": (BY_LAWYER, HER, False),
    "one lawyer for two": (BY_LAWYER, BY_LAWYER | {"email": "baska@example.com"}, False),
    "somebody without a name": ({"anonymous": True}, HER, False),
}


@pytest.mark.parametrize("case", SAME)
def test_two_complaints_are_one_persons_where_the_letter_about_it_reaches_both(case: str) -> None:
    one, other, same = SAME[case]
    assert same_person(told(**one), told(**other)) == same


def told(**changes: Any) -> e.Account:
    first = lived(**changes)[0]
    assert isinstance(first, e.ComplaintReceived)
    assert first.words
    return first.words


@pytest.mark.parametrize("shield", [{"complained_about": frozenset({"x"})}, {"confidential": True}], ids=str)
def test_what_is_shielded_does_not_go_on_in_the_open(shield: dict[str, object]) -> None:
    with pytest.raises(NotNow) as refused:
        absorb(other(lived()), then(lived()).model_copy(update=shield), LEAD, LATER, RULES)
    assert refused.value.reason == "more_restricted"


def test_who_may_not_judge_the_one_may_not_judge_both() -> None:
    declined = then(lived(*DECLINED, (COMPLAINANT, CONTEST), (COLLEAGUE, CONFLICT)))
    reviewed = then(lived(*REVIEWING, (REVIEWER, AGAIN)))
    joined = other(lived(*ASSESSED, (HANDLER, c.Investigate(owner="colleague"))))
    for source in (declined, reviewed):
        joined = evolve(joined, absorb(joined, source, LEAD, LATER, RULES))
    assert (joined.conflicted, joined.declined_by) == ({"colleague"}, {"handler", "lead"})
    assert joined.owner is None  # the colleague had it in hand
    assert (joined.took_part, joined.reviewed_by) == ({"handler", "lead", "colleague"}, {"reviewer"})
    apart = evolve(joined, separate(joined, reviewed, LEAD, LATER))
    assert (apart.conflicted, apart.took_part) == (joined.conflicted, joined.took_part)  # they know what they knew


def test_what_was_promised_is_not_merged_away() -> None:
    with pytest.raises(NotNow) as refused:
        lived(*INVESTIGATING, (HANDLER, PROMISE), (LEAD, MERGE))
    assert refused.value.reason == "duty_open"


def test_the_complainant_is_told_where_it_goes_on() -> None:
    history = lived(*INVESTIGATING, (LEAD, MERGE))
    merged = then(history)
    assert [letter for event in history[-2:] if (letter := letter_owed(event))] == ["merged"]
    assert (merged.state, merged.closed_reason, merged.merged_into) == ("closed", "merged", "OTHER")


@pytest.mark.parametrize("way", [INVESTIGATING, DISPUTED], ids=["under way", "disputed"])
def test_separated_again_it_goes_on_where_it_was_with_its_own_clocks_and_tasks(way: tuple[object, ...]) -> None:
    before = fold(lived(*way))  # type: ignore[arg-type]
    back = fold(lived(*way, (LEAD, MERGE), (LEAD, UNMERGE)))  # type: ignore[arg-type]
    assert back.merged_into is None
    for field in ("state", "disputed", "clocks", "tasks", "owner", "cycle", "closed_at", "closed_reason"):
        assert getattr(back, field) == getattr(before, field), field


def test_the_one_that_took_it_in_has_its_own_receipt_back_and_keeps_the_day_that_was_told() -> None:
    earlier, target = then(lived()), received_on_friday()
    joined = evolve(target, absorb(target, earlier, LEAD, LATER, RULES))
    apart = evolve(joined, separate(joined, earlier, LEAD, LATER + timedelta(hours=1)))
    assert (apart.received_at, apart.absorbed, apart.own_received_at) == (at(FRI_6_MAR), (), None)
    assert apart.answer_by == joined.answer_by


def test_merged_while_its_clock_stands_still_it_stands_still_when_it_is_separated() -> None:
    paused = lived(*INVESTIGATING, (HANDLER, PAUSE), (LEAD, MERGE), (LEAD, UNMERGE), rules=CALM)
    assert then(paused).paused_since is not None
    happened = decide(then(paused), RESUME, HANDLER, LATER, CALM)
    assert fold((*paused, *happened)).paused_since is None


def test_while_it_is_joined_no_promise_of_its_own_is_broken() -> None:
    late = at(MON_2_MAR) + timedelta(days=60)
    assert then(lived(*INVESTIGATING, (LEAD, MERGE), (SYSTEM, TIME, late))).broken == frozenset()
    again = lived(*INVESTIGATING, (LEAD, MERGE), (LEAD, UNMERGE, late), (SYSTEM, TIME, late))
    assert "answer" in then(again).broken  # and once it is separated, what was not kept shows


@pytest.mark.parametrize("person", [HANDLER, COMPLAINANT], ids=["handler", "complainant"])
def test_nobody_but_a_lead_joins_or_separates(person: Person) -> None:
    for ask, way in ((MERGE, INVESTIGATING), (UNMERGE, (*INVESTIGATING, (LEAD, MERGE)))):
        with pytest.raises(NotAllowed):
            decide(then(lived(*way)), ask, person, LATER, RULES)
