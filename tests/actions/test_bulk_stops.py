"""Suspending and revoking by source, on real transactions (C7)."""

import json
import os
from datetime import timedelta

import pytest

from chalicelib.actions import bulk_stops, evidence, projection, slices, stack
from chalicelib.actions.forms import NewExam
from chalicelib.functions import work
from chalicelib.records import archive_rows, archives, jobs, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Malformed, Missing, NotAllowed, NotPermitted, Unavailable
from tests.actions.stops import OUTCOMES, decided, form, previewed


def messages(aws):
    """Take what waits for `work`."""
    queue, found = os.environ["WORK_QUEUE"], []
    while told := aws("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(one["Body"]) for one in told]
        [aws("sqs").delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"]) for one in told]
    return found


def image(stop):
    row = RegisterRow.get(stop.key, "A#meta")
    return {"pk": row.pk, "noun": row.noun, "brief": row.brief}


def state(archive):
    return archives.fetch("330200", archive.id).certificate.state


def red(archive):
    told = CodeRow.get(archive.certificate.token, consistent_read=True).stop
    return bool(told) and json.loads(told)["code"]


def test_a_preview_counts_and_stops_nothing(town, bureau):
    people = [town.certified(number) for number in (1, 2)]

    stop = previewed(town, names=("演 示医院", "没有的医院"))

    assert (stop.rows, stop.counted, stop.state) == (2, {"演 示医院": 2, "没有的医院": 0}, "previewed")
    assert [state(one) for one in people] == ["active", "active"]


def test_the_second_person_starts_it_and_every_code_is_red_before_any_stream(town, bureau):
    people = [town.certified(number) for number in (1, 2)]

    running = decided(town, previewed(town))
    counts = bulk_stops.run("330200", running.id, 0)

    assert counts == {"stopped": 2}
    assert [(state(one), red(one)) for one in people] == [("suspended", "certificate-suspended")] * 2
    assert bulk_stops.progress(running) == {"slices_done": 1, **OUTCOMES, "stopped": 2}


def test_who_asked_for_it_does_not_start_it(town, bureau):
    town.certified()
    stop = previewed(town)

    with pytest.raises(NotPermitted):
        decided(town, stop, by="association_manager")


def test_the_message_of_a_slice_reaches_the_work(town, bureau, tables):
    archive = town.certified()
    running = decided(town, previewed(town))

    [work._do(message) for message in messages(tables) if message.get("stop") == ["330200", running.id, 0]]

    assert state(archive) == "suspended"


@pytest.mark.parametrize(("kind", "name"), [("insurance", "演示保险"), ("training", "演示学校")])
def test_an_insurer_and_a_school_are_sources_too(town, bureau, kind, name):
    archive = town.certified()

    running = decided(town, previewed(town, kind=kind, names=(name,), move="revoke"))
    bulk_stops.run("330200", running.id, 0)

    assert (state(archive), red(archive)) == ("revoked", "certificate-revoked")


def test_so_is_a_company_and_only_its_own_workers_are_stopped(town, bureau):
    archive = town.certified()

    running = decided(town, previewed(town, kind="company", names=(town.company.id,)))
    bulk_stops.run("330200", running.id, 0)

    assert state(archive) == "suspended"
    with pytest.raises(NotAllowed):
        previewed(town, kind="company", names=(town.other.id,))


def test_papers_of_other_days_are_left_alone(town, bureau):
    archive = town.certified()
    other = evidence.add_exam(
        town.act("owner"), archive.id, NewExam(**{"category": "一般", "from": town.today, "issuer": "另一医院"})
    )
    span = {"from": town.today - timedelta(days=9), "until": town.today}

    assert previewed(town, names=("另一医院",), **span).rows == 1
    with pytest.raises(NotAllowed):
        previewed(town, names=("演示医院",), **span)
    assert other.certificate.state == "active"


def test_after_a_crash_what_is_done_is_red_and_the_rest_follows(town, bureau):
    people = [town.certified(number) for number in (1, 2, 3)]
    RegisterRow.get(people[1].key, "A#binding").delete()
    running = decided(town, previewed(town))

    with pytest.raises(Unavailable):
        bulk_stops.run("330200", running.id, 0)
    half = [bool(red(one)) for one in (people[0], people[2])]
    whole = archive_rows.items(people[1])["A#binding"]
    RegisterRow(people[1].key, "A#binding", noun="binding", body=whole.body, revision=1).save()
    revisions = [archives.fetch("330200", one.id).revision for one in (people[0], people[2])]
    counts = bulk_stops.run("330200", running.id, 0)

    assert half == [True, True]
    assert counts == {"stopped": 3}
    assert [archives.fetch("330200", one.id).revision for one in (people[0], people[2])] == revisions


def test_a_slice_that_was_done_does_nothing_more(town, bureau):
    town.certified()
    running = decided(town, previewed(town))
    bulk_stops.run("330200", running.id, 0)

    assert bulk_stops.run("330200", running.id, 0) == {}
    assert jobs.slices_left(running) == []


def test_a_refused_proposal_does_not_undo_what_two_persons_stopped_by_source(town, bureau):
    proposed = town.turned(town.certified(), "suspend")
    running = decided(town, previewed(town))
    bulk_stops.run("330200", running.id, 0)

    refused = town.decided(archives.fetch("330200", proposed.id), "refuse")

    assert refused.certificate.state == "suspended"
    projection.project(refused.key)
    assert red(refused) == "certificate-suspended"


def test_a_lifting_that_waits_ends_with_it(town, bureau):
    suspended = town.decided(town.turned(town.certified(), "suspend"), "confirm")
    waiting = town.turned(suspended, "resume")
    running = decided(town, previewed(town))
    bulk_stops.run("330200", running.id, 0)

    stopped = archives.fetch("330200", waiting.id)
    assert (stopped.proposal, stopped.certificate.state, stopped.stop.source) == (None, "suspended", "active")
    assert "演示：查实" in stopped.stop.ground


def test_a_lost_certificate_does_not_come_back_by_being_replaced(town, bureau):
    lost = town.turned(town.certified(), "lose", by="owner")
    running = decided(town, previewed(town))
    bulk_stops.run("330200", running.id, 0)

    with pytest.raises(NotAllowed):
        town.turned(archives.fetch("330200", lost.id), "replace")


def test_the_ledger_names_both_persons_and_the_job(town, bureau):
    archive = town.certified()
    running = decided(town, previewed(town))
    bulk_stops.run("330200", running.id, 0)

    entry = ledger.chain(archive.key)[-1]
    assert (entry["action"], entry["by"]) == ("certificate.suspend", "bureau")
    assert entry["note"] == {"basis": "source", "bulk_stop": running.id, "proposed_by": "association_manager"}
    assert [one["action"] for one in ledger.chain(running.key)] == ["bulk_stop.preview", "bulk_stop.confirm"]


def test_another_citys_sources_and_jobs_are_not_there(town, bureau):
    town.certified()
    stop = previewed(town)
    foreign = town.account("bureau", city="330400")

    with pytest.raises(Missing):
        bulk_stops.fetch(foreign, stop.id)
    with pytest.raises(NotAllowed):
        bulk_stops.preview(town.act(foreign), form())


def test_a_basis_is_asked_for(town):
    with pytest.raises(Malformed):
        previewed(town, basis="enquiry", move="revoke")


def test_archives_of_before_the_index_are_found_once_they_are_written_anew(town, bureau):
    archive = town.certified()
    row = RegisterRow.get(archive.key, f"A#exam#{archive.exams[0].id}")
    row.update(actions=[RegisterRow.owner_key.remove(), RegisterRow.owner_sort.remove()])
    with pytest.raises(NotAllowed):
        previewed(town)

    stack.index(town.act(SYSTEM), [archive.key])

    assert previewed(town).rows == 1
    assert archives.fetch("330200", archive.id).certificate == archive.certificate


def test_a_bulk_stop_is_no_import(town):
    town.certified()

    with pytest.raises(Missing):
        slices.progress(town.act("association_manager"), previewed(town).id)


def test_a_start_whose_messages_were_lost_is_done_all_the_same(town, bureau, tables):
    archive = town.certified()
    running = decided(town, previewed(town))
    messages(tables)

    assert slices.follow(image(running))
    work._do({"rest-of-bulk_stop": ["330200", running.id]})
    [work._do(one) for one in messages(tables) if "stop" in one]

    assert red(archive) == "certificate-suspended"


def test_what_is_only_previewed_is_not_begun(town):
    town.certified()

    assert not slices.follow(image(previewed(town)))
