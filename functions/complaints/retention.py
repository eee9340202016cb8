"""How long a complaint is kept, and what keeps it from being destroyed (ISO 10002, 8.1 and 4.10).

What is destroyed are the words, files and contacts; what happened, when and with what result stays for the figures.
"""

from datetime import datetime
from typing import Literal

from complaints.complaint import Complaint, State
from complaints.deadlines import packs_of
from complaints.rules import Rules

Held = Literal["open", "legal_hold", "owed"]


def held_because(complaint: Complaint) -> Held | None:
    """Why a complaint is not destroyed whatever its age: it is open, held for a court, or something of it is owed."""
    if complaint.state != State.CLOSED:
        return "open"
    if complaint.legal_hold:
        return "legal_hold"
    return "owed" if complaint.running else None


def kept_until(complaint: Complaint, rules: Rules) -> datetime | None:
    """The moment (UTC) up to which a complaint is kept: the latest of its packs. None while something holds it."""
    if held_because(complaint) or complaint.closed_at is None:
        return None
    ends = []
    for pack in packs_of(complaint, rules).values():
        limit = rules.retention(pack, rules.calendar.day_of(complaint.received_at))
        start = complaint.received_at if limit.from_ == "received" else complaint.closed_at
        ends.append(rules.falls_due(limit, start, pack))
    return max(ends)


def due(complaint: Complaint, rules: Rules, by: datetime) -> bool:
    """Whether a complaint is to be destroyed by then."""
    until = kept_until(complaint, rules)
    return until is not None and until < by
