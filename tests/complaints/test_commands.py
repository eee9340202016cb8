"""What people type: what is kept as they typed it, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.builders import a_submission


@pytest.mark.parametrize("address", [
    "a@example.com, b@example.com", "Ad Soyad <a@example.com>", "a@example.com\nBcc: b@example.com", "mıke@example.com",
    "attacker@evil.example>@example.com", "@example.com", "a@" + "e" * 260 + ".com", "a b@example.com",
])  # fmt: skip
def test_anything_but_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        a_submission(email=address)


def test_an_address_keeps_its_local_part_and_lowers_its_domain() -> None:
    assert a_submission(email="Nermin.C@EXAMPLE.com").email == "Nermin.C@example.com"


@pytest.mark.parametrize("number", ["0532 000 00 00", "+90 532 000 00 00", "(0532) 000-00-00", "05320000000"])
def test_a_telephone_number_may_be_written_as_people_write_it(number: str) -> None:
    assert a_submission(phone=number).phone == number


def test_somebody_must_be_reachable() -> None:
    with pytest.raises(ValidationError):
        a_submission(email=None, phone=" ")


def test_line_breaks_stay_and_carriage_returns_go() -> None:
    assert a_submission(what_happened="Cam kırıldı.\r\nKapı da.").what_happened == "Cam kırıldı.\nKapı da."


@pytest.mark.parametrize("text", ["\x00" * 12, "Cam kırıldı \x07 bugün", "\u200b" * 20, "          \n "])
def test_what_cannot_be_seen_is_no_account(text: str) -> None:
    with pytest.raises(ValidationError):
        a_submission(what_happened=text)


def test_length_counts_letters_not_bytes() -> None:
    assert a_submission(what_happened="İ😀" * 5).what_happened == "İ😀" * 5


@given(st.text(min_size=10, max_size=200))
def test_any_text_is_either_kept_or_refused_and_never_crashes(text: str) -> None:
    try:
        kept = a_submission(what_happened=text)
    except ValidationError:
        return
    assert a_submission(what_happened=kept.what_happened) == kept
