"""Wiring of correspondence."""

from adapters.clients import post
from adapters.queue import each
from adapters.settings import Posting
from adapters.telemetry import logged, utc_now
from correspondence.react import react

sent = post(Posting.read())
handler = logged(lambda event, context: each(event, lambda message: react(message, sent, utc_now())))
