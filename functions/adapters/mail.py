"""The post: each letter leaves once, and what happens to it on the way comes back.

SES has no idempotency token, so a letter is claimed, sent, and marked sent. A process that dies between sending and
marking leaves a claim; the Send event of SES marks it then. Only a claim older than the lease, without such an event,
is sent again: never no letter, and two only when a death and a lost event meet.

A failure that lies with us (a sender not verified, a quota, no connection) is raised, so that the queue tries again and
the dead-letter queue tells; only what lies with the address makes a letter fail.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import BotoCoreError, ClientError, ReadTimeoutError

from adapters.items import Item, iso
from adapters.letters import Letter, compose, compose_notice
from adapters.registers import Registers
from adapters.render import fours
from adapters.render import reference as shown
from adapters.said import event_of, said
from adapters.settings import Informing, Organised, Posting, Sending
from adapters.table import Everything, Table
from adapters.telemetry import logger
from adapters.vault import NUMBER_LIFE, Unreadable, Vault
from complaints import commands as c
from complaints import events as e
from complaints.complaint import UNANSWERED, Complaint, LetterKind, State
from complaints.impartiality import disclosable
from complaints.outside import parts_of
from complaints.refusals import NotNow
from complaints.roles import THE_SYSTEM
from complaints.rules import Rules

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

LEASE = timedelta(minutes=5)
OUT_OF_THE_QUEUE: Item = {"queue": None, "due_sort": None}
Outcome = Literal["sent", "sent_before", "no_such_letter", "dropped", "held", "refused", "nowhere"]
Feedback = Literal["sent", "delivered", "bounced", "failed"]

# What SES says, and what it means for the letter. A complaint about mail ("spam") is no failure of delivery.
MEANING: dict[str, Feedback] = {
    "Email Sent": "sent",
    "Email Delivered": "delivered",
    "Email Bounced": "bounced",
    "Email Rejected": "failed",
}
# The states of a letter from which each piece of news moves it on. News that come late change nothing.
BEFORE: dict[Feedback, tuple[str, ...]] = {
    "sent": ("owed", "claimed"),
    "delivered": ("owed", "claimed", "sent"),
    "bounced": ("owed", "claimed", "sent", "delivered"),
    "failed": ("owed", "claimed", "sent"),
}
# What somebody may read who says that they act for the complainant, before we know it: that we have the complaint, how
# far we are, and that they have withdrawn it.
DISCLOSES_NOTHING = frozenset({"acknowledgement", "progress", "withdrawn", "new_code"})


class BeingSent(Exception):
    """Somebody else holds the claim. The queue asks again later, in case that one died."""


class Post:
    """Sends the letters that the table owes. `ses` must make one attempt only: its retries would be duplicates."""

    def __init__(self, ses: "SESV2Client", table: Table, settings: Posting, registers: Registers, vault: Vault) -> None:
        self._ses = ses
        self._table = table
        self._settings = settings
        self._registers = registers
        self._vault = vault

    def deliver(self, reference: str, letter: str, now: datetime) -> Outcome:
        """Send one letter unless it was sent, and record the acknowledgement if it is one; says why if it did not.

        One that is held stays owed: the sweep asks for it again, and it leaves once we know that its reader may read
        it. Where its reader may not, and the complainant has no address, it counts as failed: a person tells them.
        Raises BeingSent, and whatever stood in the way when trying again may help; the claim is given back then.
        """
        item = self._table.letter(reference, letter)
        if item is None:
            return "no_such_letter"
        if item["state"] not in {"owed", "claimed"}:
            self._took_effect(reference, letter, now)
            return "sent_before"
        if item["state"] == "claimed" and item["due_sort"] > iso(now):
            raise BeingSent(letter)
        try:
            kept = self._table.everything(reference)
            address = kept.account.mail_to
            gone = _overtaken(item["kind"], event_of(kept, letter), kept) or _over(item, now)
        except Unreadable:
            gone = True
        if gone:
            self._table.update(
                reference, f"L#{letter}", {"state": "dropped", **OUT_OF_THE_QUEUE}, when={"state": item["state"]}
            )
            return "dropped"
        if address is None:
            self.heard(reference, letter, "failed", now)
            return "nowhere"
        facts = said(kept, letter, self._table.rules, self._table.staff(), now)
        if disclosable(kept.complaint) and _discloses(item["kind"], facts):
            return "held"
        facts |= {"number": self._number(kept, item["kind"], letter)}
        ready = composed(kept.complaint, item["kind"], facts, self._settings, self._registers, self._table.rules, now)
        mail = write(ready, self._settings, address, kept.complaint.language)
        self._claim(reference, letter, item, now)
        return self._send(reference, letter, address, mail, now)

    def _number(self, kept: Everything, kind: str, letter: str) -> str | None:
        """What its reader types on the tracking page: that they read this mail, or that they need a new code."""
        reference, own = kept.complaint.reference, kept.own_mail
        if kind == "new_code":
            return fours(self._vault.one_time_number(reference, letter.removesuffix("-new_code")))
        confirms = kind == "acknowledgement" and own is not None and not kept.verified
        return fours(self._vault.contact_number(reference, own or "")) if confirms else None

    def _claim(self, reference: str, letter: str, item: Item, now: datetime) -> None:
        lease = {"state": "claimed", "due_sort": f"{iso(now + LEASE)}#{reference}#{letter}"}
        seen = {"state": item["state"], "due_sort": item["due_sort"]}
        if self._table.update(reference, f"L#{letter}", lease, when=seen) is None:
            raise BeingSent(letter)

    def _send(self, reference: str, letter: str, address: str, mail: bytes, now: datetime) -> Outcome:
        try:
            message = _hand_over(self._ses, self._settings, address, mail, reference=reference, letter=letter)
        except ReadTimeoutError:
            raise  # SES may have taken it: the claim stays until its lease is over
        except (BotoCoreError, ClientError) as error:
            if _refuses_the_address(error):
                logger.error("letter refused", reference=reference, letter=letter)
                self.heard(reference, letter, "failed", now)
                return "refused"
            self._table.update(reference, f"L#{letter}", {"state": "owed"}, when={"state": "claimed"})
            raise
        self._mark(reference, letter, "sent", now, message=message)
        self._took_effect(reference, letter, now)
        return "sent"

    def heard(self, reference: str, letter: str, what: Feedback, now: datetime, *, soft: bool = False) -> None:
        """SES says what became of a letter. Repeated, late and out of order news change nothing.

        A `soft` bounce is SES giving up after its retries; one that follows a delivery is an answering machine.
        """
        item = self._table.letter(reference, letter)
        if item is None or (soft and item["state"] == "delivered"):
            return
        self._mark(reference, letter, what, now)
        self._took_effect(reference, letter, now)

    def _mark(self, reference: str, letter: str, what: Feedback, now: datetime, **more: str) -> None:
        sets = {"state": what, f"{what}_at": iso(now), **OUT_OF_THE_QUEUE, **more}
        self._table.update(reference, f"L#{letter}", sets, when={"state": BEFORE[what]})

    def _took_effect(self, reference: str, letter: str, now: datetime) -> None:
        """What a letter's state means for the complaint. Asked again after a crash, it finishes what was begun."""
        item = self._table.letter(reference, letter)
        complaint = self._table.load(reference)
        if item is None or complaint is None:
            return
        if item["state"] in {"bounced", "failed"} and letter not in complaint.returned:
            to_other = complaint.reader_since is not None and item.get("sent_at", "~") < iso(complaint.reader_since)
            bounce = c.RecordBounce(letter=letter, kind=item["kind"], to_other=to_other)
            self._table.change(reference, bounce, THE_SYSTEM, now)
        arrived = item["state"] in {"sent", "delivered"} and item["kind"] == "acknowledgement"
        if arrived and complaint.acknowledged_at is None and item["at"] >= iso(complaint.opened_at):
            with suppress(NotNow):  # another delivery of the same news was faster
                self._table.change(reference, c.Acknowledge(medium="email", letter=letter), THE_SYSTEM, now)
        if item["state"] == "delivered" and item["kind"] == "final_notice" and _of_this_decision(item, complaint):
            self._table.change(reference, c.RecordDelivery(letter=letter, kind="final_notice"), THE_SYSTEM, now)


