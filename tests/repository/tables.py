"""The tables of documents that say what holds and which tests prove it, and the screens that documents speak of."""

import ast
import re
from functools import cache

from infra.paths import FRONTEND, FUNCTIONS, ROOT

NONE = "–"


def rows(document: str, heading: str) -> list[list[str]]:
    """The cells of the rows under a heading of the second level, without the two lines at the top of their table."""
    part = document.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def parts(cell: str, form: str = r"`[^`]+`") -> list[str]:
    """What a cell names, each on a line of its own; nothing else may stand there."""
    lines = [] if cell == NONE else cell.split("<br>")
    assert all(re.fullmatch(form, line) for line in lines), cell
    return lines


def proofs(cell: str) -> list[tuple[str, str]]:
    """The tests of a cell by file and function, the second empty where a whole file is named. All of them exist."""
    found = []
    for line in parts(cell):
        path, _, function = line.strip("`").partition("::")
        assert path.startswith("tests/")
        assert (ROOT / path).exists(), path
        assert not function or function in _functions_of(path), line
        found.append((path, function))
    return found


@cache
def _functions_of(path: str) -> frozenset[str]:
    module = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in module.body if isinstance(node, ast.FunctionDef))


@cache
def screens() -> frozenset[tuple[str, str]]:
    """The pages of the desk by their route, the public pages, and the letters."""
    routes = re.findall(r"^ +\| \{ page: '(\w+)'", (FRONTEND / "desk/route.ts").read_text("utf-8"), re.MULTILINE)
    templates = (FUNCTIONS / "pages").glob("*.html")
    pages = [page for page in templates if "{% extends " in page.read_text("utf-8")]
    letters = (FUNCTIONS / "letters").glob("*/en/body.html")
    return frozenset(
        [("desk", route) for route in routes if route != "unknown"]
        + [("page", page.stem) for page in pages]
        + [("letter", letter.parent.parent.name) for letter in letters]
    )
