"""Reads the packaged number of how often a machine client may ask for a code."""

import json
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "policies" / "checks.json"


@cache
def daily() -> int:
    """Give how many checks a client has on a day."""
    told: int = json.loads(_FILE.read_text(encoding="utf-8"))["most"]
    return told
