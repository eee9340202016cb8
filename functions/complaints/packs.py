"""Policy packs: what an organisation promises and what the law makes it promise, as data."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from complaints import calendar


class Limit(BaseModel):
    """A length of time. The day of receipt does not count; the limit ends with its last local day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int
    unit: Literal["working"]


class Pack(BaseModel):
    """One pack, as packs/<id>.toml holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: int
    effective_from: date
    confidence: str
    legal_review: str
    acknowledge: Limit
    answer: Limit
    remind_at_share: float
    reopen_within_days: int
    title: dict[Literal["tr", "en"], str]


@dataclass(frozen=True)
class Rules:
    """What binds this organisation: its pack, its calendar, and whether one person may both investigate and decide."""

    pack: Pack
    calendar: calendar.Calendar
    approver_may_be_handler: bool = False


@cache
def load(name: str) -> Pack:
    """The pack `name`. Raises FileNotFoundError if there is none."""
    return Pack.model_validate(tomllib.loads((files(__package__) / "packs" / f"{name}.toml").read_text("utf-8")))
