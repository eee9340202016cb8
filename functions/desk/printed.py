"""What stands on the papers: tables of (label, value), read from the case as its reader may see it.

A new field is one line: a word in papers/words, and a row in its section. What is not on record is printed as a dash;
what the product does not hold is left to the pen, and says so.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from adapters.letters import money, terms
from adapters.paper import Grid, Paper, Row, Section, draw
from adapters.render import Clock, reference, sized
from complaints.complaint import Complaint, Language, State
from complaints.events import Agent
from complaints.outside import Route
from complaints.roles import KNOW_NEEDS, Person
from complaints.rules import Rules
from desk.views import ActorShown, Case, FileShown, Happened, LetterShown, Named, PromiseShown, TaskShown

WORDS: Final = Path(__file__).parent.parent / "papers" / "words"
LETTERS: Final = 300_000  # what is drawn within some seconds; the words that would go beyond it are not printed
LEFT: Final = {"sent", "delivered"}  # how far a letter has got that has left
AGAIN: Final = {"ComplaintReopened", "ReviewAsked"}  # with these a complaint is looked into anew


def printed(
    paper: str,
    number: str,
    about: Case,
    earlier: tuple[Complaint, ...],
    ways: tuple[Route, ...],
    person: Person,
    rules: Rules,
    organisation: str,
    language: Language,
) -> bytes:
    """A paper of a complaint, as `person` sees it, as PDF: follow-up or case-file. `earlier` are other
    complaints of the same person that `person` may know of, `ways` lead to outside bodies.

    The revision is the complaint's version, the date today's.
    """
    told = Told(about, earlier, ways, rules, language, person.may(KNOW_NEEDS))
    return draw(papered(paper, number, told, organisation))


def papered(paper: str, number: str, told: "Told", organisation: str) -> Paper:
    """What the PDF is drawn from."""
    w, about = told.words, told.case
    code = reference(about.reference)
    title = w["titles"][paper]
    record = (
        (w["document"]["number"], f"{number}/{code}"),
        (w["document"]["revision"], str(about.version)),
        (w["document"]["date"], told.day(about.now)),
    )
    return Paper(
        language=told.language,
        organisation=organisation,
        title=title,
        running=w["document"]["running"].format(title=title, reference=code),
        page=w["document"]["page"],
        record=record,
        footer=" · ".join((record[0][1], f"{record[1][0]} {record[1][1]}", record[2][1])),
        sections=tuple(shortened(PAPERS[paper](told), w["characters"])),
        signatures=(w["document"]["prepared"], w["document"]["checked"], w["document"]["approved"]),
        signed=(w["document"]["name"], w["document"]["day"], w["document"]["signature"]),
        signatures_title=w["document"]["signatures"],
        empty=w["empty"],
        by_hand=w["by_hand"],
        replaced=w["replaced"],
        made_at=about.now,
    )


def shortened(sections: Iterable[Section], instead: str, room: int = LETTERS) -> Iterable[Section]:
    """The sections, with how long they are in place of the words for which there is no more room.

    A paper must be there before the gateway's patience ends, and it must not hide what it leaves out.
    """
    for section in sections:
        lines: list[Row | Grid] = []
        for line in section.lines:
            size = len(line.wrote or "") if isinstance(line, Row) else 0
            if isinstance(line, Row) and size > room:
                line = replace(line, wrote=None, said="\n".join(filter(None, (line.said, instead.format(count=size)))))
            else:
                room -= size
            lines.append(line)
        yield replace(section, lines=tuple(lines))


@cache
def words(language: Language) -> dict[str, Any]:
    """Every word of the papers in one language."""
    return tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Told:
    """A case, and how one language says what is in it. Moments are told in the organisation's time zone."""

    case: Case
    earlier: tuple[Complaint, ...]
    routes: tuple[Route, ...]
    rules: Rules
    language: Language
    needs_shown: bool  # whether needs are for the eyes of whoever prints

    @property
    def words(self) -> dict[str, Any]:
        """The papers' words."""
        return words(self.language)

    @property
    def clock(self) -> Clock:
        """How days and times are written."""
        return Clock(self.language, self.rules.calendar.zone, {})

    def day(self, when: date | datetime | None) -> str:
        """`9 Mart 2026`, `9 March 2026`; nothing for no day."""
        return self.clock.day(when) if when else ""

    def moment(self, when: datetime | None) -> str:
        """`9 Mart 2026 10.42`, `9 March 2026 10:42`; nothing for no moment."""
        return f"{self.clock.day(when)} {self.clock.time(when)}" if when else ""

    def row(self, label: str, said: str | None = None, wrote: str | None = None) -> Row:
        """A line named by a key of `labels`."""
        return Row(self.words["labels"][label], said, wrote)

    def by_hand(self, label: str) -> Row:
        """A line that the product has nothing for: room to write."""
        return Row(self.words["labels"][label], by_hand=True)

    def yes(self, holds: bool | None) -> str | None:
        """`Evet`, `Hayır`; nothing where it is not known."""
        return None if holds is None else self.words["yes" if holds else "no"]

    def named(self, table: str, code: object) -> str | None:
        """What a code is called; nothing for no code."""
        return None if code is None else str(self.words[table][str(code)])

    def who(self, by: ActorShown) -> str:
        """Who did something."""
        if by.kind == "complainant":
            return str(self.words["complainant"])
        return str(self.words["redress"] if by.kind == "system" else by.name or self.words["former_staff"])

    def money(self, amount: object, currency: str | None) -> str | None:
        """`1.250,50 TL`; the bare figure where the currency is not known."""
        if amount is None:
            return None
        known = terms(self.language)["money"]
        patterns = {**known, None: "{}"}
        return money({"amount": amount, "currency": currency if currency in known else None}, self.language, patterns)

    def promise(self, promise: PromiseShown) -> str:
        """What a promise is called, of which point, and whether it is ours alone."""
        name = promise.duty[self.language] if promise.duty else terms(self.language)["promises"][promise.promise]
        if promise.task:
            name = self.named("task_kinds", promise.task)
        if promise.point is not None and len(self.case.points) > 1:
            name = self.words["of_point"].format(what=name, number=promise.point)
        return str(self.words["own_target"].format(promise=name) if promise.internal else name)

    def every(self, *kinds: str) -> list[Happened]:
        """All that happened of these kinds, the oldest first."""
        return [entry for entry in reversed(self.case.timeline) if entry.type in kinds]

    def last(self, kind: str) -> Happened | None:
        """The newest event of a kind since the complaint was opened, or its second stage began, for the last time."""
        since = self.every(kind, *AGAIN)
        return next((entry for entry in since[-1:] if entry.type == kind), None)

    def priority(self, level: object, reason: str | None) -> str:
        """A priority with its reason, where that is for the eyes of whoever prints."""
        return (
            self.words["because"].format(number=level, reason=self.named("reasons", reason)) if reason else str(level)
        )

    def file(self, code: object) -> str | None:
        """What a file of the complaint is called."""
        return next((file.name for file in self.case.files if file.id == code), None)

    def decision_letter(self) -> LetterShown | None:
        """The letter of the decision in force, if it has left."""
        since = self.case.decided_at
        left = [one for one in self.case.letters if one.kind == "decision" and one.state in LEFT]
        return next((one for one in left if since and one.at >= since), None)


