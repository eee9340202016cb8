"""A form as a browser without a script sends it, turned into what the API takes; and refusals turned into what a page
shows."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final, Literal, get_args
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import ValidationError

from adapters.http import field_errors, language_of
from complaints import commands as c
from complaints.complaint import Language
from complaints.language import LANGUAGES
from complaints.refusals import Clash, Incomplete
from complaints.survey import QUESTIONS as MARKED
from intake.door import Door, Message, Said
from intake.tracked import Act, Tracked

# As the form asks them; its template has the same order.
QUESTIONS = (
    "about",
    "category",
    "order_number",
    "what_happened",
    "happened_on",
    "safety_risk",
    "branch",
    "staff_involved",
    "life_stage",
    "others_affected",
    "told_before",
    "told_reference",
    "about_handling",
    "elsewhere",
    "elsewhere_where",
    "wants",
    "wish",
    "wish_amount",
    "value",
    "currency",
    "who",
    "their_name",
    "capacity",
    "name",
    "organisation",
    "customer",
    "contact",
    "their_email",
    "their_phone",
    "email",
    "phone",
    "contact_by",
    "call_hours",
    "address",
    "answer_language",
    "formats",
    "support_needs",
    "may_survey",
)
# The questions whose answers go to the API under the same name and as they were typed, whoever complains.
AS_TYPED = (
    "about",
    "what_happened",
    "told_before",
    "order_number",
    "branch",
    "staff_involved",
    "life_stage",
    "wish",
    "customer",
)
SEVERAL = ("wants", "formats")  # questions with more than one answer
YES_OR_NO = ("safety_risk", "elsewhere")
FIGURES = ("category", "others_affected")
AMOUNTS = ("wish_amount", "value")
Reach = Literal["mail", "phone", "letter", "nobody"]
# The page of a complaint is one form: whatever is pressed there, all that was typed comes along. Each act has a box for
# words, but these, which have fields of their own.
FIELDS: Final = {"survey": MARKED, "verify_contact": ("number",)}
BOXES: Final = ("message", "file", *get_args(Act), *FIELDS)


def typed_in(body: bytes) -> dict[str, str]:
    """A form's fields; several answers to one question stand with a blank between them.

    What is not UTF-8 is shown as a replacement character, never lost.
    """
    parsed = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: " ".join(values) if name in SEVERAL else values[-1] for name, values in parsed.items()}


def language(typed: dict[str, str], request: Request) -> Language:
    """The one that the page says, else the one that the browser prefers."""
    preferred = language_of(request.headers.get("accept-language"))
    return next((one for one in LANGUAGES if one == typed.get("language")), preferred)


def who(typed: dict[str, str]) -> str:
    """For whom the complaint is: me, other or anonymous. Who gives a name and does not say writes for themselves."""
    return typed.get("who", "") or ("me" if typed.get("name", "").strip() else "")


def read(typed: dict[str, str]) -> c.Submission:
    """What the form says. Raises Incomplete, its pointers being the page's own fields."""
    lacks = _missing(typed)
    try:
        body = c.Submission.model_validate(_fields(typed))
    except ValidationError as error:
        found = {_field(pointer.strip("/").split("/"), typed): code for pointer, code in field_errors(error.errors())}
        found = {field: code for field, code in found.items() if code != "contact_required"} | lacks
        raise Incomplete(*((f"/{field}", code) for field, code in found.items())) from None
    if lacks:
        raise Incomplete(*((f"/{field}", code) for field, code in lacks.items()))
    return body


def _fields(typed: dict[str, str]) -> dict[str, Any]:
    """The form's fields as the API takes them. Of the anonymous nothing is passed on that says who they are."""
    fields: dict[str, Any] = {name: typed.get(name, "") for name in AS_TYPED} | _people(typed)
    fields["wants"] = typed.get("wants", "").split()
    if typed.get("elsewhere") == "yes":
        fields["elsewhere_where"] = typed.get("elsewhere_where", "")
    if typed.get("told_before") == "yes":
        fields["told_reference"] = typed.get("told_reference", "")
        fields |= {"about_handling": True} if typed.get("about_handling") else {}
    fields |= {name: _amount(typed.get(name, "")) for name in AMOUNTS}
    if any(fields[name] for name in AMOUNTS):
        fields["currency"] = typed.get("currency", "")
    for name in FIGURES:
        figure = typed.get(name, "").strip()
        fields[name] = int(figure) if re.fullmatch("[0-9]{1,7}", figure) else figure
    parts = [typed.get(f"happened_{part}", "").strip() for part in ("year", "month", "day")]
    if any(parts):
        fields["happened_on"] = _day(parts)
    fields |= {"day_unsure": True} if typed.get("day_unsure") else {}
    asked = {name: {"yes": True, "no": False}.get(typed.get(name, ""), "") for name in YES_OR_NO}
    told = {name: value for name, value in fields.items() if value not in ("", [])}
    return {"language": typed.get("answer_language") or typed.get("language", ""), **asked, **told}


def _people(typed: dict[str, str]) -> dict[str, Any]:
    """Who complains, and who acts for them. Whoever fills the form in gives `name`, `email` and `phone`."""
    own: dict[str, Any] = {name: typed.get(name, "") for name in ("name", "email", "phone")}
    both: dict[str, Any] = {name: typed.get(name, "") for name in ("organisation", "contact_by", "support_needs")}
    beside = {"phone": "call_hours", "letter": "address"}.get(both["contact_by"])  # asked with that answer alone
    both |= {beside: typed.get(beside, "")} if beside else {}
    both["formats"] = typed.get("formats", "").split()
    both |= {"may_survey": True} if typed.get("may_survey") else {}
    match who(typed):
        case "me":
            return own | both
        case "other":
            theirs = {name: typed.get(f"their_{name}", "") for name in own}
            acts = own | {"capacity": typed.get("capacity", "")}
            return theirs | both | {"representative": acts, "contact": typed.get("contact", "") or "not said"}
        case _:
            return {"anonymous": True}


