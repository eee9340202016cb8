"""What both HTTP functions share: the guard in front, and one table from refusal to answer (RFC 9457).

The guard refuses what is too big, too deep, not UTF-8, not JSON or doubly keyed before any rule runs. No answer ever
repeats what was sent.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from hmac import compare_digest
from itertools import islice
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.telemetry import logger, trace
from adapters.vault import Unreadable
from complaints.complaint import Language
from complaints.language import LANGUAGES, words
from complaints.refusals import Clash, Incomplete, NotAllowed, NotFound, NotNow, OutOfDate, Refusal, TooMany

LARGEST_JSON = 64 * 1024
LARGEST_FORM = 256 * 1024
DEEPEST = 32
MOST_FIELDS = 60
MOST_ERRORS = 50
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]

STATUSES: dict[str, int] = {  # of each problem; its title stands in the words of each language
    "malformed": 400,
    "too-deep": 400,
    "no-token": 401,
    "not-allowed": 403,
    "not-found": 404,
    "no-match": 404,
    "wrong-method": 405,
    "not-now": 409,
    "out-of-date": 409,
    "too-big": 413,
    "wrong-type": 415,
    "validation": 422,
    "idempotency-clash": 422,
    "unreadable": 410,
    "too-many": 429,
    "error": 500,
}

CODES = frozenset(
    {
        "required",
        "too_short",
        "too_long",
        "email_invalid",
        "phone_invalid",
        "phone_rate",
        "phone_not_free",
        "date_invalid",
        "date_in_future",
        "date_in_past",
        "contact_required",
        "name_required",
        "representative_required",
        "declare_no_conflict",
        "not_yourself",
        "conflict",
        "on_file",
        "review_window",
        "choice_required",
        "control_characters",
        "unknown_field",
        "wrong_type",
        "blank_left",
        "every_point",
        "file_type",
        "file_size",
        "file_count",
        "picture_size",
        "not_later",
        "beyond_the_limit",
        "outside_the_clock",
        "later_needs_reason",
        "name_staff_first",
        "ceiling",
        "above_all",
        "twice",
        "already_away",
        "deputy_away",
        "share_or_later",
        "targets",
        "weekday",
        "hours_invalid",
        "order",
        "pack_invalid",
        "pack_unknown",
        "pack_draft",
        "pack_not_in_use",
        "pack_name_taken",
        "pack_loosens",
        "pack_rewritten",
        "calendar_unknown",
        "retention_law",
        "place_unknown",
        "transfer_missing",
        "category_gone",
        "category_needed",
        "category_name_taken",
    }
)
PYDANTIC = {
    "missing": "required",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "extra_forbidden": "unknown_field",
    "literal_error": "choice_required",
    "enum": "choice_required",
    "too_short": "too_short",
    "too_long": "too_long",
}
PLACES = {"contact_required": "contact", "name_required": "name", "representative_required": "representative"}
BY_PLACE = {"email": "email_invalid", "hours": "hours_invalid"}  # where the model's own words say no code


Paged = Callable[[str, Language, str], str]


class Broken(Exception):
    """The guard's refusal: a code of STATUSES."""


def create_app(
    title: str,
    *,
    origin_token: str | None,
    current: Callable[[Request, Any], Any] | None = None,
    page: Paged | None = None,
) -> FastAPI:
    """An application with the guard and the table of refusals.

    With `origin_token`, only requests that carry it (CloudFront adds it) are answered. `current` renders the state that
    goes along with a lost race; `page` says a code of STATUSES as a page, to a browser that asks for one, and by the
    path that was asked for it knows where to lead back to.
    """
    app = FastAPI(title=title, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.page = page

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)  # noqa: S101
        more: dict[str, Any] = {}
        headers = {"retry-after": str(error.retry_after)} if isinstance(error, TooMany) else {}
        if isinstance(error, Incomplete):
            more["errors"] = [{"pointer": pointer, "code": code} for pointer, code in error.errors]
        if isinstance(error, NotNow):
            more["reason"] = error.reason
        if isinstance(error, OutOfDate) and current and error.current is not None:
            more["current"] = current(request, error.current)
        return problem(request, error.code, headers, **more)

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        return problem(
            request,
            "validation",
            errors=[{"pointer": pointer, "code": code} for pointer, code in field_errors(error.errors())],
        )

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        return problem(request, {404: "not-found", 405: "wrong-method"}.get(error.status_code, "malformed"))

    def unreadable(request: Request, error: Exception) -> Response:
        return problem(request, "unreadable")

    for kind in (NotFound, NotAllowed, NotNow, OutOfDate, Clash, Incomplete, TooMany):
        app.add_exception_handler(kind, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Unreadable, unreadable)
    app.add_middleware(Guard, origin_token=origin_token, page=page)
    return app


