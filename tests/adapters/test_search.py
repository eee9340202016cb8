"""The blind index: what leads to a complaint is written with it, shows nothing, and can be taken back."""

import json
from datetime import timedelta
from typing import Any

import pytest

from adapters.search import Search
from adapters.table import subject_of
from adapters.vault import Vault
from complaints.complaint import Complaint
from complaints.words import Token, told
from infra.reindex import reindex
from tests.bench.dynamo import Units, counting, size
from tests.dates import MON_2_MAR, at
from tests.world import World, a_submission

NERMIN = {"email": "nermin@example.com", "phone": "0532 123 45 67", "order_number": "SIP-2026/00123"}


@pytest.fixture
def world(aws: None) -> World:
    return World(at(MON_2_MAR))


def filed(world: World, **changes: Any) -> str:
    """A complaint, filed a minute after the one before."""
    reference = str(world.submit(**changes)["reference"])
    world.now += timedelta(minutes=1)
    return reference


def found(world: World, text: str) -> list[str]:
    return list(world.search.find(text))


def items(world: World, prefix: str = "S#") -> list[dict[str, Any]]:
    """The items whose partition or place begins so, as DynamoDB keeps them."""
    everything = world.items.client.scan(TableName="Table")["Items"]
    return [item for item in everything if item["PK"]["S"].startswith(prefix) or item["SK"]["S"].startswith(prefix)]


def complaint_of(world: World, reference: str) -> Complaint:
    complaint = world.table.load(reference)
    assert complaint
    return complaint


# --- finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "nermin@example.com", "0532 123 45 67", "+905321234567", "sip-2026-00123", "ÇAĞLAYANGİL", "fırın", "Fırının camı",
    "nermin fırın 05321234567",
])  # fmt: skip
def test_a_complaint_is_found_as_soon_as_it_is_filed(world: World, text: str) -> None:
    reference = filed(world, **NERMIN)
    filed(world, name="Işıl Öz", email="isil@example.com", about="Buzdolabı", what_happened="Soğutmuyor, ses yapıyor.")
    assert found(world, text) == [reference]


@pytest.mark.parametrize(
    "text", ["", "ve", "kiraz", "fırın kiraz", "0532 123 45 68", "nermin@example.org", "7K4M29XRQ3A"]
)
def test_what_is_nowhere_is_not_found(world: World, text: str) -> None:
    filed(world, **NERMIN)
    assert found(world, text) == []


def test_the_last_received_comes_first(world: World) -> None:
    references = [filed(world, what_happened=f"Fırının camı {n} kez kırıldı.") for n in range(5)]
    assert found(world, "fırın") == references[::-1]
    assert found(world, "cam nermin fırın") == []
    assert found(world, "camı nermin fırın") == references[::-1]


def test_of_several_words_all_are_needed_wherever_the_lists_differ(world: World) -> None:
    said = ["elma armut", "elma", "armut", "kiraz armut", "elma armut kiraz", "kiraz", "armut elma"]
    references = {
        words: filed(world, about="Meyve", name="Işıl", what_happened=f"{words} bozuk geldi.") for words in said
    }
    for question in ("elma", "armut", "elma armut", "kiraz elma", "kiraz armut elma", "kiraz"):
        wanted = [words for words in said if set(question.split()) <= set(words.split())]
        assert found(world, question) == [references[words] for words in wanted][::-1]


def test_a_replayed_submission_is_found_once(world: World) -> None:
    key = world.key()
    for _ in range(2):
        answer = world.public.post("/api/public/complaints", json=a_submission(), headers={"Idempotency-Key": key})
        assert answer.status_code == 201
    assert found(world, "fırın") == [answer.json()["reference"]]


def test_a_question_reads_no_more_than_is_taken(world: World) -> None:
    for n in range(3):
        filed(world, what_happened=f"Fırının camı {n} kez kırıldı.")
    units = Units(float)
    with counting(world.items.client, units):
        next(world.search.find("fırın"))
    assert (units["calls of DynamoDB"], units["read units"]) == (1, 0.5)


# --- one person ------------------------------------------------------------------------------------------------------


def test_the_same_person_is_known_by_address_or_telephone(world: World) -> None:
    both = filed(world, **NERMIN)
    by_mail = filed(world, email="nermin@example.com", name="N. Ç.")
    by_phone = filed(world, email=None, phone="+90 532 123 45 67")
    filed(world, email="isil@example.com", phone="0532 123 45 68")
    assert world.search.same_person("Nermin@example.com", "05321234567") == (by_phone, by_mail, both)
    assert world.search.same_person("nermin@example.com", None) == (by_mail, both)
    assert world.search.same_person(None, "532 123 45 67", besides=both) == (by_phone,)
    assert world.search.same_person(None, None) == ()


def test_a_name_or_a_number_in_the_text_is_nobodys_contact(world: World) -> None:
    filed(world, email="isil@example.com", order_number="05321234567", what_happened="05321234567 beni hep arıyor.")
    assert world.search.same_person("nermin@example.com", "05321234567") == ()


# --- what the table shows --------------------------------------------------------------------------------------------


def test_the_entries_are_those_that_the_complaint_lists(world: World) -> None:
    for _ in range(2):
        reference = filed(world, **NERMIN)
        [listed] = [one for one in items(world, "TOKENS") if one["PK"]["S"] == f"C#{reference}"]
        there = [item["PK"]["S"] for item in items(world) if item["SK"]["S"].endswith(f"#{reference}")]
        assert sorted(f"S#{one['S']}" for one in listed["tokens"]["L"]) == sorted(there)


