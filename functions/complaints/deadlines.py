"""Which promise falls due when, when to look again, and why: everything about time that is not a calendar."""

from dataclasses import dataclass
from datetime import datetime, time
from math import ceil

from complaints.complaint import UNANSWERED, Complaint, Language, Promise
from complaints.packs import Rules

REMINDERS_AT = time(9)  # local: a reminder at midnight reaches nobody


@dataclass(frozen=True)
class Dates:
    """The moments (UTC) that follow from the receipt."""

    acknowledge_by: datetime
    remind_at: datetime
    answer_by: datetime


def dates(received_at: datetime, rules: Rules) -> Dates:
    """Due moments under the pack. The day of receipt does not count; a promise ends with the last second of its day."""
    calendar, pack = rules.calendar, rules.pack
    received_on = calendar.day_of(received_at)
    warning_day = ceil(pack.answer.days * pack.remind_at_share)
    return Dates(
        acknowledge_by=calendar.moment(calendar.add_working_days(received_on, pack.acknowledge.days)),
        remind_at=calendar.moment(calendar.add_working_days(received_on, warning_day), REMINDERS_AT),
        answer_by=calendar.moment(calendar.add_working_days(received_on, pack.answer.days)),
    )


def fallen_due(complaint: Complaint, now: datetime) -> list[tuple[Promise, datetime]]:
    """The promises broken by `now` whose breach is not recorded yet, the earliest first."""
    late = [(promise, due) for promise, due in complaint.running.items() if due <= now]
    return sorted((one for one in late if one[0] not in complaint.broken), key=lambda one: one[1])


def reminder_due(complaint: Complaint) -> bool:
    """Whether the answer still needs its reminder: once a cycle, and not after the answer itself is late."""
    return complaint.state in UNANSWERED and not complaint.reminded and "answer" not in complaint.broken


def wakes_at(complaint: Complaint) -> datetime | None:
    """When time alone next changes something: the next reminder or breach. None when nothing is left to watch."""
    moments = [due for promise, due in complaint.running.items() if promise not in complaint.broken]
    if reminder_due(complaint):
        moments.append(complaint.remind_at)
    return min(moments, default=None)


def working_days_left(due: datetime, now: datetime, rules: Rules) -> int:
    """Working days from today to the due day; negative when it has passed."""
    return rules.calendar.working_days_between(rules.calendar.day_of(now), rules.calendar.day_of(due))


def explain(received_at: datetime, due: datetime, days: int, rules: Rules) -> dict[Language, list[str]]:
    """Why a promise falls on its day, line by line, in each language."""
    calendar, pack = rules.calendar, rules.pack
    first, last = calendar.day_of(received_at), calendar.day_of(due)
    skipped = sorted(day for day in calendar.holidays if first < day <= last and calendar.is_working_day(day) is False)
    skipped = [day for day in skipped if day.weekday() < 5]
    holidays = ", ".join(f"{day:%d.%m.%Y} {calendar.holidays[day]}" for day in skipped)
    return {
        "tr": [
            f"Alındığı gün: {first:%d.%m.%Y}; bu gün sayılmaz.",
            f"Süre: {days} iş günü, {pack.title['tr']}, sürüm {pack.version}.",
            f"Sayılmayan tatiller: {holidays}." if holidays else "Arada resmî tatil yok.",
            f"Son tarih: {last:%d.%m.%Y}, gün sonu.",
        ],
        "en": [
            f"Received on {first:%d.%m.%Y}; that day does not count.",
            f"Limit: {days} working day{'' if days == 1 else 's'}, {pack.title['en']}, version {pack.version}.",
            f"Holidays not counted: {holidays}." if holidays else "No public holiday in between.",
            f"Due on {last:%d.%m.%Y}, at the end of the day.",
        ],
    }
