"""Who may know of a complaint, and who may not judge it (ISO 10002, objectivity and confidentiality).

Whoever is complained about neither sees nor handles it; whoever has declared a conflict of interest does nothing more
in it; whoever declined it or took part in what was decided before does not look at it again, and whoever had a hand in
an earlier complaint does not judge how that one was handled. In a firm of one person there is nobody else: there the
rule gives way, and history says so.
"""

from datetime import datetime
from typing import Any

from complaints import commands as c
from complaints import events as e
from complaints.categories import HANDLING
from complaints.complaint import CloseReason, Complaint, LetterKind, State
from complaints.deadlines import reply_clock, request_clocks
from complaints.history import each, evolve, head_of, to_other
from complaints.refusals import Incomplete, NotNow
from complaints.roles import READERS, Person
from complaints.rules import Rules

ENDINGS: dict[CloseReason, LetterKind] = {  # what tells of an end that has a letter of its own
    CloseReason.WITHDRAWN: "withdrawn",
    CloseReason.MERGED: "merged",
    CloseReason.OUT_OF_SCOPE: "declined",
}


def may_see(person: Person, complaint: Complaint) -> bool:
    """Whether a person may know that this complaint exists. Who may not is told that there is no such complaint."""
    if person.actor.kind != "staff":
        return True
    sub = person.actor.id or ""
    let_in = sub not in complaint.complained_about and (not complaint.confidential or sub in complaint.members)
    return person.may(READERS) and let_in


def tied(sub: str | None, complaint: Complaint) -> bool:
    """Whether a member of staff is complained about, or has declared a conflict of interest: they judge nothing."""
    return sub in complaint.conflicted | complaint.complained_about


def unnamed(complaint: Complaint, rules: Rules) -> bool:
    """Whether the complainant has written of somebody among the staff, and nobody has looked yet who that is: until
    then they could read and handle what is said about them.
    """
    looked = complaint.assessed_at or complaint.complained_about or rules.approver_may_be_handler
    return complaint.staff_mentioned and not looked


def unfit(sub: str, complaint: Complaint) -> str | None:
    """Why nobody may ask this member of staff to work on the complaint, or None."""
    if tied(sub, complaint):
        return "conflict"
    return "not_a_member" if complaint.confidential and sub not in complaint.members else None


def judged_before(sub: str | None, complaint: Complaint, rules: Rules) -> str | None:
    """Why somebody would judge their own work, or None: a matter that was contested is looked at by others than those
    who declined it, the second stage is for those who took no part before, and how an earlier complaint was handled is
    judged by nobody who had a hand in that.
    """
    if rules.approver_may_be_handler:
        return None
    if sub in complaint.declined_by:
        return "declined_before"
    if complaint.stage == 2 and sub in complaint.took_part:
        return "took_part"
    about_handling = complaint.about_handling or any(point.category == HANDLING for point in complaint.points)
    return "handled_before" if about_handling and sub in complaint.handled_before else None


def hands_in(history: tuple[e.AnyEvent, ...]) -> frozenset[str]:
    """Who of the staff had a hand in a complaint: whoever assessed, owned, looked into, decided, declined or closed
    it. They do not judge how it was handled.
    """
    found: set[str | None] = set()
    for event, then in each(history):
        found |= {*then.took_part, *then.declined_by, then.owner, then.proposed_by}
        found |= {event.by.id} if isinstance(event, e.ComplaintDecided | e.ComplaintClosed) else set()
    return frozenset(one for one in found if one)


# --- guards: None lets the move pass, a code says why not ---


