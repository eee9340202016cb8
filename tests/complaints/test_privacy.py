"""What the law asks of whoever keeps personal data elsewhere, counted on the country's own working days."""

from datetime import date, timedelta
from typing import Any

import pytest

from complaints.calendar import load
from complaints.framework import Here, Privacy
from complaints.privacy import hosting
from complaints.rules import Organisation, Rules
from tests.builders import RULES

WORDS = {"tr": "Şikâyetleri incelemek", "en": "To look into complaints"}
SIGNED_ON_A_WEDNESDAY = date(2026, 4, 15)
WED_22_APR, FRI_24_APR = date(2026, 4, 22), date(2026, 4, 24)  # Thursday the 23rd is a holiday in Turkey
IRELAND = Rules(Organisation(), load("IE"))


def kept(country: str = "DE", **changes: Any) -> Privacy:
    content = {"purposes": [{"what": WORDS, "basis": "obligation"}], "place": WORDS, "country": country}
    return Privacy.model_validate({**content, **changes})


def contract(signed_on: date | None = SIGNED_ON_A_WEDNESDAY, notified_on: date | None = None) -> dict[str, Any]:
    return {"transfer": {"mechanism": "standard_contract", "signed_on": signed_on, "notified_on": notified_on}}


def wrong(content: Privacy, home: str = "TR") -> list[tuple[str, str]]:
    return list(content.wrong(Here(home, FRI_24_APR, {})))


def test_what_has_not_happened_yet_is_no_day_of_a_contract() -> None:
    saturday = FRI_24_APR + timedelta(days=1)
    assert wrong(kept(**contract(FRI_24_APR, FRI_24_APR))) == []
    assert wrong(kept(**contract(notified_on=saturday))) == [("/transfer/notified_on", "date_in_future")]
    assert wrong(kept(**contract(saturday, FRI_24_APR))) == [("/transfer/signed_on", "date_in_future")]


def test_five_working_days_after_the_signing_the_authority_must_know() -> None:
    assert hosting(kept(**contract()), RULES, SIGNED_ON_A_WEDNESDAY).notify_by == WED_22_APR
    a_day_later = contract(date(2026, 4, 16))
    assert hosting(kept(**a_day_later), RULES, SIGNED_ON_A_WEDNESDAY).notify_by == FRI_24_APR


@pytest.mark.parametrize(
    ("today", "notified_on", "found"),
    [
        (WED_22_APR, None, "due"),
        (FRI_24_APR, None, "overdue"),
        (FRI_24_APR, WED_22_APR, "in_time"),
        (FRI_24_APR, FRI_24_APR, "late"),
    ],
)
def test_it_is_told_in_time_or_it_is_late(today: date, notified_on: date | None, found: str) -> None:
    assert hosting(kept(**contract(notified_on=notified_on)), RULES, today).notified == found


def test_our_own_closing_days_do_not_lengthen_the_time() -> None:
    closed = Rules(Organisation(own_days={date(2026, 4, 20): "Sayım"}), RULES.home)
    assert hosting(kept(**contract()), closed, SIGNED_ON_A_WEDNESDAY).notify_by == WED_22_APR


def test_some_sectors_are_warned_when_their_data_are_abroad() -> None:
    sectors = {"sectors": ["bank", "health"]}
    assert hosting(kept(**contract(), **sectors), RULES, WED_22_APR).must_stay == ("bank", "health")
    assert hosting(kept("TR", **sectors), RULES, WED_22_APR).must_stay == ()


def test_within_the_european_economic_area_nothing_goes_abroad() -> None:
    assert wrong(kept("DE"), "IE") == []
    assert hosting(kept("DE", **contract()), IRELAND, FRI_24_APR).notified is None
    assert wrong(kept("US"), "IE") == [("/transfer/mechanism", "transfer_missing")]


def test_a_processor_abroad_is_a_transfer_too() -> None:
    mail = {"processors": [{"name": "Postacı A.Ş.", "does": WORDS, "country": "DE"}]}
    assert wrong(kept("TR")) == []
    assert wrong(kept("TR", **mail)) == [("/transfer/mechanism", "transfer_missing")]
    assert wrong(kept("TR", **mail, transfer={"mechanism": "adequacy"})) == []


def test_a_standard_contract_has_its_day_and_is_not_notified_before_it() -> None:
    assert wrong(kept(**contract(signed_on=None))) == [("/transfer/signed_on", "required")]
    before = contract(notified_on=date(2026, 4, 14))
    assert wrong(kept(**before)) == [("/transfer/notified_on", "not_later")]
