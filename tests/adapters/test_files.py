"""What a file is, its content says; what it is called, we say."""

import io
import json
import zipfile
from base64 import b64decode

import boto3
import pytest

from adapters.files import ANY, ENDINGS, LARGEST, SHOWS, TYPES, Files, clean_name, kind_of, placed, saved_as
from tests.evidence import DOC, SAMPLES, packed


def test_there_is_a_sample_an_ending_and_a_test_of_content_for_every_type() -> None:
    assert SAMPLES.keys() == ENDINGS.keys() == SHOWS.keys() == TYPES - {ANY}


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_is_known_by_its_content(kind: str) -> None:
    assert kind_of(SAMPLES[kind]) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01\x00",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff",
        packed("payload.exe"),
        packed("[Content_Types].xml", "xl/workbook.xml"),
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        packed("word/document.xml"),
        DOC.replace("WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le")),
        "Merhaba".encode("utf-16"),
        "Şikâyet".encode("iso8859-9"),
        b"text\x00with a hole",
        b"\x00\x00\x00\x18ftypavif",
        b"RIFF\x24\x00\x00\x00WAVEfmt \xff",
        b"\xff",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_none_of_our_types_is_none(content: bytes) -> None:
    assert kind_of(content) is None


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"// a preface, and then\n%PDF-1.7",
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR",
    ],
)
def test_what_a_browser_or_a_lenient_reader_would_run_is_only_text(content: bytes) -> None:
    assert kind_of(content) == "text/plain"


def test_a_second_file_behind_the_first_does_not_change_what_it_is() -> None:
    """A picture with an archive behind it is both; it is kept, and saved, as the picture only."""
    both = SAMPLES["image/jpeg"] + packed("payload.exe")
    assert kind_of(both) == "image/jpeg"
    assert saved_as("photo.zip", "image/jpeg") == "photo.zip.jpg"


@pytest.mark.parametrize(
    ("name", "kind", "saved"),
    [
        ("fatura.pdf", "application/pdf", "fatura.pdf"),
        ("FOTO.JPEG", "image/jpeg", "FOTO.JPEG"),
        ("fatura", "application/pdf", "fatura.pdf"),
        ("invoice.exe", "application/pdf", "invoice.exe.pdf"),
        ("page.html", "text/plain", "page.html.txt"),
        ("photo.pdf", "image/png", "photo.pdf.png"),
    ],
)
def test_a_download_ends_as_its_content_does(name: str, kind: str, saved: str) -> None:
    assert saved_as(name, kind) == saved


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("şikâyet <b>.pdf", "şikâyet <b>.pdf"),
        ("C:\\Users\\nermin\\fatura.pdf", "fatura.pdf"),
        ("../../etc/passwd", "passwd"),
        ("fatura\u202efdp.exe", "faturafdp.exe"),
        ("\u200b.htaccess ", "htaccess"),
        ("ğ" * 300 + ".pdf", "ğ" * 196 + ".pdf"),
        ("\u200b", "file"),
    ],
)
def test_a_name_is_shown_without_path_or_anything_invisible(name: str, shown: str) -> None:
    assert clean_name(name) == shown


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("evidence/7K4M29XRQ3A/8f", ("7K4M29XRQ3A", "8f")),
        ("evidence/7K4M29XRQ3A", None),
        ("evidence/7K4M29XRQ3A/8f/9", None),
        ("malware-protection-resource-validation-object", None),
    ],
)
def test_a_key_is_evidence_or_nothing(key: str, place: tuple[str, str] | None) -> None:
    assert placed(key) == place


def test_a_place_is_for_one_key_one_type_and_ten_megabytes() -> None:
    files = Files(boto3.client("s3", region_name="eu-central-1"), "files")
    given = files.slot("7K4M29XRQ3A", "8f", "application/pdf")
    policy = json.loads(b64decode(given["fields"]["policy"]))
    assert ["content-length-range", 1, LARGEST] in policy["conditions"]
    assert {"key": "evidence/7K4M29XRQ3A/8f"} in policy["conditions"]
    assert {"Content-Type": "application/pdf"} in policy["conditions"]
    assert {"Content-Disposition": "attachment"} in policy["conditions"]


def test_a_document_with_macros_is_refused_whatever_it_is_called() -> None:
    macro = io.BytesIO()
    with zipfile.ZipFile(macro, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"):
            archive.writestr(name, "x" * 1000)
    assert kind_of(macro.getvalue()) is None
