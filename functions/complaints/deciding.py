"""7.7 and 7.8: every point gets a finding with its reasons, another person approves it, and it is told at once."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

from complaints import commands as c
from complaints import events as e
from complaints.closing import accepted, unfinished_remedy
from complaints.complaint import UNDATED, Complaint, Finding, Point
from complaints.deadlines import named, pack_of, packs_of, reckon, reply_clock
from complaints.history import evolve, head_of
from complaints.impartiality import disclosable, heard, second_person, tied, uninvolved
from complaints.investigating import looked_into
from complaints.packs import BASE
from complaints.receiving import assessed
from complaints.refusals import Incomplete, NotNow
from complaints.roles import Person, Role
from complaints.rules import Limited, Rules

UPHELD = {Finding.UPHELD, Finding.PARTLY_UPHELD}  # what calls for an improvement, or for the reason why none is needed

# --- guards: None lets the move pass, a code says why not ---


def ready_to_propose(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """The points are known, what is grave was looked into, those complained about were heard, and this person has not
    judged it before.
    """
    if complaint.declining:
        return "declining"
    return assessed(complaint, person, rules, now) or looked_into(complaint) or heard(complaint)


def ready_to_return(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Somebody else than the proposer sends it back."""
    return second_person(complaint, person, rules, now)


