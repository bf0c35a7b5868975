"""Made-up pictures and papers, and sending them as a browser does."""

from io import BytesIO
from urllib.request import Request, urlopen
from uuid import uuid4

from PIL import Image

PDF = b"%PDF-1.4\n% a made-up paper\n%%EOF\n"


def picture(width=600, height=800, colour="navy", format="JPEG", **more):
    """The bytes of a plain picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, format, **more)
    return out.getvalue()


def send(address, content, **changed):
    """Send a content by the form of an address; gives the status, or raises urllib's HTTPError."""
    mark = uuid4().hex
    fields = {**address["fields"], **changed}
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    last = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = "".join([*parts, last]).encode() + content + f"\r\n--{mark}--\r\n".encode()
    request = Request(address["url"], body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
    with urlopen(request, timeout=10) as reply:
        return reply.status
