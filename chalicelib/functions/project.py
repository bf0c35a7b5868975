"""Placeholder wiring of `project`."""

from typing import Any

from chalice.app import Blueprint

functions = Blueprint(__name__)


@functions.lambda_function(name="project")
def project(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Accept an event."""
    return {}
