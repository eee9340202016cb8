"""What is drawn: whatever people wrote, complete, on as many pages as it takes, and nothing of it is carried out."""

import json
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from adapters.paper import MARK, PAGES, Grid, Paper, Row, Section, draw

FUNCTIONS = Path(__file__).parents[2] / "functions"
NAUGHTY: list[str] = json.loads((Path(__file__).parents[1] / "data" / "blns" / "blns.json").read_text("utf-8"))


def a_paper(*lines: Row | Grid, **changes: Any) -> Paper:
    fields: dict[str, Any] = {
        "language": "tr",
        "organisation": "Çınaraltı Ev Aletleri",
        "title": "Şikâyet takip formu",
        "running": "Şikâyet takip formu, 7K4M-29X-RQ3A",
        "page": "Sayfa {number} / {pages}",
        "record": (("Doküman no", "F-10.2"), ("Revizyon", "5"), ("Tarih", "2 Mart 2026")),
        "footer": "F-10.2 · Revizyon 5",
        "sections": (Section("1. Şikâyetin alınması", lines), Section("Ayrıntı", (), minor=True)),
        "signatures": ("Hazırlayan", "Kontrol eden", "Onaylayan"),
        "signed": ("Ad soyad", "Tarih", "İmza"),
        "signatures_title": "İmzalar",
        "empty": "—",
        "by_hand": "elle doldurulur",
        "replaced": f"{MARK} bir karakterin yerini tutar.",
        "made_at": datetime(2026, 3, 2, 10, tzinfo=UTC),
    }
    return Paper(**{**fields, **changes})


def read(paper: Paper) -> PdfReader:
    return PdfReader(BytesIO(draw(paper)))


def text(paper: Paper) -> str:
    return "\n".join(page.extract_text() for page in read(paper).pages)


def test_every_turkish_letter_is_printed() -> None:
    letters = "çÇğĞıIiİöÖşŞüÜâÂîÎûÛ₺"
    shown = text(a_paper(Row("Harfler", letters, letters, letters)))
    assert shown.count(letters) == 3  # in all three faces of the column
    assert MARK not in shown


def test_letters_put_together_from_parts_are_printed_whole() -> None:
    assert "şikâyet, İğdır" in text(a_paper(Row("Ad", wrote=unicodedata.normalize("NFD", "şikâyet, İğdır"))))


def test_what_the_typefaces_do_not_have_is_marked_and_explained() -> None:
    shown = text(a_paper(Row("Söz", wrote="Bıktım 😡 مرحبا.")))
    assert f"Bıktım {MARK} {MARK * 5}." in shown
    assert f"{MARK} bir karakterin yerini tutar." in shown


def test_nothing_is_explained_where_nothing_is_marked() -> None:
    assert MARK not in text(a_paper(Row("Söz", wrote="Bıktım.")))


def test_what_cannot_be_seen_turns_no_words_around() -> None:
    assert "fatura.exe" in text(a_paper(Row("Dosya", wrote="fa\u202etura\u200b.e\u00adxe")))


def test_a_line_for_the_pen_says_so_and_has_room_for_it() -> None:
    said = " ".join(text(a_paper(Row("Yönlendiren", by_hand=True))).split())
    assert "Yönlendiren elle doldurulur" in said and "—" not in said


def test_a_line_without_words_is_a_dash() -> None:
    assert "Birim —" in " ".join(text(a_paper(Row("Birim"))).split())


def test_long_words_wrap_and_lose_nothing() -> None:
    shown = text(a_paper(Row("Söz", wrote="ş" * 2_000)))
    assert shown.count("ş") == 2_000
    assert len(shown.splitlines()) > 20


def test_long_text_flows_over_the_pages_and_each_says_how_many_there_are() -> None:
    long = "\n".join(f"Satır {number:05d} bitti." for number in range(600))
    pages = [page.extract_text() for page in read(a_paper(Row("Ne oldu", wrote=long))).pages]
    shown = "\n".join(pages)
    assert len(pages) > 10
    assert all(f"Satır {number:05d} bitti." in shown for number in range(600))
    for number, page in enumerate(pages, 1):
        assert f"F-10.2 · Revizyon 5 · Sayfa {number} / {len(pages)}" in page


