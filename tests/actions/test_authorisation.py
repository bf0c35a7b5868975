from datetime import timedelta

import pytest

from chalicelib.actions import applications, certificates, cities, evidence
from chalicelib.actions.city_forms import NewStanding, Reason
from chalicelib.actions.forms import Conclusion, Moving
from chalicelib.records import archives
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed

GROUND = Reason(ground="甬商务〔演示〕1号")


def standing(town, first=0, days=30):
    start = town.today + timedelta(days=first)
    form = NewStanding(**{"from": start}, until=start + timedelta(days=days), ground=GROUND.ground)
    return cities.authorise(town.act("bureau"), form)


def test_under_a_standing_authorisation_a_passed_check_issues_the_certificate(town):
    standing(town)

    archive, one = town.moved(town.applied("background"), "clear", "police")

    assert one.state == "production"
    assert [(step.move, step.role) for step in one.steps[-2:]] == [("clear", "police"), ("authorise", "bureau")]
    assert GROUND.ground in one.steps[-1].note
    assert archive.certificate.state == "issued"
    assert certificates.fetch(town.account("bureau"), archive.certificate.number) == archives.find(archive.key)


@pytest.mark.parametrize("first", [1, 5])
def test_before_its_first_day_the_bureau_authorises_each_one(town, first):
    standing(town, first)

    assert town.moved(town.applied("background"), "clear", "police")[1].state == "authorisation"


def test_withdrawn_it_holds_no_longer(town):
    standing(town)
    cities.withdraw(town.act("bureau"), GROUND)

    assert town.moved(town.applied("background"), "clear", "police")[1].state == "authorisation"
    with pytest.raises(NotAllowed):
        cities.withdraw(town.act("bureau"), GROUND)


def test_one_that_ends_before_it_begins_is_refused(town):
    with pytest.raises(Malformed):
        standing(town, 3, -1)


def test_another_city_s_settings_are_not_seen(town):
    with pytest.raises(Missing):
        cities.fetch(town.account("bureau", "330400"), "330200")


def test_an_extension_moves_the_deadline_and_tells_why(town):
    held = town.applied("association_review")

    more = {"reasons": ("verification",), "note": "等医院回函", "working_days": 3}
    _, one = town.moved(held, "extend", "association_manager", **more)

    assert (one.state, one.extension.reason) == ("association_review", "材料需进一步核实；等医院回函")
    assert one.due_on > held[1].due_on


@pytest.mark.parametrize("more", [{"working_days": 2}, {"working_days": 2, "reasons": ("exam-unclear",)}])
def test_an_extension_without_a_reason_from_its_list_is_refused(town, more):
    with pytest.raises(Malformed):
        town.moved(town.applied("association_review"), "extend", "association_manager", **more)


def test_of_two_extensions_one_is_given(town):
    held = town.applied("association_review")
    town.moved(held, "extend", "association_manager", reasons=("verification",), working_days=3)

    with pytest.raises(Clash):
        town.moved(held, "extend", "association_manager", reasons=("verification",), working_days=3)


def test_a_return_and_a_new_submission_on_one_day_leave_the_deadline_as_it_was(town):
    held = town.applied("association_review")

    returned = town.moved(held, "return", "association_clerk", reasons=("exam-unclear",))
    again = applications.move(town.act("owner"), held[1].id, "submit", Moving(revision=returned[0].revision))

    assert returned[1].waiting_since == town.today
    assert (again[1].waiting_since, again[1].due_on) == (None, held[1].due_on)




def test_a_police_check_on_record_is_taken_while_it_stands(town):
    held = town.applied("association_review")
    checked = town.today - timedelta(days=100)
    evidence.conclude(town.act("police"), held[0].id, Conclusion(conclusion="passed", checked_on=checked))
    held = applications.fetch(town.account("association_clerk"), held[1].id)

    archive, one = town.moved(town.moved(held, "accept", "association_clerk"), "clear", "police", existing=True)

    assert (one.state, archive.background.checked_on) == ("authorisation", checked)


def test_a_police_check_whose_year_is_over_is_not_taken(town):
    held = town.applied("association_review")
    old = Conclusion(conclusion="passed", checked_on=town.today - timedelta(days=366))
    evidence.conclude(town.act("police"), held[0].id, old)
    held = town.moved(applications.fetch(town.account("association_clerk"), held[1].id), "accept", "association_clerk")

    with pytest.raises(NotAllowed):
        town.moved(held, "clear", "police", existing=True)
