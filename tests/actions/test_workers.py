import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import applications, certificates, companies, secrets, workers
from chalicelib.outside import clock
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed, NotPermitted, Unavailable
from scripts import demo


def test_one_person_has_one_archive_whichever_company_asks(town):
    town.registered(1)

    with pytest.raises(Clash, match="一人一档"):
        town.registered(1, who="rival")


def test_the_refusal_does_not_name_the_other_company(town):
    town.registered(1)

    with pytest.raises(Clash) as refusal:
        town.registered(1, who="rival")

    assert town.company.name not in str(refusal.value)


def test_namesakes_are_two_people(town):
    first = town.registered(1)
    second = town.registered(2, name=demo.person(1).name)

    assert first.id != second.id


def test_what_a_refused_registration_would_have_written_is_not_there(town):
    town.registered(1)
    before = RegisterRow.count(), LedgerRow.count()

    with pytest.raises(Clash):
        town.registered(1, who="rival")

    assert (RegisterRow.count(), LedgerRow.count()) == before


def test_a_company_sees_only_its_own_workers(town):
    worker = town.registered(1)

    with pytest.raises(Missing):
        workers.fetch(town.account("rival"), worker.id)


def test_a_city_sees_only_itself(town):
    worker = town.registered(1)

    with pytest.raises(Missing):
        workers.fetch(town.account("association_manager", city="330400"), worker.id)


def test_no_table_holds_a_resident_id_or_a_phone_in_the_clear(town):
    town.registered(1, phone="13900001111", address="演示路一号")
    stored = json.dumps([row.to_dynamodb_dict() for row in RegisterRow.scan()], ensure_ascii=False)
    decided = json.dumps([row.to_dynamodb_dict() for row in LedgerRow.scan()], ensure_ascii=False)

    assert demo.person(1).resident_id not in stored + decided
    assert "13900001111" not in stored + decided
    assert "演示路" not in stored + decided


def test_a_sealed_text_opens_in_its_place(town):
    worker = town.registered(1)

    opened = secrets.reveal("330200", f"{worker.key}|resident_id", worker.worker.resident_id)

    assert opened == demo.person(1).resident_id


@pytest.mark.parametrize(
    "place", ["W#330200#ELSEWHERE|resident_id", "{key}|phone"], ids=["another archive", "another field"]
)
def test_a_sealed_text_that_was_moved_does_not_open(town, place):
    worker = town.registered(1)

    with pytest.raises(Unavailable):
        secrets.reveal("330200", place.format(key=worker.key), worker.worker.resident_id)


def test_a_damaged_sealed_text_is_an_error_not_garbage(town):
    worker = town.registered(1)
    sealed = worker.worker.resident_id

    with pytest.raises(Unavailable):
        secrets.reveal(
            "330200", f"{worker.key}|resident_id", sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
        )


def test_every_missing_condition_is_named_at_once(town):
    worker = town.registered(1)

    missing = {fault.code for fault in workers.missing(worker, town.act("owner"))}

    assert missing == {
        "identity-unverified",
        "consent-missing",
        "exam-missing",
        "insurance-missing",
        "training-missing",
    }


def test_a_worker_with_all_papers_misses_nothing(town):
    assert workers.missing(town.ready(), town.act("owner")) == ()


def test_a_suspended_company_registers_nobody(town):
    suspended = replace(town.company, state="suspended")

    with pytest.raises(NotAllowed):
        workers.new(town.act("owner"), suspended, None)


@pytest.mark.parametrize(
    ("lister", "who", "state"),
    [
        (workers.listed, "bureau", "lively"),
        (certificates.listed, "bureau", "none"),
        (companies.listed, "bureau", "done"),
        (applications.listed, "bureau", "done"),
        (applications.listed, "bureau", "done-2026-13"),
        (applications.listed, "bureau", "background-2026-11"),
        (applications.listed, "owner", "nowhere"),
    ],
)
def test_a_list_of_no_known_state_is_refused_rather_than_empty(town, lister, who, state):
    with pytest.raises(Malformed) as refusal:
        lister(town.account(who), state=state, limit=10, after=None)

    assert refusal.value.faults[0].field == "state"


def test_a_list_tells_of_each_worker_what_the_archive_says_is_missing(town):
    town.ready(1)
    town.registered(2)

    page = workers.listed(town.account("owner"), state="none", limit=10, after=None)
    told = {brief["id"]: set(brief["missing"]) for brief in page.items}

    acts = town.act("owner")
    assert told == {id: {fault.code for fault in workers.missing(workers.fetch(acts.account, id), acts)} for id in told}
    assert sorted(map(len, told.values()))[0] == 0 < max(map(len, told.values()))


def test_a_list_computes_what_is_missing_on_the_day_it_is_asked(town, monkeypatch):
    town.ready(1)
    later = clock.now() + timedelta(days=800)
    monkeypatch.setattr(clock, "now", lambda: later)

    [brief] = workers.listed(town.account("owner"), state="none", limit=10, after=None).items

    assert {"exam-missing", "insurance-missing"} <= set(brief["missing"])


def test_what_is_missing_is_not_told_to_who_sees_no_readiness(town):
    town.ready(1)

    [brief] = workers.listed(town.account("police"), state="none", limit=10, after=None).items

    assert {"missing", "conditions"}.isdisjoint(brief)


def test_the_city_lists_one_companys_applications_and_those_due_by_a_day(town):
    _, one = town.applied("association_review", 1)
    clerk = town.account("association_clerk")

    def ids(**asked):
        page = applications.listed(clerk, state="association_review", limit=10, after=None, **asked)
        return [brief["id"] for brief in page.items]

    own = {"company": town.company.id}
    assert ids(**own) == ids(due=one.due_on) == ids(**own, due=one.due_on) == [one.id]
    assert ids(company=town.other.id) == ids(due=one.due_on - timedelta(days=1)) == []


def test_who_sees_no_step_sees_it_of_no_company_either(town):
    town.applied("association_review", 1)

    with pytest.raises(NotPermitted):
        applications.listed(
            town.account("print_vendor"), state="association_review", limit=10, after=None, company=town.company.id
        )


def test_a_company_that_asks_for_another_is_given_its_own(town):
    _, one = town.applied("association_review", 1)

    page = applications.listed(town.account("owner"), state=None, limit=10, after=None, company=town.other.id)

    assert [brief["id"] for brief in page.items] == [one.id]


def test_a_company_lists_its_applications_of_one_state(town):
    first = town.applied("association_review", 1)[1].id
    town.applied("background", 2)

    def ids(state):
        page = applications.listed(town.account("owner"), state=state, limit=10, after=None)
        return [brief["id"] for brief in page.items]

    assert ids("association_review") == [first]
    assert len(ids(None)) == 2
    assert ids("draft") == []
