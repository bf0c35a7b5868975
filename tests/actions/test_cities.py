import json
from datetime import datetime, time, timedelta

import pytest

from chalicelib.actions import cities
from chalicelib.actions.city_forms import NewChoice, NewStanding
from chalicelib.actions.forms import NewCity
from chalicelib.outside import clock
from chalicelib.records import cities as kept
from chalicelib.records import codes
from chalicelib.rules.days import SHANGHAI
from chalicelib.rules.errors import Malformed


@pytest.fixture
def noon(town, monkeypatch):
    """Noon of today in Shanghai."""
    at = datetime.combine(town.today, time(12), SHANGHAI)
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


def chosen(town, days, **more):
    form = NewChoice(**{"from": town.today + timedelta(days=days)}, ground="甬商务〔演示〕2号", **more)
    return cities.choose(town.act("administrator"), "330200", form)


def test_a_choice_begins_tomorrow_at_the_earliest(town, noon):
    with pytest.raises(Malformed) as refusal:
        chosen(town, 0, activation_required=True)

    assert refusal.value.faults[0].field == "from"
    assert chosen(town, 1, activation_required=True).overrides == (
        {"from": str(town.today + timedelta(days=1)), "overrides": {"activation_required": True}},
    )


def test_in_the_evening_it_begins_a_day_later(town, noon, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=7))

    with pytest.raises(Malformed):
        chosen(town, 1, activation_required=True)
    assert chosen(town, 2, activation_required=True).overrides


@pytest.mark.parametrize(
    "grounds", [{"certificate-revoked": "yellow"}, {"consent-withdrawn": "red"}, {"nonsense": "red"}]
)
def test_what_no_city_may_choose_is_refused(town, noon, grounds):
    with pytest.raises(Malformed):
        chosen(town, 3, grounds=grounds)
    assert kept.fetch("330200").overrides == ()


@pytest.mark.parametrize(
    ("city", "more", "told"),
    [
        ("310000", {"activation_required": False}, ["上级规定须先启用，城市不能取消"]),
        ("330200", {"grounds": {"background-pending": "yellow"}}, ["颜色不能比规定的宽：安全核查尚无结论"]),
        ("330200", {"grounds": {"background-pending": "red"}}, ["这一情形按上级规定，城市不能改：安全核查尚无结论"]),
        ("310000", {"grounds": {"both-lapsed": "yellow", "identity-unverified": "yellow", "exam-missing": "red"}},
         ["颜色不能比规定的宽：体检和保险都已过期", "颜色不能比规定的宽：身份信息尚未核验"]),
    ],
)  # fmt: skip
def test_a_city_chooses_only_what_its_region_leaves_to_it_and_is_told_each_fault(town, noon, city, more, told):
    form = NewCity(id="310000", name="上海市", association="上海协会", hotline="12345")
    cities.open_(town.act("administrator"), form)
    choice = NewChoice(**{"from": town.today + timedelta(days=2)}, ground="演示", **more)

    with pytest.raises(Malformed) as refusal:
        cities.choose(town.act("administrator"), city, choice)

    assert [fault.message for fault in refusal.value.faults] == told
    assert kept.fetch(city).overrides == ()


def test_a_choice_that_has_not_begun_is_replaced_and_one_that_has_stays_beside_the_next(town, noon, monkeypatch):
    chosen(town, 3, grounds={"exam-missing": "red"})
    chosen(town, 2, activation_required=True)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=5))

    after = chosen(town, 9, grounds={"exam-missing": "red"})

    assert [one["overrides"] for one in after.overrides] == [
        {"activation_required": True},
        {"grounds": {"exam-missing": "red"}},
    ]


def test_a_choice_tells_the_check_of_itself_in_its_own_transaction(town, noon):
    after = chosen(town, 2, activation_required=True)

    told = codes.find("CITY#330200")
    assert (json.loads(told.stop), told.stop_revision) == (list(after.overrides), after.revision)


def test_what_else_a_city_decides_tells_the_check_nothing(town, noon):
    today = town.today
    form = NewStanding(**{"from": today, "until": today + timedelta(days=9)}, ground="演示")

    cities.authorise(town.act("bureau"), form)

    assert codes.find("CITY#330200") is None


def test_a_choice_is_one_decision_of_the_city(town, noon):
    before = kept.fetch("330200").revision

    assert chosen(town, 2, activation_required=True).revision == before + 1
