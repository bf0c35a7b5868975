"""Have codes of the local stack computed anew from their archives: all, a city's, a company's or some workers'."""

import os
import sys

from scripts import stack, streams
from scripts.phases import Refusal, phase, refuse


def main() -> int:
    """Ask for it; give the exit status."""
    try:
        given = {name: os.environ.get(name.upper()) or "" for name in ("city", "company", "workers")}
        workers = [one for one in given["workers"].split(",") if one]
        if (given["company"] or workers) and not given["city"]:
            raise Refusal("COMPANY and WORKERS are of a city: name it too, such as CITY=330200")
        local = stack.local(int(os.environ.get("PORT") or 4566))
        with phase("projecting"):
            answer = streams.reproject(local, city=given["city"], company=given["company"], workers=workers)
            streams.finish(local)
    except Refusal as refusal:
        return refuse(refusal)
    print(f"  {answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
