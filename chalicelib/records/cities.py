"""Cities and their settings: `CITY#{id}`."""

import json
from dataclasses import replace

from chalicelib import settings
from chalicelib.records import direct, shapes
from chalicelib.records.commit import META, Entry, Item, commit
from chalicelib.rules.act import Act
from chalicelib.rules.city import City
from chalicelib.rules.errors import Missing


def fetch(id: str) -> City:
    """Read a city, strongly consistent; Missing when the stack does not serve it."""
    row = direct.rows(settings.required("REGISTER_TABLE"), f"CITY#{id}", META, direct.WHOLE).get(META)
    if row is None:
        raise Missing("本系统没有开通这个城市")
    stored = json.loads(row["body"]["S"])
    stored.update(revision=int(row["revision"]["N"]), head=row["head"]["S"])
    return shapes.load(City, json.dumps(stored))


def store(before: City, after: City, *, act: Act, entry: Entry) -> City:
    """Write a city as one decision."""
    brief = {"id": after.id, "name": after.name}
    item = Item(
        sk=META, noun="city", body=shapes.dump(after), brief=json.dumps(brief, ensure_ascii=False),
        list_key="province#city#active#0", list_sort=after.id,
    )  # fmt: skip
    now = replace(after, revision=before.revision + 1)
    return replace(now, head=commit(before, act=act, entry=entry, put=[item], result=now))
