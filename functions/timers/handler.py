"""Wiring of timers."""

from adapters.clients import bus, scheduler, table
from adapters.queue import each
from adapters.settings import Timing
from adapters.telemetry import logged, utc_now
from timers.react import react

settings = Timing.read()
kept, schedules, told = table(settings), scheduler(settings), bus(settings)
handler = logged(lambda event, context: each(event, lambda one: react(one, kept, schedules, told, utc_now())))
