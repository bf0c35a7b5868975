"""A hundredth of Jinhua's month on real transactions, and that the replay sees what is wrong."""

from collections import Counter

import pytest

from chalicelib.actions import stack
from scripts.replay import _told
from scripts.replay_month import Month


@pytest.fixture
def month(tables, monkeypatch):
    """A month of fifteen people."""
    monkeypatch.setenv("CLOCK_OFFSET", "0")
    stack.prepare()
    return Month(scale=0.01)


def test_a_month_ends_with_the_right_counts_dates_reasons_chains_and_codes(month, capsys):
    days = list(month.run())

    assert len(days) == 22
    assert _told(month.result(), month.planned) == []
    assert month.planned == Counter({"issued": 12, "exam-failed": 3, "background-failed": 1})


def test_a_life_that_ended_otherwise_is_seen(month, capsys):
    list(month.run())
    result = month.result()
    other = result._replace(ends=result.ends + Counter({"issued": 1}), late=1, broken=1)

    assert len(_told(other, month.planned)) == 3
