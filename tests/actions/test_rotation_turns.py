"""Queues deliver twice, late and in part: a rotation neither ends early nor never."""

import pytest

from chalicelib.actions import rotation
from chalicelib.records import archives, keys
from chalicelib.records.keys import Versions
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.errors import Missing
from tests.actions.post import waiting
from tests.actions.rotating import by_itself

CITY = "330200"


def now(archive):
    return archives.fetch(CITY, archive.id)


def rekey(town, archives, turn="T", number=0, slices=1, version=2):
    return rotation.rekey(by_itself(town), CITY, version, turn, number, slices, [one.key for one in archives])


def test_a_slice_that_is_delivered_again_rewrites_nothing_twice_and_takes_no_second_turn(town, tables, worked):
    archive = town.registered()
    rotation.begin(CITY)
    worked.learnt()

    [rekey(town, [archive]) for _ in range(3)]

    assert now(archive).revision == archive.revision + 1
    assert waiting(tables, "WORK_QUEUE") == [{"rotate": [CITY, 2]}]
    assert keys.versions(CITY) == Versions(2, 1)


def test_a_turn_that_found_something_is_followed_by_another_and_one_that_found_nothing_ends(town, worked):
    town.registered()
    rotation.begin(CITY)
    worked(CITY)
    done = [row.sk.split("#") for row in RegisterRow.query(f"KEY#{CITY}", RegisterRow.sk.startswith("done#"))]
    turns = {turn for _, _, turn, _ in done}

    assert sorted(sorted(what for *_, of, what in done if of == turn) for turn in turns) == [
        ["000000"], ["000000", "found", "next"],
    ]  # fmt: skip
    assert keys.versions(CITY).former is None


def test_slices_of_two_listings_never_make_one_turn(town, worked):
    first, second = town.registered(1), town.registered(2)
    rotation.begin(CITY)
    worked.learnt()

    rekey(town, [first], "LISTED-ONCE", 0, 2)
    rekey(town, [], "LISTED-AGAIN", 1, 2)
    assert keys.versions(CITY) == Versions(2, 1)
    assert now(second).worker.resident_id.startswith("s1.")


def test_a_turn_whose_rewriting_was_not_noted_before_the_fault_still_found_something(town, tables, worked):
    archive = town.registered()
    rotation.begin(CITY)
    worked.learnt()
    with pytest.raises(Missing):
        rotation.rekey(by_itself(town), CITY, 2, "T", 0, 1, [archive.key, f"C#{CITY}#NOBODY"])

    rekey(town, [archive])
    assert waiting(tables, "WORK_QUEUE") == [{"rotate": [CITY, 2]}]
    assert keys.versions(CITY) == Versions(2, 1)


def test_a_message_of_an_earlier_rotation_ends_no_later_one(town, worked):
    archive = town.registered()
    rotation.begin(CITY)
    worked(CITY)
    rotation.begin(CITY)
    worked.learnt()

    late = rekey(town, [], version=2)
    assert (late, rotation.take_turn(CITY, 2)) == ({"over": True}, 0)
    assert keys.versions(CITY) == Versions(3, 2)
    assert now(archive).worker.resident_id.startswith("s2.")


def test_a_rotation_that_stands_still_is_taken_up_again(town, worked):
    archive = town.registered()
    rotation.begin(CITY)
    again = rotation.begin(CITY)
    worked(CITY)

    assert again == 2
    assert now(archive).worker.resident_id.startswith("s2.")
    assert keys.versions(CITY) == Versions(2, None)
