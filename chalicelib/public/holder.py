"""The holder's part of a code's item, made ready once: what no day changes, escaped, in both languages."""

from html import escape
from typing import Any

_NAMES = {
    "zh": ("姓名", "服务类型", "所属企业", "证书编号"),
    "en": ("Name", "Services", "Company", "Certificate"),
}


def fragment(holder: dict[str, Any], lang: str) -> str:
    """Give the HTML of `holder` (contracts/check.schema.json) for the check's page; `lang` is `zh` or `en`.

    >>> fragment(holder, "zh")
    '<dl><dt>姓名</dt><dd>王*芳</dd>…</dl>'
    """
    name, services, company, certificate = _NAMES[lang]
    between = ", " if lang == "en" else "、"
    rows = (
        (name, holder["name"]),
        (company, holder["company"] or "—"),
        (services, between.join(holder["service_types"])),
        (certificate, holder["certificate"]),
    )
    return "<dl>" + "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in rows) + "</dl>"
