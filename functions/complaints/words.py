"""What a complaint is found by: the words of a text, folded, so that spelling, case and endings do not matter. And how
names stand in order.

A token is one of three kinds. A `contact` is an e-mail address or a telephone number under which we reach the
complainant; nothing else is ever one, so that the same contact means the same person. A `place` is a word of
the branch or shop where it happened, as the complainant named it. A `word` comes from the name, the
order number, the subject, or the part of an address before its @.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from complaints.events import Account

STEM = 5  # letters: Turkish puts its endings behind, and most stems differ before
PHONE_DIGITS = 10  # from the end: what comes before is a country's or a trunk's prefix
FEWEST_PHONE_DIGITS = 6
MOST_TOKENS = 24  # of a complaint: they are written in one transaction with it
MOST_TERMS = 8  # of a question

ENDING = re.compile(r"(?<=\w\w)['’ʼ]\w*")  # Ankara'dan, the firm's; but O'Neil
WORD = re.compile(r"[^\W_]+")
# q, w and x are no Turkish letters; they stand where other languages have them.
ALPHABET = "0123456789abcçdefgğhıijklmnoöpqrsştuüvwxyz"
AROUND_AN_ADDRESS = "<>()[]\"'.,:;"
# Folded. No word is among them that is also a name: Can, Şen, Su, Ben.
COMMON = """
ve veya ya da de ki mi mu bu bir icin ile gibi kadar daha cok en ne neden nasil her hic ama fakat ancak cunku olarak
olan oldu sonra once var yok biz siz onlar bana beni benim bize bizim size sizin hala degil
the an and or of to in on at for with from by is are was were be been it its this that my me we our you your he she they
not no has have had but as so still
"""
STOP = frozenset(COMMON.split())
# Folded and cut: what a place is, and not which.
PLACES = frozenset(
    {"sube", "subes", "magaz", "bayi", "bayis", "ofis", "ofisi", "avm", "branc", "store", "shop", "offic"}
)


class Token(NamedTuple):
    """One thing that a complaint can be found by."""

    kind: Literal["contact", "place", "word"]
    value: str


Term = tuple[Token, ...]  # one of these is enough
Way = tuple[Term, ...]  # all of these are needed


def folded(text: str) -> str:
    """The text without case and diacritics: `İ ı I i` are all i, `ş ç ğ ö ü â î û` are s c g o u a i u.

    Decomposed before it is put in lower case: İ is then an I with a dot, which goes with all the other marks. Python
    would keep that dot as a letter of its own.
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if unicodedata.category(letter) != "Mn")
    return bare.casefold().replace("ı", "i")


def alphabetical(name: str) -> tuple[tuple[int, ...], str]:
    """The key by which names stand in the order of the Turkish alphabet: ç after c, ı before i, ö after o.

    Case does not matter, nor do marks that make no letter of their own (â, é). What is no letter, such as a space,
    comes before all letters, and what is of another script after them.
    """
    lower = unicodedata.normalize("NFC", name).replace("I", "ı").replace("İ", "i").casefold()
    return tuple(_place(letter) for letter in lower), name


def _place(letter: str) -> int:
    known = letter if letter in ALPHABET else unicodedata.normalize("NFKD", letter)[0]
    place = ALPHABET.find(known) + 1
    return place if place or not letter.isalpha() else len(ALPHABET) + ord(letter)


def told(account: Account, subject: str) -> tuple[Token, ...]:
    """What the complaint with this account can be found by; the first ones where there are too many."""
    order, local = folded(account.order_number or ""), (account.email or "").rpartition("@")[0]
    values = [
        *([_together(order)] if _has_digit(order) else _stems(_words(order))),
        *_stems(word for name in _names(account) for word in _words(folded(name))),
        *_stems(word for text in (local, subject, account.about) for word in _words(text) if word not in STOP),
    ]
    agent = account.representative
    reached = [*contacts(account.email, account.phone), *(contacts(agent.email, agent.phone) if agent else ())]
    found = [*reached, *place(account.branch), *(Token("word", value) for value in values)]
    return tuple(dict.fromkeys(found))[:MOST_TOKENS]


def _names(account: Account) -> list[str]:
    agent = account.representative.name if account.representative else None
    return [name for name in (account.name, account.organisation, agent) if name]


def asked(text: str) -> tuple[Way, ...]:
    """What to look for; each way leads to complaints of its own. None where the text holds nothing to look for.

    The words of a way are all needed; beyond the eighth none is looked at. Stop words count only where there is nothing
    else. A text with a digit in it may also be, as a whole, one number that was written with spaces.
    """
    parts = folded(text).split()
    terms = _terms(parts, STOP) or _terms(parts, frozenset())
    ways = [terms[:MOST_TERMS]]
    if len(parts) > 1 and _has_digit(text) and "@" not in text:
        ways.append((_number("".join(parts)),))
    return tuple(way for way in ways if way)


def contacts(email: str | None, phone: str | None) -> tuple[Token, ...]:
    """How somebody is reached, in the form in which two spellings of one address or number are the same.

    A number is its last ten digits without leading zeros. So a foreign one that has fewer than ten behind its country's
    prefix is another number without that prefix.
    """
    digits = "".join(re.findall("[0-9]", folded(phone or "")))[-PHONE_DIGITS:].lstrip("0")
    found = [folded(email or ""), digits if len(digits) >= FEWEST_PHONE_DIGITS else ""]
    return tuple(Token("contact", value) for value in found if value)


def place(branch: str | None) -> tuple[Token, ...]:
    """The words by which a branch or shop is known, without those that only say that it is one."""
    stems = dict.fromkeys(_stems(word for word in _words(branch or "") if word not in STOP))
    return tuple(Token("place", stem) for stem in stems if stem not in PLACES)


def _terms(parts: list[str], stop: frozenset[str]) -> Way:
    """What is asked for in the folded parts between two spaces."""
    found: list[Term] = []
    for part in parts:
        address = part.strip(AROUND_AN_ADDRESS)
        local, _, domain = address.partition("@")
        words = [word for word in _words(part) if word not in stop]
        if local and domain:
            found.append(contacts(address, None))
        elif _has_digit(part):
            found += [_number(word) for word in words]
        else:
            found += [(Token("word", stem),) for stem in _stems(words)]
    return tuple(dict.fromkeys(found))


def _number(text: str) -> Term:
    """A number is that of an order or from the subject; one without letters may be a telephone's."""
    plain = not any(letter.isalpha() for letter in text)
    return (*(contacts(None, text) if plain else ()), Token("word", _together(text)))


def _words(text: str) -> Iterator[str]:
    """The folded words. What holds a digit stays in one piece between two spaces: TV-55/2 is tv552."""
    for part in ENDING.sub("", folded(text)).split():
        pieces = [_together(part)] if _has_digit(part) else WORD.findall(part)
        yield from (piece for piece in pieces if len(piece) > 1)


def _stems(words: Iterable[str]) -> Iterator[str]:
    return (word if _has_digit(word) else word[:STEM] for word in words)


def _together(text: str) -> str:
    return "".join(WORD.findall(folded(text)))


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
