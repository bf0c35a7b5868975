"""What the worker's own page is told of applications (G6)."""

import json

import pytest

from chalicelib.actions import phone_pages, projection
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.records import archives, codes


@pytest.fixture
def archive(town):
    """A worker with a certificate and a page of the own phone."""
    id = town.certified().id
    phone_pages.make(town.act("owner"), id, NewPhonePage())
    return archives.fetch("330200", id)


def told(archive):
    projection.project(archive.key)
    return json.loads(codes.find_plain(f"own#{archive.key}").own)["application"]


def test_it_tells_of_what_is_over_and_when(town, archive):
    assert told(archive) | {"submitted_on": None, "due_on": None} == {
        "kind": "new", "state": "done", "submitted_on": None, "due_on": None, "waiting_since": None,
        "closed_on": str(town.today),
    }  # fmt: skip


def test_of_a_card_that_is_made_anew_it_tells_the_promised_day(town, archive):
    replaced = town.turned(town.turned(archive, "lose", by="owner"), "replace")
    one = replaced.applications[-1]

    assert one.kind == "reprint"
    assert told(replaced) == {
        "kind": "reprint", "state": "production", "submitted_on": str(town.today), "due_on": str(one.due_on),
        "waiting_since": None, "closed_on": None,
    }  # fmt: skip
