"""What builds, runs and deploys the product; run from the project's root with `python -m scripts.NAME`."""
