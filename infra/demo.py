"""`make demo`: fills a running `make run` with complaints, all of them through the front door.

What complainants do goes over the public API, what staff do over the desk API with a token from the real sign-in page.
Nothing is written past the rules, so the demo is a test of them as well; at its end it checks on the desk that all came
out as it should, and fails if not. A second run files another batch; the choices are the same each time, the complaints
are new ones. What the data is and where it comes from: demo/SOURCE.md.
"""

import argparse
import csv
import http.client
import json
import random
import sys
import threading
import time
import tomllib
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from adapters.settings import Ruled
from complaints.deadlines import dates
from complaints.packs import Rules
from infra.local.emulator import Emulator
from infra.local.run import FIRM, PORT
from infra.local.sign_in import access_token
from infra.paths import MADE
from infra.stack import waits_until_quiet

DATA = Path(__file__).parent / "demo"
WORKERS = 4
PATIENCE = 120  # seconds that the letters and counts may take until all is as it should be

#: Complaints that came by telephone or letter: how many days before they were entered. 20 working days are 28 days.
RECEIVED_DAYS_AGO = (2, 5, 8, 13, 19, 23, 26, 27, 28, 34, 41, 42, 43, 44, 47)
#: How far the complaints get at the desk, besides those of tr.toml, which say it themselves.
STAGES = {"closed": 6, "settled": 2, "remedying": 1, "disputed": 1, "decided": 7, "deciding": 6, "returned": 1,
          "investigating": 12, "assessed": 12}  # fmt: skip
#: The same for complaints without an e-mail address: their decisions are told by telephone.
STAGES_BY_TELEPHONE = {"closed": 1, "settled": 1, "decided": 4, "investigating": 2}
#: So many of those nobody has called yet when the demo ends: work that the desk shows.
LEFT_TO_CALL = 2
ORDER = ("received", "assessed", "investigating", "returned", "deciding", "decided", "disputed", "settled",
         "remedying", "closed")  # fmt: skip
#: What the issue of a complaint is called in the follow-up form (category numbers of the product).
CATEGORIES = {
    "illegal": 6, "fee": 8, "interest": 8, "advertis": 15, "report": 7, "debt": 9, "payment": 9, "clos": 11,
    "purchase": 14, "communication": 6, "information": 7, "transaction": 9, "account": 19,
}  # fmt: skip


class DemoFailed(Exception):
    """The demo cannot go on; the message says why."""


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
    receipt: dict[str, Any] = field(default_factory=dict)
    version: int = 1  # as the desk showed it last

    def gets_to(self, stage: str) -> bool:
        """Whether the complaint is to reach `stage`."""
        return ORDER.index(self.until) >= ORDER.index(stage)

    @property
    def by_mail(self) -> bool:
        """Whether letters can reach the complainant."""
        return self.submission["email"] is not None

    @property
    def path(self) -> str:
        """Where the desk API has it."""
        return f"/complaints/{self.receipt['reference']}"


# --- talking to the stack --------------------------------------------------------------------------------------------


