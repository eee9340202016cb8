"""Each journey begins on a Monday morning."""

import pytest

from tests.dates import MON_2_MAR, at
from tests.world import World


@pytest.fixture
def world(aws: None) -> World:
    return World(at(MON_2_MAR))