def _amount(text: str) -> str:
    """An amount as people write it in either language (1.250,50 or 1,250.50) with a point before its decimals."""
    whole, mark, last = re.sub(r"[\s'’]", "", text).replace(",", ".").rpartition(".")
    return f"{whole.replace('.', '')}.{last}" if mark and len(last) < 3 else whole.replace(".", "") + last


def _day(parts: list[str]) -> str:
    """Year, month and day as typed, as an ISO date; the model says whether there is such a day."""
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except (ValueError, OverflowError):
        return "not a day"


def form_key(typed: dict[str, str], body: c.Submission, door: Door) -> str:
    """The key that a script put into the form, or the body's own."""
    try:
        return str(Message.model_validate({"id": typed.get("idempotency_key", ""), "words": "-"}).id)
    except ValidationError:
        return door.form_key(body)


def fields_of(act: str) -> tuple[str, ...]:
    """What is typed with an act."""
    return FIELDS.get(act, (f"words-{act}",))


def written(typed: dict[str, str]) -> dict[str, str]:
    """All that is typed on the page of a complaint, by its fields."""
    names = [name for act in BOXES for name in fields_of(act)]
    return {name: typed[name] for name in names if typed.get(name, "").strip()}


def asked_for(typed: dict[str, str]) -> str:
    """The act whose button was pressed. Enter presses none: it goes with the line that it was pressed in."""
    lines = ("verify_contact", "file")
    return typed.get("act") or next((act for act in lines if unsent(act, written(typed)) == act), "open")


def unsent(act: str, left: dict[str, str]) -> str | None:
    """Of what is typed and not sent, that of this act, or else the first; None where nothing is."""
    return next((one for one in (act, *BOXES) if any(name in left for name in fields_of(one))), None)


def homeless(left: dict[str, str], shown: Tracked) -> list[str]:
    """The words whose box the page no longer has."""
    can = {"message" if one == "write" else "file" if one == "add_file" else one for one in shown.can}
    return [
        left[name]
        for act in BOXES
        if act not in can
        for name in fields_of(act)
        if name.startswith("words-") and name in left
    ]


def words_of(typed: dict[str, str], act: str) -> str | None:
    """What was written with an act, as it is kept; None where nothing was, or nothing that can be."""
    try:
        return Said.model_validate({"words": typed.get(f"words-{act}", "")}).words
    except ValidationError:
        return None


def reach(body: c.Submission) -> Reach:
    """How we write back: what the confirmation says about it."""
    if body.anonymous:
        return "nobody"
    if body.mail_to:
        return "mail"
    return "phone" if body.reader.phone and body.contact_by != "letter" else "letter"


def _missing(typed: dict[str, str]) -> dict[str, str]:
    """What a person must say who could be left out of the API's body: field and code."""

    def filled(*names: str) -> bool:
        return any(typed.get(name, "").strip() for name in names)

    person = who(typed)
    writes_to = typed.get("contact") if person == "other" else person
    names = {"me": ("name",), "other": ("their_name", "name")}.get(person, ())
    lacks = {name: "required" for name in names if not filled(name)}
    if person not in {"me", "other", "anonymous"}:
        lacks["who"] = "choice_required"
    whose = {"me": "", "representative": "", "complainant": "their_"}.get(writes_to or "")
    if whose is not None:
        lacks |= _unreached(whose, typed.get("contact_by", ""), filled)
    if filled(*AMOUNTS) and not filled("currency"):
        lacks["currency"] = "choice_required"
    return lacks


def _unreached(whose: str, by: str, filled: Callable[..., bool]) -> dict[str, str]:
    """What is missing to reach somebody `by` the way they have chosen, or by any: field and code."""
    ways = {"email": f"{whose}email", "phone": f"{whose}phone", "letter": "address"}
    if by in ways:
        return {} if filled(ways[by]) else {ways[by]: "required"}
    return {} if filled(f"{whose}email", f"{whose}phone") else {f"{whose}email": "contact_required"}


def _field(path: list[str], typed: dict[str, str]) -> str:
    """The page's name of the field that a pointer leads to."""
    if path[0] == "representative" and len(path) > 1:
        return path[1]
    if path[0] == "language":
        return "answer_language"
    return f"their_{path[0]}" if who(typed) == "other" and path[0] in {"name", "email", "phone"} else path[0]


def listed(refused: Incomplete | Clash) -> list[dict[str, str]]:
    """Errors as the page names them, in the order of its questions: the field and what is the matter with it."""
    if isinstance(refused, Clash):
        return [{"field": "what_happened", "code": refused.code.replace("-", "_")}]
    found = {pointer.strip("/").split("/")[0]: code for pointer, code in refused.errors}
    if late := found.pop("late_reason", None):
        found["words"] = late  # there is one field for all that is to be said
    return [{"field": field, "code": code} for field, code in sorted(found.items(), key=_place)]


def _place(error: tuple[str, str]) -> int:
    return QUESTIONS.index(error[0]) if error[0] in QUESTIONS else len(QUESTIONS)
