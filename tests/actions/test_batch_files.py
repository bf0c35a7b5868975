"""The police fetch the file of a batch: counted, in the ledger, and told at once to every worker in it."""

import json

import pytest
from botocore.exceptions import ClientError

from chalicelib.actions import background, batch_files, evidence, notices, own_pages, reveals
from chalicelib.actions.forms import Conclusion
from chalicelib.outside import reveals as settings
from chalicelib.records import archives, codes, ledger, views
from chalicelib.rules.errors import Missing, NotAllowed
from chalicelib.rules.reveal import Daily
from scripts import demo
from tests.actions.post import waiting

SEEN = ("公安机关", "核查人员", "姓名和证件号码", "送公安核查")


def told(tables):
    """Take from the queue what is to be told of files that were fetched."""
    return [one["batch-seen"] for one in waiting(tables, "WORK_QUEUE") if "batch-seen" in one]


def fetched(town, tables, batch):
    """Fetch a batch's file, and do the work that follows."""
    batch_files.hand_out(town.act("police"), batch.id)
    return [batch_files.tell(*one) for one in told(tables)]


def page(batch, place=0):
    """What the page of one of a batch's workers says of who viewed."""
    key = f"{batch.city}#{batch.members[place]}"
    own_pages.project(f"VIEW#{key}")
    return [tuple(one.values())[1:] for one in json.loads(codes.find_plain(f"own#W#{key}").own)["views"]]


@pytest.fixture
def few(monkeypatch):
    """Numbers of a day that a test can reach: told at two, stopped after three."""
    monkeypatch.setattr(settings, "batches", lambda: Daily(2, 3))


def test_the_file_is_handed_out_for_two_minutes_and_counted(sent, staffed):
    batch, _ = sent
    handed = batch_files.hand_out(staffed.act("police"), batch.id)

    assert "X-Amz-Expires=120" in handed["url"]
    assert demo.person(1).resident_id not in handed["url"]
    assert (handed["today"], handed["most"]) == (1, 10)
    assert background.fetch(staffed.account("police"), batch.id).downloads == 1


def test_another_citys_police_find_no_batch(sent, staffed):
    batch, _ = sent

    with pytest.raises(Missing):
        batch_files.hand_out(staffed.act(staffed.account("police", "330400")), batch.id)


def test_every_worker_in_it_is_told_on_the_own_page_before_there_is_a_conclusion(sent, staffed, tables):
    batch, _ = sent
    before = page(batch)
    fetched(staffed, tables, batch)

    assert (before, page(batch, 0), page(batch, 1)) == ([], [SEEN], [SEEN])


def test_each_fetching_is_one_line_and_a_message_that_comes_twice_none_more(sent, staffed, tables):
    batch, _ = sent
    batch_files.hand_out(staffed.act("police"), batch.id)
    batch_files.hand_out(staffed.act("police"), batch.id)
    first, second = told(tables)
    [batch_files.tell(*one) for one in (second, first, second)]
    chain = ledger.chain(f"VIEW#{batch.city}#{batch.members[0]}")

    assert page(batch) == [SEEN, SEEN]
    assert [(one["action"], one["by"], one["ground"], one["note"]) for one in chain] == [
        ("background.view", "police", "background-check", {"kind": "batch", "batch": batch.id, "download": number})
        for number in (2, 1)
    ]


def test_who_asks_for_the_views_is_told_of_it_too(sent, staffed, tables):
    batch, _ = sent
    before = reveals.views_of(staffed.account("owner"), batch.members[0])
    fetched(staffed, tables, batch)

    assert before == []
    [view] = reveals.views_of(staffed.account("owner"), batch.members[0])
    assert tuple(view.values())[1:] == SEEN


def test_a_conclusion_without_a_batch_is_no_view(staffed):
    archive = staffed.certified()
    form = Conclusion(conclusion="passed", checked_on=staffed.today)
    evidence.conclude(staffed.act("police"), archive.id, form)
    own_pages.project(views.key_of(archive.key))

    assert len(archives.find(archive.key).checks) == 2
    assert json.loads(codes.find_plain(f"own#{archive.key}").own)["views"] == []


def test_what_cannot_be_told_is_not_handed_out(sent, staffed, services, monkeypatch):
    batch, _ = sent
    monkeypatch.setenv("WORK_QUEUE", services["WORK_QUEUE"] + "-that-is-not-there")

    with pytest.raises(ClientError):
        batch_files.hand_out(staffed.act("police"), batch.id)


def test_many_files_on_a_day_are_told_to_the_association_and_then_stopped(sent, staffed, few):
    batch, _ = sent
    handed = [batch_files.hand_out(staffed.act("police"), batch.id)["today"] for _ in range(3)]
    with pytest.raises(NotAllowed, match="请明天再办"):
        batch_files.hand_out(staffed.act("police"), batch.id)
    texts = [one["text"] for one in notices.listed(staffed.account("association_manager"), limit=10, after=None).items]

    assert handed == [1, 2, 3]
    assert sorted(text.split("已达 ")[1][:1] for text in texts if "送公安核查的文件" in text) == ["2", "3"]
    assert background.fetch(staffed.account("police"), batch.id).downloads == 3


def test_the_packaged_numbers_are_five_and_ten_files():
    assert settings.batches() == Daily(5, 10)
