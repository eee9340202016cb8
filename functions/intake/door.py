"""What the public may do with complaints, however it was asked for: begin one, and show and add to it."""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Annotated, Any
from uuid import uuid4

from pydantic import UUID4, BaseModel, ConfigDict, ValidationError

from adapters.evidence import Evidence, Slot, SlotGiven
from adapters.files import Files
from adapters.http import checked
from adapters.receipt import Receipt, receipt
from adapters.table import Everything, Table
from adapters.vault import NUMBER_LIFE, Unreadable, Vault, is_reference, normal
from complaints import commands as c
from complaints import events as e
from complaints.complaint import UNANSWERED, Complaint, State
from complaints.impartiality import unproven
from complaints.refusals import Incomplete, NotFound, NotNow, OutOfDate, Refusal, TooMany
from complaints.roles import THE_COMPLAINANT, THE_SYSTEM, Person
from complaints.survey import QUESTIONS, Marks, may_rate
from intake.tracked import Tracked, tracked

HERE: Any = {"medium": "tracking_page"}
ACTS: dict[str, Callable[[str | None], c.Command]] = {  # what the complainant may do, by the names of the moves
    "accept": lambda words: c.Accept(**HERE),
    "dispute": lambda words: c.Dispute(**HERE, words=words),
    "ask_review": lambda words: c.AskReview(**HERE, words=words, late_reason=words),
    "verify": lambda words: c.Verify(words=words),
    "report_failure": lambda words: c.ReportFailure.model_validate({"words": words or ""}),
    "withdraw": lambda words: c.Withdraw(**HERE, words=words),
    "take_up_again": lambda words: c.TakeUpAgain(**HERE, words=words),
    "contest": lambda words: c.Contest.model_validate({"words": words or ""}),
    "reopen": lambda words: c.Reopen.model_validate({"words": words or ""}),
}
SAME_FORM = timedelta(minutes=15)
SAME_PRESS = timedelta(minutes=1)  # in which a number typed twice shows the same code twice
TRIES = 3  # each of which is several, against whoever changes the complaint at the same moment


class NoMatch(Refusal):
    """This reference and this secret do not belong together; or there is no such reference. Both look the same."""

    code = "no-match"


class NoToken(Refusal):
    """The fifteen minutes are over, or the token is none of ours."""

    code = "no-token"


