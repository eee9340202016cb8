"""From settings to adapters: what the handlers wire together. Only handlers import this."""

import base64
from functools import cache

import boto3
from botocore.config import Config

from adapters.absences import Absences
from adapters.bus import Bus
from adapters.erasure import Erasure
from adapters.figures import Figures
from adapters.files import Files
from adapters.items import Items
from adapters.mail import Courier, Post
from adapters.notices import Notices
from adapters.registers import Registers
from adapters.rulebook import Rulebook
from adapters.scheduler import Scheduler
from adapters.search import Search
from adapters.settings import (
    Announcing,
    Checking,
    Closing,
    Informing,
    Posting,
    Publishing,
    Sealed,
    Stored,
    Timing,
    Web,
)
from adapters.site import Site
from adapters.table import Table
from adapters.vault import Vault

PATIENT = Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3})
ONCE = Config(connect_timeout=1, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1})


def vault(settings: Sealed) -> Vault:
    """The vault under the stage's root secret, read once in the life of the process."""
    stored = boto3.client("ssm", config=PATIENT).get_parameter(Name=settings.root_secret, WithDecryption=True)
    return Vault(base64.b64decode(stored["Parameter"]["Value"]))


@cache
def rulebook(settings: Web | Posting | Timing | Informing | Checking) -> Rulebook:
    """What the organisation has settled. One a process: whoever settles something goes by it at once."""
    return Rulebook(Items(boto3.client("dynamodb", config=PATIENT), settings.table), settings)


@cache
def registers(settings: Web | Posting | Informing) -> Registers:
    """What else it has settled, in the same way."""
    return Registers(Items(boto3.client("dynamodb", config=PATIENT), settings.table), settings)


def sealed_table(settings: Web | Posting, safe: Vault) -> Table:
    """The table with the means to read words."""
    client = boto3.client("dynamodb", config=PATIENT)
    items, keys = Items(client, settings.table), Items(client, settings.keys_table)
    return Table(items, rulebook(settings).rules, safe, keys)


def table(settings: Timing | Informing | Checking) -> Table:
    """The table without the means to read words."""
    items = Items(boto3.client("dynamodb", config=PATIENT), settings.table)
    return Table(items, rulebook(settings).rules)


def absences(settings: Stored) -> Absences:
    """The register of leave."""
    return Absences(Items(boto3.client("dynamodb", config=PATIENT), settings.table))


def search(settings: Stored, safe: Vault) -> Search:
    """What complaints are found by."""
    return Search(Items(boto3.client("dynamodb", config=PATIENT), settings.table), safe)


def notices(settings: Stored) -> Notices:
    """What staff are to be told."""
    return Notices(Items(boto3.client("dynamodb", config=PATIENT), settings.table))


def figures(settings: Stored) -> Figures:
    """The counters."""
    return Figures(Items(boto3.client("dynamodb", config=PATIENT), settings.table))


def files(settings: Web | Checking | Closing) -> Files:
    """The bucket of evidence, addressed in its region: the global host redirects while a bucket is new, and an upload
    from a browser does not survive that. Signature 4, for newer buckets take no other.
    """
    signed = PATIENT.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
    here = boto3.client("s3", config=signed).meta.endpoint_url
    return Files(boto3.client("s3", config=signed, endpoint_url=here), settings.files_bucket)


def items(settings: Stored) -> Items:
    """The table, item by item."""
    return Items(boto3.client("dynamodb", config=PATIENT), settings.table)


def site(settings: Publishing) -> Site:
    """The bucket of the public pages."""
    return Site(boto3.client("s3", config=PATIENT), settings.site_bucket)


def bus(settings: Announcing) -> Bus:
    """The bus."""
    return Bus(boto3.client("events", config=PATIENT), settings.bus)


def scheduler(settings: Timing) -> Scheduler:
    """The scheduler."""
    return Scheduler(boto3.client("scheduler", config=PATIENT), settings)


def post(settings: Posting) -> Post:
    """The post. One attempt a letter: a second one by the SDK would be a second letter."""
    safe = vault(settings)
    return Post(boto3.client("sesv2", config=ONCE), sealed_table(settings, safe), settings, registers(settings), safe)


def erasure(settings: Closing) -> Erasure:
    """What destroys."""
    safe = vault(settings)
    keys = Items(boto3.client("dynamodb", config=PATIENT), settings.keys_table)
    return Erasure(sealed_table(settings, safe), keys, search(settings, safe), files(settings))


def courier(settings: Informing) -> Courier:
    """The way to staff. One attempt a mail, as for letters."""
    return Courier(boto3.client("sesv2", config=ONCE), settings, registers(settings))
