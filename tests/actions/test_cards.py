import json
from functools import reduce

import pytest

from chalicelib.actions import cards, certificates, evidence
from chalicelib.actions.forms import Conclusion, Withdrawal
from chalicelib.api import shown
from chalicelib.rules.access import MAY
from chalicelib.rules.colour import Colour
from chalicelib.rules.errors import Missing, NotAllowed
from tests.actions.conftest import WAY


def number(archive):
    return archive.certificate.number


def test_a_card_says_whose_it_is_and_holds_exactly_the_address_of_the_code(town):
    archive = town.applied("production")[0]

    told = shown.card(cards.card(town.act("print_vendor"), number(archive)))

    assert told["url"] == f"HTTPS://CODE.EXAMPLE.CN/V/{archive.certificate.token}"
    assert (told["number"], told["name"]) == (number(archive), archive.worker.name)
    assert (told["issuer"], told["photo"], told["issued_on"]) == ("宁波市协会", None, str(town.today))
    assert told["svg"].startswith("<svg")
    assert told["png"].startswith("data:image/png;base64,iVBOR")
    assert archive.certificate.token not in told["svg"]


@pytest.mark.parametrize("state", ["production", "handover"])
def test_the_print_vendor_sees_a_card_while_it_is_made_and_handed_over(town, state):
    archive = town.applied(state)[0]

    assert cards.card(town.act("print_vendor"), number(archive)).archive == archive


def test_a_card_that_was_handed_over_is_no_business_of_the_print_vendor(town):
    archive = town.certified()

    with pytest.raises(Missing):
        cards.card(town.act("print_vendor"), number(archive))
    with pytest.raises(Missing):
        certificates.fetch(town.account("print_vendor"), number(archive))
    assert cards.card(town.act("association_clerk"), number(archive)).archive == archive


def test_the_print_vendor_of_another_city_sees_no_card(town):
    archive = town.applied("production")[0]

    with pytest.raises(Missing):
        cards.card(town.act(town.account("print_vendor", city="330400")), number(archive))


def test_the_print_vendor_reads_of_no_health_police_check_consent_or_reason(town):
    returned = town.moved(town.applied("association_review"), "return", "association_clerk", reasons=("exam-unclear",))
    held = reduce(lambda held, step: town.moved(held, *step), WAY[:5], returned)

    told = json.dumps(shown.application(held, town.account("print_vendor")), ensure_ascii=False)
    shown_to_clerk = json.dumps(shown.application(held, town.account("association_clerk")), ensure_ascii=False)
    secret = ("演示医院", "演示保险", '"passed"', '"given_on": "', '"exam-unclear"]')

    assert held[1].state == "production"
    assert [word for word in secret if word in told] == []
    assert [word for word in secret if word in shown_to_clerk] == list(secret)
    assert held[0].certificate.number in told


@pytest.mark.parametrize(("move", "basis"), [("suspend", None), ("lose", None), ("revoke", "conditions")])
def test_no_card_is_made_of_a_certificate_that_is_not_in_force(town, move, basis):
    stopped = town.turned(town.certified(), move, basis=basis)

    with pytest.raises(NotAllowed):
        cards.card(town.act("association_clerk"), number(stopped))


def test_no_card_is_made_once_a_recheck_failed(town):
    archive = town.certified()
    failed = Conclusion(conclusion="failed", checked_on=town.today)

    stopped = evidence.conclude(town.act("police"), archive.id, failed)

    assert stopped.certificate.state == "active"
    with pytest.raises(NotAllowed):
        cards.card(town.act("association_clerk"), number(stopped))


def test_the_card_of_a_replaced_certificate_has_the_new_address(town):
    archive = town.certified()
    fresh = town.turned(archive, "replace")

    told = shown.card(cards.card(town.act("association_clerk"), number(fresh)))

    assert told["url"].endswith(f"/V/{fresh.certificate.token}")
    assert fresh.certificate.token != archive.certificate.token


def test_a_telephone_shows_the_colour_of_the_day(town):
    archive = town.certified()

    told = shown.phone(cards.phone(town.act("owner"), number(archive)))

    assert (told["colour"], told["word"], told["day"]) == ("green", "绿码", str(town.today))
    assert f"绿码 {town.today}" in told["svg"]


def test_a_telephones_code_turns_with_a_decision_at_once(town):
    suspended = town.turned(town.certified(), "suspend")

    assert cards.phone(town.act("owner"), number(suspended)).colour == Colour.RED


def test_a_telephones_code_is_grey_once_consent_is_withdrawn(town):
    archive = town.certified()
    evidence.withdraw_consent(town.act("owner"), archive.id, Withdrawal(withdrawn_on=town.today))

    assert cards.phone(town.act("owner"), number(archive)).colour == Colour.GREY


def test_a_company_sees_the_codes_of_its_own_workers_alone(town):
    archive = town.certified()

    with pytest.raises(Missing):
        cards.phone(town.act("rival"), number(archive))


def test_only_who_makes_or_hands_out_a_card_may_have_its_picture():
    assert MAY["card.see"] == {"association_manager", "association_clerk", "print_vendor"}
    assert MAY["phone.see"] == {"association_manager", "association_clerk", "company_owner", "company_clerk"}
