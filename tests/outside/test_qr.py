"""What segno drew is read by zxing-cpp, which shares nothing with it, after what a card and a telephone go through."""

import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bench import damage
from bench import qr as bench
from bench.qr import CREDENTIAL, DAY, KINDS, SHORT
from chalicelib.outside import qr
from chalicelib.rules import numbers
from chalicelib.rules.colour import Colour

ROOT = Path(__file__).resolve().parents[2]
LOADED = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import app; print(*sys.modules)"
SMALL = ("card", "phone, green", "phone, yellow", "phone, grey", "phone, red")
ANY_KIND = [
    *((damage.scaled, pixels, 0) for pixels in (8, 4, 3, 2)),
    *((damage.blurred, sigma, 0) for sigma in (0.2, 0.35)),
    *((damage.rotated, degrees, 0) for degrees in (7, 23, 45, 90, 180)),
    *((damage.tilted, share, 0) for share in (0.1, 0.15)),
    *((damage.soiled, 0.03, seed) for seed in range(3)),
    (damage.blotted, 0.06, 0),
    (damage.faded, 0.2, 0),
    (damage.shaded, 0.7, 0),
    (damage.pressed, 30, 0),
    *((damage.surrounded, modules, 0) for modules in (4, 1)),
]
CARDS = [
    *((damage.soiled, 0.06, seed) for seed in range(5)),
    (damage.blotted, 0.12, 0),
    *((damage.photographed, 0.8, seed) for seed in range(3)),
]


def named(value):
    return getattr(value, "__name__", str(value))


@pytest.fixture(scope="module")
def images():
    """Every kind as an image, before any damage."""
    return {kind: bench.image(picture) for kind, (picture, _) in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_as_it_was_meant(images, kind):
    assert bench.read(images[kind]) == KINDS[kind][1]


@pytest.mark.parametrize(("done", "amount", "seed"), ANY_KIND, ids=named)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_after(images, kind, done, amount, seed):
    assert bench.read(done(images[kind], amount, seed)) == KINDS[kind][1]


@pytest.mark.parametrize("kind", SMALL)
def test_a_code_without_credential_is_read_at_little_more_than_a_pixel_a_module(images, kind):
    assert bench.read(damage.scaled(images[kind], 1.3)) == KINDS[kind][1]


@pytest.mark.parametrize(("done", "amount", "seed"), CARDS, ids=named)
@pytest.mark.parametrize("kind", ["card", "card, longest host", "card, local"])
def test_a_card_bears_more_than_a_telephone(images, kind, done, amount, seed):
    assert bench.read(done(images[kind], amount, seed)) == KINDS[kind][1]


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=16, max_size=16))
def test_whatever_its_token_a_card_is_read(random):
    url = f"HTTPS://CODE.EXAMPLE.CN/V/{numbers.make_token(random)}"

    assert bench.read(bench.image(qr.card(url))) == url


@pytest.mark.parametrize(
    ("picture", "level"), [(KINDS["card"][0], "Q"), (KINDS["phone, red"][0], "M"),
                           (KINDS["phone, red, credential"][0], "M")],
)  # fmt: skip
def test_the_card_is_of_level_q_and_the_telephone_of_level_m(picture, level):
    assert zxingcpp.read_barcode(bench.image(picture)).ec_level == level


def test_a_card_stays_in_the_alphanumeric_mode_and_small():
    symbol = qr.card(SHORT).symbol

    assert (symbol.mode, symbol.designator) == ("alphanumeric", "4-Q")


def test_the_address_of_a_telephone_is_packed_closer_than_its_credential():
    whole = qr.phone(SHORT + CREDENTIAL, Colour.GREEN, DAY)
    loose = qr.phone((SHORT + CREDENTIAL).replace("HTTPS://", "https://"), Colour.GREEN, DAY)

    assert whole.symbol.version < loose.symbol.version


@pytest.mark.parametrize("url", [SHORT.lower(), SHORT + CREDENTIAL, "", "HTTPS://例子.CN/V/X"])
def test_what_is_no_short_address_is_no_card_and_is_not_repeated(url):
    with pytest.raises(ValueError, match="alphanumeric") as refusal:
        qr.card(url)

    assert SHORT[-27:].lower() not in str(refusal.value).lower()


@pytest.mark.parametrize("colour", Colour)
def test_a_shade_stands_out_from_white_for_people_and_in_the_light_of_every_scanner(colour):
    parts = [_linear(int(qr.SHADES[colour][place : place + 2], 16)) for place in (1, 3, 5)]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    assert 1.05 / (luminance + 0.05) >= 4.5
    assert 1.05 / (max(parts) + 0.05) >= 3


def _linear(value):
    """One channel of sRGB as light, by the formula of WCAG 2."""
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize(
    ("colour", "word"),
    [(Colour.GREEN, "绿码"), (Colour.YELLOW, "黄码"), (Colour.GREY, "灰码"), (Colour.RED, "红码")],
)
def test_a_telephones_picture_says_colour_and_day_in_words_too(colour, word):
    drawn = ElementTree.fromstring(qr.phone(SHORT, colour, date(2026, 11, 22)).svg())

    assert drawn.find("{*}text").text == f"{word} 2026-11-22"
    assert drawn.find("{*}title").text == f"{word} 2026-11-22"
    assert drawn.findall("{*}path")[1].get("fill") == qr.SHADES[colour]


def test_a_card_is_black_without_words():
    drawn = ElementTree.fromstring(qr.card(SHORT).svg())

    assert drawn.find("{*}text") is None
    assert [path.get("fill") for path in drawn.findall("{*}path")] == ["#ffffff", "#000000"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_svg_has_the_very_modules_of_the_png(kind):
    picture = KINDS[kind][0]
    path = ElementTree.fromstring(picture.svg()).findall("{*}path")[1].get("d")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)
    drawn = {(int(x) + more, int(y)) for x, y, wide in runs for more in range(int(wide))}
    png = Image.open(BytesIO(picture.png(1))).convert("L")
    places = [(x, y) for x in range(png.width) for y in range(png.height)]

    assert drawn == {place for place in places if png.getpixel(place) < 128}
    assert {coordinate for place in drawn for coordinate in place} <= set(range(4, png.width - 4))


@pytest.mark.parametrize("kind", ["card", "phone, yellow", "phone, yellow, credential"])
def test_a_browser_shows_the_svg_at_the_width_of_a_telephone_and_it_is_read(chromium, kind):
    picture, text = KINDS[kind]
    page = chromium.new_page(viewport={"width": 320, "height": 420})
    page.set_content(f"<body style='margin:0'><style>svg{{width:100%;height:auto}}</style>{picture.svg()}")
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    page.close()

    assert bench.read(seen) == text


def test_the_api_starts_without_segno():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    assert "chalicelib.outside.qr" in done.stdout.split()
    assert "segno" not in done.stdout.split()


def test_the_table_of_how_far_each_holds_can_be_made_again(images):
    last, first = bench.held(images["card"], SHORT, damage.Trial(damage.scaled, "px a module", (3, 0.5)))

    assert (last, first) == (3, 0.5)
