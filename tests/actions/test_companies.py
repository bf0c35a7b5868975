import json
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import accounts, companies, workers
from chalicelib.actions.forms import Grounds, NewCompany, NewWorker, Purpose
from chalicelib.outside import identity
from chalicelib.records import accounts as account_records
from chalicelib.records import archives, claims, ledger
from chalicelib.records import companies as records
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Clash, Missing, NotAllowed, NotPermitted, Unavailable
from scripts import demo


def moved(town, company, name):
    form = Grounds(revision=company.revision, ground="演示：整改")
    return companies.move(town.act("association_manager"), company.id, name, form)


def asked(town, number=7):
    """A company that asked for an account, as `receive` keeps it."""
    form = NewCompany(
        name="宁波新来家政（演示）", credit_code=demo.credit_code(number), contact="王经理", phone="0574-87654321"
    )
    return companies._create(town.act(SYSTEM), "330200", form, "asked")


def jobs(aws):
    """Take what waits for `work`."""
    queue, found = os.environ["WORK_QUEUE"], []
    while messages := aws("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(one["Body"]) for one in messages]
        [aws("sqs").delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"]) for one in messages]
    return found


def image(company):
    row = RegisterRow.get(company.key, "A#meta")
    return {"pk": row.pk, "brief": row.brief}


def test_a_suspension_reaches_every_worker_and_a_resumption_too(town):
    worker = town.registered()
    suspended = moved(town, town.company, "suspend")

    first = companies.carry_over(town.act(SYSTEM), "330200", town.company.id)
    state = archives.fetch("330200", worker.id).binding.state
    moved(town, suspended, "resume")
    companies.carry_over(town.act(SYSTEM), "330200", town.company.id)

    assert (first, state) == (1, "suspended")
    assert archives.fetch("330200", worker.id).binding.state == "active"


def test_carrying_over_again_writes_nothing(town):
    town.registered()
    moved(town, town.company, "suspend")
    companies.carry_over(town.act(SYSTEM), "330200", town.company.id)

    assert companies.carry_over(town.act(SYSTEM), "330200", town.company.id) == 0


def test_one_broken_archive_stops_no_other_and_brings_the_job_again(town):
    workers_ = [town.registered(number) for number in (1, 2, 3)]
    RegisterRow.get(workers_[1].key, "A#binding").delete()
    moved(town, town.company, "suspend")

    with pytest.raises(Unavailable):
        companies.carry_over(town.act(SYSTEM), "330200", town.company.id)

    states = [archives.fetch("330200", workers_[place].id).binding.state for place in (0, 2)]
    assert states == ["suspended", "suspended"]


def test_a_worker_is_not_registered_with_a_company_that_was_suspended_meanwhile(town):
    form = NewWorker(**demo.register(demo.person(1)))
    archive = workers.new(town.act("owner"), town.company, form)
    moved(town, town.company, "suspend")

    with pytest.raises(Clash):
        workers.create(town.act("owner"), archive, form.resident_id, town.company)


def test_a_change_of_state_asks_for_the_job_and_nothing_else_does(town, tables):
    before = image(town.company)
    moved(town, town.company, "suspend")
    jobs(tables)

    asked_for = companies.spread(before, image(town.company))
    told = jobs(tables)

    assert asked_for is True
    assert told[0] == {"company": ["330200", town.company.id]}
    assert companies.spread(None, before) is False
    assert companies.spread(before, before) is False


@pytest.fixture
def suspended(town, tables):
    """A company that was suspended, everything that asks for its job lost; its one worker."""
    worker = town.registered()
    moved(town, town.company, "suspend")
    jobs(tables)
    return worker


def carried(town, later=timedelta()):
    """Carry the company over as long after its suspension."""
    act = town.act(SYSTEM)
    return companies.carry_over(replace(act, at=act.at + later), "330200", town.company.id)


def test_a_suspension_of_which_all_messages_were_lost_is_taken_up_until_it_reached_everybody(town, tables, suspended):
    queued, told = companies.catch_up(), jobs(tables)
    carried(town, timedelta(minutes=1))

    assert (queued, told) == (1, [{"company": ["330200", town.company.id]}])
    assert archives.fetch("330200", suspended.id).binding.state == "suspended"
    assert (companies.catch_up(), jobs(tables)) == (0, [])


def test_what_was_carried_over_at_once_is_looked_at_again_for_who_was_not_listed_yet(town, tables, suspended):
    assert (carried(town), companies.catch_up()) == (1, 1)
    assert (carried(town, timedelta(minutes=1)), companies.catch_up()) == (0, 0)


def test_a_company_that_changed_while_it_was_carried_over_still_waits(town, tables, suspended):
    before = records.fetch("330200", town.company.id)
    moved(town, before, "resume")

    records.spread(before, town.act(SYSTEM).at + timedelta(hours=1))

    assert companies.catch_up() == 1


def test_an_archive_that_was_not_reached_keeps_its_company_waiting(town, suspended):
    RegisterRow.get(suspended.key, "A#binding").delete()

    with pytest.raises(Unavailable):
        carried(town, timedelta(minutes=1))

    assert companies.catch_up() == 1


def test_what_no_worker_s_code_follows_waits_for_nothing(town):
    asked_for = asked(town)
    moved(town, asked_for, "confirm")

    assert companies.catch_up() == 0


def test_a_refused_request_gives_the_credit_code_back(town):
    company = asked(town)

    refused = moved(town, company, "refuse")

    assert refused.state == "refused"
    assert claims.owner(f"U#company#{company.credit_code}") is None


def test_a_company_that_is_known_cannot_ask_again(town):
    asked(town)

    with pytest.raises(Clash):
        asked(town)


@pytest.mark.parametrize("name", ["suspend", "resume"])
def test_a_move_that_is_not_open_from_here_is_refused_in_words(town, name):
    with pytest.raises(NotAllowed, match="待确认"):
        moved(town, asked(town), name)


def test_seeing_who_asked_stands_in_the_ledger(town):
    company = asked(town)

    told = companies.contact(town.act("association_manager"), company.id, Purpose(purpose="confirm-company"))
    last = ledger.chain(company.key)[-1]

    assert told == {"contact": "王经理", "phone": "0574-87654321"}
    assert (last["action"], last["ground"]) == ("company.reveal", "confirm-company")


@pytest.fixture
def clerk(town):
    account = town.account("association_clerk")
    return account_records.store(account, account, act=town.act("association_manager"), entry=Entry(action="make"))


def test_a_disabled_account_is_disabled_and_comes_back(town, clerk):
    manager, form = town.account("association_manager"), Grounds(revision=clerk.revision, ground="离岗")
    disabled = accounts.move(town.act(manager), clerk.id, "disable", form)
    form = Grounds(revision=disabled.revision, ground="返岗")

    assert disabled.state == "disabled"
    assert accounts.move(town.act(manager), clerk.id, "enable", form).state == "active"


@pytest.mark.parametrize(
    ("role", "city", "refusal"), [("association_manager", "330400", Missing), ("company_owner", "330200", NotPermitted)]
)
def test_an_account_is_disabled_only_by_who_may_make_it(town, clerk, role, city, refusal):
    by = replace(town.account(role, city), id="somebody")

    with pytest.raises(refusal):
        accounts.move(town.act(by), clerk.id, "disable", Grounds(revision=clerk.revision, ground="离岗"))


def test_without_a_pool_of_its_own_a_stack_invites_nobody(town, monkeypatch):
    monkeypatch.delenv("USER_POOL_ID", raising=False)

    assert identity.has_pool() is False
    assert moved(town, asked(town), "confirm").state == "active"
