"""A withdrawal that staff typed on the wrong worker is undone the same day, by the same role, with a notice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import consents, evidence, notices
from chalicelib.actions.forms import Void, Withdrawal
from chalicelib.outside import clock
from chalicelib.records import archives, ledger, lists
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Missing, NotAllowed
from tests.actions.test_consents import Own

MISTAKE = Void(why="登记错人：应为另一名同姓人员（演示）")


@pytest.fixture
def own(town):
    return Own(town)


def withdrawn(own, who="owner"):
    return evidence.withdraw_consent(own.town.act(who), own.id, Withdrawal())


def undone(own, who="owner", days=0):
    act = own.town.act(who)
    at = act.at + timedelta(days=days)
    return consents.undo(replace(act, at=at, on=day_of(at)), own.id, MISTAKE)


def refusal(own, **more):
    with pytest.raises(NotAllowed) as refused:
        undone(own, **more)
    return refused.value.rule


def test_the_code_is_as_it_was_and_the_ledger_has_the_reason(own):
    before = own.archive().consent
    withdrawn(own)
    grey = own.code().colour
    undone(own)
    last = ledger.chain(own.key)[-1]

    assert (grey, own.code().colour) == ("grey", "green")
    assert replace(own.archive().consent, undone_at=None) == before
    assert (last["action"], last["role"], last["ground"]) == ("consent.undo", "company_owner", MISTAKE.why)


def test_an_earlier_withdrawal_that_was_lifted_stands_where_it_stood(own):
    own.withdraw(at=clock.now() - timedelta(days=2))
    own.give(at=clock.now() - timedelta(days=1))
    before = own.archive().consent
    withdrawn(own)

    assert replace(undone(own).consent, undone_at=None) == before


def test_recorded_twice_it_is_undone_whole(own):
    withdrawn(own)
    withdrawn(own)

    assert undone(own).consent.stands
    assert refusal(own) == "nothing-to-undo"


def test_on_another_day_it_takes_a_new_paper(own):
    withdrawn(own)

    assert refusal(own, days=1) == "not-the-same-day"


def test_another_role_does_not_undo_it(own):
    withdrawn(own)

    assert refusal(own, who="association_clerk") == "not-who-recorded"


def test_what_the_worker_withdrew_staff_do_not_undo(own):
    own.withdraw()

    assert refusal(own) == "nothing-to-undo"


def test_what_the_worker_withdrew_meanwhile_is_not_undone_with_it(own):
    withdrawn(own)
    own.withdraw()

    assert refusal(own) == "nothing-to-undo"


def test_what_the_worker_withdrew_before_and_comes_later_still_counts(own):
    sent = clock.now() - timedelta(minutes=1)
    withdrawn(own)
    undone(own)
    own.withdraw(at=sent)

    assert own.archive().consent.taken_back


def test_given_anew_there_is_nothing_to_undo(own):
    withdrawn(own)
    own.give(at=clock.now() + timedelta(seconds=1))

    assert refusal(own) == "nothing-to-undo"


def test_company_and_worker_are_told_in_words_of_its_own(own):
    before = brief(own)
    withdrawn(own)
    between = brief(own)
    undone(own)
    told = [notices.moved(old, new, clock.now()) for old, new in ((before, between), (between, brief(own)))]
    texts = [one["text"] for one in notices.listed(own.town.account("owner"), limit=20, after=None).items]

    assert told == [["consent-withdrawn"], ["consent-undone"]]
    assert [text for text in texts if "误登记" in text and "照片" in text]


def brief(own):
    """The archive's meta row as a stream would show it."""
    row = lists.RegisterRow.get(own.key, "A#meta", consistent_read=True)
    return {"pk": row.pk, "brief": row.brief, "revision": row.revision}


def test_withdrawn_and_given_after_it_the_usual_words_are_told(own):
    withdrawn(own)
    undone(own)
    own.withdraw()
    before = brief(own)
    own.give()

    assert notices.moved(before, brief(own), clock.now()) == ["consent-given"]


def test_another_companys_worker_is_not_there(own):
    withdrawn(own)

    with pytest.raises(Missing):
        undone(own, who="rival")
    assert not archives.fetch("330200", own.id).consent.stands
