"""References, secrets, tokens and keys: what fits opens, and nothing else does."""

import itertools
from datetime import timedelta

import pytest

from adapters.vault import CROCKFORD, TOKEN_LIFE, Unreadable, Vault, is_reference, normal
from tests.dates import MON_2_MAR, at

NOW = at(MON_2_MAR)
SOME = range(300)


@pytest.fixture(scope="module")
def vault() -> Vault:
    return Vault(b"r" * 32)


def test_a_root_secret_has_at_least_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"r" * 31)


# --- references ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def references(vault: Vault) -> list[str]:
    return [vault.reference(str(number)) for number in range(100_000)]


def test_a_hundred_thousand_references_are_all_different(references: list[str]) -> None:
    assert len(set(references)) == 100_000


def test_every_reference_has_its_form(references: list[str]) -> None:
    assert all(is_reference(reference) for reference in references)


def test_the_order_of_references_does_not_follow_the_order_of_complaints(references: list[str]) -> None:
    rising = sum(one < other for one, other in itertools.pairwise(references))
    assert rising == pytest.approx(50_000, rel=0.02)


def test_one_code_in_thirty_looks_like_a_reference_at_most(vault: Vault) -> None:
    bodies = [vault.secret(str(number))[:11] for number in range(10_000)]
    assert sum(map(is_reference, bodies)) < 10_000 / 25


def test_the_check_digit_catches_every_mistyped_character(vault: Vault) -> None:
    missed = {
        (reference[place], letter)
        for reference in map(vault.reference, map(str, SOME))
        for place in range(11)
        for letter in CROCKFORD
        if letter != reference[place] and is_reference(reference[:place] + letter + reference[place + 1 :])
    }
    assert missed == set()


def test_the_check_digit_catches_every_two_neighbours_that_changed_places(vault: Vault) -> None:
    swapped = [
        reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
        for reference in map(vault.reference, map(str, SOME))
        for place in range(10)
        if reference[place] != reference[place + 1]
    ]
    assert sum(map(is_reference, swapped)) == 0


@pytest.mark.parametrize(
    "code", ["", "7", "7K4M29XRQ3", "7K4M29XRQ3AA", "7K4M29XRQU3", "ÇÇÇÇÇÇÇÇÇÇÇ", "٧" * 11, "C#CASE", "\n" * 11]
)
def test_anything_else_is_no_reference(code: str) -> None:
    assert not is_reference(code)


def test_a_line_break_behind_a_reference_makes_it_none(vault: Vault) -> None:
    assert not is_reference(vault.reference("a") + "\n")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7k4m-29x-rq3a", "7K4M29XRQ3A"),
        (" 7K4M 29XR\tQ3A ", "7K4M29XRQ3A"),
        ("7K4M–29X—RQ3A", "7K4M29XRQ3A"),
        ("oO0", "000"),
        ("iIlL1", "11111"),
        ("ıİ", "11"),
        ("#/..%", ""),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert normal(typed) == meant


def test_reading_a_code_twice_changes_nothing() -> None:
    letters = "".join(map(chr, range(128))) + "ıİşŞğĞüÜ"
    assert normal(normal(letters)) == normal(letters)


# --- secrets ---------------------------------------------------------------------------------------------------------


def test_a_key_always_gives_the_same_reference_and_secret(vault: Vault) -> None:
    again = Vault(b"r" * 32)
    assert (vault.reference("a"), vault.secret("a")) == (again.reference("a"), again.secret("a"))


def test_another_root_gives_other_secrets(vault: Vault) -> None:
    other = Vault(b"s" * 32)
    assert vault.secret("a") != other.secret("a")
    assert vault.origin_token != other.origin_token


def test_a_secret_has_a_hundred_bits_of_its_own(vault: Vault) -> None:
    secret = vault.secret("a")
    assert len(secret) == 20
    assert set(secret) <= set(CROCKFORD)
    assert vault.reference("a")[:10] not in secret


def test_a_fingerprint_belongs_to_one_complaint(vault: Vault) -> None:
    assert vault.fingerprint("A", "secret") != vault.fingerprint("B", "secret")


def test_a_fingerprint_shows_nothing_of_the_secret(vault: Vault) -> None:
    assert b"secret" not in vault.fingerprint("A", "secret")


# --- tokens ----------------------------------------------------------------------------------------------------------


