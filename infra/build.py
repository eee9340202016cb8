"""Turns sources into what is deployed: one zip with all functions, and the site's scripts and styles.

Both are built again only when something they are made of has changed.
"""

import fcntl
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

from infra.paths import BUILD, FRONTEND, FUNCTIONS, SAM, TEMPLATE, TOOLS

#: Runtime and processor of this machine, for a stack that runs on it.
HERE = {
    "Runtime": f"python{sys.version_info.major}.{sys.version_info.minor}",
    "Architecture": "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64",
}
NOT_SOURCES = {"__pycache__", "node_modules", "dist"}
#: What packages bring along and no function needs: papers hold no images; typefaces and what reads them come twice.
LEFT_BEHIND = ("PIL/*", "pillow.libs/*", "fontTools/*.so", "font_source_*/*.otf")


class BuildFailed(Exception):
    """A build step ended with an error; its message is the step's own output."""


@contextmanager
def _alone() -> Iterator[None]:
    """Whoever wants the same built meanwhile waits, and then finds it: the tests run in two processes."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@_alone()
def built_functions(target: dict[str, str]) -> Path:
    """The template to deploy, its functions packed beside it; `target` gives Runtime and Architecture."""
    from infra.requirements import exported

    (FUNCTIONS / "requirements.txt").write_text(exported(), "utf-8")
    into = BUILD / f"{target['Runtime']}-{target['Architecture']}"
    template = into / "template.yaml"
    if not _changed(into / "made-of", [TEMPLATE, FUNCTIONS]):
        return template
    overrides = [f"{key}={value}" for key, value in target.items()]
    run(
        [
            *(SAM / "sam", "build", "--template", TEMPLATE, "--build-dir", into / "sam"),
            *("--parameter-overrides", *overrides),
        ],
        {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}", "SAM_CLI_TELEMETRY": "0"},
    )
    _pack_once(into / "sam", into)
    shutil.rmtree(into / "sam")
    _remember(into / "made-of", [TEMPLATE, FUNCTIONS])
    return template


@_alone()
def built_site() -> Path:
    """The folder with `assets/` and `staff/`, as Vite made them."""
    dist = FRONTEND / "dist"
    if _changed(BUILD / "site-made-of", [FRONTEND]) or not dist.exists():
        run([TOOLS / "npm", "run", "build"], {"PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"}, cwd=FRONTEND)
        _remember(BUILD / "site-made-of", [FRONTEND])
    return dist


def fingerprint(sources: Iterable[Path]) -> str:
    """One hash over the names and the content of all source files below `sources`."""
    digest = hashlib.sha256()
    for source in sources:
        files = [source] if source.is_file() else sorted(source.rglob("*"))
        for file in files:
            if file.is_file() and _is_source(file.relative_to(source.parent)):
                digest.update(f"{file.relative_to(source.parent)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def run(command: list[str | Path], environment: dict[str, str], cwd: Path | None = None) -> str:
    """Runs a program quietly and returns what it printed; raises BuildFailed with its last words otherwise.

    `environment` is added to ours; an empty value takes a variable away.
    """
    done = subprocess.run(
        [str(part) for part in command],
        env={name: value for name, value in {**os.environ, **environment}.items() if value},
        cwd=cwd,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BuildFailed(f"{Path(command[0]).name} failed:\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout


def _is_source(file: Path) -> bool:
    return NOT_SOURCES.isdisjoint(file.parts) and not any(part.startswith(".") for part in file.parts)


def _changed(memory: Path, sources: list[Path]) -> bool:
    return not memory.exists() or memory.read_text() != fingerprint(sources)


def _remember(memory: Path, sources: list[Path]) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(fingerprint(sources))


def _pack_once(built: Path, into: Path) -> None:
    """SAM copies the one folder for every function, and would upload each copy: pack it once, let all point at it."""
    template = (built / "template.yaml").read_text("utf-8")
    folders = sorted(set(re.findall(r"CodeUri: (\w+)\n", template)))
    folder = built / folders[0]
    with zipfile.ZipFile(into / "functions.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder)
            if file.is_file() and _is_source(name) and not any(fnmatch(str(name), one) for one in LEFT_BEHIND):
                # A fixed time: the same sources make the same zip, and an unchanged function is not deployed again.
                entry = zipfile.ZipInfo(str(name), (1980, 1, 1, 0, 0, 0))
                entry.external_attr = 0o644 << 16
                pack.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    (into / "template.yaml").write_text(re.sub(r"CodeUri: \w+\n", "CodeUri: functions.zip\n", template), "utf-8")
