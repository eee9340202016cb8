"""What everybody is told about how we handle complaints, worked out from the packs in use."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from complaints.complaint import Language
from complaints.deadlines import answer_limit
from complaints.language import LANGUAGES
from complaints.packs import BASE, Limit, Outside, Pack, Texts
from complaints.packs_told import Term, ends, times
from complaints.rules import Rules

Times = dict[Language, tuple[Term, ...]]


@dataclass(frozen=True)
class Body:
    """Somebody outside to whom one can go. `until` says by when, and is empty where no last day is known.

    `bound` is the figure of the year that decides whether this is the right body: (year, amount, currency).
    """

    name: Texts
    note: Texts | None
    url: str | None
    until: dict[Language, str]
    bound: tuple[int, Decimal, str] | None


@dataclass(frozen=True)
class Kind:
    """Complaints of one kind, which stand under one pack, and the times that hold for them alone."""

    title: Texts
    times: Times


@dataclass(frozen=True)
class Handling:
    """How complaints are handled under one version of the rules; `since` is the first local day of all of it."""

    version: int
    since: date
    times: Times  # those that hold for every complaint
    kinds: tuple[Kind, ...]
    bodies: tuple[Body, ...]
    review_within: Limit


def handling(rules: Rules, on: date, version: int = 0, settled_at: datetime | None = None) -> Handling:
    """What the rules mean to whoever complains on a local day.

    `version` and `settled_at` (UTC) are those of the rules; before anybody settled any, they are 0 and None.
    """
    packs = [rules.in_force(name, on) for name in rules.in_use()]
    since = [pack.effective_from for pack in packs if pack.effective_from <= on]
    if settled_at:
        since.append(rules.calendar.day_of(settled_at))
    held = [_filled(pack, rules, on) for pack in packs]
    shared = set(_terms(held[0])).intersection(*(_terms(pack) for pack in held))
    return Handling(
        version=version,
        since=max(since, default=on),
        times=_times(held[0], shared, among=True),
        kinds=tuple(Kind(title=pack.title, times=_times(pack, shared, among=False)) for pack in held),
        bodies=_bodies(packs, rules, on),
        review_within=rules.organisation.review_within,
    )


def _terms(pack: Pack) -> list[tuple[Term, ...]]:
    """A pack's times, each in every language."""
    return list(zip(*(times(pack, language) for language in LANGUAGES), strict=True))


def _times(pack: Pack, shared: set[tuple[Term, ...]], *, among: bool) -> Times:
    """A pack's times: those among the shared ones, or the others."""
    kept = [term for term in _terms(pack) if (term in shared) == among]
    return {language: tuple(term[at] for term in kept) for at, language in enumerate(LANGUAGES)}


def _filled(pack: Pack, rules: Rules, on: date) -> Pack:
    """The pack with the limits that hold under it though another pack sets them."""
    _, answer, extension = answer_limit(pack, on, rules, None, 1)
    return pack.model_copy(
        update={
            "acknowledge": rules.limit(pack, "acknowledge", on)[1],
            "update": rules.limit(pack, "update", on)[1],
            "answer": answer,
            "extension": extension,
            "second_stage": rules.second_stage(pack, on)[1],
            "reopen_within": pack.reopen_within or rules.in_force(BASE, on).reopen_within,
        }
    )


def _bodies(packs: list[Pack], rules: Rules, on: date) -> tuple[Body, ...]:
    """Those of all packs; what several of them name stands there once."""
    found: list[Body] = []
    for body in (_body(one, rules, on) for pack in packs for one in pack.outside):
        if body not in found:
            found.append(body)
    return tuple(found)


def _body(body: Outside, rules: Rules, on: date) -> Body:
    figure, amount = rules.value(body.value, on.year) if body.value else (None, None)
    return Body(
        name=body.body,
        note=body.note,
        url=body.url,
        until={language: ends(body, language) for language in LANGUAGES},
        bound=(on.year, amount, figure.currency) if figure and amount is not None else None,
    )
