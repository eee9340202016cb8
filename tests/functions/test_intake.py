"""The public's door: once and only once, and nothing to see without the secret."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import getaddresses
from threading import Lock
from typing import Any
from uuid import UUID, uuid3

import pytest
from botocore.client import BaseClient

from adapters.rulebook import Rulebook
from complaints.categories import HANDLING, brought_along
from complaints.rules import Organisation
from infra import publish
from tests.builders import rules_under
from tests.journeys.steps import APPROVAL
from tests.journeys.steps import ONE_POINT as ASSESSMENT
from tests.world import HANDLER, LEAD, World, a_submission

SUBMIT, FORM = "/api/public/complaints", "/api/public/complaints/form"
CANARY = "kanarya7331"
FOR_STAFF = {
    "improvement_reason": CANARY,
    "corrective_action": CANARY,
    "others": {"words": CANARY, "due_on": "2026-03-20"},
}

Refused = Callable[..., dict[str, Any]]


def events(world: World, reference: str) -> list[str]:
    return [event.type for event in world.table.everything(reference).events]


def complaints(world: World) -> int:
    items = world.items.client.scan(TableName="Table", ProjectionExpression="SK")["Items"]
    return sum(item["SK"]["S"] == "CASE" for item in items)


# --- once and only once ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "key",
    [
        None,
        "",
        "1",
        "not a key",
        "7" * 36,
        str(UUID(int=0)),
        "c232ab00-9414-11ec-b3c8-9f6bdeced846",  # of a time and a machine, as RFC 9562 shows one
        str(uuid3(UUID(int=1), "a")),
        "{" * 40,
        "00000000-0000-4000-8000-00000000000g",
    ],
)
def test_a_submission_needs_a_random_key(world: World, refused: Refused, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    said = refused(world.public.post(SUBMIT, json=a_submission(), headers=headers), 422, "validation")
    assert [error["pointer"] for error in said["errors"]] == ["/header/idempotency-key"]


def test_the_same_submission_twice_is_one_complaint_with_one_receipt(world: World) -> None:
    before, headers = complaints(world), {"Idempotency-Key": world.key()}
    first, second = (world.public.post(SUBMIT, json=a_submission(), headers=headers) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert complaints(world) == before + 1


def test_a_repetition_hours_later_gets_the_first_receipt(world: World) -> None:
    headers = {"Idempotency-Key": world.key()}
    first = world.public.post(SUBMIT, json=a_submission(), headers=headers)
    world.wait(days=3)
    assert world.public.post(SUBMIT, json=a_submission(), headers=headers).content == first.content


@pytest.fixture
def whole_requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """DynamoDB serves each request whole; moto does so only when requests come one after another."""
    lock, call = Lock(), BaseClient._make_api_call

    def one_at_a_time(self: Any, name: str, asked: Any) -> Any:
        with lock:
            return call(self, name, asked)

    monkeypatch.setattr(BaseClient, "_make_api_call", one_at_a_time)
    yield


@pytest.mark.usefixtures("whole_requests")
def test_the_same_submission_from_twenty_threads_is_one_complaint_with_one_receipt(world: World) -> None:
    before, headers = complaints(world), {"Idempotency-Key": world.key()}
    with ThreadPoolExecutor(20) as threads:
        posts = [threads.submit(world.public.post, SUBMIT, json=a_submission(), headers=headers) for _ in range(20)]
    answers = {(post.result().status_code, post.result().content) for post in posts}
    assert [status for status, _ in answers] == [201]
    assert complaints(world) == before + 1


@pytest.mark.usefixtures("whole_requests")
def test_a_message_from_ten_threads_is_one_message(world: World) -> None:
    headers, _ = world.open(world.submit())
    message = {"id": world.key(), "words": "Servis yine gelmedi."}
    with ThreadPoolExecutor(10) as threads:
        for _ in range(10):
            threads.submit(world.public.post, "/api/public/track/messages", json=message, headers=headers)
    seen = world.public.post("/api/public/track/messages", json=message, headers=headers).json()
    assert [entry["kind"] for entry in seen["entries"]] == ["message", "complaint"]


def test_the_same_key_with_another_body_is_refused_without_a_word_of_the_first(world: World, refused: Refused) -> None:
    headers = {"Idempotency-Key": world.key()}
    receipt = world.public.post(SUBMIT, json=a_submission(wish=CANARY), headers=headers).json()
    answer = world.public.post(SUBMIT, json=a_submission(name="Başka Biri"), headers=headers)
    said = refused(answer, 422, "idempotency-clash")
    assert set(said) == {"type", "title", "status", "instance"}
    assert not any(word in answer.text for word in (CANARY, receipt["reference"], receipt["secret"]))


def test_the_key_counts_in_either_case(world: World) -> None:
    key = "0A0B0C0D-0A0B-4A0B-8A0B-0A0B0C0D0E0F"
    first, second = (
        world.public.post(SUBMIT, json=a_submission(), headers={"Idempotency-Key": each}).json()
        for each in (key, key.lower())
    )
    assert first == second


# --- the form --------------------------------------------------------------------------------------------------------


def a_form(**changes: str) -> dict[str, str]:
    return {
        "language": "tr",
        "about": "Ankastre fırın",
        "told_before": "no",
        "safety_risk": "no",
        "elsewhere": "no",
        "what_happened": "Fırının camı çalışırken patladı.",
        "name": "Nermin Çağlayangil",
        "email": "nermin@example.com",
        **changes,
    }


def test_a_form_without_a_key_sent_twice_is_one_complaint(world: World) -> None:
    before = complaints(world)
    for _ in range(2):
        assert world.public.post(FORM, data=a_form(name="Bir")).status_code == 201
        world.wait(minutes=14)
    assert complaints(world) == before + 1


def test_a_form_sent_again_across_a_quarter_of_an_hour_is_one_complaint(world: World) -> None:
    before = complaints(world)
    world.wait(minutes=14)
    for _ in range(2):
        world.public.post(FORM, data=a_form(name="İki"))
        world.wait(minutes=2)
    assert complaints(world) == before + 1


def test_the_same_form_after_a_quarter_of_an_hour_is_another_complaint(world: World) -> None:
    before = complaints(world)
    for _ in range(2):
        world.public.post(FORM, data=a_form(name="Üç"))
        world.wait(minutes=16)
    assert complaints(world) == before + 2


def test_another_form_at_the_same_time_is_another_complaint(world: World) -> None:
    before = complaints(world)
    for name in ("Dört", "Beş"):
        world.public.post(FORM, data=a_form(name=name))
    assert complaints(world) == before + 2


def test_a_form_with_a_key_and_json_with_that_key_are_one_complaint(world: World) -> None:
    key, before = world.key(), complaints(world)
    world.public.post(FORM, data=a_form(name="Altı", idempotency_key=key))
    body = a_submission(name="Altı", what_happened="Fırının camı çalışırken patladı.")
    assert world.public.post(SUBMIT, json=body, headers={"Idempotency-Key": key}).status_code == 201
    assert complaints(world) == before + 1


def test_a_key_of_another_form_shows_nothing_of_it(world: World) -> None:
    key = world.key()
    world.public.post(FORM, data=a_form(wish=CANARY, idempotency_key=key))
    answer = world.public.post(FORM, data=a_form(name="Yedi", idempotency_key=key))
    assert answer.status_code == 422
    assert not any(word in answer.text for word in (CANARY, world.vault.reference(key), world.vault.secret(key)))


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "field", ["about", "what_happened", "name", "email", "phone", "order_number", "wish", "support_needs"]
)
def test_a_form_with_errors_keeps_what_was_typed_escaped(world: World, field: str) -> None:
    typed = f"\"><script>{CANARY}</script>'\x07"
    answer = world.public.post(FORM, data=a_form(**{field: typed}))
    assert answer.status_code == 422
    assert f"&lt;script&gt;{CANARY}&lt;/script&gt;" in answer.text
    assert f"<script>{CANARY}" not in answer.text


# --- what is promised ------------------------------------------------------------------------------------------------


@pytest.fixture
def book(world: World, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """The rules as the table holds them, for a function that stays warm."""
    kept = Rulebook(world.items, world.settings)
    monkeypatch.setattr(world.table, "_rules", kept.rules)
    return kept


def test_what_was_settled_is_on_the_next_page(world: World, book: Rulebook) -> None:
    before = world.public.post(FORM, data=a_form(name="Sekiz")).text
    book.settle(Organisation(packs=("TR-TUKETICI",)), "Tüketici satışı", LEAD, world.now, after=0)
    after = world.public.post(FORM, data=a_form(name="Dokuz")).text
    assert "<small>20 iş günü</small>" in before
    assert "<small>14 gün</small>" in after


def test_the_pages_that_are_published_say_what_is_in_force(world: World, book: Rulebook) -> None:
    firm = publish.Organisation("Firm", "0800 000 000", "a@firm.example", "TR", "Europe/Istanbul")

    def start() -> str:
        return publish.pages("https://firm.example", firm, world.items)["en/index.html"].decode()

    assert "Within 20 working days" in start()
    book.settle(Organisation(packs=("TR-TUKETICI",)), "Tüketici satışı", LEAD, world.now, after=0)
    assert "Within 14 days" in start()


def test_the_form_offers_the_problems_of_the_organisations_list(world: World, book: Rulebook) -> None:
    firm = publish.Organisation("Firm", "0800 000 000", "a@firm.example", "TR", "Europe/Istanbul")
    offered = re.compile(r'<option value="(\d+)">(.*?)</option>')

    def form() -> list[tuple[str, str]]:
        page = publish.pages("https://firm.example", firm, world.items)["en/complain/index.html"].decode()
        return offered.findall(page.split('name="category"')[1].split("</select>")[0])

    assert ("2", "Late") in form()
    assert str(HANDLING) not in dict(form())  # that is asked for with the number of the complaint that was handled
    late, *others = (one for one in brought_along() if one.number != 1)
    retired = next(one for one in brought_along() if one.number == 1).model_copy(update={"active": False})
    renamed = late.model_copy(update={"name": {"tr": "Gecikme", "en": "Delay"}})
    listed = (*others, renamed, retired)
    book.settle(Organisation(categories=listed), "Kendi sorunlarımız", LEAD, world.now, after=0)
    assert form()[-1] == ("2", "Delay")
    assert "1" not in dict(form())


def test_the_confirmation_says_by_when_we_write(world: World) -> None:
    assert world.submit()["update_due_on"] == "2026-03-16"
    assert "16 Mar 2026 gününe kadar" in world.public.post(FORM, data=a_form(name="On")).text


# --- the letter ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "ayse@example.com",
        "ayse.oz+firin@example.com",
        "AYSE@Example.COM",
        " ayse@example.com ",
        "o'neil@example.com",
        "ayse@xn--exmple-cua.com",
        f"{'a' * 64}@example.com",
    ],
)
def test_an_address_gets_one_letter_and_nobody_else_does(world: World, address: str) -> None:
    before = len(world.mailbox.sent)
    world.submit(email=address)
    world.settle()
    [(envelope, mail, _)] = world.mailbox.sent[before:]
    [(_, recipient)] = getaddresses([str(mail["To"])])
    assert [envelope.lower(), recipient.lower()] == [address.strip().lower()] * 2
    assert not mail["Cc"]
    assert not mail["Bcc"]


# --- tracking --------------------------------------------------------------------------------------------------------


def track(world: World, reference: str, secret: str) -> Any:
    return world.public.post("/api/public/track", json={"reference": reference, "secret": secret})


def test_a_wrong_secret_and_an_unknown_reference_look_the_same(world: World, refused: Refused) -> None:
    known, unknown, secret = world.submit()["reference"], world.vault.reference("nobody"), "0" * 20
    wrong, nothing = track(world, known, secret), track(world, unknown, secret)
    refused(wrong, 404, "no-match")
    assert (wrong.content, wrong.headers) == (nothing.content, nothing.headers)


def test_a_wrong_secret_and_an_unknown_reference_take_the_same_steps(world: World) -> None:
    """So nobody can tell them apart by the time they take: as many calls of the tables, of the same kind."""
    known, unknown, secret = world.submit()["reference"], world.vault.reference("nobody"), "0" * 20
    steps: list[str] = []
    world.items.client.meta.events.register("before-call.dynamodb", lambda model, **_: steps.append(model.name))
    track(world, known, secret)
    wrong, steps[:] = list(steps), []
    track(world, unknown, secret)
    assert wrong == steps != []


def test_a_mistyped_reference_looks_the_same_too(world: World) -> None:
    wrong = track(world, world.submit()["reference"], "0" * 20)
    for mistyped in ("", "1", "CASE", "STAFF", "C#7K4M29XRQ3A", "7K4M29XRQ3A\n", "../..", "0" * 60, "٧٧٧٧"):
        nothing = track(world, mistyped, "0" * 20)
        assert (nothing.content, nothing.headers) == (wrong.content, wrong.headers)


def test_the_secret_of_another_complaint_does_not_fit(world: World, refused: Refused) -> None:
    mine, other = world.submit(), world.submit()
    refused(track(world, mine["reference"], other["secret"]), 404, "no-match")


def test_after_ten_tries_even_the_right_secret_must_wait(world: World, refused: Refused) -> None:
    receipt = world.submit()
    world.wait(minutes=20)
    for _ in range(10):
        refused(track(world, receipt["reference"], "0" * 20), 404, "no-match")
    answer = track(world, receipt["reference"], receipt["secret"])
    refused(answer, 429, "too-many")
    assert answer.headers["retry-after"] == str(40 * 60)


def test_after_the_wait_the_right_secret_opens(world: World) -> None:
    receipt = world.submit()
    for _ in range(10):
        track(world, receipt["reference"], "0" * 20)
    world.wait(seconds=int(track(world, receipt["reference"], receipt["secret"]).headers["retry-after"]))
    assert track(world, receipt["reference"], receipt["secret"]).status_code == 200


def test_an_unknown_reference_is_counted_like_a_known_one(world: World, refused: Refused) -> None:
    unknown = world.vault.reference("nobody else")
    answers = [track(world, unknown, "0" * 20).status_code for _ in range(11)]
    assert answers == [404] * 10 + [429]


@pytest.mark.usefixtures("whole_requests")
def test_thirty_tries_at_once_are_ten(world: World) -> None:
    reference = world.submit()["reference"]
    with ThreadPoolExecutor(10) as threads:
        answers = [answer.status_code for answer in threads.map(lambda _: track(world, reference, "0" * 20), range(30))]
    assert (answers.count(404), answers.count(429)) == (10, 20)


def test_the_tries_on_one_reference_do_not_close_another(world: World) -> None:
    mine, other = world.submit(), world.submit()
    for _ in range(11):
        track(world, other["reference"], "0" * 20)
    assert track(world, mine["reference"], mine["secret"]).status_code == 200


def test_the_page_without_a_script_says_how_long_to_wait_too(world: World) -> None:
    receipt = world.submit()
    typed = {"reference": receipt["reference"], "secret": "0" * 20}
    answers = [world.public.post("/api/public/track/form", data=typed) for _ in range(11)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "3600"


def spelled(code: str, group: int, between: str) -> str:
    return between.join(code[start : start + group] for start in range(0, len(code), group))


@pytest.mark.parametrize(
    "spell",
    [
        lambda code: spelled(code, 4, "-"),
        lambda code: spelled(code, 3, " "),
        str.lower,
        lambda code: f"  {code}\t",
        lambda code: spelled(code, 5, " – "),
        lambda code: code.replace("0", "O"),
        lambda code: code.replace("0", "o"),
        lambda code: code.replace("1", "I"),
        lambda code: code.replace("1", "l"),
        lambda code: code.replace("1", "ı"),
        lambda code: code.replace("1", "İ"),
        lambda code: code.replace("1", "i"),
    ],
)
def test_codes_are_read_as_they_were_meant(world: World, spell: Callable[[str], str]) -> None:
    key = next(key for key in iter(world.key, "") if {"0", "1"} <= set(world.vault.secret(key)))
    receipt = world.public.post(SUBMIT, json=a_submission(), headers={"Idempotency-Key": key}).json()
    assert track(world, spell(receipt["reference"]), spell(receipt["secret"])).status_code == 200


# --- the token -------------------------------------------------------------------------------------------------------


def message(world: World, token: str) -> Any:
    body = {"id": world.key(), "words": "Merhaba."}
    return world.public.post("/api/public/track/messages", json=body, headers=[(b"authorization", token.encode())])


GARBAGE = [
    "",
    "Bearer",
    "Bearer ",
    "Bearer a.b.c",
    "Bearer x.y.z",
    "Bearer ..",
    "Bearer é.ü.ş",
    "Bearer 7K4M29XRQ3A.٣.x",
    "Basic YTpi",
    "Bearer " + "x" * 9000,
    "Bearer 7K4M29XRQ3A.99999999999999999999.AAAA",
    "Bearer 7K4M29XRQ3A.-1.",
    "Bearer null",
]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("token", GARBAGE, ids=lambda token: ascii(token[:30]))
def test_a_forged_token_opens_nothing(world: World, refused: Refused, token: str) -> None:
    refused(message(world, token), 401, "no-token")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("token", ["", "a.b.c", "x.y.z", "é.ü.ş", "%00", "\ufffd.1.\ufffd"])
def test_a_forged_token_opens_no_page(world: World, token: str) -> None:
    answer = world.public.post(
        "/api/public/track/form", data={"token": token, "act": "message", "words-message": "Merhaba."}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["messages", "files", "acts/accept", "acts/reopen", f"files/{UUID(int=7, version=4)}/finish"]
)
def test_nothing_is_added_without_a_token(world: World, refused: Refused, path: str) -> None:
    bodies = {
        "messages": {"id": world.key(), "words": "Merhaba."},
        "acts/accept": {},
        "acts/reopen": {"words": "Yine."},
        "files": {"id": world.key(), "name": "a.pdf", "size": 1, "type": "application/pdf"},
    }
    refused(world.public.post(f"/api/public/track/{path}", json=bodies.get(path, {})), 401, "no-token")


def test_a_token_is_good_for_fifteen_minutes(world: World) -> None:
    headers, _ = world.open(world.submit())
    world.wait(minutes=15)
    assert message(world, headers["Authorization"]).status_code == 201


def test_a_token_is_refused_after_fifteen_minutes(world: World, refused: Refused) -> None:
    headers, _ = world.open(world.submit())
    world.wait(minutes=15, seconds=1)
    refused(message(world, headers["Authorization"]), 401, "no-token")


def test_a_token_whose_time_was_extended_is_refused(world: World, refused: Refused) -> None:
    headers, _ = world.open(world.submit())
    reference, expires, signature = headers["Authorization"].split(".")
    refused(message(world, f"{reference}.{int(expires) + 3600}.{signature}"), 401, "no-token")


def test_a_token_turned_to_another_complaint_is_refused(world: World, refused: Refused) -> None:
    headers, _ = world.open(world.submit())
    _, expires, signature = headers["Authorization"].split(".")
    refused(message(world, f"Bearer {world.submit()['reference']}.{expires}.{signature}"), 401, "no-token")


def test_a_token_writes_to_its_own_complaint_only(world: World) -> None:
    mine, other = world.submit(), world.submit()
    headers, _ = world.open(mine)
    message(world, headers["Authorization"])
    assert len(world.table.everything(mine["reference"]).entries) == 1
    assert len(world.table.everything(other["reference"]).entries) == 0


# --- what is shown ---------------------------------------------------------------------------------------------------


@pytest.fixture
def decided(world: World) -> dict[str, Any]:
    """The receipt of a complaint on which staff wrote a canary everywhere that is theirs alone."""
    receipt = world.submit()
    reference = receipt["reference"]
    world.staff(HANDLER).post(
        f"/api/desk/complaints/{reference}/notes", json={"id": world.key(), "words": f"not {CANARY}"}
    )
    point = {"number": 1, "finding": "not_upheld", "reasons": f"eski {CANARY}", "no_remedy_reason": f"eski {CANARY}"}
    move(world, HANDLER, reference, "assess", {**ASSESSMENT, "reason": f"gerekçe {CANARY}"})
    move(world, HANDLER, reference, "investigate", {"owner": HANDLER})
    move(
        world,
        HANDLER,
        reference,
        "propose",
        {"points": [point], "cause": "MFG", "improvement_needed": False, **APPROVAL},
    )
    move(world, LEAD, reference, "return", {"words": f"iade {CANARY}"})
    better = {**point, "reasons": "Camda hata yok.", "no_remedy_reason": "Gerekmiyor."}
    move(
        world,
        HANDLER,
        reference,
        "propose",
        {"points": [better], "cause": "MFG", "improvement_needed": True, **FOR_STAFF, **APPROVAL},
    )
    move(world, LEAD, reference, "approve", APPROVAL)
    return receipt


def move(world: World, sub: str, reference: str, name: str, body: dict[str, Any]) -> None:
    complaint = world.table.load(reference)
    assert complaint is not None
    answer = world.staff(sub).post(
        f"/api/desk/complaints/{reference}/moves/{name}",
        json=body,
        headers={"If-Match": f'"{complaint.version}"', "Idempotency-Key": world.key()},
    )
    assert answer.status_code == 200, answer.text


def sent(world: World, reference: str, letter: str) -> None:
    """The letter has left."""
    world.table.update(
        reference, f"L#{letter}", {"state": "sent", "sent_at": world.now.isoformat()}, when={"state": "owed"}
    )


def test_an_extension_is_seen_when_its_letter_has_left(world: World) -> None:
    receipt = world.submit()
    reference = receipt["reference"]
    move(world, HANDLER, reference, "assess", ASSESSMENT)
    world.wait(days=1)
    move(world, LEAD, reference, "extend", {"points": [1], "reason": "Üretici raporu gecikti."})
    _, seen = world.open(receipt)
    assert seen["answer_due_on"] > receipt["answer_due_on"]
    assert (seen["extended_on"], [entry["kind"] for entry in seen["entries"]]) == (None, ["complaint"])
    sent(world, reference, "000003-extension")
    _, seen = world.open(receipt)
    assert seen["extended_on"] == "2026-03-03"
    assert [entry["words"] for entry in seen["entries"] if entry["letter"]] == ["Üretici raporu gecikti."]


def test_news_are_shown_as_they_were_written_with_the_date_of_the_next(world: World) -> None:
    receipt = world.submit()
    _, seen = world.open(receipt)
    assert seen["next_news_on"] == receipt["update_due_on"] == "2026-03-16"
    world.wait(days=2)
    move(world, HANDLER, receipt["reference"], "update", {"words": "Parçayı bekliyoruz."})
    told = world.table.load(receipt["reference"])
    assert told
    sent(world, receipt["reference"], f"{told.version:06d}-progress")
    _, seen = world.open(receipt)
    assert seen["next_news_on"] == "2026-03-18"
    assert [entry["words"] for entry in seen["entries"] if entry["letter"] == "progress"] == ["Parçayı bekliyoruz."]


def test_a_clock_that_stands_still_is_not_late(world: World) -> None:
    world.rulebook.settle(rules_under("BIZIM").organisation, "Deneme.", LEAD, world.now, after=0)
    receipt = world.submit()
    reference = receipt["reference"]
    move(world, HANDLER, reference, "assess", ASSESSMENT)
    move(
        world,
        HANDLER,
        reference,
        "pause",
        {"points": [1], "category": "waiting_for_complainant", "reason": "Fatura bekliyoruz."},
    )
    world.wait(days=60)
    assert world.open(receipt)[1]["late"] is False


def test_what_staff_write_for_themselves_is_not_shown(world: World, decided: dict[str, Any]) -> None:
    answer = track(world, decided["reference"], decided["secret"])
    assert "Camda hata yok." in answer.text
    assert CANARY not in answer.text
    assert not any(sub in answer.text for sub in (HANDLER, LEAD))


def test_our_answer_is_not_shown_before_it_was_approved(world: World) -> None:
    receipt = world.submit()
    point = {"number": 1, "finding": "upheld", "reasons": CANARY, "no_remedy_reason": CANARY}
    move(world, HANDLER, receipt["reference"], "assess", ASSESSMENT)
    move(world, HANDLER, receipt["reference"], "investigate", {"owner": HANDLER})
    move(
        world,
        HANDLER,
        receipt["reference"],
        "propose",
        {"points": [point], "cause": "MFG", "improvement_needed": False, **FOR_STAFF, **APPROVAL},
    )
    _, seen = world.open(receipt)
    assert [(point["finding"], point["reasons"]) for point in seen["points"]] == [(None, None)]
    assert CANARY not in str(seen)


def test_words_that_the_desk_calls_internal_are_not_shown(world: World, decided: dict[str, Any]) -> None:
    move(world, HANDLER, decided["reference"], "dispute", {"medium": "phone", "words": "Telefonda çok öfkeliydi."})
    timeline = world.case(HANDLER, decided["reference"])["timeline"]
    ours = {one["words"] for one in timeline if one["visibility"] in {"internal", "change"}} - {None}
    _, seen = world.open(decided)
    assert ours
    assert not {entry["words"] for entry in seen["entries"]} & ours


def test_another_complaint_of_the_same_person_is_not_shown(world: World) -> None:
    world.submit(what_happened=f"Bambaşka bir şikâyet {CANARY}")
    _, seen = world.open(world.submit())
    assert CANARY not in str(seen)


def test_a_tracked_complaint_does_not_name_its_complainant(world: World) -> None:
    receipt = world.submit(phone="0555 111 22 33", support_needs="Büyük punto")
    answer = track(world, receipt["reference"], receipt["secret"])
    assert not any(word in answer.text for word in ("Nermin", "nermin@", "0555", "Büyük punto"))


@pytest.mark.parametrize(
    "typed",
    [
        {"act": "message", "words-message": ""},
        {"act": "message", "words-message": "\x00"},
        {"act": "message", "words-message": "x" * 10_001},
        {"act": "message", "words-message": "Merhaba.", "id": "not a key"},
        {"act": "reopen", "words-reopen": ""},
        {"act": "dispute", "words-dispute": "\x07"},
    ],
)
def test_an_act_that_does_not_do_comes_back_with_its_page(world: World, typed: dict[str, str]) -> None:
    headers, _ = world.open(world.submit())
    token = headers["Authorization"].removeprefix("Bearer ")
    answer = world.public.post("/api/public/track/form", data={"token": token, **typed})
    assert answer.status_code == 422


def test_an_act_that_comes_too_early_changes_nothing(world: World, decided: dict[str, Any]) -> None:
    headers, _ = world.open(decided)
    world.public.post(
        "/api/public/track/form",
        data={"token": headers["Authorization"][7:], "act": "reopen", "words-reopen": "Yine bozuldu."},
    )
    assert "ComplaintReopened" not in events(world, decided["reference"])


def test_an_answer_given_twice_is_one_event(world: World, decided: dict[str, Any], refused: Refused) -> None:
    headers, _ = world.open(decided)
    ask = {"json": {}, "headers": headers}
    assert world.public.post("/api/public/track/acts/accept", **ask).status_code == 200
    refused(world.public.post("/api/public/track/acts/accept", **ask), 409, "not-now")
    assert events(world, decided["reference"]).count("DecisionAccepted") == 1


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"type": "image/svg+xml"}, {"pointer": "/type", "code": "file_type"}),
        ({"type": "text/html"}, {"pointer": "/type", "code": "file_type"}),
        ({"size": 0}, {"pointer": "/size", "code": "file_size"}),
        ({"size": -1}, {"pointer": "/size", "code": "file_size"}),
        ({"size": 10 * 1024 * 1024 + 1}, {"pointer": "/size", "code": "file_size"}),
        ({"id": "../../etc"}, {"pointer": "/id", "code": "wrong_type"}),
        ({"key": "evidence/other"}, {"pointer": "/key", "code": "unknown_field"}),
    ],
)
def test_a_file_that_we_do_not_take_gets_no_place(
    refused: Refused, changes: dict[str, Any], error: dict[str, str], slot: Callable[..., Any], nothing_written: None
) -> None:
    assert refused(slot(**changes), 422, "validation")["errors"] == [error]


@pytest.fixture
def slot(world: World) -> Callable[..., Any]:
    """Asks for a file's place on a complaint of its own."""
    headers, _ = world.open(world.submit())

    def ask(**changes: Any) -> Any:
        asked = {"id": world.key(), "name": "fatura.pdf", "size": 1000, "type": "application/pdf", **changes}
        return world.public.post("/api/public/track/files", json=asked, headers=headers)

    return ask


