"""Bringing the local city up: what is in the way is said in one clear line, and a kill ends in a working city."""

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from scripts import emulator, stack, streams, up, website
from scripts.phases import Refusal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path):
    """A port and a folder for an emulator of the test's own, stopped in the end."""
    where = emulator.Place(emulator.free_port(), tmp_path)
    yield where
    emulator.stop(where)


def test_a_port_in_use_is_refused_with_the_remedy(place):
    with socket.socket() as other:
        other.bind(("127.0.0.1", place.port))
        other.listen()

        with pytest.raises(Refusal, match=f"port {place.port} is in use by another program.*make up PORT="):
            up.start(place)


def test_an_emulator_that_does_not_start_shows_the_end_of_its_log(place, monkeypatch, tmp_path):
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho what went wrong\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(emulator, "PROGRAM", broken)

    with pytest.raises(Refusal, match="what went wrong"):
        emulator.start(place)


def test_no_python_that_serves_is_one_clear_line():
    done = subprocess.run(
        ["sh", str(ROOT / "scripts" / "run"), "up"],
        env={"PATH": os.environ["PATH"], "PYTHON": "/no/such/python"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "No Python 3.11, 3.12 or 3.13" in done.stderr


def test_a_kill_goes_back_to_the_copy_of_the_seeded_city(place):
    emulator.start(place)
    client = stack.local_clients(place.port)
    client("sqs").create_queue(QueueName="seeded")
    emulator.stop(place)
    emulator.snapshot(place)
    emulator.start(place)
    client("sqs").create_queue(QueueName="later")
    os.kill(place.pid(), signal.SIGKILL)
    streams.wait_until(lambda: not emulator.taken(place.port))

    began = up.start(place)

    assert began
    assert [url.rpartition("/")[2] for url in client("sqs").list_queues()["QueueUrls"]] == ["seeded"]


def test_a_clean_stop_keeps_what_came_later(place):
    emulator.start(place)
    client = stack.local_clients(place.port)
    client("sqs").create_queue(QueueName="seeded")
    emulator.stop(place)
    emulator.snapshot(place)
    emulator.start(place)
    client("sqs").create_queue(QueueName="later")
    emulator.stop(place)

    up.start(place)

    assert len(client("sqs").list_queues()["QueueUrls"]) == 2


def test_a_running_emulator_is_left_alone(place):
    pid = emulator.start(place)

    assert up.start(place) is False
    assert place.pid() == pid


def test_the_emulator_listens_on_loopback_alone(place):
    pid = emulator.start(place)
    inodes = {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir()}
    lines = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    listening = {line[1] for line in lines if line[3] == "0A" and f"socket:[{line[9]}]" in inodes}

    assert listening == {f"0100007F:{place.port:04X}"}


def test_a_stack_that_cannot_be_deployed_says_why(emulator_place):
    cloudformation = stack.local_clients(emulator_place.port)("cloudformation")
    alarm = {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Metrics": [{"Id": "a", "Expression": "1"}]}}
    cloudformation.create_stack(StackName="broken", TemplateBody=json.dumps({"Resources": {"Wrong": alarm}}))
    streams.wait_until(lambda: "ROLLBACK_COMPLETE" in stack.find(cloudformation, "broken")["StackStatus"])

    assert stack.failures(cloudformation, "broken")


def test_node_of_the_path_or_else_of_pypi_is_found_by_running_it(monkeypatch, tmp_path):
    shim = tmp_path / "node"
    shim.write_text("#!/bin/sh\nexit 1\n")
    shim.chmod(0o755)

    assert website._version(str(shim)) == 0


def test_the_pages_are_told_where_to_sign_in():
    auth = website.cognito("https://issuer", "client", "http://127.0.0.1:4566")
    told = website.config(stage="local", address="http://x.cloudfront.localhost:4566", auth=auth)

    assert told["demo"] is True
    assert told["auth"]["token_endpoint"] == "http://127.0.0.1:4566/oauth2/token"
    assert told["auth"]["redirect_uri"] == "http://x.cloudfront.localhost:4566/admin/"
