"""What the police conclude on a batch, file by file and row by row."""

import json
from datetime import timedelta

import pytest

from chalicelib.actions import applications, background, conclusions, identities, slices
from chalicelib.actions.identity_forms import CorrectedDetails
from chalicelib.outside import clock, files
from chalicelib.records import archives, jobs
from chalicelib.records.tables import CodeStop, LedgerRow, RegisterRow
from chalicelib.rules.errors import Missing
from scripts import demo
from tests.actions.police import concluded, filled, months_pass, opened, refused, returned


def test_a_passed_applicant_goes_on_and_a_failed_one_is_refused(sent, staffed):
    batch, _ = sent
    day = str(staffed.today)
    told = concluded(
        staffed, batch, (batch.reference(1), "通过", day), (batch.reference(2), "未通过", day.replace("-", "/"))
    )
    states = [applications.fetch(staffed.account("police"), f"{member}-1")[1].state for member in batch.members]

    assert (told["state"], told["done"], told["report"]) == ("finished", 2, [])
    assert states == ["authorisation", "refused"]


def test_with_the_last_conclusion_the_batch_ends_and_its_file_is_purged(sent, staffed, tables, services):
    batch, _ = sent
    day = str(staffed.today)
    concluded(staffed, batch, (batch.reference(1), "通过", day), (batch.reference(2), "", ""))
    half = background.fetch(staffed.account("police"), batch.id)
    concluded(staffed, batch, (batch.reference(2), "通过", day))
    whole = background.fetch(staffed.account("police"), batch.id)
    kept = tables("s3").list_objects_v2(Bucket=services["UPLOADS_BUCKET"], Prefix=f"batches/330200/{batch.id}")

    assert (half.state, half.left) == ("ready", 1)
    assert (whole.state, whole.left, whole.file) == ("concluded", 0, None)
    assert kept["KeyCount"] == 0


def test_the_same_file_again_concludes_on_nobody_twice(sent, staffed):
    batch, _ = sent
    day = str(staffed.today)
    concluded(staffed, batch, (batch.reference(1), "通过", day))
    again = concluded(staffed, batch, (batch.reference(1), "未通过", day))

    assert (again["done"], again["duplicate"]) == (0, 1)
    assert archives.fetch(batch.city, batch.members[0]).background.conclusion == "passed"


def test_a_slice_that_broke_off_goes_on_where_it_was(sent, staffed):
    batch, _ = sent
    job = conclusions.begin(staffed.act("police"), batch.id, returned((batch.reference(1), "通过", str(staffed.today))))
    kept = jobs.fetch(batch.city, job["id"])
    content = files.read(kept.file)
    first = conclusions.run(kept, 0)
    RegisterRow.get(kept.key, "S#00000").delete()
    files.keep(kept.file, content)

    assert conclusions.run(kept, 0) == first
    assert len(archives.fetch(batch.city, batch.members[0]).checks) == 1


def test_every_fault_is_named_by_its_line_and_nothing_is_written(sent, staffed):
    batch, _ = sent
    before, day, tomorrow = LedgerRow.count(), staffed.today, staffed.today + timedelta(days=1)
    found = refused(
        staffed, batch,
        ("000000000000-001", "通过", str(day)), (batch.reference(1), "合格", str(tomorrow)),
        (batch.reference(2), "通过", str(day - timedelta(days=1))), (batch.reference(2), "通过", str(day)),
    )  # fmt: skip

    assert found == [
        ("rows[2].编号", "foreign"),
        ("rows[3].结论", "literal-error"),
        ("rows[3].核查日期", "in-future"),
        ("rows[4].核查日期", "too-early"),
        ("rows[4].编号", "twice"),
        ("rows[5].编号", "twice"),
    ]
    assert LedgerRow.count() == before


def test_a_sheet_sorted_by_one_column_blames_nobody(sent, staffed):
    batch, password = sent
    _, one, other = opened(batch, password)
    day = str(staffed.today)
    lines = [(one[0], *other[1:3], "未通过", day), (other[0], *one[1:3], "通过", day)]
    found = refused(staffed, batch, *lines, header=("编号", "姓名", "证件号码", "结论", "核查日期"))

    assert set(found) >= {("rows[2].证件号码", "mismatch"), ("rows[3].证件号码", "mismatch")}


def renamed(town, batch):
    """The first of a batch under another name since it was sent; gives the line of the file that has the old one."""
    archive = archives.fetch(batch.city, batch.members[0])
    form = CorrectedDetails(revision=archive.revision, name="王更正", how="original", why="登记时误写（演示）")
    identities.amend(town.act("association_clerk"), archive.id, form)
    return batch.reference(1), archive.worker.name


WHO = ("编号", "姓名", "证件号码", "结论", "核查日期")


def test_who_was_renamed_since_is_known_by_reference_and_number(sent, staffed):
    batch, password = sent
    number = opened(batch, password)[1][2]
    line = (*renamed(staffed, batch), number, "通过", str(staffed.today))
    conclusions.begin(staffed.act("police"), batch.id, returned(line, header=WHO))

    assert refused(staffed, batch, (*line[:2], demo.person(9).resident_id, *line[3:]), header=WHO) == [
        ("rows[2].姓名", "renamed"),
        ("rows[2].证件号码", "mismatch"),
    ]


def test_without_the_number_the_old_name_is_refused_as_corrected_since_and_not_as_sorted_wrongly(sent, staffed):
    batch, _ = sent
    line = (*renamed(staffed, batch), "", "通过", str(staffed.today))
    other = (batch.reference(2), line[1], "", "通过", str(staffed.today))

    assert refused(staffed, batch, line, other, header=WHO) == [
        ("rows[2].姓名", "renamed"),
        ("rows[3].姓名", "mismatch"),
    ]


@pytest.mark.parametrize("header", [("编号", "结论"), ("编号", "结论", "结论", "核查日期")])
def test_a_file_without_its_columns_is_refused(sent, staffed, header):
    batch, _ = sent

    assert refused(staffed, batch, ["x"] * len(header), header=header)


def test_an_empty_file_is_refused(sent, staffed):
    batch, _ = sent

    assert refused(staffed, batch, (batch.reference(1), "", "")) == []


def test_a_failed_yearly_check_turns_the_code_red_in_the_same_transaction(staffed, monkeypatch):
    worker = staffed.certified(1)
    months_pass(monkeypatch)
    batch, _ = filled(staffed, "rechecks")
    concluded(staffed, batch, (batch.reference(1), "未通过", str(clock.today())))
    stop = CodeStop.get(worker.certificate.token).stop

    assert json.loads(stop)["code"] == "background-failed"


def test_a_passed_yearly_check_moves_the_worker_a_year_on_in_the_list(staffed, monkeypatch):
    worker = staffed.certified(1)
    months_pass(monkeypatch)
    batch, _ = filled(staffed, "rechecks")
    concluded(staffed, batch, (batch.reference(1), "通过", str(clock.today())))
    listed = background.rechecks(staffed.act("owner"), month=None, limit=10, after=None)

    assert [one["due_on"] for one in listed.items] == [str(clock.today() + timedelta(days=365))]
    assert archives.fetch(batch.city, worker.id).certificate.state == "active"


def test_police_see_the_job_of_conclusions_and_no_import(sent, staffed):
    batch, _ = sent
    told = concluded(staffed, batch, (batch.reference(1), "通过", str(staffed.today)))

    assert told["kind"] == "conclusions"
    with pytest.raises(Missing):
        slices.progress(staffed.act("rival"), told["id"])
