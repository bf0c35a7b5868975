"""OpenAPI 3.1, made from the route table and the same models that check the requests."""

import re
from typing import Any

from chalice.app import Blueprint, Response
from pydantic.json_schema import models_json_schema

from chalicelib.api import replies
from chalicelib.api.answered import KEY, OPERATIONS, Operation

description = Blueprint(__name__)
VERSION = "0.1.0"


@description.route("/openapi.json", methods=["GET"])
def openapi() -> Response:
    """GET the description of the staff API."""
    return replies.ok(document(description._current_app.routes))  # type: ignore[union-attr]


def document(routes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Make the document of a Chalice route table."""
    bodies = sorted({one.body for one in OPERATIONS.values() if one.body}, key=lambda body: body.__name__)
    _, schemas = models_json_schema(
        [(body, "validation") for body in bodies], ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, Any] = {}
    for path, methods in sorted(routes.items()):
        for method, entry in methods.items():
            operation = OPERATIONS.get(entry.view_function.__name__)
            if operation:
                paths.setdefault(path, {})[method.lower()] = _operation(path, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "安心码 Anxinma 业务接口", "version": VERSION},
        "paths": paths,
        "components": {
            "schemas": {**schemas.get("$defs", {}), "Problem": PROBLEM},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
        "security": [{"bearer": []}],
    }


PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
            },
        },
    },
}


def _operation(path: str, operation: Operation) -> dict[str, Any]:
    parameters = [_parameter(name, "path", required=True) for name in re.findall(r"{(\w+)}", path)]
    if operation.paged:
        parameters += [_parameter(name, "query", required=False) for name in ("state", "limit", "cursor")]
    if operation.body:
        parameters.append(_parameter(KEY, "header", required=True))
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.doc,
        "x-right": operation.may,
        "parameters": parameters,
        "responses": {
            str(operation.status): {"description": "done", "content": {"application/json": {"schema": {}}}},
            "default": {
                "description": "refused, with every fault",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }
    if operation.body:
        schema = {"$ref": f"#/components/schemas/{operation.body.__name__}"}
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return told


def _parameter(name: str, place: str, *, required: bool) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": {"type": "string"}}
