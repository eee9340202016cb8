"""What the organisation settles stands on its public pages, whoever writes them and however often."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from botocore.exceptions import ClientError

from adapters.bus import Bus
from adapters.registers import Registers
from adapters.settings import Shown
from adapters.site import LAST, Files, Site, pages_of, settled
from complaints.framework import Brand, Commitment, InForce, Policy, Privacy
from complaints.rules import Organisation
from outbox.react import react as forward
from publication.react import react
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


@pytest.fixture
def render(world: World) -> Callable[[], Files]:
    """The pages under what is settled now."""
    firm = Shown.model_validate(world.settings.model_dump())
    return lambda: pages_of(firm, settled(world.items, firm, world.now), world.now)


def shown(world: World, path: str = "en/index.html") -> str:
    return str(world.s3.get_object(Bucket="site", Key=path)["Body"].read().decode())


def test_a_change_stands_on_every_page_and_says_its_version(
    world: World, bucket: Site, render: Callable[[], Files]
) -> None:
    react(render, bucket)
    assert "Within 20 working days" in shown(world)
    world.rulebook.settle(CONSUMERS, "Tüketici satışı", LEAD, at(MON_2_MAR, 12), after=0)
    react(render, bucket)
    assert "Within 14 days" in shown(world)
    page = shown(world, "tr/sikayetleri-nasil-ele-aliriz/index.html")
    assert "<dd>1<small>" in page and "2 Mart 2026" in page and "Tüketici Hakem Heyeti" in page
    assert {file["Key"] for file in world.s3.list_objects_v2(Bucket="site")["Contents"]} == render().keys()


def test_what_top_management_approved_stands_on_the_page_from_its_day(
    world: World, bucket: Site, render: Callable[[], Files]
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
    react(render, bucket)
    assert "We listen. en" in shown(world, page) and "Everybody is heard. en" not in shown(world, page)
    world.now = at(TUE_3_MAR)
    react(render, bucket)
    for said in ("Everybody is heard. en", "Head of care en", "Approved by Orhan Kıyı, 2 March 2026."):
        assert said in shown(world, page)
    assert "Everybody is heard. tr" in shown(world, "tr/sikayetleri-nasil-ele-aliriz/index.html")


def test_what_data_are_used_for_stands_in_the_notice_as_sentences(
    world: World, bucket: Site, render: Callable[[], Files]
) -> None:
    both = lambda text: {"tr": f"{text} tr", "en": f"{text} en."}  # noqa: E731
    kept = Privacy.model_validate(
        {"purposes": [{"what": both("Answering"), "basis": "obligation"}], "place": both("Ankara"), "country": "TR"}
    )
    Registers(world.items, world.settings)["privacy"].settle(kept, "İlk metin", LEAD, world.now, after=0)
    react(render, bucket)
    assert "<li>Answering tr. <span" in shown(world, "tr/aydinlatma/index.html")
    assert "<li>Answering en. <span" in shown(world, "en/privacy/index.html")


def test_the_colour_that_is_settled_is_on_the_pages_as_it_can_be_read(
    world: World, bucket: Site, render: Callable[[], Files]
) -> None:
    react(render, bucket)
    assert "brand.css" not in shown(world) and shown(world, "assets/brand.css") == ""
    brand = world.registers["brand"]
    brand.settle(Brand(accent="#F2B705"), "Yeni renk", LEAD, world.now, after=0)
    react(render, bucket)
    assert '<link rel="stylesheet" href="/assets/brand.css">' in shown(world)
    light, dark, paper = shown(world, "assets/brand.css").splitlines()
    assert "#896803" in light and "#c7ac58" in dark and "print" in paper
    brand.settle(Brand(), "Yine ürünün rengi", LEAD, world.now, after=1)
    react(render, bucket)
    assert "brand.css" not in shown(world) and shown(world, "assets/brand.css") == ""


def test_told_twice_it_writes_once(world: World, bucket: Site, render: Callable[[], Files]) -> None:
    react(render, bucket)
    world.s3.delete_object(Bucket="site", Key="en/index.html")
    react(render, bucket)
    assert "en/index.html" not in {file["Key"] for file in world.s3.list_objects_v2(Bucket="site")["Contents"]}


def test_whoever_wrote_what_holds_no_longer_writes_again(
    world: World, bucket: Site, render: Callable[[], Files]
) -> None:
    """Something is settled, and written by another run, between this run's look and its writing."""
    before = render()
    world.rulebook.settle(CONSUMERS, "Tüketici satışı", LEAD, world.now, after=0)
    react(render, bucket)
    looks = iter([before])
    react(lambda: next(looks, None) or render(), bucket)
    assert "Within 14 days" in shown(world)


def test_whoever_is_stopped_half_way_is_made_good(
    world: World, bucket: Site, render: Callable[[], Files], monkeypatch: pytest.MonkeyPatch
) -> None:
    react(render, bucket)  # its mark must not speak for what is half written over it
    first = bucket.mark()
    world.rulebook.settle(CONSUMERS, "Tüketici satışı", LEAD, world.now, after=0)
    put = bucket.put

    def stops(path: str, content: bytes, mark: str = "") -> None:
        if path == LAST and mark:
            raise ClientError({"Error": {"Code": "InternalError"}}, "PutObject")
        put(path, content, mark)

    monkeypatch.setattr(bucket, "put", stops)
    with pytest.raises(ClientError):
        react(render, bucket)
    assert bucket.mark() is None
    monkeypatch.undo()
    react(render, bucket)
    assert bucket.mark() not in {None, first}


def test_pages_are_asked_for_again_and_say_what_they_are(
    world: World, bucket: Site, render: Callable[[], Files]
) -> None:
    react(render, bucket)
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
