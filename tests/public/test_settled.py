"""What is kept of a code between two checks changes no answer."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.outside import policies
from chalicelib.public import answer
from chalicelib.public import codes as table
from chalicelib.rules import colour, live
from chalicelib.rules.colour import facts_from
from tests.public import world
from tests.public.world import TOKEN, check

TODAY = date(2026, 11, 21)
SHAPES = {
    "green": world.code(),
    "yellow": world.code(world.LAPSED),
    "red": world.code(world.REVOKED),
    "withdrawn": world.code(world.WITHDRAWN),
    "stopped": world.code(stop=world.STOP),
    "only stopped": world.stopped_only(),
    "odd": world.code(holder=world.text(world.HOLDER | {"company": 'a"\0moment"\\\u2028'})),
}


@pytest.mark.parametrize("kind", ["printed", "live", "stale"])
@pytest.mark.parametrize("item", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("moved", [timedelta(), timedelta(hours=10, minutes=50, microseconds=1)])
def test_the_joined_text_is_the_same_whoever_asked_before(codes, valid, item, kind, moved):
    code, at = read(item), world.NOW + moved
    colour, text = answer.known(code, kind, at, policies.load)

    assert answer.known(code, kind, at, policies.load) == (colour, text)
    assert answer.known(read(item), kind, at, policies.load) == (colour, text)
    assert json.loads(text)["colour"] == colour
    assert valid(json.loads(text))


def test_the_checks_are_joined_as_json_writes_them(codes):
    told = json.loads(answer.known(read(world.code(world.LAPSED)), "printed", world.NOW, policies.load)[1])
    facts, policy = facts_from(world.LAPSED), policies.load("330000")
    found = colour.verdict(facts, policy, TODAY)

    assert told["checks"] == colour.checks(facts, policy, TODAY, found)
    assert told["holder"] == world.HOLDER
    assert told["until"] == found.until.isoformat()


def test_the_moment_is_written_as_the_standard_library_writes_it(at):
    told = answer.unavailable(world.NOW)

    assert told["as_of"] == "2026-11-21T21:00:05+08:00"


@pytest.mark.parametrize(
    "here", ["2026-11-21T23:44:59", "2026-11-21T23:45:00", "2026-12-31T23:59:59", "2026-11-21T00:00:00"]
)
def test_instants_around_midnight_are_the_standard_library_s(codes, here):
    at = datetime.fromisoformat(f"{here}+08:00")

    told = json.loads(answer.known(read(world.code()), "printed", at.astimezone(UTC), policies.load)[1])

    assert (told["day"], told["as_of"]) == (here[:10], at.isoformat())
    assert told["report"]["expires"] == (at + timedelta(minutes=15)).isoformat()


def test_a_code_that_is_asked_again_is_read_from_the_store_again_and_taken_apart_once(codes, dynamodb):
    first, second = table.fetch(TOKEN), table.fetch(TOKEN)

    assert len(dynamodb.requests) == 2
    assert first is second


@pytest.mark.parametrize(
    ("item", "colour"),
    [(world.code(world.REVOKED), "red"), (world.code(stop=world.STOP), "red"), (world.stopped_only(), "red"),
     (world.code(world.WITHDRAWN), "grey"), (world.code(region="0"), "grey")],
)  # fmt: skip
def test_what_changed_shows_at_the_next_check_and_changes_back(codes, item, colour):
    assert check()[1]["colour"] == "green"
    codes(item)
    assert check()[1]["colour"] == colour
    codes(world.code())
    assert check()[1]["colour"] == "green"


def test_a_day_later_the_day_is_judged_anew(codes, at):
    assert check()[1]["colour"] == "green"
    at(world.NOW + timedelta(days=100))
    later = check()[1]
    at(world.NOW + timedelta(days=1000))

    assert (later["colour"], later["day"]) == ("green", "2027-03-01")
    assert check()[1]["colour"] == "red"


def test_printed_and_live_codes_are_kept_apart(codes):
    alive = live.make_live(TOKEN, world.LIVE_SECRET, world.NOW)
    old = live.make_live(TOKEN, world.LIVE_SECRET, world.NOW - timedelta(hours=1))
    kinds = [check(text)[1]["code"]["kind"] for text in (TOKEN, alive, old, TOKEN, alive, old)]

    assert kinds == ["printed", "live", "stale"] * 2


def test_no_more_is_kept_than_some_codes(dynamodb, at):
    tokens = [world.numbered(number) for number in range(250)]
    dynamodb.items("codes").update({token: world.code(token=token) for token in tokens})

    assert {check(token)[0] for token in tokens} == {200}
    assert len(table._codes) <= 100


def read(item):
    return table._read(item, TOKEN)
