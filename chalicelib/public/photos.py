"""The holder's photo in an answer: an address at which anyone can see it for five minutes, and then nobody."""

import time

from chalicelib import settings
from chalicelib.public import endpoint, signer

SECONDS = 300


def address(key: str) -> str:
    """Give an address of a small copy by its key in the uploads bucket.

    PHOTOS is the origin: the bucket's own host, or one that serves the bucket under its name.
    """
    origin, bucket = settings.required("PHOTOS"), settings.required("UPLOADS_BUCKET")
    to, who = endpoint.access()
    path = f"/{key}" if f"://{bucket}." in origin else f"/{bucket}/{key}"
    instant = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())  # AWS's clock, not the product's moved one
    return signer.address(origin, path, region=to.region, instant=instant, who=who, seconds=SECONDS)
