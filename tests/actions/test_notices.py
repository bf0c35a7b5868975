import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.actions import applications, companies, notices, purge
from chalicelib.actions.forms import NewCompany
from chalicelib.functions import send as functions
from chalicelib.records import archives
from chalicelib.records import notices as kept
from chalicelib.records.tables import RegisterRow
from chalicelib.rules import notice
from chalicelib.rules.act import SYSTEM, Act
from chalicelib.rules.errors import Missing, Unavailable
from scripts import demo
from tests.actions.post import MORNING, NIGHT, SENDER, mails, waiting


@pytest.fixture
def mail(tables, monkeypatch):
    """A stack that has a sender."""
    monkeypatch.setenv("MAIL_FROM", SENDER)
    tables("ses").verify_email_identity(EmailAddress=SENDER)


@pytest.fixture
def owner_mail(town):
    """The mailbox of the town's company, another for each test."""
    address = f"owner-{id(town)}@demo.invalid"
    form = NewCompany(name="演示丙家政（演示）", credit_code=demo.credit_code(3), email=address)
    town.company = companies.register(town.act("association_manager"), form)
    return address


def told(town, template="code-yellow", name="x#1", at=MORNING):
    archive = town.registered()
    fields = {"name": archive.worker.masked_name, "before": "绿色"}
    notices.tell(archive.key, template, name, fields, company=town.company.id, at=at)
    return archive.key, f"{name}#company"


def channels(place):
    return {one.channel: one.state for one in kept.find(*place).deliveries}


def test_a_notice_is_mailed_to_its_company(town, mail, owner_mail):
    place = told(town)

    assert notices.send(*place, MORNING) == {"in-app": "sent", "email": "sent"}
    assert [(one["Subject"], one["Source"]) for one in mails(owner_mail)] == [("安心码变为黄色", SENDER)]
    assert "由绿色变为黄色" in mails(owner_mail)[0]["BodyText"]


def test_a_message_that_is_read_twice_sends_once(town, mail, owner_mail):
    place = told(town)
    notices.send(*place, MORNING)
    notices.send(*place, MORNING)

    assert len(mails(owner_mail)) == 1


def test_of_two_that_take_the_same_notice_one_gets_it(town):
    one = kept.find(*told(town))
    taken = notice.begun(one, one.deliveries[1], MORNING)

    assert kept.change(one, taken).revision == 2
    assert kept.change(one, taken) is None


def test_of_four_that_send_at_once_one_sends(town, mail, owner_mail):
    place = told(town)

    def send(_):
        try:
            return notices.send(*place, MORNING)["email"]
        except Unavailable:
            return "another"

    with ThreadPoolExecutor(4) as pool:
        states = set(pool.map(send, range(4)))

    assert states <= {"sent", "another"}
    assert len(mails(owner_mail)) == 1


def test_a_mail_names_nobody_in_full_and_no_number(town, mail, owner_mail):
    archive, name = told(town)
    notices.send(archive, name, MORNING)
    text, worker = json.dumps(mails(owner_mail), ensure_ascii=False), archives.find(archive).worker

    assert worker.masked_name in text
    assert worker.name not in text
    assert demo.person(1).resident_id not in text


def test_without_a_sender_a_mail_is_not_configured(town, owner_mail):
    place = told(town)

    assert notices.send(*place, MORNING)["email"] == "not-configured"
    assert kept.find(*place).standing is None


def test_texts_and_wechat_are_not_configured(town, mail):
    archive = town.certified()
    fields = {"name": archive.worker.masked_name, "tail": "…", "day": town.today, "left": "还有 7 天"}
    notices.tell(archive.key, "reminder-exam", "x#1", fields, company=town.company.id, at=MORNING)

    assert notices.send(archive.key, "x#1#worker", MORNING) == {"sms": "not-configured", "wechat": "not-configured"}


