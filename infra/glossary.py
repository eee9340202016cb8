"""The glossary: `python -m infra.glossary` writes docs/glossary.md from glossary.toml.

It asks four things of what people read. What names something is in it. Where the English uses a term, the Turkish of
the same text uses its term. One English name is one Turkish name wherever it stands. And some words are used nowhere.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from complaints.words import WORD, folded
from infra.paths import ROOT
from infra.words import PLACES, Text

SOURCE = Path(__file__).with_suffix(".toml")
DOCUMENT = ROOT / "docs" / "glossary.md"
#: What Turkish changes at the end of a stem: the k of gerek, and the ending that makes two nouns one.
SOFTENED = re.compile(r"(?<=\w{3})[kctp]$")
JOINED = re.compile(r"(?:si|su|i|u)$")

INTRODUCTION = """\
# Glossary

The words of this product, written from `infra/glossary.toml` by `python -m infra.glossary`. The first one is the one to
use; those after it are right in their own place. Every screen, letter and paper is held to them by
`tests/repository/test_glossary.py`: what names something stands here, a term has its counterpart beside it in the other
language, one English name is one Turkish name wherever it stands, and some words are used nowhere.
"""


class Part(BaseModel):
    """A part of the file, which holds nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(Part):
    """One thing and its words; the first of each language is the one to use."""

    en: tuple[str, ...]
    tr: tuple[str, ...]
    never: tuple[str, ...] = ()
    note: str = ""

    def is_lost(self, english: str, turkish: str) -> bool:
        """Whether the English uses it and the Turkish, folded, does not."""
        return bool(self._in_english.search(english) and not self._in_turkish.search(turkish))

    @cached_property
    def _in_english(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(self.en)})(?:s|es)?\b", re.IGNORECASE)

    @cached_property
    def _in_turkish(self) -> re.Pattern[str]:
        return re.compile("|".join(map(inflected, self.tr)))


class Chapter(Part):
    """Terms that belong together. With `sentences`, whole texts are held to them and not only names."""

    title: str
    sentences: bool = False
    terms: tuple[Term, ...]


class Spared(Part):
    """What a rule passes over, by key or by English name, and why."""

    text: str
    why: str


class Glossary(Part):
    """The whole file. In `names`, `*` is one step of a key."""

    names: tuple[str, ...]
    spared: tuple[Spared, ...] = ()
    chapters: tuple[Chapter, ...]

    def problems(self, texts: Iterable[Text]) -> Iterator[str]:
        """What is wrong with the texts, each with its place; and what is spared in vain."""
        spared = {one.text: False for one in self.spared}
        names: dict[str, Text] = {}
        for text in texts:
            if excepted := spared.keys() & {text.key, text.en}:
                spared.update(dict.fromkeys(excepted, True))
                continue
            where = f"{text.key}: {text.en!r}, {text.tr!r}"
            yield from (f"{where} {fault}" for fault in self._faults(text))
            if text.is_name and not self._is_a_term(text):
                other = names.setdefault(folded(text.en), text)
                if not akin(text.tr, other.tr):
                    yield f"{where} is {other.tr!r} in {other.key}"
        yield from (f"{text}: nothing is spared" for text, needed in spared.items() if not needed)

    def _faults(self, text: Text) -> Iterator[str]:
        """What is wrong with a text, whatever the others are."""
        both, english, turkish = f"{text.en}\n{text.tr}".casefold(), PLACES.sub("", text.en), folded(text.tr)
        for chapter in self.chapters:
            for term in chapter.terms:
                yield from (f"uses {word!r}" for word in term.never if word in both)
                if chapter.sentences and term.is_lost(english, turkish):
                    yield f"is not about {term.tr[0]!r}"
        if text.is_name and self._naming.fullmatch(text.key) and not self._is_a_term(text):
            yield f"is no term of {SOURCE.name}"

    def _is_a_term(self, text: Text) -> bool:
        return (folded(text.en), folded(text.tr)) in self._pairs

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        terms = (term for chapter in self.chapters for term in chapter.terms)
        return frozenset((folded(en), folded(tr)) for term in terms for en in term.en for tr in term.tr)

    @cached_property
    def _naming(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(name).replace(r"\*", "[^.]+") for name in self.names))


def inflected(words: str) -> str:
    """A pattern of Turkish words with whatever endings, in folded text."""
    *first, last = map(folded, words.split())
    stems = [SOFTENED.sub("", word) for word in (*first, JOINED.sub("", last) if first else last)]
    return r"\b" + r"\w*\s+".join(stems)


def akin(one: str, other: str) -> bool:
    """Whether all words of the shorter name are in the longer one, with whatever endings."""
    shorter, longer = sorted((WORD.findall(folded(name)) for name in (one, other)), key=len)
    return all(any(_same_stem(word, another) for another in longer) for word in shorter)


def _same_stem(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    needed = min(max(shorter - 3, 3), shorter)
    return one[:needed] == other[:needed]


@cache
def glossary() -> Glossary:
    """The file as it is."""
    return Glossary.model_validate(tomllib.loads(SOURCE.read_text("utf-8")))


def page() -> str:
    """The document."""
    return "\n".join([INTRODUCTION, *(line for chapter in glossary().chapters for line in _table(chapter))])


def _table(chapter: Chapter) -> Iterator[str]:
    yield from (f"## {chapter.title}", "", "| English | Türkçe | |", "|---|---|---|")
    for term in chapter.terms:
        never = f"never {', '.join(term.never)}" if term.never else ""
        remarks = "; ".join(remark for remark in (never, term.note) if remark)
        yield f"| {', '.join(term.en)} | {', '.join(term.tr)} | {remarks} |"
    yield ""


if __name__ == "__main__":
    DOCUMENT.write_text(page().rstrip() + "\n", "utf-8")
