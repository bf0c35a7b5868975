"""One of the functions that answer the public: what it keeps from call to call, and how far its clock is off."""

import sys
from copy import deepcopy
from datetime import timedelta
from functools import _lru_cache_wrapper
from types import SimpleNamespace
from typing import Any

from chalicelib.outside import policies
from chalicelib.public import answer, codes, stack
from chalicelib.rules import digest

PLACES = ((answer, "_policies"), (codes, "_codes"), (policies, "_read"), (digest, "_ready"), (stack, "_Kept"))
"""Where the public function keeps what it keeps; its connection stands at the edge of this world."""
STEP = timedelta(seconds=30)
"""How far a clock may be off, either way."""


class Process:
    """A function that has just started; `steps` is how many steps of 30 seconds its clock is ahead."""

    def __init__(self, steps: int = 0) -> None:
        self.steps = steps
        self._kept: list[tuple[Any, str, Any]] = [(module, name, _empty(vars(module)[name])) for module, name in PLACES]
        self.enter()
        stack.forget()

    @property
    def drift(self) -> timedelta:
        """How far its clock is ahead."""
        return self.steps * STEP

    def enter(self) -> None:
        """Let the next call be answered by this one."""
        for module, name, value in self._kept:
            setattr(module, name, value)


def forget_keys() -> None:
    """Start the functions behind the public one anew: what they keep they keep in caches."""
    for name in [name for name in sys.modules if name.startswith("chalicelib.")]:
        for value in vars(sys.modules[name]).values():
            if isinstance(value, _lru_cache_wrapper):
                value.cache_clear()


def _empty(kept: Any) -> Any:
    if isinstance(kept, dict):
        return {}
    return SimpleNamespace(**{name: deepcopy(value) for name, value in vars(kept).items() if not name.startswith("_")})
