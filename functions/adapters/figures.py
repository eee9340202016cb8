"""The counters of the queues and one row a complaint for the figures. Neither holds personal data."""

import json
from typing import Any

from adapters.items import ABSENT, Items, packed
from complaints.refusals import OutOfDate
from complaints.report import QUEUES, Queue

NOW = {"PK": "COUNTS", "SK": "NOW"}


class Figures:
    """What insight keeps."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def count(self, reference: str, version: int, stands: frozenset[Queue], month: str, fact: str) -> None:
        """Let the counters follow a complaint to `version`, where it stands in the queues `stands`.

        The watermark remembers which version is counted and where that one stood; an older version changes nothing.
        """
        mark = {"PK": f"C#{reference}", "SK": "W"}
        for _ in range(5):
            counted = self._items.get(mark)
            if counted and int(counted["version"]) >= version:
                return
            before = set(counted["queues"].split()) if counted else set()
            moved = {queue: (queue in stands) - (queue in before) for queue in QUEUES}
            reached = {**mark, "version": version, "queues": " ".join(sorted(stands))}
            put = {"TableName": self._items.name, "Item": packed(reached), "ConditionExpression": ABSENT}
            if counted:
                put["ConditionExpression"] = "version = :counted"
                put["ExpressionAttributeValues"] = packed({":counted": counted["version"]})
            row = {"PK": f"FACTS#{month}", "SK": reference, "fact": fact}
            try:
                self._items.transact(
                    [
                        {"Put": put},
                        *self._adding({queue: by for queue, by in moved.items() if by}),
                        {"Put": {"TableName": self._items.name, "Item": packed(row)}},
                    ]
                )
            except OutOfDate:
                continue  # another reader of the stream was faster: look again
            return
        raise OutOfDate

    def facts(self, month: str) -> list[Any]:
        """What is kept of the complaints received in a month (`2026-11`)."""
        return [json.loads(item["fact"]) for item in self._items.query(PK=f"FACTS#{month}")]

    def _adding(self, moved: dict[Queue, int]) -> list[object]:
        if not moved:
            return []
        return [
            {
                "Update": {
                    "TableName": self._items.name,
                    "Key": packed(dict(NOW)),
                    "UpdateExpression": "ADD " + ", ".join(f"#{queue} :{queue}" for queue in moved),
                    "ExpressionAttributeNames": {f"#{queue}": queue for queue in moved},
                    "ExpressionAttributeValues": packed({f":{queue}": by for queue, by in moved.items()}),
                }
            }
        ]
