"""The bus: what was stored is told to whoever wants to know."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from complaints.events import SOURCE

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

AT_ONCE = 10  # entries that PutEvents takes


class Bus:
    """An EventBridge bus."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def tell(self, facts: list[str]) -> set[int]:
        """Put facts, given as JSON texts, on the bus; the positions of those that it did not take."""
        refused: set[int] = set()
        for start in range(0, len(facts), AT_ONCE):
            chunk = facts[start : start + AT_ONCE]
            answer = self._client.put_events(Entries=list(self._entries(chunk)))
            refused |= {start + n for n, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry}
        return refused

    def _entries(self, facts: list[str]) -> Iterable["PutEventsRequestEntryTypeDef"]:
        for fact in facts:
            yield {
                "Source": SOURCE,
                "DetailType": json.loads(fact)["type"],
                "Detail": fact,
                "EventBusName": self._name,
            }


def letter_owed(reference: str, letter: str) -> str:
    """What the sweep tells about a letter that has not left."""
    return json.dumps({"type": "LetterOwed", "reference": reference, "letter": letter})


def file_waits(reference: str, file: str) -> str:
    """What the sweep tells about a file that is not finished, or is refused and still there."""
    return json.dumps({"type": "FileWaits", "reference": reference, "file": file})


def settings_changed(register: str, version: int) -> str:
    """What is told when the organisation has settled something; what it is stands in the table."""
    return json.dumps({"type": "SettingsChanged", "register": register, "version": version})


def pages_due() -> str:
    """What the sweep tells about the public pages: a day has begun, or a change was not heard of."""
    return json.dumps({"type": "PagesDue"})
