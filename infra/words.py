"""Every word that people read, wherever it stands, in both languages: screens, letters, papers, rules and refusals.

What it does not know is what people wrote themselves.
"""

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from complaints.complaint import Language
from complaints.packs import catalogue
from complaints.packs_told import told
from infra.paths import FRONTEND, FUNCTIONS, TOOLS

#: Where the words of a kind stand, one file a language; those of the desk are modules.
FOLDERS = {"page": "pages/words", "letter": "letters/words", "paper": "papers/words", "core": "complaints/languages"}
#: How figures, days and capitals are written.
NO_WORDS = ("desk.format.", "core.capitals.", "core.figures.", "core.days.", "core.short.")
#: What a program puts in, in each of the ways in which words are written here; and what only templates hold.
PLACES = re.compile(r"\{\{.*?\}\}|\$\{(?:[^{}]|\{[^{}]*\})+\}|\{\w*\}")
STATEMENTS = re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
#: The modules of the desk's words as JSON; of a function its source, in which its words stand.
READ = """
const read = one => typeof one === 'function' ? { source: one.toString() }
  : typeof one === 'string' ? one
  : Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, read(inner)]));
const found = {};
for (const file of process.argv.slice(1)) found[file] = read(Object.values(await import(file))[0]);
console.log(JSON.stringify(found));
"""
LITERALS = re.compile(r"'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`")


@dataclass(frozen=True)
class Text:
    """One text in both languages. `key` is where it stands, `desk.queues.names.open`, and begins with the kind."""

    key: str
    tr: str
    en: str

    @property
    def is_name(self) -> bool:
        """Whether it is the name of something rather than a sentence: nothing is put in, and no full stop ends it."""
        return not any(
            PLACES.search(text) or text.rstrip().endswith((".", "?", "!", ":")) for text in (self.tr, self.en)
        )


@cache
def texts() -> tuple[Text, ...]:
    """All of them. A text that one language lacks is empty there."""
    found = {"tr": dict(_all("tr")), "en": dict(_all("en"))}
    keys = (key for key in dict.fromkeys([*found["en"], *found["tr"]]) if not key.startswith(NO_WORDS))
    return tuple(Text(key, found["tr"].get(key, ""), found["en"].get(key, "")) for key in keys)


def _all(language: Language) -> Iterator[tuple[str, str]]:
    for kind, folder in FOLDERS.items():
        yield from leaves(tomllib.loads((FUNCTIONS / folder / f"{language}.toml").read_text("utf-8")), kind)
    for file in sorted((FUNCTIONS / "letters").glob(f"*/{language}/*.txt")):
        yield f"letter.{file.parent.parent.name}.{file.stem}", STATEMENTS.sub(" ", file.read_text("utf-8"))
    yield from leaves(desk(language), "desk")
    for pack in (version for versions in catalogue().values() for version in versions):
        yield f"pack.{pack.id}.title", pack.title[language]
        for place, line in enumerate(told(pack)[language]):
            yield f"pack.{pack.id}.{pack.number}.{place}", line


def leaves(words: Any, key: str) -> Iterator[tuple[str, str]]:
    """The texts below a key. A function of the desk's words is one text: its literals, one after the other."""
    if isinstance(words, str):
        yield key, words
    elif isinstance(words, dict) and words.keys() == {"source"}:
        yield key, " ".join(plain or template for plain, template in LITERALS.findall(words["source"]))
    else:
        for name, inner in words.items() if isinstance(words, dict) else enumerate(words):
            yield from leaves(inner, f"{key}.{name}")


@cache
def desk(language: Language) -> dict[str, Any]:
    """The desk's words as its own modules give them, for Node reads TypeScript; a function is its `source`."""
    files = [str(file) for file in sorted((FRONTEND / "desk").rglob(f"{language}.ts"))]
    run = [str(TOOLS / "node"), "--input-type=module", "--eval", READ, *files]
    answer = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60)
    return {name: words for module in json.loads(answer.stdout).values() for name, words in module.items()}
