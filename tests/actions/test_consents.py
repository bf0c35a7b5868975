"""A worker's own decision on the consent: through inbox, register and projection, with a notice to the company."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from chalicelib.actions import evidence, files, inbox, notices, own_pages, phone_pages, projection
from chalicelib.actions.file_forms import NewFile, SentFile
from chalicelib.actions.forms import NewConsent, Withdrawal
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.outside import clock
from chalicelib.records import archives, codes, ledger, shapes, views
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.archive import Consent, Photo
from chalicelib.rules.consent import SEPARATE
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.phone_page import PhonePage
from tests.pictures import PDF, send


class Own:
    """A certified worker with a page of the own phone."""

    def __init__(self, town):
        self.town, self.id = town, town.certified().id
        self.replace_page()
        self.key = self.archive().key

    def archive(self):
        return archives.fetch("330200", self.id)

    def decide(self, nonce="n1", *, page=None, at=None, **body):
        at = (at or clock.now()).isoformat(timespec="seconds").replace("+00:00", "Z")
        about = {"archive": self.key, "page": page or self.archive().phone_page.hash}
        told = {"pk": f"consent#{nonce}", "kind": "consent", "at": at, "body": json.dumps(body), "body_hash": nonce}
        inbox.receive({**told, **about})

    def replace_page(self):
        phone_pages.make(self.town.act("owner"), self.id, NewPhonePage())

    def withdraw(self, **more):
        self.decide(give=False, **more)

    def give(self, nonce="n2", separate=SEPARATE, **more):
        self.decide(nonce, give=True, text="2026-1", separate=separate, **more)

    def registered(self, who, days=1, separate=SEPARATE):
        """What staff record so many days from now of a paper of that day."""
        at = clock.now() + timedelta(days=days)
        act = replace(self.town.act(who), at=at, on=day_of(at))
        form = NewConsent.model_construct(given_on=act.on, text="2026-1", separate=separate)
        return evidence.consent(act, self.id, form)

    def upload(self, who="association_clerk"):
        form = NewFile(kind="consent", type="application/pdf", size=len(PDF), sha256=sha256(PDF).hexdigest())
        address = files.address(self.town.act(who), self.id, form)
        send(address, PDF)
        files.take_in(self.town.act(who), self.id, address["id"], SentFile())

    def code(self):
        projection.project(self.key)
        return codes.find(self.archive().certificate.token)

    def told(self):
        own_pages.project(views.key_of(self.key))
        return json.loads(codes.find_plain(f"own#{self.key}").own)["consent"]


@pytest.fixture
def own(town):
    return Own(town)


def test_withdrawn_on_the_page_the_code_is_grey_by_its_stop_at_once(own):
    own.withdraw()

    stop = json.loads(codes.find(own.archive().certificate.token).stop)
    assert stop["code"] == "consent-withdrawn"
    assert own.code().colour == "grey"
    assert own.told()["state"] == "withdrawn"


def test_it_is_the_workers_own_entry_in_the_ledger(own):
    own.withdraw()
    last = ledger.chain(own.key)[-1]

    assert (last["action"], last["role"], last["by"]) == ("consent.withdraw", "worker", "worker")


def test_given_again_on_the_same_day_it_stands_and_the_code_is_green(own):
    own.withdraw()
    own.give()

    assert own.archive().consent.stands
    assert own.code().colour == "green"
    assert own.told() == {"state": "given", "on": str(own.town.today), "text": "2026-1", "separate": list(SEPARATE)}


@pytest.mark.parametrize("who", ["owner", "association_clerk"])
def test_what_the_worker_withdrew_no_paper_that_nobody_sees_gives_back(own, who):
    own.upload()
    own.withdraw(at=clock.now() + timedelta(seconds=2))

    with pytest.raises(NotAllowed) as refused:
        own.registered(who)

    assert refused.value.rule == "consent-own"
    assert "手机页" in str(refused.value)
    assert not own.archive().consent.stands


def test_the_association_gives_it_back_on_a_paper_uploaded_since_and_the_company_does_not(own):
    own.withdraw(at=clock.now() - timedelta(seconds=2))
    own.upload("owner")

    with pytest.raises(NotAllowed):
        own.registered("owner")
    again = own.registered("association_clerk").consent

    assert (again.stands, again.given_by) == (True, "staff")


def test_staff_cannot_make_a_workers_withdrawal_their_own(own):
    own.withdraw()

    with pytest.raises(NotAllowed):
        evidence.withdraw_consent(own.town.act("owner"), own.id, Withdrawal())

    assert own.archive().consent.withdrawn_by == "worker"


def test_a_worker_may_take_over_a_withdrawal_that_staff_recorded(own):
    evidence.withdraw_consent(own.town.act("owner"), own.id, Withdrawal())
    own.withdraw(at=clock.now() + timedelta(seconds=2))

    with pytest.raises(NotAllowed):
        own.registered("owner")


def test_a_withdrawal_that_staff_recorded_the_company_lifts_by_a_later_paper(own):
    evidence.withdraw_consent(own.town.act("owner"), own.id, Withdrawal())

    assert own.registered("owner").consent.stands


def test_what_the_worker_did_not_agree_to_on_the_page_the_company_does_not_add(own):
    own.give(separate=("health", "background"))
    evidence.withdraw_consent(own.town.act("owner"), own.id, Withdrawal())

    with pytest.raises(NotAllowed) as refused:
        own.registered("owner")
    again = own.registered("owner", separate=("health", "background")).consent

    assert refused.value.rule == "consent-own"
    assert (again.stands, again.given_by) == (True, "worker")


def test_a_withdrawal_of_before_it_was_kept_who_made_it_reads_as_the_workers():
    withdrawn = shapes.load(Consent, '{"given_on": "2026-05-01", "withdrawn_on": "2026-06-01", "text": "2026-1"}')

    assert withdrawn.taken_back


def test_the_worker_is_told_that_the_consent_counts_again(own):
    own.withdraw()
    off = meta(own.key)
    own.give()
    notices.moved(off, meta(own.key), clock.now())

    told = RegisterRow.query(own.key, RegisterRow.sk.startswith("H#notice#consent-given"))
    assert {json.loads(one.body)["to"] for one in told} == {"company", "worker"}


def test_a_repeat_changes_nothing(own):
    own.withdraw()
    own.give()
    own.withdraw()

    assert own.archive().consent.stands


def test_what_was_decided_before_the_last_decision_comes_too_late(own):
    own.withdraw()
    own.give(at=clock.now() - timedelta(minutes=1))

    assert not own.archive().consent.stands


def test_from_a_page_that_never_was_the_workers_nothing_is_decided(own):
    own.withdraw(page="0" * 64)

    assert own.archive().consent.stands


def test_a_withdrawal_counts_that_was_sent_before_the_page_was_replaced(own):
    sent, page = clock.now() - timedelta(hours=1), own.archive().phone_page.hash
    own.replace_page()
    own.withdraw(page=page, at=sent)

    assert not own.archive().consent.stands


def test_a_withdrawal_that_the_old_page_still_took_while_the_projection_was_behind_counts(own):
    page = own.archive().phone_page.hash
    own.replace_page()
    own.replace_page()
    own.withdraw(page=page, at=clock.now() + timedelta(minutes=1))

    assert not own.archive().consent.stands


@pytest.mark.parametrize(("minutes", "stands"), [(-1, True), (1, False)])
def test_consent_given_from_an_old_page_counts_until_it_was_replaced(own, minutes, stands):
    own.withdraw(at=clock.now() - timedelta(hours=1))
    page = own.archive().phone_page.hash
    own.replace_page()
    own.give(page=page, at=clock.now() + timedelta(minutes=minutes))

    assert own.archive().consent.stands == stands


def test_a_withdrawal_of_before_counts_against_a_consent_that_staff_recorded_meanwhile(own):
    sent = clock.now()
    own.registered("owner", days=1)
    own.withdraw(at=sent)

    assert own.archive().consent.taken_back


def test_a_withdrawal_of_before_takes_over_one_that_staff_recorded_meanwhile(own):
    evidence.withdraw_consent(own.town.act("owner"), own.id, Withdrawal())
    own.withdraw(at=clock.now() - timedelta(minutes=1))

    assert own.archive().consent.withdrawn_by == "worker"


def test_the_former_pages_are_forgotten_after_a_month():
    made = datetime(2026, 5, 1, 8, tzinfo=UTC)
    first = PhonePage(hash="a", since=made.date())
    second = PhonePage(hash="b", since=made.date(), former=first.replaced(made))

    assert [one.hash for one in second.replaced(made + timedelta(days=29))] == ["a", "b"]
    assert [one.hash for one in second.replaced(made + timedelta(days=30))] == ["b"]


def test_without_a_consent_to_the_photo_the_code_shows_none(own):
    archive, photo = own.archive(), Photo(key="photos/A.jpg", sha256="0" * 64, file="f")
    shown = replace(archive, worker=replace(archive.worker, photo=photo))
    archives.store(archive, shown, act=own.town.act("owner"), entry=Entry(action="photo.copy"))
    before = own.code().photo
    own.give(separate=("health", "background"))

    assert (before, own.code().photo) == (photo.key, None)


def meta(key):
    row = RegisterRow.get(key, "A#meta", consistent_read=True)
    return {"pk": key, "brief": row.brief, "revision": row.revision}


def test_the_company_is_told_of_both(own):
    before = meta(own.key)
    own.withdraw()
    off = meta(own.key)
    own.give()

    assert notices.moved(before, off, clock.now()) == ["consent-withdrawn"]
    assert notices.moved(off, meta(own.key), clock.now()) == ["consent-given"]
    listed = notices.listed(own.town.account("owner"), limit=10, after=None).items
    assert {one["title"] for one in listed} >= {"本人已停用安心码", "本人已重新同意"}
