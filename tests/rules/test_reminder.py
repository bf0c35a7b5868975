from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import reminder
from chalicelib.rules.archive import Archive, Binding, Certificate, Consent, Exam, Insurance, Worker
from chalicelib.rules.check import Background
from chalicelib.rules.reminder import End, Reminder

TODAY = date(2026, 11, 22)
END = End("insurance", TODAY + timedelta(days=200))
OFFSETS = st.lists(st.integers(-20, 90), max_size=40)


def day(offset):
    return TODAY + timedelta(days=offset)


def exam(first, last, category="一般"):
    return Exam(id=f"{first}{last}", category=category, start=day(first), until=day(last), issuer="演示医院")


def insurance(first, last, third_party=True):
    return Insurance(id=f"{first}{last}", start=day(first), until=day(last), third_party=third_party, issuer="演示保险")


def archive(**more):
    worker = Worker(name="王演示", masked_name="王*示", resident_id="", identity_hash="", service_types=("保洁",))
    certificate = Certificate(number="1", token="T", state="active", issued_on=TODAY, until=None, review_due=None)
    binding = Binding(company="c", company_name="甲（演示）", since=TODAY)
    told = {"certificate": certificate, "consent": Consent(given_on=TODAY)} | more
    return Archive(city="330200", id="a", worker=worker, binding=binding, **told)


def swept(days_before_the_end):
    """What is told when sweeps run on such days, with an outbox that keeps each name once."""
    told = []
    for left in days_before_the_end:
        found = reminder.due([END], set(told), END.on - timedelta(days=left))
        told += [one for one in found if one not in told]
    return told


@given(OFFSETS)
def test_each_step_is_told_at_most_once_whatever_sweeps_run_in_whatever_order(lefts):
    told = swept(lefts)

    assert len(told) == len(set(told))
    assert {one.step for one in told} <= set(reminder.STEPS)


@given(OFFSETS)
def test_no_step_is_told_after_a_later_one(lefts):
    steps = [one.step for one in swept(lefts)]

    assert steps == sorted(steps, reverse=True)


@given(st.integers(1, 400))
def test_nothing_is_told_after_its_end(days):
    assert reminder.due([END], set(), END.on + timedelta(days=days)) == ()


@given(OFFSETS.map(lambda lefts: [*lefts, *range(90, -1, -1)]))
def test_a_day_by_day_sweep_at_the_end_leaves_nothing_untold_that_was_still_to_come(lefts):
    assert {one.step for one in swept(lefts)} >= {1}


def test_a_sweep_every_day_tells_each_step_on_its_day():
    assert swept(range(90, -10, -1)) == [Reminder(END.what, END.on, step) for step in (60, 30, 7, 1)]


@pytest.mark.parametrize(("left", "step"), [(60, 60), (45, 60), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1)])
def test_after_missed_sweeps_only_the_latest_step_reached_is_told(left, step):
    assert [one.step for one in reminder.due([END], set(), END.on - timedelta(days=left))] == [step]


def test_sixty_one_days_before_nothing_is_due():
    assert reminder.due([END], set(), END.on - timedelta(days=61)) == ()


def test_a_renewal_that_follows_without_a_gap_moves_the_end():
    one = archive(insurances=(insurance(-10, 20), insurance(15, 300)))

    assert reminder.ends(one, 0) == (End("insurance", day(300)),)


def test_a_gap_before_a_renewal_is_an_end():
    one = archive(insurances=(insurance(-10, 20), insurance(22, 300)))

    assert reminder.ends(one, 0) == (End("insurance", day(20)), End("insurance", day(300)))


def test_what_does_not_count_does_not_end():
    weak = archive(exams=(exam(-10, 300),), insurances=(insurance(-10, 20, third_party=False),))

    assert reminder.ends(weak, 2) == ()


def test_review_recheck_and_certificate_end_too():
    one = archive(background=Background(conclusion="passed", checked_on=TODAY, due_on=day(365)))
    dated = replace(one, certificate=replace(one.certificate, until=day(1000), review_due=day(364)))

    assert set(reminder.ends(dated, 0)) == {
        End("background", day(365)), End("review", day(364)), End("certificate", day(1000)),
    }  # fmt: skip


@pytest.mark.parametrize("state", ["revoked", "expired", "replaced"])
def test_a_dead_certificate_ends_nothing_more(state):
    one = archive(insurances=(insurance(-10, 20),))

    assert reminder.ends(replace(one, certificate=replace(one.certificate, state=state)), 0) == ()


def test_who_withdrew_consent_is_left_alone():
    assert reminder.ends(archive(insurances=(insurance(-10, 20),), consent=Consent()), 0) == ()


def test_the_next_end_is_the_first_of_what_is_not_renewed():
    held = archive(exams=(exam(-300, 40),), insurances=(insurance(-300, 20), insurance(15, 200)))

    assert reminder.next_end(held) == End("exam", day(40))


def test_what_ended_and_was_not_renewed_stays_the_next_end():
    held = archive(exams=(exam(-400, -35),), insurances=(insurance(-300, 20),))

    assert reminder.next_end(held) == End("exam", day(-35))


def test_an_exam_of_a_lower_category_prolongs_no_better_one():
    held = archive(exams=(exam(-300, 10, "母婴照护"), exam(-10, 300)))

    assert reminder.next_end(held) == End("exam", day(10))


def test_nothing_ends_of_a_worker_without_a_certificate():
    assert reminder.next_end(archive(certificate=None, exams=(exam(-300, 10),))) is None
