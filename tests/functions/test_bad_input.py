"""What is broken, too big, or not what was asked for is refused before any rule runs, and nothing is written."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import APIRoute

from complaints.complaint import Complaint
from complaints.lifecycle import MOVES
from tests.world import HANDLER, World, a_submission

DATA = Path(__file__).parent.parent / "data"
SUITE = sorted((DATA / "json_test_suite").glob("*.json"))
NAUGHTY: list[str] = json.loads((DATA / "blns" / "blns.json").read_text("utf-8"))
CANARY = "kanarya7331"
SUBMIT = "/api/public/complaints"
KEY = str(UUID(int=7, version=4))
JSON = {"Content-Type": "application/json", "Idempotency-Key": KEY}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Refused = Callable[..., dict[str, Any]]


def with_field(value: bytes) -> bytes:
    """A submission, one field of which has this text as its value."""
    return json.dumps(a_submission()).encode()[:-1] + b', "wish": ' + value + b"}"


BROKEN = {
    "nothing": (b"", 400, "malformed"),
    "blanks": (b"  \n", 400, "malformed"),
    "null": (b"null", 400, "malformed"),
    "a number": (b"7", 400, "malformed"),
    "a text": (b'"merhaba"', 400, "malformed"),
    "an array": (b"[]", 400, "malformed"),
    "an array of submissions": (b"[" + with_field(b"null") + b"]", 400, "malformed"),
    "two objects": (b"{} {}", 400, "malformed"),
    "cut off": (with_field(b"null")[:-1], 400, "malformed"),
    "a comma too many": (b'{"name": "a",}', 400, "malformed"),
    "a comment": (b'{"name": "a" /* b */}', 400, "malformed"),
    "a byte order mark": (b"\xef\xbb\xbf" + with_field(b"null"), 400, "malformed"),
    "UTF-16": (with_field(b"null").decode().encode("utf-16"), 400, "malformed"),
    "Latin-5": (with_field('"şey"'.encode("iso8859-9")), 400, "malformed"),
    "an overlong slash": (with_field(b'"\xc0\xaf"'), 400, "malformed"),
    "a surrogate in UTF-8": (with_field(b'"\xed\xa0\x80"'), 400, "malformed"),
    "NaN": (with_field(b"NaN"), 400, "malformed"),
    "Infinity": (with_field(b"Infinity"), 400, "malformed"),
    "-Infinity": (with_field(b"-Infinity"), 400, "malformed"),
    "1e999": (with_field(b"1e999"), 400, "malformed"),
    "an integer of 5,000 digits": (with_field(b"9" * 5000), 400, "malformed"),
    "an integer of 21 digits": (with_field(b"9" * 21), 400, "malformed"),
    "the same key twice": (b'{"name": "a", "name": "b"}', 400, "malformed"),
    "the same key twice, spelled two ways": (b'{"name": "a", "n\\u0061me": "b"}', 400, "malformed"),
    "the same key twice, deep inside": (with_field(b'{"a": [{"b": 1, "b": 1}]}'), 400, "malformed"),
    "33 levels": (with_field(b"[" * 32 + b"]" * 32), 400, "too-deep"),
    "60,000 levels": (b"[" * 60_000, 400, "too-deep"),
    "over 64 KB": (with_field(b"null").ljust(64 * 1024 + 1), 413, "too-big"),
    "a megabyte": (b"x" * 1024 * 1024, 413, "too-big"),
    "a text for a text": (with_field(b'{"a": "b"}'), 422, "validation"),
    "a lone surrogate": (with_field(b'"\\ud800"'), 422, "validation"),
    "a zero byte": (with_field(b'"a\\u0000b"'), 422, "validation"),
    "an unknown field": (b'{"__proto__": {"a": 1}}', 422, "validation"),
    "a lone surrogate as a field's name": (b'{"\\udfaa": 0}', 422, "validation"),
}


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_body_is_refused(world: World, refused: Refused, case: str) -> None:
    body, status, code = BROKEN[case]
    refused(world.public.post(SUBMIT, content=body, headers=JSON), status, code)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.stem)
def test_a_body_that_parsers_disagree_about_is_refused(world: World, path: Path) -> None:
    answer = world.public.post(SUBMIT, content=path.read_bytes(), headers=JSON)
    assert answer.status_code in {400, 413, 422}


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("path", SUITE, ids=lambda path: path.stem)
def test_a_field_that_parsers_disagree_about_is_refused(world: World, path: Path) -> None:
    answer = world.public.post(SUBMIT, content=with_field(path.read_bytes()), headers=JSON)
    assert answer.status_code in {400, 413, 422}


def test_the_whole_suite_was_tried() -> None:
    assert len(SUITE) == 188 + 35


def writing_routes(world: World) -> list[tuple[Any, str, str]]:
    """Every address that takes JSON, with somebody who may write there."""
    found = []
    for client, app in ((world.public, world.public.app), (world.staff(HANDLER), world._desk)):
        found += [
            (client, method, route.path)
            for route in app.routes  # type: ignore[attr-defined]
            if isinstance(route, APIRoute) and not route.path.endswith("/form")
            for method in sorted(route.methods & {"POST", "PUT"})
        ]
    return found


def test_every_move_and_its_preview_are_among_the_addresses_that_take_json(world: World) -> None:
    paths = {path for _, _, path in writing_routes(world)}
    moves = [path for path in paths if "/moves/" in path]
    assert len(moves) == 2 * sum(move.shown for move in MOVES)
    assert len(paths) - len(moves) >= 16


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "case", ["nothing", "NaN", "the same key twice", "33 levels", "over 64 KB", "Latin-5", "an array"]
)
def test_every_address_refuses_a_broken_body(world: World, refused: Refused, case: str) -> None:
    body, status, code = BROKEN[case]
    for client, method, path in writing_routes(world):
        refused(client.request(method, path, content=body, headers=JSON), status, code)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "text/plain",
        "text/xml",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "application/problem+json",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
    ],
)
def test_another_content_type_is_refused(world: World, refused: Refused, kind: str | None) -> None:
    headers = {"Idempotency-Key": KEY} | ({"Content-Type": kind} if kind is not None else {})
    for client, method, path in writing_routes(world):
        answer = client.request(method, path, content=json.dumps(a_submission()).encode(), headers=headers)
        refused(answer, 415, "wrong-type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "application/json; charset=UTF-8"])
def test_json_by_its_other_spellings_is_taken(world: World, kind: str) -> None:
    body = json.dumps(a_submission()).encode()
    answer = world.public.post(SUBMIT, content=body, headers={"Content-Type": kind, "Idempotency-Key": world.key()})
    assert answer.status_code == 201


def test_64_kb_are_taken(world: World) -> None:
    body = with_field(b"null").ljust(64 * 1024)
    answer = world.public.post(SUBMIT, content=body, headers={**JSON, "Idempotency-Key": world.key()})
    assert answer.status_code == 201


def test_32_levels_reach_the_rules(world: World, refused: Refused) -> None:
    body = with_field(b"[" * 31 + b"]" * 31)
    refused(world.public.post(SUBMIT, content=body, headers=JSON), 422, "validation")


def test_brackets_in_a_text_are_no_levels(world: World) -> None:
    words = '[{"[\\' * 100
    assert opened(world, what_happened=words) == words


# --- fields ----------------------------------------------------------------------------------------------------------


def submit(world: World, **changes: Any) -> Any:
    return world.public.post(SUBMIT, json=a_submission(**changes), headers={"Idempotency-Key": world.key()})


def opened(world: World, **changes: Any) -> str:
    """What the tracking page shows of what happened."""
    _, seen = world.open(world.submit(**changes))
    return str(seen["entries"][-1]["words"])


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "name",
    sorted(
        {
            *Complaint.model_fields,
            "PK",
            "SK",
            "queue",
            "due_sort",
            "snapshot",
            "label",
            "head",
            "secret",
            "body",
            "wakes_at",
            "role",
            "status",
            "id",
            "expires",
            "channel_",
            "backdated",
            "backdating_reason",
        }
        - {"language", "anonymous", "about_handling"}
    ),
)
def test_a_field_of_ours_cannot_be_filled_from_outside(world: World, refused: Refused, name: str) -> None:
    said = refused(submit(world, **{name: "1"}), 422, "validation")
    assert said["errors"] == [{"pointer": f"/{name}", "code": "unknown_field"}]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("language", "de", "choice_required"),
        ("language", None, "choice_required"),
        ("about", "x", "too_short"),
        ("about", "x" * 121, "too_long"),
        ("about", "İ" * 121, "too_long"),
        ("about", "iki\nsatır", "control_characters"),
        ("about", 7, "wrong_type"),
        ("what_happened", "kısa", "too_short"),
        ("what_happened", "😀" * 10_001, "too_long"),
        ("what_happened", "on harften uzun\x07", "control_characters"),
        ("what_happened", "\u200b" * 20, "required"),
        ("happened_on", "2026-02-30", "date_invalid"),
        ("happened_on", "2026-03-03", "date_in_future"),
        ("happened_on", "0000-01-01", "date_invalid"),
        ("told_before", "maybe", "choice_required"),
        ("order_number", "1" * 61, "too_long"),
        ("wish", "x" * 2001, "too_long"),
        ("support_needs", "x" * 1001, "too_long"),
        ("safety_risk", "", "choice_required"),
        ("elsewhere", None, "choice_required"),
        ("name", "", "required"),
        ("name", "\u2066\u200d", "required"),
        ("name", "x" * 201, "too_long"),
        ("name", "Ali\r\nBcc: b@example.com", "control_characters"),
        ("name", "Ali\u0085Veli", "control_characters"),
        ("phone", "12345", "phone_invalid"),
        ("phone", "٠٥٥٥ ١١١ ٢٢ ٣٣", "phone_invalid"),
        ("phone", "0555 111 22 33\nX: y", "phone_invalid"),
    ],
)
def test_a_field_that_does_not_do_is_named(world: World, refused: Refused, field: str, value: Any, code: str) -> None:
    said = refused(submit(world, **{field: value}), 422, "validation")
    assert said["errors"] == [{"pointer": f"/{field}", "code": code}]


@pytest.mark.usefixtures("nothing_written")
def test_a_carriage_return_is_no_part_of_a_line(world: World, refused: Refused) -> None:
    said = refused(submit(world, name="Ali\rBcc: b@example.com"), 422, "validation")
    assert said["errors"] == [{"pointer": "/name", "code": "control_characters"}]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("value", [0, 86400, "0", "1772409600"])
def test_a_number_is_no_date(world: World, refused: Refused, value: Any) -> None:
    said = refused(submit(world, happened_on=value), 422, "validation")
    assert said["errors"] == [{"pointer": "/happened_on", "code": "date_invalid"}]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("value", [1, 0, 1.0, "yes", "on", "true"])
def test_only_true_and_false_are_yes_and_no(world: World, refused: Refused, value: Any) -> None:
    said = refused(submit(world, safety_risk=value), 422, "validation")
    assert said["errors"] == [{"pointer": "/safety_risk", "code": "choice_required"}]


@pytest.mark.usefixtures("nothing_written")
def test_somebody_who_cannot_be_reached_is_asked_for_an_address(world: World, refused: Refused) -> None:
    said = refused(submit(world, email=None, phone="  "), 422, "validation")
    assert said["errors"] == [{"pointer": "/contact", "code": "contact_required"}]


@pytest.mark.parametrize(
    "changes",
    [
        {"about": "İ" * 120},
        {"what_happened": "😀" * 10_000},
        {"name": "ş" * 200},
        {"phone": "+90 (555) 111 22 33"},
        {"happened_on": "2026-03-02"},
        {"happened_on": "2024-02-29"},
        {"email": None, "phone": "0555 111 22 33"},
    ],
)
def test_what_just_fits_is_taken(world: World, changes: dict[str, Any]) -> None:
    assert submit(world, **changes).status_code == 201


def test_a_letter_counts_as_one_however_it_is_composed(world: World) -> None:
    decomposed = unicodedata.normalize("NFD", "ş" * 120)
    assert submit(world, about=decomposed).status_code == 201


# --- nothing is echoed -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("field", a_submission(happened_on="", order_number="", wish="", phone="", support_needs=""))
@pytest.mark.parametrize("value", [f"{CANARY}\x00", {"a": CANARY}, [CANARY]], ids=["text", "object", "array"])
def test_no_refusal_repeats_a_value(world: World, field: str, value: Any) -> None:
    answer = submit(world, **{field: value})
    assert answer.status_code == 422
    assert CANARY not in answer.text + str(answer.headers)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "header",
    [
        "Idempotency-Key",
        "Content-Type",
        "Accept",
        "Accept-Language",
        "Authorization",
        "If-Match",
        "User-Agent",
        "Origin",
        "Cookie",
        "X-Forwarded-For",
        "X-Redress-Origin",
    ],
)
def test_no_refusal_repeats_a_header(world: World, header: str) -> None:
    answer = world.public.post(SUBMIT, content=b'{"name": ""}', headers={**JSON, header: CANARY})
    assert 400 <= answer.status_code < 500
    assert CANARY not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "address",
    [
        f"/api/public/{CANARY}",
        f"/api/public/track?reference={CANARY}",
        f"/api/public/track/files/{CANARY}/finish",
    ],
)
def test_no_refusal_repeats_an_address(world: World, address: str) -> None:
    answer = world.public.post(address, json={})
    assert 400 <= answer.status_code < 500
    assert CANARY not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    "address",
    [
        f"/api/desk/complaints/{CANARY}",
        f"/api/desk/complaints?queue={CANARY}",
        f"/api/desk/complaints?cursor={CANARY}",
    ],
)
def test_no_refusal_of_the_desk_repeats_an_address(world: World, address: str) -> None:
    answer = world.staff(HANDLER).get(address)
    assert 400 <= answer.status_code < 500
    assert CANARY not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("tr", "Gönderilen veri okunamadı"),
        ("tr-TR,tr;q=0.9,en;q=0.8", "Gönderilen veri okunamadı"),
        ("en", "What was sent cannot be read"),
        ("en-GB,tr;q=0.5", "What was sent cannot be read"),
        ("de", "What was sent cannot be read"),
        ("", "What was sent cannot be read"),
    ],
)
def test_a_refusal_speaks_the_language_asked_for(world: World, refused: Refused, accepted: str, title: str) -> None:
    answer = world.public.post(SUBMIT, content=b"", headers={**JSON, "Accept-Language": accepted})
    assert refused(answer, 400, "malformed")["title"] == title


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "XXX"])
def test_another_method_is_refused(world: World, refused: Refused, method: str) -> None:
    refused(world.public.request(method, SUBMIT, content=b"{}", headers=JSON), 405, "wrong-method")


# --- the form --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"=",
        b"&&&",
        b"%",
        b"%zz=%",
        b"a",
        b"\xff\xfe\x00",
        b"name=%ff%fe",
        b"language=tr&language=en",
        b"happened_day=99999999999999999999&happened_month=1&happened_year=1",
        b"happened_year=%D9%A1",
        b"idempotency_key=%00",
        b"name=" + b"x" * 250_000,
    ],
)
def test_a_broken_form_comes_back_with_what_is_missing(world: World, body: bytes) -> None:
    answer = world.public.post(f"{SUBMIT}/form", content=body, headers=FORM)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")


@pytest.mark.usefixtures("nothing_written")
def test_a_form_of_too_many_fields_is_refused(world: World) -> None:
    answer = world.public.post(f"{SUBMIT}/form", content=b"a=b&" * 61, headers=FORM)
    assert 400 <= answer.status_code < 500


@pytest.mark.usefixtures("nothing_written")
def test_a_form_over_256_kb_is_refused(world: World, refused: Refused) -> None:
    refused(world.public.post(f"{SUBMIT}/form", content=b"a=" + b"x" * 256 * 1024, headers=FORM), 413, "too-big")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_a_form_of_another_content_type_is_refused(world: World, refused: Refused, kind: str) -> None:
    answer = world.public.post(f"{SUBMIT}/form", content=b"a=b", headers={"Content-Type": kind})
    refused(answer, 415, "wrong-type")


# --- naughty strings -------------------------------------------------------------------------------------------------


def as_kept(text: str) -> str:
    """A text as the product promises to keep it: composed, without blanks around it, lines ended by LF."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def has_control_characters(text: str) -> bool:
    return any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t\r" for letter in text)


