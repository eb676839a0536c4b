"""Advice to open or close a counter: when it came, what was answered, and how it went after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lobby.forecast.whatif import WINDOW_S
from lobby.queueing.model.plan import Plan
from lobby.reports import measures
from lobby.reports.measures import Rate
from lobby.store.staffing import StaffingAdvice
from lobby.store.visits import Visit

WINDOW = timedelta(seconds=WINDOW_S)
"""The people whom advice speaks of: who waits then, or comes within this time."""


@dataclass(frozen=True, slots=True)
class GivenAdvice:
    """Shares of people within their promise: `without` and `with_it` as forecast, and `kept` as it
    came, of those whose wait has ended; `is_over` once all whom it spoke of have come."""

    advice: StaffingAdvice
    without: float
    with_it: float
    kept: Rate
    is_over: bool


def given_advice(
    plan: Plan, visits: Sequence[Visit], advice: Sequence[StaffingAdvice], until: datetime
) -> tuple[GivenAdvice, ...]:
    return tuple(_given(plan, visits, each, until) for each in advice)


def _given(
    plan: Plan, visits: Sequence[Visit], advice: StaffingAdvice, until: datetime
) -> GivenAdvice:
    spoken_of = [visit for visit in visits if _is_spoken_of(visit, advice.at)]
    return GivenAdvice(
        advice,
        without=advice.in_promise,
        with_it=advice.in_promise + advice.gain_points / 100,
        kept=measures.kept_promises(plan, spoken_of),
        is_over=until >= advice.at + WINDOW,
    )


def _is_spoken_of(visit: Visit, at: datetime) -> bool:
    ended = visit.first_called_at or visit.started_at or visit.ended_at
    return visit.taken_at < at + WINDOW and (ended is None or ended >= at)
