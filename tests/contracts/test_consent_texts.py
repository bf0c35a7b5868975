"""What people signed is never rewritten: another text is another version."""

import hashlib
import json

import pytest

from chalicelib.public import consents

SIGNED = {"2026-1": "1e068944beaece15046303f844afc5d9c080f9a3799dabb3784ccbbc332f3f59"}
"""A digest of each version that was ever given to anybody; a new version is added, no line is changed."""


@pytest.mark.parametrize(("version", "digest"), SIGNED.items())
def test_a_version_that_was_given_to_people_to_sign_says_what_it_said(version, digest):
    [text] = [one for one in consents.versions() if one["version"] == version]
    written = json.dumps(text, ensure_ascii=False, sort_keys=True)

    assert hashlib.sha256(written.encode()).hexdigest() == digest


def test_every_version_is_held():
    assert {one["version"] for one in consents.versions()} == set(SIGNED)
