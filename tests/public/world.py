"""What tests put into the tables, and how they ask."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlencode

from chalicelib.functions.verify import verify
from chalicelib.public.holder import fragment
from chalicelib.rules.line import line_of
from chalicelib.rules.numbers import make_token

NOW = datetime(2026, 11, 21, 13, 0, 5, tzinfo=UTC)
TOKEN = "04HMASW9NF6YZZPWQAC7CN1J20Q"
OTHER = "BH71YEMVFMG4GTMC1RQM2RVNGMB"
NUMBER = "33029926482103730"
LIVE_SECRET, NONCE_KEY, REPORT_KEY, STACK_KEY = (bytes([n]) * 32 for n in (1, 2, 3, 4))
PAGE_SECRET = "A1B2C3D4E5F6G7H8J9K0M1N2P3"
PAGE_HASH = sha256(PAGE_SECRET.encode()).hexdigest()
PHONE = "1" + "30" * 5
HOLDER = {
    "name": "王*芳",
    "photo": None,
    "service_types": ["养老照护"],
    "company": "甬城家政<演示>",
    "certificate": "…3730",
    "stars": 4.8,
    "ratings": 37,
}
FACTS = {
    "certificate": {
        "state": "active",
        "issued_on": "2026-05-02",
        "until": "2028-05-01",
        "review_due": None,
    },
    "exams": [{"category": "养老照护", "from": "2026-03-02", "until": "2027-03-01"}],
    "insurances": [{"from": "2026-06-01", "until": "2027-05-31", "third_party": True}],
    "background": {"conclusion": "passed", "checked_on": "2026-06-01", "due_on": "2027-05-31"},
    "consent": {"given_on": "2026-04-20", "withdrawn_on": None},
    "identity": "verified",
    "training": "done",
    "company": "active",
    "stop": None,
    "service_types": ["养老照护"],
}
LAPSED = FACTS | {"insurances": [{"from": "2025-11-20", "until": "2026-11-19", "third_party": True}]}
REVOKED = FACTS | {"certificate": FACTS["certificate"] | {"state": "revoked"}}
WITHDRAWN = FACTS | {"consent": {"given_on": "2026-04-20", "withdrawn_on": "2026-10-01"}}
STOP = {"code": "certificate-suspended", "since": "2026-11-20"}


def numbered(number):
    """A token of its own for each number."""
    return make_token(number.to_bytes(16, "big"))


def text(value):
    return {"S": value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}


def binary(value):
    return {"B": b64encode(value).decode()}


def code(facts=FACTS, *, token=TOKEN, stop=None, region="330000", overrides=(), **more):
    item = {
        "pk": text(token),
        "revision": {"N": "7"},
        "facts": {"S": line_of(facts)},
        "region": text(region),
        "city": text("330200"),
        "overrides": text(list(overrides)),
        "live_secret": binary(LIVE_SECRET),
        "nonce_key": binary(NONCE_KEY),
        "holder": text(HOLDER),
        "holder_zh": text(fragment(HOLDER, "zh")),
        "holder_en": text(fragment(HOLDER, "en")),
        "archive": text("W#330200#0001"),
        "colour": text("green"),
        "projected_on": text("2026-11-21"),
        **more,
    }
    return item | ({"stop": text(stop), "stop_revision": {"N": "8"}} if stop else {})


def stopped_only(stop=STOP, token=TOKEN):
    return {"pk": text(token), "stop": text(stop), "stop_revision": {"N": "1"}}


def stack(**more):
    return {
        "pk": text("stack"),
        "nonce_key": binary(STACK_KEY),
        "report_key": binary(REPORT_KEY),
        "hotline": text("962512"),
        "address": text("https://code.example.gov.cn"),
        **more,
    }


def look_up_key(number, surname):
    return "L#" + sha256(f"{number}|{surname}".encode()).hexdigest()


def event(method, resource, *, parameters=None, query=None, body=None, accept="application/json", kind=None):
    path = resource
    for name, value in (parameters or {}).items():
        path = path.replace("{" + name + "}", value)
    headers = {"accept": accept, "host": "code.example.gov.cn"} | ({"content-type": kind} if kind else {})
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "queryStringParameters": query,
        "pathParameters": parameters,
        "body": body,
        "isBase64Encoded": False,
    }


def get(resource, **more):
    return answered(event("GET", resource, **more))


def check(token=TOKEN, **more):
    return get("/v/{token}", parameters={"token": token}, **more)


def page(token=TOKEN, **more):
    return verify(event("GET", "/v/{token}", parameters={"token": token}, accept="text/html", **more), None)


def post(resource, body, **more):
    return answered(event("POST", resource, body=json.dumps(body), kind="application/json", **more))


def submit(resource, body, **more):
    """Send a page's form, as a browser does."""
    kind = "application/x-www-form-urlencoded"
    return verify(event("POST", resource, body=urlencode(body), kind=kind, accept="text/html,*/*;q=0.8", **more), None)


def answered(asked):
    """Give status and body of a JSON reply."""
    reply = verify(asked, None)
    return reply["statusCode"], json.loads(reply["body"])
