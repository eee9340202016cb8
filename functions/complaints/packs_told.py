"""What a pack promises, as people read it: one line a limit, in every language. What it does not set has no line."""

from collections.abc import Iterator

from complaints.complaint import Language
from complaints.language import LANGUAGES, length, words
from complaints.packs import Anchor, Extension, Limit, Outside, Pack

Term = tuple[str, str]  # what is promised, and how long it may take

USUALLY: dict[str, Anchor] = {  # the limits of a pack that stand first, and where each usually counts from
    "acknowledge": "received",
    "update": "received",
    "answer": "received",
    "after_inquiry": "inquiry_ended",
}


def told(pack: Pack) -> dict[Language, list[str]]:
    """The lines of a pack."""
    return {language: list(_lines(pack, language)) for language in LANGUAGES}


def times(pack: Pack, language: Language) -> tuple[Term, ...]:
    """What a pack promises whoever complains: the name of each limit, and its length."""
    return tuple(_times(pack, language))


def ends(body: Outside, language: Language) -> str:
    """Until when a body takes a complaint; empty where the pack knows of no last day."""
    said = words(language)["limits"]
    lengths = str(said["or"].join(_limit(limit, None, language) for limit in body.within))
    return str(said["earliest"].format(lengths=lengths)) if len(body.within) > 1 else lengths


def _lines(pack: Pack, language: Language) -> Iterator[str]:
    name = words(language)["pack"]
    for term, limit in _times(pack, language):
        yield f"{term}: {limit}"
    if pack.early:
        yield f"{name['early']}: {_limit(pack.early, 'received', language)}"
    for body in pack.outside:
        yield _outside(body, language)
    if pack.retention:
        yield f"{name['retention']}: {_limit(pack.retention, 'closed', language)}"


def _times(pack: Pack, language: Language) -> Iterator[Term]:
    said = words(language)
    name = said["pack"]
    for field, usual in USUALLY.items():
        if limit := getattr(pack, field):
            yield name[field], _limit(limit, usual, language)
    if pack.extension:
        yield name["extension"], _extension(pack.extension, language)
    if pack.second_stage:
        yield name["second_stage"], _limit(pack.second_stage.answer, "received", language)
    for duty in pack.duties:
        yield duty.title[language], _limit(duty.limit, "received", language)
    if pack.pause:
        yield name["pause"], ", ".join(said["pauses"][category] for category in pack.pause)
    if pack.reopen_within:
        yield name["reopen_within"], _limit(pack.reopen_within, None, language)


def _limit(limit: Limit, usual: Anchor | None, language: Language) -> str:
    """A length of time; where it counts from is said when that is not the usual thing."""
    said, whole = words(language), length(limit.count, limit.unit, language)
    if limit.from_ != usual:
        whole = said["since"][limit.from_].format(length=whole)
    return str(said["limits"]["moved"].format(length=whole)) if limit.if_due_on_holiday == "next_working_day" else whole


def _extension(extension: Extension, language: Language) -> str:
    said, times, limit = words(language)["limits"], extension.times, extension.limit
    parts: list[str] = []
    if times:
        parts.append(said["times"][times > 1].format(count=times))
    if limit and limit.from_ == "received":
        parts.append(said["in_all"].format(length=_limit(limit, "received", language)))
    elif limit:
        parts.append(_limit(limit, "due", language))
    return ", ".join(parts) or str(said["unlimited"])


def _outside(body: Outside, language: Language) -> str:
    said = body.body[language]
    if body.value_is:
        said += f", {words(language)['amounts'][body.value_is]}"
    until = ends(body, language)
    return f"{said}: {until}" if until else said
