"""Notices (G4): written to the outbox once for each change, however often the change is seen."""

import json
from datetime import datetime
from typing import Any

from chalicelib.outside import queues
from chalicelib.records import archives, traces

COLOURS = {"green": "绿色", "yellow": "黄色", "red": "红色", "grey": "灰色（暂不能确认）"}
STATES = {
    "issued": "证书已核发，正在制证", "active": "证书已启用", "suspended": "证书已暂停", "lost": "证书已挂失",
    "revoked": "证书已注销", "returned": "申请已退回，请按原因补正", "refused": "申请不予办理", "done": "申请已办结",
}  # fmt: skip


def colour_turned(old: dict[str, Any], new: dict[str, Any], at: datetime) -> str | None:
    """Tell the company that a code has turned; `old` and `new` are images of a code. None when nothing is to tell."""
    before, after = old.get("colour"), new.get("colour")
    if before is None or after is None or before == after:
        return None
    archive = archives.find(new["archive"])
    if archive is None:
        return None
    name = f"colour#{int(new['revision']):08d}#{new['projected_on']}#{after}"
    text = f"{archive.worker.masked_name} 的安心码由{COLOURS[before]}变为{COLOURS[after]}，请查看原因并尽快处理"
    return _tell(archive.key, archive.binding.company, name, text, at)


def moved(old: dict[str, Any] | None, new: dict[str, Any], at: datetime) -> str | None:
    """Tell the company that a certificate or an application moved on; images of an archive's meta row."""
    before, after = json.loads((old or {}).get("brief") or "{}"), json.loads(new.get("brief") or "{}")
    states = [after.get(noun) for noun in ("certificate", "application") if before.get(noun) != after.get(noun)]
    words = [STATES[state] for state in states if state in STATES]
    if not words:
        return None
    text = f"{after['name']}：{'；'.join(words)}"
    return _tell(new["pk"], after["company"], f"moved#{int(new['revision']):08d}", text, at)


def _tell(archive: str, company: str, name: str, text: str, at: datetime) -> str | None:
    _, city, worker = archive.split("#")
    told = {"at": at.isoformat(timespec="seconds"), "text": text, "worker": worker}
    sk = traces.notify(archive, name, told, city=city, company=company)
    queues.put("SEND_QUEUE", [{"archive": archive, "notice": sk}])  # even if it was there: a send may have failed
    return sk


def send(archive: str, notice: str, at: datetime) -> bool:
    """Deliver a notice in the admin site, the one channel that needs no set-up; say whether this was the delivery."""
    return traces.deliver(archive, notice, "in-app", at.isoformat(timespec="seconds"))
