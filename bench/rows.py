"""The rows: what was measured, its target, and how it is told."""

import json
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """One measure. `target` is the most it may be, None where none is set; `spread` is its lowest and highest."""

    name: str
    value: float
    target: float | None
    spread: tuple[float, float] | None = None

    @property
    def met(self) -> bool:
        """Tell whether the target is met, or none is set."""
        return self.target is None or self.value <= self.target


def line(row: Row) -> str:
    """Tell a row in one line."""
    spread = f" ({row.spread[0]:.2f}-{row.spread[1]:.2f})" if row.spread else ""
    aim = "" if row.target is None else f"<= {row.target:g}" + ("" if row.met else "  NOT MET")
    return f"{row.name:<74} {row.value:>12,.2f}{spread:<14} {aim}"


def keep(rows: list[Row], path: Path) -> None:
    """Write the rows as JSON, by name."""
    told = {row.name: {"value": row.value, "target": row.target, "spread": row.spread} for row in rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
