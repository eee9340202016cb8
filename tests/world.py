"""The whole product in one process: real code, moto for the tables, and fakes where moto does not act.

moto keeps schedules and never fires them, and its mail goes nowhere, so those two are small classes here. The bus is
one too: it hands each fact to the queues that the template's rules would.
"""

import itertools
import json
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Lock
from typing import Any
from uuid import UUID

import boto3
from fastapi.testclient import TestClient
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import StreamShard

import acknowledgement.react
import closure.react
import correspondence.react
import desk.app
import escalation.react
import evidence.react
import insight.react
import intake.app
import outbox.react
import timers.react
from adapters.absences import Absences
from adapters.bus import Bus
from adapters.erasure import Erasure
from adapters.evidence import Evidence
from adapters.figures import Figures
from adapters.files import Files
from adapters.items import Items
from adapters.mail import BeingSent, Courier, Post
from adapters.notices import Notices
from adapters.registers import Registers
from adapters.render import Pages, promises
from adapters.rulebook import Rulebook
from adapters.search import Search
from adapters.settings import Informing, Posting, Ruled
from adapters.table import Table
from adapters.vault import Vault
from complaints.rules import Organisation, Rules
from infra import template

RESOURCES = template.read()["Resources"]
HANDLER, LEAD, FRONT_LINE, ADMINISTRATOR, AUDITOR = "sub-handler", "sub-lead", "sub-front", "sub-admin", "sub-auditor"
GROUPS = {
    HANDLER: "[handler]",
    LEAD: "[lead]",
    FRONT_LINE: "[front-line]",
    ADMINISTRATOR: "[administrator]",
    AUDITOR: "[auditor]",
}


def copied(shard: StreamShard, memo: dict[int, Any]) -> StreamShard:
    """moto copies a table for every item of a transaction, in case it fails; what its stream has told never changes."""
    other = copy(shard)
    other.table, other.items = memo.get(id(shard.table), shard.table), list(shard.items)
    return other


StreamShard.__deepcopy__ = copied  # type: ignore[attr-defined]