def test_an_entry_holds_nothing_but_its_keys(world: World) -> None:
    reference = filed(world, **NERMIN)
    for item in items(world):
        assert set(item) == {"PK", "SK"}
        assert item["SK"]["S"] == f"2026-03-02T10:00:00Z#{reference}"


def test_no_word_can_be_read_or_guessed_without_the_key(world: World) -> None:
    filed(world, **NERMIN)
    stored = json.dumps(items(world) + items(world, "TOKENS")).lower()
    assert not [word for word in ("nermin", "5321234567", "sip2026", "firin", "cagla") if word in stored]
    stranger = Search(world.items, Vault(b"s" * 32))
    assert list(stranger.find("nermin@example.com")) == []


def test_kind_and_value_of_a_token_cannot_be_mistaken_for_each_other(world: World) -> None:
    vault = world.vault
    assert vault.blind("word", "5321234567") != vault.blind("contact", "5321234567")
    assert vault.blind("word", "a") != vault.blind("worda", "")
    assert vault.blind("word", "a").startswith("1.")


def test_what_a_complaint_costs_more(world: World) -> None:
    """The figures of docs/data-model.md."""
    reference = filed(world, **NERMIN)
    mine = [one for one in items(world) if one["SK"]["S"].endswith(reference)]
    assert len(mine) == 10  # address, number, order number, two names (one is the local part too), five words
    assert {size(item) for item in [*mine, *items(world, "TOKENS")]} <= set(range(1025))
    assert max(map(size, mine)) < 4096 / 60


# --- another contact, and erasure ------------------------------------------------------------------------------------


def test_another_address_leads_there_and_the_old_one_no_more(world: World) -> None:
    reference, other = filed(world, **NERMIN), filed(world, **NERMIN)
    new = [Token("contact", "yeni@example.com"), Token("contact", "5321234567"), Token("word", "firin")]
    world.search.reindex(complaint_of(world, reference), new)
    assert found(world, "yeni@example.com") == [reference]
    assert found(world, "nermin@example.com") == [other]
    assert found(world, "0532 123 45 67") == found(world, "fırın") == [other, reference]


def test_indexing_again_what_is_indexed_changes_nothing(world: World) -> None:
    reference = filed(world, **NERMIN)
    before = items(world, "")
    account = world.table.everything(reference).account
    world.search.reindex(complaint_of(world, reference), told(account, subject_of(account.what_happened)))
    assert items(world, "") == before


def test_a_complaint_without_entries_gets_them(world: World) -> None:
    reference = filed(world, **NERMIN)
    for item in [*items(world), *items(world, "TOKENS")]:
        world.items.client.delete_item(TableName="Table", Key={"PK": item["PK"], "SK": item["SK"]})
    assert found(world, "fırın") == []
    world.search.reindex(complaint_of(world, reference), [Token("word", "firin")])
    assert found(world, "fırın") == [reference]


def test_nothing_leads_to_what_was_erased_and_all_else_stays(world: World) -> None:
    reference, other = filed(world, **NERMIN), filed(world, **NERMIN)
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    world.search.forget(complaint_of(world, reference))
    assert not [item for item in items(world) if reference in item["SK"]["S"]]
    for text in ("nermin@example.com", "fırın", "0532 123 45 67", "SIP-2026/00123"):
        assert found(world, text) == [other]
    assert world.search.same_person("nermin@example.com", None) == (other,)


def test_forgetting_that_broke_off_is_ended_by_the_next_try(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = filed(world, **NERMIN)
    delete, left = world.items.delete, [2]

    def breaks_off(key: dict[str, Any]) -> None:
        if not left[0]:
            raise ConnectionError
        left[0] -= 1
        delete(key)

    monkeypatch.setattr(world.items, "delete", breaks_off)
    with pytest.raises(ConnectionError):
        world.search.forget(complaint_of(world, reference))
    assert items(world)
    monkeypatch.undo()
    world.search.forget(complaint_of(world, reference))
    assert not items(world)
    world.search.forget(complaint_of(world, reference))


def test_indexing_that_broke_off_leaves_no_entry_that_nobody_lists(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = filed(world, **NERMIN)
    put, left = world.items.put, [1]

    def breaks_off(item: dict[str, Any]) -> bool:
        if not left[0]:
            raise ConnectionError
        left[0] -= 1
        return put(item)

    monkeypatch.setattr(world.items, "put", breaks_off)
    with pytest.raises(ConnectionError):
        world.search.reindex(complaint_of(world, reference), [Token("word", word) for word in ("elma", "armut")])
    monkeypatch.undo()
    world.search.forget(complaint_of(world, reference))
    assert not items(world)


def test_all_complaints_can_be_indexed_anew(world: World) -> None:
    """Filed before there was a search, filed under an old key, erased: afterwards all is as if filed today."""
    before_search, under_an_old_key, erased, whole = (filed(world, **NERMIN) for _ in range(4))
    right = {json.dumps(item, sort_keys=True) for item in items(world) if erased not in item["SK"]["S"]}
    for item in items(world, ""):
        mine = item["PK"]["S"] == f"C#{before_search}" and item["SK"]["S"] == "TOKENS"
        if mine or item["SK"]["S"].endswith(f"#{before_search}"):
            world.items.client.delete_item(TableName="Table", Key={"PK": item["PK"], "SK": item["SK"]})
    old = Search(world.items, Vault(b"o" * 32))
    old.reindex(complaint_of(world, under_an_old_key), [Token("word", "firin")])
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": erased}})
    assert found(world, "fırın") == [whole, erased]

    assert reindex(world.table, world.search) == 4
    assert found(world, "fırın") == [whole, under_an_old_key, before_search]
    assert {json.dumps(item, sort_keys=True) for item in items(world)} == right
