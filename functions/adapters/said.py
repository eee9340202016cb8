"""What a letter says, taken from all that is kept. adapters/letters.py says which kind needs which name."""

from datetime import datetime
from typing import Any

from adapters.items import Item
from adapters.letters import money, terms
from adapters.table import Everything
from complaints import events as e
from complaints.answer import points_told
from complaints.closing import reopen_until
from complaints.complaint import Finding, Language
from complaints.deadlines import pack_of
from complaints.outside import Route, routes
from complaints.rules import Rules


def said(kept: Everything, letter: str, rules: Rules, staff: dict[str, Item], now: datetime) -> dict[str, Any]:
    """The facts and words of a letter, by its id: `<version of its event>-<kind>`, or `<id of a message>-message`."""
    complaint, day, language = kept.complaint, rules.calendar.day_of, kept.complaint.language
    told = points_told(complaint, kept.events)
    number = letter.partition("-")[0]
    event = next((one for one in kept.events if f"{one.version:06d}" == number), None)
    written = next((one for one in kept.entries if f"{one.id}-message" == letter), None)
    words = (written or event).words if written or event else None  # type: ignore[union-attr]
    text = words.text if isinstance(words, e.Text) else words.reason if isinstance(words, e.Titles) else None
    owner = staff.get(complaint.owner or "")
    author = staff.get((written.by.id if written else None) or "")
    update = next((clock.due for clock in complaint.running if clock.promise == "update"), None)
    answers = [clock.due for clock in complaint.running if clock.promise == "answer"]
    ahead = [due for due in answers if due > now]
    missed = event.due if isinstance(event, e.PromiseBroken) else None
    decided = kept.last(e.ComplaintDecided)
    return {
        "received_on": day(complaint.received_at),
        "answer_due_on": day(missed or complaint.answer_by),
        "update_due_on": day(update) if update else None,
        "next_on": day(update or min(ahead)) if update or ahead else None,
        "late": bool(missed) or any(due < now for due in answers),
        "changed": isinstance(event, e.ComplaintAssessed),
        "state": complaint.state,
        "owner_name": owner["name"] if owner else None,
        "decided_on": day(complaint.decided_at) if complaint.decided_at else None,
        "late_reason": decided.words.text if decided and decided.words else None,
        "points": _points(event, told, day),
        "reason": text,
        "words": text,
        "outside": [_route(route, language) for route in routes(complaint, rules, now)],
        "prescribed": _prescribed(kept, rules) if complaint.decided_at else [],
        "closed_reason": complaint.closed_reason,
        "author": author["name"] if author else None,
        "reopen_until": day(reopen_until(complaint, rules)) if complaint.closed_at else None,
    }


def _points(event: e.AnyEvent | None, told: Any, day: Any) -> list[dict[str, Any]]:
    """All points; where an answer was put off, only those concerned, with the new day."""
    if not isinstance(event, e.AnswerExtended):
        return [point.model_dump() for point in told]
    due = {clock.point: clock.due for clock in event.clocks}
    return [{**point.model_dump(), "new_on": day(due[point.number])} for point in told if point.number in due]


def _route(route: Route, language: Language) -> dict[str, Any]:
    note = route.note[language] if route.note else None
    if note and route.bound:
        year, amount, currency = route.bound
        note = f"{note} ({year}: {money({'amount': amount, 'currency': currency}, language, terms(language)['money'])})"
    return {"body": route.body[language], "note": note, "url": route.url, "until": route.until, "points": route.points}


def _prescribed(kept: Everything, rules: Rules) -> list[str]:
    """A regulator's own words, once each, in the complainant's language where they have been copied in it."""
    complaint = kept.complaint
    on = rules.calendar.day_of(complaint.decided_at or complaint.opened_at)
    found = [
        text
        for point in complaint.points
        for text in rules.prescribed(pack_of(point, rules), "decision", on, upheld=point.finding == Finding.UPHELD)
        if text
    ]
    return list(dict.fromkeys(text.get(complaint.language) or next(iter(text.values())) for text in found))
