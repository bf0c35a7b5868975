"""`make audit` on the deployed stack: the copies, the night's roots, and an entry that is changed in the table."""

import json
import os
import subprocess
import sys

import pytest

from chalicelib.outside import clock
from scripts import streams


def audited(people, **asked):
    """Run the command as people do; gives its exit status and what it says."""
    environment = {**os.environ, "PORT": str(people.stack.port), **asked}
    done = subprocess.run(
        [sys.executable, "-m", "scripts.audit"], env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def rooted(people, day):
    """Have a day's roots made, as the message of the night does; gives the answer and the roots that there are."""
    record = {"eventSource": "aws:sqs", "messageId": "1", "body": json.dumps({"roots": str(day)})}
    answer = streams.invoke(people.stack, "ReactFunction", {"Records": [record]})
    bucket = people.stack.outputs["LedgerBucketName"]
    found = people.stack.client("s3").list_objects_v2(Bucket=bucket, Prefix="roots/")
    return answer, {one["Key"] for one in found.get("Contents", [])}


def touched(people, id):
    """What the locked bucket was told of an archive's entries that were changed or removed: (number, how)."""
    bucket, s3 = people.stack.outputs["LedgerBucketName"], people.stack.client("s3")
    found = s3.list_objects_v2(Bucket=bucket, Prefix="entries/").get("Contents", [])
    texts = (s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read() for one in found)
    copies = [json.loads(line) for text in texts for line in text.splitlines()]
    return [(one["sk"], one["event"]) for one in copies if one["pk"] == f"W#330200#{id}" and "event" in one]


@pytest.fixture
def entry(people, certified):
    """The third entry of an archive; put back as it was."""
    table, dynamodb = people.stack.outputs["LedgerTable"], people.stack.client("dynamodb")
    key = {"pk": {"S": f"W#330200#{certified['id']}"}, "sk": {"S": "00000003"}}
    item = dynamodb.get_item(TableName=table, Key=key)["Item"]
    yield lambda **changed: dynamodb.put_item(TableName=table, Item={**item, **changed})
    dynamodb.put_item(TableName=table, Item=item)


def test_the_audit_finds_an_entry_that_was_changed_and_names_it(people, certified, entry):
    streams.wait_until(lambda: streams.settle(people.stack))
    day = clock.today()
    answer, kept = rooted(people, day)
    before = audited(people)
    entry(body={"S": "{}"})
    after = audited(people, CITY="330200", ARCHIVE=certified["id"])

    assert answer == {"batchItemFailures": []}
    assert kept >= {f"roots/330200/{day}.json", f"roots/province/{day}.json"}
    assert before[0] == 0, before[1]
    assert after[0] == 1
    assert f"BROKEN W#330200#{certified['id']}: entry 3 " in after[1]
    assert streams.wait_until(lambda: touched(people, certified["id"]) == [("00000003", "MODIFY")])
