"""Writing what a backup holds: items of tables in batches, objects of buckets one by one."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from scripts.backup_manifest import Manifest, Row, from_line
from scripts.phases import Refusal, phase

BATCH = 25
WRITERS = 8
TRIES = 10


def put_items(dynamodb: Any, table: str, manifest: Manifest, name: str, wanted: Callable[[Row], bool]) -> int:
    """Put a section's wanted items into a table, but those whose time has run out; give how many."""
    count, now = 0, time.time()
    rows = (row for row in manifest.rows(name) if wanted(row) and float(row.get("ttl", {"N": "inf"})["N"]) > now)
    with phase(f"{name}: writing items"), ThreadPoolExecutor(WRITERS) as writers:
        while slices := list(islice(_batches(rows), WRITERS)):
            list(writers.map(lambda batch: _put(dynamodb, table, batch), slices))
            count += sum(map(len, slices))
    return count


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := [{"PutRequest": {"Item": from_line(row)}} for row in islice(rows, BATCH)]:
        yield batch


def _put(dynamodb: Any, table: str, batch: list[Row]) -> None:
    """Put a batch, what was not taken again and again. Refusal when some of it never is."""
    for attempt in range(TRIES):
        batch = dynamodb.batch_write_item(RequestItems={table: batch})["UnprocessedItems"].get(table, [])
        if not batch:
            return
        time.sleep(0.05 * 2**attempt)
    raise Refusal(f"{table} takes no more items just now; run make restore again, it goes on")


def put_objects(s3: Any, bucket: str, manifest: Manifest, name: str) -> int:
    """Put a section's objects into a bucket as they were; give how many."""

    def put(row: Row) -> None:
        body = manifest.read(f"{name}/{row['key']}", row["sha256"])
        s3.put_object(Bucket=bucket, Key=row["key"], Body=body, ContentType=row["type"], Metadata=row["metadata"])

    with phase(f"{name}: writing objects"), ThreadPoolExecutor(WRITERS) as writers:
        return sum(1 for _ in writers.map(put, manifest.rows(name)))
