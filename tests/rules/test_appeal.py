from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chalicelib.rules import appeal
from chalicelib.rules.account import Account
from chalicelib.rules.archive import Application, Archive, Binding, Certificate, Step, Worker
from chalicelib.rules.errors import Clash, NotAllowed, NotPermitted

TODAY = date(2026, 11, 22)
OWNER = Account(id="owner", subject="s", role="company_owner", company="c")
MANAGER = Account(id="manager", subject="s", role="association_manager", name="周敏")
CLERK = Account(id="clerk", subject="s", role="association_clerk")


def archive(state="active", *applications):
    worker = Worker(name="王演示", masked_name="王*示", resident_id="", identity_hash="", service_types=("保洁",))
    held = Certificate(number="1", token="T", state=state, issued_on=TODAY, until=None, review_due=None)
    binding = Binding(company="c", company_name="甲（演示）", since=TODAY)
    return Archive(
        city="330200", id="a", worker=worker, binding=binding, certificate=held, applications=applications
    )


def application(state="refused"):
    step = Step(move="refuse", source="x", target="refused", by="manager", role="association_manager",
                at=datetime(2026, 11, 1, tzinfo=UTC))  # fmt: skip
    return Application(id="a-1", state=state, company="c", opened_on=TODAY, steps=(step,))


def filed(one, subject="colour", about=None, by=OWNER, flag=True, on=TODAY):
    told = {"statement": "体检一直有效", "by": by, "on": on, "due_on": TODAY, "provisional": False, "flag": flag}
    return appeal.filed(one, subject, about, **told)


def decided(one, move="uphold", by=MANAGER, earlier=None):
    told = {"by": by, "on": TODAY, "reason": "已核对", "earlier": earlier or {}}
    return appeal.decided(one, one.appeals[-1], move, **told)


@pytest.mark.parametrize(("state", "subject"), [("active", "revocation"), ("revoked", "colour"), ("active", "refusal")])
def test_there_must_be_something_to_object_to(state, subject):
    with pytest.raises(NotAllowed):
        filed(archive(state), subject)


def test_beside_a_revoked_certificate_a_draft_is_not_appealed_either():
    draft = replace(application("draft"), steps=())

    with pytest.raises(NotAllowed, match="补正"):
        filed(archive("revoked", draft), "refusal")


def test_an_application_that_was_sent_back_is_mended_not_appealed():
    with pytest.raises(NotAllowed, match="补正"):
        filed(archive("active", application("returned")), "refusal")


def test_the_same_thing_is_under_review_once():
    with pytest.raises(Clash):
        filed(filed(archive()))


def test_what_was_decided_may_be_appealed_again():
    again = filed(decided(filed(archive())))

    assert [one.state for one in again.appeals] == ["upheld", "filed"]


def test_a_clerk_files_what_came_on_paper():
    assert filed(archive(), by=CLERK).appeals[0].channel == "paper"


@pytest.mark.parametrize("by", [CLERK, OWNER])
def test_only_who_decides_certificates_decides_appeals(by):
    with pytest.raises(NotPermitted):
        decided(filed(archive()), by=by)


def test_nobody_reviews_a_decision_of_their_own():
    with pytest.raises(NotPermitted, match="自己的决定"):
        decided(filed(archive()), by=MANAGER, earlier={"manager": ""})


def test_a_second_account_of_the_same_person_reviews_as_little():
    first = {"first": MANAGER.name}

    with pytest.raises(NotPermitted, match="自己的决定"):
        decided(filed(archive()), by=MANAGER, earlier=first)
    assert decided(filed(archive()), by=replace(MANAGER, name="另一位"), earlier=first).appeals[0].state == "upheld"


def test_only_the_company_takes_an_appeal_back():
    assert decided(filed(archive()), "withdraw", by=OWNER).appeals[0].state == "withdrawn"
    with pytest.raises(NotPermitted):
        decided(filed(archive()), "withdraw", by=MANAGER)


def test_a_decision_stands():
    with pytest.raises(NotAllowed, match="已有结果"):
        decided(decided(filed(archive())), "overturn")


@pytest.mark.parametrize("move", ["uphold", "overturn"])
def test_a_decision_touches_nothing_but_the_appeal(move):
    before = filed(archive("revoked"), "revocation")

    assert replace(decided(before, move), appeals=before.appeals) == before


def test_the_public_is_told_while_an_appeal_is_open():
    one = filed(archive())

    assert (appeal.objection(one), appeal.objection(decided(one))) == (TODAY, None)


def test_the_public_is_not_told_of_a_refusal_or_where_the_region_would_not():
    assert appeal.objection(filed(archive("active", application()), "refusal")) is None
    assert appeal.objection(filed(archive(), flag=False)) is None


def entry(action, by, **note):
    return {"action": action, "by": by, "note": note or None}


CHAIN = [
    entry("application.refuse", "x", application="a-1"),
    entry("application.refuse", "y", application="a-2"),
    entry("certificate.suspend.propose", "first"),
    entry("proposal.confirm", "second", move="suspend"),
]


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ([], {"first", "second"}),
        ([entry("certificate.resume.propose", "z"), entry("proposal.confirm", "w", move="resume")], set()),
        ([entry("certificate.resume.propose", "z"), entry("proposal.refuse", "w", move="resume")], {"first", "second"}),
        ([entry("certificate.suspend", "alone")], {"alone"}),
        ([entry("certificate.suspend", "b", bulk_stop="j", proposed_by="a")], {"a", "b"}),
        ([entry("certificate.revoke.propose", "third")], {"first", "second", "third"}),
    ],
)
def test_who_stopped_a_code_is_read_out_of_the_ledger(more, who):
    assert appeal.earlier_deciders([*CHAIN, *more], filed(archive()).appeals[0]) == who


def test_who_revoked_is_both_persons_of_the_last_revocation():
    chain = [*CHAIN, entry("certificate.revoke.propose", "third"), entry("proposal.confirm", "fourth", move="revoke")]

    assert appeal.earlier_deciders(chain, filed(archive("revoked"), "revocation").appeals[0]) == {"third", "fourth"}


def test_who_refused_is_who_refused_that_application():
    assert appeal.earlier_deciders(CHAIN, filed(archive("active", application()), "refusal").appeals[0]) == {"x"}
