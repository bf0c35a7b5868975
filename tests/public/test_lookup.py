from datetime import timedelta

import pytest

from tests.public import world
from tests.public.world import NUMBER, TOKEN, get, text, verify


@pytest.fixture
def listed(codes):
    codes({"pk": text(world.look_up_key(NUMBER, "王")), "token": text(TOKEN)})


def look_up(number=NUMBER, surname="王"):
    return get("/lookup", query={"number": number, "surname": surname})


def test_number_and_surname_give_the_same_answer_as_the_code(listed):
    assert look_up() == world.check()


@pytest.mark.parametrize("number", [f"{NUMBER[:6]} {NUMBER[6:12]}-{NUMBER[12:]}", NUMBER.replace("3", "３")])
def test_a_number_may_be_typed_as_it_is_read_out(listed, number):
    assert look_up(number, " 王 ")[0] == 200


def test_a_wrong_surname_and_an_unknown_number_look_the_same(listed, valid):
    wrong = look_up(surname="李")
    unknown = look_up(number="33029926000000000")

    assert wrong == unknown
    assert (wrong[0], wrong[1]["result"]) == (404, "unknown")
    assert valid(wrong[1])


def test_an_unknown_pair_can_be_reported(listed, inbox):
    nonce = look_up(surname="李")[1]["report"]["nonce"]

    status, _ = world.post("/v/{token}/reports", {"nonce": nonce}, parameters={"token": "-"})

    assert status == 201


@pytest.mark.parametrize(
    ("number", "surname", "codes_named"),
    [
        ("33029926482103731", "王", {"check-digit"}),
        ("", "王", {"required"}),
        ("12", "", {"check-digit", "required"}),
        (NUMBER, "王" * 30, {"too-long"}),
    ],
)
def test_what_cannot_be_right_is_refused_before_anything_is_read(dynamodb, listed, number, surname, codes_named):
    status, told = look_up(number, surname)

    assert status == 400
    assert {fault["code"] for fault in told["errors"]} == codes_named
    assert dynamodb.requests == []


def test_the_sixth_try_of_a_number_in_a_window_is_429(listed, valid):
    tries = [look_up(surname="李")[0] for _ in range(5)]

    status, told = look_up()

    assert tries == [404] * 5
    assert status == 429
    assert valid(told, "problem.schema.json")


def test_another_number_and_another_window_have_tries_of_their_own(listed, at):
    assert [look_up(surname="李")[0] for _ in range(6)][-1] == 429

    other = look_up(number="33029926000000000")
    at(world.NOW + timedelta(minutes=30))

    assert (other[0], look_up()[0]) == (404, 200)


def test_nothing_asked_for_is_a_form_for_a_person_and_a_problem_for_a_program(codes):
    page = verify(world.event("GET", "/lookup", accept="text/html"), None)

    assert page["statusCode"] == 200
    assert 'action="/lookup"' in page["body"]
    assert get("/lookup")[0] == 400


def test_the_page_of_a_found_code_can_confirm_entry(listed):
    asked = world.event("GET", "/lookup", query={"number": NUMBER, "surname": "王"}, accept="text/html")

    assert f'action="/v/{TOKEN}/visits"' in verify(asked, None)["body"]


def test_a_store_that_fails_is_503_and_grey(listed, monkeypatch, valid):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")

    status, told = look_up()

    assert (status, told["colour"]) == (503, "grey")
    assert valid(told)