class Site:
    """The site as a browser reaches it. Only browsers know its name, so we connect to the port and say the name."""

    def __init__(self, url: str, port: int) -> None:
        self._host = urlsplit(url).netloc
        self._port = port

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> tuple[int, Any]:
        """Status and JSON of the answer. A breakdown (5xx, a lost connection) is tried again: each request that changes
        something carries its idempotency key.
        """
        sent = {"Host": self._host, "Content-Type": "application/json", **headers}
        for pause in (0.5, 1, 2, 4, None):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
                connection.request(method, path, json.dumps(body) if body is not None else None, sent)
                answer = connection.getresponse()
                status, content = answer.status, answer.read()
            except OSError as lost:
                status, content = 599, str(lost).encode()
            finally:
                connection.close()
            if status < 500 or pause is None:
                break
            time.sleep(pause)
        try:
            return status, json.loads(content or b"null")
        except ValueError:
            return status, content.decode("utf-8", "replace")[:300]

    def expect(self, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        """The JSON of a good answer. Raises DemoFailed for any other."""
        status, answer = self.ask(method, path, body, **headers)
        if status >= 300:
            raise DemoFailed(f"{method} {path} answered {status}: {answer}")
        return answer


class Colleague:
    """Somebody at the desk, signed in; signs in again when the token has run out (15 minutes)."""

    def __init__(self, site: Site, sign_in: Callable[[], str]) -> None:
        self._site = site
        self._sign_in = sign_in
        self._token = sign_in()
        self._one_at_a_time = threading.Lock()
        self.id: str = self.get("/me")["id"]

    def get(self, path: str) -> Any:
        """Reads from the desk."""
        return self._ask("GET", path, None, {})[1]

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Creates something at the desk, under a fresh idempotency key."""
        return self._ask("POST", path, body, {"Idempotency-Key": str(uuid.uuid4())})[1]

    def listed(self, queue: str) -> list[dict[str, Any]]:
        """All rows of a queue, page after page."""
        rows, cursor = [], ""
        while True:
            page = self.get(f"/complaints?{urlencode({'queue': queue, 'cursor': cursor})}")
            rows += page["rows"]
            if not (cursor := page["next"] or ""):
                return rows

    def move(self, complaint: Filed, move: str, body: dict[str, Any]) -> None:
        """Makes a move on things as they were seen last; looks again when somebody (a letter, a timer) was faster."""
        path = f"{complaint.path}/moves/{move}"
        key = str(uuid.uuid4())
        for _ in range(8):
            headers = {"If-Match": f'"{complaint.version}"', "Idempotency-Key": key}
            status, answer = self._ask("POST", path, body, headers, allowed=(409,))
            latest = (answer.get("current", {}) if status == 409 else answer).get("version", complaint.version)
            if status != 409 or latest == complaint.version:
                break
            complaint.version = latest
        if status == 409:
            raise DemoFailed(f"{path} was refused: {answer}")
        complaint.version = latest

    def _ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        headers: dict[str, str],
        allowed: tuple[int, ...] = (),
    ) -> tuple[int, Any]:
        for _ in range(2):
            token = self._token
            status, answer = self._site.ask(
                method, f"/api/desk{path}", body, **headers, Authorization=f"Bearer {token}"
            )
            if status != 401:
                break
            with self._one_at_a_time:
                if token == self._token:
                    self._token = self._sign_in()
        if status >= 300 and status not in allowed:
            raise DemoFailed(f"{method} {path} answered {status}: {answer}")
        return status, answer


@dataclass(frozen=True)
class Desk:
    """Those who work there."""

    front_line: Colleague
    handler: Colleague
    lead: Colleague
    representative: Colleague

    def in_charge(self, complaint: Filed) -> tuple[Colleague, Colleague]:
        """Who handles the complaint, and the other person who approves."""
        return (self.lead, self.representative) if complaint.led else (self.handler, self.lead)


# --- the complaints --------------------------------------------------------------------------------------------------


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


# --- what people do --------------------------------------------------------------------------------------------------


def submit(site: Site, complaint: Filed) -> None:
    """A complainant sends the form."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    complaint.receipt = site.expect("POST", "/api/public/complaints", complaint.submission, **key)


def register(desk: Desk, complaint: Filed) -> None:
    """Staff enter what came by telephone or letter, later than it came."""
    assert complaint.received_at is not None  # noqa: S101 - tells the type checker what the caller chose
    by = {
        "phone": "Noted on paper during the call, entered later.",
        "letter": "The letter lay at the branch before it came to us.",
    }
    told = {"channel": complaint.channel, "received_at": complaint.received_at.isoformat()}
    complaint.receipt = desk.front_line.post(
        "/complaints", {**complaint.submission, **told, "backdating_reason": by[complaint.channel]}
    )


def acknowledge(desk: Desk, complaint: Filed) -> None:
    """Staff call whoever left no e-mail address, to say that the complaint has arrived."""
    desk.front_line.move(complaint, "acknowledge", {"medium": "phone"})


def tell_decision(desk: Desk, complaint: Filed) -> None:
    """Staff call whoever left no e-mail address, and tell what a letter would have said."""
    for task in desk.front_line.get(complaint.path)["tasks"]:
        desk.front_line.post(f"{complaint.path}/tasks/{task['id']}/done", {})
    words = {
        "tr": "Arandı, karar ve gerekçesi anlatıldı. İsteği üzerine kâğıda basılmış bir örneği postayla gidecek.",
        "en": "Called: the decision and its reasons explained. A copy on paper follows, as asked.",
    }
    note = {"id": str(uuid.uuid4()), "words": words[complaint.submission["language"]]}
    desk.front_line.post(f"{complaint.path}/notes", note)


def live(site: Site, desk: Desk, complaint: Filed) -> None:
    """Takes a complaint as far as it is to get: one works on it, another approves, the complainant answers."""
    owner, approver = desk.in_charge(complaint)
    owner.move(complaint, "assess", assessment(complaint))
    if complaint.note:
        owner.post(f"{complaint.path}/notes", {"id": str(uuid.uuid4()), "words": complaint.note})
    if complaint.gets_to("investigating"):
        owner.move(complaint, "investigate", {"owner": owner.id})
    if complaint.message:
        owner.post(f"{complaint.path}/messages", {"id": str(uuid.uuid4()), "words": complaint.message})
        track(site, complaint, "messages", {"id": str(uuid.uuid4()), "words": complaint.reply})
    if complaint.gets_to("returned"):
        owner.move(complaint, "propose", proposal(complaint))
    if complaint.until == "returned":
        words = "The reasons leave out the second letter. Please add what it shows."
        approver.move(complaint, "return", {"words": words})
    elif complaint.gets_to("decided"):
        approver.move(complaint, "approve", {})
    if complaint.until == "disputed":
        track(site, complaint, "answer", {"accept": False, "words": complaint.dispute})
    elif complaint.gets_to("settled"):
        track(site, complaint, "answer", {"accept": True, "words": None})
    if complaint.until == "closed":
        seen = {
            "tr": "Ödeme dekontu ve müşteriyle görüşme notu görüldü.",
            "en": "Seen: the payment slip and the note of the call.",
        }
        approver.move(complaint, "verify", {"words": seen[complaint.submission["language"]]})


def track(site: Site, complaint: Filed, act: str, body: dict[str, Any]) -> None:
    """The complainant opens the tracking page with reference and code, and does something there."""
    known = {name: complaint.receipt[name] for name in ("reference", "secret")}
    opened = site.expect("POST", "/api/public/track", known)
    site.expect("POST", f"/api/public/track/{act}", body, Authorization=f"Bearer {opened['token']}")


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
        "reason": None,
    }


