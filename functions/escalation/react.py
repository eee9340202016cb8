"""9. ESCALATION: whoever has to act is told by mail, and whoever is above them when they do not.

A fact becomes notices, one for each person whom it concerns. Every quarter of an hour those whose time has come leave,
one mail a person. Only what is urgent leaves at once, and at night too. Who may not see a complaint never hears of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from adapters.absences import Absences
from adapters.items import Item
from adapters.mail import Courier
from adapters.notices import Kind, Notice, Notices, Urgency
from adapters.table import Table
from adapters.telemetry import logger, trace
from complaints import events as e
from complaints.calendar import Calendar
from complaints.complaint import Complaint, Promise
from complaints.explain import moment_text
from complaints.impartiality import may_see
from complaints.roles import Role
from complaints.roles import staff as member
from complaints.rules import Rules

TICK = timedelta(minutes=15)  # how often the digest comes by
LAST_RESORT = ("management-representative", "lead")

Hearer = tuple[str, str | None]  # somebody, and the colleague for whom they stand in if they do


@dataclass(frozen=True)
class Office:
    """What the reaction works with."""

    table: Table
    absences: Absences
    notices: Notices
    courier: Courier


@dataclass(frozen=True)
class News:
    """What a fact means for staff: who is to hear of which promise, how soon. `since` is when it became true (UTC).

    `tell` holds what Roll.hearers understands: owner, colleague (who is `colleague`), roster, or a role.
    """

    kind: Kind
    tell: tuple[str, ...]
    urgency: Urgency
    since: datetime
    promise: Promise | None
    due: datetime | None
    step: int = 0
    colleague: str | None = None


def react(message: dict[str, Any], office: Office, now: datetime) -> None:
    """A fact from the bus, or the quarter-hourly digest. Raises what kept a mail from leaving: it comes again then."""
    if message.get("kind") == "digest":
        digest(office, now)
    else:
        announce(e.EVENT.validate_python(message["detail"]), office, now)


# --- a fact becomes notices ------------------------------------------------------------------------------------------


def announce(fact: e.AnyEvent, office: Office, now: datetime) -> None:
    """Keep a notice for everybody concerned, and send it if it is urgent. A fact that comes again changes nothing."""
    complaint = office.table.load(fact.reference)
    news = news_of(fact, complaint) if complaint else None
    if complaint is None or news is None:
        return
    rules = office.table.rules
    send_after = _when(news, rules, now)
    roll = Roll(office.table.staff(), office.absences, rules, complaint, send_after)
    on_call = roll.on_call(news.step) if "roster" in news.tell and news.kind != "safety" else None
    found = [
        Notice(
            sub=sub,
            kind="roster" if sub == on_call else news.kind,
            reference=fact.reference,
            event=fact.version,
            promise=news.promise,
            due=news.due,
            priority=complaint.priority,
            at=fact.at,
            urgency=news.urgency,
            send_after=send_after,
            instead_of=instead_of,
        )
        for sub, instead_of in roll.hearers(news).items()
    ]
    for notice in found:
        office.notices.add(notice)
    if news.urgency == "now":
        _send([notice for notice in found if office.notices.waits(notice)], office, now)


def news_of(fact: e.AnyEvent, complaint: Complaint) -> News | None:
    """What staff are to hear of a fact, as the complaint stands now. None if it concerns nobody, or no longer: the
    promise was kept since, the complaint went to yet another handler, or a handler took it themselves.
    """
    match fact:
        case e.ComplaintReceived(safety=True) if complaint.taken_up_at is None:
            due = complaint.due_of("take_up")
            return News("safety", ("roster",), "now", fact.at, "take_up" if due else None, due)
        case e.TaskSet() if fact.whom and fact.whom != fact.by.id and _still_asked(fact, complaint):
            return News("contribution", ("colleague",), "open", fact.at, None, fact.clocks[0].due, colleague=fact.whom)
        case e.InvestigationStarted() | e.ComplaintAssigned():
            if fact.owner != complaint.owner or fact.owner == fact.by.id:
                return None
            kind: Kind = "assigned" if isinstance(fact, e.InvestigationStarted) else "handed_over"
            clock = complaint.next_promise
            promise, due = (clock.promise, clock.due) if clock else (None, None)
            return News(kind, ("owner",), "open", fact.at, promise, due)
        case e.PromiseEscalated() if _runs(fact, complaint):
            kind = "reminder" if fact.reached_at < fact.due else "escalated"
            urgency: Urgency = "now" if fact.urgent else "digest"
            return News(kind, fact.tell, urgency, fact.reached_at, fact.promise, fact.due, fact.step)
        case e.PromiseBroken(promise="take_up") if _runs(fact, complaint) and complaint.owner is None:
            return News("unassigned", ("lead",), "digest", fact.due, fact.promise, fact.due)
        case e.PromiseBroken() if _runs(fact, complaint):
            return News("broken", ("owner",), "digest", fact.due, fact.promise, fact.due)
        case _:
            return None


def _runs(fact: e.PromiseEscalated | e.PromiseBroken, complaint: Complaint) -> bool:
    return any((clock.promise, clock.duty) == (fact.promise, fact.duty) for clock in complaint.running)


def _still_asked(fact: e.TaskSet, complaint: Complaint) -> bool:
    return any(task.id == clock.duty for task in complaint.tasks for clock in fact.clocks)


def _when(news: News, rules: Rules, now: datetime) -> datetime:
    """When the news may be told (UTC). What became true just before a digest still goes with it."""
    match news.urgency:
        case "now":
            return now
        case "open":
            return rules.calendar.next_open(now)
        case "digest":
            return next_digest(max(news.since, now - TICK), rules)


def next_digest(moment: datetime, rules: Rules) -> datetime:
    """The first time for a digest (UTC) on a working day, at `moment` or after it; without such times, the opening."""
    calendar, times = rules.calendar, rules.organisation.digest_at
    if not times:
        return calendar.next_open(moment)
    today = calendar.day_of(moment)
    days = (today, calendar.add_working_days(today, 1))
    found = [calendar.moment(day, one) for day in days if calendar.is_working_day(day) for one in times]
    return min(at for at in found if at >= moment)


# --- whom it concerns ------------------------------------------------------------------------------------------------


class Roll:
    """Who is there to be told of a complaint, on the day of a moment (UTC)."""

    def __init__(
        self, staff: dict[str, Item], absences: Absences, rules: Rules, complaint: Complaint, at: datetime
    ) -> None:
        self._staff = staff
        self._absences = absences
        self._complaint = complaint
        self._roster = rules.organisation.roster
        self._day = rules.calendar.day_of(at)

    def hearers(self, news: News) -> dict[str, str | None]:
        """Who is told, and for which absent colleague, if for one. As long as there is anybody, somebody is."""
        reference = self._complaint.reference
        found = [one for tell in news.tell for one in self._meant_by(tell, news)]
        for role in LAST_RESORT:
            if not found:
                logger.warning("nobody to tell", reference=reference, told_instead=role)
                found = self._with_role(role)
        if not found:  # a confidential one, of which none of those may know
            found = [one for sub in sorted(self._complaint.members) for one in self._present(sub)]
        if not found:
            logger.error("nobody to tell at all", reference=reference)
        return dict(sorted(found, key=lambda one: one[1] is None))  # one's own part hides that of an absent colleague

    def on_call(self, step: int) -> str | None:
        """Who of the roster is called at a rung of the ladder: in turn, without those who are away."""
        free = [sub for sub in self._roster if self._present(sub) == [(sub, None)]]
        return free[step % len(free)] if free else None

    def _meant_by(self, tell: str, news: News) -> list[Hearer]:
        match tell:
            case "colleague":
                return self._present(news.colleague or "")
            case "owner":
                owner = self._complaint.owner
                return (self._present(owner) or self._with_role("lead")) if owner else []  # who has left owns nothing
            case "roster":
                on_call = self.on_call(news.step)
                return [(on_call, None)] if on_call else self._with_role("lead")
            case _:
                return self._with_role(tell)

    def _with_role(self, role: str) -> list[Hearer]:
        return [
            one for sub, person in self._staff.items() if role in person.get("roles", ()) for one in self._present(sub)
        ]

    def _present(self, sub: str) -> list[Hearer]:
        """This person, or the deputy of one who is away; nobody if they have left, if no mail reaches them or if they
        may not see this complaint.
        """
        acting = self._absences.stand_in(sub, self._day)
        told = self._staff.get(acting)
        here = sub in self._staff and self._staff[sub]["active"]
        if not here or not can_be_told(told) or not may_hear(acting, told, self._complaint):
            logger.warning("skipped", sub=sub, acting=acting)
            return []
        return [(acting, None if acting == sub else sub)]


def can_be_told(person: Item | None) -> bool:
    """Whether mail reaches a member of staff: they are active, and we know their address."""
    return bool(person and person["active"] and person.get("email"))


def may_hear(sub: str, person: Item | None, complaint: Complaint | None) -> bool:
    """Whether a member of staff may know that this complaint exists, by the roles they have."""
    told = (person or {}).get("roles", ())
    roles = frozenset(role for role in Role if role in told)
    return complaint is not None and may_see(member(sub, roles), complaint)


# --- notices become mail ---------------------------------------------------------------------------------------------


def digest(office: Office, now: datetime) -> None:
    """Send what may be told by now. While people rest, only what is urgent and did not leave at once."""
    rules = office.table.rules
    awake = rules.calendar.is_open(now) or next_digest(now - TICK, rules) <= now
    due = [notice for notice in office.notices.due(now) if awake or notice.urgency == "now"]
    _send(due, office, now)


def _send(notices: list[Notice], office: Office, now: datetime) -> None:
    """One mail a person. One that does not leave holds up no other. Raises at the end if there was one."""
    theirs: dict[str, list[Notice]] = {}
    for notice in notices:
        theirs.setdefault(notice.sub, []).append(notice)
    staff = office.table.staff() if theirs else {}
    complaints = {one: office.table.load(one) for one in {notice.reference for notice in notices}}
    calendar, failed = office.table.rules.calendar, 0
    for sub, found in theirs.items():
        try:  # who was to be told when it was kept may have been complained about since
            now_theirs = [one for one in found if may_hear(sub, staff.get(sub), complaints[one.reference])]
            lines = _lines(now_theirs, staff, calendar) if now_theirs else []
            told = bool(lines) and can_be_told(staff.get(sub)) and office.courier.tell(staff[sub], lines)
            (logger.info if told else logger.warning)("notices", sub=sub, count=len(found), told=told)
            for notice in found:  # told or not: whoever cannot be reached now cannot be reached in a quarter of an hour
                office.notices.done(notice, now)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next one has their turn
            logger.error("notices wait", sub=sub, **trace(error))
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} members of staff could not be told")


def _lines(notices: list[Notice], staff: dict[str, Item], calendar: Calendar) -> list[dict[str, Any]]:
    """What the mail says, in its reader's language. A promise that broke and was escalated for it is one line."""
    language = staff[notices[0].sub]["language"]
    said = {(one.reference, one.promise, one.due) for one in notices if one.kind in {"roster", "broken", "unassigned"}}
    return [
        {
            "kind": one.kind,
            "reference": one.reference,
            "promise": one.promise,
            "due": moment_text(one.due, language, calendar) if one.due else None,
            "priority": one.priority,
            "for_name": staff[one.instead_of]["name"] if one.instead_of in staff else None,
        }
        for one in notices
        if one.kind != "escalated" or (one.reference, one.promise, one.due) not in said
    ]
