"""The page of a worker's own phone (A6, G6) and the PINs of the sheet (A9): made, or made anew, by who gives them."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from chalicelib import settings
from chalicelib.actions import secrets, workers
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.outside import chance
from chalicelib.records import archives
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.archive import open_application
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.permission import PIN_DIGITS, PINS
from chalicelib.rules.phone_page import PhonePage

SECRET = 26
"""Characters of the secret in an address: 130 bits of chance."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A page that was made; `address` and `pins` are told this once, and a repeat of the request gives none."""

    address: str | None
    pins: tuple[str, ...]
    since: date


def make(act: Act, worker: str, form: NewPhonePage) -> Made:
    """Give a worker's phone a page of its own in place of the one before; NotAllowed with neither certificate nor
    a submitted application: of a draft there is nothing to tell.

    The archive keeps hashes alone. Of the PINs of before none opens anything from this moment on, and no live code of
    the phone of before counts; the old address is none from the projection on.
    """
    before = workers.fetch(act.account, worker)
    under_way = open_application(before)
    if before.certificate is None and (under_way is None or under_way.submitted_on is None):
        raise NotAllowed("该人员没有证书，也没有已提交的申请；提交申请后才能生成手机页", rule="no-certificate")
    secret = chance.identifier(SECRET) if form.smartphone else None
    pins = _drawn()
    page = PhonePage(
        hash=sha256(secret.encode()).hexdigest() if secret else None, since=act.on,
        pins=tuple(secrets.pin_hash(before.key, pin) for pin in pins),
        former=before.phone_page.replaced(act.at) if before.phone_page else (),
        generation=before.phone_page.next_generation() if before.phone_page else 0,
    )  # fmt: skip
    archives.store(
        before,
        replace(before, phone_page=page),
        act=act,
        entry=Entry(action="phone-page.make"),
        result=lambda _: Made(address=None, pins=(), since=act.on),
    )
    address = f"{settings.required('ADDRESS')}/me/{secret}" if secret else None
    return Made(address=address, pins=pins, since=act.on)


def _drawn() -> tuple[str, ...]:
    """Draw the PINs of a sheet, no two alike."""
    drawn = set[str]()
    while len(drawn) < PINS:
        drawn.add(chance.digits(PIN_DIGITS))
    return tuple(drawn)
