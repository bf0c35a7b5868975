"""What the public sends, each put once: a key is taken or it is not; nothing is read or replaced."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib import settings
from chalicelib.public import store
from chalicelib.public.store import Item
from chalicelib.rules.errors import Reused

_KEPT = timedelta(days=30)


def sent(
    kind: str,
    key: str,
    *,
    body: Mapping[str, Any],
    body_hash: str,
    at: datetime,
    about: Mapping[str, str],
) -> str:
    """Put `{kind}#{key}`; give the instant it was first sent, so that a repeat has the same answer.

    `about` are further text attributes, left out where empty. Reused when the key holds another body.
    """
    texts = {
        "pk": f"{kind}#{key}",
        "kind": kind,
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "body_hash": body_hash,
        "at": at.isoformat(timespec="seconds").replace("+00:00", "Z"),
    } | {name: text for name, text in about.items() if text}
    earlier = _put(texts, at + _KEPT)
    return texts["at"] if earlier is None else _same(earlier, body_hash)


def sent_before(kind: str, key: str, body_hash: str) -> str | None:
    """Give the instant `{kind}#{key}` was first sent, None if it never was; Reused when the key holds another body."""
    earlier = store.met(settings.required("INBOX_TABLE"), f"{kind}#{key}")
    return None if earlier is None else _same(earlier, body_hash)


def _same(earlier: Item, body_hash: str) -> str:
    if store.text(earlier, "body_hash") != body_hash:
        raise Reused("这次提交已经用于另一内容，请刷新页面后重新填写")
    at: str = earlier["at"]["S"]
    return at


def taken(number: str, window: int, count: int, ends: datetime) -> bool:
    """Take try `count` of a number in a window; False when it was taken before."""
    pk = f"try#{number}#{window}#{count}"
    return _put({"pk": pk, "kind": "try"}, ends + timedelta(hours=1)) is None


def _put(texts: Mapping[str, str], ttl: datetime) -> Item | None:
    item: Item = {name: {"S": text} for name, text in texts.items()}
    item["ttl"] = {"N": str(int(ttl.timestamp()))}
    return store.put(settings.required("INBOX_TABLE"), item)
