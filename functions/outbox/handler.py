"""Wiring of outbox."""

from adapters.clients import bus
from adapters.settings import Announcing
from adapters.telemetry import logged
from outbox.react import react

told = bus(Announcing.read())
handler = logged(lambda event, context: react(event["Records"], told))
