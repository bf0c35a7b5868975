"""Small copies of photos, by Pillow: imported when a copy is made, since only one function is packaged with it."""

from io import BytesIO

WIDTH, HEIGHT = 240, 320
PIXELS = 60_000_000


class Unreadable(ValueError):
    """What was to be a picture cannot be read as one."""


def small(content: bytes) -> bytes:
    """Give a JPEG of at most 240 by 320 pixels, turned upright, of a JPEG or PNG; nothing but its pixels is kept.

    Unreadable for anything else, for what is broken, and for what would unfold to more than 60 million pixels.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > PIXELS:
                raise Unreadable("too many pixels")
            picture.draft("RGB", (2 * WIDTH, 2 * HEIGHT))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            upright.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
            # pasted on a fresh sheet: a picture's notes, place and thumbnail stay behind
            copy = Image.new("RGB", upright.size, "white")
            copy.paste(upright, mask=upright)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable(type(error).__name__) from None
    out = BytesIO()
    copy.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
