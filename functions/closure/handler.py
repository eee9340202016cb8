"""Wiring of closure."""

from adapters.clients import erasure, post
from adapters.queue import each
from adapters.settings import Closing
from adapters.telemetry import logged, utc_now
from closure.react import react

settings = Closing.read()
sent, ends = post(settings), erasure(settings)
handler = logged(lambda event, context: each(event, lambda message: react(message, sent, ends, utc_now())))
