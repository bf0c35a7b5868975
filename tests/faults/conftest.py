"""The weather of a test: nothing goes wrong until it is told to."""

import pytest

from tests.actions.conftest import Town
from tests.conftest import forget
from tests.faults.weather import Weather


@pytest.fixture
def weather():
    """Faults of AWS to order, each of which the test has to meet; no client is kept beyond the test."""
    forget()
    made = Weather()
    yield made
    made.clear()
    forget()
    assert made.unmet() == []


@pytest.fixture
def town(tables):
    """Ningbo with two companies."""
    return Town()
