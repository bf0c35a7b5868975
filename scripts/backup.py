"""Back up all that a stack knows, of this machine (PORT=) or of an account (STAGE= REGION=), into TO=.

TO is a folder or s3://bucket/prefix. Broken off, the same command goes on. COPIES=-suffix reads tables that were
restored to a point in time under their own names and this suffix. Exit status 1 when it is not of one instant.
"""

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from scripts import backup_manifest, backup_place, backup_tables, reach
from scripts.backup_manifest import Manifest, Row, digest, to_line
from scripts.backup_place import Place
from scripts.phases import Refusal, elapsed, refuse

BUCKETS = {"uploads": "UploadsBucketName", "locked": "LedgerBucketName"}
"""Each section's bucket, by the stack's outputs."""
PASSING = ("arriving/", "exports/")
"""What of the uploads is of no use a day later."""
ORDER = ("register", "codes", "uploads", "inbox", "locked", "ledger")
"""The ledger comes last: it tells of every decision that fell while the rest was read."""
KEYS = ("KeyId", "PublicKeyId", "SigningKeyId")
TIMES = 3
SLICE = 200
READERS = 8


def main() -> int:
    """Take a backup; give the exit status."""
    try:
        stack = reach.chosen(os.environ)
        place = backup_place.named(os.environ.get("TO") or "", stack.client("s3"))
        manifest = take(stack, place, copies=os.environ.get("COPIES") or "")
    except Refusal as refusal:
        return refuse(refusal)
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}\nThe same command goes on where it stood."))
    print(f"\n  whole, in {elapsed():.1f} s; its manifest has the SHA-256 {digest(place.get('manifest.json') or b'')}")
    print(f"  nothing opens it without the keys {', '.join(manifest.told['keys'].values())}")
    return 0


def take(stack: reach.Reached, place: Place, *, copies: str = "") -> Manifest:
    """Take a backup, or finish one that was broken off; Refusal when decisions keep falling into it."""
    manifest = backup_manifest.opened(place)
    if manifest and manifest.told["whole"]:
        raise Refusal("a whole backup lies there already; name another place")
    for _ in range(TIMES):
        manifest = manifest or _begun(stack, place)
        for name in ORDER:
            _section(stack, manifest, name, copies)
        table = stack.outputs["RegisterTable"] + copies
        moved = backup_tables.moved(manifest, stack.client("dynamodb"), table)
        if not moved:
            manifest.told.update(whole=True, ended=_now())
            manifest.save()
            return manifest
        print(f"  {len(moved)} partitions were changed while it was made, such as {moved[0]}: once more", flush=True)
        manifest = None
    raise Refusal(
        f"decisions fell into the backup {TIMES} times. Take it at a quiet hour, or of tables that were restored to a "
        "point in time (COPIES=; docs/operations.md)"
    )


def _begun(stack: reach.Reached, place: Place) -> Manifest:
    keys = {name: stack.outputs[name] for name in KEYS}
    told = {"format": backup_manifest.FORMAT, "began": _now(), "whole": False, "sections": {}, "keys": keys}
    manifest = Manifest(place, told | {"address": stack.outputs["Address"]})
    manifest.save()
    return manifest


def _section(stack: reach.Reached, manifest: Manifest, name: str, copies: str) -> None:
    """Bring one section to its end, and tell how far it is."""
    print(f"  {name:<9}", end="", flush=True)
    if manifest.section(name)["done"]:
        print(f"{manifest.section(name)['items']:>9} kept", flush=True)
        return
    told = time.monotonic()
    steps = _objects(stack, manifest, name) if name in BUCKETS else _items(stack, manifest, name, copies)
    for _ in steps:
        if time.monotonic() - told > 2:
            print(f" {manifest.section(name)['items']} …", end="", flush=True)
            told = time.monotonic()
    print(f"{manifest.section(name)['items']:>9}", flush=True)


def _items(stack: reach.Reached, manifest: Manifest, name: str, copies: str) -> Iterator[None]:
    """Keep a table, page after page; of codes also the digests of those that are computed."""
    table, start = stack.outputs[backup_tables.TABLES[name]] + copies, manifest.section(name)["next"]
    start = backup_manifest.from_line(start) if start else None
    for items, next in backup_tables.pages(stack.client("dynamodb"), table, start):
        if name == "codes":
            codes = [backup_tables.told_of(item) for item in items if backup_tables.is_code(item)]
            manifest.add("computed", codes, next and to_line(next))
        kept = [to_line(item) for item in items if not backup_tables.is_computed(item)]
        manifest.add(name, kept, next and to_line(next))
        yield


def _objects(stack: reach.Reached, manifest: Manifest, name: str) -> Iterator[None]:
    """Keep a bucket's objects as they are, of those that are locked the first version (docs/decisions/0021)."""
    s3, bucket, after = stack.client("s3"), stack.outputs[BUCKETS[name]], manifest.section(name)["next"] or ""
    listed = sorted(pair for pair in _listed(s3, bucket, versions=name == "locked") if pair[0] > after)

    def kept(pair: tuple[str, str | None]) -> Row | None:
        return _kept(s3, manifest, name, bucket, *pair)

    with ThreadPoolExecutor(READERS) as readers:
        for at in range(0, len(listed), SLICE):
            slice = listed[at : at + SLICE]
            manifest.add(name, filter(None, readers.map(kept, slice)), slice[-1][0])
            yield
    manifest.add(name, [], None)


def _listed(s3: Any, bucket: str, *, versions: bool) -> Iterator[tuple[str, str | None]]:
    """List keys, with the first version of each where versions count."""
    if versions:
        pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket)
        # a key's versions come newest first
        yield from {one["Key"]: one["VersionId"] for page in pages for one in page.get("Versions", [])}.items()
        return
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = (one["Key"] for page in pages for one in page.get("Contents", []))
    yield from ((key, None) for key in keys if not key.startswith(PASSING))


def _kept(s3: Any, manifest: Manifest, name: str, bucket: str, key: str, version: str | None) -> Row | None:
    """Keep one object; None for one that was dropped since it was listed."""
    try:
        found = s3.get_object(Bucket=bucket, Key=key, **({"VersionId": version} if version else {}))
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise
    body = found["Body"].read()
    manifest.place.put(f"{name}/{key}", body)
    told = {"key": key, "sha256": digest(body), "size": len(body), "type": found.get("ContentType")}
    return {**told, "metadata": found.get("Metadata", {})}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


if __name__ == "__main__":
    sys.exit(main())