READABLE = [text for text in NAUGHTY if not has_control_characters(text)]
UNREADABLE = [text for text in NAUGHTY if has_control_characters(text)]


@pytest.mark.parametrize("start", range(0, len(READABLE), 20))
def test_a_naughty_string_comes_back_as_it_was_written(world: World, start: int) -> None:
    words = "\n".join(["Başıma gelen şudur:", *READABLE[start : start + 20]])
    assert opened(world, what_happened=words) == as_kept(words)


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("text", UNREADABLE, ids=ascii)
def test_a_naughty_string_with_control_characters_is_refused(world: World, refused: Refused, text: str) -> None:
    said = refused(submit(world, what_happened=f"Başıma gelen şudur: {text}!"), 422, "validation")
    assert said["errors"] == [{"pointer": "/what_happened", "code": "control_characters"}]


def test_every_naughty_string_was_tried() -> None:
    assert (len(NAUGHTY), len(READABLE) + len(UNREADABLE)) == (515, 515)
    assert len(UNREADABLE) >= 3


@pytest.mark.usefixtures("nothing_written")
def test_a_naughty_string_in_every_field_at_once_is_refused(world: World) -> None:
    answers = {text: submit(world, **dict.fromkeys(a_submission(), text)).status_code for text in NAUGHTY}
    assert set(answers.values()) == {422}


