"""What a queue is narrowed to."""

from datetime import date, datetime, timedelta

import pytest

from complaints.complaint import Complaint
from complaints.report import Filter
from tests.builders import ASSESS, COLLEAGUE, HANDLER, INVESTIGATE, RULES, after, assess, received, rules_under, then
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, SAT_7_MAR, TUE_3_MAR, at

DANGEROUS = ASSESS.model_copy(update={"severity": 4, "safety": "actual"})
FRESH = then(received(safety_risk=True))
GRAVE = then(after(received(), (HANDLER, DANGEROUS)))
TWO_PACKS = rules_under("ISO-BASE", "TR-TUKETICI")
IN_HAND = then(after(received(), (HANDLER, assess("TR-TUKETICI", None)), (HANDLER, INVESTIGATE), rules=TWO_PACKS))
ANONYMOUS = then(received(name=None, email=None, anonymous=True))
ALL = {"fresh": FRESH, "grave": GRAVE, "in hand": IN_HAND, "anonymous": ANONYMOUS}


@pytest.mark.parametrize(
    ("asked", "fit"),
    [
        (Filter(), {*ALL}),
        (Filter(priority="1"), {"grave"}),
        (Filter(priority="none"), {"fresh", "anonymous"}),
        (Filter(category=3), {"grave", "in hand"}),
        (Filter(category=4), set()),
        (Filter(owner="handler"), {"in hand"}),
        (Filter(owner=COLLEAGUE.actor.id), set()),
        (Filter(owner="none"), {"fresh", "grave", "anonymous"}),
        (Filter(channel="web"), {*ALL}),
        (Filter(channel="phone"), set()),
        (Filter(pack="TR-TUKETICI"), {"in hand"}),
        (Filter(pack="ISO-BASE"), {*ALL}),
        (Filter(flag="safety"), {"fresh"}),
        (Filter(flag="anonymous"), {"anonymous"}),
        (Filter(owner="none", category=3), {"grave"}),
    ],
    ids=lambda one: str(one) if isinstance(one, Filter) else "",
)
def test_what_fits_all_of_it_stays(asked: Filter, fit: set[str]) -> None:
    assert {name for name, one in ALL.items() if asked.fits(one, at(MON_2_MAR), RULES)} == fit


def due(complaint: Complaint, now: datetime) -> list[str]:
    """Which of the three the next promise is."""
    choices = ("today", "week", "late")
    return [one for one in choices if Filter(due=one).fits(complaint, now, RULES)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received_on", "now", "found"),
    [
        (MON_2_MAR, at(MON_2_MAR), ["week"]),  # to be acknowledged by the end of Tuesday
        (MON_2_MAR, at(TUE_3_MAR), ["today", "week"]),
        (MON_2_MAR, at(TUE_3_MAR, 20), ["today", "week"]),
        (MON_2_MAR, at(FRI_6_MAR), ["late"]),
        (FRI_6_MAR, at(FRI_6_MAR), []),  # by the end of Monday, which is next week
        (FRI_6_MAR, at(SAT_7_MAR) + timedelta(days=1), []),
        (FRI_6_MAR, at(MON_9_MAR), ["today", "week"]),
    ],
)
def test_today_and_this_week_are_days_of_the_organisation(received_on: date, now: datetime, found: list[str]) -> None:
    assert due(then(received(at(received_on))), now) == found


def test_what_has_no_promise_is_due_on_no_day() -> None:
    settled = IN_HAND.model_copy(update={"clocks": ()})
    assert due(settled, at(TUE_3_MAR)) == []
