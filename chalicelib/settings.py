"""The only reader of the environment. Importing any module works with nothing set."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is dear, and the public check reads settings
    from typing import Any

# what lies below os.environ, which the check would ask ten times through layers of Python
_environment: dict[bytes, bytes] = os.environ._data  # type: ignore[attr-defined]


def required(name: str) -> str:
    """Return a setting that the code cannot work without; RuntimeError names the missing one."""
    found = optional(name)
    if found is None:
        raise RuntimeError(f"setting {name} is missing; infra/functions.yaml gives it")
    return found


def optional(name: str) -> str | None:
    """Return a setting that may be absent, such as a table's name while packaging."""
    raw = _environment.get(name.encode())
    return None if raw is None else raw.decode()


def issuers() -> "list[dict[str, Any]]":
    """Give the issuers whose tokens count: `{issuer, jwks_url, audience_claim, audience, token_use|null}` each."""
    import json

    found: list[dict[str, Any]] = json.loads(required("ISSUERS"))
    return found
