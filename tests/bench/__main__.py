"""Prints all figures, in about two minutes."""

import json
import os
from typing import Any

os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="eu-central-1")
os.environ.update(POWERTOOLS_SERVICE_NAME="bench", POWERTOOLS_LOG_LEVEL="CRITICAL")
os.environ.update(POWERTOOLS_METRICS_NAMESPACE="Redress")

from tests.bench import lives, paint, queue, speed
from tests.bench.dynamo import READ, Units
from tests.bench.prices import ASSUMED, POLLS_A_MONTH, PRICES, billed, dollars, times_a_month
from tests.world import RESOURCES

WIDTH = 56
# What a design with three timers a complaint was reckoned to need.
FLOORS = {"schedules": 3.0, "runs of timers": 3.0, "write units": 13.0}
COUNTED = (
    "schedules",
    "schedules asked for again",
    "schedules fired",
    "runs of timers",
    "runs of escalation",
    "runs of correspondence",
    "runs of outbox",
    "runs of insight",
    "messages",
    "events",
    "calls of DynamoDB",
    "read units",
    "write units",
    "letters",
    "mails to staff",
)


def main() -> None:
    """Speed, counts, and what they cost."""
    print_speeds()
    caused, whole = {}, {}
    for life in lives.LIVES:
        caused[life.name], whole[life.name] = lives.timers_of(life)
    print_counts(caused, whole)
    print_costs(caused)
    print_flat()
    print_prices()
    print_first_pages()
    print_paints()


def print_speeds() -> None:
    """Ours beside bare Python, on this computer."""
    heading("The core on this computer", "a second", "bare Python", "times")
    for one in speed.measured():
        line(one.what, f"{one.ours:,.0f}", f"{one.floor:,.0f}", f"{one.floor / one.ours:.1f}")


def print_counts(caused: dict[str, Units], whole: dict[str, Units]) -> None:
    """What the timers cause in each life, and what the whole of it takes."""
    heading("What the timers of one complaint cause", *caused, "floor", "times")
    for name in COUNTED:
        floor = FLOORS.get(name)
        numbers = [f"{units[name]:,.0f}" for units in caused.values()]
        ratio = caused["in time"][name] / floor if floor else None
        line(name, *numbers, *((f"{floor:.0f}", f"{ratio:.1f}") if ratio is not None else ()))
    stale = lives.of_a_stale_wake()
    for name, floor in (("calls of DynamoDB", 1), ("read units", 0.5)):
        line(
            f"stale schedule: {name}",
            f"{stale[name]:g}",
            "",
            "",
            f"{floor:g}",
            f"{stale[name] / floor:.1f}",
        )
    heading("The whole life, what staff read included", *whole)
    for name in ("calls of DynamoDB", "read units", "write units", "messages", "letters", "mails to staff"):
        line(name, *(f"{units[name]:,.0f}" for units in whole.values()))


def print_costs(caused: dict[str, Units]) -> None:
    """Dollars for a thousand complaints."""
    heading("Timers of 1,000 complaints, USD", *caused)
    bills = [dollars(billed(units)) for units in caused.values()]
    for name in PRICES:
        line(name, *(f"{bill[name] * 1000:.4f}" for bill in bills))
    line("all", *(f"{sum(bill.values()) * 1000:.4f}" for bill in bills))
    line("all without mails", *(f"{(sum(bill.values()) - bill['mails']) * 1000:.4f}" for bill in bills))


def print_flat() -> None:
    """Dollars a month for what runs although nothing happens."""
    heading("Every month, whatever happens", "times", "USD")
    for resource in RESOURCES.values():
        if resource["Type"] == "AWS::Scheduler::Schedule":
            wanted = resource["Properties"]
            times = times_a_month(wanted["ScheduleExpression"])
            kind = json.loads(wanted["Target"]["Input"])["kind"]
            once = lives.of_one_call(kind)
            once["schedules fired"] += 1
            line(f"{kind}, nothing to do", f"{times:,.0f}", f"{sum(dollars(billed(once)).values()) * times:.4f}")
            if kind == "sweep":
                reads = lives.bytes_of_open_work() * 1000 / READ / 2
                added = reads * times * PRICES["read units"].dollars / 1e6
                line("... and for each 1,000 open complaints", f"{reads:,.0f} reads", f"{added:.4f}")
    queues = [one for one in RESOURCES.values() if one["Type"] == "AWS::Serverless::Function" and _queue(one)]
    polled = POLLS_A_MONTH * PRICES["SQS requests"].dollars / 1e6
    line("polling of one queue by Lambda", f"{POLLS_A_MONTH:,.0f}", f"{polled:.4f}")
    line(f"polling of all {len(queues)} queues", f"{POLLS_A_MONTH * len(queues):,.0f}", f"{polled * len(queues):.4f}")


def _queue(function: dict[str, Any]) -> bool:
    return any(event["Type"] == "SQS" for event in function["Properties"].get("Events", {}).values())


def print_prices() -> None:
    """Where the dollars come from."""
    heading("Prices of a million, eu-central-1, no free tier", "USD")
    for name, price in PRICES.items():
        line(name, f"{price.dollars:.4f}", f"  {price.source}")
    print(f"\n{ASSUMED}")


def print_first_pages() -> None:
    """The first page of a queue: what it reads is the same for each length, and it comes in time."""
    heading("First page of a queue, in memory", "seconds", "at most", "bare Query", "calls", "read units")
    for one in queue.measured():
        read = (f"{one.read['calls of DynamoDB']:g}", f"{one.read['read units']:g}")
        line(f"of {one.open:,} open complaints", f"{one.ours:.3f}", f"{queue.MOST:g}", f"{one.floor:.3f}", *read)


def print_paints() -> None:
    """The public pages as somebody with a cheap telephone meets them."""
    heading("Pages on a slow telephone and line", "ours", "at most", "times")
    found = list(paint.measured())
    for one in found:
        line(one.what, f"{one.ours:.2f}", f"{one.most:g}", f"{one.ours / one.most:.2f}")
    if not found:
        print("There is no Chromium here (apt-get install chromium)")


def heading(title: str, *columns: str) -> None:
    """A line of titles with a rule below."""
    print()
    line(title, *columns)
    print("-" * (WIDTH + 12 * len(columns)))


def line(title: str, *columns: str) -> None:
    """A title and its figures, aligned; the last column may be words."""
    print((f"{title:<{WIDTH}}" + "".join(f"{one:>12}" for one in columns)).rstrip())


if __name__ == "__main__":
    main()
