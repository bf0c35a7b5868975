"""Fill the demo city through its API and its workflow, run the main job once, and tell what there is.

`--kept` tells again what an already filled city has.
"""

import json
import os
import sys
from typing import Any

from scripts import emulator, main_job, seed_cases, stack, tell
from scripts.phases import Refusal, phase, refuse
from scripts.seed_city import City


def main(arguments: list[str]) -> int:
    """Do it; give the exit status."""
    port = int(os.environ.get("PORT") or 4566)
    try:
        deployed = stack.local(port)
        if "--kept" not in arguments:
            fill(deployed)
        tell.city(json.loads((emulator.LOCAL / "city.json").read_text(encoding="utf-8")))
    except Refusal as refusal:
        return refuse(refusal)
    return 0


def fill(deployed: stack.Stack) -> None:
    """Make accounts, companies, workers and their certificates; write .local/city.json."""
    city = City(deployed)
    with phase("accounts of every role"):
        city.open()
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
    with phase("every code as the public sees it"):
        codes, tally = city.codes(shown)
    print(f"    {tally}")
    _write(city, codes)


def _write(city: City, codes: dict[str, Any]) -> None:
    path = emulator.LOCAL / "city.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["accounts"], told["codes"] = city.accounts, codes
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
