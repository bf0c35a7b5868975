"""A household asks, the worker answers: through inbox, register and projection, each step in the ledger (A9)."""

import json
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import evidence, inbox, own_pages, permissions, phone_pages, reveals, skills
from chalicelib.actions.forms import Withdrawal
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.actions.reveal_forms import NewReveal
from chalicelib.actions.skill_forms import NewSkill
from chalicelib.functions.project import project
from chalicelib.outside import clock
from chalicelib.records import archives, codes, ledger, views
from scripts import demo
from tests.actions.post import waiting

VISIT, OTHER = "a" * 64, "b" * 64


class Door:
    """One worker with a page and PINs, and a household that confirmed entry."""

    def __init__(self, town):
        self.town, self.archive = town, town.certified()
        self.made = phone_pages.make(town.act("owner"), self.archive.id, NewPhonePage())
        self.page = archives.find(self.archive.key).phone_page.hash
        self.receive("visit", secret=VISIT)

    def item(self, kind, **told):
        at = clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")
        about = {"token": self.archive.certificate.token, "archive": self.archive.key, "city": "330200", "body": "{}"}
        return {"pk": f"{kind}#x", "kind": kind, "at": at, **about, **told}

    def receive(self, kind, **told):
        inbox.receive(self.item(kind, **told))
        self.project()

    def project(self):
        own_pages.project(views.key_of(self.archive.key))

    def ask(self, visit=VISIT):
        self.receive("ask", secret=visit, number="1")

    def answer(self, allow="yes", **told):
        self.receive("answer", visit=VISIT, number="1", allow=allow, page=self.page, **told)

    def pin(self, pin, *, count="1", visit=VISIT):
        permissions.try_pin(self.item("pin", secret=visit, number="1", count=count), pin)
        self.project()

    def shown(self, visit=VISIT):
        return json.loads(codes.find_plain(f"permission#{visit}").permission)

    def own(self):
        return json.loads(codes.find_plain(f"own#{self.archive.key}").own)

    def entries(self):
        return [(one["action"], one["role"]) for one in ledger.chain(views.key_of(self.archive.key))]


@pytest.fixture
def door(town):
    return Door(town)


def test_a_request_stands_on_the_workers_page_and_shows_the_household_nothing(door):
    door.ask()

    assert (door.shown()["state"], door.shown()["details"]) == ("waiting", None)
    assert [(one["visit"], one["state"]) for one in door.own()["permissions"]] == [(VISIT, "waiting")]


def test_what_is_allowed_is_few_and_never_a_number_a_phone_or_an_address(door):
    told = NewSkill(trade="养老护理", level="中级", issuer="演示学校", number="SK-329", got_on=door.town.today)
    skills.add(door.town.act("owner"), door.archive.id, told)
    door.ask()
    door.answer()
    details, person = door.shown()["details"], demo.person(1)

    assert details["name"] == person.name
    assert details["skills"][0]["trade"] == "养老护理"
    assert details.keys() == {"name", "education", "exam", "insurance", "training", "skills"}
    assert not [one for one in (person.resident_id, "SK-329") if one in str(details)]


def test_ten_minutes_later_the_details_are_gone_from_the_table(door, monkeypatch):
    door.ask()
    door.answer()
    later = clock.now() + timedelta(minutes=10)
    before = codes.find_plain(f"permission#{VISIT}")
    monkeypatch.setattr(clock, "now", lambda: later)
    message = {"archives": [views.key_of(door.archive.key)]}

    project({"Records": [{"eventSource": "aws:sqs", "messageId": "1", "body": json.dumps(message)}]}, Context)

    after = codes.find_plain(f"permission#{VISIT}")

    assert before.ttl <= int(later.timestamp()) < after.ttl
    assert door.archive.worker.name not in after.permission


