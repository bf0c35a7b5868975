"""Placeholder wiring of `sweep`."""

from typing import Any

from chalice.app import Blueprint

functions = Blueprint(__name__)


@functions.lambda_function(name="sweep")
def sweep(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Accept an event."""
    return {}
