"""What happens to a printed or shown QR before it is read: each function damages an image by an amount.

An image is a symbol with its quiet zone, `MODULE` pixels a module. What is by chance is by a seed.
"""

import io
import random
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

MODULE = 4
WHITE, DARK = (255, 255, 255), (24, 26, 30)
SOIL, SCUFF = (74, 58, 42), (246, 244, 240)
Damage = Callable[[Image.Image, float, int], Image.Image]


def scaled(image: Image.Image, pixels: float, seed: int = 0) -> Image.Image:
    """Take it from so far away that a module is `pixels` wide."""
    side = round(image.width * pixels / MODULE)
    return image.resize((side, side), Image.Resampling.BICUBIC)


def blurred(image: Image.Image, modules: float, seed: int = 0) -> Image.Image:
    """Blur it, by a Gaussian whose sigma is so many modules."""
    return image.filter(ImageFilter.GaussianBlur(modules * MODULE))


def rotated(image: Image.Image, degrees: float, seed: int = 0) -> Image.Image:
    """Turn it on a white table."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)


def tilted(image: Image.Image, share: float, seed: int = 0) -> Image.Image:
    """Look at it from one side and below: two corners come closer by a share of the side."""
    side, shift = image.width, image.width * share
    held = Image.new("RGB", (side * 2, side * 2), WHITE)
    held.paste(image, (side // 2, side // 2))
    low, high = side / 2, side * 1.5
    seen = ((low + shift, low + shift / 2), (low, high), (high, high - shift / 2), (high - shift, low))
    here = ((low, low), (low, high), (high, high), (high, low))
    return held.transform(
        held.size, Image.Transform.PERSPECTIVE, _perspective(seen, here), Image.Resampling.BICUBIC, fillcolor=WHITE
    )


def soiled(image: Image.Image, share: float, seed: int = 0) -> Image.Image:
    """Cover a share of the symbol by opaque blotches, three to eight modules across, but not the marks in its corners:
    without those no reader finds it, whatever its level."""
    return _covered(image, share, seed, spared=8)


def soiled_anywhere(image: Image.Image, share: float, seed: int = 0) -> Image.Image:
    """Cover a share of the symbol in the same way, its corners not spared."""
    return _covered(image, share, seed, spared=0)


def blotted(image: Image.Image, share: float, seed: int = 0) -> Image.Image:
    """Put one round blot over the middle, of a share of the symbol's area."""
    done, side = image.copy(), image.width - 8 * MODULE
    radius, middle = side * (share / 3.1416) ** 0.5, image.width / 2
    ImageDraw.Draw(done).ellipse((middle - radius, middle - radius, middle + radius, middle + radius), fill=SOIL)
    return done


def faded(image: Image.Image, left: float, seed: int = 0) -> Image.Image:
    """Leave only a share of its contrast."""
    return Image.blend(Image.new("RGB", image.size, (150, 150, 150)), image, left)


def shaded(image: Image.Image, share: float, seed: int = 0) -> Image.Image:
    """Light it from one side: the other has lost a share of the light."""
    slope = Image.linear_gradient("L").resize(image.size).point(lambda value: round(255 - value * share))
    return ImageChops.multiply(image, Image.merge("RGB", (slope, slope, slope)))


def pressed(image: Image.Image, quality: float, seed: int = 0) -> Image.Image:
    """Send it as a JPEG of a quality, as chat programs do."""
    held = io.BytesIO()
    scaled(image, 3).save(held, "JPEG", quality=round(quality))
    return Image.open(held).convert("RGB")


def surrounded(image: Image.Image, modules: float, seed: int = 0) -> Image.Image:
    """Lay it on a dark table and lose all but so many modules of its white margin."""
    cut = round((4 - modules) * MODULE)
    inner = image.crop((cut, cut, image.width - cut, image.height - cut))
    held = Image.new("RGB", (inner.width + 160, inner.height + 160), DARK)
    held.paste(inner, (80, 80))
    return held


def photographed(image: Image.Image, strength: float, seed: int = 0) -> Image.Image:
    """Take it by an unsteady hand in poor light: a little of everything, all at once."""
    seen = soiled(image, 0.03 * strength, seed)
    seen = tilted(rotated(seen, 7 + 20 * strength), 0.1 * strength)
    seen = shaded(faded(blurred(seen, 0.25 * strength), 1 - 0.3 * strength), 0.5 * strength)
    return pressed(seen, 60 - 25 * strength)


class Trial(NamedTuple):
    """A damage in steps from slight to hopeless, and its unit."""

    damage: Damage
    unit: str
    steps: tuple[float, ...]
    seeds: int = 1


TRIALS = {
    "scaled": Trial(scaled, "px a module", (8, 4, 3, 2.5, 2, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0)),
    "blurred": Trial(blurred, "sigma in modules", (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)),
    "tilted": Trial(tilted, "share of the side", (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45)),
    "soiled": Trial(soiled, "share of the area", (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15), seeds=20),
    "blotted": Trial(blotted, "share of the area", (0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25)),
    "faded": Trial(faded, "share of contrast", (0.5, 0.3, 0.2, 0.15, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03)),
    "shaded": Trial(shaded, "share of light lost", (0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0)),
    "pressed": Trial(pressed, "JPEG quality", (60, 30, 20, 15, 10, 7, 5, 3, 1)),
    "surrounded": Trial(surrounded, "modules of margin", (4, 3, 2, 1, 0.5, 0)),
    "photographed": Trial(photographed, "strength", (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0), seeds=10),
}


def _covered(image: Image.Image, share: float, seed: int, *, spared: int) -> Image.Image:
    chance, done = random.Random(seed), image.copy()
    low, high = 4 * MODULE, image.width - 4 * MODULE
    covered = Image.new("L", image.size)
    draw, mark = ImageDraw.Draw(done), ImageDraw.Draw(covered)
    while covered.histogram()[255] < share * (high - low) ** 2:
        x, y, radius = chance.uniform(low, high), chance.uniform(low, high), chance.uniform(1.5, 4) * MODULE
        near = spared * MODULE + radius
        left, right, top, bottom = x < low + near, x > high - near, y < low + near, y > high - near
        if spared and ((left and top) or (right and top) or (left and bottom)):
            continue
        where = (x - radius, y - radius * chance.uniform(0.5, 1), x + radius, y + radius)
        draw.ellipse(where, fill=chance.choice((SOIL, SOIL, SCUFF)))
        mark.ellipse(where, fill=255)
    return done


def _perspective(seen: tuple[tuple[float, float], ...], here: tuple[tuple[float, float], ...]) -> list[float]:
    """Solve for the eight numbers that send each corner as seen to where it lies in the image."""
    rows = []
    for (x, y), (u, v) in zip(seen, here, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    for at in range(8):
        best = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at:
                rows[other] = [a - rows[other][at] * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[8] for row in rows]
