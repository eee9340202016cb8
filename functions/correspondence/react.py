"""8. CORRESPONDENCE (7.3, 7.8): news, decisions and messages leave, and what became of each letter comes back."""

from datetime import datetime
from typing import Any

from adapters.mail import Post, feedback
from adapters.telemetry import logger
from complaints.events import EVENT
from complaints.history import letter_owed


def react(event: dict[str, Any], post: Post, now: datetime) -> None:
    """Send the letter that a fact made due, or mark one as SES says."""
    if event["source"] == "aws.ses":
        if news := feedback(event):
            post.heard(news.reference, news.letter, news.what, now, soft=news.soft)
        return
    fact = event["detail"]
    if letter := _letter(fact):
        outcome = post.deliver(fact["reference"], letter, now)
        logger.info("letter", reference=fact["reference"], letter=letter, outcome=outcome)


def _letter(fact: dict[str, Any]) -> str | None:
    """The id of the letter that a fact makes due, or None if it makes none."""
    match fact["type"]:
        case "MessageWritten":
            return f"{fact['id']}-message"
        case "NewCodeAsked":
            return f"{fact['id']}-new_code"
        case "LetterOwed":
            return str(fact["letter"])  # the sweep found it unsent
        case _:
            event = EVENT.validate_python(fact)
            kind = letter_owed(event)
            return f"{event.version:06d}-{kind}" if kind else None
