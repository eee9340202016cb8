"""Wiring of escalation."""

from adapters.clients import absences, courier, notices, table
from adapters.queue import each
from adapters.settings import Informing
from adapters.telemetry import logged, utc_now
from escalation.react import Office, react

settings = Informing.read()
office = Office(table(settings), absences(settings), notices(settings), courier(settings))
handler = logged(lambda event, context: each(event, lambda message: react(message, office, utc_now())))
