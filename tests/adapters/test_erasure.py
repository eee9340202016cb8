"""What is kept no longer is destroyed each night; what is held stays, and what was interrupted is taken up again."""

from datetime import date, datetime
from typing import Any

import pytest

from adapters import erasure
from adapters.table import Destroyed
from adapters.vault import Unreadable
from complaints import commands as c
from complaints.complaint import Complaint, State
from complaints.retention import held_because, kept_until
from complaints.rules import Keeping, Organisation, Rules
from tests.builders import COMPLAINANT, INVESTIGATED, RULES, lived, then
from tests.dates import MON_2_MAR, at
from tests.world import AUDITOR, HANDLER, World
from tests.world import LEAD as RIZA

WED_4_MAR, FRI_2_MAR_2029, SAT_3_MAR_2029 = date(2026, 3, 4), date(2029, 3, 2), date(2029, 3, 3)
WITHDRAWN = ((COMPLAINANT, c.Withdraw(medium="tracking_page", words="Vazgeçtim.")),)


def ruled(**retention: Keeping) -> Rules:
    named = {name.replace("_", "-"): one for name, one in retention.items()}
    return Rules(Organisation(retention=named), RULES.home)


@pytest.fixture
def world(aws: None) -> World:
    return World(at(MON_2_MAR))


def withdrawn(world: World, receipt: dict[str, Any], on: date | None = None) -> str:
    """A complaint that its complainant takes back, at once or on a later day."""
    world.settle()
    world.now = at(on) if on else world.now
    token, _ = world.open(receipt)
    answer = world.public.post("/api/public/track/acts/withdraw", json={"words": "Vazgeçtim."}, headers=token)
    assert answer.status_code == 200, answer.text
    world.settle()
    return str(receipt["reference"])


def closed(world: World) -> list[dict[str, Any]]:
    return list(world.staff(RIZA).get("/api/desk/complaints?queue=closed").json()["rows"])


def found(world: World, text: str) -> list[str]:
    return [one["reference"] for one in world.staff(RIZA).get(f"/api/desk/search?q={text}").json()["rows"]]


def facts(world: World) -> list[dict[str, Any]]:
    return list(world.items.query(PK="FACTS#2026-03"))


# --- what the rules say ----------------------------------------------------------------------------------------------


def test_a_complaint_is_kept_for_as_long_as_its_pack_says() -> None:
    until = kept_until(then(lived(*WITHDRAWN)), RULES)
    assert until and RULES.calendar.day_of(until) == date(2029, 3, 2)


def test_the_organisation_keeps_it_longer() -> None:
    until = kept_until(then(lived(*WITHDRAWN)), ruled(ISO_BASE=Keeping(count=10, unit="year")))
    assert until and RULES.calendar.day_of(until) == date(2036, 3, 2)


def test_what_is_open_is_held_however_old_it_is() -> None:
    assert held_because(then(lived(*INVESTIGATED))) == "open"
    assert kept_until(then(lived(*INVESTIGATED)), RULES) is None


def test_what_is_held_for_a_court_is_not_destroyed() -> None:
    held = then(lived(*WITHDRAWN)).model_copy(update={"legal_hold": True})
    assert (held_because(held), kept_until(held, RULES)) == ("legal_hold", None)


# --- what happens at night -------------------------------------------------------------------------------------------


def test_what_is_kept_no_longer_cannot_be_read_found_or_listed(world: World) -> None:
    receipt = world.submit()
    reference = withdrawn(world, receipt)
    world.s3.put_object(Bucket="files", Key=f"evidence/{reference}/one", Body=b"%PDF-1")
    world.s3.put_object(Bucket="files", Key=f"evidence/{reference}/one", Body=b"%PDF-2")
    kept = withdrawn(world, world.submit(what_happened="Kapak kırıldı, servis gelmedi."), on=WED_4_MAR)
    figures = facts(world)

    world.now = at(FRI_2_MAR_2029)
    world.destroy()
    assert set(found(world, "Nermin")) == {reference, kept}

    world.now = at(SAT_3_MAR_2029)
    world.destroy()
    with pytest.raises(Unreadable):
        world.table.everything(reference)
    assert world.staff(RIZA).get(f"/api/desk/complaints/{reference}").status_code == 410
    assert found(world, "Nermin") == [kept]
    assert [one["reference"] for one in closed(world)] == [kept]
    assert world.s3.list_object_versions(Bucket="files").get("Versions", []) == []
    assert facts(world) == figures  # it still counts
    assert list(world.table.destroyed(at(MON_2_MAR))) == [Destroyed(world.now, reference, 1, restricted=False)]


