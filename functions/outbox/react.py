"""3. TRACKING: what was stored goes on the bus, in the order in which it happened to each complaint."""

from typing import Any

from adapters.bus import Bus, settings_changed


def react(records: list[dict[str, Any]], bus: Bus) -> dict[str, Any]:
    """Forward new facts from the table's stream. Lambda starts again at the first one that the bus did not take."""
    facts = [_fact(record["dynamodb"]["NewImage"]) for record in records]
    refused = bus.tell(facts)
    if not refused:
        return {"batchItemFailures": []}
    first = records[min(refused)]["dynamodb"]["SequenceNumber"]
    return {"batchItemFailures": [{"itemIdentifier": first}]}


def _fact(item: dict[str, Any]) -> str:
    """What happened to a complaint, or that a setting has a new version."""
    if "event" in item:
        return str(item["event"]["S"])
    return settings_changed(item["SK"]["S"], int(item["version"]["N"]))
