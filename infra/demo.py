"""`make demo`: fills a running `make run` with complaints, all of them through the front door.

What complainants do goes over the public API, what staff do over the desk API with a token from the real sign-in page.
Nothing is written past the rules, so the demo is a test of them as well. A second run files another batch; the
choices are the same each time, the complaints are new ones. What the data is and where it comes from: demo/SOURCE.md.
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
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from infra.local.emulator import Emulator
from infra.local.run import PORT
from infra.local.sign_in import access_token
from infra.paths import MADE
from infra.stack import waits_until_quiet

DATA = Path(__file__).parent / "demo"
WORKERS = 4
PATIENCE = 300  # seconds that the letters may take

#: Complaints that came by telephone or letter: how many days before they were entered. 20 working days are 28 days.
RECEIVED_DAYS_AGO = (2, 5, 8, 13, 19, 23, 26, 27, 28, 34, 41, 42, 43, 44, 47)
#: How far the complaints get at the desk, besides those of tr.toml, which say it themselves.
STAGES = {"closed": 6, "settled": 2, "remedying": 1, "disputed": 1, "decided": 7, "deciding": 6, "returned": 1,
          "investigating": 12, "assessed": 12}  # fmt: skip
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
    note: str | None = None
    message: str | None = None
    dispute: str = "The answer leaves out what I asked first. Please look at it again."
    received_at: datetime | None = None
    channel: str = "web"
    receipt: dict[str, Any] = field(default_factory=dict)

    def gets_to(self, stage: str) -> bool:
        """Whether the complaint is to reach `stage`."""
        return ORDER.index(self.until) >= ORDER.index(stage)


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

    def move(self, reference: str, move: str, body: dict[str, Any]) -> Any:
        """Makes a move on things as they are now; looks again when somebody (a letter, a timer) was faster."""
        path = f"/complaints/{reference}"
        version = self.get(path)["version"]
        key = str(uuid.uuid4())
        for _ in range(8):
            headers = {"If-Match": f'"{version}"', "Idempotency-Key": key}
            status, answer = self._ask("POST", f"{path}/moves/{move}", body, headers, allowed=(409,))
            if status != 409:
                return answer
            latest = self.get(path)["version"]
            if latest == version:
                break
            version = latest
        raise DemoFailed(f"{move} on {reference} was refused: {answer}")

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
        more = {name: told[name] for name in ("note", "message", "dispute", "cause") if name in told}
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
        product = row["product"].split(",")[0].split(" or ")[0]
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
    answers = tomllib.loads((DATA / "answers.toml").read_text("utf-8"))["answer"]
    with_remedy = [answer for answer in answers if "remedy" in answer]
    without = [answer for answer in answers if "remedy" not in answer]
    stages = [stage for stage, count in STAGES.items() for _ in range(count)]
    for complaint, stage in zip(chance.sample(filed, len(stages)), stages, strict=True):
        complaint.until = stage
        if stage in {"closed", "remedying"}:
            answer = chance.choice(with_remedy)
        elif stage == "settled":
            answer = chance.choice(without)
        else:
            answer = chance.choice(answers)
        complaint.answers, complaint.cause = [answer], answer["cause"]
        if stage in {"investigating", "deciding"} and chance.random() < 0.6:
            complaint.note = "Account history and call notes asked for. The customer can be reached in the mornings."
        if stage == "investigating" and chance.random() < 0.5:
            complaint.message = "We are looking into this. Could you add the letters you received, or photos of them?"


# --- what people do --------------------------------------------------------------------------------------------------


def submit(site: Site, complaint: Filed) -> None:
    """A complainant sends the form."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    complaint.receipt = site.expect("POST", "/api/public/complaints", complaint.submission, **key)


def register(front_line: Colleague, complaint: Filed) -> None:
    """Staff enter what came by telephone or letter, later than it came; whoever left no e-mail is told in person."""
    assert complaint.received_at is not None  # noqa: S101 - tells the type checker what the caller chose
    by = {
        "phone": "Noted on paper during the call, entered later.",
        "letter": "The letter lay at the branch before it came to us.",
    }
    told = {"channel": complaint.channel, "received_at": complaint.received_at.isoformat()}
    complaint.receipt = front_line.post(
        "/complaints", {**complaint.submission, **told, "backdating_reason": by[complaint.channel]}
    )
    if complaint.submission["email"] is None and complaint.channel == "phone":
        front_line.move(complaint.receipt["reference"], "acknowledge", {"medium": "phone"})


def live(site: Site, handler: Colleague, lead: Colleague, complaint: Filed) -> None:
    """Takes a complaint as far as it is to get: the handler works, the lead approves, the complainant answers."""
    reference = complaint.receipt["reference"]
    handler.move(reference, "assess", assessment(complaint))
    if complaint.note:
        handler.post(f"/complaints/{reference}/notes", {"id": str(uuid.uuid4()), "words": complaint.note})
    if complaint.gets_to("investigating"):
        handler.move(reference, "investigate", {"owner": handler.id})
    if complaint.message:
        handler.post(f"/complaints/{reference}/messages", {"id": str(uuid.uuid4()), "words": complaint.message})
        answer_message(site, complaint)
    if complaint.gets_to("returned"):
        handler.move(reference, "propose", proposal(complaint))
    if complaint.until == "returned":
        lead.move(reference, "return", {"words": "The reasons leave out the second letter. Please add what it shows."})
    elif complaint.gets_to("decided"):
        lead.move(reference, "approve", {})
    if complaint.until == "disputed":
        track(site, complaint, "answer", {"accept": False, "words": complaint.dispute})
    elif complaint.gets_to("settled"):
        track(site, complaint, "answer", {"accept": True, "words": None})
    if complaint.until == "closed":
        words = {
            "tr": "Ödeme dekontu ve müşteriyle görüşme notu görüldü.",
            "en": "Seen: the payment slip and the note of the call.",
        }
        lead.move(reference, "verify", {"words": words[complaint.submission["language"]]})


