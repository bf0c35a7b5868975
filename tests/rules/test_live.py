import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import live
from chalicelib.rules.numbers import make_token

EXAMPLE = json.loads((Path(__file__).parents[2] / "contracts" / "token.json").read_text(encoding="utf-8"))[
    "live"
]["example"]
TOKEN, SECRET = EXAMPLE["token"], bytes.fromhex(EXAMPLE["live_secret"])
OTHER = make_token(bytes(16))
KEY = bytes(range(32, 64))
AT = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)


def kind(text, at=AT, secret=SECRET):
    return live.code_kind(live.scanned(text), secret, at)


def test_a_live_code_is_written_as_the_contract_says():
    assert live.make_live(TOKEN, SECRET, datetime.fromisoformat(EXAMPLE["at"])) == EXAMPLE["text"]


def test_a_printed_code_is_the_token_alone():
    assert live.scanned(TOKEN.lower()) == (TOKEN, None)
    assert kind(TOKEN) == "printed"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-61, "stale"),
        (-30, "live"),
        (-1, "live"),
        (0, "live"),
        (29, "live"),
        (59, "live"),
        (60, "stale"),
        (86400, "stale"),
    ],
)
def test_a_live_code_holds_one_step_before_and_after_its_own(seconds, expected):
    assert kind(live.make_live(TOKEN, SECRET, AT), AT + timedelta(seconds=seconds)) == expected


def test_a_live_code_in_lower_case_is_the_same():
    assert kind(live.make_live(TOKEN, SECRET, AT).lower()) == "live"


def test_a_live_code_under_another_secret_is_never_live():
    assert kind(live.make_live(TOKEN, KEY, AT)) == "stale"


@given(st.integers(27, 40), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_live_code_changed_anywhere_is_never_live(place, wrong):
    code = live.make_live(TOKEN, SECRET, AT)
    changed = code[:place] + wrong + code[place + 1 :]

    assert (kind(changed) == "live") == (changed == code)


@pytest.mark.parametrize(
    "text", ["", TOKEN[:26], TOKEN + "1", TOKEN + "U" * 14, TOKEN + "é" * 14, TOKEN[:26] + "0" + "1" * 14]
)
def test_what_is_neither_printed_nor_live_is_refused(text):
    assert live.scanned(text) is None


def test_a_nonce_reads_back_as_the_instant_it_was_made_at():
    at = AT + timedelta(microseconds=123456)

    nonce = live.make_nonce(KEY, TOKEN, at)

    assert len(nonce) == 27
    assert live.read_nonce(KEY, TOKEN, nonce, at) == at


@given(at=st.datetimes(datetime(1960, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_microseconds_are_what_dividing_by_one_gives(at):
    assert live.microseconds(at) == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def test_two_answers_of_one_code_have_two_nonces():
    assert live.make_nonce(KEY, TOKEN, AT) != live.make_nonce(KEY, TOKEN, AT + timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("age", "good"),
    [
        (timedelta(), True),
        (timedelta(minutes=15), True),
        (timedelta(minutes=15, microseconds=1), False),
        (timedelta(seconds=-30), True),
        (timedelta(seconds=-30, microseconds=-1), False),
    ],
)
def test_a_nonce_holds_fifteen_minutes_and_for_a_clock_one_step_behind(age, good):
    nonce = live.make_nonce(KEY, TOKEN, AT)

    assert (live.read_nonce(KEY, TOKEN, nonce, AT + age) is not None) is good


@pytest.mark.parametrize(("key", "token"), [(SECRET, TOKEN), (KEY, OTHER)])
def test_a_nonce_serves_no_other_key_and_no_other_token(key, token):
    assert live.read_nonce(key, token, live.make_nonce(KEY, TOKEN, AT), AT) is None


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZabcé", max_size=30))
def test_a_made_up_nonce_is_refused(nonce):
    assert live.read_nonce(KEY, TOKEN, nonce, AT) is None


def test_a_visit_has_the_same_secret_for_the_same_nonce_and_key_only():
    nonce = live.make_nonce(KEY, TOKEN, AT)

    secrets = {live.visit_secret(KEY, nonce), live.visit_secret(KEY, nonce.lower())}

    assert len(secrets) == 1
    assert secrets.isdisjoint({live.visit_secret(SECRET, nonce), nonce[:26]})
    assert [len(secret) for secret in secrets] == [26]
