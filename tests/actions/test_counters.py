"""Counters on real tables: whatever records come, twice, late, shuffled or not at all, held against a full recount."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from chalicelib.actions import counters, evidence, stats
from chalicelib.actions.forms import NewInsurance, Withdrawal
from chalicelib.functions.react import react
from chalicelib.outside import policies
from chalicelib.records import archives, traces
from chalicelib.records import counters as records
from chalicelib.records.tables import RegisterRow
from chalicelib.rules import contribution
from chalicelib.rules.contribution import summed
from chalicelib.rules.errors import Missing, Problem

CITY = "330200"
LAST = "~"


class Context:
    """What Powertools asks of a context."""

    function_name = memory_limit_in_mb = invoked_function_arn = aws_request_id = "test"


def counted(generation=1):
    """The sums as they lie in the shards."""
    return records.read(CITY, generation, first="a", last=LAST)


def recounted(town, archives_, visits=None):
    """The sums as a count of the archives themselves gives them."""
    found = [archives.find(one.key) for one in archives_]
    policy = policies.load(CITY)
    return summed(contribution.of(one, policy, town.today, (visits or {}).get(one.key)) for one in found)


def meta_record(key):
    """The stream's record of an archive, as it is now."""
    row = RegisterRow.get(key, "A#meta", consistent_read=True)
    told = {"pk": key, "sk": "A#meta", "brief": row.brief}
    image = {name: {"S": value} for name, value in told.items()} | {"revision": {"N": str(int(row.revision))}}
    images = {"Keys": {"pk": {"S": key}}, "OldImage": image, "NewImage": image}
    return {"eventSource": "aws:dynamodb", "dynamodb": images}


def visit_record(key, name="visit#one"):
    """The stream's record of a confirmed entry."""
    told = {"pk": key, "sk": f"V#{name}", "body": json.dumps(traces.find(key, name))}
    image = {name: {"S": value} for name, value in told.items()}
    return {"eventSource": "aws:dynamodb", "dynamodb": {"Keys": {"pk": {"S": key}}, "NewImage": image}}


