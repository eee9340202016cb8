"""The desk: one event for each move, a lost race answered with what is there now, and nobody's data in a refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters import table
from adapters.items import Items, iso
from adapters.render import reference as grouped
from tests import builders
from tests.builders import COMPLAINANT, PROPOSE, REVIEWER
from tests.functions.test_desk_papers import text
from tests.journeys.steps import ONE_POINT as ASSESSMENT
from tests.ways import AGAIN, DECIDED, INVESTIGATING, OUTSIDE, PROMISED, REVIEW
from tests.world import ADMINISTRATOR, AUDITOR, FRONT_LINE, HANDLER, LEAD, World, a_submission

CANARY = "kanarya7331"
GOES_OUTSIDE = (builders.HANDLER, OUTSIDE)

Refused = Callable[..., dict[str, Any]]


@pytest.fixture
def reference(world: World) -> str:
    return str(world.submit()["reference"])


def make(
    world: World, reference: str, move: str, body: Any, *, version: int = 1, key: str | None = None, sub: str = HANDLER
) -> Any:
    """One move, by somebody who knows this version."""
    return world.staff(sub).post(
        f"/api/desk/complaints/{reference}/moves/{move}",
        json=body,
        headers={"If-Match": f'"{version}"', "Idempotency-Key": key or world.key()},
    )


def versions(world: World, reference: str) -> list[int]:
    return [event.version for event in world.table.everything(reference).events]


# --- moves -----------------------------------------------------------------------------------------------------------


def test_a_move_is_one_event(world: World, reference: str) -> None:
    answer = make(world, reference, "assess", ASSESSMENT)
    assert (answer.status_code, answer.json()["state"], answer.json()["version"]) == (200, "assessed", 2)
    assert versions(world, reference) == [1, 2]


def test_the_same_move_with_the_same_key_again_is_still_one_event(world: World, reference: str) -> None:
    key = world.key()
    first, second = (make(world, reference, "assess", ASSESSMENT, key=key) for _ in range(2))
    assert (second.status_code, second.json()) == (200, first.json())
    assert versions(world, reference) == [1, 2]


def test_a_repeated_move_is_answered_with_what_is_there_now(world: World, reference: str) -> None:
    key = world.key()
    make(world, reference, "assess", ASSESSMENT, key=key)
    make(world, reference, "investigate", {"owner": HANDLER}, version=2)
    assert make(world, reference, "assess", ASSESSMENT, key=key).json()["state"] == "investigating"


def test_whoever_comes_second_gets_what_is_there_now(world: World, reference: str, refused: Refused) -> None:
    make(world, reference, "assess", ASSESSMENT)
    said = refused(make(world, reference, "acknowledge", {"medium": "phone"}, sub=LEAD), 409, "out-of-date")
    assert said["current"] == world.case(LEAD, reference)


def test_whoever_comes_second_changes_nothing(world: World, reference: str) -> None:
    make(world, reference, "assess", ASSESSMENT)
    make(world, reference, "acknowledge", {"medium": "phone"})
    assert versions(world, reference) == [1, 2]


def test_a_version_from_the_future_is_out_of_date_too(world: World, reference: str, refused: Refused) -> None:
    refused(make(world, reference, "assess", ASSESSMENT, version=9), 409, "out-of-date")


def test_a_move_that_the_state_does_not_allow_says_so(world: World, reference: str, refused: Refused) -> None:
    assert refused(make(world, reference, "propose", PROPOSAL), 409, "not-now")["reason"] == "state"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the table of moves leaves in the log."""
    lines: list[dict[str, Any]] = []
    monkeypatch.setattr(table.logger, "info", lambda message, **told: lines.append({"message": message, **told}))
    return lines


def test_what_the_table_refuses_is_in_the_log_without_a_word_of_it(
    world: World, reference: str, refused: Refused, log: list[dict[str, Any]]
) -> None:
    words = {**PROPOSAL, "prevention": CANARY}
    refused(make(world, reference, "propose", words), 409, "not-now")
    line = {"message": "refused", "move": "propose", "reference": reference, "state": "received", "reason": "state"}
    assert log == [{**line, "roles": ["handler"]}]
    assert CANARY not in str(log)


