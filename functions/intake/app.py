"""2. RECEIPT: the public's door. It may begin a complaint, and show and add to one whose secret was shown."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from hmac import compare_digest
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Header, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import UUID4, BaseModel, ConfigDict, Field, ValidationError

from adapters.files import MOST, TYPES, Files, clean_name
from adapters.http import checked, create_app, language_of, problem
from adapters.receipt import Receipt, receipt
from adapters.render import Pages
from adapters.table import Everything, Table
from adapters.vault import Vault, is_reference, normal
from complaints import commands as c
from complaints import events as e
from complaints.complaint import Language, State
from complaints.refusals import Clash, Incomplete, NotFound, NotNow, Refusal, TooMany
from complaints.roles import THE_COMPLAINANT
from intake.tracked import Tracked, tracked

SAME_FORM = timedelta(minutes=15)


class NoMatch(Refusal):
    """This reference and this secret do not belong together; or there is no such reference. Both look the same."""

    code = "no-match"


class NoToken(Refusal):
    """The fifteen minutes are over, or the token is none of ours."""

    code = "no-token"


class Asked(BaseModel):
    """The body of a request. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Asked):
    """A reference and its secret, as a person types them."""

    reference: str = Field(max_length=60)
    secret: str = Field(max_length=60)


class Opened(BaseModel):
    """The complaint, and the token that adds to it for fifteen minutes."""

    token: str
    complaint: Tracked


class Message(Asked):
    """A message; `id` is its idempotency key."""

    id: UUID4
    words: c.Words


class Answer(Asked):
    """What the complainant says to our decision."""

    accept: bool
    words: Annotated[c.Words | None, c.OrNone] = None


class Again(Asked):
    """Why the complaint should be opened again."""

    words: c.Words


class Slot(Asked):
    """A file that is about to be uploaded; `size` in bytes."""

    id: UUID4
    name: str = Field(min_length=1, max_length=500)
    size: int
    type: str = Field(max_length=200)


class SlotGiven(BaseModel):
    """Where and how to POST the file."""

    id: str
    url: str
    fields: dict[str, str]


def build(
    table: Table, vault: Vault, files: Files, pages: Pages, clock: Callable[[], datetime], *, guarded: bool = True
) -> FastAPI:
    """The application. `clock` gives the time in UTC; `guarded` requires CloudFront's header."""
    app = create_app("Redress: intake", origin_token=vault.origin_token if guarded else None)
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

    @app.post("/api/public/track/answer")
    def answer(body: Answer, authorization: Annotated[str, Header()] = "") -> Tracked:
        reference = door.holder(authorization.removeprefix("Bearer "))
        door.answer(reference, body.accept, body.words)
        return door.show(reference)

    @app.post("/api/public/track/reopen")
    def reopen(body: Again, authorization: Annotated[str, Header()] = "") -> Tracked:
        reference = door.holder(authorization.removeprefix("Bearer "))
        door.reopen(reference, body.words)
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

    @app.post("/api/public/complaints/form")
    async def submit_form(request: Request) -> Response:
        typed = _typed(await request.body())
        language = _language(typed, request)
        try:
            body = c.Submission.model_validate(_submission(typed))
            given = door.submit(body, _form_key(typed, body, door))
        except (ValidationError, Incomplete, Clash) as error:
            refused = checked(error) if isinstance(error, ValidationError) else error
            return _page(pages.render("complain", language, values=typed, errors=_listed(refused)), 422)
        return _page(
            pages.render(
                "sent",
                body.language,
                receipt=given.model_dump(mode="json"),
                upload_token=vault.token(given.reference, clock()),
            ),
            201,
        )

    @app.post("/api/public/track/form")
    async def track_form(request: Request) -> Response:
        typed = _typed(await request.body())
        language = _language(typed, request)
        try:
            reference = (
                door.holder(typed["token"])
                if "token" in typed
                else door.enter(typed.get("reference", ""), typed.get("secret", ""))
            )
        except (NoMatch, NoToken, TooMany) as error:
            values = {"reference": typed.get("reference", "")}
            status = 429 if isinstance(error, TooMany) else 404
            errors = [{"field": "reference", "code": error.code.replace("-", "_")}]
            return _page(pages.render("track", language, values=values, errors=errors), status)
        act = typed.get("act", "open")
        errors, note = [], None
        try:
            note = act if door.act(reference, act, typed) else None
        except Incomplete as refused:
            errors = _listed(refused)
        except NotNow:
            errors = []  # it was done before, by a second click perhaps: the page shows how things stand
        shown = door.show(reference)
        values = typed if errors else {}
        content = pages.render(
            "case",
            language,
            complaint=shown.model_dump(mode="json", by_alias=True),
            note=note,
            errors=errors,
            token=vault.token(reference, clock()),
            values=values,
            act=act if errors else None,
        )
        return _page(content, 422 if errors else 200)

    return app