def composed(
    complaint: Complaint,
    kind: LetterKind,
    facts: dict[str, Any],
    firm: Organised,
    registers: Registers,
    rules: Rules,
    now: datetime,
) -> Letter:
    """The letter with the facts that `said` has gathered for it. Raises MissingPart."""
    look = registers.look()
    return compose(
        kind,
        complaint.language,
        must=parts_of(complaint, kind, rules, now),
        organisation=look.name,
        contact=registers.contact(),
        own=registers.sentence(kind, complaint.language),
        accent=look.accent,
        site_url=firm.site_url,
        reference=shown(complaint.reference),
        **facts,
    )


class Courier:
    """Takes notices to members of staff: no personal data of complainants, and no letter of a complaint."""

    def __init__(self, ses: "SESV2Client", settings: Informing, registers: Registers) -> None:
        self._ses = ses
        self._settings = settings
        self._registers = registers

    def tell(self, person: Item, notices: list[dict[str, Any]]) -> bool:
        """One mail to a member of staff (their item) with all of it; False if SES refuses their address.

        A notice is what compose_notice takes, its `url` left out and its reference as it is stored. Raises whatever
        else stood in the way; trying again may help then.
        """
        desk = f"{self._settings.site_url}/staff/"
        lines = [
            {**one, "reference": shown(one["reference"]), "url": f"{desk}complaints/{one['reference']}"}
            for one in notices
        ]
        language = person["language"]
        letter = compose_notice(
            language, organisation=self._registers.look().name, name=person["name"], desk_url=desk, items=lines
        )
        mail = write(letter, self._settings, person["email"], language)
        try:
            _hand_over(self._ses, self._settings, person["email"], mail, notice=person["SK"])
        except ClientError as error:
            if _refuses_the_address(error):
                return False
            raise
        return True


