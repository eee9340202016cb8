"""7. CLOSING (7.9): a complaint was closed, so its complainant is told what was done and how to come back; and when it
is kept no longer, it is destroyed.
"""

from datetime import datetime
from typing import Any

from adapters.erasure import Erasure
from adapters.mail import Post
from adapters.telemetry import logger


def react(event: dict[str, Any], post: Post, erasure: Erasure, now: datetime) -> None:
    """Send the closing letter that the fact on the bus made due, once however often it is told; or, when the night's
    schedule fired, destroy what is kept no longer.
    """
    if event.get("kind") == "destroy":
        erasure.run(now)
        return
    fact = event["detail"]
    outcome = post.deliver(fact["reference"], f"{fact['version']:06d}-closing", now)
    logger.info("closing", reference=fact["reference"], outcome=outcome)
