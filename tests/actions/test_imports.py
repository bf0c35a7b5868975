import pytest

from chalicelib.actions import imports, slices
from chalicelib.actions.forms import NewImport
from chalicelib.outside import files
from chalicelib.records import accounts as account_records
from chalicelib.records import jobs, lists
from chalicelib.records.commit import Entry
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.errors import Malformed, Missing, Unavailable
from scripts import demo


@pytest.fixture
def owner(town):
    """The first company's owner, stored, since a slice reads who asked for it."""
    account = town.account("owner")
    return account_records.store(account, account, act=town.act("association_manager"), entry=Entry(action="make"))


def file(rows):
    return NewImport(kind="workers", csv=demo.as_csv(rows))


def papers(town, *numbers):
    return [demo.paper(number, town.today) for number in numbers]


def test_rows_become_workers_with_their_papers(town, owner):
    job = imports.begin(town.act(owner), file(papers(town, 1, 2, 3)))
    counts = imports.run(jobs.fetch("330200", job["id"]), 0)
    page = lists.by_company("330200", town.company.id, "worker", limit=10, after=None)

    assert counts == {"done": 3, "duplicate": 0, "refused": 0}
    assert len(page.items) == 3


def test_one_bad_row_and_nothing_is_written(town, owner):
    good, bad = papers(town, 1, 2)
    bad |= {"证件号码": bad["证件号码"][:-1] + "5", "体检日期": "昨天"}
    before = RegisterRow.count()

    with pytest.raises(Malformed) as refusal:
        imports.begin(town.act(owner), file([good, bad]))

    fields = {fault.field for fault in refusal.value.faults}
    assert fields == {"rows[3].证件号码", "rows[3].体检日期"}
    assert RegisterRow.count() == before


def test_a_fault_never_repeats_the_number_that_was_sent(town, owner):
    bad = papers(town, 1)[0]
    bad["证件号码"] = bad["证件号码"][:-1] + "5"

    with pytest.raises(Malformed) as refusal:
        imports.begin(town.act(owner), file([bad]))

    assert bad["证件号码"] not in str(refusal.value) + str(refusal.value.faults)


def test_a_person_twice_in_a_file_is_found_reported_and_stored_once(town, owner):
    job = imports.begin(town.act(owner), file(papers(town, 1, 2, 1)))
    counts = imports.run(jobs.fetch("330200", job["id"]), 0)
    report = slices.progress(town.act(owner), job["id"])["report"]

    assert counts == {"done": 2, "duplicate": 1, "refused": 0}
    assert [(row["row"], row["state"]) for row in report] == [(4, "duplicate")]


def test_a_slice_done_twice_stores_nothing_twice(town, owner):
    job = imports.begin(town.act(owner), file(papers(town, 1, 2)))
    kept = jobs.fetch("330200", job["id"])
    content = files.read(kept.file)
    first = imports.run(kept, 0)
    files.keep(kept.file, content)
    before = RegisterRow.count()
    RegisterRow.get(kept.key, "S#00000").delete()

    assert imports.run(jobs.fetch("330200", job["id"]), 0) == first
    assert RegisterRow.count() == before


def test_the_file_lies_sealed_while_it_waits(town, owner):
    job = imports.begin(town.act(owner), file(papers(town, 1)))
    content = files.read(jobs.fetch("330200", job["id"]).file)

    assert demo.person(1).resident_id.encode() not in content
    assert demo.person(1).name.encode() not in content


def test_a_slice_that_is_done_is_not_begun_again(town, owner):
    job = imports.begin(town.act(owner), file(papers(town, 1)))
    imports.run(jobs.fetch("330200", job["id"]), 0)

    assert imports.run(jobs.fetch("330200", job["id"]), 0) == {}


def test_a_file_without_a_header_is_refused_without_repeating_what_stands_in_it(town, owner):
    row = papers(town, 1)[0]

    with pytest.raises(Malformed) as refusal:
        imports.begin(town.act(owner), NewImport(kind="workers", csv=",".join(row.values())))

    told = str(refusal.value) + str(refusal.value.faults)
    assert row["姓名"] not in told
    assert row["证件号码"] not in told