def test_refusals_of_tasks_messages_and_mergers_are_in_the_log_too(
    world: World, reference: str, refused: Refused, log: list[dict[str, Any]]
) -> None:
    other = str(world.submit(name="Başka Biri", email="baska@example.com")["reference"])
    desk = world.staff(HANDLER)
    refused(desk.post(f"/api/desk/complaints/{reference}/tasks/duty-1/done", json={}), 409, "not-now")
    refused(make(world, reference, "merge", {"into": other, "words": CANARY}, sub=LEAD), 409, "not-now")
    make(world, reference, "declare_conflict", {"words": CANARY})
    written = {"id": world.key(), "words": CANARY}
    refused(desk.post(f"/api/desk/complaints/{reference}/messages", json=written), 409, "not-now")
    assert [(line["move"], line["reason"]) for line in log] == [
        ("finish_task", "no_task"),
        ("merge", "not_same_person"),
        ("message", "conflict"),
    ]
    assert CANARY not in str(log)


def test_a_move_of_the_complainant_that_is_refused_is_in_the_log(world: World, log: list[dict[str, Any]]) -> None:
    headers, seen = world.open(world.submit())
    answer = world.public.post("/api/public/track/acts/accept", json={}, headers=headers)
    assert answer.status_code == 409
    [line] = log
    assert (line["move"], line["reference"], line["roles"]) == ("accept", seen["reference"], ["complainant"])


PROPOSAL = {
    "points": [{"number": 1, "finding": "upheld", "reasons": "Camda hata var.", "no_remedy_reason": "Gerekmiyor."}],
    "cause": "MFG",
    "improvement_needed": True,
    "improvement_reason": "Kalıp aşınmış.",
    "corrective_action": "Kalıplar her altı ayda bir ölçülecek.",
    "no_conflict": True,
}


@pytest.mark.parametrize("if_match", [None, "", "*", "bir", "-1", "1.0", "٣", '"', "9" * 10, "1, 2", 'W/"1"'])
def test_a_move_needs_the_version_it_was_made_on(
    world: World, reference: str, refused: Refused, if_match: str | None, nothing_written: None
) -> None:
    headers = [(b"idempotency-key", world.key().encode())]
    headers += [(b"if-match", if_match.encode())] if if_match is not None else []
    answer = world.staff(HANDLER).post(
        f"/api/desk/complaints/{reference}/moves/assess", json=ASSESSMENT, headers=headers
    )
    refused(answer, 422, "validation")


@pytest.mark.parametrize("key", [None, "", "1", str(UUID(int=0))])
def test_a_move_needs_a_random_key(
    world: World, reference: str, refused: Refused, key: str | None, nothing_written: None
) -> None:
    headers = {"If-Match": '"1"'} | ({"Idempotency-Key": key} if key is not None else {})
    answer = world.staff(HANDLER).post(
        f"/api/desk/complaints/{reference}/moves/assess", json=ASSESSMENT, headers=headers
    )
    said = refused(answer, 422, "validation")
    assert [error["pointer"] for error in said["errors"]] == ["/header/idempotency-key"]


