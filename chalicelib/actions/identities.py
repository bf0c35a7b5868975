"""Who a worker is: a mistyped document number put right (B1)."""

from dataclasses import replace

from chalicelib.actions import secrets, workers
from chalicelib.actions.identity_forms import CorrectedIdentity
from chalicelib.records import archives
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.check import Background
from chalicelib.rules.errors import Clash, NotAllowed


def correct(act: Act, worker: str, form: CorrectedIdentity) -> Archive:
    """Put a document number right; the uniqueness moves with it in the same transaction (invariant 5).

    Person and original were compared with the right number; what the police concluded was about the wrong one, so
    the code is grey until they conclude anew. Clash when the right number has an archive, which is not named.
    """
    before = workers.fetch(act.account, worker)
    if before.revision != form.revision:
        raise Clash("这份档案在您查看之后有改动；请刷新、重新核对后再操作", rule="changed-meanwhile")
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