# --- the follow-up form ----------------------------------------------------------------------------------------------


def _follow_up(told: Told) -> Iterable[Section]:
    titles = told.words["sections"]
    yield Section(titles["receipt"], _receipt(told))
    yield Section(titles["complainant"], _complainant(told))
    yield Section(titles["data"], _data(told))
    yield Section(titles["problem"], (*_problem(told), *(_point(told, number) for number in range(_count(told)))))
    yield Section(titles["assessment"], _assessment(told))
    yield Section(titles["immediate"], _immediate(told))
    yield Section(titles["resolution"], (*_wished(told), *_answers(told), *_agreement(told), _actions(told)))
    yield Section(titles["log"], (_log(told),))
    yield Section(titles["cause"], _cause(told))
    yield Section(titles["routes"], _routes(told))


def _count(told: Told) -> int:
    return len(told.case.points)


def _receipt(told: Told) -> tuple[Row, ...]:
    about, account = told.case, told.case.account
    came = _came(told)
    return (
        told.row("reference", reference(about.reference)),
        told.row("received_at", told.moment(about.received_at)),
        told.row("registered_at", told.moment(about.registered_at)),
        told.row("backdating_reason", told.named("backdatings", about.backdated), account.backdating_reason),
        told.row("received_by", None if came.by.kind == "complainant" else told.who(came.by)),
        told.row("channel", told.named("channels", about.channel)),
        told.row("on_behalf", _on_behalf(told)),
        told.row("outside_reference", account.outside_reference),
        told.row("answer_by", told.day(_due(told, came, {"external"}))),
    )


def _came(told: Told) -> Happened:
    return told.every("ComplaintReceived")[0]


def _on_behalf(told: Told) -> str:
    says = told.words["on_behalf"]
    ways = {
        "staff": _came(told).by.kind == "staff",
        "representative": bool(told.case.authority or told.case.account.representative),
    }
    return "\n".join(says[way] for way, holds in ways.items() if holds) or str(says["complainant"])