def waiting(aws):
    """Take the messages of the retry queue, as records that the queue hands over."""
    queue, found = os.environ["REREACT_QUEUE"], []
    while messages := aws("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        [aws("sqs").delete_message(QueueUrl=queue, ReceiptHandle=one["ReceiptHandle"]) for one in messages]
        found += [{"eventSource": "aws:sqs", "messageId": one["MessageId"], "body": one["Body"]} for one in messages]
    return found


def reacted(records_):
    return react({"Records": records_}, Context()) if records_ else None


def visited(archive, at):
    traces.keep(archive.key, "visit#one", "visit", {"at": at.isoformat()}, ends=at + timedelta(days=9))
    return visit_record(archive.key)


def test_an_archive_counts_once_however_often_its_record_comes(town):
    archive = town.certified()
    reacted([meta_record(archive.key)] * 3)

    assert counted() == recounted(town, [archive])
    assert counted()["now"]["colour green"] == 1


def test_a_change_takes_away_what_no_longer_is(town):
    archive = town.certified()
    early = meta_record(archive.key)
    reacted([early])
    town.decided(town.turned(archive, "suspend"), "confirm")

    reacted([meta_record(archive.key), early])

    assert counted()["now"] == {
        "archives": 1, "workers": 1, "certificate suspended": 1, "colour red": 1,
    }  # fmt: skip


def test_two_at_once_count_an_archive_once(town):
    found = [town.ready(number) for number in range(1, 5)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(counters.count, [one.key for one in found] * 4))

    assert counted() == recounted(town, found)


def test_who_read_an_older_archive_does_not_count_over_a_newer(town):
    archive = town.certified()
    before = records.find(archive.key)
    stale = counters._contribution(archive.key, before, None)
    town.turned(archive, "suspend")
    counters.count(archive.key)

    assert not records.replaced(archive.key, before, stale)
    assert counted() == recounted(town, [archive])


def test_a_confirmed_entry_shows_the_code_for_a_month_and_its_repeat_changes_nothing(town):
    archive = town.certified()
    at = town.act("police").at
    record = visited(archive, at - timedelta(days=3))
    reacted([meta_record(archive.key), record, record, meta_record(archive.key)])

    assert counted() == recounted(town, [archive], {archive.key: town.today - timedelta(days=3)})
    assert stats.stats(town.act("bureau")).sum.showing_rate == 1


def test_a_code_that_was_judged_anew_is_counted_anew(town):
    archive = town.certified()
    image = {"pk": {"S": archive.certificate.token}, "archive": {"S": archive.key}, "revision": {"N": "9"}}
    reacted([{"dynamodb": {"Keys": {}, "NewImage": image, "OldImage": image}}])

    assert counted() == recounted(town, [archive])


def test_a_recount_makes_up_for_what_was_lost_and_for_counters_that_were_broken(town, tables):
    found = [town.certified(1), town.ready(2)]
    visited(found[0], town.act("police").at)
    reacted([meta_record(found[0].key)])
    RegisterRow.get(found[0].key, "C#count").delete()
    counters.count(found[0].key)
    waiting(tables)
    wrong = stats.stats(town.act("bureau"))

    queued = react({"recount": CITY}, Context())
    meanwhile = stats.stats(town.act("bureau"))
    reacted(waiting(tables))
    after = stats.stats(town.act("bureau"))

    assert queued == {"queued": 2}
    assert (wrong.sum.workers, wrong.sum.shown) == (2, 0)
    assert meanwhile == replace(wrong, cities=(replace(wrong.cities[0], counting=True),))
    assert counted(2) == recounted(town, found, {found[0].key: town.today})
    assert (after.cities[0].counting, after.sum.workers, after.sum.shown) == (False, 2, 1)


def test_a_recount_that_was_asked_for_twice_ends_as_one(town, tables):
    archive = town.certified()
    counters.count(archive.key)
    counters.recount(CITY)
    counters.recount(CITY)
    reacted(waiting(tables))

    assert counted(3) == recounted(town, [archive])
    assert counters.is_whole(CITY, records.tally(CITY))


def test_the_dashboard_names_the_companies_of_the_city_and_the_auditor_sees_every_city_and_no_company(town):
    archive = town.certified()
    counters.count(archive.key)
    own = stats.stats(town.act("association_clerk"))
    province = stats.stats(town.act(replace(town.account("province_auditor"), city=None)))

    assert [(one.name, one.workers, one.holders, one.in_time) for one in own.companies] == [
        ("演示甲家政（演示）", 1, 1, 1)
    ]
    assert [one.city for one in own.cities] == [CITY]
    assert [(one.city, one.figures.workers) for one in province.cities] == [(CITY, 1), ("330400", 0)]
    assert (province.sum.workers, province.companies) == (1, ())
    assert archive.worker.masked_name not in repr(province) + repr(own)


class Flow:
    """Three workers whose decisions and visits leave records, which are brought, repeated, kept back or lost."""

    def __init__(self, town, aws):
        self.town, self.aws, self.records, self.visits = town, aws, [], {}
        self.people = [town.certified(1), town.applied("background", 2)[0], town.ready(3)]
        self.records += [meta_record(one.key) for one in self.people]

    def live(self, steps):
        """Do what was drawn: a move of somebody, or a record that is brought now and perhaps stays to come again."""
        for move, who in steps:
            archive = archives.find(self.people[who % len(self.people)].key)
            if move == "visit":
                self.records.append(visited(archive, self.town.act("police").at))
                self.visits[archive.key] = self.town.today
            elif move in DO:
                with suppress(Problem):  # of whom this cannot be done, it is not
                    DO[move](self.town, archive)
                self.records.append(meta_record(archive.key))
            elif self.records:
                reacted([self.records[who % len(self.records)] if move == "bring" else self.records.pop()])

    def bring(self, seed):
        """Bring what is left in any order, some of it twice."""
        chance = Random(seed)
        left = self.records + chance.sample(self.records, k=len(self.records) // 2)
        reacted(chance.sample(left, k=len(left)))
        self.records.clear()

    def recount(self):
        """Lose what is left, and count the city anew, some slices twice."""
        self.records.clear()
        react({"recount": CITY}, Context())
        reacted([record for record in waiting(self.aws) for _ in range(2)])

    def right(self):
        """Whether the counters of the present generation are what a full count gives."""
        return counted(records.tally(CITY).generation) == recounted(self.town, self.people, self.visits)


def latest(archive):
    """An archive with its latest application; Missing when there is none."""
    if not archive.applications:
        raise Missing
    return archive, archive.applications[-1]


DO = {
    "suspend": lambda town, one: town.decided(town.turned(one, "suspend"), "confirm"),
    "resume": lambda town, one: town.decided(town.turned(one, "resume"), "confirm"),
    "lose": lambda town, one: town.turned(one, "lose"),
    "replace": lambda town, one: town.turned(one, "replace"),
    "insure": lambda town, one: evidence.add_insurance(town.act("owner"), one.id, NewInsurance(**{
        "from": town.today, "until": town.today + timedelta(days=300), "third_party": True}, issuer="演示保险")),
    "withdraw": lambda town, one: evidence.withdraw_consent(town.act("owner"), one.id, Withdrawal()),
    "return": lambda town, one: town.moved(latest(one), "return", "police", reasons=("exam-unclear",)),
    "clear": lambda town, one: town.moved(latest(one), "clear", "police"),
}  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from([*DO, "visit", "bring", "bring", "take", "take"]), st.integers(0, 11)), max_size=12
)


@pytest.fixture
def flow(town, tables):
    return Flow(town, tables)


SLOW = effort(max_examples=6, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))


@SLOW
@given(STEPS, st.integers(0, 999))
def test_shuffled_and_repeated_records_leave_what_a_full_count_gives(flow, steps, seed):
    flow.live(steps)
    flow.bring(seed)

    assert flow.right()


@SLOW
@given(STEPS)
def test_after_lost_records_a_recount_leaves_what_a_full_count_gives(flow, steps):
    flow.live(steps)
    flow.recount()

    assert flow.right()
