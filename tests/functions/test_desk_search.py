"""Search at the desk: what is found, how much of it, and that nothing tells of what somebody may not see."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from moto.dynamodb.models import DynamoDBBackend

import desk.search
from adapters.vault import is_reference
from complaints.complaint import Complaint
from complaints.roles import Person
from tests.journeys.steps import APPROVAL, ASSESSMENT, EXPLANATION
from tests.world import ADMINISTRATOR, AUDITOR, HANDLER, LEAD, World, a_submission

Refused = Callable[..., dict[str, Any]]


def filed(world: World, **changes: Any) -> str:
    """A complaint, filed a minute after the one before."""
    reference = str(world.submit(**changes)["reference"])
    world.now += timedelta(minutes=1)
    return reference


def search(world: World, q: str, sub: str = HANDLER) -> dict[str, Any]:
    answer = world.staff(sub).get("/api/desk/search", params={"q": q})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def found(world: World, q: str, sub: str = HANDLER) -> list[str]:
    return [row["reference"] for row in search(world, q, sub)["rows"]]


@pytest.fixture
def hidden(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The references of complaints that nobody but the lead may see."""
    secret: set[str] = set()

    def may_see(person: Person, complaint: Complaint) -> bool:
        return person.actor.id == LEAD or complaint.reference not in secret

    monkeypatch.setattr("desk.search.may_see", may_see)
    return secret


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """A page that is soon full."""
    monkeypatch.setattr("desk.search.MOST", 5)
    return 5


# --- what is found ---------------------------------------------------------------------------------------------------


def test_a_row_is_that_of_the_queue(world: World) -> None:
    filed(world)
    [queued] = world.staff(HANDLER).get("/api/desk/complaints").json()["rows"]
    assert search(world, "çağlayangil") == {"now": "2026-03-02T10:01:00Z", "rows": [queued], "more": False}


def test_a_reference_finds_that_one_however_it_is_typed(world: World) -> None:
    reference = filed(world)
    filed(world, what_happened=f"Daha önce {reference} numarasıyla yazmıştım.")
    spaced = f" {reference[:4]} {reference[4:7]}\t{reference[7:]} "
    for typed in (reference, reference.lower(), spaced, f"{reference[:4]}-{reference[4:]}", f"#{reference}"):
        assert found(world, typed) == [reference]


def test_a_reference_that_is_not_there_is_read_as_words(world: World) -> None:
    reference = filed(world, what_happened="0000000000-0 yazıyor ekranında.")
    assert is_reference("00000000000")
    assert found(world, "0000000000-0") == [reference]


def test_a_persons_address_lists_all_their_complaints_the_newest_first(world: World) -> None:
    first, second = filed(world), filed(world, name="N. Çağlayangil", what_happened="Kapağı kapanmıyor, ses yapıyor.")
    filed(world, email="isil@example.com")
    assert found(world, "Nermin@Example.com") == [second, first]


def test_closed_and_open_complaints_are_found_alike(world: World) -> None:
    receipt = world.submit()
    for sub, move, body in (
        (HANDLER, "assess", ASSESSMENT),
        (HANDLER, "investigate", {"owner": HANDLER}),
        (HANDLER, "propose", EXPLANATION),
        (LEAD, "approve", APPROVAL),
        (LEAD, "accept", {"medium": "phone"}),
    ):
        case = world.move(sub, receipt["reference"], move, body)
    assert case["state"] == "closed"
    assert [row["state"] for row in search(world, "nermin")["rows"]] == ["closed"]


def test_what_staff_register_is_found_too(world: World) -> None:
    body = a_submission(name="Işıl Öz", channel="phone", received_at="2026-03-02T09:59:00Z")
    answer = world.staff(HANDLER).post("/api/desk/complaints", json=body, headers={"Idempotency-Key": world.key()})
    assert found(world, "ışıl") == [answer.json()["reference"]]


def test_nothing_found_is_an_empty_list(world: World) -> None:
    filed(world)
    for q in ("kiraz", "ve", "?", "\u0307", "%00", "nermin@example.org", "0" * 200):
        assert search(world, q) == {"now": "2026-03-02T10:01:00Z", "rows": [], "more": False}


def test_whatever_is_typed_is_answered(world: World) -> None:
    for text in json.loads((Path(__file__).parent.parent / "data" / "blns" / "blns.json").read_text("utf-8")):
        answer = world.staff(HANDLER).get("/api/desk/search", params={"q": text})
        assert answer.status_code == (200 if text.strip() and len(text) <= desk.search.LONGEST else 422), text


# --- how much --------------------------------------------------------------------------------------------------------


def test_a_page_has_fifty_rows() -> None:
    assert desk.search.MOST == 50


def test_a_full_page_says_that_there_are_more(world: World, few: int) -> None:
    references = [filed(world, what_happened=f"Cam {n} kez kırıldı.") for n in range(few)]
    assert search(world, "nermin")["more"] is False
    references.append(filed(world))
    said = search(world, "nermin")
    assert [row["reference"] for row in said["rows"]] == references[:0:-1]
    assert said["more"] is True


@pytest.mark.parametrize("q", ["", "   ", "\t\n"])
def test_a_question_is_needed(world: World, refused: Refused, q: str) -> None:
    answer = world.staff(HANDLER).get("/api/desk/search", params={"q": q})
    assert refused(answer, 422, "validation")["errors"] == [{"pointer": "/query/q", "code": "required"}]


