"""The public pages: Jinja2 templates and the words of two languages in, HTML out.

The same templates serve the pages that are written to the site's bucket and the pages that the intake function answers
with, so a page looks the same whether or not the visitor's browser runs scripts. Nothing here reads a clock.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from adapters.files import CHOSEN, LARGEST, MOST
from adapters.letters import FOLDER as LETTERS
from adapters.letters import money
from adapters.versions import Version
from complaints.categories import HANDLING, Category
from complaints.complaint import Language
from complaints.framework import Commitment, Contact, InForce, Look, Policy, Privacy
from complaints.handling import Handling
from complaints.language import LANGUAGES, clock, figures, short, spelled, with_weekday
from complaints.packs import Limit
from complaints.rules import Rules

PAGES: Final = Path(__file__).parent.parent / "pages"
# The editions that this edition of the product was held against, and that every page names.
STANDARDS: Final = {"standard": "ISO 10002:2018", "vocabulary": "ISO 9000:2015"}
# What `render` may be called without; every other name that a template uses must be passed, or it raises.
DEFAULTS: Final[dict[str, Any]] = {
    "values": {},
    "errors": [],
    "note": None,
    "act": None,
    "homeless": (),
    "slot": None,
}


@dataclass(frozen=True)
class Promises:
    """What everybody is promised: how soon we confirm, how long we are silent at most, how soon we answer; and what
    one can complain of, in the organisation's own words.
    """

    acknowledge: Limit
    update: Limit
    answer: Limit
    categories: tuple[Category, ...] = ()


def promises(rules: Rules, on: date) -> Promises:
    """What the organisation's first pack promises to whoever complains on a local day."""
    pack = rules.in_force(rules.organisation.packs[0], on)
    return Promises(
        acknowledge=rules.limit(pack, "acknowledge", on)[1],
        update=rules.limit(pack, "update", on)[1],
        answer=rules.limit(pack, "answer", on)[1],
        # How we handled a complaint is asked for in its own place, with the number of that complaint.
        categories=tuple(one for one in rules.organisation.categories if one.active and one.number != HANDLING),
    )


@dataclass(frozen=True)
class Clock:
    """How one language writes moments in the organisation's time zone.

    Every method takes a `date`, an aware `datetime`, or the ISO 8601 text of either; a moment becomes the local day.
    """

    language: Language
    zone: ZoneInfo
    words: Mapping[str, Any]

    def local(self, when: str | date | datetime) -> date | datetime:
        """The day as it is, a moment in the organisation's time zone. A moment without a zone is refused."""
        if isinstance(when, str):
            when = datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
        if not isinstance(when, datetime):
            return when
        if when.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return when.astimezone(self.zone)

    def day(self, when: str | date | datetime) -> str:
        """`18 Aralık 2026`, `18 December 2026`."""
        return spelled(self._date(when), self.language)

    def long_day(self, when: str | date | datetime) -> str:
        """`18 Aralık 2026 Cuma`, `Friday 18 December 2026`."""
        return with_weekday(self._date(when), self.language)

    def short_day(self, when: str | date | datetime) -> str:
        """`18 Ara 2026`, `18 Dec 2026`: for the margin, where room is short."""
        day = self._date(when)
        return f"{short(day, self.language)} {day.year}"

    def time(self, when: str | date | datetime) -> str:
        """`10.42`, `10:42`."""
        local = self.local(when)
        return clock(local if isinstance(local, datetime) else datetime.combine(local, time.min), self.language)

    def clock(self, when: str | date | datetime) -> str:
        """`10.42, Türkiye saati`, `10:42, Türkiye time`."""
        zone = self.words["zone"].get(self.zone.key, self.zone.key)
        return str(self.words["dates"]["clock"].format(time=self.time(when), zone=zone))

    def _date(self, when: str | date | datetime) -> date:
        local = self.local(when)
        return date(local.year, local.month, local.day)

    def stamp(self, when: str | date | datetime) -> str:
        """ISO 8601, for the `datetime` attribute."""
        return self.local(when).isoformat()


