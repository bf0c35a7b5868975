"""Restore a backup (FROM=, a folder or s3://bucket/prefix) into an empty stack, and say whether all is as it was.

The stack is STAGE= in REGION=, deployed with KEYS= and nothing else; on this machine it is deployed beside the one
that runs (PORT=, STACK=anxinma-anew). Broken off, the same command goes on: what was written whole is never written
again. People are invited last, when all is as it was; INVITE=no sends nobody an invitation.
"""

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from scripts import backup_manifest, backup_place, package, reach, restored, stack, streams
from scripts.backup_manifest import Manifest, Row
from scripts.backup_tables import TABLES, pages
from scripts.phases import Refusal, elapsed, phase, refuse
from scripts.restore_writes import put_items, put_objects

HELD = {"KeyId": "HeldKey", "PublicKeyId": "HeldPublicKey", "SigningKeyId": "HeldSigningKey"}
"""The template's parameter for each key that the manifest names."""
MARK = {"pk": {"S": "RESTORE"}, "sk": {"S": "from"}}
"""Stands in the register while a restore is under way, with the backup that it is of and how far it is."""
WRITTEN = {"S": "written"}
SWEEP = {"S": "SWEEP"}
"""The chain of the nights, which the sweep writes in an empty stack too."""
JOBS = {"job", "bulk_stop"}
SEVERAL = 3600
"""Seconds that computing all codes may take."""


def main() -> int:
    """Restore; give the exit status."""
    try:
        manifest = whole(os.environ)
        target = deployed(os.environ, manifest)
        report = into(target, manifest, invite=os.environ.get("INVITE") != "no")
    except Refusal as refusal:
        return refuse(refusal)
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}\nThe same command goes on where it stood."))
    for line in report.lines:
        print(f"  {line}")
    print(f"\n  {'all is as it was' if report.well else 'NOT all is as it was: see above'}, in {elapsed():.1f} s")
    if report.uninvited:
        print("  not everybody is invited yet; now: make invite")
    return 0 if report.well and not report.uninvited else 1


def into(target: reach.Reached, manifest: Manifest, *, invite: bool) -> restored.Report:
    """Restore into a stack, or go on with it; Refusal for a stack that is not empty."""
    print(f"  into {target.outputs['RegisterTable']}")
    if not begin(target, manifest):
        put_back(target, manifest)
        written(target, manifest)
    return awake(target, manifest, invite=invite)


def written(target: reach.Reached, manifest: Manifest) -> None:
    """Mark a stack as having all of the backup, so that nothing is written over any more."""
    mark = {**MARK, "body": {"S": manifest.told["began"]}, "noun": WRITTEN}
    target.client("dynamodb").put_item(TableName=target.outputs["RegisterTable"], Item=mark)


def whole(given: Mapping[str, str]) -> Manifest:
    """Open the backup that was asked for; Refusal unless there is a whole one."""
    on_aws = reach.OnAws(given.get("REGION") or "", {}).client
    s3 = (on_aws if given.get("STAGE") else stack.local_clients(_port(given)))("s3")
    manifest = backup_manifest.opened(backup_place.named(given.get("FROM") or "", s3))
    if manifest is None:
        raise Refusal(f"there is no backup at {given.get('FROM')}")
    if not manifest.told["whole"]:
        raise Refusal("the backup was not finished; run make backup with the same TO again")
    return manifest


def _port(given: Mapping[str, str]) -> int:
    return int(given.get("PORT") or 4566)


def deployed(given: Mapping[str, str], manifest: Manifest) -> reach.Reached:
    """Give the stack to restore into: the one asked for, or on this machine one that is deployed for it."""
    if given.get("STAGE"):
        return reach.chosen(given)
    held = {HELD[name]: id for name, id in manifest.told["keys"].items()}
    with phase("deploying an empty stack with the keys of before"):
        name = given.get("STACK") or f"{stack.NAME}-anew"
        return stack.deploy_local(_port(given), package.build(), name=name, more=held)


