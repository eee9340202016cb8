"""Evidence: files go straight from the browser to a private bucket, and come back only as attachments."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LARGEST = 10 * 1024 * 1024
MOST = 10
SLOT_SECONDS = 300
LINK_SECONDS = 60
TYPES = frozenset(
    {
        "application/pdf",
        "image/jpeg",
        "image/png",
        "image/heic",
        "image/webp",
        "text/plain",
        "application/octet-stream",  # what a form without a script says of any file
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/msword",
    }
)
HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


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

    def arrived(self, reference: str, file: str) -> tuple[int, str] | None:
        """(size, version id) of an uploaded file, or None if it has not arrived."""
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=_key(reference, file))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] in {403, 404}:
                return None
            raise
        return head["ContentLength"], head.get("VersionId", "null")

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


def clean_name(name: str) -> str:
    """A file's name for display: no path, nothing invisible, at most 200 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in HIDDEN).strip(" .")
    return seen[-200:] or "file"


def _key(reference: str, file: str) -> str:
    return f"evidence/{reference}/{file}"
