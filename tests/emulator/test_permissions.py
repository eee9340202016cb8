"""Who may do what on the deployed stack: each function, each role at the desk, and whoever knows a secret."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from infra import template
from tests.journeys.steps import ASSESSMENT
from tests.stack import Stack, request
from tests.world import a_submission


def table(stack: Stack) -> str:
    return stack.outputs["Table"]


FORBIDDEN: dict[str, tuple[str, Callable[[Any, Stack], Any]]] = {
    "intake sends no mail": ("Intake", lambda s, k: s.client("sesv2", **at(k)).send_email(
        FromEmailAddress="letters@redress.example", Destination={"ToAddresses": ["a@example.com"]},
        Content={"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}})),
    "intake deletes nothing": ("Intake", lambda s, k: s.client("dynamodb", **at(k)).delete_item(
        TableName=table(k), Key={"PK": {"S": "C#X"}, "SK": {"S": "CASE"}})),
    "intake reads no queue": ("Intake", lambda s, k: s.client("dynamodb", **at(k)).query(
        TableName=table(k), IndexName="work-by-queue", KeyConditionExpression="#q = :q",
        ExpressionAttributeNames={"#q": "queue"}, ExpressionAttributeValues={":q": {"S": "open"}})),
    "nobody scans: desk": ("Desk", lambda s, k: s.client("dynamodb", **at(k)).scan(TableName=table(k))),
    "outbox reads no table": ("Outbox", lambda s, k: s.client("dynamodb", **at(k)).get_item(
        TableName=table(k), Key={"PK": {"S": "C#X"}, "SK": {"S": "CASE"}})),
    "insight reads no keys": ("Insight", lambda s, k: s.client("dynamodb", **at(k)).get_item(
        TableName=k.outputs["KeysTable"], Key={"reference": {"S": "X"}})),
    "timers read no keys": ("Timers", lambda s, k: s.client("dynamodb", **at(k)).get_item(
        TableName=k.outputs["KeysTable"], Key={"reference": {"S": "X"}})),
    "timers read no secret": ("Timers", lambda s, k: s.client("ssm", **at(k)).get_parameter(
        Name="/redress/test/root", WithDecryption=True)),
    "escalation reads no keys": ("Escalation", lambda s, k: s.client("dynamodb", **at(k)).get_item(
        TableName=k.outputs["KeysTable"], Key={"reference": {"S": "X"}})),
    "escalation reads no secret": ("Escalation", lambda s, k: s.client("ssm", **at(k)).get_parameter(
        Name="/redress/test/root", WithDecryption=True)),
    "closure makes no schedule": ("Closure", lambda s, k: s.client("scheduler", **at(k)).list_schedules()),
    "acknowledgement erases no key": ("Acknowledgement", lambda s, k: s.client("dynamodb", **at(k)).delete_item(
        TableName=k.outputs["KeysTable"], Key={"reference": {"S": "X"}})),
    "intake deletes no evidence": ("Intake", lambda s, k: s.client("s3", **at(k)).delete_object(
        Bucket=k.outputs["FilesBucket"], Key="evidence/X/Y", VersionId="1")),
    "the desk deletes no evidence": ("Desk", lambda s, k: s.client("s3", **at(k)).delete_object(
        Bucket=k.outputs["FilesBucket"], Key="evidence/X/Y", VersionId="1")),
    "evidence makes no evidence": ("Evidence", lambda s, k: s.client("s3", **at(k)).put_object(
        Bucket=k.outputs["FilesBucket"], Key="evidence/X/Y", Body=b"x")),
    "evidence reads no keys": ("Evidence", lambda s, k: s.client("dynamodb", **at(k)).get_item(
        TableName=k.outputs["KeysTable"], Key={"reference": {"S": "X"}})),
    "timers read no evidence": ("Timers", lambda s, k: s.client("s3", **at(k)).get_object(
        Bucket=k.outputs["FilesBucket"], Key="evidence/X/Y")),
    "correspondence reads no evidence": ("Correspondence", lambda s, k: s.client("s3", **at(k)).list_objects_v2(
        Bucket=k.outputs["FilesBucket"])),
}  # fmt: skip


def at(stack: Stack) -> dict[str, str]:
    return {"endpoint_url": stack.emulator.url}


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_a_function_is_denied_what_its_role_does_not_grant(stack: Stack, rule: str) -> None:
    function, call = FORBIDDEN[rule]
    with pytest.raises(ClientError) as refused:
        call(stack.role_of(function), stack)
    assert refused.value.response["Error"]["Code"] in {"AccessDenied", "AccessDeniedException"}


def test_a_function_is_granted_what_its_role_says(stack: Stack) -> None:
    session = stack.role_of("Intake")
    answer = session.client("dynamodb", **at(stack)).get_item(
        TableName=table(stack), Key={"PK": {"S": "C#X"}, "SK": {"S": "CASE"}}
    )
    assert "Item" not in answer


@pytest.mark.parametrize("path", ["/me", "/queues", "/complaints", "/complaints/7K4M29XRQ3A", "/staff"])
def test_the_desk_refuses_without_a_token(stack: Stack, path: str) -> None:
    assert stack.ask("GET", f"/api/desk{path}").status == 401
    assert stack.ask("GET", f"/api/desk{path}", authorization="Bearer no.such.token").status == 401


def test_the_desk_refuses_by_role(stack: Stack) -> None:
    reference = stack.submit(a_submission())["reference"]
    assert stack.desk("administrator", "GET", f"/complaints/{reference}").status == 403
    assert stack.desk("auditor", "GET", f"/complaints/{reference}").status == 200
    note = {"id": str(uuid4()), "words": "Not."}
    assert stack.desk("auditor", "POST", f"/complaints/{reference}/notes", note).status == 403
    headers = {"if_match": '"1"', "idempotency_key": str(uuid4())}
    refused = stack.desk("front-line", "POST", f"/complaints/{reference}/moves/assess", ASSESSMENT, **headers)
    assert refused.status == 403


def test_the_desk_finds_what_the_public_has_filed(stack: Stack) -> None:
    reference = stack.submit(a_submission(name="Kâmuran Işıksoluğu", phone="0532 765 43 21"))["reference"]
    for q in ("I%C5%9EIKSOLU%C4%9EU", "%2B905327654321", reference.lower()):
        answer = stack.desk("handler", "GET", f"/search?q={q}")
        assert [row["reference"] for row in answer.json["rows"]] == [reference], answer.text
    assert stack.desk("administrator", "GET", f"/search?q={reference}").status == 403


def test_somebody_who_left_is_refused_at_the_next_request(stack: Stack) -> None:
    assert stack.desk("reviewer", "GET", "/queues").status == 200
    stack.client("dynamodb").update_item(
        TableName=table(stack), Key={"PK": {"S": "STAFF"}, "SK": {"S": str(stack.people["reviewer"]["sub"])}},
        UpdateExpression="SET active = :no", ExpressionAttributeValues={":no": {"BOOL": False}},
    )  # fmt: skip
    assert stack.desk("reviewer", "GET", "/queues").status == 403


def test_tracking_reveals_nothing_without_the_secret(stack: Stack) -> None:
    receipt = stack.submit(a_submission(what_happened="KANARYA kafesinden kaçtı, bulunamadı."))
    wrong = stack.ask("POST", "/api/public/track", {"reference": receipt["reference"], "secret": "0" * 20})
    nobody = stack.ask("POST", "/api/public/track", {"reference": "0000000000 0".replace(" ", ""), "secret": "0" * 20})
    assert (wrong.status, nobody.status) == (404, 404)
    assert wrong.json["type"] == nobody.json["type"] == "/problems/no-match"
    assert "KANARYA" not in wrong.text


def test_nobody_goes_round_cloudfront(stack: Stack) -> None:
    direct = f"{stack.emulator.url}/_aws/execute-api/{stack.outputs['ApiId']}/$default/api/public/track"
    answer = request("POST", direct, b'{"reference": "X", "secret": "Y"}', {"Content-Type": "application/json"})
    assert (answer.status, answer.json["type"]) == (403, "/problems/not-allowed")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tr/",
        "/en/complain/",
        "/staff/",
        "/assets/public.css",
        "/no-such-page/",
        "/api/public/none",
        "/api/desk/me",
    ],
)
def test_every_answer_of_the_site_carries_the_strict_policy(stack: Stack, path: str) -> None:
    headers = stack.ask("GET", path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "trusted-types 'none'" in policy
    assert "unsafe" not in policy
    given = template.read()["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
    listed = {one["Header"].lower(): one["Value"] for one in given["CustomHeadersConfig"]["Items"]}
    listed |= {"x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin"}
    assert {name: headers.get(name) for name in listed} == listed
