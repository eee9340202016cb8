"""What the registers of the framework refuse before anybody is told of it."""

from decimal import Decimal
from typing import Any

import pytest

from complaints.framework import Contact, Here, Objective, Objectives, Resources, Telephone, Training, gaps, reached_by
from complaints.objectives import Fact, Measure, Period, months, reached, value
from complaints.roles import Role
from complaints.telephones import rate
from tests.dates import MON_2_MAR, MON_4_MAY, MON_30_MAR, TUE_3_MAR, TUE_24_MAR

HERE = Here("TR", TUE_24_MAR, {"sub-lead": True, "ayşe": True, "gone": False})


@pytest.mark.parametrize(
    ("number", "country", "costs"),
    [
        ("0 800 000 00 00", "TR", "free"),
        ("0 (212) 555 01 23", "TR", "standard"),
        ("444 0 123", "TR", "standard"),
        ("0850 123 45 67", "TR", "standard"),
        ("0900 123 45 67", "TR", "higher"),
        ("0888 123 45 67", "TR", "higher"),
        ("+90 898 765 43 21", "TR", "higher"),
        ("0800 012 3456", "GB", "free"),
        ("0345 678 9000", "GB", "standard"),
        ("0871 234 5678", "GB", "higher"),
        ("0909 879 0000", "GB", "higher"),
        ("+44 (0)909 879 0000", "TR", "higher"),
        ("0044 909 879 0000", "TR", "higher"),
        ("1890 123 456", "IE", "standard"),
        ("1550 123 456", "IE", "higher"),
        ("116 123", "GB", "free"),
        ("118 118", "GB", "higher"),
        ("0118 496 0000", "GB", "standard"),  # a town
        ("+44 116 496 0000", "GB", "standard"),  # another one
        ("1800 123 456", "IE", "free"),
        ("+353 1800 123 456", "GB", "free"),
        ("01 800 1234", "IE", "standard"),  # Dublin
        ("+353 1 524 1234", "IE", "standard"),
        ("1800 123 456", "AU", "free"),
        ("1900 123 456", "AU", "higher"),
        ("+1 900 123 4567", "TR", "standard"),  # no plan says so
    ],
)
def test_what_a_number_costs_is_known_by_how_it_begins(number: str, country: str, costs: str) -> None:
    assert rate(number, country) == costs


def test_a_number_that_costs_more_and_one_that_is_free_in_words_alone_are_refused() -> None:
    contact = Contact(
        telephones=(
            Telephone(number="0800 000 00 00", rate="free"),
            Telephone(number="0900 123 45 67", rate="standard"),
            Telephone(number="0212 555 01 23", rate="free"),
        )
    )
    assert list(contact.wrong(HERE)) == [
        ("/telephones/1/number", "phone_rate"),
        ("/telephones/2/rate", "phone_not_free"),
    ]


def test_before_anybody_has_settled_it_there_is_the_number_of_the_installation() -> None:
    free, normal = reached_by("0 800 000 00 00", "TR"), reached_by("0212 555 01 23", "TR")
    assert (free.phone, free.telephones[0].rate) == ("0 800 000 00 00", "free")
    assert normal.telephones[0].rate == "standard"


# --- objectives ------------------------------------------------------------------------------------------------------


def fact(*broken: str, acknowledged: str | None = None, decided: str | None = None, restricted: bool = False) -> Fact:
    received = "2026-03-02T10:00:00+00:00"
    return Fact(
        received_at=received, acknowledged_at=acknowledged, decided_at=decided, broken=[*broken], restricted=restricted
    )


NEXT_DAY, FOUR_DAYS_ON, TEN_DAYS_ON = (f"2026-03-{day:02d}T10:00:00+00:00" for day in (3, 6, 12))
FACTS = [
    fact(acknowledged=NEXT_DAY, decided=FOUR_DAYS_ON),
    fact("answer", acknowledged=NEXT_DAY, decided=TEN_DAYS_ON),
    fact("acknowledge"),
    fact(acknowledged=NEXT_DAY),
    fact("acknowledge", "answer", acknowledged=TEN_DAYS_ON, decided=TEN_DAYS_ON, restricted=True),
]


