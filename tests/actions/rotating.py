"""What a rotation of keys does by itself: its acts, and its queue, which tests drain."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.actions import rotation
from chalicelib.functions import work
from chalicelib.outside import clock
from chalicelib.records import keys
from chalicelib.rules.act import SYSTEM
from tests.actions.post import waiting

OF_A_ROTATION = {"rotate", "rekey", "release"}
"""Messages that are its own: what another test asked for comes a minute later."""


def by_itself(town):
    """An act of the system's, which is not repeatable."""
    return replace(town.act(SYSTEM), key=None)


class Worked:
    """Lets everybody learn of a key that was begun, and does what waits until nothing does, at once."""

    def __init__(self, town, aws, monkeypatch):
        self.town, self.aws, self.monkeypatch = town, aws, monkeypatch
        waiting(aws, "WORK_QUEUE")

    def learnt(self):
        """Three minutes pass."""
        later = clock.now() + timedelta(minutes=3)
        self.monkeypatch.setattr(clock, "now", lambda: later)

    def __call__(self, purpose):
        """Take every turn of a rotation that was begun."""
        self.learnt()
        rotation.take_turn(purpose, keys.versions(purpose).present)
        while told := waiting(self.aws, "WORK_QUEUE"):
            for kind, body in [pair for message in told for pair in message.items() if pair[0] in OF_A_ROTATION]:
                work.JOBS[kind](by_itself(self.town), body)