def _complainant(told: Told) -> tuple[Row, ...]:
    about, person, account = told.case, told.case.complainant, told.case.account
    if about.identity_hidden:
        return (Row("", told.words["hidden"]),)
    kind = "anonymous" if about.anonymous else "organisation" if person.organisation else "person"
    agent = person.representative
    checks = told.every("AuthorityChecked")
    checked = (told.moment(checks[-1].at), told.who(checks[-1].by)) if checks else ()
    authority = told.named("authority", about.authority)
    return (
        told.row("kind", told.named("applicants", kind)),
        told.row("name", wrote="\n".join(filter(None, (person.name, person.organisation)))),
        told.row("customer", told.named("customers", account.customer)),
        told.row("address", wrote=person.address),
        told.row("email", wrote=person.email),
        told.row("phone", wrote=person.phone),
        told.row("contact_by", told.named("ways", person.contact_by), person.call_hours),
        told.row("language", told.named("languages", about.language)),
        told.row(
            "formats",
            ", ".join(told.words["formats"][one] for one in account.formats)
            if told.needs_shown
            else told.words["hidden"],
        ),
        told.row("support_needs", None if told.needs_shown else told.words["hidden"], person.support_needs),
        told.by_hand("verified"),
        told.row("representative", wrote=_agent(agent)),
        told.row("authority", " · ".join((authority, *checked)) if authority else None),
        told.row("contact", told.named("contacts", person.contact) if agent else None),
        told.row("earlier", "\n".join(_before(told))),
    )


def _before(told: Told) -> Iterable[str]:
    for one in told.earlier:
        state = told.named("states", one.state)
        yield " · ".join((reference(one.reference), told.day(one.received_at), str(state)))


def _agent(agent: Agent | None) -> str | None:
    return ", ".join(filter(None, (agent.name, agent.capacity, agent.email, agent.phone))) if agent else None


def _data(told: Told) -> tuple[Row, ...]:
    about, account = told.case, told.case.account
    packs = {(point.pack, point.version) for point in about.points}
    return (
        told.row("state", _state(told)),
        told.row("owner", about.owner_name or told.words["not_owned"]),
        told.row("decided_at", told.moment(about.decided_at)),
        told.row("closed_at", told.moment(about.closed_at)),
        told.row("stage", told.named("stages", about.stage)),
        told.row("cycle", str(about.cycle)),
        told.row("product", wrote=account.about),
        told.row("order_number", wrote=account.order_number),
        told.row("life_stage", told.named("life_stages", account.life_stage)),
        told.row("packs", "\n".join(told.words["rules"].format(pack=pack, version=n) for pack, n in sorted(packs))),
        told.by_hand("referred_by"),
        told.row("unit", wrote=account.branch),
        told.by_hand("segment"),
        told.row("confidentiality", _class(told)),
        told.row("legal_hold", told.yes(about.legal_hold)),
        told.row("merged_into", reference(about.merged_into) if about.merged_into else None),
        told.row("absorbed", "\n".join(map(reference, about.absorbed))),
    )


def _class(told: Told) -> str:
    return str(told.words["classes"]["confidential" if told.case.confidential else "open"])


def _state(told: Told) -> str:
    about = told.case
    standing = "declining" if about.declining else about.waiting_for if about.state == State.WAITING else None
    state = str(told.named("standing", standing) or told.named("states", about.state))
    closed = told.named("closed", about.closed_reason) if about.state == State.CLOSED else None
    return f"{state}: {closed}" if closed else state


def _problem(told: Told) -> tuple[Row, ...]:
    account, found, taken_for = told.case.account, told.case.assessment, told.case.taken_for
    before = (told.named("told", account.told_before), account.told_reference)
    return (
        told.row("taken_for", taken_for[told.language] if taken_for else None),
        told.row("happened_on", _when(told)),
        told.row("recurring", told.yes(found.repeat if found else None)),
        told.row("told_before", " · ".join(filter(None, before))),
        told.row("about_handling", told.yes(account.about_handling)),
        told.row("what_happened", wrote=account.what_happened),
        told.row("value", told.money(account.value, account.currency)),
        told.row("staff_involved", wrote=account.staff_involved),
        told.row("others_affected", None if account.others_affected is None else str(account.others_affected)),
        told.row("safety_risk", told.yes(account.safety_risk)),
        told.row("elsewhere", told.yes(account.elsewhere), account.elsewhere_where),
    )


def _when(told: Told) -> str | None:
    """The day of the problem; that it is not known exactly, or at all, is an answer too."""
    day, words = told.day(told.case.account.happened_on), told.words
    if not told.case.account.day_unsure:
        return day
    return str(words["about_day"]).format(day=day) if day else str(words["day_unknown"])


def _point(told: Told, at: int) -> Row:
    point = told.case.points[at]
    return Row(told.words["point"].format(number=point.number), point.category_name[told.language], wrote=point.title)


