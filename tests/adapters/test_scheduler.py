"""Schedules: one for the next moment of a complaint, by a name that makes arming twice arming once."""

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from adapters.scheduler import Scheduler
from adapters.settings import Timing

GROUP = "redress-test"
AT_NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def client(aws: None) -> Any:
    client = boto3.client("scheduler", region_name="eu-central-1")
    client.create_schedule_group(Name=GROUP)
    return client


def arm(client: Any, at: datetime) -> list[dict[str, Any]]:
    """The group's schedules after arming one."""
    settings = Timing(
        table="Table",
        calendar="TR",
        time_zone="Europe/Istanbul",
        bus="bus",
        timers_queue_arn="arn:aws:sqs:eu-central-1:123456789012:timers",
        schedule_group=GROUP,
        schedule_role_arn="arn:aws:iam::123456789012:role/timetable",
    )
    Scheduler(client, settings).arm("7K4M29XRQ3A", at)
    names = [one["Name"] for one in client.list_schedules(GroupName=GROUP)["Schedules"]]
    return [client.get_schedule(Name=name, GroupName=GROUP) for name in names]


def test_arming_twice_is_arming_once(client: Any) -> None:
    arm(client, AT_NOON)
    assert len(arm(client, AT_NOON)) == 1


def test_a_new_moment_is_a_new_schedule_and_the_old_one_is_left_to_find_nothing(client: Any) -> None:
    arm(client, AT_NOON)
    assert len(arm(client, AT_NOON.replace(day=30))) == 2


def test_a_schedule_says_its_moment_in_utc_whatever_clock_the_country_keeps(client: Any) -> None:
    london_in_summer = datetime.fromisoformat("2026-07-01T23:59:59+01:00")
    (found,) = arm(client, london_in_summer)
    assert found["ScheduleExpression"] == "at(2026-07-01T22:59:59)"
    assert (found["ScheduleExpressionTimezone"], found["FlexibleTimeWindow"]["Mode"]) == ("UTC", "OFF")


def test_a_date_ten_years_out_is_armed_like_any_other(client: Any) -> None:
    (found,) = arm(client, AT_NOON.replace(year=2036))
    assert found["ScheduleExpression"] == "at(2036-03-31T12:00:00)"
