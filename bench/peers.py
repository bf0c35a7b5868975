"""The environment of what the check is compared with: AWS's runtime client, FastAPI. None of it is deployed."""

import subprocess
from pathlib import Path

from bench.dynamodb import ROOT

PYTHON = ROOT / ".local" / "bench" / "bin" / "python"


def has(module: str, python: Path = PYTHON) -> bool:
    """Tell whether that environment is here and has a module."""
    if not python.exists():
        return False
    return subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0
