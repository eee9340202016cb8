"""Puts the site where people see it: the pages, rendered by the product's own templates, and the desk."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from adapters.items import Items
from adapters.settings import Shown
from adapters.site import Site, as_installed, pages_of, settled
from adapters.telemetry import utc_now
from infra import template
from infra.stack import Cloud, Outputs


@dataclass(frozen=True)
class Organisation:
    """Whose complaints these are, as the parameters of the template say."""

    name: str
    help_phone: str
    sender: str
    calendar: str
    time_zone: str
    alone: bool = False  # one person is the whole department: ApproverMayBeHandler

    def shown(self, site_url: str) -> Shown:
        """What the pages say of it."""
        return Shown(
            organisation=self.name,
            help_phone=self.help_phone,
            site_url=site_url,
            calendar=self.calendar,
            time_zone=self.time_zone,
            approver_may_be_handler=self.alone,
        )

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
    bucket = Site(cloud.client("s3"), outputs["SiteBucket"])
    files = [file for file in sorted(site.rglob("*")) if file.is_file()]
    for file in sorted(files, key=lambda file: file.suffix == ".html"):
        bucket.put(str(file.relative_to(site)), file.read_bytes())
    written = pages(outputs["SiteUrl"], organisation, Items(cloud.client("dynamodb"), outputs["Table"]))
    bucket.publish(written)
    bucket.put("staff/config.json", json.dumps(desk_configuration(cloud, outputs, stage), indent=1).encode())
    if cloud.endpoint is None:
        cloud.client("cloudfront").create_invalidation(
            DistributionId=outputs["DistributionId"],
            InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())},
        )
    return len(files) + len(written) + 1


def pages(site_url: str, organisation: Organisation, items: Items | None = None) -> dict[str, bytes]:
    """The public pages as HTML by their path, under what the table holds as settled; without one, as installed."""
    firm, now = organisation.shown(site_url), utc_now()
    return pages_of(firm, settled(items, firm, now) if items else as_installed(firm, now))


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
