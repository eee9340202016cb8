"""The page about the standard tells the truth: nothing is left out, and what it names is there."""

import re
import tomllib
from typing import NamedTuple

import pytest

from adapters.render import STANDARDS
from complaints.lifecycle import MOVES
from infra.paths import FRONTEND, FUNCTIONS, ROOT
from tests.repository.tables import NONE, parts, proofs, rows, screens

# The clauses of the 2018 edition, in the order of the forty items and of the fourteen principles.
# fmt: off
ITEMS = [
    "1", "2", "3", "3.1", "3.2", "3.3",
    "4", "4.1", "4.4", "4.5", "4.6", "4.7", "4.8", "4.10", "4.11", "4.12", "4.13",
    "5", "5.2", "5.3", "5.4", "6",
    "7", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9",
    "8", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7",
]
# fmt: on
PRINCIPLES = [f"4.{number}" for number in range(2, 16)]
BEHAVIOURS = [f"B-{number:02}" for number in range(1, 63)]
BESIDE_THE_TABLE = {"M01"}  # the receipt stands before it

PAGE = (ROOT / "docs/iso-10002.md").read_text("utf-8")
NAMED = re.compile(r"`([^`]+)`")
SCREEN = re.compile(r"(desk|page|letter) `([\w-]+)`")


class Row(NamedTuple):
    """One line of a table, cell by cell."""

    number: str
    clause: str
    behaviour: str
    state: str
    file: str
    test: str
    screen: str


FORTY, FOURTEEN = (
    [Row(*cells) for cells in rows(PAGE, heading)] for heading in ("The forty items", "The fourteen principles")
)
every_row = pytest.mark.parametrize(
    "row",
    [pytest.param(row, id=f"item {row.number}") for row in FORTY]
    + [pytest.param(row, id=f"principle {row.number}") for row in FOURTEEN],
)


def test_the_forty_items_are_there_once_and_in_their_order() -> None:
    assert [row.number for row in FORTY] == [str(number) for number in range(1, 41)]
    assert [row.clause.split()[0] for row in FORTY] == ITEMS


def test_the_fourteen_principles_are_there_once_and_in_their_order() -> None:
    assert [row.number for row in FOURTEEN] == [str(number) for number in range(1, 15)]
    assert [row.clause.split()[0] for row in FOURTEEN] == PRINCIPLES


def test_every_behaviour_is_named_and_no_other() -> None:
    named = {name for row in (*FORTY, *FOURTEEN) for name in re.findall(r"B-\d+", row.behaviour + row.state)}
    assert sorted(named) == BEHAVIOURS


def test_every_move_is_named_and_no_other() -> None:
    named = {name for row in (*FORTY, *FOURTEEN) for name in re.findall(r"M\d\d", row.behaviour + row.state)}
    codes = {code for move in MOVES for code in move.code.split(", ") if code}
    assert sorted(named) == sorted(codes | BESIDE_THE_TABLE)


@every_row
def test_a_row_says_what_is_built_and_what_is_not(row: Row) -> None:
    assert re.match(r"B-\d\d ", row.behaviour)
    assert re.fullmatch(r"built|not built|partly: .+", row.state)
    cells = [cell != NONE for cell in (row.file, row.test, row.screen)]
    assert cells == [row.state != "not built"] * 3


@every_row
def test_every_file_that_is_named_exists(row: Row) -> None:
    files = [path for cell in parts(row.file) for path in NAMED.findall(cell)]
    assert [path for path in files if not (ROOT / path).exists()] == []


@every_row
def test_every_test_that_is_named_exists(row: Row) -> None:
    proofs(row.test)


@every_row
def test_every_screen_that_is_named_exists(row: Row) -> None:
    named = {found for cell in parts(row.screen, SCREEN.pattern) for found in SCREEN.findall(cell)}
    assert named <= screens()


def test_every_public_page_names_the_standard() -> None:
    """With its edition, and with the one that holds the terms; the frame of all pages says it, and no language does."""
    assert "{{ w.about_service | say(**standards) }}" in (FUNCTIONS / "pages/layout.html").read_text("utf-8")
    for language in ("tr", "en"):
        words = (FUNCTIONS / f"pages/words/{language}.toml").read_text("utf-8")
        said = tomllib.loads(words)["about_service"].format(**STANDARDS)
        assert "ISO 10002:2018" in said
        assert "ISO 9000:2015" in said
        assert not re.search(r"ISO [0-9]+:", words)


def test_no_annex_is_quoted_by_its_letter() -> None:
    """The letters of the annexes changed from edition to edition; their titles did not."""
    written = {".py", ".html", ".txt", ".toml", ".ts", ".tsx", ".md"}
    places = (FUNCTIONS, FRONTEND / "desk", ROOT / "docs")
    texts = [path for place in places for path in place.rglob("*") if path.suffix in written]
    quoted = re.compile(r"\b[Aa]nnex(?:es)? [A-J]\b|\b[Ee]k [A-J]\b")
    assert [path.name for path in texts if quoted.search(path.read_text("utf-8"))] == []
