"""Evidence (B2): exams, insurances, training, consent, identity, the police's conclusion."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from chalicelib.actions import photos, references, workers
from chalicelib.actions.forms import (
    AmendedExam,
    AmendedInsurance,
    Conclusion,
    NewConsent,
    NewExam,
    NewIdentity,
    NewInsurance,
    NewTraining,
    Void,
    Withdrawal,
)
from chalicelib.outside import chance
from chalicelib.records import archives, bulk_stops, files
from chalicelib.records.commit import Entry
from chalicelib.rules import access
from chalicelib.rules.act import WORKER, Act
from chalicelib.rules.archive import Archive, Exam, Insurance, Stop, Training
from chalicelib.rules.background import concluded
from chalicelib.rules.bulk_stop import SourceKind, refusal
from chalicelib.rules.consent import By, Consent, Separate
from chalicelib.rules.distrust import Paper
from chalicelib.rules.errors import Fault, Malformed, Missing, NotAllowed
from chalicelib.rules.evidence import WITHDRAWN

MOST = 40
One = TypeVar("One", Exam, Insurance)


def add_exam(act: Act, worker: str, form: NewExam) -> Archive:
    """Add a health exam."""
    archive = workers.fetch(act.account, worker)
    ask_believed(archive.city, "exam", form.issuer, form.start)
    _room(archive.exams)
    return workers.change(act, archive, "exam.add", exams=(*archive.exams, exam_of(archive, form)))


def add_insurance(act: Act, worker: str, form: NewInsurance) -> Archive:
    """Add a liability policy."""
    archive = workers.fetch(act.account, worker)
    ask_believed(archive.city, "insurance", form.issuer, form.start)
    _room(archive.insurances)
    return workers.change(act, archive, "insurance.add", insurances=(*archive.insurances, insurance_of(archive, form)))


def amend_exam(act: Act, worker: str, exam: str, form: AmendedExam) -> Archive:
    """Correct an exam that was entered wrongly; the ledger keeps that it was, and why."""
    archive = workers.fetch(act.account, worker)
    old = _believed(_one(archive.exams, exam, "没有这条体检记录"))
    ask_believed(archive.city, "exam", form.issuer, form.start)
    right = exam_of(archive, form, old)
    exams = tuple(right if one.id == exam else one for one in archive.exams)
    return workers.change(act, archive, "exam.amend", ground=form.why, exams=exams)


def amend_insurance(act: Act, worker: str, insurance: str, form: AmendedInsurance) -> Archive:
    """Correct a policy that was entered wrongly; the ledger keeps that it was, and why."""
    archive = workers.fetch(act.account, worker)
    old = _believed(_one(archive.insurances, insurance, "没有这条保险记录"))
    ask_believed(archive.city, "insurance", form.issuer, form.start)
    right = insurance_of(archive, form, old)
    insurances = tuple(right if one.id == insurance else one for one in archive.insurances)
    return workers.change(act, archive, "insurance.amend", ground=form.why, insurances=insurances)


def void_exam(act: Act, worker: str, exam: str, form: Void) -> Archive:
    """Take out an exam that was never this worker's; the ledger keeps that it was there, and why it went."""
    archive = workers.fetch(act.account, worker)
    _believed(_one(archive.exams, exam, "没有这条体检记录"))
    left = tuple(one for one in archive.exams if one.id != exam)
    return workers.change(act, archive, "exam.void", ground=form.why, exams=left)


def void_insurance(act: Act, worker: str, insurance: str, form: Void) -> Archive:
    """Take out a policy that was never this worker's; the ledger keeps that it was there, and why it went."""
    archive = workers.fetch(act.account, worker)
    _believed(_one(archive.insurances, insurance, "没有这条保险记录"))
    left = tuple(one for one in archive.insurances if one.id != insurance)
    return workers.change(act, archive, "insurance.void", ground=form.why, insurances=left)


def void_training(act: Act, worker: str, form: Void) -> Archive:
    """Take out a training that was never done."""
    archive = workers.fetch(act.account, worker)
    _believed(archive.training)
    return workers.change(act, archive, "training.void", ground=form.why, training=Training())


def train(act: Act, worker: str, form: NewTraining) -> Archive:
    """Record the training that the certificate asks for."""
    archive = workers.fetch(act.account, worker)
    ask_believed(archive.city, "training", form.issuer, form.done_on)
    return workers.change(act, archive, "training.add", training=training_of(form))


def consent(act: Act, worker: str, form: NewConsent) -> Archive:
    """Record the worker's signed authorisation; given anew, it lifts a withdrawal (CONTRACTS: facts).

    NotAllowed for a paper that is no later than the withdrawal, and against what the worker decided on the own page:
    that takes a paper signed since, uploaded, and the association (PIPL 15)."""
    archive = workers.fetch(act.account, worker)
    before = archive.consent
    if before.withdrawn_on and form.given_on <= before.withdrawn_on:
        words = f"本人已于 {before.withdrawn_on} 撤回授权：须由本人在该日之后重新签署，才能恢复"
        raise NotAllowed(words, rule="consent-withdrawn")
    needs_paper = before.needs_paper(form.separate)
    if needs_paper and not (act.account.role in access.ASSOCIATION and _signed_since(archive)):
        words = "本人已在手机页上{}：请本人在手机页重新同意；没有手机的，由协会上传撤回或更改之后签字的授权书，再作登记"
        decided = "撤回授权" if before.taken_back else "对部分事项不同意"
        raise NotAllowed(words.format(decided), rule="consent-own")
    by: By = "staff" if needs_paper else before.given_by or "staff"
    given = replace(
        before, given_on=form.given_on, text=form.text, separate=form.separate, given_by=by, recorded=None
    )
    return workers.change(act, archive, "consent.give", consent=given)


