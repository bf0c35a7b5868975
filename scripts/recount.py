"""Have the counters of cities counted anew from their archives, on the local stack or of STAGE= in REGION=: of CITY, or
of every city."""

import os
import sys

from botocore.exceptions import BotoCoreError, ClientError

from scripts import reach, streams
from scripts.phases import Refusal, phase, refuse


def main() -> int:
    """Ask for it; give the exit status."""
    try:
        city = os.environ.get("CITY") or "all"
        stack = reach.chosen(os.environ)
        with phase("counting"):
            answer = streams.invoke(stack, "ReactFunction", {"recount": city})
            streams.finish(stack)
    except Refusal as refusal:
        return refuse(refusal)
    except (BotoCoreError, ClientError) as error:
        return refuse(Refusal(f"AWS refused: {error}"))
    print(f"  {answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
