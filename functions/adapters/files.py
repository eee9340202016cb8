"""The bucket of evidence: files go straight from the browser into it, and come back only as attachments.

What a file is, its content says. Nothing here unpacks or decodes anything: a reader that can be attacked is the danger
it was meant to avert.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LARGEST = 10 * 1024 * 1024
MOST = 10
MOST_OF_STAFF = 40
SLOT_SECONDS = 300
LINK_SECONDS = 60
ANY = "application/octet-stream"  # what a form without a script says of any file
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "image/webp": (".webp",),
    DOCX: (".docx",),
    "application/msword": (".doc",),
    "text/plain": (".txt",),
}
TYPES = frozenset({*ENDINGS, ANY})
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})  # what every browser draws
# What a browser's picker offers; a telephone that finds a kind of picture there offers its camera and its pictures.
CHOSEN = ",".join((*ENDINGS, *(ending for endings in ENDINGS.values() for ending in endings)))
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


class Arrived(NamedTuple):
    """An uploaded file."""

    content: bytes
    version: str


class Files:
    """The bucket of evidence."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def slot(self, reference: str, file: str, kind: str, then: str | None = None) -> dict[str, Any]:
        """Where the browser may POST one file, for five minutes: {url, fields}. This key, this type, 1 B to 10 MB.

        `then` is where a browser without a script is sent afterwards.
        """
        fields = {
            "Content-Type": kind,
            "Content-Disposition": "attachment",  # whoever comes by the object finds nothing to open in a browser
            **({"success_action_redirect": then} if then else {}),
        }
        exact = [{name: value} for name, value in fields.items()]
        return self._client.generate_presigned_post(
            self._bucket,
            _key(reference, file),
            Fields=fields,
            Conditions=[*exact, ["content-length-range", 1, LARGEST]],
            ExpiresIn=SLOT_SECONDS,
        )

    def read(self, reference: str, file: str) -> Arrived | None:
        """An uploaded file as it is now, or None if it has not arrived. At most 10 MB: S3 took no more."""
        try:
            got = self._client.get_object(Bucket=self._bucket, Key=_key(reference, file))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] in {403, 404}:
                return None
            raise
        return Arrived(got["Body"].read(), got.get("VersionId", "null"))

    def remove(self, reference: str, file: str, version: str) -> None:
        """Delete one version of a file for good; once more does no harm."""
        self._client.delete_object(Bucket=self._bucket, Key=_key(reference, file), VersionId=version)

    def remove_all(self, reference: str) -> int:
        """Delete every version of every file of a complaint for good; how many files that were."""
        prefix = f"evidence/{reference}/"
        files = set()
        for page in self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=prefix):
            for one in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                self._client.delete_object(Bucket=self._bucket, Key=one["Key"], VersionId=one["VersionId"])
                files.add(one["Key"])
        return len(files)

    def link(self, reference: str, file: str, version: str, name: str) -> str:
        """A link to download the version that was finalised, as an attachment, for one minute."""
        return self._client.generate_presigned_url(
            "get_object",
            ExpiresIn=LINK_SECONDS,
            Params={
                "Bucket": self._bucket,
                "Key": _key(reference, file),
                "VersionId": version,
                "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
                "ResponseContentType": "application/octet-stream",
            },
        )


def kind_of(content: bytes) -> str | None:
    """The type that a file's content shows, or None if it is none of those that we take."""
    return next((kind for kind, shows in SHOWS.items() if shows(content)), None)


def locked(content: bytes) -> bool:
    """Whether a document is a PDF that may ask for a password: its trailer, which is never packed, names a key."""
    return content.startswith(b"%PDF-") and re.search(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)", content) is not None


def clean_name(name: str) -> str:
    """A file's name for display: no path, nothing invisible, at most 200 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in HIDDEN).strip(" .")
    return seen[-200:] or "file"


def saved_as(name: str, kind: str) -> str:
    """The name for a download. Its ending is the content's, so that nothing called invoice.exe is ever saved as one."""
    return name if name.lower().endswith(ENDINGS[kind]) else name + ENDINGS[kind][0]


def placed(key: str) -> tuple[str, str] | None:
    """(reference, file) of an object's key, or None if it is no evidence."""
    match key.split("/"):
        case ["evidence", reference, file]:
            return reference, file
        case _:
            return None


def _key(reference: str, file: str) -> str:
    return f"evidence/{reference}/{file}"


def _docx(content: bytes) -> bool:
    # The names of what is packed stand unpacked in the file. With macros it would be another type, and calls itself so.
    return (
        content.startswith(b"PK\x03\x04")
        and b"[Content_Types].xml" in content
        and b"word/" in content
        and b"vbaProject" not in content
    )


def _doc(content: bytes) -> bool:
    # Installers and spreadsheets begin like this too; only a document has this part.
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") and "WordDocument".encode("utf-16-le") in content


def _text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


#: How each type is recognised, in this order: what shows nothing else may still be text.
SHOWS: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": lambda content: content.startswith(b"%PDF-"),
    "image/jpeg": lambda content: content.startswith(b"\xff\xd8\xff"),
    "image/png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/heic": lambda content: content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS,
    "image/webp": lambda content: content.startswith(b"RIFF") and content[8:12] == b"WEBP",
    DOCX: _docx,
    "application/msword": _doc,
    "text/plain": _text,
}
