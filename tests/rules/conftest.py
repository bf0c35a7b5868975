"""Facts to start from: everything holds on 2026-11-21 under every packaged policy."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")  # a busy machine is no fault of a rule

SOUND: dict[str, Any] = {
    "certificate": {"state": "active", "issued_on": "2026-05-02", "until": "2028-05-01", "review_due": None},
    "exams": [{"category": "养老照护", "from": "2026-03-02", "until": "2027-03-01"}],
    "insurances": [{"from": "2026-06-01", "until": "2027-05-31", "third_party": True}],
    "background": {"conclusion": "passed", "checked_on": "2026-06-01", "due_on": "2027-05-31"},
    "consent": {"given_on": "2026-04-20", "withdrawn_on": None},
    "identity": "verified",
    "training": "done",
    "company": "active",
    "stop": None,
    "service_types": ["养老照护"],
}


@pytest.fixture
def told() -> Callable[..., dict[str, Any]]:
    """Facts in the contract's JSON with some parts replaced; a dict is laid over the part of that name."""

    def build(**parts: Any) -> dict[str, Any]:
        facts = deepcopy(SOUND)
        laid = {
            name: facts[name] | part if isinstance(part, dict) and facts[name] else part
            for name, part in parts.items()
        }
        return facts | laid

    return build
