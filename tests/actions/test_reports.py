"""Reports of codes: taken in once, told, looked into and closed with a ground (A8)."""

import json

import pytest

from chalicelib.actions import inbox, notices, reports
from chalicelib.actions.forms import Grounds
from chalicelib.api.reports import shown
from chalicelib.records import cities, ledger
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed, NotPermitted

AT = "2026-11-22T01:00:00Z"
NOTE = "来人与照片不像"


def sent(archive=None, nonce="n1", **told):
    """An inbox item of a household's report: of an archive's code, or of one that nobody issued."""
    body = json.dumps({"kind": "not-the-person", "note": NOTE, "known": archive is not None} | told)
    about = {"token": archive.certificate.token, "archive": archive.key, "city": "330200"} if archive else {}
    return {"pk": f"report#{nonce}", "kind": "report", "token": "FAKE", "at": AT, "body": body} | about


def new(town, state="new", city="330200"):
    account = town.account("association_clerk", city)
    return reports.listed(account, state=state, limit=9, after=None).items


def decided(town, move, by="association_clerk", revision=1):
    form = Grounds(revision=revision, ground="已上门核实，企业换人")
    return reports.move(town.act(by), new(town)[0]["id"], move, form)


@pytest.fixture
def archive(town):
    return town.certified()


def test_a_report_that_comes_twice_is_one_in_the_list_of_its_city(town, archive):
    inbox.receive(sent(archive))
    inbox.receive(sent(archive))

    assert [(one["worker"], one["name"]) for one in new(town)] == [(archive.id, archive.worker.masked_name)]
    assert new(town, city="330400") == []


def test_two_reports_of_one_code_are_two(town, archive):
    inbox.receive(sent(archive))
    inbox.receive(sent(archive, nonce="n2"))

    assert len(new(town)) == 2


def test_a_report_raises_no_revision_of_the_archive(town, archive):
    inbox.receive(sent(archive))

    assert RegisterRow.get(archive.key, "A#meta").revision == archive.revision


def test_association_and_company_are_told_without_the_households_words(town, archive):
    inbox.receive(sent(archive))

    told = [notices.listed(town.account(who), limit=9, after=None).items for who in ("association_clerk", "owner")]

    assert [[one["template"] for one in each if one["template"].startswith("report")] for each in told] == [
        ["report-filed@1"], ["report-filed@1"],
    ]  # fmt: skip
    assert NOTE not in json.dumps(told, ensure_ascii=False)


def test_a_report_is_shown_with_whom_it_is_about_and_without_the_phone(town, archive):
    inbox.receive(sent(archive, phone="sealed"))
    clerk = town.account("association_clerk")

    told = shown(reports.fetch(clerk, new(town)[0]["id"]), clerk)

    assert (told["note"], told["phone_left"], told["worker"]) == (NOTE, True, archive.id)
    assert (told["certificate"]["number"], told["moves"]) == (archive.certificate.number, ["settle", "dismiss"])
    assert "sealed" not in json.dumps(told)


def test_what_came_of_it_stands_in_a_chain_of_its_own(town, archive):
    inbox.receive(sent(archive))

    report, _ = decided(town, "settle")

    entries = ledger.chain(report.key)
    assert [(one["action"], one["ground"]) for one in entries] == [
        ("report.receive", None), ("report.settle", "已上门核实，企业换人"),
    ]  # fmt: skip
    assert ledger.broken(entries, report.head) is None
    assert (new(town), [one["id"] for one in new(town, "settled")]) == ([], [report.id])


def test_a_report_is_closed_once(town, archive):
    inbox.receive(sent(archive))
    report, _ = decided(town, "dismiss")

    with pytest.raises(NotAllowed):
        reports.move(town.act("association_clerk"), report.id, "settle", Grounds(revision=2, ground="再办"))


def test_a_report_is_closed_on_the_revision_that_was_looked_at(town, archive):
    inbox.receive(sent(archive))

    with pytest.raises(Clash):
        decided(town, "settle", revision=2)


def test_the_bureau_sees_a_report_and_does_not_close_it(town, archive):
    inbox.receive(sent(archive))

    with pytest.raises(NotPermitted):
        decided(town, "settle", by="bureau")


def test_another_citys_report_is_nothing(town, archive):
    inbox.receive(sent(archive))

    with pytest.raises(Missing):
        reports.fetch(town.account("association_clerk", "330400"), new(town)[0]["id"])


def test_there_is_no_list_of_another_state(town):
    with pytest.raises(Malformed):
        new(town, "open")


def test_a_report_of_an_unknown_code_is_the_provinces_where_there_are_several_cities(town):
    inbox.receive(sent())

    auditor = town.act("province_auditor")
    [one] = reports.listed(auditor.account, state="new", limit=9, after=None).items
    settled, _ = reports.move(auditor, one["id"], "settle", Grounds(revision=1, ground="网址不是本省的，已转公安"))

    assert (new(town), new(town, city="330400")) == ([], [])
    assert (settled.state, settled.worker) == ("settled", None)


def test_the_auditor_sees_no_report_of_a_city(town, archive):
    inbox.receive(sent(archive))

    with pytest.raises(Missing):
        reports.fetch(town.account("province_auditor"), new(town)[0]["id"])


def test_a_report_of_an_unknown_code_is_the_only_citys(town_of_one):
    inbox.receive(sent())

    assert [one["name"] for one in new(town_of_one)] == [None]


@pytest.fixture
def town_of_one(town):
    """The town, whose second city is closed."""
    other = cities.fetch("330400")
    RegisterRow.get(other.key, "A#meta").delete()
    return town
