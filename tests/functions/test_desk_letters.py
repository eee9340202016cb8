"""A sentence of the organisation's own in each letter: in both languages or in none, seen before it is settled."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from complaints.complaint import Language, LetterKind
from tests.functions.test_desk_framework import settle, settled
from tests.world import AUDITOR, World

Refused = Callable[..., dict[str, Any]]
OURS = {"tr": "{organisation} ekibi size yardım eder: {help_phone}", "en": "{organisation} will help you: {help_phone}"}
FILLED = "Çınaraltı Ev Aletleri ekibi size yardım eder: 0 800 000 00 00"


def preview(world: World, kind: str, language: str, own: str | None = None) -> Any:
    asked = {"kind": kind, "language": language, "own": own}
    return world.staff(AUDITOR).post("/api/desk/letters/preview", json=asked)


def test_what_was_settled_stands_in_the_letter_that_leaves(world: World) -> None:
    settled(world, "letters", {"own": {"acknowledgement": OURS}})
    world.submit()
    world.settle()
    _, mail, _ = world.mailbox.sent[-1]
    for form in ("plain", "html"):
        assert FILLED in mail.get_body((form,)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("kind", get_args(LetterKind))
def test_every_letter_is_seen_whole_before_anything_is_settled(world: World, kind: str, language: Language) -> None:
    said = preview(world, kind, language, OURS[language]).json()
    assert "7K4M-29X-RQ3A" in said["subject"]
    assert OURS[language].format(organisation="Çınaraltı Ev Aletleri", help_phone="0 800 000 00 00") in said["text"]
    assert world.rulebook.newest().version == 0


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("own", "pointer", "code"),
    [
        ({"decision": {"tr": "Yardım ederiz."}}, "/content/own/decision", "too_short"),
        ({"decision": {**OURS, "en": " "}}, "/content/own/decision/en", "required"),
        ({"decision": {**OURS, "en": "Dear {name}"}}, "/content/own/decision/en", "place_unknown"),
        ({"decision": {**OURS, "tr": "Açık { ayraç"}}, "/content/own/decision/tr", "place_unknown"),
        ({"greeting": OURS}, "/content/own/greeting/[key]", "choice_required"),
    ],
)
def test_what_cannot_be_settled_says_where_and_why(
    world: World, refused: Refused, own: Any, pointer: str, code: str
) -> None:
    said = refused(settle(world, "letters", {"own": own}), 422, "validation")
    assert said["errors"] == [{"pointer": pointer, "code": code}]


@pytest.mark.parametrize(("language", "time"), [("tr", "14.32"), ("en", "14:32")])
@pytest.mark.parametrize("kind", ["withdrawn", "new_code"])
def test_the_example_writes_the_time_as_its_language_does(world: World, kind: str, language: str, time: str) -> None:
    assert time in preview(world, kind, language).json()["text"]


def test_a_place_that_nothing_fills_is_refused_before_it_is_seen(world: World, refused: Refused) -> None:
    said = refused(preview(world, "decision", "tr", "Sayın {name}"), 422, "validation")
    assert said["errors"] == [{"pointer": "/own", "code": "place_unknown"}]
