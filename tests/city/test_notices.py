"""What is told of a change on the deployed stack: mails, the list in the app, the mark of an appeal."""

import json
import urllib.request

from scripts.streams import wait_until


def first(items, seconds=20):
    """The first of what is found once something is."""
    assert wait_until(lambda: bool(items()), seconds)
    return items()[0]


def mails(people, subject, to):
    """The mails of a subject that left the stack for somebody."""
    with urllib.request.urlopen(f"{people.stack.gateway}/_ministack/ses/messages") as answer:
        kept = json.loads(answer.read())["messages"]
    return [one for account in kept.values() for one in account if (one["Subject"], one["To"]) == (subject, [to])]


def mailed(people, worker):
    """What the owner's list says of a worker's red code, once it was mailed."""
    items = people.as_("owner0").get("/api/notices")["items"]
    found = [one for one in items if one["worker"] == worker["id"] and one["template"].startswith("code-red@")]
    return [one for one in found if one["channels"]["email"] == "sent"]


def test_a_code_that_turned_red_is_mailed_to_its_company_at_any_hour(people):
    worker = people.worker("done")
    certificate = worker["certificate"]
    people.settled(people.public(), certificate["token"])
    body = {"revision": worker["revision"], "ground": "本人报失（演示）"}
    people.as_("owner0").post(f"/api/certificates/{certificate['number']}/lose", body)

    assert first(lambda: mails(people, "安心码变为红色", "owner0@demo.invalid"))
    assert first(lambda: mailed(people, worker))["channels"] == {"in-app": "sent", "email": "sent"}


def test_an_appeal_marks_the_code_and_its_end_takes_the_mark_away(people):
    worker = people.worker("done")
    token = worker["certificate"]["token"]
    people.settled(people.public(), token)
    body = {"worker": worker["id"], "subject": "colour", "statement": "登记无误（演示）"}
    filed = people.as_("owner0").post("/api/appeals", body)
    marked = first(lambda: [told for told in [people.seen(token)[2]] if "objection" in told])
    decision = {"revision": filed["revision"], "ground": "核对无误（演示）"}
    people.as_("bureau").post(f"/api/appeals/{filed['id']}/uphold", decision)
    clear = first(lambda: [told for told in [people.seen(token)[2]] if "objection" not in told])

    assert [marked["colour"], clear["colour"]] == ["green", "green"]