def test_the_eleventh_file_gets_no_place(refused: Refused, slot: Callable[..., Any]) -> None:
    assert {slot().status_code for _ in range(10)} == {201}
    assert refused(slot(), 422, "validation")["errors"] == [{"pointer": "/id", "code": "file_count"}]


def test_a_file_that_did_not_arrive_cannot_be_finished(world: World, refused: Refused) -> None:
    headers, _ = world.open(world.submit())
    refused(
        world.public.post(f"/api/public/track/files/{world.key()}/finish", json={}, headers=headers), 422, "validation"
    )


# --- merged ----------------------------------------------------------------------------------------------------------


def merged(world: World, source: dict[str, Any], target: dict[str, Any]) -> None:
    move(world, LEAD, source["reference"], "merge", {"into": target["reference"], "words": "Aynı fırın, aynı gün."})


def test_the_code_of_a_merged_complaint_opens_that_one_and_never_the_one_that_it_goes_on_as(
    world: World, refused: Refused
) -> None:
    """Whoever files under another's address gets a code of their own, and nothing of what the other has told."""
    source, target = world.submit(name="Başka Biri"), world.submit(what_happened=f"Fırının camı patladı. {CANARY}")
    merged(world, source, target)
    headers, seen = world.open(source)
    assert (seen["reference"], seen["state"], seen["can"]) == (source["reference"], "closed", [])
    assert not any(told in str(seen) for told in (CANARY, target["reference"]))
    written = {"id": world.key(), "words": "Fotoğrafı ekledim."}
    refused(world.public.post("/api/public/track/messages", json=written, headers=headers), 409, "not-now")
    assert world.open(target)[1]["reference"] == target["reference"]
    assert world.table.everything(target["reference"]).entries == ()


