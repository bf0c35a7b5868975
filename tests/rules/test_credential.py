"""The check without a network: every worked case of contracts/offline.json, and what a list and claims promise."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import credential, signed
from chalicelib.rules.credential import Claims, StatusList
from scripts import offline_check

CONTRACT = json.loads((Path(__file__).parents[2] / "contracts" / "offline.json").read_text())
AT = datetime(2026, 11, 21, 13, 0, 5, tzinfo=UTC)
CLAIMS = Claims(
    token="04HMASW9NF6YZZPWQAC7CN1J20Q", name="王*芳", photo=None, colour="green", until=date(2027, 3, 1), at=AT,
    city="330200",
)  # fmt: skip


def read(case):
    at = datetime.fromisoformat(case["at"])
    return credential.read(
        case["text"], keys=CONTRACT["keys"], status_list=case["status_list"], at=at, genuine=offline_check.genuine
    )


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=lambda case: case["name"])
def test_a_worked_case_is_told_as_it_says(case):
    told = read(case)
    claims = told.claims and json.loads(told.claims.payload())

    assert (told.colour, told.reason) == (case["colour"], case["reason"])
    assert [claims and claims[place] for place in (0, 1, 2, 3, 4, 6)] == [
        case["claims"] and case["claims"][name] for name in ("token", "name", "photo", "colour", "until", "city")
    ]


def test_the_worked_cases_show_every_reason():
    assert {case["reason"] for case in CONTRACT["cases"]} - {None} == set(credential.REASONS)
    assert CONTRACT["reasons"] == list(credential.REASONS)


def test_claims_come_back_as_they_were_signed():
    assert credential.claims_from(CLAIMS.payload().encode()) == CLAIMS


@given(st.dictionaries(st.binary(min_size=8, max_size=8), st.integers(0, 2**32 - 1), max_size=40))
def test_a_list_comes_back_as_it_was_signed(entries):
    listed = StatusList(
        city="330200", made_at=AT, withdrawn={one: datetime.fromtimestamp(at, UTC) for one, at in entries.items()}
    )

    assert credential.list_from(listed.payload().encode()) == listed


@pytest.mark.parametrize(
    "changed",
    [{"colour": "yellow"}, {"until": date(2027, 2, 28)}, {"name": "李*芳"}, {"city": "330400"}],
    ids=lambda changed: next(iter(changed)),
)
def test_other_claims_do_not_bear_out_the_earlier(changed):
    assert not replace(CLAIMS, **changed).extends(CLAIMS)


def test_a_photo_that_was_added_bears_out_the_earlier_and_one_that_was_changed_does_not():
    photographed = replace(CLAIMS, photo="x")

    assert photographed.extends(CLAIMS)
    assert not replace(CLAIMS, photo="y").extends(photographed)
    assert not CLAIMS.extends(photographed)


def test_a_longer_life_of_the_same_bears_out_the_earlier():
    assert replace(CLAIMS, until=date(2027, 6, 1), at=AT + timedelta(days=9)).extends(CLAIMS)


@given(st.text(max_size=60))
def test_whatever_is_scanned_is_grey_and_never_a_fault(text):
    told = credential.read(text, keys=CONTRACT["keys"], status_list=text, at=AT, genuine=offline_check.genuine)

    assert told.colour == "grey"


@given(st.binary(max_size=60))
def test_whatever_is_signed_reads_or_is_unreadable(payload):
    text = signed.joined(signed.unsigned(CONTRACT["keys"]["keys"][0]["kid"], payload.decode("latin-1")), b"\0" * 64)
    told = credential.read(text, keys=CONTRACT["keys"], status_list=text, at=AT, genuine=lambda *_: True)

    assert told.colour == "grey"


def test_a_list_of_a_whole_years_withdrawals_in_a_large_city_fits_one_item():
    marks = [number.to_bytes(8, "big") for number in range(16_000)]
    text = signed.unsigned(
        "kid12345", StatusList(city="330200", made_at=AT, withdrawn=dict.fromkeys(marks, AT)).payload()
    )

    assert len(text) < 380_000
