"""What a change may make worse is never missed, under any policy and on any day to come."""

import re
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.rules.colour import facts_from, verdict, withdrawn
from chalicelib.rules.worsening import worse
from tests.rules.test_colour_properties import HORIZON, TODAY, facts_told, policy_of_a_city

FIELDS = ("certificate", "exams", "insurances", "background", "consent", "identity", "training", "company", "stop")


@st.composite
def changed(draw):
    """Facts before and after a change of some of them, or with a paper more."""
    before, other = draw(facts_told()), draw(facts_told())
    fields = draw(st.sets(st.sampled_from(FIELDS), max_size=2))
    more = {name: before[name] + other[name] for name in ("exams", "insurances")} if draw(st.booleans()) else {}
    after = before | more | {name: other[name] for name in fields}
    return facts_from(before), facts_from(after)


def lacking(facts, policy, day):
    """What keeps a code from green; that no exam holds is one thing, whether it lapsed, is weak or was never there."""
    return {re.sub("^(exam|insurance)-.*", r"\1", reason.code) for reason in verdict(facts, policy, day).reasons}


@given(changed(), policy_of_a_city, st.integers(0, HORIZON))
def test_what_is_not_told_as_worse_lacks_nothing_new_on_any_day_under_any_policy(both, policy, ahead):
    before, after = both
    day = TODAY + timedelta(ahead)
    assume(not worse(before, after, TODAY) and not withdrawn(before, day))

    assert lacking(after, policy, day) <= lacking(before, policy, day)


@given(facts_told().map(facts_from))
def test_what_does_not_change_is_not_worse(facts):
    assert not worse(facts, facts, TODAY)


@pytest.mark.parametrize("field", ["exams", "insurances"])
@given(told=facts_told(), other=facts_told())
def test_a_paper_more_is_not_worse(field, told, other):
    assert not worse(facts_from(told), facts_from(told | {field: told[field] + other[field]}), TODAY)