def proposal(complaint: Filed) -> dict[str, Any]:
    """The decision as the handler proposes it, point by point."""
    points = []
    for number, answer in enumerate(complaint.answers, 1):
        remedy = answer.get("remedy")
        if remedy:
            due = now() + timedelta(days=remedy["days"])
            remedy = {name: value for name, value in remedy.items() if name != "days"} | {
                "due_on": due.date().isoformat()
            }
        points.append({
            "number": number, "finding": answer["finding"], "reasons": answer["reasons"].strip(), "remedy": remedy,
            "no_remedy_reason": answer.get("no_remedy_reason"),
        })  # fmt: skip
    return {"points": points, "cause": complaint.cause, "improvement_needed": complaint.cause in {"PRC", "TEC", "MFG"}}


# --- the run ---------------------------------------------------------------------------------------------------------


class Progress:
    """One line that grows on a terminal; one line at the end anywhere else."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0
        self._lock, self._began = threading.Lock(), time.monotonic()
        self._show()

    def step(self, done: int = 1) -> None:
        """So many more are done."""
        with self._lock:
            self._done += done
            self._show()

    def _show(self) -> None:
        finished = self._done == self._total
        if not (finished or sys.stderr.isatty()):
            return
        filled = 24 * self._done // max(1, self._total)
        took = f" {time.monotonic() - self._began:.0f} s" if finished else ""
        line = f"\r  {self._what:34} {'█' * filled}{'·' * (24 - filled)} {self._done}/{self._total}{took}"
        print(line, end="\n" if finished else "", file=sys.stderr, flush=True)


def side_by_side(what: str, do: Callable[[Filed], None], complaints: Iterable[Filed]) -> None:
    """Does it to each complaint, a few at a time; the first that goes wrong ends the demo."""
    complaints = list(complaints)
    progress = Progress(what, len(complaints))

    def one(complaint: Filed) -> None:
        do(complaint)
        progress.step()

    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [pool.submit(one, complaint) for complaint in complaints]
        try:
            for job in jobs:
                job.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def now() -> datetime:
    """The clock, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the demo is people at work, and they live now


def wait_for_letters(desk: Desk, written_to: list[Filed]) -> None:
    """Nobody handles a complaint, let alone closes it, before its acknowledgement could be read. Raises DemoFailed."""
    progress = Progress("Acknowledged by letter", len(written_to))
    waiting = {complaint.receipt["reference"] for complaint in written_to}
    until = time.monotonic() + PATIENCE
    while waiting:
        still = waiting & {row["reference"] for row in desk.lead.listed("to_acknowledge")}
        if len(still) < len(waiting):
            progress.step(len(waiting) - len(still))
        elif time.monotonic() > until:
            raise DemoFailed(f"{len(still)} acknowledgements have not left after {PATIENCE} s.")
        waiting = still
        time.sleep(0.5)