def fours(code: str) -> str:
    """`HK7RMW4TX9HE` as people read it aloud: `HK7R MW4T X9HE`."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def apart(code: str) -> str:
    """A code as shown, for a voice that would make words of it: `HK7R MW4T` is `H K 7 R, M W 4 T`."""
    return ", ".join(" ".join(group) for group in re.split("[ -]", code))


def reference(code: str) -> str:
    """The reference as it is shown everywhere: `7K4M29XRQ3A` is `7K4M-29X-RQ3A`."""
    return f"{code[:4]}-{code[4:7]}-{code[7:]}"


def sized(count: int, language: Language) -> str:
    """A file's size with decimal prefixes: `214 kB`, `3,8 MB` (Turkish) or `3.8 MB` (English)."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{figures(Decimal(count) / 1_000_000, 1, language)} MB"


def length(limit: Limit, words: Mapping[str, Any]) -> str:
    """`20 iş günü`, `20 working days`, `1 hour`."""
    one, several = words["units"][limit.unit]
    return str(words["limits"]["length"].format(count=limit.count, unit=one if limit.count == 1 else several))


def counted(limit: Limit, words: Mapping[str, Any]) -> str:
    """A length that also says what it is counted from, where that is not the receipt."""
    found = length(limit, words)
    return str(words["limits"]["counted"].format(length=found)) if limit.from_ == "acknowledged" else found


def within(limit: Limit, words: Mapping[str, Any]) -> str:
    """`20 iş günü içinde`, `Within 20 working days`."""
    return str(words["limits"]["within"].format(length=length(limit, words)))


def every(limit: Limit, words: Mapping[str, Any]) -> str:
    """`En geç 10 iş günü arayla`, `At least every 10 working days`, `Every working day`."""
    if limit.count == 1:
        return str(words["limits"]["every_one"].format(unit=words["units"][limit.unit][0]))
    return str(words["limits"]["every"].format(length=length(limit, words)))


def dialled(phone: str) -> str:
    """A phone number as a `tel:` link takes it: digits, and a leading plus."""
    return re.sub(r"(?!^\+)\D", "", phone)


def named(words: object) -> Any:
    """Tables as namespaces, so that `w.sent.copy` in a template is the word and never a method of dict."""
    return SimpleNamespace(**{key: named(word) for key, word in words.items()}) if isinstance(words, dict) else words


def words(language: Language, *, alone: bool) -> dict[str, Any]:
    """The words of the pages; in a firm of one person those under `alone` take the place of their namesakes."""
    found = tomllib.loads((PAGES / "words" / f"{language}.toml").read_text("utf-8"))
    instead = found.pop("alone")
    return _replaced(found, instead) if alone else found


def _replaced(there: dict[str, Any], instead: dict[str, Any]) -> dict[str, Any]:
    changed = {key: _replaced(there[key], new) if isinstance(new, dict) else new for key, new in instead.items()}
    return {**there, **changed}


def say(text: str, **values: object) -> Markup:
    """`text` with its placeholders filled. Text and values are escaped; a value that is already Markup is kept."""
    return escape(text).format(**values)


def message(words: Mapping[str, Any], field: str, code: str) -> str:
    """What to tell a person about `code` at `field`: the field's own words, else the code's, else a general one."""
    errors = words["errors"]
    own = errors.get(field, {})
    code = code.replace("-", "_")
    found = own.get(code) if isinstance(own, Mapping) else None
    return str(found or (errors[code] if isinstance(errors.get(code), str) else errors["unknown"]))