@pytest.mark.parametrize(
    ("move", "body", "pointer"),
    [
        ("assess", {**ASSESSMENT, "severity": 5}, "/severity"),
        ("assess", {**ASSESSMENT, "severity": CANARY}, "/severity"),
        ("assess", {**ASSESSMENT, "safety": CANARY}, "/safety"),
        ("assess", {**ASSESSMENT, "points": []}, "/points"),
        ("assess", {**ASSESSMENT, "points": [{"title": CANARY * 20, "category": 3}]}, "/points/0/title"),
        ("assess", {**ASSESSMENT, "points": [{"title": CANARY, "category": 22}]}, "/points/0/category"),
        ("assess", {**ASSESSMENT, "points": [{"title": CANARY, "category": 1}] * 21}, "/points"),
        ("assess", {**ASSESSMENT, "priority": 1}, "/priority"),
        ("acknowledge", {"medium": CANARY}, "/medium"),
        ("acknowledge", {"medium": "phone", "at": "2026-01-01"}, "/at"),
        ("investigate", {"owner": CANARY}, "/owner"),
        ("assign", {"owner": CANARY}, "/owner"),
        ("return", {"words": f"{CANARY}\x00"}, "/words"),
        ("approve", {"approved_alone": True}, "/approved_alone"),
        ("propose", {**PROPOSAL, "cause": CANARY}, "/cause"),
        ("propose", {**PROPOSAL, "points": [{**PROPOSAL["points"][0], "finding": CANARY}]}, "/points/0/finding"),
        ("verify", {"words": "Takıldı.", "points": []}, "/points"),
        ("reopen", {}, "/words"),
    ],
)
def test_a_move_that_is_not_complete_names_what_is_missing_and_repeats_nothing(
    world: World, reference: str, refused: Refused, move: str, body: Any, pointer: str, nothing_written: None
) -> None:
    answer = make(world, reference, move, body, sub=LEAD)
    assert pointer in [error["pointer"] for error in refused(answer, 422, "validation")["errors"]]
    assert CANARY not in answer.text


@pytest.mark.parametrize(
    "name", ["submit", "register", "finish_task", "keep_time", "record_bounce", "Assess", "__class__", CANARY]
)
def test_there_are_no_other_moves(
    world: World, reference: str, refused: Refused, name: str, nothing_written: None
) -> None:
    assert CANARY not in str(refused(make(world, reference, name, {}), 404, "not-found"))


