"""The post: each letter leaves once, and what happens to it on the way comes back.

SES has no idempotency token, so a letter is claimed, sent, and marked sent. A process that dies between sending and
marking leaves a claim; the Send event of SES marks it then. Only a claim older than the lease, without such an event,
is sent again: never no letter, and two only when a death and a lost event meet.
"""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import ClientError

from adapters.items import Item
from adapters.letters import Letter, compose
from adapters.settings import Posting
from adapters.table import Everything, Table
from adapters.telemetry import logger
from complaints import commands as c
from complaints import events as e
from complaints.answer import points_told
from complaints.refusals import NotNow
from complaints.roles import THE_SYSTEM

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

LEASE = timedelta(minutes=5)
Outcome = Literal["sent", "sent_before", "being_sent", "no_such_letter", "no_address", "refused"]
Feedback = Literal["sent", "delivered", "bounced", "failed"]

# What SES says, and what it means for the letter. A complaint about mail ("spam") is no failure of delivery.
MEANING: dict[str, Feedback] = {
    "Email Sent": "sent",
    "Email Delivered": "delivered",
    "Email Bounced": "bounced",
    "Email Rejected": "failed",
}


class Post:
    """Sends the letters that the table owes. `ses` must make one attempt only: its retries would be duplicates."""

    def __init__(self, ses: "SESV2Client", table: Table, settings: Posting) -> None:
        self._ses = ses
        self._table = table
        self._settings = settings

    def deliver(self, reference: str, letter: str, now: datetime) -> Outcome:
        """Send one letter unless it was sent, and record the acknowledgement if it is one; says why if it did not.

        Raises what SES raises when trying again later may help; the claim is given back then.
        """
        item = self._table.letter(reference, letter)
        if item is None:
            return "no_such_letter"
        if item["state"] not in {"owed", "claimed"}:
            self._acknowledged(reference, letter, now)
            return "sent_before"
        if item["state"] == "claimed" and item["due_sort"] > _iso(now):
            return "being_sent"
        kept = self._table.everything(reference)
        if kept.account.email is None:
            return "no_address"
        lease = {"state": "claimed", "due_sort": f"{_iso(now + LEASE)}#{reference}#{letter}"}
        claimed = self._table.update(
            reference, f"L#{letter}", lease, when={"state": item["state"], "due_sort": item["due_sort"]}
        )
        if claimed is None:
            return "being_sent"
        return self._send(kept, letter, item, kept.account.email, now)

    def _send(self, kept: Everything, letter: str, item: Item, address: str, now: datetime) -> Outcome:
        reference = kept.complaint.reference
        try:
            mail = write(
                self._letter(kept, letter, item["kind"], now), self._settings, address, kept.complaint.language
            )
            answer = self._ses.send_email(
                FromEmailAddress=self._settings.sender,
                Destination={"ToAddresses": [address]},
                Content={"Raw": {"Data": mail}},
                ConfigurationSetName=self._settings.configuration_set,
                EmailTags=[{"Name": "reference", "Value": reference}, {"Name": "letter", "Value": letter}],
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in {"MessageRejected", "BadRequestException"}:
                logger.error("letter refused", reference=reference, letter=letter)
                self.heard(reference, letter, "failed", now)
                return "refused"
            self._table.update(reference, f"L#{letter}", {"state": "owed"}, when={"state": "claimed"})
            raise
        self._mark(reference, letter, "sent", now, message=answer["MessageId"])
        self._acknowledged(reference, letter, now)
        return "sent"

    def heard(self, reference: str, letter: str, what: Feedback, now: datetime) -> None:
        """SES says what became of a letter. Repeated, late and out of order news change nothing."""
        item = self._mark(reference, letter, what, now)
        if item is None:
            return
        if what == "sent":
            self._acknowledged(reference, letter, now)
        elif what in {"bounced", "failed"}:
            bounce = c.RecordBounce(letter=letter, kind=item["kind"])
            self._table.change(reference, bounce, THE_SYSTEM, now)

    def _mark(self, reference: str, letter: str, what: Feedback, now: datetime, **more: str) -> Item | None:
        before = {
            "sent": ("owed", "claimed"),
            "delivered": ("owed", "claimed", "sent"),
            "bounced": ("owed", "claimed", "sent", "delivered"),
            "failed": ("owed", "claimed", "sent"),
        }[what]
        sets = {"state": what, f"{what}_at": _iso(now), "queue": None, "due_sort": None, **more}
        return self._table.update(reference, f"L#{letter}", sets, when={"state": before})

    def _acknowledged(self, reference: str, letter: str, now: datetime) -> None:
        """An acknowledgement that has left is a milestone of the complaint. Said twice, it changes nothing."""
        item = self._table.letter(reference, letter)
        if item is None or item["kind"] != "acknowledgement" or item["state"] not in {"sent", "delivered"}:
            return
        try:
            self._table.change(reference, c.Acknowledge(medium="email", letter=letter), THE_SYSTEM, now)
        except NotNow:
            logger.debug("acknowledged before", reference=reference)

    def _letter(self, kept: Everything, letter: str, kind: Any, now: datetime) -> Letter:
        complaint, rules, settings = kept.complaint, self._table.rules, self._settings
        day = rules.calendar.day_of
        points = [point.model_dump() for point in points_told(complaint, kept.events)]
        written = {entry.id: entry for entry in kept.entries}.get(letter.removesuffix("-message"))
        return compose(
            kind,
            complaint.language,
            organisation=settings.organisation,
            help_phone=settings.help_phone,
            site_url=settings.site_url,
            reference=shown(complaint.reference),
            received_on=day(complaint.received_at),
            answer_due_on=day(complaint.answer_by),
            update_due_on=None,
            late=complaint.answer_by < now,
            decided_on=day(complaint.decided_at) if complaint.decided_at else None,
            points=points,
            closed_reason=complaint.closed_reason,
            author=self._name(written),
            words=written.words.text if written and written.words else None,
            reopen_until=day(complaint.closed_at + timedelta(days=rules.pack.reopen_within_days))
            if complaint.closed_at
            else None,
        )

    def _name(self, written: e.NoteWritten | e.MessageWritten | None) -> str | None:
        if written is None or written.by.id is None:
            return None
        found = self._table.staff().get(written.by.id)
        return found["name"] if found else None


def write(letter: Letter, settings: Posting, address: str, language: str) -> bytes:
    """A letter as an e-mail: one recipient, text and HTML, marked as sent by a machine (RFC 3834)."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.sender
    mail["To"] = address
    mail["Subject"] = letter.subject
    mail["Content-Language"] = language
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail.as_bytes()


def feedback(event: dict[str, Any]) -> tuple[str, str, Feedback] | None:
    """(reference, letter, what) of an SES event on the bus, or None if it says nothing about a letter of ours.

    A transient bounce (a full mailbox, an out-of-office answer) is none.
    """
    detail = event.get("detail", {})
    tags = detail.get("mail", {}).get("tags", {})
    what = MEANING.get(event.get("detail-type", ""))
    if what is None or not tags.get("reference") or not tags.get("letter"):
        return None
    if what == "bounced" and detail.get("bounce", {}).get("bounceType") != "Permanent":
        return None
    return tags["reference"][0], tags["letter"][0], what


def shown(reference: str) -> str:
    """A reference as people read it: 7K4M-29X-RQ3A."""
    return f"{reference[:4]}-{reference[4:7]}-{reference[7:]}"


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