def _assessment(told: Told) -> tuple[Row, ...]:
    found = told.case.assessment
    if found is None:
        return tuple(map(told.row, CRITERIA))
    leveled = told.words["leveled"].format
    values = {
        "severity": leveled(number=found.severity, words=told.named("severities", found.severity)),
        "safety": told.named("safeties", found.safety),
        "complexity": leveled(number=found.complexity, words=told.named("complexities", found.complexity)),
        "impact": told.named("impacts", found.impact),
        "action_needed": told.yes(found.action_needed),
        "action_possible": told.yes(found.action_possible),
        "compensation": told.named("likelihood", "yes" if found.compensation_likely else "no"),
        "modifiers": "\n".join(said for name, said in told.words["modifiers"].items() if getattr(found, name)),
        "priority": told.priority(told.case.priority, found.priority_reason),
        "assessor": found.by or told.words["former_staff"],
        "assessed_at": told.moment(found.at),
    }
    return tuple(told.row(name, values[name]) for name in CRITERIA)


CRITERIA = (
    "severity",
    "safety",
    "complexity",
    "impact",
    "action_needed",
    "action_possible",
    "compensation",
    "modifiers",
    "priority",
    "assessor",
    "assessed_at",
)


def _immediate(told: Told) -> tuple[Row, ...]:
    """What was done at once: by whoever registered the complaint, and since."""
    first = told.case.account.immediate_action
    done: list[tuple[str | None, Happened]] = [(first, _came(told))] if first else []
    done += [(entry.words, entry) for entry in told.every("ActionRecorded")]
    empty = (told.row("action"), told.row("action_by"), told.row("action_at"))
    rows = (
        (
            told.row("action", wrote=words),
            told.row("action_by", told.who(entry.by)),
            told.row("action_at", told.moment(entry.at)),
        )
        for words, entry in done
    )
    return tuple(row for three in rows for row in three) or empty


def _wished(told: Told) -> tuple[Row, ...]:
    account = told.case.account
    return (
        told.row("wish", wrote=account.wish),
        told.row("wants", "\n".join(terms(told.language)["remedies"][one] for one in account.wants)),
        told.row("wish_amount", told.money(account.wish_amount, account.currency)),
    )


def _answers(told: Told) -> Iterable[Row]:
    return (row for point in told.case.points for row in _answer(told, point))


def _agreement(told: Told) -> tuple[Row, ...]:
    """What became of our answer. An effect is that of the second stage on the first."""
    about = told.case
    proposed, attempts = told.last("DecisionProposed"), [(one.at, one.medium) for one in about.attempts]
    return (
        told.row("outcome", told.named("findings", about.outcome)),
        told.row("effect", told.named("effects", proposed.facts["effect"] if proposed else None)),
        told.row("agreed", _agreed(told)),
        told.row("final_notice", _final_notice(told)),
        told.row("attempts", "\n".join(f"{told.moment(at)} · {told.named('media', way)}" for at, way in attempts)),
    )


def _final_notice(told: Told) -> str | None:
    given, arrived = told.last("FinalNoticeGiven"), told.last("LetterDelivered")
    if given is None:
        return None
    delivered = told.words["facts"]["delivered"].format(moment=told.moment(arrived.at)) if arrived else None
    return " · ".join(filter(None, (told.moment(given.at), delivered)))


def _actions(told: Told) -> Grid:
    """The remedies, with who says that each is in place, and who saw it."""
    heads = told.words["heads"]
    rows = []
    for point in told.case.points:
        if point.remedy:
            remedy = terms(told.language)["remedies"][point.remedy.kind]
            done = (
                f"{told.day(one.at)}\n{told.who(one.by)}" if one else "" for one in _carried_out(told, point.number)
            )
            label = told.words["point"].format(number=point.number)
            rows.append((label, remedy, told.case.owner_name or "", told.day(point.remedy.due_on), *done))
    names = ("action", "owner", "due", "done", "verified_by")
    return Grid(tuple(heads[name] for name in names), (7, 6, 6, 6, 6), tuple(rows) or (("", "", "", "", "", ""),))


def _carried_out(told: Told, number: int) -> tuple[Happened | None, Happened | None]:
    """Done and verified, as far as that was since the remedy of the point was promised for the last time."""
    done = verified = None
    renewed = ("ComplaintDecided", "RemedyFailed", "ComplaintReopened", "ExternalDecided")
    for entry in told.every("TaskDone", "RemedyVerified", *renewed):
        facts = entry.facts
        if entry.type == "TaskDone":
            done = entry if facts["task"] == f"remedy-{number}" else done
        elif entry.type == "RemedyVerified":
            verified = entry if number in facts["points"] or not facts["points"] else verified
        elif entry.type != "ExternalDecided" or any(award["number"] == number for award in facts["awards"]):
            done = verified = None
    return done, verified


