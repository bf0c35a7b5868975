"""Let a city live for years in minutes and check every public answer: `make simulate ARGS="--archives 3000 --years 3"`.

Prints `checked N answers on M simulated days: 0 wrong`; exit status 1 when any was wrong.
"""

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.simulation import Simulation


def main(arguments: list[str]) -> int:
    """Run the simulation; give the exit status."""
    asked = _parsed(arguments)
    simulation = _made(asked)
    began, told = time.monotonic(), time.monotonic()
    days = 0
    for number in simulation.run():
        days = number + 1
        if asked.first and simulation.judge.wrong:
            break
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(f"  day {days} of {asked.days}, {simulation.judge.answers} answers", flush=True)
    _report(simulation, days, time.monotonic() - began)
    return 1 if simulation.judge.wrong else 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="simulate", description="Live through years and check every answer.")
    reader.add_argument("--archives", type=int, default=2000, help="how many lives (2000)")
    reader.add_argument("--years", type=float, default=3.0, help="how many simulated years (3)")
    reader.add_argument("--seed", type=int, default=1, help="the same seed is the same run (1)")
    reader.add_argument("--trouble", type=float, default=0.15, help="share of invocations that go wrong (0.15)")
    reader.add_argument("--mutant", default=None, help="plant a bug (scripts/simulation_mutants.py)")
    reader.add_argument("--overtaken", action="store_true", help="let late writes overtake a city's decision")
    reader.add_argument("--first", action="store_true", help="stop on the first wrong answer")
    asked = reader.parse_args(arguments)
    asked.days = max(1, round(asked.years * 365.25))
    return asked


def _made(asked: argparse.Namespace) -> "Simulation":
    """Make the simulation; the environment must be there before the product's modules are."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(SETTINGS)
    from scripts.simulation import Simulation
    from scripts.simulation_mutants import MUTANTS

    simulation = Simulation(asked.archives, asked.days, asked.seed, asked.trouble, overtaken=asked.overtaken)
    if asked.mutant:
        MUTANTS[asked.mutant](simulation.world)
    return simulation


SETTINGS = {
    "REGISTER_TABLE": "register", "CODES_TABLE": "codes", "INBOX_TABLE": "inbox", "LEDGER_TABLE": "ledger",
    "ADDRESS": "https://code.example.cn", "PROVINCE": "default", "STAGE": "local", "AWS_DEFAULT_REGION": "cn-north-1",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true",
}  # fmt: skip


def _report(simulation: "Simulation", days: int, seconds: float) -> None:
    for wrong in simulation.judge.wrong[:10]:
        print(f"WRONG on {wrong.day} in {wrong.city}: {wrong.why}\n  told {wrong.told}\n  due  {wrong.due}")
        print(f"  facts {wrong.facts}")
    judge = simulation.judge
    colours = ", ".join(f"{count} {colour}" for colour, count in sorted(judge.colours.items()))
    troubles = ", ".join(f"{count} {what}" for what, count in sorted(simulation.world.happened.items()))
    print(f"  {len(simulation.lives)} archives; {colours}; {judge.lagging} behind, none of them green unduly")
    print(f"  {troubles}; {seconds:.0f} s")
    print(f"checked {judge.answers} answers on {days} simulated days: {len(judge.wrong)} wrong")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
