"""The benchmark's pieces work; nothing here judges a speed. Without valgrind or the jar it says what is missing."""

import json
from argparse import Namespace
from collections import Counter

import pytest

from bench import __main__ as bench
from bench import archives, clocked, counted, dynamodb, postgres, quota, rows, runtime, staff, sweep
from bench.rows import Row
from bench.scene import canned, laid
from chalicelib.outside import clock
from chalicelib.records import archive_rows


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return laid(tmp_path_factory.mktemp("bench") / "scene", str(clock.today()))


@pytest.fixture
def ready(scene):
    with canned(scene) as found:
        yield found


@pytest.mark.parametrize("handler", ["limit", "check"])
@pytest.mark.parametrize("event", ["one", "many"])
def test_every_handler_answers_in_a_bare_environment(ready, handler, event):
    told = clocked.called(ready, handler, 3, event)

    assert len(told["walls"]) == 3
    assert told["cpu"] > 0


def test_a_check_asks_once_and_its_page_is_one_small_file(ready):
    found = {row.name: row for row in bench.size(ready)}

    assert found["requests per check"].value == 1
    assert found["check page, HTML with style, bytes"].met


def test_rounds_give_a_ratio_between_its_lowest_and_highest(ready):
    spent, wall = clocked.warm(ready, 3, 10)

    assert spent.spread[0] <= spent.value <= spent.spread[1]
    assert wall.spread[0] <= wall.value <= wall.spread[1]


@pytest.mark.skipif(not counted.available(), reason=counted.MISSING)
def test_an_import_is_counted_in_instructions(scene):
    nothing, check = counted.cold(scene, "no-op"), counted.cold(scene, "check")

    assert 1_000_000 < nothing < check


def test_what_is_missing_is_said_and_the_rest_is_measured(scene, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")

    asked = Namespace(rounds=1, calls=1, codes=10, archives=10, workers=0, waits=0, peer=True)
    names = [row.name for row in bench.measured(scene, asked)]

    said = capsys.readouterr().out
    assert "valgrind is not here" in said
    assert "DynamoDB Local or Java is not here" in said
    assert "PostgreSQL or FastAPI is not here" in said
    assert {"requests per check", "check page, HTML with style, bytes"} <= set(names)


@pytest.mark.skipif(not dynamodb.available(), reason=dynamodb.MISSING)
def test_the_sweep_reads_what_turns_and_nothing_else():
    with dynamodb.running() as url:
        dynamodb.make_codes(dynamodb.client(url))
        sweep.fill(url, 0, 300)

        found = sweep.counted(url)

    assert (found.requests, found.codes) == (8, sweep.TURNING)


@pytest.mark.skipif(not runtime.available(), reason=runtime.MISSING)
def test_both_functions_answer_under_awss_own_runtime_client(ready):
    found = runtime.cold(ready, 1)

    assert found.value > 0


@pytest.mark.skipif(not quota.available(), reason=quota.MISSING)
def test_a_check_is_slowed_by_a_quota_and_answers(ready):
    found = quota.slowed(ready, 1, 5)

    assert found.value > 0


@pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)
def test_the_peer_answers_and_is_measured(ready):
    found = postgres.beside(ready, 1, 100)

    assert found.value > 0


@pytest.mark.skipif(not dynamodb.available(), reason=dynamodb.MISSING)
def test_a_batch_of_the_stream_is_measured_by_the_products_own_function():
    with dynamodb.running() as url:
        found = archives.measured(url)

    assert found.spread[0] <= found.value <= found.spread[1]


@pytest.mark.skipif(not dynamodb.available(), reason=dynamodb.MISSING)
def test_whole_lives_pass_in_two_stores_that_take_turns():
    with dynamodb.running() as few, dynamodb.running() as more:
        found = archives.among((few, more), 110, rounds=0)

    assert found.spread[0] <= found.value <= found.spread[1]


def test_copies_of_a_worker_stand_in_lists_of_fewer_than_five_hundred():
    one, lists = "W00000000001", Counter()
    meta = {
        "pk": {"S": f"W#330200#{one}"}, "sk": {"S": "A#meta"}, "list_sort": {"S": one},
        "list_key": {"S": f"330200#worker#none#{archive_rows.shard(one, archive_rows.SHARDS)}"},
        "owner_key": {"S": "330200#C0000000001#worker"}, "owner_sort": {"S": one},
    }  # fmt: skip

    rows = list(staff.copies([meta], one, 5000))
    lists.update(row[key]["S"] for row in rows for key in ("list_key", "owner_key"))

    assert len({row["pk"]["S"] for row in rows}) == 5000
    assert max(lists.values()) < 500
    assert {row["list_key"]["S"] for row in rows if row["list_sort"]["S"] == "Y00000000007"} == {
        f"330200#worker#none#{archive_rows.shard('Y00000000007', archive_rows.SHARDS)}"
    }


def test_a_row_is_told_beside_its_target_and_kept_by_name(tmp_path):
    kept = tmp_path / "folder" / "bench.json"
    found = [Row("fast", 1.0, 2.0, (0.5, 1.5)), Row("slow", 3.0, 2.0), Row("plain", 3.0, None)]

    rows.keep(found, kept)

    assert ["NOT MET" in rows.line(row) for row in found] == [False, True, False]
    assert json.loads(kept.read_text())["fast"] == {"value": 1.0, "target": 2.0, "spread": [0.5, 1.5]}
