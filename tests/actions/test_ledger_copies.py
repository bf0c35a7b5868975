"""The ledger's stream: every entry is copied to the locked bucket, and who changes or removes one is found out (G3)."""

import pytest

from chalicelib.actions import audit, roots
from chalicelib.functions import react
from chalicelib.outside import signing
from chalicelib.records.tables import LedgerRow
from scripts.offline_check import genuine

CITY = "330200"


class Context:
    """What Lambda tells a function of its call."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "test"


def entry(archive, number):
    return LedgerRow.get(archive.key, f"{number:08d}")


def streamed(*events):
    """An event of the ledger's stream: for each (how, row, hash), the row with that hash, another one before."""
    return {"Records": [record(how, row, hash) for how, row, hash in events]}


def record(how, row, hash):
    """A record of the stream of an entry."""
    image = {name: {"S": getattr(row, name)} for name in ("pk", "sk", "body")}
    new, old = {**image, "hash": {"S": hash}}, {**image, "hash": {"S": "f" * 64}}
    images = {"INSERT": {"NewImage": new}, "MODIFY": {"NewImage": new, "OldImage": old}, "REMOVE": {"OldImage": new}}
    return {"eventName": how, "eventSource": "aws:dynamodb", "dynamodb": images[how]}


@pytest.mark.parametrize("first", ["INSERT", "MODIFY", "REMOVE"])
def test_each_record_of_a_batch_is_copied_whatever_comes_first(town, bucket, first):
    archive = town.certified()
    one, two = entry(archive, 1), entry(archive, 2)
    react.react(streamed((first, one, one.hash), ("INSERT", two, two.hash)), Context())

    assert roots.copied(str(town.today))[CITY].hashes[archive.key][2] == two.hash


@pytest.mark.parametrize("how", ["MODIFY", "REMOVE"])
def test_an_entry_that_is_changed_or_removed_is_counted_for_the_alarm_and_copied(town, bucket, capsys, how):
    archive = town.certified()
    one, two = entry(archive, 1), entry(archive, 2)
    react.react(streamed(("INSERT", one, one.hash), (how, two, two.hash)), Context())

    assert '"LedgerTouched": 1}' in capsys.readouterr().out
    assert roots.copied(str(town.today))[CITY].touched == {archive.key: 2}


def test_an_entry_that_is_written_is_counted_for_no_alarm(town, bucket, capsys):
    one = entry(town.certified(), 1)
    react.react(streamed(("INSERT", one, one.hash)), Context())

    assert "LedgerTouched" not in capsys.readouterr().out


def test_what_was_touched_is_told_though_it_is_again_as_it_was(town, bucket):
    archive = town.certified()
    row = entry(archive, 4)
    react.react(streamed(("MODIFY", row, "0" * 64), ("MODIFY", row, row.hash)), Context())
    roots.make(str(town.today))

    [found] = audit.of_city(CITY, key=signing.public_key(), genuine=genuine)
    assert (found.key, found.entry) == (archive.key, 4)
