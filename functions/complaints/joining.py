"""Two complaints of one person about one matter are one: merged, and separated again if that was wrong.

Different people with the same fault are never merged: each keeps an answer of their own, and a systemic case joins
them.
"""

from datetime import datetime

from complaints import commands as c
from complaints import events as e
from complaints.complaint import TO_DO, UNANSWERED, CloseReason, Complaint, State
from complaints.deadlines import first_pack, packs_of
from complaints.history import head_of
from complaints.refusals import NotNow
from complaints.roles import Person
from complaints.rules import Rules
from complaints.words import contacts


def same_person(one: e.Account, other: e.Account) -> bool:
    """Whether two complaints came from the same person, by a way to reach them. Nobody is the same as the anonymous.

    Nobody has verified that way: so where we tell of the merger of the one, the other is reached too, and whoever only
    gave somebody else's address hears nothing of what that person has told us.
    """
    if one.anonymous or other.anonymous:
        return False
    told = contacts(one.reader.email, None) or contacts(None, one.reader.phone)
    shared = set(contacts(one.email, one.phone)) & set(contacts(other.email, other.phone))
    return bool(shared) and not set(told).isdisjoint(contacts(other.reader.email, other.reader.phone))


def merged(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Closed because it was merged."""
    return None if complaint.closed_reason == CloseReason.MERGED else "not_merged"


def merge(complaint: Complaint, ask: c.Merge, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """M29: what happens to the complaint that ends here; `absorb` says what happens to the other."""
    if ask.into == complaint.reference:
        raise NotNow("same_complaint")
    if any(task.kind in TO_DO for task in complaint.tasks):
        raise NotNow("duty_open")  # what was promised would be nobody's any more
    head = head_of(complaint, person, now)
    closed = e.ComplaintClosed(**head_of(complaint, person, now, after=2), reason=CloseReason.MERGED, told=True)
    return e.ComplaintMerged(**head, into=ask.into, words=e.Text(text=ask.words)), closed


def absorb(target: Complaint, source: Complaint, person: Person, now: datetime, rules: Rules) -> e.ComplaintAbsorbed:
    """M29: the earlier receipt counts, of the two days for our answer the tighter one, and whoever may not judge the
    one may not judge both. Raises NotNow.
    """
    if target.state == State.CLOSED:
        raise NotNow("target_closed")
    if {source.authority, target.authority} & {"unchecked", "refused"}:
        raise NotNow("authority_unchecked")  # of the other they may know nothing either
    shielded = target.confidential and target.members <= source.members
    if not source.complained_about <= target.complained_about or (source.confidential and not shielded):
        raise NotNow("more_restricted")
    packs = packs_of(target, rules) or {None: first_pack(target, rules)}
    due = {clock.point: clock for clock in target.running if clock.promise == "answer"}
    earlier = source.due_of("answer") if source.state in UNANSWERED else None
    clocks = tuple(
        e.Reckoning(
            promise="answer",
            point=point,
            anchor="named",
            started_at=source.received_at,
            calendar=rules.calendar.code,
            due=earlier,
        )
        for point in packs
        if earlier and point in due and earlier < due[point].due
    )
    return e.ComplaintAbsorbed(
        **head_of(target, person, now),
        other=source.reference,
        received_at=source.received_at,
        conflicted=tuple(sorted(source.conflicted)),
        declined_by=tuple(sorted(source.declined_by)),
        took_part=tuple(sorted(source.took_part)),
        reviewed_by=tuple(sorted(source.reviewed_by)),
        clocks=clocks,
    )


def unmerge(
    complaint: Complaint, ask: c.Unmerge, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M30: it goes on where it was; `separate` says what happens to the other."""
    return (e.MergerUndone(**head_of(complaint, person, now), words=e.Text(text=ask.words)),)


def separate(target: Complaint, source: Complaint, person: Person, now: datetime) -> e.ComplaintSeparated:
    """M30: the other is on its own again. Days that were told stay as they are; and whoever was kept from judging
    both stays kept from this one.
    """
    return e.ComplaintSeparated(**head_of(target, person, now), other=source.reference)