def test_a_token_from_before_the_merger_opens_nothing_more(world: World) -> None:
    source, target = world.submit(), world.submit(what_happened=f"Fırının camı patladı. {CANARY}")
    headers, _ = world.open(source)
    merged(world, source, target)
    answer = world.public.post("/api/public/track/acts/withdraw", json={}, headers=headers)
    assert (answer.status_code, CANARY in answer.text) == (409, False)


def test_each_code_opens_its_own_before_during_and_after_a_merger(world: World) -> None:
    source, target = world.submit(), world.submit(what_happened="Buzdolabının kapısı kapanmıyor.")
    own = [source["reference"], target["reference"]]
    merged(world, source, target)
    assert [world.open(one)[1]["reference"] for one in (source, target)] == own
    move(world, LEAD, source["reference"], "unmerge", {"words": "Buzdolabı başka bir konu."})
    assert [(seen["reference"], seen["state"]) for _, seen in map(world.open, (source, target))] == [
        (one, "received") for one in own
    ]


def test_a_merger_is_told_only_where_both_are_reached(world: World) -> None:
    """The letter names the other complaint: whoever gave only the other's number gets none."""
    number = {"phone": "0532 123 45 67"}
    hers = world.submit(**number)
    other = world.submit(**number, email="baska@example.com", what_happened="Fırının camı patladı, demiştim.")
    answer = world.move(LEAD, other["reference"], "merge", {"into": hers["reference"], "words": "Aynı."}, status=409)
    assert answer["reason"] == "not_same_person"
    by_phone = world.submit(**number, email=None, what_happened="Telefonla da söylemiştim, camı patladı.")
    merged(world, by_phone, hers)  # somebody calls that number


def test_the_reference_of_one_with_the_secret_of_the_other_opens_neither(world: World, refused: Refused) -> None:
    source, target = world.submit(), world.submit(what_happened="Fırının camı patladı, yine kimse gelmedi.")
    merged(world, source, target)
    refused(track(world, source["reference"], target["secret"]), 404, "no-match")
    refused(track(world, target["reference"], source["secret"]), 404, "no-match")
