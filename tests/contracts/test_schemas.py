"""The contracts themselves: well-formed, and one with the code that keeps them."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from chalicelib.outside import policies
from chalicelib.rules import colour, evidence
from chalicelib.rules.policy import DECIDED
from chalicelib.rules.texts import reason_text

ROOT = Path(__file__).parents[2]
CONTRACTS = ROOT / "contracts"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


SCHEMAS = {path.name: read(path) for path in sorted(CONTRACTS.glob("*.schema.json"))}
REGISTRY = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)
CODES = read(CONTRACTS / "codes.json")
FACTS = [case["facts"] for path in sorted(CONTRACTS.glob("colour/*.json")) for case in read(path)["cases"]]
POLICIES = ROOT / "chalicelib" / "policies"
REGIONS = [POLICIES / "default.json", *sorted(POLICIES.glob("[0-9]*.json"))]

ANSWER = {
    "result": "known",
    "colour": "yellow",
    "reasons": [
        {
            "code": "insurance-lapsed",
            "group": "paperwork",
            "since": "2026-11-20",
            "text": "保险已于2026-11-19到期",
        }
    ],
    "checks": {
        "certificate": {"state": "ok", "until": "2028-05-01"},
        "identity": {"state": "ok"},
        "health_exam": {"state": "ok", "until": "2027-03-01", "category": "养老照护"},
        "insurance": {"state": "lapsed", "until": "2026-11-19", "third_party": True},
        "background": {"state": "ok", "checked_on": "2026-06-01"},
        "training": {"state": "ok"},
    },
    "holder": {
        "name": "王*芳",
        "photo": None,
        "service_types": ["养老照护"],
        "company": "安心家政服务有限公司（演示）",
        "certificate": "…3730",
        "stars": 4.8,
        "ratings": 37,
    },
    "code": {"kind": "printed"},
    "day": "2026-11-21",
    "as_of": "2026-11-21T21:00:00+08:00",
    "until": "2027-03-01",
    "policy": "330200@2",
    "hotline": "81890",
    "visit": {"nonce": "1K0S3R3A500T0GF9F53WJQZYTPW", "expires": "2026-11-21T13:15:00Z"},
    "report": {"nonce": "1K0S3R3A500T0GF9F53WJQZYTPW", "expires": "2026-11-21T13:15:00Z"},
}
NOTHING = dict.fromkeys(("checks", "holder", "code", "until", "policy"))
UNKNOWN = ANSWER | NOTHING | {"result": "unknown", "colour": "grey", "reasons": []}
UNSURE = {"code": "data-unavailable", "group": "unknown", "since": None, "text": "暂时无法核验"}
UNAVAILABLE = UNKNOWN | {"result": "unavailable", "reasons": [UNSURE], "visit": None, "report": None}
OFF = {
    "code": "consent-withdrawn",
    "group": "unknown",
    "since": "2026-11-21",
    "text": "本人已停用（自2026-11-21起）",
}
WITHDRAWN = ANSWER | {
    "colour": "grey",
    "reasons": [OFF],
    "checks": None,
    "holder": None,
    "visit": None,
    "until": None,
}
GREEN = ANSWER | {"colour": "green", "reasons": []}
RED = ANSWER | {"colour": "red", "visit": None}


def check(name, value):
    Draft202012Validator(SCHEMAS[name], registry=REGISTRY).validate(value)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_schema(name):
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("facts", FACTS)
def test_the_facts_of_every_worked_case_keep_the_contract(facts):
    check("facts.schema.json", facts)


@pytest.mark.parametrize("name", FACTS[0])
def test_facts_without_one_of_their_parts_are_refused(name):
    with pytest.raises(ValidationError):
        check("facts.schema.json", {key: part for key, part in FACTS[0].items() if key != name})


@pytest.mark.parametrize(
    "answer",
    [ANSWER, GREEN, RED, UNKNOWN, UNAVAILABLE, WITHDRAWN],
    ids=["yellow", "green", "red", "unknown", "unavailable", "withdrawn"],
)
def test_an_answer_of_each_kind_keeps_the_contract(answer):
    check("check.schema.json", answer)


@pytest.mark.parametrize("key", ANSWER)
def test_an_answer_without_one_of_its_keys_is_refused(key):
    with pytest.raises(ValidationError):
        check("check.schema.json", {name: part for name, part in ANSWER.items() if name != key})


@pytest.mark.parametrize(
    ("answer", "change"),
    [
        pytest.param(GREEN, {"holder": None}, id="green without holder"),
        pytest.param(GREEN, {"checks": None}, id="green without checks"),
        pytest.param(GREEN, {"result": "unavailable"}, id="green though unavailable"),
        pytest.param(GREEN, {"result": "unknown"}, id="green though unknown"),
        pytest.param(GREEN, {"code": {"kind": "stale"}}, id="green though stale"),
        pytest.param(GREEN, {"reasons": ANSWER["reasons"]}, id="green with a reason"),
        pytest.param(ANSWER, {"reasons": []}, id="yellow without a reason"),
        pytest.param(RED, {"visit": ANSWER["visit"]}, id="a visit on red"),
        pytest.param(WITHDRAWN, {"holder": ANSWER["holder"]}, id="a holder though withdrawn"),
        pytest.param(WITHDRAWN, {"checks": ANSWER["checks"]}, id="checks though withdrawn"),
        pytest.param(UNKNOWN, {"report": None}, id="unknown and not to be reported"),
        pytest.param(UNAVAILABLE, {"until": "2027-03-01"}, id="unavailable with a last day"),
        pytest.param(UNAVAILABLE, {"hotline": None}, id="unavailable with nobody to call"),
        pytest.param(ANSWER, {"phone": "hidden"}, id="a key of its own"),
    ],
)
def test_an_answer_that_says_too_much_or_too_little_is_refused(answer, change):
    with pytest.raises(ValidationError):
        check("check.schema.json", answer | change)


@pytest.mark.parametrize("key", ["phone", "address", "resident_id", "full_name"])
def test_a_holder_has_no_room_for_personal_data(key):
    answer = deepcopy(ANSWER)
    answer["holder"][key] = "…"

    with pytest.raises(ValidationError):
        check("check.schema.json", answer)


@pytest.mark.parametrize("facts", FACTS)
@pytest.mark.parametrize("region", ["330000", "330200"])
def test_reasons_and_checks_of_the_rule_keep_the_contract(facts, region):
    read_facts, policy, on = colour.facts_from(facts), policies.load(region), date(2026, 11, 21)
    found = colour.verdict(read_facts, policy, on)
    given = SCHEMAS["check.schema.json"]["properties"]
    part = {
        "$defs": SCHEMAS["check.schema.json"]["$defs"],
        "properties": {key: given[key] for key in ("checks", "reasons")},
    }
    reasons = [
        {
            "code": one.code,
            "group": one.group,
            "since": one.since and str(one.since),
            "text": reason_text(one)[0],
        }
        for one in found.reasons
    ]

    Draft202012Validator(part).validate({"checks": colour.checks(read_facts, policy, on, found), "reasons": reasons})


@pytest.mark.parametrize("path", REGIONS, ids=lambda path: path.stem)
def test_every_packaged_policy_keeps_the_contract(path):
    check("policy.schema.json", read(path))


def test_overrides_of_the_worked_cases_keep_the_contract():
    cases = [
        case
        for path in CONTRACTS.glob("colour/*.json")
        for case in read(path)["cases"]
        if "overrides" in case
    ]
    rule = {"$ref": "policy.schema.json#/$defs/overrides"}

    assert cases
    assert not [
        error
        for case in cases
        for error in Draft202012Validator(rule, registry=REGISTRY).iter_errors(case["overrides"])
    ]


def test_the_code_has_the_contract_s_lists_in_the_contract_s_order():
    assert list(colour.GROUPS.items()) == [(one["code"], one["group"]) for one in CODES["reasons"]]
    assert list(evidence.CATEGORIES) == CODES["exam_categories"]
    assert set(CODES["stop_codes"]) == evidence.STOP_CODES
    assert {one.name.lower(): one.value for one in colour.Colour} == {
        one["code"]: one["rank"] for one in CODES["colours"]
    }
    assert set(colour.GROUPS.values()) == set(CODES["reason_groups"])


def test_the_schemas_name_the_same_codes_as_the_lists():
    reason = SCHEMAS["check.schema.json"]["$defs"]["reason"]["properties"]
    facts = SCHEMAS["facts.schema.json"]
    grounds = SCHEMAS["policy.schema.json"]["properties"]["versions"]["items"]["properties"]["grounds"]
    states = [one["code"] for one in CODES["certificate_states"]]

    assert reason["code"]["enum"] == [one["code"] for one in CODES["reasons"]]
    assert facts["properties"]["certificate"]["properties"]["state"]["enum"] == states
    assert facts["$defs"]["stop"]["properties"]["code"]["enum"] == CODES["stop_codes"]
    assert set(grounds["required"]) == DECIDED
    assert SCHEMAS["city.schema.json"]["properties"]["accounts"]["items"]["properties"]["role"]["enum"] == [
        one["code"] for one in CODES["roles"]
    ]


def test_moves_begin_and_end_in_states_that_exist():
    states = {one["code"] for one in CODES["application_states"]}
    moves = CODES["application_moves"]

    assert {state for move in moves for state in (*move["from"], move["to"])} == states


def test_a_problem_names_every_fault_of_a_form():
    fault = {"field": "resident_id", "code": "id-check", "message": "证件号码校验位不符，请核对每一位"}

    check("problem.schema.json", {"type": "malformed", "title": "内容有误", "status": 422, "errors": [fault]})
    with pytest.raises(ValidationError):
        check(
            "problem.schema.json",
            {"type": "malformed", "title": "内容有误", "status": 422, "errors": [fault | {"value": "…"}]},
        )


def test_a_local_city_names_a_code_of_each_colour():
    token = "04HMASW9NF6YZZPWQAC7CN1J20Q"
    city = {
        "base_url": "http://127.0.0.1:8000",
        "host_header": "demo.cloudfront.localhost",
        "browser_url": "http://demo.cloudfront.localhost:8000",
        "api_url": "http://127.0.0.1:8000/api",
        "auth": {
            "issuer": "https://issuer.test",
            "client_id": "demo",
            "token_endpoint": "http://127.0.0.1:8000/token",
        },
        "accounts": [
            {
                "role": "bureau",
                "city": "330200",
                "company": None,
                "username": "a",
                "password": "b",
                "totp_secret": None,
            }
        ],
        "codes": {
            name: {"token": token, "url": f"HTTP://HOST/V/{token}"}
            for name in ("green", "yellow", "red", "grey")
        },
    }

    check("city.schema.json", city)
    with pytest.raises(ValidationError):
        check("city.schema.json", city | {"codes": {"green": city["codes"]["green"]}})
