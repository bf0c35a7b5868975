import json

import pytest

from chalicelib.actions import inbox
from chalicelib.records import codes, traces
from chalicelib.records.tables import RegisterRow

SECRET = "a" * 64


def visit(archive, kind="visit", **more):
    about = {"token": archive.certificate.token, "archive": archive.key, "city": "330200", "secret": SECRET}
    told = {"pk": f"{kind}#nonce", "kind": kind, "at": "2026-11-22T01:00:00Z", "body": "{}"}
    return told | about | more


def shown():
    return json.loads(codes.find_plain(f"visit#{SECRET}").visit)


def test_a_visit_is_kept_once_and_shown_to_its_household(town):
    archive = town.certified()
    inbox.receive(visit(archive))
    inbox.receive(visit(archive))

    assert len(traces.of(archive.key, "V#")) == 1
    assert shown()["at"] == "2026-11-22T01:00:00Z"


def test_the_end_of_a_visit_is_shown(town):
    archive = town.certified()
    inbox.receive(visit(archive))
    inbox.receive(visit(archive, kind="leave", at="2026-11-22T03:00:00Z"))

    assert (shown()["at"], shown()["left_at"]) == ("2026-11-22T01:00:00Z", "2026-11-22T03:00:00Z")


def test_a_visit_that_comes_again_after_its_end_changes_nothing(town):
    archive = town.certified()
    inbox.receive(visit(archive))
    inbox.receive(visit(archive, kind="leave", at="2026-11-22T03:00:00Z"))
    before = traces.of(archive.key, "V#")

    inbox.receive(visit(archive))

    assert traces.of(archive.key, "V#") == before
    assert shown()["left_at"] == "2026-11-22T03:00:00Z"


def test_an_end_that_comes_before_its_visit_is_tried_again(town):
    with pytest.raises(LookupError):
        inbox.receive(visit(town.certified(), kind="leave"))


def test_a_visit_raises_no_revision(town):
    archive = town.certified()
    inbox.receive(visit(archive))

    assert RegisterRow.get(archive.key, "A#meta").revision == archive.revision


def test_a_try_of_the_look_up_is_nobodys_business(town):
    before = RegisterRow.count()

    assert inbox.receive({"pk": "try#1#2#3", "kind": "try"}) == "try"
    assert RegisterRow.count() == before
