"""The chart of a long period: waits and tickets by day, or by month of a year, on one axis; marks
where something changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lobby.reports import span_measures as measured
from lobby.reports.charts import (
    BAR_SHARE,
    COUNTS_HEIGHT,
    GAP,
    LEFT,
    MINUTE_STEPS,
    PLOT,
    STEPS,
    TITLE_HEIGHT,
    WAITS_HEIGHT,
    Bar,
    Dot,
    Panel,
    Scale,
    Tick,
    scale,
)
from lobby.reports.day_list import DayKind
from lobby.reports.measures import FEW
from lobby.reports.span_report import SpanReport
from lobby.store.rollups import Tally

LABELS_HEIGHT = 64
MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Slot:
    """A day, or a month by its first day; `kind` says why there is nothing, of days alone."""

    first: date
    kind: DayKind
    tally: Tally


@dataclass(frozen=True, slots=True)
class SlotLabel:
    x: float
    first: date
    kind: DayKind
    is_lettered: bool


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """`number` is its place in the list of changes beneath."""

    x: float
    number: int


@dataclass(frozen=True, slots=True)
class SpanChart:
    height: float
    waits: Panel
    tickets: Panel
    labels: tuple[SlotLabel, ...]
    changes: tuple[ChangeMark, ...]


def span_chart(report: SpanReport) -> SpanChart:
    slots = _slots(report)
    spreads = [measured.waits(slot.tally) for slot in slots]
    minutes = scale(max((each.p90_s or 0.0 for each in spreads), default=0.0) / 60, MINUTE_STEPS)
    waits_top = TITLE_HEIGHT
    tickets_top = waits_top + WAITS_HEIGHT + GAP + TITLE_HEIGHT
    return SpanChart(
        height=tickets_top + COUNTS_HEIGHT + LABELS_HEIGHT,
        waits=_waits(slots, minutes, waits_top),
        tickets=_tickets(slots, tickets_top),
        labels=tuple(_labels(slots)),
        changes=_changes(report, slots),
    )


def _slots(report: SpanReport) -> list[Slot]:
    """Days to come are drawn empty: a week that has begun is as wide as one that is over."""
    if report.months:
        return [Slot(each.first, DayKind.VISITS, each.tally) for each in report.months]
    known = {each.day: Slot(each.day, each.kind, each.tally) for each in report.days}
    return [known.get(day) or Slot(day, DayKind.VISITS, Tally()) for day in report.span.days]


def _waits(slots: Sequence[Slot], minutes: Scale, top: float) -> Panel:
    bottom = top + WAITS_HEIGHT
    bars, dots = [], []
    for index, slot in enumerate(slots):
        spread = measured.waits(slot.tally)
        if spread.median_s is None or spread.p90_s is None:
            continue
        height = WAITS_HEIGHT * minutes.share(spread.median_s / 60)
        bar = _bar(index, len(slots), bottom, height, is_few=spread.is_few)
        y = bottom - WAITS_HEIGHT * minutes.share(spread.p90_s / 60)
        bars.append(bar)
        dots.append(Dot(bar.x + bar.width / 2, y, bar.y, spread.is_few))
    return Panel(top, bottom, _ticks(minutes, top, bottom), tuple(bars), tuple(dots))


def _tickets(slots: Sequence[Slot], top: float) -> Panel:
    counts = [slot.tally["tickets"] for slot in slots]
    bottom = top + COUNTS_HEIGHT
    heights = scale(max(counts, default=0), STEPS)
    bars = tuple(
        _bar(index, len(slots), bottom, COUNTS_HEIGHT * heights.share(count), is_few=count < FEW)
        for index, count in enumerate(counts)
        if count
    )
    return Panel(top, bottom, _ticks(heights, top, bottom), bars)


def _labels(slots: Sequence[Slot]) -> list[SlotLabel]:
    every = -(-len(slots) // MOST_LABELS)
    return [
        SlotLabel(_middle(index, len(slots)), slot.first, slot.kind, index % every == 0)
        for index, slot in enumerate(slots)
    ]


def _changes(report: SpanReport, slots: Sequence[Slot]) -> tuple[ChangeMark, ...]:
    """Several of one day, or month, stand at one line and are told by the first of them."""
    marks: dict[int, int] = {}
    for number, change in enumerate(report.changes, start=1):
        index = max(i for i, slot in enumerate(slots) if slot.first <= change.day)
        marks.setdefault(index, number)
    return tuple(
        ChangeMark(LEFT + PLOT * index / len(slots), number) for index, number in marks.items()
    )


def _bar(index: int, of: int, bottom: float, height: float, *, is_few: bool) -> Bar:
    slot = PLOT / of
    width = min(slot * BAR_SHARE, 64)
    return Bar(_middle(index, of) - width / 2, bottom - height, width, height, is_few)


def _middle(index: int, of: int) -> float:
    return LEFT + PLOT * (index + 0.5) / of


def _ticks(values: Scale, top: float, bottom: float) -> tuple[Tick, ...]:
    return tuple(Tick(bottom - (bottom - top) * values.share(v), v) for v in values.values())
