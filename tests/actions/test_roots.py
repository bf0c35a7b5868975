"""The night's roots: what is changed in the ledger's table afterwards is found, even a chain made anew whole (G3)."""

import json
import os
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import audit, roots, sweep, workers
from chalicelib.functions import react
from chalicelib.outside import clock, files, signing
from chalicelib.records import ledger
from chalicelib.records.commit import META
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules import merkle
from scripts.offline_check import genuine

CITY = "330200"


def copied():
    """Copy the ledger as its stream does; the copies of a stream come in any order and twice."""
    rows = [{"pk": row.pk, "sk": row.sk, "body": row.body, "hash": row.hash} for row in LedgerRow.scan()]
    react._copy(rows[::-1])
    react._copy(rows[: len(rows) // 2])


def broken(archive=None):
    return list(audit.of_city(CITY, archive=archive, key=signing.public_key(), genuine=genuine))


def entry(archive, number):
    return LedgerRow.get(archive.key, f"{number:08d}")


def forged(archive, first):
    """Write a chain anew from an entry on, each entry with the hashes that fit, and the archive's head with it."""
    previous = entry(archive, first - 1).hash
    for number in range(first, archive.revision + 1):
        row = entry(archive, number)
        told = json.loads(row.body) | {"previous": previous, "ground": "改写"}
        row.body = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        row.hash = previous = merkle.sha256(row.body.encode()).hexdigest()
        row.save()
    RegisterRow(archive.key, META).update(actions=[RegisterRow.head.set(previous)])


@pytest.fixture
def bucket(tables, monkeypatch):
    """A locked bucket of its own, with versions."""
    name = f"ledger-{uuid.uuid4().hex[:8]}"
    tables("s3").create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    monkeypatch.setenv("LEDGER_BUCKET", name)


@pytest.fixture
def rooted(town, bucket):
    """An archive whose chain stands in the day's root."""
    archive = town.certified()
    copied()
    roots.make(str(town.today))
    return archive


def test_a_city_s_root_stands_for_the_last_entry_of_each_chain_that_moved(town, rooted):
    [told] = [one for one in roots.kept(CITY) if rooted.key in one["heads"]]

    leaves = roots.leaves({key: tuple(head) for key, head in told["heads"].items()})
    place = leaves.index(f"{rooted.key}|{rooted.revision}|{rooted.head}")
    assert (told["day"], told["count"]) == (str(town.today), len(leaves))
    assert merkle.leads_to(leaves[place], merkle.proof(leaves, place)) == told["root"]
    assert {roots.city_of(key) for key in told["heads"]} == {CITY}


def test_a_whole_ledger_is_whole(rooted):
    assert broken() == []


def test_what_was_decided_since_the_root_is_checked_too(town, rooted):
    later = workers.change(town.act("owner"), rooted, "test", worker=replace(rooted.worker, name="王改"))
    row = entry(later, later.revision)
    row.body = row.body.replace('"role":"', '"role":"x')
    row.save()

    assert [(one.key, one.entry) for one in broken()] == [(later.key, later.revision)]


def test_a_chain_written_anew_with_hashes_that_fit_differs_from_the_root(rooted):
    forged(rooted, 5)

    assert ledger.broken(ledger.chain(rooted.key), ledger.head(rooted.key)[1]) is None
    assert [(one.key, one.entry) for one in broken()] == [(rooted.key, rooted.revision)]


def test_an_archive_taken_away_with_its_whole_chain_is_missed(rooted):
    [row.delete() for row in LedgerRow.query(rooted.key)]
    [row.delete() for row in RegisterRow.query(rooted.key)]

    assert [(one.key, one.entry) for one in broken()] == [(rooted.key, 1)]


@pytest.mark.parametrize(
    ("tamper", "place"),
    [
        (lambda one: entry(one, 5).delete(), 5),
        (lambda one: LedgerRow(one.key, "00000005", body=entry(one, 4).body, hash=entry(one, 4).hash).save(), 5),
        (lambda one: LedgerRow(one.key, "00000005x", body=entry(one, 5).body, hash=entry(one, 5).hash).save(), 6),
        (lambda one: entry(one, one.revision).delete(), -1),
    ],
    ids=["deleted", "edited", "inserted", "last one deleted"],
)
def test_what_is_done_to_the_table_is_found_in_one_archive_as_in_the_city(rooted, tamper, place):
    tamper(rooted)

    expected = [(rooted.key, place if place > 0 else rooted.revision)]
    assert [(one.key, one.entry) for one in broken(rooted.id)] == expected
    assert [(one.key, one.entry) for one in broken()] == expected


def test_a_root_that_is_made_again_stays_as_it_was(town, rooted):
    before = list(roots.kept(CITY))
    workers.change(town.act("owner"), rooted, "test")
    copied()

    roots.make(str(town.today))

    assert list(roots.kept(CITY)) == before


def test_a_root_written_over_or_deleted_counts_as_it_was_first(town, rooted, tables):
    key = f"roots/{CITY}/{town.today}.json"
    before = list(roots.kept(CITY))
    files.copy_to_ledger(key, b"{}")
    tables("s3").delete_object(Bucket=os.environ["LEDGER_BUCKET"], Key=key)

    assert list(roots.kept(CITY)) == before


@pytest.mark.parametrize("part", ["root", "count", "heads"])
def test_a_root_that_says_something_else_is_found(town, rooted, part):
    day = str(town.today + timedelta(days=1))
    [told] = [one for one in roots.kept(CITY) if one["day"] == str(town.today)]
    wrong = {"root": "0" * 64, "count": 0, "heads": {}}[part]
    files.copy_to_ledger(f"roots/{CITY}/{day}.json", json.dumps({**told, "day": day, part: wrong}).encode())

    assert [one.entry for one in broken()] == [day]


def test_a_night_without_a_root_is_named(town, rooted):
    roots.make(str(town.today + timedelta(days=2)))

    assert [(one.key, one.entry) for one in broken()] == [(f"root {CITY}", str(town.today + timedelta(days=1)))]


def test_the_sweep_has_the_root_of_every_night_it_missed_made(tables):
    today = clock.today()
    ledger.swept(str(today - timedelta(days=3)), 0)
    before = delayed(tables)

    sweep.sweep(today)

    assert delayed(tables) - before == 3


def delayed(aws):
    """How many messages of the retry queue are still to be read later."""
    name = "ApproximateNumberOfMessagesDelayed"
    told = aws("sqs").get_queue_attributes(QueueUrl=os.environ["REREACT_QUEUE"], AttributeNames=[name])
    return int(told["Attributes"][name])
