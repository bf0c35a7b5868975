"""A notice (G4): what is told to whom, from which template, and how far each channel has come.

In the app a notice is told by being written; every other channel is `send`'s work. A delivery:

    queued ── begun ──> sending ── ended ──> sent
      │                    └── a fault ──> queued again, and `failed` after TRIES
      └──> held (quiet hours) · not-configured (the stack has no such channel) · no-address (nobody to write to)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Literal, NamedTuple

Channel = Literal["in-app", "email", "sms", "wechat"]
Recipient = Literal["company", "worker", "association"]
State = Literal["queued", "held", "sending", "sent", "failed", "not-configured", "no-address"]
TRIES = 5
"""As often as the queue gives a message before it is put aside (infra/queues.yaml)."""
LEASE = timedelta(seconds=90)
"""Longer than `send` may run: a delivery begun longer ago has died."""
OPEN = frozenset({"queued", "held", "sending"})


class Letter(NamedTuple):
    """What one recipient is told, by which channels."""

    channels: tuple[Channel, ...]
    text: str


class Template(NamedTuple):
    """A packaged template; what is `urgent` does not wait for the end of the quiet hours."""

    name: str
    version: int
    title: str
    urgent: bool
    to: Mapping[Recipient, Letter]


class Quiet(NamedTuple):
    """Hours of Shanghai in which no telephone is made to ring, over midnight; `until` is the first loud minute."""

    start: time
    until: time


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One channel of a notice: its state since `at`, and how often it was begun."""

    channel: Channel
    state: State
    tries: int = 0
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One notice to one recipient. `of` is the partition of what it is about, `name` tells it from all others there;
    `owner` is whose list shows it: a company's id, `association`, or None for a worker. It is kept until it `ends`."""

    of: str
    name: str
    to: Recipient
    owner: str | None
    template: str
    title: str
    text: str
    urgent: bool
    at: datetime
    deliveries: tuple[Delivery, ...]
    ends: datetime | None = None
    read_by: str | None = None
    read_at: datetime | None = None
    revision: int = 1

    @property
    def city(self) -> str:
        """The city it belongs to."""
        return self.of.split("#")[1]

    @property
    def id(self) -> str:
        """How staff name it: partition and name, without the sign that an address cannot carry."""
        return f"{self.of}#{self.name}".replace("#", ".")

    def open_deliveries(self) -> tuple[Delivery, ...]:
        """Give the deliveries that are still to be done."""
        return tuple(one for one in self.deliveries if one.state in OPEN)

    @property
    def standing(self) -> Literal["waiting", "failed"] | None:
        """Whether the outbox still has something to do with it, or gave it up."""
        if self.open_deliveries():
            return "waiting"
        return "failed" if any(one.state == "failed" for one in self.deliveries) else None


def written(
    template: Template, to: Recipient, fields: Mapping[str, Any], *, of: str, name: str, owner: str | None,
    at: datetime, ends: datetime | None = None,
) -> Notice:
    """Write a notice from a template, kept until it `ends`; KeyError when a field of it is not given."""
    letter = template.to[to]
    return Notice(
        of=of, name=f"{name}#{to}", to=to, owner=owner, template=f"{template.name}@{template.version}",
        title=template.title.format(**fields), text=letter.text.format(**fields), urgent=template.urgent, at=at,
        ends=ends, deliveries=tuple(
            Delivery(channel=channel, state="sent" if channel == "in-app" else "queued", at=at)
            for channel in letter.channels
        ),
    )  # fmt: skip


def place(id: str) -> tuple[str, str]:
    """Give partition and name of a notice's id; names of no notice for what is no id."""
    parts = id.split(".")
    return "#".join(parts[:3]), "#".join(parts[3:])


def begun(notice: Notice, delivery: Delivery, at: datetime) -> Notice:
    """Take a delivery for oneself before anything leaves the house."""
    return _changed(notice, replace(delivery, state="sending", tries=delivery.tries + 1, at=at))


def ended(notice: Notice, delivery: Delivery, state: State, at: datetime) -> Notice:
    """Say how a delivery ended, or why it waits."""
    return _changed(notice, replace(delivery, state=state, at=at))


def failed(notice: Notice, delivery: Delivery, at: datetime) -> Notice:
    """Give a delivery back for another try, or up."""
    return ended(notice, delivery, "failed" if delivery.tries >= TRIES else "queued", at)


def under_way(delivery: Delivery, at: datetime) -> bool:
    """Tell whether somebody else is at it just now."""
    return delivery.state == "sending" and at - delivery.at < LEASE


def is_quiet(quiet: Quiet, here: time) -> bool:
    """Tell whether a time of day in Shanghai lies in the quiet hours."""
    return here >= quiet.start or here < quiet.until


def _changed(notice: Notice, delivery: Delivery) -> Notice:
    others = tuple(delivery if one.channel == delivery.channel else one for one in notice.deliveries)
    return replace(notice, deliveries=others)
