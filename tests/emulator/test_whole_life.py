"""A whole life on the deployed stack: through CloudFront, API, table, stream, bus, queues and mail."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from adapters.telemetry import utc_now
from tests.evidence import PDF
from tests.journeys.steps import APPROVAL, ASSESSMENT, proposal
from tests.stack import Stack, request
from tests.world import a_submission, scan_event, ses_event


def address() -> str:
    """An address of this test's own: the mail of a stack cannot be cleared."""
    return f"{uuid4().hex[:12]}@example.com"


def test_a_complaint_lives_from_the_form_to_its_closing(stack: Stack) -> None:
    mine = address()
    receipt = stack.submit(a_submission(email=mine))
    reference = receipt["reference"]
    [acknowledged] = stack.mail_to(mine)
    assert "aldık" in acknowledged["Subject"]
    assert receipt["secret"] not in str(acknowledged)

    handler = stack.people["handler"]["sub"]
    stack.move("handler", reference, "assess", ASSESSMENT)
    stack.move("handler", reference, "investigate", {"owner": handler})
    stack.move("handler", reference, "propose", proposal(remedy_by=utc_now().date() + timedelta(days=30)))
    decided = stack.move("lead", reference, "approve", APPROVAL)
    assert decided["state"] == "decided"
    stack.mail_to(mine, at_least=2)

    credentials = {"reference": reference, "secret": receipt["secret"]}
    token = stack.ask("POST", "/api/public/track", credentials).json["token"]
    accepted = stack.ask("POST", "/api/public/track/acts/accept", {}, authorization=f"Bearer {token}")
    assert accepted.json["state"] == "remedying"
    stack.finishes("handler", reference, "remedy-1")
    closed = stack.move("lead", reference, "verify", {"words": "Yeni fırın takıldı."})
    assert closed["state"] == "closed"
    letters = stack.mail_to(mine, at_least=3)
    stack.settle()
    assert len(letters) == len({letter["Subject"] for letter in letters}) == 3


def test_the_same_key_makes_one_complaint_and_one_letter(stack: Stack) -> None:
    mine, key = address(), str(uuid4())
    receipts = [stack.submit(a_submission(email=mine), key) for _ in range(3)]
    assert receipts[0] == receipts[1] == receipts[2]
    stack.mail_to(mine)
    stack.settle()
    assert len(stack.mail_to(mine)) == 1


def test_the_counts_of_the_queues_equal_a_recount(stack: Stack) -> None:
    for _ in range(3):
        stack.submit(a_submission(email=address()))
    stack.settle()
    counts = stack.desk("handler", "GET", "/queues").json["counts"]

    def listed(queue: str) -> int:
        rows, cursor = 0, ""
        while True:
            page = stack.desk("handler", "GET", f"/complaints?queue={queue}&cursor={cursor}").json
            rows, cursor = rows + len(page["rows"]), page["next"]
            if cursor is None:
                return rows

    assert {queue: listed(queue) for queue in counts} == counts


def test_a_bounce_that_ses_reports_becomes_a_task(stack: Stack) -> None:
    """SES itself is not exercised: only AWS may speak as `aws.ses`. Its event, in the documented shape, is held against
    the rule's pattern and put on the queue that the rule feeds.
    """
    mine = address()
    reference = stack.submit(a_submission(email=mine))["reference"]
    stack.mail_to(mine)
    stack.settle()
    event = ses_event("Bounced", reference, "000001-acknowledgement", bounce={"bounceType": "Permanent"})
    event["detail"]["mail"]["tags"]["ses:configuration-set"] = [stack.outputs["ConfigurationSet"]]
    bus = stack.client("events")
    assert [rule for rule in bus.list_rules()["Rules"] if matches(bus, rule, event)] == [rule_named(stack, "FromPost")]
    queue = stack.outputs["CorrespondenceQueueUrl"]
    stack.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps(event))
    case = stack.until(
        lambda: (one := stack.desk("handler", "GET", f"/complaints/{reference}").json)["tasks"] and one, "a task"
    )
    assert case["acknowledged_at"] is None
    assert case["letters"][0]["state"] == "bounced"


