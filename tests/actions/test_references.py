"""The number of an evidence paper lies sealed for its own paper, and is seen as any other sealed field is."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import ValidationError

from chalicelib.actions import erasure, evidence, feeds, projection, references, reveals, rotation
from chalicelib.actions.client_forms import FedInsurance
from chalicelib.actions.erasure_forms import Erasure
from chalicelib.actions.forms import AmendedExam, AmendedInsurance, NewExam, NewInsurance
from chalicelib.actions.reveal_forms import NewReveal
from chalicelib.api import shown
from chalicelib.outside import sealing
from chalicelib.records import accounts as account_records
from chalicelib.records import archives, ledger, views
from chalicelib.records.codes import CodeRow
from chalicelib.records.commit import Entry
from chalicelib.records.tables import LedgerRow, RegisterRow
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Malformed, Missing, NotAllowed, Unavailable
from chalicelib.rules.facts import facts_of
from chalicelib.rules.numbers import mask_name

EXAM, POLICY = "体检证字第 329-0001 号", "PYII-329-0002"


def exam(town, **more):
    return {"category": "居家", "from": town.today, "issuer": "演示医院", **more}


def policy(town, **more):
    until = town.today + timedelta(days=300)
    return {"from": town.today, "until": until, "third_party": True, "issuer": "演示保险", **more}


@pytest.fixture
def archive(town):
    """A worker with an exam and a policy of a number each; who looks is stored, as where people sign in."""
    one = town.account("association_clerk")
    account_records.store(one, one, act=town.act(SYSTEM), entry=Entry(action="account.make"))
    return with_papers(town, 1)


def with_papers(town, number):
    id = town.registered(number).id
    evidence.add_exam(town.act("owner"), id, NewExam(**exam(town, reference=EXAM)))
    return evidence.add_insurance(town.act("owner"), id, NewInsurance(**policy(town, reference=POLICY)))


def asked(town, archive, paper, field="exam_reference", who="association_clerk"):
    return reveals.see(town.act(who), archive.id, NewReveal(field=field, purpose="identity-check", paper=paper))


def amended(town, archive, **more):
    form = AmendedExam(**exam(town, why="录入有误", **more))
    return evidence.amend_exam(town.act("owner"), archive.id, archive.exams[0].id, form)


def as_before(town, archive, text):
    """The archive as it was stored before numbers of papers were sealed."""
    old = replace(archive, exams=(replace(archive.exams[0], reference=text),))
    return archives.store(archive, old, act=town.act("owner"), entry=Entry(action="exam.amend"))


def test_no_table_holds_a_number_in_the_clear(town, archive):
    amended(town, archive, reference=EXAM)
    rows = [row.to_dynamodb_dict() for table in (RegisterRow, LedgerRow) for row in table.scan()]
    text = json.dumps(rows, ensure_ascii=False)

    assert archive.exams[0].id in text
    assert "329-0001" not in text
    assert "329-0002" not in text


def test_a_number_opens_for_its_own_paper(archive):
    assert references.opened(archive, archive.exams[0]) == EXAM
    assert references.opened(archive, archive.insurances[0]) == POLICY


def test_a_number_that_was_moved_to_another_archive_does_not_open(town, archive):
    other = with_papers(town, 2)

    with pytest.raises(Unavailable):
        references.opened(other, archive.exams[0])


def test_nor_one_that_was_moved_to_another_paper_of_the_same_archive(town, archive):
    more = evidence.add_exam(town.act("owner"), archive.id, NewExam(**exam(town, reference="另一份")))
    [first] = [one for one in more.exams if one.id == archive.exams[0].id]
    [other] = [one for one in more.exams if one.id != first.id]

    with pytest.raises(Unavailable):
        references.opened(more, replace(other, reference=first.reference))


def test_nor_one_of_an_exam_that_was_moved_to_a_policy_of_the_same_id(archive):
    one = archive.exams[0]

    with pytest.raises(Unavailable):
        references.opened(archive, replace(archive.insurances[0], id=one.id, reference=one.reference))


def test_amended_without_its_number_a_paper_keeps_it(town, archive):
    now = amended(town, archive, until=town.today + timedelta(days=30))

    assert now.exams[0].until == town.today + timedelta(days=30)
    assert references.opened(now, now.exams[0]) == EXAM


def test_amended_with_another_number_a_paper_has_that(town, archive):
    form = AmendedInsurance(**policy(town, reference="PYII-329-0003", why="录入有误"))
    now = evidence.amend_insurance(town.act("owner"), archive.id, archive.insurances[0].id, form)

    assert references.opened(now, now.insurances[0]) == "PYII-329-0003"


def test_amended_with_none_a_paper_has_none_any_more(town, archive):
    assert amended(town, archive, reference=None).exams[0].reference is None


def test_a_feed_s_number_is_sealed_too(town, archive):
    insured = town.certified(2)
    told = FedInsurance(**{key: value for key, value in policy(town).items() if key != "issuer"},
                        certificate=insured.held.number, reference=POLICY)  # fmt: skip
    feed = replace(town.account("feed"), name="演示保险", scopes=("insurance.feed",))
    feeds.insurance(town.act(feed), told)
    now = archives.fetch(insured.city, insured.id)
    [fed] = [one for one in now.insurances if one.reference]

    assert sealing.is_sealed(fed.reference)
    assert references.opened(now, fed) == POLICY


@pytest.mark.parametrize(
    ("field", "papers", "value", "what"),
    [("exam_reference", "exams", EXAM, "体检合格证编号"), ("insurance_reference", "insurances", POLICY, "保险单编号")],
)
def test_it_is_opened_for_a_purpose_counted_in_the_ledger_and_told_to_the_worker(
    town, archive, field, papers, value, what
):
    paper = getattr(archive, papers)[0].id
    told = asked(town, archive, paper, field)
    entries = ledger.chain(views.fetch(archive).key)
    viewed = reveals.views_of(town.account("owner"), archive.id)

    assert told == {"field": field, "value": value, "today": 1, "most": 200}
    assert [one["note"] for one in entries] == [{"field": field, "paper": paper}]
    assert value not in json.dumps(entries, ensure_ascii=False)
    assert [(one["role"], one["what"], one["purpose"]) for one in viewed] == [("协会经办人", what, "核对证件")]
    assert asked(town, archive, paper, field)["today"] == 2


@pytest.mark.parametrize("field", ["exam_reference", "insurance_reference"])
def test_a_paper_that_is_not_there_is_one_fault_and_not_counted(town, archive, field):
    with pytest.raises(Malformed, match="没有这份材料") as refused:
        asked(town, archive, "elsewhere", field)

    assert [(one.field, one.code) for one in refused.value.faults] == [("paper", "unknown")]
    assert views.fetch(archive).revision == 0


def test_a_policy_is_no_exam(town, archive):
    with pytest.raises(Malformed):
        asked(town, archive, archive.insurances[0].id)


def test_a_paper_without_a_number_is_not_counted_as_seen(town, archive):
    now = amended(town, archive, reference=None)

    with pytest.raises(NotAllowed, match="没有登记体检合格证编号"):
        asked(town, now, now.exams[0].id)

    assert views.fetch(archive).revision == 0


def test_another_company_s_paper_is_not_there(town, archive):
    with pytest.raises(Missing):
        asked(town, archive, archive.exams[0].id, who="rival")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"field": "exam_reference"}, "required"), ({"field": "insurance_reference", "paper": None}, "required"),
        ({"field": "phone", "paper": "e1"}, "not-of-a-paper"),
        ({"field": "exam_reference", "paper": ""}, "string_too_short"),
    ],
)  # fmt: skip
def test_a_number_is_asked_for_with_its_paper_and_nothing_else_is(told, code):
    with pytest.raises(ValidationError) as refused:
        NewReveal(**told, purpose="call-back")

    assert [(one["loc"], one["type"]) for one in refused.value.errors()] == [(("paper",), code)]


def test_of_who_was_erased_no_number_is_seen_even_while_papers_are_left(town, archive):
    [evidence.add_exam(town.act("owner"), archive.id, NewExam(**exam(town, reference=EXAM))) for _ in range(10)]
    now = archives.fetch(archive.city, archive.id)
    form = Erasure(revision=now.revision, ground="本人书面申请（演示）")
    left = erasure.erase(town.act("association_manager"), archive.id, form)

    assert [one.reference is None for one in left.exams] == [False]
    with pytest.raises(Malformed):
        asked(town, left, left.exams[0].id)


def test_a_number_is_not_shown_but_that_there_is_one(town, archive):
    told = shown.archive(amended(town, archive, reference=None))
    text = json.dumps(told, ensure_ascii=False)

    assert [one["reference_recorded"] for one in (*told["exams"], *told["insurances"])] == [False, True]
    assert not [one for one in ('"reference"', EXAM, POLICY, archive.insurances[0].reference) if one in text]


def test_a_code_is_told_of_no_number(town, archive):
    code = town.certified(2)
    now = evidence.add_exam(town.act("owner"), code.id, NewExam(**exam(town, reference=EXAM)))
    projection.project(code.key)
    text = str(CodeRow.get(code.held.token, consistent_read=True).to_dynamodb_dict())

    assert mask_name(code.worker.name) in text
    assert "reference" not in json.dumps(facts_of(now)) + text


def test_a_rotation_seals_the_numbers_anew(town, worked, archive):
    rotation.begin(archive.city)
    worked(archive.city)
    now = archives.fetch(archive.city, archive.id)
    papers = [*now.exams, *now.insurances]

    assert {one.reference.partition(".")[0] for one in (*archive.exams, *archive.insurances)} == {"s1"}
    assert {one.reference.partition(".")[0] for one in papers} == {"s2"}
    assert [references.opened(now, one) for one in papers] == [EXAM, POLICY]


@pytest.mark.parametrize("text", [EXAM, "s1.329", "sealed"])
def test_a_number_of_before_they_were_sealed_is_seen_and_a_rotation_seals_it(town, worked, archive, text):
    before = as_before(town, archive, text)
    seen = asked(town, before, before.exams[0].id)["value"]
    rotation.begin(archive.city)
    worked(archive.city)
    now = archives.fetch(archive.city, archive.id)

    assert seen == text
    assert now.exams[0].reference.startswith("s2.")
    assert references.opened(now, now.exams[0]) == text


def test_an_archive_with_all_the_papers_that_it_may_have_is_rotated_at_once(town, worked, archive):
    papers = tuple(replace(archive.exams[0], id=f"E{n}", reference=f"329-{n}") for n in range(evidence.MOST))
    policies = tuple(replace(archive.insurances[0], id=f"I{n}", reference=f"329-{n}") for n in range(evidence.MOST))
    before = archives.store(archive, replace(archive, exams=papers), act=town.act("owner"), entry=Entry(action="made"))
    archives.store(before, replace(before, insurances=policies), act=town.act("owner"), entry=Entry(action="made"))
    rotation.begin(archive.city)
    worked(archive.city)
    now = archives.fetch(archive.city, archive.id)

    assert {one.reference[:3] for one in (*now.exams, *now.insurances)} == {"s2."}
    assert len(now.exams) + len(now.insurances) == 2 * evidence.MOST
