"""One logger, one line for each call at least, and the clock that handlers pass on.

Log lines carry references, codes and counts; never what people wrote.
"""

import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric

logger = Logger()


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads it


def logged(handler: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A handler that leaves one line of log for each call: what it was asked and how that ended."""

    def call(event: Any, context: Any) -> Any:
        answer = handler(event, context)
        route = event.get("routeKey") if isinstance(event, dict) else None
        records = len(event.get("Records", [])) if isinstance(event, dict) else 0
        logger.info("done", route=route, records=records, status=(answer or {}).get("statusCode"))
        return answer

    return call


def measure(name: str, count: int) -> None:
    """A figure for CloudWatch, by way of the log."""
    with single_metric(name=name, unit=MetricUnit.Count, value=count):
        pass


def trace(error: BaseException) -> dict[str, Any]:
    """Where an error came from, for the log: its type, AWS's code for it, and the way to it. Never its message.

    A message may hold what somebody wrote.
    """
    way = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    code = getattr(error, "response", {}).get("Error", {}).get("Code")
    return {"error": type(error).__name__, "code": code, "way": way[-8:]}
