"""What stands on the papers: tables of (label, value), read from the case as its reader may see it.

A new field is one line: a word in papers/words, and a row in its section. What the product does not hold yet has a row
without a value and is printed as a dash on a rule, to be filled in by hand.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from adapters.items import Item
from adapters.letters import money, terms
from adapters.paper import Grid, Paper, Row, Section, draw
from adapters.render import Clock, reference, sized
from adapters.table import Everything
from complaints.complaint import Language, State
from complaints.outside import Route, routes
from complaints.roles import Person
from complaints.rules import Rules
from desk.views import ActorShown, Case, Happened, LetterShown, PromiseShown, case

WORDS: Final = Path(__file__).parent.parent / "papers" / "words"
LETTERS: Final = 300_000  # what is drawn within some seconds; the words that would go beyond it are not printed
LEFT: Final = {"sent", "delivered"}  # how far a letter has got that has left


def printed(
    paper: str,
    number: str,
    kept: Everything,
    staff: dict[str, Item],
    person: Person,
    now: datetime,
    rules: Rules,
    organisation: str,
    language: Language,
) -> bytes:
    """A paper of a complaint as PDF: follow-up or case-file. The revision is the complaint's version, the date today's.

    Raises Unreadable when the words of the complaint were erased.
    """
    told = Told(case(kept, staff, person, now, rules), routes(kept.complaint, rules, now), rules, language)
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
    routes: tuple[Route, ...]
    rules: Rules
    language: Language

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
        if promise.point is not None and len(self.case.points) > 1:
            name = self.words["of_point"].format(what=name, number=promise.point)
        return str(self.words["own_target"].format(promise=name) if promise.internal else name)

    def last(self, kind: str) -> Happened | None:
        """The newest event of a kind since the complaint was opened for the last time."""
        for entry in self.case.timeline:  # the newest first
            if entry.type == kind:
                return entry
            if entry.type == "ComplaintReopened":
                return None
        return None

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
    yield Section(titles["immediate"], tuple(map(told.row, ("action", "action_by", "action_at"))))
    yield Section(titles["resolution"], _resolution(told))
    yield Section(titles["log"], (_log(told),))
    yield Section(titles["cause"], _cause(told))
    yield Section(titles["routes"], _routes(told))


def _count(told: Told) -> int:
    return len(told.case.points)


def _receipt(told: Told) -> tuple[Row, ...]:
    about = told.case
    came = next(entry for entry in about.timeline if entry.type == "ComplaintReceived")
    return (
        told.row("reference", reference(about.reference)),
        told.row("received_at", told.moment(about.received_at)),
        told.row("registered_at", told.moment(about.registered_at)),
        told.row("backdating_reason", wrote=about.account.backdating_reason),
        told.row("received_by", None if came.by.kind == "complainant" else told.who(came.by)),
        told.row("channel", told.named("channels", about.channel)),
        told.row("on_behalf"),
    )


def _complainant(told: Told) -> tuple[Row, ...]:
    person = told.case.complainant
    return (
        told.row("name", wrote=person.name),
        told.row("email", wrote=person.email),
        told.row("phone", wrote=person.phone),
        told.row("language", told.named("languages", told.case.language)),
        told.row("support_needs", wrote=person.support_needs),
        told.row("verified"),
        told.row("representative"),
        told.row("authority"),
        told.row("told_before", told.named("told", told.case.account.told_before)),
        told.row("earlier"),
    )


def _data(told: Told) -> tuple[Row, ...]:
    about = told.case
    packs = {(point.pack, point.version) for point in about.points}
    return (
        told.row("state", _state(told)),
        told.row("owner", about.owner_name or told.words["not_owned"]),
        told.row("decided_at", told.moment(about.decided_at)),
        told.row("closed_at", told.moment(about.closed_at)),
        told.row("cycle", str(about.cycle)),
        told.row("stage"),
        told.row("product", wrote=about.account.about),
        told.row("order_number", wrote=about.account.order_number),
        told.row("packs", "\n".join(told.words["rules"].format(pack=pack, version=n) for pack, n in sorted(packs))),
        told.row("referred_by"),
        told.row("unit"),
        told.row("segment"),
        told.row("confidentiality"),
    )


def _state(told: Told) -> str:
    state = str(told.named("states", told.case.state))
    closed = told.named("closed", told.case.closed_reason) if told.case.state == State.CLOSED else None
    return f"{state}: {closed}" if closed else state


def _problem(told: Told) -> tuple[Row, ...]:
    account = told.case.account
    return (
        told.row("happened_on", told.day(account.happened_on)),
        told.row("recurring"),
        told.row("what_happened", wrote=account.what_happened),
        told.row("safety_risk", told.yes(account.safety_risk)),
        told.row("elsewhere", told.yes(account.elsewhere)),
    )


def _point(told: Told, at: int) -> Row:
    point = told.case.points[at]
    return Row(
        told.words["point"].format(number=point.number), told.named("categories", point.category), wrote=point.title
    )


def _assessment(told: Told) -> tuple[Row, ...]:
    found = told.case.assessment
    if found is None:
        return tuple(map(told.row, CRITERIA))
    leveled = told.words["leveled"].format
    reason = told.named("reasons", found.priority_reason)
    values = {
        "severity": leveled(number=found.severity, words=told.named("severities", found.severity)),
        "safety": told.named("safeties", found.safety),
        "complexity": leveled(number=found.complexity, words=told.named("complexities", found.complexity)),
        "impact": told.named("impacts", found.impact),
        "action_needed": told.yes(found.action_needed),
        "action_possible": told.yes(found.action_possible),
        "compensation": None,
        "priority": told.words["because"].format(number=told.case.priority, reason=reason),
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
    "priority",
    "assessor",
    "assessed_at",
)


def _resolution(told: Told) -> tuple[Row | Grid, ...]:
    heads = told.words["heads"]
    verified = told.last("RemedyVerified")
    actions = [
        (
            told.words["point"].format(number=point.number),
            terms(told.language)["remedies"][point.remedy.kind],
            "",
            told.day(point.remedy.due_on),
            "",
            told.who(verified.by) if verified else "",
        )
        for point in told.case.points
        if point.remedy
    ]
    names = ("action", "owner", "due", "done", "verified_by")
    return (
        told.row("wish", wrote=told.case.account.wish),
        *(row for point in told.case.points for row in _answer(told, point)),
        told.row("agreed", _agreed(told)),
        Grid(tuple(heads[name] for name in names), (8, 5, 6, 5, 7), tuple(actions) or (("", "", "", "", "", ""),)),
    )


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
    "corrected": None,  # nobody records it apart from its verification
    "verified": "RemedyVerified",
    "closed": "ComplaintClosed",
}


def _cause(told: Told) -> tuple[Row, ...]:
    proposed = told.last("DecisionProposed")
    return (
        told.row("cause", told.named("causes", told.case.cause)),
        told.row("cause_confirmed"),
        told.row("cause_by"),
        told.row("nature"),
        told.row("method"),
        told.row("improvement", told.yes(proposed.facts["improvement_needed"] if proposed else None)),
        told.row("systemic"),
        told.row("corrective"),
    )


def _routes(told: Told) -> tuple[Row, ...]:
    letter = told.decision_letter()
    return (
        told.row("internal_review"),
        *(_route(told, route) for route in told.routes),
        *(() if told.routes else (told.row("outside"),)),
        told.row("told_on", told.moment(letter.at) if letter and told.routes else None),
    )


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
        (*_problem(told), told.row("wish", wrote=about.account.wish)),
        minor=True,
    )
    yield Section(titles["assessment"], _assessment(told))
    yield Section(titles["points"], () if about.points else none)
    for point in about.points:
        yield Section(told.words["point"].format(number=point.number), _whole_point(told, point), minor=True)
    yield Section(told.words["sections"]["cause"].partition(" ")[2], _cause(told), minor=True)
    yield Section(told.words["sections"]["routes"].partition(" ")[2], _routes(told), minor=True)
    yield Section(titles["clocks"], tuple(_clock(told, promise) for promise in about.promises) or none)
    yield Section(titles["tasks"], tuple(_task(told, task) for task in about.tasks) or none)
    yield Section(titles["chronology"], tuple(_entry(told, entry) for entry in entries))
    yield Section(titles["letters"], _letters(told) or none)
    for kind, title in (("MessageWritten", "messages"), ("NoteWritten", "notes")):
        written = tuple(_written(told, entry) for entry in entries if entry.type == kind)
        yield Section(titles[title], written or none)
    yield Section(titles["files"], _files(told) or none)
    yield Section(titles["views"], (Row(""),))


def _whole_point(told: Told, point: Any) -> tuple[Row, ...]:
    finding, remedy = _answer(told, point)
    return (
        told.row("category", told.named("categories", point.category), wrote=point.title),
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


def _task(told: Told, task: Any) -> Row:
    """What is to be done; the dates of duties stand with the clocks."""
    said = (told.named("kinds", task.letter), _numbers(told, [task.point] if task.point else []))
    what = told.named("task_kinds", task.kind)
    return Row(told.moment(task.since), " · ".join(filter(None, said)), head=what, dated=True)


def _entry(told: Told, entry: Happened) -> Row:
    """What happened, and the words with it; those of a complaint, a message and a note stand in their own sections."""
    own = entry.type in {"MessageWritten", "NoteWritten", "ComplaintReceived"}
    return Row(
        told.moment(entry.at),
        " · ".join((told.who(entry.by), *_facts(told, entry))),
        wrote=None if own else entry.words,
        head=told.named("events", entry.type),
        dated=True,
    )


def _written(told: Told, entry: Happened) -> Row:
    return Row(told.moment(entry.at), wrote=entry.words, head=told.who(entry.by), dated=True)


def _facts(told: Told, entry: Happened) -> list[str]:
    """The facts of an event that people ask about; those not named here are left out."""
    facts, w = entry.facts, told.words["facts"]
    found = [
        w["owner"].format(name=facts["owner_name"]) if facts.get("owner_name") else None,
        told.words["because"].format(number=facts["priority"], reason=told.named("reasons", facts["priority_reason"]))
        if "priority" in facts
        else None,
        told.named("media", facts.get("medium")),
        terms(told.language)["promises"].get(facts.get("promise")),
        _numbers(told, [point for point in facts.get("points", ()) if isinstance(point, int)]),
    ]
    if entry.type in {"AnswerExtended", "ClockResumed"}:
        due = max(told.rules.calendar.day_of(datetime.fromisoformat(clock["due"])) for clock in facts["clocks"])
        found.append(w["new_date"].format(day=told.day(due)))
    if entry.type == "ClockPaused":
        found.append(told.named("pauses", facts["category"]))
    if entry.type == "PromiseEscalated":
        found.append(w["told"].format(who=", ".join(str(told.named("tells", who)) for who in facts["tell"])))
    if entry.type == "ComplaintClosed":
        found.append(told.named("closed", facts["reason"]))
    if entry.type == "LetterBounced":
        found.append(told.named("kinds", facts["kind"]))
    return [fact for fact in found if fact]


def _numbers(told: Told, numbers: Iterable[int]) -> str | None:
    found = list(numbers)
    if not found or _count(told) < 2:
        return None
    key = "one_point" if len(found) == 1 else "points"
    return str(told.words["facts"][key].format(numbers=", ".join(map(str, found))))


def _letters(told: Told) -> tuple[Grid, ...]:
    heads = told.words["heads"]
    rows = tuple(
        (
            str(told.moment(letter.at)),
            str(told.named("kinds", letter.kind)),
            str(told.named("letter_states", letter.state)),
        )
        for letter in sorted(told.case.letters, key=lambda letter: letter.at)
    )
    return (Grid((heads["letter"], heads["state"]), (1, 1), rows),) if rows else ()


def _files(told: Told) -> tuple[Grid, ...]:
    """The files; nothing computes their hashes yet, so theirs is a dash."""
    heads = told.words["heads"]
    rows = tuple(
        (
            told.moment(file.added_at),
            f"{file.name}\n{sized(file.size, told.language)}",
            told.words["file_states"][file.state],
            "",
        )
        for file in told.case.files
    )
    return (Grid((heads["file"], heads["state"], heads["hash"]), (3, 2, 2), rows),) if rows else ()


PAPERS: Final[dict[str, Callable[[Told], Iterable[Section]]]] = {"follow-up": _follow_up, "case-file": _case_file}
