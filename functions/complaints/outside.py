"""Where a complainant can go who is not content with us, until when, and what a letter must say about it."""

from datetime import date, datetime
from decimal import Decimal

from complaints.complaint import UNANSWERED, Complaint, Frozen, LetterKind, Point
from complaints.deadlines import pack_of, packs_of
from complaints.packs import BASE, Outside, Pack, Part, Texts
from complaints.rules import Rules


class Route(Frozen):
    """One outside body for some points of a complaint. `until` is the last local day, or None where none is known.

    `bound` is the year's figure by which the amount in dispute decides who is right: (year, amount, currency).
    """

    body: Texts
    note: Texts | None
    url: str | None
    until: date | None
    points: tuple[int, ...]
    bound: tuple[int, Decimal, str] | None = None


def routes(complaint: Complaint, rules: Rules, now: datetime) -> tuple[Route, ...]:
    """The outside bodies for each point, those alike together."""
    found: dict[tuple[str, date | None], Route] = {}
    for point in complaint.points:
        pack = pack_of(point, rules)
        for outside in _right_ones(point, pack, rules, now):
            until = _until(complaint, point, outside, pack, rules)
            key = (outside.body["en"], until)
            points = (*(found[key].points if key in found else ()), point.number)
            found[key] = Route(
                body=outside.body,
                note=outside.note,
                url=outside.url,
                until=until,
                points=points,
                bound=_bound(outside, rules, now),
            )
    return tuple(found.values())


def _bound(outside: Outside, rules: Rules, now: datetime) -> tuple[int, Decimal, str] | None:
    if outside.value is None:
        return None
    year = rules.calendar.day_of(now).year
    figure, amount = rules.value(outside.value, year)
    return (year, amount, figure.currency) if amount is not None else None


def _right_ones(point: Point, pack: Pack, rules: Rules, now: datetime) -> list[Outside]:
    """By the amount in dispute where the pack asks for it; all of them where it, or the year's figure, is not known."""

    def right(body: Outside) -> bool:
        if body.value is None or point.value is None:
            return True
        bound = _bound(body, rules, now)
        if bound is None:
            return True
        return point.value < bound[1] if body.value_is == "below" else point.value >= bound[1]

    return [body for body in pack.outside if right(body)]


def _until(complaint: Complaint, point: Point, outside: Outside, pack: Pack, rules: Rules) -> date | None:
    """The last day on which the body takes the complaint: the earliest of its limits that has begun to run."""
    due = next((one.due for one in complaint.clocks if one.promise == "answer" and one.point == point.number), None)
    begins = {"received": complaint.received_at, "answered": complaint.decided_at, "due": due}
    calendar = rules.days_of(pack)
    ends = [
        calendar.day_of(rules.falls_due(limit, start, pack))
        for limit in outside.within
        if (start := begins.get(limit.from_)) is not None
    ]
    return min(ends, default=None)


def parts_of(complaint: Complaint, kind: LetterKind, rules: Rules, now: datetime) -> frozenset[Part]:
    """What a letter of this kind must contain under the packs of this complaint."""
    base = rules.in_force(BASE, rules.calendar.day_of(complaint.received_at))
    packs = (base, *packs_of(complaint, rules).values())
    found = {part for pack in packs for part in pack.letters.get(kind, ())}
    if kind == "extension":
        found |= {part for pack in packs if pack.extension for part in pack.extension.must_tell}
    if kind in {"decision", "routes", "final_notice"} and routes(complaint, rules, now):
        found.add("outside_body")
    if kind == "progress" and complaint.state in UNANSWERED:
        found.add("next_date")
    return frozenset(found)
