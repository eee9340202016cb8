"""Wiring of publication."""

from adapters.clients import items, site
from adapters.queue import together
from adapters.settings import Publishing
from adapters.site import pages_of, settled
from adapters.telemetry import logged, utc_now
from publication.react import react

settings = Publishing.read()
table, place = items(settings), site(settings)
read = lambda: settled(table, settings, utc_now())  # noqa: E731
draw = lambda said: pages_of(settings, said)  # noqa: E731
handler = logged(lambda event, context: together(event, lambda: react(read, draw, place)))
