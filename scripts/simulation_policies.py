"""The packaged policies, and to each region's a successor or two that begins while the simulation runs (G1)."""

import json
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from random import Random

PACKAGED = Path(__file__).resolve().parents[1] / "chalicelib" / "policies"
GROUNDS = ("review-overdue", "exam-missing", "exam-lapsed", "exam-weak", "insurance-lapsed", "training-missing",
           "insurance-no-third-party", "recheck-overdue", "company-suspended", "both-lapsed")  # fmt: skip


def packaged_with_successors(folder: Path, first: date, days: int, chance: Random) -> None:
    """Write them to a folder, the successors beginning within so many days after the first."""
    for path in sorted(PACKAGED.glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for share in (0.4, 0.7) if "versions" in document else ():
            start = first + timedelta(days=int(days * share) + chance.randrange(1 + days // 5))
            version = deepcopy(document["versions"][-1])
            version |= {"version": version["version"] + 1, "from": str(start)}
            version["activation_required"] = chance.random() < 0.3
            for ground in chance.sample(GROUNDS, 3):
                colour = version["grounds"][ground]["colour"] = chance.choice(["yellow", "grey", "red"])
                if colour == "red":
                    version["city_may"]["grounds"].pop(ground, None)
            document["versions"].append(version)
        (folder / path.name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