@pytest.mark.parametrize("above", range(36, 48))
def test_a_heading_is_never_torn_from_its_words(above: int) -> None:
    row = Row("2 Mart 2026", "Işıl Tütüncüoğlu", "Yeni fırın takıldı.", "Çözüm doğrulandı", dated=True)
    pages = [page.extract_text() for page in read(a_paper(Row("Ne oldu", "Satır\n" * above), row)).pages]
    [page] = [page for page in pages if "Çözüm doğrulandı" in page]
    assert "2 Mart 2026" in page
    assert "Yeni fırın takıldı." in page


def test_more_than_a_hundred_pages_are_numbered_too() -> None:
    pages = read(a_paper(Row("Ne oldu", wrote="söz\n" * 5_000))).pages
    assert len(pages) > 100
    assert f"Sayfa 3 / {len(pages)}" in pages[2].extract_text()


def test_a_grid_that_goes_on_repeats_its_heads() -> None:
    grid = Grid(("Kişi", "Açıklama"), (1, 1), tuple((f"{n}", f"Kişi-{n}", "") for n in range(100)))
    pages = [page.extract_text() for page in read(a_paper(grid)).pages]
    assert sum("Açıklama" in page for page in pages) == sum("Kişi-" in page for page in pages) >= 3
    assert all(f"Kişi-{n} —" in " ".join(pages) for n in range(100))


@pytest.mark.parametrize(
    "words", ["{nb}", "{number} {pages} {}", "**kalın** __altı__ [bağ](https://kotu.example)", "%s %(x)s"]
)
def test_words_are_only_words(words: str) -> None:
    assert words in text(a_paper(Row("Söz", words, words)))


def test_nobody_can_write_what_stands_for_the_number_of_pages() -> None:
    assert f"son {MARK * len(PAGES)}." in text(a_paper(Row("Söz", wrote=f"son {PAGES}.")))


def test_no_string_that_breaks_software_breaks_a_paper() -> None:
    lines = [Row(words, words, words, words, dated=True) for words in NAUGHTY]
    grid = Grid(("a", "b"), (1, 1), tuple((words, words, words) for words in NAUGHTY))
    assert len(read(a_paper(*lines, grid)).pages) > 10


def test_a_pdf_holds_no_link_and_no_script() -> None:
    words = "https://kotu.example javascript:alert(1) mailto:x@y.example <a href='file:///etc'>x</a>"
    reader = read(a_paper(Row(words, words, words, words)))
    assert all("/Annots" not in page for page in reader.pages)
    root: Any = reader.trailer["/Root"]
    assert {"/AA", "/AcroForm", "/Names"}.isdisjoint(root)
    assert isinstance(root["/OpenAction"], list)  # which page is shown first, and no act


def test_a_reader_who_does_not_see_hears_language_title_and_sections() -> None:
    reader = read(a_paper(Row("Birim")))
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("tr", True)
    assert reader.metadata is not None
    assert reader.metadata.title == "Şikâyet takip formu, 7K4M-29X-RQ3A"
    outline: Any = reader.outline
    assert [one["/Title"] for one in outline if not isinstance(one, list)] == [
        "Şikâyet takip formu",
        "1. Şikâyetin alınması",
        "İmzalar",
    ]
    assert [one["/Title"] for nested in outline if isinstance(nested, list) for one in nested] == ["Ayrıntı"]


def test_only_what_is_used_of_the_typefaces_is_embedded() -> None:
    assert len(draw(a_paper(Row("Birim", "Servis", "Servis")))) < 50_000


def test_the_same_paper_is_the_same_file() -> None:
    assert draw(a_paper(Row("Birim"))) == draw(a_paper(Row("Birim")))


def test_a_paper_is_drawn_without_the_images_that_the_deployment_leaves_behind() -> None:
    code = """
import sys
sys.modules["PIL"] = None
from adapters.paper import Paper, draw
from datetime import datetime, UTC
given = dict.fromkeys(Paper.__dataclass_fields__, "x")
lists = {"sections": (), "signatures": ("a",), "signed": ("b",), "record": (("a", "b"),), "made_at": datetime.now(UTC)}
print(draw(Paper(**{**given, **lists}))[:5].decode())
"""
    out = subprocess.run([sys.executable, "-c", code], cwd=FUNCTIONS, capture_output=True, text=True, check=True)
    assert (out.stdout.strip(), out.stderr) == ("%PDF-", "")
