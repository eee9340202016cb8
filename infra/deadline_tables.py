"""Writes docs/deadlines.md: the dates that every ready pack gives, for days on which it is easy to miscount.

`python -m infra.deadline_tables`. Nothing is counted here: complaints are received, assessed and put off by the core
itself, and this module writes down the days that come out. tests/complaints/test_golden.py counts them a second time.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from complaints import commands as c
from complaints.calendar import load
from complaints.closing import reopen_until
from complaints.complaint import Clock, Promise
from complaints.deadlines import answer_clock, in_force, reckon
from complaints.events import Reckoning
from complaints.history import fold
from complaints.language import length
from complaints.lifecycle import decide
from complaints.outside import routes
from complaints.packs import Limit, Pack
from complaints.receiving import receive
from complaints.refusals import Incomplete, NotNow
from complaints.roles import THE_COMPLAINANT, Role, staff
from complaints.rules import Organisation, Rules
from infra.paths import ROOT

DOCUMENT = ROOT / "docs" / "deadlines.md"
# The first part of a pack's name, and the calendar of the organisation that is assumed to have chosen it.
HOMES = {"ISO": "TR", "TR": "TR", "UK": "GB-ENG", "IE": "IE", "EU": "IE", "AU": "AU-NSW"}
LEAD = staff("lead", frozenset({Role.LEAD}))
WITH_THE_ANSWER, NO_LAST_DAY, NONE = "with the answer", "no last day", "–"
ALWAYS = ("Acknowledge by", "Next news by", "Answer by", "Answer when put off", "Settled early until")

INTRODUCTION = """\
# Which day is the last one

These are the dates that Redress gives, pack by pack, for complaints received on days on which it is easy to miscount.
They are here to be checked by people who know the law: if a date is wrong, the pack or the calendar is. The file is
written by `python -m infra.deadline_tables`; `tests/complaints/test_golden.py` counts every date a second time.

How to read the tables:

- Every date is a local day, and ends at 23:59:59 of that day. Received is local time too.
- The day of receipt does not count. What comes in the evening, at night or on a holiday is received on that local day.
- Half a holiday (in Türkiye from 13:00 on 28 October and on the eve of both feasts) counts as a whole working day:
  that gives the earlier, safer date.
- A limit in days of the calendar, weeks, months or years ends on its day even if nobody works then, unless the pack
  says otherwise. A month ends on the same day of the month, or on that month's last day.
- The organisation is assumed to have chosen this one pack, to open at the usual hours and to have no closing days of
  its own. It is in Türkiye for ISO-BASE and the TR packs, in England for the UK packs, in Ireland for IE-CPC and
  EU-PSD2, in New South Wales for AU-RG271.
- *Italics*: the pack says nothing, so the pack named under the table does. A dash: nobody sets a date.
- "Next news by" is the longest silence; where the answer is due by then, it is the news.
- Where an answer is counted from the acknowledgement, we acknowledge on the last day on which we may.
- "Answer when put off" is the latest day to which the pack lets us put the answer off.
- The second stage is assumed to be asked for at the moment that the row names.
- Outside bodies: the last day on which they take the complaint if we answer on the last day, without putting it off.
- "Comes back until": closed on the last day for the answer, the complaint can be reopened until then. "Kept until"
  counts from the same day, or from the receipt where the pack says so.

