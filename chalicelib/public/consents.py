"""The packaged texts that a worker consents to: the notice and what is asked apart, by version (PIPL 17, 29)."""

import json
import os
from datetime import date
from typing import Any

from chalicelib.outside import clock

Text = dict[str, Any]
_FILE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "words", "consents.json")
_read: list[Text] = []


def versions() -> list[Text]:
    """Give every version, oldest first: {version, from, lead, close, clauses: [{title, text}], separate: [{id, title,
    text}]}."""
    if not _read:
        with open(_FILE, encoding="utf-8") as file:
            _read.extend(json.load(file)["versions"])
    return _read


def in_force(on: date) -> Text:
    """Give the version that is asked for on a day; before the first of them that one."""
    begun = [one for one in versions() if one["from"] <= str(on)]
    return begun[-1] if begun else versions()[0]


def latest() -> Text:
    """Give the version that is asked for today."""
    return in_force(clock.today())
