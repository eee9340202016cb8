"""Fixtures that every kind of test may use."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from moto import mock_aws

if TYPE_CHECKING:
    from tests.stack import Stack

os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="eu-central-1")
os.environ.update(POWERTOOLS_SERVICE_NAME="tests", POWERTOOLS_LOG_LEVEL="WARNING", POWERTOOLS_METRICS_NAMESPACE="Tests")

# How long an example takes says nothing about a rule, and a busy machine is slow.
settings.register_profile("rules", deadline=None)
settings.load_profile("rules")


@pytest.fixture
def aws() -> Iterator[None]:
    """AWS as moto knows it. (Once-only transactions and uploads are proved on the emulator instead.)"""
    with mock_aws():
        yield


@pytest.fixture(scope="session")
def stack() -> "Iterator[Stack]":
    """The deployed product, put up once for all tests that need it."""
    from tests.stack import Stack

    with Stack() as deployed:
        yield deployed