def test_a_token_opens_its_complaint_until_it_expires(vault: Vault) -> None:
    token = vault.token("7K4M29XRQ3A", NOW)
    assert vault.reference_of(token, NOW + TOKEN_LIFE) == "7K4M29XRQ3A"
    assert vault.reference_of(token, NOW + TOKEN_LIFE + timedelta(seconds=1)) is None


def test_a_token_lives_fifteen_minutes() -> None:
    assert timedelta(minutes=15) == TOKEN_LIFE


def test_every_single_change_spoils_a_token(vault: Vault) -> None:
    token = vault.token("7K4M29XRQ3A", NOW)
    last = len(token) - 1  # its lowest two bits are padding, and do not count
    spoiled = [token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in range(last)]
    assert {vault.reference_of(each, NOW) for each in spoiled} == {None}


@pytest.mark.parametrize(
    "token", ["", ".", "..", "a.b.c", "x.y.z", "é.ü.ş", "7K4M29XRQ3A", "7K4M29XRQ3A.9999999999.", "a.1.b.c"]
)
def test_garbage_is_no_token(vault: Vault, token: str) -> None:
    assert vault.reference_of(token, NOW) is None


def test_a_token_of_another_stage_is_none(vault: Vault) -> None:
    assert vault.reference_of(Vault(b"s" * 32).token("7K4M29XRQ3A", NOW), NOW) is None


# --- cursors ---------------------------------------------------------------------------------------------------------


def test_a_cursor_gives_its_position_back(vault: Vault) -> None:
    assert vault.position(vault.cursor("2026-03-02#A", of="open|me"), of="open|me") == "2026-03-02#A"


@pytest.mark.parametrize("other", ["closed|me", "open|you", "open", ""])
def test_a_cursor_of_another_list_is_none(vault: Vault, other: str) -> None:
    assert vault.position(vault.cursor("2026-03-02#A", of="open|me"), of=other) is None


@pytest.mark.parametrize("garbage", ["", "a", "zzzz", "é", "A" * 16, "A" * 200, "=", "\x00", "../.."])
def test_garbage_is_no_cursor(vault: Vault, garbage: str) -> None:
    assert vault.position(garbage, of="open|me") is None


def test_a_cursor_shows_nothing_of_its_position(vault: Vault) -> None:
    assert vault.cursor("2026-03-02#A", of="open|me") != vault.cursor("2026-03-02#A", of="open|me")


# --- a key per complaint ---------------------------------------------------------------------------------------------


def test_words_open_in_their_own_place(vault: Vault) -> None:
    key, _ = vault.new_key("A")
    assert key.open("N#1", key.seal("N#1", "şikâyet")) == "şikâyet"


def test_words_do_not_open_in_another_place(vault: Vault) -> None:
    key, _ = vault.new_key("A")
    with pytest.raises(Unreadable):
        key.open("N#2", key.seal("N#1", "şikâyet"))


def test_words_do_not_open_with_the_key_of_another_complaint(vault: Vault) -> None:
    (mine, _), (other, _) = vault.new_key("A"), vault.new_key("B")
    with pytest.raises(Unreadable):
        other.open("N#1", mine.seal("N#1", "şikâyet"))


def test_altered_words_do_not_open(vault: Vault) -> None:
    key, _ = vault.new_key("A")
    sealed = key.seal("N#1", "şikâyet")
    with pytest.raises(Unreadable):
        key.open("N#1", sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_the_same_words_are_never_sealed_alike(vault: Vault) -> None:
    key, _ = vault.new_key("A")
    assert key.seal("N#1", "şikâyet") != key.seal("N#1", "şikâyet")


def test_a_wrapped_key_unwraps_for_its_own_complaint(vault: Vault) -> None:
    key, wrapped = vault.new_key("A")
    assert vault.unwrap("A", wrapped).open("N#1", key.seal("N#1", "şikâyet")) == "şikâyet"


def test_a_wrapped_key_does_not_unwrap_for_another_complaint(vault: Vault) -> None:
    _, wrapped = vault.new_key("A")
    with pytest.raises(Unreadable):
        vault.unwrap("B", wrapped)


def test_a_wrapped_key_does_not_unwrap_under_another_root(vault: Vault) -> None:
    _, wrapped = vault.new_key("A")
    with pytest.raises(Unreadable):
        Vault(b"s" * 32).unwrap("A", wrapped)
