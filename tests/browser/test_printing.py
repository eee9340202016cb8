"""What the public pages are on paper."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

from playwright.sync_api import Page, Route
from pypdf import PdfReader

from adapters.render import Pages, promises
from complaints.framework import Look, reached_by
from complaints.handling import handling
from tests.builders import rules_under
from tests.stack import Stack

TUE_24_NOV = date(2026, 11, 24)


def answered(html: str, route: Route) -> None:
    """In the place of the published page, which knows the rules of this stack."""
    route.fulfill(body=html, content_type="text/html")


def test_how_we_handle_complaints_fits_on_four_sheets(stack: Stack, window: Callable[..., Page]) -> None:
    """With three kinds of complaint and four outside bodies; links are written out, and the head says since when."""
    rules = rules_under("TR-TUKETICI", "TR-BANKA")
    contact = reached_by("0 800 000 00 00", "TR")
    firm = (lambda: Look("Çınaraltı Ev Aletleri"), lambda: contact, stack.site, lambda: promises(rules, TUE_24_NOV))
    about = handling(rules, TUE_24_NOV, 7, datetime(2026, 11, 23, 9, tzinfo=UTC))
    page = window()
    for language, path in (("tr", "/tr/sikayetleri-nasil-ele-aliriz/"), ("en", "/en/how-we-handle-complaints/")):
        pages = Pages(*firm, "Europe/Istanbul")
        html = pages.render("handling", language, about=about, commitment=None, policy=None)
        page.route(f"**{path}", partial(answered, html))
        page.goto(stack.site + path)
        sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
        assert len(sheets) <= 4
        assert "23 November 2026" in sheets[0] or "23 Kasım 2026" in sheets[0]
        assert "(https://www.tbb.org.tr)" in " ".join(sheets).replace("\n", "")
