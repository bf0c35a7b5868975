"""Stop the city on this machine in the way that keeps its data, or with --forget in the way that does not."""

import os
import sys

from scripts import emulator
from scripts.phases import phase


def main() -> int:
    """Stop the emulator of PORT; give the exit status."""
    where = emulator.place(int(os.environ.get("PORT") or 4566))
    if "--forget" in sys.argv:
        with phase(f"forgetting the city on port {where.port}"):
            emulator.clear(where)
        return 0
    if where.pid() is None:
        print(f"  nothing runs on port {where.port}")
        return 0
    with phase("saving and stopping the local AWS"):
        emulator.stop(where)
    return 0


if __name__ == "__main__":
    sys.exit(main())
