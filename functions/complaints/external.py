"""7.9: a body outside has the matter (M24), until it sends it back, orders something or ends it (M25)."""

from datetime import date, datetime

from complaints import commands as c
from complaints import events as e
from complaints.closing import anew, carry_out, remedies_of, unfinished_remedy
from complaints.complaint import OWED, TO_DO, UNANSWERED, CloseReason, Complaint, State
from complaints.deadlines import named
from complaints.history import evolve, head_of
from complaints.refusals import Incomplete
from complaints.roles import Person
from complaints.rules import Rules


def answer_to_the_body(version: int, day: date | None, now: datetime, rules: Rules) -> tuple[e.Reckoning, ...]:
    """The task of writing to an outside body by the day (local) that it has set us."""
    return (named("external", day, now, rules, duty=f"outside-{version + 1}"),) if day else ()


def record_external(
    complaint: Complaint, ask: c.RecordExternal, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M24: whoever told us. What the body wants by a day is a promise to keep."""
    if ask.answer_by and ask.answer_by < rules.calendar.day_of(now):
        raise Incomplete(("/answer_by", "date_in_past"))
    return (
        e.ExternalOpened(
            **head_of(complaint, person, now),
            told_by=ask.told_by,
            document=str(ask.document) if ask.document else None,
            clocks=answer_to_the_body(complaint.version, ask.answer_by, now, rules),
            words=e.Elsewhere(body=ask.body, their_reference=ask.their_reference, text=ask.words),
        ),
    )


def record_external_outcome(
    complaint: Complaint, ask: c.RecordExternalOutcome, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M25. What was awarded is carried out and verified like a remedy of our own, in the place of what we had promised
    on the same point. What we had promised besides is still to be done, unless the body's decision replaces that too.
    """
    numbers = {point.number for point in complaint.points}
    if (ask.then == "award") != bool(ask.awards):
        raise Incomplete(("/awards", "required" if ask.then == "award" else "unknown_field"))
    named_points = [award.number for award in ask.awards]
    if not set(named_points) <= numbers or len(named_points) > len(set(named_points)):
        raise Incomplete(("/awards", "choice_required"))
    today = rules.calendar.day_of(now)
    missing = [
        problem
        for index, award in enumerate(ask.awards)
        for problem in unfinished_remedy(f"/awards/{index}/remedy", award.remedy, today, dated=True)
    ]
    if missing:
        raise Incomplete(*missing)
    if ask.replaces and (ask.then == "sent_back" or not owes(complaint)):
        raise Incomplete(("/replaces", "unknown_field"))
    kept = {} if ask.replaces or ask.then == "sent_back" else _not_taken_up(complaint)
    days = {number: day for number, day in kept.items() if day}
    days |= {award.number: award.remedy.due_on for award in ask.awards if award.remedy.due_on}
    decided_before = complaint.before is None or complaint.before not in UNANSWERED
    clocks: tuple[e.Reckoning, ...] = tuple(carry_out(days, now, rules))
    if ask.then == "sent_back" and decided_before:
        clocks = anew(complaint, now, rules, complaint.stage)
    over = e.ExternalDecided(
        **head_of(complaint, person, now),
        outcome=ask.outcome,
        then=ask.then,
        replaces=ask.replaces,
        awards=tuple(
            e.Awarded(
                number=award.number,
                remedy=award.remedy.kind,
                remedy_by=award.remedy.due_on,
                amount=award.remedy.amount,
                currency=award.remedy.currency,
            )
            for award in ask.awards
        ),
        document=str(ask.document),
        clocks=clocks,
        words=e.Text(text=ask.words),
    )
    if ask.then != "end":
        return (over,)
    if any(task.kind in TO_DO for task in evolve(complaint, over).tasks):
        return (over.model_copy(update={"outstanding": True}),)
    last = head_of(complaint, person, now, after=2)
    return over, e.ComplaintClosed(**last, reason=CloseReason.EXTERNAL_DECIDED)


def owes(complaint: Complaint) -> bool:
    """Whether something is still to be done that we have promised, of a complaint that is with a body."""
    return bool(promised_on(complaint)) or any(task.kind in OWED for task in complaint.tasks)


def promised_on(complaint: Complaint) -> frozenset[int]:
    """The points with a remedy that we have promised, or were ordered to give, and that is not seen to be there yet, of
    a complaint that is with a body.
    """
    return frozenset((*_not_taken_up(complaint), *(task.point for task in remedies_of(complaint) if task.point)))


def _not_taken_up(complaint: Complaint) -> dict[int, date | None]:
    """The points on which our last answer promises a remedy that is no task, with its day: nobody has accepted it yet,
    or somebody looks at it again, whatever is proposed meanwhile. What is closed had been done, or let go.
    """
    if complaint.before != State.DECIDED and complaint.before not in UNANSWERED:
        return {}
    return {point.number: point.remedy_by for point in complaint.answered if point.remedy}
