"""Messages from a queue: those that fail come back, the others do not."""

import json
from collections.abc import Callable
from typing import Any

from adapters.telemetry import logger, trace


def each(event: dict[str, Any], react: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Hand each message of an SQS event to `react`; the answer names those that must come again."""
    failed = [one for one in event["Records"] if not _went(one, lambda record: react(json.loads(record["body"])))]
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}


def together(event: dict[str, Any], react: Callable[[], None]) -> dict[str, Any]:
    """Let `react` do at once what all messages of an SQS event ask for; if it fails, all of them come again."""
    first, *_ = event["Records"]
    failed = [] if _went(first, lambda _: react()) else event["Records"]
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}


def _went(record: dict[str, Any], react: Callable[[dict[str, Any]], None]) -> bool:
    try:
        react(record)
    except Exception as error:  # noqa: BLE001 - whatever it is, the queue counts it and the dead-letter queue keeps it
        logger.error("message failed", message_id=record["messageId"], **trace(error))
        return False
    return True
