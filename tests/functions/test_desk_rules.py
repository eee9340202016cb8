"""What the organisation settles: who may, what is refused, what it would do to the open work, and doing it."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from complaints.packs import catalogue
from desk import rules as desk_rules
from tests.builders import PATIENT
from tests.dates import MON_2_MAR, TUE_3_MAR, at
from tests.journeys.steps import ONE_POINT
from tests.world import ADMINISTRATOR, AUDITOR, HANDLER, LEAD, World

Refused = Callable[..., dict[str, Any]]
SignIn = Callable[..., TestClient]

TUE_10_MAR = date(2026, 3, 10)
BRIDGING = {"own_days": {TUE_10_MAR.isoformat(): "Köprü günü"}}
RULES = "/api/desk/rules"
DRAFT = next(name for name, versions in catalogue().items() if versions[-1].status == "draft" and "/" not in name)
VOUCHED = {"by": "Ayşe Gül Öz", "on": "2026-03-02", "words": "Hukuk birimi okudu."}
OURS = """
id = "{id}"
base = "{base}"
status = "ready"
confidence = "own_choice"
law = {law}
title = {{ tr = "Bizim kurallarımız", en = "Our own rules" }}
[[versions]]
number = 1
effective_from = 2026-01-01
answer = {{ count = {days}, unit = "{unit}" }}
"""
ELSEWHERE = PATIENT.replace("law =", 'calendar = "../XX"\nlaw =')


def ours(days: int, base: str = "ISO-BASE", unit: str = "working_day", name: str = "OURS") -> str:
    """A pack of the organisation's own, which is to tighten another one."""
    return OURS.format(id=name, base=base, days=days, unit=unit, law=str(base != "ISO-BASE").lower())


def in_force(world: World) -> dict[str, Any]:
    return dict(world.staff(ADMINISTRATOR).get(RULES).json())


def settle(world: World, *, version: int | None = None, reason: str = "Yönetim kararı.", **changes: Any) -> Any:
    """Settle what is in force, with changes, on the newest version or on one seen before."""
    now = in_force(world)
    return world.staff(ADMINISTRATOR).put(
        RULES,
        json={"organisation": {**now["organisation"], **changes}, "reason": reason},
        headers={"If-Match": f'"{now["version"] if version is None else version}"'},
    )


def settled(world: World, **changes: Any) -> dict[str, Any]:
    answer = settle(world, **changes)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def preview(world: World, **changes: Any) -> dict[str, Any]:
    proposal = {"organisation": {**in_force(world)["organisation"], **changes}}
    answer = world.staff(ADMINISTRATOR).post(f"{RULES}/preview", json=proposal)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def apply(world: World) -> dict[str, int]:
    answer = world.staff(ADMINISTRATOR).post(f"{RULES}/apply", json={"reason": "Köprü günü eklendi."})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def due(world: World, reference: str, promise: str) -> str:
    return next(one["due_on"] for one in world.case(HANDLER, reference)["promises"] if one["promise"] == promise)


def kinds(world: World, reference: str) -> list[str]:
    return [event.type for event in world.table.everything(reference).events]


@pytest.fixture
def reference(world: World) -> str:
    """A complaint received on Monday 2 March, which is to be answered by Tuesday the 31st."""
    return str(world.submit()["reference"])


# --- reading and settling --------------------------------------------------------------------------------------------


def test_what_the_product_brings_along_nobody_has_settled(world: World) -> None:
    now = in_force(world)
    assert (now["version"], now["by_name"], now["at"], now["reason"], now["history"]) == (0, None, None, None, [])
    assert (now["organisation"]["packs"], now["organisation"]["ceiling"]) == (["ISO-BASE"], 40)
    assert {"TR", "GB-ENG"} <= set(now["calendars"])


def test_who_may_only_read_is_told_so(world: World) -> None:
    assert [world.staff(sub).get(RULES).json()["can_change"] for sub in (AUDITOR, ADMINISTRATOR)] == [False, True]


def test_what_is_settled_says_by_whom_when_and_why(world: World) -> None:
    now = settled(world, ceiling=30, reason="Ekip küçüldü.")
    assert (now["version"], now["by_name"], now["at"], now["reason"]) == (
        1,
        "Ayşe Gül Öz",
        "2026-03-02T10:00:00Z",
        "Ekip küçüldü.",
    )
    assert now == in_force(world)
    assert world.rules.organisation.ceiling == 30