No lawyer has looked at any of these packs.
"""


@dataclass(frozen=True)
class Received:
    """A moment at which a complaint comes in, in local time, and what is special about it."""

    at: datetime
    which: str


def moments(home: str) -> list[Received]:
    """The rows of every table of an organisation at home there; Turkish holidays are the same moment everywhere."""
    zone, istanbul = ZoneInfo(load(home).time_zone), ZoneInfo("Europe/Istanbul")
    turkish, sydney = home == "TR", home == "AU-NSW"
    abroad = "" if turkish else " in Türkiye"
    city, stay = ("London", "; Istanbul's stay") if turkish else (zone.key.partition("/")[2], "")

    eve = datetime(2026, 12, 24, 15, tzinfo=zone), "eve of Christmas Day"
    if turkish:
        eve = datetime(2026, 4, 22, 15, tzinfo=zone), "eve of Ulusal Egemenlik ve Çocuk Bayramı"
    march, october = datetime(2026, 3, 29, 23, 30, tzinfo=zone), datetime(2026, 10, 25, 0, 30, tzinfo=zone)
    if sydney:
        march, october = datetime(2026, 4, 5, 23, 30, tzinfo=zone), datetime(2026, 10, 4, 0, 30, tzinfo=zone)
    found = [
        (datetime(2026, 9, 2, 10, tzinfo=zone), "an ordinary day"),
        (datetime(2026, 9, 4, 20, 30, tzinfo=zone), "Friday evening, after closing"),
        eve,
        (datetime(2026, 10, 28, 16, 30, tzinfo=istanbul), f"28 October{abroad}, half a holiday"),
        (datetime(2026, 5, 26, 15, tzinfo=istanbul), f"eve of Kurban Bayramı{abroad}, half a holiday"),
        (datetime(2026, 5, 28, 11, tzinfo=istanbul), f"Kurban Bayramı{abroad}"),
        (datetime(2028, 5, 5, 11, tzinfo=istanbul), f"Kurban Bayramı{abroad}"),
        (datetime(2028, 2, 29, 10, tzinfo=zone), "the leap day"),
        (march, f"{city}'s clocks go {'back' if sydney else 'forward'}{stay}"),
        (october, f"{city}'s clocks go {'forward' if sydney else 'back'}{stay}"),
    ]
    return [Received(at.astimezone(zone), which) for at, which in found]


@dataclass(frozen=True)
class Cell:
    """A local day, or the words that stand in its place; and the pack that says so."""

    says: date | str
    pack: str


class Life:
    """A complaint with one point under a pack, assessed at the moment of its receipt."""

    def __init__(self, name: str, at: datetime, rules: Rules) -> None:
        told = c.Submission(
            language="en",
            about="Oven",
            what_happened="The oven does not work.",
            told_before="no",
            safety_risk=False,
            elsewhere=False,
            name="A. Complainant",
            phone="0532 000 00 00",
        )
        submit = c.Submit(submission=told, reference="7K4M29XRQ3A", channel="phone", received_at=at)
        assess = c.Assess(
            severity=2,
            safety="none",
            complexity=1,
            impact="one",
            action_needed=False,
            action_possible=True,
            no_conflict=True,
            points=(c.PointTitle(title="Oven", category=3, pack=name),),
        )
        received = receive(submit, THE_COMPLAINANT, at, rules)
        self.events = (received, *decide(fold((received,)), assess, LEAD, at, rules))
        self.complaint = fold(self.events)
        self.rules = rules
        self.at = at
        self.pack = rules.pack(name, self.complaint.points[0].version)

    def cell(self, one: Reckoning) -> Cell:
        """The local day of a due moment."""
        return Cell(self.rules.home.day_of(one.due), one.pack or "")

    def clock(self, promise: Promise, point: int | None = None, duty: str | None = None) -> Cell | None:
        """A clock of the complaint, if it runs."""
        set_by = in_force(self.events).get((promise, point, duty))
        return self.cell(set_by[-1][1]) if set_by else None

    def counted(self, limit: Limit | None, start: datetime) -> Cell | None:
        """The last day of a limit that no clock of the complaint stands for."""
        return self.cell(reckon("answer", limit, start, self.rules, self.pack)) if limit else None

    @property
    def answer(self) -> Clock:
        """The answer's clock."""
        return next(clock for clock in self.complaint.clocks if clock.promise == "answer")

    @property
    def put_off(self) -> Cell | None:
        """The answer, put off as far as the pack that sets its limit allows."""
        owner, _ = self.rules.limit(self.pack, "answer", self.rules.home.day_of(self.at))
        ask = c.Extend(points=(1,), reason="An expert's report is awaited.")
        try:
            extended = decide(self.complaint, ask, LEAD, self.at, self.rules)
        except NotNow:
            return None
        except Incomplete:
            return Cell(NO_LAST_DAY, owner.id)
        return self.cell(extended[0].clocks[0])

    def second_stage(self) -> dict[str, Cell | None]:
        """The second look, asked for at the moment of the receipt."""
        stage = self.pack.second_stage
        if stage is None:
            return {}
        again = self.pack.model_copy(update={"acknowledge": stage.acknowledge, "answer": stage.answer})
        answer = answer_clock(1, again, self.at, None, self.rules)
        longest = stage.extension.limit if stage.extension else None
        return {
            "Second stage: acknowledge by": self.counted(stage.acknowledge, self.at),
            "Second stage: answer by": self.cell(answer),
            "Second stage: when put off": self.counted(
                longest, answer.due if longest and longest.from_ == "due" else self.at
            ),
        }

    def afterwards(self) -> dict[str, Cell | None]:
        """What follows an answer on its last day."""
        last = self.answer.due
        answered = self.complaint.model_copy(update={"decided_at": last, "closed_at": last})
        found = {
            f"Outside body {number} until": Cell(route.until, self.pack.id)
            for number, route in enumerate(routes(answered, self.rules, last), 1)
            if route.until
        }
        back = self.rules.home.day_of(reopen_until(answered, self.rules))
        kept = self.pack.retention
        return {
            **found,
            "Comes back until": Cell(back, self.pack.id) if self.pack.reopen_within else None,
            "Kept until": self.counted(kept, self.at if kept and kept.from_ == "received" else last),
        }