class Asked(BaseModel):
    """The body of a request. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Message(Asked):
    """A message; `id` is its idempotency key."""

    id: UUID4
    words: c.Words


class Said(Asked):
    """What there is to say about an act."""

    words: Annotated[c.Words | None, c.OrNone] = None


class Door:
    """What the public may do, however it was asked for."""

    def __init__(self, table: Table, vault: Vault, files: Files, clock: Callable[[], datetime]) -> None:
        self._table = table
        self._vault = vault
        self._evidence = Evidence(table, files)
        self.clock = clock

    def submit(self, body: c.Submission, idempotency_key: str) -> Receipt:
        """M01, once for each key. Raises Clash if the key was used for another body."""
        reference, now = self._vault.reference(idempotency_key), self.clock()
        ask = c.Submit(submission=body, reference=reference, channel="web", received_at=now)
        complaint = self._table.file(
            ask,
            THE_COMPLAINANT,
            now,
            body=self._vault.body_fingerprint(body.model_dump_json()),
            fingerprint=self._vault.fingerprint(reference, self._vault.secret(idempotency_key)),
        )
        return receipt(complaint, body.mail_to, idempotency_key, self._vault, self._table.rules)

    def form_key(self, body: c.Submission) -> str:
        """A key for a form without a script: the same body within fifteen minutes is the same complaint."""
        text, now = body.model_dump_json(), self.clock()
        window = int(now.timestamp() // SAME_FORM.total_seconds())
        keys = [hashlib.sha256(f"{window - back}|{text}".encode()).hexdigest() for back in (1, 0)]
        earlier = self._table.load(self._vault.reference(keys[0]))
        return keys[0] if earlier and now - earlier.registered_at < SAME_FORM else keys[1]

    def enter(self, reference: str, secret: str) -> str:
        """The reference, if the secret is its own. It never opens the complaint that a merged one goes on as: that two
        people are one was not proven to us by either code.

        Raises NoMatch, and TooMany after ten tries in an hour.
        """
        reference, secret = normal(reference), normal(secret)
        if not is_reference(reference):
            raise NoMatch
        self._table.try_secret(reference, self.clock())
        stored = self._table.fingerprint_of(reference) or bytes(32)
        if not compare_digest(stored, self._vault.fingerprint(reference, secret)):
            raise NoMatch
        if self._shut(reference):
            raise NoMatch
        return reference

    def _shut(self, reference: str) -> bool:
        """Whoever filed it may not act for the complainant: their code opens nothing any more."""
        return bool(self._complaint(reference).authority == "refused")

    def holder(self, token: str) -> str:
        """The reference that a token opens. Raises NoToken."""
        reference = self._vault.reference_of(token, self.clock())
        if reference is None or self._shut(reference):
            raise NoToken
        return reference

    def show(self, reference: str) -> Tracked:
        """The complaint as its complainant sees it."""
        now = self.clock()
        kept = self._evidence.everything(reference, now, THE_COMPLAINANT)
        shown = tracked(kept, self._table.staff(), now, self._table.rules)
        return shown.model_copy(update={"survey": self._may_rate(kept)})

    def _may_rate(self, kept: Everything) -> bool:
        asked = may_rate(kept.complaint, agreed=kept.account.may_survey)
        return asked and not self._table.was_rated(kept.complaint)

    def rate(self, reference: str, marks: Marks) -> None:
        """What they think of how we handled it. Raises NotNow where nobody asked, or they have said it already, and
        Incomplete where nothing is said.
        """
        kept, now = self._table.everything(reference), self.clock()
        if not marks.said:
            raise Incomplete(("/easy", "choice_required"))
        if not self._may_rate(kept) or not self._table.rate(kept.complaint, marks, now):
            raise NotNow("not_asked")

    # --- who reads our mail, and a code that was lost ----------------------------------------------------------------

    def verify(self, reference: str, number: str) -> None:
        """Whoever holds the code types the number of our letter: they read its address. Once that is so, it stays so.

        Raises NotNow where there is no such address, Incomplete for another number, TooMany after ten in an hour.
        """
        kept = self._table.everything(reference)
        address = kept.own_mail
        if address is None or unproven(kept.complaint):
            raise NotNow("state")
        if kept.verified:
            return
        now = self.clock()
        self._table.try_number(reference, now)
        if not same(self._vault.contact_number(reference, address), number):
            raise Incomplete(("/number", "no_match"))
        by = THE_COMPLAINANT.actor
        with suppress(OutOfDate):
            self._table.verify(e.ContactVerified(reference=reference, id=str(uuid4()), at=now, by=by), address)

    def lose(self, reference: str, email: str) -> None:
        """Somebody has lost the code. A letter with a number leaves if this is the verified address of whoever holds
        it, three times a day at most; what is done says nothing of it.
        """
        reference = normal(reference)
        if not is_reference(reference) or self._table.load(reference) is None:
            return
        with suppress(Unreadable, TooMany, OutOfDate):
            kept, now = self._table.everything(reference), self.clock()
            address = kept.own_mail if not unproven(kept.complaint) else None
            if address is None or address.casefold() != email.strip().casefold() or not kept.verified:
                return
            by = THE_SYSTEM.actor  # whoever it was has shown nothing yet
            self._table.ask_code(e.NewCodeAsked(reference=reference, id=str(uuid4()), at=now, by=by))

    def renew(self, reference: str, number: str) -> tuple[str, str]:
        """The reference and its new code, for whoever has the number of our letter. The code before opens nothing any
        more; the number gives the same code for a minute, in case it was sent twice, and is void then.

        Raises NoMatch, and TooMany after ten numbers in an hour.
        """
        reference, number, now = normal(reference), normal(number), self.clock()
        if not is_reference(reference):
            raise NoMatch
        self._table.try_number(reference, now)
        renewal = self._vault.renewal(reference, number)
        secret = self._vault.secret(renewal)
        asked = self._table.code_asked(reference)
        fresh = asked is not None and now - asked[1] <= NUMBER_LIFE and not self._shut(reference)
        if asked and fresh and same(self._vault.one_time_number(reference, asked[0]), number):
            by = THE_COMPLAINANT.actor
            renewed = e.CodeRenewed(reference=reference, id=renewal, at=now, by=by)
            with suppress(OutOfDate):  # the same number at the same moment
                self._table.renew(renewed, asked[0], self._vault.fingerprint(reference, secret))
        made = self._table.entry(reference, renewal)
        if made is None or now - made.at > SAME_PRESS:
            raise NoMatch
        return reference, secret

    def act(self, reference: str, act: str, typed: dict[str, str]) -> bool:
        """One act of the page without a script; whether anything was done."""
        words = typed.get(f"words-{act}", "")
        try:
            if act == "verify_contact":
                self.verify(reference, typed.get("number", ""))
                return True
            if act == "message":
                body = Message.model_validate(
                    {"id": typed.get("id") or words_id(reference, words, self.clock()), "words": words}
                )
                self.write(reference, str(body.id), body.words)
            elif act == "survey":
                said = {name: int(typed[name]) for name in QUESTIONS if re.fullmatch("[0-9]{1,3}", typed.get(name, ""))}
                self.rate(reference, Marks.model_validate(said))
            elif act in ACTS:
                self.make(reference, act, Said(words=words).words)
            else:
                return False
        except ValidationError as error:
            raise checked(error) from None
        return True

    def write(self, reference: str, entry: str, words: str) -> None:
        """A message from the complainant. Once it is stored, it is so whatever staff do at the same moment; sent again,
        it brings about what of it could not be recorded then. Raises NotNow once the complaint is closed.
        """
        stored = self._table.item(reference, f"N#{entry}") is not None
        if not stored and self._complaint(reference).state == State.CLOSED:
            raise NotNow("state")
        self._table.add(
            e.MessageWritten(
                reference=reference, id=entry, at=self.clock(), by=THE_COMPLAINANT.actor, words=e.Text(text=words)
            )
        )
        self._then(reference, _heard, THE_COMPLAINANT)
        self._then(reference, _go_on, THE_SYSTEM)

    def _then(self, reference: str, ask_of: Callable[[Complaint], c.Command | None], person: Person) -> None:
        """What follows from something that came. Where staff were faster, it is found anew in what they made of the
        complaint; after so many tries it waits until the same is sent again.
        """
        for _ in range(TRIES):
            ask = ask_of(self._complaint(reference))
            if ask is None:
                return
            with suppress(Incomplete, NotNow, OutOfDate):
                self._table.change(reference, ask, person, self.clock())
                return

    def make(self, reference: str, act: str, words: str | None) -> None:
        """A move of the complainant's own, from the tracking page. Raises NotFound, Incomplete and NotNow."""
        if act not in ACTS:
            raise NotFound
        try:
            ask = ACTS[act](words)
        except ValidationError as error:
            raise checked(error) from None
        self._table.change(reference, ask, THE_COMPLAINANT, self.clock())

    def slot(self, reference: str, asked: Slot, then: str | None = None) -> SlotGiven:
        """Room for one file, as Evidence.slot gives it. Raises NotNow once the complaint is closed."""
        if self._complaint(reference).state == State.CLOSED:
            raise NotNow("state")
        return self._evidence.slot(reference, asked, THE_COMPLAINANT, self.clock(), then=then)

    def finish(self, reference: str, file: str) -> None:
        """A file has arrived: it is read, and kept or refused. Raises Incomplete if there is none."""
        self._evidence.finish(reference, file)
        self._then(reference, _sent, THE_COMPLAINANT)

    def _complaint(self, reference: str) -> Complaint:
        complaint = self._table.load(reference)
        if complaint is None:
            raise NotFound
        return complaint


