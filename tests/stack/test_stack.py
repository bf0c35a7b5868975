"""The packaged stack on the local AWS, driven from outside: its paths, its streams, and what a restart does to them."""

import http.client
import json
import time

import pytest

from scripts import emulator, streams


def ask(city, method, path, headers=None):
    """Ask the city through its CDN; give status, content type and body."""
    connection = http.client.HTTPConnection("127.0.0.1", city.port, timeout=30)
    sent = {"Host": city.host_header, "Accept": "application/json", **(headers or {})}
    connection.request(method, path, headers=sent)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("Content-Type"), body


def times_run(city, function):
    """Count how often a function was started, by its log."""
    return sum(one.startswith("START") for one in said(city, function))


def said(city, function):
    """Everything in a function's log."""
    try:
        pages = city.client("logs").get_paginator("filter_log_events").paginate(logGroupName=f"/anxinma/{function}")
        return [one["message"] for page in pages for one in page["events"]]
    except city.client("logs").exceptions.ResourceNotFoundException:
        return []


def runs_soon(city, function, act, seconds=15):
    """Tell whether an act makes a function run."""
    before = times_run(city, function)
    act()
    return streams.wait_until(lambda: times_run(city, function) > before, seconds)


def touch(city, sk="A#meta", archive="touched"):
    """Write an item of an archive that holds no certificate, straight into the register."""
    item = {"pk": {"S": f"W#330200#{archive}"}, "sk": {"S": sk}, "revision": {"N": str(time.time_ns())}}
    city.client("dynamodb").put_item(TableName=city.outputs["RegisterTable"], Item=item)


@pytest.mark.parametrize("path", ["/v/X", "/V/X"])
def test_the_public_path_is_answered_by_verify_in_either_case(city, path):
    status, kind, body = ask(city, "GET", path)

    assert status in {404, 503}
    assert kind.startswith("application/json")
    assert json.loads(body)["colour"] == "grey"


def test_the_staff_api_asks_for_a_token_with_a_problem_document(city):
    status, kind, body = ask(city, "GET", "/api/me")

    assert (status, kind) == (401, "application/problem+json")
    assert json.loads(body)["status"] == 401


def test_a_token_that_is_none_is_refused(city):
    status, kind, _ = ask(city, "GET", "/api/me", {"Authorization": "Bearer none"})

    assert status in {401, 403}
    assert kind == "application/problem+json"


def test_an_unknown_path_is_a_problem_document(city):
    status, kind, _ = ask(city, "GET", "/api/there-is-no-such-thing")

    assert (status, kind) == (404, "application/problem+json")


def test_the_description_of_the_api_is_public(city):
    status, _, body = ask(city, "GET", "/openapi.json")

    assert status == 200
    assert json.loads(body)["openapi"].startswith("3.1")


def test_the_browsers_address_is_the_one_that_codes_carry(city):
    assert city.outputs["Address"] == city.browser_url


def test_a_change_of_an_archives_head_runs_the_projection_and_another_does_not(city):
    touch(city, "H#history", archive="history-alone")
    touch(city, archive="changed-after-it")

    assert streams.wait_until(lambda: any("changed-after-it" in line for line in said(city, "project")))
    assert not any("history-alone" in line for line in said(city, "project"))


@pytest.mark.parametrize(
    ("function", "queue"), [("project", "Reproject"), ("receive", "Rereceive"), ("react", "Rereact")]
)
def test_what_was_parked_is_tried_again_from_its_queue(city, function, queue):
    body = json.dumps({"archives": [], "eventName": "REMOVE", "dynamodb": {}})
    send = city.client("sqs").send_message

    assert runs_soon(city, function, lambda: send(QueueUrl=city.outputs[f"{queue}QueueUrl"], MessageBody=body))


def test_after_a_restart_streams_are_dead_until_they_are_mended(city, emulator_place):
    emulator.stop(emulator_place)
    emulator.start(emulator_place, retry_seconds=0.1)
    dead = not runs_soon(city, "project", lambda: touch(city), seconds=3)
    mended = streams.mend(city)

    assert dead
    assert mended == 5
    assert runs_soon(city, "project", lambda: touch(city))


def test_the_data_of_a_clean_stop_is_kept(city, emulator_place):
    key = {"pk": {"S": "W#330200#kept"}, "sk": {"S": "H#kept"}}
    city.client("dynamodb").put_item(TableName=city.outputs["RegisterTable"], Item=key)
    emulator.stop(emulator_place)
    kept = emulator.stopped_well(emulator_place)
    emulator.start(emulator_place, retry_seconds=0.1)
    streams.mend(city)

    assert kept
    assert city.client("dynamodb").get_item(TableName=city.outputs["RegisterTable"], Key=key)["Item"] == key