def act(site: Site, desk: Desk) -> list[Filed]:
    """Plays the demo; returns every complaint of it."""
    chance = random.Random(10002)  # noqa: S311 - the same demo each time is what is wanted
    ours, theirs = turkish(now()), american(chance)
    registered, sent = theirs[: len(RECEIVED_DAYS_AGO)], theirs[len(RECEIVED_DAYS_AGO) :] + ours
    for number, (complaint, days) in enumerate(zip(registered, RECEIVED_DAYS_AGO, strict=True)):
        complaint.received_at = now() - timedelta(days=days, minutes=chance.randrange(600))
        complaint.channel = chance.choice(("phone", "letter"))
        if complaint.channel == "phone" and chance.random() < 0.5:
            complaint.submission |= {"email": None, "phone": f"+1 202 555 01{number:02d}"}
    choose_lives(theirs, chance)
    chance.shuffle(sent)
    everybody = sent + registered
    worked_on = [complaint for complaint in everybody if complaint.until != "received"]
    for number, complaint in enumerate(worked_on):
        complaint.led = number % 3 == 0
    to_call = [complaint for complaint in worked_on if not complaint.by_mail and complaint.gets_to("decided")]
    # Told last, so left to call: open ones, whose decision has still to be heard.
    to_call.sort(key=lambda complaint: complaint.until == "decided")

    side_by_side("Complaints over the public form", lambda complaint: submit(site, complaint), sent)
    side_by_side("Calls and letters entered", lambda complaint: register(desk, complaint), registered)
    without_mail = [complaint for complaint in everybody if not complaint.by_mail]
    side_by_side("Acknowledged by telephone", lambda complaint: acknowledge(desk, complaint), without_mail)
    wait_for_letters(desk, [complaint for complaint in everybody if complaint.by_mail])
    side_by_side("Handled at the desk", lambda complaint: live(site, desk, complaint), worked_on)
    side_by_side("Told by telephone", lambda complaint: tell_decision(desk, complaint), to_call[:-LEFT_TO_CALL])
    return everybody


def fill(home: Path, port: int) -> None:
    """The whole demo, on the stack that `make run` left at `home` and `port`."""
    emulator = Emulator(port, home)
    if not emulator.running() or not (home / "outputs.json").exists():
        raise DemoFailed("Redress is not running here. Start it with `make run`, then run `make demo` again.")
    outputs = json.loads((home / "outputs.json").read_text())
    people = {
        role: person for person in json.loads((home / "people.json").read_text("utf-8")) for role in person["roles"]
    }
    site = Site(outputs["SiteUrl"], port)

    def signed_in(role: str) -> Colleague:
        person = people[role]
        return Colleague(site, lambda: access_token(emulator.cloud, outputs, person["email"], person["password"]))

    desk = Desk(*map(signed_in, ("front-line", "handler", "lead", "management-representative")))
    before = desk.lead.get("/queues")["counts"]
    filed = act(site, desk)

    print("  Waiting for the letters …", end="", file=sys.stderr, flush=True)
    until = time.monotonic() + PATIENCE
    quiet = waits_until_quiet(emulator.cloud, outputs, PATIENCE)
    print("\r  The letters have gone.        " if quiet else f"\r  Still at work after {PATIENCE} s.", file=sys.stderr)
    all_is_well = check(emulator, desk, filed, until)
    tell(filed, before, desk.lead.get("/queues")["counts"], outputs["SiteUrl"])
    print(all_is_well)


# --- was it all as it should be? -------------------------------------------------------------------------------------


def check(emulator: Emulator, desk: Desk, filed: list[Filed], until: float) -> str:
    """One line saying that every complaint is on the desk, acknowledged once and due when it should be, and that the
    queues count what they list. What is not so yet is looked at again `until` then (of the monotonic clock).

    Raises DemoFailed saying what does not hold.
    """
    rules = Ruled(calendar=FIRM.calendar, time_zone=FIRM.time_zone).rules
    unsettled = filed
    while True:
        mails = Counter(str(mail["Subject"]).rpartition(" ")[2].replace("-", "") for mail in emulator.mail())
        with ThreadPoolExecutor(WORKERS) as pool:
            found = pool.map(partial(wrong, desk.lead, rules, mails), unsettled)
            problems = {complaint.path: what for complaint, what in zip(unsettled, found, strict=True) if what}
        unsettled = [complaint for complaint in unsettled if complaint.path in problems]
        problems |= miscounted(desk, filed)
        if not problems:
            return (
                f"Checked: all {len(filed)} are on the desk, each acknowledged once and due on the day the rules say; "
                "every queue counts what it lists."
            )
        if time.monotonic() > until:
            shown = "\n".join(f"  {where}: {what}" for where, what in list(problems.items())[:10])
            raise DemoFailed(f"The demo ran, but {len(problems)} things are not as they should be, such as\n{shown}")
        time.sleep(1)


