import json
import os
from datetime import timedelta

from chalicelib.actions import projection, sweep
from chalicelib.records import codes, ledger
from chalicelib.records.tables import LedgerRow


def waiting(aws):
    """Take every archive key that waits in the projection's queue."""
    queue, found = os.environ["REPROJECT_QUEUE"], []
    while messages := aws("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        found += [key for message in messages for key in json.loads(message["Body"])["archives"]]
        [aws("sqs").delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"]) for one in messages]
    return found


def test_what_turns_on_a_day_is_queued_for_projection(town, tables):
    archive = town.certified()
    projection.project(archive.key)
    turning = archive.insurances[0].until + timedelta(days=1)
    waiting(tables)

    assert sweep.sweep(turning) == 1
    assert waiting(tables) == [archive.key]


def test_what_does_not_turn_is_not_read(town, tables):
    projection.project(town.certified().key)
    waiting(tables)

    assert sweep.sweep(town.today) == 0
    assert waiting(tables) == []


def test_days_that_were_missed_are_caught_up(town, tables):
    archive = town.certified()
    projection.project(archive.key)
    turning = archive.insurances[0].until + timedelta(days=1)
    ledger.swept(str(turning - timedelta(days=1)), 0)
    waiting(tables)

    assert sweep.sweep(turning + timedelta(days=5)) == 1
    assert waiting(tables) == [archive.key]


def test_sweeping_a_day_twice_writes_one_entry(town, tables):
    sweep.sweep(town.today)
    sweep.sweep(town.today)

    assert [row.sk for row in LedgerRow.query("SWEEP")] == [str(town.today)]


def test_a_code_that_turned_is_no_longer_waiting(town):
    archive = town.certified()
    projection.project(archive.key)
    first = list(codes.turning(str(archive.insurances[0].until + timedelta(days=1))))

    assert [token for token, _ in first] == [archive.certificate.token]
