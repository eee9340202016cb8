"""8. CORRESPONDENCE (7.3, 7.8): decisions and messages leave, and what became of each letter comes back."""

from datetime import datetime
from typing import Any

from adapters.mail import Post, feedback
from adapters.telemetry import logger


def react(event: dict[str, Any], post: Post, now: datetime) -> None:
    """Send the letter that a fact made due, or mark one as SES says."""
    if event["source"] == "aws.ses":
        if news := feedback(event):
            post.heard(news.reference, news.letter, news.what, now, soft=news.soft)
        return
    fact = event["detail"]
    letter = _letter(fact)
    outcome = post.deliver(fact["reference"], letter, now)
    logger.info("letter", reference=fact["reference"], letter=letter, outcome=outcome)


def _letter(fact: dict[str, Any]) -> str:
    match fact["type"]:
        case "ComplaintDecided":
            return f"{fact['version']:06d}-decision"
        case "MessageWritten":
            return f"{fact['id']}-message"
        case _:
            return str(fact["letter"])  # LetterOwed: the sweep found it unsent
