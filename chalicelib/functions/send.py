"""Placeholder wiring of `send`."""

from typing import Any

from chalice.app import Blueprint

functions = Blueprint(__name__)


@functions.lambda_function(name="send")
def send(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Accept an event."""
    return {}
