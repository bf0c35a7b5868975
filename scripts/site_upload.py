"""Build the site and upload it to the local city, without touching anything else."""

import os
import sys

from scripts import stack, website
from scripts.phases import Refusal, phase, refuse
from scripts.up import upload_site


def main() -> int:
    """Do it; give the exit status."""
    try:
        city = stack.local(int(os.environ.get("PORT") or 4566))
        with phase("building the site"):
            website.build()
        with phase("uploading the site"):
            upload_site(city)
    except Refusal as refusal:
        return refuse(refusal)
    print(f"  {city.browser_url}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
