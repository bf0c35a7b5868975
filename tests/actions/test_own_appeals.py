"""A worker's own appeal, taken from the inbox (C8, G6): filed once, decided like any other, not the company's."""

import json

import pytest

from chalicelib.actions import appeals, inbox, phone_pages, projection
from chalicelib.actions.forms import Grounds
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.api.appeals import shown
from chalicelib.records import archives, codes, ledger
from chalicelib.rules import appeal
from chalicelib.rules.errors import NotPermitted

STATEMENT = "体检一直有效，登记的日期有误"


@pytest.fixture
def archive(town):
    """A worker with a certificate and a page of the own phone."""
    id = town.certified().id
    phone_pages.make(town.act("owner"), id, NewPhonePage())
    return archives.fetch("330200", id)


def sent(archive, subject="colour", nonce="N1"):
    body = {"subject": subject, "statement": STATEMENT}
    inbox.receive({
        "pk": f"appeal#{nonce}", "kind": "appeal", "at": "2026-11-22T01:00:00Z", "body": json.dumps(body),
        "body_hash": "h", "city": archive.city, "archive": archive.key, "token": archive.certificate.token,
    })  # fmt: skip
    return archives.fetch(archive.city, archive.id)


def page(archive):
    projection.project(archive.key)
    return json.loads(codes.find_plain(f"own#{archive.key}").own)["appeals"]


def test_it_is_filed_by_the_worker(archive):
    [one] = sent(archive).appeals

    assert (one.channel, one.by, one.statement, one.flagged) == ("phone", "worker", STATEMENT, True)
    assert [ledger.chain(archive.key)[-1][name] for name in ("action", "by", "role")] == [
        "appeal.file", "worker", "worker",
    ]  # fmt: skip


def test_once_however_often_it_comes(archive):
    sent(archive)

    assert len(sent(archive).appeals) == 1


def test_a_second_one_of_the_same_is_left_while_the_first_is_open(archive):
    sent(archive)

    assert len(sent(archive, nonce="N2").appeals) == 1


def test_what_cannot_be_appealed_is_left(archive):
    assert sent(archive, subject="refusal").appeals == ()


def test_its_company_neither_reads_it_nor_takes_it_back(town, archive):
    held = sent(archive), sent(archive).appeals[0]
    owner, manager = town.account("owner"), town.account("association_manager")

    assert (shown(held, owner)["statement"], shown(held, manager)["statement"]) == (None, STATEMENT)
    assert appeal.moves(held[1], owner) == ()
    with pytest.raises(NotPermitted):
        appeals.move(
            town.act("owner"), held[1].id, "withdraw", Grounds(revision=held[0].revision, ground="企业代为撤回")
        )


def test_the_page_says_how_it_stands(town, archive):
    before = page(archive)
    filed = sent(archive)
    during = page(filed)
    decision = Grounds(revision=filed.revision, ground="登记无误（演示）")
    after = page(appeals.move(town.act("bureau"), filed.appeals[0].id, "uphold", decision)[0])

    assert (before["open"], before["last"]) == (["colour"], None)
    assert (during["open"], during["last"]["state"]) == ([], "filed")
    assert (after["open"], after["last"]["state"], after["last"]["decided_on"]) == (
        ["colour"], "upheld", str(town.today),
    )  # fmt: skip


def test_of_a_revoked_certificate_the_revocation_is_appealed(town, archive):
    assert page(town.revoked(archive))["open"] == ["revocation"]
