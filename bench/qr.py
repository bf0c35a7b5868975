"""How far each QR holds: damages it step by step until another's decoder reads it no more.

Prints the table of docs/qr.md: `scripts/run python -m bench.qr`. A step counts as held when every seed of it is read.
"""

import io
from datetime import date

import zxingcpp
from PIL import Image

from bench.damage import MODULE, TRIALS, Trial, soiled_anywhere
from chalicelib.outside import qr
from chalicelib.outside.qr import Picture
from chalicelib.rules import numbers
from chalicelib.rules.colour import Colour

TOKEN = numbers.make_token(bytes(range(16)))
SHORT = f"HTTPS://CODE.EXAMPLE.CN/V/{TOKEN}"
LONG = f"HTTPS://{'.'.join(['HOST-NAME-OF-THIRTY-ONE-LETTERS'] * 8)[:253]}/V/{TOKEN}"
"""The longest name that a host may have."""
LOCAL = f"HTTP://E1ABCDEFGHIJKL.CLOUDFRONT.LOCALHOST:4566/V/{TOKEN}"
CREDENTIAL = "#" + ("eyJ0-aB_9" * 45)[:400]
"""As long as an offline credential gets, in characters of base64url."""
DAY = date(2026, 11, 22)

KINDS: dict[str, tuple[Picture, str]] = {
    "card": (qr.card(SHORT), SHORT),
    "card, longest host": (qr.card(LONG), LONG),
    "card, local": (qr.card(LOCAL), LOCAL),
    **{f"phone, {colour.name.lower()}": (qr.phone(SHORT, colour, DAY), SHORT) for colour in Colour},
    **{
        f"phone, {colour.name.lower()}, credential": (qr.phone(SHORT + CREDENTIAL, colour, DAY), SHORT + CREDENTIAL)
        for colour in Colour
    },
    "phone, longest host, credential": (qr.phone(LONG + CREDENTIAL, Colour.RED, DAY), LONG + CREDENTIAL),
}  # fmt: skip
SHOWN = ("card", "card, longest host", "phone, yellow", "phone, yellow, credential", "phone, longest host, credential")

SOILED = 50


def image(picture: Picture) -> Image.Image:
    """Draw a picture as an image of `MODULE` pixels a module."""
    return Image.open(io.BytesIO(picture.png(MODULE))).convert("RGB")


def read(seen: Image.Image) -> str | None:
    """Read an image by zxing-cpp, which shares nothing with what drew it; None when it finds no QR."""
    found = zxingcpp.read_barcode(seen, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text if found else None


def held(drawn: Image.Image, text: str, trial: Trial) -> tuple[float | None, float | None]:
    """Give the last step at which a picture was read whatever the seed, and the first at which it was not."""
    last = None
    for step in trial.steps:
        if any(read(trial.damage(drawn, step, seed)) != text for seed in range(trial.seeds)):
            return last, step
        last = step
    return last, None


def main() -> None:
    """Print the table, as Markdown."""
    print(f"| | {' | '.join(SHOWN)} |\n|---|{'--:|' * len(SHOWN)}")
    print(f"| version, modules a side | {' | '.join(_version(KINDS[name][0]) for name in SHOWN)} |")
    for name, trial in TRIALS.items():
        cells = [_cell(*held(image(KINDS[kind][0]), KINDS[kind][1], trial)) for kind in SHOWN]
        print(f"| {name}, {trial.unit} | {' | '.join(cells)} |", flush=True)
    found = [_found(image(KINDS[kind][0]), KINDS[kind][1]) for kind in SHOWN]
    print(f"| soiled over 4 % with its corners, read of {SOILED} | {' | '.join(found)} |")


def _version(picture: Picture) -> str:
    return f"{picture.symbol.designator}, {len(picture.symbol.matrix)}"


def _found(drawn: Image.Image, text: str) -> str:
    return str(sum(read(soiled_anywhere(drawn, 0.04, seed)) == text for seed in range(SOILED)))


def _cell(last: float | None, first: float | None) -> str:
    if last is None:
        return f"not at {first:g}"
    return f"{last:g} / {first:g}" if first is not None else f"{last:g} / –"


if __name__ == "__main__":
    main()