def _hand_over(ses: "SESV2Client", settings: Sending, address: str, mail: bytes, **tags: str) -> str:
    """One mail to one address; its id at SES. The tags come back with whatever SES tells of it."""
    answer = ses.send_email(
        FromEmailAddress=settings.sender,
        Destination={"ToAddresses": [address]},
        Content={"Raw": {"Data": mail}},
        ConfigurationSetName=settings.configuration_set,
        EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
    )
    return answer["MessageId"]


def _discloses(kind: str, facts: dict[str, Any]) -> bool:
    """Whether a letter tells more than that there is a complaint: words of ours, findings, or another complaint."""
    return kind not in DISCLOSES_NOTHING or bool(facts["words"]) or facts["cause"] in {"award", "end"}


def _of_this_decision(item: Item, complaint: Complaint) -> bool:
    """Whether a final notice is about the decision that stands, and to whom we write now: an earlier one may arrive
    late.
    """
    begins = max(filter(None, (complaint.decided_at, complaint.reader_since)), default=None)
    return complaint.decided_at is not None and begins is not None and item["at"] >= iso(begins)


def _overtaken(kind: str, event: e.AnyEvent | None, kept: Everything) -> bool:
    """Whether what a letter says has passed since, so that its reader would be led astray.

    News are overtaken by our answer, a question by its reply, what ends a complaint by its coming back. Never dropped:
    what the complainant is owed whatever happened since, which is receipts, decisions and messages.
    """
    complaint = kept.complaint
    anew = isinstance(event, e.AuthorityChecked)
    newest = event is None or anew or event == kept.last(type(event))
    if _told_anew(kind, event, kept):
        return True
    match kind:
        case "progress" if anew:
            return complaint.state in {State.DECIDED, State.CLOSED}
        case "progress" if isinstance(event, e.WithdrawalUndone | e.MergerUndone):  # it may be back behind our answer
            return complaint.state in {State.EXTERNAL, State.CLOSED}
        case "progress" | "extension":
            return complaint.state not in {*UNANSWERED, State.REMEDYING}
        case "request" | "reminder":
            asked_since = event is not None and event.version < kept.last(e.InformationAsked).version
            return complaint.waiting_for != "complainant" or asked_since
        case "final_notice":
            waits = complaint.state == State.DECIDED and complaint.notice is not None and not complaint.disputed
            return not waits or not newest
        case "routes":
            return complaint.state != State.DECIDED or not complaint.disputed
        case "declined" | "withdrawn" | "merged" | "closing":
            return complaint.state not in {State.CLOSED, State.EXTERNAL} or not newest
        case _:
            return False


def _over(letter: Item, now: datetime) -> bool:
    """Whether the number in a letter is good no more."""
    return letter["kind"] == "new_code" and now > datetime.fromisoformat(letter["at"]) + NUMBER_LIFE


def _told_anew(kind: str, event: e.AnyEvent | None, kept: Everything) -> bool:
    """Whether another reader has been written to since, in a letter that takes the place of this one."""
    since = [one for one in kept.events if isinstance(one, e.AuthorityChecked) and one.letter]
    if event is None or not since or since[-1].version <= event.version:
        return False
    return isinstance(event, e.AuthorityChecked) or kind in {"reminder", since[-1].letter}


def _refuses_the_address(error: Exception) -> bool:
    """Whether SES refuses this recipient or this mail. A sender or, in the sandbox, a recipient that is not verified is
    a fault of the account and no reason to give an address up.
    """
    if not isinstance(error, ClientError) or error.response["Error"]["Code"] != "MessageRejected":
        return False
    return "not verified" not in error.response["Error"].get("Message", "")


def write(letter: Letter, settings: Sending, address: str, language: str) -> bytes:
    """A letter as an e-mail: one recipient, text and HTML, marked as sent by a machine (RFC 3834)."""
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # relays may not carry Turkish letters as they are
    mail["From"] = settings.sender
    mail["To"] = address
    mail["Subject"] = letter.subject
    mail["Content-Language"] = language
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail.as_bytes()


@dataclass(frozen=True)
class News:
    """What SES says about one letter of ours."""

    reference: str
    letter: str
    what: Feedback
    soft: bool


def feedback(event: dict[str, Any]) -> News | None:
    """The news in an SES event on the bus, or None if it says nothing about a letter of ours."""
    detail = event.get("detail", {})
    tags = detail.get("mail", {}).get("tags", {})
    what = MEANING.get(event.get("detail-type", ""))
    if what is None or not tags.get("reference") or not tags.get("letter"):
        return None
    soft = what == "bounced" and detail.get("bounce", {}).get("bounceType") != "Permanent"
    return News(tags["reference"][0], tags["letter"][0], what, soft)
