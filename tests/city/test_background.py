"""A batch for the police over HTTP: made, fetched, opened, concluded, proven."""

import base64
import io
import urllib.request
import uuid

import pyzipper

from chalicelib.outside import clock, sheets
from scripts.streams import wait_until


def post(people, who, path, body):
    return people.ask(who, "POST", path, body, Idempotency_Key=uuid.uuid4().hex)


def test_the_association_sends_and_the_police_conclude(people):
    waiting = people.worker("background")
    police, clerk = people.as_("police"), people.as_("association_clerk")

    made = clerk.post("/api/background-batches", {"of": "applications"})
    place = f"/api/background-batches/{made['id']}"
    assert wait_until(lambda: clerk.get(place)["state"] == "ready")
    assert post(people, "association_clerk", f"{place}/file", {})[0] == 403
    assert post(people, "police", "/api/background-batches", {})[0] == 403
    assert "password" not in clerk.get(place)

    handed = police.post(f"{place}/file", {})
    seen = f"/api/workers/{waiting['id']}/views"
    assert wait_until(lambda: [one["organisation"] for one in people.as_("owner0").get(seen)["items"]] == ["公安机关"])
    with urllib.request.urlopen(handed["url"]) as answer:
        archive = pyzipper.AESZipFile(io.BytesIO(answer.read()))
    header, *lines = sheets.read(archive.read(f"{made['id']}.xlsx", pwd=made["password"].encode()))
    lines = [(*line[:3], "通过", str(clock.today())) for line in lines]
    concluded = sheets.written(header, lines, widths=[9] * 5, choices={})
    job = police.post(f"{place}/conclusions", {"file": base64.b64encode(concluded).decode()})
    assert wait_until(lambda: police.get(f"/api/imports/{job['id']}")["state"] == "finished")

    application = people.as_("bureau").get(f"/api/applications/{waiting['applications'][-1]['id']}")
    company = application["worker"]["company"]["id"]
    proof = people.as_("owner0").get(f"/api/companies/{company}/recheck-proof")
    assert application["state"] == "authorisation"
    assert wait_until(lambda: clerk.get(place)["state"] == "concluded")
    assert waiting["id"] in [one["worker"] for one in proof["items"]]
