"""The page of a worker's phone, from the staff's side: its address is told once, and the one before dies."""

import itertools
import json

import pytest

from chalicelib.actions import phone_pages, projection, secrets
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.functions.project import project
from chalicelib.outside import clock
from chalicelib.records import archives, codes, ledger, shapes
from chalicelib.records.codes import CodeRow
from chalicelib.records.commit import repeated
from chalicelib.records.tables import RegisterRow
from chalicelib.rules import live
from chalicelib.rules.access import MAY
from chalicelib.rules.errors import Missing, NotAllowed
from tests.actions.test_behind import seen
from tests.actions.test_counters import Context, meta_record

FORM = NewPhonePage()


def secret(made):
    return made.address.rpartition("/")[2]


def hashed(archive):
    return archives.find(archive.key).phone_page.hash


def test_the_address_leads_to_the_code_and_only_its_hash_is_kept(town):
    archive = town.certified()
    made = phone_pages.make(town.act("owner"), archive.id, FORM)
    projection.project(archive.key)
    code = CodeRow.get(archive.certificate.token, consistent_read=True)

    assert made.address.startswith("https://code.example.cn/me/")
    assert codes.find_plain(f"me#{hashed(archive)}").token == archive.certificate.token
    assert code.phone_page == hashed(archive)
    assert secret(made) not in everything(archive, code)


def everything(archive, code):
    rows = [row.body for row in RegisterRow.query(archive.key)]
    return f"{rows}{ledger.chain(archive.key)}{code.to_dynamodb_dict()}"


def test_a_new_page_leaves_the_old_address_without_a_code(town):
    archive = town.certified()
    phone_pages.make(town.act("owner"), archive.id, FORM)
    projection.project(archive.key)
    before = hashed(archive)

    phone_pages.make(town.act("association_clerk"), archive.id, FORM)
    projection.project(archive.key)
    code = CodeRow.get(archive.certificate.token, consistent_read=True)

    assert code.phone_page == hashed(archive) != before


def live_secret(archive):
    projection.project(archive.key)
    return codes.find(archive.certificate.token).live_secret


def test_a_new_page_leaves_the_phone_of_before_without_a_live_code(town):
    archive = town.certified()
    phone_pages.make(town.act("owner"), archive.id, FORM)
    before, at = live_secret(archive), clock.now()
    lost = live.scanned(live.make_live(archive.certificate.token, before, at))

    phone_pages.make(town.act("association_clerk"), archive.id, FORM)
    at_once = seen(archive)
    now = live_secret(archive)

    assert at_once == ("grey", ["data-unavailable"])
    assert (live.code_kind(lost, before, at), live.code_kind(lost, now, at)) == ("live", "stale")
    assert seen(archive) == ("green", [])


def test_each_phone_of_a_worker_has_a_secret_of_its_own_also_after_a_time_without_one(town):
    archive = town.certified()
    found = [live_secret(archive)]
    for form in (FORM, FORM, NewPhonePage(smartphone=False), FORM):
        phone_pages.make(town.act("owner"), archive.id, form)
        found.append(live_secret(archive))

    assert [one == other for one, other in itertools.pairwise(found)] == [True, False, False, True]
    assert len(set(found)) == 3


def test_the_first_page_of_a_worker_leaves_the_code_green(town):
    archive = town.certified()
    projection.project(archive.key)

    phone_pages.make(town.act("owner"), archive.id, FORM)

    assert seen(archive) == ("green", [])


def test_a_repeat_is_not_told_the_address_again(town):
    archive = town.certified()
    act = town.act("owner", digest="d", show=shapes.plain)

    made = phone_pages.make(act, archive.id, FORM)

    assert repeated(act) == ({"address": None, "pins": [], "since": str(town.today)},)
    assert made.address


def test_the_page_follows_a_replaced_card_to_its_new_token(town):
    archive = town.certified()
    phone_pages.make(town.act("owner"), archive.id, FORM)
    held = archives.find(archive.key)
    replaced = town.turned(held, "replace")
    projection.project(archive.key)

    assert codes.find_plain(f"me#{hashed(archive)}").token == replaced.certificate.token
    assert CodeRow.get(archive.certificate.token, consistent_read=True).phone_page is None


