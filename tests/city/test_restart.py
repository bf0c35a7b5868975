"""What a restart leaves: the data, and after mending a code that turns through the stream."""

from scripts import emulator, seed_cases, streams
from scripts.streams import wait_until


def test_after_a_restart_a_code_turns_through_the_stream(people, emulator_place):
    worker = people.worker("done")
    token = worker["certificate"]["token"]
    people.settled(people.public(), token)
    emulator.stop(emulator_place)
    emulator.start(emulator_place, retry_seconds=0.1)
    at_once = wait_until(lambda: people.seen(token)[2]["result"] == "known") and people.seen(token)[2]["colour"]
    streams.mend(people.stack)
    streams.reproject(people.stack)
    kept = people.settled(people.public(), token)["colour"]

    seed_cases._exam(ended=True)(people, worker)

    assert (at_once, kept) == ("green", "green")
    assert wait_until(lambda: people.seen(token)[2]["colour"] == "yellow")
