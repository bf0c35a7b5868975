"""Reads the packaged templates of notices and the quiet hours."""

import json
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.rules.notice import Letter, Quiet, Template

_FILE = Path(__file__).parent.parent / "words" / "notices.json"


def load(name: str) -> Template | None:
    """Give a template in its latest version; None where nothing is told under this name."""
    told = _document()["templates"].get(name)
    if told is None:
        return None
    letters = {to: Letter(tuple(letter["channels"]), letter["text"]) for to, letter in told["to"].items()}
    return Template(name, told["version"], told["title"], told.get("urgent", False), letters)


def names() -> list[str]:
    """Name every template."""
    return sorted(_document()["templates"])


def quiet() -> Quiet:
    """Give the hours in which nobody is woken."""
    told = _document()["quiet"]
    return Quiet(time.fromisoformat(told["from"]), time.fromisoformat(told["until"]))


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return document
