"""Annual review and renewal, on a certificate of Shaoguan issued on 2026-05-02 (C6)."""

from datetime import date, timedelta

import pytest

from chalicelib.outside import terms
from chalicelib.rules.archive import Archive, Binding, Certificate, Worker
from chalicelib.rules.errors import NotAllowed, NotPermitted
from chalicelib.rules.renewal import EVENTS

TERM = terms.load("440200")
ISSUED = date(2026, 5, 2)
DAY = timedelta(days=1)


def archive(**told):
    certificate = {
        "number": "4402002612345678",
        "token": "T",
        "state": "active",
        "issued_on": ISSUED,
        "until": date(2028, 5, 1),
        "review_due": date(2027, 5, 2),
    }
    worker = Worker(name="甲", masked_name="甲", resident_id="s", identity_hash="h", service_types=("保洁",))
    return Archive(
        city="440200",
        id="A",
        worker=worker,
        binding=Binding(company="C", company_name="丙", since=ISSUED),
        certificate=Certificate(**certificate | told),
    )


def after(event, on, role="association_manager", term=TERM, **told):
    return EVENTS[event].done(archive(**told), term, role=role, on=on).held


def test_the_terms_of_a_certificate_are_the_regions():
    assert (TERM.until(ISSUED), TERM.review_due(ISSUED)) == (date(2028, 5, 1), date(2027, 5, 2))
    assert terms.load("330200").review_due(ISSUED) is None


def test_grace_is_part_of_the_day_by_which_a_review_is_due():
    assert TERM._replace(review_grace_days=30).review_due(ISSUED) == date(2027, 6, 1)


def test_a_review_early_or_on_its_day_leaves_the_next_where_it_belongs():
    long = date(2036, 5, 1)

    assert after("review", date(2027, 3, 10), until=long).review_due == date(2028, 5, 2)
    assert after("review", date(2027, 5, 2), until=long).review_due == date(2028, 5, 2)


def test_a_review_that_comes_late_shortens_the_next_period_and_grace_moves_with_it():
    long, graceful = date(2036, 5, 1), TERM._replace(review_grace_days=30)

    assert after("review", date(2027, 12, 1), until=long).review_due == date(2028, 5, 2)
    assert after("review", date(2027, 5, 20), until=long, term=graceful, review_due=date(2027, 6, 1)).review_due == (
        date(2028, 6, 1)
    )


def test_a_review_two_years_late_is_not_due_again_at_once():
    assert after("review", date(2029, 5, 3), until=date(2036, 5, 1)).review_due == date(2030, 5, 2)


def test_after_the_last_review_of_a_term_none_is_due():
    assert after("review", date(2027, 5, 2)).review_due is None


def test_a_renewal_follows_the_old_term_without_a_gap_and_keeps_number_token_and_state():
    renewed = after("renew", date(2028, 4, 1), review_due=None)

    assert (renewed.until, renewed.review_due) == (date(2030, 5, 1), date(2029, 5, 2))
    assert (renewed.number, renewed.token, renewed.state) == ("4402002612345678", "T", "active")


def test_a_renewal_does_not_do_a_review_that_is_overdue():
    assert after("renew", date(2028, 4, 1)).review_due == date(2027, 5, 2)


@pytest.mark.parametrize(
    ("event", "on", "rule"),
    [
        ("review", date(2027, 5, 2) - timedelta(days=61), "not-due-yet"),
        ("renew", date(2028, 5, 1) - timedelta(days=61), "not-due-yet"),
        ("renew", date(2028, 5, 2), "too-late"),
        ("review", date(2028, 5, 2), "too-late"),
    ],
)
def test_outside_its_days_an_event_is_refused(event, on, rule):
    with pytest.raises(NotAllowed) as refusal:
        after(event, on)

    assert refusal.value.rule == rule


@pytest.mark.parametrize("event", ["review", "renew"])
def test_what_is_not_in_force_is_neither_reviewed_nor_renewed(event):
    with pytest.raises(NotAllowed):
        after(event, date(2027, 5, 2) if event == "review" else date(2028, 5, 1), state="suspended")


def test_where_nothing_is_reviewed_there_is_no_review():
    with pytest.raises(NotAllowed) as refusal:
        after("review", date(2027, 5, 2), review_due=None)

    assert refusal.value.rule == "not-due"


@pytest.mark.parametrize(("event", "role"), [("review", "company_owner"), ("renew", "association_clerk")])
def test_each_event_has_its_roles(event, role):
    with pytest.raises(NotPermitted):
        after(event, date(2027, 5, 2), role=role)