def test_every_version_is_kept_the_newest_first(world: World) -> None:
    settled(world, ceiling=30, reason="Ekip küçüldü.")
    settled(world, ceiling=50, reason="Ekip büyüdü.")
    assert [(one["version"], one["reason"]) for one in in_force(world)["history"]] == [
        (2, "Ekip büyüdü."),
        (1, "Ekip küçüldü."),
    ]


def test_each_setting_says_who_changed_it_last_and_when(world: World) -> None:
    settled(world, ceiling=30, reason="Ekip küçüldü.")
    world.wait(days=1)
    now = settled(world, ceiling=30, digest_at=["10:00"], reason="Sabah geç başlıyoruz.")
    assert {name: (one["version"], one["at"][:10], one["by_name"]) for name, one in now["changed"].items()} == {
        "ceiling": (1, "2026-03-02", "Ayşe Gül Öz"),
        "digest_at": (2, "2026-03-03", "Ayşe Gül Öz"),
    }


def test_a_figure_of_a_later_year_is_settled_beside_those_the_product_knows(world: World) -> None:
    now = settled(world, values={"tuketici_hakem_heyeti": {"2027": "233000"}})
    known = next(one for one in now["figures"] if one["name"] == "tuketici_hakem_heyeti")
    assert (known["currency"], known["years"]) == ("TRY", {"2026": "186000"})
    assert world.rules.value("tuketici_hakem_heyeti", 2027)[1] == 233_000


def test_a_figure_that_nobody_knows_is_not_settled(world: World, refused: Refused) -> None:
    said = refused(settle(world, values={"asgari_ucret": {"2027": "1"}}), 422, "validation")
    assert said["errors"] == [{"pointer": "/organisation/values/asgari_ucret", "code": "unknown_field"}]


def test_whoever_comes_second_gets_what_is_in_force_now(world: World, refused: Refused) -> None:
    settled(world, ceiling=30)
    said = refused(settle(world, version=0, ceiling=50), 409, "out-of-date")
    assert said["current"] == in_force(world)
    assert said["current"]["organisation"]["ceiling"] == 30


@pytest.mark.parametrize("version", [1, 999_999])
def test_a_version_from_the_future_is_out_of_date_too(world: World, refused: Refused, version: int) -> None:
    refused(settle(world, version=version), 409, "out-of-date")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"ceiling": 0}, "/organisation/ceiling", "wrong_type"),
        ({"colour": "red"}, "/organisation/colour", "unknown_field"),
        ({"targets": {}}, "/organisation/targets", "targets"),
        ({"ladder": [{"share": 1, "later": 1, "tell": ["owner"]}]}, "/organisation/ladder/0", "share_or_later"),
        ({"ladder": [{"share": 1, "tell": ["everybody"]}]}, "/organisation/ladder/0/tell/0", "choice_required"),
        ({"hours": {"someday": []}}, "/organisation/hours", "weekday"),
        ({"hours": {"mon": [{"opens": "18:00", "closes": "09:00"}]}}, "/organisation/hours/mon/0", "hours_invalid"),
        (
            {"hours": {"mon": [{"opens": "09:00", "closes": "12:00"}, {"opens": "11:00", "closes": "18:00"}]}},
            "/organisation/hours",
            "hours_invalid",
        ),
        ({"hours": {"mon": []}}, "/organisation/hours", "hours_invalid"),
        ({"digest_at": ["14:00", "09:00"]}, "/organisation/digest_at", "order"),
        ({"packs": ["NOWHERE"]}, "/organisation/packs/0", "pack_unknown"),
        ({"packs": ["ISO-BASE", DRAFT]}, "/organisation/packs/1", "pack_draft"),
        ({"by_category": {"3": "TR-BANKA"}}, "/organisation/by_category/3", "pack_not_in_use"),
        ({"own_packs": ["not = [toml"]}, "/organisation/own_packs", "pack_invalid"),
        ({"own_packs": ['versions = ["x"]']}, "/organisation/own_packs", "pack_invalid"),
        ({"own_packs": ["a = " + "[" * 5_000]}, "/organisation/own_packs", "pack_invalid"),
        ({"own_packs": [ours(10, name="TR-BANKA")]}, "/organisation/own_packs/0", "pack_name_taken"),
        ({"own_packs": [ours(10), ours(9)]}, "/organisation/own_packs", "pack_name_taken"),
        ({"own_packs": [ELSEWHERE]}, "/organisation/own_packs", "calendar_unknown"),
    ],
)
def test_what_cannot_be_settled_says_where_and_why(
    world: World, refused: Refused, changes: dict[str, Any], pointer: str, code: str
) -> None:
    said = refused(settle(world, **changes), 422, "validation")
    assert {"pointer": pointer, "code": code} in said["errors"]


