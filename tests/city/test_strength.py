"""Second factor, sign-out and machine clients on the deployed stack: authorizer, gateway, rights and pool together."""

import json
import uuid
from base64 import b32decode

import pytest

from chalicelib.outside import clock
from chalicelib.rules import factor
from scripts.http_client import Client, sign_in
from scripts.streams import wait_until


@pytest.fixture
def ask(people):
    """Ask as the bearer of any text: status and JSON."""

    def asked(token, method, path, body=None):
        sent = None if body is None else json.dumps(body).encode()
        client = Client(people.stack.direct_url, token=token)
        status, _, told = client.raw(method, path, sent, Idempotency_Key=uuid.uuid4().hex)
        return status, json.loads(told)

    return asked


@pytest.fixture
def hotline(people):
    """An account nobody else uses: its id, and how it signs in."""
    people._make("association_manager", "strength", "hotline", "热线", None, None)
    held = next(one for one in people.accounts if one["username"].startswith("strength"))
    pool, own = people.stack.auth["client_id"], people.as_("strength").get("/api/me")
    return own, lambda: sign_in(people.stack.gateway, pool, held["username"], held["password"])


def test_a_factor_is_asked_for_in_each_sign_in_and_a_sign_out_ends_them_all(people, hotline, ask):
    own, sign = hotline
    first = sign()
    _, offer = ask(first, "POST", "/api/me/second-factor/offer", {})
    secret, step = b32decode(offer["secret"]), factor.step_at(clock.now())
    confirmed, codes = ask(first, "POST", "/api/me/second-factor/confirm", {"code": factor.code_of(secret, step)})
    second = sign()
    weak = ask(second, "GET", "/api/cities/330200")
    passed = ask(second, "POST", "/api/me/second-factor/check", {"code": codes["recovery_codes"][0]})
    revision = ask(second, "GET", "/api/me")[1]["revision"]
    told = {"revision": revision, "ground": "演示"}
    people.as_("association_manager").post(f"/api/accounts/{own['id']}/sign-out", told)
    ended = [ask(token, "GET", "/api/me") for token in (first, second)]

    assert confirmed == 201
    assert (weak[0], weak[1]["type"]) == (403, "second-factor-needed")
    assert passed[1]["passed"]
    assert [(status, told["type"]) for status, told in ended] == [(401, "signed-out")] * 2
    assert wait_until(lambda: ask(sign(), "GET", "/api/me")[0] == 200, every=0.5), "a later sign-in counts"


def test_a_platform_asks_by_number_and_by_code_and_reaches_nothing_else(people, certified, ask):
    made = people.as_("association_manager").post(
        "/api/clients", {"role": "platform", "name": "演示平台", "scopes": ["check.ask"]}
    )
    held = certified["certificate"]
    answers = [ask(made["key"], "POST", "/api/checks", {"code": code}) for code in (held["number"], held["url"])]

    assert [(status, told["result"], told["colour"]) for status, told in answers] == [(200, "known", "green")] * 2
    assert ask(made["key"], "GET", "/api/me")[1]["role"] == "platform"
    assert ask(made["key"], "GET", "/api/workers")[0] == 403
    assert ask(made["key"][:-1] + "0", "GET", "/api/me")[0] == 401
