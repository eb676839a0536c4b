"""The settings of a display: picture, place, voice and slides, as they are kept with the device."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

USUAL_LENGTH_MM = 1217.0
"""The longer side of a 55-inch screen, whatever its pixels and however it hangs."""

DISTANCE_M = 5.0
WIDTHS_MM = (80.0, 6000.0)
DISTANCES_M = (0.5, 30.0)

LEGIBLE_DEGREES = 0.7
"""The height of a capital letter as the eye sees it (EN 301 549, 5.1.4)."""

CAP_HEIGHT = 0.7
"""Of a font's size; that of Noto Sans is a little more."""

TALLEST = 0.18
"""Of the picture's shorter side: what is larger leaves no room for a number and a counter."""

SHAPE = 9 / 16
"""Of the screens that are sold: how high a wide one is for its width."""

LOUDNESS = (1, 2, 3)
SLIDES_MAX = 8
SLIDE_LENGTH_MAX = 160


T = TypeVar("T", bound=StrEnum)


class Layout(StrEnum):
    HALL = "hall"
    COUNTER = "counter"


class Hanging(StrEnum):
    """How the picture stands; the last two for a screen whose computer does not know of it."""

    WIDE = "wide"
    UPRIGHT = "upright"
    TURNED_RIGHT = "turned_right"
    TURNED_LEFT = "turned_left"


@dataclass(frozen=True, slots=True)
class Slide:
    """A quiet text of the branch's own, shown from its first to its last day."""

    first_day: date
    last_day: date
    texts: Mapping[str, str]

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """`width_mm` is that of the picture as it stands; it and `mm_per_px` are 0 where nobody knows
    them. Of `counters` and `services` an empty one means all. Displays with the same `heard_in`
    stand in one room: only one of them speaks at a time."""

    layout: Layout = Layout.HALL
    counter: str = ""
    hanging: Hanging = Hanging.WIDE
    width_mm: float = 0.0
    mm_per_px: float = 0.0
    distance_m: float = DISTANCE_M
    counters: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    speaks: bool = True
    heard_in: str = ""
    loudness: int = 3
    slides: tuple[Slide, ...] = field(default=())

    @property
    def capital_mm(self) -> float:
        """How high a letter has to be to be read from the farthest seat."""
        return math.radians(LEGIBLE_DEGREES) * self.distance_m * 1000

    @property
    def font_mm(self) -> float:
        return self.capital_mm / CAP_HEIGHT

    @property
    def shown_width_mm(self) -> float:
        """As measured, or else that of a usual screen."""
        usual_mm = USUAL_LENGTH_MM * (1 if self.hanging is Hanging.WIDE else SHAPE)
        return self.width_mm or usual_mm

    @property
    def is_turned(self) -> bool:
        return self.hanging in (Hanging.TURNED_RIGHT, Hanging.TURNED_LEFT)

    @property
    def farthest_m(self) -> float:
        """From where a call can still be read on a picture of this width."""
        shorter_mm = self.shown_width_mm * (SHAPE if self.hanging is Hanging.WIDE else 1)
        return shorter_mm * TALLEST * CAP_HEIGHT / math.radians(LEGIBLE_DEGREES) / 1000


def display_settings(kept: Mapping[str, Any]) -> DisplaySettings:
    """Never raises: what nobody can have meant counts as not set, so that a slip blanks no wall."""
    return DisplaySettings(
        layout=_one_of(Layout, kept.get("layout"), Layout.HALL),
        counter=str(kept.get("counter") or ""),
        hanging=_one_of(Hanging, kept.get("hanging"), Hanging.WIDE),
        width_mm=_between(*WIDTHS_MM, kept.get("width_mm")) or 0.0,
        mm_per_px=_between(0.05, 5.0, kept.get("mm_per_px")) or 0.0,
        distance_m=_between(*DISTANCES_M, kept.get("distance_m")) or DISTANCE_M,
        counters=_texts(kept.get("counters")),
        services=_texts(kept.get("services")),
        speaks=kept.get("speaks") is not False,
        heard_in=str(kept.get("heard_in") or ""),
        loudness=next((step for step in LOUDNESS if step == kept.get("loudness")), LOUDNESS[-1]),
        slides=_slides(kept.get("slides")),
    )


def digest(kept: Mapping[str, Any], language: str) -> str:
    """Changes with the settings, so that a page knows whether it was drawn for these."""
    text = json.dumps([dict(kept), language], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def kept_slide(slide: Slide) -> dict[str, Any]:
    """As it lies in the settings."""
    days = {"from": slide.first_day.isoformat(), "until": slide.last_day.isoformat()}
    return {**days, "texts": dict(slide.texts)}


def _slides(kept: Any) -> tuple[Slide, ...]:
    rows = kept if isinstance(kept, list) else []
    return tuple(slide for row in rows[:SLIDES_MAX] if (slide := _slide(row)) is not None)


def _slide(row: Any) -> Slide | None:
    try:
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["until"])
        texts = {str(code): str(text) for code, text in row["texts"].items() if text}
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return Slide(first, last, texts) if texts else None


def _texts(kept: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in kept) if isinstance(kept, list | tuple) else ()


def _one_of(kind: type[T], kept: Any, otherwise: T) -> T:
    try:
        return kind(kept)
    except ValueError:
        return otherwise


def _between(least: float, most: float, kept: Any) -> float | None:
    if isinstance(kept, bool) or not isinstance(kept, int | float) or not least <= kept <= most:
        return None
    return float(kept)