def test_a_company_without_a_mailbox_is_said_to_have_none(town, mail):
    assert notices.send(*told(town), MORNING)["email"] == "no-address"


def test_at_night_a_mail_is_held_and_goes_out_in_the_morning(town, tables, mail, owner_mail):
    place = told(town)
    held = notices.send(*place, NIGHT)["email"]
    waiting(tables, "SEND_QUEUE")

    asleep, released = notices.release(NIGHT), notices.release(MORNING)
    messages = waiting(tables, "SEND_QUEUE")
    functions.send({"Records": [{"messageId": "1", "body": json.dumps(one)} for one in messages]}, Context())

    assert (held, asleep, released) == ("held", 0, 1)
    assert messages == [{"archive": place[0], "notice": place[1]}]


def test_bad_news_does_not_wait_for_the_morning(town, mail, owner_mail):
    assert notices.send(*told(town, "code-red"), NIGHT)["email"] == "sent"


def test_what_the_mail_service_refuses_is_tried_again_and_told_without_the_address(town, owner_mail, monkeypatch):
    monkeypatch.setenv("MAIL_FROM", "stranger@demo.invalid")
    place = told(town)

    with pytest.raises(Unavailable) as refusal:
        notices.send(*place, MORNING)

    assert channels(place) == {"in-app": "sent", "email": "queued"}
    assert owner_mail not in str(refusal.value)


def test_what_was_refused_goes_out_once_the_sender_is_known(town, tables, mail, owner_mail, monkeypatch):
    place = told(town)
    monkeypatch.setenv("MAIL_FROM", "late@demo.invalid")
    with pytest.raises(Unavailable):
        notices.send(*place, MORNING)
    tables("ses").verify_email_identity(EmailAddress="late@demo.invalid")

    assert notices.send(*place, MORNING)["email"] == "sent"
    assert kept.find(*place).deliveries[-1].tries == 2


def test_after_the_last_try_a_notice_is_listed_as_failed(town, owner_mail, monkeypatch):
    monkeypatch.setenv("MAIL_FROM", "stranger@demo.invalid")
    place = told(town)

    def sends():
        with pytest.raises(Unavailable):
            notices.send(*place, MORNING)

    [sends() for _ in range(5)]
    assert channels(place)["email"] == "failed"
    assert RegisterRow.get(place[0], f"H#notice#{place[1]}").list_key.startswith("330200#notice#failed#")


def test_a_notice_whose_message_was_lost_is_found_in_the_morning(town, tables, mail, owner_mail):
    told(town)
    waiting(tables, "SEND_QUEUE")

    assert notices.release(MORNING) == 1


def test_a_change_that_is_seen_again_is_told_once_and_wakes_again(town, tables):
    told(town)
    waiting(tables, "SEND_QUEUE")
    page = notices.listed(town.account("owner"), limit=10, after=None)
    of, name = page.items[0]["worker"], "x#1"
    fields = {"name": "王*", "before": "绿色"}
    notices.tell(f"W#330200#{of}", "code-yellow", name, fields, company=town.company.id, at=NIGHT)

    assert [one["at"] for one in notices.listed(town.account("owner"), limit=10, after=None).items] == [
        MORNING.isoformat(timespec="seconds")
    ]
    assert len(waiting(tables, "SEND_QUEUE")) == 1


def test_a_list_is_the_companys_own_newest_first_and_paged(town):
    archive = town.registered()
    told = {"company": town.company.id, "fields": {"name": "王*", "before": "绿色"}}
    [notices.tell(archive.key, "code-green", f"x#{one}", at=MORNING.replace(minute=one), **told) for one in range(3)]

    first = notices.listed(town.account("owner"), limit=2, after=None)
    second = notices.listed(town.account("owner"), limit=2, after=first.after)

    assert [one["at"][14:16] for one in (*first.items, *second.items)] == ["02", "01", "00"]
    assert notices.listed(town.account("rival"), limit=2, after=None).items == []


