"""One decision while the store is busy, cut off or silent: done once or not at all, and a repeat is told the same."""

import json

import pytest
from pynamodb.exceptions import TransactWriteError

import app
from chalicelib.actions import accounts, phone_pages, projection, workers
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.outside import clock, identity
from chalicelib.records import accounts as account_records
from chalicelib.records import archives, codes, ledger
from chalicelib.records.commit import Entry
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Unavailable
from scripts import demo
from tests.api.house import event
from tests.faults.weather import CUT, LOST, cancelled, error

THROTTLED = error("ProvisionedThroughputExceededException")


@pytest.fixture
def owner(town):
    """The owner of the first company, who signs in."""
    one = town.account("owner")
    return account_records.store(one, one, act=town.act(SYSTEM), entry=Entry(action="account.make"))


def registers(owner, number=1, key="key-of-one-request"):
    """Ask the API to register a worker, always by the same key."""
    body = json.dumps(demo.register(demo.person(number)), ensure_ascii=False)
    path = "/api/workers"
    reply = app.app(event(owner, ("POST", path), path, body, key, {}), None)
    return reply["statusCode"], json.loads(reply["body"])


def chains(town):
    """The ids of the company's workers, and how many entries each one's chain has."""
    found = workers.listed(town.account("owner"), limit=50, after=None, state=None).items
    return {one["id"]: len(ledger.chain(f"W#330200#{one['id']}")) for one in found}


def test_an_answer_that_is_lost_is_asked_for_again_and_the_decision_is_made_once(town, owner, weather):
    weather.on("TransactWriteItems", LOST, times=1)

    status, told = registers(owner)

    assert status == 201
    assert chains(town) == {told["id"]: 1}


def test_a_decision_whose_every_answer_was_lost_is_there_and_its_repeat_is_told_it(town, owner, weather):
    weather.on("TransactWriteItems", LOST, times=1)
    weather.on("TransactWriteItems", CUT)
    first = registers(owner)
    weather.fine()

    again = registers(owner)

    assert (first[0], again[0]) == (503, 201)
    assert chains(town) == {again[1]["id"]: 1}


def test_a_decision_that_never_arrived_is_made_by_its_repeat(town, owner, weather):
    weather.on("TransactWriteItems", CUT)
    first = registers(owner)
    between = chains(town)
    weather.fine()

    again = registers(owner)

    assert (first[0], between) == (503, {})
    assert chains(town) == {again[1]["id"]: 1}


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_was_cancelled_for_a_while_is_tried_again(town, weather, reason):
    weather.on("TransactWriteItems", cancelled("None", reason), times=3)

    archive = town.registered(1)

    assert chains(town) == {archive.id: 1}


def test_a_transaction_that_is_cancelled_again_and_again_is_told_as_busy(town, weather):
    weather.on("TransactWriteItems", cancelled("TransactionConflict"))

    with pytest.raises(Unavailable, match="未生效"):
        town.registered(1)

    weather.fine()
    assert chains(town) == {}


def test_a_transaction_that_is_cancelled_for_what_is_ours_is_a_defect(town, weather):
    weather.on("TransactWriteItems", cancelled("ValidationError"))

    with pytest.raises(TransactWriteError):
        town.registered(1)

    weather.fine()
    assert chains(town) == {}


def test_a_store_that_throttles_for_a_moment_is_not_noticed(town, owner, weather):
    weather.on("dynamodb", THROTTLED, times=2)

    assert registers(owner)[0] == 201


def test_a_clock_that_goes_back_breaks_no_chain_and_loses_no_decision(town, monkeypatch):
    archive = town.certified()
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at.replace(year=at.year - 1))

    suspended = town.turned(archive, "suspend", by="bureau")

    assert archives.fetch("330200", archive.id).certificate.state == "suspended"
    assert suspended.revision == archive.revision + 1
    assert ledger.broken(ledger.chain(archive.key), suspended.head) is None


def test_a_projection_by_a_clock_of_yesterday_never_goes_over_that_of_today(town, monkeypatch):
    archive = town.certified()
    projection.project(archive.key)
    before, at = codes.find(archive.certificate.token).projected_on, clock.now()
    monkeypatch.setattr(clock, "now", lambda: at.replace(year=at.year - 1))

    assert projection.project(archive.key) is False
    assert codes.find(archive.certificate.token).projected_on == before


def test_while_keys_are_away_a_code_says_that_it_could_not_be_checked_and_comes_back(town, weather):
    archive = town.certified()
    weather.on("kms", error("DisabledException"))
    with pytest.raises(Exception, match="DisabledException"):
        projection.project(archive.key)
    away = codes.find(archive.certificate.token)
    weather.fine()

    assert away.facts is None
    assert projection.project(archive.key) is True
    assert codes.find(archive.certificate.token).facts


def test_while_keys_are_away_who_holds_a_certificate_is_not_told_that_there_is_none(town, weather):
    archive, application = town.applied("authorisation")
    phone_pages.make(town.act("owner"), archive.id, NewPhonePage())
    projection.project(archive.key)
    before = own_page(archive)
    town.moved((archives.find(archive.key), application), "authorise", "bureau")
    weather.on("kms", error("DisabledException"))
    with pytest.raises(Exception, match="DisabledException"):
        projection.project(archive.key)
    weather.fine()

    assert (before is None, own_page(archive)) == (False, None)


def own_page(archive):
    """The page that `own#` names."""
    return json.loads(codes.find_plain(f"own#{archive.key}").own)["page"]


def test_an_invitation_to_somebody_known_who_cannot_be_looked_up_says_so(weather, monkeypatch):
    monkeypatch.setenv("USER_POOL_ID", "pool")
    weather.on("AdminCreateUser", error("UsernameExistsException"))
    weather.on("AdminGetUser", error("InternalErrorException"))

    with pytest.raises(Unavailable, match="InternalErrorException"):
        identity.invite("x@demo.invalid")


def test_an_invitation_that_fails_makes_no_account(town, weather, monkeypatch):
    monkeypatch.setenv("USER_POOL_ID", "pool")
    monkeypatch.setenv("ISSUERS", '[{"issuer": "iss"}]')
    weather.on("AdminCreateUser", error("InternalErrorException"))
    manager = town.account("association_manager")
    before = accounts.listed(manager, state="active", city=None, limit=50, after=None).items

    with pytest.raises(Exception, match="InternalErrorException"):
        accounts.make_owner(town.act(manager), town.company, "x@demo.invalid", "某人")

    assert accounts.listed(manager, state="active", city=None, limit=50, after=None).items == before
