"""Files from the public pages: what is said of them, a line that breaks, and photos that are made smaller."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Route, expect

from tests.browser.people import Complainant
from tests.evidence import LOCKED_PDF, PDF, SAMPLES
from tests.stack import Stack
from tests.world import a_submission

PLACE = 0x8825  # where a picture says on which spot of the earth it was taken


def a_file(name: str, content: bytes, kind: str = "application/pdf") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


def a_photo(width: int, height: int) -> bytes:
    """A JPEG that says where it was taken."""
    told = Image.Exif()
    told.get_ifd(PLACE)[1] = "N"
    photo = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(photo, "JPEG", exif=told)
    return photo.getvalue()


class Uploads:
    """The part of a complaint's page where files are added."""

    def __init__(self, her: Complainant, stack: Stack) -> None:
        self.page, self.words, self.stack = her.page, her.words["files"], stack
        self.receipt: dict[str, Any] = stack.submit(a_submission(email=her.email))
        her.tracks(self.receipt["reference"], self.receipt["secret"])
        her.sees("received")

    def adds(self, *files: FilePayload) -> None:
        self.page.locator("#files").set_input_files(list(files))

    def row(self, name: str) -> Locator:
        return self.page.locator("[data-files] .files li").filter(has_text=name)

    def is_told(self, name: str, what: str) -> None:
        expect(self.row(name)).to_contain_text(what)

    def hears(self) -> list[str]:
        """All that is spoken from now on."""
        said: list[str] = []

        def heard(what: str) -> None:
            said.append(what)

        self.page.expose_function("heard", heard)
        self.page.evaluate(
            """() => {
              const status = document.querySelector("[data-files] [role=status]");
              new MutationObserver(() => window.heard(status.textContent)).observe(status, { childList: true });
            }"""
        )
        return said

    def kept(self) -> list[bytes]:
        """What lies in the bucket of this complaint."""
        s3, bucket = self.stack.client("s3"), self.stack.outputs["FilesBucket"]
        there = s3.list_objects_v2(Bucket=bucket, Prefix=f"evidence/{self.receipt['reference']}/")["Contents"]
        return [s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read() for one in there]


@pytest.fixture
def uploads(stack: Stack, complainant: Callable[..., Complainant]) -> Iterator[Uploads]:
    yield Uploads(complainant("tr", expects="ERR_FAILED"), stack)


def test_only_the_file_that_broke_is_sent_again_and_how_far_it_is_is_spoken(uploads: Uploads) -> None:
    """Nobody waits for it: a message is being written meanwhile, and stays."""
    page, words, asked = uploads.page, uploads.words, list[str]()
    heard = uploads.hears()
    broken = [True]

    def breaks_once(route: Route) -> None:
        name = (route.request.post_data_json or {}).get("name", "")
        asked.append(name)
        if name == "fatura.pdf" and broken.pop():
            broken.append(False)
            route.abort()
        else:
            route.continue_()

    page.route("**/api/public/track/files", breaks_once)
    page.locator("textarea[name^=words]").first.fill("Faturayı ekliyorum.")
    uploads.adds(a_file("fatura.pdf", PDF), a_file("kapı.png", SAMPLES["image/png"], "image/png"))
    uploads.adds(a_file("kilitli.pdf", LOCKED_PDF), a_file("boş.pdf", b""))
    uploads.is_told("kapı.png", words["state"]["unscanned"])
    uploads.is_told("kilitli.pdf", words["locked"])
    uploads.is_told("boş.pdf", words["empty"])
    uploads.is_told("fatura.pdf", words["broken"])
    uploads.row("fatura.pdf").get_by_role("button").click()
    uploads.is_told("fatura.pdf", words["state"]["unscanned"])
    assert sorted(asked) == ["fatura.pdf", "fatura.pdf", "kapı.png", "kilitli.pdf"]
    assert f"fatura.pdf: {words['uploading'].format(percent=words['percent'].format(number=0))}" in heard
    assert heard[-1] == f"fatura.pdf: {words['state']['unscanned']}"
    expect(page.locator("textarea[name^=words]").first).to_have_value("Faturayı ekliyorum.")
    uploads.row("boş.pdf").get_by_role("button", name=words["remove"]).click()
    expect(uploads.row("boş.pdf")).to_have_count(0)
    expect(page.locator("#files")).to_be_focused()
    assert heard[-1] == f"boş.pdf: {words['removed']}"
    page.locator("#files").dispatch_event("cancel")
    expect(page.get_by_text(words["none"])).to_be_visible()


def test_a_photo_is_made_smaller_and_no_longer_says_where_it_was_taken(uploads: Uploads) -> None:
    words, photo = uploads.words, a_photo(4096, 3072)
    assert Image.open(io.BytesIO(photo)).getexif().get_ifd(PLACE)
    uploads.adds(a_file("dev.jpg", photo + bytes(11_000_000), "image/jpeg"))
    uploads.is_told("dev.jpg", words["too_big_photo"])
    uploads.page.get_by_label(words["shrink"]).check()
    uploads.adds(
        a_file("dev.jpg", photo + bytes(11_000_000), "image/jpeg"), a_file("bozuk.heic", b"heic", "image/heic")
    )
    uploads.is_told("bozuk.heic", words["unshrunk"])
    expect(uploads.row("dev.jpg").filter(has_text=words["state"]["unscanned"])).to_have_count(1)
    [kept] = uploads.kept()
    drawn = Image.open(io.BytesIO(kept))
    assert (drawn.format, drawn.size) == ("JPEG", (2048, 1536))
    assert not drawn.getexif()
