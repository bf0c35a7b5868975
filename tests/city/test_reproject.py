"""Repair: what is asked for comes back, and nothing else is touched."""

import pytest

from scripts import streams
from scripts.streams import wait_until


@pytest.fixture
def lost(people):
    """Two workers whose codes are gone from the table of codes."""
    workers = [people.worker("done") for _ in range(2)]
    for worker in workers:
        people.settled(people.public(), worker["certificate"]["token"])
        people.stack.client("dynamodb").delete_item(
            TableName=people.stack.outputs["CodesTable"], Key={"pk": {"S": worker["certificate"]["token"]}}
        )
    assert results(people, workers) == ["unknown", "unknown"]
    return workers


def results(people, workers):
    return [people.seen(worker["certificate"]["token"])[2]["result"] for worker in workers]


def test_a_worker_s_code_is_computed_anew_by_name(people, lost):
    answer = streams.reproject(people.stack, city="330200", workers=[lost[0]["id"]])

    assert answer == {"failed": []}
    assert results(people, lost)[0] == "known"


def test_a_company_s_codes_are_computed_anew_and_no_other_s(people, lost):
    others = streams.reproject(people.stack, city="330200", company=people.companies[1])
    before = results(people, lost)

    mine = streams.reproject(people.stack, city="330200", company=people.companies[0])

    assert (others, before) == ({"queued": 0}, ["unknown", "unknown"])
    assert mine["queued"] >= len(lost)
    assert wait_until(lambda: results(people, lost) == ["known", "known"])
