"""What waits in a queue names what it is about and nothing private; here no function reads it, so all of it is seen."""

import json
from hashlib import sha256

import pytest

from chalicelib.actions import (
    batch_files,
    copies,
    evidence,
    files,
    imports,
    phone_pages,
    reveals,
)
from chalicelib.actions.file_forms import NewFile, SentFile
from chalicelib.actions.forms import NewExam, NewImport, Withdrawal
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.actions.reveal_forms import NewReveal
from chalicelib.functions import project, react, receive
from chalicelib.outside import reveals as settings
from chalicelib.records.commit import META
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules.reveal import Daily
from scripts import demo
from scripts.bare import QUEUES
from tests.actions.police import filled
from tests.actions.post import waiting
from tests.pictures import picture, send

PHONE, ADDRESS, EXAM = "13932990007", "演示区队列路三百二十九号", "体检证字第 329-0007 号"
PRIVATE = [PHONE, ADDRESS, EXAM, *(demo.person(number).resident_id for number in (1, 2, 3, 4))]


class Context:
    """What Powertools asks of a context."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "test"


def streamed(rows):
    """What a table's stream would bring of rows, each of an archive whose consent stood before."""
    images = (row.to_dynamodb_dict() for row in rows)
    return [record(image, {**image, "brief": {"S": '{"consent": "given"}'}}) for image in images]


def record(image, old):
    """A record of a stream; an entry of the ledger has no brief, and nothing before it."""
    images = {"NewImage": image} | ({"OldImage": old} if "brief" in image else {})
    return {"eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": {"Keys": {"pk": image["pk"]}, **images}}


def worked(town):
    """Do what puts something into a queue, with a worker of whom all is known."""
    owner, clerk = town.act("owner"), town.act("association_clerk")
    worker = town.registered(4, phone=PHONE, address=ADDRESS)
    exam = {"category": "居家", "from": town.today, "issuer": "演示", "reference": EXAM}
    evidence.add_exam(owner, worker.id, NewExam(**exam))
    content = picture()
    declared = NewFile(kind="photo", type="image/jpeg", size=len(content), sha256=sha256(content).hexdigest())
    address = files.address(owner, worker.id, declared)
    send(address, content)
    files.take_in(town.act("owner"), worker.id, address["id"], SentFile())
    held = town.certified(1)
    phone_pages.make(town.act("owner"), held.id, NewPhonePage())
    [reveals.see(clerk, worker.id, NewReveal(field="phone", purpose="call-back")) for _ in range(2)]
    copies.make(clerk, worker.id)
    town.applied("background", 2)
    town.applied("background", 3)
    batch, _ = filled(town)
    batch_files.hand_out(town.act("police"), batch.id)
    rows = demo.as_csv([{**demo.paper(5, town.today), "手机号": PHONE, "住址": ADDRESS}])
    imports.begin(clerk, NewImport(kind="workers", csv=rows, company=town.company.id))
    evidence.withdraw_consent(town.act("owner"), held.id, Withdrawal())


def failing(item):
    """Have what a household sent fail, so that it is put away to be tried again."""
    receive.receive({"Records": [{"eventName": "INSERT", "dynamodb": {"NewImage": item}}]}, Context())


@pytest.fixture
def messages(staffed, tables, monkeypatch):
    """Everything that waited in the queues, as a text by queue."""
    monkeypatch.setattr(settings, "daily", lambda: Daily(1, 200))
    [waiting(tables, queue) for queue in QUEUES]
    worked(staffed)
    monkeypatch.setenv("LEDGER_BUCKET", "one-that-is-not-there")
    heads = streamed(RegisterRow.scan(RegisterRow.sk == META))
    react.react({"Records": [*heads, *streamed(LedgerRow.scan())]}, Context())
    failing({"pk": {"S": "ask#x"}, "kind": {"S": "ask"}, "secret": {"S": "a" * 64}})
    project.project({"all": True}, Context())
    return {queue: [json.dumps(one, ensure_ascii=False) for one in waiting(tables, queue)] for queue in QUEUES}


def test_every_queue_is_used_and_none_says_anything_private(messages):
    told = "\n".join(text for texts in messages.values() for text in texts)

    assert [queue for queue, texts in messages.items() if not texts] == []
    assert [kind for kind in ('"background"', '"batch-seen"', '"photo"', '"import"') if kind not in told] == []
    assert [words for words in PRIVATE if words in told] == []
