"""What the sources of the pages and of the desk keep to, however they look in a browser."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

from complaints.contrast import SEEN, WORDS, ratio
from infra.paths import FRONTEND, ROOT

SOURCES = [
    file
    for file in sorted(FRONTEND.glob("*/**/*"))
    if file.suffix in {".ts", ".tsx", ".css", ".html", ".svg"} and file.parts[len(FRONTEND.parts)] in {"public", "desk"}
]
STYLES = [file for file in SOURCES if file.suffix == ".css"]
#: What makes markup or a script out of text.
MAKES_MARKUP = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|dangerouslySetInnerHTML|srcdoc)\b"
    r"|\bdocument\.write|\beval\(|\bnew Function\b|\bDOMParser\b|set(?:Timeout|Interval)\(\s*['\"`]|javascript:"
)
#: What would take the say in how a page is held, heard or looked at from whoever reads it.
BY_ITSELF = re.compile(
    r"\borientation\b|autoplay|<(?:audio|video|marquee)\b|\.play\(|http-equiv|user-scalable|maximum-scale"
    r"|setInterval\([^;]*location\."
)
SCHEMES = {
    "light": r":root \{(.*?)\n\}",
    "dark": r"scheme: dark\) \{\s*:root \{(.*?)\n  \}",
    "paper": r"@media print \{(.*)\}",
}
GROUNDS = ("paper", "ground", "ground2")
SAYS = ("ink", "ink2", "link", "late", "soon", "ok", "wait")


def test_both_front_ends_are_read() -> None:
    assert {file.name for file in SOURCES} >= {"public.ts", "public.css", "tokens.css", "app.tsx", "desk.css", "tr.ts"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: str(file.relative_to(FRONTEND)))
def test_no_source_makes_markup_or_a_script_of_text(source: Path) -> None:
    assert MAKES_MARKUP.findall(source.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "line", ["box.innerHTML = words", "eval(words)", "setTimeout('go()', 9)", "<i srcdoc={words}/>"]
)
def test_what_would_is_found(line: str) -> None:
    assert MAKES_MARKUP.search(line)


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: str(file.relative_to(FRONTEND)))
def test_nothing_holds_a_device_upright_plays_or_refreshes_by_itself(source: Path) -> None:
    """That a page which is turned says the same, the tests in a browser see."""
    assert BY_ITSELF.findall(source.read_text("utf-8")) == []


@pytest.mark.parametrize("style", STYLES, ids=lambda file: file.name)
def test_no_style_changes_letters_or_loads_a_typeface(style: Path) -> None:
    assert (
        re.findall(r"text-transform|font-variant\w*:\s*[^;]*caps|@font-face|@import [^;]*//", style.read_text("utf-8"))
        == []
    )


@pytest.mark.parametrize("style", [file for file in STYLES if file.name != "tokens.css"], ids=lambda file: file.name)
def test_every_colour_is_a_token(style: Path) -> None:
    """So the pairs below are all there are. What dims the page behind a dialog says nothing."""
    text = re.sub(r"::backdrop \{[^}]*\}", "", style.read_text("utf-8"))
    assert re.findall(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl|oklch|color-mix)a?\(", text, re.IGNORECASE) == []


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme; what it does not set is as in the light one."""
    text = (FRONTEND / "public" / "tokens.css").read_text("utf-8")
    found = re.search(SCHEMES[scheme], text, re.DOTALL)
    assert found
    set_here = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1]))
    before = tokens("light") if scheme != "light" else {}
    return before | {"accent": set_here["link"]} | set_here


def pairs(scheme: str) -> dict[tuple[str, str], float]:
    """What stands on what, and how far apart they have to be. Paper has one ground and no tints."""
    grounds = GROUNDS if scheme != "paper" else ("paper",)
    tints = [(f"on-heat{step}", f"heat{step}") for step in (1, 2, 3, 4)] if scheme != "paper" else []
    words = [*product(SAYS, grounds), ("soon", "soon-bg"), ("ink", "soon-bg"), ("on-accent", "accent"), *tints]
    turned = [("paper", "ink")]  # a button under the pointer, the slab of what was done
    ring = {"light": [("halo", "ink")], "dark": [("halo", "paper")], "paper": []}[scheme]
    return dict.fromkeys([*words, *turned], WORDS) | dict.fromkeys([*product(("edge", "accent"), grounds), *ring], SEEN)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_of_colours_stands_apart(scheme: str) -> None:
    colours = tokens(scheme)
    found = {pair: (ratio(*(colours[name] for name in pair)), needed) for pair, needed in pairs(scheme).items()}
    assert {pair: (times, needed) for pair, (times, needed) in found.items() if times < needed} == {}


def test_no_token_is_left_out() -> None:
    """`line` is for decoration alone, and nothing depends on it; on `plate` stands a logo in colours of its own."""
    paired = {name for scheme in SCHEMES for pair in pairs(scheme) for name in pair}
    assert {name for name in tokens("light") if name not in {"line", "plate"}} == paired


def test_packages_are_pinned_and_run_nothing_when_they_are_installed() -> None:
    asked = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    locked = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    pins = asked["dependencies"] | asked["devDependencies"]
    assert [name for name, pin in pins.items() if not re.fullmatch(r"\d+\.\d+\.\d+", pin)] == []
    assert {name: locked[f"node_modules/{name}"]["version"] for name in pins} == pins
    assert [name for name, package in locked.items() if name and not package.get("integrity")] == []
    assert "ignore-scripts=true" in (FRONTEND / ".npmrc").read_text("utf-8").splitlines()
    assert "npm ci" in (ROOT / "Makefile").read_text("utf-8")
    assert "npm install" not in (ROOT / "Makefile").read_text("utf-8") + (ROOT / ".ci" / "run").read_text("utf-8")
