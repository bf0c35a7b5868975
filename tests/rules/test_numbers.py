import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2, mod_11_10, mod_37_36

from chalicelib.rules import numbers

TODAY = date(2026, 11, 21)
GRAMMAR = json.loads((Path(__file__).parents[2] / "contracts" / "token.json").read_text(encoding="utf-8"))
TOKENS, CERTIFICATES = GRAMMAR["token"], GRAMMAR["certificate_number"]
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def with_check(body):
    return body + mod_11_2.calc_check_digit(body)


def person(region="330299", born="19900307", order="001"):
    return with_check(region + born + order)


def codes(text, on=TODAY):
    return [fault.code for fault in numbers.resident_id_faults(text, on)]


@pytest.mark.parametrize("example", TOKENS["examples"], ids=lambda one: one["bytes"])
def test_a_token_is_written_as_the_contract_says(example):
    assert numbers.make_token(bytes.fromhex(example["bytes"])) == example["token"]


@pytest.mark.parametrize("example", TOKENS["read_as"], ids=lambda one: one["text"])
def test_a_token_is_read_in_either_case_and_with_lookalikes(example):
    assert numbers.read_token(example["text"]) == example["token"]


@pytest.mark.parametrize("text", TOKENS["refused"])
def test_what_cannot_be_a_token_is_refused(text):
    assert numbers.read_token(text) is None


@given(st.binary(min_size=16, max_size=16))
def test_every_token_reads_back_and_agrees_with_another_reckoning(random):
    token = numbers.make_token(random)

    assert numbers.read_token(token.lower()) == token
    assert mod_37_36.is_valid(token)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 26), st.sampled_from(LETTERS))
def test_one_wrong_character_is_always_found(random, place, wrong):
    token = numbers.make_token(random)

    assert numbers.read_token(token[:place] + wrong + token[place + 1 :]) in (None, token)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 25))
def test_two_characters_swapped_are_found_as_far_as_the_standard_can(random, place):
    token = numbers.make_token(random)
    swapped = token[:place] + token[place + 1] + token[place] + token[place + 2 :]

    assert (numbers.read_token(swapped) is not None) <= mod_37_36.is_valid(swapped)


def test_the_check_character_is_never_read_as_another():
    token = "00000000000000000000000008O"

    assert mod_37_36.is_valid(token)
    assert numbers.read_token(token) == token
    assert numbers.read_token(token[:26] + "0") is None


def test_a_token_with_spare_bits_is_refused():
    body = "0" * 25 + "1"

    assert numbers.read_token(body + mod_37_36.calc_check_digit(body)) is None


def test_a_token_is_made_of_sixteen_bytes():
    with pytest.raises(ValueError, match="16 bytes"):
        numbers.make_token(b"short")


@pytest.mark.parametrize("number", CERTIFICATES["examples"])
def test_a_certificate_number_is_made_and_read_as_the_contract_says(number):
    assert numbers.make_number(number[:6], 2000 + int(number[6:8]), number[8:16]) == number
    assert numbers.number_ok(number)


@pytest.mark.parametrize("text", CERTIFICATES["refused"])
def test_what_cannot_be_a_certificate_number_is_refused(text):
    assert numbers.read_number(text) is None


@pytest.mark.parametrize(
    "text", ["330299 26 48210373 0", "330299-26-48210373-0", "３３０２９９２６４８２１０３７３０"]
)
def test_a_certificate_number_may_be_spaced_hyphened_or_full_width(text):
    assert numbers.read_number(text) == "33029926482103730"


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_certificate_number_is_always_found(digits, place, wrong):
    number = numbers.make_number("330299", 2026, digits)

    assert mod_11_10.is_valid(number)
    assert numbers.read_number(number[:place] + wrong + number[place + 1 :]) in (None, number)


