"""Many archives are projected with several calls of the store under way at once: each as if it were alone."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import evidence, projection
from chalicelib.actions.forms import AmendedExam
from chalicelib.functions import project
from chalicelib.public import store
from chalicelib.records import archives, cities, codes
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from tests.actions.relay import Relay
from tests.faults.test_streams import Context, archived, waiting


@pytest.fixture
def relay(town, monkeypatch):
    """What stands before the store for the calls that go there directly."""
    made = Relay(os.environ["AWS_ENDPOINT_URL"])
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", made.url)
    yield made
    made.stop()
    while store._kept:
        store._kept.pop().close()


@pytest.fixture
def three(town):
    """Three archives whose codes are green, and whose exams have then ended: (archives, event of the stream)."""
    found = [ended_yesterday(town, town.certified(number)) for number in (1, 2, 3)]
    return found, {"Records": [archived(archive) for archive in found]}


def ended_yesterday(town, archive):
    projection.project(archive.key)
    exam, day = archive.exams[0], town.today - timedelta(days=1)
    told = {"category": exam.category, "from": exam.start, "until": day, "issuer": exam.issuer, "why": "演示"}
    return evidence.amend_exam(town.act("owner"), archive.id, exam.id, AmendedExam(**told))


def colours(found):
    return [codes.find(archive.certificate.token).colour for archive in found]


def test_a_batch_takes_one_call_of_reading_and_one_of_writing_for_each(three, relay):
    found, event = three

    project.project(event, Context())

    assert colours(found) == ["yellow"] * 3
    assert [relay.operations.count(one) for one in ("Query", "PutItem")] == [len(found) + 1, len(found)]  # and the city


@pytest.mark.parametrize("operation", ["Query", "PutItem"])
@pytest.mark.parametrize("fault", [Relay.HANG_UP, Relay.LOSE, Relay.BREAK])
@pytest.mark.parametrize("place", range(3))
def test_a_call_that_fails_among_others_is_made_again_alone(three, relay, operation, fault, place):
    found, event = three
    relay.faults[operation] = [None] * place + [fault]

    project.project(event, Context())

    assert colours(found) == ["yellow"] * 3


def test_while_the_store_errs_every_archive_is_parked_by_its_key(three, relay, tables):
    found, event = three
    waiting(tables, "REPROJECT_QUEUE")
    relay.faults["Query"] = [Relay.BREAK] * 30

    project.project(event, Context())

    parked = waiting(tables, "REPROJECT_QUEUE")
    assert sorted(one["archives"][0] for one in parked) == sorted(archive.key for archive in found)


def test_one_that_is_torn_holds_up_nobody_beside_it(town, three, tables):
    found, event = three
    waiting(tables, "REPROJECT_QUEUE")
    row = RegisterRow.get(found[1].key, f"A#exam#{found[1].exams[0].id}")
    row.revision += 1
    row.save()

    project.project(event, Context())

    assert colours(found) == ["yellow", "green", "yellow"]
    assert waiting(tables, "REPROJECT_QUEUE") == [{"archives": [found[1].key]}]


def test_an_older_projection_is_not_written_over_a_newer_among_others(town):
    archive = town.certified()
    old = projection.computed(archive, cities.fetch("330200"))
    projection.project(ended_yesterday(town, archive).key)

    assert projection.publish_together([old]) == set()
    assert projection.publish(old) is False
    assert colours([archive]) == ["yellow"]


def test_a_code_that_nothing_led_to_yet_gets_what_leads_to_it(town):
    archive = town.certified()

    project.project({"Records": [archived(archive)]}, Context())

    assert codes.find_plain(projection._look_up(archive, archive.certificate)).token == archive.certificate.token


def test_an_archive_larger_than_one_page_is_read_whole_among_others(town, relay):
    small, large = town.certified(1), town.certified(2)
    many = tuple(replace(large.exams[0], id=f"EXAM{n:04d}", issuer="演" * 9000) for n in range(60))
    archives.store(large, replace(large, exams=many), act=town.act("owner"), entry=Entry(action="exam.add"))

    rows = archives.rows_together([small.key, large.key, "W#330200#NOBODY"])

    assert set(rows) == {small.key, "W#330200#NOBODY"}
    assert len(archives.find(large.key, rows.get(large.key)).exams) == 60