def _answer(told: Told, point: Any) -> Iterable[Row]:
    """Finding, reasons and remedy of one point; each is empty until it is proposed."""
    remedy = point.remedy
    amount = told.money(remedy.amount, remedy.currency) if remedy else None
    parts = [terms(told.language)["remedies"][remedy.kind], amount, _by(told, remedy.due_on)] if remedy else []
    yield Row(
        told.words["point"].format(number=point.number),
        told.named("findings", point.finding),
        wrote=point.reasons,
    )
    if remedy:
        yield told.row("remedy", " · ".join(filter(None, parts)), wrote=remedy.words)
    else:
        yield told.row("remedy", wrote=point.no_remedy_reason)


def _by(told: Told, day: date | None) -> str | None:
    return told.words["by_day"].format(day=told.day(day)) if day else None


def _agreed(told: Told) -> str | None:
    accepted = told.last("DecisionAccepted")
    if accepted is None:
        return None
    return f"{told.moment(accepted.at)} · {told.named('media', accepted.facts['medium'])}"


def _log(told: Told) -> Grid:
    """The steps of this cycle: when, who, and a remark."""
    letter, heads = told.decision_letter(), told.words["heads"]
    rows = []
    for step, kind in STEPS.items():
        entry = told.last(kind) if kind else None
        if step == "corrected":
            done = [_carried_out(told, point.number)[0] for point in told.case.points]
            entry = max(filter(None, done), key=lambda one: one.at, default=None)
        if step == "assessed":  # the second stage goes by the assessment of the first
            entry = next(reversed(told.every("ComplaintAssessed")), None)
        cells = ("", "", "")
        if entry:
            cells = (told.moment(entry.at), told.who(entry.by), " · ".join(_facts(told, entry)))
        elif step == "informed" and letter:
            cells = (told.moment(letter.at), told.words["redress"], told.words["kinds"][letter.kind])
        rows.append((told.words["steps"][step], *cells))
    return Grid((heads["date"], heads["person"], heads["remark"]), (10, 11, 11), tuple(rows))


STEPS = {
    "acknowledged": "ComplaintAcknowledged",
    "assessed": "ComplaintAssessed",
    "investigated": "DecisionProposed",
    "resolved": "ComplaintDecided",
    "informed": None,  # the letter
    "corrected": None,  # a task on a remedy
    "verified": "RemedyVerified",
    "closed": "ComplaintClosed",
}


def _cause(told: Told) -> tuple[Row, ...]:
    proposed = next(reversed(told.every("DecisionProposed")), None)
    return (
        told.row("cause", told.named("causes", told.case.cause)),
        told.by_hand("cause_confirmed"),
        told.by_hand("cause_by"),
        told.by_hand("nature"),
        told.by_hand("method"),
        told.row(
            "improvement",
            told.yes(proposed.facts["improvement_needed"] if proposed else None),
            proposed.facts.get("improvement_reason") if proposed else None,
        ),
        told.row("others", *_others(told, proposed)),
        told.row("systemic", told.case.systemic),
        told.row("corrective", proposed.facts.get("corrective_action") if proposed else None),
    )


def _others(told: Told, proposed: Happened | None) -> tuple[str | None, str | None]:
    """Whether others whom the same fault has hit are offered the remedy: by when, and who they are."""
    if proposed is None:
        return None, None
    by = proposed.facts["others_by"]
    return _by(told, date.fromisoformat(by)) if by else told.yes(False), proposed.facts.get("others")


def _routes(told: Told) -> tuple[Row, ...]:
    letter = told.decision_letter()
    return (
        told.row("internal_review", _review(told)),
        *(_route(told, route) for route in told.routes),
        *(() if told.routes else (told.row("outside"),)),
        told.row("told_on", told.moment(letter.at) if letter and told.routes else None),
        *(_elsewhere(told, entry) for entry in told.every("ExternalOpened", "ExternalDecided")),
    )


def _review(told: Told) -> str | None:
    """Since when somebody else looks again; or until when that can be asked for."""
    asked = told.every("ReviewAsked")
    if asked:
        return "\n".join(" · ".join((told.moment(one.at), *_facts(told, one))) for one in asked)
    until = told.case.review_until
    return str(told.words["labels"]["until"].format(day=told.day(until))) if until else None


def _elsewhere(told: Told, entry: Happened) -> Row:
    """The matter before an outside body: how it came there, and what became of it."""
    label = told.words["labels"]["external" if entry.type == "ExternalOpened" else "external_outcome"]
    said = " · ".join((told.moment(entry.at), *_facts(told, entry)))
    return Row(label, said, wrote=entry.words, head=entry.facts.get("body"))


def _route(told: Told, route: Route) -> Row:
    labels = told.words["labels"]
    until = labels["until"].format(day=told.day(route.until)) if route.until else labels["no_last_day"]
    note = route.note[told.language] if route.note else None
    limits = " · ".join(filter(None, (until, _numbers(told, route.points))))
    return Row(labels["outside"], "\n".join(filter(None, (note, route.url, limits))), head=route.body[told.language])


# --- the case file ---------------------------------------------------------------------------------------------------


