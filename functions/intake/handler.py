"""Wiring of intake."""

from mangum import Mangum

from adapters.clients import files, registers, sealed_table, vault
from adapters.render import Pages, promises
from adapters.settings import Web
from adapters.telemetry import logged, utc_now
from intake.app import build

settings = Web.read()
safe = vault(settings)
table = sealed_table(settings, safe)
promised = lambda: promises(table.rules, settings.home.day_of(utc_now()))  # noqa: E731
known = registers(settings)
given = (known.look, known.contact, settings.site_url, promised, settings.time_zone)
pages = Pages(*given, alone=settings.approver_may_be_handler)
handler = logged(Mangum(build(table, safe, files(settings), pages, utc_now), lifespan="off"))
