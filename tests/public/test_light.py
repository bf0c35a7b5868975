"""What stands in for the standard library on the check's path does what the standard library does."""

import copy
import hashlib
import hmac
import json
import pickle
import typing
from datetime import date
from enum import IntEnum

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.rules import digest, json_text, light
from chalicelib.rules.colour import Colour, Reason

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda tree: st.lists(tree, max_size=4) | st.dictionaries(st.text(), tree, max_size=4),
    max_leaves=20,
)
BROKEN = ["", " ", "{", '{"a" 1}', "[1,]", "nul", '"\x01"', '{"a":1}x', '"\\x"', "NaN", "-Infinity", "[NaN]"]


class Light(light.NamedTuple):
    """Three fields, one with a default."""

    a: int
    b: str
    c: tuple[int, ...] = ()

    def double(self):
        return self.a * 2


class Real(typing.NamedTuple):
    """The same of the real kind."""

    a: int
    b: str
    c: tuple[int, ...] = ()


class Grade(IntEnum):
    """The real kind of Colour."""

    GREEN = 0
    YELLOW = 1
    GREY = 2
    RED = 3


@given(TREES)
def test_json_is_written_as_json_writes_it(tree):
    assert json_text.written(tree) == json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


@given(TREES, st.booleans(), st.sampled_from([None, 1]))
def test_json_is_read_as_json_reads_it(tree, plain, indent):
    text = json.dumps(tree, ensure_ascii=plain, indent=indent)

    assert json_text.read(text) == tree
    assert json_text.read(f" {text}\n".encode()) == tree


@given(st.text('[]{}",:\\u0019.eE-+truefalsn \x01一', max_size=12))
@example("[" * 100_000)
def test_any_text_is_read_or_refused_as_json_does(text):
    assert told(json_text.read, text) == told(json.loads, text)


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_not_json_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        json_text.read(text)


def test_bytes_that_are_not_utf_8_are_a_value_error():
    with pytest.raises(ValueError, match="utf-8"):
        json_text.read(b'"\xff"')


@pytest.mark.parametrize("value", [float("nan"), float("inf"), date(2026, 1, 1), {1, 2}, b"bytes"])
def test_what_json_lacks_is_not_written(value):
    with pytest.raises((TypeError, ValueError)):
        json_text.written({"value": value})


@given(st.binary(max_size=200), st.binary(max_size=2000))
@example(b"k" * 64, b"")
@example(b"k" * 65, b"text")
def test_a_mac_is_the_standard_librarys(key, text):
    assert digest.mac(key, text) == hmac.digest(key, text, "sha256")
    assert digest.sha256(text).hexdigest() == hashlib.sha256(text).hexdigest()


def test_macs_are_compared_by_the_standard_librarys_own_constant_time_function():
    import _operator

    assert digest.same is _operator._compare_digest
    assert digest.same("ABC", "ABC")
    assert not digest.same("ABC", "ABD")


@pytest.mark.parametrize(
    ("given", "named"),
    [((1, "x"), {}), ((1,), {"b": "x"}), ((), {"b": "x", "a": 1}), ((1, "x", (3,)), {}), ((1, "x"), {"c": (3,)})],
)
def test_a_light_tuple_is_made_and_shown_as_a_real_one(given, named):
    made, real = Light(*given, **named), Real(*given, **named)

    assert made == real == tuple(made)
    assert hash(made) == hash(real)
    assert (made.a, made.b, made.c) == (real.a, real.b, real.c)
    assert made._asdict() == real._asdict()
    assert made._replace(a=5) == real._replace(a=5)
    assert repr(made) == repr(real).replace("Real", "Light")
    assert (Light._fields, Light._field_defaults) == (Real._fields, Real._field_defaults)
    assert made.double() == 2


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((1,), {}), ((1, "x", (), 4), {}), ((1, "x"), {"d": 4}), ((1, "x"), {"a": 4}), ((1,), {"c": ()})],
)
@pytest.mark.parametrize("kind", [Light, Real])
def test_a_tuple_that_is_not_whole_is_a_type_error(kind, given, named):
    with pytest.raises(TypeError):
        kind(*given, **named)


@pytest.mark.parametrize("kind", [Light, Real])
def test_a_tuple_cannot_be_changed_or_given_another_field(kind):
    made = kind(1, "x")

    with pytest.raises(AttributeError):
        made.a = 2
    with pytest.raises(AttributeError):
        made.d = 2
    with pytest.raises(ValueError, match="d"):
        made._replace(d=2)


def test_light_values_are_copied_and_kept_whole():
    reason = Reason("exam-lapsed", "paperwork", date(2026, 1, 1))

    assert copy.deepcopy(reason) == pickle.loads(pickle.dumps(reason)) == reason
    assert type(copy.deepcopy(reason)) is Reason
    assert copy.deepcopy(Colour.RED) is pickle.loads(pickle.dumps(Colour.RED)) is Colour.RED


@pytest.mark.parametrize("name", ["GREEN", "YELLOW", "GREY", "RED"])
def test_a_colour_is_what_an_enum_of_whole_numbers_is(name):
    light_one, real = Colour[name], Grade[name]

    assert light_one is getattr(Colour, name)
    assert light_one is Colour(real.value)
    assert (light_one, light_one.name, light_one.value, hash(light_one)) == (real, real.name, real.value, hash(real))
    assert (str(light_one), f"{light_one}", json.dumps(light_one)) == (str(real), f"{real}", json.dumps(real))
    assert repr(light_one) == repr(real).replace("Grade", "Colour")
    assert light_one in Colour


def test_colours_are_listed_in_order_and_no_other_is_known():
    assert [one.name for one in Colour] == [one.name for one in Grade]
    assert (max(Colour), len(Colour)) == (Colour.RED, 4)
    with pytest.raises(ValueError, match="4 is not a valid Colour"):
        Colour(4)
    with pytest.raises(KeyError):
        Colour["BLUE"]


def told(read, text):
    try:
        return repr(read(text))
    except ValueError as error:
        return type(error)
    except RecursionError as error:
        return type(error)
