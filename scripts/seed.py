"""Fill the demo city through its API and its workflow, run the main job once, and tell what there is.

`--kept` tells again what an already filled city has.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from scripts import emulator, main_job, reasons, seed_cases, seed_cities, seed_photos, stack, tell
from scripts.phases import Refusal, phase, refuse
from scripts.seed_city import City


def main(arguments: list[str]) -> int:
    """Do it; give the exit status."""
    port = int(os.environ.get("PORT") or 4566)
    try:
        deployed, told_reasons = stack.local(port), emulator.place(port).folder / "reasons.json"
        if "--kept" not in arguments:
            fill(deployed, told_reasons)
        # a city that was seeded before this file was written is kept as it is
        tell.city(_read(emulator.LOCAL / "city.json"), _read(told_reasons) if told_reasons.exists() else {})
    except Refusal as refusal:
        return refuse(refusal)
    return 0


def fill(deployed: stack.Stack, told_reasons: Path) -> None:
    """Make accounts, companies, workers and their certificates; write .local/city.json, and a code by each reason."""
    city = City(deployed)
    with phase("accounts of every role"):
        city.open()
    with phase("two cities of other rules, with certificates of days gone by"):
        others = seed_cities.run(city)
    with phase("99 companies from the public ranking"):
        report = city.import_companies()
    twice = "、".join(f"第 {row['row']} 行：{row['message']}" for row in report["report"])
    print(f"    {report['done']} stored, {report['duplicate']} found twice and not stored ({twice})")
    with phase("owners of twelve companies"):
        city.make_owners()
    main_job.run(city)
    with phase("workers of twelve companies, from files"):
        workers = city.import_workers()
    with phase("persons and documents compared by the association"):
        city.identify(workers)
    with phase(f"{len(workers)} applications through the workflow, in batches"):
        done = city.certify(workers)
    print(f"    {done} certificates issued and handed over")
    with phase("one by one through every state and reason"):
        shown = seed_cases.run(city)
    with phase("photos of these workers, made up and marked 演示"):
        photos = seed_photos.run(city, shown)
    print(f"    {photos} photos copied small and shown")
    with phase("every code as the public sees it"):
        found = reasons.looks(city, shown | others.shown)
    print(f"    {reasons.tally(found)}")
    known = _read(emulator.LOCAL / "city.json")
    accounts = [account for one in (city, *others.cities) for account in one.accounts]
    _write(emulator.LOCAL / "city.json", known | {"accounts": accounts, "codes": reasons.by_colour(city, found)})
    _write(told_reasons, reasons.by_reason(city, found))


def _read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def _write(path: Path, told: dict[str, Any]) -> None:
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
