"""Wiring of desk."""

from mangum import Mangum

from adapters.clients import absences, figures, files, registers, rulebook, sealed_table, search, vault
from adapters.settings import Web
from adapters.telemetry import logged, utc_now
from desk.app import build

settings = Web.read()
safe = vault(settings)
table, book, leave = sealed_table(settings, safe), rulebook(settings), absences(settings)
finder = search(settings, safe)
kept = (table, safe, files(settings), book, registers(settings), figures(settings), leave, finder)
app = build(*kept, utc_now, settings)
handler = logged(Mangum(app, lifespan="off"))
