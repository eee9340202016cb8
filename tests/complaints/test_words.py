"""What a complaint is found by: Turkish letters, endings, numbers and addresses, however they are typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.events import Account
from complaints.words import MOST_TERMS, MOST_TOKENS, STOP, Token, alphabetical, asked, contacts, folded, told

LETTERS = "abcçdefgğhıijklmnoöprsştuüvyzâîûqwxABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZÂÎÛQWX"
turkish = st.text(LETTERS, max_size=30)
UPPER, LOWER = str.maketrans({"i": "İ", "ı": "I"}), str.maketrans({"İ": "i", "I": "ı"})


def an_account(**changes: object) -> Account:
    return Account.model_validate(
        {
            "name": "Nermin Çağlayangil",
            "email": "nermin@example.com",
            "phone": None,
            "support_needs": None,
            "about": "Ankastre fırın",
            "what_happened": "Fırının camı çalışırken patladı.",
            "happened_on": None,
            "told_before": "no",
            "order_number": None,
            "wish": None,
            "safety_risk": False,
            "elsewhere": False,
            **changes,
        }
    )


def finds(question: str, account: Account, subject: str = "Fırının camı çalışırken patladı.") -> bool:
    """Whether a question leads to the complaint with this account."""
    tokens = set(told(account, subject))
    return any(all(tokens & set(term) for term in way) for way in asked(question))


# --- folding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "key"), [
    ("İSTANBUL", "istanbul"), ("ISPARTA", "isparta"), ("ısparta", "isparta"), ("Isparta", "isparta"),
    ("ŞİKÂYET", "sikayet"), ("şikâyet", "sikayet"), ("şikayet", "sikayet"), ("millî", "milli"), ("sükûn", "sukun"),
    ("ÇĞÖÜ", "cgou"), ("çğöü", "cgou"), ("Straße", "strasse"), ("ﬁrın", "firin"),
])  # fmt: skip
def test_a_word_has_one_key(text: str, key: str) -> None:
    assert folded(text) == key


def test_the_four_is_are_one_letter() -> None:
    assert {folded(letter) for letter in "İıIi"} == {"i"}


@given(turkish)
def test_case_does_not_matter_whoever_made_it(text: str) -> None:
    in_turkish = text.translate(UPPER).upper(), text.translate(LOWER).lower()
    assert {folded(one) for one in (*in_turkish, text.upper(), text.lower(), text.casefold())} == {folded(text)}


@given(st.text(max_size=30))
def test_composed_and_decomposed_are_the_same(text: str) -> None:
    forms = ("NFC", "NFD", "NFKC", "NFKD")
    assert {folded(unicodedata.normalize(form, text)) for form in forms} == {folded(text)}


@given(turkish)
def test_every_turkish_letter_becomes_one_plain_letter(text: str) -> None:
    key = folded(text)
    assert len(key) == len(text)
    assert key.isascii() and key == key.lower()


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_the_stop_words_are_folded_themselves() -> None:
    assert {folded(word) for word in STOP} == STOP


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [
    "çağlayangil", "ÇAĞLAYANGİL", "caglayangil", "Çağlayangil'in", "Çağlayangil’e", "Çağlayangiller",
    "nermin", "NERMİN", "Nermın", "Nermin Çağlayangil", "Çağlayangil, Nermin",
    "fırın", "FIRIN", "firin", "fırından", "ankastre", "patlamış", "fırının camı", "nermin fırın",
])  # fmt: skip
def test_a_complaint_is_found_by_the_words_of_its_name_and_subject(question: str) -> None:
    assert finds(question, an_account())


@pytest.mark.parametrize("question", ["buzdolabı", "nermin buzdolabı", "nerm", "", "  ", "-", "'", "!?", "\u0307", "a"])
def test_other_words_do_not_find_it(question: str) -> None:
    assert not finds(question, an_account())


def test_stop_words_are_left_out_of_a_question() -> None:
    assert finds("fırın ve camı neden patladı", an_account())
    assert finds("the oven", an_account(about="Oven"), "It has exploded.")
    assert not finds("ve bu", an_account(), "Ve bu patladı.")


def test_a_name_that_looks_like_a_stop_word_is_found() -> None:
    assert finds("bu", an_account(name="Bu Yiqing"))
    assert finds("Bu Yiqing", an_account(name="Bu Yiqing"))


def test_every_word_of_a_question_is_needed_and_the_ninth_is_not_read() -> None:
    [way] = asked("bir elma armut kiraz vişne kayısı şeftali üzüm karpuz kavun")
    assert len(way) == MOST_TERMS
    assert all(len(term) == 1 for term in way)


@given(name=turkish, subject=st.text(max_size=110), about=turkish)
def test_a_complaint_has_a_bounded_number_of_tokens(name: str, subject: str, about: str) -> None:
    tokens = told(an_account(name=name, about=about), subject)
    assert len(tokens) == len(set(tokens)) <= MOST_TOKENS
    assert all(token.value for token in tokens)


def test_contact_and_order_number_are_kept_where_there_are_too_many_words() -> None:
    long = " ".join(chr(ord("a") + n) * 5 for n in range(26))
    account = an_account(name=long, phone="0532 123 45 67", order_number="SIP-1")
    assert len(told(account, long)) == MOST_TOKENS
    assert {("contact", "nermin@example.com"), ("contact", "5321234567"), ("word", "sip1")} <= set(told(account, long))


@given(st.text(min_size=1, max_size=200))
def test_any_question_can_be_asked(question: str) -> None:
    for way in asked(question):
        assert way and all(way)
        assert all(token.value for term in way for token in term)


@given(st.text(max_size=110))
def test_every_subject_is_found_by_itself(subject: str) -> None:
    """As long as something in it is a word, and it is neither an address nor cut short."""
    tokens = told(an_account(about=""), subject)
    if len(tokens) < MOST_TOKENS and "@" not in subject and asked(subject):
        of_the_subject = told(an_account(about="", name="", email=None), subject)
        assert not of_the_subject or finds(subject, an_account(about=""), subject)


# --- addresses and numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [
    "nermin.c74@example.com", "Nermin.C74@Example.com", "NERMİN.C74@EXAMPLE.COM", " <nermin.c74@example.com>, ",
    "nermin.c74", "NERMIN.C74", "nermin.c74@example.com fırın",
])  # fmt: skip
def test_an_address_is_found_whole_and_by_its_local_part(question: str) -> None:
    assert finds(question, an_account(email="nermin.c74@example.com"))


@pytest.mark.parametrize("question", ["nermin.c74@example.org", "c74@example.com", "@example.com", "example.com"])
def test_another_address_does_not_find_it(question: str) -> None:
    assert not finds(question, an_account(name="Işıl", email="nermin.c74@example.com"))


@pytest.mark.parametrize("typed", [
    "0532 123 45 67", "+90 532 123 45 67", "5321234567", "00905321234567", "(0532) 123-45-67", "0532.123.45.67",
    "+90 (532) 123 4567",
])  # fmt: skip
def test_a_number_is_the_same_however_it_is_spaced_or_prefixed(typed: str) -> None:
    assert contacts(None, typed) == (Token("contact", "5321234567"),)
    assert finds(typed, an_account(phone="0532 123 45 67"))
    assert finds("0532 123 45 67", an_account(phone=typed))


def test_a_number_with_a_word_is_found_when_it_has_no_spaces() -> None:
    assert finds("Nermin 05321234567", an_account(phone="0532 123 45 67"))
    assert not finds("Işıl 05321234567", an_account(phone="0532 123 45 67"))


def test_a_number_of_few_digits_is_nobodys_telephone() -> None:
    assert contacts(None, "444 0") == ()
    assert contacts(None, "444 0 444") == (Token("contact", "4440444"),)


def test_a_number_in_the_subject_is_no_contact() -> None:
    subject = "05321234567 numarasından arandım, nermin@example.com yazıldı."
    tokens = told(an_account(email=None, phone="0212 555 01 23"), subject)
    assert [token.value for token in tokens if token.kind == "contact"] == ["2125550123"]
    assert finds("05321234567", an_account(), subject)


@pytest.mark.parametrize("question", ["SIP-2026/00123", "sip-2026-00123", "SİP 2026 00123", "sip202600123"])
def test_an_order_number_is_found_in_any_spelling(question: str) -> None:
    for written in ("SIP-2026/00123", "sip 2026 00123", "SIP202600123"):
        assert finds(question, an_account(order_number=written))
    assert not finds(question, an_account(order_number="SIP-2026/00124"))


def test_an_order_number_without_digits_is_a_word() -> None:
    assert finds("abc-defgh", an_account(order_number="ABC DEFGH"))


def test_a_model_number_in_the_subject_is_not_cut() -> None:
    assert finds("tv55x200", an_account(), "TV-55X/200 açılmıyor.")
    assert finds("TV-55X/200'ün", an_account(), "TV-55X/200 açılmıyor.")
    assert not finds("tv55x201", an_account(), "TV-55X/200 açılmıyor.")


# --- in order --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        ["Cem", "Çağrı", "Deniz"],
        ["Gül", "Ğ. Yıldırım", "Hakan"],
        ["Hakan", "Isparta", "ışıl", "inci", "İpek", "Jale"],
        ["Oya", "Öykü", "Pelin", "Quentin", "Rıza"],
        ["Su", "Şebnem", "Tan", "Ufuk", "Ülkü", "Veli", "Wanda", "Xenia", "Yıldız"],
        ["Ali Can", "Âli Dede", "Alican", "alp"],
        ["3. Şube", "Ada", "Žofia", "Борис"],
    ],
)
def test_names_stand_in_the_order_of_the_turkish_alphabet(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=alphabetical) == names


@given(st.lists(st.text(max_size=8)))
def test_any_names_have_an_order_and_none_is_lost(names: list[str]) -> None:
    found = sorted(names, key=alphabetical)
    assert sorted(found) == sorted(names)
    backwards = found[::-1]
    assert sorted(backwards, key=alphabetical) == found
