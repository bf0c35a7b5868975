import hashlib
import json

import pytest

from chalicelib.actions import audit
from chalicelib.records.tables import LedgerRow


def told(town, archive):
    return audit.of_worker(town.account("association_manager"), archive.id)


def entry(archive, number):
    return LedgerRow.get(archive.key, f"{number:08d}")


def test_every_decision_stands_in_the_ledger_with_who_when_and_what(town):
    archive = town.certified()
    entries = told(town, archive)["entries"]

    assert [one["revision"] for one in entries] == list(range(1, archive.revision + 1))
    assert [one["action"] for one in entries][-1] == "application.hand-over"
    assert {one["role"] for one in entries} >= {"company_owner", "police", "bureau"}
    assert told(town, archive)["broken"] is None


def test_an_edited_entry_is_found(town):
    archive = town.certified()
    row = entry(archive, 5)
    row.body = row.body.replace('"role":"', '"role":"x')
    row.save()

    assert told(town, archive)["broken"] == 5


def test_an_edited_entry_with_a_hash_that_fits_is_found_at_the_next(town):
    archive = town.certified()
    row = entry(archive, 5)
    row.body = row.body.replace('"role":"', '"role":"x')
    row.hash = hashlib.sha256(row.body.encode()).hexdigest()
    row.save()

    assert told(town, archive)["broken"] == 6


@pytest.mark.parametrize("body", ["{}", "[]", "no JSON", '{"revision": 5}'])
def test_an_entry_that_says_nothing_is_found_even_under_a_hash_that_fits(town, body):
    archive = town.certified()
    LedgerRow(archive.key, "00000005", body=body, hash=hashlib.sha256(body.encode()).hexdigest()).save()

    assert told(town, archive)["broken"] == 5


def test_a_deleted_entry_is_found(town):
    archive = town.certified()
    entry(archive, 5).delete()

    assert told(town, archive)["broken"] == 5


def test_a_deleted_last_entry_is_found(town):
    archive = town.certified()
    entry(archive, archive.revision).delete()

    assert told(town, archive)["broken"] == archive.revision


def test_an_entry_added_at_the_end_is_found(town):
    archive = town.certified()
    last = entry(archive, archive.revision)
    body = json.loads(last.body) | {"revision": archive.revision + 1, "previous": last.hash}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    added = LedgerRow(archive.key, f"{archive.revision + 1:08d}", body=text)
    added.hash = hashlib.sha256(text.encode()).hexdigest()
    added.save()

    assert told(town, archive)["broken"] == archive.revision + 2


def test_swapped_entries_are_found(town):
    archive = town.certified()
    fifth, sixth = entry(archive, 5), entry(archive, 6)
    fifth.body, sixth.body = sixth.body, fifth.body
    fifth.hash, sixth.hash = sixth.hash, fifth.hash
    fifth.save()
    sixth.save()

    assert told(town, archive)["broken"] == 5


@pytest.mark.parametrize("secret", ["name", "resident_id"])
def test_the_ledger_names_no_person(town, secret):
    archive = town.certified()

    assert getattr(archive.worker, secret) not in json.dumps(told(town, archive), ensure_ascii=False)
