"""A page that shows the mail sent from this laptop, as the people it was sent to would read it.

The emulator forgets its mail when it stops, so every mail seen is kept in a file. A mail's HTML is shown in a frame
without scripts, without the network and without this page's origin.
"""

import argparse
import contextlib
import html
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from infra.paths import ROOT

Mail = dict[str, Any]
EVERY = 1.0  # seconds between two looks


class Mailbox:
    """The page's process: on `port` of this machine, with its memory in `home`."""

    def __init__(self, port: int, home: Path) -> None:
        self.port = port
        self.url = f"http://localhost:{port}/"
        self._home = home
        self._pid_file = home / "mailbox.pid"

    def start(self, emulator: str) -> None:
        """Starts it beside the emulator at the URL `emulator`; does nothing if it runs."""
        if _answers(self.port):
            return
        with (self._home / "mailbox.log").open("ab") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "infra.local.mailbox"),
                    *("--port", str(self.port), "--home", str(self._home), "--emulator", emulator),
                ],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._pid_file.write_text(str(process.pid))
        for _ in range(100):
            if _answers(self.port):
                return
            time.sleep(0.1)
        raise RuntimeError(f"The mail page did not start; see {self._home / 'mailbox.log'}")

    def stop(self) -> None:
        """Ends it, if it is ours that runs there."""
        if self._pid_file.exists() and _answers(self.port):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(self._pid_file.read_text()), signal.SIGTERM)
            for _ in range(50):
                if not _answers(self.port):
                    break
                time.sleep(0.1)
        self._pid_file.unlink(missing_ok=True)


class Kept:
    """All mail seen so far, oldest first, in one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self.mails: list[Mail] = json.loads(file.read_text("utf-8")) if file.exists() else []
        self._seen = {mail["MessageId"] for mail in self.mails}

    def look(self, emulator: str) -> None:
        """Fetches what is new. An emulator that does not answer has no new mail."""
        with self._lock, contextlib.suppress(urllib.error.URLError, OSError, ValueError):
            with urllib.request.urlopen(f"{emulator}/_ministack/ses/messages", timeout=5) as answer:
                accounts = json.load(answer)["messages"]
            fresh = [mail for mails in accounts.values() for mail in mails if mail["MessageId"] not in self._seen]
            if fresh:
                self.mails.extend(fresh)
                self._seen.update(mail["MessageId"] for mail in fresh)
                written = self._file.with_suffix(".new")
                written.write_text(json.dumps(self.mails, ensure_ascii=False), "utf-8")
                written.replace(self._file)


STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; grid-template-columns: minmax(18rem, 24rem) 1fr; height: 100vh; }
nav { overflow: auto; border-inline-end: 1px solid #8886; }
h1 { font-size: 1rem; margin: 1rem; }
ul { list-style: none; margin: 0; padding: 0; }
a { display: block; padding: .75rem 1rem; color: inherit; text-decoration: none; border-block-start: 1px solid #8884; }
a:hover, a:focus-visible { background: #8882; }
a[aria-current] { background: #06c2; box-shadow: inset 4px 0 #06c; }
small { display: block; opacity: .75; overflow-wrap: anywhere; }
b { overflow-wrap: anywhere; }
main { display: flex; flex-direction: column; overflow: auto; min-width: 0; padding: 1rem 1.5rem; gap: 1rem; }
main h2 { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { box-sizing: border-box; border: 1px solid #8886; background: #fff; width: 100%; min-height: 34rem; flex: 1; }
details pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 50rem) { body { grid-template-columns: 1fr; height: auto; } nav { max-height: 40vh; } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'"


def page(mails: list[Mail], chosen: Mail | None) -> str:
    """The list of mails, newest first, beside the chosen one."""
    rows = "".join(
        f'<li><a href="/{_safe(mail["MessageId"])}"{" aria-current=page" if mail is chosen else ""}>'
        f"<b>{_safe(mail['Subject'])}</b><small>{_safe(', '.join(mail['To']))}</small>"
        f"<small>{_when(mail)}</small></a></li>"
        for mail in reversed(mails)
    )
    shown = _shown(chosen) if chosen else "<p>No mail has been sent yet. File a complaint with an e-mail address.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Mail sent ({len(mails)})</title><style>{STYLE}</style>"
        f'<nav aria-label="Mail"><h1>Mail sent: {len(mails)}</h1><ul>{rows}</ul></nav><main>{shown}</main></html>'
    )


def _shown(mail: Mail) -> str:
    text = f"<pre>{_safe(mail.get('BodyText') or '')}</pre>"
    letter = (
        '<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The letter"'
        f' src="/{_safe(mail["MessageId"])}/letter"></iframe>'
        f"<details><summary>As plain text</summary>{text}</details>"
        if mail.get("BodyHtml")
        else text
    )
    return (
        f"<h2>{_safe(mail['Subject'])}</h2><dl><dt>From</dt><dd>{_safe(mail['Source'])}</dd>"
        f"<dt>To</dt><dd>{_safe(', '.join(mail['To']))}</dd><dt>Sent</dt><dd>{_when(mail)}</dd></dl>{letter}"
    )


def _when(mail: Mail) -> str:
    stamp = mail["Timestamp"]
    if isinstance(stamp, int | float):
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(stamp))
    return _safe(str(stamp).replace("T", " ")[:19])


def _safe(text: str) -> str:
    return html.escape(str(text))


def serve(port: int, kept: Kept, emulator: str) -> None:
    """Looks for mail every second and shows it until the process is ended."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name, _, part = self.path.split("?")[0].strip("/").partition("/")
            kept.look(emulator)
            mails = list(kept.mails)
            mail = next((one for one in mails if one["MessageId"] == name), None)
            if name and mail is None:
                self._say(404, "<!doctype html><title>No such mail</title><p>No such mail.")
            elif mail and part == "letter":
                letter: str = mail.get("BodyHtml") or ""
                self._say(200, letter.replace("<head>", '<head><base target="_blank">', 1))  # links leave the frame
            else:
                self._say(200, page(mails, mail or (mails[-1] if mails else None)))

        def _say(self, status: int, body: str) -> None:
            sent = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(sent)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent: who looks at which mail is nobody's business."""

    def watch() -> None:
        while True:
            kept.look(emulator)
            time.sleep(EVERY)

    threading.Thread(target=watch, daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", port), Answer).serve_forever()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m infra.local.mailbox")
    asked.add_argument("--port", type=int, required=True)
    asked.add_argument("--home", type=Path, required=True)
    asked.add_argument("--emulator", required=True)
    given = asked.parse_args()
    serve(given.port, Kept(given.home / "mail.json"), given.emulator)