@pytest.mark.parametrize(
    "parts", [("33029", 2026, "123456789"), ("330299", 2026, "1234567"), ("33029A", 2026, "12345678")]
)
def test_a_certificate_number_of_other_parts_is_not_made(parts):
    with pytest.raises(ValueError, match="six digits"):
        numbers.make_number(*parts)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(person(), id="resident"),
        pytest.param(person(order="016"), id="another"),
        pytest.param(person(born="19720229"), id="leap day"),
        pytest.param(person("810" + "000"), id="Hong Kong"),
        pytest.param(person("820" + "000"), id="Macao"),
        pytest.param(person("830" + "000"), id="Taiwan"),
        pytest.param(person("933" + "840"), id="foreign permanent resident"),
        pytest.param("USA" + "3302" + "900307" + "01", id="older card"),
        pytest.param(person(born="20101121"), id="sixteen today"),
    ],
)
def test_a_right_document_number_has_no_fault(text):
    assert codes(text) == []
    assert codes(text.lower()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", ["id-length"], id="empty"),
        pytest.param(person()[:17], ["id-length"], id="a digit short"),
        pytest.param("330299900307001", ["id-length"], id="first generation"),
        pytest.param("33029919900307O" + "016", ["id-characters"], id="a letter"),
        pytest.param("USA3302900307O1", ["id-characters"], id="a letter in an older card"),
        pytest.param(person("000" + "299"), ["id-region"], id="no province"),
        pytest.param(person("810" + "100"), ["id-region"], id="no permit's region"),
        pytest.param(person("900" + "840"), ["id-region"], id="foreign card of no province"),
        pytest.param(person(born="19900230"), ["id-date"], id="no such day"),
        pytest.param(person(born="20270101"), ["id-future"], id="born ahead"),
        pytest.param(person(born="20101122"), ["id-age"], id="sixteen tomorrow"),
        pytest.param("USA" + "3302" + "101122" + "01", ["id-age"], id="older card, sixteen tomorrow"),
        pytest.param(with_check("00029919900231001")[:17] + "?", ["id-characters"], id="a mark"),
    ],
)
def test_each_fault_of_a_document_number_has_its_code(text, expected):
    assert codes(text) == expected


def test_every_fault_is_named_at_once_with_words_that_do_not_repeat_the_number():
    right = with_check("00" + "0299" + "20200230" + "001")
    wrong = right[:17] + str((int(right[17].replace("X", "0")) + 1) % 10)

    faults = numbers.resident_id_faults(wrong, TODAY)

    assert [fault.code for fault in faults] == ["id-region", "id-date", "id-check"]
    assert not any(wrong in fault.message or wrong[6:14] in fault.message for fault in faults)


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_resident_id_is_always_found(place, wrong):
    right = person()
    text = right[:place] + wrong + right[place + 1 :]

    assert (codes(text) == []) == (text == right)


def test_the_fault_codes_are_the_contract_s():
    listed = json.loads((Path(__file__).parents[2] / "contracts" / "codes.json").read_text(encoding="utf-8"))

    assert set(numbers.ID_FAULTS) == set(listed["resident_id_faults"])


def uscc(body):
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    return (
        body
        + letters[
            (31 - sum(letters.index(one) * weight for one, weight in zip(body, weights, strict=True)) % 31)
            % 31
        ]
    )


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 17))
def test_a_credit_code_is_checked_by_its_last_character(organisation, place):
    code = uscc("91330299" + organisation)
    spoiled = code[:place] + ("1" if code[place] != "1" else "2") + code[place + 1 :]

    assert numbers.credit_code_ok(code)
    assert numbers.credit_code_ok(code.lower())
    assert not numbers.credit_code_ok(spoiled)


@pytest.mark.parametrize("text", ["", "91330299", "9133029AMA2AAAAAAA", "91330299IOZSV00000"])
def test_what_has_another_shape_is_no_credit_code(text):
    assert not numbers.credit_code_ok(text)


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("1" + "3" * 10, True),
        ("1" + "9" * 10, True),
        ("1" + "2" * 10, False),
        ("2" + "3" * 10, False),
        ("1" + "3" * 9, False),
        ("１" + "3" * 10, False),
        ("", False),
    ],
)
def test_a_mobile_number_has_eleven_digits_from_13_to_19(text, ok):
    assert numbers.phone_ok(text) is ok


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小芳", "王*芳"),
        ("王芳", "王*"),
        ("王 芳", "王*"),
        ("王小芳芳", "王**芳"),
        ("欧阳小芳", "欧阳*芳"),
        ("欧阳芳", "欧阳*"),
        ("欧阳", "欧*"),
        ("阿卜杜拉·买买提", "阿*·买*"),
        ("Maria Santos", "M* S*"),
        ("Maria", "M*"),
        ("王", "*"),
        ("", "*"),
    ],
)
def test_a_masked_name_keeps_surname_and_last_character(name, masked):
    assert numbers.mask_name(name) == masked


@given(st.text(min_size=0, max_size=12))
def test_a_masked_name_always_hides_something(name):
    assert "*" in numbers.mask_name(name)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("王小芳", "王"),
        ("欧阳小芳", "欧阳"),
        ("欧阳", "欧"),
        ("阿卜杜拉·买买提", "阿卜杜拉"),
        ("John Smith", "Smith"),
        ("", ""),
    ],
)
def test_a_surname_is_what_a_household_would_type(name, surname):
    assert numbers.surname(name) == surname
