"""A batch for the police: who is in it, what leaves, and who is due again."""

import json
from dataclasses import replace

import pytest

from chalicelib.actions import background, evidence
from chalicelib.actions.background_forms import Closing, NewBackgroundBatch
from chalicelib.actions.forms import Conclusion, Withdrawal
from chalicelib.outside import files
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules.errors import Missing, NotAllowed, Reused
from scripts import demo
from tests.actions.police import filled, opened


def everything():
    """The text of all that the register and the ledger hold."""
    rows = [json.dumps(row.to_simple_dict(), default=str) for table in (RegisterRow, LedgerRow) for row in table.scan()]
    return "\n".join(rows)


def test_a_batch_holds_reference_name_and_resident_id_of_those_who_wait_and_nothing_more(sent):
    batch, password = sent
    header, *lines = opened(batch, password)
    people = {line[1]: line[2] for line in lines}

    assert header == ["编号", "姓名", "证件号码", "结论", "核查日期"]
    assert people == {one.name: one.resident_id for one in (demo.person(1), demo.person(2))}
    assert sorted(line[0] for line in lines) == [batch.reference(1), batch.reference(2)]
    assert {cell for line in lines for cell in line[3:]} <= {""}


def test_neither_resident_ids_nor_the_password_are_kept_anywhere_in_the_clear(sent):
    batch, password = sent
    kept = everything()

    assert demo.person(1).resident_id not in kept
    assert password not in kept
    assert demo.person(1).resident_id.encode() not in files.read(batch.file)


def test_each_reveal_stands_in_the_ledger_of_its_archive_with_its_purpose(sent):
    batch, _ = sent
    entries = [json.loads(row.body) for member in batch.members for row in LedgerRow.query(f"W#{batch.city}#{member}")]

    assert [(one["ground"], one["note"]) for one in entries if one["action"] == "background.reveal"] == [
        ("background-check", {"batch": batch.id})
    ] * 2


def test_the_queue_carries_the_batchs_name_alone(staffed, services, tables):
    staffed.applied("background")
    tables("sqs").purge_queue(QueueUrl=services["WORK_QUEUE"])
    batch, _ = background.make(staffed.act("association_clerk"), NewBackgroundBatch())
    waiting = tables("sqs").receive_message(QueueUrl=services["WORK_QUEUE"])["Messages"]

    assert [json.loads(one["Body"]) for one in waiting] == [{"background": ["330200", batch.id]}]


def test_asked_again_under_its_key_a_batch_and_its_password_are_the_same(staffed):
    staffed.applied("background")
    act = staffed.act("association_clerk")
    first = background.make(act, NewBackgroundBatch())
    again = background.make(act, NewBackgroundBatch())

    assert again == first
    with pytest.raises(Reused):
        background.make(replace(act, digest="another"), NewBackgroundBatch(of="rechecks"))


def test_a_batch_filled_twice_reveals_nobody_twice(sent):
    batch, _ = sent
    before = LedgerRow.count()

    assert background.carry_out(batch.city, batch.id) == {}
    assert LedgerRow.count() == before


def test_a_fill_that_broke_off_goes_on(sent, staffed):
    batch, password = sent
    stored = RegisterRow.get(batch.key, "A#meta")
    body = json.loads(stored.body) | {"state": "making", "file": None}
    stored.update(actions=[RegisterRow.body.set(json.dumps(body))])

    assert background.carry_out(batch.city, batch.id) == {"members": 2}
    assert len(opened(background.fetch(staffed.account("police"), batch.id), password)) == 3


def test_who_withdrew_consent_while_a_fill_was_broken_off_is_left_out(sent, staffed):
    batch, _ = sent
    evidence.withdraw_consent(staffed.act("owner"), batch.members[0], Withdrawal())
    stored = RegisterRow.get(batch.key, "A#meta")
    body = json.loads(stored.body) | {"state": "making", "file": None}
    stored.update(actions=[RegisterRow.body.set(json.dumps(body))])

    assert background.carry_out(batch.city, batch.id) == {"members": 1}


def test_nobody_is_in_two_batches(sent, staffed):
    with pytest.raises(NotAllowed, match="没有等待"):
        background.make(staffed.act("association_clerk"), NewBackgroundBatch())


def test_who_withdrew_consent_before_the_file_was_made_is_left_out(staffed):
    held = staffed.applied("background", 1)
    staffed.applied("background", 2)
    batch, _ = background.make(staffed.act("association_clerk"), NewBackgroundBatch())
    evidence.withdraw_consent(staffed.act("owner"), held[0].id, Withdrawal())

    assert background.carry_out(batch.city, batch.id) == {"members": 1}


def test_a_yearly_check_that_is_far_off_is_not_sent(staffed):
    staffed.certified(1)

    with pytest.raises(NotAllowed, match="没有等待"):
        background.make(staffed.act("association_clerk"), NewBackgroundBatch())


def test_yearly_checks_are_listed_by_day_for_the_city_by_month_and_for_the_company(staffed):
    worker = staffed.certified(1)
    due_on = worker.background.due_on
    of_city = background.rechecks(staffed.act("police"), month=f"{due_on:%Y-%m}", limit=10, after=None)
    of_company = background.rechecks(staffed.act("owner"), month=None, limit=10, after=None)
    of_rival = background.rechecks(staffed.act("rival"), month=None, limit=10, after=None)

    assert [(one["id"], one["due_on"]) for one in of_city.items] == [(worker.id, str(due_on))]
    assert [one["id"] for one in of_company.items] == [worker.id]
    assert of_rival.items == []


def test_the_proof_of_a_company_keeps_every_conclusion_of_a_year(staffed):
    worker = staffed.certified(1)
    form = Conclusion(conclusion="failed", checked_on=staffed.today)
    evidence.conclude(staffed.act("police"), worker.id, form)
    proof = background.proof(staffed.act("owner"), staffed.company.id, year=None, limit=10, after=None)
    other_year = background.proof(staffed.act("owner"), staffed.company.id, year="2020", limit=10, after=None)

    assert [(one["name"], one["conclusion"]) for one in proof.items] == [
        (worker.worker.name, "passed"),
        (worker.worker.name, "failed"),
    ]
    assert other_year.items == []


def test_a_company_sees_no_other_companys_proof(staffed):
    with pytest.raises(Missing):
        background.proof(staffed.act("rival"), staffed.company.id, year=None, limit=10, after=None)


def test_a_closed_batch_gives_back_who_was_in_it(sent, staffed):
    batch, _ = sent
    closed = background.close(staffed.act("association_clerk"), batch.id, Closing(ground="文件遗失，重新送核"))
    purged = background.carry_out(batch.city, batch.id)
    again, _ = filled(staffed)

    assert (closed.state, purged) == ("closed", {"purged": 1})
    assert sorted(again.members) == sorted(batch.members)
    with pytest.raises(NotAllowed):
        background.close(staffed.act("association_clerk"), batch.id, Closing(ground="再关一次"))