def withdraw_consent(act: Act, worker: str, form: Withdrawal) -> Archive:
    """Take the consent back: the code turns grey at once, "本人已停用", and its photo goes (PIPL 15)."""
    archive = workers.fetch(act.account, worker)
    return withdraw(act, archive, form.withdrawn_on or act.on)


def consent_again(act: Act, archive: Archive, text: str, separate: tuple[Separate, ...]) -> Archive:
    """Take the worker's own consent from the own page, which lifts a withdrawal, of the same day too (PIPL 15)."""
    given = Consent(given_on=act.on, text=text, separate=separate, at=act.at, given_by="worker")
    return workers.change(act, archive, "consent.give", consent=given)


def withdraw(act: Act, archive: Archive, day: date) -> Archive:
    """Take the consent back as of a day, whoever tells of it: the worker on the own page, or the company.

    NotAllowed for staff when the worker did already: whose withdrawal it is does not change."""
    if archive.consent.given_on is None:
        raise NotAllowed("尚未登记过授权书，无从撤回", rule="no-consent")
    if archive.consent.taken_back and act.account != WORKER:
        raise NotAllowed(f"本人已于 {archive.consent.withdrawn_on} 自行撤回授权，无须再登记", rule="consent-withdrawn")
    if day < archive.consent.given_on:
        raise Malformed("撤回日期不能早于签署日期", faults=(Fault("withdrawn_on", "before-given", "早于签署日期"),))
    left, gone = photos.given_up(archive, act.on)
    after = replace(left, consent=archive.consent.withdrawn_of(day, act.account.role, act.at))
    stops = {}
    if after.certificate:
        stops[after.certificate.token] = Stop(code=WITHDRAWN, since=day, ground="本人撤回授权")
    entry = Entry(action="consent.withdraw")
    return archives.store(archive, after, act=act, entry=entry, stops=stops, beside=gone)


def _signed_since(archive: Archive) -> bool:
    """Tell whether the authorisation's file was taken in after the worker's decision, and is still there."""
    of, since = archive.consent.file, archive.consent.at
    file = files.find(archive, of) if of else None
    return file is not None and file.gone_on is None and (since is None or file.at > since)


def verify_identity(act: Act, worker: str, form: NewIdentity) -> Archive:
    """Record that person and document were compared (人证合一)."""
    archive = workers.fetch(act.account, worker)
    verified = replace(archive.worker, identity="verified" if form.matches else "unverified")
    return workers.change(act, archive, "identity.verify", ground=form.how, worker=verified)


def conclude(act: Act, worker: str, form: Conclusion) -> Archive:
    """Record a police conclusion on a worker; a failed one turns a code red in the same transaction (C4).

    NotAllowed when a check of a later day failed."""
    before = workers.fetch(act.account, worker)
    after = concluded(before, form.conclusion, form.checked_on)
    return archives.store(
        before, after, act=act, entry=Entry(action=f"background.{form.conclusion}"), stops=failing(after, act)
    )


def failing(archive: Archive, act: Act) -> dict[str, Stop]:
    """Give the stop that a failed check puts on the archive's code at once."""
    if archive.certificate is None or archive.background.conclusion != "failed":
        return {}
    return {archive.certificate.token: Stop(code="background-failed", since=act.on, ground="未通过安全核查")}


def exam_of(archive: Archive, form: NewExam, old: Exam | None = None) -> Exam:
    """Make an exam of what was sent, its number sealed for this archive; `old` is the one that it puts right."""
    exam = Exam(
        id=old.id if old else chance.identifier(8), category=form.category, start=form.start, until=form.ends,
        issuer=form.issuer, file=old.file if old else None,
    )  # fmt: skip
    return references.put_on(archive, exam, form, old)


def insurance_of(archive: Archive, form: NewInsurance, old: Insurance | None = None) -> Insurance:
    """Make an insurance of what was sent, its number sealed for this archive; `old` is the one that it puts right."""
    insurance = Insurance(
        id=old.id if old else chance.identifier(8), start=form.start, until=form.until, third_party=form.third_party,
        issuer=form.issuer, file=old.file if old else None,
    )  # fmt: skip
    return references.put_on(archive, insurance, form, old)


def training_of(form: NewTraining) -> Training:
    """Make a training of what was sent."""
    return Training(state="done", done_on=form.done_on, issuer=form.issuer)


def ask_believed(city: str, kind: SourceKind, issuer: str, on: date) -> None:
    """Take in a paper of a source, unless two persons decided that its papers of that day are not believed (C7)."""
    if ground := refusal(bulk_stops.said(city, kind, issuer), on):
        raise NotAllowed(f"{issuer} 出具的材料不予采信（{ground}）；请到其他机构另办后登记", rule="source-distrusted")


def _believed(paper: Paper) -> Paper:
    """Keep a paper that is not believed as it is: neither corrected nor taken out, so that its mark stays."""
    if paper.distrust:
        raise NotAllowed("这条记录不予采信，不能更正或作废；请另行登记其他机构出具的材料", rule="source-distrusted")
    return paper


def _room(found: tuple[Exam, ...] | tuple[Insurance, ...]) -> None:
    """Keep an archive within what one code may hold; wrong records can be voided."""
    if len(found) >= MOST:
        raise NotAllowed(f"同类记录最多 {MOST} 条；请先作废登记有误的记录", rule="too-many-records")


def _one(found: tuple[One, ...], id: str, words: str) -> One:
    for one in found:
        if one.id == id:
            return one
    raise Missing(words)
