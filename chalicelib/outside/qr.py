"""The two pictures of a code (A1, CONTRACTS): the card's, black and made to be printed, and the telephone's, in colour.

Segno finds the modules; it is imported when a picture is asked for, since no other request needs it. A fault here
never repeats what was to be drawn: an address is a secret of its holder, and faults are logged.
"""

import io
import re
from datetime import date
from typing import Any, NamedTuple

from chalicelib.rules.colour import Colour

QUIET = 4
"""Modules of white on each side, as ISO/IEC 18004 asks."""
MILLIMETRES = 0.5
"""The side of a module as drawn: a card's code is some 20 mm wide."""
BLACK = "#000000"
SHADES = {Colour.GREEN: "#0a6236", Colour.YELLOW: "#7a4a00", Colour.GREY: "#434a54", Colour.RED: "#8c1020"}
"""Dark in every one of red, green and blue, since many scanners see by the light of one of them."""
WORDS = {Colour.GREEN: "绿码", Colour.YELLOW: "黄码", Colour.GREY: "灰码", Colour.RED: "红码"}
"""A colour is never the only sign."""
_FONTS = (
    "system-ui,'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei','Noto Sans CJK SC','WenQuanYi Zen Hei',sans-serif"
)
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")


class Picture(NamedTuple):
    """A QR: its symbol, the colour of its dark modules, and the words below it, if any."""

    symbol: Any
    dark: str
    caption: str = ""

    def svg(self) -> str:
        """Draw it as SVG, in modules within and in millimetres without."""
        side = len(self.symbol.matrix) + 2 * QUIET
        band = side // 7 if self.caption else 0
        words = (
            f'<text x="{side / 2}" y="{side + band * 0.55:.1f}" fill="{self.dark}" font-family="{_FONTS}" '
            f'font-size="{band * 0.65:.1f}" font-weight="700" text-anchor="middle">{self.caption}</text>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{side * MILLIMETRES}mm" '
            f'height="{(side + band) * MILLIMETRES}mm" viewBox="0 0 {side} {side + band}">'
            f'<title>{self.caption or "安心码"}</title><path fill="#ffffff" d="M0 0h{side}v{side + band}h-{side}z"/>'
            f'<path fill="{self.dark}" shape-rendering="crispEdges" d="{self._modules()}"/>'
            f"{words if self.caption else ''}</svg>"
        )

    def png(self, scale: int) -> bytes:
        """Draw the symbol alone as PNG, `scale` pixels a module; who shows it in colour says the word beside it."""
        held = io.BytesIO()
        self.symbol.save(held, kind="png", scale=scale, border=QUIET, dark=self.dark, light="#ffffff")
        return held.getvalue()

    def _modules(self) -> str:
        """Write each unbroken run of dark modules in a row as one rectangle."""
        rows = enumerate(self.symbol.matrix, QUIET)
        return "".join(
            f"M{run.start() + QUIET} {y}h{len(run[0])}v1h-{len(run[0])}z"
            for y, row in rows
            for run in re.finditer(rb"\x01+", row)
        )


def card(url: str) -> Picture:
    """Draw the card's QR: the short address alone, in alphanumeric mode at level Q; ValueError for any other.

    The level is not raised where there is room: Q is what is printed, whatever the length of the host's name.
    """
    import segno

    if not _ALPHANUMERIC.fullmatch(url):
        raise ValueError("the address of a card has characters that the alphanumeric mode lacks")
    return Picture(segno.make_qr(url, mode="alphanumeric", error="q", boost_error=False), BLACK)


def plain(text: str) -> Picture:
    """Draw any text for a telephone to read, black, at level M."""
    import segno

    return Picture(segno.make_qr(text, error="m", boost_error=False), BLACK)


def phone(url: str, colour: Colour, on: date) -> Picture:
    """Draw the telephone's QR at level M, dark in the colour of a day, with the word and the day below.

    What follows a `#` (the offline credential, A10) is a part of its own, in the mode that suits it.
    """
    import segno

    address, mark, rest = url.partition("#")
    parts: Any = [address, mark + rest] if mark else address  # a list is one segment each; segno's types lack it
    symbol = segno.make_qr(parts, error="m", boost_error=False)
    return Picture(symbol, SHADES[colour], f"{WORDS[colour]} {on}")
