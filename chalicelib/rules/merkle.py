"""Merkle trees (RFC 9162, section 2.1): one hash that stands for many texts, and the proof that one of them is in it.

Leaves and nodes are hashed differently, so that a node can never be shown as a leaf.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple


class Step(NamedTuple):
    """One step of a proof: the hash beside one's own, and whether it stands on the left."""

    beside: str
    is_left: bool


def root(leaves: Sequence[str]) -> str:
    """Give the root of some texts in their order, in hex; of none, the hash of nothing (G3)."""
    level = [_leaf(leaf) for leaf in leaves] or [sha256().digest()]
    while len(level) > 1:
        level = _above(level)
    return level[0].hex()


def proof(leaves: Sequence[str], place: int) -> tuple[Step, ...]:
    """Give the steps from the text at a place up to the root; IndexError when there is none (G3)."""
    level, steps = [_leaf(leaf) for leaf in leaves], list[Step]()
    if not 0 <= place < len(level):
        raise IndexError(place)
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            steps.append(Step(level[beside].hex(), is_left=beside < place))
        level, place = _above(level), place // 2
    return tuple(steps)


def leads_to(leaf: str, steps: Sequence[Step]) -> str:
    """Give the root that a proof leads to from a text: the text is in a tree if it is that tree's (G3)."""
    found = _leaf(leaf)
    for step in steps:
        beside = bytes.fromhex(step.beside)
        found = _node(beside, found) if step.is_left else _node(found, beside)
    return found.hex()


def _above(level: list[bytes]) -> list[bytes]:
    """Join a level's pairs; one left over at the end goes up as it is."""
    pairs = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _leaf(text: str) -> bytes:
    return sha256(b"\0" + text.encode()).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
