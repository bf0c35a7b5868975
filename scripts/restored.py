"""Whether what was restored is what was backed up: counts, every code by its digest, every chain of the ledger."""

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.rules.days import day_of
from scripts import audit as ledger
from scripts import backup_tables, reach
from scripts.backup_manifest import Manifest, Row

FOUND = 5
"""How many of what differs are named."""


@dataclass
class Report:
    """What was compared, line by line, and what was not as it was."""

    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    uninvited: int = 0

    @property
    def well(self) -> bool:
        """Whether all is as it was."""
        return not self.faults

    def add(self, line: str, fault: str = "") -> None:
        """Add a line, and what is wrong about it."""
        self.lines.append(f"{'WRONG ' if fault else ''}{line}{f': {fault}' if fault else ''}")
        self.faults += [fault] if fault else []


def compare(stack: reach.Reached, manifest: Manifest) -> Report:
    """Compare the tables and the codes with the backup."""
    report, dynamodb = Report(), stack.client("dynamodb")
    for name in ("register", "ledger", "inbox"):
        _rows(report, manifest, name, dynamodb, stack.outputs[backup_tables.TABLES[name]])
    _codes(report, manifest, dynamodb, stack.outputs["CodesTable"])
    return report


def _rows(report: Report, manifest: Manifest, name: str, dynamodb: Any, table: str) -> None:
    """Look for each key of a section; what has run out since is not missed, and what came since is no fault."""
    kept = {_key(row) for row in manifest.rows(name) if "ttl" not in row}
    there = {_key(item) for items, _ in backup_tables.pages(dynamodb, table, None) for item in items}
    lost = kept - there
    fault = f"{len(lost)} rows are missing, such as {sorted(lost)[0]}" if lost else ""
    report.add(f"{name:<9}{len(kept):>9} rows of the backup that last, {len(there)} there", fault)


def _key(item: Row) -> str:
    return f"{item['pk']['S']} {item.get('sk', {'S': ''})['S']}".rstrip()


def _codes(report: Report, manifest: Manifest, dynamodb: Any, table: str) -> None:
    """Compare each code that was computed anew with the one of before; of a later revision it may differ."""
    before = {row["pk"]: row for row in manifest.rows("computed")}
    items = (item for page, _ in backup_tables.pages(dynamodb, table, None) for item in page)
    now = {one["pk"]: one for item in items if backup_tables.is_code(item) for one in [backup_tables.told_of(item)]}
    later = [pk for pk in before if pk in now and now[pk]["revision"] > before[pk]["revision"]]
    differ = [pk for pk in before if pk not in later and now.get(pk) != before[pk]]
    named = ", ".join(f"…{pk[-4:]}" for pk in sorted(differ)[:FOUND])
    line = f"{'codes':<9}{len(before):>9} of the backup, {len(now)} computed, {len(later)} of them from later decisions"
    report.add(line, f"{len(differ)} are not as they were ({named})" if differ else "")


def invite(stack: reach.Reached, report: Report) -> None:
    """Invite the person of every account into the stack's own user pool; who could not be is no fault of the data."""
    os.environ.update(_settings(stack))
    # the tables' names are read when the models are imported
    from chalicelib.actions import invitations
    from chalicelib.outside import clock
    from chalicelib.rules.act import SYSTEM, Act

    at = clock.now()
    told = invitations.send_anew(Act(account=SYSTEM, at=at, on=day_of(at)))
    report.add(f"{'accounts':<9}{len(told.anew):>9} invited anew, {len(told.kept)} were already")
    report.uninvited = len(told.failed)
    if told.failed:
        report.lines.append(f"  {len(told.failed)} could not be ({told.failed[0]}); make invite tries again")
    if told.unreached:
        report.lines.append(f"  without an e-mail of ours, to be made anew by hand: {', '.join(told.unreached)}")


def audit(stack: reach.Reached, report: Report, began: datetime) -> None:
    """Verify every chain and root of the ledger; nights since the backup began have no root yet."""
    os.environ.update(_settings(stack))
    found = ledger.broken(stack, at=began)
    report.add("ledger: every chain and every root", f"{len(found)} broken, such as {found[0]}" if found else "")


def _settings(stack: reach.Reached) -> dict[str, str]:
    named = {"REGISTER_TABLE": "RegisterTable", "LEDGER_TABLE": "LedgerTable", "CODES_TABLE": "CodesTable"}
    named |= {"KEY_ID": "KeyId", "USER_POOL_ID": "UserPoolId", "LEDGER_BUCKET": "LedgerBucketName"}
    named |= {"SIGNING_KEY_ID": "SigningKeyId"}
    found = {name: stack.outputs[output] for name, output in named.items() if output in stack.outputs}
    issuers = {"ISSUERS": json.dumps([{"issuer": stack.auth["issuer"]}])} if "UserPoolId" in stack.outputs else {}
    return found | issuers | stack.environment
