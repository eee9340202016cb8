"""List prices of eu-central-1 in US dollars, without free tiers, and what is assumed where nothing can be counted."""

from collections.abc import Mapping
from typing import NamedTuple


class Price(NamedTuple):
    """Dollars for a million, and where and when that was read."""

    dollars: float
    source: str


PRICES = {
    "read units": Price(0.1525, "DynamoDB on demand, aws.amazon.com/dynamodb/pricing/on-demand, 2025-07"),
    "write units": Price(0.7625, "the same"),
    "Lambda requests": Price(0.20, "api-evangelist, 2026-05"),
    "Lambda GB-s": Price(13.3334, "arm64, AWS's list, from memory"),
    "SQS requests": Price(0.40, "standard queue, cloudburn.io, 2026-03"),
    "schedules fired": Price(1.00, "EventBridge Scheduler, AWSEvents price list, 2025-01; cloudburn.io, 2026-03"),
    "events": Price(1.00, "EventBridge custom events, AWSEvents price list, 2025-01"),
    "mails": Price(100.00, "SES a la carte, AWS price list, 2026-07-22"),
}
MEMORY_GB = 0.25  # of every reaction, in template.yaml
WARM, COLD, COLD_SHARE = 0.06, 1.5, 0.02  # seconds of a run, seconds that a cold start adds, and how often it does
REQUESTS_A_MESSAGE = 3  # send, receive, delete
MINUTES_A_MONTH = 60 * 24 * 30.4
POLLS_A_MONTH = 5 * 3 * MINUTES_A_MONTH  # of a queue by Lambda: five readers, twenty seconds each
RUN = f"{WARM * 1000:.0f} ms at {MEMORY_GB * 1024:.0f} MB, and {COLD} s more for {COLD_SHARE:.0%} of them"
ASSUMED = f"""\
Each message of a queue and each batch of the stream is a run of its own: {RUN}.
A message is {REQUESTS_A_MESSAGE} requests of SQS, and its run reads the rules once. Units of DynamoDB by its rules of
sizing: writes twice in a transaction, and each index by what changes in it. A mail to staff is taken to tell of
one complaint; in truth it tells of all that wait, so this is the most. Lambda and SQS at prices of us-east-1."""


def times_a_month(schedule: str) -> float:
    """How often an expression of EventBridge Scheduler fires: `rate(15 minutes)`, or a `cron` that comes every day."""
    every, _, what = schedule.partition("(")
    if every == "cron" and what.endswith("* * ? *)"):
        return MINUTES_A_MONTH / (60 * 24)
    return MINUTES_A_MONTH / int(what.removesuffix(" minutes)"))


def billed(units: Mapping[str, float]) -> dict[str, float]:
    """What AWS bills for counted units: runs become requests and GB-seconds, messages become requests of SQS."""
    runs = sum(number for name, number in units.items() if name.startswith("runs of "))
    return {
        "read units": units["read units"] + units["messages"],
        "write units": units["write units"],
        "Lambda requests": runs,
        "Lambda GB-s": runs * MEMORY_GB * (WARM + COLD_SHARE * COLD),
        "SQS requests": units["messages"] * REQUESTS_A_MESSAGE,
        "schedules fired": units["schedules fired"],
        "events": units["events"],
        "mails": units["letters"] + units["mails to staff"],
    }


def dollars(bill: Mapping[str, float]) -> dict[str, float]:
    """The price of each line of a bill."""
    return {name: number * PRICES[name].dollars / 1e6 for name, number in bill.items()}
