"""Puts the site where people see it: the pages, rendered by the product's own templates, and the desk."""

import json
import mimetypes
import re
import time
from dataclasses import dataclass
from pathlib import Path

from adapters.render import Pages, Promises
from adapters.settings import Ruled
from infra.stack import Cloud, Outputs

#: Asked for again every time: an address that stays while its content changes.
ASK_AGAIN = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
NEVER_KEPT = "no-store"
#: A name that Vite made from the content, such as index-B7xK9_aQ.js.
FROM_CONTENT = re.compile(r"-[\w-]{8}\.\w+$")


@dataclass(frozen=True)
class Organisation:
    """Whose complaints these are; the parameters of the template with the same names."""

    name: str
    help_phone: str
    sender: str
    calendar: str
    time_zone: str

    def parameters(self) -> dict[str, str]:
        """As the template wants them."""
        return {
            "Organisation": self.name,
            "HelpPhone": self.help_phone,
            "Sender": self.sender,
            "Calendar": self.calendar,
            "TimeZone": self.time_zone,
        }


def publish(cloud: Cloud, outputs: Outputs, stage: str, organisation: Organisation, site: Path) -> int:
    """Uploads everything the browser reads, scripts before the pages that name them; returns how many files."""
    objects = [(str(file.relative_to(site)), file.read_bytes()) for file in sorted(site.rglob("*")) if file.is_file()]
    objects += [(path, page.encode()) for path, page in pages(outputs["SiteUrl"], organisation).items()]
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


def pages(site_url: str, organisation: Organisation) -> dict[str, str]:
    """The public pages as HTML by their path, with the promises that are in force."""
    pack = Ruled(calendar=organisation.calendar, time_zone=organisation.time_zone).rules.pack
    promises = Promises(acknowledge_days=pack.acknowledge.days, update_days=None, answer_days=pack.answer.days)
    made = Pages(organisation.name, organisation.help_phone, site_url, promises, organisation.time_zone)
    return made.static_pages()


def desk_configuration(cloud: Cloud, outputs: Outputs, stage: str) -> dict[str, str]:
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
