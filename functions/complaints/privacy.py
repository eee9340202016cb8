"""What the law asks of whoever keeps personal data elsewhere (KVKK, article 9)."""

from datetime import date
from typing import Literal

from complaints.complaint import Frozen
from complaints.framework import Privacy, Sector
from complaints.rules import Rules

NOTIFY_WITHIN = 5  # working days after the signing, the day of signing not counted (KVKK, article 9/5)

Notified = Literal["in_time", "late", "due", "overdue"]


class Hosting(Frozen):
    """How the register stands to the law on a local day. `notify_by` is the last day on which the Authority can be told
    of a standard contract in time; `must_stay` are the sectors whose law wants data in the country, while some are not.
    """

    abroad: tuple[str, ...]
    notify_by: date | None = None
    notified: Notified | None = None
    must_stay: tuple[Sector, ...] = ()


def hosting(privacy: Privacy, rules: Rules, today: date) -> Hosting:
    """The duties to notify and to keep data in the country are those of Turkish law: elsewhere there are none."""
    home = rules.home.code[:2]
    abroad = tuple(privacy.abroad(home))
    if home != "TR":
        return Hosting(abroad=abroad)
    transfer = privacy.transfer
    must_stay = privacy.sectors if abroad else ()
    if transfer is None or transfer.mechanism != "standard_contract" or transfer.signed_on is None:
        return Hosting(abroad=abroad, must_stay=must_stay)
    by = rules.home.add_working_days(transfer.signed_on, NOTIFY_WITHIN)  # our own closing days do not lengthen it
    if transfer.notified_on:
        notified: Notified = "in_time" if transfer.notified_on <= by else "late"
    else:
        notified = "due" if today <= by else "overdue"
    return Hosting(abroad=abroad, notify_by=by, notified=notified, must_stay=must_stay)
