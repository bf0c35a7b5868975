"""The card and the telephone's code of a certificate (A1): drawn when asked for and kept nowhere (decision 10)."""

from datetime import date
from typing import NamedTuple

from chalicelib.actions import certificates, projection
from chalicelib.actions.files import TO_SEE, key_of
from chalicelib.outside import files as bucket
from chalicelib.records import cities, credentials, files
from chalicelib.rules.act import Act
from chalicelib.rules.archive import Archive
from chalicelib.rules.colour import Colour
from chalicelib.rules.errors import NotAllowed
from chalicelib.rules.facts import facts_of

VOUCHED = (Colour.GREEN, Colour.YELLOW)
"""Colours that a credential is signed for."""


class Card(NamedTuple):
    """What is printed: the archive of the worker, the association that issues, the number to ring, and an address at
    which the photo as it was sent can be had for a while."""

    archive: Archive
    issuer: str
    hotline: str
    photo: str | None


class Phone(NamedTuple):
    """What a telephone or a day's sheet shows: the archive, its colour, and what is checked without a network."""

    archive: Archive
    colour: Colour
    on: date
    credential: str | None


def card(act: Act, number: str) -> Card:
    """Give what goes on the card of a certificate (C5); NotAllowed while its code is red."""
    archive = certificates.fetch(act.account, number)
    city = cities.fetch(archive.city)
    if projection.judged(facts_of(archive), city, act.on).colour == Colour.RED:
        raise NotAllowed("今天是红码，不能制卡；请先按红码原因办理，遗失的请先补办", rule="card-of-red-code")
    return Card(archive, city.association, city.hotline, _photo(archive))


def _photo(archive: Archive) -> str | None:
    """Give an address of the photo in the size that print needs; None without one, or without consent to show it."""
    shown = archive.worker.photo
    file = files.find(archive, shown.file) if shown and archive.consent.stands else None
    if file is None or file.gone_on:
        return None
    return bucket.address_to_see(key_of(archive, file.id), type=file.type, seconds=int(TO_SEE.total_seconds()))


def phone(act: Act, number: str) -> Phone:
    """Give the colour of a certificate's code today, and the credential that was signed for it, if any (A10)."""
    archive = certificates.fetch(act.account, number)
    judged = projection.judged(facts_of(archive), cities.fetch(archive.city), act.on)
    signed = credentials.find(archive.held.token).text if judged.colour in VOUCHED else None
    return Phone(archive, judged.colour, act.on, signed)
