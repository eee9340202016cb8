"""Wiring of evidence."""

from adapters.clients import files, table
from adapters.evidence import Evidence
from adapters.queue import each
from adapters.settings import Checking
from adapters.telemetry import logged, utc_now
from evidence.react import react

settings = Checking.read()
kept = Evidence(table(settings), files(settings))
handler = logged(lambda event, context: each(event, lambda message: react(message, kept, utc_now())))
