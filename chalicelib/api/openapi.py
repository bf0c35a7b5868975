"""OpenAPI 3.1, made from the route table and the same models that check the requests."""

import re
from typing import Any

from chalice.app import Blueprint, Response
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

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
    told, schemas = _schemas([one for methods in routes.values() for one in _operations(methods).values()])
    paths: dict[str, Any] = {}
    for path, methods in sorted(routes.items()):
        for method, operation in _operations(methods).items():
            paths.setdefault(path, {})[method.lower()] = _operation(path, operation, told)
    return {
        "openapi": "3.1.0",
        "info": {"title": "安心码 Anxinma 业务接口", "version": VERSION},
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": PROBLEM},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
        "security": [{"bearer": []}],
    }


class _Schema(GenerateJsonSchema):
    """What is answered has every attribute of a value, also one that may be left out when it is made."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        declared = field["type"] == "typed-dict-field" or self.mode == "validation"
        return super().field_is_required(field, total) if declared else True


def _operations(methods: dict[str, Any]) -> dict[str, Operation]:
    named = {method: OPERATIONS.get(entry.view_function.__name__) for method, entry in methods.items()}
    return {method: operation for method, operation in named.items() if operation}


def _schemas(operations: list[Operation]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """Describe bodies and answers, by (operation, mode), and what they are made of, by name."""
    inputs: list[Any] = []
    for one in operations:
        inputs.append((one.name, "serialization", TypeAdapter(one.answer)))
        if one.body:
            inputs.append((one.name, "validation", TypeAdapter(one.body)))
    told, more = TypeAdapter.json_schemas(inputs, ref_template="#/components/schemas/{model}", schema_generator=_Schema)
    return told, dict(more.get("$defs", {}))


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


def _operation(path: str, operation: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    parameters = [_parameter(name, "path", required=True) for name in re.findall(r"{(\w+)}", path)]
    answer = schemas[operation.name, "serialization"]
    if operation.lists:
        answer = _page(answer)
        asked = ("state", "limit", "cursor", *operation.filters)
        parameters += [_parameter(name, "query", required=False) for name in asked]
    if operation.body:
        parameters.append(_parameter(KEY, "header", required=True))
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.doc,
        "x-right": operation.may,
        "parameters": parameters,
        "responses": {
            str(operation.status): {"description": "done", "content": {"application/json": {"schema": answer}}},
            "default": {
                "description": "refused, with every fault",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }
    if operation.body:
        schema = schemas[operation.name, "validation"]
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return told


def _page(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": line}, "next": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
    }  # fmt: skip


def _parameter(name: str, place: str, *, required: bool) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": {"type": "string"}}
