"""What a backup holds and when it is one: broken off, changed under way, damaged, and into what it is restored."""

import json
import os
from typing import NamedTuple

import pytest

from chalicelib.actions import projection
from chalicelib.records.tables import RegisterRow
from scripts import backup, backup_manifest, backup_place, restore
from scripts import bare as scripts_bare
from scripts.backup_tables import is_code
from scripts.phases import Refusal

OUTPUTS = {
    "RegisterTable": "REGISTER_TABLE", "CodesTable": "CODES_TABLE", "InboxTable": "INBOX_TABLE",
    "LedgerTable": "LEDGER_TABLE", "UploadsBucketName": "UPLOADS_BUCKET", "LedgerBucketName": "LEDGER_BUCKET",
    "KeyId": "KEY_ID", "PublicKeyId": "PUBLIC_KEY_ID", "SigningKeyId": "SIGNING_KEY_ID", "Address": "ADDRESS",
}  # fmt: skip


class Bare(NamedTuple):
    """The tables and buckets of this test, as a stack tells of its own."""

    client: object
    outputs: dict


class Interrupted(backup_place.Folder):
    """A folder with which something happens when a file of a name is about to be written."""

    def __init__(self, path, at, happens):
        super().__init__(path)
        self.at, self.happens = at, happens

    def put(self, name, body):
        if name.startswith(self.at):
            self.happens()
        super().put(name, body)


class Stopped(Exception):
    """The computer was switched off."""


@pytest.fixture
def bare(town, tables):
    tables("s3").put_object(Bucket=os.environ["UPLOADS_BUCKET"], Key="evidence/one", Body=b"scan")
    return Bare(tables, {name: os.environ[setting] for name, setting in OUTPUTS.items()})


def stop():
    raise Stopped


def kept(manifest, name):
    return sorted(json.dumps(row, sort_keys=True) for row in manifest.rows(name))


def test_a_backup_that_was_broken_off_goes_on_and_is_the_same(town, bare, tmp_path):
    town.certified()
    with pytest.raises(Stopped):
        backup.take(bare, Interrupted(tmp_path / "first", "ledger", stop))
    half = backup_manifest.opened(backup_place.Folder(tmp_path / "first"))

    whole = backup.take(bare, backup_place.Folder(tmp_path / "first"))

    at_once = backup.take(bare, backup_place.Folder(tmp_path / "second"))
    assert (half.told["whole"], whole.told["whole"]) == (False, True)
    assert whole.told["began"] == half.told["began"]
    assert {name: kept(whole, name) for name in backup.ORDER} == {name: kept(at_once, name) for name in backup.ORDER}


def test_a_decision_that_falls_into_it_has_it_made_once_more(town, bare, tmp_path):
    town.registered(1)
    late = iter([lambda: town.registered(2)])

    whole = backup.take(bare, Interrupted(tmp_path, "uploads-", lambda: next(late, lambda: None)()))

    claims = [row for row in whole.rows("register") if row["pk"]["S"].startswith("U#person#")]
    assert len(claims) == 2


def test_a_data_key_that_is_made_while_it_is_read_has_it_made_once_more(town, bare, tmp_path):
    archive = town.registered(1)
    late = iter([lambda: RegisterRow("KEY#330200", "key#2", noun="key", body="wrapped").save()])

    whole = backup.take(bare, Interrupted(tmp_path, "uploads-", lambda: next(late, lambda: None)()))

    rows = {(row["pk"]["S"], row["sk"]["S"]) for row in whole.rows("register")}
    assert {(archive.key, "A#meta"), ("KEY#330200", "key#2")} <= rows


def test_it_is_given_up_when_decisions_never_rest(town, bare, tmp_path):
    numbers = iter(range(1, 99))

    with pytest.raises(Refusal, match="quiet hour"):
        backup.take(bare, Interrupted(tmp_path, "uploads-", lambda: town.registered(next(numbers))))
    with pytest.raises(Refusal, match="not finished"):
        restore.whole({"FROM": str(tmp_path)})


def test_codes_are_told_of_and_not_kept(town, bare, tmp_path):
    archive = town.certified()
    projection.project(archive.key)

    whole = backup.take(bare, backup_place.Folder(tmp_path))

    assert [row["pk"] for row in whole.rows("computed")] == [archive.certificate.token]
    assert [row for row in whole.rows("codes") if is_code(row) or row["pk"]["S"].startswith("L#")] == []


def test_a_damaged_part_and_a_missing_one_are_named(town, bare, tmp_path):
    whole = backup.take(bare, backup_place.Folder(tmp_path))
    (tmp_path / "register-00000.jsonl.gz").write_bytes(b"something else")
    (tmp_path / "ledger-00000.jsonl.gz").unlink()

    with pytest.raises(Refusal, match=r"register-00000.* is not as it was written"):
        list(whole.rows("register"))
    with pytest.raises(Refusal, match=r"ledger-00000.* is missing"):
        list(whole.rows("ledger"))


def test_a_place_with_a_whole_backup_takes_no_second(bare, tmp_path):
    backup.take(bare, backup_place.Folder(tmp_path))

    with pytest.raises(Refusal, match="lies there already"):
        backup.take(bare, backup_place.Folder(tmp_path))


def test_a_bucket_serves_as_a_folder_does(bare, tables, tmp_path):
    tables("s3").create_bucket(Bucket="backups")
    place = backup_place.named("s3://backups/of/today", tables("s3"))

    whole = backup.take(bare, place)

    again = backup_manifest.opened(place)
    assert again.told == whole.told
    assert len(list(again.rows("register"))) == whole.section("register")["items"]


def test_tables_restored_to_a_point_in_time_are_read_by_their_suffix(town, bare, tables, tmp_path):
    scripts_bare.create_tables(tables("dynamodb"), "-then")
    alone = {"pk": {"S": "W#then"}, "sk": {"S": "V#then"}}
    tables("dynamodb").put_item(TableName=f"{bare.outputs['RegisterTable']}-then", Item=alone)

    whole = backup.take(bare, backup_place.Folder(tmp_path), copies="-then")

    assert list(whole.rows("register")) == [alone]


def test_a_folder_is_its_owner_s_alone(bare, tmp_path):
    backup.take(bare, backup_place.Folder(tmp_path / "backup"))

    files = [path for path in (tmp_path / "backup").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in [tmp_path / "backup", *files]} == {0}


def test_a_stack_with_other_keys_is_refused_with_what_to_do(bare, tmp_path):
    whole = backup.take(bare, backup_place.Folder(tmp_path))
    whole.told["keys"]["KeyId"] = "another"

    with pytest.raises(Refusal, match="make deploy KEYS=another,"):
        restore.begin(bare, whole)


def test_a_stack_that_holds_anything_is_refused(bare, tmp_path):
    whole = backup.take(bare, backup_place.Folder(tmp_path))

    with pytest.raises(Refusal, match=r"not empty \(register, "):
        restore.begin(bare, whole)
