"""5. PROMISES: each complaint is woken when its next promise falls due, and a sweep finds those that were not."""

from datetime import datetime, timedelta
from typing import Any

from adapters.bus import Bus, file_waits, letter_owed, pages_due
from adapters.scheduler import Scheduler
from adapters.table import Table
from adapters.telemetry import logger, measure, trace
from complaints.commands import KeepTime
from complaints.complaint import Complaint
from complaints.deadlines import wakes_at
from complaints.roles import THE_SYSTEM

UNSENT_AFTER = timedelta(minutes=10)
GRACE = timedelta(minutes=3)  # a schedule fires within its minute, and its queue may be long


def react(message: dict[str, Any], table: Table, scheduler: Scheduler, bus: Bus, now: datetime) -> None:
    """A fact from the bus, a schedule that fired, or the quarter-hourly sweep."""
    if message.get("kind") == "sweep":
        sweep(table, bus, now)
        return
    watch(message["reference"] if "kind" in message else message["detail"]["reference"], table, scheduler, now)


def watch(reference: str, table: Table, scheduler: Scheduler, now: datetime) -> None:
    """Act on what has fallen due, and arm the next wake. A stale or repeated call finds nothing to do.

    A moment already past is acted on at once, never scheduled.
    """
    complaint = table.load(reference)
    if complaint is None:
        return
    wakes = wakes_at(complaint, table.rules)
    if wakes is not None and wakes <= now:
        complaint = keep_time(complaint, table, now)
        wakes = wakes_at(complaint, table.rules)
    if wakes is not None:
        scheduler.arm(reference, wakes)


def keep_time(complaint: Complaint, table: Table, now: datetime) -> Complaint:
    """Record what time has brought about. Where that is nothing, the ladder has changed: it wakes by the new one."""
    changed = table.change(complaint.reference, KeepTime(), THE_SYSTEM, now)
    if changed.version == complaint.version:
        table.rewind(changed)
    return changed


def sweep(table: Table, bus: Bus, now: datetime) -> None:
    """Make good what was missed: letters that did not leave, files left half-way, pages that show what holds no longer,
    and promises that fell due unseen.

    One complaint that cannot be changed does not keep the others waiting. Raises at the end if there was one.
    """
    unsent = list(table.unsent_letters(now - UNSENT_AFTER))
    bus.tell([letter_owed(reference, letter) for reference, letter in unsent])
    bus.tell([file_waits(reference, file) for reference, file in table.waiting_files(now - UNSENT_AFTER)])
    bus.tell([pages_due()])
    missed, failed = 0, []
    for complaint in list(table.due(now - GRACE)):
        try:
            missed += keep_time(complaint, table, now).version > complaint.version
        except Exception as error:  # noqa: BLE001 - whatever it is, the next one has its turn
            logger.error("not swept", reference=complaint.reference, **trace(error))
            failed.append(complaint.reference)
    slow = len(table.unsent_decisions(now))  # asked for again above, and not left yet
    logger.info("swept", missed=missed, unsent=len(unsent), slow=slow, failed=len(failed))
    measure("Swept", 1)
    measure("MissedPromises", missed + slow)
    if failed:
        raise RuntimeError(f"{len(failed)} complaints could not be swept")
