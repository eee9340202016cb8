"""What can be a logo, and what only says that it is one."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from complaints.picture import HEAVIEST, LARGEST, SMALLEST, no_logo, picture
from tests.builders import a_picture


@pytest.mark.parametrize(
    ("kind", "how", "ending"),
    [
        ("PNG", {}, "png"),
        ("JPEG", {}, "jpg"),
        ("JPEG", {"progressive": True, "comment": b"x" * 300}, "jpg"),
        ("WEBP", {}, "webp"),
        ("WEBP", {"lossless": True}, "webp"),
        ("WEBP", {"exif": b"Exif\0\0II*\0"}, "webp"),
    ],
    ids=["png", "jpeg", "progressive jpeg", "webp", "lossless webp", "extended webp"],
)
def test_a_picture_is_known_by_its_content_and_so_is_its_size(kind: str, how: dict[str, object], ending: str) -> None:
    found = picture(a_picture(kind, 120, 36, **how))
    assert found and (found.kind, found.width, found.height) == (ending, 120, 36)
    assert no_logo(found.content) is None
    assert found.file.startswith("logo-") and found.file.endswith(f".{ending}")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        a_picture("GIF", 120, 36),
        a_picture("PNG", 120, 36)[:20],
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        a_picture("JPEG", 120, 36)[:20],
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"RIFF\0\0\0\0WEBPVP8L",
    ],
)
def test_what_is_no_picture_or_has_no_size_is_none(content: bytes) -> None:
    assert picture(content) is None and no_logo(content) == "file_type"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_none(kind: str) -> None:
    frames = [Image.new("RGB", (120, 36), colour) for colour in ("#ffffff", "#1b3f8f")]
    written = BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=200)
    assert no_logo(written.getvalue()) == "file_type"


def test_a_picture_that_is_too_heavy_too_small_or_too_large_is_no_logo() -> None:
    noise = Image.frombytes("RGB", (100, 100), Random(1).randbytes(30_000))
    written = BytesIO()
    noise.save(written, "PNG")
    assert len(written.getvalue()) > HEAVIEST and no_logo(written.getvalue()) == "file_size"
    assert no_logo(a_picture("PNG", SMALLEST - 1, 36)) == no_logo(a_picture("PNG", LARGEST + 1, 36)) == "picture_size"


def test_another_content_has_another_name() -> None:
    one, other = picture(a_picture("PNG", 120, 36)), picture(a_picture("PNG", 121, 36))
    assert one and other and one.file != other.file
