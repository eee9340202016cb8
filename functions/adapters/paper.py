"""Draws a paper as PDF: what a line is called, or when it was, stands in the margin; the words stand in the column; the
line of our promises runs between them. Black and white is enough to read it.

Loading this costs a quarter of a second, so only the route that prints papers does.
"""

import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from typing import Any, Final

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that images cannot be drawn without Pillow: there are none
    from fpdf import FPDF, ViewerPreferences

MARK: Final = "◊"  # in place of a character that the typefaces do not have
PAGES: Final = "\ue000" * 5  # becomes how many pages there are; nobody's words can hold it, it would be MARKed
FACES: Final = (
    ("sans", "", "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("sans", "B", "font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    ("letter", "", "font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    ("letter", "B", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
)
INK, INK2, LINE, PROMISE = "#13201C", "#46554F", "#C3CFC9", "#1B3F8F"
POINT: Final = 25.4 / 72

# Millimetres on A4.
MARGIN, MARGIN_END, UPRIGHT, COLUMN, END = 14.0, 55.0, 60.0, 67.0, 194.0
TOP, BOTTOM = 26.0, 24.0
AIR: Final = 1.5  # above and below what stands between two rules


@dataclass(frozen=True)
class Row:
    """One line. `label` stands in the margin; a `head`, what we say and what a person wrote stand beside it.

    `dated`: the label is a moment, and a tick joins it to the words. With no words at all, a dash is drawn; `by_hand`,
    room to write, and that it is.
    """

    label: str
    said: str | None = None
    wrote: str | None = None
    head: str | None = None
    dated: bool = False
    by_hand: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of short cells under heads, the widths in parts of the column; a row's first cell stands in the margin."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. A `minor` one belongs to the section before it."""

    title: str
    lines: tuple[Row | Grid, ...]
    minor: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole paper. `record` holds the cells of the box under the title; `signatures` those of the boxes at the end.

    `page` has the places {number} and {pages}; `replaced` explains MARK where it had to be used. `made_at` is UTC.
    """

    language: str
    organisation: str
    title: str
    running: str
    page: str
    record: tuple[tuple[str, str], ...]
    footer: str
    sections: tuple[Section, ...]
    signatures: tuple[str, ...]
    signed: tuple[str, ...]
    signatures_title: str
    empty: str
    by_hand: str
    replaced: str
    made_at: datetime


def draw(paper: Paper) -> bytes:
    """The PDF: typefaces embedded as far as they are used, with language, title and bookmarks, and without any link or
    script, whatever people wrote. It never fails for their words.
    """
    return bytes(_Sheet(paper).drawn())


def typefaces(pdf: FPDF) -> "_Letters":
    """Gives a PDF our typefaces; how each character is printed in them, for str.translate."""
    for family, style, package, name in FACES:
        with as_file(files(package) / "files" / name) as file:
            pdf.add_font(family, style, file)
    cmaps = [set(font.cmap) for font in pdf.fonts.values()]  # type: ignore[union-attr]
    return _Letters(set.intersection(*cmaps))


class _Sheet(FPDF):
    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self._paper = paper
        self.alias_nb_pages(PAGES)
        self.set_auto_page_break(True, BOTTOM)
        self.set_margins(MARGIN, TOP, 210 - END)
        self.c_margin = 0
        self.set_lang(paper.language)
        self.set_title(paper.running)
        self.set_author(paper.organisation)
        self.set_creation_date(paper.made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._letters = typefaces(self)

    def drawn(self) -> bytearray:
        """Everything."""
        paper = self._paper
        self.add_page()
        self._title()
        for section in paper.sections:
            self._section(section)
        if self._letters.replaced:
            self._room(12)
            self._face("sans", 8, colour=INK2)
            self._block(COLUMN, END - COLUMN, f"\n{paper.replaced}", 3.6)
        self._signatures()
        return self.output()

    def header(self) -> None:
        """The line on every page, and from the second on what this is."""
        self.set_fill_color(PROMISE)
        self.rect(UPRIGHT - 0.4, 0, 0.8, 297, "F")
        if self.page > 1:
            self._face("sans", 8, colour=INK2)
            self._block(COLUMN, END - COLUMN, self._paper.running, 3.6, top=14)
        self.set_xy(COLUMN, TOP)

    def footer(self) -> None:
        """On every page which document this is, in which revision, and how many pages it has."""
        foot = 297 - BOTTOM + 7.5
        self._rule(foot - 1.5, INK, 0.25)
        self._face("sans", 8, colour=INK2)
        page = self._paper.page.format(number=self.page, pages=PAGES)
        self.set_xy(COLUMN, foot)
        self.cell(END - COLUMN, 3.6, f"{self._text(self._paper.footer)} · {page}")

    def _title(self) -> None:
        paper = self._paper
        self._face("sans", 10, "B")
        margin = self._block(MARGIN, MARGIN_END - MARGIN, paper.organisation, 4.6, top=18.6, align="R")
        self._face("letter", 20)
        y = max(self._block(COLUMN, END - COLUMN, paper.title, 8.6, top=16), margin) + 3
        self.start_section(self._text(paper.title))
        width = (END - COLUMN) / len(paper.record)
        self.set_draw_color(INK)
        self.set_line_width(0.25)
        height = 12.5
        for at, (label, value) in enumerate(paper.record):
            x = COLUMN + at * width
            self.rect(x, y, width, height)
            self._face("sans", 8, colour=INK2)
            self._block(x + 2.5, width - 4, label, 3.6, top=y + 1.9)
            self._face("sans", 10, "B")
            self._block(x + 2.5, width - 4, value, 4.6, top=y + 6)
        self.line(COLUMN, y + height + 0.8, END, y + height + 0.8)
        self.set_y(y + height + 2)

    def _section(self, section: Section) -> None:
        self._room(16 if section.minor else 24)
        y = self.get_y() + (3.5 if section.minor else 6)
        self.set_y(y)
        self.start_section(self._text(section.title), 1 if section.minor else 0)
        if section.minor:
            self._face("letter", 10.5, "B")
            y = self._block(COLUMN, END - COLUMN, section.title, 5, top=y)
        else:
            self._face("letter", 13, "B")
            y = self._block(COLUMN, END - COLUMN, section.title, 6.2, top=y)
        self._rule(y + 1, INK, 0.5)
        for line in section.lines:
            if isinstance(line, Grid):
                self._grid(line)
            else:
                self._row(line)

    def _row(self, row: Row) -> None:
        parts = list(self._parts(row))
        beside = self._height(MARGIN_END - MARGIN, row.label, 4.2, ("sans", 9, "B" if row.dated else ""))
        begins = sum(min(self._height(END - COLUMN, text, line, face), 3 * line) for text, face, line in parts)
        self._room(2 * AIR + max(beside, begins))
        page, y = self.page, self.get_y() + AIR
        self._face("sans", 9, "B" if row.dated else "", colour=INK if row.dated else INK2)
        label_end = self._block(MARGIN, MARGIN_END - MARGIN, row.label, 4.2, top=y + 0.35, align="R")
        if row.dated:
            self.set_fill_color(PROMISE)
            self.rect(UPRIGHT, y + 2.1, 4.2, 0.6, "F")
        for text, face, height in parts:
            self._face(*face)
            y = self._block(COLUMN, END - COLUMN, text, height, top=y)
        if self.page == page:
            y = max(y, label_end)
        self._rule(y + AIR, LINE, 0.2)

    def _parts(self, row: Row) -> Iterator[tuple[str, tuple[str, float, str], float]]:
        if row.head:
            yield row.head, ("sans", 9.5, "B"), 4.7
        if row.said:
            yield row.said, ("sans", 9.5, ""), 4.7
        if row.wrote:
            yield row.wrote, ("letter", 10, ""), 5.1
        if row.by_hand:
            yield self._paper.by_hand, ("sans", 8, ""), 8.4
        elif not (row.head or row.said or row.wrote):
            yield self._paper.empty, ("sans", 9.5, ""), 4.7

    def _grid(self, grid: Grid) -> None:
        self._cells(("", *grid.heads), grid.widths, bold=True)
        for row in grid.rows:
            if self._cells(row, grid.widths, look=True):
                self.add_page()
                self._cells(("", *grid.heads), grid.widths, bold=True)
            self._cells(row, grid.widths)

    def _cells(self, cells: Sequence[str], widths: Sequence[int], *, bold: bool = False, look: bool = False) -> bool:
        """One row of a grid; with `look` nothing is drawn. Says whether it does not fit on the page."""
        part = (END - COLUMN) / sum(widths)
        face = ("sans", 8 if bold else 9.5, "")
        line = 3.8 if bold else 4.7
        spans = [width * part - 2 for width in widths]
        tall = max(
            self._height(MARGIN_END - MARGIN, cells[0], 4.2, ("sans", 9, "")),
            *(self._height(span, cell, line, face) for span, cell in zip(spans, cells[1:], strict=True)),
        )
        y = self.get_y() + AIR
        if look:
            return y + tall + AIR > 297 - BOTTOM
        self._face("sans", 9, colour=INK2)
        self._block(MARGIN, MARGIN_END - MARGIN, cells[0], 4.2, top=y + 0.35, align="R")
        x = COLUMN
        for span, cell in zip(spans, cells[1:], strict=True):
            self._face(*face, colour=INK2 if bold else INK)
            self._block(x, span, cell or self._paper.empty, line, top=y)
            x += span + 2
        self._rule(y + tall + AIR, LINE, 0.2)
        return False

    def _signatures(self) -> None:
        paper = self._paper
        self._room(58)
        self.set_y(self.get_y() + 8)
        self.start_section(self._text(paper.signatures_title))
        y = self.get_y()
        gap = 3.0
        width = (END - COLUMN - gap * (len(paper.signatures) - 1)) / len(paper.signatures)
        self.set_draw_color(INK)
        for at, who in enumerate(paper.signatures):
            x = COLUMN + at * (width + gap)
            self.set_line_width(0.25)
            self.rect(x, y, width, 44)
            self._face("sans", 9.5, "B")
            self._block(x + 2.5, width - 5, who, 4.7, top=y + 1.8)
            self._face("sans", 8, colour=INK2)
            for below, label in enumerate(paper.signed):
                top = y + 8.5 + below * 10
                self._block(x + 2.5, width - 5, label, 3.6, top=top)
                if below < len(paper.signed) - 1:  # the last one has the rest of the box
                    self.set_line_width(0.15)
                    self.line(x + 2.5, top + 9, x + width - 2.5, top + 9)
        self.set_y(y + 46)

    # --- type --------------------------------------------------------------------------------------------------------

    def _face(self, family: str, size: float, style: str = "", colour: str = INK) -> None:
        self.set_font(family, style, size)
        self.set_text_color(colour)

    def _block(
        self, x: float, width: float, text: str, line: float, *, top: float | None = None, align: str = "L"
    ) -> float:
        """Writes a block of lines and says where it ends, which may be on a later page."""
        self.set_xy(x, self.get_y() if top is None else top)
        self.multi_cell(width, line, self._text(text), align=align, new_x="LEFT", new_y="NEXT")
        return float(self.get_y())

    def _height(self, width: float, text: str, line: float, face: tuple[str, float, str]) -> float:
        """How tall a block would be; of a long one only the beginning is measured."""
        self._face(*face)
        lines: Any = self.multi_cell(width, line, self._text(text[:1_000]), align="L", dry_run=True, output="LINES")
        return line * len(lines)

    def _rule(self, y: float, colour: str, width: float) -> None:
        self.set_draw_color(colour)
        self.set_line_width(width)
        self.line(COLUMN, y, END, y)
        self.set_y(y + width)

    def _room(self, height: float) -> None:
        """A new page if this one has less left."""
        if self.get_y() + height > 297 - BOTTOM:
            self.add_page()

    def _text(self, text: str) -> str:
        return unicodedata.normalize("NFC", text).translate(self._letters)


class _Letters(dict[int, str]):
    """What each character is printed as: itself, a space, nothing (those that only steer others), or MARK."""

    def __init__(self, known: set[int]) -> None:
        self._known = known
        self.replaced = False

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kind = unicodedata.category(letter)
        if letter == "\n" or kind in {"Zl", "Zp"}:
            shown = "\n"
        elif kind == "Zs" or letter == "\t":
            shown = " "
        elif kind in {"Cc", "Cf"} or 0xFE00 <= code <= 0xFE0F:
            shown = ""
        elif code in self._known and kind != "Co":
            shown = letter
        else:
            self.replaced, shown = True, MARK
        self[code] = shown
        return shown