def uninvolved(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Somebody who has not declined it; at the second stage, somebody who took no part before; of how an earlier
    complaint was handled, somebody who had no hand in that.
    """
    return judged_before(person.actor.id, complaint, rules)


def second_person(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Somebody other than who proposed it."""
    if rules.approver_may_be_handler or complaint.proposed_by is None or person.actor.id != complaint.proposed_by:
        return uninvolved(complaint, person, rules, now)
    return "second_person"


def heard(complaint: Complaint) -> str | None:
    """Everybody complained about was told, and could answer, before anything is found."""
    return None if complaint.complained_about <= complaint.heard else "staff_not_heard"


def staff_named(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Somebody is complained about who has not had their say, and who hears them has not judged it before."""
    if complaint.complained_about <= complaint.heard:
        return "nobody_to_hear"
    return uninvolved(complaint, person, rules, now)


def represented(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Somebody acts for the complainant."""
    return None if complaint.authority else "not_represented"


def unproven(complaint: Complaint) -> str | None:
    """Whoever filed it may act for the complainant. They hold the tracking code, whoever we write to."""
    return "authority_unchecked" if complaint.authority == "unchecked" else None


def disclosable(complaint: Complaint) -> str | None:
    """Nothing about the complaint goes to a representative before we know that they may act."""
    return None if complaint.direct else unproven(complaint)


def may_be_told(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Whoever we write to may know of it."""
    return disclosable(complaint)


# --- what happens ---


def name_staff(
    complaint: Complaint, ask: c.NameStaff, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Who is complained about. Nobody can hide a complaint by naming who handles it: that is kept in history."""
    if person.actor.id in ask.staff and not rules.approver_may_be_handler:
        raise Incomplete(("/staff", "not_yourself"))
    words = e.Text(text=ask.words) if ask.words else None
    alone = rules.approver_may_be_handler
    return (e.StaffNamed(**head_of(complaint, person, now), staff=ask.staff, alone=alone, words=words),)


def hear_staff(
    complaint: Complaint, ask: c.HearStaff, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """They were told of what is said about them, and what they answered stands beside it."""
    if ask.who not in complaint.complained_about:
        raise Incomplete(("/who", "choice_required"))
    if ask.told_on > rules.calendar.day_of(now):
        raise Incomplete(("/told_on", "date_in_future"))
    words = e.Statement(text=ask.answer)
    return (e.StaffHeard(**head_of(complaint, person, now), who=ask.who, told_on=ask.told_on, words=words),)


def declare_conflict(
    complaint: Complaint, ask: c.DeclareConflict, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """From here on this person does nothing more in it; what they owned needs another owner."""
    alone, words = rules.approver_may_be_handler, e.Text(text=ask.words)
    return (e.ConflictDeclared(**head_of(complaint, person, now), alone=alone, words=words),)


def restrict(
    complaint: Complaint, ask: c.Restrict, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Whoever restricts it stays a member, and so does its owner: nobody locks themselves out, or the work in."""
    members = {*ask.members, *([person.actor.id] if person.actor.id else [])} if ask.confidential else set()
    if ask.confidential and complaint.owner:
        members.add(complaint.owner)
    if members & complaint.complained_about:
        raise Incomplete(("/members", "conflict"))
    return (
        e.AccessRestricted(
            **head_of(complaint, person, now),
            confidential=ask.confidential,
            members=tuple(sorted(members)),
            words=e.Text(text=ask.words),
        ),
    )


def check_authority(
    complaint: Complaint, ask: c.CheckAuthority, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Once refused, we write to the complainant instead of the representative; once granted, to the latter again. Where
    we write to the complainant anyway, we go on doing so. Who reads from now on is told what matters now, and has as
    long to reply as the other had.
    """
    words = e.Text(text=ask.words)
    event = e.AuthorityChecked(**head_of(complaint, person, now), granted=ask.granted, words=words)
    if not to_other(complaint, ask.granted):
        return (event,)
    return (event.model_copy(update=_told_anew(complaint, evolve(complaint, event), now, rules)),)


def _told_anew(was: Complaint, after: Complaint, now: datetime, rules: Rules) -> dict[str, Any]:
    """The letter to somebody who has read nothing of it yet, and the clocks of their reply."""
    if was.state == State.DECIDED:
        return {"letter": "decision", "clocks": () if was.disputed else reply_clock(was, now, rules)}
    if was.waiting_for == "complainant":
        day = rules.calendar.day_of
        asked = next(clock for clock in was.clocks if clock.promise == "reply")
        by = day(now) + (day(asked.due) - day(asked.started_at))
        return {"letter": "request", "clocks": request_clocks(by, now, rules, mailed=after.told_by == "mail")}
    if was.closed_reason:
        return {"letter": ENDINGS.get(was.closed_reason, "closing")}
    return {"letter": "progress"}


def disclose(
    complaint: Complaint, ask: c.Disclose, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Nothing goes outside without the law, or a consent of the complainant that was not withdrawn since."""
    by_consent = ask.basis == "consent"
    given = {"/medium": ask.medium, "/consented_on": ask.consented_on} if by_consent else {"/provision": ask.provision}
    if missing := [(pointer, "required") for pointer, value in given.items() if value is None]:
        raise Incomplete(*missing)
    if by_consent and ask.consented_on:
        if ask.consented_on > rules.calendar.day_of(now):
            raise Incomplete(("/consented_on", "date_in_future"))
        if complaint.consent_withdrawn_on and ask.consented_on <= complaint.consent_withdrawn_on:
            raise NotNow("consent_withdrawn")
    return (
        e.ComplaintDisclosed(
            **head_of(complaint, person, now),
            basis=ask.basis,
            medium=ask.medium if by_consent else None,
            consented_on=ask.consented_on if by_consent else None,
            words=e.PassedOn(to=ask.to, text=ask.words, provision=None if by_consent else ask.provision),
        ),
    )


def withdraw_consent(
    complaint: Complaint, ask: c.WithdrawConsent, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """It counts at any time, also before anything was passed on."""
    if ask.on > rules.calendar.day_of(now):
        raise Incomplete(("/on", "date_in_future"))
    words = e.Text(text=ask.words) if ask.words else None
    return (e.ConsentWithdrawn(**head_of(complaint, person, now), medium=ask.medium, on=ask.on, words=words),)


def require_fit(owner: str, complaint: Complaint, rules: Rules) -> None:
    """Raises NotNow if this member of staff may not have the complaint in hand."""
    if why := unfit(owner, complaint) or judged_before(owner, complaint, rules):
        raise NotNow(why)