def begin(target: reach.Reached, manifest: Manifest) -> bool:
    """Mark a stack as being restored into; tell whether an earlier run has written all.

    Refusal unless it has the backup's keys, and nothing in it but that mark and nights gone by, which are dropped: the
    backup's own tell what is to be made up for.
    """
    keys: dict[str, str] = manifest.told["keys"]
    if (has := {name: target.outputs[name] for name in keys}) != keys:
        raise Refusal(
            f"the stack has keys of its own ({', '.join(has.values())}), which open nothing of the backup. Deploy a "
            f"new one with those of before: make deploy KEYS={','.join(keys.values())}"
        )
    dynamodb, register = target.client("dynamodb"), target.outputs["RegisterTable"]
    began = {"S": manifest.told["began"]}
    there = dynamodb.get_item(TableName=register, Key=MARK, ConsistentRead=True).get("Item", {})
    if there.get("body") == began:
        print("  going on with the restore that was begun")
        return bool(there.get("noun") == WRITTEN)
    full = [name for name, output in TABLES.items() if _has_any(dynamodb, target.outputs[output])]
    if target.client("s3").list_objects_v2(Bucket=target.outputs["UploadsBucketName"], MaxKeys=1).get("Contents"):
        full.append("uploads")
    if full:
        raise Refusal(f"the stack is not empty ({', '.join(full)}); a backup is restored into a new one alone")
    _drop_nights(dynamodb, target.outputs["LedgerTable"])
    dynamodb.put_item(TableName=register, Item={**MARK, "body": began})
    return False


def _has_any(dynamodb: Any, table: str) -> bool:
    """Tell whether a table holds anything but the chain of the nights."""
    return any(item["pk"] != SWEEP for items, _ in pages(dynamodb, table, None) for item in items)


def _drop_nights(dynamodb: Any, table: str) -> None:
    asked = {"KeyConditionExpression": "pk = :sweep", "ExpressionAttributeValues": {":sweep": SWEEP}}
    found = dynamodb.get_paginator("query").paginate(TableName=table, ConsistentRead=True, **asked)
    for item in [item for page in found for item in page["Items"]]:
        dynamodb.delete_item(TableName=table, Key={"pk": item["pk"], "sk": item["sk"]})


def put_back(target: reach.Reached, manifest: Manifest) -> None:
    """Write all that the backup holds, in an order in which no function meets a half of anything.

    What wakes functions comes last: the heads of archives, then visits, and then the heads of jobs under way.
    """
    for name, output in (("uploads", "UploadsBucketName"), ("locked", "LedgerBucketName")):
        put_objects(target.client("s3"), target.outputs[output], manifest, name)
    dynamodb = target.client("dynamodb")
    for name in ("codes", "ledger"):
        put_items(dynamodb, target.outputs[TABLES[name]], manifest, name, lambda row: True)
    for step in (_is_key, _is_row, _is_head, _is_visit, _is_job):
        put_items(dynamodb, target.outputs["RegisterTable"], manifest, "register", step)
    put_items(dynamodb, target.outputs["InboxTable"], manifest, "inbox", lambda row: True)


def _is_key(row: Row) -> bool:
    return bool(row["pk"]["S"].startswith("KEY#"))


def _is_row(row: Row) -> bool:
    return row["sk"]["S"] != "A#meta" and not _is_key(row) and not _is_visit(row)


def _is_visit(row: Row) -> bool:
    return bool(row["sk"]["S"].startswith("V#visit#"))


def _is_head(row: Row) -> bool:
    return row["sk"]["S"] == "A#meta" and not _is_job(row)


def _is_job(row: Row) -> bool:
    return row["sk"]["S"] == "A#meta" and row.get("noun", {}).get("S") in JOBS


def awake(target: reach.Reached, manifest: Manifest, *, invite: bool) -> restored.Report:
    """Compute codes and counters, and compare with the backup; when all is well, invite everybody and drop the mark,
    though somebody could not be invited."""
    with phase("preparing the public check"):
        streams.invoke(target, "ProjectFunction", {"prepare": True})
        streams.invoke(target, "ReactFunction", {"status_lists": True})
    with phase("computing every code and the counters"):
        streams.invoke(target, "ProjectFunction", {"all": True})
        streams.invoke(target, "ReactFunction", {"recount": "all"})
        settled = streams.settle(target, SEVERAL)
    report = restored.compare(target, manifest)
    if not settled:
        report.faults.append(f"the queues were not worked off in {SEVERAL} s")
    with phase("checking the ledger"):
        restored.audit(target, report, datetime.fromisoformat(manifest.told["began"]))
    if invite and report.well and "UserPoolId" in target.outputs:
        with phase("inviting everybody anew"):
            restored.invite(target, report)
    if report.well:
        target.client("dynamodb").delete_item(TableName=target.outputs["RegisterTable"], Key=MARK)
    return report


if __name__ == "__main__":
    sys.exit(main())
