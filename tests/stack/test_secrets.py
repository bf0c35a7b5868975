"""No secret stands where a deployment or a package shows it, and what is installed is what was pinned."""

import json
import re

import pytest

from chalicelib.api import replies
from chalicelib.rules.errors import Missing
from scripts.merge_infra import ROOT
from tests.stack import rights

STACKS = pytest.mark.parametrize("stack", ["prod", "china", "local"])
TELLING = re.compile("secret|password|passwd|private|credential|apikey|api_key", re.IGNORECASE)
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN|\{\{resolve:(secretsmanager|ssm-secure)|(?<![\w/.-])[0-9a-f]{40,}(?![\w-])"
)
"""An access key, a private key, a secret that CloudFormation would write out, or a long drawn number."""
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))


@STACKS
def test_no_function_is_given_a_secret(request, stack):
    shown = request.getfixturevalue(stack)
    given = {f"{name}.{key}": value for name in rights.FUNCTIONS for key, value in rights.settings(shown, name).items()}

    assert [name for name in given if TELLING.search(name)] == []
    assert [name for name, value in given.items() if SECRET.search(json.dumps(value))] == []


@STACKS
def test_no_output_and_no_parameter_tells_a_secret(request, stack, template):
    outputs = request.getfixturevalue(stack)["Outputs"]

    assert [name for name in [*outputs, *template["Parameters"]] if TELLING.search(name)] == []
    assert SECRET.search(json.dumps(outputs)) is None
    assert {one.get("NoEcho", False) for one in template["Parameters"].values()} == {False}


def test_the_template_holds_no_secret(template):
    assert SECRET.search(json.dumps(template)) is None


@STACKS
def test_uploads_come_from_the_city_s_own_pages_alone(request, stack):
    bucket = rights.properties(request.getfixturevalue(stack), "UploadsBucket")
    [rule] = bucket["CorsConfiguration"]["CorsRules"]

    assert len(rule["AllowedOrigins"]) == 1
    assert "*" not in rule["AllowedOrigins"][0]
    assert bucket["BucketEncryption"]


@pytest.mark.parametrize("bucket", ["UploadsBucket", "LedgerBucket"])
def test_a_bucket_is_reached_by_tls_alone(prod, bucket):
    [statement] = rights.properties(prod, f"{bucket}Policy")["PolicyDocument"]["Statement"]

    assert (statement["Effect"], statement["Action"]) == ("Deny", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_pages_at_the_cdn_run_their_own_scripts_alone_and_stand_in_no_frame(prod):
    told = rights.properties(prod, "SiteHeaders")["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    policy = json.dumps(told["ContentSecurityPolicy"]["ContentSecurityPolicy"])

    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert told["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
    assert told["FrameOptions"]["FrameOption"] == "DENY"
    assert told["ContentTypeOptions"] == {"Override": True}


@pytest.mark.parametrize("answer", [replies.ok({}), replies.problem(Missing())], ids=["result", "problem"])
def test_an_answer_to_staff_is_never_kept_never_a_page_and_by_https_alone(answer):
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("page", ["public/index.html", "public/offline.html", "admin/index.html"])
def test_a_page_says_itself_that_it_runs_its_own_scripts_alone(page):
    text = (ROOT / "site" / page).read_text(encoding="utf-8")
    [policy] = re.findall(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', text)
    scripts = dict(part.split(maxsplit=1) for part in policy.split("; "))

    assert scripts.get("script-src", scripts["default-src"]) == "'self'"
    assert scripts["base-uri"] == "'none'"
    assert re.findall(r"<script(?![^>]*\bsrc=)|\son\w+=", text) == []


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_package_is_pinned(path):
    lines = [line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]

    assert [line for line in lines if line and not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_every_package_of_the_site_is_pinned_by_its_content():
    lock = json.loads((ROOT / "site" / "admin" / "package-lock.json").read_text(encoding="utf-8"))
    fetched = {name: one for name, one in lock["packages"].items() if name and not one.get("link")}

    assert [name for name, one in fetched.items() if not one.get("integrity", "").startswith("sha512-")] == []
