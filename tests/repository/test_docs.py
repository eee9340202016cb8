"""The documents name what exists."""

import re
from pathlib import Path

import pytest

from infra.paths import ROOT

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
PATHS = re.compile(r"`((?:functions|frontend|infra|tests|docs)/[\w./-]+)`")
LINKS = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_and_link_leads_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    named = [ROOT / path for path in PATHS.findall(text)] + [document.parent / link for link in LINKS.findall(text)]
    assert [str(path) for path in named if not path.exists()] == []


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    decisions = {file.name for file in (ROOT / "docs/decisions").glob("[0-9]*.md")}
    assert decisions == set(LINKS.findall(index))


def test_every_dependency_says_why_it_is_here() -> None:
    import tomllib

    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    pinned = {re.split(r"[=\[]", pin)[0] for group in groups.values() for pin in group if isinstance(pin, str)}
    named = (ROOT / "docs/decisions/006-dependencies.md").read_text("utf-8")
    assert sorted(name for name in pinned if name not in named) == []
