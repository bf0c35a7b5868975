"""One worker's whole life over HTTP (A1 to A8, C1, C2, C6)."""

import json
from pathlib import Path
from urllib.parse import quote

import jsonschema
import pytest

from scripts import main_job, seed_cases, streams
from scripts.streams import wait_until

CHECK = json.loads((Path(__file__).resolve().parents[2] / "contracts" / "check.schema.json").read_text())


@pytest.fixture
def worker(people):
    one = people.worker("done")
    people.settled(people.public(), one["certificate"]["token"])
    return one


def turns(people, worker, colour):
    """Tell whether a worker's code turns a colour within the stream's time."""
    return wait_until(lambda: people.seen(worker["certificate"]["token"])[2]["colour"] == colour)


def end_exam(people, worker):
    seed_cases._exam(ended=True)(people, worker)


def test_a_new_certificate_is_green_with_the_dates_of_each_check(people, worker):
    status, headers, answer = people.seen(worker["certificate"]["token"])

    jsonschema.validate(answer, CHECK)
    assert (status, answer["colour"], answer["reasons"]) == (200, "green", [])
    assert answer["checks"]["health_exam"]["until"]
    assert answer["checks"]["insurance"]["third_party"] is True
    assert answer["checks"]["background"]["checked_on"] == str(people.today)
    assert "no-store" in headers["cache-control"]


def test_the_public_sees_a_masked_name_and_no_more(people, worker):
    text = json.dumps(people.seen(worker["certificate"]["token"])[2], ensure_ascii=False)

    assert worker["name"] not in text
    assert worker["name"][0] + "*" in text
    assert "330299" not in text


def test_the_page_says_the_same_as_the_answer(people, worker):
    status, headers, page = people.seen(worker["certificate"]["token"], Accept="text/html")

    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert "绿" in page


def test_the_address_in_the_qr_works_as_it_stands(people, worker):
    path = "/V/" + worker["certificate"]["url"].rpartition("/V/")[2]

    status, _, body = people.public().raw("GET", path, Accept="application/json")

    assert (status, json.loads(body)["colour"]) == (200, "green")


def test_an_exam_that_ended_yesterday_turns_the_code_yellow_by_way_of_the_stream(people, worker):
    end_exam(people, worker)

    assert turns(people, worker, "yellow")
    reason = people.seen(worker["certificate"]["token"])[2]["reasons"][0]
    assert (reason["code"], reason["since"]) == ("exam-lapsed", str(people.today))


def test_a_suspension_is_red_at_the_very_next_check(people, worker):
    seed_cases.certificate_move("suspend")(people, worker)

    answer = people.seen(worker["certificate"]["token"])[2]

    assert (answer["colour"], answer["reasons"][0]["code"]) == ("red", "certificate-suspended")
    assert answer["visit"] is None


def test_a_visit_before_a_suspension_keeps_its_link_and_none_begins_after(people, worker):
    token = worker["certificate"]["token"]
    mine, other = (people.seen(token)[2]["visit"]["nonce"] for _ in range(2))
    first = people.send(f"/v/{token}/visits", {"nonce": mine})
    seed_cases.certificate_move("suspend")(people, worker)

    assert people.send(f"/v/{token}/visits", {"nonce": mine}) == first
    assert people.send(f"/v/{token}/visits", {"nonce": other})[0] == 409


def test_a_replaced_code_dies_at_once_and_the_new_one_lives(people, worker):
    seed_cases.certificate_move("replace")(people, worker)
    dead = people.seen(worker["certificate"]["token"])[2]
    fresh = people.as_("owner0").get(f"/api/workers/{worker['id']}")

    assert (dead["colour"], dead["reasons"][0]["code"], dead["holder"]) == ("red", "certificate-replaced", None)
    assert wait_until(lambda: people.seen(fresh["certificate"]["token"])[2]["colour"] == "green")


def test_a_withdrawn_consent_shows_nothing_but_that(people, worker):
    people.as_("owner0").post(f"/api/workers/{worker['id']}/consents/withdraw", {})

    answer = people.seen(worker["certificate"]["token"])[2]
    assert [reason["code"] for reason in answer["reasons"]] == ["consent-withdrawn"]
    assert (answer["holder"], answer["checks"]) == (None, None)


def test_confirming_entry_gives_a_private_page_and_repeats_are_safe(people, worker):
    token = worker["certificate"]["token"]
    nonce = people.seen(token)[2]["visit"]["nonce"]

    first, again = (
        people.send(f"/v/{token}/visits", {"nonce": nonce}),
        people.send(f"/v/{token}/visits", {"nonce": nonce}),
    )
    link = first[1]["url"][len(people.stack.browser_url) :]

    assert first[0] == 201
    assert again == first
    assert wait_until(lambda: people.public().raw("GET", link, Accept="application/json")[0] == 200)


def test_a_report_of_an_unknown_code_reaches_the_register(people):
    unknown = "0" * 26 + "0"
    status, _, answer = people.seen(unknown)
    nonce = answer["visit"]["nonce"]

    sent, _ = people.send(f"/v/{unknown}/reports", {"nonce": nonce, "kind": "suspicious"})

    assert (status, answer["result"], sent) == (404, "unknown", 201)
    assert wait_until(lambda: reported(people, unknown))


def reported(people, token):
    """The reports of a code that lie in the register."""
    pages = people.stack.client("dynamodb").get_paginator("scan").paginate(
        TableName=people.stack.outputs["RegisterTable"], FilterExpression="begins_with(pk, :pk)",
        ExpressionAttributeValues={":pk": {"S": "REPORT#"}},
    )  # fmt: skip
    return [one for page in pages for one in page["Items"] if token in json.dumps(one, default=str)]


def test_the_look_up_by_number_and_surname_gives_the_same_answer(people, worker):
    number, surname = worker["certificate"]["number"], worker["name"][0]
    path = f"/lookup?number={number}&surname={quote(surname)}"
    status, _, body = people.public().raw("GET", path, Accept="application/json")

    assert (status, json.loads(body)["colour"]) == (200, "green")


def test_the_main_job_of_the_demo_tells_its_steps(people, capsys):
    main_job.run(people)

    told = capsys.readouterr().out
    assert told.count("·") == 6
    assert "立即变红" in told


def test_a_day_that_was_swept_leaves_the_answers_as_they_are(people, worker):
    before = people.seen(worker["certificate"]["token"])[2]["colour"]
    day = str(people.today)

    swept = streams.invoke(people.stack, "SweepFunction", {"day": day})

    assert swept["day"] == day
    assert people.seen(worker["certificate"]["token"])[2]["colour"] == before
