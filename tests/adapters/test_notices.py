"""What waits to be told: once for each person and event, until it was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.notices import Notice, Notices
from tests.dates import MON_2_MAR, TUE_3_MAR, at
from tests.world import World

NOON = at(TUE_3_MAR, 12)
NOTICE = Notice(
    sub="ayşe",
    kind="reminder",
    reference="7K4M29XRQ3A",
    event=7,
    promise="answer",
    due=at(TUE_3_MAR, 18),
    priority=2,
    at=at(MON_2_MAR),
    urgency="digest",
    send_after=NOON,
    instead_of="burak",
)
BARE = replace(NOTICE, sub="burak", kind="assigned", promise=None, due=None, priority=None, instead_of=None)


@pytest.fixture
def world(aws: None) -> World:
    return World(at(MON_2_MAR))


@pytest.fixture
def notices(world: World) -> Notices:
    return Notices(world.items)


@pytest.mark.parametrize("notice", [NOTICE, BARE], ids=["full", "bare"])
def test_a_notice_comes_back_as_it_was_kept_and_not_before_its_time(notices: Notices, notice: Notice) -> None:
    notices.add(notice)
    assert list(notices.due(NOON - timedelta(seconds=1))) == []
    assert list(notices.due(NOON)) == [notice]


def test_the_same_event_is_kept_once_for_each_person(notices: Notices) -> None:
    notices.add(NOTICE)
    notices.add(replace(NOTICE, kind="escalated", send_after=NOON + timedelta(hours=1)))
    notices.add(replace(NOTICE, sub="ceyda"))
    assert {(one.sub, one.kind) for one in notices.due(at(TUE_3_MAR, 20))} == {
        ("ayşe", "reminder"),
        ("ceyda", "reminder"),
    }


def test_what_was_told_does_not_come_again_not_even_when_its_fact_does(world: World, notices: Notices) -> None:
    notices.add(NOTICE)
    assert notices.waits(NOTICE)
    notices.done(NOTICE, NOON)
    notices.add(NOTICE)
    assert not notices.waits(NOTICE)
    assert list(notices.due(NOON)) == []
    kept = world.items.get(NOTICE.key)
    assert kept and kept["sent_at"] == "2026-03-03T12:00:00Z"
    assert kept["expires"] == int((NOON + timedelta(days=30)).timestamp())


def test_those_that_wait_longest_come_first(notices: Notices) -> None:
    notices.add(replace(NOTICE, event=8, send_after=NOON + timedelta(minutes=1)))
    notices.add(NOTICE)
    assert [one.event for one in notices.due(NOON + timedelta(minutes=1))] == [7, 8]
