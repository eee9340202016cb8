"""Is it all as it should be? The first letters on the way, everything at the end."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any

from adapters.settings import Ruled
from complaints.deadlines import answer_clock
from complaints.rules import Organisation, Rules
from infra.demo.filed import Filed
from infra.demo.progress import WORKERS, Progress
from infra.demo.site import PATIENCE, Colleague, DemoFailed, Desk
from infra.demo.turns import TURNS
from infra.local.emulator import Emulator
from infra.local.run import FIRM


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


def check(emulator: Emulator, desk: Desk, filed: list[Filed], until: float) -> str:
    """One line saying that every complaint is on the desk, acknowledged once and due when it should be, and that the
    queues count what they list. What is not so yet is looked at again `until` then (of the monotonic clock).

    Raises DemoFailed saying what does not hold.
    """
    rules = Rules(Organisation(), Ruled(calendar=FIRM.calendar, time_zone=FIRM.time_zone).home)
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
    if complaint.turn:
        return wrong_turn(case, mails, complaint)
    received_at = datetime.fromisoformat(case["received_at"])
    answers = {datetime.fromisoformat(one["due"]) for one in case["promises"] if one["promise"] == "answer"}
    first = rules.in_force(rules.organisation.packs[0], rules.calendar.day_of(received_at))
    packs = [rules.pack(point["pack"], point["version"]) for point in case["points"]] or [first]
    told_at_first = rules.calendar.day_of(answer_clock(None, first, received_at, None, rules).due)
    told_by = [one["facts"]["medium"] for one in case["timeline"] if one["type"] == "ComplaintAcknowledged"]
    left = Counter(letter["kind"] for letter in case["letters"] if letter["state"] in {"sent", "delivered"})
    expected = {
        "the moment of receipt": (received_at, complaint.received_at or datetime.fromisoformat(receipt["received_at"])),
        "when the answers are due": (
            answers,
            {answer_clock(None, pack, received_at, None, rules).due for pack in packs},
        ),
        "the day the receipt promised": (receipt["answer_due_on"], told_at_first.isoformat()),
        "the acknowledgements": (told_by, ["email" if complaint.by_mail else "phone"]),
        "acknowledged": (case["acknowledged_at"] is not None, True),
        "acknowledgement letters that left": (left["acknowledgement"], 1 if complaint.by_mail else 0),
        "letters that left, of those written": (left.total(), len(case["letters"])),
        "letters in the post": (mails[receipt["reference"]], len(case["letters"])),
    }
    amiss = [f"{what}: {is_so}, not {should}" for what, (is_so, should) in expected.items() if is_so != should]
    return "; ".join(amiss) or None


def wrong_turn(case: dict[str, Any], mails: Counter[str], complaint: Filed) -> str | None:
    """The same for a complaint whose life took a turn of its own: it stands where that ends, and its letters left."""
    left = [letter for letter in case["letters"] if letter["state"] in {"sent", "delivered"}]
    by_hand = [] if complaint.by_mail or complaint.anonymous else ["letter"]
    told_by = [one["facts"]["medium"] for one in case["timeline"] if one["type"] == "ComplaintAcknowledged"]
    expected = {
        "the state": (case["state"], TURNS[complaint.turn or ""].ends),
        "acknowledged": (case["acknowledged_at"] is not None, True),
        "acknowledgements by hand": ([medium for medium in told_by if medium != "email"], by_hand),
        "letters that left, of those written": (len(left), len(case["letters"])),
        "letters in the post": (mails[complaint.receipt["reference"]], len(case["letters"])),
        "letters, if any can reach them": (bool(left), complaint.by_mail),
        "where it goes on": (case["merged_into"], complaint.twin),
    }
    amiss = [f"{what}: {is_so}, not {should}" for what, (is_so, should) in expected.items() if is_so != should]
    return f"{complaint.turn}: {'; '.join(amiss)}" if amiss else None


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
