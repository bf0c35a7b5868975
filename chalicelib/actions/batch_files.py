"""The file of a background batch in the hands of the police (C4): each fetching is counted, written down, and told to
every worker in it, before the address is given."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.actions import background, reveals
from chalicelib.outside import files, queues
from chalicelib.outside import reveals as settings
from chalicelib.records import accounts, archives
from chalicelib.records import background as batches
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import NotAllowed, Problem, Unavailable

SECONDS = 120
SLICE = 100


def hand_out(act: Act, id: str) -> dict[str, Any]:
    """Give an address from which the file comes for two minutes, how many files the account fetched today (`today`)
    and may fetch a day (`most`). NotAllowed without a file, or when the day's number is used up."""
    before = background.fetch(act.account, id)
    if before.state != "ready" or before.file is None:
        words = "文件正在生成，请稍候再取" if before.state == "making" else "这个批次已经办结，文件已销毁"
        raise NotAllowed(words, rule="no-file")
    today = reveals.count_batch(act)
    number = before.downloads + 1
    entry = Entry(action="background.download", ground=background.PURPOSE, note={"download": number})
    batches.store(before, replace(before, downloads=number), act=replace(act, key=None), entry=entry)
    told = [before.city, id, number, act.account.id, act.at.isoformat()]
    queues.put("WORK_QUEUE", [{"batch-seen": [*told, at]} for at in range(0, len(before.members), SLICE)])
    address = files.address_to_fetch(before.file, name=f"{id}.zip", seconds=SECONDS)
    return {"url": address, "seconds": SECONDS, "today": today, "most": settings.batches().stop}


def tell(city: str, id: str, number: int, by: str, at: str, start: int) -> dict[str, int]:
    """Write for a slice of a batch's workers that its file was fetched for the `number`th time; safe to repeat.

    Unavailable when one was not written, so that the slice comes again.
    """
    batch, instant = batches.fetch(city, id), datetime.fromisoformat(at)
    act = Act(account=accounts.fetch(by), at=instant, on=day_of(instant))
    note = {"kind": "batch", "batch": id, "download": number}
    entry = Entry(action="background.view", ground=background.PURPOSE, note=note)
    faults, members = list[Problem](), batch.members[start : start + SLICE]
    for member in members:
        try:
            reveals.record(act, archives.fetch(city, member), entry, mark=f"{id}#{number}")
        except Problem as fault:
            faults.append(fault)
    if faults:
        raise Unavailable(f"{len(faults)} workers are still to be told") from faults[0]
    return {"told": len(members)}
