"""Where things lie. Everything that is made and not written is under `.redress/`, which git does not keep."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = ROOT / "functions"
FRONTEND = ROOT / "frontend"
TEMPLATE = ROOT / "template.yaml"

MADE = ROOT / ".redress"
BUILD = MADE / "build"
#: Programs whose pins exclude ours live in virtual environments of their own; the Makefile makes them.
SAM = MADE / "tools" / "sam" / "bin"
EMULATOR = MADE / "tools" / "emulator" / "bin"
#: Python, node and npm of the project.
TOOLS = ROOT / ".venv" / "bin"
