"""What is measured, laid out as it is deployed: a bare environment, the check's package, LIMIT, events and an item."""

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.public.holder import fragment
from chalicelib.rules.line import line_of
from chalicelib.rules.numbers import make_token
from scripts import package

HERE = Path(__file__).parent
TOKENS = [make_token(number.to_bytes(16, "big")) for number in range(1, 401)]
HANDLERS = {
    "no-op": ("noop", "handler"),
    "limit": ("limit", "handler"),
    "check": ("chalicelib.functions.verify", "verify"),
}
_HOLDER = {
    "name": "王*芳", "photo": None, "service_types": ["养老照护"], "company": "甬城家政（演示）",
    "certificate": "…3730", "stars": 4.8, "ratings": 37,
}  # fmt: skip
_FACTS: dict[str, Any] = {
    "certificate": {"state": "active", "issued_on": "2020-05-02", "until": "9999-12-01", "review_due": None},
    "insurances": [{"from": "2020-06-01", "until": "9999-05-31", "third_party": True}],
    "background": {"conclusion": "passed", "checked_on": "2026-06-01", "due_on": "9999-05-31"},
    "consent": {"given_on": "2020-04-20", "withdrawn_on": None},
    "identity": "verified", "training": "done", "company": "active", "stop": None, "service_types": ["养老照护"],
}  # fmt: skip


class Scene(NamedTuple):
    """Where everything lies; `environment` is what a handler finds, but for the store's address."""

    folder: Path
    python: Path
    environment: dict[str, str]

    def command(self, handler: str, calls: int, event: str = "one") -> list[str]:
        """Give the command that calls a handler so many times."""
        module, function = HANDLERS[handler]
        files = [str(HERE / "caller.py"), str(self.folder / "verify"), module, function]
        return [str(self.python), *files, str(calls), str(self.folder / f"{event}.json")]


def laid(folder: Path, today: str) -> Scene:
    """Lay everything out in a folder, afresh; `today` dates the health exam."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    venv.create(folder / "bare", with_pip=False)
    package._verify_package(folder)
    for name in ("noop", "limit"):
        shutil.copy2(HERE / f"{name}.py", folder / "verify")
    package._compile(folder / "verify")
    without = item("KEY", today)
    for name, one in (("item", without), ("pictured", without | {"photo": {"S": f"photos/{'0' * 26}.jpg"}})):
        (folder / f"{name}.json").write_text(_written({"Item": one}), encoding="utf-8")
    for name, tokens, accept in (
        ("one", TOKENS[:1], "application/json"),
        ("many", TOKENS, "application/json"),
        ("page", TOKENS[:1], "text/html"),
        ("pages", TOKENS, "text/html"),
    ):
        told = {"event": _event(tokens[0], accept), "tokens": tokens}
        (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    environment = {
        "PATH": os.environ["PATH"], "PYTHONHASHSEED": "0", "AWS_REGION": "cn-north-1", "CODES_TABLE": "codes",
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example", "ADDRESS": "https://code.example.cn",
        "PHOTOS": "https://photos.s3.cn-north-1.amazonaws.com.cn", "UPLOADS_BUCKET": "photos",
    }  # fmt: skip
    return Scene(folder, folder / "bare" / "bin" / "python", environment)


def item(token: str, today: str) -> dict[str, Any]:
    """Give a green code's item in the wire's form, under 4 KB."""
    exam = {"category": "养老照护", "from": today, "until": "9999-12-01"}
    texts = {
        "pk": token, "facts": line_of({**_FACTS, "exams": [exam]}),
        "region": "330200", "city": "330200", "overrides": "[]",
        "holder": _written(_HOLDER), "holder_zh": fragment(_HOLDER, "zh"), "holder_en": fragment(_HOLDER, "en"),
        "hotline": "962512", "archive": "W#330200#01JD8Q4N7ZK3M5X9V2B6T0C1EA", "colour": "green",
        "phone_page": "0" * 64, "leads": "0" * 16,
        "turn": "2027-06-01#4", "projected_on": today,
    }  # fmt: skip
    found: dict[str, Any] = {name: {"S": text} for name, text in texts.items()}
    # every code has keys of its own: 32 bytes in base64, the token among them
    keys = {"live_secret": {"B": f"{token}{'1' * 15}0="}, "nonce_key": {"B": f"{token}{'2' * 15}0="}}
    return found | keys | {"revision": {"N": "7"}, "decided": {"N": "2"}}


def _written(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _event(token: str, accept: str) -> dict[str, Any]:
    """Give an event as API Gateway sends it, with the headers that a phone's browser and CloudFront add."""
    headers = {
        "Accept": accept, "accept-language": "zh-CN,zh;q=0.9", "CloudFront-Forwarded-Proto": "https",
        "CloudFront-Is-Mobile-Viewer": "true", "Host": "code.example.cn", "User-Agent": "Mozilla/5.0 (Linux; Android)",
        "Via": "2.0 example (CloudFront)", "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https",
    }  # fmt: skip
    return {
        "resource": "/v/{token}", "path": f"/v/{token}", "httpMethod": "GET", "headers": headers,
        "queryStringParameters": None, "pathParameters": {"token": token}, "body": None, "isBase64Encoded": False,
    }  # fmt: skip


@contextmanager
def canned(scene: Scene, lies: str = "item") -> Iterator[Scene]:
    """Give a scene whose store answers at once with one item under any key; `pictured` has a photo."""
    command = [sys.executable, str(HERE / "canned.py"), str(scene.folder / f"{lies}.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            yield scene._replace(environment={**scene.environment, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"})
        finally:
            process.terminate()
