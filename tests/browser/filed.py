"""Complaints in the state in which a test at a screen begins, brought there through the API."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.journeys.steps import APPROVAL, ASSESSMENT, EXPLANATION
from tests.stack import Stack
from tests.world import a_submission


def shown(reference: str) -> str:
    """The reference as people read it."""
    return f"{reference[:4]}-{reference[4:7]}-{reference[7:]}"


def received(stack: Stack, **told: Any) -> str:
    """A complaint that the system has nothing more to do for, so that nobody's move meets its own; its reference."""
    submission = a_submission(**told)
    reference: str = stack.submit(submission)["reference"]
    stack.settle()
    if submission["email"]:
        read = f"/complaints/{reference}"
        stack.until(lambda: stack.desk("handler", "GET", read).json["acknowledged_at"], "the acknowledgement")
    return reference


def investigated(stack: Stack, told: dict[str, Any] | None = None, **assessed: Any) -> str:
    """A complaint of two points in the handler's hands."""
    reference = received(stack, **(told or {}))
    stack.move("handler", reference, "assess", {**ASSESSMENT, **assessed})
    stack.move("handler", reference, "investigate", {"owner": stack.people["handler"]["sub"]})
    return reference


def in_days(stack: Stack, days: int) -> str:
    """A day of this organisation, as an ISO date."""
    now = datetime.fromisoformat(stack.desk("handler", "GET", "/me").json["now"])
    return (now + timedelta(days=days)).date().isoformat()


def decided(stack: Stack, told: dict[str, Any] | None = None) -> str:
    """A complaint of two points, neither upheld, and its letter on the way."""
    reference = investigated(stack, told)
    stack.move("handler", reference, "propose", EXPLANATION)
    stack.move("lead", reference, "approve", APPROVAL)
    stack.settle()
    return reference


def as_if(stack: Stack, reference: str, later: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Lets the complaint stand as weeks would have left it, for which no test can wait."""
    table = stack.client("dynamodb")
    case = {"TableName": stack.outputs["Table"], "Key": {"PK": {"S": f"C#{reference}"}, "SK": {"S": "CASE"}}}
    stood = json.loads(table.get_item(**case)["Item"]["snapshot"]["S"])
    table.update_item(
        **case,
        UpdateExpression="SET #snapshot = :later",
        ExpressionAttributeNames={"#snapshot": "snapshot"},
        ExpressionAttributeValues={":later": {"S": json.dumps(stood | later(stood))}},
    )
