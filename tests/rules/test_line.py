"""A line says the same facts as the contract's JSON, or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.evidence import CATEGORIES, STOP_CODES, facts_from
from chalicelib.rules.line import facts_in, line_of

DAYS = st.dates().map(str)
LATER = st.none() | DAYS
WORDS = st.sampled_from(["active", "passed", "none", "verified", "not_required"])
FACTS = st.fixed_dictionaries(
    {
        "certificate": st.fixed_dictionaries({"state": WORDS, "issued_on": DAYS, "until": LATER, "review_due": LATER}),
        "exams": st.lists(
            st.fixed_dictionaries(
                {
                    "category": st.sampled_from(CATEGORIES),
                    "from": st.dates(max_value=date(9998, 1, 1)).map(str),
                    "until": DAYS,
                }
            ),
            max_size=4,
        ),
        "insurances": st.lists(
            st.fixed_dictionaries({"from": DAYS, "until": DAYS, "third_party": st.booleans()}), max_size=4
        ),
        "background": st.fixed_dictionaries({"conclusion": WORDS, "checked_on": LATER, "due_on": LATER}),
        "consent": st.fixed_dictionaries({"given_on": LATER, "withdrawn_on": LATER}),
        "identity": WORDS,
        "training": WORDS,
        "company": WORDS,
        "stop": st.none() | st.fixed_dictionaries({"code": st.sampled_from(sorted(STOP_CODES)), "since": DAYS}),
        "service_types": st.lists(st.text("保洁月嫂养老 -/（）a1", min_size=1, max_size=8), max_size=3),
    }
)


@given(FACTS)
def test_a_line_says_what_the_facts_say(told):
    assert facts_in(line_of(told)) == facts_from(told)


@given(FACTS, st.sampled_from(["a|b", "a;b", "|", ";"]))
def test_facts_that_a_line_cannot_say_are_not_written(told, service):
    with pytest.raises(ValueError, match=r"."):
        line_of(told | {"service_types": [service]})


@given(st.text("12|;- activepassed养老", max_size=60))
def test_a_text_that_is_no_line_is_refused(text):
    with pytest.raises((ValueError, TypeError, KeyError)):
        facts_in(text)