def same(number: str, typed: str) -> bool:
    """Whether somebody typed this number, however they wrote it."""
    return compare_digest(number.encode(), normal(typed).encode())


def _heard(complaint: Complaint) -> c.Command | None:
    """A message is the reply that we wait for; or it is about our decision, and says that they are not silent."""
    if complaint.waiting_for == "complainant":
        return c.RecordReply()
    return c.RecordMessage() if complaint.state == State.DECIDED and not complaint.disputed else None


def _go_on(complaint: Complaint) -> c.Command | None:
    """What stands still runs again: what we waited for is here."""
    waited = [clock for clock in complaint.clocks if clock.paused_for == "waiting_for_complainant"]
    points = tuple(clock.point for clock in waited if clock.point)
    return c.Resume(points=points) if points and complaint.state in UNANSWERED else None


def _sent(complaint: Complaint) -> c.Command | None:
    """A file is the reply that we wait for, where we asked for a document."""
    asked = complaint.waiting_for == "complainant" and "document" in complaint.asked
    return c.RecordReply() if asked else None


def words_id(reference: str, words: str, now: datetime) -> str:
    """An idempotency key for a message without a script: the same words within the hour are the same message."""
    digest = hashlib.sha256(f"{reference}|{now:%Y-%m-%dT%H}|{words}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
