"""Another language is words: one file of each kind, a folder of letters each, and its name in `Language`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from complaints.language import LANGUAGES, words

ROOT = Path(__file__).parents[2]
# Whoever asks which language it is has words, or a way to write, in the code. `{"tr": …, "en": …}` and `["tr", "en"]`
# are the same thing.
ASKS = re.compile(
    r"""[=!]==?\s*["'](?:tr|en)["']|["'](?:tr|en)["']\s*\?|["'](?:tr|en)["']\s*:"""
    r"""|["'](?:tr|en)["'],\s*["'](?:tr|en)["']"""
)
SPEAKS = {
    "functions/complaints/complaint.py",  # the languages
    "frontend/desk/language.ts",  # their names and words
    "frontend/desk/complaint/remedy.tsx",  # in which currency a sum is begun
}


def places() -> Iterator[tuple[str, str]]:
    for folder, ends in (
        ("functions", "*.py"),
        ("functions", "*.html"),
        ("frontend/desk", "*.ts*"),
        ("frontend/public", "*.ts"),
    ):
        for path in sorted((ROOT / folder).rglob(ends)):
            name = str(path.relative_to(ROOT))
            if "/words/" not in name and not name.endswith("schema.ts"):
                yield name, path.read_text("utf-8")


def test_no_code_asks_which_language_it_is() -> None:
    asking = {name: ASKS.findall(text) for name, text in places() if ASKS.search(text)}
    assert asking.keys() <= SPEAKS, {name: found for name, found in asking.items() if name not in SPEAKS}


def leaves(table: Mapping[str, Any], at: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for key, word in table.items():
        found |= leaves(word, f"{at}/{key}") if isinstance(word, dict) else {f"{at}/{key}": word}
    return found


def holes(word: object) -> set[str | None]:
    texts = word if isinstance(word, list) else [word]
    return {name for text in texts for _, name, _, _ in Formatter().parse(str(text)) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words_with_the_same_places(language: Any) -> None:
    ours, theirs = leaves(words("en")), leaves(words(language))
    capitals = {key for key in ours | theirs if key.startswith("/capitals/")}  # each language's own
    assert ours.keys() - capitals == theirs.keys() - capitals
    assert {key: holes(ours[key]) for key in ours.keys() - capitals} == {
        key: holes(theirs[key]) for key in theirs.keys() - capitals
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_files_and_its_letters(language: str) -> None:
    functions, letters = ROOT / "functions", ROOT / "functions" / "letters"
    for kind in ("pages", "papers", "letters"):
        assert tomllib.loads((functions / kind / "words" / f"{language}.toml").read_text("utf-8"))
    assert (ROOT / "frontend" / "desk" / "words" / f"{language}.ts").exists()
    folders = {path.parent.parent.name for path in letters.rglob("subject.txt")}
    assert folders == {path.parent.parent.name for path in letters.rglob("subject.txt") if path.parent.name == language}
