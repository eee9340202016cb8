"""Why a date is what it is, in the words of two languages: one sentence for each time that a clock was set."""

from datetime import date, datetime

from complaints import events as e
from complaints.calendar import END_OF_DAY, Calendar, load
from complaints.complaint import Language
from complaints.packs import Unit
from complaints.rules import Rules

Setting = tuple[e.AnyEvent, e.Reckoning]

DAYS: dict[Language, tuple[str, ...]] = {
    "tr": ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS: dict[Language, tuple[str, ...]] = {
    "tr": ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
UNITS: dict[Unit, tuple[str, str, str]] = {  # Turkish, one in English, several in English
    "hour": ("saat", "hour", "hours"),
    "working_hour": ("çalışma saati", "working hour", "working hours"),
    "working_day": ("iş günü", "working day", "working days"),
    "working_day_with_saturday": (
        "iş günü (cumartesi dahil)",
        "working day, Saturdays too",
        "working days, Saturdays too",
    ),
    "calendar_day": ("gün", "calendar day", "calendar days"),
    "week": ("hafta", "week", "weeks"),
    "month": ("ay", "month", "months"),
    "year": ("yıl", "year", "years"),
}
ANCHORS: dict[str, tuple[str, str]] = {
    "received": ("alındı", "received"),
    "acknowledged": ("alındı bildirimi", "acknowledged"),
    "inquiry_ended": ("inceleme bitti", "inquiry ended"),
    "agreed": ("anlaşıldı", "agreed"),
    "due": ("önceki son tarih", "earlier due date"),
    "answered": ("yanıtlandı", "answered"),
    "told": ("bildirildi", "told"),
    "closed": ("kapatıldı", "closed"),
    "named": ("belirlendi", "set"),
}


def explain(settings: list[Setting], rules: Rules) -> dict[Language, list[str]]:
    """How a clock came to its date: a line for each event that set it, the one in force last.

    `settings` are those of one clock, as deadlines.in_force gives them.
    """
    before = [None, *(one for _, one in settings)]
    lines = [(event, one, old) for (event, one), old in zip(settings, before, strict=False)]
    return {"tr": [_line(*line, "tr", rules) for line in lines], "en": [_line(*line, "en", rules) for line in lines]}


def _line(event: e.AnyEvent, one: e.Reckoning, old: e.Reckoning | None, language: Language, rules: Rules) -> str:
    calendar = rules.calendar if one.calendar == rules.calendar.code else load(one.calendar)
    parts = [_from(event, one, old, language, calendar)]
    if one.count and one.unit:
        parts.append(_length(one.count, one.unit, language))
    if one.skipped:
        days = ", ".join(day_text(day, language, year=False) for day in one.skipped)
        parts.append(f"{days} sayılmadı" if language == "tr" else f"{days} not counted")
    parts.append(_source(one, language))
    return f"{', '.join(parts)} → {_due(one, language, rules)}"


def _due(one: e.Reckoning, language: Language, rules: Rules) -> str:
    """In the organisation's own time, as everywhere else."""
    if one.unit in {"hour", "working_hour"}:
        return moment_text(one.due, language, rules.calendar)
    return day_text(rules.calendar.day_of(one.due), language)


def _from(event: e.AnyEvent, one: e.Reckoning, old: e.Reckoning | None, language: Language, calendar: Calendar) -> str:
    start = day_text(calendar.day_of(one.started_at), language)
    turkish = language == "tr"
    match event:
        case e.AnswerExtended():
            due = day_text(calendar.day_of(old.due if old else one.started_at), language)
            counted = "" if one.anchor in {"due", "named"} else f", {ANCHORS[one.anchor][not turkish]} {start}"
            return (f"uzatıldı, önceki son tarih {due}" if turkish else f"extended, it was due {due}") + counted
        case e.ClockResumed():
            again = day_text(calendar.day_of(event.at), language)
            return (
                f"süre {start} ile {again} arasında durdu, kalan süreyle devam ediyor"
                if turkish
                else f"stood still from {start} to {again}, goes on with the time that was left"
            )
        case e.DecisionAccepted():
            return f"{start} kabul edildi, söz verilen gün" if turkish else f"accepted {start}, the day we promised"
        case e.ComplaintReopened():
            again = day_text(calendar.day_of(event.at), language)
            told = f", {ANCHORS[one.anchor][not turkish]} {start}" if one.anchor == "acknowledged" else ""
            return (f"yeniden açıldı {again}" if turkish else f"reopened {again}") + told
        case e.ClocksRecalculated():
            return f"takvim değişti, başlangıç {start}" if turkish else f"calendar changed, counted from {start}"
    if one.promise == "update":
        return f"son haber {start}" if turkish else f"last told {start}"
    if one.promise == "take_up" and isinstance(event, e.ComplaintAssessed):
        return f"değerlendirildi {start}" if turkish else f"assessed {start}"
    if one.promise == "take_up":
        return f"bize ulaştı {start}" if turkish else f"reached us {start}"
    word = ANCHORS[one.anchor][0 if turkish else 1]
    latest = (" (en geç)" if turkish else " at the latest") if one.assumed else ""
    return f"{word}{latest} {start}"


def _length(count: int, unit: Unit, language: Language) -> str:
    turkish, one, several = UNITS[unit]
    return f"{count} {turkish}" if language == "tr" else f"{count} {one if count == 1 else several}"


def _source(one: e.Reckoning, language: Language) -> str:
    if one.pack:
        return f"{one.pack} v{one.version}"
    if one.anchor == "named":
        return "bizim verdiğimiz söz" if language == "tr" else "our own promise"
    return "iç hedefimiz" if language == "tr" else "our own target"


def day_text(day: date, language: Language, *, year: bool = True) -> str:
    """`Fri 23 Oct 2026`, `23 Eki 2026 Cum`; without the year `29 Oct`, `29 Eki`."""
    figures = f"{day.day} {MONTHS[language][day.month - 1]}"
    if not year:
        return figures
    weekday = DAYS[language][day.weekday()]
    return f"{figures} {day.year} {weekday}" if language == "tr" else f"{weekday} {figures} {day.year}"


def moment_text(moment: datetime, language: Language, calendar: Calendar) -> str:
    """A day; with the local time where that is not the day's end: `Mon 23 Nov 2026 14:30`, `23 Kas 2026 Pzt 14.30`."""
    local = moment.astimezone(calendar.zone)
    day = day_text(local.date(), language)
    if local.time() == END_OF_DAY:
        return day
    return f"{day} {local:%H.%M}" if language == "tr" else f"{day} {local:%H:%M}"
