"""What has no purpose left, and when: each period on its last day and the day after (B9)."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chalicelib.outside import retention
from chalicelib.outside.retention import periods
from chalicelib.rules.act import WORKER as WORKER_SELF
from chalicelib.rules.appeal import filed
from chalicelib.rules.application import opened
from chalicelib.rules.archive import (
    Appeal,
    Application,
    Archive,
    Binding,
    Certificate,
    Exam,
    Extension,
    Step,
    Stop,
    Worker,
)
from chalicelib.rules.background import concluded
from chalicelib.rules.check import Background, Check
from chalicelib.rules.company import Company
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.report import Report
from chalicelib.rules.retention import AT_ONCE, GONE, Retention, company_left, due, erasable, erased, report_left

RETENTION = Retention(
    unfinished_days=180, ended_days=1095, draft_days=180, report_days=180, refused_company_days=180,
    closed_company_days=1095, negative_years=5,
)  # fmt: skip
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


def told(archive, newest=None):
    found = due(archive, RETENTION, TODAY, newest)
    return found.counts, found.files_before


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2026, 5, 26), None), (date(2026, 5, 25), date(2026, 5, 26)), (date(2026, 5, 24), date(2026, 5, 26))],
)
def test_papers_of_a_refused_worker_go_after_their_days(day, before):
    archive = replace(BARE, applications=(application("refused", day),))

    assert told(archive) == ({}, before)


def test_an_application_was_closed_on_the_day_of_shanghai():
    refused = application("refused", date(2026, 5, 25))
    at_night = replace(refused, steps=(replace(refused.steps[0], at=datetime(2026, 5, 25, 16, tzinfo=UTC)),))

    assert told(replace(BARE, applications=(at_night,)))[1] is None


@pytest.mark.parametrize(
    ("newest", "before"),
    [(None, None), (date(2026, 5, 26), None), (date(2026, 5, 25), date(2026, 5, 26))],
)
def test_papers_of_who_never_applied_go_when_the_newest_is_old_enough(newest, before):
    assert told(BARE, newest) == ({}, before)


def test_papers_of_who_applied_do_not_count_from_the_newest():
    assert told(replace(BARE, applications=(application("refused", TODAY),)), date(2020, 1, 1)) == ({}, None)


def test_papers_of_a_worker_whose_certificate_is_in_force_stay():
    held = certificate("active", until=TODAY)
    archive = replace(BARE, certificate=held, applications=(application("done", date(2020, 1, 1)),))

    assert told(archive) == ({}, None)


@pytest.mark.parametrize("state", ["revoked", "expired", "active"])
def test_papers_of_a_certificate_that_ended_long_ago_go(state):
    archive = replace(BARE, certificate=certificate(state))

    assert told(archive) == ({}, date(2023, 11, 23))
    assert told(replace(archive, applications=(application("association_review", TODAY),)))[1] is None


@pytest.mark.parametrize(("day", "count"), [(date(2026, 5, 26), {}), (date(2026, 5, 25), {"applications": 1})])
def test_a_draft_that_nobody_sent_goes(day, count):
    assert told(replace(BARE, applications=(application("draft", day),)))[0] == count


@pytest.mark.parametrize(("day", "count"), [(date(2021, 11, 22), {}), (date(2021, 11, 21), {"negatives": 1})])
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


def test_what_was_written_by_hand_goes_and_nobody_is_waited_for_in_a_batch():
    late = Extension(working_days=3, given_on=TODAY, reason="王小芳住院")
    extended = replace(application("refused", TODAY), extension=late)
    full = replace(
        BARE, certificate=certificate("revoked"), applications=(extended,),
        stop=Stop(code="certificate-revoked", since=TODAY, ground="王小芳本人申请"), background=Background(batch="B1"),
    )  # fmt: skip
    left = erased(full, TODAY)

    assert (left.applications[0].extension.reason, left.stop.ground, left.background.batch) == (GONE, GONE, None)
    assert (left.stop.code, left.applications[0].extension.working_days) == ("certificate-revoked", 3)


def test_more_papers_than_one_transaction_takes_go_in_further_turns():
    papers = tuple(Exam(id=str(n), category="一般", start=TODAY, until=TODAY, issuer="x") for n in range(AT_ONCE + 1))
    once = erased(replace(BARE, exams=papers), TODAY)
    again = erased(once, TODAY)

    assert (once.exams, again.exams) == (papers[AT_ONCE:], ())
    assert erased(again, TODAY) == again


@pytest.mark.parametrize(("left", "next"), [((1,), 2), ((1, 3), 4), ((2, 10), 11), ((), 1)])
def test_no_number_of_what_is_still_there_comes_round_again_after_a_purge(left, next):
    refused = application("refused", TODAY)
    archive = replace(
        BARE, applications=tuple(replace(refused, id=f"A-{number}") for number in left),
        appeals=tuple(replace(appeal("upheld", TODAY), id=f"A-A{number}") for number in left),
        checks=tuple(Check(id=f"{n:03d}", company="C", conclusion="passed", checked_on=TODAY) for n in left),
        certificate=certificate("revoked"),
    )  # fmt: skip
    told = {"statement": "x", "by": WORKER_SELF, "on": TODAY, "due_on": TODAY, "provisional": False, "flag": True}

    assert opened(archive, TODAY).id == f"A-{next}"
    assert filed(archive, "revocation", None, **told).appeals[-1].id == f"A-A{next}"
    assert concluded(archive, "passed", TODAY).checks[-1].id == f"{next:03d}"


def test_no_number_of_what_was_purged_comes_round_again():
    long_ago = date(2020, 1, 1)
    archive = replace(
        BARE, applications=(replace(application("draft", long_ago), id="A-3"),), certificate=certificate("revoked"),
        appeals=(replace(appeal("upheld", long_ago), id="A-A4"),),
        checks=(Check(id="005", company="C", conclusion="failed", checked_on=long_ago),),
    )  # fmt: skip
    left = due(due(archive, RETENTION, TODAY).archive, RETENTION, TODAY).archive
    told = {"statement": "x", "by": WORKER_SELF, "on": TODAY, "due_on": TODAY, "provisional": False, "flag": True}

    assert (left.applications, left.appeals, left.checks) == ((), (), ())
    assert opened(left, TODAY).id == "A-4"
    assert filed(left, "revocation", None, **told).appeals[-1].id == "A-A5"
    assert concluded(left, "passed", TODAY).checks[-1].id == "006"


def test_the_periods_are_data_each_with_its_clause():
    assert periods() == RETENTION


REPORT = Report(
    city="330200", id="R", worker="A", token="T", kind="suspicious", note="他说是替人来的", phone="sealed",
    at=datetime(2020, 1, 1, tzinfo=UTC), state="settled", decided_by="a", decided_on=date(2026, 5, 26), reason="已换人",
)  # fmt: skip


@pytest.mark.parametrize("state", ["new", "settled", "dismissed"])
def test_a_report_that_was_closed_lately_or_not_at_all_stays_whole(state):
    closed = None if state == "new" else date(2026, 5, 26)
    report = replace(REPORT, state=state, decided_on=closed)

    assert report_left(report, RETENTION, TODAY) == report


def test_of_a_report_closed_for_long_words_and_phone_go_and_whom_it_was_about_stays():
    told = report_left(replace(REPORT, decided_on=date(2026, 5, 25)), RETENTION, TODAY)

    assert (told.note, told.phone, told.reason) == ("", None, GONE)
    assert (told.worker, told.token, told.state, told.kind) == ("A", "T", "settled", "suspicious")
    assert report_left(told, RETENTION, TODAY) == told


@pytest.mark.parametrize(("day", "worker"), [(date(2021, 11, 22), "A"), (date(2021, 11, 21), None)])
def test_after_five_years_a_report_names_nobody(day, worker):
    assert report_left(replace(REPORT, decided_on=day), RETENTION, TODAY).worker == worker


COMPANY = Company(
    city="330200", id="C", name="甲（演示）", credit_code="1", district=None, state="refused", since=TODAY,
    contact="sealed", phone="sealed", email="sealed", representative="李某",
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "since", "kept"),
    [
        ("refused", date(2026, 5, 26), True),
        ("refused", date(2026, 5, 25), False),
        ("closed", date(2023, 11, 23), True),
        ("closed", date(2023, 11, 22), False),
        ("asked", date(2020, 1, 1), True),
        ("active", date(2020, 1, 1), True),
        ("suspended", date(2020, 1, 1), True),
    ],
)
def test_the_people_of_a_company_go_when_it_was_refused_or_closed_for_long(state, since, kept):
    told = company_left(replace(COMPANY, state=state, since=since), RETENTION, TODAY)

    people = (told.contact, told.phone, told.email, told.representative)
    assert people == (("sealed", "sealed", "sealed", "李某") if kept else (None,) * 4)
    assert told.credit_code == "1"


@pytest.mark.parametrize(("since", "ground"), [(date(2021, 11, 22), "举报属实"), (date(2021, 11, 21), GONE)])
def test_the_words_of_a_stop_go_after_five_years_and_the_stop_itself_stays(since, ground):
    archive = replace(BARE, stop=Stop(code="certificate-revoked", since=since, ground="举报属实"))

    found = due(archive, RETENTION, TODAY)

    assert found.archive.stop == Stop(code="certificate-revoked", since=since, ground=ground)
    assert found.counts == ({"stops": 1} if ground == GONE else {})
    assert due(found.archive, RETENTION, TODAY).counts == {}


def test_each_period_names_its_purpose_its_source_and_who_takes_it_away():
    told = json.loads((Path(retention.__file__).parents[1] / "policies" / "retention.json").read_text(encoding="utf-8"))
    kinds = [one for name, one in told.items() if name not in ("elsewhere", "kept")]

    assert {one["by"] for one in kinds} == {"purge", "ttl"}
    assert all(one["purpose"] and one["source"] for one in kinds)
    assert all(one["what"] and one["period"] and one["source"] for one in told["elsewhere"])
