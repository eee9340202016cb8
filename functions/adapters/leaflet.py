"""Draws what lies on the counter and hangs on the wall: a leaflet folded in three, and a poster with a QR code. They
say what the pages say, from the same words and the same limits in force.
"""

import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that images cannot be drawn without Pillow: there are none
    from fpdf import FPDF, ViewerPreferences

from adapters import qr
from adapters.paper import INK, INK2, LINE, PROMISE, typefaces
from adapters.render import Promises, every, within
from complaints.complaint import Language
from complaints.framework import Contact
from complaints.handling import Handling
from complaints.language import spelled

# Millimetres. Three panels of an A4 sheet on its side.
PANEL, EDGE, TOP, BOTTOM = 99.0, 10.0, 14.0, 198.0
Outside = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """What both say. `words` are those of the pages; `site_url` has no slash at its end."""

    language: Language
    words: Mapping[str, Any]
    organisation: str
    site_url: str
    contact: Contact
    promised: Promises
    about: Handling

    @property
    def start(self) -> str:
        """The address of the start page."""
        return f"{self.site_url}{self.words['paths']['start']}"

    @property
    def reach(self) -> tuple[str, ...]:
        """How people reach us otherwise, line by line."""
        rates = self.words["contact"]["rates"]
        telephones = [f"{one.number}, {rates[one.rate]}" for one in self.contact.telephones]
        hours = self.contact.hours and self.contact.hours[self.language]
        address = (self.contact.address or "").splitlines()
        return tuple(line for line in (*telephones, hours, self.contact.email, *address) if line)

    @property
    def easy(self) -> bool:
        """There are so few ways to reach us that there may be space around everything else."""
        return len(self.reach) <= 5

    @property
    def dated(self) -> str:
        """Which version of the rules this says, and since when it holds."""
        day = spelled(self.about.since, self.language)
        return str(self.words["leaflet"]["dated"].format(version=self.about.version, date=day))


def leaflet(told: Told) -> bytes:
    """One sheet, folded twice: what, when, and what else one can do. Its back is for outside bodies for which the
    front has no room.
    """
    sheet, w = _Sheet(told, "L", told.words["leaflet"]["title"]), told.words
    start, handling = w["start"], w["handling"]

    at = sheet.panel(0)
    at.write(told.organisation, 11, style="B", gap=18 if told.easy else 6)
    at.write(f"{start['heading']} {start['heading_rest']}", 25, face="letter", gap=7)
    at.write(start["free"], 11.5, gap=8 if told.easy else 4)
    at.code(told.start, 34 if told.easy else 28)
    at.write(w["leaflet"]["scan"], 9.5, colour=INK2, gap=2)
    at.write(_shown(told.start), 10.5, style="B", gap=8 if told.easy else 5)
    at.reach()

    at = sheet.panel(1)
    at.head(start["when"])
    at.moment(start["at_once"], start["at_once_what"])
    at.moment(within(told.promised.acknowledge, w), start["acknowledged"])
    at.moment(every(told.promised.update, w), start["updated"])
    after = f" {w['limits']['acknowledged']}" if told.promised.answer.from_ == "acknowledged" else ""
    at.moment(within(told.promised.answer, w) + after, start["answered"])
    at.moment(start["not_enough"], start["not_enough_what"])
    if len(told.about.kinds) > 1:
        at.write(handling["times"]["several"], 9.5, colour=INK2, gap=2)

    at.head(handling["help"]["heading"])
    for text in handling["help"]["text"]:
        at.write(text, 10, gap=2)

    at = sheet.panel(2)
    at.head(start["ready"])
    for thing in (*start["ready_list"], start["ready_none"]):
        at.write(thing, 10, gap=1.5)
    more = w["leaflet"]["more"].format(url=_shown(told.site_url + w["paths"]["handling"]))
    foot = (more, told.dated)
    left = at.outside(_outside(told), above=foot)
    at.foot(*foot)
    number = 0
    while left:  # on the back
        if number % 3 == 0:
            sheet.add_page()
        at, number = sheet.panel(number % 3), number + 1
        left = at.outside(left)
    return bytes(sheet.output())


def poster(told: Told) -> bytes:
    """One sheet for the wall."""
    sheet, w = _Sheet(told, "P", told.words["leaflet"]["poster_title"]), told.words
    at = sheet.panel(0, width=210.0, edge=26.0, bottom=281.0)
    at.write(told.organisation, 16, style="B", gap=14 if told.easy else 8)
    at.write(f"{w['start']['heading']}\n{w['start']['heading_rest']}", 40, face="letter", gap=10)
    at.write(w["start"]["free"], 18, gap=12 if told.easy else 8)
    at.code(told.start, 76 if told.easy else 50)
    at.write(w["leaflet"]["scan"], 14, colour=INK2, gap=3)
    at.write(_shown(told.start), 18, style="B", gap=10)
    at.reach(scale=1.5)
    at.foot(told.dated)
    return bytes(sheet.output())


