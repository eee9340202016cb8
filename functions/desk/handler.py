"""Wiring of desk."""

from mangum import Mangum

from adapters.clients import files, sealed_table, vault
from adapters.settings import Web
from adapters.telemetry import logged, utc_now
from desk.app import build

settings = Web.read()
safe = vault(settings)
app = build(sealed_table(settings, safe), safe, files(settings), utc_now, settings.organisation)
handler = logged(Mangum(app, lifespan="off"))