def test_a_question_is_short(world: World, refused: Refused) -> None:
    answer = world.staff(HANDLER).get("/api/desk/search", params={"q": "a" * 201})
    said = refused(answer, 422, "validation")
    assert said["errors"] == [{"pointer": "/query/q", "code": "too_long"}]
    refused(world.staff(HANDLER).get("/api/desk/search"), 422, "validation")


def test_who_may_not_read_may_not_search(world: World, refused: Refused) -> None:
    reference = filed(world)
    assert found(world, "nermin", AUDITOR) == [reference]
    refused(world.staff(ADMINISTRATOR).get("/api/desk/search", params={"q": "nermin"}), 403, "not-allowed")


# --- what nobody may learn -------------------------------------------------------------------------------------------


def test_what_somebody_may_not_see_is_answered_like_what_is_not_there(world: World, hidden: set[str]) -> None:
    reference = filed(world, name="Kanarya Güneş", email="kanarya@example.com", phone="0532 123 45 67")
    hidden.add(reference)
    nothing = world.staff(HANDLER).get("/api/desk/search", params={"q": "yok böyle biri"}).content
    for q in (reference, reference.lower(), "kanarya", "kanarya@example.com", "0532 123 45 67", "fırın", "güneş fırın"):
        assert world.staff(HANDLER).get("/api/desk/search", params={"q": q}).content == nothing
        assert found(world, q, LEAD) == [reference]


def test_the_number_of_hidden_complaints_cannot_be_told(world: World, hidden: set[str], few: int) -> None:
    seen = [filed(world, what_happened=f"Cam {n} kez kırıldı.") for n in range(few)]
    alone = search(world, "nermin")
    for n in range(3):  # newer than all that may be seen
        hidden.add(filed(world, what_happened=f"Kapı {n} kez kırıldı."))
    hidden.add(seen.pop(2))  # and one in between
    said = search(world, "nermin")
    assert [row["reference"] for row in said["rows"]] == seen[::-1]
    assert said["more"] is alone["more"] is False
    assert search(world, "nermin", LEAD)["more"] is True


def test_rows_beyond_many_hidden_ones_are_reached(world: World, hidden: set[str], few: int) -> None:
    visible = filed(world)
    hidden.update(filed(world, what_happened=f"Cam {n} kez kırıldı.") for n in range(2 * few + 1))
    assert found(world, "nermin") == [visible]


def test_an_erased_complaint_is_found_by_its_reference_alone(world: World) -> None:
    reference, other = filed(world), filed(world)
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    for q in ("nermin", "nermin@example.com", "fırın"):
        assert found(world, q) == [other]
    [row] = search(world, reference)["rows"]
    assert (row["reference"], row["name"], row["subject"]) == (reference, None, None)


def test_an_erased_complaint_is_related_to_nobody(world: World) -> None:
    """Neither as one of the same person nor as one of the like, which a name in their words may have led to."""
    reference, other, erased = filed(world), filed(world), filed(world)
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": erased}})
    found = world.staff(HANDLER).get(f"/api/desk/complaints/{reference}/related").json()
    assert ([row["reference"] for row in found["same_person"]], found["similar"]) == ([other], [])


def beside(world: World, reference: str, sub: str = HANDLER) -> dict[str, list[str]]:
    """What stands beside a complaint."""
    found = world.staff(sub).get(f"/api/desk/complaints/{reference}/related").json()
    return {kin: [row["reference"] for row in rows] for kin, rows in found.items()}


def test_what_the_same_place_had_before_stands_beside_it_however_it_was_named(world: World) -> None:
    """Other people, about other things; another place is none of it, nor is the same name in other words."""
    told = {"about": "Ocak", "what_happened": "Kasada fazla para alındı.", "phone": None}
    first = filed(world, branch="KADIKÖY ŞUBESİ", name="Ali Ak", email="ali@example.com", **told)
    filed(world, branch="Beşiktaş şubesi", name="Veli Ak", email="veli@example.com", **told)
    filed(world, branch=None, name="Kadıköy Kadıköylü", email="kadikoy@example.com", **told)
    second = filed(world, branch="Kadıköy'deki mağaza", about="Televizyon", what_happened="Ekranı çizik geldi.")
    assert beside(world, second) == {"same_person": [], "same_staff": [], "same_place": [first], "similar": []}
    assert beside(world, first)["same_place"] == [second]


def test_what_the_same_member_of_staff_had_before_stands_beside_it_for_all_but_them(world: World) -> None:
    world.hire("sub-accused", "handler", "Tan Er")
    first = filed(world, name="Ali Ak", email="ali@example.com", about="Ocak", what_happened="Kasada bağırdı.")
    second = filed(world, about="Televizyon", what_happened="Telefonu yüzüme kapattı.")
    assert beside(world, second)["same_staff"] == []
    for reference in (first, second):
        world.move(LEAD, reference, "name_staff", {"staff": ["sub-accused"]})
    assert beside(world, second) == {"same_person": [], "same_staff": [first], "same_place": [], "similar": []}
    assert beside(world, first)["same_staff"] == [second]
    other = filed(world)
    world.move(LEAD, other, "name_staff", {"staff": [HANDLER]})
    assert beside(world, other, LEAD)["same_staff"] == []
    assert world.staff("sub-accused").get(f"/api/desk/complaints/{second}/related").status_code == 404


def test_a_search_never_scans(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(world)

    def scanned(*_: Any, **__: Any) -> None:
        raise AssertionError("a scan")

    monkeypatch.setattr(DynamoDBBackend, "scan", scanned)
    assert len(found(world, "nermin fırın")) == 1