def _case_file(told: Told) -> Iterable[Section]:
    titles, none = told.words["parts"], (Row("", told.words["none"]),)
    about = told.case
    entries = about.timeline[::-1]  # the oldest first
    yield Section(titles["summary"], (*_receipt(told), *_data(told)))
    yield Section(told.words["complainant"], _complainant(told), minor=True)
    yield Section(
        told.words["sections"]["problem"].partition(" ")[2],
        (*_problem(told), *_wished(told)),
        minor=True,
    )
    yield Section(titles["assessment"], _assessment(told))
    yield Section(told.words["sections"]["immediate"].partition(" ")[2], _immediate(told), minor=True)
    yield Section(titles["impartiality"], _impartiality(told))
    yield Section(titles["investigation"], _entries(told, entries, INQUIRY) or none)
    yield Section(titles["points"], () if about.points else none)
    for point in about.points:
        yield Section(told.words["point"].format(number=point.number), _whole_point(told, point), minor=True)
    resolution: tuple[Row | Grid, ...] = (*_agreement(told), _actions(told))
    yield Section(told.words["sections"]["resolution"].partition(" ")[2], resolution, minor=True)
    yield Section(told.words["sections"]["cause"].partition(" ")[2], _cause(told), minor=True)
    yield Section(told.words["sections"]["routes"].partition(" ")[2], _routes(told), minor=True)
    yield Section(titles["clocks"], tuple(_clock(told, promise) for promise in about.promises) or none)
    yield Section(titles["tasks"], tuple(_task(told, task) for task in about.tasks) or none)
    yield Section(titles["chronology"], tuple(_entry(told, entry, brief=_stands_apart(entry)) for entry in entries))
    yield Section(titles["letters"], _letters(told) or none)
    yield Section(titles["post"], _entries(told, entries, POST) or none, minor=True)
    for kind, title in (("MessageWritten", "messages"), ("NoteWritten", "notes")):
        written = tuple(_written(told, entry) for entry in entries if entry.type == kind)
        yield Section(titles[title], written or none)
    yield Section(titles["files"], _files(told) or none)
    yield Section(titles["views"], (Row("", told.words["views_kept"]),))


# What has a section of its own. There its words stand, and the chronology only says that it was.
INQUIRY: Final = {
    "InvestigationPlanned",
    "EvidenceRecorded",
    "contribution",
    "InformationAsked",
    "InformationReceived",
    "ReminderGiven",
    "ReplyMissed",
}
FAIRNESS: Final = {
    "StaffNamed",
    "StaffHeard",
    "ConflictDeclared",
    "AccessRestricted",
    "AuthorityChecked",
    "ComplaintDisclosed",
    "ConsentWithdrawn",
}
POST: Final = {
    "FinalNoticeGiven",
    "AttemptMade",
    "LetterPosted",
    "LetterDelivered",
    "LetterBounced",
    "reach_another_way",
    "confirm_delivery",
}
APART: Final = (
    INQUIRY
    | FAIRNESS
    | POST
    | {"MessageWritten", "NoteWritten", "ComplaintReceived", "ActionRecorded", "ExternalOpened", "ExternalDecided"}
)


def _stands_apart(entry: Happened, kinds: set[str] = APART) -> bool:
    """Whether it is of these kinds. What happened to a task is of the kind of the task."""
    return (_task_kind(entry) if entry.type in {"TaskSet", "TaskDone"} else entry.type) in kinds


def _entries(told: Told, entries: Iterable[Happened], kinds: set[str]) -> tuple[Row, ...]:
    return tuple(_entry(told, entry) for entry in entries if _stands_apart(entry, kinds))


def _impartiality(told: Told) -> tuple[Row, ...]:
    about, w = told.case, told.words["facts"]
    heard = {entry.facts["who"]: entry.facts["told_on"] for entry in told.every("StaffHeard")}
    concerned = [
        Row(
            told.words["labels"]["concerned"],
            w["heard"].format(day=told.day(date.fromisoformat(heard[one.id]))) if one.id in heard else w["not_heard"],
            head=one.name or told.words["former_staff"],
        )
        for one in about.complained_about
    ]
    return (
        told.row("confidentiality", _class(told)),
        told.row("members", _names(told, about.members)),
        *(concerned or (told.row("concerned"),)),
        told.row("conflict", _names(told, about.conflicted)),
        *_entries(told, reversed(about.timeline), FAIRNESS),
    )


def _names(told: Told, people: Iterable[Named]) -> str:
    return "\n".join(one.name or told.words["former_staff"] for one in people)


def _whole_point(told: Told, point: Any) -> tuple[Row, ...]:
    finding, remedy = _answer(told, point)
    return (
        told.row("category", point.category_name[told.language], wrote=point.title),
        told.row("packs", told.words["rules"].format(pack=point.pack, version=point.version)),
        told.row("value", told.money(point.value, None)),
        replace(finding, label=told.words["labels"]["finding"]),
        remedy,
    )