@pytest.mark.parametrize("reason", [None, "", " ", 7])
def test_nothing_is_settled_without_a_reason(
    world: World, refused: Refused, nothing_written: None, reason: Any
) -> None:
    said = refused(settle(world, reason=reason), 422, "validation")
    assert [error["pointer"] for error in said["errors"]] == ["/reason"]


@pytest.mark.parametrize("if_match", ["", "*", "bir", "-1"])
def test_nothing_is_settled_on_no_version(world: World, refused: Refused, nothing_written: None, if_match: str) -> None:
    body = {"organisation": {}, "reason": "Deneme."}
    refused(world.staff(ADMINISTRATOR).put(RULES, json=body, headers={"If-Match": if_match}), 422, "validation")


def test_a_draft_can_be_chosen_once_somebody_vouches_for_it(world: World) -> None:
    settled(world, packs=["ISO-BASE", DRAFT], confirmed={DRAFT: VOUCHED})
    assert in_force(world)["organisation"]["confirmed"] == {DRAFT: VOUCHED}


@pytest.mark.parametrize(
    ("pack", "taken"),
    [
        (ours(15), True),
        (ours(20), True),
        (ours(21), False),
        (ours(29, "TR-BANKA", "calendar_day"), True),
        (ours(31, "TR-BANKA", "calendar_day"), False),
        (ours(20, unit="calendar_day"), True),
        (ours(30, unit="calendar_day"), False),  # thirty days can be longer than twenty working days
    ],
)
def test_an_own_pack_may_tighten_another_and_not_loosen_it(world: World, pack: str, taken: bool) -> None:
    answer = settle(world, own_packs=[pack], packs=["OURS"])
    if taken:
        assert answer.status_code == 200, answer.text
    else:
        assert answer.json()["errors"] == [{"pointer": "/organisation/own_packs/0", "code": "pack_loosens"}]


@pytest.mark.parametrize("own_packs", [[], [ours(14)], [ours(15, name="OTHER")]])
def test_an_own_pack_that_was_settled_stays_as_it_is(world: World, refused: Refused, own_packs: list[str]) -> None:
    settled(world, own_packs=[ours(15)])
    said = refused(settle(world, own_packs=own_packs), 422, "validation")
    assert said["errors"] == [{"pointer": "/organisation/own_packs", "code": "pack_rewritten"}]


def test_an_own_pack_gets_another_version(world: World) -> None:
    settled(world, own_packs=[ours(15)])
    later = '[[versions]]\nnumber = 2\neffective_from = 2026-06-01\nanswer = { count = 12, unit = "working_day" }\n'
    settled(world, own_packs=[ours(15) + later])
    assert world.rules.in_force("OURS", date(2026, 6, 1)).number == 2


# --- trying out ------------------------------------------------------------------------------------------------------


def test_a_preview_shows_the_old_day_and_the_new_one_and_writes_nothing(
    world: World, reference: str, nothing_written: None
) -> None:
    said = preview(world, **BRIDGING)
    assert (said["problems"], said["open"], said["touched"], said["earlier"], said["later"]) == ([], 1, 1, 0, 1)
    answer = {"reference": reference, "promise": "answer", "point": None, "old": "2026-03-31", "new": "2026-04-01"}
    assert answer in said["examples"]


def test_a_preview_of_what_is_in_force_touches_nothing(world: World, reference: str) -> None:
    said = preview(world)
    assert (said["open"], said["touched"], said["examples"], said["ending"]) == (1, 0, [], {"next": 0, "soon": 0})


@pytest.mark.parametrize("changes", [{"ladder": [{"share": 0.5, "tell": ["lead"]}]}, {"digest_at": []}, {"ceiling": 9}])
def test_ladder_digest_and_ceiling_move_no_day(world: World, reference: str, changes: dict[str, Any]) -> None:
    assert preview(world, **changes)["touched"] == 0


