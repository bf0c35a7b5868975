"""Evidence files: only what was declared is taken in, second uses are found, and every view is written down."""

import json
from dataclasses import replace
from hashlib import sha256
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from pydantic import ValidationError

from chalicelib.actions import files, workers
from chalicelib.actions.file_forms import NewFile, SentFile
from chalicelib.outside import files as bucket
from chalicelib.outside import reveals
from chalicelib.records import ledger, views
from chalicelib.rules.errors import Malformed, Missing, NotAllowed
from chalicelib.rules.reveal import Daily
from tests.pictures import PDF, picture, send

JPEG = picture()


def declared(content, kind="exam", type="image/jpeg", **changed):
    told = {"kind": kind, "type": type, "size": len(content), "sha256": sha256(content).hexdigest()}
    return NewFile(**{**told, **changed})


def sent(town, worker, content=JPEG, who="owner", **told):
    """The id of a file that was declared and sent."""
    address = files.address(town.act(who), worker, declared(content, **told))
    send(address, content)
    return address["id"]


def added(town, worker, content=JPEG, of=None, who="owner", **told):
    """A file that was taken in."""
    return files.take_in(town.act(who), worker, sent(town, worker, content, who, **told), SentFile(of=of))


def test_a_file_is_taken_in_and_stands_beside_what_it_proves(town):
    archive = town.ready()

    file = added(town, archive.id, of=archive.exams[0].id)
    now = workers.fetch(town.account("owner"), archive.id)
    last = ledger.chain(archive.key)[-1]

    assert (file.type, file.size, file.scan) == ("image/jpeg", len(JPEG), "not-scanned")
    assert now.exams[0].file == file.id
    assert now.revision == archive.revision + 1
    assert (last["action"], last["note"]["file"], last["note"]["sha256"]) == ("file.add", file.id, file.sha256)
    assert bucket.read(files.key_of(archive, file.id)) == JPEG


@pytest.mark.parametrize(("kind", "part"), [("training", "training"), ("consent", "consent")])
def test_a_training_and_a_consent_have_one_file_each(town, kind, part):
    id = town.ready().id

    file = added(town, id, PDF, kind=kind, type="application/pdf")

    assert getattr(workers.fetch(town.account("owner"), id), part).file == file.id


def test_taking_in_twice_is_once(town):
    archive = town.registered()
    id = sent(town, archive.id)

    first = files.take_in(town.act("owner"), archive.id, id, SentFile())
    again = files.take_in(town.act("owner"), archive.id, id, SentFile())

    assert first == again
    assert workers.fetch(town.account("owner"), archive.id).revision == archive.revision + 1


@pytest.mark.parametrize(
    "changed",
    [{"Content-Type": "text/html"}, {"key": "evidence/330200/other/x"}, {"x-amz-meta-kind": "photo"}],
    ids=str,
)
def test_an_address_takes_nothing_but_what_was_declared(town, changed):
    address = files.address(town.act("owner"), town.registered().id, declared(JPEG))

    with pytest.raises(HTTPError) as refused:
        send(address, JPEG, **changed)

    assert refused.value.code == 403


def test_an_address_takes_nothing_larger(town):
    address = files.address(town.act("owner"), town.registered().id, declared(JPEG))

    with pytest.raises(HTTPError) as refused:
        send(address, JPEG + b"more")

    assert refused.value.code == 400


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"<html><script>", "exam"), (PDF, "photo"), (b"MZ\x90\0", "exam")],
)
def test_a_type_is_told_by_the_content(town, content, kind):
    archive = town.registered()
    id = sent(town, archive.id, content, kind=kind)

    with pytest.raises(Malformed) as refused:
        files.take_in(town.act("owner"), archive.id, id, SentFile())

    assert [one.code for one in refused.value.faults] == ["wrong-content"]
    assert workers.fetch(town.account("owner"), archive.id).revision == archive.revision


def test_another_content_than_was_declared_is_refused_with_every_fault(town):
    archive = town.registered()
    id = sent(town, archive.id, b"not a picture", sha256="0" * 64)

    with pytest.raises(Malformed) as refused:
        files.take_in(town.act("owner"), archive.id, id, SentFile())

    assert {one.code for one in refused.value.faults} == {"wrong-content", "other-content"}


def test_what_was_never_sent_is_not_taken_in(town):
    archive = town.registered()
    id = files.address(town.act("owner"), archive.id, declared(JPEG))["id"]

    with pytest.raises(Missing, match="重新上传"):
        files.take_in(town.act("owner"), archive.id, id, SentFile())


