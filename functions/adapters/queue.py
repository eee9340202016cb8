"""Messages from a queue, one after the other: those that fail come back, the others do not."""

import json
from collections.abc import Callable
from typing import Any

from adapters.telemetry import logger, trace


def each(event: dict[str, Any], react: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Hand each message of an SQS event to `react`; the answer names those that must come again."""
    failed = []
    for record in event["Records"]:
        try:
            react(json.loads(record["body"]))
        except Exception as error:  # noqa: BLE001 - whatever it is, the queue counts it and the dead-letter queue keeps it
            logger.error("message failed", message_id=record["messageId"], **trace(error))
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
