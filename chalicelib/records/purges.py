"""What a purge took away, by city, run and slice: `G#{city}`, `{run}#{slice}`."""

import json

from chalicelib.records.tables import RegisterRow


def keep(city: str, run: str, number: int, counts: dict[str, int]) -> None:
    """Keep the report of a slice; a repeat tells the same."""
    RegisterRow(f"G#{city}", f"{run}#{number:05d}", noun="purge", body=json.dumps(counts)).save()


def of(city: str) -> dict[str, dict[str, int]]:
    """Give by run how many archives were looked at, and how much of each kind went."""
    found: dict[str, dict[str, int]] = {}
    for row in RegisterRow.query(f"G#{city}", consistent_read=True):
        run = found.setdefault(str(row.sk).partition("#")[0], {})
        for what, count in json.loads(row.body or "{}").items():
            run[what] = run.get(what, 0) + count
    return found
