"""The complaints: what they say, how far each is to get, and what the desk makes of it.

Nothing here talks to anybody, and the same chance gives the same demo.
"""

import csv
import random
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

#: How far the complaints get at the desk, besides those of tr.toml, which say it themselves.
STAGES = {"closed": 6, "settled": 2, "remedying": 1, "disputed": 1, "decided": 7, "deciding": 6, "returned": 1,
          "investigating": 12, "assessed": 12}  # fmt: skip
#: The same for complaints without an e-mail address: their decisions are told by telephone.
STAGES_BY_TELEPHONE = {"closed": 1, "settled": 1, "decided": 4, "investigating": 2}
ORDER = ("received", "assessed", "investigating", "returned", "deciding", "decided", "disputed", "settled",
         "remedying", "closed")  # fmt: skip
#: What the issue of a complaint is called in the follow-up form (category numbers of the product).
CATEGORIES = {
    "illegal": 6, "fee": 8, "interest": 8, "advertis": 15, "report": 7, "debt": 9, "payment": 9, "clos": 11,
    "purchase": 14, "communication": 6, "information": 7, "transaction": 9, "account": 19,
}  # fmt: skip


#: Whoever judges says each time that they have no tie to the people concerned.
DECLARED = {"no_conflict": True}


@dataclass
class Filed:
    """A complaint of the demo: what was said, how far it is to get, and the receipt once it is filed."""

    submission: dict[str, Any]
    until: str
    points: list[dict[str, Any]]
    answers: list[dict[str, Any]] = field(default_factory=list)
    cause: str = "UNK"
    safety: str = "none"
    note: str | None = None
    message: str | None = None
    reply: str | None = None
    dispute: str = "The answer leaves out what I asked first. Please look at it again."
    received_at: datetime | None = None
    channel: str = "web"
    led: bool = False  # the lead handles it, and the management representative approves
    turn: str | None = None  # which of the turns of turns.py it takes instead of the straight way
    twin: str | None = None  # the reference of another complaint that it was merged into
    receipt: dict[str, Any] = field(default_factory=dict)
    version: int = 1  # as the desk showed it last

    def gets_to(self, stage: str) -> bool:
        """Whether the complaint is to reach `stage`."""
        return ORDER.index(self.until) >= ORDER.index(stage)

    @property
    def by_mail(self) -> bool:
        """Whether letters can reach the complainant, or whoever acts for them."""
        agent = self.submission.get("representative")
        return bool(agent["email"] if agent else self.submission["email"])

    @property
    def anonymous(self) -> bool:
        """Whether nobody can be written to, nor called."""
        return bool(self.submission.get("anonymous"))

    @property
    def path(self) -> str:
        """Where the desk API has it."""
        return f"/complaints/{self.receipt['reference']}"


def turkish(today: datetime) -> list[Filed]:
    """The complaints of tr.toml."""
    found = []
    for told in tomllib.loads((DATA / "tr.toml").read_text("utf-8"))["complaint"]:
        own = {name: told.get(name) for name in ("name", "email", "phone", "support_needs", "order_number", "wish")}
        happened = (today - timedelta(days=told["days_ago"])).date().isoformat()
        same = {name: told[name] for name in ("about", "told_before", "safety_risk", "elsewhere")}
        submission = {
            **own,
            **same,
            "language": "tr",
            "happened_on": happened,
            "what_happened": told["what_happened"].strip(),
        }
        more = {name: told[name] for name in ("note", "message", "reply", "dispute", "cause", "safety") if name in told}
        if told["safety_risk"]:
            more.setdefault("safety", "actual")
        found.append(Filed(submission, told["until"], told["points"], told.get("answer", []), **more))
    return found


