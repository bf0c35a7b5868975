"""A worker's decision on the own consent, from the own page (G6, PIPL 15): taken from the inbox, once."""

import json
from datetime import datetime
from typing import Any

from chalicelib.actions import evidence
from chalicelib.outside import clock
from chalicelib.records import archives
from chalicelib.records.commit import repeated
from chalicelib.rules.act import WORKER, Act
from chalicelib.rules.errors import NotAllowed


def decide(item: dict[str, Any]) -> None:
    """Withdraw or give the consent; from a page that is the worker's no more it counts for nothing.

    Clash when the archive was changed meanwhile: the retry queue brings it again.
    """
    archive = archives.find(item["archive"])
    if archive is None or archive.phone_page is None or archive.phone_page.hash != item["page"]:
        return
    at, told = datetime.fromisoformat(item["at"]), json.loads(item["body"])
    act = Act(account=WORKER, at=at, on=clock.day_of(at), key=item["pk"], digest=item["body_hash"])
    if repeated(act) or (archive.consent.at and act.at < archive.consent.at):
        return
    if told["give"]:
        evidence.consent_again(act, archive, told["text"], tuple(told["separate"]))
        return
    try:
        evidence.withdraw(act, archive, act.on)
    except NotAllowed:
        # nothing was given: the page shows that nothing is to be withdrawn
        return
