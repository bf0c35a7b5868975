"""Cities and their settings: `CITY#{id}`."""

import json
from dataclasses import replace

from chalicelib import settings
from chalicelib.records import direct, shapes
from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.rules.act import Act
from chalicelib.rules.city import City
from chalicelib.rules.errors import Missing
from chalicelib.rules.json_text import written


def fetch(id: str) -> City:
    """Read a city, strongly consistent; Missing when the stack does not serve it."""
    row = direct.rows(settings.required("REGISTER_TABLE"), f"CITY#{id}", META, direct.WHOLE).get(META)
    if row is None:
        raise Missing("本系统没有开通这个城市")
    stored = json.loads(row["body"]["S"])
    stored.update(revision=int(row["revision"]["N"]), head=row["head"]["S"])
    return shapes.load(City, json.dumps(stored))


def store(before: City, after: City, *, act: Act, entry: Entry) -> City:
    """Write a city as one decision; where it chose anew, the check hears of it in the same transaction, so that no code
    is believed that does not know what holds (docs/decisions/0020)."""
    brief = {"id": after.id, "name": after.name}
    item = Item(
        sk=META, noun="city", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key="province#city#active#0", list_sort=after.id,
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    chosen = {after.key: written(after.overrides)} if after.overrides != before.overrides else {}
    return replace(now, head=commit(before, act=act, entry=entry, put=[item], stop=chosen, result=now))
