"""The page of a worker's own phone (A6, G6): made, or made anew, by who hands the phone its address."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from chalicelib import settings
from chalicelib.actions import workers
from chalicelib.outside import chance
from chalicelib.records import archives
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.phone_page import PhonePage

SECRET = 26
"""Characters of the secret in an address: 130 bits of chance."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A page that was made; `address` is told this once, and a repeat of the request gives None."""

    address: str | None
    since: date


def make(act: Act, worker: str) -> Made:
    """Give a worker's phone a page of its own in place of the one before; NotAllowed without a certificate.

    The archive keeps a hash alone. The projection carries it to the code, and from then on the old address is none.
    """
    before = workers.fetch(act.account, worker)
    if before.certificate is None:
        raise NotAllowed("该人员还没有证书，发证后才能生成手机码", rule="no-certificate")
    secret = chance.identifier(SECRET)
    page = PhonePage(hash=sha256(secret.encode()).hexdigest(), since=act.on)
    archives.store(
        before,
        replace(before, phone_page=page),
        act=act,
        entry=Entry(action="phone-page.make"),
        result=lambda _: Made(address=None, since=act.on),
    )
    return Made(address=f"{settings.required('ADDRESS')}/me/{secret}", since=act.on)
