"""Name, logo and colour: how they will look is seen before they are saved, and then they stand on the pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DAY, NIGHT
from tests.browser.people import Staff
from tests.builders import a_picture
from tests.stack import Stack

LEAD, REGISTER = "management-representative", "/framework/brand"


@pytest.fixture
def plain(stack: Stack) -> Iterator[None]:
    """The organisation looks as it was installed, before and after."""
    assert not any((stack.desk(LEAD, "GET", REGISTER).json["content"] or {}).values())
    yield
    version = stack.desk(LEAD, "GET", REGISTER).json["version"]
    body = {"content": {}, "reason": "Testler"}
    assert stack.desk(LEAD, "PUT", REGISTER, body, if_match=f'"{version}"').status == 200


@pytest.mark.usefixtures("plain")
def test_name_logo_and_colour_are_seen_as_they_will_be_saved_and_stand_on_the_pages(
    stack: Stack,
    staff: Callable[..., Staff],
    window: Callable[..., Page],
    fit_for_everyone: Callable[..., None],
    tmp_path: Path,
) -> None:
    logo, heavy = tmp_path / "logo.png", tmp_path / "heavy.png"
    logo.write_bytes(a_picture("PNG", 240, 72))
    heavy.write_bytes(b"x" * 20_000)
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
    page.get_by_label("Görünen ad").fill("Çınaraltı Mağazaları")
    page.get_by_label("Logo seç").set_input_files(heavy)
    expect(page.get_by_text("Daha küçük bir dosya seçin")).to_be_visible()
    page.get_by_label("Logo seç").set_input_files(logo)
    expect(page.locator("figure image")).to_have_count(2)  # by day and by night
    expect(page.get_by_text("Daha küçük bir dosya seçin")).to_be_hidden()
    fit_for_everyone(page, "the colour", [DAY, NIGHT])
    page.get_by_label("Değişikliğin nedeni").fill("Yeni kurumsal renk")
    page.get_by_role("button", name="Kaydet").click()
    manager.is_told("Kaydedildi.")
    stack.until(lambda: "Çınaraltı Mağazaları" in stack.ask("GET", "/tr/").text, "the name on the start page")
    page.reload()
    manager.gives_the_password()  # Cognito remembers who was here; the emulator asks again
    expect(page.get_by_role("button", name="Kaydet")).to_have_css("background-color", "rgb(137, 104, 3)")
    public = window()
    public.goto(f"{stack.site}/tr/")
    button = public.get_by_role("main").get_by_role("link", name="Şikâyetimi ilet")
    expect(button.first).to_have_css("background-color", "rgb(137, 104, 3)")
    seen = public.locator(".brand img")
    assert seen.evaluate("image => [image.complete, image.naturalWidth, image.height]") == [True, 240, 36]
    expect(public.get_by_role("link", name="Çınaraltı Mağazaları Şikâyet ve çözüm")).to_be_visible()
    for scheme in (DAY, NIGHT):
        fit_for_everyone(public, "the head of the start page", [scheme])
