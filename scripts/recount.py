"""Have the counters of the local stack's cities counted anew from their archives: of CITY, or of every city."""

import os
import sys

from scripts import stack, streams
from scripts.phases import Refusal, phase, refuse


def main() -> int:
    """Ask for it; give the exit status."""
    try:
        city = os.environ.get("CITY") or "all"
        local = stack.local(int(os.environ.get("PORT") or 4566))
        with phase("counting"):
            answer = streams.invoke(local, "ReactFunction", {"recount": city})
            streams.finish(local)
    except Refusal as refusal:
        return refuse(refusal)
    print(f"  {answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