def track(site: Site, complaint: Filed, act: str, body: dict[str, Any]) -> None:
    """The complainant opens the tracking page with reference and code, and does something there."""
    known = {name: complaint.receipt[name] for name in ("reference", "secret")}
    opened = site.expect("POST", "/api/public/track", known)
    site.expect("POST", f"/api/public/track/{act}", body, Authorization=f"Bearer {opened['token']}")


def answer_message(site: Site, complaint: Filed) -> None:
    """The complainant writes back."""
    words = {"tr": "Merhaba, fişlerin ikisi de elimde. Akşam eve gidince fotoğraflarını ekleyeceğim.",
             "en": "I still have two of the letters. I will add photos of them tonight."}  # fmt: skip
    body = {"id": str(uuid.uuid4()), "words": words[complaint.submission["language"]]}
    track(site, complaint, "messages", body)


def assessment(complaint: Filed) -> dict[str, Any]:
    """The six criteria. A complaint chooses the same ones each time, for its text seeds the choice."""
    chance = random.Random(complaint.submission["what_happened"])  # noqa: S311 - a demo, not a secret
    unsafe = complaint.submission["safety_risk"]
    return {
        "severity": 4 if unsafe else chance.choices((1, 2, 3), (4, 5, 2))[0],
        "safety": "actual" if unsafe else "none",
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

    def step(self) -> None:
        """One more is done."""
        with self._lock:
            self._done += 1
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


def act(
    site: Site, front_line: Colleague, handler: Colleague, lead: Colleague
) -> tuple[list[Filed], list[Filed], list[Filed]]:
    """Plays the demo; returns what was sent by the public form, entered at the desk, and worked on."""
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

    side_by_side("Complaints over the public form", lambda complaint: submit(site, complaint), sent)
    side_by_side("Calls and letters entered", lambda complaint: register(front_line, complaint), registered)
    worked_on = [complaint for complaint in sent + registered if complaint.until != "received"]
    side_by_side("Handled at the desk", lambda complaint: live(site, handler, lead, complaint), worked_on)
    return sent, registered, worked_on


def fill(home: Path, port: int) -> None:
    """The whole demo, on the stack that `make run` left at `home` and `port`."""
    emulator = Emulator(port, home)
    if not emulator.running() or not (home / "outputs.json").exists():
        raise DemoFailed("Redress is not running here. Start it with `make run`, then run `make demo` again.")
    outputs = json.loads((home / "outputs.json").read_text())
    people = {
        role: person
        for person in json.loads((home / "people.json").read_text("utf-8"))["people"]
        for role in person["roles"]
    }
    site = Site(outputs["SiteUrl"], port)

    def signed_in(role: str) -> Colleague:
        person = people[role]
        return Colleague(site, lambda: access_token(emulator.cloud, outputs, person["email"], person["password"]))

    front_line, handler, lead = signed_in("front-line"), signed_in("handler"), signed_in("lead")
    before = lead.get("/queues")["counts"]
    sent, registered, worked_on = act(site, front_line, handler, lead)

    print("  Waiting for the letters …", end="", file=sys.stderr, flush=True)
    quiet = waits_until_quiet(emulator.cloud, outputs, PATIENCE)
    print("\r  The letters have gone.        " if quiet else f"\r  Still at work after {PATIENCE} s.", file=sys.stderr)
    tell(sent, registered, worked_on, before, lead.get("/queues")["counts"], outputs["SiteUrl"])


def tell(
    sent: list[Filed], registered: list[Filed], worked_on: list[Filed], before: dict[str, int], after: dict[str, int],
    site: str,
) -> None:  # fmt: skip
    """What was done, and where to look."""
    reached = Counter(stage for complaint in worked_on for stage in ORDER if complaint.gets_to(stage))
    example = next(complaint for complaint in worked_on if complaint.until == "closed").receipt
    print(f"\nFiled {len(sent)} complaints over the public API and entered {len(registered)} at the desk.")
    print(
        f"Assessed {reached['assessed']}, investigated {reached['investigating']}, proposed {reached['returned']}, "
        f"decided {reached['decided']}, accepted {reached['settled']}, "
        f"closed {sum(complaint.until in {'settled', 'closed'} for complaint in worked_on)}.\n"
    )
    for queue, count in after.items():
        print(f"  {queue:16} {count:5}   (before: {before.get(queue, 0)})")
    print(f"\n  Desk             {site}/staff/")
    print(f"  One that closed  {site}/tr/takip/   {example['reference']}   {example['secret']}")
    print("  Whoever left no e-mail address waits for a call or a letter, and counts as not acknowledged until then.")


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
