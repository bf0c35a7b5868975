"""What is still missing before an application may be sent, all of it at once (C1)."""

from datetime import date

from chalicelib.rules.archive import Archive
from chalicelib.rules.consent import NAMES, NEEDED
from chalicelib.rules.distrust import Paper, believed
from chalicelib.rules.errors import Fault
from chalicelib.rules.evidence import CATEGORIES


def missing(archive: Archive, needed_category: str, on: date, text: str) -> tuple[Fault, ...]:
    """Name every condition of S0 四 that does not hold on a day, in words a clerk can act on.

    `text` is the version of the texts that consent is asked for now: consent to an older one is asked for anew.
    """
    checks = (
        _identity(archive),
        _consent(archive, text),
        _exam(archive, needed_category, on),
        _insurance(archive, on),
        _training(archive),
        _company(archive),
    )
    return tuple(fault for fault in checks if fault)


def lapsed(archive: Archive, needed_category: str, on: date, text: str) -> tuple[Fault, ...]:
    """Name every condition that a certificate's review or renewal finds not to hold (C6): those of the application,
    and the police check, which is yearly (未成年人保护法 62)."""
    check = archive.background
    checked = check.conclusion == "passed" and (check.due_on is None or on <= check.due_on)
    fault = Fault("background", "recheck-overdue", "没有在有效期内的治安核查结论：请先由公安复查")
    return missing(archive, needed_category, on, text) + (() if checked else (fault,))


def _identity(archive: Archive) -> Fault | None:
    if archive.worker.identity == "verified":
        return None
    return Fault("identity", "identity-unverified", "身份尚未核验：请核对证件原件后标记“人证合一”")


def _consent(archive: Archive, text: str) -> Fault | None:
    given = archive.consent
    if not given.stands:
        return Fault("consent", "consent-missing", "缺《家政服务员信用信息授权书》：请由本人签字后登记")
    if given.text != text:
        return Fault("consent", "consent-old-text", f"授权书已有新版本（{text}）：请由本人重新阅读、签字后登记")
    if apart := [NAMES[one] for one in NEEDED if one not in given.separate]:
        words = f"本人没有单独同意：{'、'.join(apart)}；不同意的不能办证，同意的请由本人签字后重新登记"
        return Fault("consent", "consent-not-separate", words)
    return None


def _exam(archive: Archive, needed: str, on: date) -> Fault | None:
    valid = [one for one in believed(archive.exams) if one.start <= on <= one.until]
    if any(CATEGORIES.index(one.category) >= CATEGORIES.index(needed) for one in valid):
        return None
    if valid:
        return Fault("exams", "exam-weak", f"体检类别不够：所选服务类型需要“{needed}”类体检")
    words = f"没有当天有效的体检合格证：需要“{needed}”类{_distrusted(archive.exams)}"
    return Fault("exams", "exam-missing", words)


def _insurance(archive: Archive, on: date) -> Fault | None:
    valid = [one for one in believed(archive.insurances) if one.start <= on <= one.until]
    if any(one.third_party for one in valid):
        return None
    if valid:
        return Fault("insurances", "insurance-no-third-party", "保险不含第三者责任：请补充含第三者责任的保单")
    words = f"没有当天有效的从业责任保险{_distrusted(archive.insurances)}"
    return Fault("insurances", "insurance-missing", words)


def _training(archive: Archive) -> Fault | None:
    if archive.training.standing != "missing":
        return None
    return Fault("training", "training-missing", f"缺岗前培训合格记录{_distrusted((archive.training,))}")


def _company(archive: Archive) -> Fault | None:
    if archive.binding.state == "active":
        return None
    return Fault("company", "company-suspended", "所属企业已被暂停，暂不能申请")


def _distrusted(papers: tuple[Paper, ...]) -> str:
    """Say that there is a paper which does not count, and why (C7)."""
    grounds = sorted({one.distrust.ground for one in papers if one.distrust})
    return f"；已登记的不予采信（{'；'.join(grounds)}），请到其他机构另办" if grounds else ""
