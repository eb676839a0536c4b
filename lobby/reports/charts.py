"""Geometry of the report's charts: figures in, coordinates out; templates draw them as SVG.

Small multiples: the three charts of the day share one axis of time, and every wait in the report,
by half hour or by service, is drawn on one scale of minutes.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model.plan import Plan
from lobby.reports.day import DayReport, ServiceLine
from lobby.reports.periods import Period

WIDTH = 1080
LEFT = 60
RIGHT = 24
PLOT = WIDTH - LEFT - RIGHT
TITLE_HEIGHT = 44
WAITS_HEIGHT = 230
COUNTS_HEIGHT = 110
HOURS_HEIGHT = 34
GAP = 26
ROW_HEIGHT = 62
BAR_SHARE = 0.62
ROW_BAR = 18
MOST_HOUR_LABELS = 13
MOST_TICKS = 5
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MINUTE_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480)


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    is_few: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """The wait that nine of ten did not exceed, with the stem from the bar's end up to it."""

    x: float
    y: float
    stem_to: float
    is_few: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart above the shared axis of time; `top` is where its plot begins."""

    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True, slots=True)
class HourMark:
    """A full hour on the axis of time; not every one is lettered."""

    x: float
    at: datetime
    is_lettered: bool


@dataclass(frozen=True, slots=True)
class DayChart:
    height: float
    waits: Panel
    target_y: float
    arrivals: Panel
    counters: Panel
    counters_outline: str
    hours: tuple[HourMark, ...]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service's name stands above its bar: names are long in some languages."""

    line: ServiceLine
    name_y: float
    bar: Bar | None
    dot: Dot | None


@dataclass(frozen=True, slots=True)
class ServiceChart:
    height: float
    bottom: float
    ticks: tuple[Tick, ...]
    target_x: float
    rows: tuple[ServiceRow, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """From zero to `top`, with round steps between."""

    top: float
    step: float

    def share(self, value: float) -> float:
        return value / self.top

    def values(self) -> Iterable[float]:
        return (self.step * index for index in range(round(self.top / self.step) + 1))


def scale(highest: float, steps: Sequence[float]) -> Scale:
    """The smallest round steps that reach the highest value with few ticks."""
    fitting = (step for step in steps if highest <= step * (MOST_TICKS - 1))
    step = next(fitting, steps[-1] * math.ceil(highest / steps[-1] / (MOST_TICKS - 1)) or 1)
    return Scale(step * max(1, math.ceil(highest / step)), step)


def wait_scale(report: DayReport) -> Scale:
    """In minutes; the same for every chart of waits on the page."""
    spreads = [period.waits for period in report.half_hours]
    spreads += [line.waits for line in report.services]
    highest = max((spread.p90_s or 0.0 for spread in spreads), default=0.0)
    return scale(max(highest / 60, report.target_min), MINUTE_STEPS)


def day_chart(report: DayReport, plan: Plan) -> DayChart:
    minutes = wait_scale(report)
    periods = report.half_hours
    waits_top = TITLE_HEIGHT
    arrivals_top = waits_top + WAITS_HEIGHT + GAP + TITLE_HEIGHT
    counters_top = arrivals_top + COUNTS_HEIGHT + GAP + TITLE_HEIGHT
    bottom = counters_top + COUNTS_HEIGHT
    counters = _count_panel(periods, counters_top, lambda period: period.counters_open, 1.0)
    return DayChart(
        height=bottom + HOURS_HEIGHT,
        waits=_wait_panel(periods, minutes, waits_top),
        target_y=waits_top + WAITS_HEIGHT * (1 - minutes.share(report.target_min)),
        arrivals=_count_panel(periods, arrivals_top, lambda period: period.arrivals),
        counters=counters,
        counters_outline=outline(counters),
        hours=_hours(periods, plan),
    )


def service_chart(report: DayReport) -> ServiceChart:
    minutes = wait_scale(report)
    bottom = ROW_HEIGHT * len(report.services) + GAP / 2
    return ServiceChart(
        height=bottom + HOURS_HEIGHT,
        bottom=bottom,
        ticks=tuple(Tick(LEFT + PLOT * minutes.share(v), v) for v in minutes.values()),
        target_x=LEFT + PLOT * minutes.share(report.target_min),
        rows=tuple(
            _service_row(line, minutes, ROW_HEIGHT * index)
            for index, line in enumerate(report.services)
        ),
    )


def outline(panel: Panel) -> str:
    """Touching bars as one area, for the `d` of a path: no hairlines between neighbours."""
    steps = "".join(f"V{bar.y:.1f}H{bar.x + bar.width:.1f}" for bar in panel.bars)
    return f"M{LEFT} {panel.bottom:.1f}{steps}V{panel.bottom:.1f}Z"


def _wait_panel(periods: Sequence[Period], minutes: Scale, top: float) -> Panel:
    bottom = top + WAITS_HEIGHT
    bars, dots = [], []
    for index, period in enumerate(periods):
        spread = period.waits
        if spread.median_s is None or spread.p90_s is None:
            continue
        bar = _bar(index, len(periods), bottom, WAITS_HEIGHT * minutes.share(spread.median_s / 60))
        y = bottom - WAITS_HEIGHT * minutes.share(spread.p90_s / 60)
        bars.append(Bar(bar.x, bar.y, bar.width, bar.height, spread.is_few))
        dots.append(Dot(bar.x + bar.width / 2, y, bar.y, spread.is_few))
    return Panel(top, bottom, _ticks(minutes, top, bottom), tuple(bars), tuple(dots))


def _count_panel(
    periods: Sequence[Period],
    top: float,
    count: Callable[[Period], float],
    share: float = BAR_SHARE,
) -> Panel:
    """`share` is how much of its half hour a bar fills; at 1 neighbours touch."""
    counts = [count(period) for period in periods]
    bottom = top + COUNTS_HEIGHT
    heights = scale(max(counts, default=0), STEPS)
    bars = (
        _bar(index, len(counts), bottom, COUNTS_HEIGHT * heights.share(value), share)
        for index, value in enumerate(counts)
    )
    return Panel(top, bottom, _ticks(heights, top, bottom), tuple(bars))


def _bar(index: int, of: int, bottom: float, height: float, share: float = BAR_SHARE) -> Bar:
    slot = PLOT / of
    width = slot * share
    return Bar(LEFT + slot * index + (slot - width) / 2, bottom - height, width, height)


def _ticks(values: Scale, top: float, bottom: float) -> tuple[Tick, ...]:
    return tuple(Tick(bottom - (bottom - top) * values.share(v), v) for v in values.values())


def _hours(periods: Sequence[Period], plan: Plan) -> tuple[HourMark, ...]:
    full = [(i, p.start) for i, p in enumerate(periods) if plan.local(p.start).minute == 0]
    every = math.ceil(len(full) / MOST_HOUR_LABELS) or 1
    return tuple(
        HourMark(LEFT + PLOT * index / len(periods), at, nth % every == 0)
        for nth, (index, at) in enumerate(full)
    )


def _service_row(line: ServiceLine, minutes: Scale, top: float) -> ServiceRow:
    name_y = top + 24
    spread = line.waits
    if spread.median_s is None or spread.p90_s is None:
        return ServiceRow(line, name_y, None, None)
    y = top + 34
    bar = Bar(LEFT, y, PLOT * minutes.share(spread.median_s / 60), ROW_BAR, spread.is_few)
    dot_x = LEFT + PLOT * minutes.share(spread.p90_s / 60)
    dot = Dot(dot_x, y + ROW_BAR / 2, bar.x + bar.width, spread.is_few)
    return ServiceRow(line, name_y, bar, dot)