def _shown(url: str) -> str:
    """An address as people type it."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")


def _outside(told: Told) -> Sequence[Outside]:
    """Each once, whatever else the pages say of it: its name, and by when one goes to it, if there is a last day."""
    until = told.words["handling"]["outside"]["until"]
    named = [(body.name[told.language], body.until[told.language]) for body in told.about.bodies]
    return tuple(dict.fromkeys((name, until.format(length=length) if length else "") for name, length in named))


def _foot(lines: Sequence[str]) -> float:
    return 9 * len(lines) + 3


class _Sheet(FPDF):
    def __init__(self, told: Told, orientation: str, title: str) -> None:
        super().__init__(orientation, format="A4")
        self.told = told
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.set_lang(told.language)
        self.set_title(f"{title}, {told.organisation}")
        self.set_author(told.organisation)
        self.set_creation_date(datetime.combine(told.about.since, time()))  # the same facts make the same bytes
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.letters = typefaces(self)
        self.add_page()

    def panel(self, number: int, width: float = PANEL, edge: float = EDGE, bottom: float = BOTTOM) -> "_Panel":
        """A part of the sheet, its line at the left; between two of them the sheet is folded."""
        left = number * width
        self.set_fill_color(PROMISE)
        self.rect(left + edge - 6, TOP, 0.8, bottom - TOP, "F")
        if number:
            self.set_draw_color(LINE)
            self.set_line_width(0.2)
            self.line(left, 0, left, 5)
        return _Panel(self, left + edge, width - 2 * edge + 4, TOP, bottom)


class _Panel:
    """Writes from the top down, and knows how much room is left."""

    def __init__(self, sheet: _Sheet, x: float, width: float, y: float, bottom: float) -> None:
        self._sheet, self._x, self._width, self._y, self._bottom = sheet, x, width, y, bottom

    @property
    def room(self) -> float:
        """Millimetres to the bottom."""
        return self._bottom - self._y

    def write(
        self, text: str, size: float, *, face: str = "sans", style: str = "", colour: str = INK, gap: float = 3
    ) -> None:
        """A paragraph, and the gap after it."""
        sheet = self._sheet
        sheet.set_font(face, style, size)
        sheet.set_text_color(colour)
        sheet.set_xy(self._x, self._y)
        said = unicodedata.normalize("NFC", text.replace("\u00a0", " ")).translate(sheet.letters)
        sheet.multi_cell(self._width, size * 0.47, said, align="L", new_x="LEFT", new_y="NEXT")
        self._y = sheet.get_y() + gap

    def head(self, text: str) -> None:
        """A heading under a rule, but for the first."""
        if self._y > 20:
            self._y += 4
        self.write(text, 14, face="letter", style="B", gap=3)

    def moment(self, when: str, what: str) -> None:
        """A promise: when stands beside the tick, what below."""
        self._sheet.set_fill_color(PROMISE)
        self._sheet.rect(self._x - 6, self._y + 2.1, 4.2, 0.8, "F")
        self.write(when, 10.5, style="B", gap=0.5)
        self.write(what, 10, gap=4.5)

    def code(self, address: str, side: float) -> None:
        """The QR code of an address, with the quiet zone that readers want around it."""
        squares = qr.modules(address)
        one = side / len(squares)
        self._sheet.set_fill_color(INK)
        for row, line in enumerate(squares):
            for column, dark in enumerate(line):
                if dark:  # a hair wider, so that no light shows between two
                    self._sheet.rect(self._x + column * one, self._y + row * one, one * 1.02, one * 1.02, "F")
        self._y += side + 5 * one

    def reach(self, scale: float = 1.0) -> None:
        """How people reach us otherwise."""
        told = self._sheet.told
        self.write(told.words["leaflet"]["reach"], 10 * scale, style="B", gap=1.5)
        for line in told.reach:
            self.write(line, 10 * scale, gap=1.5 if told.easy else 0.5)

    def outside(self, bodies: Sequence[Outside], *, above: Sequence[str] = ()) -> Sequence[Outside]:
        """Outside bodies under their heading, above a foot; gives those for which there was no room."""
        top, heading = self._y, self._sheet.told.words["handling"]["outside"]["heading"]
        for index, (name, until) in enumerate(bodies):
            needed = self._height(name, 10) + (self._height(until, 9) if until else 0) + 3 + (0 if index else 18)
            if self.room - _foot(above) < needed and (index or top > TOP):
                return bodies[index:]
            if not index:
                self.head(heading)
            self.write(name, 10, style="B", gap=0.5 if until else 2)
            if until:
                self.write(until, 9, colour=INK2, gap=2)
        return ()

    def _height(self, text: str, size: float) -> float:
        """Millimetres of a paragraph in bold type, the widest that it can be in."""
        self._sheet.set_font("sans", "B", size)
        lines: Any = self._sheet.multi_cell(self._width, size * 0.47, text, dry_run=True, output="LINES")
        return size * 0.47 * len(lines)

    def foot(self, *lines: str) -> None:
        """What stands at the bottom."""
        self._y = max(self._y, self._bottom - _foot(lines))
        for line in lines:
            self.write(line, 8.5, colour=INK2, gap=1.5)
