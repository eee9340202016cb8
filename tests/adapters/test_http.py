"""The guard in front of both HTTP functions, and the table from refusal to answer."""

import base64
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mangum import Mangum

from adapters.http import DEEPEST, LARGEST_JSON, STATUSES, Broken, check_json, create_app, field_errors, language_of
from adapters.vault import Unreadable
from complaints.complaint import Language
from complaints.language import LANGUAGES, words
from complaints.refusals import Clash, Incomplete, NotAllowed, NotFound, NotNow, OutOfDate, TooMany

CANARY = "kanarya7331"


def app_with(error: Exception | None = None, origin_token: str | None = None) -> FastAPI:
    """An application with one address, which raises `error` or answers {}."""
    app = create_app("test", origin_token=origin_token)

    @app.get("/there")
    def there() -> dict[str, str]:
        if error:
            raise error
        return {}

    return app


def client(error: Exception | None = None, origin_token: str | None = None) -> TestClient:
    return TestClient(app_with(error, origin_token), raise_server_exceptions=False)


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(CANARY), 404, "not-found"),
        (NotAllowed(CANARY), 403, "not-allowed"),
        (NotNow("state"), 409, "not-now"),
        (OutOfDate(CANARY), 409, "out-of-date"),
        (Clash(CANARY), 422, "idempotency-clash"),
        (Incomplete(("/name", "required")), 422, "validation"),
        (TooMany(60), 429, "too-many"),
        (Unreadable(CANARY), 410, "unreadable"),
        (ValueError(CANARY), 500, "error"),
        (KeyError(CANARY), 500, "error"),
    ],
)
@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_refusal_is_a_problem_in_the_language_asked_for(
    error: Exception, status: int, code: str, language: Language
) -> None:
    answer = client(error).get("/there", headers={"Accept-Language": language})
    said = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (said["type"], said["status"]) == (f"/problems/{code}", status)
    assert said["title"] == words(language)["problems"][code]
    assert said["instance"].startswith("urn:request:")
    assert CANARY not in answer.text


def test_every_problem_has_a_title_in_every_language() -> None:
    titles = [words(language)["problems"] for language in LANGUAGES]
    assert all(title.keys() == STATUSES.keys() for title in titles)
    assert all(len(set(said)) == len(LANGUAGES) for said in zip(*(title.values() for title in titles), strict=True))


def test_a_wait_is_told_in_seconds() -> None:
    assert client(TooMany(61)).get("/there").headers["retry-after"] == "61"


def test_an_address_that_does_not_exist_is_a_problem() -> None:
    assert client().get("/nowhere").json()["type"] == "/problems/not-found"


def test_a_method_that_is_not_there_is_a_problem() -> None:
    assert client().delete("/there").json()["type"] == "/problems/wrong-method"


@pytest.mark.parametrize("error", [None, NotFound(), ValueError(CANARY)], ids=["good", "refused", "fault"])
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ],
)
def test_every_answer_is_kept_by_nobody_and_guessed_by_nobody(error: Exception | None, header: str, value: str) -> None:
    assert client(error).get("/there").headers.get(header) == value


# --- faults ----------------------------------------------------------------------------------------------------------


