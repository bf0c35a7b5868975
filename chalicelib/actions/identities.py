"""Who a worker is: a mistyped document number, or a name, phone, address or service types, put right (B1, B9)."""

from dataclasses import replace
from typing import Any

from chalicelib.actions import secrets, workers
from chalicelib.actions.forms import Decided
from chalicelib.actions.identity_forms import CorrectedDetails, CorrectedIdentity
from chalicelib.records import archives
from chalicelib.records.commit import Entry
from chalicelib.rules import access, numbers
from chalicelib.rules.act import Act
from chalicelib.rules.application import accepted
from chalicelib.rules.archive import Archive, Worker
from chalicelib.rules.check import Background
from chalicelib.rules.errors import Clash, NotAllowed, NotPermitted


def correct(act: Act, worker: str, form: CorrectedIdentity) -> Archive:
    """Put a document number right; the uniqueness moves with it in the same transaction (invariant 5).

    Person and original were compared with the right number; what the police concluded was about the wrong one, so
    the code is grey until they conclude anew. Clash when the right number has an archive, which is not named.
    """
    before = _looked_at(act, worker, form)
    known, new = secrets.identity_hashes_ever(workers.resident_id(before)), secrets.identity_hash(form.resident_id)
    if new in known:
        raise NotAllowed("与已登记的证件号码相同，无需更正", rule="same-number")
    sealed = secrets.seal(before.city, f"{before.key}|resident_id", form.resident_id)
    right = replace(before.worker, resident_id=sealed, identity_hash=new, identity="verified")
    taken = "更正后的证件号码已有另一份档案：一人一档。请核对原件；如确为同一人，请由协会核实后注销其中一份"
    return archives.store(
        before, replace(before, worker=right, background=Background()), act=act,
        entry=Entry(action="identity.correct", ground=form.why, note={"how": form.how}),
        claim=workers.claims_of(form.resident_id, before.key, taken), release=[f"U#person#{one}" for one in known],
    )  # fmt: skip


def amend(act: Act, worker: str, form: CorrectedDetails) -> Archive:
    """Put right what is registered of a worker beside the document number (PIPL 46); the ledger names the fields only.

    Under another name the identity counts as unverified, unless the association compared it with the original. The
    police's conclusion stays: it is about the number. NotPermitted for a company that says how it compared, or that
    changes the name of somebody whom the association has accepted.
    """
    before = _looked_at(act, worker, form)
    given = form.model_dump(exclude={"revision", "how", "why"}, exclude_unset=True)
    note: dict[str, Any] = {"fields": sorted(given)} | ({"how": form.how} if form.how else {})
    for field in ("phone", "address"):
        if given.get(field):
            given[field] = secrets.seal(before.city, f"{before.key}|{field}", given[field])
    if act.account.role in access.COMPANY:
        _ask_own(before, form)
    right = _named(replace(before.worker, **given), before.worker, form)
    entry = Entry(action="worker.amend", ground=form.why, note=note)
    return archives.store(before, replace(before, worker=right), act=act, entry=entry)


def _looked_at(act: Act, worker: str, form: Decided) -> Archive:
    archive = workers.fetch(act.account, worker)
    if archive.revision != form.revision:
        raise Clash("这份档案在您查看之后有改动；请刷新、重新核对后再操作", rule="changed-meanwhile")
    return archive


def _ask_own(archive: Archive, form: CorrectedDetails) -> None:
    """Ask that what a company corrects is its own to correct."""
    if form.how:
        raise NotPermitted("人证合一由协会核对原件后登记；请只更正姓名，再到协会核验", rule="association-verifies")
    if form.name not in (None, archive.worker.name) and accepted(archive):
        words = "申请已经受理或已经发证，姓名由协会核对证件原件后更正；请将原件送交协会"
        raise NotPermitted(words, rule="association-renames")


def _named(right: Worker, before: Worker, form: CorrectedDetails) -> Worker:
    if right.name == before.name:
        return right
    return replace(right, masked_name=numbers.mask_name(right.name), identity="verified" if form.how else "unverified")