def test_a_preview_names_what_is_wrong_and_works_nothing_out(world: World, reference: str) -> None:
    said = preview(world, packs=["NOWHERE"], **BRIDGING)
    assert said["problems"] == [{"pointer": "/organisation/packs/0", "code": "pack_unknown"}]
    assert (said["open"], said["touched"]) == (1, 0)


def test_days_that_were_given_back_make_it_earlier(world: World, reference: str) -> None:
    settled(world, **BRIDGING)
    apply(world)
    said = preview(world, own_days={})
    assert (said["touched"], said["earlier"], said["later"]) == (1, 1, 0)


def test_an_own_day_off_does_not_move_what_a_law_sets(world: World) -> None:
    settled(world, packs=["TR-BANKA"])
    world.submit()
    assert "answer" not in {example["promise"] for example in preview(world, **BRIDGING)["examples"]}


def test_choosing_a_pack_does_not_touch_what_was_received_before(world: World, reference: str) -> None:
    assert preview(world, packs=["TR-BANKA"])["touched"] == 0
    settled(world, packs=["TR-BANKA"])
    assert apply(world)["changed"] == 0
    assert due(world, reference, "answer") == "2026-03-31"
    newer = str(world.submit()["reference"])  # which has thirty days, not twenty working days
    assert due(world, newer, "answer") == "2026-04-01"


def test_a_preview_gives_fifty_examples_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_rules, "EXAMPLES", 3)
    for _ in range(2):
        world.submit()
    said = preview(world, **BRIDGING)
    assert (said["touched"], len(said["examples"])) == (2, 3)


def test_a_preview_needs_no_key(world: World, reference: str) -> None:
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    assert preview(world, **BRIDGING)["touched"] == 1


# --- applying --------------------------------------------------------------------------------------------------------


def test_what_was_settled_holds_for_the_open_work_once_it_is_applied(world: World, reference: str) -> None:
    settled(world, **BRIDGING)
    assert due(world, reference, "answer") == "2026-03-31"
    assert apply(world) == {"changed": 1, "left": 0, "failed": 0}
    assert due(world, reference, "answer") == "2026-04-01"
    assert preview(world)["touched"] == 0


def test_the_history_says_why_the_days_were_worked_out_anew(world: World, reference: str) -> None:
    settled(world, **BRIDGING)
    apply(world)
    newest = world.case(HANDLER, reference)["timeline"][0]
    assert (newest["type"], newest["words"], newest["by"]["name"]) == (
        "ClocksRecalculated",
        "Köprü günü eklendi.",
        "Ayşe Gül Öz",
    )


def test_applied_again_it_changes_nothing(world: World, reference: str) -> None:
    settled(world, **BRIDGING)
    apply(world)
    assert apply(world) == {"changed": 0, "left": 0, "failed": 0}
    assert kinds(world, reference) == ["ComplaintReceived", "ClocksRecalculated"]


def test_one_call_changes_a_hundred_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_rules, "AT_ONCE", 2)
    for _ in range(3):
        world.submit()
    settled(world, **BRIDGING)
    assert [(done["changed"], done["left"]) for done in (apply(world), apply(world), apply(world))] == [
        (2, 1),
        (1, 0),
        (0, 0),
    ]


def test_what_cannot_be_changed_stops_nothing_else(world: World, reference: str) -> None:
    other = world.submit()["reference"]
    settled(world, **BRIDGING)
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": reference}})
    assert apply(world) == {"changed": 1, "left": 0, "failed": 1}
    assert due(world, other, "answer") == "2026-04-01"


def test_a_promise_that_was_kept_keeps_its_day(world: World, reference: str) -> None:
    world.move(HANDLER, reference, "acknowledge", {"medium": "phone"})
    settled(world, own_days={TUE_3_MAR.isoformat(): "Köprü günü"})
    apply(world)
    assert due(world, reference, "acknowledge") == "2026-03-03"
    assert due(world, reference, "take_up") == "2026-03-04"


def test_a_changed_ladder_wakes_the_open_work_at_its_own_time_without_an_event(world: World, reference: str) -> None:
    world.move(HANDLER, reference, "acknowledge", {"medium": "phone"})
    settled(world, ladder=[{"later": 1, "tell": ["lead"]}])  # no reminder before the day
    before = world.items.get({"PK": f"C#{reference}", "SK": "CASE"}) or {}
    assert apply(world) == {"changed": 1, "left": 0, "failed": 0}
    after = world.items.get({"PK": f"C#{reference}", "SK": "CASE"}) or {}
    assert before["wakes_at"] < "2026-03-03T07" < after["wakes_at"]  # on the morning, and at the end of the day
    assert {**after, "wakes_at": None} == {**before, "wakes_at": None}
    assert apply(world)["changed"] == 0


