"""What a call costs, as the number says it: nobody pays more than for any other call to complain (ISO 10002, 4.8)."""

import re
from typing import Literal, NamedTuple

Rate = Literal["free", "standard", "higher"]


class Plan(NamedTuple):
    """How a country's numbers begin, without the 0 that is dialled inside it: those that are free, and those that cost
    more than an ordinary call, whoever gets the difference.
    """

    code: str
    free: tuple[str, ...]
    higher: tuple[str, ...]


PLANS = {
    "TR": Plan("90", ("800",), ("888", "898", "900")),
    "GB": Plan("44", ("800", "808", "116"), ("84", "87", "9", "118")),
    "IE": Plan("353", ("1800", "116"), ("15", "118")),
    "AU": Plan("61", ("180",), ("19",)),
}


def rate(number: str, country: str) -> Rate:
    """What it costs to call a number as people write it, dialled in a country (ISO 3166). Of a country that we have no
    plan for, every number counts as standard.
    """
    digits = re.sub(r"[^+0-9]", "", number)
    if digits.startswith(("+", "00")):
        rest = digits.lstrip("+0")
        plan = next((plan for plan in PLANS.values() if rest.startswith(plan.code)), None)
        national = rest.removeprefix(plan.code) if plan else rest
    else:
        plan, national = PLANS.get(country), digits
    if plan is None:
        return "standard"
    national = national.removeprefix("0")
    if national.startswith(plan.free):
        return "free"
    return "higher" if national.startswith(plan.higher) else "standard"
