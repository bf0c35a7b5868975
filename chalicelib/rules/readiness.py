"""What is still missing before an application may be sent, all of it at once (C1)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.rules.archive import Archive, ExamCategory
from chalicelib.rules.consent import NAMES, NEEDED, Separate
from chalicelib.rules.distrust import Paper, believed
from chalicelib.rules.errors import Fault
from chalicelib.rules.evidence import CATEGORIES

Lack = Literal[
    "identity-unverified", "consent-missing", "consent-old-text", "consent-not-separate", "exam-missing", "exam-weak",
    "insurance-missing", "insurance-no-third-party", "training-missing", "company-suspended",
]  # fmt: skip
FIELDS: dict[str, str] = {
    "identity": "identity", "consent": "consent", "exam": "exams", "insurance": "insurances", "training": "training",
    "company": "company",
}  # fmt: skip
"""The part of an archive that a code is about, by the code's first word."""


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What readiness follows from: small enough for a line of a list, and with days, so that it stays true as they
    pass. `consented` is the version of the texts while consent stands, `unasked` what was not consented to apart, an
    exam (category, first day, last day), a policy (covers third parties, first day, last day)."""

    verified: bool
    consented: str | None
    unasked: tuple[Separate, ...]
    exams: tuple[tuple[ExamCategory, date, date], ...]
    insurances: tuple[tuple[bool, date, date], ...]
    trained: bool
    bound: bool


def conditions(archive: Archive) -> Conditions:
    """Give what the readiness of an archive follows from, on whatever day."""
    given = archive.consent
    return Conditions(
        verified=archive.worker.identity == "verified",
        consented=given.text or "" if given.stands else None,
        unasked=tuple(one for one in NEEDED if one not in given.separate),
        exams=tuple((one.category, one.start, one.until) for one in believed(archive.exams)),
        insurances=tuple((one.third_party, one.start, one.until) for one in believed(archive.insurances)),
        trained=archive.training.standing != "missing",
        bound=archive.binding.state == "active",
    )


def lacking(told: Conditions, needed_category: str, on: date, text: str) -> tuple[Lack, ...]:
    """Give the code of every condition of S0 四 that does not hold on a day.

    `text` is the version of the texts that consent is asked for now: consent to an older one is asked for anew.
    """
    found = (
        None if told.verified else "identity-unverified",
        _consent(told, text),
        _exam(told, needed_category, on),
        _insurance(told, on),
        None if told.trained else "training-missing",
        None if told.bound else "company-suspended",
    )
    return tuple(code for code in found if code)  # type: ignore[misc]  # mypy widens the words of the tuple


def missing(archive: Archive, needed_category: str, on: date, text: str) -> tuple[Fault, ...]:
    """Name what `lacking` finds, in words a clerk can act on."""
    return tuple(
        Fault(FIELDS[code.partition("-")[0]], code, _words(code, archive, needed_category, text))
        for code in lacking(conditions(archive), needed_category, on, text)
    )


def lapsed(archive: Archive, needed_category: str, on: date, text: str) -> tuple[Fault, ...]:
    """Name every condition that a certificate's review or renewal finds not to hold (C6): those of the application,
    and the police check, which is yearly (未成年人保护法 62)."""
    check = archive.background
    checked = check.conclusion == "passed" and (check.due_on is None or on <= check.due_on)
    fault = Fault("background", "recheck-overdue", "没有在有效期内的安全核查结论：请先由公安复查")
    return missing(archive, needed_category, on, text) + (() if checked else (fault,))


def _consent(told: Conditions, text: str) -> Lack | None:
    if told.consented is None:
        return "consent-missing"
    if told.consented != text:
        return "consent-old-text"
    return "consent-not-separate" if told.unasked else None


def _exam(told: Conditions, needed: str, on: date) -> Lack | None:
    valid = [category for category, start, until in told.exams if start <= on <= until]
    if any(CATEGORIES.index(category) >= CATEGORIES.index(needed) for category in valid):
        return None
    return "exam-weak" if valid else "exam-missing"


def _insurance(told: Conditions, on: date) -> Lack | None:
    valid = [third_party for third_party, start, until in told.insurances if start <= on <= until]
    if any(valid):
        return None
    return "insurance-no-third-party" if valid else "insurance-missing"


def _words(code: Lack, archive: Archive, needed: str, text: str) -> str:
    unasked = "、".join(NAMES[one] for one in NEEDED if one not in archive.consent.separate)
    words: dict[Lack, str] = {
        "identity-unverified": "身份尚未核验：请核对证件原件后标记“人证合一”",
        "consent-missing": "缺《家政服务员信用信息授权书》：请由本人签字后登记",
        "consent-old-text": f"授权书已有新版本（{text}）：请由本人重新阅读、签字后登记",
        "consent-not-separate": f"本人没有单独同意：{unasked}；不同意的不能办证，同意的请由本人签字后重新登记",
        "exam-missing": f"没有当天有效的体检合格证：需要“{needed}”类{_distrusted(archive.exams)}",
        "exam-weak": f"体检类别不够：所选服务类型需要“{needed}”类体检",
        "insurance-missing": f"没有当天有效的从业责任保险{_distrusted(archive.insurances)}",
        "insurance-no-third-party": "保险不含第三者责任：请补充含第三者责任的保单",
        "training-missing": f"缺岗前培训合格记录{_distrusted((archive.training,))}",
        "company-suspended": "所属企业已被暂停，暂不能申请",
    }
    return words[code]


def _distrusted(papers: tuple[Paper, ...]) -> str:
    """Say that there is a paper which does not count, and why (C7)."""
    grounds = sorted({one.distrust.ground for one in papers if one.distrust})
    return f"；已登记的不予采信（{'；'.join(grounds)}），请到其他机构另办" if grounds else ""
