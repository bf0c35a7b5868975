import pytest

from chalicelib.records import codes
from chalicelib.records.codes import CodeRow, PlainRow
from chalicelib.records.tables import CodeStop

TOKEN = "T" * 27
pytestmark = pytest.mark.usefixtures("tables")


def row(revision, day="2026-11-22", **more):
    told = {"archive": "W#330200#A", "decided": 1, "facts": "{}"} | more
    return {"pk": TOKEN, "revision": revision, "projected_on": day, **told}


def stopped(revision):
    stop = CodeStop(TOKEN)
    stop.update(actions=[CodeStop.stop.set("{}"), CodeStop.stop_revision.set(revision)])


def test_what_is_written_of_a_code_can_be_read():
    assert set(codes.Code.__annotations__) == set(CodeRow.get_attributes())


def test_a_code_is_read_as_it_was_written():
    codes.publish(row(3, nonce_key=b"\x00\xff", hotline="", objection=None))

    found = CodeRow.get(TOKEN)

    assert (found.revision, found.facts, found.nonce_key, found.hotline) == (3, "{}", b"\x00\xff", "")
    assert "objection" not in found.to_dynamodb_dict()


def test_the_first_projection_is_written():
    assert codes.publish(row(3)) is True


@pytest.mark.parametrize(
    ("there", "comes", "written"),
    [
        ((3, "2026-11-22"), (4, "2026-11-22"), True),
        ((4, "2026-11-22"), (3, "2026-11-23"), False),
        ((3, "2026-11-22"), (3, "2026-11-22"), True),
        ((3, "2026-11-22"), (3, "2026-11-23"), True),
        ((3, "2026-11-23"), (3, "2026-11-22"), False),
    ],
    ids=["newer", "older", "again", "on a later day", "from an earlier day"],
)
def test_a_projection_is_written_over_a_lower_revision_or_an_earlier_day(there, comes, written):
    codes.publish(row(*there))

    assert codes.publish(row(*comes)) is written


@pytest.mark.parametrize(("decided", "written"), [(1, False), (2, True), (3, True)])
def test_a_projection_under_an_earlier_decision_of_the_city_is_not_written(decided, written):
    codes.publish(row(3, decided=2))

    assert codes.publish(row(3, decided=decided)) is written


def test_a_later_decision_of_the_city_is_written_by_a_clock_that_is_still_at_the_day_before():
    codes.publish(row(3, day="2026-11-23", decided=2))

    assert codes.publish(row(3, day="2026-11-22", decided=3)) is True


@pytest.mark.parametrize(("revision", "written"), [(4, False), (5, True), (6, True)])
def test_a_stop_gives_way_only_to_a_projection_that_knows_of_it(revision, written):
    codes.publish(row(3))
    stopped(5)

    assert codes.publish(row(revision)) is written
    assert bool(CodeRow.get(TOKEN).stop) is not written


def test_a_stop_before_any_projection_stays_until_one_knows_of_it():
    stopped(5)

    assert codes.publish(row(4)) is False
    assert codes.publish(row(5)) is True


def test_what_leads_to_a_code_is_written_with_its_first_projection_and_not_with_the_next():
    codes.publish(row(3), ["L#x", "me#y"])
    first = (codes.find_plain("L#x").token, codes.find_plain("me#y").token)
    PlainRow("L#x").delete()

    assert codes.publish(row(4), ["L#x", "me#y"]) is True
    assert first == (TOKEN, TOKEN)
    assert codes.find_plain("L#x") is None


@pytest.mark.parametrize(("leads", "anew"), [(["L#x"], True), (["L#x", "me#y"], False)], ids=["asked for", "changed"])
def test_what_leads_to_a_code_is_written_again_when_it_changed_or_is_asked_for(leads, anew):
    codes.publish(row(3), ["L#x"])
    PlainRow("L#x").delete()

    assert codes.publish(row(3), leads, anew=anew) is True
    assert codes.find_plain("L#x").token == TOKEN


def test_an_older_projection_writes_neither_the_code_nor_what_leads_to_it():
    codes.publish(row(3), ["L#new"])

    assert codes.publish(row(2), ["L#new"]) is False
    assert CodeRow.get(TOKEN).revision == 3


def test_the_index_gives_what_turns_on_a_day_and_nothing_else():
    codes.publish(row(1, turn="2027-01-01#3"))

    assert list(codes.turning("2027-01-01")) == [(TOKEN, "W#330200#A")]
    assert list(codes.turning("2027-01-02")) == []


def test_a_code_without_an_end_in_sight_is_in_no_index():
    codes.publish(row(1))

    assert codes.CodeRow.turning.count("2027-01-01#3") == 0


def test_a_look_up_leads_to_the_token_of_the_latest_revision_only():
    codes.point("L#x", "NEW", 8)

    codes.point("L#x", "OLD", 7)

    assert codes.find_plain("L#x").token == "NEW"
