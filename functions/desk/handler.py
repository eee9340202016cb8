"""Wiring of desk."""

from mangum import Mangum

from adapters.clients import absences, files, registers, rulebook, sealed_table, search, vault
from adapters.settings import Web
from adapters.telemetry import logged, utc_now
from desk.app import build

settings = Web.read()
safe = vault(settings)
table, book, leave = sealed_table(settings, safe), rulebook(settings), absences(settings)
finder = search(settings, safe)
app = build(table, safe, files(settings), book, registers(settings), leave, finder, utc_now, settings)
handler = logged(Mangum(app, lifespan="off"))
