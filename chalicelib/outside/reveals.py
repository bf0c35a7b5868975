"""Reads the packaged numbers of how often an account may see what is sealed."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.rules.reveal import Daily

_FILE = Path(__file__).parent.parent / "policies" / "reveals.json"


def daily() -> Daily:
    """Give the numbers of a day: from which the association is told, and after which there is no more."""
    told = _told()
    return Daily(told["alert"], told["stop"])


def batches() -> Daily:
    """Give the same numbers for the files of background batches, which are counted apart."""
    return Daily(**_told()["batches"])


@cache
def _told() -> Any:
    return json.loads(_FILE.read_text(encoding="utf-8"))
