"""A worker's decision on the own consent, from the own page (G6, PIPL 15), taken from the inbox once; and a withdrawal
that staff recorded by mistake, undone."""

import json
from datetime import datetime
from typing import Any

from chalicelib.actions import evidence, workers
from chalicelib.actions.forms import Void
from chalicelib.records import archives
from chalicelib.records.commit import repeated
from chalicelib.rules.act import WORKER, Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import NotAllowed


def decide(item: dict[str, Any]) -> None:
    """Withdraw or give the consent; given from a page that was the worker's no more it counts for nothing.

    A withdrawal was acknowledged and is never lost: also when page and consent were replaced while it was under way.
    Clash when the archive was changed meanwhile: the retry queue brings it again.
    """
    archive = archives.find(item["archive"])
    if archive is None or archive.phone_page is None:
        return
    at, told = datetime.fromisoformat(item["at"]), json.loads(item["body"])
    page, consent = archive.phone_page, archive.consent
    if not (page.was(item["page"], at) if told["give"] else page.ever_was(item["page"])):
        return
    act = Act(account=WORKER, at=at, on=day_of(at), key=item["pk"], digest=item["body_hash"])
    if repeated(act) or consent.outdates(at, give=told["give"]):
        return
    if told["give"]:
        evidence.consent_again(act, archive, told["text"], tuple(told["separate"]))
        return
    try:
        evidence.withdraw(act, archive, max(act.on, consent.given_on or act.on))
    except NotAllowed:
        # nothing was given: the page shows that nothing is to be withdrawn
        return


def undo(act: Act, worker: str, form: Void) -> Archive:
    """Take back that a withdrawal was recorded, on the same day by the same role: it was another worker's.

    The code shows the worker again once it is projected; a photo went with the withdrawal and has to be sent anew."""
    archive = workers.fetch(act.account, worker)
    consent = archive.consent.undone(act.account.role, act.at)
    return workers.change(act, archive, "consent.undo", ground=form.why, consent=consent)
