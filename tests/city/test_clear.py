"""After a whole life no resident ID, phone, address or paper's number stands in the clear anywhere (invariant 7)."""

import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from chalicelib.outside import sheets, zips
from scripts import demo, seed_cases, streams

TABLES = ("RegisterTable", "CodesTable", "InboxTable", "LedgerTable")
BUCKETS = ("UploadsBucketName", "LedgerBucketName", "SiteBucketName")
LIVED, IMPORTED, WRONG = demo.person(691), demo.person(692), demo.person(693)
PHONE, HOUSEHOLD, CONTACT = "13932990001", "13932990002", "13932990003"
ADDRESS = "演示区无名路三百二十九号"
EXAM, WRONG_EXAM, POLICY = "体检证第三二九号", "体检证第三二八号", "PYII329SHENGMING"
PRIVATE = [
    LIVED.resident_id, IMPORTED.resident_id, WRONG.resident_id, PHONE, HOUSEHOLD, CONTACT, ADDRESS, EXAM,
    WRONG_EXAM, POLICY,
]  # fmt: skip
ENCRYPTED = 1
"""The bit of a zip's member that says that it takes a password."""
PROBE = "无隐私的标记329901"
"""Words that do stand everywhere they may: a search that does not find them finds nothing."""


class Life:
    """A worker's life, what everybody was answered, and everything that lies in the stack after it."""

    def __init__(self, people):
        self.people, self.answers = people, []
        owner = people.as_("owner0")
        worker = owner.post("/api/workers", {**demo.register(LIVED), "phone": PHONE, "address": ADDRESS})
        self.id, at = worker["id"], f"/api/workers/{worker['id']}"
        numbers = self._papers(owner, at)
        self._refused()
        self._refused_papers(at)
        seed_cases.along(people, self.id, "done")
        worker = owner.get(at)
        people.settled(people.public(), worker["certificate"]["token"])
        self._visited(worker["certificate"]["token"])
        row = {**demo.paper(692, people.today), "手机号": PHONE, "住址": ADDRESS}
        people._import("owner0", "workers", demo.as_csv([row]))
        seen = [self._asked("owner0", f"{at}/reveal", {"field": field, "purpose": "call-back"})
                for field in ("resident_id", "phone", "address")]  # fmt: skip
        seen += [self._asked("owner0", f"{at}/reveal", {"field": field, "paper": paper, "purpose": "identity-check"})
                 for field, paper in numbers]  # fmt: skip
        self.revealed = [one["value"] for one in seen]
        self.copy = owner.post(f"{at}/copy", {})
        self._batch()
        seed_cases.by_two("suspend", basis="enquiry")(people, owner.get(at))
        streams.settle(people.stack)

    def _papers(self, owner, at):
        seed_cases.add_exam(self.people, at, LIVED.category)
        seed_cases.add_insurance(self.people, at)
        owner.post(f"{at}/training", {"done_on": str(self.people.today - timedelta(days=9)), "issuer": PROBE})
        owner.post(f"{at}/consents", {"given_on": str(self.people.today), "text": "2026-1"})
        self.people.as_("association_clerk").post(f"{at}/identity", {"how": "original"})
        return self._numbered(owner, at)

    def _numbered(self, owner, at):
        """Have papers recorded with their numbers, one of which was wrong first; the fields and papers to ask for."""
        today = str(self.people.today)
        exam = {"category": LIVED.category, "from": today, "issuer": PROBE}
        policy = {"from": today, "until": today, "third_party": True, "issuer": PROBE, "reference": POLICY}
        [made] = [one for one in owner.post(f"{at}/exams", {**exam, "reference": WRONG_EXAM})["exams"]
                  if one["issuer"] == PROBE]  # fmt: skip
        owner.post(f"{at}/exams/{made['id']}/amend", {**exam, "reference": EXAM, "why": PROBE})
        [insured] = [one for one in owner.post(f"{at}/insurances", policy)["insurances"] if one["issuer"] == PROBE]
        return ("exam_reference", made["id"]), ("insurance_reference", insured["id"])

    def _refused_papers(self, at):
        """Have numbers of papers refused: of days that cannot be, and sent by who may not."""
        wrong = {"category": LIVED.category, "from": "2126-01-01", "issuer": PROBE, "reference": EXAM}
        for who, body in (("owner0", wrong), ("owner1", {**wrong, "from": str(self.people.today)}), ("police", wrong)):
            self.answers.append(self._asked(who, f"{at}/exams", body))

    def _refused(self):
        """Have what is private refused: a number that is taken, one that is mistyped, and one that nobody may send."""
        mistyped = {**demo.register(WRONG), "resident_id": WRONG.resident_id[:-1] + "?", "phone": PHONE + "1"}
        for who, body in (("owner1", demo.register(LIVED)), ("owner0", mistyped), ("police", demo.register(WRONG))):
            self.answers.append(self._asked(who, "/api/workers", {**body, "address": ADDRESS}))

    def _visited(self, token):
        """Confirm an entry and report, as two households do; a company asks for an account."""
        for path, body in (("visits", {"phone": HOUSEHOLD}), ("reports", {"kind": "suspicious", "phone": HOUSEHOLD})):
            nonce = self.people.seen(token)[2]["visit"]["nonce"]
            self.answers.append(self.people.send(f"/v/{token}/{path}", {"nonce": nonce, **body}))
        _, _, asked = self.people.public().raw("GET", "/requests", Accept="application/json")
        company = {"name": "演示申请家政（演示）", "credit_code": demo.credit_code(691), "city": "330200"}
        body = {**company, "contact": "某人", "email": "ask@demo.invalid", "phone": CONTACT}
        nonce = json.loads(asked)["request"]["nonce"]
        self.answers.append(self.people.send("/requests", {"nonce": nonce, **body}))

    def _batch(self):
        """Have a file made for the police, with another's number in it."""
        waiting = self.people.worker("background")
        clerk = self.people.as_("association_clerk")
        made = clerk.post("/api/background-batches", {"of": "applications"})
        place = f"/api/background-batches/{made['id']}"
        assert streams.wait_until(lambda: clerk.get(place)["state"] == "ready")
        self.sent = next(one for one in map(demo.person, range(600, 690)) if one.name == waiting["name"]).resident_id
        self.on_the_way = list(self._files(self.people.stack.outputs["UploadsBucketName"]))
        clerk.post(f"{place}/close", {"ground": "演示：检索完毕"})

    def _asked(self, who, path, body):
        return self.people.ask(who, "POST", path, body, Idempotency_Key=uuid.uuid4().hex)[2]

    def places(self):
        """Everything that lies in the stack, as texts by place."""
        stack = self.people.stack
        found = {name: list(self._rows(stack.outputs[name])) for name in TABLES}
        found |= {f"stream of {name}": list(self._records(stack.outputs[name])) for name in TABLES}
        found |= {name: list(self._files(stack.outputs[name])) for name in BUCKETS}
        queues = [name for name in stack.outputs if name.endswith(("QueueUrl", "DeadUrl"))]
        found["queues"] = [text for name in queues for text in self._messages(stack.outputs[name])]
        found["uploads on the way"] = self.on_the_way
        found["logs"] = list(self._lines())
        found["answers"] = [json.dumps(one, ensure_ascii=False) for one in self.answers]
        return found

    def _rows(self, table):
        for page in self.people.stack.client("dynamodb").get_paginator("scan").paginate(TableName=table):
            yield from (text_of(row) for row in page["Items"])

    def _records(self, table):
        streamed = self.people.stack.client("dynamodbstreams")
        arn = self.people.stack.client("dynamodb").describe_table(TableName=table)["Table"].get("LatestStreamArn")
        shards = streamed.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"] if arn else []
        for shard in shards:
            told = streamed.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )  # fmt: skip
            iterator = told["ShardIterator"]
            while iterator:
                page = streamed.get_records(ShardIterator=iterator)
                yield from (text_of(record) for record in page["Records"])
                iterator = page.get("NextShardIterator") if page["Records"] else None

    def _files(self, bucket):
        s3 = self.people.stack.client("s3")
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for one in page.get("Contents", []):
                content = s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
                yield from (one["Key"] + text for text in inside(content))

    def _messages(self, queue):
        sqs = self.people.stack.client("sqs")
        told = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [one["Body"] for one in told.get("Messages", [])]

    def _lines(self):
        logs = self.people.stack.client("logs")
        groups = [one["logGroupName"] for page in logs.get_paginator("describe_log_groups").paginate()
                  for one in page["logGroups"]]  # fmt: skip
        for group in groups:
            try:
                for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group):
                    yield from (one["message"] for one in page["events"])
            except ClientError:
                continue  # a function that never ran has no stream


