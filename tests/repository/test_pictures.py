"""Every page and every screen has its picture, with words for whoever does not see it."""

import re

import pytest

from infra.paths import FRONTEND, ROOT
from infra.pictures import DOCUMENT, LARGEST_BYTES, PICTURES, Shot, Tour, page, shots
from tests.repository.tables import screens

MOST_BYTES = 5_000_000
#: Shown once, to whoever has read the number in their mail; it looks as the confirmation does.
NOT_TAKEN = {("page", "renewed")}
every_shot = pytest.mark.parametrize("shot", [pytest.param(shot, id=shot.name) for shot in shots()])


def test_every_page_and_every_screen_has_its_picture() -> None:
    taken = {("desk" if shot.role else "page", shot.screen) for shot in shots()}
    assert taken == {(kind, name) for kind, name in screens() - NOT_TAKEN if kind != "letter"}


def test_every_register_of_the_framework_has_one() -> None:
    shapes = (FRONTEND / "desk" / "shapes.ts").read_text("utf-8")
    listed = re.search(r"REGISTERS = \[(.*?)\]", shapes, re.DOTALL)
    assert listed
    named = {f"/staff/framework/{name}" for name in re.findall(r"'(\w+)'", listed[1])}
    assert {shot.address for shot in shots() if shot.screen == "framework"} == named


def test_no_two_have_a_name() -> None:
    assert len({shot.name for shot in shots()}) == len(shots())


@every_shot
def test_a_picture_says_what_it_shows_and_how_it_is_reached(shot: Shot) -> None:
    assert re.fullmatch(r"[A-Z].{20,}\.", shot.shows)
    assert shot.address.startswith("/staff/" if shot.role else "/")
    assert not shot.act or callable(getattr(Tour, shot.act))


@every_shot
def test_a_picture_is_there_and_small(shot: Shot) -> None:
    assert (PICTURES / f"{shot.name}.png").stat().st_size <= LARGEST_BYTES


def test_they_stand_on_one_page_and_no_other_lies_about() -> None:
    assert DOCUMENT.read_text("utf-8") == page()
    assert {file.stem for file in PICTURES.glob("*.png")} == {shot.name for shot in shots()}
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) <= MOST_BYTES
    assert "docs/screens.md" in (ROOT / "README.md").read_text("utf-8")
