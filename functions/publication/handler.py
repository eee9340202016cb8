"""Wiring of publication."""

from adapters.clients import items, site
from adapters.queue import each
from adapters.settings import Publishing
from adapters.site import pages_of, settled
from adapters.telemetry import logged, utc_now
from publication.react import react

settings = Publishing.read()
table, place = items(settings), site(settings)
pages = lambda now: pages_of(settings, settled(table, settings, now), now)  # noqa: E731
handler = logged(lambda event, context: each(event, lambda message: react(lambda: pages(utc_now()), place)))
