"""What the OpenAPI document says of answers, held against answers: nothing wrong, nothing missing, nothing more."""

import re
from functools import cache

import jsonschema

import app
from chalicelib.api.openapi import document


def strict(schema):
    """A schema that takes no key which it does not name."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema and "additionalProperties" not in schema else {}
    return {name: strict(value) for name, value in schema.items()} | closed


@cache
def described():
    """The document with a pattern for each of its paths, those with fewer parameters first."""
    told = strict(document(app.app.routes))
    paths = sorted(told["paths"], key=lambda path: path.count("{"))
    return told, [(re.compile(re.sub("{[^}]+}", "[^/]+", path)), path) for path in paths]


def undescribed(method, path, status, answer):
    """What of an answer the document does not say, of the operation whose path it is."""
    told, patterns = described()
    place = path.partition("?")[0]
    found = next((one for pattern, one in patterns if pattern.fullmatch(place)), None)
    if found is None or status >= 300:
        return []
    schema = told["paths"][found][method.lower()]["responses"][str(status)]["content"]["application/json"]["schema"]
    validator = jsonschema.Draft202012Validator({**schema, "components": told["components"]})
    return [f"{one.json_path}: {one.message[:200]}" for one in validator.iter_errors(answer)]
