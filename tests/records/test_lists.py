import json
from itertools import accumulate, chain

import pytest

from chalicelib.records import archive_rows, claims, keys, ledger, lists
from chalicelib.records.tables import RegisterRow

pytestmark = pytest.mark.usefixtures("moto_tables")


def put(id, sort, shard, state="open", city="330200"):
    RegisterRow(
        f"W#{city}#{id}", "A#meta", noun="worker", revision=1, brief=json.dumps({"id": id}),
        list_key=f"{city}#thing#{state}#{shard}", list_sort=sort,
        owner_key=f"{city}#company#thing", owner_sort=sort,
    ).save()  # fmt: skip


def page(limit, after=None, city="330200", state="open", until=None):
    return lists.by_state(city, "thing", state, shards=4, limit=limit, after=after, until=until)


def seen(page):
    return [item["id"] for item in page.items]


def test_shards_are_merged_in_the_order_of_the_list():
    put("c", "3", 0)
    put("a", "1", 1)
    put("b", "2", 3)

    assert seen(page(10)) == ["a", "b", "c"]


def test_a_page_may_lie_in_one_shard_alone():
    [put(f"{number:02d}", f"{number:02d}", 2) for number in range(30)]
    put("99", "99", 1)

    assert seen(page(20)) == [f"{number:02d}" for number in range(20)]
    assert seen(page(20, page(20).after)) == [*[f"{number:02d}" for number in range(20, 30)], "99"]


def test_pages_follow_each_other_to_the_end():
    put("a", "1", 1)
    put("b", "2", 3)
    put("c", "3", 0)
    first = page(2)
    second = page(2, first.after)

    assert (seen(first), seen(second)) == (["a", "b"], ["c"])
    assert second.after is None


def due(limit=10, after=None, until="2026-11-21"):
    [put(id, f"2026-11-2{at}#{id}", at) for at, id in enumerate("abc")]
    company = lists.by_company("330200", "company", "thing", limit=limit, after=after, until=until)
    return page(limit, after, until=until), company


def test_a_list_ends_with_the_day_that_is_asked_for():
    assert [seen(one) for one in due()] == [["a", "b"], ["a", "b"]]
    assert [seen(one) for one in due(until="2026-11-19")] == [[], []]


def test_a_page_up_to_a_day_goes_on_after_the_one_before():
    city, company = due(limit=1)

    assert city.after == company.after == "2026-11-20#a"
    assert [(seen(one), one.after) for one in due(after=city.after)] == [(["b"], None), (["b"], None)]


def test_who_goes_on_from_beyond_the_day_finds_nothing():
    assert [seen(one) for one in due(after="2026-11-22#c")] == [[], []]


def test_a_page_that_ends_with_the_list_has_no_next():
    put("a", "1", 1)
    put("b", "2", 3)

    assert page(2).after is None


def test_a_list_shows_its_own_state_and_city_only():
    put("a", "1", 1)
    put("b", "2", 1, state="done")
    put("c", "3", 1, city="330400")

    assert seen(page(10)) == ["a"]


def test_every_id_is_given_once():
    put("a", "1", 1)
    put("b", "2", 3)

    assert sorted(lists.ids("330200", "thing", "open", shards=4)) == ["a", "b"]


def test_a_companys_list_is_its_own():
    put("a", "1", 1)

    assert seen(lists.by_company("330200", "company", "thing", limit=5, after=None)) == ["a"]
    assert seen(lists.by_company("330200", "another", "thing", limit=5, after=None)) == []


def test_a_claim_nobody_made_leads_nowhere():
    assert claims.owner("U#person#x") is None


def test_of_two_keys_that_are_offered_the_first_counts():
    first, second = keys.offer("codes", b"one"), keys.offer("codes", b"two")

    assert (first, second) == (b"one", b"one")


def test_the_last_swept_day_is_the_latest_before_the_day_asked_about():
    ledger.swept("2026-11-20", 0)
    ledger.swept("2026-11-22", 3)
    ledger.swept("2026-11-30", 0)

    assert ledger.swept_before("2026-11-23") == "2026-11-22"
    assert ledger.swept_before("2026-11-22") == "2026-11-20"


def test_by_id_each_is_given_once_and_every_shard_is_asked_in_its_turn():
    ids = [f"{number:03d}" for number in range(40)]
    [put(id, id, archive_rows.shard(id, 4)) for id in ids]
    pages = list(accumulate(range(5), lambda page, _: by_id(7, page.after), initial=by_id(7)))

    assert sorted(chain.from_iterable(map(seen, pages))) == ids
    assert [len(one.items) for one in pages] == [7, 7, 7, 7, 7, 5]
    assert pages[-1].after is None


def test_by_id_a_page_goes_on_after_who_left_the_list():
    ids = sorted((f"{number:03d}" for number in range(12)), key=lambda id: (archive_rows.shard(id, 4), id))
    [put(id, id, archive_rows.shard(id, 4)) for id in ids]
    first = by_id(5)
    RegisterRow.get(f"W#330200#{first.after}", "A#meta").delete()

    assert seen(first) + seen(by_id(20, first.after)) == ids


def test_by_id_an_empty_list_is_a_page_of_nobody():
    assert by_id(5) == lists.Page([], None)


def by_id(limit, after=None):
    return lists.by_id("330200", "thing", "open", shards=4, limit=limit, after=after)
