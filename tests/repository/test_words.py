"""What holds for every word that people read, wherever it stands."""

import re
from pathlib import Path

import pytest

from infra.paths import FRONTEND, FUNCTIONS
from infra.words import PLACES, STATEMENTS, Text, texts

#: Ours in TypeScript and Python, in which the words are asked for; and what the browser and the table call the rest.
ASKED_IN = [
    *(file for kind in ("*.ts", "*.tsx") for file in FRONTEND.glob(f"*/**/{kind}") if "node_modules" not in file.parts),
    *FUNCTIONS.rglob("*.py"),
    *FUNCTIONS.rglob("*.html"),
    *FUNCTIONS.rglob("*.txt"),
]


def words_in(text: Text) -> tuple[str, str]:
    return text.tr, text.en


def test_no_language_lacks_a_word() -> None:
    assert [text.key for text in texts() if not all(words_in(text))] == []


def test_both_languages_have_the_same_places() -> None:
    """The compiler sees to those of the desk."""
    told = [text for text in texts() if not text.key.startswith("desk.")]
    assert [text.key for text in told if len({frozenset(PLACES.findall(one)) for one in words_in(text)}) > 1] == []


def test_no_suffix_is_glued_to_a_value() -> None:
    assert [text.key for text in texts() if any(re.search(r"\}[’'\w]", one) for one in words_in(text))] == []


def test_words_that_are_never_used() -> None:
    forbidden = re.compile(r"unfortunately|\binvalid|\bfailed|maalesef|geçersiz|başarısız", re.IGNORECASE)
    assert [text.key for text in texts() if any(map(forbidden.search, words_in(text)))] == []


def test_every_word_is_asked_for() -> None:
    """Its name stands in a source: whole, with dashes, or as the `receipt_` or `_what` of one that is put together.

    A number is a place in a list, and the names of time zones are the world's.
    """
    sources = [file.read_text("utf-8") for file in ASKED_IN if "words" not in file.parts]
    asked = {name.replace("-", "_") for name in re.findall(r"[\w-]+", "\n".join(sources))}
    begins = tuple(name for name in asked if name.endswith("_"))
    ends = tuple(name for name in asked if name.startswith("_"))
    ours = [text.key.split(".")[1:] for text in texts() if not text.key.startswith(("pack.", "page.zone."))]
    names = {name.replace("-", "_") for steps in ours for name in steps if not name.isdigit()}
    assert sorted(name for name in names - asked if not name.startswith(begins) and not name.endswith(ends)) == []


@pytest.mark.parametrize("page", sorted((FUNCTIONS / "pages").glob("*.html")), ids=lambda page: page.name)
def test_no_word_stands_in_a_template(page: Path) -> None:
    text = PLACES.sub("", STATEMENTS.sub("", page.read_text("utf-8")))
    text = re.sub(r"<[^>]*>|&\w+;| [\w-]+=\"\"", "", text)  # attributes that a macro puts together
    assert re.findall(r"[^\W\d_]{2,}", text) == []


@pytest.mark.parametrize("screen", sorted((FRONTEND / "desk").rglob("*.tsx")), ids=lambda screen: screen.name)
def test_no_word_stands_in_a_screen(screen: Path) -> None:
    """Before the words are there, the desk says in both languages that it cannot be opened."""
    found = re.findall(r"<\w[^<>]*>([^<>{}]*[^\W\d_]{2}[^<>{}]*)</", screen.read_text("utf-8"))
    assert found == [] or screen.name == "main.tsx"
