"""A worker's rights: a copy, to be erased, and that nothing is kept beyond its purpose (B9, PIPL 45 and 47)."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from chalicelib.actions import (
    applications,
    copies,
    erasure,
    evidence,
    files,
    own_pages,
    phone_pages,
    photos,
    projection,
    purge,
    stack,
)
from chalicelib.actions.erasure_forms import Erasure
from chalicelib.actions.file_forms import NewFile, SentFile
from chalicelib.actions.forms import NewTraining
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.functions.project import project
from chalicelib.outside import clock
from chalicelib.outside import files as bucket
from chalicelib.records import archives, codes, ledger, traces, views
from chalicelib.records import files as rows
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.access import MAY
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.errors import Clash, Missing, NotAllowed
from chalicelib.rules.retention import GONE
from tests.actions.post import waiting
from tests.actions.test_counters import meta_record
from tests.pictures import picture, send


def sent(town, archive):
    """A file of the archive that was taken in."""
    content = picture()
    declared = NewFile(kind="identity", type="image/jpeg", size=len(content), sha256=sha256(content).hexdigest())
    address = files.address(town.act("owner"), archive.id, declared)
    send(address, content)
    return files.take_in(town.act("owner"), archive.id, address["id"], SentFile())


def fresh(archive):
    return archives.find(archive.key)


def erase(town, archive, by="association_manager"):
    form = Erasure(revision=fresh(archive).revision, ground="本人书面申请（演示）")
    return erasure.erase(town.act(by), archive.id, form)


def system():
    return Act(account=SYSTEM, at=clock.now(), on=clock.today())


@pytest.fixture
def left(town):
    """A worker who left the trade: certificate revoked, a file and a page, a household's visit."""
    archive = town.certified()
    sent(town, archive)
    phone_pages.make(town.act("owner"), archive.id, NewPhonePage())
    visit = {"at": "2026-11-22T01:00:00Z", "phone": "sealed"}
    traces.keep(archive.key, "visit#v", "visit", visit, ends=clock.now() + timedelta(days=9))
    return town.revoked(fresh(archive))


def test_after_it_no_row_of_the_archive_names_the_person(town, left):
    erase(town, left)
    erasure.forget(system(), left.city, left.id)
    text = "".join(str(row.body) + str(row.brief) for row in RegisterRow.query(left.key))

    assert not [word for word in (left.worker.name, left.worker.masked_name, left.worker.identity_hash) if word in text]
    assert traces.of(left.key, "V#") == []
    assert fresh(left).worker.name == GONE


def test_number_ledger_and_police_dates_stay_and_the_chain_is_whole(town, left):
    erase(town, left)
    now = fresh(left)

    assert (now.certificate.number, now.checks) == (left.certificate.number, left.checks)
    assert ledger.chain(left.key)[-1]["action"] == "archive.erase"
    assert ledger.broken(ledger.chain(left.key), now.head) is None


def test_the_code_goes_on_to_say_that_it_was_revoked_and_names_nobody(town, left):
    erase(town, left)
    projection.project(left.key)
    code = codes.find(left.certificate.token)

    assert (code.colour, json.loads(code.holder)["name"], code.photo, code.phone_page) == ("red", "***", None, None)


def test_the_files_go_with_their_contents(town, left, tables):
    waiting(tables, "WORK_QUEUE")
    erase(town, left)
    [before] = rows.of(left)
    erasure.forget(system(), left.city, left.id)
    [after] = rows.of(left)
    key = files.key_of(left, after.id)
    kept = bucket.read(key)
    photos.drop_unneeded(left.city, left.id, key)

    assert (before.gone_on, after.gone_on, sha256(kept).hexdigest()) == (None, town.today, after.sha256)
    assert bucket.sent(key) is None


def test_a_file_of_who_was_erased_is_not_seen_even_before_it_went(town, left):
    erase(town, left)
    [file] = rows.of(left)

    with pytest.raises(Missing, match="删除"):
        files.seen(town.act("association_clerk"), left.id, file.id)


def test_more_files_than_one_transaction_takes_go_in_turns_that_ask_for_each_other(town, left, tables):
    [one] = rows.of(left)
    many = [rows.row(left, replace(one, id=f"F{number}")) for number in range(purge.AT_ONCE)]
    archives.store(fresh(left), fresh(left), act=town.act("owner"), entry=Entry(action="test"), beside=many)
    erase(town, left)
    turns = [erasure.forget(system(), left.city, left.id) for _ in range(3)]

    assert (turns[1:], {file.gone_on for file in rows.of(left)}) == ([1, 0], {town.today})
    assert len([entry for entry in ledger.chain(left.key) if entry["action"] == "archive.purge"]) == 2


def test_who_was_erased_is_not_made_alive_again_by_a_later_decision(town, left):
    gone = erase(town, left)

    with pytest.raises(NotAllowed, match="请重新登记"):
        evidence.train(town.act("owner"), left.id, NewTraining(done_on=town.today, issuer="演示学校"))
    with pytest.raises(NotAllowed) as refused:
        applications.open_(town.act("owner"), left.id, submit=False)
    assert (refused.value.rule, fresh(left).revision) == ("erased", gone.revision)


def test_the_system_itself_still_writes_an_erased_archive(town, left):
    gone = erase(town, left)

    assert stack.index(system(), [left.key]) == 1
    assert fresh(left).revision == gone.revision + 1


def test_of_who_had_neither_certificate_nor_page_nothing_is_told_beside_it_any_more(town):
    archive = town.ready()
    copies.make(town.act("association_clerk"), archive.id)
    own_pages.project(views.key_of(archive.key))
    before = json.loads(codes.find_plain(f"own#{archive.key}").own)
    erase(town, archive)

    project({"Records": [meta_record(archive.key)]}, Context)

    assert (len(before["views"]), json.loads(codes.find_plain(f"own#{archive.key}").own)["views"]) == (1, [])


def test_the_person_may_be_registered_anew(town, left):
    with pytest.raises(Clash):
        town.registered(1)
    erase(town, left)

    assert town.registered(1).id != left.id


def test_who_holds_a_certificate_in_force_is_not_erased(town):
    archive = town.certified()

    with pytest.raises(NotAllowed, match="证书尚未注销"):
        erase(town, archive)


def test_on_an_older_revision_nothing_is_erased(town, left):
    form = Erasure(revision=fresh(left).revision - 1, ground="本人书面申请（演示）")

    with pytest.raises(Clash):
        erasure.erase(town.act("association_manager"), left.id, form)


def test_traces_of_who_was_not_erased_are_not_forgotten(town, left):
    assert erasure.forget(system(), left.city, left.id) == 0
    assert rows.of(left)[0].gone_on is None
    assert len(traces.of(left.key, "V#")) == 1


def test_only_the_associations_manager_erases():
    assert MAY["worker.erase"] == {"association_manager"}


class Context:
    """What Lambda tells a function of its call."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "test"
