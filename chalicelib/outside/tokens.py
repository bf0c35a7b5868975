"""Access tokens of any OIDC issuer that the settings name: RS256 pinned, keys cached (CONTRACTS: Sign-in)."""

import json
import time
import urllib.request
from hashlib import sha256
from typing import Any, NamedTuple

import jwt

from chalicelib import settings
from chalicelib.rules.errors import NotPermitted

KEYS_LAST = 3600
RETRY_AFTER = 30
_cached: dict[str, tuple[float, dict[str, Any]]] = {}


class Bearer(NamedTuple):
    """Whom a token names (`iss|sub`), which sign-in it came of, and when that was, in seconds since 1970."""

    subject: str
    session: str
    since: int


def read(bearer: str) -> Bearer:
    """Check a bearer token and tell of it; NotPermitted names why not (for the log, not for the caller)."""
    token = bearer.partition(" ")[2] if bearer.lower().startswith("bearer ") else ""
    try:
        header = jwt.get_unverified_header(token)
        told = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise NotPermitted("not a token", rule="not-a-token") from None
    issuer = next((one for one in settings.issuers() if one["issuer"] == told.get("iss")), None)
    if issuer is None:
        raise NotPermitted("unknown issuer", rule="unknown-issuer")
    claims = _verified(token, issuer, str(header.get("kid")))
    audience = claims.get(issuer["audience_claim"])
    if issuer["audience"] not in (audience if isinstance(audience, list) else [audience]):
        raise NotPermitted("another audience", rule="wrong-audience")
    if issuer.get("token_use") and claims.get("token_use") != issuer["token_use"]:
        raise NotPermitted("another use", rule="wrong-use")
    subject = f"{claims['iss']}|{claims['sub']}"
    return Bearer(subject, _session(subject, claims, token), _since(claims))


def _since(claims: dict[str, Any]) -> int:
    """Tell when the person signed in. Only `auth_time` does: a refreshed token has another `iat`, by which a sign-in
    that was ended would begin anew."""
    told = claims.get("auth_time")
    if isinstance(told, bool) or not isinstance(told, int) or told < 0:
        raise NotPermitted("no time of the sign-in", rule="no-auth-time")
    return told


def _session(subject: str, claims: dict[str, Any], token: str) -> str:
    """Name a sign-in by what all of its tokens have in common; where an issuer tells no such thing, by the token."""
    told = next((str(claims[name]) for name in ("origin_jti", "sid", "jti") if claims.get(name)), token)
    return sha256(f"{subject}|{told}".encode()).hexdigest()[:32]


def _verified(token: str, issuer: dict[str, Any], kid: str) -> dict[str, Any]:
    key = _key(issuer["jwks_url"], kid)
    options: Any = {"require": ["exp", "iat", "iss", "sub"], "verify_aud": False}
    try:
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=["RS256"], issuer=issuer["issuer"], options=options, leeway=5
        )
    except jwt.InvalidTokenError as error:
        raise NotPermitted("bad token", rule=type(error).__name__) from None
    return claims


def _key(url: str, kid: str) -> Any:
    fetched, keys = _cached.get(url, (0.0, {}))
    age = time.monotonic() - fetched
    if (kid not in keys and (not keys or age > RETRY_AFTER)) or age > KEYS_LAST:
        keys = _fetch(url)
        _cached[url] = (time.monotonic(), keys)
    if kid not in keys:
        raise NotPermitted("unknown key", rule="unknown-key")
    return keys[kid]


def _fetch(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=3) as answer:  # noqa: S310 - the address is our own setting
        told = json.load(answer)
    return {key["kid"]: jwt.PyJWK(key).key for key in told["keys"] if key.get("kty") == "RSA" and "kid" in key}
