"""Reads the packaged numbers of how often an account may see what is sealed."""

import json
from functools import cache
from pathlib import Path

from chalicelib.rules.reveal import Daily

_FILE = Path(__file__).parent.parent / "policies" / "reveals.json"


@cache
def daily() -> Daily:
    """Give the numbers of a day: from which the association is told, and after which there is no more."""
    told = json.loads(_FILE.read_text(encoding="utf-8"))
    return Daily(told["alert"], told["stop"])
