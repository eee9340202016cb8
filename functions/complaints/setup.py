"""Setting up, in the order in which the standard is introduced. Nothing is ticked by hand: each condition is a fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from complaints.roles import Role

StepName = Literal["customer", "team", "training", "documents", "practice", "audit", "review", "application"]
Condition = Literal[
    "rules_settled",
    "hours_told",
    "address_told",
    "representative",
    "two_handlers",
    "approver",
    "reviewer",
    "on_call",
    "posts_filled",
    "everybody_trained",
    "commitment_signed",
    "policy_approved",
    "commitment_read",
    "policy_read",
    "words_copied",
    "objective_set",
    "complaint_closed",
]
STEPS: dict[StepName, tuple[Condition, ...]] = {
    "customer": ("rules_settled", "hours_told", "address_told"),
    "team": ("representative", "two_handlers", "approver", "reviewer", "on_call"),
    "training": ("posts_filled", "everybody_trained"),
    "documents": ("commitment_signed", "policy_approved", "commitment_read", "policy_read", "words_copied"),
    "practice": ("objective_set", "complaint_closed"),
    # These three are done outside the product: it keeps no record of them, and so ticks none.
    "audit": (),
    "review": (),
    "application": (),
}


@dataclass(frozen=True)
class Facts:
    """What is there now. `staff` has the roles of each who works here, by `sub`; `alone`: one person is the firm."""

    staff: Mapping[str, frozenset[str]]
    alone: bool
    rules_settled: bool
    hours_told: bool
    address_told: bool
    on_call: bool
    resources: bool
    vacant: bool
    untrained: bool
    approved: frozenset[str]  # documents that are in force
    unread: frozenset[str]  # documents in force that somebody has still to read
    words_missing: bool
    objectives: int
    closed: int


@dataclass(frozen=True)
class Step:
    """One step, and whether each of its conditions is met."""

    name: StepName
    conditions: tuple[tuple[Condition, bool], ...]

    @property
    def done(self) -> bool:
        """Whether nothing of it is missing; never so of a step that the product knows nothing about."""
        return bool(self.conditions) and all(met for _, met in self.conditions)


def steps(facts: Facts) -> tuple[Step, ...]:
    """Every step in its order."""
    met = conditions(facts)
    return tuple(Step(name, tuple((one, met[one]) for one in STEPS[name])) for name in get_args(StepName))


def conditions(facts: Facts) -> dict[Condition, bool]:
    """Whether each condition is met. Where one person is the firm, that one is everybody."""
    holding = {role: {sub for sub, roles in facts.staff.items() if role in roles} for role in Role}
    handlers = holding[Role.HANDLER] | holding[Role.LEAD]
    approvers = holding[Role.LEAD] | holding[Role.MANAGEMENT_REPRESENTATIVE] | holding[Role.TOP_MANAGEMENT]
    reviewers = holding[Role.REVIEWER] | holding[Role.LEAD] | holding[Role.MANAGEMENT_REPRESENTATIVE]
    return {
        "rules_settled": facts.rules_settled,
        "hours_told": facts.hours_told,
        "address_told": facts.address_told,
        "representative": bool(holding[Role.MANAGEMENT_REPRESENTATIVE]),
        "two_handlers": len(handlers) >= (1 if facts.alone else 2),
        # Whoever approves did not propose, and whoever reviews did neither: that takes a second and a third person.
        "approver": bool(approvers) and (facts.alone or len(handlers | approvers) >= 2),
        "reviewer": bool(reviewers) and (facts.alone or len(handlers | approvers | reviewers) >= 3),
        "on_call": facts.on_call,
        "posts_filled": facts.resources and not facts.vacant,
        "everybody_trained": facts.resources and not facts.untrained,
        "commitment_signed": "commitment" in facts.approved,
        "policy_approved": "policy" in facts.approved,
        "commitment_read": "commitment" in facts.approved - facts.unread,
        "policy_read": "policy" in facts.approved - facts.unread,
        "words_copied": facts.rules_settled and not facts.words_missing,
        "objective_set": facts.objectives > 0,
        "complaint_closed": facts.closed > 0,
    }
