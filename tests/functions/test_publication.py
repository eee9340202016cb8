"""What the organisation settles stands on its public pages, whoever writes them and however often."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from botocore.exceptions import ClientError
from pypdf import PdfReader

from adapters.bus import Bus
from adapters.queue import together
from adapters.registers import Registers
from adapters.settings import Shown
from adapters.site import Files, Settled, Site, pages_of, settled
from complaints.framework import Brand, Commitment, InForce, Policy, Privacy
from complaints.rules import Organisation
from outbox.react import react as forward
from publication.react import react
from tests.builders import a_picture
from tests.dates import MON_2_MAR, TUE_3_MAR, at
from tests.world import LEAD, World
from timers.react import sweep

CONSUMERS = Organisation(packs=("TR-TUKETICI",))


@pytest.fixture
def bucket(world: World) -> Site:
    world.s3.create_bucket(Bucket="site")
    for file in world.s3.list_objects_v2(Bucket="site").get("Contents", ()):  # another test's
        world.s3.delete_object(Bucket="site", Key=file["Key"])
    return Site(world.s3, "site")


class Printer:
    """Reads what is settled now, and draws pages; `drawn` counts how often."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._firm = Shown.model_validate(world.settings.model_dump())
        self.drawn = 0

    def read(self) -> Settled:
        return settled(self._world.items, self._firm, self._world.now)

    def draw(self, said: Settled) -> Files:
        self.drawn += 1
        return pages_of(self._firm, said)


@pytest.fixture
def printer(world: World) -> Printer:
    return Printer(world)


@pytest.fixture
def publish(printer: Printer, bucket: Site) -> Callable[[], None]:
    return lambda: react(printer.read, printer.draw, bucket)


def shown(world: World, path: str = "en/index.html") -> str:
    return str(world.s3.get_object(Bucket="site", Key=path)["Body"].read().decode())


def test_however_much_was_settled_it_is_drawn_once_and_what_fails_comes_again_as_a_whole(
    printer: Printer, publish: Callable[[], None]
) -> None:
    def broken() -> None:
        raise OSError

    several = {"Records": [{"messageId": name, "body": "{}"} for name in ("contact", "policy", "brand")]}
    assert together(several, publish) == {"batchItemFailures": []}
    assert printer.drawn == 1
    again = together(several, broken)["batchItemFailures"]
    assert [one["itemIdentifier"] for one in again] == ["contact", "policy", "brand"]


def test_a_change_stands_on_every_page_and_says_its_version(
    world: World, printer: Printer, publish: Callable[[], None]
) -> None:
    publish()
    assert "Within 20 working days" in shown(world)
    world.rulebook.settle(CONSUMERS, "Tüketici satışı", LEAD, at(MON_2_MAR, 12), after=0)
    publish()
    assert "Within 14 days" in shown(world)
    page = shown(world, "tr/sikayetleri-nasil-ele-aliriz/index.html")
    assert "<dd>1<small>" in page and "2 Mart 2026" in page and "Tüketici Hakem Heyeti" in page
    assert {file["Key"] for file in world.s3.list_objects_v2(Bucket="site")["Contents"]} == printer.draw(
        printer.read()
    ).keys()


def test_what_top_management_approved_stands_on_the_page_from_its_day(
    world: World, publish: Callable[[], None]
) -> None:
    both = lambda text: {"tr": f"{text} tr", "en": f"{text} en"}  # noqa: E731
    policy = Policy.model_validate(
        {
            "title": both("Policy"),
            "owner": both("Head of care"),
            "parts": [{"heading": both("Fairness"), "text": both("Everybody is heard.")}],
            "effective_from": TUE_3_MAR,
            "review_on": date(2027, 3, 3),
        }
    )
    promise = Commitment.model_validate(
        {"text": both("We listen."), "signer": "Orhan Kıyı", "position": both("Director"), "review_on": TUE_3_MAR}
    )
    registers = Registers(world.items, world.settings)
    for name, document in (("policy", policy), ("commitment", promise)):
        approved = InForce(document=document, draft=1, approved_by="Orhan Kıyı")
        registers[f"{name}-in-force"].settle(approved, "Onaylandı", LEAD, world.now, after=0)
    page = "en/how-we-handle-complaints/index.html"
    publish()
    assert "We listen. en" in shown(world, page) and "Everybody is heard. en" not in shown(world, page)
    world.now = at(TUE_3_MAR)
    publish()
    for said in ("Everybody is heard. en", "Head of care en", "Approved by Orhan Kıyı, 2 March 2026."):
        assert said in shown(world, page)
    assert "Everybody is heard. tr" in shown(world, "tr/sikayetleri-nasil-ele-aliriz/index.html")


def test_what_data_are_used_for_stands_in_the_notice_as_sentences(world: World, publish: Callable[[], None]) -> None:
    both = lambda text: {"tr": f"{text} tr", "en": f"{text} en."}  # noqa: E731
    kept = Privacy.model_validate(
        {"purposes": [{"what": both("Answering"), "basis": "obligation"}], "place": both("Ankara"), "country": "TR"}
    )
    Registers(world.items, world.settings)["privacy"].settle(kept, "İlk metin", LEAD, world.now, after=0)
    publish()
    assert "<li>Answering tr. <span" in shown(world, "tr/aydinlatma/index.html")
    assert "<li>Answering en. <span" in shown(world, "en/privacy/index.html")


