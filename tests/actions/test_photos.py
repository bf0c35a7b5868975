"""The photo that households see: a small copy, replaced, and gone when its purpose is."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from botocore.exceptions import ClientError
from PIL import Image

from chalicelib.actions import evidence, files, photos, projection, workers
from chalicelib.actions.forms import Withdrawal
from chalicelib.outside import files as bucket
from chalicelib.records import archives
from chalicelib.records import files as rows
from chalicelib.records.codes import CodeRow
from chalicelib.records.commit import Entry
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.archive import Certificate, Former
from chalicelib.rules.errors import Missing
from tests.actions.test_files import added
from tests.pictures import picture

PORTRAIT = picture(900, 1200)
OTHER = "BH71YEMVFMG4GTMC1RQM2RVNGMB"


def shown(town, archive, content=PORTRAIT):
    """The archive of a worker whose photo was sent and copied."""
    file = added(town, archive.id, content, kind="photo")
    photos.copy(town.act(SYSTEM), archive.city, archive.id, file.id)
    return workers.fetch(town.account("owner"), archive.id)


def gone(key):
    with pytest.raises(ClientError):
        bucket.read(key)
    return True


def test_a_photo_gets_a_small_copy_under_a_key_that_nobody_can_guess(town):
    archive = shown(town, town.registered())
    photo = archive.worker.photo

    copy = Image.open(BytesIO(bucket.read(photo.key)))

    assert (copy.format, copy.size) == ("JPEG", (240, 320))
    assert photo.key.startswith("photos/")
    assert len(photo.key) == len("photos/.jpg") + 26
    assert archive.id not in photo.key


def test_copying_again_changes_nothing(town):
    archive = shown(town, town.registered())

    said = photos.copy(town.act(SYSTEM), archive.city, archive.id, archive.worker.photo.file)

    assert said == "nothing to do"
    assert workers.fetch(town.account("owner"), archive.id).revision == archive.revision


def test_a_newer_photo_takes_the_place_of_the_older_whose_copy_goes(town):
    first = shown(town, town.registered())
    old = first.worker.photo
    now = shown(town, first, picture(900, 1200, "maroon"))

    assert now.worker.photo.key != old.key
    assert photos.copy(town.act(SYSTEM), now.city, now.id, old.file) == "nothing to do"
    assert photos.drop_unneeded(now.city, now.id, old.key) is True
    assert photos.drop_unneeded(now.city, now.id, now.worker.photo.key) is False
    assert gone(old.key)


def test_a_photo_that_cannot_be_read_says_so_to_the_clerk(town):
    archive = town.registered()
    file = added(town, archive.id, b"\xff\xd8\xff and no more", kind="photo")

    said = photos.copy(town.act(SYSTEM), archive.city, archive.id, file.id)

    assert said == "unreadable"
    assert "重新拍照" in files.listed(town.account("owner"), archive.id)["items"][0].fault
    assert workers.fetch(town.account("owner"), archive.id).worker.photo is None


def test_with_the_consent_the_photo_goes_and_its_contents_too(town):
    archive = shown(town, town.ready())
    photo = archive.worker.photo

    now = evidence.withdraw_consent(town.act("owner"), archive.id, Withdrawal())
    keys = (photo.key, files.key_of(archive, photo.file))
    dropped = [photos.drop_unneeded(now.city, now.id, key) for key in keys]

    assert now.worker.photo is None
    assert rows.find(now, photo.file).gone_on == town.today
    assert dropped == [True, True]
    assert [gone(key) for key in keys] == [True, True]
    with pytest.raises(Missing, match="已于"):
        files.seen(town.act("owner"), archive.id, photo.file)


def test_the_code_names_the_copy_and_its_hash_while_consent_stands(town):
    archive = shown(town, town.certified())
    photo = archive.worker.photo
    projection.project(archive.key)
    before = CodeRow.get(archive.certificate.token)

    evidence.withdraw_consent(town.act("owner"), archive.id, Withdrawal())
    projection.project(archive.key)
    after = CodeRow.get(archive.certificate.token)

    assert (before.photo, before.photo_hash) == (photo.key, photo.mark)
    assert json.loads(before.holder)["photo"] is None
    assert (after.photo, after.photo_hash) == (None, None)


def test_a_replaced_token_names_no_copy(town):
    archive = shown(town, town.certified())
    held = archive.certificate
    again = Certificate(
        number=held.number, token=OTHER, state="active", issued_on=held.issued_on, until=held.until, review_due=None,
        former=(Former(token=held.token, state="replaced"),),
    )  # fmt: skip
    after = replace(archive, certificate=again)
    archives.store(archive, after, act=town.act("association_manager"), entry=Entry(action="certificate.replace"))

    projection.project(archive.key)

    assert CodeRow.get(held.token).photo is None
    assert CodeRow.get(OTHER).photo == archive.worker.photo.key


def test_a_paper_that_is_needed_is_not_deleted_and_one_that_never_was_taken_in_is(town):
    archive = town.registered()
    file = added(town, archive.id)
    bucket.keep(files.key_of(archive, "ORPHAN"), b"left over")

    dropped = [photos.drop_unneeded(archive.city, archive.id, files.key_of(archive, id)) for id in (file.id, "ORPHAN")]

    assert dropped == [False, True]
    assert archives.fetch(archive.city, archive.id).id == archive.id
