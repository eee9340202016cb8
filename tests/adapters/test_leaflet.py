"""Leaflet and poster: what lies on the counter says what the pages say."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from adapters.leaflet import Told, leaflet, poster
from adapters.render import promises, words
from complaints.complaint import Language
from complaints.framework import Contact
from complaints.handling import handling
from complaints.language import LANGUAGES
from tests.builders import rules_under

TUE_24_NOV = date(2026, 11, 24)
SETTLED = datetime(2026, 11, 23, 9, tzinfo=UTC)
CONTACT = Contact.model_validate(
    {
        "telephones": [{"number": "0 800 000 00 00", "rate": "free"}],
        "hours": {"tr": "Hafta içi 09.00–18.00", "en": "Monday to Friday, 9:00 to 18:00"},
        "address": "PK 14, 34000 İstanbul",
    }
)


def facts(language: Language, *packs: str, **settled: Any) -> Told:
    rules = rules_under(*packs, **settled)
    about = handling(rules, TUE_24_NOV, 7, SETTLED)
    spoken = words(language, alone=False)
    site = "https://sikayet.cinaralti.example"
    return Told(language, spoken, "Çınaraltı Ev Aletleri", site, CONTACT, promises(rules, TUE_24_NOV), about)


def read(pdf: bytes) -> str:
    """The words of the one sheet that it is."""
    [sheet] = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(sheet.extract_text().split())


def test_the_leaflet_names_the_limits_in_force_and_who_decides_after_us() -> None:
    turkish, english = read(leaflet(facts("tr", "TR-TUKETICI"))), read(leaflet(facts("en", "TR-TUKETICI")))
    assert "14 gün içinde" in turkish and "Tüketici Hakem Heyeti" in turkish
    assert "Within 14 days" in english and "Mandatory mediation" in english
    assert "Within 20 working days" in read(leaflet(facts("en")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draw", [leaflet, poster])
def test_each_is_one_sheet_that_says_whose_it_is_how_to_reach_us_and_since_when(draw: Any, language: Language) -> None:
    sheet = read(draw(facts(language, "TR-TUKETICI", "TR-BANKA")))
    day = "23 Kasım 2026" if language == "tr" else "23 November 2026"
    for said in ("Çınaraltı Ev Aletleri", "0 800 000 00 00", f"sikayet.cinaralti.example/{language}", day, " 7"):
        assert said in sheet, said


def test_however_many_bodies_there_are_the_leaflet_stays_one_sheet() -> None:
    packs = ("TR-BANKA", "TR-SIGORTA", "TR-TUKETICI", "TR-GARANTI", "UK-FCA-DISP", "EU-CONSUMER")
    assert "sikayetleri-nasil-ele-aliriz" in read(leaflet(facts("tr", *packs)))


def test_the_same_facts_make_the_same_bytes() -> None:
    assert leaflet(facts("tr")) == leaflet(facts("tr"))
    assert leaflet(facts("tr")) != leaflet(facts("tr", "TR-TUKETICI"))
