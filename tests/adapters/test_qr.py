"""QR codes, square by square: each was compared with what another encoder draws under the same version and mask."""

import hashlib

import pytest

from adapters.qr import modules

DRAWN = """\
███████···█·███·█·███████
█·····█·██··█·███·█·····█
█·███·█···█·███···█·███·█
█·███·█··███·███··█·███·█
█·███·█·█···█·██··█·███·█
█·····█···████·█··█·····█
███████·█·█·█·█·█·███████
·········██·█████········
█·█·█·█··████·███···█··█·
████···█····█·█·████····█
····█·██·███·█··██·██·███
·█████····██···█·███···█·
█·█·███··████····██··█·██
·███······████··███··█··█
█·██·██·█████·█··███··███
·█·······██·█████···█··█·
█·██·██····█··████████···
········█··█··███···██·██
███████··██··█·██·█·██·██
█·····█···██····█···██···
█·███·█·█···█···██████··█
█·███·█···████·····████··
█·███·█·█··██·█·██··█···█
█·····█··██·███████·██·█·
███████·█·██··███·██···██
"""


def test_a_code_square_by_square() -> None:
    squares = modules("https://a.example")
    assert "".join("".join("█" if dark else "·" for dark in row) + "\n" for row in squares) == DRAWN


@pytest.mark.parametrize(
    ("text", "size", "known"),
    [
        ("a", 21, "8ac8f40772e90e7a"),
        ("https://a.example/tr/", 25, "5a7ffb2f2db04f60"),
        ("https://d111111abcdef8.cloudfront.net/tr/", 29, "6e57dd5a996844c5"),
        ("https://complaints.a-long-name.example.org/start/tr/", 33, "55fb95be8090d228"),
        ("x" * 84, 37, "828d6d94d58d40c1"),
        ("x" * 106, 41, "27721903f3d5343e"),
    ],
)
def test_every_version(text: str, size: int, known: str) -> None:
    squares = modules(text)
    bits = "".join("1" if dark else "0" for row in squares for dark in row)
    assert len(squares) == size
    assert hashlib.sha256(bits.encode()).hexdigest()[:16] == known


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="107 bytes"):
        modules("x" * 107)
