"""Batches: many decisions under one key, each its own transaction, safe to repeat and with its own result."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib.records.commit import repeated
from chalicelib.rules.act import Act
from chalicelib.rules.errors import Clash, Problem

Result = dict[str, Any] | Problem


def each(
    act: Act, names: list[str], do: Callable[[Act, str], Any], brief: Callable[[Any], dict[str, Any]]
) -> list[tuple[str, Result]]:
    """Do each of a batch; a refusal becomes that item's result and stops no other. `brief` tells of a done one."""
    return [(name, _one(replace(act.part(name), show=brief), name, do)) for name in names]


def _one(act: Act, name: str, do: Callable[[Act, str], Any]) -> Result:
    try:
        return _once(act, name, do)
    except Problem as problem:
        return problem


def _once(act: Act, name: str, do: Callable[[Act, str], Any]) -> dict[str, Any]:
    if (before := repeated(act)) is not None:
        return dict(before[0])
    try:
        return dict(act.show(do(act, name)))
    except Clash:
        if (before := repeated(act)) is not None:
            return dict(before[0])
        raise
