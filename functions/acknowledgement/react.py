"""4. ACKNOWLEDGEMENT (7.4): a complaint was received or reopened, so its receipt is confirmed by letter."""

from datetime import datetime
from typing import Any

from adapters.mail import Post
from adapters.telemetry import logger


def react(event: dict[str, Any], post: Post, now: datetime) -> None:
    """Send the acknowledgement that the fact on the bus made due. Told twice, it sends once."""
    fact = event["detail"]
    outcome = post.deliver(fact["reference"], f"{fact['version']:06d}-acknowledgement", now)
    logger.info("acknowledgement", reference=fact["reference"], outcome=outcome)