def test_a_company_does_not_verify_identities_by_a_file(town, owner):
    row = papers(town, 1)[0] | {"人证合一": "是"}

    with pytest.raises(Malformed) as refusal:
        imports.begin(town.act(owner), file([row]))

    assert [fault.code for fault in refusal.value.faults] == ["not-yours"]


@pytest.mark.parametrize(
    "text", ['姓名,证件号码\n"王,1\n', "\n\n", "姓名,姓名\na,b\n"], ids=["quote", "empty", "twice"]
)
def test_what_is_no_table_is_refused(town, owner, text):
    with pytest.raises(Malformed):
        imports.begin(town.act(owner), NewImport(kind="workers", csv=text))


@pytest.mark.parametrize(
    ("column", "value"), [("第三者责任", "有"), ("体检日期", "2099-01-01"), ("授权书日期", "2099-01-01")]
)
def test_a_value_that_means_nothing_is_a_fault(town, owner, column, value):
    with pytest.raises(Malformed) as refusal:
        imports.begin(town.act(owner), file([papers(town, 1)[0] | {column: value}]))

    assert refusal.value.faults[0].field == f"rows[2].{column}"


def test_the_file_with_its_resident_ids_is_gone_when_all_is_done(town, owner, tables, services):
    job = imports.begin(town.act(owner), file(papers(town, 1)))
    imports.run(jobs.fetch("330200", job["id"]), 0)

    found = tables("s3").list_objects_v2(Bucket=services["UPLOADS_BUCKET"], Prefix="imports/330200/" + job["id"])

    assert found["KeyCount"] == 0


def test_an_unknown_column_is_named(town, owner):
    with pytest.raises(Malformed, match="第 2 列"):
        imports.begin(town.act(owner), NewImport(kind="workers", csv="姓名,民族\n王芳,汉\n"))


def test_the_public_ranking_has_one_company_twice(town):
    manager = town.account("association_manager")
    account_records.store(manager, manager, act=town.act(manager), entry=Entry(action="make"))
    rows = demo.companies()
    job = imports.begin(town.act(manager), NewImport(kind="companies", csv=demo.as_csv(rows)))
    counts = [imports.run(jobs.fetch("330200", job["id"]), number) for number in range(job["slices"])]

    assert len(rows) == 99
    assert sum(one["done"] for one in counts) == 96  # two of the 98 are the town's own
    assert sum(one["duplicate"] for one in counts) == 3


def test_another_companys_import_is_not_there(town, owner):
    job = imports.begin(town.act(owner), file(papers(town, 1)))

    with pytest.raises(Missing):
        slices.progress(town.act("rival"), job["id"])


def test_a_company_cannot_import_companies(town, owner):
    with pytest.raises(Malformed):
        imports.begin(town.act(owner), NewImport(kind="companies", csv=demo.as_csv(demo.companies())))


def test_an_import_whose_messages_were_lost_is_queued_again_until_it_is_done(town, owner):
    job = imports.begin(town.act(owner), file(papers(town, 1)))
    row = RegisterRow.get(f"J#330200#{job['id']}", "A#meta")

    assert slices.follow({"pk": row.pk, "noun": row.noun, "brief": row.brief})
    assert slices.go_on("330200", job["id"]) == 1
    imports.run(jobs.fetch("330200", job["id"]), 0)
    assert slices.go_on("330200", job["id"]) == 0


def test_a_row_on_which_nobody_has_a_word_brings_the_slice_again_and_nothing_twice(town, owner):
    job = jobs.fetch("330200", imports.begin(town.act(owner), file(papers(town, 1, 2)))["id"])

    def busy(act, job, row):
        raise Unavailable("the store is too busy")

    tries = iter([imports._row, busy, imports._row])

    def do(act, job, row):
        return next(tries)(act, job, row)

    def run():
        told = slices.content(job)
        return slices.run(job, 0, rows=lambda job: imports._rows(job.kind, told), do=do, show=lambda made: made.id)

    with pytest.raises(Unavailable):
        run()

    assert run() == {"done": 2, "duplicate": 0, "refused": 0}
    assert list(tries) == []
