"""A form as a browser without a script sends it, turned into what the API takes; and refusals turned into what a page
shows."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from pydantic import ValidationError

from adapters.http import language_of
from complaints import commands as c
from complaints.complaint import Language
from complaints.refusals import Clash, Incomplete
from intake.door import Door, Message

# As the form asks them; its template has the same order.
QUESTIONS = (
    "about",
    "safety_risk",
    "elsewhere",
    "what_happened",
    "happened_on",
    "told_before",
    "order_number",
    "wish",
    "name",
    "email",
    "phone",
    "contact",
    "support_needs",
)


def typed_in(body: bytes) -> dict[str, str]:
    """A form's fields. What is not UTF-8 is shown as a replacement character, never lost."""
    parsed = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in parsed.items()}


def language(typed: dict[str, str], request: Request) -> Language:
    match typed.get("language"):
        case "tr":
            return "tr"
        case "en":
            return "en"
        case _:
            return language_of(request.headers.get("accept-language"))


def submission(typed: dict[str, str]) -> dict[str, Any]:
    """The form's fields as the API takes them."""
    fields: dict[str, Any] = {name: typed[name] for name in c.Submission.model_fields if name in typed}
    fields["language"] = typed.get("language", "")
    for name in ("safety_risk", "elsewhere"):
        fields[name] = {"yes": True, "no": False}.get(typed.get(name, ""), "")
    parts = [typed.get(f"happened_{part}", "").strip() for part in ("year", "month", "day")]
    if any(parts):
        fields["happened_on"] = _day(parts)
    return {
        name: value for name, value in fields.items() if value != "" or name in {"safety_risk", "elsewhere", "language"}
    }


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


def listed(refused: Incomplete | Clash, typed: dict[str, str]) -> list[dict[str, str]]:
    """Errors as the page names them, in the order of its questions: the field and what is the matter with it."""
    if isinstance(refused, Clash):
        return [{"field": "what_happened", "code": refused.code.replace("-", "_")}]
    found = {pointer.strip("/").split("/")[0]: code for pointer, code in refused.errors}
    if "name" in typed and not (typed.get("email", "").strip() or typed.get("phone", "").strip()):
        found["contact"] = "contact_required"  # which a model asks only when everything else is right
    return [{"field": field, "code": code} for field, code in sorted(found.items(), key=_place)]


def _place(error: tuple[str, str]) -> int:
    return QUESTIONS.index(error[0]) if error[0] in QUESTIONS else len(QUESTIONS)
