"""Have codes computed anew from their archives: all, a city's, a company's or some workers'.

Of the local stack, or of STAGE= in REGION=.
"""

import os
import sys

from botocore.exceptions import BotoCoreError, ClientError

from scripts import reach, streams
from scripts.phases import Refusal, phase, refuse


def main() -> int:
    """Ask for it; give the exit status."""
    try:
        given = {name: os.environ.get(name.upper()) or "" for name in ("city", "company", "workers")}
        workers = [one for one in given["workers"].split(",") if one]
        if (given["company"] or workers) and not given["city"]:
            raise Refusal("COMPANY and WORKERS are of a city: name it too, such as CITY=330200")
        stack = reach.chosen(os.environ)
        with phase("projecting"):
            answer = streams.reproject(stack, city=given["city"], company=given["company"], workers=workers)
            streams.finish(stack)
    except Refusal as refusal:
        return refuse(refusal)
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}"))
    print(f"  {answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
