"""How a benchmark says what it measured: a table for people, one JSON line for machines."""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: the value at ceil(share * n) in ascending order."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def report(title: str, rows: Mapping[str, Any], as_json: bool) -> None:
    print(title)
    for name, value in rows.items():
        print(f"  {name:<28} {_shown(value)}")
    if as_json:
        sys.stdout.flush()
        print(json.dumps(rows))


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "   ".join(f"{name}: {_shown(part)}" for name, part in value.items())
    return f"{value:,.3f}" if isinstance(value, float) else str(value)
