"""7.2 to 7.5: a complaint is received, acknowledged and assessed; or it is not ours, and its complainant is told where
to go instead.
"""

from datetime import datetime, timedelta
from typing import Any

from complaints import commands as c
from complaints import events as e
from complaints.assessment import Assessment, priority
from complaints.complaint import CloseReason, Complaint, Datum
from complaints.deadlines import answer_clock, first_clocks, first_pack, packs_of, reckon, target_of
from complaints.external import answer_to_the_body
from complaints.history import evolve, head_of, unchanged
from complaints.impartiality import disclosable, second_person, tied, uninvolved, unnamed
from complaints.packs import Limit, Pack
from complaints.refusals import Incomplete, NotNow
from complaints.roles import APPROVERS, Person
from complaints.rules import Rules

FORMAT_WITHIN = Limit(count=5, unit="working_day")  # large print, Braille, an interpreter: our own target
KNOWN: dict[Datum, str] = {  # what a submission tells us, by its field
    "name": "name",
    "address": "address",
    "phone": "phone",
    "email": "email",
    "order_number": "order_number",
    "product": "about",
    "date": "happened_on",
    "wish": "wish",
    "amount": "value",
}


def receive(ask: c.Submit, person: Person, now: datetime, rules: Rules) -> e.ComplaintReceived:
    """M01: a complaint begins. Its clocks run from `received_at`, also when the entry is made later.

    Raises Incomplete.
    """
    today = rules.calendar.day_of(now)
    if ask.received_at > now:
        raise Incomplete(("/received_at", "date_in_future"))
    if ask.submission.happened_on and ask.submission.happened_on > today:
        raise Incomplete(("/happened_on", "date_in_future"))
    if ask.received_at < now - timedelta(minutes=15) and not ask.backdated:
        raise Incomplete(("/backdated", "choice_required"))
    if ask.backdated == "other" and not ask.backdating_reason:
        raise Incomplete(("/backdating_reason", "required"))
    if person.actor.id in ask.complained_about and not rules.approver_may_be_handler:
        raise Incomplete(("/complained_about", "not_yourself"))
    told = ask.submission
    pack = rules.in_force(rules.organisation.packs[0], rules.calendar.day_of(ask.received_at))
    target = target_of(None, told.safety_risk)
    beyond = told.model_dump(exclude={"language", "representative"})
    return e.ComplaintReceived(
        reference=ask.reference,
        version=1,
        at=now,
        by=person.actor,
        language=told.language,
        channel=ask.channel,
        received_at=ask.received_at,
        by_mail=told.mail_to is not None,
        safety=told.safety_risk,
        pack=pack.id,
        pack_version=pack.number,
        anonymous=told.anonymous,
        represented=told.representative is not None,
        direct=told.representative is not None and told.contact == "complainant",
        known=tuple(datum for datum, name in KNOWN.items() if getattr(told, name)),
        staff_mentioned=told.staff_involved is not None,
        about_handling=told.about_handling,
        handled_before=ask.handled_before,
        complained_about=() if rules.approver_may_be_handler else ask.complained_about,
        backdated=ask.backdated,
        clocks=(
            *first_clocks(
                ask.received_at, now, rules, {None: pack}, target=target, acknowledged_at=_at_the_door(ask, now)
            ),
            *(reckon("task", FORMAT_WITHIN, now, rules, duty=f"format-{one}") for one in dict.fromkeys(told.formats)),
            *answer_to_the_body(0, ask.answer_by, ask.received_at, rules),
        ),
        words=e.Account(
            **beyond,
            representative=e.Agent(**told.representative.model_dump()) if told.representative else None,
            backdating_reason=ask.backdating_reason,
            outside_reference=ask.outside_reference,
            immediate_action=ask.immediate_action,
        ),
    )


def _at_the_door(ask: c.Submit, now: datetime) -> datetime | None:
    """The anonymous have their receipt in hand: there is nobody to send another one to."""
    return now if ask.submission.anonymous else None


# --- acknowledging ---


