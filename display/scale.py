"""How large a call is drawn so that it can be read from the seats of this very hall."""

import math
from collections.abc import Mapping
from typing import Any

MM_PER_PX = 0.634
"""A 55-inch screen with 1920 by 1080 pixels."""

DISTANCE_M = 5.0

LEGIBLE_DEGREES = 0.7
"""The height of a capital letter as the eye sees it (EN 301 549, 5.1.4)."""

CAP_HEIGHT = 0.7
"""Of a font's size; that of Noto Sans is a little more."""


def smallest_call_px(settings: Mapping[str, Any]) -> int:
    """The font size of a call by the device's `mm_per_px` and `distance_m`."""
    mm_per_px = _between(0.05, settings.get("mm_per_px"), 5.0) or MM_PER_PX
    distance_m = _between(0.5, settings.get("distance_m"), 30.0) or DISTANCE_M
    capital_mm = math.radians(LEGIBLE_DEGREES) * distance_m * 1000
    return math.ceil(capital_mm / CAP_HEIGHT / mm_per_px)


def _between(least: float, value: Any, most: float) -> float | None:
    """None for what nobody can have meant, so that a slip never blanks a wall."""
    if not isinstance(value, int | float) or not least <= value <= most:
        return None
    return float(value)
