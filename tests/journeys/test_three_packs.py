"""One complaint with three points under three packs: each clock right, and the letters name the right way out."""

from datetime import date
from typing import Any

import pytest

from complaints.rules import Organisation
from tests.dates import MON_2_MAR, TUE_3_MAR, at
from tests.journeys.steps import APPROVAL, ASSESSMENT
from tests.world import HANDLER, LEAD, World

WED_18_MAR = date(2026, 3, 18)
POINTS = [
    {"title": "Kart aidatı iki kez alındı", "category": 9, "pack": "TR-BANKA/card"},
    {"title": "Kişisel verim başkasıyla paylaşıldı", "category": 14, "pack": "TR-KVKK"},
    {"title": "Fırının camı kırıldı", "category": 3, "pack": "TR-TUKETICI", "value": "34990.00"},
]
PROPOSAL = {
    "cause": "PRC",
    "improvement_needed": False,
    "no_conflict": True,
    "points": [
        {"number": n, "finding": "not_upheld", "reasons": "Kayıtlarda bir hata yok.", "no_remedy_reason": "Gerek yok."}
        for n in (1, 2, 3)
    ],
}


@pytest.fixture
def bank(aws: None) -> World:
    return World(at(MON_2_MAR), organisation=Organisation(packs=("TR-BANKA", "TR-KVKK", "TR-TUKETICI")))


def assessed(world: World) -> str:
    reference: str = world.submit()["reference"]
    world.settle()
    world.now = at(TUE_3_MAR)
    world.move(HANDLER, reference, "assess", {**ASSESSMENT, "points": POINTS})
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    return reference


def answers(world: World, reference: str) -> dict[int, str]:
    promises = world.case(HANDLER, reference)["promises"]
    return {one["point"]: one["due_on"] for one in promises if one["promise"] == "answer"}


def last_letter(world: World) -> str:
    *_, (_, mail, _) = world.mailbox.sent
    text: Any = mail.get_body(("plain",))
    return str(text.get_content())


def test_each_point_has_the_clock_of_its_pack_and_says_why(bank: World) -> None:
    reference = assessed(bank)
    assert answers(bank, reference) == {1: "2026-03-22", 2: "2026-04-01", 3: "2026-03-16"}
    promises = bank.case(HANDLER, reference)["promises"]
    why = {one["point"]: one["why"]["tr"][-1] for one in promises if one["promise"] == "answer"}
    assert why[1] == "alındı 2 Mar 2026 Pzt, 20 gün, TR-BANKA/card v1 → 22 Mar 2026 Paz"
    assert why[2] == "alındı 2 Mar 2026 Pzt, 30 gün, TR-KVKK v1 → 1 Nis 2026 Çar"


def test_the_decision_names_for_each_point_the_right_body_and_its_last_day(bank: World) -> None:
    reference = assessed(bank)
    bank.now = at(date(2026, 3, 12))
    bank.move(HANDLER, reference, "propose", PROPOSAL)
    bank.move(LEAD, reference, "approve", APPROVAL)
    letter = last_letter(bank)
    assert "Türkiye Bankalar Birliği Bireysel Müşteri Hakem Heyeti" in letter
    assert "11 Mayıs 2026" in letter  # sixty days after the answer of 12 March
    assert "Kişisel Verileri Koruma Kurul" in letter
    assert "11 Nisan 2026" in letter  # thirty days after it
    assert "Tüketici Hakem Heyeti" in letter
    assert "(2026: 186.000,00 TL)" in letter
    assert "Tüketici Mahkemesi" not in letter  # 34,990 TL is below the year's limit


def test_a_late_answer_tells_at_once_where_else_to_go(bank: World) -> None:
    reference = assessed(bank)
    bank.wind(WED_18_MAR)
    letter = last_letter(bank)
    assert "16 Mart 2026" in letter
    assert "Tüketici Hakem Heyeti" in letter
    assert [one["missed"] for one in bank.case(HANDLER, reference)["promises"] if one["point"] == 3] == [True]


def test_putting_off_one_point_moves_that_point_alone_and_tells_the_new_day(bank: World) -> None:
    reference = assessed(bank)
    late = {"points": [1], "until": None, "reason": "Kart kuruluşunun yanıtını bekliyoruz."}
    bank.move(LEAD, reference, "extend", late)
    assert answers(bank, reference) == {1: "2026-04-01", 2: "2026-04-01", 3: "2026-03-16"}
    letter = last_letter(bank)
    assert "1 Nisan 2026" in letter
    assert "Kart kuruluşunun yanıtını bekliyoruz." in letter
    bank.move(LEAD, reference, "extend", {**late, "points": [2]}, status=409)  # the law on personal data gives none
