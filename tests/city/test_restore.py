"""The drill: a living city is backed up and restored into an empty stack, and goes on there as if nothing had been."""

import gzip
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from scripts import backup_manifest, backup_place, seed_cases, stack, streams
from scripts.backup_tables import is_code
from scripts.http_client import Client, sign_in
from tests.city.conftest import Streets

ANEW = "anxinma-anew"
PASSWORD = "Restored-Demo-1a"
SHOWN = ("result", "colour", "reasons", "holder", "checks", "day")


def run(name, people, **asked):
    """Run a script as people do; gives its exit status and what it says."""
    environment = {**os.environ, "PORT": str(people.stack.port), **asked}
    command = [sys.executable, "-m", f"scripts.{name}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def codes(reached):
    """Give every code of a stack by its token."""
    table, dynamodb = reached.outputs["CodesTable"], reached.client("dynamodb")
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return {item["pk"]["S"]: item for page in pages for item in page["Items"] if is_code(item)}


def evidence(city):
    """Name an uploaded file of a city's own."""
    return {"Bucket": city.stack.outputs["UploadsBucketName"], "Key": "evidence/330200/W/scan"}


@pytest.fixture(scope="module")
def suspended(people):
    """A worker whose certificate is suspended."""
    worker = people.worker("done")
    seed_cases.certificate_move("suspend")(people, worker)
    return worker


@pytest.fixture(scope="module")
def visited(people, certified):
    """The link of a household that confirmed an entry."""
    _, _, seen = people.seen(certified["certificate"]["token"])
    _, told = people.send(f"/v/{certified['certificate']['token']}/visits", {"nonce": seen["visit"]["nonce"]})
    link = f"/visits/{told['url'].rpartition('/')[2]}"
    assert streams.wait_until(lambda: people.public().raw("GET", link)[0] == 200)
    return link


@pytest.fixture(scope="module")
def drill(people, certified, suspended, visited, tmp_path_factory):
    """A backup of the city, what it said, and the city that was restored from it with what that said."""
    people.settled(people.public(), suspended["certificate"]["token"])
    people.stack.client("s3").put_object(**evidence(people), Body=b"scan", ContentType="image/png")
    streams.settle(people.stack)
    folder = str(tmp_path_factory.mktemp("backup") / "of-the-city")
    backup = run("backup", people, TO=folder)
    restore = run("restore", people, FROM=folder)
    assert restore[0] == 0, backup[1] + restore[1]
    return folder, backup, restore, Streets(stack.local(people.stack.port, ANEW))


def test_all_that_was_restored_is_as_it_was(drill):
    _, backup, restore, _ = drill

    assert backup[0] == 0, backup[1]
    assert "all is as it was" in restore[1]
    assert "WRONG" not in restore[1]


@pytest.mark.parametrize("who", ["certified", "suspended"])
def test_a_printed_code_answers_as_before(request, drill, people, who):
    token, anew = request.getfixturevalue(who)["certificate"]["token"], drill[3]

    before, after = people.seen(token), anew.seen(token)

    assert (before[0], after[0]) == (200, 200)
    assert {name: after[2][name] for name in SHOWN} == {name: before[2][name] for name in SHOWN}


def test_a_phone_s_live_code_and_a_household_s_link_go_on(drill, people, certified, visited):
    token = certified["certificate"]["token"]
    before, after = codes(people.stack)[token], codes(drill[3].stack)[token]

    assert (after["live_secret"], after["nonce_key"]) == (before["live_secret"], before["nonce_key"])
    assert drill[3].public().raw("GET", visited)[0] == 200


def test_an_uploaded_file_is_there_as_it_was_taken_in(drill):
    found = drill[3].stack.client("s3").get_object(**evidence(drill[3]))

    assert (found["Body"].read(), found["ContentType"]) == (b"scan", "image/png")


def test_nobody_is_told_of_anything_anew(drill, people):
    def notices(reached):
        table, dynamodb = reached.outputs["RegisterTable"], reached.client("dynamodb")
        pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        rows = (item for page in pages for item in page["Items"])
        return {(row["pk"]["S"], row["sk"]["S"]) for row in rows if row["sk"]["S"].startswith("H#")}

    streams.settle(drill[3].stack)
    before = notices(people.stack)
    assert before
    assert notices(drill[3].stack) <= before


def test_people_sign_in_anew_and_the_next_decision_goes_on_in_the_chain(drill, people, certified):
    anew = drill[3].stack
    email = "owner0@demo.invalid"
    anew.client("cognito-idp").admin_set_user_password(
        UserPoolId=anew.outputs["UserPoolId"], Username=email, Password=PASSWORD, Permanent=True
    )
    owner = Client(anew.direct_url, token=sign_in(anew.gateway, anew.auth["client_id"], email, PASSWORD))
    at = f"/api/workers/{certified['id']}"
    kept, before = people.as_("owner0").get(at)["revision"], owner.get(at)["revision"]

    owner.post(f"{at}/consents", {"given_on": str(people.today), "text": "2026-1"}, key=uuid.uuid4().hex)

    assert before == kept
    assert owner.get(at)["revision"] == kept + 1
    told = run("audit", people, STACK=ANEW, CITY="330200", ARCHIVE=certified["id"])
    assert told[0] == 0, told[1]


def test_a_stack_that_is_not_empty_is_refused(drill, people):
    status, told = run("restore", people, FROM=drill[0])

    assert status == 1
    assert "the stack is not empty" in told


def test_the_backup_is_whole_and_keeps_of_codes_their_digests_alone(drill, people):
    manifest = backup_manifest.opened(backup_place.Folder(Path(drill[0])))

    assert manifest.told["whole"] is True
    assert manifest.told["keys"]["KeyId"] == people.stack.outputs["KeyId"]
    assert manifest.section("computed")["items"] == len(codes(people.stack))
    assert [row for row in manifest.rows("codes") if is_code(row)] == []


def test_no_file_of_the_backup_tells_a_worker_s_number(drill, people, certified):
    asked = {"field": "resident_id", "purpose": "identity-check"}
    number = people.as_("association_clerk").post(f"/api/workers/{certified['id']}/reveal", asked)["value"]
    files = {path: path.read_bytes() for path in Path(drill[0]).rglob("*") if path.is_file()}
    read = {path: gzip.decompress(body) if path.suffix == ".gz" else body for path, body in files.items()}

    assert any(certified["id"].encode() in body for body in read.values())
    assert [path.name for path, body in read.items() if number.encode() in body] == []
