"""Wiring of publication."""

from adapters.clients import items, site
from adapters.queue import each
from adapters.settings import Publishing
from adapters.site import as_now
from adapters.telemetry import logged, utc_now
from publication.react import react

settings = Publishing.read()
table, place = items(settings), site(settings)
handler = logged(
    lambda event, context: each(event, lambda message: react(lambda: as_now(table, settings, utc_now()), place))
)
