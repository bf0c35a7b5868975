"""Placeholder wiring of `receive`."""

from typing import Any

from chalice.app import Blueprint

functions = Blueprint(__name__)


@functions.lambda_function(name="receive")
def receive(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Accept an event."""
    return {}
