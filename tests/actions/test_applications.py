import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.actions import applications, evidence
from chalicelib.actions.forms import AmendedExam, Conclusion, Moving, NewTraining
from chalicelib.records import archives, codes
from chalicelib.rules import deadlines, numbers
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed, NotPermitted


def test_the_whole_way_ends_with_a_certificate_in_force(town):
    archive, application = town.applied("done")

    assert application.state == "done"
    assert archive.certificate.state == "active"
    assert numbers.number_ok(archive.certificate.number)
    assert archive.certificate.number.startswith(f"330200{town.today:%y}")
    assert numbers.read_token(archive.certificate.token) == archive.certificate.token


def test_every_step_is_told_with_who_and_when(town):
    _, application = town.applied("done")

    assert [step.move for step in application.steps] == [
        "submit", "forward", "accept", "clear", "authorise", "produce", "hand-over",
    ]  # fmt: skip
    assert [step.role for step in application.steps][2:5] == ["association_clerk", "police", "bureau"]


def test_the_clock_of_seven_working_days_starts_with_the_submission(town):
    _, application = town.applied("company_review")

    assert application.due_on == deadlines.add_working_days(town.today, 7)[0]


def test_a_worker_who_is_not_ready_cannot_be_applied_for(town):
    worker = town.registered()

    with pytest.raises(NotAllowed) as refusal:
        applications.open_(town.act("owner"), worker.id, submit=True)

    assert len(refusal.value.faults) == 5


def test_there_is_one_application_at_a_time(town):
    archive, _ = town.applied("company_review")

    with pytest.raises(Clash, match="办理中"):
        applications.open_(town.act("owner"), archive.id, submit=True)


def test_a_decision_on_an_older_look_is_turned_away(town):
    archive, application = town.applied("association_review")
    evidence.train(town.act("owner"), archive.id, NewTraining(done_on=town.today, issuer="另一学校"))

    with pytest.raises(Clash, match="刷新"):
        town.moved((archive, application), "accept", "association_clerk")


def test_of_two_reviewers_at_once_one_is_told(town):
    held = town.applied("association_review")

    def accept(reviewer):
        try:
            return town.moved(held, "accept", reviewer)[1].state
        except Clash:
            return "clash"

    with ThreadPoolExecutor(2) as pool:
        results = sorted(pool.map(accept, ["association_clerk", "association_manager"]))

    assert results == ["background", "clash"]
    assert archives.fetch("330200", held[0].id).revision == held[0].revision + 1


@pytest.mark.parametrize(
    ("state", "move", "role"),
    [
        ("company_review", "accept", "association_clerk"),
        ("association_review", "authorise", "bureau"),
        ("background", "authorise", "bureau"),
        ("background", "withdraw", "association_clerk"),
        ("done", "withdraw", "owner"),
        ("authorisation", "clear", "police"),
    ],
)
def test_a_move_that_is_not_open_from_here_is_refused(town, state, move, role):
    held = town.applied(state)

    with pytest.raises((NotAllowed, NotPermitted)):
        town.moved(held, move, role)


def test_a_role_cannot_take_anothers_step(town):
    held = town.applied("authorisation")

    with pytest.raises(NotPermitted):
        town.moved(held, "authorise", "association_manager")


def test_papers_that_have_lapsed_since_stop_the_next_step(town):
    held = town.applied("association_review")
    exam = held[0].exams[0]
    told = {"category": exam.category, "from": exam.start, "issuer": exam.issuer, "why": "演示"}
    lapsed = AmendedExam(**told, until=town.today - timedelta(days=1))
    archive = evidence.amend_exam(town.act("owner"), held[0].id, exam.id, lapsed)

    with pytest.raises(NotAllowed) as refusal:
        town.moved((archive, held[1]), "accept", "association_clerk")

    assert [fault.code for fault in refusal.value.faults] == ["exam-missing"]


def test_a_return_needs_a_reason_that_is_known(town):
    held = town.applied("association_review")

    with pytest.raises(Malformed):
        town.moved(held, "return", "association_clerk")
    with pytest.raises(Malformed):
        town.moved(held, "return", "association_clerk", reasons=("no-such-reason",))


def test_fixing_and_sending_again_keeps_history_and_clock(town):
    held = town.applied("association_review")
    returned = town.moved(held, "return", "association_clerk", reasons=("photo-unclear",))

    again = town.moved(returned, "submit", "owner")

    assert again[1].state == "company_review"
    assert [step.move for step in again[1].steps] == ["submit", "forward", "return", "submit"]
    assert again[1].due_on == held[1].due_on


def test_a_failed_police_check_refuses_and_is_kept(town):
    held = town.applied("background")

    archive, application = town.moved(held, "refuse", "police", reasons=("background-failed",))

    assert application.state == "refused"
    assert archive.background.conclusion == "failed"
    assert archive.certificate is None


def test_the_police_refuse_for_nothing_else(town):
    held = town.applied("background")

    with pytest.raises(Malformed):
        town.moved(held, "refuse", "police", reasons=("photo-unclear",))


def test_an_application_of_another_company_is_not_there(town):
    _, application = town.applied("company_review")

    with pytest.raises(Missing):
        applications.fetch(town.account("rival"), application.id)


def test_a_move_nobody_knows_is_not_there(town):
    archive, application = town.applied("company_review")

    with pytest.raises(Missing):
        applications.move(town.act("owner"), application.id, "jump", Moving(revision=archive.revision))


def test_a_queue_shows_the_revision_to_decide_on(town):
    archive, _ = town.applied("association_review")
    changed = evidence.train(town.act("owner"), archive.id, NewTraining(done_on=town.today, issuer="另一学校"))

    page = applications.listed(town.account("association_clerk"), state="association_review", limit=10, after=None)

    assert [item["revision"] for item in page.items] == [changed.revision]


def test_a_check_of_an_earlier_day_clears_nobody_whom_a_later_one_failed(town):
    archive, application = town.applied("background")
    form = Conclusion(conclusion="failed", checked_on=town.today)
    failed = evidence.conclude(town.act("police"), archive.id, form)

    with pytest.raises(NotAllowed) as refusal:
        town.moved((failed, application), "clear", "police", checked_on=town.today - timedelta(days=1))

    assert refusal.value.rule == "later-check-stands"


@pytest.mark.parametrize("conclusion", ["passed", "pending"])
def test_a_check_of_an_earlier_day_than_a_failed_one_is_refused_and_not_written_down(town, conclusion):
    archive = town.certified()
    failed = evidence.conclude(town.act("police"), archive.id, Conclusion(conclusion="failed", checked_on=town.today))
    early = Conclusion(conclusion=conclusion, checked_on=town.today - timedelta(days=1))

    with pytest.raises(NotAllowed) as refusal:
        evidence.conclude(town.act("police"), archive.id, early)

    assert refusal.value.rule == "later-check-stands"
    assert archives.find(archive.key) == failed


def test_a_failed_check_stops_the_code_however_late_it_comes(town):
    archive = town.certified()
    form = Conclusion(conclusion="failed", checked_on=town.today - timedelta(days=1))
    evidence.conclude(town.act("police"), archive.id, form)

    after = archives.find(archive.key)

    assert (after.background.conclusion, after.checks[-1].conclusion) == ("failed", "failed")
    assert json.loads(codes.find(archive.certificate.token).stop)["code"] == "background-failed"
