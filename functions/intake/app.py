"""2. RECEIPT: the public's door, as HTTP. The same acts stand behind the JSON API and behind the forms of the pages."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Annotated
from uuid import uuid4

from fastapi import FastAPI, Header, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import UUID4, BaseModel, Field

from adapters.evidence import Slot, SlotGiven
from adapters.files import ANY, LARGEST, Files
from adapters.http import create_app, language_of, problem
from adapters.receipt import Receipt
from adapters.render import Pages
from adapters.table import Table
from adapters.telemetry import logger, trace
from adapters.vault import TOKEN_LIFE, Unreadable, Vault
from complaints import commands as c
from complaints.complaint import Language
from complaints.language import LANGUAGES
from complaints.refusals import Clash, Incomplete, NotNow, OutOfDate, Refusal, TooMany
from complaints.survey import Marks
from intake.door import Asked, Door, Message, NoMatch, NoToken, Said
from intake.forms import (
    asked_for,
    fields_of,
    form_key,
    homeless,
    language,
    listed,
    reach,
    read,
    typed_in,
    unsent,
    who,
    words_of,
    written,
)
from intake.tracked import Tracked

EVENLY = 1.0  # seconds that it takes to ask for a new code, whether or not there is anything to be done
EXPLAINED = {"authority_unchecked"}  # the refusals for which the page says why and what to do


class Credentials(Asked):
    """A reference and its secret, as a person types them."""

    reference: str = Field(max_length=60)
    secret: str = Field(max_length=60)


class Opened(BaseModel):
    """The complaint, and the token that adds to it for fifteen minutes."""

    token: str
    complaint: Tracked


def build(
    table: Table, vault: Vault, files: Files, pages: Pages, clock: Callable[[], datetime], *, guarded: bool = True
) -> FastAPI:
    """The application. `clock` gives the time in UTC; `guarded` requires CloudFront's header."""

    def trouble(code: str, spoken: Language, path: str) -> str:
        if not path.startswith("/api/public/track"):
            return pages.trouble(code, spoken, "complain")
        return pages.trouble(code, spoken, "lost" if path.endswith(("/lost/form", "/renew/form")) else "track")

    app = create_app("Redress: intake", origin_token=vault.origin_token if guarded else None, page=trouble)
    door = Door(table, vault, files, clock)

    def no_match(request: Request, error: Exception) -> Response:
        return problem(request, error.code if isinstance(error, Refusal) else "no-match")

    app.add_exception_handler(NoMatch, no_match)
    app.add_exception_handler(NoToken, no_match)

    @app.post("/api/public/complaints", status_code=201)
    def submit(body: c.Submission, idempotency_key: Annotated[UUID4, Header()]) -> Receipt:
        return door.submit(body, str(idempotency_key))

    @app.post("/api/public/track")
    def track(body: Credentials) -> Opened:
        reference = door.enter(body.reference, body.secret)
        return Opened(token=vault.token(reference, clock()), complaint=door.show(reference))

    @app.post("/api/public/track/messages", status_code=201)
    def write(body: Message, authorization: Annotated[str, Header()] = "") -> Tracked:
        reference = door.holder(authorization.removeprefix("Bearer "))
        door.write(reference, str(body.id), body.words)
        return door.show(reference)

    @app.post("/api/public/track/acts/{act}")
    def make(act: str, body: Said, authorization: Annotated[str, Header()] = "") -> Tracked:
        reference = door.holder(authorization.removeprefix("Bearer "))
        door.make(reference, act, body.words)
        return door.show(reference)

    @app.post("/api/public/track/survey")
    def rate(body: Marks, authorization: Annotated[str, Header()] = "") -> Tracked:
        reference = door.holder(authorization.removeprefix("Bearer "))
        door.rate(reference, body)
        return door.show(reference)

    @app.post("/api/public/track/files", status_code=201)
    def slot(body: Slot, authorization: Annotated[str, Header()] = "") -> SlotGiven:
        return door.slot(door.holder(authorization.removeprefix("Bearer ")), body)

    @app.post("/api/public/track/files/{file}/finish")
    def finish(file: UUID4, authorization: Annotated[str, Header()] = "") -> Tracked:
        reference = door.holder(authorization.removeprefix("Bearer "))
        door.finish(reference, str(file))
        return door.show(reference)

    # --- the same acts for browsers that run no script: text in, a page out ------------------------------------------

    @app.post("/api/public/complaints/form", include_in_schema=False)
    async def submit_form(request: Request) -> Response:
        typed = typed_in(await request.body())
        spoken = language(typed, request)
        if (to := typed.get("to")) in LANGUAGES:  # the same form in another language
            return _page(pages.render("complain", to, values=typed | {"who": who(typed)}), 200)
        try:
            body = read(typed)
            given = door.submit(body, form_key(typed, body, door))
        except (Incomplete, Clash) as refused:
            values = typed | {"who": who(typed)}
            return _page(pages.render("complain", spoken, values=values, errors=listed(refused)), 422)
        return _page(
            pages.render(
                "sent",
                spoken,
                receipt=given.model_dump(mode="json"),
                reach=reach(body),
                upload_token=vault.token(given.reference, clock()),
            ),
            201,
        )

    @app.post("/api/public/track/form", include_in_schema=False)
    async def track_form(request: Request) -> Response:
        typed = typed_in(await request.body())
        spoken, act, wrote = language(typed, request), asked_for(typed), written(typed)
        try:
            return shown_after(typed, spoken, act, wrote)
        except (NoMatch, NoToken, TooMany) as refused:
            late = {"retry-after": str(refused.retry_after)} if isinstance(refused, TooMany) else {}
            wrong, status = {"field": "reference", "code": refused.code.replace("-", "_")}, 429 if late else 404
        except Unreadable:
            raise
        except Exception as error:  # noqa: BLE001 - the page of a fault could not give back what was typed
            logger.error("unexpected", **trace(error))
            wrong, status, late = {"field": "", "code": "ours"}, 500, {}
        kept = wrote | {"act": act, "id": typed.get("id", "")} if wrote else {}
        values = kept | {"reference": typed.get("reference", "")}
        return _page(pages.render("track", spoken, values=values, errors=[wrong]), status, late)

    def shown_after(typed: dict[str, str], spoken: Language, act: str, wrote: dict[str, str]) -> Response:
        """The page of a complaint after an act. Raises NoMatch, NoToken and TooMany where its code has to be given."""
        came_in = "token" not in typed  # with the code: what they wrote before is shown to them, and done by nobody
        reference = (
            door.enter(typed.get("reference", ""), typed.get("secret", "")) if came_in else door.holder(typed["token"])
        )
        errors: list[dict[str, str]] = []
        note, done, status, late = None, None, 200, {}
        slot = None
        try:
            if came_in:
                note = "kept" if wrote else None
            elif act == "file":
                asked = Slot(id=uuid4(), name=wrote.get("words-file", act).strip(), size=LARGEST, type=ANY)
                slot = door.slot(reference, asked, pages.address("added", spoken)).model_dump()
                done = act
            elif act == "stay":
                note = act
            elif door.act(reference, act, typed):
                note = done = act
        except TooMany as error:
            errors, status = [{"field": "number", "code": error.code.replace("-", "_")}], 429
            late = {"retry-after": str(error.retry_after)}
        except Incomplete as refused:
            errors, status = listed(refused), 422
        except NotNow as refused:  # else it was done before, by a second click perhaps, or it came too late
            note = refused.reason if refused.reason in EXPLAINED else "nothing"
        except OutOfDate:
            note = "nothing"
        shown = door.show(reference)
        if (
            note == "nothing"
            and (words := words_of(typed, act))
            and any(entry.words == words for entry in shown.entries)
        ):
            done = act
        left = {name: text for name, text in wrote.items() if not done or name not in fields_of(done)}
        content = pages.render(
            "case",
            spoken,
            complaint=shown.model_dump(mode="json", by_alias=True),
            note=note,
            errors=errors,
            token=vault.token(reference, clock()),
            until=clock() + TOKEN_LIFE,
            values=left | ({"id": typed.get("id", "")} if "words-message" in left else {}),
            homeless=homeless(left, shown),
            act=act if errors else unsent(act, left),
            slot=slot,
        )
        return _page(content, status, late)

    @app.post("/api/public/track/lost/form", include_in_schema=False)
    async def lost_form(request: Request) -> Response:
        typed, ends = typed_in(await request.body()), monotonic() + EVENLY
        spoken = language(typed, request)
        given = {name: typed.get(name, "").strip() for name in ("reference", "email")}
        if missing := [{"field": name, "code": "required"} for name, value in given.items() if not value]:
            return _page(pages.render("lost", spoken, values=given, errors=missing), 422)
        door.lose(**given)
        await asyncio.sleep(max(0.0, ends - monotonic()))
        return _page(pages.render("lost", spoken, values=given, note="asked"), 200)

    @app.post("/api/public/track/renew/form", include_in_schema=False)
    async def renew_form(request: Request) -> Response:
        typed = typed_in(await request.body())
        spoken = language(typed, request)
        try:
            reference, secret = door.renew(typed.get("reference", ""), typed.get("number", ""))
        except (NoMatch, TooMany) as error:
            late = {"retry-after": str(error.retry_after)} if isinstance(error, TooMany) else {}
            wrong = [{"field": "number", "code": error.code.replace("-", "_")}]
            values = {"reference": typed.get("reference", "")}
            return _page(pages.render("lost", spoken, values=values, errors=wrong), 429 if late else 404, late)
        content = pages.render(
            "lost", spoken, reference=reference, secret=secret, token=vault.token(reference, clock())
        )
        return _page(content, 200)

    @app.get("/api/public/track/form", include_in_schema=False)
    @app.get("/api/public/track/lost/form", include_in_schema=False)
    @app.get("/api/public/track/renew/form", include_in_schema=False)
    @app.get("/api/public/complaints/form", include_in_schema=False)
    def ask_again(request: Request) -> Response:
        """The address of an answer, opened again from a bookmark: nothing of it was kept there."""
        spoken = language_of(request.headers.get("accept-language"))
        return RedirectResponse(pages.address("track", spoken), 303)

    return app


def _page(content: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return HTMLResponse(content, status, headers)
