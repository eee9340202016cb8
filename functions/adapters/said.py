"""What a letter says, taken from all that is kept. adapters/letters.py says which kind needs which name.

What a complainant wrote, or staff for themselves, is in no letter: of the words of an event only those that were
written to be sent are taken, and each by its name.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from adapters.items import Item
from adapters.letters import money, terms
from adapters.render import reference as shown
from adapters.table import Everything
from adapters.vault import NUMBER_LIFE
from complaints import events as e
from complaints.answer import PointTold, approved, points_told, replaced
from complaints.closing import reopen_until, review_until, undo_until
from complaints.complaint import CloseReason, Complaint, Finding, Language, LetterKind, State
from complaints.deadlines import pack_of
from complaints.external import promised_on
from complaints.history import fold, letter_owed
from complaints.language import clock
from complaints.outside import Route, routes
from complaints.rules import Rules

Day = Callable[[datetime], date]


def said(kept: Everything, letter: str, rules: Rules, staff: dict[str, Item], now: datetime) -> dict[str, Any]:
    """The facts and words of a letter, by its id: `<version of its event>-<kind>`, or `<id of a message>-message`.

    Where we stand is told as of now; what an event decided, as of that event.
    """
    complaint, day, language = kept.complaint, rules.calendar.day_of, kept.complaint.language
    event = event_of(kept, letter)
    history = approved(tuple(one for one in kept.events if event is None or one.version <= event.version))
    then, event = fold(history), _spoken_of(event, history)
    written = next((one for one in kept.entries if f"{one.id}-message" == letter), None)
    owner = staff.get(complaint.owner or "")
    author = staff.get((written.by.id if written else None) or "")
    update = next((clock.due for clock in complaint.running if clock.promise == "update" and clock.due > now), None)
    answers = [clock.due for clock in complaint.running if clock.promise == "answer"]
    ahead = [due for due in answers if due > now]
    missed = event.due if isinstance(event, e.PromiseBroken) else None
    words = written.words.text if written and written.words else _words(event)
    return {
        "received_on": day(complaint.received_at),
        "answer_due_on": day(missed or complaint.answer_by),
        "update_due_on": day(update) if update else None,
        "next_on": day(update or min(ahead)) if update or ahead else None,
        "late": bool(missed) or any(due < now for due in answers),
        "cause": _cause(event, rules),
        "again_on": day(event.at) if event else None,
        "state": complaint.state,
        "stage": then.stage,
        "alone": rules.approver_may_be_handler,
        "owner_name": owner["name"] if owner else None,
        "decided_on": day(then.decided_at) if then.decided_at else None,
        "points": _points(event, then, points_told(then, history), day),
        "outcome": then.outcome,
        "reason": words,
        "words": words,
        "outside": [_route(route, language) for route in routes(complaint, rules, now)],
        "prescribed": _prescribed(then, rules) if then.decided_at else [],
        "author": author["name"] if author else None,
        "by_telephone": complaint.authority == "refused",
        **_good_until(kept, letter, rules),
        **_about(event, then, history, rules, now),
        **_how_to_return(event, complaint, then, rules),
    }


def _good_until(kept: Everything, letter: str, rules: Rules) -> dict[str, str]:
    """Until when the number is good that replaces a lost code, as local time."""
    asked = next((one.at for one in kept.entries if f"{one.id}-new_code" == letter), None)
    language = kept.complaint.language
    return {"good_until": clock((asked + NUMBER_LIFE).astimezone(rules.home.zone), language)} if asked else {}


def event_of(kept: Everything, letter: str) -> e.AnyEvent | None:
    """The event that made a letter due; None for a message."""
    number = letter.partition("-")[0]
    return next((event for event in kept.events if f"{event.version:06d}" == number), None)


TOLD_ANEW: dict[LetterKind, type[e.Event]] = {
    "decision": e.ComplaintDecided,
    "request": e.InformationAsked,
    "declined": e.ComplaintDeclined,
    "withdrawn": e.ComplaintWithdrawn,
    "merged": e.ComplaintMerged,
    "closing": e.ComplaintClosed,
}


def _spoken_of(event: e.AnyEvent | None, history: tuple[e.AnyEvent, ...]) -> e.AnyEvent | None:
    """The event that a letter speaks of. What tells a new reader anew speaks of what happened before, by the days that
    hold for them.
    """
    if not isinstance(event, e.AuthorityChecked) or event.letter not in TOLD_ANEW:
        return event
    before = next(one for one in reversed(history) if isinstance(one, TOLD_ANEW[event.letter]))
    return before.model_copy(update={"clocks": event.clocks})


def _words(event: e.AnyEvent | None) -> str | None:
    """What was written in an event so that the complainant reads it."""
    match event:
        case e.ProgressTold() | e.AnswerExtended() | e.ComplaintClosed() | e.InformationAsked() if event.words:
            return event.words.text
        case e.RemedyBegun() if event.words:
            return event.words.text
        case e.ComplaintAssessed(words=e.Titles(reason=reason)):
            return reason
        case _:
            return None


def _cause(event: e.AnyEvent | None, rules: Rules) -> str | None:
    """Why we write, where that is not what the letter is for in the first place."""
    match event:
        case e.ReviewAsked():
            return "review"
        case e.ComplaintReopened():
            return "reopened"
        case e.ComplaintAssessed():
            return "assessed"
        case e.ReplyMissed():
            return "reply_missed"
        case e.RemedyFailed():
            return "remedy_failed"
        case e.DeclineContested():
            return "contested_alone" if rules.approver_may_be_handler else "contested"
        case e.WithdrawalUndone():
            return "withdrawal_undone"
        case e.MergerUndone():
            return "merger_undone"
        case e.ExternalDecided():
            return event.then
        case e.RemedyBegun():
            return event.reason
        case e.AuthorityChecked():
            return "new_reader"
        case _:
            return None


def _about(
    event: e.AnyEvent | None, then: Complaint, history: tuple[e.AnyEvent, ...], rules: Rules, now: datetime
) -> dict[str, Any]:
    """What only the letter of this event says. `then` is the complaint as the event left it."""
    day = rules.calendar.day_of
    match event:
        case e.InformationAsked():
            again = event.words.again_reason if event.words else None
            return {"asked": event.data, "again_reason": again, "reply_by": _day_of(event, "reply", day)}
        case e.ReminderGiven():
            sent = next(one for one in reversed(history) if letter_owed(one) == "request")
            request: Any = _spoken_of(sent, history)
            asked = {"asked": request.data, "asked_on": day(sent.at), "words": _words(request)}
            return {**asked, "reply_by": _day_of(request, "reply", day)}
        case e.ComplaintDecided():
            proposed = next(one for one in reversed(history) if isinstance(one, e.DecisionProposed))
            return {
                "early": event.early,
                "effect": proposed.effect,
                "prevention": proposed.words.prevention if proposed.words else None,
                "late_reason": event.words.text if event.words else None,
                "reply_by": _day_of(event, "reply", day),
                "review_until": day(review_until(then, rules)),
            }
        case e.DecisionDisputed():
            return {"review_until": _review_until(then, rules, now), "looks_on": _day_of(event, "task", day)}
        case e.FinalNoticeGiven():
            # Its time begins when it arrives, which is never before it is written: so nobody has less than this.
            closes = rules.falls_due(rules.organisation.notice, now)
            return {"closes_on": day(closes), "review_until": _review_until(then, rules, now)}
        case e.ComplaintDeclined():
            proposal = next(one for one in reversed(history) if isinstance(one, e.DeclineProposed))
            told = proposal.words
            return {"declined": proposal.reason, "words": told and told.text, "route": told and told.route}
        case e.ComplaintWithdrawn():
            until = undo_until(then.model_copy(update={"closed_at": event.at})).astimezone(rules.calendar.zone)
            return {"withdrawn_on": day(event.at), "undo_until": until.date(), "undo_time": clock(until, then.language)}
        case e.ComplaintMerged():
            return {"into": shown(event.into)}
        case e.ExternalDecided():
            before = promised_on(fold(history[:-1]))
            instead = {one.number for one in event.awards} & before if not event.replaces else set()
            return {"replaced": event.replaces, "instead": sorted(instead)}
        case e.ComplaintClosed():
            return {"closed_reason": event.reason, "replaced": replaced(history)}
        case _:
            return {}


def _how_to_return(event: e.AnyEvent | None, complaint: Complaint, then: Complaint, rules: Rules) -> dict[str, Any]:
    """Whether the complaint is closed, and until when it can be opened again: for the unreachable, at any time."""
    closed = then if isinstance(event, e.ComplaintClosed) else complaint
    if closed.closed_at is None:
        return {"closed": False}
    for_ever = closed.closed_reason == CloseReason.UNCONTACTABLE
    return {
        "closed": complaint.state == State.CLOSED,
        "reopen_until": None if for_ever else rules.calendar.day_of(reopen_until(closed, rules)),
    }


def _day_of(event: e.AnyEvent, promise: str, day: Day) -> date | None:
    """The day that an event set for a promise."""
    return next((day(clock.due) for clock in event.clocks if clock.promise == promise), None)


def _review_until(complaint: Complaint, rules: Rules, now: datetime) -> date | None:
    """The last day to ask for a second look; None if it is over, or was had."""
    until = review_until(complaint, rules)
    return rules.calendar.day_of(until) if complaint.stage == 1 and until > now else None


def _points(event: e.AnyEvent | None, then: Complaint, told: tuple[PointTold, ...], day: Day) -> list[dict[str, Any]]:
    """The points that a letter is about: those put off, with their new day; after a body has decided, when we carry out
    what nobody has accepted, and to a new reader, those on which something is to be done, with its day; at the closing,
    those that were answered; else all of them.
    """
    points = [point.model_dump() for point in told]
    match event:
        case e.AnswerExtended():
            due = {clock.point: day(clock.due) for clock in event.clocks}
            return [{**point, "new_on": due[point["number"]]} for point in points if point["number"] in due]
        case e.ExternalDecided() | e.RemedyBegun() | e.AuthorityChecked():
            to_do = {task.point for task in then.tasks if task.kind == "remedy"}
            due = {clock.point: day(clock.due) for clock in then.clocks if clock.promise == "remedy"}
            return [
                {**point, "remedy": {**point["remedy"], "due_on": due[point["number"]]}}
                for point in points
                if point["number"] in to_do and point["remedy"]
            ]
        case e.ComplaintClosed():
            return [point for point in points if point["finding"] or point["remedy"]]
        case _:
            return points


def _route(route: Route, language: Language) -> dict[str, Any]:
    note = route.note[language] if route.note else None
    if note and route.bound:
        year, amount, currency = route.bound
        note = f"{note} ({year}: {money({'amount': amount, 'currency': currency}, language, terms(language)['money'])})"
    return {"body": route.body[language], "note": note, "url": route.url, "until": route.until, "points": route.points}


def _prescribed(complaint: Complaint, rules: Rules) -> list[str]:
    """A regulator's own words, once each, in the complainant's language where they have been copied in it."""
    on = rules.calendar.day_of(complaint.decided_at or complaint.opened_at)
    found = [
        text
        for point in complaint.points
        for text in rules.prescribed(pack_of(point, rules), "decision", on, upheld=point.finding == Finding.UPHELD)
        if text
    ]
    return list(dict.fromkeys(text.get(complaint.language) or next(iter(text.values())) for text in found))