def test_the_colour_that_is_settled_is_on_the_pages_as_it_can_be_read(
    world: World, publish: Callable[[], None]
) -> None:
    publish()
    assert "brand.css" not in shown(world) and shown(world, "assets/brand.css") == ""
    brand = world.registers["brand"]
    brand.settle(Brand(accent="#F2B705"), "Yeni renk", LEAD, world.now, after=0)
    publish()
    assert '<link rel="stylesheet" href="/assets/brand.css">' in shown(world)
    light, dark, paper = shown(world, "assets/brand.css").splitlines()
    assert "#896803" in light and "#c7ac58" in dark and "print" in paper
    brand.settle(Brand(), "Yine ürünün rengi", LEAD, world.now, after=1)
    publish()
    assert "brand.css" not in shown(world) and shown(world, "assets/brand.css") == ""


def test_a_name_and_a_logo_are_on_every_page_and_the_leaflet_and_nowhere_is_the_old_name(
    world: World, printer: Printer, publish: Callable[[], None]
) -> None:
    publish()
    assert "Çınaraltı Ev Aletleri" in shown(world) and "<img" not in shown(world)
    logo = a_picture("PNG", 120, 36)
    look = Brand.model_validate({"name": "Çınaraltı Mağazaları", "logo": b64encode(logo)})
    world.registers["brand"].settle(look, "Yeni ad", LEAD, world.now, after=0)
    publish()
    said = printer.read()
    assert said.look.logo
    path = f"assets/{said.look.logo.file}"
    files = printer.draw(said)
    for key in (key for key in files if key.endswith(".html")):
        assert "Çınaraltı Mağazaları" in shown(world, key) and "Çınaraltı Ev Aletleri" not in shown(world, key)
        assert f'<img src="/{path}" alt="" width="120" height="36">' in shown(world, key)  # beside the name as text
    kept = world.s3.get_object(Bucket="site", Key=path)
    assert (kept["Body"].read(), kept["ContentType"]) == (logo, "image/png")
    assert kept["CacheControl"] == "public, max-age=31536000, immutable"
    for key in (key for key in files if key.endswith(".pdf")):
        [sheet] = PdfReader(BytesIO(world.s3.get_object(Bucket="site", Key=key)["Body"].read())).pages
        assert "Çınaraltı Mağazaları" in sheet.extract_text() and "Çınaraltı Ev Aletleri" not in sheet.extract_text()


def test_one_change_is_drawn_once_and_only_what_it_changed_is_written(
    world: World, bucket: Site, printer: Printer, publish: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    put, written = bucket.put, list[str]()
    monkeypatch.setattr(bucket, "put", lambda path, content: (written.append(path), put(path, content)))
    publish()
    assert (printer.drawn, written) == (2, [])
    world.registers["brand"].settle(Brand(accent="#F2B705"), "Yeni renk", LEAD, world.now, after=0)
    publish()
    assert printer.drawn == 3 and "assets/brand.css" in written and "en/index.html" in written
    assert not [path for path in written if path.endswith(".pdf")]  # paper has no colour


def test_whoever_wrote_what_holds_no_longer_writes_again(
    world: World, bucket: Site, printer: Printer, publish: Callable[[], None]
) -> None:
    """Something is settled, and written by another run, between this run's look and its writing."""
    before = printer.read()
    world.rulebook.settle(CONSUMERS, "Tüketici satışı", LEAD, world.now, after=0)
    publish()
    looks = iter([before])
    react(lambda: next(looks, None) or printer.read(), printer.draw, bucket)
    assert "Within 14 days" in shown(world)


@pytest.mark.parametrize("after", [0, 7, 16])
def test_whoever_is_stopped_half_way_is_made_good_though_another_wrote_meanwhile(
    after: int, world: World, bucket: Site, printer: Printer, publish: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A run with what held before writes over what a second run has written, and dies; its message comes again."""
    publish()
    before = printer.read()
    world.registers["brand"].settle(Brand(name="Başka bir ad"), "Yeni ad", LEAD, world.now, after=0)
    put, left = bucket.put, iter(range(after))

    def stops(path: str, content: bytes) -> None:
        if next(left, None) is None:
            raise ClientError({"Error": {"Code": "InternalError"}}, "PutObject")
        put(path, content)

    publish()
    monkeypatch.setattr(bucket, "put", stops)
    with pytest.raises(ClientError):
        react(lambda: before, printer.draw, bucket)
    monkeypatch.undo()
    publish()
    for path, content in printer.draw(printer.read()).items():
        assert world.s3.get_object(Bucket="site", Key=path)["Body"].read() == content, path


def test_pages_are_asked_for_again_and_say_what_they_are(world: World, publish: Callable[[], None]) -> None:
    publish()
    page = world.s3.head_object(Bucket="site", Key="tr/index.html")
    assert (page["CacheControl"], page["ContentType"]) == ("no-cache", "text/html; charset=utf-8")


def test_a_new_version_of_a_setting_is_told_without_its_content(world: World) -> None:
    world.new_records()
    world.rulebook.settle(CONSUMERS, "Yalnız bize ait bir gerekçe", LEAD, world.now, after=0)
    [newest] = [one for one in world.new_records() if one["dynamodb"]["Keys"]["PK"]["S"] == "SETTINGS"]
    forward([newest], Bus(world.bus, "bus"))  # type: ignore[arg-type]
    [told] = world.bus.take()
    assert told["detail-type"] == "SettingsChanged"
    assert told["detail"] == {"type": "SettingsChanged", "register": "rules", "version": 1}
    assert "gerekçe" not in json.dumps(told, ensure_ascii=False)


def test_the_sweep_has_the_pages_looked_at(world: World) -> None:
    world.bus.take()
    sweep(world.table, Bus(world.bus, "bus"), world.now)  # type: ignore[arg-type]
    assert [one["detail-type"] for one in world.bus.take()] == ["PagesDue"]