def american(chance: random.Random) -> list[Filed]:
    """The complaints of complaints.csv, under invented names."""
    names = tomllib.loads((DATA / "names.toml").read_text("utf-8"))
    people = [(first, family) for first in names["first"] for family in names["family"]]
    with (DATA / "complaints.csv").open(encoding="utf-8", newline="") as rows:
        told = list(csv.DictReader(rows))
    found = []
    for number, (row, (first, family)) in enumerate(zip(told, chance.sample(people, len(told)), strict=True)):
        by_phone_only = chance.random() < 0.08
        product = row["product"] if len(row["product"]) <= 30 else row["product"].split(",")[0]
        submission = {
            "language": "en",
            "about": f"{product}: {row['issue']}"[:120],
            "what_happened": row["narrative"],
            "told_before": chance.choices(("yes", "no", "unsure"), (6, 3, 1))[0],
            "safety_risk": False,
            "elsewhere": chance.random() < 0.04,
            "name": f"{first} {family}",
            # Numbers 555-0100 to 555-0199 are kept for fiction.
            "phone": f"+1 202 555 01{number % 100:02d}" if by_phone_only or chance.random() < 0.3 else None,
            "email": None if by_phone_only else f"{first}.{family}".lower().replace("'", "") + "@example.com",
        }
        category = next((code for part, code in CATEGORIES.items() if part in row["issue"].lower()), 21)
        found.append(Filed(submission, "received", [{"title": row["issue"][:200], "category": category}]))
    return found


def choose_lives(filed: list[Filed], chance: random.Random) -> None:
    """Decides how far each of `filed` gets, and what it will be answered."""
    words = tomllib.loads((DATA / "answers.toml").read_text("utf-8"))
    with_remedy = [answer for answer in words["answer"] if "remedy" in answer]
    without = [answer for answer in words["answer"] if "remedy" not in answer]
    for stages, by_mail in ((STAGES, True), (STAGES_BY_TELEPHONE, False)):
        lives = [stage for stage, count in stages.items() for _ in range(count)]
        reached_so = [complaint for complaint in filed if complaint.by_mail is by_mail]
        for complaint, stage in zip(chance.sample(reached_so, len(lives)), lives, strict=True):
            complaint.until = stage
            if stage in {"closed", "remedying"}:
                answer = chance.choice(with_remedy)
            elif stage == "settled":
                answer = chance.choice(without)
            else:
                answer = chance.choice(words["answer"])
            complaint.answers, complaint.cause = [answer], answer["cause"]
            if stage in {"investigating", "deciding"} and chance.random() < 0.6:
                complaint.note = chance.choice(words["notes"])
            if stage == "investigating" and by_mail and chance.random() < 0.5:
                talk = chance.choice(words["conversation"])
                complaint.message, complaint.reply = talk["message"], talk["reply"]


def assessment(complaint: Filed) -> dict[str, Any]:
    """The six criteria. A complaint chooses the same ones each time, for its text seeds the choice."""
    chance = random.Random(complaint.submission["what_happened"])  # noqa: S311 - a demo, not a secret
    unsafe = complaint.safety == "actual"
    return {
        "severity": 4 if unsafe else chance.choices((1, 2, 3), (4, 5, 2))[0],
        "safety": complaint.safety,
        "complexity": chance.choices((1, 2, 3), (5, 3, 1))[0],
        "impact": "several" if unsafe else chance.choices(("one", "several", "many"), (8, 2, 1))[0],
        "action_needed": unsafe,
        "action_possible": True,
        "points": complaint.points,
        "reason": "Assessed from what the complainant wrote.",
        **DECLARED,
    }


WHY = {True: "The same can happen to the next customer.", False: "It lay in this one case alone."}
ACTIONS = {
    "PRC": "The head of the department corrects the written procedure and trains everybody who works by it in a month.",
    "TEC": "The technical team puts the fault in the system right within two weeks and tests it for another month.",
    "MFG": "The supplier checks each batch before it leaves, from next month on; the quality team goes through three.",
}


def proposal(complaint: Filed, today: datetime) -> dict[str, Any]:
    """The decision as the handler proposes it `today`, point by point."""
    points = []
    for number, answer in enumerate(complaint.answers, 1):
        remedy = answer.get("remedy")
        if remedy:
            due = today + timedelta(days=remedy["days"])
            remedy = {name: value for name, value in remedy.items() if name != "days"} | {
                "due_on": due.date().isoformat()
            }
        points.append({
            "number": number, "finding": answer["finding"], "reasons": answer["reasons"].strip(), "remedy": remedy,
            "no_remedy_reason": answer.get("no_remedy_reason"),
        })  # fmt: skip
    action = ACTIONS.get(complaint.cause)
    needed = action is not None
    improvement = {"improvement_needed": needed, "improvement_reason": WHY[needed], "corrective_action": action}
    return {"points": points, "cause": complaint.cause, **improvement, **DECLARED}
