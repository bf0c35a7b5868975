"""The holder's photo in an answer: an address at which anyone can see it, for four minutes to five, and then nobody.

Addresses are signed as of the minute's beginning, so that the answers of a minute have one.
"""

from chalicelib import settings
from chalicelib.outside import clock
from chalicelib.public import endpoint, signer
from chalicelib.public.signer import Credentials

SECONDS = 300


def signing() -> tuple[Credentials, int]:
    """Say who signs, anew where any of its settings changed, and as of which second: addresses of both are the same."""
    seconds = clock.real_seconds()
    return endpoint.access()[1], seconds - seconds % 60


def address(key: str, seconds: int) -> str:
    """Give an address of a small copy by its key in the uploads bucket, good for five minutes from a second on.

    PHOTOS is the origin: the bucket's own host, or one that serves the bucket under its name.
    """
    origin, bucket = settings.required("PHOTOS"), settings.required("UPLOADS_BUCKET")
    to, who = endpoint.access()
    path = f"/{key}" if f"://{bucket}." in origin else f"/{bucket}/{key}"
    return signer.address(origin, path, region=to.region, instant=signer.instant(seconds), who=who, seconds=SECONDS)