def ready_to_approve(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Another person, after those complained about were heard, with the authority that the remedies need, and to
    somebody who may be told.
    """
    if complaint.declining:
        return "declining"
    if tied(complaint.proposed_by, complaint):
        return "conflict_of_proposer"
    return (
        second_person(complaint, person, rules, now)
        or heard(complaint)
        or within_authority(complaint.points, person, rules)
        or disclosable(complaint)
    )


def early(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Within the window, by somebody who has not declined it; nobody has to be heard first, nothing is grave, and
    whoever is told may be told.
    """
    if now > early_until(complaint, rules):
        return "early_window"
    return (
        uninvolved(complaint, person, rules, now)
        or looked_into(complaint)
        or heard(complaint)
        or disclosable(complaint)
    )


def within_authority(points: Iterable[Point | e.PointDecision], person: Person, rules: Rules) -> str | None:
    """What the remedies of a decision cost together is within what one of this person's roles may approve.

    Sums in different currencies do not add up without a rate of exchange, and we have none: such a decision is for top
    management, which has no limit.
    """
    cost: dict[str, Decimal] = {}
    for point in points:
        if point.amount and point.currency:
            cost[point.currency] = cost.get(point.currency, Decimal(0)) + point.amount
    if not cost or person.may(frozenset({Role.TOP_MANAGEMENT})):
        return None
    limited = [rules.organisation.limits.get(role, {}) for role in get_args(Limited) if role in person.roles]
    [(currency, sum_), *others] = cost.items()
    enough = any(sum_ <= own.get(currency, 0) for own in limited)  # type: ignore[call-overload]
    return None if enough and not others else "above_limit"


# --- what happens ---


def propose(
    complaint: Complaint, ask: c.Propose, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M12; M23 at the second stage, which says what becomes of the first decision."""
    if complaint.stage == 2 and ask.effect is None:
        raise Incomplete(("/effect", "required"))
    if complaint.stage == 1 and ask.effect is not None:
        raise Incomplete(("/effect", "unknown_field"))
    return (_proposed(complaint, ask, person, now, rules, effect=ask.effect),)


def resolve_early(
    complaint: Complaint, ask: c.ResolveEarly, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M08: settled within the early window, accepted, within one's own authority; so nobody needs to approve it."""
    proposed = _proposed(complaint, ask, person, now, rules)
    if why := within_authority(proposed.points, person, rules):
        raise NotNow(why)
    so_far = evolve(complaint, proposed)
    if any(None in texts for texts in _prescribed(so_far, now, rules)):
        raise NotNow("prescribed_words")
    decided = e.ComplaintDecided(**head_of(so_far, person, now), early=True, clocks=_for_others(so_far, now, rules))
    content = accepted(evolve(so_far, decided), ask.medium, person, now, rules, told=True)
    return proposed, decided, *content


def early_until(complaint: Complaint, rules: Rules) -> datetime:
    """Until when a complaint can be settled with less correspondence: the shortest window of its packs."""
    base = rules.in_force(BASE, rules.calendar.day_of(complaint.received_at))
    limits = [(pack, pack.early or base.early) for pack in packs_of(complaint, rules).values()]
    ends = [rules.falls_due(limit, complaint.counts_from, pack) for pack, limit in limits if limit]
    return min(ends, default=complaint.counts_from)


def _proposed(
    complaint: Complaint, ask: c.Answer, person: Person, now: datetime, rules: Rules, **more: Any
) -> e.DecisionProposed:
    if sorted(point.number for point in ask.points) != [point.number for point in complaint.points]:
        raise Incomplete(("/points", "every_point"))
    today = rules.calendar.day_of(now)
    at_once = isinstance(ask, c.ResolveEarly)
    problems = [
        problem for index, point in enumerate(ask.points) for problem in _unfinished(index, point, today, at_once)
    ]
    if not ask.improvement_reason and {point.finding for point in ask.points} & UPHELD:
        problems.append(("/improvement_reason", "required"))
    if ask.improvement_needed and not ask.corrective_action:
        problems.append(("/corrective_action", "required"))
    if ask.others and ask.others.due_on < today:
        problems.append(("/others/due_on", "date_in_past"))
    if problems:
        raise Incomplete(*problems)
    reasons = tuple(
        e.PointReasons(
            number=point.number,
            reasons=point.reasons,
            no_remedy_reason=point.no_remedy_reason,
            remedy=point.remedy.words if point.remedy else None,
        )
        for point in ask.points
    )
    return e.DecisionProposed(
        **head_of(complaint, person, now),
        points=tuple(decision_on(point.number, point.finding, point.remedy) for point in ask.points),
        cause=ask.cause,
        improvement_needed=ask.improvement_needed,
        others_by=ask.others.due_on if ask.others else None,
        clocks=_after_inquiry(complaint, now, rules),
        words=e.Reasons(
            points=reasons,
            prevention=ask.prevention,
            improvement_reason=ask.improvement_reason,
            corrective_action=ask.corrective_action if ask.improvement_needed else None,
            others=ask.others.words if ask.others else None,
        ),
        **more,
    )


def decision_on(number: int, finding: Finding, remedy: c.ProposedRemedy | None) -> e.PointDecision:
    """What is decided on one point, in codes."""
    return e.PointDecision(
        number=number,
        finding=finding,
        remedy=remedy.kind if remedy else None,
        remedy_by=remedy.due_on if remedy else None,
        amount=remedy.amount if remedy else None,
        currency=remedy.currency if remedy and remedy.amount else None,
    )


def _after_inquiry(complaint: Complaint, now: datetime, rules: Rules) -> tuple[e.Reckoning, ...]:
    """Some laws let the answer wait no longer than so many days once the inquiry has ended."""
    due = {clock.point: clock.due for clock in complaint.running if clock.promise == "answer"}
    anew = [
        reckon("answer", pack.after_inquiry, now, rules, pack, point=point)
        for point, pack in packs_of(complaint, rules).items()
        if pack.after_inquiry and point in due
    ]
    return tuple(one for one in anew if one.due < due[one.point])


def _unfinished(index: int, point: c.ProposedPoint, today: date, at_once: bool) -> list[tuple[str, str]]:
    """Each point needs a remedy or the reason why there is none (ISO 10002, 7.7); and what is not put right `at_once`
    a day, so that a task watches it and somebody verifies it.
    """
    if point.remedy is None:
        return [] if point.no_remedy_reason else [(f"/points/{index}/no_remedy_reason", "required")]
    dated = point.remedy.kind not in UNDATED and not at_once
    return unfinished_remedy(f"/points/{index}/remedy", point.remedy, today, dated=dated)


def send_back(
    complaint: Complaint, ask: c.Return, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M13: with what is missing."""
    return (e.DecisionReturned(**head_of(complaint, person, now), words=e.Text(text=ask.words)),)


def approve(
    complaint: Complaint, ask: c.Approve, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M14: approved and sent in one. A reply is awaited from then on."""
    late = any(clock.promise == "answer" and clock.due < now for clock in complaint.running)
    if late and ask.late_reason is None:
        raise Incomplete(("/late_reason", "required"))
    if any(None in texts for texts in _prescribed(complaint, now, rules)):
        raise NotNow("prescribed_words")
    alone = person.actor.id is not None and person.actor.id == complaint.proposed_by
    why = e.Text(text=ask.late_reason) if late and ask.late_reason else None
    clocks = (*reply_clock(complaint, now, rules), *_for_others(complaint, now, rules))
    return (e.ComplaintDecided(**head_of(complaint, person, now), approved_alone=alone, clocks=clocks, words=why),)


def _for_others(complaint: Complaint, now: datetime, rules: Rules) -> tuple[e.Reckoning, ...]:
    """The task of offering the remedy to others; approved late, it is due from then on."""
    if complaint.others_by is None:
        return ()
    day = max(complaint.others_by, rules.calendar.day_of(now))
    return (named("task", day, now, rules, duty=f"others-{complaint.version + 1}"),)


def _prescribed(complaint: Complaint, now: datetime, rules: Rules) -> list[tuple[Any, ...]]:
    on = rules.calendar.day_of(now)
    return [
        rules.prescribed(pack_of(point, rules), "decision", on, upheld=point.finding == Finding.UPHELD)
        for point in complaint.points
    ]
