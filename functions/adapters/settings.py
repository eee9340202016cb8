"""What each function must be told by its environment. A missing setting fails the cold start, not a complaint."""

import os
from functools import cached_property
from typing import Self

from pydantic import BaseModel, ConfigDict

from complaints.calendar import Calendar, load


class Settings(BaseModel):
    """Read from the environment variables of the same name in capitals."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def read(cls) -> Self:
        """The settings of this process. Raises ValidationError naming what is missing."""
        return cls.model_validate(
            {name: os.environ[name.upper()] for name in cls.model_fields if name.upper() in os.environ}
        )


class Ruled(Settings):
    """The organisation's rules."""

    calendar: str
    time_zone: str
    approver_may_be_handler: bool = False

    @cached_property
    def home(self) -> Calendar:
        """The calendar of the country, in the organisation's time zone."""
        return load(self.calendar).model_copy(update={"time_zone": self.time_zone})


class Stored(Settings):
    """The table."""

    table: str


class Sealed(Stored):
    """The table, and the means to read the words in it."""

    keys_table: str
    root_secret: str


class Organised(Settings):
    """Who we are, to the outside."""

    organisation: str
    help_phone: str
    site_url: str


class Shown(Ruled, Organised):
    """What the public pages say of us."""


class Publishing(Stored, Shown):
    """publication."""

    site_bucket: str


class Sending(Settings):
    """How mail leaves."""

    sender: str
    configuration_set: str


class Web(Sealed, Ruled, Organised):
    """intake, desk."""

    files_bucket: str


class Checking(Stored, Ruled):
    """evidence."""

    files_bucket: str


class Posting(Sealed, Ruled, Organised, Sending):
    """acknowledgement, correspondence."""


class Closing(Posting):
    """closure."""

    files_bucket: str


class Informing(Stored, Ruled, Organised, Sending):
    """escalation."""


class Announcing(Settings):
    """outbox."""

    bus: str


class Counting(Stored):
    """insight."""

    time_zone: str


class Timing(Stored, Ruled, Announcing):
    """timers."""

    timers_queue_arn: str
    schedule_group: str
    schedule_role_arn: str
