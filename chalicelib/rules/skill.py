"""What a worker has learnt (B1, B2): schooling and certificates of skill. No colour follows from it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Education = Literal["小学", "初中", "高中", "中专", "大专", "本科", "研究生"]
Level = Literal["初级", "中级", "高级", "技师", "高级技师", "专项能力", "未分级"]


@dataclass(frozen=True, kw_only=True)
class Skill:
    """A certificate of skill: its trade, level, issuer, number and day."""

    id: str
    trade: str
    level: Level
    issuer: str
    number: str | None
    got_on: date
