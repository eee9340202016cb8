"""The smallest files of each type."""

import io
import zipfile

from adapters.files import DOCX


def packed(*names: str) -> bytes:
    """An archive with empty files of these names."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "")
    return content.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"<<>>\n%%EOF", b"<</Root 1 0 R/Encrypt 2 0 R>>\n%%EOF")
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")
SAMPLES = {
    "application/pdf": PDF,
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\xff\xd9",
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 \xff",
    DOCX: packed("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "application/msword": DOC,
    "text/plain": "Servis üç kez gelmedi.\r\n".encode(),
}
