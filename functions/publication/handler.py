"""Wiring of publication."""

from adapters.clients import items, site
from adapters.queue import each
from adapters.settings import Publishing
from adapters.site import Files, pages_of, settled
from adapters.telemetry import logged, utc_now
from publication.react import react

settings = Publishing.read()
table, place = items(settings), site(settings)


def pages() -> Files:
    """As they are to stand now."""
    now = utc_now()
    return pages_of(settings, settled(table, settings, now), now)


handler = logged(lambda event, context: each(event, lambda message: react(pages, place)))
