"""The site's bucket: the public pages, written again whenever what they say has changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from mimetypes import guess_type
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from adapters.items import Items
from adapters.leaflet import Told, leaflet, poster
from adapters.registers import Registers
from adapters.render import Pages, promises, words
from adapters.rulebook import Rulebook
from adapters.settings import Shown
from adapters.versions import Version
from complaints.contrast import Accent
from complaints.framework import Commitment, Contact, InForce, Look, Policy, Privacy, reached_by
from complaints.handling import handling
from complaints.language import LANGUAGES
from complaints.rules import Organisation, Rules

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Files = Mapping[str, bytes]  # by their keys in the bucket

#: Asked for again every time: an address that stays while its content changes. CloudFront keeps it for a second.
ASK_AGAIN = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
NEVER_KEPT = "no-store"
#: A name that Vite made from the content, such as index-B7xK9_aQ.js.
FROM_CONTENT = re.compile(r"-[\w-]{8}\.\w+$")


class Site:
    """The bucket that CloudFront serves."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, path: str, content: bytes) -> None:
        """One file, with its type and how long a browser may keep it."""
        self._client.put_object(
            Bucket=self._bucket,
            Key=path,
            Body=content,
            ContentType=content_type(path),
            CacheControl=cache_control(path),
            Metadata={"mark": mark_of(path, content)},
        )

    def publish(self, files: Files) -> None:
        """Those files that do not stand there so already, what pages show before the pages."""
        for path in sorted(files, key=lambda path: not path.startswith("assets/")):
            if self._mark(path) != mark_of(path, files[path]):
                self.put(path, files[path])

    def _mark(self, path: str) -> str | None:
        try:
            return self._client.head_object(Bucket=self._bucket, Key=path)["Metadata"].get("mark")
        except ClientError:  # not there, which S3 does not tell apart for whoever may not list the bucket
            return None


def mark_of(path: str, content: bytes) -> str:
    """Tells a file from all others, with how it is served."""
    return sha256(f"{content_type(path)}\n{cache_control(path)}\n".encode() + content).hexdigest()


@dataclass(frozen=True)
class Settled:
    """What the organisation has settled, as far as the pages show it on a local day."""

    on: date
    rules: Version[Organisation]
    contact: Contact
    look: Look
    commitment: Version[InForce[Commitment]] | None = None
    policy: Version[InForce[Policy]] | None = None
    privacy: Privacy | None = None


def settled(items: Items, firm: Shown, now: datetime) -> Settled:
    """What the table holds now, and of its documents those that hold on the local day."""
    registers, today = Registers(items, firm), firm.home.day_of(now)
    return Settled(
        today,
        Rulebook(items, firm).newest(),
        registers["contact"].newest().content,
        registers.look(),
        registers.in_force("commitment", today),
        registers.in_force("policy", today),
        registers["privacy"].newest().content,
    )


def as_installed(firm: Shown, now: datetime) -> Settled:
    """What holds before anybody has settled anything."""
    rules = Version(of="rules", version=0, content=Organisation())
    contact = reached_by(firm.help_phone, firm.calendar[:2])
    return Settled(firm.home.day_of(now), rules, contact, Look(firm.organisation))


def pages_of(firm: Shown, said: Settled) -> dict[str, bytes]:
    """Every page that is the same for everybody with what it shows, and leaflet and poster."""
    rules = Rules(said.rules.content, firm.home, firm.approver_may_be_handler)
    promised, about = promises(rules, said.on), handling(rules, said.on, said.rules.version, said.rules.at)
    alone = firm.approver_may_be_handler
    given = (lambda: said.look, lambda: said.contact, firm.site_url, lambda: promised, firm.time_zone)
    pages = Pages(*given, alone=alone)
    written = pages.static_pages(about, said.commitment, said.policy, said.privacy)
    files = {path: page.encode() for path, page in written.items()}
    files["assets/brand.css"] = style(said.look.accent).encode()
    if said.look.logo:
        files[f"assets/{said.look.logo.file}"] = said.look.logo.content
    for language in LANGUAGES:
        spoken = words(language, alone=alone)
        told = Told(language, spoken, said.look.name, firm.site_url, said.contact, promised, about)
        files |= {spoken["leaflet"]["files"][draw.__name__]: draw(told) for draw in (leaflet, poster)}
    return files


def style(accent: Accent | None) -> str:
    """The organisation's colour for pages and desk, by day and by night; paper takes none. Empty without one."""
    if accent is None:
        return ""
    dark = f"@media (prefers-color-scheme: dark) {{ html:root {{ --accent: {accent.dark}; }} }}\n"
    paper = "@media print { html:root { --accent: #000000; } }\n"
    return f"html:root {{ --accent: {accent.light}; }}\n{dark}{paper}"


def content_type(path: str) -> str:
    """The media type by the name's ending; text says that it is UTF-8."""
    found = guess_type(path)[0] or "application/octet-stream"
    text = found.startswith("text/") or found in {"application/json", "application/javascript", "image/svg+xml"}
    return f"{found}; charset=utf-8" if text else found


def cache_control(path: str) -> str:
    """How long a browser may keep it."""
    if path == "staff/config.json":
        return NEVER_KEPT
    return FOR_EVER if FROM_CONTENT.search(path) else ASK_AGAIN
