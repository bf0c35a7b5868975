"""What the staff API answers to good and to bad requests (CONTRACTS, DESIGN section 5)."""

import json
import uuid
from pathlib import Path

import jsonschema
import pytest

from scripts import demo, seed_cases, streams
from scripts.http_client import Client, Refused
from scripts.streams import wait_until

PROBLEM = json.loads((Path(__file__).resolve().parents[2] / "contracts" / "problem.schema.json").read_text())


def post(people, who, path, body, key=None):
    return people.ask(who, "POST", path, body, Idempotency_Key=key or uuid.uuid4().hex)


def problem(answer, status):
    """Check that an answer is a problem document of a status; give it."""
    found, headers, told = answer
    jsonschema.validate(told, PROBLEM)
    assert (found, headers["content-type"].partition(";")[0]) == (status, "application/problem+json")
    return told


@pytest.mark.parametrize("who", ["administrator", "bureau", "police", "owner0", "province_auditor"])
def test_everybody_sees_his_own_account(people, who):
    status, _, told = people.ask(who, "GET", "/api/me")

    assert status == 200
    assert told["role"] == {"owner0": "company_owner"}.get(who, who)


def test_every_fault_of_a_body_is_named_at_once(people):
    body = {"name": "王", "resident_id": "330299199001010010", "service_types": [], "phone": "12", "extra": 1}

    told = problem(post(people, "owner0", "/api/workers", body), 400)

    assert {error["field"] for error in told["errors"]} == {"name", "resident_id", "service_types", "phone", "extra"}
    assert "330299199001010010" not in json.dumps(told)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"null"], ids=repr)
def test_a_body_that_is_none_is_a_problem(people, body):
    problem(post(people, "owner0", "/api/workers", body), 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "nonsense"])
def test_what_is_sent_as_something_else_is_told_as_a_problem(people, kind):
    client = Client(people.stack.direct_url, token=people._tokens["owner0"])

    status, headers, _ = client.raw("POST", "/api/workers", b"a=1", Content_Type=kind, Idempotency_Key=uuid.uuid4().hex)

    assert (status, headers["content-type"].partition(";")[0]) == (400, "application/problem+json")


@pytest.mark.parametrize("path", ["/api/workers/" + "A" * 2500, "/api/cities/330299199001011234", "/api/workers/%00"])
def test_an_id_that_cannot_be_one_is_not_there_and_not_repeated(people, path):
    told = problem(people.ask("owner0", "GET", path), 404)

    assert "330299" not in json.dumps(told)


def test_a_batch_that_names_one_twice_is_a_fault(people, certified):
    told = post(people, "owner0", "/api/batches/openings", {"workers": [certified["id"], certified["id"]]})

    problem(told, 400)


def test_a_batch_is_repeated_as_it_was_and_its_key_is_taken(people):
    ready, key = people.worker(), uuid.uuid4().hex
    first = post(people, "owner0", "/api/batches/openings", {"workers": [ready["id"]]}, key)
    again = post(people, "owner0", "/api/batches/openings", {"workers": [ready["id"]]}, key)

    assert again[2] == first[2]
    problem(post(people, "owner0", "/api/batches/openings", {"workers": ["another"]}, key), 422)


def test_a_disabled_account_may_nothing_from_its_next_request_on(people):
    made = people.as_("association_manager").post(
        "/api/accounts", {"email": "leaver@demo.invalid", "name": "离岗经办", "role": "association_clerk"}
    )
    people._enter("leaver", "association_clerk", "leaver@demo.invalid", "330200", None)
    before = people.ask("leaver", "GET", "/api/me")[0]
    form = {"revision": made["revision"], "ground": "离岗"}
    people.as_("association_manager").post(f"/api/accounts/{made['id']}/disable", form)

    assert before == 200
    problem(people.ask("leaver", "GET", "/api/me"), 403)


def test_a_post_without_a_key_says_what_to_do(people):
    told = problem(people.ask("owner0", "POST", "/api/workers", demo.register(demo.person(590))), 400)

    assert told["type"] == "key-missing"


def test_the_same_request_twice_is_done_once_and_answered_alike(people):
    body, key = demo.register(demo.person(591)), uuid.uuid4().hex

    first, again = post(people, "owner0", "/api/workers", body, key), post(people, "owner0", "/api/workers", body, key)

    assert first[0] == again[0] == 201
    assert again[2] == first[2]


def test_another_request_under_a_used_key_is_refused(people):
    key = uuid.uuid4().hex
    post(people, "owner0", "/api/workers", demo.register(demo.person(592)), key)

    told = problem(post(people, "owner0", "/api/workers", demo.register(demo.person(593)), key), 422)

    assert told["type"] == "key-reused"


def test_a_person_who_has_an_archive_is_refused(people):
    body = demo.register(demo.person(594))
    post(people, "owner0", "/api/workers", body)

    problem(post(people, "owner1", "/api/workers", body), 409)


def test_another_companys_worker_is_not_there(people, certified):
    problem(people.ask("owner1", "GET", f"/api/workers/{certified['id']}"), 404)
    problem(
        post(people, "owner1", f"/api/workers/{certified['id']}/training", {"done_on": "2026-01-01", "issuer": "x"}),
        404,
    )


def test_a_role_that_may_not_is_told_so(people):
    problem(post(people, "bureau", "/api/workers", demo.register(demo.person(595))), 403)


def test_an_administrator_sees_no_personal_data(people, certified):
    problem(people.ask("administrator", "GET", f"/api/workers/{certified['id']}"), 403)


