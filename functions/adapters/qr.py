"""QR codes (ISO/IEC 18004) for the few texts that we print: bytes, correction level M, versions 1 to 6."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

Modules = list[list[bool]]  # row by row; True is dark

#: By version: the bytes that correct each block, and how many bytes of text each block holds.
BLOCKS: Final = {1: (10, [16]), 2: (16, [28]), 3: (26, [44]), 4: (18, [32] * 2), 5: (24, [43] * 2), 6: (16, [27] * 4)}
FIELD: Final = 0x11D  # the polynomial of GF(256)
FORMAT: Final = 0b101010000010010  # level M under mask 0, with its correction, as every code of ours begins


def modules(text: str) -> Modules:
    """The code as squares, without the quiet zone of four around it. Raises ValueError for more than 106 bytes."""
    said = text.encode()
    version = next((one for one, (_, blocks) in BLOCKS.items() if sum(blocks) >= len(said) + 2), None)
    if version is None:
        raise ValueError(f"{len(said)} bytes are too many for a code")
    size = 17 + 4 * version
    square: list[list[bool | None]] = [[None] * size for _ in range(size)]
    _patterns(square, version)
    bits = (byte >> at & 1 for byte in _codewords(said, version) for at in range(7, -1, -1))
    for row, column in _zigzag(size):
        if square[row][column] is None:
            # Mask 0. Any mask is valid; the best one saves a reader some work, and these codes are small.
            square[row][column] = bool(next(bits, 0)) ^ ((row + column) % 2 == 0)
    return [[bool(dark) for dark in row] for row in square]


def _patterns(square: list[list[bool | None]], version: int) -> None:
    """What is the same in every code of a version: finders, timing, alignment, and the format."""
    size = len(square)
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for row in range(max(0, top - 1), min(size, top + 8)):
            for column in range(max(0, left - 1), min(size, left + 8)):
                away = max(abs(row - top - 3), abs(column - left - 3))
                square[row][column] = away not in {2, 4}
    for at in range(8, size - 8):
        square[6][at] = square[at][6] = at % 2 == 0
    if version > 1:
        middle = size - 7
        for row in range(middle - 2, middle + 3):
            for column in range(middle - 2, middle + 3):
                square[row][column] = max(abs(row - middle), abs(column - middle)) != 1
    square[size - 8][8] = True
    beside = [0, 1, 2, 3, 4, 5, 7, 8]
    for at in range(15):
        dark = bool(FORMAT >> at & 1)
        if at < 8:
            square[beside[at]][8] = square[8][size - 1 - at] = dark
        else:
            square[8][beside[14 - at]] = square[size - 15 + at][8] = dark


def _zigzag(size: int) -> Iterator[tuple[int, int]]:
    """The order in which squares are filled: two columns at a time, up and down, beside the timing pattern."""
    for turn, right in enumerate(one for one in range(size - 1, 0, -1) if one % 2 == (0 if one > 6 else 1)):
        for step in range(size):
            row = step if turn % 2 else size - 1 - step
            yield row, right
            yield row, right - 1


def _codewords(said: bytes, version: int) -> list[int]:
    """Text and correction, the blocks dealt out by turns."""
    correction, sizes = BLOCKS[version]
    room = sum(sizes)
    number = 0b0100 << 8 | len(said)  # bytes, and how many of them
    packed = (number << 8 * len(said) | int.from_bytes(said, "big")) << 4  # four bits end the text
    stream = packed.to_bytes(len(said) + 2, "big")
    stream += bytes([0xEC, 0x11] * room)[: room - len(stream)]
    blocks, at = [], 0
    for length in sizes:
        blocks.append(stream[at : at + length])
        at += length
    corrections = [_correcting(block, correction) for block in blocks]
    return [byte for part in (blocks, corrections) for turn in zip_longest(*part) for byte in turn if byte is not None]


def _correcting(block: bytes, count: int) -> bytes:
    """Reed and Solomon: what is left of the block when it is divided by the generator of that many bytes."""
    generator = [1]
    root = 1
    for _ in range(count):
        generator = [a ^ _times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = _times(root, 2)
    left = [*block, *[0] * count]
    for at in range(len(block)):
        factor = left[at]
        for offset, part in enumerate(generator):
            left[at + offset] ^= _times(part, factor)
    return bytes(left[-count:])


def _times(a: int, b: int) -> int:
    """The product in GF(256)."""
    found = 0
    while b:
        if b & 1:
            found ^= a
        a <<= 1
        if a & 0x100:
            a ^= FIELD
        b >>= 1
    return found
