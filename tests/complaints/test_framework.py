"""What the registers of the framework refuse before anybody is told of it."""

import pytest

from complaints.framework import Contact, Telephone, reached_by
from complaints.telephones import rate


@pytest.mark.parametrize(
    ("number", "country", "costs"),
    [
        ("0 800 000 00 00", "TR", "free"),
        ("0 (212) 555 01 23", "TR", "standard"),
        ("444 0 123", "TR", "standard"),
        ("0850 123 45 67", "TR", "standard"),
        ("0900 123 45 67", "TR", "higher"),
        ("0888 123 45 67", "TR", "higher"),
        ("+90 898 765 43 21", "TR", "higher"),
        ("0800 012 3456", "GB", "free"),
        ("0345 678 9000", "GB", "standard"),
        ("0871 234 5678", "GB", "higher"),
        ("0909 879 0000", "GB", "higher"),
        ("+44 (0)909 879 0000", "TR", "higher"),
        ("0044 909 879 0000", "TR", "higher"),
        ("1890 123 456", "IE", "standard"),
        ("1550 123 456", "IE", "higher"),
        ("1800 123 456", "AU", "free"),
        ("1900 123 456", "AU", "higher"),
        ("+1 900 123 4567", "TR", "standard"),  # no plan says so
    ],
)
def test_what_a_number_costs_is_known_by_how_it_begins(number: str, country: str, costs: str) -> None:
    assert rate(number, country) == costs


def test_a_number_that_costs_more_and_one_that_is_free_in_words_alone_are_refused() -> None:
    contact = Contact(
        telephones=(
            Telephone(number="0800 000 00 00", rate="free"),
            Telephone(number="0900 123 45 67", rate="standard"),
            Telephone(number="0212 555 01 23", rate="free"),
        )
    )
    assert list(contact.wrong("TR")) == [
        ("/telephones/1/number", "phone_rate"),
        ("/telephones/2/rate", "phone_not_free"),
    ]


def test_before_anybody_has_settled_it_there_is_the_number_of_the_installation() -> None:
    free, normal = reached_by("0 800 000 00 00", "TR"), reached_by("0212 555 01 23", "TR")
    assert (free.phone, free.telephones[0].rate) == ("0 800 000 00 00", "free")
    assert normal.telephones[0].rate == "standard"