def test_a_notice_is_read_once_for_all_of_the_house(town):
    told(town)
    id = notices.listed(town.account("owner"), limit=1, after=None).items[0]["id"]

    assert [notices.read(town.act("owner"), (id,)) for _ in range(2)] == [1, 0]
    assert notices.listed(town.account("owner"), limit=1, after=None).items[0]["read_at"]


@pytest.mark.parametrize("who", ["rival", "association_clerk"])
def test_anothers_notice_is_not_there(town, who):
    told(town)
    id = notices.listed(town.account("owner"), limit=1, after=None).items[0]["id"]

    with pytest.raises(Missing):
        notices.read(town.act(who), (id,))


@pytest.mark.parametrize("id", ["x", ".", "W.330400.a.b", "W.330200.a.b.company", "A.B.C.D"])
def test_a_notice_that_is_none_is_not_there(town, id):
    with pytest.raises(Missing):
        notices.read(town.act("owner"), (id,))


def turned(archive, old="green", new="yellow"):
    image = {"archive": archive.key, "revision": 9, "projected_on": "2026-11-22"}
    return notices.colour_turned({"colour": old}, image | {"colour": new}, MORNING)


def test_a_turned_colour_is_told_once_however_often_it_is_seen(town):
    archive = town.certified()
    turned(archive)
    turned(archive)

    assert kept.names(archive.key, "colour#") == ["colour#00000009#2026-11-22#yellow#company"]


def test_a_colour_that_did_not_turn_is_not_told(town):
    assert turned(town.certified(), "green", "green") is None


def meta(archive):
    return {"pk": archive.key, "revision": archive.revision, "brief": RegisterRow.get(archive.key, "A#meta").brief}


def test_a_company_is_told_what_became_of_an_application(town):
    held = town.applied("association_review")
    before = meta(held[0])
    returned, _ = town.moved(held, "return", "association_clerk", reasons=("photo-unclear",))

    assert notices.moved(before, meta(returned), MORNING) == ["application-returned"]


@pytest.mark.parametrize(
    ("state", "move", "by", "reasons", "told"),
    [
        ("association_review", "refuse", "association_manager", ("exam-weak",), ["application-refused"]),
        ("authorisation", "authorise", "bureau", (), ["application-production"]),
        ("handover", "hand-over", "association_manager", (), ["application-done"]),
    ],
)
def test_a_company_is_told_how_an_application_went(town, state, move, by, reasons, told):
    held = town.applied(state)
    before = meta(held[0])
    moved, _ = town.moved(held, move, by, reasons=reasons)

    assert notices.moved(before, meta(moved), MORNING) == told


def test_an_old_refusal_is_not_told_again_when_a_later_draft_is_purged(town):
    held = town.moved(town.applied("association_review"), "refuse", "association_manager", reasons=("exam-weak",))
    drafted, _ = applications.open_(town.act("owner"), held[0].id, submit=False)
    before = meta(drafted)
    system = Act(account=SYSTEM, at=MORNING, on=town.today + timedelta(days=181))
    purge.one(system, drafted.key, dry=False)
    purged = meta(archives.find(drafted.key))

    assert json.loads(purged["brief"])["last_application"] == "refused"
    assert notices.moved(before, purged, MORNING) == []


def test_a_company_is_told_that_a_certificate_was_revoked(town):
    archive = town.turned(town.certified(), "revoke", basis="conditions")
    before = meta(archive)

    assert notices.moved(before, meta(town.decided(archive, "confirm")), MORNING) == ["certificate-revoked"]


class Context:
    function_name = "send"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:send"
    aws_request_id = "1"


def test_of_a_worker_of_no_company_nobody_is_mailed(town, mail):
    archive = town.registered()
    notices.tell(archive.key, "code-yellow", "x#1", {"name": "张*", "before": "绿色"}, company="", at=MORNING)

    assert notices.send(archive.key, "x#1#company", MORNING)["email"] == "no-address"
