"""The only place that asks for randomness."""

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def identifier(length: int = 12) -> str:
    """Make an opaque id of 5 bits a character."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def digits(length: int) -> str:
    """Make random decimal digits."""
    return "".join(secrets.choice("0123456789") for _ in range(length))


def octets(length: int) -> bytes:
    """Make random bytes."""
    return secrets.token_bytes(length)


def password() -> str:
    """Make a first password that any of our user pool's rules accept."""
    return f"{identifier(12)}-{identifier(4).lower()}a7!"