def test_a_schedule_fires_and_the_breach_is_on_the_desk(stack: Stack) -> None:
    """The promise is a working day away, so the schedule that the product armed is replaced by one due now."""
    scheduler = stack.client("scheduler")
    reference = stack.submit(a_submission(email=address()))["reference"]
    stack.settle()
    armed = stack.until(lambda: schedules(stack, reference), "a schedule")
    given = scheduler.get_schedule(Name=armed[0], GroupName=stack.outputs["ScheduleGroup"])
    assert json.loads(given["Target"]["Input"]) == {"kind": "milestone", "reference": reference}
    assert given["ScheduleExpressionTimezone"] == "UTC"

    entered = {
        **a_submission(email=None, phone="0532 000 00 00"), "channel": "letter", "backdated": "delayed",
        "received_at": (utc_now() - timedelta(days=60)).isoformat(),
    }  # fmt: skip
    late = stack.desk("handler", "POST", "/complaints", entered, idempotency_key=str(uuid4())).json["reference"]
    stack.until(lambda: stack.desk("handler", "GET", f"/complaints/{late}").json["late"], "the breach")
    broken = stack.until(
        lambda: [
            entry
            for entry in stack.desk("handler", "GET", f"/complaints/{late}").json["timeline"]
            if entry["type"] == "PromiseBroken"
        ],
        "the event",
    )
    assert {entry["facts"]["promise"] for entry in broken} == {"acknowledge", "answer"}


def schedules(stack: Stack, reference: str) -> list[str]:
    """The names of a complaint's schedules; the whole group would not fit on one page."""
    group = stack.outputs["ScheduleGroup"]
    found = stack.client("scheduler").list_schedules(GroupName=group, NamePrefix=reference)["Schedules"]
    return [one["Name"] for one in found]


def test_a_new_owner_is_told_by_mail(stack: Stack) -> None:
    """At whatever hour the test runs: once the notice is kept, its time is made to have come."""
    reference = stack.submit(a_submission(email=address()))["reference"]
    stack.settle()  # acknowledged: nothing changes it but what follows
    handler = stack.people["handler"]
    stack.move("lead", reference, "assess", ASSESSMENT)
    stack.move("lead", reference, "investigate", {"owner": handler["sub"]})
    there = {":pk": {"S": f"NOTICES#{handler['sub']}"}, ":sk": {"S": reference}}
    [notice] = stack.until(
        lambda: stack.client("dynamodb").query(
            TableName=stack.outputs["Table"], ExpressionAttributeValues=there,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :sk)",
        )["Items"], "a notice",
    )  # fmt: skip
    stack.client("dynamodb").update_item(
        TableName=stack.outputs["Table"], Key={"PK": notice["PK"], "SK": notice["SK"]},
        UpdateExpression="SET due_sort = :past, urgency = :now",
        ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00Z#"}, ":now": {"S": "now"}},
    )  # fmt: skip
    digest = json.dumps({"kind": "digest"})
    stack.client("sqs").send_message(QueueUrl=stack.outputs["EscalationQueueUrl"], MessageBody=digest)
    link, theirs = f"/staff/complaints/{reference}", str(handler["email"])
    stack.until(lambda: [mail for mail in stack.mail_to(theirs) if link in str(mail)], "a mail that leads to it")


