"""The diversion funnel as bars on one scale of tickets."""

from collections.abc import Iterator
from dataclasses import dataclass

from lobby.i18n.texts import mark
from lobby.reports.charts import STEPS, WIDTH, Scale, Tick, scale
from lobby.reports.day import DayReport
from lobby.reports.funnel import Funnel

NAMES_WIDTH = 290
COUNT_ROOM = 70
PLOT = WIDTH - NAMES_WIDTH - COUNT_ROOM
ROW_HEIGHT = 34
BAR_HEIGHT = 20
GROUP_GAP = 12
TOP = 4
AXIS_HEIGHT = 34

ELIGIBLE = mark("Suited to a machine")
OFFERED = mark("Machine offered")
ACCEPTED = mark("Went to a machine")
DECLINED = mark("Preferred the counter")
UNANSWERED = mark("No reply")
COMPLETED = mark("Finished there")
RETURNED = mark("Came back to the counter")
UNCONFIRMED = mark("Unconfirmed")
AT_MACHINE = mark("Still at the machine")


@dataclass(frozen=True, slots=True)
class FunnelBar:
    """`kind` chooses the fill; `count_x` is where the number stands, behind the bar."""

    name: str
    kind: str
    tickets: int
    x: float
    y: float
    width: float

    @property
    def count_x(self) -> float:
        return self.x + self.width + 10

    @property
    def middle(self) -> float:
        return self.y + BAR_HEIGHT / 2


@dataclass(frozen=True, slots=True)
class FunnelChart:
    height: float
    bottom: float
    ticks: tuple[Tick, ...]
    bars: tuple[FunnelBar, ...]


def funnel_chart(report: DayReport) -> FunnelChart | None:
    """None where there is nothing to draw: nobody was eligible."""
    if report.machines is None or not report.machines.diversion.funnel.eligible:
        return None
    funnel = report.machines.diversion.funnel
    tickets = scale(funnel.eligible, STEPS)
    bars = tuple(_bars(funnel, tickets))
    bottom = bars[-1].y + ROW_HEIGHT
    ticks = (Tick(NAMES_WIDTH + PLOT * tickets.share(v), v) for v in tickets.values())
    return FunnelChart(bottom + AXIS_HEIGHT, bottom, tuple(ticks), bars)


def _bars(funnel: Funnel, tickets: Scale) -> Iterator[FunnelBar]:
    y: float = TOP
    for group in _groups(funnel):
        begun = 0
        for name, kind, count in group:
            start = NAMES_WIDTH + PLOT * tickets.share(begun)
            yield FunnelBar(name, kind, count, start, y, PLOT * tickets.share(count))
            begun += count
            y += ROW_HEIGHT
        y += GROUP_GAP


def _groups(funnel: Funnel) -> Iterator[tuple[tuple[str, str, int], ...]]:
    """Whole, then its parts: those that are seldom anything are left out where they are nothing."""
    offers = funnel.offers
    yield ((ELIGIBLE, "whole", funnel.eligible),)
    yield ((OFFERED, "whole", offers.offered),)
    answers = (
        (ACCEPTED, "whole", offers.accepted),
        (DECLINED, "aside", offers.declined),
        (UNANSWERED, "aside", offers.unanswered),
    )
    yield tuple(row for row in answers if row[2] or row[0] != UNANSWERED)
    ends = (
        (COMPLETED, "completed", offers.completed),
        (RETURNED, "returned", offers.returned),
        (UNCONFIRMED, "unconfirmed", offers.unconfirmed),
        (AT_MACHINE, "aside", offers.at_machine),
    )
    yield tuple(row for row in ends if row[2] or row[0] != AT_MACHINE)