def test_a_ladder_of_one_call_wakes_a_hundred_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_rules, "AT_ONCE", 2)
    for _ in range(3):
        world.submit()
    settled(world, ladder=[{"later": 1, "tell": ["lead"]}])  # no reminder before the day
    assert [(done["changed"], done["left"]) for done in (apply(world), apply(world))] == [(2, 1), (1, 0)]


# --- what is restricted ----------------------------------------------------------------------------------------------


def test_no_count_of_a_preview_or_of_what_was_applied_tells_of_a_restricted_complaint(
    world: World, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its days are worked out anew with those of the others."""
    monkeypatch.setattr(desk_rules, "AT_ONCE", 1)
    secrets = [str(world.submit()["reference"]) for _ in range(2)]
    for secret in secrets:
        world.move(LEAD, secret, "restrict", {"confidential": True, "members": [HANDLER], "words": "Basın izliyor."})
    said = preview(world, **BRIDGING)
    assert (said["open"], said["touched"], said["earlier"], said["later"]) == (1, 1, 0, 1)
    assert {one["reference"] for one in said["examples"]} == {reference}
    settled(world, **BRIDGING)
    world.items.client.delete_item(TableName="KeysTable", Key={"reference": {"S": secrets[1]}})
    assert apply(world) == {"changed": 1, "left": 0, "failed": 0}
    assert [due(world, one, "answer") for one in (reference, secrets[0])] == ["2026-04-01"] * 2
    settled(world, ladder=[{"later": 1, "tell": ["lead"]}], own_days=BRIDGING["own_days"])
    assert apply(world) == {"changed": 1, "left": 0, "failed": 0}
    assert not list(world.table.waking_wrongly())


def test_whoever_has_a_tie_to_a_complaint_applies_the_rules_to_it_with_all_the_others(
    world: World, reference: str
) -> None:
    """A calendar judges nobody. A refusal would stop the others, and tell somebody complained about that they are."""
    other = str(world.submit()["reference"])
    world.hire("sub-tied", "management-representative", "Biri")
    world.move("sub-tied", reference, "declare_conflict", {"words": "Komşum."})
    world.move(LEAD, other, "name_staff", {"staff": ["sub-tied"]})
    proposal = {"organisation": {**in_force(world)["organisation"], **BRIDGING}}
    assert world.staff("sub-tied").post(f"{RULES}/preview", json=proposal).json()["touched"] == 1
    settled(world, **BRIDGING)
    answer = world.staff("sub-tied").post(f"{RULES}/apply", json={"reason": "Köprü günü eklendi."})
    assert answer.json() == {"changed": 1, "left": 0, "failed": 0}
    assert [due(world, one, "answer") for one in (reference, other)] == ["2026-04-01"] * 2


def test_no_example_names_a_format_that_somebody_asked_for(world: World) -> None:
    """Who settles rules has no need to know of a need."""
    world.submit(formats=["braille"])
    said = preview(world, own_days={TUE_3_MAR.isoformat(): "Köprü günü"})
    assert said["touched"] == 1
    assert said["examples"]
    assert "task" not in {one["promise"] for one in said["examples"]}


# --- packs -----------------------------------------------------------------------------------------------------------


def packs(world: World) -> dict[str, dict[str, Any]]:
    return {pack["id"]: pack for pack in world.staff(HANDLER).get("/api/desk/packs").json()["packs"]}


def test_every_pack_is_there_with_its_variants(world: World) -> None:
    assert set(packs(world)) == set(catalogue())


def test_a_pack_says_what_it_promises_and_what_stands_behind_it(world: World) -> None:
    bank = packs(world)["TR-BANKA"]
    assert "Yanıt: 30 gün" in bank["limits"]["tr"]
    assert (bank["law"], bank["status"], bank["confidence"], bank["calendar"]) == (True, "ready", "high", "TR")
    assert bank["sources"][0].startswith("https://")
    assert (bank["legal_review"], bank["confirmed"]) == (None, None)


def test_a_pack_in_use_brings_its_variants_along(world: World) -> None:
    settled(world, packs=["TR-BANKA"])
    assert {name for name, pack in packs(world).items() if pack["in_use"]} == {"TR-BANKA", "TR-BANKA/card"}


def test_a_draft_is_selectable_once_it_is_confirmed(world: World) -> None:
    assert not packs(world)[DRAFT]["selectable"]
    settled(world, confirmed={DRAFT: VOUCHED}, legal_reviews={DRAFT: VOUCHED})
    draft = packs(world)[DRAFT]
    assert (draft["selectable"], draft["confirmed"], draft["legal_review"]) == (True, VOUCHED, VOUCHED)


def test_an_own_pack_stands_among_the_others(world: World) -> None:
    settled(world, own_packs=[ours(15)])
    own = packs(world)["OURS"]
    assert (own["base"], own["selectable"], own["in_use"]) == ("ISO-BASE", True, False)


def test_a_category_put_out_of_use_keeps_its_name_where_it_was_given(world: World, reference: str) -> None:
    world.move(HANDLER, reference, "assess", ONE_POINT)
    listed = in_force(world)["organisation"]["categories"]
    settled(world, categories=[{**one, "active": one["number"] != 3} for one in reversed(listed)])
    offered = world.staff(HANDLER).get("/api/desk/categories").json()["categories"]
    assert [one["number"] for one in offered if one["active"]] == [*range(21, 3, -1), 2, 1]
    name = {"tr": "Ayıplı veya güvensiz", "en": "Defective or unsafe"}
    assert world.case(HANDLER, reference)["points"][0]["category_name"] == name


def test_a_category_is_never_deleted(world: World, refused: Refused) -> None:
    listed = in_force(world)["organisation"]["categories"]
    ours = {"number": 100, "name": {"tr": "Bayi davranışı", "en": "Conduct of a dealer"}, "active": True}
    settled(world, categories=[*listed, ours])
    said = refused(settle(world, categories=listed), 422, "validation")
    assert said["errors"] == [{"pointer": "/organisation/categories", "code": "category_gone"}]


@pytest.mark.parametrize("name", [{"tr": "Bayi"}, {"tr": "Bayi", "en": " "}])
def test_a_category_is_named_in_both_languages_or_not_at_all(
    world: World, refused: Refused, name: dict[str, str]
) -> None:
    listed = in_force(world)["organisation"]["categories"]
    said = refused(settle(world, categories=[*listed, {"number": 100, "name": name}]), 422, "validation")
    assert all(error["pointer"].startswith("/organisation/categories/21/name") for error in said["errors"])


def test_the_holidays_that_count_are_shown_for_a_year(world: World) -> None:
    said = world.staff(AUDITOR).get("/api/desk/calendar").json()
    days = {one["on"]: (one["name"], one["from_time"]) for one in said["holidays"]}
    assert (said["code"], said["name"]) == ("TR", "Türkiye")
    assert days["2026-04-23"] == ("Ulusal Egemenlik ve Çocuk Bayramı", None)
    assert days["2026-10-28"][1] == "13:00:00"  # the afternoon before Republic Day
    assert (min(days) >= "2026-03-02", max(days) <= "2027-03-02") == (True, True)


# --- how long complaints are kept ------------------------------------------------------------------------------------


def closed(world: World) -> None:
    """A complaint that is closed on Monday 2 March 2026, under the base's three years."""
    receipt = world.submit()
    world.settle()
    token, _ = world.open(receipt)
    world.public.post("/api/public/track/acts/withdraw", json={"words": "Vazgeçtim."}, headers=token)
    world.settle()


def test_what_would_be_destroyed_is_counted_before_anything_is_settled(world: World) -> None:
    closed(world)
    world.now = at(date(2026, 5, 30))
    sooner = {"ISO-BASE": {"count": 2, "unit": "month", "law": "Kurul kararı, m. 4"}}
    assert preview(world)["ending"] == {"next": 0, "soon": 0}
    assert preview(world, retention=sooner)["ending"] == {"next": 1, "soon": 0}
    in_three = {"ISO-BASE": {**sooner["ISO-BASE"], "count": 3}}
    assert preview(world, retention=in_three)["ending"] == {"next": 0, "soon": 1}
    assert world.staff(AUDITOR).get("/api/desk/retention").json() == {"next": 0, "soon": 0, "log": []}


def test_what_was_destroyed_is_on_record_by_day(world: World) -> None:
    closed(world)
    world.now = at(date(2029, 3, 3))
    world.destroy()
    said = world.staff(AUDITOR).get("/api/desk/retention").json()
    assert said == {"next": 0, "soon": 0, "log": [{"on": "2029-03-03", "complaints": 1, "files": 0}]}


@pytest.mark.parametrize(
    ("retention", "code"),
    [
        ({"ISO-BASE": {"count": 10, "unit": "year"}}, None),
        ({"ISO-BASE": {"count": 36, "unit": "month"}}, None),
        ({"ISO-BASE": {"count": 35, "unit": "month"}}, ("/organisation/retention/ISO-BASE/law", "retention_law")),
        ({"ISO-BASE": {"count": 1, "unit": "year", "law": "6698 sayılı Kanun, m. 7"}}, None),
        ({"NOWHERE": {"count": 9, "unit": "year"}}, ("/organisation/retention/NOWHERE", "pack_unknown")),
    ],
)
def test_a_complaint_is_kept_longer_at_will_and_shorter_by_a_law_alone(
    world: World, refused: Refused, retention: dict[str, Any], code: tuple[str, str] | None
) -> None:
    if code is None:
        settled(world, retention=retention)
    else:
        said = refused(settle(world, retention=retention), 422, "validation")
        assert said["errors"] == [{"pointer": code[0], "code": code[1]}]


def test_a_regulators_words_are_needed_until_somebody_copies_them_and_again_after_a_year(world: World) -> None:
    assert packs(world)["UK-FCA-DISP"]["needs"] == ["ombudsman"]
    words = {
        "en": "You have the right to refer your complaint.",
        "tr": "Şikâyetinizi ombudsmana taşıma hakkınız vardır.",
    }
    text = {"words": words, "checked_on": MON_2_MAR.isoformat()}
    settled(world, prescribed={"UK-FCA-DISP/ombudsman": text})
    assert packs(world)["UK-FCA-DISP"]["needs"] == []
    world.now = at(date(2027, 3, 3))
    assert packs(world)["UK-FCA-DISP"]["needs"] == ["ombudsman"]


@pytest.mark.parametrize("there", [{"en": "You have the right."}, {"en": "You have the right.", "tr": " "}])
def test_a_regulators_words_in_one_language_alone_are_refused_where_the_other_is_missing(
    there: dict[str, str], world: World, refused: Refused
) -> None:
    text = {"words": there, "checked_on": MON_2_MAR.isoformat()}
    said = refused(settle(world, prescribed={"UK-FCA-DISP/ombudsman": text}), 422, "validation")
    assert said["errors"] == [
        {"pointer": "/organisation/prescribed/UK-FCA-DISP/ombudsman/words/tr", "code": "required"}
    ]


# --- who may ---------------------------------------------------------------------------------------------------------


def test_a_handler_settles_nothing(world: World, refused: Refused, nothing_written: None) -> None:
    body = {"organisation": in_force(world)["organisation"], "reason": "Deneme."}
    refused(world.staff(HANDLER).put(RULES, json=body, headers={"If-Match": '"0"'}), 403, "not-allowed")


def test_an_administrator_settles_rules_and_reads_no_complaint(world: World, reference: str, refused: Refused) -> None:
    settled(world, ceiling=30)
    refused(world.staff(ADMINISTRATOR).get(f"/api/desk/complaints/{reference}"), 403, "not-allowed")
    refused(world.staff(ADMINISTRATOR).get("/api/desk/workload"), 403, "not-allowed")


def test_a_management_representative_settles_rules(world: World, sign_in: SignIn) -> None:
    body = {"organisation": {"ceiling": 30}, "reason": "Ekip küçüldü."}
    answer = sign_in("[management-representative]").put(RULES, json=body, headers={"If-Match": '"0"'})
    assert (answer.status_code, answer.json()["organisation"]["ceiling"]) == (200, 30)


def test_what_is_shown_can_be_settled_as_it_is(world: World) -> None:
    before = in_force(world)["organisation"]
    assert settled(world)["organisation"] == before
    assert json.loads(world.rules.organisation.model_dump_json(by_alias=True)) == before


def test_an_assessment_goes_by_the_packs_that_were_settled(world: World, reference: str) -> None:
    settled(world, packs=["ISO-BASE", "TR-BANKA"], by_category={"3": "TR-BANKA/card"})
    assert world.move(HANDLER, reference, "assess", ONE_POINT)["points"][0]["pack"] == "TR-BANKA/card"
