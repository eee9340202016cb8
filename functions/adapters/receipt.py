"""What a complainant is told at once: the reference, the tracking secret, and the dates we promise."""

from datetime import date, datetime

from pydantic import BaseModel

from adapters.vault import Vault
from complaints.complaint import Complaint
from complaints.rules import Rules


class Receipt(BaseModel):
    """Shown once. `received_at` is UTC; the days are local."""

    reference: str
    secret: str
    received_at: datetime
    acknowledge_due_on: date
    update_due_on: date | None
    answer_due_on: date
    acknowledgement_to: str | None
    late: bool


def receipt(complaint: Complaint, email: str | None, idempotency_key: str, vault: Vault, rules: Rules) -> Receipt:
    """The receipt of a complaint: the same for every replay of its submission."""
    day, update = rules.calendar.day_of, complaint.due_of("update")
    return Receipt(
        reference=complaint.reference,
        secret=vault.secret(idempotency_key),
        received_at=complaint.received_at,
        acknowledge_due_on=day(complaint.due_of("acknowledge") or complaint.counts_from),
        update_due_on=day(update) if update else None,
        answer_due_on=day(complaint.answer_by),
        acknowledgement_to=masked(email) if email else None,
        late=complaint.answer_by < complaint.registered_at,
    )


def masked(email: str) -> str:
    """An address that its owner recognises and a passer-by cannot use: `a…@example.com`."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}…@{domain}"
