"""Sealed texts that came to harm: told as what cannot be had just now, never a defect."""

import pytest

from chalicelib.outside import sealing
from chalicelib.rules.errors import Unavailable

KEY, PLACE = bytes(32), "W#330299#1|phone"


def test_a_sealed_text_opens_in_its_own_place():
    assert sealing.open_sealed(KEY, PLACE, sealing.seal(KEY, 1, PLACE, "一段文字")) == "一段文字"


@pytest.mark.parametrize("text", ["s1", "s1.", "s1.abc", "s1.AAAA", "s1.é", "s1." + "A" * 60])
def test_a_damaged_sealed_text_is_unavailable(text):
    with pytest.raises(Unavailable, match="已损坏"):
        sealing.open_sealed(KEY, PLACE, text)


def test_a_text_that_was_moved_here_is_unavailable():
    with pytest.raises(Unavailable, match="不属于这里"):
        sealing.open_sealed(KEY, PLACE, sealing.seal(KEY, 1, "W#330299#2|phone", "一段文字"))


def test_a_key_of_a_wrong_length_is_a_defect_and_no_damage():
    with pytest.raises(ValueError, match="128, 192, or 256"):
        sealing.open_sealed(KEY[:5], PLACE, "s1.AAAA")