def not_acknowledged(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Nobody has acknowledged it yet."""
    return "already_acknowledged" if complaint.acknowledged_at else None


def acknowledge(
    complaint: Complaint, ask: c.Acknowledge, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M02. Where an answer is counted from the acknowledgement, an early one brings its day forward."""
    due = {
        clock.point: clock.due
        for clock in complaint.running
        if clock.promise == "answer" and not clock.extended and not clock.resumed_at
    }
    first = first_pack(complaint, rules)
    anew = [
        answer_clock(point, pack, complaint.counts_from, now, rules, first, complaint.stage)
        for point, pack in packs_of(complaint, rules).items()
        if point in due
    ]
    sooner = tuple(one for one in anew if one.anchor == "acknowledged" and one.due < due[one.point])
    head = head_of(complaint, person, now)
    return (e.ComplaintAcknowledged(**head, medium=ask.medium, letter=ask.letter, clocks=sooner),)


# --- assessing ---


def not_assessed(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Not assessed yet, and by somebody who has not declined it: after the fast path, or while an outside body has it,
    the assessment follows.
    """
    return "already_assessed" if complaint.assessed_at else uninvolved(complaint, person, rules, now)


def assessed(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Its points are known, and this person has not judged it before."""
    return uninvolved(complaint, person, rules, now) if complaint.points else "not_assessed"


def assess(complaint: Complaint, ask: c.Assess, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """M03, M32: the six criteria, the priority that follows, and the points under their packs."""
    if ask.nobody_named is None and unnamed(complaint, rules):
        raise Incomplete(("/nobody_named", "name_staff_first"))
    found = Assessment(**ask.model_dump(include=set(Assessment.model_fields)))
    level, why = priority(found)
    points = _points(complaint, ask, rules)
    titles = e.Titles(
        titles=tuple(point.title for point in ask.points), reason=ask.reason, nobody_named=ask.nobody_named
    )
    event = e.ComplaintAssessed(
        **head_of(complaint, person, now),
        assessment=found,
        priority=level,
        priority_reason=why,
        points=points,
        clocks=_anew(complaint, points, level, now, rules),
        words=titles,
    )
    if not _puts_off(complaint, evolve(complaint, event)):
        return (event,)
    if ask.reason is None:
        raise Incomplete(("/reason", "later_needs_reason"))
    if isinstance(ask, c.Reassess) and not person.may(APPROVERS):
        raise NotNow("later_needs_lead")
    return (event.model_copy(update={"later": True}),)


def _puts_off(before: Complaint, after: Complaint) -> bool:
    """Whether an assessment makes our first answer, or the answer on a point that was there, later than we told."""
    told = {clock.point: clock.due for clock in before.clocks if clock.promise == "answer"}
    later = any(one.due > told.get(one.point, one.due) for one in after.clocks if one.promise == "answer")
    return later or after.answer_by > before.answer_by


def _points(complaint: Complaint, ask: c.Assess, rules: Rules) -> tuple[e.PointFound, ...]:
    """The points under their packs, in the versions that were in force at the receipt; a category that is out of use
    stays where it was.
    """
    received_on = rules.calendar.day_of(complaint.received_at)
    free = {*rules.in_use(), complaint.pack, *(point.pack for point in complaint.points)}
    offered = {one.number for one in rules.organisation.categories if one.active}
    offered |= {point.category for point in complaint.points}
    found = []
    for number, point in enumerate(ask.points, 1):
        if point.category not in offered:
            raise Incomplete((f"/points/{number - 1}/category", "choice_required"))
        name = point.pack or rules.pack_for(point.category)
        if name not in free:
            raise Incomplete((f"/points/{number - 1}/pack", "choice_required"))
        version = rules.in_force(name, received_on).number
        found.append(
            e.PointFound(number=number, category=point.category, pack=name, version=version, value=point.value)
        )
    return tuple(found)


def _anew(
    complaint: Complaint, points: tuple[e.PointFound, ...], level: int, now: datetime, rules: Rules
) -> tuple[e.Reckoning, ...]:
    """The clocks that an assessment sets: those of points that are as they were go on as they are."""
    same = unchanged(complaint, points)
    packs: dict[int | None, Pack] = {point.number: rules.pack(point.pack, point.version) for point in points}
    clocks = first_clocks(
        complaint.counts_from,
        now,
        rules,
        packs,
        target=target_of(level, complaint.safety),
        acknowledged_at=complaint.acknowledged_at,
        first=first_pack(complaint, rules),
    )
    kept = []
    for one in clocks:
        if one.point in same or (one.promise == "take_up" and complaint.taken_up_at):
            continue
        told = complaint.due_of(one.promise) if one.promise in {"acknowledge", "update"} else None
        if told is None or one.due < told:  # what the complainant was told is never put off by an assessment
            kept.append(one)
    return tuple(kept)


# --- not ours ---


def declining(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Somebody has proposed to decline it, this is another person, and whoever is told may be told."""
    if not complaint.declining:
        return "not_declining"
    if tied(complaint.proposed_by, complaint):
        return "conflict_of_proposer"
    return second_person(complaint, person, rules, now) or disclosable(complaint)


def decline(
    complaint: Complaint, ask: c.Decline, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M05, first half: never a dead end. The reason and the right way are written before anybody confirms it."""
    words = e.Refusal(text=ask.words, route=ask.route)
    return (e.DeclineProposed(**head_of(complaint, person, now), reason=ask.reason, words=words),)


def confirm_decline(
    complaint: Complaint, ask: c.ConfirmDecline, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M05, second half: closed, with the right to contest it."""
    alone = person.actor.id is not None and person.actor.id == complaint.proposed_by
    head: dict[str, Any] = head_of(complaint, person, now)
    closed = e.ComplaintClosed(**head_of(complaint, person, now, after=2), reason=CloseReason.OUT_OF_SCOPE, told=True)
    return e.ComplaintDeclined(**head, approved_alone=alone), closed


def out_of_scope(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Closed because it was declined."""
    return None if complaint.closed_reason == CloseReason.OUT_OF_SCOPE else "not_declined"


def contest(
    complaint: Complaint, ask: c.Contest, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M06: it comes back to where it was; the original receipt counts."""
    return (e.DeclineContested(**head_of(complaint, person, now), words=e.Text(text=ask.words)),)
