"""A worker's copy of all that is kept (PIPL 45): whole and opened, each opening counted and told, and kept nowhere."""

import json
from dataclasses import replace

import pytest

from chalicelib.actions import copies, evidence, reveals
from chalicelib.actions.forms import NewExam, NewInsurance
from chalicelib.outside import reveals as settings
from chalicelib.records import accounts as account_records
from chalicelib.records import archives, ledger, views
from chalicelib.records.commit import Entry
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules.errors import Missing, NotAllowed, Unavailable
from chalicelib.rules.reveal import Daily
from scripts import demo

PHONE, ADDRESS, EXAM, POLICY = "13932990009", "演示区副本路三百二十九号", "体检证字第 329-0009 号", "PYII-329-0009"
SEALED = (demo.person(1).resident_id, PHONE, ADDRESS, EXAM, POLICY)


@pytest.fixture
def archive(town):
    """A worker with all that can be sealed; the clerk who makes copies is stored, as where people sign in."""
    clerk = town.account("association_clerk")
    account_records.store(clerk, clerk, act=town.act("association_manager"), entry=Entry(action="make"))
    worker, today = town.registered(phone=PHONE, address=ADDRESS), {"from": town.today, "issuer": "演示机构"}
    evidence.add_exam(town.act("owner"), worker.id, NewExam(category="居家", reference=EXAM, **today))
    policy = NewInsurance(until=town.today, third_party=True, reference=POLICY, **today)
    return evidence.add_insurance(town.act("owner"), worker.id, policy)


def made(town, archive, who="association_clerk"):
    return copies.make(town.act(who), archive.id)


def lines(copy, title):
    """The lines of one section of a copy."""
    return dict(next(one["lines"] for one in copy["sections"] if one["title"] == title))


def test_the_data_have_everything_that_is_sealed_opened(town, archive):
    data = made(town, archive)["data"]

    assert (data["worker"]["resident_id"], data["worker"]["phone"], data["worker"]["address"]) == SEALED[:3]
    assert [one["reference"] for one in (*data["exams"], *data["insurances"])] == [EXAM, POLICY]


def test_the_page_says_it_in_words_under_headings(town, archive):
    copy = made(town, archive)
    person = lines(copy, "本人")

    assert (person["证件号码"], person["联系电话"], person["住址"]) == SEALED[:3]
    assert EXAM in lines(copy, "体检")["居家"]
    assert POLICY in lines(copy, "保险")["演示机构"]
    assert [one["title"] for one in copy["sections"]] == [
        "本人", "所属企业", "体检", "保险", "培训和技能", "安全核查", "同意", "证书", "申请", "申诉", "材料文件",
        "谁看过",
    ]  # fmt: skip
    assert not [text for one in copy["sections"] for line in one["lines"] for text in line if "{" in text]


def test_the_whole_life_of_a_certificate_can_be_read(town):
    copy = made(town, town.certified(2))

    assert lines(copy, "证书")["状态"] == "已启用"
    assert list(lines(copy, "安全核查")) == ["通过"]
    assert [text.rpartition("，")[2] for text in lines(copy, "申请").values()] == ["办结"]


def test_what_is_about_our_keeping_it_is_not_in_it(town, archive):
    text = json.dumps(made(town, archive), ensure_ascii=False)

    hidden = (archive.worker.identity_hash, archive.worker.resident_id, archive.exams[0].reference, archive.head)
    assert not [one for one in hidden if one in text]


def test_of_who_never_gave_a_phone_nothing_is_opened_there(town):
    copy = made(town, town.registered(3))

    assert copy["data"]["worker"]["phone"] is None
    assert "联系电话" not in lines(copy, "本人")


def test_every_opening_stands_in_the_ledger_with_its_purpose_and_none_in_the_clear(town, archive):
    made(town, archive)
    [entry] = ledger.chain(views.fetch(archive).key)

    assert (entry["action"], entry["ground"]) == ("worker.copy", "copy")
    assert entry["note"] == {
        "kind": "copy", "fields": ["resident_id", "phone", "address"],
        "papers": [archive.exams[0].id, archive.insurances[0].id],
    }  # fmt: skip
    rows = [json.dumps(row.to_simple_dict(), default=str) for table in (RegisterRow, LedgerRow) for row in table.scan()]
    assert not [row for row in rows for number in SEALED if number in row]


def test_it_stands_under_who_viewed_on_the_copy_itself_too(town, archive):
    copy = made(town, archive)
    [view] = reveals.views_of(town.account("association_clerk"), archive.id)

    assert (view["what"], view["purpose"]) == ("全部登记信息", "应本人要求提供副本")
    assert list(lines(copy, "谁看过")) == [view["day"]]


def test_each_opening_counts_so_a_copy_is_no_cheaper_way_to_numbers(town, archive, monkeypatch):
    monkeypatch.setattr(settings, "daily", lambda: Daily(3, 9))
    made(town, archive)

    with pytest.raises(NotAllowed, match="请明天再办"):
        made(town, archive)
    assert RegisterRow.get("P#association_clerk", f"R#{town.today}").revision == 5
    assert len(ledger.chain(views.fetch(archive).key)) == 1


def test_a_field_that_was_moved_here_from_elsewhere_gives_no_copy(town, archive):
    other = town.registered(4, phone="13932990008")
    moved = replace(archive, worker=replace(archive.worker, phone=other.worker.phone))
    archives.store(archive, moved, act=town.act("owner"), entry=Entry(action="test"))

    with pytest.raises(Unavailable):
        made(town, archive)


def test_another_companys_worker_is_not_copied(town, archive):
    with pytest.raises(Missing):
        made(town, archive, "rival")
