"""A sealed field is seen one at a time, for a purpose, so often a day, and whoever saw it can be told (G3)."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pydantic import ValidationError

from chalicelib.actions import notices, reveals, workers
from chalicelib.actions.reveal_forms import NewReveal
from chalicelib.outside import clock
from chalicelib.outside import reveals as settings
from chalicelib.records import accounts as account_records
from chalicelib.records import ledger, views
from chalicelib.records import reveals as counted
from chalicelib.records.commit import Entry
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Missing, NotAllowed
from chalicelib.rules.reveal import Daily
from scripts import demo

PHONE, ADDRESS = "13900000000", "演示路 1 号"


def asked(town, worker, field="resident_id", who="association_clerk", purpose="call-back"):
    return reveals.see(town.act(who), worker, NewReveal(field=field, purpose=purpose))


@pytest.fixture
def worker(town):
    """A worker with a phone and an address; the accounts that look are stored, as they are where people sign in."""
    for role in ("association_clerk", "owner"):
        one = town.account(role)
        account_records.store(one, one, act=town.act(SYSTEM), entry=Entry(action="account.make"))
    return town.registered(phone=PHONE, address=ADDRESS)


@pytest.fixture
def few(monkeypatch):
    """Numbers of a day that a test can reach: told at three, stopped after five."""
    monkeypatch.setattr(settings, "daily", lambda: Daily(3, 5))


@pytest.mark.parametrize(
    ("field", "value"), [("resident_id", demo.person(1).resident_id), ("phone", PHONE), ("address", ADDRESS)]
)
def test_one_field_is_opened_and_its_purpose_stands_in_the_ledger(town, worker, field, value):
    told = asked(town, worker.id, field)
    entries = ledger.chain(views.fetch(worker).key)

    assert told == {"field": field, "value": value, "today": 1, "most": 200}
    assert [(one["action"], one["ground"], one["note"]) for one in entries] == [
        ("worker.reveal", "call-back", {"field": field})
    ]
    assert value not in json.dumps(entries, ensure_ascii=False)
    assert workers.fetch(town.account("owner"), worker.id).revision == worker.revision


@pytest.mark.parametrize("told", [{"field": "name"}, {"purpose": "curious"}, {"purpose": None}, {"field": "worker"}])
def test_what_is_asked_for_and_why_are_of_a_list(told):
    with pytest.raises(ValidationError):
        NewReveal(**({"field": "phone", "purpose": "call-back"} | told))


def test_another_company_s_worker_is_not_there_and_nothing_is_counted(town, worker):
    with pytest.raises(Missing):
        asked(town, worker.id, who="rival")

    assert counted.count("rival", town.today, most=5) == 1


def test_what_was_never_recorded_is_not_counted_as_seen(town):
    worker = town.registered(2)

    with pytest.raises(NotAllowed, match="没有登记联系电话"):
        asked(town, worker.id, "phone")

    assert views.fetch(worker).revision == 0


def test_the_packaged_numbers_are_fifty_and_two_hundred():
    assert settings.daily() == Daily(50, 200)


def test_many_on_a_day_are_told_to_the_association_once_and_then_stopped(town, worker, few):
    seen = [asked(town, worker.id) for _ in range(5)]
    with pytest.raises(NotAllowed, match="请明天再办") as refused:
        asked(town, worker.id)
    told = notices.listed(town.account("association_manager"), limit=10, after=None).items

    assert len(seen) == 5
    assert refused.value.rule == "too-many-reveals"
    assert sorted(one["text"].split("已达 ")[1][:1] for one in told) == ["3", "5"]
    assert views.fetch(worker).revision == 5


def test_each_account_and_each_day_has_a_number_of_its_own(town, worker, few, monkeypatch):
    [asked(town, worker.id) for _ in range(5)]
    other = asked(town, worker.id, who="owner")
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)

    assert other["value"] == asked(town, worker.id)["value"]


def test_requests_at_one_time_share_no_number(tables):
    today = clock.today()

    with ThreadPoolExecutor(8) as hands:
        numbers = list(hands.map(lambda _: counted.count("one", today, most=10), range(16)))

    assert sorted(number for number in numbers if number) == list(range(1, 11))
    assert numbers.count(None) == 6


def test_who_viewed_is_told_in_plain_words_with_no_more_than_role_organisation_day_and_purpose(town, worker):
    asked(town, worker.id, "phone", who="owner", purpose="complaint")
    asked(town, worker.id)

    told = reveals.views_of(town.account("owner"), worker.id)

    assert told == [
        {"day": str(town.today), "organisation": "宁波市协会", "role": "协会经办人", "what": "证件号码",
         "purpose": "联系本人"},
        {"day": str(town.today), "organisation": town.company.name, "role": "企业负责人", "what": "联系电话",
         "purpose": "处理投诉举报"},
    ]  # fmt: skip