class Mailbox:
    """SES as far as a sender sees it."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, EmailMessage, dict[str, str]]] = []
        self.fails_with: Exception | None = None

    def send_email(self, **asked: Any) -> dict[str, str]:
        if self.fails_with:
            raise self.fails_with
        mail = message_from_bytes(asked["Content"]["Raw"]["Data"], policy=default)
        assert isinstance(mail, EmailMessage)
        tags = {tag["Name"]: tag["Value"] for tag in asked["EmailTags"]}
        self.sent.append((asked["Destination"]["ToAddresses"][0], mail, tags))
        return {"MessageId": f"message-{len(self.sent)}"}

    def subjects(self, to: str) -> list[str]:
        return [str(mail["Subject"]) for address, mail, _ in self.sent if address == to]


@dataclass
class Schedules:
    """EventBridge Scheduler: what was armed, fired by winding the clock."""

    armed: set[tuple[datetime, str]] = field(default_factory=set)

    def arm(self, reference: str, at: datetime) -> None:
        self.armed.add((at, reference))


class World:
    """Everything, with a clock that can be wound."""

    def __init__(self, start: datetime, *, alone: bool = False, organisation: Organisation | None = None) -> None:
        self.now = start
        client = in_turn(boto3.client("dynamodb", region_name="eu-central-1"))
        for logical in ("Table", "KeysTable"):
            properties = RESOURCES[logical]["Properties"]
            wanted = (
                "AttributeDefinitions",
                "KeySchema",
                "GlobalSecondaryIndexes",
                "BillingMode",
                "StreamSpecification",
            )
            client.create_table(
                TableName=logical,
                **{name: properties[name] for name in wanted if name in properties}
                | (
                    {"StreamSpecification": {"StreamEnabled": True, **properties["StreamSpecification"]}}
                    if "StreamSpecification" in properties
                    else {}
                ),
            )
        self.items = Items(client, "Table")
        ruled = Ruled(calendar="TR", time_zone="Europe/Istanbul", approver_may_be_handler=alone)
        self.rulebook = Rulebook(self.items, ruled)
        if organisation:
            self.rulebook.settle(organisation, "Kuruluş", ADMINISTRATOR, start, after=0)
        self.vault = Vault(b"r" * 32)
        self.keys = Items(client, "KeysTable")
        self.table = Table(self.items, self.rulebook.rules, self.vault, self.keys)
        self.figures, self.search = Figures(self.items), Search(self.items, self.vault)
        self.mailbox, self.schedules, self.bus = Mailbox(), Schedules(), Recorder()
        self.settings = Posting(
            table="Table",
            keys_table="KeysTable",
            root_secret="",
            calendar="TR",
            time_zone="Europe/Istanbul",
            organisation="Çınaraltı Ev Aletleri",
            help_phone="0 800 000 00 00",
            site_url="https://site.example",
            sender="sikayet@cinaralti.example",
            configuration_set="letters",
        )
        self.registers = Registers(self.items, self.settings)
        self.post = Post(self.mailbox, self.table, self.settings, self.registers, self.vault)  # type: ignore[arg-type]
        self.absences, self.staff_mail = Absences(self.items), Mailbox()
        informing = Informing.model_validate(self.settings.model_dump(include=set(Informing.model_fields)))
        courier = Courier(self.staff_mail, informing, self.registers)  # type: ignore[arg-type]
        self.office = escalation.react.Office(self.table, self.absences, Notices(self.items), courier)
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="files")
        s3.put_bucket_versioning(
            Bucket="files", VersioningConfiguration=RESOURCES["FilesBucket"]["Properties"]["VersioningConfiguration"]
        )
        self.s3, self.files = s3, Files(s3, "files")
        self.evidence = Evidence(self.table, self.files)
        self.erasure = Erasure(self.table, self.keys, self.search, self.files)
        promised = lambda: promises(self.table.rules, self.rules.calendar.day_of(self.now))  # noqa: E731
        told = (self.registers.look, self.registers.contact, "https://site.example", promised, "Europe/Istanbul")
        pages = Pages(*told, alone=alone)
        clock = lambda: self.now  # noqa: E731
        self.public = TestClient(
            intake.app.build(self.table, self.vault, self.files, pages, clock, guarded=False),
            raise_server_exceptions=False,
        )
        registers = (self.rulebook, self.registers, self.figures, self.absences, self.search)
        kept = (self.table, self.vault, self.files, *registers)
        self._desk = desk.app.build(*kept, clock, self.settings, guarded=False)
        for sub, name in (
            (HANDLER, "Işıl Tütüncüoğlu"),
            (LEAD, "Rıza Öğütçü"),
            (FRONT_LINE, "Çağrı Küçükşahin"),
            (ADMINISTRATOR, "Ayşe Gül Öz"),
            (AUDITOR, "İpek Zülfikaroğlu"),
        ):
            told = {"email": f"{sub}@cinaralti.example", "roles": GROUPS[sub].strip("[]").split()}
            self.items.put({"PK": "STAFF", "SK": sub, "name": name, "language": "tr", "active": True, **told})
        self._groups = dict(GROUPS)
        self._read = 0
        self._keys = itertools.count(1)

    @property
    def rules(self) -> Rules:
        """What binds the organisation now."""
        return self.rulebook.rules()

    # --- people ------------------------------------------------------------------------------------------------------

    def staff(self, sub: str) -> TestClient:
        """The desk, as one member of staff sees it."""
        claims = {"sub": sub, "cognito:groups": self._groups[sub], "token_use": "access"}
        app = self._desk

        async def signed_in(scope: Any, receive: Any, send: Any) -> None:
            scope["aws.event"] = {"requestContext": {"authorizer": {"jwt": {"claims": claims}}}}
            await app(scope, receive, send)

        return TestClient(signed_in, raise_server_exceptions=False)

    def hire(self, sub: str, role: str, name: str) -> None:
        """Somebody more at the desk."""
        self._groups[sub] = f"[{role}]"
        told = {"email": f"{sub}@cinaralti.example", "roles": [role]}
        self.items.put({"PK": "STAFF", "SK": sub, "name": name, "language": "tr", "active": True, **told})

    def submit(self, **changes: Any) -> dict[str, Any]:
        """A complaint from the public form's fields, and its receipt."""
        answer = self.public.post(
            "/api/public/complaints", json=a_submission(**changes), headers={"Idempotency-Key": self.key()}
        )
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def finishes(self, sub: str, reference: str, task: str, **done: Any) -> dict[str, Any]:
        """One task of a complaint is done."""
        answer = self.staff(sub).post(f"/api/desk/complaints/{reference}/tasks/{task}/done", json=done)
        assert answer.status_code == 200, answer.text
        self.settle()
        return dict(answer.json())

    def move(
        self, sub: str, reference: str, move: str, body: dict[str, Any] | None = None, status: int = 200
    ) -> dict[str, Any]:
        """One move at the desk, on the newest version."""
        version = self.case(sub, reference)["version"]
        answer = self.staff(sub).post(
            f"/api/desk/complaints/{reference}/moves/{move}",
            json=body or {},
            headers={"If-Match": f'"{version}"', "Idempotency-Key": self.key()},
        )
        assert answer.status_code == status, answer.text
        self.settle()
        return dict(answer.json())

    def case(self, sub: str, reference: str) -> dict[str, Any]:
        """The case page's content."""
        answer = self.staff(sub).get(f"/api/desk/complaints/{reference}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def open(self, receipt: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
        """The tracking page: headers that hold the token, and the complaint."""
        answer = self.public.post(
            "/api/public/track", json={"reference": receipt["reference"], "secret": receipt["secret"]}
        )
        assert answer.status_code == 200, answer.text
        opened = answer.json()
        return {"Authorization": f"Bearer {opened['token']}"}, opened["complaint"]

    def key(self) -> str:
        """A fresh idempotency key."""
        return str(UUID(int=next(self._keys), version=4))

    # --- what AWS does -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything that was stored be announced and reacted to, until nothing more happens."""
        while records := self.new_records():
            told = [
                r
                for r in records
                if r["eventName"] == "INSERT" and r["dynamodb"]["Keys"]["SK"]["S"][:2] in {"E#", "N#"}
            ]
            outbox.react.react(told, Bus(self.bus, "bus"))  # type: ignore[arg-type]
            cases = [r for r in records if r["dynamodb"]["Keys"]["SK"]["S"] == "CASE"]
            insight.react.react(cases, self.figures, self.rules.calendar.day_of)
            for event in self.bus.take():
                self.deliver(event)

    def new_records(self) -> list[dict[str, Any]]:
        """The records that came to the table's stream since the last look."""
        shard = dynamodb_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"].get_table("Table").stream_shard
        records = [
            record.to_json() for record in shard.items
        ]  # moto keeps the records and does not serve them to this client
        new, self._read = records[self._read :], len(records)
        return [dict(record) for record in new]

    def deliver(self, event: dict[str, Any]) -> None:
        """One event from the bus to every queue whose rule in the template matches it."""
        feedback = ("correspondence",) if event["source"] == "aws.ses" else ()
        for function in (*RULES.get(event["detail-type"], ()), *feedback):
            if function == "timers":
                timers.react.react(event, self.table, self.schedules, Bus(self.bus, "bus"), self.now)  # type: ignore[arg-type]
            elif function == "escalation":
                escalation.react.react(event, self.office, self.now)
            elif function == "evidence":
                evidence.react.react(event, self.evidence, self.now)
            elif function != "publication":  # the pages have tests of their own
                with suppress(BeingSent):  # the queue would bring it again; here the sweep does
                    REACTIONS[function](event, self)

    def wind(self, to: datetime | date) -> None:
        """Let time pass: schedules fire in their order, each at its moment."""
        end = to if isinstance(to, datetime) else self.rules.calendar.moment(to)
        while due := sorted(one for one in self.schedules.armed if one[0] <= end):
            at, reference = due[0]
            self.schedules.armed.discard(due[0])
            self.now = max(self.now, at)
            message = {"kind": "milestone", "reference": reference}
            timers.react.react(message, self.table, self.schedules, Bus(self.bus, "bus"), self.now)  # type: ignore[arg-type]
            self.settle()
        self.now = end

    def sweep(self) -> None:
        """The quarter-hourly sweep."""
        timers.react.react({"kind": "sweep"}, self.table, self.schedules, Bus(self.bus, "bus"), self.now)  # type: ignore[arg-type]
        for event in self.bus.take():
            self.deliver(event)
        self.settle()

    def digest(self) -> None:
        """The quarter-hourly mail to staff."""
        escalation.react.react({"kind": "digest"}, self.office, self.now)

    def destroy(self) -> None:
        """The nightly run that destroys what is kept no longer."""
        closure.react.react({"kind": "destroy"}, self.post, self.erasure, self.now)
        self.settle()

    def wait(self, **span: float) -> None:
        """Some time goes by, without schedules."""
        self.now += timedelta(**span)

    def post_says(self, what: str, reference: str, letter: str, **detail: Any) -> None:
        """SES tells what became of a letter."""
        self.deliver(ses_event(what, reference, letter, **detail))
        self.settle()


def in_turn(client: Any) -> Any:
    """moto's tables are plain dictionaries: two threads inside one of its calls would break them, and not us."""
    lock, call = Lock(), client._make_api_call

    def one_at_a_time(*asked: Any) -> Any:
        with lock:
            return call(*asked)

    client._make_api_call = one_at_a_time
    return client


class Recorder:
    """EventBridge as far as a sender sees it."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        self.entries += Entries
        return {"Entries": [{"EventId": "1"} for _ in Entries]}

    def take(self) -> list[dict[str, Any]]:
        taken, self.entries = self.entries, []
        return [
            {"source": one["Source"], "detail-type": one["DetailType"], "detail": json.loads(one["Detail"])}
            for one in taken
        ]


REACTIONS = {
    "acknowledgement": lambda event, world: acknowledgement.react.react(event, world.post, world.now),
    "correspondence": lambda event, world: correspondence.react.react(event, world.post, world.now),
    "closure": lambda event, world: closure.react.react(event, world.post, world.erasure, world.now),
}


def rules_of(resources: dict[str, Any]) -> dict[str, list[str]]:
    """detail-type -> the functions whose queues the template's rules feed."""
    found: dict[str, list[str]] = {}
    for resource in resources.values():
        if resource["Type"] == "AWS::Events::Rule":
            function = resource["Properties"]["Targets"][0]["Arn"]["Fn::GetAtt"][0].removesuffix("Queue").lower()
            pattern = resource["Properties"]["EventPattern"]
            for either in pattern.get("$or", [pattern]):
                for kind in either.get("detail-type", []):
                    found.setdefault(kind, []).append(function)
    return found


RULES = rules_of(RESOURCES)


def ses_event(what: str, reference: str, letter: str, **detail: Any) -> dict[str, Any]:
    """An event in the shape that SES documents for EventBridge."""
    return {
        "version": "0",
        "id": "7bf73129-1428-4cd3-a780-95db273d1602",
        "detail-type": f"Email {what}",
        "source": "aws.ses",
        "account": "123456789012",
        "time": "2026-11-22T10:00:00Z",
        "region": "eu-central-1",
        "resources": [],
        "detail": {
            "eventType": what,
            "mail": {
                "messageId": "0107018-000000",
                "tags": {"reference": [reference], "letter": [letter]},
                "destination": ["somebody@example.com"],
            },
            **detail,
        },
    }


def scan_event(bucket: str, key: str, version: str, result: str) -> dict[str, Any]:
    """An event in the shape that GuardDuty documents for EventBridge."""
    status = {"NO_THREATS_FOUND": "COMPLETED", "THREATS_FOUND": "COMPLETED", "FAILED": "FAILED"}.get(result, "SKIPPED")
    threats = [{"name": "EICAR-Test-File (not a virus)"}] if result == "THREATS_FOUND" else None
    return {
        "version": "0",
        "id": "72c7d362-737a-6dce-fc78-9e27a0171419",
        "detail-type": "GuardDuty Malware Protection Object Scan Result",
        "source": "aws.guardduty",
        "account": "123456789012",
        "time": "2026-11-22T10:00:00Z",
        "region": "eu-central-1",
        "resources": ["arn:aws:guardduty:eu-central-1:123456789012:malware-protection-plan/b4c7f464ab3a"],
        "detail": {
            "schemaVersion": "1.0",
            "scanStatus": status,
            "resourceType": "S3_OBJECT",
            "s3ObjectDetails": {
                "bucketName": bucket,
                "objectKey": key,
                "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                "versionId": version,
                "s3Throttled": False,
            },
            "scanResultDetails": {"scanResultStatus": result, "threats": threats},
        },
    }


def a_submission(**changes: Any) -> dict[str, Any]:
    """What Nermin tells us about her oven."""
    return {
        "language": "tr",
        "about": "Ankastre fırın",
        "told_before": "no",
        "safety_risk": False,
        "elsewhere": False,
        "what_happened": "Fırının camı çalışırken patladı. Servis üç haftadır gelmiyor.",
        "name": "Nermin Çağlayangil",
        "email": "nermin@example.com",
        **changes,
    }