def test_a_naughty_string_opens_no_complaint(world: World) -> None:
    answers = {
        text: world.public.post("/api/public/track", json={"reference": text, "secret": text}).status_code
        for text in NAUGHTY
    }
    assert set(answers.values()) == {404, 422}


@pytest.mark.parametrize(
    "text",
    [
        "İSTANBUL ısparta Iğdır iĞDIR",
        "şikâyet ŞİKÂYET",
        "İ́ ı̇ i̇",
        "ﷺ رسالة بالعربية ve Türkçe",
        "👩‍👩‍👧‍👦 🇹🇷 👍🏽",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
        "satır\nsatır\tsekme",
        "\u202eters\u202c",
        "<script>alert(1)</script>",
        "{{7*7}} ${jndi:x}",
    ],
)
def test_turkish_and_other_difficult_text_comes_back_as_it_was_written(world: World, text: str) -> None:
    assert opened(world, what_happened=f"Metin: {text}") == as_kept(f"Metin: {text}")


# --- addresses -------------------------------------------------------------------------------------------------------

LONGEST = "a@" + ".".join(["b" * 60] * 4) + "." + "c" * 8  # 254 characters


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "address",
    [
        "a@example.com,b@example.com",
        "a@example.com;b@example.com",
        "a@example.com b@example.com",
        "a@example.com, b@example.com",
        "Ayşe Öz <a@example.com>",
        '"a" <a@example.com>',
        "<a@example.com>",
        "b@example.com <a@example.com>",
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com\nb@example.com",
        "a@example.com%0d%0aBcc:b@example.com",
        "a@example.com\x00",
        "a@example.com\u2028b",
        "ayşe@example.com",
        "а@example.com",
        "a@exаmple.com",
        "a@örnek.com",
        '"a b"@example.com',
        '"a@b"@example.com',
        "a(b)@example.com",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@localhost",
        "a@example",
        "a@b@example.com",
        "@b:a@example.com",
        "b!a@example.com",
        "a%b@example.com",
        "a..b@example.com",
        ".a@example.com",
        "a.@example.com",
        "a@-example.com",
        "a@example..com",
        "@",
        "a",
        "a@",
        "@example.com",
        "mailto:a@example.com",
        f"{LONGEST}d",
        "a" * 10_000,
    ],
)
def test_anything_but_one_plain_address_is_refused(world: World, refused: Refused, address: str) -> None:
    said = refused(submit(world, email=address), 422, "validation")
    assert said["errors"] == [{"pointer": "/email", "code": "email_invalid"}]


def test_the_longest_address_has_254_characters(world: World) -> None:
    assert (len(LONGEST), submit(world, email=LONGEST).status_code) == (254, 201)
