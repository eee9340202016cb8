"""The site's bucket: the public pages, written again whenever what they say has changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
from complaints.framework import Commitment, Contact, InForce, Policy, Privacy, reached_by
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
#: Written before all others without a mark, and after them with that of all of them: where that stands, they stand.
LAST = "index.html"


class Site:
    """The bucket that CloudFront serves."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, path: str, content: bytes, mark: str = "") -> None:
        """One file, with its type and how long a browser may keep it."""
        self._client.put_object(
            Bucket=self._bucket,
            Key=path,
            Body=content,
            ContentType=content_type(path),
            CacheControl=cache_control(path),
            Metadata={"mark": mark} if mark else {},
        )

    def publish(self, files: Files) -> None:
        """All pages. Whoever is stopped half-way has left no mark, and so they are written again."""
        for path in sorted(files, key=lambda path: path != LAST):
            self.put(path, files[path])
        self.put(LAST, files[LAST], mark_of(files))

    def mark(self) -> str | None:
        """The mark of the pages that stand there; None where none do."""
        try:
            return self._client.head_object(Bucket=self._bucket, Key=LAST)["Metadata"].get("mark")
        except ClientError:  # not there, which S3 does not tell apart for whoever may not list the bucket
            return None


def mark_of(files: Files) -> str:
    """Tells these pages from all others."""
    return sha256(b"".join(path.encode() + b"\0" + files[path] for path in sorted(files))).hexdigest()


@dataclass(frozen=True)
class Settled:
    """What the organisation has settled, as far as the pages show it."""

    rules: Version[Organisation]
    contact: Contact
    commitment: Version[InForce[Commitment]] | None = None
    policy: Version[InForce[Policy]] | None = None
    privacy: Privacy | None = None
    accent: Accent | None = None


def settled(items: Items, firm: Shown, now: datetime) -> Settled:
    """What the table holds now, and of its documents those that hold on the local day."""
    registers, today = Registers(items, firm), firm.home.day_of(now)
    return Settled(
        Rulebook(items, firm).newest(),
        registers["contact"].newest().content,
        registers.in_force("commitment", today),
        registers.in_force("policy", today),
        registers["privacy"].newest().content,
        registers.accent(),
    )


def as_installed(firm: Shown) -> Settled:
    """What holds before anybody has settled anything."""
    rules = Version(of="rules", version=0, content=Organisation())
    return Settled(rules, reached_by(firm.help_phone, firm.calendar[:2]))


def as_now(items: Items, firm: Shown, now: datetime) -> Files:
    """The files as they are to stand at a moment."""
    return pages_of(firm, settled(items, firm, now), now)


def pages_of(firm: Shown, said: Settled, now: datetime) -> dict[str, bytes]:
    """Every page that is the same for everybody, and leaflet and poster, under what is settled and on the local day
    of a moment (UTC).
    """
    rules = Rules(said.rules.content, firm.home, firm.approver_may_be_handler)
    today = rules.calendar.day_of(now)
    promised, about = promises(rules, today), handling(rules, today, said.rules.version, said.rules.at)
    alone = firm.approver_may_be_handler
    given = (firm.organisation, lambda: said.contact, firm.site_url, lambda: promised, firm.time_zone)
    pages = Pages(*given, accent=lambda: said.accent, alone=alone)
    written = pages.static_pages(about, said.commitment, said.policy, said.privacy)
    files = {path: page.encode() for path, page in written.items()}
    files["assets/brand.css"] = style(said.accent).encode()
    for language in LANGUAGES:
        spoken = words(language, alone=alone)
        told = Told(language, spoken, firm.organisation, firm.site_url, said.contact, promised, about)
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
