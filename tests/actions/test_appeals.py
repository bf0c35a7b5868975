import json

import pytest

from chalicelib.actions import appeals, evidence, notices, projection
from chalicelib.actions.appeal_forms import NewAppeal
from chalicelib.actions.forms import Grounds, NewTraining
from chalicelib.records import archives, ledger
from chalicelib.records import notices as kept
from chalicelib.records.codes import CodeRow
from chalicelib.records.tables import RegisterRow
from chalicelib.rules import deadlines
from chalicelib.rules.errors import Clash, Malformed, Missing, NotPermitted
from tests.actions.post import MORNING


def filed(town, archive, subject="colour", by="owner"):
    return appeals.file(town.act(by), NewAppeal(worker=archive.id, subject=subject, statement="体检一直有效"))


def moved(town, held, name="uphold", by="bureau"):
    form = Grounds(revision=held[0].revision, ground="已核对原件")
    return appeals.move(town.act(by), held[1].id, name, form)


def code(archive):
    projection.project(archive.key)
    return CodeRow.get(archive.certificate.token, consistent_read=True)


def test_an_appeal_is_due_within_five_working_days(town):
    _, one = filed(town, town.certified())

    assert one.due_on == deadlines.add_working_days(town.today, 5)[0]


def test_filing_and_deciding_are_one_decision_each_with_its_entry(town):
    held = filed(town, town.certified())
    archive, one = moved(town, held)
    last = ledger.chain(archive.key)[-2:]

    assert (held[0].revision + 1, one.state) == (archive.revision, "upheld")
    assert [entry["action"] for entry in last] == ["appeal.file", "appeal.uphold"]
    assert last[1]["ground"] == "已核对原件"
    assert "体检" not in json.dumps(last, ensure_ascii=False)


def test_the_code_says_that_it_is_under_review_and_keeps_its_colour(town):
    archive = town.certified()
    before, held = code(archive), filed(town, archive)
    during = code(held[0])
    after = code(moved(town, held)[0])

    assert [one.objection for one in (before, during, after)] == [None, str(town.today), None]
    assert {(one.colour, one.facts) for one in (before, during, after)} == {("green", before.facts)}


def test_an_overturned_revocation_stays_revoked_until_the_ordinary_way_is_gone(town):
    revoked = town.revoked(town.certified())
    held = filed(town, revoked, "revocation")
    another = town.account("bureau").__class__(**{**vars(town.account("bureau")), "id": "bureau-2", "name": "另一人"})
    form = Grounds(revision=held[0].revision, ground="依据不足")

    archive, one = appeals.move(town.act(another), held[1].id, "overturn", form)

    assert (one.state, archive.certificate.state) == ("overturned", "revoked")
    assert archive.stop == revoked.stop


@pytest.mark.parametrize("by", ["association_manager", "bureau"])
def test_neither_of_the_two_who_revoked_reviews_it(town, by):
    held = filed(town, town.revoked(town.certified()), "revocation")

    with pytest.raises(NotPermitted, match="自己的决定"):
        moved(town, held, by=by)


def test_who_refused_an_application_does_not_review_it(town):
    refused, _ = town.moved(town.applied("association_review"), "refuse", "association_manager", reasons=("exam-weak",))
    held = filed(town, refused, "refusal")

    with pytest.raises(NotPermitted):
        moved(town, held, by="association_manager")
    assert moved(town, held, "overturn", by="bureau")[1].state == "overturned"


def test_a_decision_on_an_older_look_is_turned_away(town):
    held = filed(town, town.certified())
    moved(town, held)

    with pytest.raises(Clash):
        moved(town, held, "overturn")


def test_another_company_neither_files_nor_sees(town):
    held = filed(town, town.certified())

    with pytest.raises(Missing):
        filed(town, held[0], by="rival")
    with pytest.raises(Missing):
        appeals.fetch(town.account("rival"), held[1].id)
    assert appeals.listed(town.account("rival"), state="filed", limit=9, after=None).items == []


def test_lists_are_by_state_for_the_association_and_whole_for_the_company(town):
    held = filed(town, town.certified())
    moved(town, held)

    def ids(who, state):
        return [one["id"] for one in appeals.listed(town.account(who), state=state, limit=9, after=None).items]

    assert ids("association_clerk", "filed") == []
    assert ids("association_clerk", "upheld") == ids("owner", "filed") == [held[1].id]
    with pytest.raises(Malformed):
        ids("association_clerk", "nothing")


def test_a_queue_shows_the_revision_to_decide_on(town):
    held = filed(town, town.certified())
    changed = evidence.train(town.act("owner"), held[0].id, NewTraining(done_on=town.today, issuer="另一学校"))
    page = appeals.listed(town.account("bureau"), state="filed", limit=9, after=None)

    assert [one["revision"] for one in page.items] == [changed.revision]


@pytest.mark.parametrize("id", ["", "x", "x-A1"])
def test_an_appeal_that_is_none_is_not_there(town, id):
    with pytest.raises(Missing):
        appeals.fetch(town.account("owner"), id)


def test_a_statement_with_a_telephone_number_is_refused():
    with pytest.raises(ValueError, match="手机号"):
        NewAppeal(worker="a", subject="colour", statement="请打 1" + "30" * 5)


def meta(archive):
    return {"pk": archive.key, "revision": archive.revision, "brief": RegisterRow.get(archive.key, "A#meta").brief}


def test_filing_is_told_to_the_association_and_the_result_to_the_company(town):
    archive = town.certified()
    first = meta(archive)
    held = filed(town, archive)
    second = meta(held[0])
    third = meta(moved(town, held, "overturn")[0])

    assert notices.moved(first, second, MORNING) == ["appeal-filed"]
    assert notices.moved(second, third, MORNING) == ["appeal-overturned"]
    assert len(notices.listed(town.account("association_clerk"), limit=9, after=None).items) == 1
    assert len(kept.names(archive.key, "appeal-")) == 3


def test_an_archive_that_was_appealed_is_read_whole(town):
    held = filed(town, town.certified())

    assert archives.fetch("330200", held[0].id).appeals == held[0].appeals
