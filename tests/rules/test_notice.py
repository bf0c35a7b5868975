import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from chalicelib.outside import templates
from chalicelib.rules import notice

AT = datetime(2026, 11, 22, 1, tzinfo=UTC)
FIELDS = {"name": "王*示", "tail": "…4821", "day": "2027-03-01", "left": "还有 7 天", "before": "绿色", "decision": "…",
          "application": "…-1", "reason": "材料需进一步核实", "count": 50, "by": "周敏",
          "what": "名称", "days": 3, "lines": "…", "kind": "不是本人"}  # fmt: skip


def written(name="code-red", to="company"):
    owner = "c" if to == "company" else None
    return notice.written(templates.load(name), to, FIELDS, of="W#330200#a", name="x#1", owner=owner, at=AT)


@pytest.mark.parametrize("name", templates.names())
def test_every_template_can_be_written_and_leaves_no_gap(name):
    texts = [letter.text.format(**FIELDS) for letter in templates.load(name).to.values()]

    assert not [text for text in texts if re.search("[{}]", text)]


@pytest.mark.parametrize("name", templates.names())
def test_every_template_has_a_version_and_only_workers_are_called(name):
    found = templates.load(name)
    ring = {to for to, letter in found.to.items() if set(letter.channels) & {"sms", "wechat"}}

    assert found.version >= 1
    assert ring <= {"worker"}


def test_a_notice_says_which_version_of_its_template_it_was_written_from():
    assert written().template == "code-red@1"


def test_in_the_app_a_notice_is_told_by_being_written():
    assert {one.channel: one.state for one in written().deliveries} == {"in-app": "sent", "email": "queued"}


def test_an_id_leads_back_to_its_place():
    one = written()

    assert one.id == "W.330200.a.x.1.company"
    assert notice.place(one.id) == (one.of, one.name)


@pytest.mark.parametrize(("tries", "state"), [(1, "queued"), (notice.TRIES - 1, "queued"), (notice.TRIES, "failed")])
def test_a_fault_is_tried_again_and_given_up_after_the_last_try(tries, state):
    one = written()
    begun = replace(one.deliveries[1], state="sending", tries=tries)

    assert [each.state for each in notice.failed(one, begun, AT).deliveries] == ["sent", state]


def test_a_delivery_that_died_half_way_is_free_again():
    begun = notice.begun(written(), written().deliveries[1], AT)

    assert notice.under_way(begun.deliveries[-1], AT + timedelta(seconds=60))
    assert not notice.under_way(begun.deliveries[-1], AT + timedelta(seconds=90))


@pytest.mark.parametrize(("here", "quiet"), [("21:00", True), ("23:59", True), ("00:00", True), ("07:59", True),
                                             ("08:00", False), ("20:59", False)])  # fmt: skip
def test_the_quiet_hours_run_over_midnight(here, quiet):
    assert notice.is_quiet(templates.quiet(), time.fromisoformat(here)) is quiet
