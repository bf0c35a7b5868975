"""What rests on a source that is not believed and has no certificate, and how two persons believe it again (C7)."""

import pytest

from chalicelib.actions import applications, bulk_stops, evidence, projection
from chalicelib.actions.forms import AmendedExam, NewExam, Void
from chalicelib.records import archives, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.errors import NotAllowed
from tests.actions.stops import OUTCOMES, previewed, ran


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
