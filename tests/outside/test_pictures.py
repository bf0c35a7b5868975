"""Small copies: upright, small, and with nothing of the original but its pixels."""

from io import BytesIO

import pytest
from PIL import Image

from chalicelib.outside import pictures
from tests.pictures import PDF, picture


def opened(content):
    return Image.open(BytesIO(pictures.small(content)))


def noted(orientation=1):
    """Notes as a telephone writes them: how it was held, by what, and where."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = orientation, "MADE-BY-PHONE"
    notes.get_ifd(0x8825)[2] = (29.0, 52.0, 0.0)
    return notes


@pytest.mark.parametrize(
    ("width", "height", "small"), [(900, 1200, (240, 320)), (1200, 900, (240, 180)), (90, 120, (90, 120))]
)
def test_a_copy_is_small_and_keeps_its_shape(width, height, small):
    assert opened(picture(width, height)).size == small


def test_a_picture_taken_sideways_is_turned_upright():
    assert opened(picture(1200, 900, exif=noted(6))).size == (240, 320)


def test_no_note_comment_or_profile_of_the_original_is_left():
    content = picture(exif=noted(), comment=b"NOTE-OF-SOMEBODY", icc_profile=b"PROFILE" * 40)

    small = pictures.small(content)

    assert b"MADE-BY-PHONE" in content
    assert [word for word in (b"MADE-BY-PHONE", b"NOTE-OF", b"PROFILE", b"Exif", b"GPS") if word in small] == []
    assert Image.open(BytesIO(small)).getexif() == {}


def test_what_shines_through_becomes_white():
    out = BytesIO()
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(out.getvalue()).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("content", [PDF, b"", b"\xff\xd8\xff", picture()[:400], picture(format="GIF")], ids=len)
def test_what_is_no_picture_is_said_to_be_none(content):
    with pytest.raises(pictures.Unreadable):
        pictures.small(content)


def test_a_picture_that_would_unfold_without_end_is_not_opened():
    content = picture(1, 1, format="PNG")
    huge = content.replace(b"\0\0\0\1\0\0\0\1\x08", b"\0\0\xff\xff\0\0\xff\xff\x08")

    with pytest.raises(pictures.Unreadable):
        pictures.small(huge)
