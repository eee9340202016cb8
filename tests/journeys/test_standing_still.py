"""A clock that may stand still: the complainant is told, and the reply over the web form lets it run again."""

from datetime import date

import pytest

from complaints.rules import Organisation
from tests.builders import PATIENT
from tests.dates import FRI_6_MAR, MON_2_MAR, TUE_3_MAR, at
from tests.journeys.steps import ASSESSMENT
from tests.world import HANDLER, World

MON_6_APR = date(2026, 4, 6)
ONE = {**ASSESSMENT, "points": [{"title": "Fatura yanlış", "category": 9, "pack": "BIZIM"}]}
PAUSE = {"points": [1], "category": "waiting_for_complainant", "since": None, "reason": "Faturayı bekliyoruz."}


@pytest.fixture
def patient(aws: None) -> World:
    return World(at(MON_2_MAR), organisation=Organisation(packs=("BIZIM",), own_packs=(PATIENT,)))


def test_trap_a_reply_through_the_web_form_does_not_restart_the_clock(patient: World) -> None:
    receipt = patient.submit()
    reference = receipt["reference"]
    patient.settle()
    patient.now = at(TUE_3_MAR)
    patient.move(HANDLER, reference, "assess", ONE)
    patient.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    patient.now = at(FRI_6_MAR)
    patient.move(HANDLER, reference, "pause", PAUSE)
    headers, seen = patient.open(receipt)
    assert (seen["whose_move"], seen["paused_on"]) == ("yours", "2026-03-06")

    patient.wind(MON_6_APR)
    headers, _ = patient.open(receipt)
    message = {"id": patient.key(), "words": "Fatura ekte."}
    answer = patient.public.post("/api/public/track/messages", json=message, headers=headers)
    assert answer.status_code in {200, 201}, answer.text
    patient.settle()
    case = patient.case(HANDLER, reference)
    (clock,) = [one for one in case["promises"] if one["promise"] == "answer"]
    assert (clock["paused_since"], clock["due_on"], clock["missed"]) == (None, "2026-04-14", False)
    assert "stood still from Fri 6 Mar 2026" in clock["why"]["en"][-1]
