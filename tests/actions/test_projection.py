from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import evidence, projection, stack
from chalicelib.actions.forms import AmendedExam
from chalicelib.records import archives, cities, codes
from chalicelib.records.codes import CodeRow
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.errors import Unavailable


def code(archive):
    return CodeRow.get(archive.certificate.token, consistent_read=True)


def plain(row):
    return row.to_dynamodb_dict()


def ended_yesterday(town, archive):
    exam, day = archive.exams[0], town.today - timedelta(days=1)
    told = {"category": exam.category, "from": exam.start, "until": day, "issuer": exam.issuer, "why": "演示"}
    return evidence.amend_exam(town.act("owner"), archive.id, exam.id, AmendedExam(**told))


def test_a_code_follows_its_archive(town):
    archive = town.certified()
    projection.project(archive.key)
    green = code(archive).colour

    ended_yesterday(town, archive)
    projection.project(archive.key)

    assert (green, code(archive).colour) == ("green", "yellow")


def test_projecting_again_changes_nothing(town):
    archive = town.certified()
    projection.project(archive.key)
    first = plain(code(archive))

    projection.project(archive.key)
    projection.project(archive.key)

    assert plain(code(archive)) == first


def test_an_older_projection_is_not_written_over_a_newer(town):
    archive = town.certified()
    old = projection._live(archive, cities.fetch("330200"), archive.certificate, town.today)
    ended_yesterday(town, archive)
    projection.project(archive.key)

    assert codes.publish(old) is False
    assert code(archive).colour == "yellow"


def test_a_worker_without_a_certificate_has_no_code(town):
    archive = town.ready()

    assert projection.project(archive.key) is False


def test_an_archive_that_is_not_there_has_no_code(town):
    assert projection.project("W#330200#NOBODY") is False


def test_a_torn_read_is_not_projected(town):
    archive = town.certified()
    row = RegisterRow.get(archive.key, f"A#exam#{archive.exams[0].id}")
    row.revision = archive.revision + 1
    row.save()

    with pytest.raises(Unavailable):
        projection.project(archive.key)


def test_a_row_that_vanished_is_not_projected(town):
    archive = town.certified()
    RegisterRow.get(archive.key, "A#consent").delete()

    with pytest.raises(Unavailable):
        archives.find(archive.key)


def test_the_code_holds_no_personal_datum_of_the_archive(town):
    archive = town.certified()
    projection.project(archive.key)
    text = str(plain(code(archive)))

    assert archive.worker.name not in text
    assert archive.worker.resident_id not in text
    assert archive.worker.identity_hash not in text


def test_a_code_is_indexed_by_the_first_day_of_its_next_verdict(town):
    archive = town.certified()
    projection.project(archive.key)

    assert code(archive).turn.partition("#")[0] == str(archive.insurances[0].until + timedelta(days=1))


def test_an_archive_larger_than_one_page_is_read_whole(town):
    archive = town.certified()
    many = tuple(replace(archive.exams[0], id=f"EXAM{n:04d}", issuer="演" * 9000) for n in range(60))
    stored = archives.store(
        archive, replace(archive, exams=many), act=town.act("owner"), entry=Entry(action="exam.add")
    )

    found = archives.find(archive.key)

    assert len(found.exams) == 60
    assert found.revision == stored.revision


def test_the_look_up_leads_from_number_and_surname_to_the_token(town):
    archive = town.certified()
    projection.project(archive.key)

    found = codes.find_plain(projection._look_up(archive, archive.certificate))

    assert found.token == archive.certificate.token


def test_the_stacks_own_item_names_the_cities_it_serves(town):
    stack.prepare()

    item = codes.find_plain("stack")

    assert "330200" in item.cities
    assert "330400" in item.cities
    assert item.seal_public