def wrong(reader: Colleague, rules: Rules, mails: Counter[str], complaint: Filed) -> str | None:
    """What is not as it should be with a complaint, or None. `mails` says how many letters were posted on each."""
    case, receipt = reader.get(complaint.path), complaint.receipt
    received_at = datetime.fromisoformat(case["received_at"])
    answer_by = dates(received_at, rules).answer_by
    answer = next(promise for promise in case["promises"] if promise["promise"] == "answer")
    told_by = [one["facts"]["medium"] for one in case["timeline"] if one["type"] == "ComplaintAcknowledged"]
    left = Counter(letter["kind"] for letter in case["letters"] if letter["state"] in {"sent", "delivered"})
    expected = {
        "the moment of receipt": (received_at, complaint.received_at or datetime.fromisoformat(receipt["received_at"])),
        "the answer's due moment": (datetime.fromisoformat(answer["due"]), answer_by),
        "the day the receipt promised": (receipt["answer_due_on"], answer["due_on"]),
        "the acknowledgements": (told_by, ["email" if complaint.by_mail else "phone"]),
        "acknowledged": (case["acknowledged_at"] is not None, True),
        "acknowledgement letters that left": (left["acknowledgement"], 1 if complaint.by_mail else 0),
        "letters that left, of those written": (left.total(), len(case["letters"])),
        "letters in the post": (mails[receipt["reference"]], len(case["letters"])),
    }
    amiss = [f"{what}: {is_so}, not {should}" for what, (is_so, should) in expected.items() if is_so != should]
    return "; ".join(amiss) or None


def miscounted(desk: Desk, filed: list[Filed]) -> dict[str, str]:
    """The queues whose count is not the number of rows they list, and the complaints that no queue lists."""
    found, seen = {}, set()
    for who, person in (("lead", desk.lead), ("handler", desk.handler)):
        counts = person.get("/queues")["counts"]
        for queue in counts if who == "lead" else ("mine",):
            rows = [row["reference"] for row in person.listed(queue)]
            seen.update(rows)
            if len(rows) != counts[queue] or len(set(rows)) != len(rows):
                found[f"queue {queue} of the {who}"] = f"counts {counts[queue]}, lists {len(set(rows))}"
    for complaint in filed:
        if complaint.receipt["reference"] not in seen:
            found[complaint.path] = "not on the desk"
    return found


def tell(filed: list[Filed], before: dict[str, int], after: dict[str, int], site: str) -> None:
    """What was done, and where to look."""
    reached = Counter(stage for complaint in filed for stage in ORDER if complaint.gets_to(stage))
    registered = sum(complaint.received_at is not None for complaint in filed)
    example = next(one for one in filed if one.until == "closed" and one.submission["language"] == "tr").receipt
    print(f"\nFiled {len(filed) - registered} complaints over the public API and entered {registered} at the desk.")
    print(
        f"Assessed {reached['assessed']}, investigated {reached['investigating']}, proposed {reached['returned']}, "
        f"decided {reached['decided']}, accepted {reached['settled']}, "
        f"closed {sum(complaint.until in {'settled', 'closed'} for complaint in filed)}.\n"
    )
    for queue, count in after.items():
        print(f"  {queue:16} {count:5}   (before: {before.get(queue, 0)})")
    print(f"\n  Desk             {site}/staff/")
    print(f"  One that closed  {site}/tr/takip/   {example['reference']}   {example['secret']}\n")


def main() -> None:
    """The command line that the Makefile calls."""
    asked = argparse.ArgumentParser(prog="python -m infra.demo", description=__doc__.splitlines()[0])
    asked.add_argument("--port", type=int, default=PORT)
    asked.add_argument("--home", type=Path, default=MADE / "run", help="where `make run` keeps everything")
    given = asked.parse_args()
    try:
        fill(given.home.resolve(), given.port)
    except DemoFailed as failure:
        sys.exit(f"\n{failure}")


if __name__ == "__main__":
    main()
