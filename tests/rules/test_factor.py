"""Codes of an authenticator, against the vectors of RFC 6238 and the counting of tries."""

from base64 import b32decode
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest

from chalicelib.rules import factor
from chalicelib.rules.factor import Tries

SECRET = b"12345678901234567890"
AT = datetime(2026, 11, 22, 4, 0, 0, tzinfo=UTC)
NOW = factor.step_at(AT)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"),
        (2000000000, "279037"), (20000000000, "353130"),
    ],
)  # fmt: skip
def test_codes_are_those_of_rfc_6238_appendix_b(seconds, code):
    assert factor.code_of(SECRET, seconds // 30) == code


@pytest.mark.parametrize(("away", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_one_step_before_and_after_its_own(away, counts):
    found = factor.matching(SECRET, factor.code_of(SECRET, NOW + away), AT, after=0)

    assert (found == NOW + away) is counts


def test_a_code_that_served_and_those_before_it_serve_no_more():
    codes = [factor.code_of(SECRET, NOW + away) for away in (-1, 0, 1)]

    assert [factor.matching(SECRET, code, AT, after=NOW) for code in codes] == [None, None, NOW + 1]


def test_the_fifth_wrong_code_in_a_row_locks_for_a_quarter_of_an_hour():
    four = reduce(lambda tries, _: factor.tried(tries, False, step=None, at=AT), range(4), Tries(step=7))
    five = factor.tried(four, False, step=None, at=AT)

    assert not four.locked(AT)
    assert five.locked(AT + timedelta(minutes=14, seconds=59))
    assert not five.locked(AT + timedelta(minutes=15))
    assert five.step == 7


def test_a_right_code_begins_the_count_anew_and_remembers_its_step():
    four = reduce(lambda tries, _: factor.tried(tries, False, step=None, at=AT), range(4), Tries())

    assert factor.tried(four, True, step=NOW, at=AT) == Tries(step=NOW)
    assert factor.tried(Tries(step=9, wrong=3), True, step=None, at=AT) == Tries(step=9)


def test_a_secret_is_written_as_an_authenticator_reads_it():
    assert b32decode(factor.written(SECRET)) == SECRET
    assert factor.written(SECRET).isalnum()
