"""Puts the site where people see it: the pages, rendered by the product's own templates, and the desk."""

import json
import mimetypes
import re
import time
from dataclasses import dataclass
from pathlib import Path

from adapters.items import Items
from adapters.registers import Registers
from adapters.render import Pages, promises
from adapters.rulebook import Rulebook
from adapters.settings import Ruled
from adapters.telemetry import utc_now
from adapters.versions import Version
from complaints.framework import Contact, reached_by
from complaints.handling import handling
from complaints.rules import Organisation as Ruling
from complaints.rules import Rules
from infra import template
from infra.stack import Cloud, Outputs

#: Asked for again every time: an address that stays while its content changes.
ASK_AGAIN = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
NEVER_KEPT = "no-store"
#: A name that Vite made from the content, such as index-B7xK9_aQ.js.
FROM_CONTENT = re.compile(r"-[\w-]{8}\.\w+$")


@dataclass(frozen=True)
class Organisation:
    """Whose complaints these are, as the parameters of the template say."""

    name: str
    help_phone: str
    sender: str
    calendar: str
    time_zone: str
    alone: bool = False  # one person is the whole department: ApproverMayBeHandler

    @property
    def ruled(self) -> Ruled:
        """Where its days come from."""
        return Ruled(calendar=self.calendar, time_zone=self.time_zone, approver_may_be_handler=self.alone)

    def parameters(self) -> dict[str, str]:
        """As the template wants them."""
        return {
            "Organisation": self.name,
            "HelpPhone": self.help_phone,
            "Sender": self.sender,
            "Calendar": self.calendar,
            "TimeZone": self.time_zone,
            "ApproverMayBeHandler": "yes" if self.alone else "no",
        }


def publish(cloud: Cloud, outputs: Outputs, stage: str, organisation: Organisation, site: Path) -> int:
    """Uploads everything the browser reads, scripts before the pages that name them; returns how many files."""
    objects = [(str(file.relative_to(site)), file.read_bytes()) for file in sorted(site.rglob("*")) if file.is_file()]
    book = rulebook(cloud, outputs, organisation)
    contact = Registers(Items(cloud.client("dynamodb"), outputs["Table"]), organisation).contact()
    objects += [(path, page.encode()) for path, page in pages(outputs["SiteUrl"], organisation, book, contact).items()]
    objects.sort(key=lambda one: one[0].endswith(".html"))
    objects.append(("staff/config.json", json.dumps(desk_configuration(cloud, outputs, stage), indent=1).encode()))
    s3 = cloud.client("s3")
    for path, content in objects:
        s3.put_object(
            Bucket=outputs["SiteBucket"],
            Key=path,
            Body=content,
            ContentType=content_type(path),
            CacheControl=cache_control(path),
        )
    if cloud.endpoint is None:
        cloud.client("cloudfront").create_invalidation(
            DistributionId=outputs["DistributionId"],
            InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())},
        )
    return len(objects)


def rulebook(cloud: Cloud, outputs: Outputs, organisation: Organisation) -> Rulebook:
    """What the stage's table holds as settled."""
    return Rulebook(Items(cloud.client("dynamodb"), outputs["Table"]), organisation.ruled)


def pages(
    site_url: str, organisation: Organisation, book: Rulebook | None = None, contact: Contact | None = None
) -> dict[str, str]:
    """The public pages as HTML by their path, under the rules in force today. What is not given is as installed."""
    settled = book.newest() if book else Version(of="rules", version=0, content=Ruling())
    rules = Rules(settled.content, organisation.ruled.home, organisation.alone)
    today = rules.calendar.day_of(utc_now())
    promised, about = promises(rules, today), handling(rules, today, settled.version, settled.at)
    contact = contact or reached_by(organisation.help_phone, organisation.calendar[:2])
    given = (organisation.name, lambda: contact, site_url, lambda: promised, organisation.time_zone)
    return Pages(*given, alone=organisation.alone).static_pages(about)


def desk_configuration(cloud: Cloud, outputs: Outputs, stage: str) -> dict[str, str | int]:
    """What the desk has to know before anybody has signed in."""
    home = f"{outputs['SiteUrl']}/staff/"
    return {
        "stage": stage,
        "region": cloud.region,
        "issuer": f"https://cognito-idp.{cloud.region}.amazonaws.com/{outputs['UserPoolId']}",
        "sign_in": outputs["SignInUrl"],
        "client_id": outputs["UserPoolClientId"],
        "redirect_uri": home,
        "logout_uri": home,
        "session_minutes": template.read()["Resources"]["DeskClient"]["Properties"]["RefreshTokenValidity"],
    }


def content_type(path: str) -> str:
    """The media type by the name's ending; text says that it is UTF-8."""
    found = mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = found.startswith("text/") or found in {"application/json", "application/javascript", "image/svg+xml"}
    return f"{found}; charset=utf-8" if text else found


def cache_control(path: str) -> str:
    """How long a browser may keep it."""
    if path == "staff/config.json":
        return NEVER_KEPT
    return FOR_EVER if FROM_CONTENT.search(path) else ASK_AGAIN
