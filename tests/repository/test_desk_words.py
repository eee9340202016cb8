"""The desk has words, in both languages, for everything that the rules can say to it."""

import ast
import re
from collections.abc import Iterator
from typing import get_args

import pytest

from adapters.http import CODES
from complaints import events as e
from complaints.complaint import (
    SUMS,
    UNDATED,
    CloseReason,
    Datum,
    Finding,
    LetterKind,
    Medium,
    Promise,
    Remedy,
    State,
    TaskKind,
)
from complaints.lifecycle import MOVES
from infra.paths import FRONTEND, FUNCTIONS
from infra.words import desk

LANGUAGES = ["en", "tr"]
EVENTS = {event.model_fields["type"].default for event in get_args(get_args(e.AnyEvent)[0])}
ENTRIES = {entry.model_fields["type"].default for entry in get_args(get_args(e.Entry)[0])}


def words_of(language: str, *path: str) -> set[str]:
    """The names that an object of the words has, by the names that lead to it."""
    words = desk(language)
    for name in path:
        words = words[name]
    return set(words)


def reasons() -> set[str]:
    """What guards and chapters of the core, and the desk itself, refuse a move with."""
    core, desk = (FUNCTIONS / "complaints").glob("*.py"), (FUNCTIONS / "desk").glob("*.py")
    files = [*core, *desk, FUNCTIONS / "adapters" / "table.py", FUNCTIONS / "adapters" / "evidence.py"]
    return {reason for file in files for reason in refused_in(ast.parse(file.read_text("utf-8")))}


def refused_in(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"NotNow", "refuse"}:
            yield from texts(*node.args[-1:])  # the reason comes last
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "str | None":
            arguments = [argument.arg for argument in node.args.args]
            guard = arguments[:3] == ["complaint", "person", "rules"] or node.name in {"looked_into", "heard", "unfit"}
            if guard or node.name in {"disclosable", "within_authority", "refusal", "judged_before"}:
                for returned in ast.walk(node):
                    if isinstance(returned, ast.Return) and returned.value:
                        yield from results(returned.value)


def results(value: ast.expr) -> Iterator[str]:
    """The texts that an expression can come to: not those that it compares with."""
    if isinstance(value, ast.IfExp):
        yield from results(value.body)
        yield from results(value.orelse)
    elif isinstance(value, ast.BoolOp):
        for one in value.values:
            yield from results(one)
    else:
        yield from texts(value)


def texts(*values: ast.expr) -> Iterator[str]:
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def test_the_reasons_of_refusals_are_found() -> None:
    some = {"state", "plan_missing", "above_limit", "not_same_person", "no_target", "conflict", "took_part"}
    assert reasons() >= some


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "needed"),
    [
        (("problems", "reasons"), reasons()),
        (("problems", "fields"), set(CODES)),
        (("events",), EVENTS | ENTRIES),
        (("moves",), {move.name for move in MOVES if move.shown}),
        (("states",), set(State)),
        (("closedReasons",), set(CloseReason)),
        (("promises",), set(get_args(Promise))),
        (("letters",), set(get_args(LetterKind))),
        (("confirm", "titles"), set(get_args(LetterKind))),
        (("form", "media"), set(get_args(Medium))),
        (("form", "data"), set(get_args(Datum))),
        (("complaint", "tasks"), set(get_args(TaskKind))),
        (("findings",), set(Finding)),
        (("remedies",), set(Remedy)),
        (("form", "declineReasons"), set(get_args(e.DeclineReason))),
        (("form", "evidenceKinds"), set(get_args(e.EvidenceKind))),
        (("form", "externalOutcomes"), set(get_args(e.ExternalOutcome))),
        (("form", "effects"), set(get_args(e.ReviewEffect))),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else "",
)
def test_everything_has_its_words(language: str, path: tuple[str, ...], needed: set[str]) -> None:
    assert needed - words_of(language, *path) == set()


def test_the_desk_asks_for_the_amount_where_the_rules_do() -> None:
    form = (FRONTEND / "desk" / "complaint" / "remedy.tsx").read_text("utf-8")
    listed = re.search(r"SUMS: readonly string\[\] = \[(.*?)\]", form)
    assert listed
    assert set(re.findall(r"'(\w+)'", listed[1])) == SUMS


def test_the_desk_asks_for_the_day_where_the_rules_do() -> None:
    form = (FRONTEND / "desk" / "complaint" / "remedy.tsx").read_text("utf-8")
    listed = re.search(r"UNDATED: readonly string\[\] = \[(.*?)\]", form)
    assert listed
    assert set(re.findall(r"'(\w+)'", listed[1])) == UNDATED
