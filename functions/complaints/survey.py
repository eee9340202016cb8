"""8.3 What complainants think of how their complaint was handled: asked once after each closing, apart from our answer.

Nobody needs to reply. Nobody ever sees what one person said: figures begin with five answers, and are those of whole
months in which the answers came. A month that is over gets no more answers, and its answers are forgotten long after it
is no longer shown: so its figures never change, and no answer is in two of them. Otherwise two looks a moment apart, at
five answers and at six, would give away the sixth.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from complaints.complaint import CloseReason, Complaint, Frozen, State
from complaints.impartiality import unproven

ENOUGH: Final = 5  # answers, before anybody is shown what they amount to
SHOWN: Final = 24  # months, each once it is over
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
    """Whether the survey is offered: it is closed after an answer, nobody's safety was at stake, everybody may know of
    it (no figure may tell that there is another one), and its complainant has `agreed` to be asked. Those without a
    name could not, and come by their code alone.
    """
    closed = complaint.state == State.CLOSED and complaint.closed_reason not in NOT_ASKED
    grave = complaint.safety or complaint.risk_found
    kept_apart = grave or complaint.restricted or unproven(complaint)
    return closed and not kept_apart and (agreed or complaint.anonymous)


def published(month: str, today: date) -> bool:
    """Whether the figures of a month (`2026-11`) are shown on a day; both are the organisation's local time."""
    age = 12 * (today.year - int(month[:4])) + today.month - int(month[5:])
    return 1 <= age <= SHOWN


def rated(marks: Iterable[Marks]) -> dict[str, Rated]:
    """By question, in the order in which they are asked."""
    said = [one.said for one in marks]
    by_question = {name: [one[name] for one in said if name in one] for name in QUESTIONS}
    return {name: Rated(answers=len(given), mean=_mean(given)) for name, given in by_question.items()}


def _mean(given: list[int]) -> float | None:
    return round(sum(given) / len(given), 1) if len(given) >= ENOUGH else None