# --- notes and messages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["notes", "messages"])
def test_the_same_words_sent_twice_are_there_once(world: World, reference: str, kind: str) -> None:
    written = {"id": world.key(), "words": "Servis salı günü geliyor."}
    answers = [world.staff(HANDLER).post(f"/api/desk/complaints/{reference}/{kind}", json=written) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len(world.table.everything(reference).entries) == 1


@pytest.mark.parametrize("kind", ["notes", "messages"])
@pytest.mark.parametrize(
    "changes", [{"id": "1"}, {"words": ""}, {"words": "\u200b"}, {"words": "x" * 10_001}, {"at": "now"}]
)
def test_words_that_do_not_do_are_refused(
    world: World, reference: str, refused: Refused, kind: str, changes: dict[str, str], nothing_written: None
) -> None:
    written = {"id": world.key(), "words": "Servis geliyor.", **changes}
    answer = world.staff(HANDLER).post(f"/api/desk/complaints/{reference}/{kind}", json=written)
    assert [error["pointer"] for error in refused(answer, 422, "validation")["errors"]] == [f"/{next(iter(changes))}"]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_message_is_seen_as_it_will_arrive_and_nothing_is_written(world: World, language: str) -> None:
    reference = world.submit(language=language)["reference"]
    path, words = f"/api/desk/complaints/{reference}/messages", "Servis salı günü geliyor."
    answer = world.staff(HANDLER).post(f"{path}/preview", json={"words": words})
    assert answer.status_code == 200, answer.text
    assert world.table.everything(reference).entries == ()

    assert world.staff(HANDLER).post(path, json={"id": world.key(), "words": words}).status_code == 201
    world.settle()
    _, mail, _ = world.mailbox.sent[-1]
    body = mail.get_body(("plain",))
    assert body
    sent = {"subject": str(mail["Subject"]), "text": body.get_content()}
    assert {name: said.split() for name, said in answer.json().items()} == {n: said.split() for n, said in sent.items()}


def test_without_an_address_the_words_alone_are_seen(world: World) -> None:
    reference = world.submit(email=None, phone="+90 532 555 00 11")["reference"]
    preview = world.staff(HANDLER).post(
        f"/api/desk/complaints/{reference}/messages/preview", json={"words": "Geliyor."}
    )
    assert preview.json() == {"subject": None, "text": "Geliyor."}


def test_no_message_leaves_with_a_blank_in_it(world: World, reference: str, refused: Refused) -> None:
    path, desk = f"/api/desk/complaints/{reference}", world.staff(HANDLER)
    for words in ("Servis [gün] geliyor.", "Sayın [ad soyad],"):
        written = {"id": world.key(), "words": words}
        for answer in (
            desk.post(f"{path}/messages", json=written),
            desk.post(f"{path}/messages/preview", json={"words": words}),
        ):
            errors = refused(answer, 422, "validation")["errors"]
            assert [(error["pointer"], error["code"]) for error in errors] == [("/words", "blank_left")]
        assert desk.post(f"{path}/notes", json=written).status_code == 201  # a note is for ourselves
    numbered = {"id": world.key(), "words": "Bakınız [1] ve []."}
    assert desk.post(f"{path}/messages", json=numbered).status_code == 201


# --- register --------------------------------------------------------------------------------------------------------


def register(world: World, key: str | None = None, **changes: Any) -> Any:
    body = a_submission(**{"channel": "phone", "received_at": "2026-03-02T09:55:00Z", **changes})
    return world.staff(HANDLER).post("/api/desk/complaints", json=body, headers={"Idempotency-Key": key or world.key()})


def test_a_complaint_registered_twice_is_one(world: World) -> None:
    key = world.key()
    first, second = register(world, key), register(world, key)
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_the_assessment_asks_who_of_the_staff_was_meant_and_keeps_why_nobody_is(world: World, refused: Refused) -> None:
    reference = register(world, world.key(), staff_involved="Mağazadaki satıcı").json()["reference"]
    assert world.case(HANDLER, reference)["staff_unnamed"] is True
    problem = refused(make(world, reference, "assess", ASSESSMENT), 422, "validation")
    assert problem["errors"] == [{"pointer": "/nobody_named", "code": "name_staff_first"}]
    world.move(HANDLER, reference, "assess", {**ASSESSMENT, "nobody_named": "Bizde böyle biri çalışmıyor."})
    case = world.case(LEAD, reference)
    assert case["staff_unnamed"] is False
    kept = next(entry for entry in case["timeline"] if entry["type"] == "ComplaintAssessed")
    assert kept["facts"]["nobody_named"] == "Bizde böyle biri çalışmıyor."
    assert "Bizde böyle biri çalışmıyor." in text(world, reference, "case-file")


@pytest.mark.parametrize("by", ["the public form", "the desk"])
def test_how_a_complaint_was_handled_is_not_looked_into_by_whoever_handled_it(
    world: World, refused: Refused, reference: str, by: str
) -> None:
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    told = {"told_before": "yes", "told_reference": grouped(reference), "about_handling": True}
    if by == "the desk":
        later = register(world, world.key(), **told).json()["reference"]
    else:
        later = world.submit(**told)["reference"]
    world.move(LEAD, later, "assess", ASSESSMENT)
    world.settle()
    version = world.case(LEAD, later)["version"]
    own = make(world, later, "investigate", {"owner": HANDLER}, version=version, sub=LEAD)
    assert refused(own, 409, "not-now")["reason"] == "handled_before"
    received = world.case(LEAD, later)["timeline"][-1]
    assert "handled_before" not in received["facts"]  # it would tell of a complaint that not everybody may know of
    world.move(LEAD, later, "investigate", {"owner": LEAD})


def test_the_team_of_a_complaint_that_was_merged_is_the_one_that_it_went_on_with(world: World, reference: str) -> None:
    target = world.submit()["reference"]
    world.move(HANDLER, target, "assess", ASSESSMENT)
    world.move(LEAD, reference, "merge", {"into": target, "words": "Aynı konu."})
    later = world.submit(told_before="yes", told_reference=reference, about_handling=True)["reference"]
    assert (found := world.table.load(later)) and found.handled_before == {HANDLER, LEAD}


@pytest.mark.parametrize("named", ["SRV-2026-118", "2222-2222-222", None])
def test_a_number_that_is_none_of_ours_stands_in_nobodys_way(world: World, named: str | None) -> None:
    later = world.submit(told_before="yes", told_reference=named, about_handling=True)["reference"]
    assert (found := world.table.load(later)) and (found.about_handling, found.handled_before) == (True, frozenset())


def test_a_registration_with_a_used_key_is_refused_without_data(world: World, refused: Refused) -> None:
    key = world.key()
    receipt = register(world, key, wish=CANARY).json()
    answer = register(world, key, name="Başka Biri")
    refused(answer, 422, "idempotency-clash")
    assert not any(word in answer.text for word in (CANARY, receipt["reference"], receipt["secret"]))


@pytest.mark.parametrize("changes", [{}, {"name": "Başka Biri"}], ids=["the same", "another one"])
def test_a_registration_repeated_by_whoever_may_not_know_of_it_any_more_is_not_there(
    world: World, refused: Refused, changes: dict[str, Any]
) -> None:
    """Neither its receipt, with the code that opens it, nor that the key was used."""
    key = world.key()
    reference = register(world, key).json()["reference"]
    world.move(LEAD, reference, "name_staff", {"staff": [HANDLER]})
    refused(register(world, key, **changes), 404, "not-found")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"channel": "web"}, "/channel"),
        ({"channel": CANARY}, "/channel"),
        ({"received_at": "2026-03-02T09:55:00"}, "/received_at"),
        ({"received_at": "2026-03-02T10:00:01Z"}, "/received_at"),
        ({"received_at": "9999-12-31T23:59:59-14:00"}, "/received_at"),
        ({"received_at": "2026-02-30T10:00:00Z"}, "/received_at"),
        ({"received_at": "2026-03-01T10:00:00Z"}, "/backdated"),
        ({"received_at": "2026-03-01T10:00:00Z", "backdated": "enquiries"}, "/backdated"),
        ({"received_at": "2026-03-01T10:00:00Z", "backdated": "other", "backdating_reason": " "}, "/backdating_reason"),
        ({"email": "a@example.com,b@example.com"}, "/email"),
        ({"reference": "7K4M29XRQ3A"}, "/reference"),
    ],
)
def test_a_registration_that_does_not_do_is_refused(
    world: World, refused: Refused, changes: dict[str, Any], pointer: str
) -> None:
    answer = register(world, **changes)
    assert [error["pointer"] for error in refused(answer, 422, "validation")["errors"]] == [pointer]
    assert CANARY not in answer.text


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", 0])
def test_a_complaint_was_not_received_before_there_was_a_calendar(world: World, refused: Refused, moment: Any) -> None:
    answer = register(world, received_at=moment, backdated="delayed")
    assert [error["pointer"] for error in refused(answer, 422, "validation")["errors"]] == ["/received_at"]


