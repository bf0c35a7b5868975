"""Schooling and certificates of skill of a worker (B1, B2)."""

from dataclasses import replace

from chalicelib.actions import workers
from chalicelib.actions.forms import Void
from chalicelib.actions.skill_forms import NewSkill, Schooling
from chalicelib.outside import chance
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.errors import Missing, NotAllowed
from chalicelib.rules.skill import Skill

MOST = 40


def school(act: Act, worker: str, form: Schooling) -> Archive:
    """Record the schooling, in place of what was recorded before."""
    archive = workers.fetch(act.account, worker)
    return workers.change(act, archive, "education.set", worker=replace(archive.worker, education=form.education))


def add(act: Act, worker: str, form: NewSkill) -> Archive:
    """Add a certificate of skill; NotAllowed when there are forty."""
    archive = workers.fetch(act.account, worker)
    if len(archive.skills) >= MOST:
        raise NotAllowed(f"技能证书最多 {MOST} 本；请先作废登记有误的记录", rule="too-many-records")
    skill = Skill(
        id=chance.identifier(8), trade=form.trade, level=form.level, issuer=form.issuer, number=form.number,
        got_on=form.got_on,
    )  # fmt: skip
    return workers.change(act, archive, "skill.add", skills=(*archive.skills, skill))


def void(act: Act, worker: str, skill: str, form: Void) -> Archive:
    """Take out a certificate that was entered wrongly; the ledger keeps that it was there, and why it went."""
    archive = workers.fetch(act.account, worker)
    left = tuple(one for one in archive.skills if one.id != skill)
    if left == archive.skills:
        raise Missing("没有这本技能证书")
    return workers.change(act, archive, "skill.void", ground=form.why, skills=left)