def problem(request: Request, code: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """A problem+json answer, or its page. `title` speaks the language that the client prefers."""
    return _answer(code, request.scope, request.headers, request.app.state.page, headers, **more)


def _answer(
    code: str,
    scope: Scope,
    asked: Mapping[str, str],
    page: Paged | None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    status, language = STATUSES[code], language_of(asked.get("accept-language"))
    if page and "text/html" in asked.get("accept", ""):
        return HTMLResponse(page(code, language, scope["path"]), status, headers)
    content = _problem(code, language, scope, **more)
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def language_of(accept: str | None) -> Language:
    """The one that the client prefers if we speak it, English otherwise."""
    preferred = (accept or "").strip().lower()
    return next((one for one in LANGUAGES if preferred.startswith(one)), "en")


def field_errors(errors: Iterable[Any]) -> list[tuple[str, str]]:
    """(JSON pointer, code) for pydantic's errors, without the values."""
    found = []
    for error in islice(errors, MOST_ERRORS):
        path = [
            str(part).replace("~", "~0").replace("/", "~1") for part in error["loc"][error["loc"][:1] == ("body",) :]
        ]
        code = PYDANTIC.get(error["type"], "wrong_type")
        if code == "too_short" and error.get("ctx", {}).get("min_length") == 1:
            code = "required"
        if error["type"] == "value_error":
            said = str(error.get("ctx", {}).get("error", ""))
            code = said if said in CODES else next((BY_PLACE[part] for part in path if part in BY_PLACE), "wrong_type")
        elif error["type"].startswith(("date", "timezone")):
            code = "date_invalid"
        elif error["type"].startswith("bool"):
            code = "choice_required"
        if code in PLACES:
            path = [PLACES[code]]
            code = {"name_required": "required", "representative_required": "required"}.get(code, code)
        found.append(("/" + "/".join(path), code))
    return found


def checked(error: ValidationError) -> Incomplete:
    """A model's refusal as ours."""
    return Incomplete(*field_errors(error.errors()))


class Guard:
    """ASGI middleware: reads the body, refuses what must not reach a rule, and adds the headers of every answer."""

    def __init__(self, app: ASGIApp, origin_token: str | None, page: Paged | None) -> None:
        self._app = app
        self._origin_token = origin_token
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        try:
            body = await self._body(receive)
            self._check(scope, headers, body)
        except Broken as refused:
            await self._refuse(str(refused), scope, headers, answer)
            return

        async def replay() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        try:
            await self._app(scope, replay, answer)
        except Exception as error:  # noqa: BLE001 - outside this there is only Mangum, which would log what was sent
            logger.error("unexpected", **trace(error))
            await self._refuse("error", scope, headers, answer)

    async def _refuse(self, code: str, scope: Scope, headers: dict[str, str], send: Send) -> None:
        await _answer(code, scope, headers, self._page)(scope, _nothing, send)

    @staticmethod
    async def _body(receive: Receive) -> bytes:
        body = b""
        while True:
            message = await receive()
            body += bytes(message.get("body", b""))
            if len(body) > LARGEST_FORM:
                raise Broken("too-big")
            if not message.get("more_body"):
                return body

    def _check(self, scope: Scope, headers: dict[str, str], body: bytes) -> None:
        given = headers.get("x-redress-origin", "")
        if self._origin_token and not compare_digest(given.encode(), self._origin_token.encode()):
            raise Broken("not-allowed")
        if scope["method"] not in {"POST", "PUT", "PATCH"}:
            return
        kind, _, parameters = headers.get("content-type", "").partition(";")
        if parameters and "charset" in parameters.lower() and "utf-8" not in parameters.lower():
            raise Broken("wrong-type")
        if scope["path"].endswith("/form"):
            if kind.strip().lower() != "application/x-www-form-urlencoded":
                raise Broken("wrong-type")
            if body.count(b"&") >= MOST_FIELDS:
                raise Broken("malformed")
            return
        if kind.strip().lower() != "application/json":
            raise Broken("wrong-type")
        if len(body) > LARGEST_JSON:
            raise Broken("too-big")
        check_json(body)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def check_json(body: bytes) -> None:
    """Refuses JSON that parsers disagree about. Raises Broken."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Broken("malformed") from None
    if _depth(text) > DEEPEST:
        raise Broken("too-deep")
    try:
        parsed = json.loads(
            text,
            object_pairs_hook=_no_twins,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_short,
        )
    except (ValueError, RecursionError):
        raise Broken("malformed") from None
    if not isinstance(parsed, dict):
        raise Broken("malformed")


def _depth(text: str) -> int:
    deepest = depth = 0
    quoted = escaped = False
    for letter in text:
        if quoted:
            quoted = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same key twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a number")
    return number


def _short(text: str) -> int:
    if len(text) > 20:
        raise ValueError("a number too long")
    return int(text)


def _problem(code: str, language: Language, scope: Scope, **more: Any) -> dict[str, Any]:
    context = scope.get("aws.context")
    return {
        "type": f"/problems/{code}",
        "title": words(language)["problems"][code],
        "status": STATUSES[code],
        "instance": f"urn:request:{getattr(context, 'aws_request_id', 'local')}",
        **more,
    }