class Pages:
    """The public pages of one organisation.

    `time_zone` is an IANA name such as Europe/Istanbul; `site_url` has no slash at its end. `look`, `contact`
    and `promises` are asked anew for each page: they may be settled anew while a function is warm. `alone`: the firm is
    one person, and so nobody else can look again.
    """

    def __init__(
        self,
        look: Callable[[], Look],
        contact: Callable[[], Contact],
        site_url: str,
        promises: Callable[[], Promises],
        time_zone: str,
        *,
        alone: bool = False,
    ) -> None:
        self._words = {language: words(language, alone=alone) for language in LANGUAGES}
        self._look = look
        self._contact = contact
        self._site_url = site_url.rstrip("/")
        given = {
            "site_url": self._site_url,
            "promises": promises,
            "time_zone": time_zone,
            "most_files": MOST,
            "largest": LARGEST,
            "endings": CHOSEN,
            "all_words": {language: named(words) for language, words in self._words.items()},
        }
        self._environments = {
            language: self._environment(language, ZoneInfo(time_zone), given) for language in LANGUAGES
        }

    def _environment(self, language: Language, zone: ZoneInfo, given: Mapping[str, object]) -> Environment:
        words = self._words[language]
        # What the tracking page promises, it says in the words of the decision letter.
        terms = tomllib.loads((LETTERS / "words" / f"{language}.toml").read_text("utf-8"))
        clock = Clock(language, zone, words)
        environment = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            given,
            standards=STANDARDS,
            language=language,
            w=named(words),
            remedies=terms["remedies"],
            message=partial(message, words),
        )
        environment.filters.update(
            say=say,
            day=clock.day,
            long_day=clock.long_day,
            short_day=clock.short_day,
            time=clock.time,
            clock=clock.clock,
            stamp=clock.stamp,
            size=partial(sized, language=language),
            counted=partial(counted, words=words),
            within=partial(within, words=words),
            every=partial(every, words=words),
            money=partial(money, language=language, patterns=terms["money"]),
            tel=dialled,
            fours=fours,
            apart=apart,
            reference=reference,
        )
        return environment

    def render(self, name: str, language: Language, **context: object) -> str:
        """The page `name` (a template of pages/) in `language`.

        Contexts hold JSON values, as `model_dump(mode="json")` gives them:
        complain: values, errors · sent: receipt, reach, upload_token · track: values, errors ·
        case: complaint, token, until, note, errors, values, act, homeless · handling: about (a Handling),
        commitment and policy (a Version of what is in force, or None).
        `errors` is a list of {field, code}. `reach` is how we write back: mail, phone, letter or nobody. `note` names
        what was just done, and `act` what was typed and not sent: message, or a move of the complainant's; `homeless`
        are words whose box is no longer there. `note` is "nothing" when it came too late or twice,
        "authority_unchecked" when we do not know yet whether they may act for the complainant.
        `slot` is where a browser without a script may send one file.
        Raises jinja2.UndefinedError for a context that lacks a name.
        """
        look, contact = self._look(), self._contact()
        settled = {"organisation": look.name, "look": look, "contact": contact, "help_phone": contact.phone}
        return self._environments[language].get_template(f"{name}.html").render(DEFAULTS | settled | context)

    def trouble(self, code: str, language: Language, *back: str) -> str:
        """The page for a request that was refused with a code of http.STATUSES, in every language, this one first. It
        leads `back` to the static pages that the request may have come from: complain, track or lost.
        """
        nowhere = code in {"not-found", "wrong-method"}
        name = "not-found" if nowhere else "trouble"
        return self.render(name, language, code=code.replace("-", "_"), back=back)

    def address(self, name: str, language: Language) -> str:
        """The URL of a static page."""
        return self._site_url + str(self._words[language]["paths"][name])

    def static_pages(
        self,
        about: Handling,
        commitment: Version[InForce[Commitment]] | None = None,
        policy: Version[InForce[Policy]] | None = None,
        privacy: Privacy | None = None,
    ) -> dict[str, str]:
        """Every page that is the same for everybody, by its key in the site's bucket."""
        pages = {"index.html": self.render("index", "tr"), "404.html": self.render("not-found", "tr")}
        pages["trouble.html"] = self.trouble(
            "error", "tr", "complain", "track"
        )  # shown by the edge where no function has
        for language in LANGUAGES:
            for name, path in self._words[language]["paths"].items():
                pages[f"{path.strip('/')}/index.html"] = self.render(
                    name, language, about=about, commitment=commitment, policy=policy, privacy=privacy
                )
        return pages
