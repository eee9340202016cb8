"""The initial assessment (ISO 10002, 7.5): six criteria and the priority that follows from them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool


class Assessment(BaseModel):
    """The six criteria as an assessor gives them, and what bears on them; the last two warn, and set no priority."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: int = Field(ge=1, le=4, strict=True)
    safety: Literal["none", "possible", "actual"]
    complexity: int = Field(ge=1, le=3, strict=True)
    impact: Literal["one", "several", "many"]
    action_needed: StrictBool
    action_possible: StrictBool
    vulnerable: StrictBool = False
    repeat: StrictBool = False  # the same person, or the same fault, before
    compensation_likely: StrictBool = False
    watched: StrictBool = False  # the press, or a regulator, follows it


def priority(found: Assessment) -> tuple[int, str]:
    """The priority, 1 (most urgent) to 4, and the code of the criterion that set it. First match wins."""
    rows = (
        (1, "safety_actual", found.safety == "actual"),
        (1, "severity_critical", found.severity == 4),
        (2, "safety_possible", found.safety == "possible"),
        (2, "severity_serious", found.severity == 3),
        (2, "action_for_several", found.action_needed and found.impact != "one"),
        (2, "vulnerable", found.vulnerable and found.severity >= 2),
        (3, "severity_moderate", found.severity == 2),
        (3, "repeat", found.repeat),
        (3, "complex", found.complexity == 3),
    )
    return next(((level, code) for level, code, holds in rows if holds), (4, "ordinary"))
