"""Who may import whom: the core knows nothing of the shell, and no function knows another."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

FUNCTIONS = Path(__file__).parents[2] / "functions"
REACTIONS = (
    "outbox", "insight", "acknowledgement", "correspondence", "timers", "escalation", "closure", "evidence",
    "publication",
)  # fmt: skip
NAMES = ("intake", "desk", *REACTIONS)
STANDARD = set(sys.stdlib_module_names)


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    found = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return found | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def tops(file: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(file)}


@pytest.mark.parametrize("file", sorted((FUNCTIONS / "complaints").rglob("*.py")), ids=lambda file: file.name)
def test_the_core_imports_the_standard_library_and_pydantic_only(file: Path) -> None:
    assert tops(file) <= STANDARD | {"pydantic", "complaints"}
    assert tops(file).isdisjoint({"os", "boto3", "time"})


@pytest.mark.parametrize("file", sorted((FUNCTIONS / "adapters").rglob("*.py")), ids=lambda file: file.name)
def test_adapters_never_import_a_function(file: Path) -> None:
    assert tops(file).isdisjoint(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_function_never_imports_another(name: str) -> None:
    for file in (FUNCTIONS / name).rglob("*.py"):
        assert tops(file).isdisjoint(set(NAMES) - {name}), file


@pytest.mark.parametrize("file", sorted(FUNCTIONS.rglob("*.py")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_only_handlers_read_settings_and_build_clients(file: Path) -> None:
    if file.name == "handler.py":
        return
    if file.name != "settings.py":
        assert "os.environ" not in file.read_text("utf-8")
    if file.name != "clients.py":
        assert "boto3" not in imported(file)
        assert "adapters.clients" not in imported(file)


@pytest.mark.parametrize("name", REACTIONS)
def test_a_reaction_does_not_load_the_web_stack(name: str) -> None:
    web = "('fastapi', 'starlette', 'mangum')"
    code = f"import sys, {name}.react, adapters.clients; print([m for m in {web} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], cwd=FUNCTIONS, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize("name", NAMES)
def test_a_handler_is_wiring_only(name: str) -> None:
    source = (FUNCTIONS / name / "handler.py").read_text("utf-8")
    assert len(source.splitlines()) <= 20
    assert "def " not in source
