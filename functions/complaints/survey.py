"""8.3 What complainants think of how their complaint was handled: asked once after each closing, apart from our answer.

Nobody needs to reply. Whoever handled the complaint never sees what one person said: figures begin with five answers.
"""

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field

from complaints.complaint import CloseReason, Complaint, Frozen, State
from complaints.impartiality import unproven

ENOUGH: Final = 5  # answers, before anybody is shown what they amount to
NOT_ASKED: Final = frozenset({CloseReason.WITHDRAWN, CloseReason.MERGED, CloseReason.OUT_OF_SCOPE})

Mark = Annotated[int, Field(ge=1, le=5, strict=True)]


class Marks(Frozen):
    """How far somebody agrees, from 1 (not at all) to 5 (completely); None is a question that was left out. The last
    one is about our answer, all others about the way to it.
    """

    easy: Mark | None = None
    informed: Mark | None = None
    fair: Mark | None = None
    courteous: Mark | None = None
    quick: Mark | None = None
    outcome: Mark | None = None

    @property
    def said(self) -> dict[str, int]:
        """The questions that were answered."""
        return self.model_dump(exclude_none=True)


QUESTIONS: Final = tuple(Marks.model_fields)
MARKS: Final = range(1, 6)


class Rated(Frozen):
    """What the answers to one question amount to; `mean` is rounded to a tenth, and None while there are too few."""

    answers: int
    mean: float | None


def may_rate(complaint: Complaint, *, agreed: bool) -> bool:
    """Whether the survey is offered: it is closed after an answer, nobody's safety was at stake, and its complainant
    has `agreed` to be asked. Those without a name could not, and come by their code alone.
    """
    closed = complaint.state == State.CLOSED and complaint.closed_reason not in NOT_ASKED
    grave = complaint.safety or complaint.risk_found
    return closed and not grave and not unproven(complaint) and (agreed or complaint.anonymous)


def rated(marks: Iterable[Marks]) -> dict[str, Rated]:
    """By question, in the order in which they are asked."""
    said = [one.said for one in marks]
    by_question = {name: [one[name] for one in said if name in one] for name in QUESTIONS}
    return {name: Rated(answers=len(given), mean=_mean(given)) for name, given in by_question.items()}


def _mean(given: list[int]) -> float | None:
    return round(sum(given) / len(given), 1) if len(given) >= ENOUGH else None
