"""The register of leave."""

from datetime import date

import pytest

from adapters.absences import Absence, Absences
from tests.dates import FRI_6_MAR, MON_2_MAR, MON_9_MAR, SAT_7_MAR, TUE_3_MAR, at
from tests.world import World


@pytest.fixture
def absences(aws: None) -> Absences:
    return World(at(MON_2_MAR)).absences


def away(sub: str, first: date, until: date, deputy: str) -> Absence:
    return Absence(sub=sub, first=first, until=until, deputy=deputy, by="lead")


def test_somebody_who_is_there_acts_for_themselves(absences: Absences) -> None:
    assert absences.stand_in("ayşe", TUE_3_MAR) == "ayşe"


@pytest.mark.parametrize(
    ("day", "acts"), [(MON_2_MAR, "ayşe"), (TUE_3_MAR, "burak"), (FRI_6_MAR, "burak"), (SAT_7_MAR, "ayşe")]
)
def test_the_first_day_and_the_last_are_days_of_absence(absences: Absences, day: date, acts: str) -> None:
    absences.add(away("ayşe", TUE_3_MAR, FRI_6_MAR, "burak"))
    assert absences.stand_in("ayşe", day) == acts


def test_a_deputy_who_is_away_too_has_a_deputy_and_there_it_ends(absences: Absences) -> None:
    absences.add(away("ayşe", TUE_3_MAR, FRI_6_MAR, "burak"))
    absences.add(away("burak", TUE_3_MAR, TUE_3_MAR, "ceyda"))
    absences.add(away("ceyda", TUE_3_MAR, TUE_3_MAR, "deniz"))
    assert absences.stand_in("ayşe", TUE_3_MAR) == "ceyda"
    assert absences.stand_in("ayşe", FRI_6_MAR) == "burak"


def test_an_absence_is_entered_once_and_struck_out_by_its_id(absences: Absences) -> None:
    entered = away("ayşe", TUE_3_MAR, FRI_6_MAR, "burak")
    assert absences.add(entered)
    assert not absences.add(away("ayşe", TUE_3_MAR, MON_9_MAR, "ceyda"))
    assert absences.all() == [entered]
    absences.remove(entered.id)
    absences.remove(entered.id)
    assert absences.all() == []