def test_the_decision_is_in_the_ledger_without_the_secret_or_its_hash(town):
    archive = town.certified()
    phone_pages.make(town.act("owner"), archive.id, FORM)
    last = ledger.chain(archive.key)[-1]

    assert last["action"] == "phone-page.make"
    assert hashed(archive) not in last["body"]


def test_with_neither_certificate_nor_application_there_is_no_page(town):
    with pytest.raises(NotAllowed):
        phone_pages.make(town.act("owner"), town.ready().id, FORM)


def test_a_draft_is_not_enough_for_a_page_and_its_submission_is(town):
    held = town.applied("draft")
    with pytest.raises(NotAllowed, match="提交申请后才能生成手机页"):
        phone_pages.make(town.act("owner"), held[0].id, FORM)
    town.moved(held, "submit", "owner")

    assert phone_pages.make(town.act("owner"), held[0].id, FORM).address


def test_who_has_applied_has_a_page_that_tells_how_it_stands_and_becomes_the_codes(town):
    held = town.applied("background")
    phone_pages.make(town.act("owner"), held[0].id, FORM)
    projection.project(held[0].key)
    page = hashed(held[0])
    told = json.loads(codes.find_plain(f"own#{held[0].key}").own)
    before = codes.find_plain(f"me#{page}")
    issued = along(town, held[0].id)

    assert codes.find_plain(f"applicant#{page}").archive == held[0].key
    assert (told["page"], told["application"]["state"], before) == (page, "background", None)
    assert codes.find_plain(f"me#{page}").token == issued.certificate.token
    assert json.loads(codes.find_plain(f"own#{held[0].key}").own)["page"] is None


def along(town, id):
    """The archive with the certificate that its application brought, projected."""
    archive = archives.fetch("330200", id)
    town.moved(town.moved((archive, archive.applications[-1]), "clear", "police"), "authorise", "bureau")
    projection.project(archive.key)
    return archives.fetch("330200", id)


def test_a_change_of_an_applicant_is_projected_only_where_there_is_a_page(town):
    first, second = town.applied("background")[0], town.applied("background", 2)[0]
    phone_pages.make(town.act("owner"), second.id, FORM)
    records = [meta_record(first.key), meta_record(second.key)]

    project({"Records": records}, Context)

    assert codes.find_plain(f"own#{first.key}") is None
    assert json.loads(codes.find_plain(f"own#{second.key}").own)["application"]["state"] == "background"


def test_another_companys_worker_has_no_page_to_give(town):
    archive = town.certified()

    with pytest.raises(Missing):
        phone_pages.make(town.act("rival"), archive.id, FORM)


def test_ten_pins_are_told_once_and_kept_as_keyed_hashes_alone(town):
    archive = town.certified()
    made = phone_pages.make(town.act("owner"), archive.id, FORM)
    held = archives.find(archive.key).phone_page

    assert len(set(made.pins)) == len(held.pins) == 10
    assert {pin for pin in made.pins if len(pin) == 6 and pin.isdigit()} == set(made.pins)
    assert set(held.pins) == {secrets.pin_hash(archive.key, pin) for pin in made.pins}
    assert secrets.pin_hash("W#330200#another", made.pins[0]) not in held.pins


def test_a_worker_without_a_smartphone_gets_pins_and_no_address(town):
    archive = town.certified()
    phone_pages.make(town.act("owner"), archive.id, FORM)

    made = phone_pages.make(town.act("owner"), archive.id, NewPhonePage(smartphone=False))
    projection.project(archive.key)

    assert (made.address, len(made.pins)) == (None, 10)
    assert CodeRow.get(archive.certificate.token, consistent_read=True).phone_page is None


@pytest.mark.parametrize("role", ["police", "hotline", "print_vendor", "bureau", "administrator"])
def test_who_neither_employs_nor_certifies_makes_no_page(role):
    assert role not in MAY["phone-page.make"]