def test_a_file_goes_straight_to_the_bucket_and_comes_back_as_an_attachment(stack: Stack) -> None:
    receipt, bearer = tracked(stack)
    slot = place(stack, bearer, "application/pdf", "şikâyet faturası.pdf")
    assert upload(slot, b"x" * (10 * 1024 * 1024 + 1)) >= 400
    assert upload({**slot, "fields": {**slot["fields"], "Content-Type": "text/html"}}, PDF) >= 400
    assert upload(slot, PDF) == 204
    assert stack.desk("handler", "GET", f"/complaints/{receipt['reference']}/files/{slot['id']}").status == 404
    seen = stack.ask("POST", f"/api/public/track/files/{slot['id']}/finish", {}, authorization=bearer).json
    assert [(file["name"], file["state"]) for file in seen["files"]] == [("şikâyet faturası.pdf", "unscanned")]
    [shown] = stack.desk("handler", "GET", f"/complaints/{receipt['reference']}").json["files"]
    assert shown["sha256"] == hashlib.sha256(PDF).hexdigest()

    assert upload(slot, b"MZ something else") == 204  # the place is open for five minutes; what was checked stays
    link = stack.desk("handler", "GET", f"/complaints/{receipt['reference']}/files/{slot['id']}").json["url"]
    answer = request("GET", link)
    assert (answer.status, answer.body) == (200, PDF)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert request("GET", link.partition("?")[0]).status == 403
    assert urlsplit(link).netloc != urlsplit(stack.site).netloc


def test_a_refused_file_is_deleted_by_the_function_that_may(stack: Stack) -> None:
    receipt, bearer = tracked(stack)
    slot = place(stack, bearer, "application/pdf")
    assert upload(slot, b"MZ\x90\x00") == 204
    seen = stack.ask("POST", f"/api/public/track/files/{slot['id']}/finish", {}, authorization=bearer).json
    assert [file["state"] for file in seen["files"]] == ["refused"]
    key = {"PK": {"S": f"C#{receipt['reference']}"}, "SK": {"S": f"F#{slot['id']}"}}
    stack.client("dynamodb").update_item(  # as if it had waited for its ten minutes
        TableName=stack.outputs["Table"], Key=key, UpdateExpression="SET due_sort = :past",
        ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00Z#"}},
    )  # fmt: skip
    lies = {"Bucket": stack.outputs["FilesBucket"], "Prefix": f"evidence/{receipt['reference']}/"}
    assert len(stack.client("s3").list_object_versions(**lies)["Versions"]) == 1
    sweep = json.dumps({"kind": "sweep"})
    stack.client("sqs").send_message(QueueUrl=stack.outputs["TimersQueueUrl"], MessageBody=sweep)
    stack.until(lambda: not stack.client("s3").list_object_versions(**lies).get("Versions"), "the deletion")


def test_what_guardduty_finds_reaches_the_file(stack: Stack) -> None:
    """GuardDuty itself is not exercised: there is none here, and only AWS may speak as `aws.guardduty`. Its event, in
    the documented shape, is held against the rule's pattern and put on the queue that the rule feeds.
    """
    receipt, bearer = tracked(stack)
    slot = place(stack, bearer, "application/pdf")
    assert upload(slot, PDF) == 204
    key = f"evidence/{receipt['reference']}/{slot['id']}"
    version = stack.client("s3").head_object(Bucket=stack.outputs["FilesBucket"], Key=key)["VersionId"]
    event = scan_event(stack.outputs["FilesBucket"], key, version, "THREATS_FOUND")
    bus = stack.client("events")
    assert [rule for rule in bus.list_rules()["Rules"] if matches(bus, rule, event)] == [
        rule_named(stack, "FromScanner")
    ]
    elsewhere = scan_event("another-bucket", key, version, "THREATS_FOUND")
    assert not [rule for rule in bus.list_rules()["Rules"] if matches(bus, rule, elsewhere)]
    stack.client("sqs").send_message(QueueUrl=stack.outputs["EvidenceQueueUrl"], MessageBody=json.dumps(event))
    path = f"/complaints/{receipt['reference']}"
    stack.until(lambda: stack.desk("handler", "GET", path).json["files"][0]["state"] == "infected", "the verdict")
    assert stack.desk("handler", "GET", f"{path}/files/{slot['id']}").status == 404