def text_of(told):
    """Write a row or a record as a text, bytes among it as what they would be read as."""
    return json.dumps(told, ensure_ascii=False, default=readable)


def readable(one):
    """Read bytes as text, and write anything else as it writes itself."""
    return one.decode(errors="replace") if isinstance(one, bytes) else str(one)


def inside(content):
    """What a file says: as it lies, and each member of an archive (a sheet is one) that opens without a password."""
    yield content.decode(errors="replace")
    if zipfile.is_zipfile(io.BytesIO(content)):
        archive = zipfile.ZipFile(io.BytesIO(content))
        for one in archive.infolist():
            if not one.flag_bits & ENCRYPTED:
                yield from inside(archive.read(one))


def where(places, words):
    """Name the places in which words stand, as they are or as JSON escapes them."""
    forms = {words, json.dumps(words)[1:-1]}
    return [place for place, texts in places.items() for text in texts if any(form in text for form in forms)]


@pytest.fixture(scope="module")
def life(people):
    return Life(people)


@pytest.fixture(scope="module")
def places(life):
    return life.places()


def test_the_search_finds_what_does_stand_there(life, places):
    assert {"RegisterTable", "stream of RegisterTable"} <= set(where(places, PROBE))
    assert "LedgerTable" in where(places, life.id)
    assert "LedgerBucketName" in where(places, life.id)
    assert len(places["logs"]) > 100
    assert all(places[name] for name in (*TABLES, "uploads on the way", "answers"))


def test_the_search_looks_into_sheets_and_zips_that_nothing_locks():
    sheet = sheets.written(["证件号码"], [(LIVED.resident_id,)], widths=[20], choices={})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", sheet)

    assert where({"open": inside(packed.getvalue())}, LIVED.resident_id)
    assert not where({"locked": inside(zips.sealed("a.xlsx", sheet, "password"))}, LIVED.resident_id)


@pytest.mark.parametrize("words", PRIVATE, ids=lambda words: f"{words[:3]}…")
def test_nothing_private_stands_anywhere_in_the_clear(places, words):
    assert where(places, words) == []


def test_nobody_s_number_of_a_batch_stands_anywhere_in_the_clear(life, places):
    assert where(places, life.sent) == []


def test_who_may_did_see_it(life):
    copied = json.dumps(life.copy, ensure_ascii=False)

    assert not [one for one in (LIVED.resident_id, PHONE, ADDRESS, EXAM, POLICY) if one not in copied]
    assert life.revealed == [LIVED.resident_id, PHONE, ADDRESS, EXAM, POLICY]
