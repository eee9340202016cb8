"""Secrets and personal data: derived references, tracking secrets, and a key per complaint.

One root secret per stage; every key in use is derived from it by HKDF under its own label. A complaint's data key is
random and stored wrapped in the `keys` table: deleting that row makes the complaint's words unreadable for ever.
"""

import base64
import hashlib
import hmac
import os
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "İ": "1", "ı": "1", "i": "1", "o": "0", "l": "1"})
TOKEN_LIFE = timedelta(minutes=15)
NUMBER_LIFE = timedelta(minutes=30)  # of the number by which a lost code is replaced
SEARCH_KEY = "1"  # which of the keys for search is in use: a token says it, so that those of an old key can be told
NONCE = 12


class Unreadable(Exception):
    """A ciphertext does not open: its key was erased, or it was altered."""


class Vault:
    """Every use of the root secret. `root` is at least 32 random bytes."""

    def __init__(self, root: bytes) -> None:
        if len(root) < 32:
            raise ValueError("the root secret must have at least 32 bytes")
        self._root = root
        self.origin_token = self._derive("origin").hex()

    def _derive(self, label: str) -> bytes:
        return HKDF(SHA256(), 32, salt=b"redress/1", info=label.encode()).derive(self._root)

    def _mac(self, label: str, *parts: str) -> bytes:
        return hmac.digest(self._derive(label), "\x1f".join(parts).encode(), hashlib.sha256)

    # --- references and secrets: the same idempotency key always gives the same answer -------------------------------

    def reference(self, idempotency_key: str) -> str:
        """The reference that belongs to an idempotency key: 10 Crockford base32 characters and a check digit."""
        body = _base32(self._mac("reference", idempotency_key), 10)
        return body + check_digit(body)

    def secret(self, idempotency_key: str) -> str:
        """The tracking secret that belongs to an idempotency key: 20 characters, 100 bits."""
        return _base32(self._mac("secret", idempotency_key), 20)

    def fingerprint(self, reference: str, secret: str) -> bytes:
        """What is stored of a tracking secret."""
        return self._mac("pepper", reference, secret)

    def body_fingerprint(self, body: str) -> bytes:
        """What is stored of a submission's body, to tell a replay from a clash."""
        return self._mac("body", body)

    def blind(self, kind: str, value: str) -> str:
        """What is stored of something that a complaint is found by: the key's number and 128 bits that show nothing."""
        return f"{SEARCH_KEY}.{_base64(self._mac(f'search/{SEARCH_KEY}', kind, value)[:16])}"

    # --- numbers that a letter carries, to be typed on the tracking page ---------------------------------------------

    def contact_number(self, reference: str, address: str) -> str:
        """The eight characters by which whoever holds the code shows that they read the mail of an address. Nothing
        of it is stored; another address has another number.
        """
        return _base32(self._mac("contact", reference, address.casefold()), 8)

    def verified(self, reference: str, address: str) -> bytes:
        """What is stored of an address once its number was typed."""
        return self._mac("verified", reference, address.casefold())

    def one_time_number(self, reference: str, asked: str) -> str:
        """The eight characters that replace a lost code, once. `asked` is the id of the fact that it was asked for."""
        return _base32(self._mac("new-code", reference, asked), 8)

    def renewal(self, reference: str, number: str) -> str:
        """The id of a renewal by a number: the same number is the same renewal. Its secret is `secret(renewal)`."""
        return self._mac("renewal", reference, number).hex()[:32]

    # --- the fifteen minutes after a secret was shown ----------------------------------------------------------------

    def token(self, reference: str, now: datetime) -> str:
        """Proof that the secret of `reference` was shown, good for fifteen minutes."""
        expires = f"{int((now + TOKEN_LIFE).timestamp()):d}"
        return f"{reference}.{expires}.{_base64(self._mac('token', reference, expires))}"

    def reference_of(self, token: str, now: datetime) -> str | None:
        """The reference that a token opens, or None if it is forged or too old."""
        reference, _, rest = token.partition(".")
        expires, _, signature = rest.partition(".")
        expected = _base64(self._mac("token", reference, expires))
        if not hmac.compare_digest(signature.encode(), expected.encode()) or int(expires) < now.timestamp():
            return None
        return reference

    def cursor(self, position: str, *, of: str) -> str:
        """A page position, bound to the list `of` which it was given for."""
        sealed = AESGCM(self._derive("cursor")).encrypt(nonce := os.urandom(NONCE), position.encode(), of.encode())
        return _base64(nonce + sealed)

    def position(self, cursor: str, *, of: str) -> str | None:
        """The position in a cursor, or None if it was not made for this list."""
        try:
            raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            return AESGCM(self._derive("cursor")).decrypt(raw[:NONCE], raw[NONCE:], of.encode()).decode()
        except (ValueError, InvalidTag):
            return None

    # --- a key per complaint -----------------------------------------------------------------------------------------

    def new_key(self, reference: str) -> tuple["Key", bytes]:
        """A fresh data key and the wrapped form that may be stored."""
        raw = AESGCM.generate_key(256)
        nonce = os.urandom(NONCE)
        return Key(raw, reference), nonce + AESGCM(self._derive("wrap")).encrypt(nonce, raw, reference.encode())

    def unwrap(self, reference: str, wrapped: bytes) -> "Key":
        """The data key of a complaint. Raises Unreadable if it was wrapped for another one, or altered."""
        try:
            raw = AESGCM(self._derive("wrap")).decrypt(wrapped[:NONCE], wrapped[NONCE:], reference.encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable(reference) from error
        return Key(raw, reference)


class Key:
    """The data key of one complaint. A ciphertext opens only in the place it was made for."""

    def __init__(self, raw: bytes, reference: str) -> None:
        self._cipher = AESGCM(raw)
        self._reference = reference

    def seal(self, place: str, words: str) -> bytes:
        """The words as ciphertext. `place` is the item's sort key."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, words.encode(), f"{self._reference}|{place}".encode())

    def open(self, place: str, sealed: bytes) -> str:
        """The words. Raises Unreadable."""
        try:
            plain = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], f"{self._reference}|{place}".encode())
        except InvalidTag as error:
            raise Unreadable(place) from error
        return plain.decode()


def normal(code: str) -> str:
    """A reference or secret as it was meant: no spaces or dashes, upper case, look-alikes read as digits.

    Independent of locale: `ı`, `İ` and `i` are all the digit 1.
    """
    kept = "".join(letter for letter in code.translate(LOOKALIKES) if letter.isalnum())
    return kept.upper().translate(LOOKALIKES)


def is_reference(code: str) -> bool:
    """Whether a normalised code has the form and the check digit of a reference."""
    right = len(code) == 11 and all(letter in CROCKFORD for letter in code)
    return right and check_digit(code[:10]) == code[10]


def check_digit(body: str) -> str:
    """Finds every single wrong character and every swap of neighbours.

    Damm's scheme over the field of 32 elements (x⁵ + x² + 1): add the character, multiply by x.
    """
    check = 0
    for letter in body:
        check ^= CROCKFORD.index(letter)
        check = (check << 1) ^ (0x25 if check & 16 else 0)
    return CROCKFORD[check]


def _base32(raw: bytes, length: int) -> str:
    number = int.from_bytes(raw, "big")
    return "".join(CROCKFORD[(number >> (5 * place)) & 31] for place in range(length))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