# --- after erasure ---------------------------------------------------------------------------------------------------


def erase(world: World, reference: str) -> None:
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})


def test_a_complaint_whose_words_were_erased_can_no_longer_be_read(
    world: World, reference: str, refused: Refused
) -> None:
    erase(world, reference)
    refused(world.staff(HANDLER).get(f"/api/desk/complaints/{reference}"), 410, "unreadable")


def test_a_complaint_whose_words_were_erased_keeps_its_row_without_them(world: World, reference: str) -> None:
    make(world, reference, "assess", ASSESSMENT, sub=LEAD)
    make(world, reference, "investigate", {"owner": LEAD}, version=2, sub=LEAD)
    erase(world, reference)
    answer = world.staff(LEAD).get("/api/desk/complaints", params={"queue": "mine"})
    assert answer.status_code == 200, answer.text
    assert [(row["name"], row["subject"]) for row in answer.json()["rows"] if row["reference"] == reference] == [
        (None, None)
    ]


# --- what waits for whom ---------------------------------------------------------------------------------------------

QUESTION = {"whom": FRONT_LINE, "words": "Montaj kaydı sizde mi?", "due_on": "2026-03-06"}


def mine(world: World, sub: str) -> list[tuple[str, bool]]:
    """The complaints that wait for somebody, as many as are counted, and whether it is for a contribution."""
    rows = world.staff(sub).get("/api/desk/complaints", params={"queue": "mine"}).json()["rows"]
    assert world.staff(sub).get("/api/desk/queues").json()["counts"]["mine"] == len(rows)
    return [(row["reference"], "asked" in row["flags"]) for row in rows]


