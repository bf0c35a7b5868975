"""The only reader of the environment. Importing any module works with nothing set."""

# the documented dictionary under `os.environ`, whose layers of Python would cost a check a quarter of LIMIT
from posix import environ

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing is dear, and the public check reads settings
    from typing import Any


def required(name: str) -> str:
    """Return a setting that the code cannot work without; RuntimeError names the missing one."""
    found = optional(name)
    if found is None:
        raise RuntimeError(f"setting {name} is missing; infra/functions.yaml gives it")
    return found


def optional(name: str) -> str | None:
    """Return a setting that may be absent, such as a table's name while packaging."""
    raw = environ.get(name.encode())
    return None if raw is None else raw.decode()


def second_factor_roles() -> frozenset[str]:
    """Name the roles that sign in with a second factor; `none` is none."""
    return frozenset((optional("SECOND_FACTOR") or "none").split(",")) - {"none"}


def session_hours() -> int:
    """Give for how many hours a sign-in counts."""
    return int(optional("SESSION_HOURS") or 12)


def stamp(names: tuple[bytes, ...]) -> list[bytes | None]:
    """Give settings as they stand, undecoded: what was made of them holds as long as this is the same."""
    return list(map(environ.get, names))


def issuers() -> "list[dict[str, Any]]":
    """Give the issuers whose tokens count: `{issuer, jwks_url, audience_claim, audience, token_use|null}` each."""
    import json

    found: list[dict[str, Any]] = json.loads(required("ISSUERS"))
    return found
