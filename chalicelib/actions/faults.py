"""Pydantic's errors in a clerk's words, every one of them, never with the value that was sent."""

import re
from collections.abc import Collection
from typing import Any

from pydantic import ValidationError

from chalicelib.rules.errors import Fault, Malformed

_NAME = re.compile("[a-z_.]{1,60}")
WORDS = {
    "missing": "必填项未填写",
    "extra_forbidden": "没有这一项",
    "string_too_short": "内容太短（至少 {min_length} 个字）",
    "string_too_long": "内容太长（最多 {max_length} 个字）",
    "string_pattern_mismatch": "格式不正确",
    "string_type": "应为文字",
    "date_from_datetime_parsing": "日期应写作 2026-01-31 的样子",
    "date_parsing": "日期应写作 2026-01-31 的样子",
    "date_type": "日期应写作 2026-01-31 的样子",
    "literal_error": "应为以下之一：{expected}",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "greater_than_equal": "不能小于 {ge}",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "json_invalid": "不是有效的 JSON",
    "date_from_datetime_inexact": "日期应写作 2026-01-31 的样子",
    "model_attributes_type": "应为一个对象",
    "model_type": "应为一个对象",
    "tuple_type": "应为一个列表",
}


def of(error: ValidationError) -> list[Fault]:
    """Name each fault: the field's path, a stable code, and words."""
    return [_fault(one) for one in error.errors(include_input=False, include_url=False)]


def ask_for_one_of(field: str, given: str, known: Collection[str]) -> None:
    """Refuse what is none of the known: Malformed, naming them."""
    if given not in known:
        words = f"应为以下之一：{'、'.join(known)}"
        raise Malformed(words, faults=(Fault(field, "unknown", words),))


def _fault(one: Any) -> Fault:
    field = ".".join(str(part) for part in one["loc"])
    if one["type"] == "extra_forbidden" and not _NAME.fullmatch(field):
        field = ""
    kind = str(one["type"])
    words = WORDS.get(kind) or (one["msg"] if not one["msg"].isascii() else "内容不正确")
    context = one.get("ctx") or {}
    return Fault(field, kind.replace("_", "-"), words.format(**context) if "{" in words else words)
