"""3. TRACKING: what was stored goes on the bus, in the order in which it happened to each complaint."""

from typing import Any

from adapters.bus import Bus


def react(records: list[dict[str, Any]], bus: Bus) -> dict[str, Any]:
    """Forward new facts from the table's stream. Lambda starts again at the first one that the bus did not take."""
    facts = [record["dynamodb"]["NewImage"]["event"]["S"] for record in records]
    refused = bus.tell(facts)
    if not refused:
        return {"batchItemFailures": []}
    first = records[min(refused)]["dynamodb"]["SequenceNumber"]
    return {"batchItemFailures": [{"itemIdentifier": first}]}
