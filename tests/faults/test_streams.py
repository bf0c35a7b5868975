"""Records that nobody can read, and functions that meet an outage: what is whole goes on, what is not is parked."""

import json
import os

import pytest
from botocore.exceptions import ClientError

from chalicelib.functions import project, react, receive, send, work
from chalicelib.records import codes
from chalicelib.records.traces import of
from tests.faults.weather import error

POISONS = {
    "a brief that is no JSON": {"Keys": {"pk": {"S": "W#330200#P"}}, "NewImage": {"brief": {"S": "{"}}},
    "no keys": {"NewImage": {"pk": {"S": "W#330200#P"}, "sk": {"S": "A#meta"}}},
    "numbers that are none": {"Keys": {"pk": {"S": "W#330200#P"}}, "NewImage": {"revision": {"N": "one"}}},
    "a number with a fraction": {"Keys": {"pk": {"S": "W#330200#P"}}, "NewImage": {"revision": {"N": "1.5"}}},
    "no image": {"Keys": {"pk": {"S": "W#330200#P"}}},
    "a key of nobody": {"Keys": {"pk": {"S": "?"}}, "NewImage": {"pk": {"S": "?"}, "brief": {"S": "{}"}}},
    "nothing": {},
}
STREAMED = {
    "project": (project.project, "REPROJECT_QUEUE"), "react": (react.react, "REREACT_QUEUE"),
    "receive": (receive.receive, "RERECEIVE_QUEUE"),
}  # fmt: skip
QUEUED = {
    "project": project.project, "react": react.react, "receive": receive.receive, "work": work.work, "send": send.send,
}  # fmt: skip
MESSAGES = ("", "null", "[]", "{", '{"archives": "W#"}', '{"archives": [1]}', '{"x": 1}')


class Context:
    """What Lambda tells a function of its call."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "test"


def record(images):
    return {"eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": images}


def archived(archive):
    brief = {"S": json.dumps({"certificate": "active", "name": "王*", "company": archive.binding.company})}
    image = {"pk": {"S": archive.key}, "sk": {"S": "A#meta"}, "brief": brief, "revision": {"N": str(archive.revision)}}
    return record({"Keys": {"pk": {"S": archive.key}, "sk": {"S": "A#meta"}}, "NewImage": image, "OldImage": image})


def waiting(aws, queue):
    """Take what waits in a queue."""
    url, found = os.environ[queue], []
    while got := aws("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += got
        [aws("sqs").delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"]) for one in got]
    return [json.loads(one["Body"]) for one in found]


@pytest.mark.parametrize("name", STREAMED)
def test_a_poisoned_record_stops_no_stream(tables, name):
    function, _ = STREAMED[name]
    answers = {poison: function({"Records": [record(images)] * 2}, Context()) for poison, images in POISONS.items()}

    assert [poison for poison, answer in answers.items() if answer != {"batchItemFailures": []}] == []


def test_what_lies_beside_poisoned_records_is_projected(town):
    archive = town.certified()

    project.project({"Records": [*map(record, POISONS.values()), archived(archive)]}, Context())

    assert codes.find(archive.certificate.token).facts


@pytest.mark.parametrize("name", QUEUED)
def test_a_poisoned_message_alone_goes_to_the_dead_letters(tables, name):
    function, failed = QUEUED[name], {"batchItemFailures": [{"itemIdentifier": "the-one"}]}
    told = [{"eventSource": "aws:sqs", "messageId": "the-one", "body": message} for message in MESSAGES]
    answers = {one["body"]: function({"Records": [one]}, Context()) for one in told}

    assert [body for body, answer in answers.items() if answer != failed] == []


def test_what_could_not_be_projected_is_parked_by_its_key_and_comes_again(town, tables, weather):
    archive = town.certified()
    waiting(tables, "REPROJECT_QUEUE")
    weather.on("dynamodb", error("InternalServerError"))
    project.project({"Records": [archived(archive)]}, Context())
    weather.fine()

    [parked] = waiting(tables, "REPROJECT_QUEUE")
    project.project({"Records": [{"eventSource": "aws:sqs", "messageId": "1", "body": json.dumps(parked)}]}, Context())

    assert parked == {"archives": [archive.key]}
    assert codes.find(archive.certificate.token).facts


def test_while_queues_are_away_too_the_stream_keeps_the_record(town, weather):
    archive = town.certified()
    weather.on("dynamodb", error("InternalServerError"))
    weather.on("sqs", error("InternalError"))

    with pytest.raises(ClientError, match="InternalError"):
        project.project({"Records": [archived(archive)]}, Context())


def test_a_visit_that_could_not_be_taken_in_is_parked_and_taken_in_once(town, tables, weather):
    archive = town.certified()
    waiting(tables, "RERECEIVE_QUEUE")
    texts = {
        "pk": "visit#n", "kind": "visit", "at": "2026-11-22T01:00:00Z", "body": "{}", "secret": "a" * 64,
        "token": archive.certificate.token, "archive": archive.key, "city": "330200",
    }  # fmt: skip
    sent = record({"Keys": {"pk": {"S": "visit#n"}}, "NewImage": {name: {"S": text} for name, text in texts.items()}})
    weather.on("PutItem", error("InternalServerError"))
    receive.receive({"Records": [sent]}, Context())
    weather.fine()

    [parked] = waiting(tables, "RERECEIVE_QUEUE")
    message = {"eventSource": "aws:sqs", "messageId": "1", "body": json.dumps(parked)}
    receive.receive({"Records": [message, message]}, Context())

    assert len(of(archive.key, "V#")) == 1
