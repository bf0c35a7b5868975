"""The only reader of the environment. Importing any module works with nothing set."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is dear, and the public check reads settings
    from typing import Any


def required(name: str) -> str:
    """Return a setting that the code cannot work without; RuntimeError names the missing one."""
    try:
        return os.environ[name]
    except KeyError:
        raise RuntimeError(f"setting {name} is missing; infra/functions.yaml gives it") from None


def optional(name: str) -> str | None:
    """Return a setting that may be absent, such as a table's name while packaging."""
    return os.environ.get(name)


def issuers() -> "list[dict[str, Any]]":
    """Give the issuers whose tokens count: `{issuer, jwks_url, audience_claim, audience, token_use|null}` each."""
    import json

    found: list[dict[str, Any]] = json.loads(required("ISSUERS"))
    return found