class Door:
    """What the public may do, however it was asked for."""

    def __init__(self, table: Table, vault: Vault, files: Files, clock: Callable[[], datetime]) -> None:
        self._table = table
        self._vault = vault
        self._files = files
        self.clock = clock

    def submit(self, body: c.Submission, idempotency_key: str) -> Receipt:
        """M01, once for each key. Raises Clash if the key was used for another body."""
        reference, now = self._vault.reference(idempotency_key), self.clock()
        ask = c.Submit(submission=body, reference=reference, channel="web", received_at=now)
        complaint = self._table.file(
            ask,
            THE_COMPLAINANT,
            now,
            body=self._vault.body_fingerprint(body.model_dump_json()),
            fingerprint=self._vault.fingerprint(reference, self._vault.secret(idempotency_key)),
        )
        return receipt(complaint, body.email, idempotency_key, self._vault, self._table.rules)

    def form_key(self, body: c.Submission) -> str:
        """A key for a form without a script: the same body within fifteen minutes is the same complaint."""
        text, now = body.model_dump_json(), self.clock()
        window = int(now.timestamp() // SAME_FORM.total_seconds())
        keys = [hashlib.sha256(f"{window - back}|{text}".encode()).hexdigest() for back in (1, 0)]
        earlier = self._table.load(self._vault.reference(keys[0]))
        return keys[0] if earlier and now - earlier.registered_at < SAME_FORM else keys[1]

    def enter(self, reference: str, secret: str) -> str:
        """The reference, if the secret is its own. Raises NoMatch, and TooMany after ten tries in an hour."""
        reference, secret = normal(reference), normal(secret)
        if not is_reference(reference):
            raise NoMatch
        self._table.try_secret(reference, self.clock())
        stored = self._table.fingerprint_of(reference) or bytes(32)
        if not compare_digest(stored, self._vault.fingerprint(reference, secret)):
            raise NoMatch
        return reference

    def holder(self, token: str) -> str:
        """The reference that a token opens. Raises NoToken."""
        reference = self._vault.reference_of(token, self.clock())
        if reference is None:
            raise NoToken
        return reference

    def show(self, reference: str) -> Tracked:
        """The complaint as its complainant sees it."""
        return tracked(self._finished(reference), self._table.staff(), self.clock(), self._table.rules)

    def act(self, reference: str, act: str, typed: dict[str, str]) -> bool:
        """One act of the page without a script; whether anything was done."""
        words = typed.get("words", "")
        try:
            if act == "message":
                body = Message.model_validate(
                    {"id": typed.get("id") or _words_id(reference, words, self.clock()), "words": words}
                )
                self.write(reference, str(body.id), body.words)
            elif act in {"accept", "dispute"}:
                self.answer(reference, act == "accept", Answer(accept=False, words=words).words)
            elif act == "reopen":
                self.reopen(reference, Again(words=words).words)
            else:
                return False
        except ValidationError as error:
            raise checked(error) from None
        return True

    def write(self, reference: str, entry: str, words: str) -> None:
        """A message from the complainant."""
        if self._complaint(reference).state == State.CLOSED:
            raise NotNow("state")
        self._table.add(
            e.MessageWritten(
                reference=reference, id=entry, at=self.clock(), by=THE_COMPLAINANT.actor, words=e.Text(text=words)
            )
        )

    def answer(self, reference: str, accept: bool, words: str | None) -> None:
        """M15, M16 or M18, from the tracking page."""
        ask: c.Command = c.Accept(medium="tracking_page") if accept else c.Dispute(medium="tracking_page", words=words)
        self._table.change(reference, ask, THE_COMPLAINANT, self.clock())

    def reopen(self, reference: str, words: str) -> None:
        """M26, from the tracking page."""
        self._table.change(reference, c.Reopen(words=words), THE_COMPLAINANT, self.clock())

    def slot(self, reference: str, asked: Slot) -> SlotGiven:
        """Room for one file. Raises Incomplete for a type, a size or a number of files that we do not take."""
        kept = self._table.everything(reference)
        if kept.complaint.state == State.CLOSED:
            raise NotNow("state")
        if asked.type not in TYPES:
            raise Incomplete(("/type", "file_type"))
        if not 0 < asked.size <= 10 * 1024 * 1024:
            raise Incomplete(("/size", "file_size"))
        file, place = str(asked.id), f"F#{asked.id}"
        if len(kept.files) >= MOST and file not in {item["id"] for item in kept.files}:
            raise Incomplete(("/id", "file_count"))
        name = self._table.key(reference).seal(place, clean_name(asked.name))
        at = self.clock().isoformat()
        self._table.put(reference, place, {"sealed": name, "size": asked.size, "type": asked.type, "at": at})
        given = self._files.slot(reference, file, asked.type)
        return SlotGiven(id=file, url=given["url"], fields=given["fields"])

    def finish(self, reference: str, file: str) -> None:
        """A file has arrived: its size and its version are pinned. Raises NotFound if there is no such slot."""
        arrived = self._files.arrived(reference, file)
        if arrived is None:
            raise Incomplete(("/id", "required"))
        size, version = arrived
        kept = self._table.everything(reference)
        slot = next((item for item in kept.files if item["id"] == file), None)
        if slot is None:
            raise NotFound
        if "version" not in slot:
            self._table.update(reference, f"F#{file}", {"size": size, "version": version}, when={"at": slot["at"]})

    def _finished(self, reference: str) -> Everything:
        """All that is kept, after pinning files that arrived from a browser which could not say so."""
        kept = self._table.everything(reference)
        waiting = [item["id"] for item in kept.files if "version" not in item]
        arrived = [file for file in waiting if self._files.arrived(reference, file)]
        for file in arrived:
            self.finish(reference, file)
        return self._table.everything(reference) if arrived else kept

    def _complaint(self, reference: str) -> Any:
        complaint = self._table.load(reference)
        if complaint is None:
            raise NotFound
        return complaint


def _page(content: str, status: int) -> Response:
    return HTMLResponse(content, status)


def _typed(body: bytes) -> dict[str, str]:
    """A form's fields. What is not UTF-8 is shown as a replacement character, never lost."""
    parsed = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40)
    return {name: values[-1] for name, values in parsed.items()}


def _language(typed: dict[str, str], request: Request) -> Language:
    match typed.get("language"):
        case "tr":
            return "tr"
        case "en":
            return "en"
        case _:
            return language_of(request.headers.get("accept-language"))


def _submission(typed: dict[str, str]) -> dict[str, Any]:
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


def _form_key(typed: dict[str, str], body: c.Submission, door: Door) -> str:
    """The key that a script put into the form, or the body's own."""
    try:
        return str(Message.model_validate({"id": typed.get("idempotency_key", ""), "words": "-"}).id)
    except ValidationError:
        return door.form_key(body)


def _words_id(reference: str, words: str, now: datetime) -> str:
    """An idempotency key for a message without a script: the same words within the hour are the same message."""
    digest = hashlib.sha256(f"{reference}|{now:%Y-%m-%dT%H}|{words}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _listed(refused: Incomplete | Clash) -> list[dict[str, str]]:
    """Errors as the page names them: the field and what is the matter with it."""
    if isinstance(refused, Clash):
        return [{"field": "what_happened", "code": refused.code.replace("-", "_")}]
    return [{"field": pointer.strip("/").split("/")[0], "code": code} for pointer, code in refused.errors]