@pytest.mark.parametrize("kind", ["exam", "insurance"])
def test_a_file_of_a_record_that_is_not_there_is_not_taken_in(town, kind):
    archive = town.ready()

    with pytest.raises(Missing):
        added(town, archive.id, kind=kind, of="another")


@pytest.mark.parametrize(
    "changed",
    [
        {"size": 10 * 1024 * 1024 + 1}, {"kind": "photo", "size": 5 * 1024 * 1024 + 1}, {"size": 0},
        {"kind": "photo", "type": "application/pdf"}, {"type": "image/svg+xml"}, {"sha256": "A" * 64},
        {"kind": "other"}, {"name": "身份证.jpg"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_before_it_is_sent(changed):
    with pytest.raises(ValidationError):
        declared(JPEG, **changed)


@pytest.mark.parametrize("who", ["rival", "bureau"])
def test_a_file_of_another_company_or_city_is_not_there(town, who):
    archive = town.registered()
    file = added(town, archive.id)
    stranger = town.account(who, city="330400" if who == "bureau" else "330200")

    with pytest.raises(Missing):
        files.seen(town.act(stranger), archive.id, file.id)


def test_seeing_a_file_gives_a_short_address_and_stands_in_a_ledger_of_its_own(town):
    archive = town.registered()
    file = added(town, archive.id, JPEG)
    before = workers.fetch(town.account("owner"), archive.id)

    told = [files.seen(town.act(who), archive.id, file.id) for who in ("association_clerk", "owner")]
    entries = ledger.chain(views.fetch(archive).key)

    with urlopen(told[0]["url"], timeout=10) as reply:
        assert (reply.headers["Content-Type"], reply.headers["Content-Disposition"]) == ("image/jpeg", "inline")
        assert reply.read() == JPEG
    assert "X-Amz-Expires=300" in told[0]["url"]
    assert [(one["by"], one["note"]["file"]) for one in entries] == [("association_clerk", file.id), ("owner", file.id)]
    assert ledger.broken(entries, views.fetch(archive).head) is None
    # so a reviewer who looked at the papers can still decide on what was looked at
    assert workers.fetch(town.account("owner"), archive.id).revision == before.revision


def test_without_its_signature_a_file_is_not_to_be_had(town):
    archive = town.registered()
    url = files.seen(town.act("owner"), archive.id, added(town, archive.id).id)["url"]

    with pytest.raises(HTTPError) as refused:
        urlopen(url.partition("?")[0], timeout=10)

    assert refused.value.code == 403


def test_the_same_file_for_two_workers_is_found_and_names_only_whom_one_may_see(town):
    mine, theirs = town.registered(1), town.registered(2, who="rival")
    first, second = added(town, mine.id), added(town, theirs.id, who="rival")

    reviewer = files.duplicates(town.account("association_clerk"), mine)
    owner = files.duplicates(town.account("owner"), mine)

    assert first.sha256 == second.sha256
    assert [(one["file"], one["worker"], one["company"]) for one in reviewer] == [
        (first.id, theirs.id, "演示乙家政（演示）")
    ]
    assert owner == [{"file": first.id, "kind": "exam", "where": "this-city", "worker": None, "company": None}]
    assert theirs.id not in json.dumps(owner)
    assert files.duplicates(town.account("police"), mine) == []


def test_the_same_file_twice_for_one_worker_is_no_second_use(town):
    archive = town.registered()
    added(town, archive.id), added(town, archive.id, kind="insurance")

    assert files.duplicates(town.account("association_clerk"), archive) == []


def test_a_use_in_another_city_is_told_without_whose(town):
    mine = town.registered(1)
    file = added(town, mine.id)
    elsewhere = replace(mine, city="330400", id="ELSEWHERE")

    told = files._duplicates(replace(town.account("bureau"), city="330400"), elsewhere, [file])

    assert [(one["where"], one["worker"]) for one in told] == [("another-city", None)]


def test_a_file_that_is_opened_counts_among_the_day_s_reveals(town, monkeypatch):
    archive = town.registered()
    file = added(town, archive.id)
    monkeypatch.setattr(reveals, "daily", lambda: Daily(1, 2))
    told = [files.seen(town.act("association_clerk"), archive.id, file.id) for _ in range(2)]

    with pytest.raises(NotAllowed) as refused:
        files.seen(town.act("association_clerk"), archive.id, file.id)
    assert len(told) == 2
    assert refused.value.rule == "too-many-reveals"
    assert views.fetch(archive).revision == 2
