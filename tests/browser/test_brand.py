"""The organisation's colour: both results are seen before it is saved, and then it stands on the pages."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DAY, NIGHT
from tests.browser.people import Staff
from tests.stack import Stack

LEAD, REGISTER = "management-representative", "/framework/brand"


@pytest.fixture
def colourless(stack: Stack) -> Iterator[None]:
    """The organisation has no colour of its own, before and after."""
    assert not (stack.desk(LEAD, "GET", REGISTER).json["content"] or {}).get("accent")
    yield
    version = stack.desk(LEAD, "GET", REGISTER).json["version"]
    body = {"content": {}, "reason": "Testler"}
    assert stack.desk(LEAD, "PUT", REGISTER, body, if_match=f'"{version}"').status == 200


@pytest.mark.usefixtures("colourless")
def test_a_colour_is_seen_as_it_will_be_read_saved_and_stands_on_the_pages(
    stack: Stack, staff: Callable[..., Staff], window: Callable[..., Page], fit_for_everyone: Callable[..., None]
) -> None:
    manager = staff(LEAD)
    manager.signs_in()
    page = manager.page
    manager.goes_to_page("Ayarlar")
    page.get_by_role("main").get_by_role("link", name="Kurumsal görünüm").click()
    expect(manager.heading()).to_have_text("Kurumsal görünüm")
    page.get_by_label("Kurumsal renk").fill("#f2b705")
    expect(page.get_by_text("Açık görünümde: #896803, karşıtlık 4,5 : 1")).to_be_visible()
    expect(page.get_by_text("Koyu görünümde: #c7ac58, karşıtlık 6,0 : 1")).to_be_visible()
    expect(page.get_by_text("karışabilir")).to_be_visible()
    fit_for_everyone(page, "the colour", [DAY, NIGHT])
    page.get_by_label("Değişikliğin nedeni").fill("Yeni kurumsal renk")
    page.get_by_role("button", name="Kaydet").click()
    manager.is_told("Kaydedildi.")
    stack.until(lambda: "brand.css" in stack.ask("GET", "/tr/").text, "the colour on the start page")
    page.reload()
    manager.gives_the_password()  # Cognito remembers who was here; the emulator asks again
    expect(page.get_by_role("button", name="Kaydet")).to_have_css("background-color", "rgb(137, 104, 3)")
    public = window()
    public.goto(f"{stack.site}/tr/")
    button = public.get_by_role("main").get_by_role("link", name="Şikâyetimi ilet")
    expect(button.first).to_have_css("background-color", "rgb(137, 104, 3)")
