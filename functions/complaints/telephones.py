"""What a call costs, as the number says it: nobody pays more than for any other call to complain (ISO 10002, 4.8)."""

import re
from typing import Literal, NamedTuple

Rate = Literal["free", "standard", "higher"]


class Plan(NamedTuple):
    """How a country's numbers look that are free, and that cost more than an ordinary call, whoever gets the
    difference: patterns, for the digits as they are dialled inside it. From abroad, a 0 stands for its code.
    """

    code: str
    free: str
    higher: str


# Where the 0 before an area may be left out, it is optional; without it, 116 and 118 are services and no towns.
PLANS = {
    "TR": Plan("90", "0?800", "0?(888|898|900)"),
    "GB": Plan("44", "0?80[08]|116", "0?(8[47]|9)|118"),
    "IE": Plan("353", r"0?1800\d{6}$|116", r"0?15\d{8}$|118"),  # shorter ones are in Dublin, whose area is 1
    "AU": Plan("61", "0?180", "0?19"),
}


def rate(number: str, country: str) -> Rate:
    """What it costs to call a number as people write it, dialled in a country (ISO 3166). Of a country that we have no
    plan for, every number counts as standard.
    """
    digits = re.sub(r"[^+0-9]", "", number)
    if digits.startswith(("+", "00")):
        abroad = digits.lstrip("+0")
        plan = next((plan for plan in PLANS.values() if abroad.startswith(plan.code)), None)
        digits = f"0{abroad.removeprefix(plan.code).removeprefix('0')}" if plan else abroad
    else:
        plan = PLANS.get(country)
    if plan is None:
        return "standard"
    if re.match(plan.free, digits):
        return "free"
    return "higher" if re.match(plan.higher, digits) else "standard"
