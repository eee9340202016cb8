"""Counts and figures, exact although the stream delivers some records twice.

A watermark beside each complaint says what is already counted. It moves in the same transaction as the counters, so a
record that comes again, late or out of order changes nothing.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from adapters.figures import Figures
from adapters.telemetry import logger, trace
from complaints.complaint import Complaint
from complaints.report import queues_of


def react(records: list[dict[str, Any]], figures: Figures, day_of: Callable[[datetime], date]) -> dict[str, Any]:
    """Count what the stream's records changed. Stops at the first that fails; Lambda starts again there."""
    for record in records:
        try:
            snapshot = record["dynamodb"]["NewImage"]["snapshot"]["S"]
            count(Complaint.model_validate_json(snapshot), figures, day_of)
        except Exception as error:  # noqa: BLE001 - the stream comes back to this record, and to those after it
            logger.error("not counted", sequence=record["dynamodb"]["SequenceNumber"], **trace(error))
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def count(complaint: Complaint, figures: Figures, day_of: Callable[[datetime], date]) -> None:
    """Bring the counters and the complaint's fact up to this version, once."""
    fact = {
        "state": complaint.state,
        "channel": complaint.channel,
        "language": complaint.language,
        "backdated": complaint.backdated,
        "priority": complaint.priority,
        "categories": [point.category for point in complaint.points],
        "findings": [point.finding for point in complaint.points],
        "cause": complaint.cause,
        "received_at": complaint.received_at.isoformat(),
        "answer_by": complaint.answer_by.isoformat(),
        "acknowledged_at": complaint.acknowledged_at and complaint.acknowledged_at.isoformat(),
        "decided_at": complaint.decided_at and complaint.decided_at.isoformat(),
        "closed_at": complaint.closed_at and complaint.closed_at.isoformat(),
        "broken": sorted(complaint.broken),
        "cycle": complaint.cycle,
        "restricted": complaint.restricted,
    }
    month = f"{day_of(complaint.received_at):%Y-%m}"
    counted = frozenset() if complaint.restricted else queues_of(complaint)  # a count would betray that there is one
    figures.count(complaint.reference, complaint.version, counted, month, json.dumps(fact))
