"""Every kind of screen of the desk, to the ear and in every look. Its API answers from this process, on a Monday."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from moto import mock_aws
from playwright.sync_api import Browser, Page, Route, expect

from adapters.site import content_type
from complaints.framework import REGISTERS
from infra.build import built_site
from tests.browser.conftest import DAY, NIGHT, same_as_before
from tests.browser.filed import shown
from tests.browser.looks import LOW, MOVING, lost
from tests.dates import MON_2_MAR, at
from tests.journeys.steps import ASSESSMENT
from tests.still import policy
from tests.world import HANDLER, LEAD, World

SITE = "https://desk.example"
REPRESENTATIVE = "sub-representative"
BLACK = "rgb(0, 0, 0)"  # what Chromium takes for the words of somebody with colours of their own
ISSUER = {"issuer": f"{SITE}/pool", "client_id": "desk"}
ADDRESSES = {"sign_in": SITE, "redirect_uri": f"{SITE}/staff/", "logout_uri": f"{SITE}/staff/", "session_minutes": 60}


class Desk:
    """The built desk with the product's own API behind it, and a sign-in page that lets one person in unasked."""

    def __init__(self, world: World, sub: str) -> None:
        self.world, self.api, self.sub = world, world.staff(sub), sub
        self.site, self.policy, self.nonce = built_site(), policy(), ""

    def answers(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/oauth2/authorize":
            asked = {name: values[0] for name, values in parse_qs(urlsplit(route.request.url).query).items()}
            self.nonce = asked["nonce"]
            back = f"{SITE}/staff/?{urlencode({'code': 1, 'state': asked['state']})}"
            route.fulfill(content_type="text/html", body=f"<script>location.replace({json.dumps(back)})</script>")
        elif path == "/oauth2/token":
            route.fulfill(json=self.tokens())
        elif path == "/staff/config.json":
            route.fulfill(json=ISSUER | ADDRESSES)
        elif path.startswith("/api/"):
            asked_for = route.request.url.removeprefix(SITE)
            answer = self.api.request(
                route.request.method, asked_for, content=route.request.post_data_buffer, headers=route.request.headers
            )
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)
        else:
            file = self.site / path.strip("/")
            if not file.is_file():
                file = self.site / "staff" / "index.html"
            headers = {"Content-Security-Policy": self.policy, "Content-Type": content_type(file.name)}
            route.fulfill(status=HTTPStatus.OK, headers=headers, body=file.read_bytes())

    def tokens(self) -> dict[str, object]:
        now = int(self.world.now.timestamp())
        claims = {"sub": self.sub, "iss": ISSUER["issuer"], "aud": ISSUER["client_id"], "nonce": self.nonce}
        parts = ({"alg": "RS256"}, claims | {"iat": now, "exp": now + 3600})
        token = ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts)
        return {"access_token": "x", "id_token": f"{token}.AAAA", "token_type": "Bearer", "expires_in": 3600}


@pytest.fixture
def world() -> Iterator[World]:
    with mock_aws():
        world = World(at(MON_2_MAR))
        world.hire(REPRESENTATIVE, "management-representative", "Gülizar Hacısalihoğlu")
        with world.public:
            yield world


@pytest.fixture
def sits_at(world: World, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """The desk as this person sees it, who is signed in."""
    heard: list[str] = []
    contexts = []

    def person(sub: str) -> Page:
        contexts.append(
            browser.new_context(
                locale="tr-TR",
                timezone_id="America/New_York",
                reduced_motion="reduce",
                viewport={"width": 1366, "height": 900},
            )
        )
        page = contexts[-1].new_page()
        page.clock.set_fixed_time(world.now)
        page.on("console", lambda said: heard.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.route("**/*", Desk(world, sub).answers)
        return page

    yield person
    for context in contexts:
        context.close()
    assert heard == []


def test_every_screen_is_what_it_was_to_the_ear_and_loses_nothing_in_any_look(
    world: World, sits_at: Callable[[str], Page]
) -> None:
    reference = world.submit()["reference"]
    world.settle()
    world.move(HANDLER, reference, "assess", ASSESSMENT)
    world.move(HANDLER, reference, "investigate", {"owner": HANDLER})
    found: list[str] = []

    def look(page: Page, name: str, path: str, heading: str, part: str = "main") -> None:
        page.goto(SITE + path, wait_until="networkidle")
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text(re.compile(heading))
        expect(page.locator(".loading")).to_have_count(0)
        heard = page.locator(part).aria_snapshot().replace(shown(reference), "7K4M-29X-RQ3A").replace(reference, "7K4M")
        same_as_before(f"desk-{name}", heard)
        found.extend(lost(page, name, text_alone=False))

    handler = sits_at(HANDLER)
    look(handler, "queue", "/staff/queue/open", "Açık dosyalar", "body")  # what all screens share stands in one file
    look(handler, "search", f"/staff/search?q={shown(reference)}", "Arama")
    look(handler, "register", "/staff/register", "Şikâyet kaydet")
    look(handler, "complaint", f"/staff/complaints/{shown(reference)}", "Fırın")
    handler.emulate_media(forced_colors="active")
    for what in (".above-title .state", ".pad"):
        assert handler.locator(what).first.evaluate("one => getComputedStyle(one).borderTopWidth") != "0px"
    handler.emulate_media(forced_colors="none", reduced_motion="no-preference")
    assert handler.evaluate(MOVING) > 0  # for everybody else colours change softly
    handler.set_viewport_size({"width": LOW[0], "height": LOW[1]})
    handler.locator(".next").get_by_role("button", name="Kararı öner").click()
    words = handler.locator("form.move textarea").first
    words.focus()
    expect(words).to_be_in_viewport()

    lead = sits_at(LEAD)
    look(lead, "workload", "/staff/workload", "İş yükü")
    bar = lead.locator(".chart rect").first
    lead.emulate_media(forced_colors="active", color_scheme="light")
    assert bar.evaluate("one => getComputedStyle(one).fill") == BLACK
    lead.emulate_media(forced_colors="none", media="print")
    expect(lead.locator(".chart span").first).to_be_visible()
    assert lead.locator(".chart svg").first.evaluate("one => one.checkVisibility() && one.clientWidth > 0")

    representative = sits_at(REPRESENTATIVE)
    look(representative, "rules", "/staff/rules", "Kurallar")
    look(representative, "settings", "/staff/settings", "Ayarlar")
    look(representative, "contact", "/staff/framework/contact", "İletişim bilgileri")
    assert found == []


def test_every_page_of_settings_is_fit_for_everyone_empty_and_with_a_row_of_each_kind(
    sits_at: Callable[[str], Page], fit_for_everyone: Callable[..., None]
) -> None:
    page, grown = sits_at(REPRESENTATIVE), []
    for path in ("settings", "setup", "authority", *(f"framework/{name}" for name in REGISTERS)):
        page.goto(f"{SITE}/staff/{path}", wait_until="networkidle")
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".loading")).to_have_count(0)
        fit_for_everyone(page, path, [DAY])
        adding = page.get_by_role("main").get_by_role("button", name=re.compile(" ekle$"))
        for button in adding.all():
            button.click()
        if adding.count():
            grown.append(path)
            fit_for_everyone(page, f"{path} with a row of each kind", [NIGHT])
    assert len(grown) == 6
