"""The checklist of the pages tells the truth: no line is left out, and what proves one is there."""

import re
from typing import NamedTuple

import pytest

from infra.paths import ROOT
from tests.repository.tables import NONE, proofs, rows

#: The parts of the list, what the ids of their lines begin with, and how many lines they have.
PARTS = {
    "The public form": ("F", 29),
    "Files": ("U", 11),
    "Drafts": ("D", 9),
    "Confirmation and tracking": ("PG", 16),
    "How we handle complaints": ("P", 5),
    "The desk": ("S", 20),
    "A complaint at the desk": ("C", 13),
    "Charts": ("CH", 13),
    "Settings": ("AD", 7),
    "Accessibility": ("A", 18),
    "Languages": ("I", 9),
    "Weight and speed": ("PF", 10),
    "Security": ("SEC", 11),
}
PAGE = (ROOT / "docs/pages.md").read_text("utf-8")


class Line(NamedTuple):
    """One line of the list, cell by cell."""

    id: str
    what: str
    state: str
    test: str


LINES = {part: [Line(*cells) for cells in rows(PAGE, part)] for part in PARTS}
every_line = pytest.mark.parametrize(
    "line", [pytest.param(line, id=line.id) for lines in LINES.values() for line in lines]
)


def test_the_list_has_these_parts_and_no_other() -> None:
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == list(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_every_line_is_there_once_and_in_its_order(part: str) -> None:
    begins, many = PARTS[part]
    assert [line.id for line in LINES[part]] == [f"{begins}-{number:02}" for number in range(1, many + 1)]


@every_line
def test_a_line_says_what_holds_and_how_far(line: Line) -> None:
    assert line.what
    assert re.fullmatch(r"built|(partly|left): .+", line.state)


@every_line
def test_what_is_built_is_proved_and_what_is_not_names_no_proof(line: Line) -> None:
    if line.state == "built":
        assert line.test != NONE
    if line.state.startswith("left"):
        assert line.test == NONE


@every_line
def test_every_test_that_is_named_exists(line: Line) -> None:
    named = proofs(line.test)
    assert all(function.startswith("test_") for _, function in named)
    assert len(named) == len(set(named))
