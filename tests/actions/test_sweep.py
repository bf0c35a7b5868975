import json
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest

from chalicelib.actions import projection, sweep
from chalicelib.functions import sweep as function
from chalicelib.records import codes, ledger
from chalicelib.records.tables import LedgerRow
from chalicelib.rules.errors import Malformed
from tests.actions.post import waiting as posted

CONTEXT = SimpleNamespace(function_name="sweep", memory_limit_in_mb=128, invoked_function_arn="arn", aws_request_id="1")


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


def days(town, *back):
    """The days so and so long ago, as the ledger names them."""
    return [str(town.today - timedelta(days=one)) for one in back]


def swept():
    return [row.sk for row in LedgerRow.query("SWEEP")]


def test_of_a_long_outage_no_day_is_dropped(town, tables):
    ledger.swept(*days(town, 90), 0)
    sweep.sweep(town.today)

    assert swept() == days(town, *range(90, -1, -1))


def test_without_a_day_that_was_swept_before_today_alone_is(town):
    sweep.sweep(town.today)

    assert swept() == days(town, 0)


def test_a_sweep_that_broke_off_goes_on_with_the_day_it_broke_off_at(town, tables, monkeypatch):
    ledger.swept(*days(town, 5), 0)
    with monkeypatch.context() as broken:
        broken.delenv("REREACT_QUEUE")
        with pytest.raises(Exception, match="REREACT_QUEUE"):
            sweep.sweep(town.today)
    sweep.sweep(town.today - timedelta(days=3))
    posted(tables, "WORK_QUEUE")
    sweep.sweep(town.today)

    assert swept() == days(town, 5, 4, 3, 2, 1, 0)
    assert [one["ends"] for one in posted(tables, "WORK_QUEUE") if "ends" in one] == days(town, 2, 1, 0)


def test_an_old_day_that_is_swept_again_leaves_the_later_ones_alone(town, tables):
    ledger.swept(*days(town, 3), 0)
    sweep.sweep(town.today)
    posted(tables, "WORK_QUEUE")
    sweep.sweep(town.today - timedelta(days=2))

    assert [one["ends"] for one in posted(tables, "WORK_QUEUE") if "ends" in one] == days(town, 2)


@pytest.mark.parametrize("ahead", [1, 26000])
def test_a_day_to_come_is_refused_and_not_noted(town, tables, ahead):
    with pytest.raises(Malformed, match="还没有到"):
        function.sweep({"day": str(town.today + timedelta(days=ahead))}, CONTEXT)

    assert swept() == []


def test_todays_sweep_alone_beats_for_the_alarm(town, tables, capsys):
    function.sweep({"day": str(town.today - timedelta(days=1))}, CONTEXT)
    before = capsys.readouterr().out
    function.sweep({}, CONTEXT)

    assert "CloudWatchMetrics" not in before
    assert '"Swept": 1' in capsys.readouterr().out


def test_sweeping_a_day_twice_writes_one_entry(town, tables):
    sweep.sweep(town.today)
    sweep.sweep(town.today)

    assert [row.sk for row in LedgerRow.query("SWEEP")] == [str(town.today)]


def test_a_code_that_turned_is_no_longer_waiting(town):
    archive = town.certified()
    projection.project(archive.key)
    first = list(codes.turning(str(archive.insurances[0].until + timedelta(days=1))))

    assert [token for token, _ in first] == [archive.certificate.token]