@pytest.mark.parametrize(
    ("measure", "found"),
    [("acknowledged_on_time", 75.0), ("answered_on_time", 50.0), ("days_to_answer", 7.0)],
)
def test_what_is_measured_counts_only_what_is_settled_either_way_and_what_everybody_may_know_of(
    measure: Measure, found: float
) -> None:
    assert value(measure, FACTS) == found
    assert value(measure, [fact()]) is None


@pytest.mark.parametrize(
    ("measure", "found", "enough"),
    [
        ("answered_on_time", 95.0, True),
        ("answered_on_time", 94.9, False),
        ("days_to_answer", 95.0, True),
        ("days_to_answer", 95.1, False),
        ("days_to_answer", None, None),
    ],
)
def test_of_a_share_more_is_better_and_of_days_fewer(
    measure: Measure, found: float | None, enough: bool | None
) -> None:
    assert reached(measure, found, 95.0) is enough


@pytest.mark.parametrize(
    ("period", "counted"),
    [
        ("month", ["2026-05"]),
        ("quarter", ["2026-04", "2026-05"]),
        ("year", ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]),
    ],
)
def test_a_period_counts_as_far_as_it_has_come(period: Period, counted: list[str]) -> None:
    assert months(period, MON_4_MAY) == counted


def test_nobody_answers_more_than_all_in_time_and_a_measure_has_one_target_a_period() -> None:
    def objective(measure: Measure, target: int) -> Objective:
        return Objective(measure=measure, target=Decimal(target), period="month", owner="sub-lead")

    wanted = Objectives(
        objectives=(
            objective("answered_on_time", 101),
            objective("days_to_answer", 101),
            objective("answered_on_time", 90),
        )
    )
    assert list(wanted.wrong(HERE)) == [("/objectives/0/target", "above_all"), ("/objectives/2/measure", "twice")]


@pytest.mark.parametrize("sub", ["nobody", "gone"])
def test_an_objective_is_answered_for_by_somebody_who_works_here(sub: str) -> None:
    objective = Objective(measure="days_to_answer", target=Decimal(15), period="month", owner=sub)
    assert list(Objectives(objectives=(objective,)).wrong(HERE)) == [("/objectives/0/owner", "choice_required")]


# --- resources -------------------------------------------------------------------------------------------------------


def resources(**given: Any) -> Resources:
    return Resources(needed={Role.HANDLER: 2, Role.REVIEWER: 1}, **given)


def test_what_is_missing_is_measured_against_the_people_who_work_here() -> None:
    staff = {"ayşe": frozenset({"handler", "reviewer"}), "burak": frozenset({"lead"}), "can": frozenset({"lead"})}
    trainings = (
        Training(sub="ayşe", course="ISO 10002", on=MON_2_MAR, valid_until=TUE_24_MAR),
        Training(sub="burak", course="ISO 10002", on=MON_2_MAR),
        Training(sub="can", course="ISO 10002", on=MON_4_MAY),  # planned
    )
    before, after = (gaps(resources(trainings=trainings), staff, day) for day in (TUE_24_MAR, MON_30_MAR))
    assert before.vacant == {"handler": 1}
    assert (before.untrained, after.untrained) == (("can",), ("ayşe", "can"))


def test_a_course_counts_for_a_while_after_it_was_taken_and_a_complainant_has_no_post() -> None:
    course = Training(sub="ayşe", course="ISO 10002", on=TUE_3_MAR, valid_until=MON_2_MAR)
    wrong = Resources(needed={Role.COMPLAINANT: 1}, trainings=(course,))
    assert list(wrong.wrong(HERE)) == [
        ("/needed/complainant", "choice_required"),
        ("/trainings/0/valid_until", "not_later"),
    ]


def test_a_course_stays_on_record_after_whoever_took_it_has_gone_and_nobody_else_has_one() -> None:
    taken = tuple(Training(sub=sub, course="ISO 10002", on=MON_2_MAR) for sub in ("ayşe", "gone", "nobody"))
    assert list(resources(trainings=taken).wrong(HERE)) == [("/trainings/2/sub", "choice_required")]
