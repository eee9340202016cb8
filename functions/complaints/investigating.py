"""7.6: a complaint is taken up, looked into in proportion to what is at stake, and everybody concerned is heard."""

from datetime import datetime

from complaints import commands as c
from complaints import events as e
from complaints.complaint import Complaint
from complaints.deadlines import named, reckon, reply_clock, request_clocks
from complaints.history import head_of
from complaints.impartiality import disclosable, require_fit, unfit
from complaints.packs import Limit
from complaints.refusals import Incomplete, NotNow
from complaints.roles import Person
from complaints.rules import Rules

ASSESS_WITHIN = Limit(count=4, unit="hour")  # after the fast path: our own target
GRAVE = 2  # priorities up to this one need a plan and evidence
EVIDENCE_ITEMS = 2


# --- guards: None lets the move pass, a code says why not ---


def in_danger(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """Somebody's safety is at stake."""
    return None if complaint.safety else "no_danger"


def waiting(complaint: Complaint, person: Person, rules: Rules, now: datetime) -> str | None:
    """The complainant answers only what they were asked."""
    asked_others = complaint.waiting_for == "third_party" and person.actor.kind == "complainant"
    return "not_waiting_for_you" if asked_others else None


def looked_into(complaint: Complaint) -> str | None:
    """What is grave is planned, and stands on more than one piece of evidence."""
    if complaint.priority is None or complaint.priority > GRAVE:
        return None
    if not complaint.planned:
        return "plan_missing"
    return "evidence_missing" if complaint.evidence < EVIDENCE_ITEMS else None


# --- what happens ---


def investigate(
    complaint: Complaint, ask: c.Investigate | c.FastTrack, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M07; and M04, after which the assessment has a day of its own."""
    require_fit(ask.owner, complaint, rules)
    target = reckon("assess", ASSESS_WITHIN, now, rules)
    clocks = (target,) if complaint.assessed_at is None else ()
    return (e.InvestigationStarted(**head_of(complaint, person, now), owner=ask.owner, clocks=clocks),)


def assign(complaint: Complaint, ask: c.Assign, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """To another handler, or to whoever reviews the complaint at the second stage."""
    require_fit(ask.owner, complaint, rules)
    words = e.Text(text=ask.reason) if ask.reason else None
    return (e.ComplaintAssigned(**head_of(complaint, person, now), owner=ask.owner, words=words),)


def plan(
    complaint: Complaint, ask: c.PlanInvestigation, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What will be looked into."""
    return (e.InvestigationPlanned(**head_of(complaint, person, now), words=e.Text(text=ask.words)),)


def record_evidence(
    complaint: Complaint, ask: c.RecordEvidence, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What was found out, whichever side it speaks for."""
    file = str(ask.file) if ask.file else None
    words = e.Text(text=ask.words)
    return (e.EvidenceRecorded(**head_of(complaint, person, now), kind=ask.kind, file=file, words=words),)


def record_action(
    complaint: Complaint, ask: c.RecordAction, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What was done at once. It does not take the place of an answer."""
    return (e.ActionRecorded(**head_of(complaint, person, now), words=e.Text(text=ask.words)),)


def ask_colleague(
    complaint: Complaint, ask: c.AskColleague, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """A contribution is a task of the colleague, who may have judged it before: they tell what they know, and judge
    nothing. Whoever is concerned is heard, and not asked to contribute.
    """
    if why := unfit(ask.whom, complaint):
        raise NotNow(why)
    if ask.due_on < rules.calendar.day_of(now):
        raise Incomplete(("/due_on", "date_in_past"))
    task = named("task", ask.due_on, now, rules, duty=f"contribution-{complaint.version + 1}")
    words = e.Text(text=ask.words)
    return (e.TaskSet(**head_of(complaint, person, now), whom=ask.whom, clocks=(task,), words=words),)


def promise_date(
    complaint: Complaint, ask: c.PromiseDate, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """What we have told a complainant that we will do is a task with a day."""
    if ask.due_on < rules.calendar.day_of(now):
        raise Incomplete(("/due_on", "date_in_past"))
    task = named("task", ask.due_on, now, rules, duty=f"promised-{complaint.version + 1}")
    return (e.TaskSet(**head_of(complaint, person, now), clocks=(task,), words=e.Text(text=ask.words)),)


def ask(complaint: Complaint, ask: c.Ask, person: Person, now: datetime, rules: Rules) -> tuple[e.AnyEvent, ...]:
    """M09, M11. Our own clocks run on. Nobody is asked again for what they have told, unless for a reason."""
    if ask.reply_by <= rules.calendar.day_of(now):
        raise Incomplete(("/reply_by", "date_in_past"))
    again = ask.of == "complainant" and bool(complaint.known.intersection(ask.data))
    if again and not ask.again_reason:
        raise Incomplete(("/again_reason", "on_file"))
    if ask.of == "complainant" and (why := disclosable(complaint)):
        raise NotNow(why)
    mailed = ask.of == "complainant" and complaint.told_by == "mail"
    return (
        e.InformationAsked(
            **head_of(complaint, person, now),
            of=ask.of,
            data=ask.data,
            again=again,
            clocks=request_clocks(ask.reply_by, now, rules, mailed=mailed),
            words=e.Request(text=ask.words, again_reason=ask.again_reason if again else None),
        ),
    )


def record_reply(
    complaint: Complaint, ask: c.RecordReply, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """M10, M11: the inquiry goes on."""
    words = e.Text(text=ask.words) if ask.words else None
    return (e.InformationReceived(**head_of(complaint, person, now), words=words),)


def record_message(
    complaint: Complaint, ask: c.RecordMessage, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """Whoever writes about our decision is not taken to be silent: we wait for their answer anew."""
    return (e.InformationReceived(**head_of(complaint, person, now), clocks=reply_clock(complaint, now, rules)),)


def link_systemic(
    complaint: Complaint, ask: c.LinkSystemic, person: Person, now: datetime, rules: Rules
) -> tuple[e.AnyEvent, ...]:
    """The same fault met others too: each complaint keeps its own answer."""
    words = e.Text(text=ask.words) if ask.words else None
    return (e.SystemicLinked(**head_of(complaint, person, now), case=ask.case.upper(), words=words),)
