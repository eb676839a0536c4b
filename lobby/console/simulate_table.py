"""The result of a simulation of two calling rules, as a table or as one JSON object."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from lobby.console.simulate_rules import Side
from lobby.queueing.model.priority import CallingRule
from lobby.simulation.record import DayRecord
from lobby.simulation.scoring import Difference, Figures, differences, figures

Days = Sequence[DayRecord]

PER_CENT, MINUTES = (100, " %", " pts"), (1, " min", " min")
"""By what a figure is multiplied, its unit, and the unit of a difference."""

CLASSES = ("regular", "assistance", "premium", "appointment")
ROWS = (
    ("mean wait", "mean_min", MINUTES),
    ("P95 of waits", "p95_min", MINUTES),
    ("served as promised", "in_promise", PER_CENT),
    *((f"  {name}", f"in_promise_{name}", PER_CENT) for name in CLASSES),
    ("waited over 45 min", "over_45", PER_CENT),
    ("left unserved", "left", PER_CENT),
)


class Comparison:
    """`promises` is the branch's rule: by its promises both sides are judged."""

    def __init__(
        self, sides: tuple[Side, Side], days: tuple[Days, Days], promises: CallingRule
    ) -> None:
        self.sides = sides
        self.days = len(days[0])
        self.figures = tuple(figures(records, promises) for records in days)
        self.differences = differences(*days, promises)

    def table(self, title: str) -> Table:
        ours, theirs = self.figures
        table = Table(title=title, caption=self._caption())
        table.add_column("")
        for name in self._columns():
            table.add_column(name, justify="right")
        table.add_row("customers", str(ours.customers), str(theirs.customers))
        table.add_row("served", str(ours.served), str(theirs.served))
        for name, key, unit in ROWS:
            both = (_shown(_value(found, key), unit) for found in self.figures)
            table.add_row(name, *both, *_difference(self.differences[key], unit))
        table.add_row("passed by, at most", str(ours.overtakes_max), str(theirs.overtakes_max))
        return table

    def _columns(self) -> list[str]:
        names = [*(side.name for side in self.sides), "difference", "95 % interval"]
        return names if self.days > 1 else names[:-1]

    def plain(self) -> dict[str, Any]:
        return {
            "days": self.days,
            "rules": {
                side.name: asdict(found)
                for side, found in zip(self.sides, self.figures, strict=True)
            },
            "paired": {
                name: asdict(found) if found else None for name, found in self.differences.items()
            },
        }

    def _caption(self) -> str | None:
        return "Differences are means over days, each with itself." if self.days > 1 else None


def _value(found: Figures, key: str) -> float | None:
    by_class: Mapping[str, float | None] = {
        f"in_promise_{priority}": share for priority, share in found.in_promise_by_class.items()
    }
    return by_class[key] if key in by_class else getattr(found, key)


def _shown(value: float | None, unit: tuple[int, str, str]) -> str:
    factor, name, _ = unit
    return "none" if value is None else f"{value * factor:.1f}{name}"


def _difference(found: Difference | None, unit: tuple[int, str, str]) -> tuple[str, ...]:
    """One day has no interval."""
    if found is None:
        return ("none",)
    factor, _, name = unit
    mean, low, high = (value * factor for value in (found.mean, found.low, found.high))
    interval = () if low == high == mean else (f"{low:+.1f} to {high:+.1f}",)
    return (f"{mean:+.1f}{name}", *interval)
