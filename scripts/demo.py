"""The made-up people and papers of the demo city, always the same ones. Real company names, invented workers."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COUNTY = "330299"
"""No county has this code: every resident ID of the demo begins with it, and none can be anybody's."""

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = (
    "桂芳",
    "秀兰",
    "玉梅",
    "小燕",
    "丽华",
    "春花",
    "海霞",
    "美玲",
    "金凤",
    "爱萍",
    "雪琴",
    "月英",
    "志强",
    "建国",
)
_SERVICES = (
    ("保洁", "一般"),
    ("做饭", "一般"),
    ("住家保姆", "居家"),
    ("养老照护", "养老照护"),
    ("月嫂", "母婴照护"),
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Home(NamedTuple):
    """A city that the demo stack serves: GB/T 2260 code, name, association, hotline."""

    id: str
    name: str
    association: str
    hotline: str


NINGBO = Home("330200", "宁波市", "宁波市家庭服务业协会", "81890")


class Person(NamedTuple):
    """A made-up worker: name, resident ID, service type and the exam category it needs."""

    name: str
    resident_id: str
    service: str
    category: str


def person(number: int) -> Person:
    """Make the person of a number; born between 1966 and 1995."""
    name = _SURNAMES[number % len(_SURNAMES)] + _GIVEN[number // len(_SURNAMES) % len(_GIVEN)]
    born = date(1966, 1, 1) + timedelta(days=number * 37 % 10_900)
    body = f"{COUNTY}{born:%Y%m%d}{number % 1000:03d}"
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11]
    service, category = _SERVICES[number % len(_SERVICES)]
    return Person(name, body + check, service, category)


def credit_code(number: int) -> str:
    """Make a company's credit code with a right check character (GB 32100-2015), of a region that does not exist."""
    body = f"91{COUNTY}MADEUP{number:03d}".replace("O", "0")[:17]
    body = "".join(letter if letter in _CODE_ALPHABET else "0" for letter in body)
    total = sum(_CODE_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return body + _CODE_ALPHABET[-total % 31]


def companies() -> list[dict[str, str]]:
    """Read the public ranking; a company that stands in it twice has one credit code."""
    with (ROOT / "data" / "ningbo_companies.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = list(dict.fromkeys(row["company"] for row in rows))
    return [
        {
            "企业名称": f"{row['company']}（演示）",
            "统一社会信用代码": credit_code(names.index(row["company"]) + 1),
            "所在区": row["district"],
        }
        for row in rows
    ]


def paper(number: int, today: date) -> dict[str, str]:
    """Make the import row of a worker whose papers are all in order today."""
    one = person(number)
    examined = today - timedelta(days=20 + number * 7 % 300)
    insured = today - timedelta(days=10 + number * 11 % 200)
    return {
        "姓名": one.name,
        "证件号码": one.resident_id,
        "服务类型": one.service,
        "体检类别": one.category,
        "体检日期": str(examined),
        "体检机构": "宁波演示体检中心",
        "保险起": str(insured),
        "保险止": str(insured + timedelta(days=364)),
        "第三者责任": "是",
        "保险公司": "演示财产保险",
        "培训日期": str(today - timedelta(days=30)),
        "培训机构": "宁波演示培训学校",
        "授权书日期": str(today - timedelta(days=5)),
        "授权书版本": "2026-1",
    }


def as_csv(rows: list[dict[str, str]]) -> str:
    """Write rows as CSV text with their header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def register(one: Person) -> dict[str, Any]:
    """Give the body that registers a person."""
    return {"name": one.name, "resident_id": one.resident_id, "service_types": [one.service]}