def dates(name: str, at: datetime, rules: Rules) -> dict[str, Cell | None]:
    """Every date that a pack gives a complaint received at a moment, by column."""
    life = Life(name, at, rules)
    owner, _ = rules.limit(life.pack, "update", rules.home.day_of(at))
    return {
        "Acknowledge by": life.clock("acknowledge"),
        "Next news by": life.clock("update") or Cell(WITH_THE_ANSWER, owner.id),
        "Answer by": life.clock("answer", 1),
        "Answer when put off": life.put_off,
        "Settled early until": life.counted(life.pack.early, at),
        **{f"{duty.title['en']} by": life.clock("duty", 1, duty.id) for duty in life.pack.duties},
        **life.second_stage(),
        **life.afterwards(),
    }


# --- the document ----------------------------------------------------------------------------------------------------


def rules_for(name: str) -> Rules:
    """Those of an organisation that has chosen this pack only."""
    return Rules(Organisation(packs=(name,)), load(HOMES[name.partition("-")[0]]))


def table(name: str) -> str:
    """A pack's heading, its table, and what is to be known about both."""
    rules = rules_for(name)
    rows = moments(rules.home.code)
    found = [dates(name, row.at.astimezone(UTC), rules) for row in rows]
    columns = [column for column in found[0] if column in ALWAYS or any(one.get(column) for one in found)]
    pack = rules.catalogue[name][-1]
    lines = [f"## {name}", "", f"{pack.title['en']}.", ""]
    lines += [_line("Received", "which is", *columns), _line(*("---" for _ in range(len(columns) + 2)))]
    early = False
    for row, one in zip(rows, found, strict=True):
        before = row.at.date() < rules.catalogue[name][0].effective_from
        early |= before
        received = f"{day(row.at.date())}, {row.at:%H:%M}{' †' if before else ''}"
        lines.append(_line(received, row.which, *(_shown(one.get(column), name) for column in columns)))
    return "\n".join([*lines, "", *_notes(pack, found, early)])


def _notes(pack: Pack, found: list[dict[str, Cell | None]], early: bool) -> list[str]:
    since, sure = day(pack.effective_from), pack.confidence.replace("_", " ")
    about = (
        f"Version {pack.number}, in force from {since}; confidence: {sure}; status: {pack.status}; legal review: none."
    )
    notes = [about]
    if early:
        notes.append("† Received before that: what the version would have given.")
    others = sorted({cell.pack for one in found for cell in one.values() if cell and cell.pack != pack.id})
    if others:
        notes.append(f"In italics: {' and '.join(others)}.")
    if pack.after_inquiry:
        within = length(pack.after_inquiry.count, pack.after_inquiry.unit, "en")
        notes.append(f"Once the inquiry has ended, the answer is due within {within} where that comes first.")
    if pack.extension and not pack.extension.limit:
        notes.append("The answer can be put off, with reasons; how far, the pack does not say.")
    for number, outside in enumerate(pack.outside, 1):
        known = "" if outside.within else "; the pack knows of no last day"
        notes.append(f"Outside body {number}: {outside.body['en']}{known}.")
    return [f"- {note}" for note in notes]


def _shown(cell: Cell | None, name: str) -> str:
    if cell is None:
        return NONE
    text = cell.says if isinstance(cell.says, str) else day(cell.says)
    return text if cell.pack == name else f"*{text}*"


def day(one: date) -> str:
    """`Wed 22 Apr 2026`."""
    return f"{one:%a} {one.day} {one:%b %Y}"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def document() -> str:
    """The text that docs/deadlines.md has to have."""
    ready = Rules(Organisation(), load("TR")).selectable()
    return "\n\n".join([INTRODUCTION.strip(), *map(table, sorted(ready, key=_in_order))]) + "\n"


def _in_order(name: str) -> tuple[int, str]:
    return list(HOMES).index(name.partition("-")[0]), name


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
