"""What has no purpose left, and when: each period on its last day and the day after (B9)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.outside.retention import periods
from chalicelib.rules.archive import Appeal, Application, Archive, Binding, Certificate, Step, Worker
from chalicelib.rules.check import Background, Check
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.retention import Retention, due, erasable, erased

RETENTION = Retention(unfinished_days=180, ended_days=1095, draft_days=180, negative_years=5)
TODAY = date(2026, 11, 22)
WORKER = Worker(
    name="王小芳", masked_name="王*芳", resident_id="sealed", identity_hash="h1.x", phone="p", address="a",
    service_types=("保洁",),
)  # fmt: skip
BARE = Archive(
    city="330200", id="A", worker=WORKER, binding=Binding(company="C", company_name="甲（演示）", since=TODAY)
)


def application(state, day, note=None):
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    step = Step(move="refuse", source="background", target=state, by="x", role="police", at=at, note=note)
    return Application(id="A-1", state=state, company="C", opened_on=day, steps=() if state == "draft" else (step,))


def certificate(state, issued=date(2020, 1, 1), until=date(2022, 1, 1)):
    return Certificate(number="1", token="T", state=state, issued_on=issued, until=until, review_due=None)


def told(archive):
    found = due(archive, RETENTION, TODAY)
    return found.counts, found.files


@pytest.mark.parametrize(
    ("day", "gone"), [(date(2026, 5, 26), False), (date(2026, 5, 25), True), (date(2026, 5, 24), True)]
)
def test_papers_of_a_refused_worker_go_after_their_days(day, gone):
    archive = replace(BARE, applications=(application("refused", day),))

    assert told(archive) == ({}, gone)


def test_papers_of_a_worker_whose_certificate_is_in_force_stay():
    archive = replace(BARE, certificate=certificate("active"), applications=(application("done", date(2020, 1, 1)),))

    assert told(archive) == ({}, False)


def test_papers_of_a_certificate_that_ended_long_ago_go():
    archive = replace(BARE, certificate=certificate("revoked"))

    assert told(archive) == ({}, True)
    assert told(replace(archive, applications=(application("association_review", TODAY),)))[1] is False


@pytest.mark.parametrize(("day", "count"), [(date(2026, 5, 26), {}), (date(2026, 5, 25), {"applications": 1})])
def test_a_draft_that_nobody_sent_goes(day, count):
    assert told(replace(BARE, applications=(application("draft", day),)))[0] == count


@pytest.mark.parametrize(("day", "count"), [(date(2021, 11, 22), {}), (date(2021, 11, 21), {"negatives": 2})])
def test_a_failed_check_drops_after_five_years_and_a_passed_one_is_kept(day, count):
    checks = (
        Check(id="1", company="C", conclusion="failed", checked_on=day),
        Check(id="2", company="C", conclusion="passed", checked_on=day),
    )
    archive = replace(BARE, checks=checks, background=Background(conclusion="failed", checked_on=day))
    left = due(archive, RETENTION, TODAY).archive

    assert told(archive)[0] == count
    assert checks[1] in left.checks
    assert (left.background.conclusion == "none") == bool(count)


def test_a_refusal_of_more_than_five_years_ago_drops():
    archive = replace(BARE, certificate=certificate("active"), applications=(application("refused", date(2021, 1, 1)),))

    assert told(archive)[0] == {"applications": 1}


def appeal(state, decided):
    return Appeal(
        id="1", subject="colour", about="1", statement="我没有", channel="paper", by="x", company="C",
        filed_on=date(2021, 1, 1), due_on=date(2021, 1, 9), provisional=False, flagged=True, state=state,
        decided_on=decided,
    )  # fmt: skip


def test_an_appeal_of_more_than_five_years_ago_drops_and_one_under_way_never():
    assert told(replace(BARE, appeals=(appeal("upheld", date(2021, 2, 1)),)))[0] == {"negatives": 1}
    assert told(replace(BARE, appeals=(appeal("filed", None),)))[0] == {}


STANDING = {
    "a certificate": (replace(BARE, certificate=certificate("active")), "证书尚未注销"),
    "an application": (replace(BARE, applications=(application("background", TODAY),)), "有申请正在办理"),
    "an appeal": (replace(BARE, appeals=(appeal("filed", None),)), "有申诉正在办理"),
    "an earlier erasure": (replace(BARE, worker=replace(WORKER, erased_on=TODAY)), "已经删除过"),
}


@pytest.mark.parametrize(("archive", "words"), STANDING.values(), ids=STANDING)
def test_what_is_still_needed_is_not_erased(archive, words):
    with pytest.raises(NotAllowed, match=words):
        erasable(archive)


def test_what_is_left_after_erasing_names_nobody():
    full = replace(
        BARE, certificate=certificate("revoked"), appeals=(appeal("upheld", TODAY),),
        applications=(application("refused", TODAY, note="王小芳说的"),),
    )  # fmt: skip
    erasable(full)
    left = erased(full, TODAY)

    assert not [word for word in ("王", "芳", "sealed", "h1.x", "我没有") if word in str(left)]
    assert (left.certificate, left.worker.phone, left.worker.erased_on) == (full.certificate, None, TODAY)


def test_the_periods_are_data_each_with_its_clause():
    assert periods() == RETENTION
