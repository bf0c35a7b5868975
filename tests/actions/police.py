"""What the association and the police do with a batch, for the tests of both."""

import base64
import io
from datetime import timedelta

import pytest
import pyzipper

from chalicelib.actions import background, conclusions, slices
from chalicelib.actions.background_forms import Conclusions, NewBackgroundBatch
from chalicelib.outside import clock, files, sheets
from chalicelib.records import jobs
from chalicelib.rules.errors import Malformed

HEADER = ("编号", "结论", "核查日期")


def filled(town, of="all"):
    """A batch with its file, and the password: (batch, password)."""
    batch, password = background.make(town.act("association_clerk"), NewBackgroundBatch(of=of))
    background.carry_out(batch.city, batch.id)
    return background.fetch(town.account("police"), batch.id), password


def opened(batch, password):
    """The lines of a batch's file."""
    archive = pyzipper.AESZipFile(io.BytesIO(files.read(batch.file)))
    return sheets.read(archive.read(f"{batch.id}.xlsx", pwd=password.encode()))


def returned(*lines, header=HEADER):
    """The file that comes back from the police."""
    content = sheets.written(header, lines, widths=[9] * len(header), choices={})
    return Conclusions(file=base64.b64encode(content))


def concluded(town, batch, *lines):
    """Import what the police concluded, and do its slices; gives the progress."""
    job = conclusions.begin(town.act("police"), batch.id, returned(*lines))
    for number in range(job["slices"]):
        conclusions.run(jobs.fetch(batch.city, job["id"]), number)
    return slices.progress(town.act("police"), job["id"])


def refused(town, batch, *lines, header=HEADER):
    """Where and why a file of the police is refused."""
    with pytest.raises(Malformed) as refusal:
        conclusions.begin(town.act("police"), batch.id, returned(*lines, header=header))
    return [(fault.field, fault.code) for fault in refusal.value.faults]


def months_pass(monkeypatch, days=340):
    """Let nearly a year go by."""
    later = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)
