"""Suspending and revoking by source, on real transactions (C7)."""

import json
import os
from datetime import timedelta

import pytest

from chalicelib.actions import applications, bulk_stops, evidence, projection, slices, stack
from chalicelib.actions.bulk_stop_forms import NewBulkStop
from chalicelib.actions.forms import AmendedExam, Grounds, NewExam, Void
from chalicelib.functions import work
from chalicelib.records import accounts as account_records
from chalicelib.records import archive_rows, archives, jobs, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Malformed, Missing, NotAllowed, NotPermitted, Unavailable

OUTCOMES = {"stopped": 0, "returned": 0, "distrusted": 0, "trusted": 0, "nothing-to-do": 0}


@pytest.fixture
def bureau(town):
    """The bureau's account, stored, since a slice reads who confirmed."""
    account = town.account("bureau")
    return account_records.store(account, account, act=town.act("association_manager"), entry=Entry(action="make"))


def form(**told):
    usual = {"kind": "exam", "names": ("演示医院",), "move": "suspend", "basis": "source", "ground": "演示：查实"}
    return NewBulkStop(**usual | told)


def previewed(town, **told):
    return bulk_stops.preview(town.act("association_manager"), form(**told))


def decided(town, stop, decision="confirm", by="bureau"):
    return bulk_stops.decide(town.act(by), stop.id, decision, Grounds(revision=stop.revision, ground="演示：同意"))


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

def ran(town, **told):
    """The bulk stop after its one slice."""
    running = decided(town, previewed(town, **told))
    bulk_stops.run("330200", running.id, 0)
    return running


def again(town, **told):
    """What undoes a bulk stop: its source is believed again, as two persons decide."""
    return ran(town, move="trust", basis="mistake", **told)


@pytest.mark.parametrize("at", ["company_review", "association_review", "background", "authorisation"])
def test_an_application_that_rests_on_the_source_goes_back_and_says_why(town, bureau, at):
    before, one = town.applied(at)

    running = ran(town)

    after = archives.fetch("330200", before.id)
    back = after.application(one.id)
    assert (back.state, back.waiting_since, back.step_due_on) == ("returned", town.today, None)
    assert (back.steps[-1].reasons, back.steps[-1].note) == (("source-unreliable",), "演示：查实")
    assert bulk_stops.progress(running) == {"slices_done": 1, **OUTCOMES, "returned": 1}
    assert ledger.chain(before.key)[-1]["action"] == "application.return"


def test_the_preview_counts_certificates_and_applications_apart(town, bureau):
    town.certified(1)
    town.applied("authorisation", 2)
    town.ready(3)

    stop = previewed(town)

    assert (stop.rows, stop.certificates, stop.applications) == (3, 1, 1)


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [("exam", "演示医院", "exam-missing"), ("insurance", "演示保险", "insurance-missing"),
     ("training", "演示学校", "training-missing")],
)  # fmt: skip
def test_what_went_back_does_not_come_again_on_the_same_paper(town, bureau, kind, name, code):
    before, one = town.applied("authorisation")
    ran(town, kind=kind, names=(name,))

    with pytest.raises(NotAllowed) as refused:
        town.moved((archives.fetch("330200", before.id), one), "submit", "owner")

    assert [fault.code for fault in refused.value.faults] == [code]
    assert "演示：查实" in str(refused.value)


def test_a_paper_of_another_hospital_lets_it_be_sent_again(town, bureau):
    before, one = town.applied("authorisation")
    ran(town)
    exam = {"category": "母婴照护", "from": town.today, "issuer": "另一医院"}

    fresh = evidence.add_exam(town.act("owner"), before.id, NewExam(**exam))

    assert town.moved((fresh, one), "submit", "owner")[1].state == "company_review"


def test_the_source_gives_no_further_paper_of_those_days(town, bureau):
    archive = town.ready()
    ran(town, **{"until": town.today})
    exam = {"category": "一般", "from": town.today, "issuer": "演示 医院"}

    with pytest.raises(NotAllowed) as refused:
        evidence.add_exam(town.act("owner"), archive.id, NewExam(**exam))

    assert refused.value.rule == "source-distrusted"


def test_a_marked_paper_is_neither_corrected_nor_taken_out(town, bureau):
    archive = town.ready()
    ran(town)
    exam = archive.exams[0]
    right = {"category": exam.category, "from": exam.start, "issuer": "另一医院", "why": "录入有误"}

    with pytest.raises(NotAllowed):
        evidence.amend_exam(town.act("owner"), archive.id, exam.id, AmendedExam(**right))
    with pytest.raises(NotAllowed):
        evidence.void_exam(town.act("owner"), archive.id, exam.id, Void(why="录入有误"))


def test_what_was_marked_stays_so_when_a_slice_comes_again(town, bureau):
    before, one = town.applied("authorisation")
    running = ran(town)
    RegisterRow(running.key, "S#00000").delete()
    exam = {"category": "母婴照护", "from": town.today, "issuer": "另一医院"}
    fresh = evidence.add_exam(town.act("owner"), before.id, NewExam(**exam))
    sent = town.moved((fresh, one), "submit", "owner")[0]

    counts = bulk_stops.run("330200", running.id, 0)

    assert counts == {"returned": 1}
    assert archives.fetch("330200", before.id).revision == sent.revision


def test_a_suspension_that_is_lifted_leaves_the_paper_behind_unless_it_was_a_mistake(town, bureau):
    right, wrong = town.certified(1), town.certified(2)
    ran(town)

    lifted = {
        basis: town.decided(town.turned(archives.fetch("330200", one.id), "resume", basis=basis), "confirm")
        for basis, one in (("cleared", right), ("mistake", wrong))
    }

    assert {basis: colour(one) for basis, one in lifted.items()} == {"cleared": "yellow", "mistake": "green"}


def test_two_persons_believe_a_source_again(town, bureau):
    archive = town.ready()
    ran(town)

    again(town)

    believed = archives.fetch("330200", archive.id)
    assert believed.exams[0].distrust is None
    assert applications.open_(town.act("owner"), archive.id, submit=True)[1].state == "company_review"
    assert ledger.chain(archive.key)[-2]["action"] == "evidence.trust"


def test_a_source_that_is_believed_again_gives_papers_again(town, bureau):
    archive = town.ready()
    ran(town)
    again(town)
    exam = {"category": "一般", "from": town.today, "issuer": "演示医院"}

    assert len(evidence.add_exam(town.act("owner"), archive.id, NewExam(**exam)).exams) == 2


def test_a_company_that_is_stopped_gets_its_applications_back(town, bureau):
    before, one = town.applied("background")

    ran(town, kind="company", names=(town.company.id,))

    assert archives.fetch("330200", before.id).application(one.id).state == "returned"


def colour(archive):
    projection.project(archive.key)
    return CodeRow.get(archive.certificate.token, consistent_read=True).colour
