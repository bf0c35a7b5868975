"""Tell what is being done and how long it took; a refusal is one clear line with its remedy."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_START = time.monotonic()
_TICK = 2.0


class Refusal(Exception):
    """Something is missing or in the way; the message says what, and what to do about it."""


@contextmanager
def phase(label: str) -> Iterator[None]:
    """Print a label, a dot every two seconds while the work lasts, and the seconds it took."""
    began, done = time.monotonic(), threading.Event()
    print(f"  {label} ", end="", flush=True)
    ticker = threading.Thread(target=_tick, args=(done,), daemon=True)
    ticker.start()
    try:
        yield
    except BaseException:
        done.set()
        print(" failed", flush=True)
        raise
    done.set()
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def _tick(done: threading.Event) -> None:
    while not done.wait(_TICK):
        print(".", end="", flush=True)


def elapsed() -> float:
    """Seconds since this program began."""
    return time.monotonic() - _START


def refuse(error: Refusal) -> int:
    """Print a refusal; give the exit status for it."""
    print(f"\n{error}", file=sys.stderr)
    return 1
