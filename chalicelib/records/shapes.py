"""Values of `rules` to JSON text and back, by their types."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")


def dump(value: Any) -> str:
    """Write a dataclass value as JSON text."""
    return _adapter(type(value)).dump_json(value).decode()


def load(kind: type[Value], text: str) -> Value:
    """Read a dataclass value from JSON text; an attribute it does not know is left out."""
    return _adapter(kind).validate_json(text)  # type: ignore[no-any-return]


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def plain(value: Any) -> Any:
    """Give a dataclass value as plain JSON data."""
    return _adapter(type(value)).dump_python(value, mode="json")
