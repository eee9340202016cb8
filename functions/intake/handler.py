"""Wiring of intake."""

from mangum import Mangum

from adapters.clients import files, sealed_table, vault
from adapters.render import Pages, Promises
from adapters.settings import Web
from adapters.telemetry import logged, utc_now
from intake.app import build

settings = Web.read()
safe = vault(settings)
pack = settings.rules.pack
promises = Promises(acknowledge_days=pack.acknowledge.days, update_days=None, answer_days=pack.answer.days)
pages = Pages(settings.organisation, settings.help_phone, settings.site_url, promises, settings.time_zone)
handler = logged(Mangum(build(sealed_table(settings, safe), safe, files(settings), pages, utc_now), lifespan="off"))
