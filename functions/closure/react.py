"""7. CLOSING (7.9): a complaint was closed, so its complainant is told what was done and how to come back."""

from datetime import datetime
from typing import Any

from adapters.mail import Post
from adapters.telemetry import logger


def react(event: dict[str, Any], post: Post, now: datetime) -> None:
    """Send the closing letter that the fact on the bus made due. Told twice, it sends once."""
    fact = event["detail"]
    outcome = post.deliver(fact["reference"], f"{fact['version']:06d}-closing", now)
    logger.info("closing", reference=fact["reference"], outcome=outcome)