def _clock(told: Told, promise: PromiseShown) -> Row:
    w = told.words["clocks"]
    parts = [w["due_target" if promise.internal else "due"].format(day=told.day(promise.due_on))]
    if promise.kept_at:
        parts.append(w["kept_late" if promise.missed else "kept"].format(moment=told.moment(promise.kept_at)))
    elif promise.missed:
        parts.append(w["missed"])
    elif promise.paused_since:
        reason = told.named("pauses", promise.paused_for)
        parts.append(w["paused"].format(day=told.day(promise.paused_since), reason=reason))
    else:
        parts.append(w["running"])
    if promise.extended:
        parts.append(w["extended"].format(count=promise.extended))
    return Row(told.promise(promise), "\n".join(promise.why[told.language]), head=" ".join(parts))


def _task(told: Told, task: TaskShown) -> Row:
    """What is to be done, by when, and by whom if somebody was asked."""
    w = told.words["facts"]
    said = (
        told.named("kinds", task.letter),
        _numbers(told, [task.point] if task.point else []),
        w["whom"].format(task.whom_name) if task.whom_name else None,
        _by(told, task.due_on),
        w["done_by"].format(name=task.done_by_name) if task.done_by_name else None,
    )
    what = told.named("task_kinds", task.kind)
    return Row(told.moment(task.since), " · ".join(filter(None, said)), wrote=task.words, head=what, dated=True)


def _entry(told: Told, entry: Happened, *, brief: bool = False) -> Row:
    """What happened, and the words with it unless `brief`."""
    return Row(
        told.moment(entry.at),
        " · ".join((told.who(entry.by), *_facts(told, entry))),
        wrote=None if brief else entry.words,
        head=told.named("events", entry.type),
        dated=True,
    )


def _written(told: Told, entry: Happened) -> Row:
    return Row(told.moment(entry.at), wrote=entry.words, head=told.who(entry.by), dated=True)


def _facts(told: Told, entry: Happened) -> list[str]:
    """The facts of an event that people ask about; those not named here are left out."""
    facts, w = entry.facts, told.words["facts"]
    found = [
        told.named("task_kinds", _task_kind(entry)) if entry.type in {"TaskSet", "TaskDone"} else None,
        w["owner"].format(name=facts["owner_name"]) if facts.get("owner_name") else None,
        told.priority(facts["priority"], facts["priority_reason"]) if "priority" in facts else None,
        *(told.named(table, facts.get(fact)) for fact, table in CODED.get(entry.type, {}).items()),
        *(told.named(table, facts.get(fact)) for fact, table in CODED[""].items()),
        terms(told.language)["promises"].get(facts.get("promise")),
        _numbers(told, [point for point in facts.get("points", ()) if isinstance(point, int)]),
        *(w[flag] for flag, fact in FLAGS if facts.get(fact)),
        *(w[said].format(facts[fact]) for said, fact in SAID if facts.get(fact)),
        *_facts_of(told, entry),
    ]
    return [fact for fact in found if fact]


CODED: Final = {  # what the codes of an event's facts are called: of any event, and of these
    "": {"medium": "media", "outcome": "external_outcomes", "then": "thens", "effect": "effects"},
    "ComplaintClosed": {"reason": "closed"},
    "RemedyBegun": {"reason": "closed"},
    "DeclineProposed": {"reason": "declines"},
    "ClockPaused": {"category": "pauses"},
    "EvidenceRecorded": {"kind": "evidence_kinds"},
    "ComplaintDisclosed": {"basis": "bases"},
    "LetterBounced": {"kind": "kinds"},
    "LetterPosted": {"kind": "kinds"},
    "LetterDelivered": {"kind": "kinds"},
}
FLAGS: Final = (
    ("early", "early"),
    ("alone", "alone"),
    ("alone", "approved_alone"),
    ("late", "late"),
    ("outstanding", "outstanding"),
    ("replaces", "replaces"),
    ("again", "again"),
)
SAID: Final = (
    ("whom", "whom_name"),
    ("staff", "who_name"),
    ("against", "again_reason"),
    ("nobody_named", "nobody_named"),
    ("route", "route"),
    ("tracking", "tracking_number"),
    ("their_reference", "their_reference"),
    ("case", "case"),
)
AWAITED: Final = {"task", "reply", "external"}  # the clocks of what somebody is to do by a day that was named


