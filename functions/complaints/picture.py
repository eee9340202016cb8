"""Small pictures, known by how their content begins. Nothing here decodes one."""

from dataclasses import dataclass
from hashlib import sha256

HEAVIEST = 15_000  # bytes: a page with it is still light on a slow line
SMALLEST, LARGEST = 16, 2_000  # pixels, each way

# The markers of JPEG that give its size: all frames, but not the tables that share their range.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True)
class Picture:
    """A picture that stands still, its kind as its content shows it, and its size in pixels."""

    content: bytes
    kind: str
    width: int
    height: int

    @property
    def file(self) -> str:
        """A name that no other content has."""
        return f"logo-{sha256(self.content).hexdigest()[:8]}.{self.kind}"


def picture(content: bytes) -> Picture | None:
    """PNG, JPEG or WebP; None for whatever else it is, for one that moves, and for one without a size."""
    for kind, size in (("png", _png), ("jpg", _jpeg), ("webp", _webp)):
        if (found := size(content)) and all(found):
            return Picture(content, kind, *found)
    return None


def no_logo(content: bytes) -> str | None:
    """Why a file cannot be a logo: a code, or None if it can."""
    found = picture(content)
    if found is None:
        return "file_type"
    if len(content) > HEAVIEST:
        return "file_size"
    return None if all(SMALLEST <= side <= LARGEST for side in (found.width, found.height)) else "picture_size"


def _png(content: bytes) -> tuple[int, int] | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or b"acTL" in content:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if content[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or b"ANIM" in content[:64]:
        return None
    match content[12:16]:
        case b"VP8 " if content[23:26] == b"\x9d\x01\x2a":
            return _little(content[26:28]) & 0x3FFF, _little(content[28:30]) & 0x3FFF
        case b"VP8L" if content[20:21] == b"\x2f" and len(content) >= 25:
            packed = _little(content[21:25])
            return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        case b"VP8X" if len(content) >= 30:
            return _little(content[24:27]) + 1, _little(content[27:30]) + 1
    return None


def _little(content: bytes) -> int:
    return int.from_bytes(content, "little")
