"""What the public fills in, checked field by field so that every fault is named at once (DESIGN 5)."""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from chalicelib.rules.errors import Fault, Malformed
from chalicelib.rules.numbers import phone_ok

_DIGITS = frozenset("0123456789")
_EMAIL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+-/=?^_`{|}~@")


class Form:
    """The fields of one body. Ask for each, then call `done`; a faulty field reads as empty until then."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self._faults: list[Fault] = []

    def fault(self, field: str, code: str, message: str) -> str:
        """Note a fault; the field reads as empty."""
        self._faults.append(Fault(field, code, message))
        return ""

    def text(self, field: str, name: str, *, most: int, least: int = 0) -> str:
        """Read a text of `least` to `most` characters; `name` is what a person calls it. 0 is optional."""
        found = self._given.get(field)
        if found is None or found == "":
            return self.fault(field, "required", f"请填写{name}") if least else ""
        if not isinstance(found, str) or not all(mark.isprintable() or mark in "\r\n\t" for mark in found):
            return self.fault(field, "not-text", f"{name}应为文字")
        found = found.strip()
        if len(found) > most:
            return self.fault(field, "too-long", f"{name}不能超过{most}个字")
        if len(found) < least:
            return self.fault(field, "too-short", f"{name}至少{least}个字")
        return found

    def word(self, field: str) -> str:
        """Read a field that no person fills in; empty for anything but a short text."""
        found = self._given.get(field)
        return found if isinstance(found, str) and len(found) <= 64 else ""

    def choice(self, field: str, name: str, allowed: tuple[str, ...]) -> str:
        """Read one of the allowed words, the first where none is given."""
        found = self._given.get(field) or allowed[0]
        return found if found in allowed else self.fault(field, "not-allowed", f"{name}不在可选范围内")

    def phone(self, field: str, *, required: bool = False) -> str:
        """Read a mobile number: the mainland's 11 digits, or another country's with + if optional."""
        found = self.text(field, "手机号", most=24, least=1 if required else 0)
        bare = "".join(mark for mark in found if mark not in " -()（）").removeprefix("+86")
        foreign = bare.startswith("+") and 8 <= len(bare) <= 16 and _DIGITS.issuperset(bare[1:])
        if found and not (phone_ok(bare) or (foreign and not required)):
            return self.fault(field, "phone", "手机号应为1开头的11位数字")
        return bare

    def email(self, field: str) -> str:
        """Read an e-mail address; only its rough shape can be checked."""
        found = self.text(field, "电子邮箱", most=100, least=1)
        name, _, host = found.partition("@")
        parts = host.split(".")
        sound = 0 < len(name) <= 64 and "@" not in host and len(parts) > 1 and all(parts) and len(parts[-1]) > 1
        if found and not (sound and _EMAIL.issuperset(found.lower())):
            return self.fault(field, "email", "电子邮箱格式不正确")
        return found

    def done(self) -> None:
        """Raise Malformed with every fault that was noted, if any."""
        if self._faults:
            raise Malformed("提交的内容有误，请按提示修改", faults=tuple(self._faults))


def digest(key: bytes, content: Mapping[str, Any]) -> str:
    """Tell a body from another without keeping it; keyed, so that a phone in it cannot be guessed back."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, text.encode(), "sha256").hex()
