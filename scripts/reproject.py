"""Have every code of the local city computed anew from its archive."""

import os
import sys

from scripts import stack, streams
from scripts.phases import Refusal, phase, refuse


def main() -> int:
    """Ask for it; give the exit status."""
    try:
        city = stack.local(int(os.environ.get("PORT") or 4566))
        with phase("projecting every archive"):
            answer = streams.reproject(city)
    except Refusal as refusal:
        return refuse(refusal)
    print(f"  {answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
