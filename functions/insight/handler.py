"""Wiring of insight."""

from zoneinfo import ZoneInfo

from adapters.clients import figures
from adapters.settings import Counting
from adapters.telemetry import logged
from insight.react import react

settings = Counting.read()
zone = ZoneInfo(settings.time_zone)
kept = figures(settings)
handler = logged(lambda event, context: react(event["Records"], kept, lambda at: at.astimezone(zone).date()))
