import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from chalicelib.outside import tokens
from chalicelib.rules.errors import NotPermitted

ISSUER = "https://issuer.example/pool"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Keys(BaseHTTPRequestHandler):
    """Serves the one public key of the issuer, and counts how often it was asked."""

    asked = 0

    def do_GET(self):
        Keys.asked += 1
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "one", "alg": "RS256"}
        body = json.dumps({"keys": [key]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def keys_url():
    server = HTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/keys"
    server.shutdown()


@pytest.fixture
def issuer(keys_url, monkeypatch):
    told = {"issuer": ISSUER, "jwks_url": keys_url, "audience_claim": "client_id", "audience": "site"}
    monkeypatch.setenv("ISSUERS", json.dumps([told | {"token_use": "access"}]))
    tokens._cached.clear()


def bearer(key=KEY, algorithm="RS256", kid="one", **claims):
    now = datetime.now(UTC)
    told = {"iss": ISSUER, "sub": "abc", "client_id": "site", "token_use": "access", "iat": now}
    told |= {"exp": now + timedelta(minutes=5), "auth_time": int(now.timestamp())} | claims
    present = {name: value for name, value in told.items() if value is not None}
    return "Bearer " + jwt.encode(present, key, algorithm=algorithm, headers={"kid": kid})


def rule_of(text):
    with pytest.raises(NotPermitted) as refusal:
        tokens.read(text)
    return refusal.value.rule


def test_a_good_access_token_says_who_it_is(issuer):
    assert tokens.read(bearer()).subject == f"{ISSUER}|abc"


@pytest.mark.parametrize("name", ["origin_jti", "sid", "jti"])
def test_tokens_of_one_sign_in_name_the_same_and_of_another_not(issuer, name):
    first, fresh, other = (tokens.read(bearer(**{name: told, "n": n})) for told, n in (("a", 1), ("a", 2), ("b", 3)))

    assert first.session == fresh.session
    assert other.session != first.session


def test_tokens_that_tell_no_sign_in_are_each_one_of_their_own(issuer):
    assert tokens.read(bearer(n=1)).session != tokens.read(bearer(n=2)).session


def test_a_sign_in_is_as_old_as_its_password_and_not_as_its_token(issuer):
    assert tokens.read(bearer(auth_time=1_000_000_000)).since == 1_000_000_000


@pytest.mark.parametrize("told", [None, "", "1700000000", "yesterday", 1.5, True, -1, []], ids=repr)
def test_a_token_that_does_not_tell_when_its_sign_in_was_is_refused(issuer, told):
    with pytest.raises(NotPermitted) as refusal:
        tokens.read(bearer(auth_time=told))

    assert refusal.value.rule == "no-auth-time"


@pytest.mark.parametrize(
    ("claims", "rule"),
    [
        ({"exp": datetime(2020, 1, 1, tzinfo=UTC)}, "ExpiredSignatureError"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"iat": datetime.now(UTC) + timedelta(hours=1)}, "ImmatureSignatureError"),
        ({"sub": None}, "MissingRequiredClaimError"),
        ({"iss": "https://elsewhere.example"}, "unknown-issuer"),
        ({"client_id": "another"}, "wrong-audience"),
        ({"client_id": None}, "wrong-audience"),
        ({"token_use": "id"}, "wrong-use"),
        ({"token_use": None}, "wrong-use"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_token_with_a_wrong_claim_is_refused(issuer, claims, rule):
    with pytest.raises(NotPermitted) as refusal:
        tokens.read(bearer(**claims))

    assert refusal.value.rule == rule


def test_a_token_signed_by_another_key_is_refused(issuer):
    with pytest.raises(NotPermitted):
        tokens.read(bearer(key=OTHER_KEY))


def test_a_key_id_nobody_has_is_refused(issuer):
    with pytest.raises(NotPermitted) as refusal:
        tokens.read(bearer(kid="two"))

    assert refusal.value.rule == "unknown-key"


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        ("a shared secret of thirty-two bytes!", "HS256"),
        (ec.generate_private_key(ec.SECP256R1()), "ES256"),
        (None, "none"),
    ],
    ids=["HS256", "ES256", "none"],
)
def test_no_other_algorithm_counts(issuer, key, algorithm):
    with pytest.raises(NotPermitted):
        tokens.read(bearer(key=key, algorithm=algorithm))


@pytest.mark.parametrize("text", ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic abc", "x" * 5000])
def test_what_is_no_token_is_refused(issuer, text):
    with pytest.raises(NotPermitted):
        tokens.read(text)


def test_keys_are_fetched_once(issuer):
    before = Keys.asked
    tokens.read(bearer())
    tokens.read(bearer())

    assert Keys.asked == before + 1


def test_a_flood_of_unknown_keys_does_not_reach_the_issuer(issuer):
    tokens.read(bearer())
    before = Keys.asked
    for_each = [bearer(kid=f"made-up-{n}") for n in range(5)]

    assert {rule_of(one) for one in for_each} == {"unknown-key"}
    assert Keys.asked == before