@pytest.fixture
def asked(world: World, reference: str) -> str:
    """A complaint in the handler's hands, to which the front line is asked to contribute."""
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    world.move(HANDLER, reference, "ask_colleague", QUESTION)
    return reference


def test_what_somebody_is_asked_to_contribute_to_waits_for_them_until_they_have(world: World, asked: str) -> None:
    assert (mine(world, HANDLER), mine(world, FRONT_LINE), mine(world, LEAD)) == ([(asked, False)], [(asked, True)], [])
    case = world.case(FRONT_LINE, asked)
    assert [one["task"] for one in case["promises"] if one["promise"] == "task"] == ["contribution"]
    [task] = case["tasks"]
    path = f"/api/desk/complaints/{asked}/tasks/{task['id']}/done"
    assert world.staff(FRONT_LINE).post(path, json={"words": "Evet, 3 Mart."}).status_code == 200
    assert (mine(world, HANDLER), mine(world, FRONT_LINE)) == ([(asked, False)], [])


def test_a_contribution_shows_nobody_a_complaint_that_they_may_not_know_of(world: World, asked: str) -> None:
    world.move(LEAD, asked, "restrict", {"confidential": True, "members": [], "words": "Sağlık bilgisi."})
    assert (mine(world, HANDLER), mine(world, FRONT_LINE)) == ([(asked, False)], [])


def test_what_has_become_urgent_stands_first_for_whoever_is_asked_to_contribute(world: World, asked: str) -> None:
    world.wait(hours=25)
    later = str(world.submit()["reference"])
    world.move(HANDLER, later, "assess", ASSESSMENT)
    world.move(HANDLER, later, "investigate", {"owner": HANDLER})
    world.move(HANDLER, later, "ask_colleague", QUESTION)
    assert mine(world, FRONT_LINE) == [(asked, True), (later, True)]
    world.move(HANDLER, later, "reassess", {**ASSESSMENT, "severity": 4, "safety": "actual", "reason": "Gaz kaçağı."})
    assert mine(world, FRONT_LINE) == [(later, True), (asked, True)]


def test_whoever_is_complained_about_is_waited_for_no_longer(world: World, asked: str) -> None:
    world.move(LEAD, asked, "name_staff", {"staff": [FRONT_LINE]})
    assert (mine(world, HANDLER), mine(world, FRONT_LINE)) == ([(asked, False)], [])
    assert FRONT_LINE not in world.table.load(asked).asked_of


def test_whoever_has_a_tie_is_waited_for_no_longer(world: World, asked: str) -> None:
    world.move(FRONT_LINE, asked, "declare_conflict", {"words": "Başvuru sahibi komşum."})
    assert (mine(world, HANDLER), mine(world, FRONT_LINE)) == ([(asked, False)], [])


def test_whoever_has_it_in_hand_finds_it_once(world: World, asked: str) -> None:
    world.move(LEAD, asked, "ask_colleague", {**QUESTION, "whom": HANDLER})
    assert mine(world, HANDLER) == [(asked, False)]


def test_nobody_is_asked_to_contribute_who_could_not_write_it(world: World, asked: str, refused: Refused) -> None:
    answer = make(world, asked, "ask_colleague", {**QUESTION, "whom": AUDITOR}, version=4)
    assert refused(answer, 422, "validation")["errors"] == [{"pointer": "/whom", "code": "choice_required"}]


# --- who is asking ---------------------------------------------------------------------------------------------------


def test_everyone_on_the_list_learns_who_they_are(world: World) -> None:
    answer = world.staff(ADMINISTRATOR).get("/api/desk/me").json()
    assert (answer["id"], answer["name"], answer["roles"]) == (ADMINISTRATOR, "Ayşe Gül Öz", ["administrator"])


