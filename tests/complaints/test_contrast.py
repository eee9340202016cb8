"""The contrast of two colours."""

import pytest

from complaints.contrast import DARK, EASY, LIGHT, ON_DARK, ON_LIGHT, WORDS, accent, least, ratio
from infra.paths import FRONTEND


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#FFFFFF", 4.0),
        ("#1b3f8f", "#1B3F8F", 1),
    ],
)
def test_it_is_what_the_guidelines_say(one: str, other: str, times: float) -> None:
    assert ratio(one, other) == ratio(other, one) == pytest.approx(times, abs=0.01)


def test_mustard_is_darkened_by_day_and_calmed_by_night() -> None:
    found = accent("#f2b705")
    assert (found.light, found.dark) == ("#896803", "#c7ac58")
    assert (round(found.light_ratio, 1), found.warns) == (4.6, True)


def test_a_colour_that_can_be_read_stays_as_it_is_by_day() -> None:
    assert accent("#1b3f8f").light == "#1b3f8f" and not accent("#1b3f8f").warns


@pytest.mark.parametrize(
    "colour", ["#000000", "#ffffff", "#808080", *(f"#{n * 8191 % 0xFFFFFF:06x}" for n in range(400))]
)
def test_whatever_colour_is_given_what_is_shown_can_be_read(colour: str) -> None:
    found = accent(colour)
    assert least(found.light, *LIGHT, ON_LIGHT) >= WORDS and least(found.dark, *DARK) >= EASY
    assert ratio(found.dark, ON_DARK) >= WORDS


def test_the_grounds_are_those_of_the_sheet() -> None:
    """What the accent is measured against stands in the style sheet of the pages and of the desk."""
    day, night, *_ = (FRONTEND / "public/tokens.css").read_text("utf-8").split("@media")
    for sheet, colours in ((day, (*LIGHT, ON_LIGHT)), (night, (*DARK, ON_DARK))):
        assert all(colour in sheet for colour in colours)
