"""What a pack promises, as people read it: one line a limit, in two languages. What it does not set has no line."""

from collections.abc import Iterator

from complaints.complaint import Language, PauseCategory
from complaints.explain import UNITS
from complaints.packs import Anchor, Extension, Limit, Outside, Pack

Words = tuple[str, str]  # Turkish, English

NAMES: tuple[tuple[str, Anchor, Words], ...] = (  # a limit of a pack, and where it usually counts from
    ("acknowledge", "received", ("Alındı bildirimi", "Acknowledgement")),
    ("update", "received", ("Bilgilendirme aralığı", "Longest time between news")),
    ("answer", "received", ("Yanıt", "Answer")),
    ("after_inquiry", "inquiry_ended", ("İnceleme bittikten sonra yanıt", "Answer once the inquiry has ended")),
)
EXTENSION, SECOND, EARLY = (
    ("Uzatma", "Extension"),
    ("İkinci kademe", "Second stage"),
    ("Erken çözüm", "Early settlement"),
)
PAUSE, RETENTION, REOPENING = ("Süre durur", "The clock stops"), ("Saklama", "Kept for"), ("Yeniden açma", "Reopening")
SINCE: dict[Anchor, Words] = {
    "received": ("şikâyetten sonra", "after the complaint"),
    "acknowledged": ("alındı bildiriminden sonra", "after the acknowledgement"),
    "inquiry_ended": ("inceleme bittikten sonra", "after the inquiry"),
    "agreed": ("anlaşmadan sonra", "after the agreement"),
    "due": ("son tarihten sonra", "after the due date"),
    "answered": ("yanıttan sonra", "after the answer"),
    "closed": ("kapanıştan sonra", "after the closing"),
}
PAUSES: dict[PauseCategory, Words] = {
    "waiting_for_complainant": ("şikâyetçi beklenirken", "while we wait for the complainant"),
    "waiting_for_third_party": ("üçüncü kişi beklenirken", "while we wait for a third party"),
    "before_court": ("konu mahkemedeyken", "while it is before a court"),
}
AMOUNTS: dict[str, Words] = {
    "below": ("yılın parasal sınırının altında", "below the limit of the year"),
    "from": ("yılın parasal sınırından itibaren", "from the limit of the year"),
}


def told(pack: Pack) -> dict[Language, list[str]]:
    """The lines of a pack."""
    return {"tr": list(_lines(pack, "tr")), "en": list(_lines(pack, "en"))}


def _lines(pack: Pack, language: Language) -> Iterator[str]:
    which = 0 if language == "tr" else 1
    for field, usual, name in NAMES:
        if limit := getattr(pack, field):
            yield f"{name[which]}: {_limit(limit, usual, which)}"
    if pack.extension:
        yield f"{EXTENSION[which]}: {_extension(pack.extension, which)}"
    if pack.second_stage:
        yield f"{SECOND[which]}: {_limit(pack.second_stage.answer, 'received', which)}"
    if pack.early:
        yield f"{EARLY[which]}: {_limit(pack.early, 'received', which)}"
    for duty in pack.duties:
        yield f"{duty.title[language]}: {_limit(duty.limit, 'received', which)}"
    if pack.pause:
        yield f"{PAUSE[which]}: {', '.join(PAUSES[category][which] for category in pack.pause)}"
    for body in pack.outside:
        yield _outside(body, language, which)
    if pack.retention:
        yield f"{RETENTION[which]}: {_limit(pack.retention, 'closed', which)}"
    if pack.reopen_within:
        yield f"{REOPENING[which]}: {_limit(pack.reopen_within, 'closed', which)}"


def _limit(limit: Limit, usual: Anchor | None, which: int) -> str:
    """A length of time; where it counts from is said when that is not the usual thing."""
    turkish, one, several = UNITS[limit.unit]
    length = f"{limit.count} {(turkish, one if limit.count == 1 else several)[which]}"
    if limit.from_ != usual:
        since = SINCE[limit.from_][which]
        length = f"{length} {since}" if which else f"{since} {length}"
    if limit.if_due_on_holiday == "next_working_day":
        length += (", tatile rastlarsa izleyen iş günü", ", or the next working day if that is a holiday")[which]
    return length


def _extension(extension: Extension, which: int) -> str:
    times, limit, said = extension.times, extension.limit, []
    if times:
        said.append((f"en çok {times} kez", "at most once" if times == 1 else f"at most {times} times")[which])
    if limit and limit.from_ == "received":
        whole = _limit(limit, "received", which)
        said.append((f"toplam {whole}", f"{whole} in all")[which])
    elif limit:
        said.append(_limit(limit, "due", which))
    return ", ".join(said) or ("sınırı belirtilmemiş", "no limit is set")[which]


def _outside(body: Outside, language: Language, which: int) -> str:
    said = body.body[language]
    if body.value_is:
        said += f", {AMOUNTS[body.value_is][which]}"
    within = (" ya da ", " or ")[which].join(_limit(limit, None, which) for limit in body.within)
    earliest = ("; erken olanı", "; whichever is earlier")[which] if len(body.within) > 1 else ""
    return f"{said}: {within}{earliest}" if within else said
