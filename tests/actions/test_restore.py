"""Into what a backup is restored, how often it is written, and whom a restore invites when."""

import io
import os
from typing import NamedTuple

import pytest

from chalicelib.actions import accounts, projection
from chalicelib.actions.forms import NewAccount
from chalicelib.records import accounts as account_records
from chalicelib.records import ledger
from chalicelib.records.tables import LedgerRow, RegisterRow
from scripts import backup, backup_place, restore
from scripts.backup_tables import TABLES, pages
from scripts.phases import Refusal
from tests.actions.test_backup import OUTPUTS


class Idle:
    """Functions that are asked to compute anew and do nothing."""

    def invoke(self, **asked):
        return {"Payload": io.BytesIO(b"{}")}


class Target(NamedTuple):
    """The tables and buckets of this test, as a stack tells of its own; its functions do nothing."""

    aws: object
    outputs: dict
    environment: dict
    auth: dict

    def client(self, service):
        return Idle() if service == "lambda" else self.aws(service)


@pytest.fixture
def target(town, tables, monkeypatch):
    pool = tables("cognito-idp").create_user_pool(PoolName="staff")["UserPool"]["Id"]
    monkeypatch.setenv("USER_POOL_ID", pool)  # a restore sets both: so they are as before after the test
    monkeypatch.delenv("USER_POOL_ID")
    monkeypatch.setenv("ISSUERS", "[]")
    functions = {"ProjectFunction": "project", "ReactFunction": "react", "UserPoolId": pool}
    outputs = {name: os.environ[setting] for name, setting in OUTPUTS.items()} | functions
    return Target(tables, outputs, {}, {"issuer": "https://id.example.cn/new"})


def emptied(target):
    """Take everything out of the tables and the uploads, as in a stack just deployed."""
    dynamodb = target.client("dynamodb")
    for table in (target.outputs[output] for output in TABLES.values()):
        names = [one["AttributeName"] for one in dynamodb.describe_table(TableName=table)["Table"]["KeySchema"]]
        for item in [item for items, _ in pages(dynamodb, table, None) for item in items]:
            dynamodb.delete_item(TableName=table, Key={name: item[name] for name in names})
    s3, bucket = target.client("s3"), target.outputs["UploadsBucketName"]
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for kept in page.get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=kept["Key"])
    return target


@pytest.fixture
def kept(town, target, tmp_path):
    """A backup of the town with a clerk who was invited, and the target emptied."""
    form = NewAccount(email="clerk@demo.invalid", name="经办人", role="association_clerk", subject="iss|clerk")
    accounts.make(town.act("association_manager"), form)
    manifest = backup.take(target, backup_place.Folder(tmp_path))
    emptied(target)
    return manifest


def mark(target):
    register = target.outputs["RegisterTable"]
    found = target.client("dynamodb").get_item(TableName=register, Key=restore.MARK, ConsistentRead=True)
    return found.get("Item", {}).get("noun")


def clerk():
    return account_records.find_by_subject("iss|clerk")


def test_all_is_put_back_everybody_invited_and_the_mark_dropped(kept, target):
    report = restore.into(target, kept, invite=True)

    assert report.faults == []
    assert "1 invited anew" in " ".join(report.lines)
    assert (clerk(), mark(target)) == (None, None)


def test_what_was_decided_since_all_was_written_is_never_written_over(kept, target):
    restore.begin(target, kept)
    restore.put_back(target, kept)
    restore.written(target, kept)
    row = RegisterRow.get(clerk().key, "A#meta")
    row.update(actions=[RegisterRow.revision.set(7)])

    restore.into(target, kept, invite=False)

    assert clerk().revision == 7


def test_one_that_was_broken_off_before_all_was_written_is_written_again(kept, target):
    restore.begin(target, kept)
    half = mark(target)

    assert restore.into(target, kept, invite=False).faults == []
    assert half is None
    assert clerk().name == "经办人"


def test_nobody_is_invited_while_anything_is_not_as_it_was(town, target, tmp_path):
    form = NewAccount(email="clerk@demo.invalid", name="经办人", role="association_clerk", subject="iss|clerk")
    accounts.make(town.act("association_manager"), form)
    projection.project(town.certified().key)
    manifest = backup.take(target, backup_place.Folder(tmp_path))
    emptied(target)

    report = restore.into(target, manifest, invite=True)

    assert "1 are not as they were" in " ".join(report.faults)
    assert clerk().name == "经办人"
    assert mark(target) == restore.WRITTEN


def test_whom_the_pool_refuses_is_a_line_of_the_report_and_the_restore_goes_on(kept, target):
    target.client("cognito-idp").delete_user_pool(UserPoolId=target.outputs["UserPoolId"])

    report = restore.into(target, kept, invite=True)

    assert (report.faults, report.uninvited) == ([], 1)
    assert "1 could not be" in " ".join(report.lines)
    assert "ResourceNotFoundException" in " ".join(report.lines)
    assert "make invite" in " ".join(report.lines)
    assert "clerk@demo.invalid" not in " ".join(report.lines)
    assert mark(target) is None


def test_nights_that_passed_in_the_empty_stack_go_and_the_backup_s_own_count(town, target, tmp_path):
    ledger.swept("2026-11-20", 0)
    manifest = backup.take(target, backup_place.Folder(tmp_path))
    emptied(target)
    ledger.swept("2026-11-25", 0)

    restore.into(target, manifest, invite=False)

    assert [row.sk for row in LedgerRow.query("SWEEP")] == ["2026-11-20"]


def test_a_stack_in_use_keeps_its_nights(town, target, tmp_path):
    manifest = backup.take(target, backup_place.Folder(tmp_path))
    ledger.swept("2026-11-25", 0)

    with pytest.raises(Refusal, match=r"not empty \(register, .*ledger"):
        restore.begin(target, manifest)
    assert ledger.swept_before("2026-11-26") == "2026-11-25"


def test_an_empty_stack_with_any_other_entry_is_refused(kept, target):
    LedgerRow("P#SOMEBODY", "00000001", body="{}", hash="0").save()

    with pytest.raises(Refusal, match=r"not empty \(ledger\)"):
        restore.begin(target, kept)


def test_every_version_of_a_data_key_is_written_before_what_it_sealed(town, target, tmp_path):
    town.registered()
    RegisterRow("KEY#330200", "key#2", noun="key", body="").save()
    manifest = backup.take(target, backup_place.Folder(tmp_path))
    keys = [row["sk"]["S"] for row in manifest.rows("register") if restore._is_key(row)]

    assert {"key", "key#2"} <= set(keys)
    assert [row for row in manifest.rows("register") if restore._is_key(row) and restore._is_row(row)] == []


def test_that_aws_does_not_answer_is_one_line(monkeypatch, capsys):
    monkeypatch.setenv("FROM", "s3://backups/of/today")
    monkeypatch.setenv("PORT", "9")
    monkeypatch.delenv("STAGE", raising=False)

    assert restore.main() == 1
    assert "AWS refused" in capsys.readouterr().err
