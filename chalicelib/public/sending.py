"""What the public POSTs share: the nonce they stand on and the phone they may leave."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.public import stack
from chalicelib.public.forms import Form
from chalicelib.public.seal import sealed
from chalicelib.rules import live


def nonce(form: Form) -> str:
    """Read the nonce field as it was given out; `standing` names the fault of any that is not good."""
    return form.word("nonce").upper()


def standing(form: Form, given: str, token: str, at: datetime, keys: Iterable[bytes]) -> bytes:
    """Give the key that the nonce was made under, or name the fault and give none (15 minutes, CONTRACTS)."""
    for key in keys:
        made = live.read_nonce(key, token, given, at)
        if made:
            return key
    form.fault("nonce", "nonce-not-good", "页面已过期，请刷新后重新提交")
    return b""


def hidden(phone: str) -> dict[str, str]:
    """Give the body's part for a phone: sealed, or nothing."""
    return {"phone": sealed(phone, stack.seal_public())} if phone else {}