def event(path: str = "/there") -> dict[str, Any]:
    """A request as API Gateway hands it to a function."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"accept-language": "en"},
        "requestContext": {
            "http": {
                "method": "GET",
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "test",
            },
            "requestId": "1",
            "stage": "$default",
            "timeEpoch": 1,
        },
        "isBase64Encoded": False,
    }


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_a_fault_is_logged_without_its_message(
    log: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = Mangum(app_with(ValueError(CANARY)), lifespan="off")
    handler(event(), SimpleNamespace(aws_request_id="1"))  # type: ignore[arg-type]
    written = capsys.readouterr()
    logged = str([vars(record) for record in log.records])
    assert "ValueError" in logged
    assert CANARY not in written.out + written.err + logged


def test_a_problem_carries_the_id_of_its_request() -> None:
    handler = Mangum(app_with(NotFound()), lifespan="off")
    answer = handler(event(), SimpleNamespace(aws_request_id="11-22"))  # type: ignore[arg-type]
    assert "urn:request:11-22" in text_of(answer)


def text_of(answer: dict[str, Any]) -> str:
    body = str(answer["body"])
    return base64.b64decode(body).decode() if answer["isBase64Encoded"] else body


# --- the way in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [None, "", "wrong", "rightt", "righ", "ÿ"])
def test_whoever_does_not_come_through_the_front_is_refused(given: str | None) -> None:
    headers = [(b"x-redress-origin", given.encode("latin-1"))] if given is not None else []
    assert client(origin_token="right").get("/there", headers=headers).status_code == 403


def test_whoever_comes_through_the_front_is_let_in() -> None:
    assert client(origin_token="right").get("/there", headers={"X-Redress-Origin": "right"}).status_code == 200


# --- JSON ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [b"{}", b'{"a": [1, 2.5, true, null, "\\u015f"]}', b'{"a": "]]]]{{{{"}', b'{"a": "\\"[["}', b" {} \n"]
)
def test_good_json_passes(body: bytes) -> None:
    check_json(body)


def test_json_may_be_as_deep_as_the_limit() -> None:
    inner = DEEPEST - 1
    check_json(b'{"a":' + b"[" * inner + b"]" * inner + b"}")


def test_json_may_not_be_deeper() -> None:
    with pytest.raises(Broken, match="too-deep"):
        check_json(b'{"a":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b'"a"',
        b"null",
        b"NaN",
        b'{"a": Infinity}',
        b'{"a": -1e999}',
        b'{"a": ' + b"1" * 21 + b"}",
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "b": 2}}',
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"{}\x00",
        b"{'a': 1}",
        b'{"a": 01}',
        b"]" * 50,
    ],
)
def test_bad_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Broken, match="malformed"):
        check_json(body)


def test_a_body_that_comes_in_pieces_is_measured_whole() -> None:
    pieces = (b"x" * 1000 for _ in range(LARGEST_JSON // 1000 + 1))
    answer = client().post("/there", content=pieces, headers={"Content-Type": "application/json"})
    assert answer.json()["type"] == "/problems/too-big"


# --- small parts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("tr", "tr"),
        ("TR-tr", "tr"),
        (" tr;q=0.9", "tr"),
        ("en,tr", "en"),
        ("de", "en"),
        ("*", "en"),
        ("\x00", "en"),
        ("x" * 9000, "en"),
    ],
)
def test_turkish_is_spoken_to_those_who_prefer_it(accepted: str | None, language: str) -> None:
    assert language_of(accepted) == language


@pytest.mark.parametrize(
    ("error", "named"),
    [
        ({"type": "missing", "loc": ("body", "name")}, ("/name", "required")),
        ({"type": "string_too_short", "loc": ("name",)}, ("/name", "too_short")),
        ({"type": "too_short", "loc": ("name",)}, ("/name", "too_short")),
        ({"type": "extra_forbidden", "loc": ("body", "x")}, ("/x", "unknown_field")),
        ({"type": "bool_parsing", "loc": ("body", "elsewhere")}, ("/elsewhere", "choice_required")),
        ({"type": "date_from_datetime_parsing", "loc": ("happened_on",)}, ("/happened_on", "date_invalid")),
        ({"type": "something_new", "loc": ("a", 0, "b")}, ("/a/0/b", "wrong_type")),
        ({"type": "value_error", "loc": ("name",), "ctx": {"error": ValueError(CANARY)}}, ("/name", "wrong_type")),
        (
            {"type": "value_error", "loc": (), "ctx": {"error": ValueError("contact_required")}},
            ("/contact", "contact_required"),
        ),
    ],
)
def test_an_error_is_told_by_its_place_and_its_code(error: dict[str, Any], named: tuple[str, str]) -> None:
    assert field_errors([error]) == [named]
