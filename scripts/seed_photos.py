"""Made-up photos for the demo city: plainly drawn figures marked 演示, sent as a clerk's browser sends them."""

import uuid
from collections.abc import Collection
from hashlib import sha256
from io import BytesIO
from typing import Any
from urllib.request import Request, urlopen

from PIL import Image, ImageDraw

from scripts.phases import Refusal
from scripts.seed_city import PATIENCE, City
from scripts.streams import wait_until

OWNER = "owner0"
WIDTH, HEIGHT = 480, 640
COATS = ("#3d6b8f", "#7a5c8f", "#4f7d5c", "#9a6a45", "#8f4f5e", "#566079")
SKIN, HAIR, WALL = "#e3c3a5", "#3b3330", "#e8edf1"
# the strokes of 演 and 示 on squares of 100: no font of this machine is needed for them
STROKES = (
    ((8, 14, 20, 24), (4, 40, 16, 48), (6, 88, 22, 60), (62, 4, 65, 14), (34, 18, 96, 18), (34, 18, 32, 32),
     (96, 18, 92, 32), (44, 34, 86, 34), (42, 46, 88, 46), (42, 46, 42, 78), (88, 46, 88, 78), (42, 62, 88, 62),
     (42, 78, 88, 78), (65, 34, 65, 78), (54, 82, 38, 97), (76, 82, 94, 97)),
    ((20, 14, 80, 14), (8, 38, 92, 38), (50, 38, 50, 92, 38, 84), (28, 56, 12, 80), (70, 56, 88, 80)),
)  # fmt: skip


def run(city: City, tokens: Collection[str]) -> int:
    """Give the first company's workers with these codes a photo, and wait for one to be seen; says how many."""
    client = city.as_(OWNER)
    items = [item for item in client.get("/api/workers?limit=200")["items"] if item["certificate"] != "none"]
    found = city.together(lambda id: city.as_(OWNER).get(f"/api/workers/{id}"), [(item["id"],) for item in items])
    workers = [one for one in found if one["certificate"]["token"] in tokens and not one["consent"]["withdrawn_on"]]
    city.together(lambda number, one: add(city, one["id"], drawn(number)), list(enumerate(workers)))
    public, last = city.public(), workers[-1]["certificate"]["token"]
    if not wait_until(lambda: (city.settled(public, last)["holder"] or {}).get("photo"), PATIENCE):
        raise Refusal(f"a photo that was sent is not seen by the public after {PATIENCE} s")
    return len(workers)


def add(city: City, worker: str, content: bytes, owner: str = OWNER) -> Any:
    """Declare, send and finish a photo of a worker."""
    client, at = city.as_(owner), f"/api/workers/{worker}/files"
    told = {"kind": "photo", "type": "image/jpeg", "size": len(content), "sha256": sha256(content).hexdigest()}
    address = client.post(at, told)
    _send(address, content)
    return client.post(f"{at}/{address['id']}/finish", {})


def drawn(number: int) -> bytes:
    """Draw the JPEG of an invented person: no face, another coat and build for each number."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    pen, middle, size = ImageDraw.Draw(picture), WIDTH // 2, 92 + number * 7 % 25
    pen.rounded_rectangle((middle - 175, 410, middle + 175, HEIGHT + 90), 120, COATS[number % len(COATS)])
    pen.rectangle((middle - 36, 330, middle + 36, 440), SKIN)
    pen.ellipse((middle - size - 12, 110, middle + size + 12, 330 - number % 3 * 12), HAIR)
    pen.ellipse((middle - size + 8, 150, middle + size - 8, 370), SKIN)
    for place, strokes in enumerate(STROKES):
        for stroke in strokes:
            points = [(130 + place * 120 + x, 500 + y) for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
            pen.line(points, "white", 8, joint="curve")
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue() + number.to_bytes(4, "big")


def _send(address: dict[str, Any], content: bytes) -> None:
    mark = uuid.uuid4().hex
    named = f'--{mark}\r\nContent-Disposition: form-data; name="'
    fields = "".join(f'{named}{name}"\r\n\r\n{value}\r\n' for name, value in address["fields"].items())
    head = f'{fields}{named}file"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    request = Request(address["url"], body, {"Content-Type": f"multipart/form-data; boundary={mark}"})  # noqa: S310
    with urlopen(request, timeout=20):  # noqa: S310 - the local AWS
        pass
