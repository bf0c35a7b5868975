import pytest

from chalicelib.actions import skills
from chalicelib.actions.forms import Void
from chalicelib.actions.skill_forms import NewSkill, Schooling
from chalicelib.records import archives
from chalicelib.rules.errors import Missing


def added(town, worker, who="owner"):
    form = NewSkill(trade="养老护理员", level="中级", issuer="宁波演示鉴定中心", number="示2026-7", got_on=town.today)
    return skills.add(town.act(who), worker, form)


def test_schooling_and_skills_are_kept_with_the_archive(town):
    id = town.registered().id
    skills.school(town.act("owner"), id, Schooling(education="高中"))
    added(town, id)

    kept = archives.fetch("330200", id)

    assert kept.worker.education == "高中"
    assert [(one.trade, one.level) for one in kept.skills] == [("养老护理员", "中级")]


def test_a_skill_entered_wrongly_is_taken_out_once(town):
    id = town.registered().id
    skill = added(town, id).skills[0].id

    left = skills.void(town.act("owner"), id, skill, Void(why="登记到他人名下"))

    assert left.skills == ()
    with pytest.raises(Missing):
        skills.void(town.act("owner"), id, skill, Void(why="登记到他人名下"))


def test_another_company_s_worker_is_not_there(town):
    with pytest.raises(Missing):
        added(town, town.registered().id, who="rival")
