"""Placeholder wiring of `work`."""

from typing import Any

from chalice.app import Blueprint

functions = Blueprint(__name__)


@functions.lambda_function(name="work")
def work(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Accept an event."""
    return {}
