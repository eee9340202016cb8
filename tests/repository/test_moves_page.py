"""docs/moves.md and its picture are what their module writes, and what they draw is what happens."""

import pytest

from complaints.complaint import State
from complaints.lifecycle import BY_COMMAND, MOVES
from complaints.roles import STAFF, Role
from infra import moves
from tests.builders import lived, then
from tests.complaints.test_moves import PASS


def test_the_page_is_what_its_module_writes() -> None:
    assert moves.DOCUMENT.read_text("utf-8") == moves.document()


def test_the_picture_is_what_its_module_writes() -> None:
    assert moves.PICTURE.read_text("utf-8") == moves.picture()


def test_every_arrow_is_a_way_that_was_gone_and_every_way_stands_in_the_picture() -> None:
    drawn = {(start, end, name) for (start, end), names in moves.ways().items() for name in names}
    gone = {
        (then(lived(*row.path, rules=row.rules, **row.told)).state, row.state, BY_COMMAND[type(row.ask)].name)
        for row in PASS
    }
    said = {name for line in moves.anywhere() for name in line.partition(":")[0].split(", ")}
    assert drawn <= gone
    assert {way for way in gone - drawn if way[0] != way[1] and way[2] not in said} == set()


def test_every_state_and_every_role_has_its_words() -> None:
    assert set(moves.STATES) == set(moves.ORDER) == set(State)
    assert set(moves.WHO) == (STAFF - {Role.AUDITOR}) | {Role.COMPLAINANT, Role.SYSTEM}


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_every_guard_says_what_it_asks_for(move: moves.Move) -> None:
    assert moves.asked(move) == "–" or moves.asked(move)[0].isupper()
