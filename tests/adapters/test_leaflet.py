"""Leaflet and poster: what lies on the counter says what the pages say."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from adapters.leaflet import Told, leaflet, poster
from adapters.render import promises, words
from complaints.complaint import Language
from complaints.framework import Contact
from complaints.handling import handling
from complaints.language import LANGUAGES
from infra.paths import FUNCTIONS
from tests.builders import rules_under

TUE_24_NOV = date(2026, 11, 24)
SETTLED = datetime(2026, 11, 23, 9, tzinfo=UTC)
POINTS = 72 / 25.4  # in a millimetre
EVERY = sorted(file.stem for file in (FUNCTIONS / "complaints/packs").glob("[A-Z]*.toml"))
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


def lowest(side: PageObject) -> float:
    """How far above the edge of the paper its last line stands, in points."""
    lines: list[float] = []
    side.extract_text(visitor_text=lambda text, _, at, *rest: lines.append(at[5]) if text.strip() else None)
    return min(lines)


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("many", [1, 4, 8, 12, len(EVERY)])
def test_however_many_bodies_there_are_each_is_named_and_there_is_one_sheet_of_paper(
    many: int, language: Language
) -> None:
    told = facts(language, *EVERY[:many])
    sides = PdfReader(io.BytesIO(leaflet(told))).pages
    assert len(sides) <= 2
    said = " ".join(" ".join(side.extract_text() for side in sides).split())
    for name in {" ".join(body.name[language].split()) for body in told.about.bodies}:
        assert name in said
    assert (len(sides) > 1) == (many > 8)
    assert told.words["paths"]["handling"].strip("/") in sides[0].extract_text()
    for side in sides:
        assert lowest(side) > 5 * POINTS, "below the edge of the paper"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draw", [leaflet, poster])
def test_every_way_to_reach_us_stands_there_however_many_they_are(draw: Any, language: Language) -> None:
    telephones = [{"number": f"0 212 555 01 2{last}", "rate": "standard"} for last in range(4)]
    hours = {
        "tr": "Hafta içi 09.00–18.00, cumartesi 10.00–14.00",
        "en": "Weekdays 9 am to 6 pm, Saturday 10 am to 2 pm",
    }
    address = "Çınaraltı Ev Aletleri A.Ş.\nMüşteri İlişkileri\nÇınar Sokak 5, Kat 3\n34000 Kadıköy, İstanbul"
    full = {"telephones": telephones, "hours": hours, "email": "sikayet@cinaralti.example", "address": address}
    [sheet] = PdfReader(io.BytesIO(draw(replace(facts(language), contact=Contact.model_validate(full))))).pages
    said = " ".join(sheet.extract_text().split())
    for line in (*(one["number"] for one in telephones), hours[language], full["email"], *address.splitlines()):
        assert line in said
    assert lowest(sheet) > 5 * POINTS


def test_the_same_facts_make_the_same_bytes() -> None:
    assert leaflet(facts("tr")) == leaflet(facts("tr"))
    assert leaflet(facts("tr")) != leaflet(facts("tr", "TR-TUKETICI"))
