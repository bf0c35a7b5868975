"""Safe repeats (invariant 9), at the level of one decision."""

from dataclasses import replace

import pytest

from chalicelib.actions import workers
from chalicelib.actions.forms import NewWorker
from chalicelib.records.commit import repeated
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.errors import Clash, Reused
from scripts import demo


def shown(archive):
    return {"id": archive.id, "revision": archive.revision}


@pytest.fixture
def asked(town):
    return town.act("owner", show=shown, digest="this request")


@pytest.fixture
def form():
    return NewWorker(**demo.register(demo.person(1)))


def test_a_new_key_was_not_repeated(asked):
    assert repeated(asked) is None


def test_the_first_result_is_kept_under_its_key(asked, form):
    archive = workers.register(asked, form)

    assert repeated(asked) == (shown(archive),)


def test_another_request_under_the_same_key_is_refused(asked, form):
    workers.register(asked, form)

    with pytest.raises(Reused):
        repeated(replace(asked, digest="another request"))


def test_the_same_key_of_another_account_is_another_key(asked, form, town):
    workers.register(asked, form)

    assert repeated(replace(asked, account=town.account("rival"))) is None


def test_a_second_run_under_one_key_writes_nothing(asked, town):
    workers.register(asked, NewWorker(**demo.register(demo.person(1))))
    before = RegisterRow.count()

    with pytest.raises(Clash):
        workers.register(asked, NewWorker(**demo.register(demo.person(2))))

    assert RegisterRow.count() == before


def test_a_refused_request_leaves_its_key_free(town, form):
    workers.register(town.act("owner"), form)
    again = town.act("owner", show=shown)

    with pytest.raises(Clash):
        workers.register(again, form)

    assert repeated(again) is None