@pytest.mark.parametrize("owner", ["sub-nobody", AUDITOR, ADMINISTRATOR])
def test_nobody_is_given_work_who_is_not_on_the_list_or_could_not_do_it(
    world: World, reference: str, refused: Refused, owner: str
) -> None:
    make(world, reference, "assess", ASSESSMENT)
    answer = make(world, reference, "investigate", {"owner": owner}, version=2)
    assert refused(answer, 422, "validation")["errors"] == [{"pointer": "/owner", "code": "choice_required"}]


# --- counts ----------------------------------------------------------------------------------------------------------


def test_the_counts_read_what_is_open_and_what_was_closed_this_week(
    world: World, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A count that is kept, what is open and restricted, and what the asker owns: closed complaints pile up, so no more
    of them is read than the last seven days.
    """
    world.move(LEAD, reference, "restrict", {"confidential": True, "members": [], "words": "Basın izliyor."})
    read: list[dict[str, Any]] = []
    query = Items.query

    def noted(self: Items, index: str | None = None, **keys: Any) -> Any:
        read.append(keys)
        return query(self, index, **keys)

    monkeypatch.setattr(Items, "query", noted)
    counts = world.staff(LEAD).get("/api/desk/queues").json()["counts"]
    assert (counts["open"], counts["to_assess"]) == (1, 1)
    week = {"forward": True, "first": None, "due_sort": (">", iso(world.now - timedelta(days=7)))}
    closed = ("closed", "closed-restricted", "watched", "watched-restricted")
    assert read == [
        {"queue": "open-restricted"},
        {"owner": LEAD, "forward": True},
        *({"queue": name, **week} for name in closed),
    ]


# --- joined ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def joined(world: World) -> tuple[str, str]:
    """A complaint, and the one as which it goes on."""
    one, other = (str(world.submit()["reference"]) for _ in range(2))
    world.move(LEAD, one, "merge", {"into": other, "words": f"{other} ile aynı fırın."})
    return one, other


def test_a_complaint_names_those_that_were_joined_to_it(world: World, joined: tuple[str, str]) -> None:
    one, other = joined
    assert world.case(AUDITOR, one)["merged_into"] == other
    assert world.case(AUDITOR, other)["absorbed"] == [one]
    assert grouped(other) in text(world, one, "case-file")
    assert grouped(one) in text(world, other, "case-file")


@pytest.mark.parametrize("hidden", [0, 1], ids=["the one that ended", "the one that goes on"])
def test_of_a_joined_complaint_that_somebody_may_not_know_of_there_is_no_reference(
    world: World, joined: tuple[str, str], hidden: int
) -> None:
    secret, shown = joined[hidden], joined[1 - hidden]
    world.move(LEAD, secret, "restrict", {"confidential": True, "members": [], "words": "Basın izliyor."})
    seen = world.staff(AUDITOR).get(f"/api/desk/complaints/{shown}")
    assert seen.status_code == 200
    assert secret not in seen.text
    assert "ComplaintMerged" in seen.text or "ComplaintAbsorbed" in seen.text
    for paper in ("follow-up", "case-file"):
        printed = text(world, shown, paper)
        assert grouped(secret) not in printed
        assert secret not in printed
    assert secret in world.staff(LEAD).get(f"/api/desk/complaints/{shown}").text


# --- with an outside body --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "owes"),
    [
        ((*PROMISED, GOES_OUTSIDE), True),
        ((*PROMISED, (COMPLAINANT, REVIEW), (REVIEWER, AGAIN), GOES_OUTSIDE), True),
        ((*DECIDED, GOES_OUTSIDE), False),
        ((*INVESTIGATING, (builders.HANDLER, PROPOSE), GOES_OUTSIDE), False),
        (PROMISED, False),
    ],
    ids=["promised", "proposed anew", "nothing promised", "only proposed", "with nobody else"],
)
def test_while_a_body_has_it_the_case_says_whether_we_owe_something(
    world: World, reference: str, asked: Any, owes: bool
) -> None:
    for person, ask in asked:
        world.table.change(reference, ask, person, world.now)
    assert world.case(LEAD, reference)["owes"] is owes
