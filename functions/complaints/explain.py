"""Why a date is what it is, in every language: one sentence for each time that a clock was set."""

from datetime import datetime
from functools import partial

from complaints import events as e
from complaints.calendar import END_OF_DAY, Calendar, load
from complaints.complaint import Language
from complaints.language import LANGUAGES, clock, length, short, short_with_weekday, words
from complaints.rules import Rules

Setting = tuple[e.AnyEvent, e.Reckoning]


def explain(settings: list[Setting], rules: Rules) -> dict[Language, list[str]]:
    """How a clock came to its date: a line for each event that set it, the one in force last.

    `settings` are those of one clock, as deadlines.in_force gives them.
    """
    before = [None, *(one for _, one in settings)]
    lines = [(event, one, old) for (event, one), old in zip(settings, before, strict=False)]
    return {language: [_line(*line, language, rules) for line in lines] for language in LANGUAGES}


def _line(event: e.AnyEvent, one: e.Reckoning, old: e.Reckoning | None, language: Language, rules: Rules) -> str:
    calendar = rules.calendar if one.calendar == rules.calendar.code else load(one.calendar)
    parts = [_from(event, one, old, language, calendar)]
    if one.count and one.unit:
        parts.append(length(one.count, one.unit, language))
    if one.skipped:
        days = ", ".join(short(day, language) for day in one.skipped)
        parts.append(_why(language, "not_counted", days=days))
    parts.append(_source(one, language))
    return f"{', '.join(parts)} → {_due(one, language, rules)}"


def _due(one: e.Reckoning, language: Language, rules: Rules) -> str:
    """In the organisation's own time, as everywhere else."""
    if one.unit in {"hour", "working_hour"}:
        return moment_text(one.due, language, rules.calendar)
    return short_with_weekday(rules.calendar.day_of(one.due), language)


def _from(event: e.AnyEvent, one: e.Reckoning, old: e.Reckoning | None, language: Language, calendar: Calendar) -> str:
    def day(moment: datetime) -> str:
        return short_with_weekday(calendar.day_of(moment), language)

    def counted() -> str:
        line = "counted_at_the_latest" if one.assumed else "counted"
        return _why(language, line, anchor=words(language)["anchors"][one.anchor], start=start)

    why, start = partial(_why, language), day(one.started_at)
    match event:
        case e.AnswerExtended():
            said = why("extended", due=day(old.due if old else one.started_at))
            return said if one.anchor in {"due", "named"} else f"{said}, {counted()}"
        case e.ClockResumed():
            return why("stood_still", start=start, again=day(event.at))
        case e.DecisionAccepted():
            return why("accepted", start=start)
        case e.ComplaintReopened():
            said = why("reopened", again=day(event.at))
            return f"{said}, {counted()}" if one.anchor == "acknowledged" else said
        case e.ClocksRecalculated():
            return why("recalculated", start=start)
    if one.promise == "update":
        return why("told", start=start)
    if one.promise == "take_up":
        return why("assessed" if isinstance(event, e.ComplaintAssessed) else "reached", start=start)
    return counted()


def _source(one: e.Reckoning, language: Language) -> str:
    if one.pack:
        return f"{one.pack} v{one.version}"
    return _why(language, "our_promise" if one.anchor == "named" else "our_target")


def _why(language: Language, line: str, **told: str) -> str:
    return str(words(language)["why"][line].format(**told))


def moment_text(moment: datetime, language: Language, calendar: Calendar) -> str:
    """A day; with the local time where that is not the day's end: `Mon 23 Nov 2026 14:30`, `23 Kas 2026 Pzt 14.30`."""
    local = moment.astimezone(calendar.zone)
    day = short_with_weekday(local.date(), language)
    return day if local.time() == END_OF_DAY else f"{day} {clock(local, language)}"
