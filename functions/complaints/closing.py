"""7.9: what follows a decision. Accepted, it is carried out, verified and closed; not accepted, it stays open until
nothing is left to try or the complainant is content.
"""

from datetime import date, datetime, timedelta
from typing import Literal

from complaints import commands as c
from complaints import events as e
from complaints.complaint import OWED, SUMS, CloseReason, Complaint, Medium, Task
from complaints.deadlines import first_clocks, first_pack, named, packs_of, reckon, target_of
from complaints.history import evolve, head_of
from complaints.outside import routes
from complaints.packs import BASE
from complaints.refusals import Incomplete, NotNow
from complaints.roles import LEADS, Person
from complaints.rules import Rules

MONITOR_EVERY = timedelta(days=30)  # how often somebody looks at a complaint that was not accepted
UNDO_WITHIN = timedelta(days=5)  # how long a withdrawal can be taken back as if it had not been
ATTEMPTS, BY_MEDIA, OVER_DAYS = 3, 2, 10  # tries, by different media, over working days: then somebody is uncontactable

# --- guards: None lets the move pass, a code says why not ---


def not_disputed(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Not disputed already."""
    return "already_disputed" if complaint.disputed else None


def disputed(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Not accepted by the complainant."""
    return None if complaint.disputed else "not_disputed"


def first_stage(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Nobody has reviewed it yet."""
    return None if complaint.stage == 1 else "reviewed_already"


def done(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """By the complainant, or by another person than the one who says that it is in place; and when no duty is left."""
    if any(task.kind in OWED for task in complaint.tasks):
        return "duty_open"
    remedies = remedies_of(complaint)
    if not remedies:  # what is left to verify were duties and promises in words
        staff = person.actor.kind == "staff" and not rules.approver_may_be_handler
        return "second_person" if staff and complaint.done_by == {person.actor.id} else None
    found = [_unseen(task, person, rules) for task in remedies]
    return None if None in found else found[0]


def _unseen(task: Task, person: Person, rules: Rules) -> str | None:
    """Why this person cannot say that a remedy is in place. In a firm of one person there is nobody else."""
    if person.actor.kind != "staff" or rules.approver_may_be_handler:
        return None
    if task.done_by is None:
        return "not_done"
    return "second_person" if task.done_by == person.actor.id else None


def no_reply(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Nobody has replied, although the last notice arrived and has had its time."""
    if complaint.disputed:
        return "disputed"
    if complaint.notice != "delivered":
        return "no_notice"
    runs = any(clock.promise == "reply" and clock.due > now for clock in complaint.running)
    return "notice_runs" if runs else None


def uncontactable(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Tried often enough, by more than one way, for long enough."""
    if complaint.disputed:
        return "disputed"
    tries = complaint.attempts
    enough = len(tries) >= ATTEMPTS and len({one.medium for one in tries}) >= BY_MEDIA
    if not enough:
        return "too_few_attempts"
    first, last = (rules.calendar.day_of(moment) for moment in (tries[0].at, tries[-1].at))
    return None if rules.calendar.working_days_between(first, last) >= OVER_DAYS else "too_few_attempts"


def anonymous(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """There is nobody to write to; and nobody has disputed it."""
    if complaint.disputed:
        return "disputed"
    return None if complaint.anonymous else "not_anonymous"


def reopenable(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Within its window, which no lead is bound by; what was declined, withdrawn or merged has a way of its own."""
    ways = {CloseReason.OUT_OF_SCOPE: "contest", CloseReason.WITHDRAWN: "take_up_again", CloseReason.MERGED: "unmerge"}
    if complaint.closed_reason in ways:
        return "another_way"
    too_late = complaint.closed_reason != CloseReason.UNCONTACTABLE and now > reopen_until(complaint, rules)
    return "reopen_window" if too_late and not person.may(LEADS) else None


def not_merged(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """What goes on as another complaint goes on there."""
    return "another_way" if complaint.closed_reason == CloseReason.MERGED else None


def withdrawn(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Withdrawn by the complainant."""
    return None if complaint.closed_reason == CloseReason.WITHDRAWN else "not_withdrawn"


def remedies_of(complaint: Complaint) -> list[Task]:
    """The remedies that are to be carried out, or verified."""
    return [task for task in complaint.tasks if task.kind == "remedy"]


def _heard_elsewhere(medium: Medium, person: Person) -> None:
    """On the tracking page complainants speak for themselves: what staff record they heard another way. Raises
    Incomplete.
    """
    if person.actor.kind == "staff" and medium == "tracking_page":
        raise Incomplete(("/medium", "choice_required"))


# --- accepted ---


def outstanding(complaint: Complaint, rules: Rules) -> bool:
    """Whether something is still to be done once our decision is accepted: what we promised, or a duty that begins with
    the agreement.
    """
    duties = (duty for pack in packs_of(complaint, rules).values() for duty in pack.duties)
    return promised(complaint) or any(duty.limit.from_ == "agreed" for duty in duties)


def promised(complaint: Complaint) -> bool:
    """Whether a remedy with a date, a duty, or something else that we promised, is still to be done."""
    dated = any(point.remedy_by for point in complaint.points)
    return dated or any(task.kind in OWED for task in complaint.tasks)


def accept(complaint: Complaint, ask: c.Accept, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """M15, M16. A remedy with a date is a task until another person has verified it; nothing else keeps it open. Staff
    who record that a rejected decision was accepted after all write down what they heard.
    """
    if complaint.disputed and person.actor.kind == "staff" and not ask.words:
        raise Incomplete(("/words", "required"))
    return accepted(complaint, ask.medium, person, now, rules, words=ask.words)


def accepted(
    complaint: Complaint,
    medium: Medium,
    person: Person,
    now: datetime,
    rules: Rules,
    *,
    words: str | None = None,
    told: bool = False,
) -> tuple[e.AnyEvent, ...]:
    """The complainant is content. `told`: the letter that says so leaves anyway."""
    _heard_elsewhere(medium, person)
    head = {**head_of(complaint, person, now), "words": e.Text(text=words) if words else None}
    if not outstanding(complaint, rules):
        last = head_of(complaint, person, now, after=2)
        closed = e.ComplaintClosed(**last, reason=CloseReason.ACCEPTED, told=told)
        return e.DecisionAccepted(**head, medium=medium), closed
    duties = [
        reckon("duty", duty.limit, now, rules, pack, point=point, duty=duty.id)
        for point, pack in packs_of(complaint, rules).items()
        for duty in pack.duties
        if duty.limit.from_ == "agreed"
    ]
    clocks = (*duties, *carry_out(_days(complaint), now, rules))
    return (e.DecisionAccepted(**head, medium=medium, outstanding=True, clocks=clocks),)


def _days(complaint: Complaint) -> dict[int, date]:
    return {point.number: point.remedy_by for point in complaint.points if point.remedy_by}


def carry_out(days: dict[int, date], now: datetime, rules: Rules) -> list[e.Reckoning]:
    """A day for each remedy; an offer that is taken up late is due from then on."""
    today = rules.calendar.day_of(now)
    return [named("remedy", max(day, today), now, rules, point=point) for point, day in days.items()]


def verify(complaint: Complaint, ask: c.Verify, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """M21. Whoever did it does not verify it; once all is verified, duties and promises in words too, it is closed."""
    if not ask.words and person.actor.kind == "staff":
        raise Incomplete(("/words", "required"))
    there = {task.point: task for task in remedies_of(complaint) if task.point}
    points = tuple(ask.points if ask.points is not None else there)
    if not set(points) <= set(there):
        raise Incomplete(("/points", "choice_required"))
    for point in points:
        if why := _unseen(there[point], person, rules):
            raise NotNow(why)
    words = e.Text(text=ask.words) if ask.words else None
    seen = e.RemedyVerified(**head_of(complaint, person, now), points=points, words=words)
    after = evolve(complaint, seen)
    if remedies_of(after) or (after.done_by and not rules.approver_may_be_handler):
        return (seen,)
    closed = e.ComplaintClosed(**head_of(complaint, person, now, after=2), reason=CloseReason.REMEDY_VERIFIED)
    return seen, closed


def report_failure(
    complaint: Complaint, ask: c.ReportFailure, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M22: it is looked into again in the same cycle, and a new day for our answer is told."""
    words = e.Text(text=ask.words)
    return (
        e.RemedyFailed(
            **head_of(complaint, person, now), clocks=anew(complaint, now, rules, complaint.stage), words=words
        ),
    )


def anew(complaint: Complaint, now: datetime, rules: Rules, stage: int = 1) -> tuple[e.Reckoning, ...]:
    """The clocks of a complaint that is looked into again from `now` on."""
    return first_clocks(
        now,
        now,
        rules,
        packs_of(complaint, rules),
        target=target_of(complaint.priority, complaint.safety),
        acknowledged_at=now if complaint.anonymous else None,
        first=first_pack(complaint, rules),
        stage=stage,
    )


# --- not accepted ---


def dispute(
    complaint: Complaint, ask: c.Dispute, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M18: it stays open, the other ways are told, and somebody looks at it again and again."""
    _heard_elsewhere(ask.medium, person)
    words = e.Text(text=ask.words) if ask.words else None
    look = reckon("take_up", rules.target(target_of(complaint.priority, complaint.safety)), now, rules)
    clocks = (look, monitor(complaint, now, rules))
    return (e.DecisionDisputed(**head_of(complaint, person, now), medium=ask.medium, words=words, clocks=clocks),)


def monitor(complaint: Complaint, now: datetime, rules: Rules) -> e.Reckoning:
    """The day on which somebody looks at a disputed complaint again."""
    day = rules.calendar.day_of(now + MONITOR_EVERY)
    return named("task", day, now, rules, duty=f"monitor-{complaint.version + 1}")


def ask_review(
    complaint: Complaint, ask: c.AskReview, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M17: the second stage, under its own clocks, by somebody who took no part."""
    _heard_elsewhere(ask.medium, person)
    late = now > review_until(complaint, rules)
    if late and not ask.late_reason:
        raise Incomplete(("/late_reason", "review_window"))
    said = "\n\n".join(dict.fromkeys(one for one in (ask.words, ask.late_reason if late else None) if one))
    return (
        e.ReviewAsked(
            **head_of(complaint, person, now),
            medium=ask.medium,
            late=late,
            clocks=anew(complaint, now, rules, stage=2),
            words=e.Text(text=said) if said else None,
        ),
    )


def review_until(complaint: Complaint, rules: Rules) -> datetime:
    """Until when a review can be asked for without saying why it comes late."""
    return rules.falls_due(rules.organisation.review_within, complaint.decided_at or complaint.opened_at)


def unfinished_remedy(at: str, remedy: c.ProposedRemedy, today: date, *, dated: bool) -> list[tuple[str, str]]:
    """What a remedy still has to say, as (pointer, code): money how much and in which currency, what is `dated` by when
    (local). `at` is its own pointer.
    """
    problems = []
    if remedy.kind in SUMS and remedy.amount is None:
        problems.append((f"{at}/amount", "required"))
    if remedy.amount and not remedy.currency:
        problems.append((f"{at}/currency", "required"))
    if dated and remedy.due_on is None:
        problems.append((f"{at}/due_on", "required"))
    if remedy.due_on and remedy.due_on < today:
        problems.append((f"{at}/due_on", "date_in_past"))
    return problems


# --- closing without acceptance ---


def close_unanswered(
    complaint: Complaint, ask: c.CloseUnanswered, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M19: the notice has had its time. What we promised is carried out all the same, and only then is it closed."""
    if promised(complaint):
        return (_begun(complaint, CloseReason.NO_REPLY_AFTER_NOTICE, None, person, now, rules),)
    return (e.ComplaintClosed(**head_of(complaint, person, now), reason=CloseReason.NO_REPLY_AFTER_NOTICE),)


def _begun(
    complaint: Complaint,
    reason: Literal[CloseReason.NO_REPLY_AFTER_NOTICE, CloseReason.OPTIONS_EXHAUSTED],
    words: str | None,
    person: Person,
    now: datetime,
    rules: Rules,
) -> e.RemedyBegun:
    clocks = tuple(carry_out(_days(complaint), now, rules))
    text = e.Text(text=words) if words else None
    return e.RemedyBegun(**head_of(complaint, person, now), reason=reason, clocks=clocks, words=text)


def close_exhausted(
    complaint: Complaint, ask: c.CloseExhausted, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M20: every way that was told is over; or the complainant wants none of them. What we promised to somebody who has
    not said no to it is carried out all the same.
    """
    if ask.ground == "time_run_out":
        if complaint.stage == 1 and not rules.approver_may_be_handler:
            raise NotNow("review_open")
        today = rules.calendar.day_of(now)
        if any(route.until is None or route.until >= today for route in routes(complaint, rules, now)):
            raise NotNow("outside_open")
        if promised(complaint):
            return (_begun(complaint, CloseReason.OPTIONS_EXHAUSTED, ask.words, person, now, rules),)
    return _closed(complaint, CloseReason.OPTIONS_EXHAUSTED, ask.words, person, now)


def close_uncontactable(
    complaint: Complaint, ask: c.CloseUncontactable, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M34: it opens at once when they appear. A remedy cannot be delivered to nobody: what we promised ends here."""
    return _closed(complaint, CloseReason.UNCONTACTABLE, ask.words, person, now)


def close_anonymous(
    complaint: Complaint, ask: c.CloseAnonymous, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M35: whoever has the code can read it. A remedy cannot be delivered to nobody: what we promised ends here."""
    return (e.ComplaintClosed(**head_of(complaint, person, now), reason=CloseReason.ANONYMOUS_COMPLETED, told=True),)


def _closed(
    complaint: Complaint, reason: CloseReason, words: str, person: Person, now: datetime
) -> tuple[e.AnyEvent, ...]:
    return (e.ComplaintClosed(**head_of(complaint, person, now), reason=reason, words=e.Text(text=words)),)


# --- coming back ---


def reopen(complaint: Complaint, ask: c.Reopen, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """M26: a new cycle."""
    return _reopened(complaint, ask.words, person, now, rules)


def _reopened(
    complaint: Complaint, words: str | None, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    text = e.Text(text=words) if words else None
    return (e.ComplaintReopened(**head_of(complaint, person, now), clocks=anew(complaint, now, rules), words=text),)


def reopen_until(complaint: Complaint, rules: Rules) -> datetime:
    """Until when a closed complaint comes back without a lead: the longest of its packs' windows."""
    base = rules.in_force(BASE, rules.calendar.day_of(complaint.received_at))
    limits = [(pack, pack.reopen_within or base.reopen_within) for pack in packs_of(complaint, rules).values()]
    closed_at = complaint.closed_at or complaint.opened_at
    return max((rules.falls_due(limit, closed_at, pack) for pack, limit in limits if limit), default=closed_at)


def withdraw(
    complaint: Complaint, ask: c.Withdraw, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M27: the complainant's own doing. Staff only record it, with what was said and how. A risk to safety is looked
    into all the same, as soon as if it had just been told.
    """
    _their_own_doing(ask, person)
    words = e.Text(text=ask.words) if ask.words else None
    last = head_of(complaint, person, now, after=2)
    risk = reckon("task", rules.target("safety"), now, rules, duty=f"safety-{complaint.version + 1}")
    clocks = (risk,) if complaint.safety or complaint.risk_found else ()
    return (
        e.ComplaintWithdrawn(**head_of(complaint, person, now), medium=ask.medium, clocks=clocks, words=words),
        e.ComplaintClosed(**last, reason=CloseReason.WITHDRAWN, told=True),
    )


def _their_own_doing(ask: c.Withdraw | c.TakeUpAgain, person: Person) -> None:
    _heard_elsewhere(ask.medium, person)
    if person.actor.kind == "staff" and not ask.words:
        raise Incomplete(("/words", "required"))


def take_up_again(
    complaint: Complaint, ask: c.TakeUpAgain, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M28: within some days as if nothing had been; later with new clocks from now."""
    _their_own_doing(ask, person)
    if now > undo_until(complaint):
        return _reopened(complaint, ask.words, person, now, rules)
    words = e.Text(text=ask.words) if ask.words else None
    return (e.WithdrawalUndone(**head_of(complaint, person, now), medium=ask.medium, words=words),)


def undo_until(complaint: Complaint) -> datetime:
    """Until when a withdrawal can be taken back as if it had not been."""
    return (complaint.closed_at or complaint.opened_at) + UNDO_WITHIN
