"""What is shown and kept is the least that serves (G2, PIPL 6): the police's view, and the mark of a repeat."""

import json
from hashlib import sha256

import pytest

from tests.api.examples import EXAMPLES
from tests.api.house import ROUTES, House

PAPERS = {"exams": [], "insurances": [], "skills": [], "education": None, "stop": None}


@pytest.fixture(scope="module")
def house(lasting_tables):
    return House()


def asked(house, who, view):
    route = next(one for one in ROUTES if one[2] == view)
    return house.ask(who, house.own[who], route, house.ids, EXAMPLES.get(view))


def test_the_police_are_shown_who_it_is_and_their_own_conclusion_and_no_paper(house):
    shown = json.loads(asked(house, "police", "get_worker").text)

    assert {name: shown[name] for name in PAPERS} == PAPERS
    assert shown["training"]["state"] == "missing"
    assert shown["background"]["conclusion"] == "passed"
    assert shown["consent"]["given_on"]
    assert shown["name"]


def test_nor_with_an_application_or_their_own_conclusion_and_the_association_is_shown_all(house):
    application = json.loads(asked(house, "police", "get_application").text)["worker"]
    concluded = json.loads(asked(house, "police", "conclude_background").text)
    association = json.loads(asked(house, "association_clerk", "get_worker").text)

    assert [{name: one[name] for name in PAPERS} for one in (application, concluded)] == [PAPERS, PAPERS]
    assert association["exams"]
    assert association["insurances"]


def test_what_is_missing_of_the_papers_is_not_the_police_s(house):
    assert asked(house, "police", "get_readiness").status == 403


def test_the_mark_of_a_repeat_is_not_a_hash_that_anybody_can_make(house, lasting_tables):
    answer = asked(house, "company_owner", "make_phone_page")
    place, _, body = answer.asked.partition("{")
    plain = sha256(b"\n".join((b"POST", place.encode(), b"{" + body.encode()))).hexdigest()

    rows = lasting_tables("dynamodb").get_paginator("scan").paginate(TableName="register")
    repeats = [row["body"]["S"] for page in rows for row in page["Items"] if row["sk"]["S"] == "repeat"]
    marks = [json.loads(body)["digest"] for body in repeats]
    assert answer.status == 201
    assert {len(mark) for mark in marks} >= {64}
    assert plain not in marks
