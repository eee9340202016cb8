"""Our answer, point by point, with its words: what the letter, the tracking page and the desk all show."""

from datetime import date
from decimal import Decimal

from complaints import events as e
from complaints.complaint import Complaint, Finding, Frozen, Remedy
from complaints.history import fold


class RemedyTold(Frozen):
    """A remedy with its words. `due_on` is a local date; `amount` a decimal as text."""

    kind: Remedy
    words: str | None = None
    amount: str | None = None
    currency: str | None = None
    due_on: date | None = None


class PointTold(Frozen):
    """One point of a complaint as people read it."""

    number: int
    title: str
    category: int
    pack: str
    version: int
    value: Decimal | None = None
    finding: Finding | None = None
    reasons: str | None = None
    remedy: RemedyTold | None = None
    no_remedy_reason: str | None = None


def last_answer(events: tuple[e.AnyEvent, ...]) -> tuple[PointTold, ...] | None:
    """The points as our last decision, or an outside body's award, left them; what is proposed since is not in it.

    None before there is one.
    """
    ends = [n for n, one in enumerate(events, 1) if isinstance(one, e.ComplaintDecided | e.ExternalDecided)]
    so_far = approved(events[: ends[-1]]) if ends else ()
    decided = any(isinstance(one, e.ComplaintDecided) or getattr(one, "awards", ()) for one in so_far)
    return points_told(fold(so_far), so_far) if decided else None


def approved(events: tuple[e.AnyEvent, ...]) -> tuple[e.AnyEvent, ...]:
    """A history without what was proposed and never approved: that is nobody's answer."""
    kept: list[e.AnyEvent] = []
    awaited = False
    for event in reversed(events):
        if isinstance(event, e.DecisionProposed) and not awaited:
            continue
        awaited = isinstance(event, e.ComplaintDecided) or (awaited and not isinstance(event, e.DecisionProposed))
        kept.append(event)
    return tuple(reversed(kept))


def replaced(events: tuple[e.AnyEvent, ...]) -> bool:
    """Whether an outside body's decision has taken the place of what our last decision had promised."""
    last = next((one for one in reversed(events) if isinstance(one, e.ComplaintDecided | e.ExternalDecided)), None)
    return isinstance(last, e.ExternalDecided) and last.replaces


def points_told(complaint: Complaint, events: tuple[e.AnyEvent, ...]) -> tuple[PointTold, ...]:
    """The points with the titles of the last assessment and the words of the last proposal; or, once an outside body
    has decided, of our last answer in this cycle. What that body has ordered instead has no words of ours.
    """
    titles: tuple[str, ...] = ()
    reasons: dict[int, e.PointReasons] = {}
    answered: dict[int, e.PointReasons] = {}
    for event in events:
        if isinstance(event, e.ComplaintAssessed) and event.words:
            titles, reasons = event.words.titles, {}
        if isinstance(event, e.DecisionProposed) and event.words:
            reasons = {point.number: point for point in event.words.points}
        if isinstance(event, e.ComplaintDecided):
            answered = reasons
        if isinstance(event, e.ComplaintReopened):
            answered = {}
        if isinstance(event, e.ExternalDecided) and event.then != "sent_back":
            reasons = {**reasons, **answered}
            for number in {one.number for one in event.awards}:  # our reasons stay what they were
                ours = reasons[number].reasons if number in reasons else ""
                reasons[number] = e.PointReasons(number=number, reasons=ours)
    told = []
    for point, title in zip(complaint.points, titles, strict=True):
        why = reasons.get(point.number)
        remedy = (
            RemedyTold(
                kind=point.remedy,
                due_on=point.remedy_by,
                words=why.remedy if why else None,
                amount=str(point.amount) if point.amount else None,
                currency=point.currency,
            )
            if point.remedy
            else None
        )
        told.append(
            PointTold(
                number=point.number,
                title=title,
                category=point.category,
                pack=point.pack,
                version=point.version,
                value=point.value,
                finding=point.finding,
                remedy=remedy,
                reasons=why.reasons if why else None,
                no_remedy_reason=why.no_remedy_reason if why else None,
            )
        )
    return tuple(told)
