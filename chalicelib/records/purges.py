"""What a purge took away, by city, run and part: `G#{city}`, `{run}#{slice}` and `{run}#beside`."""

import json

from chalicelib.records.tables import RegisterRow


def keep(city: str, run: str, part: str, counts: dict[str, int]) -> None:
    """Keep the report of a part of a run, such as a slice; a repeat tells the same."""
    RegisterRow(f"G#{city}", f"{run}#{part}", noun="purge", body=json.dumps(counts)).save()


def of(city: str) -> dict[str, dict[str, int]]:
    """Give by run how many archives were looked at, and how much of each kind went."""
    found: dict[str, dict[str, int]] = {}
    for row in RegisterRow.query(f"G#{city}", consistent_read=True):
        run = found.setdefault(str(row.sk).partition("#")[0], {})
        for what, count in json.loads(row.body or "{}").items():
            run[what] = run.get(what, 0) + count
    return found
