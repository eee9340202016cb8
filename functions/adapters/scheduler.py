"""One-time schedules for the next milestone of a complaint. Never cancelled: a stale one finds nothing to do."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.settings import Timing

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient


class Scheduler:
    """EventBridge Scheduler, aimed at the timers queue."""

    def __init__(self, client: "EventBridgeSchedulerClient", settings: Timing) -> None:
        self._client = client
        self._settings = settings

    def arm(self, reference: str, at: datetime) -> None:
        """Wake the complaint at a moment, once. Arming twice is arming once: the name holds the moment."""
        moment = at.astimezone(UTC)
        try:
            self._client.create_schedule(
                Name=f"{reference}-{int(moment.timestamp())}",
                GroupName=self._settings.schedule_group,
                ScheduleExpression=f"at({moment:%Y-%m-%dT%H:%M:%S})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": self._settings.timers_queue_arn,
                    "RoleArn": self._settings.schedule_role_arn,
                    "Input": json.dumps({"kind": "milestone", "reference": reference}),
                },
            )
        except self._client.exceptions.ConflictException:
            return
