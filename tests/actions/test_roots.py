"""The night's roots: what is changed in the ledger's table afterwards is found, even a chain made anew whole (G3)."""

import itertools
import json
import os
from dataclasses import replace
from datetime import timedelta

import boto3
import pytest

from chalicelib.actions import audit, roots, sweep, workers
from chalicelib.functions import react
from chalicelib.outside import clock, files, signing
from chalicelib.records import ledger
from chalicelib.records.commit import META
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules import merkle, signed
from chalicelib.rules.days import SHANGHAI
from scripts.offline_check import genuine

CITY = "330200"


def copied():
    """Copy the ledger as its stream does; the copies of a stream come in any order and twice."""
    rows = [{"pk": row.pk, "sk": row.sk, "body": row.body, "hash": row.hash} for row in LedgerRow.scan()]
    react._copy(rows[::-1])
    react._copy(rows[: len(rows) // 2])


def broken(archive=None, **more):
    return list(audit.of_city(CITY, archive=archive, key=signing.public_key(), genuine=genuine, **more))


def entry(archive, number):
    return LedgerRow.get(archive.key, f"{number:08d}")


def forged(archive, first, above=""):
    """Write a chain anew from an entry on, each entry with the hashes that fit, the last `above` another, and the
    archive's head with it."""
    previous = entry(archive, first - 1).hash
    for number in range(first, archive.revision + 1):
        row = entry(archive, number)
        least = above if number == archive.revision else ""
        row.body, row.hash = salted(json.loads(row.body) | {"previous": previous}, least)
        row.save()
        previous = row.hash
    RegisterRow(archive.key, META).update(actions=[RegisterRow.head.set(previous)])


def salted(told, above):
    """Write an entry with another ground, of which its hash is above one; gives the text and the hash."""
    grounds = (f"改写{salt}" for salt in itertools.count())
    texts = (json.dumps(told | {"ground": one}, ensure_ascii=False, sort_keys=True) for one in grounds)
    hashes = ((text, merkle.sha256(text.encode()).hexdigest()) for text in texts)
    return next(one for one in hashes if one[1] > above)


def tomorrow(monkeypatch):
    """Move the clock by a day."""
    monkeypatch.setenv("CLOCK_OFFSET", "86400")


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
    assert [(one.key, one.entry) for one in broken()] == [(rooted.key, 5)]


def test_a_chain_written_anew_and_copied_before_midnight_is_no_root_s(town, bucket):
    archive = town.certified()
    copied()
    forged(archive, 5, above=archive.head)
    copied()
    roots.make(str(town.today))
    [told] = roots.kept(CITY)

    assert told["heads"][archive.key] == [archive.revision, archive.head]
    assert json.loads(signed.taken_apart(told["signed"]).payload)["touched"] == {archive.key: 5}
    assert [(one.key, one.entry) for one in broken()] == [(archive.key, 5)]


def test_what_is_changed_before_its_day_has_a_root_differs_from_its_copy(town, bucket):
    archive = town.certified()
    copied()
    forged(archive, 5)

    assert [(one.key, one.entry) for one in broken()] == [(archive.key, 5)]


def rewritten(key, content):
    """Write over a copy what it was not."""
    files.copy_to_ledger(key, content)


def deleted(key, content):
    """Have a copy look as if it had never been there."""
    boto3.client("s3").delete_object(Bucket=os.environ["LEDGER_BUCKET"], Key=key)


@pytest.mark.parametrize("hide", [rewritten, deleted])
def test_copies_that_are_written_over_or_deleted_count_as_they_were_first(town, bucket, hide):
    archive = town.certified()
    copied()
    forged(archive, 5)
    lines = [{"pk": row.pk, "sk": row.sk, "body": row.body, "hash": row.hash} for row in LedgerRow.scan()]
    content = "\n".join(json.dumps(one) for one in lines).encode()
    [hide(key, content) for key in files.list_ledger(f"entries/{town.today}/")]
    before = [(one.key, one.entry) for one in broken()]
    roots.make(str(town.today))

    assert before == [(archive.key, 5)]
    assert [(one.key, one.entry) for one in broken()] == [(archive.key, 5)]


def test_a_chain_written_anew_and_rooted_again_differs_from_the_first_root(town, rooted, monkeypatch):
    forged(rooted, 5)
    tomorrow(monkeypatch)
    copied()
    roots.make(str(town.today + timedelta(days=1)))

    assert [(one.key, one.entry) for one in broken()] == [(rooted.key, 5)]


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


def test_roots_that_stopped_are_missed_up_to_the_last_night(town, rooted):
    at = clock.now() + timedelta(days=3)
    missed = [str(town.today + timedelta(days=days)) for days in (1, 2)]

    assert [one.entry for one in broken(at=midday(at))] == missed


def test_a_day_with_copies_that_never_had_a_root_is_missed(town, bucket):
    town.certified()
    copied()

    assert broken() == []
    assert [one.entry for one in broken(at=midday(clock.now() + timedelta(days=1)))] == [str(town.today)]


def test_no_night_is_owed_from_before_the_first_root_and_what_was_copied_then_counts(town, bucket, monkeypatch):
    archive = town.certified()
    monkeypatch.setenv("CLOCK_OFFSET", str(-800 * 86_400))
    copied()
    monkeypatch.delenv("CLOCK_OFFSET")
    roots.make(str(town.today))
    before = broken()
    forged(archive, 3)

    assert before == []
    assert [one.key for one in broken()] == [archive.key]


def test_a_stack_without_a_night_yet_misses_none(town, bucket):
    town.certified()

    assert broken() == []


def test_the_root_of_a_night_is_missed_an_hour_after_midnight(town, rooted):
    midnight = midday(clock.now()).replace(hour=0, minute=0) + timedelta(days=2)

    assert broken(at=midnight + timedelta(minutes=59)) == []
    assert [one.entry for one in broken(at=midnight + timedelta(minutes=60))] == [str(town.today + timedelta(days=1))]


def midday(at):
    """Noon in Shanghai of the day of an instant."""
    return at.astimezone(SHANGHAI).replace(hour=12, minute=0, second=0, microsecond=0)


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