def test_staff_add_a_file_that_the_complainant_does_not_see(stack: Stack) -> None:
    receipt, _ = tracked(stack)
    path = f"/complaints/{receipt['reference']}/files"
    asked = {"id": str(uuid4()), "name": "karar.pdf", "size": len(PDF), "type": "application/pdf"}
    slot = stack.desk("handler", "POST", path, asked).json
    assert upload(slot, PDF) == 204
    [shown] = stack.desk("handler", "POST", f"{path}/{slot['id']}/finish", {}).json["files"]
    assert (shown["state"], shown["internal"], shown["by"]["kind"]) == ("unscanned", True, "staff")
    assert request("GET", stack.desk("auditor", "GET", f"{path}/{slot['id']}").json["url"]).body == PDF
    assert stack.desk("auditor", "POST", path, asked).status == 403
    credentials = {"reference": receipt["reference"], "secret": receipt["secret"]}
    assert stack.ask("POST", "/api/public/track", credentials).json["complaint"]["files"] == []


def tracked(stack: Stack) -> tuple[dict[str, Any], str]:
    """A complaint's receipt, and what opens it for fifteen minutes."""
    receipt = stack.submit(a_submission(email=address()))
    credentials = {"reference": receipt["reference"], "secret": receipt["secret"]}
    return receipt, f"Bearer {stack.ask('POST', '/api/public/track', credentials).json['token']}"


def place(stack: Stack, bearer: str, kind: str, name: str = "fatura.pdf") -> dict[str, Any]:
    """A place for a file of the complainant."""
    asked = {"id": str(uuid4()), "name": name, "size": len(PDF), "type": kind}
    return dict(stack.ask("POST", "/api/public/track/files", asked, authorization=bearer).json)


def matches(bus: Any, rule: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether a rule would let an event through."""
    return bool(bus.test_event_pattern(EventPattern=rule["EventPattern"], Event=json.dumps(event))["Result"])


def rule_named(stack: Stack, logical: str) -> dict[str, Any]:
    """The rule on the default bus that the template calls so."""
    return next(rule for rule in stack.client("events").list_rules()["Rules"] if logical in rule["Name"])


def upload(slot: dict[str, object], content: bytes) -> int:
    """POST a file as a browser's form does; the status."""
    boundary = uuid4().hex
    fields: dict[str, str] = slot["fields"]  # type: ignore[assignment]
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    )
    body += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'.encode()
    body += content + f"\r\n--{boundary}--\r\n".encode()
    return request("POST", str(slot["url"]), body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}).status


def test_a_paper_comes_whole_through_the_gateway(stack: Stack) -> None:
    reference = stack.submit(a_submission(email=address()))["reference"]
    paper = stack.desk("lead", "GET", f"/complaints/{reference}/papers/case-file?language=tr")
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.headers["content-disposition"].startswith("attachment")
    assert (paper.body[:5], paper.body.strip()[-5:]) == (b"%PDF-", b"%%EOF")


def test_what_is_settled_stands_on_the_public_pages_within_seconds(stack: Stack) -> None:
    """Table, stream, bus, queue, function, bucket, CloudFront: without a build."""

    def settle(**changes: Any) -> None:
        before = stack.desk("management-representative", "GET", "/rules").json
        body = {"organisation": {**before["organisation"], **changes}, "reason": "Sınama"}
        answer = stack.desk("management-representative", "PUT", "/rules", body, if_match=f'"{before["version"]}"')
        assert answer.status == 200, answer.text

    def promised() -> bool:
        return "Within 14 days" in stack.ask("GET", "/en/").text

    def offered() -> bool:
        return "Left out in the rain" in stack.ask("GET", "/en/complain/").text

    assert not promised() and not offered()
    before = stack.desk("management-representative", "GET", "/rules").json["organisation"]
    first, *others = before["categories"]
    renamed = {**first, "name": {"tr": "Yağmurda bırakılmış", "en": "Left out in the rain"}}
    settle(packs=["TR-TUKETICI"], categories=[renamed, *others])
    stack.until(promised, "the new time on the start page")
    stack.until(offered, "the new category on the form")
    settle(packs=before["packs"], categories=before["categories"])
    stack.until(lambda: not offered(), "the old category on the form")
    stack.until(lambda: not promised(), "the old time on the start page")
