"""Works off a plan of requests, one after the other, and writes down each before and after it; killed, it goes on.

Usage: python -m tests.faults.clerk LOG PEOPLE SEED. What was asked and not told is asked again, as it was asked.
After each decision the projection is run, and now and then a visit is taken in, so that a kill meets those too.
"""

import json
import os
import random
import sys
from datetime import timedelta
from pathlib import Path

import app
from chalicelib.functions import project, receive
from chalicelib.outside import clock
from chalicelib.records import accounts
from scripts import demo
from tests.api.house import event

OWNER, CLERK = "owner", "association_clerk"
WAY = (
    ("submit", OWNER), ("forward", OWNER), ("accept", CLERK), ("clear", "police"), ("authorise", "bureau"),
    ("produce", "print_vendor"), ("hand-over", "association_manager"),
)  # fmt: skip
TODAY = clock.today()
LONG_AGO, LATER = str(TODAY - timedelta(days=30)), str(TODAY + timedelta(days=200))
PAPERS = (
    ("exams", OWNER, {"category": "母婴照护", "from": LONG_AGO, "issuer": "演示医院"}),
    ("insurances", OWNER, {"from": LONG_AGO, "until": LATER, "third_party": True, "issuer": "演示保险"}),
    ("training", OWNER, {"done_on": LONG_AGO, "issuer": "演示学校"}),
    ("consents", OWNER, {"given_on": LONG_AGO, "text": "2026-1"}),
    ("identity", CLERK, {"how": "original"}),
)  # fmt: skip
STEPS = (("register", OWNER), *((paper, who) for paper, who, _ in PAPERS), ("open", OWNER), *WAY)
"""Each step is one decision on the worker's archive."""
VISIT = 3
"""A visit follows each so many steps."""


class Context:
    """What Lambda tells a function of its call."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "test"


def plan(people, seed):
    """Give (person, step) in an order of chance that keeps each person's steps in theirs."""
    left = dict.fromkeys(range(people), 0)
    chance = random.Random(seed)
    while left:
        person = chance.choice(sorted(left))
        yield person, left[person]
        left[person] += 1
        if left[person] == len(STEPS):
            del left[person]


def read(path):
    """Give what was asked and what was told so far, by key; a line that was cut short was never written."""
    asked, told = {}, {}
    lines = Path(path).read_text(encoding="utf-8").split("\n") if Path(path).exists() else []
    for line in lines[:-1]:
        one = json.loads(line)
        (told if "status" in one else asked)[one["key"]] = one
    return asked, told


def request(person, step, told):
    """Give what is asked for a step, by what was told before."""
    name, who = STEPS[step]
    first = told.get(f"request-{person}-0", {})
    if name == "register":
        return who, "/api/workers", {}, demo.register(demo.person(person))
    for paper, _, body in PAPERS:
        if name == paper:
            return who, f"/api/workers/{{worker}}/{paper}", {"worker": first["id"]}, body
    if name == "open":
        return who, "/api/applications", {}, {"worker": first["id"], "submit": False}
    before = told[f"request-{person}-{step - 1}"]
    way = {"application": before["id"], "move": name}
    return who, "/api/applications/{application}/{move}", way, {"revision": before["revision"]}


def done(one):
    """Send one request to the app; give what is told of it."""
    place = one["path"].format(**one["way"])
    body = json.dumps(one["body"], ensure_ascii=False)
    account = accounts.find_by_subject(f"iss|{one['who']}")
    reply = app.app(event(account, ("POST", one["path"]), place, body, one["key"], one["way"]), None)
    answer = json.loads(reply["body"])
    told = {"id": answer.get("id"), "revision": answer.get("revision")}
    return {"key": one["key"], "status": reply["statusCode"], **told}


def visited(archive, step):
    """Have a visit taken in, as the inbox's stream brings it."""
    texts = {
        "pk": f"visit#{archive}-{step}", "kind": "visit", "at": "2026-11-22T01:00:00Z", "body": "{}", "city": "330200",
        "secret": f"{archive}-{step}", "token": "T", "archive": archive,
    }  # fmt: skip
    image = {name: {"S": text} for name, text in texts.items()}
    images = {"Keys": {"pk": image["pk"]}, "NewImage": image}
    receive.receive({"Records": [{"eventName": "INSERT", "dynamodb": images}]}, Context())


def main(path, people, seed):
    asked, told = read(path)
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(one):
        os.write(log, json.dumps(one).encode() + b"\n")

    for person, step in plan(int(people), seed):
        key = f"request-{person}-{step}"
        if key in told:
            continue
        if key not in asked:
            who, path, way, body = request(person, step, told)
            asked[key] = {"key": key, "who": who, "path": path, "way": way, "body": body}
            write(asked[key])
        told[key] = done(asked[key])
        archive = f"W#330200#{told[f'request-{person}-0']['id']}"
        if step % VISIT == 0:
            visited(archive, step)
        project.project({"archives": [archive]}, Context())
        write(told[key])


if __name__ == "__main__":
    main(*sys.argv[1:])
