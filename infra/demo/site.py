"""The site over HTTP: as complainants reach it, and as staff do once signed in."""

import http.client
import json
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from infra.demo.filed import Filed

PATIENCE = 120  # seconds that the letters and counts may take until all is as it should be


class DemoFailed(Exception):
    """The demo cannot go on; the message says why."""


class Site:
    """The site as a browser reaches it. Only browsers know its name, so we connect to the port and say the name."""

    def __init__(self, url: str, port: int) -> None:
        self._host = urlsplit(url).netloc
        self._port = port

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> tuple[int, Any]:
        """Status and JSON of the answer. A breakdown (5xx, a lost connection) is tried again: each request that changes
        something carries its idempotency key.
        """
        sent = {"Host": self._host, "Content-Type": "application/json", **headers}
        for pause in (0.5, 1, 2, 4, None):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
                connection.request(method, path, json.dumps(body) if body is not None else None, sent)
                answer = connection.getresponse()
                status, content = answer.status, answer.read()
            except OSError as lost:
                status, content = 599, str(lost).encode()
            finally:
                connection.close()
            if status < 500 or pause is None:
                break
            time.sleep(pause)
        try:
            return status, json.loads(content or b"null")
        except ValueError:
            return status, content.decode("utf-8", "replace")[:300]

    def expect(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        """The JSON of a good answer. Raises DemoFailed for any other."""
        status, answer = self.ask(method, path, body, **headers)
        if status >= 300:
            raise DemoFailed(f"{method} {path} answered {status}: {answer}")
        return answer


class Colleague:
    """Somebody at the desk, signed in; signs in again when the token has run out (15 minutes)."""

    def __init__(self, site: Site, sign_in: Callable[[], str]) -> None:
        self._site = site
        self._sign_in = sign_in
        self._token = sign_in()
        self._one_at_a_time = threading.Lock()
        self.id: str = self.get("/me")["id"]

    def get(self, path: str) -> Any:
        """Reads from the desk."""
        return self._ask("GET", path, None, {})[1]

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Creates something at the desk, under a fresh idempotency key."""
        return self._ask("POST", path, body, {"Idempotency-Key": str(uuid.uuid4())})[1]

    def listed(self, queue: str) -> list[dict[str, Any]]:
        """All rows of a queue, page after page."""
        rows, cursor = [], ""
        while True:
            page = self.get(f"/complaints?{urlencode({'queue': queue, 'cursor': cursor})}")
            rows += page["rows"]
            if not (cursor := page["next"] or ""):
                return rows

    def move(self, complaint: Filed, move: str, body: dict[str, Any]) -> dict[str, Any]:
        """Makes a move on things as they were seen last; looks again when somebody (a letter, a timer) was faster.

        Gives the case as it is then.
        """
        path = f"{complaint.path}/moves/{move}"
        key = str(uuid.uuid4())
        for _ in range(8):
            headers = {"If-Match": f'"{complaint.version}"', "Idempotency-Key": key}
            status, answer = self._ask("POST", path, body, headers, allowed=(409,))
            latest = (answer.get("current", {}) if status == 409 else answer).get("version", complaint.version)
            if status != 409 or latest == complaint.version:
                break
            complaint.version = latest
        if status == 409:
            raise DemoFailed(f"{path} was refused: {answer}")
        complaint.version = latest
        case: dict[str, Any] = answer
        return case

    def settle(self, path: str, body: dict[str, Any]) -> None:
        """Settles the first version of something."""
        self._ask("PUT", path, body, {"If-Match": '"0"'})

    def agree(self, path: str, body: dict[str, Any]) -> None:
        """Approves, or has read, the first version of something that somebody else wrote."""
        self._ask("POST", path, body, {"If-Match": '"1"'})

    def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        headers: dict[str, str],
        allowed: tuple[int, ...] = (),
    ) -> tuple[int, Any]:
        for _ in range(2):
            token = self._token
            status, answer = self._site.ask(
                method, f"/api/desk{path}", body, **headers, Authorization=f"Bearer {token}"
            )
            if status != 401:
                break
            with self._one_at_a_time:
                if token == self._token:
                    self._token = self._sign_in()
        if status >= 300 and status not in allowed:
            raise DemoFailed(f"{method} {path} answered {status}: {answer}")
        return status, answer


@dataclass(frozen=True)
class Desk:
    """Those who work there."""

    front_line: Colleague
    handler: Colleague
    lead: Colleague
    reviewer: Colleague
    representative: Colleague

    def in_charge(self, complaint: Filed) -> tuple[Colleague, Colleague]:
        """Who handles the complaint, and the other person who approves."""
        return (self.lead, self.representative) if complaint.led else (self.handler, self.lead)


def act_on(site: Site, complaint: Filed, act: str, body: dict[str, Any]) -> None:
    """The complainant opens the tracking page with reference and code, and does something there."""
    known = {name: complaint.receipt[name] for name in ("reference", "secret")}
    opened = site.expect("POST", "/api/public/track", known)
    site.expect("POST", f"/api/public/track/{act}", body, Authorization=f"Bearer {opened['token']}")