class Context:
    """What Lambda tells a function of its call."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "test"


def test_the_projection_asks_to_be_called_again_when_the_time_is_over(door, tables):
    waiting(tables, "REPROJECT_QUEUE")
    door.ask()
    door.answer()
    delayed = "ApproximateNumberOfMessagesDelayed"
    told = tables("sqs").get_queue_attributes(QueueUrl=os.environ["REPROJECT_QUEUE"], AttributeNames=[delayed])

    assert int(told["Attributes"][delayed]) >= 1


def test_a_refusal_shows_nothing(door):
    door.ask()
    door.answer("no")

    assert (door.shown()["state"], door.shown()["details"]) == ("refused", None)


def test_each_step_is_an_entry_and_a_repeat_is_none(door):
    door.ask()
    door.ask()
    door.answer()
    door.answer()

    assert door.entries() == [("details.ask", "household"), ("details.allowed", "worker")]


def test_the_chain_is_whole_after_it(door):
    door.ask()
    door.answer()
    head = views.fetch(door.archive)

    assert ledger.broken(ledger.chain(head.key), head.head) is None


def test_a_grant_is_of_one_visit_and_no_other(door):
    door.receive("visit", secret=OTHER)
    door.ask()
    door.ask(visit=OTHER)
    door.answer()

    assert door.shown()["details"]
    assert door.shown(OTHER)["details"] is None


def test_an_answer_from_a_page_that_was_replaced_counts_for_nothing(door):
    door.ask()
    phone_pages.make(door.town.act("owner"), door.archive.id, NewPhonePage())
    door.answer()

    assert door.shown()["state"] == "waiting"


def test_an_answer_counts_that_was_sent_before_the_page_was_replaced(door):
    door.ask()
    sent = door.item("answer")["at"]
    act = door.town.act("owner")
    phone_pages.make(replace(act, at=act.at + timedelta(minutes=1)), door.archive.id, NewPhonePage())
    door.answer(at=sent)

    assert door.shown()["state"] == "allowed"


def test_a_request_before_its_visit_is_tried_again(door):
    with pytest.raises(LookupError):
        door.ask(visit="c" * 64)


def test_a_pin_of_the_sheet_opens_one_door_once(door):
    door.receive("visit", secret=OTHER)
    door.pin(door.made.pins[0])
    door.pin(door.made.pins[0], visit=OTHER)

    assert door.shown()["details"]
    assert (door.shown(OTHER)["state"], door.shown(OTHER)["details"]) == ("waiting", None)
    assert [one["how"] for one in door.own()["permissions"]] in ([None, "pin"], ["pin", None])


def test_five_wrong_pins_end_the_visits_asking(door):
    wrong = sorted({f"{number:06d}" for number in range(20)} - set(door.made.pins))[:5]
    [door.pin(pin, count=str(count)) for count, pin in enumerate(wrong, 1)]
    door.pin(door.made.pins[0], count="6")

    assert door.shown()["state"] == "closed"
    assert [action for action, _ in door.entries()] == ["details.wrong-pin"] * 5


def test_the_pins_of_before_open_nothing_once_there_are_new_ones(door):
    phone_pages.make(door.town.act("owner"), door.archive.id, NewPhonePage(smartphone=False))
    door.pin(door.made.pins[0])

    assert door.shown()["details"] is None


ENDS = {
    "withdrawn": lambda door: evidence.withdraw_consent(door.town.act("owner"), door.archive.id, Withdrawal()),
    "left": lambda door: door.receive("leave", secret=VISIT),
}


@pytest.mark.parametrize("end", ENDS)
def test_withdrawn_consent_or_leaving_takes_the_details_out_at_the_next_projection(door, end):
    door.ask()
    door.answer()
    ENDS[end](door)
    door.project()

    assert door.shown()["details"] is None


def test_an_older_projection_does_not_write_over_a_newer_one(door):
    door.ask()
    door.answer()
    told = codes.find_plain(f"permission#{VISIT}")
    codes.put_newer(f"permission#{VISIT}", int(told.revision) - 1, permission="{}")

    assert door.shown()["details"]


def test_who_looked_at_what_stands_on_the_workers_own_page(door):
    form = NewReveal(field="resident_id", purpose="identity-check")
    reveals.see(door.town.act("association_clerk"), door.archive.id, form)
    door.project()

    assert door.own()["views"][0] == {
        "day": str(door.town.today), "organisation": "宁波市协会", "role": "协会经办人", "what": "证件号码",
        "purpose": "核对证件",
    }  # fmt: skip
