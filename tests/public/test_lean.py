"""The public function stays lean and says nothing in its log that it should not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.public import world
from tests.public.world import NUMBER, TOKEN, check, get, post

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
sys.path.insert(0, {root!r})
before = set(sys.modules)
import chalicelib.functions.verify
print(*sorted(set(sys.modules) - before))
"""
# every module of the standard library that a check loads: each other one shows in `make bench`
NEEDED = {
    "_collections",
    "_collections_abc",
    "_datetime",
    "_json",
    "_operator",
    "_sha256",
    "_socket",
    "_stat",
    "binascii",
    "genericpath",
    "math",
    "os",
    "os.path",
    "posixpath",
    "stat",
}
HEAVY = {
    "chalice", "botocore", "boto3", "pynamodb", "pydantic", "aws_lambda_powertools", "zoneinfo", "dataclasses",
    "jinja2", "segno", "cryptography", "http", "urllib", "email", "logging", "inspect", "random", "ssl", "asyncio",
    "decimal", "tempfile", "subprocess", "html",
}  # fmt: skip
LATER = {
    "visits",
    "reports",
    "requests",
    "lookup",
    "forms",
    "inbox",
    "seal",
    "sending",
    "notes",
    "photos",
    "visit_page",
    "offline",
    "phone_page",
    "own",
    "appeals",
    "own_page",
    "details",
    "details_page",
    "consents",
    "consent_page",
    "progress",
    "applicant",
}


@pytest.fixture(scope="module")
def loaded():
    program = PROGRAM.format(root=str(ROOT))
    done = subprocess.run([sys.executable, "-S", "-I", "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_importing_verify_loads_nothing_heavy(loaded):
    assert not {name.partition(".")[0] for name in loaded} & HEAVY


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the list is of Python 3.11, as Lambda runs it here")
def test_importing_verify_loads_of_the_standard_library_only_what_a_check_needs(loaded):
    assert {name for name in loaded if not name.startswith("chalicelib")} <= NEEDED


def test_importing_verify_loads_of_ours_only_rules_public_and_settings(loaded):
    ours = {name for name in loaded if name.startswith("chalicelib.")}

    layers = {name.split(".")[1] for name in ours}
    assert layers == {"functions", "outside", "public", "rules", "settings"}
    assert {name for name in ours if ".outside." in name} == {
        "chalicelib.outside.clock", "chalicelib.outside.policies",
    }  # fmt: skip


def test_what_only_a_post_needs_is_loaded_by_a_post_alone(loaded):
    assert not {name.rpartition(".")[2] for name in loaded if ".public." in name} & LATER


def test_each_request_writes_one_line_with_its_metrics(codes, capsys):
    check()

    lines = capsys.readouterr().out.splitlines()
    told = json.loads(lines[0])
    metrics = told["_aws"]["CloudWatchMetrics"][0]
    assert len(lines) == 1
    assert (told["route"], told["status"], told["colour"], told["fault"]) == ("/v/{token}", "200", "green", None)
    assert {metric["Name"] for metric in metrics["Metrics"]} <= told.keys()
    assert {name for names in metrics["Dimensions"] for name in names} <= told.keys()


def test_the_log_never_says_who_or_which_code(codes, capsys):
    nonce = check()[1]["visit"]["nonce"]
    post("/v/{token}/visits", {"nonce": nonce, "phone": world.PHONE}, parameters={"token": TOKEN})
    _, told = post("/v/{token}/visits", {"nonce": nonce}, parameters={"token": TOKEN})
    secret = told["url"].rpartition("/")[2]
    get("/visits/{secret}", parameters={"secret": secret})
    get("/lookup", query={"number": NUMBER, "surname": "王"})
    codes(world.code() | {"facts": world.text("王*芳")})
    check()
    world.answered(world.event("GET", f"/nothing/{TOKEN}"))

    said = capsys.readouterr().out
    assert not [word for word in (TOKEN, NUMBER, nonce, secret, "王", world.PHONE, "330200#0001") if word in said]


def test_a_fault_is_named_in_the_log_with_its_line(codes, capsys):
    codes(world.code() | {"facts": world.text("{")})

    check()

    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["faults"]) == ("503", 1)
    assert told["fault"].startswith("Unavailable fetch:")
    assert told["fault"].endswith("a code's item is not whole: JSONDecodeError")