def test_an_account_that_is_no_ones_may_nothing(people):
    people.stack.client("cognito-idp").admin_create_user(
        UserPoolId=people.stack.outputs["UserPoolId"], Username="stranger@demo.invalid", MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": "stranger@demo.invalid"}],
    )  # fmt: skip
    with pytest.raises(Refused, match="no-account"):
        people._enter("stranger", "stranger", "stranger@demo.invalid", None, None)

    told = problem(people.ask("stranger", "GET", "/api/me"), 403)

    assert told["type"] == "no-account"


@pytest.mark.parametrize("query", ["?limit=0", "?limit=x", "?limit=9999", "?cursor=bm90LW91cnM="])
def test_a_page_that_cannot_be_asked_for_is_a_problem(people, query):
    problem(people.ask("association_clerk", "GET", f"/api/applications{query}"), 400)


def test_pages_follow_each_other_without_gap_or_repeat(people):
    [people.worker() for _ in range(3)]
    whole = people.as_("owner0").get("/api/workers?limit=200")["items"]
    first = people.as_("owner0").get("/api/workers?limit=2")
    second = people.as_("owner0").get(f"/api/workers?limit=2&cursor={first['next']}")

    assert [item["id"] for item in first["items"] + second["items"]] == [item["id"] for item in whole[:4]]


def test_a_batch_tells_each_items_own_result(people):
    ready, bare = people.worker(), people.as_("owner0").post("/api/workers", demo.register(demo.person(596)))

    _, _, told = post(people, "owner0", "/api/batches/openings", {"workers": [ready["id"], bare["id"]]})

    assert told["done"] == 1
    assert told["items"][0]["state"] == "company_review"
    assert told["items"][1]["problem"]["type"] == "not-ready"
    assert len(told["items"][1]["problem"]["errors"]) == 5


def test_the_second_reviewer_of_one_application_is_told(people):
    worker = people.worker("association_review")
    application = people.as_("association_clerk").get(f"/api/applications/{worker['applications'][-1]['id']}")
    path, body = f"/api/applications/{application['id']}/accept", {"revision": application["revision"]}
    post(people, "association_clerk", path, body)

    told = problem(post(people, "association_manager", path, body), 409)

    assert told["type"] == "changed-meanwhile"


def test_the_buttons_shown_are_those_of_the_role(people):
    worker = people.worker("association_review")
    id = worker["applications"][-1]["id"]

    moves = {
        who: people.as_(who).get(f"/api/applications/{id}")["moves"]
        for who in ("association_clerk", "bureau", "owner0")
    }

    assert moves == {"association_clerk": ["accept", "return"], "bureau": [], "owner0": ["withdraw"]}


def test_a_company_asks_for_an_account_and_the_association_confirms(people):
    public = people.public()
    status, _, body = public.raw("GET", "/requests", Accept="application/json")
    nonce = json.loads(body)["request"]["nonce"]
    asked = {
        "nonce": nonce, "name": "宁波新来家政（演示）", "credit_code": demo.credit_code(903), "city": "330200",
        "contact": "王经理", "email": "boss@demo.invalid", "phone": "13900002222",
    }  # fmt: skip

    sent, _ = people.send("/requests", asked)
    manager = people.as_("association_manager")
    company = _first(lambda: _named(manager.get("/api/companies?state=asked")["items"], asked["name"]))
    revision = manager.get(f"/api/companies/{company['id']}")["revision"]
    confirmed = manager.post(f"/api/companies/{company['id']}/confirm", {"revision": revision, "ground": "材料齐全"})

    assert (status, sent) == (200, 201)
    assert (company["name"], confirmed["state"]) == ("宁波新来家政（演示）", "active")
    people._enter("boss", "company_owner", "boss@demo.invalid", "330200", company["id"])
    assert people.as_("boss").get("/api/me")["company"] == company["id"]


def test_a_bad_company_request_names_every_fault(people):
    nonce = json.loads(people.public().raw("GET", "/requests", Accept="application/json")[2])["request"]["nonce"]

    status, told = people.send(
        "/requests", {"nonce": nonce, "name": "", "credit_code": "1", "phone": "2", "email": "x"}
    )

    assert status == 400
    assert {"name", "credit_code", "phone", "email"} <= {error["field"] for error in told["errors"]}


def test_a_colour_that_turned_is_told_once(people):
    worker = people.worker("done")
    people.settled(people.public(), worker["certificate"]["token"])
    seed_cases._exam(ended=True)(people, worker)
    told = _first(lambda: [one for one in notices(people, worker) if "#colour#" in one])
    streams.invoke(people.stack, "ProjectFunction", {"archives": [f"W#330200#{worker['id']}"]})
    streams.invoke(people.stack, "SweepFunction", {})

    assert "#yellow" in told
    assert [one for one in notices(people, worker) if "#colour#" in one] == [told]


def notices(people, worker):
    """The sort keys of a worker's notices."""
    rows = people.stack.client("dynamodb").query(
        TableName=people.stack.outputs["RegisterTable"], KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": {"S": f"W#330200#{worker['id']}"}, ":sk": {"S": "H#notice#"}},
    )["Items"]  # fmt: skip
    return [row["sk"]["S"] for row in rows if row["noun"]["S"] == "notice"]


def test_the_ledger_of_an_archive_is_whole_and_read_by_those_who_may(people, certified):
    told = people.as_("association_manager").get(f"/api/audit/workers/{certified['id']}")

    assert told["broken"] is None
    assert len(told["entries"]) == people.as_("association_manager").get(f"/api/workers/{certified['id']}")["revision"]
    problem(people.ask("association_clerk", "GET", f"/api/audit/workers/{certified['id']}"), 403)


def _named(items, name):
    return [one for one in items if one["name"] == name]


def _first(items, seconds=20):
    assert wait_until(lambda: bool(items()), seconds)
    return items()[0]
