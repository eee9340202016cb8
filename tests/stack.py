"""The deployed product on an emulator of its own: the unmodified template, beside whatever else runs."""

import http.client
import json
import os
import shutil
import socket
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from infra.local.emulator import Emulator
from infra.local.run import FIRM, let_in, put_up
from infra.local.sign_in import access_token
from infra.paths import MADE
from infra.stack import waits_until_quiet

PATIENCE = 60.0


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class Stack:
    """One deployment, fresh."""

    def __init__(self) -> None:
        self.home = MADE / f"test-{os.getpid()}"
        self.emulator = Emulator(free_port(), self.home)
        self._tokens: dict[str, tuple[float, str]] = {}

    def __enter__(self) -> "Stack":
        self.emulator.start()
        self.outputs = put_up(self.emulator, "test", "redress-test", FIRM)
        self.people = {
            str(person["roles"][0]): person  # type: ignore[index]
            for person in let_in(self.emulator, self.outputs, self.home / "people.json")
        }
        return self

    def __exit__(self, *error: object) -> None:
        log = self.emulator.log
        if error[0] is not None and log.exists():
            shutil.copy(log, MADE / "last-test-emulator.log")
        self.emulator.reset()

    @property
    def site(self) -> str:
        """Where the browser opens it."""
        return self.outputs["SiteUrl"]

    def client(self, service: str) -> Any:
        """A boto3 client with the rights of whoever deploys."""
        return self.emulator.cloud.client(service)

    def ask(
        self, method: str, path: str, body: Any = None, form: dict[str, str] | None = None, **headers: str
    ) -> Answer:
        """One request to the site, as a browser sends it. Header names are given with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        content: bytes | None = None
        if form is not None:
            content = urlencode(form).encode()
            sent |= {"content-type": "application/x-www-form-urlencoded"}
        elif body is not None:
            content = json.dumps(body).encode()
            sent |= {"content-type": "application/json"}
        sent["Host"] = self.site.removeprefix("http://")
        return request(method, f"http://127.0.0.1:{self.emulator.port}{path}", content, sent)

    def token(self, role: str) -> str:
        """An access token of the person with this role."""
        made, token = self._tokens.get(role, (0.0, ""))
        if time.monotonic() - made > 600:
            person = self.people[role]
            token = access_token(self.emulator.cloud, self.outputs, str(person["email"]), str(person["password"]))
            self._tokens[role] = time.monotonic(), token
        return token

    def desk(self, role: str, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request to the desk's API."""
        return self.ask(method, f"/api/desk{path}", body, authorization=f"Bearer {self.token(role)}", **headers)

    def submit(self, submission: dict[str, Any], key: str | None = None) -> dict[str, Any]:
        """File a complaint; its receipt."""
        answer = self.ask("POST", "/api/public/complaints", submission, idempotency_key=key or str(uuid4()))
        assert answer.status == 201, answer.text
        return dict(answer.json)

    def move(self, role: str, reference: str, move: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One move at the desk, on the newest version."""
        version = self.desk(role, "GET", f"/complaints/{reference}").json["version"]
        answer = self.desk(
            role, "POST", f"/complaints/{reference}/moves/{move}", body or {},
            if_match=f'"{version}"', idempotency_key=str(uuid4()),
        )  # fmt: skip
        assert answer.status == 200, answer.text
        return dict(answer.json)

    def finishes(self, role: str, reference: str, task: str) -> None:
        """One task of a complaint is done."""
        answer = self.desk(role, "POST", f"/complaints/{reference}/tasks/{task}/done", {})
        assert answer.status == 200, answer.text

    def mail_to(self, address: str, *, at_least: int = 1) -> list[dict[str, Any]]:
        """The letters to an address, as soon as there are so many."""

        def arrived() -> list[dict[str, Any]] | None:
            found = [mail for mail in self.emulator.mail() if address in str(mail["To"])]
            return found if len(found) >= at_least else None

        return list(self.until(arrived, f"{at_least} letters to {address}"))

    def until(self, look: Any, what: str) -> Any:
        """What `look` finds, as soon as it finds something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := look():
                return found
            time.sleep(0.2)
        raise AssertionError(f"waited in vain for {what}")

    def settle(self) -> None:
        """Wait until no queue holds work. A message that was dropped comes again after two minutes."""
        assert waits_until_quiet(self.emulator.cloud, self.outputs, 4 * PATIENCE)

    def role_of(self, function: str) -> Any:
        """A session whose calls have exactly the rights of a function's role."""
        import boto3

        resources = self.client("cloudformation").describe_stack_resources(StackName="redress-test")["StackResources"]
        lambda_name = next(one["PhysicalResourceId"] for one in resources if one["LogicalResourceId"] == function)
        arn = self.client("lambda").get_function_configuration(FunctionName=lambda_name)["Role"]
        given = self.client("sts").assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
        return boto3.Session(
            given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"],
            region_name=self.emulator.cloud.region,
        )  # fmt: skip


def request(method: str, url: str, content: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    """One HTTP request, without following redirects."""
    there = urlsplit(url)
    with closing(http.client.HTTPConnection(there.netloc, timeout=PATIENCE)) as door:
        door.request(method, there._replace(scheme="", netloc="").geturl(), content, headers or {})
        answer = door.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def chromium() -> Path:
    """The browser that `make test` found."""
    return Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