def _facts_of(told: Told, entry: Happened) -> Iterable[str | None]:
    """What is particular to one kind of event."""
    facts, w = entry.facts, told.words["facts"]
    match entry.type:
        case "AnswerExtended" | "ClockResumed":
            yield w["new_date"].format(day=told.day(_due(told, entry)))
        case "PromiseEscalated":
            yield w["told"].format(who=", ".join(str(told.named("tells", who)) for who in facts["tell"]))
        case "TaskSet" | "FinalNoticeGiven" | "LetterDelivered":
            yield _by(told, _due(told, entry, AWAITED))
        case "TaskDone":
            if facts["on"]:
                yield w["on"].format(day=told.day(date.fromisoformat(facts["on"])))
        case "InformationAsked" | "ReplyMissed":
            yield w["awaited"].format(who=told.named("waiting_for", facts["of"]))
            asked = ", ".join(str(told.named("data", one)) for one in facts.get("data", ()))
            yield w["data"].format(what=asked) if asked else None
            yield _by(told, _due(told, entry, AWAITED))
        case "StaffNamed":
            names = {one.id: one.name for one in told.case.complained_about}
            who = ", ".join(names.get(sub) or told.words["former_staff"] for sub in facts["staff"])
            yield w["staff"].format(who)
        case "StaffHeard":
            yield w["told_on"].format(day=told.day(date.fromisoformat(facts["told_on"])))
            yield None if entry.words else w["no_answer"]
        case "AccessRestricted":
            yield told.words["classes"]["confidential" if facts["confidential"] else "open"]
        case "AuthorityChecked":
            yield w["granted" if facts["granted"] else "refused"]
        case "ComplaintDisclosed":
            yield w["to"].format(facts["to"]) if facts.get("to") else None
            yield facts.get("provision")
            if facts["consented_on"]:
                yield w["on"].format(day=told.day(date.fromisoformat(facts["consented_on"])))
        case "ConsentWithdrawn":
            yield w["on"].format(day=told.day(date.fromisoformat(facts["on"])))
        case "ComplaintMerged" | "ComplaintAbsorbed" | "ComplaintSeparated":
            other = facts.get("into") or facts.get("other")  # neither: of one that the reader may not know of
            yield w["complaint"].format(reference=reference(other)) if other else None
        case "DecisionProposed":
            for point in facts["points"]:
                what = told.words["point"].format(number=point["number"])
                yield w["found"].format(point=what, finding=told.named("findings", point["finding"]))
        case "ExternalOpened":
            yield w["told_by"].format(who=told.named("told_by", facts["told_by"]))
            day = _due(told, entry, AWAITED)
            yield w["by_body"].format(day=told.day(day)) if day else None
    name = told.file(facts.get("file") or facts.get("document"))
    yield w["document"].format(name=name) if name else None


def _due(told: Told, entry: Happened, promises: set[str] | None = None) -> date | None:
    """The last day (local) to which an event set clocks: any, or those of these promises."""
    clocks = [clock for clock in entry.facts["clocks"] if promises is None or clock["promise"] in promises]
    return max((told.rules.calendar.day_of(datetime.fromisoformat(clock["due"])) for clock in clocks), default=None)


def _task_kind(entry: Happened) -> str:
    """The kind of a task that was set or done: its name begins with it, unless it is that of a letter."""
    facts = entry.facts
    name: str = facts["clocks"][0]["duty"] if entry.type == "TaskSet" else facts["task"]
    kind = name.partition("-")[0]
    return kind if kind.isalpha() else "confirm_delivery" if facts["on"] else "reach_another_way"


def _numbers(told: Told, numbers: Iterable[int]) -> str | None:
    found = list(numbers)
    if not found or _count(told) < 2:
        return None
    key = "one_point" if len(found) == 1 else "points"
    return str(told.words["facts"][key].format(numbers=", ".join(map(str, found))))


def _letters(told: Told) -> tuple[Grid, ...]:
    heads, second = told.words["heads"], told.named("stages", 2)
    rows = tuple(
        (
            str(told.moment(letter.at)),
            " · ".join(filter(None, (told.named("kinds", letter.kind), second if letter.stage == 2 else None))),
            str(told.named("letter_states", letter.state)),
        )
        for letter in sorted(told.case.letters, key=lambda letter: letter.at)
    )
    return (Grid((heads["letter"], heads["state"]), (1, 1), rows),) if rows else ()


def _files(told: Told) -> tuple[Row, ...]:
    """The files, who added each, and the hash that proves it is still the one that came."""
    return tuple(_file(told, file) for file in told.case.files)


def _file(told: Told, file: FileShown) -> Row:
    w = told.words
    said = (
        sized(file.size, told.language),
        w["file_states"][file.state],
        w["facts"]["added_by"].format(name=told.who(file.by)),
        w["facts"]["internal"] if file.internal else None,
    )
    lines = (" · ".join(filter(None, said)), w["hash"].format(hash=file.sha256 or w["empty"]))
    return Row(told.moment(file.added_at), "\n".join(lines), head=file.name, dated=True)


PAPERS: Final[dict[str, Callable[[Told], Iterable[Section]]]] = {"follow-up": _follow_up, "case-file": _case_file}