def test_what_was_interrupted_is_taken_up_the_next_night(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = withdrawn(world, world.submit())
    world.now = at(SAT_3_MAR_2029)
    with monkeypatch.context() as power_cut:
        power_cut.setattr(world.table, "retire", lambda *_: 1 / 0)
        with pytest.raises(RuntimeError):
            world.destroy()
    assert [one["reference"] for one in closed(world)] == [reference]
    world.destroy()
    assert closed(world) == []


def test_what_there_is_no_time_for_is_destroyed_by_the_next_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    withdrawn(world, world.submit())
    world.now = at(SAT_3_MAR_2029)
    with monkeypatch.context() as slow:
        slow.setattr(erasure, "LASTS", -1)
        world.destroy()
    assert len(closed(world)) == 1
    world.destroy()
    assert closed(world) == []


def test_what_a_backup_brings_back_is_destroyed_again_within_the_time_of_a_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = [withdrawn(world, world.submit(about=about)) for about in ("Fırın", "Ocak", "Buzdolabı")]
    kept = world.items.client.scan(TableName="KeysTable")["Items"]
    world.now = at(SAT_3_MAR_2029)
    world.destroy()
    for key in kept:
        world.items.client.put_item(TableName="KeysTable", Item=key)
    world.wait(days=30)
    with monkeypatch.context() as slow:
        slow.setattr(erasure, "LASTS", -1)
        world.destroy()
    for reference in references:
        world.table.everything(reference)
    monkeypatch.setattr(world.keys, "get", lambda *_: 1 / 0)  # a hundred keys are one question
    world.destroy()
    assert world.items.client.scan(TableName="KeysTable")["Items"] == []


# --- what is reopened meanwhile --------------------------------------------------------------------------------------

TAKEN_UP = c.TakeUpAgain(medium="tracking_page")


def test_what_is_taken_up_again_just_before_it_is_destroyed_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = withdrawn(world, world.submit())
    world.now, condemn = at(SAT_3_MAR_2029), world.table.condemn

    def too_late(complaint: Complaint, now: datetime) -> bool:
        world.table.change(reference, TAKEN_UP, COMPLAINANT, now)
        return condemn(complaint, now)

    monkeypatch.setattr(world.table, "condemn", too_late)
    world.destroy()
    assert world.table.everything(reference).complaint.state != State.CLOSED
    assert found(world, "Nermin") == [reference]
    assert list(world.table.destroyed(at(MON_2_MAR))) == []


def test_what_is_taken_up_again_while_it_is_destroyed_is_not_open_without_its_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has read the complaint, decided, and is about to write when the night's run comes by."""
    reference = withdrawn(world, world.submit())
    world.now, transact = at(SAT_3_MAR_2029), world.items.transact

    def overtaken(writes: list[Any]) -> None:
        monkeypatch.undo()
        world.destroy()
        transact(writes)

    monkeypatch.setattr(world.items, "transact", overtaken)
    with pytest.raises(Unreadable):
        world.table.change(reference, TAKEN_UP, COMPLAINANT, world.now)
    case = world.table.load(reference)
    assert case and case.state == State.CLOSED
    assert [one.reference for one in world.table.destroyed(at(MON_2_MAR))] == [reference]


def test_the_log_counts_what_was_restricted_only_for_those_who_may_know_of_it(world: World) -> None:
    secret = world.submit()
    hidden = {"confidential": True, "members": [HANDLER], "words": "Basın izliyor."}
    world.move(RIZA, secret["reference"], "restrict", hidden)
    withdrawn(world, secret)
    withdrawn(world, world.submit(), on=WED_4_MAR)
    for day in (SAT_3_MAR_2029, date(2029, 3, 5)):
        world.now = at(day)
        world.destroy()
    logs = {sub: world.staff(sub).get("/api/desk/retention").json()["log"] for sub in (HANDLER, AUDITOR)}
    common = {"on": "2029-03-05", "complaints": 1, "files": 0}
    assert logs == {HANDLER: [common, {"on": "2029-03-03", "complaints": 1, "files": 0}], AUDITOR: [common]}


def test_what_was_merged_is_kept_for_as_long_as_what_it_was_merged_into(world: World) -> None:
    one = world.submit()["reference"]
    other = world.submit(what_happened="Fırının camı patladı, dün de yazmıştım.")["reference"]
    world.settle()
    world.move(RIZA, one, "merge", {"into": other, "words": "Aynı fırın."})
    world.now = at(SAT_3_MAR_2029)
    world.destroy()
    world.table.everything(one)
