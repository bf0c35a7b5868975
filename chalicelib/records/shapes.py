"""Values of `rules` to JSON text and back, by their types."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")


def dump(value: Any) -> str:
    """Write a dataclass value as JSON text."""
    return _adapter(type(value)).dump_json(value).decode()


def load(kind: type[Value], text: str) -> Value:
    """Read a dataclass value from JSON text; an attribute it does not know is left out."""
    value: Value = _adapter(kind).validate_json(text)
    return value


_adapters: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def restore(kind: type[Value], told: Any) -> Value:
    """Make a dataclass value of plain JSON data, as `plain` gave it."""
    value: Value = _adapter(kind).validate_python(told)
    return value


def plain(value: Any) -> Any:
    """Give a dataclass value as plain JSON data."""
    return _adapter(type(value)).dump_python(value, mode="json")
