"""A worker's name, phone, address and service types are put right (B9, PIPL 46)."""

import json

import pytest
from pydantic import ValidationError

from chalicelib.actions import identities, projection, secrets, workers
from chalicelib.actions.identity_forms import CorrectedDetails
from chalicelib.records import codes
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules.errors import Clash, Missing, NotAllowed, NotPermitted
from scripts import demo

PHONE, ADDRESS, WHY = "13900000000", "演示路 1 号", "本人申请更正（演示）"


def amended(town, archive, who="owner", **what):
    form = CorrectedDetails(**{"revision": archive.revision, "why": WHY, **what})
    return identities.amend(town.act(who), archive.id, form)


def opened(archive, field):
    return secrets.reveal(archive.city, f"{archive.key}|{field}", getattr(archive.worker, field))


def last_entry(archive):
    rows = LedgerRow.query(archive.key, consistent_read=True, scan_index_forward=False, limit=1)
    return next(iter(rows)).body


@pytest.fixture
def holder(town):
    """A worker with a certificate whose code is projected."""
    archive = town.certified()
    projection.project(archive.key)
    return archive


def colour(archive):
    projection.project(archive.key)
    return codes.find(archive.held.token).colour


@pytest.mark.parametrize("who", ["owner", "association_clerk"])
def test_a_new_phone_and_address_take_the_place_of_the_old(town, who):
    now = amended(town, town.registered(phone="13911112222"), who, phone=PHONE, address=ADDRESS)

    assert (opened(now, "phone"), opened(now, "address")) == (PHONE, ADDRESS)


def test_what_is_left_out_stays_and_null_takes_away(town):
    before = town.registered(phone=PHONE, address=ADDRESS)

    now = amended(town, before, address=None)

    assert (now.worker.phone, now.worker.address) == (before.worker.phone, None)
    assert (now.worker.name, now.worker.service_types) == (before.worker.name, before.worker.service_types)


def test_the_ledger_names_the_fields_and_never_what_stood_or_stands_in_them(town):
    name = "改名者"

    now = amended(town, town.registered(), phone=PHONE, address=ADDRESS, name=name)

    told = json.loads(last_entry(now))
    assert (told["action"], told["ground"]) == ("worker.amend", WHY)
    assert told["note"] == {"fields": ["address", "name", "phone"]}
    assert not [one for one in (PHONE, ADDRESS, name, demo.person(1).name) if one in last_entry(now)]


def test_a_corrected_phone_and_address_lie_nowhere_in_the_clear(town):
    amended(town, town.registered(), phone=PHONE, address=ADDRESS)

    stored = json.dumps([row.to_dynamodb_dict() for row in RegisterRow.scan()], ensure_ascii=False)
    assert PHONE not in stored
    assert ADDRESS not in stored


def test_under_a_name_that_the_company_corrects_the_identity_is_verified_anew(town):
    now = amended(town, town.ready(), name="改名者")

    assert (now.worker.masked_name, now.worker.identity) == ("改*者", "unverified")
    assert {fault.code for fault in workers.missing(now, town.act("owner"))} == {"identity-unverified"}


@pytest.mark.parametrize(("how", "identity"), [("original", "verified"), (None, "unverified")])
def test_the_association_may_have_compared_the_name_with_the_original(town, how, identity):
    assert amended(town, town.ready(), "association_clerk", name="改名者", how=how).worker.identity == identity


def test_the_same_name_again_leaves_the_identity_verified(town):
    assert amended(town, town.ready(), name=demo.person(1).name).worker.identity == "verified"


@pytest.mark.parametrize("state", ["background", "handover", "done"])
def test_whom_the_association_accepted_the_company_does_not_rename(town, state):
    archive = town.applied(state)[0]

    with pytest.raises(NotPermitted, match="协会"):
        amended(town, archive, name="改名者")

    assert amended(town, archive, phone=PHONE).revision == archive.revision + 1


@pytest.mark.parametrize("state", ["draft", "association_review"])
def test_until_then_it_does_and_the_application_stays_as_it_is(town, state):
    held = town.applied(state)

    now = amended(town, held[0], name="改名者")

    assert now.worker.identity == "unverified"
    assert now.application(held[1].id) == held[1]


def test_an_application_under_a_new_name_is_not_accepted_before_it_is_verified(town):
    held = town.applied("association_review")
    now = amended(town, held[0], name="改名者")

    with pytest.raises(NotAllowed, match="身份尚未核验"):
        town.moved((now, held[1]), "accept", "association_clerk")


def test_a_company_does_not_say_that_it_compared(town):
    with pytest.raises(NotPermitted, match="协会"):
        amended(town, town.registered(), name="改名者", how="original")


def test_the_code_shows_the_new_name_and_is_found_by_it(town, holder):
    amended(town, holder, "association_clerk", name="改名者", how="original")

    assert colour(holder) == "green"
    assert "改*者" in codes.find(holder.held.token).holder
    look_up = projection._look_up(workers.fetch(town.account("owner"), holder.id), holder.held)
    assert codes.find_plain(look_up).token == holder.held.token


def test_under_a_name_that_nobody_compared_the_code_is_not_green(town, holder):
    amended(town, holder, "association_clerk", name="改名者")

    assert colour(holder) == "grey"


def test_another_service_may_ask_for_a_stricter_exam(town, holder):
    amended(town, holder, service_types=("养老照护", "母婴照护"))

    assert colour(holder) != "green"


def test_a_change_of_phone_leaves_the_code_as_it_is(town, holder):
    amended(town, holder, phone=PHONE)

    assert colour(holder) == "green"


def test_another_company_s_worker_is_not_there_and_an_older_look_is_turned_away(town):
    archive = town.registered()
    with pytest.raises(Missing):
        amended(town, archive, "rival", phone=PHONE)
    amended(town, archive, phone=PHONE)
    with pytest.raises(Clash):
        amended(town, archive, phone=PHONE)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({}, "至少填写一项"),
        ({"how": "original"}, "至少填写一项"),
        ({"name": None}, "不能清空"),
        ({"service_types": None}, "不能清空"),
        ({"phone": PHONE, "how": "original"}, "只在更正姓名时"),
        ({"name": "改名者", "why": "应为改名者"}, "请勿在原因里"),
        ({"address": ADDRESS, "why": f"已搬到{ADDRESS}"}, "请勿在原因里"),
        ({"phone": PHONE, "why": f"新号 {PHONE}"}, "请勿在此填写"),
    ],
)
def test_what_a_correction_may_not_say(what, words):
    with pytest.raises(ValidationError, match=words):
        CorrectedDetails(**{"revision": 1, "why": WHY, **what})
