"""What a page costs on a slow line, in bytes as they travel (gzip)."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from infra.build import built_site
from tests.stack import Stack

KB = 1000


def weight(*files: Path) -> int:
    assert files
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


@pytest.mark.parametrize(
    ("what", "limit"),
    [("assets/*.js", 15 * KB), ("assets/*.css", 10 * KB), ("staff/assets/*.js", 60 * KB)],
    ids=["the script of the public pages", "the style of the public pages", "the script of the desk"],
)
def test_no_part_weighs_more_than_it_may(what: str, limit: int) -> None:
    assert weight(*built_site().glob(what)) <= limit


@pytest.mark.parametrize("path", ["/tr/sikayet/", "/en/complain/"])
def test_the_form_opens_with_little(path: str, stack: Stack, window: Callable[..., Page]) -> None:
    page = window()
    bodies: dict[str, bytes] = {}
    page.on("requestfinished", lambda request: bodies.update({request.url: b""}))
    page.goto(stack.site + path, wait_until="networkidle")
    for url in bodies:
        bodies[url] = stack.ask("GET", url.removeprefix(stack.site)).body
    assert {Path(url).name for url in bodies} >= {"public.js", "public.css", "boot.js"}
    assert sum(len(gzip.compress(body, 9)) for body in bodies.values()) <= 45 * KB
