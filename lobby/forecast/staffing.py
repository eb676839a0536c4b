"""When to open or close a counter: a recommendation with its gain, that does not change its mind.

Open while fewer than 80 % will be called within their promise and one more counter adds at least
5 points; close while at least 90 % still are without it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from lobby.forecast.outlook import Outlook, WhatIf
from lobby.queueing.model.hall import Hall

OPEN_BELOW, OPEN_GAIN, CLOSE_ABOVE = 0.80, 0.05, 0.90
"""Shares called within the promise."""

KEEPS = timedelta(minutes=15)
"""So long a recommendation stands, and so long nothing is said after one was answered."""

OPEN_AT_LEAST = timedelta(minutes=30)
"""A counter that has just opened is not asked to close."""

FEW_PEOPLE = 3.0
"""Fewer people than this in the window are nobody's reason to call a colleague."""


class Kind(StrEnum):
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`in_promise` is the share now, `would_be` with the change; `gain_people` more (or, closing,
    fewer, below zero) called in time of `people` in the next 45 minutes."""

    kind: Kind
    counter: str
    at: datetime
    in_promise: float
    would_be: float
    people: float

    @property
    def gain_points(self) -> float:
        return (self.would_be - self.in_promise) * 100

    @property
    def gain_people(self) -> float:
        return (self.would_be - self.in_promise) * self.people


def recommend(
    hall: Hall,
    figures: WhatIf,
    now: datetime,
    standing: Recommendation | None = None,
    answered_at: datetime | None = None,
) -> Recommendation | None:
    """The recommendation of this moment: a standing one stays while it is young or holds, with the
    figures of now, and none comes soon after one was accepted or dismissed."""
    if standing is not None and _still_stands(hall, figures, standing, now):
        return _renewed(figures, standing)
    if answered_at is not None and now - answered_at < KEEPS:
        return None
    return _opening(figures, now) or _closing(hall, figures, now)


def _still_stands(hall: Hall, figures: WhatIf, standing: Recommendation, now: datetime) -> bool:
    counter = hall.counters.get(standing.counter)
    if counter is None or counter.is_serving is (standing.kind is Kind.OPEN):
        return False  # what was recommended has happened
    if now - standing.at < KEEPS:
        return True
    fresh = _opening(figures, now) or _closing(hall, figures, now)
    return fresh is not None and (fresh.kind, fresh.counter) == (standing.kind, standing.counter)


def _renewed(figures: WhatIf, standing: Recommendation) -> Recommendation:
    """`at` stays: since then it has been said."""
    outlooks = figures.opened if standing.kind is Kind.OPEN else figures.closed
    would_be = outlooks.get(standing.counter)
    if would_be is None:
        return standing
    return replace(
        standing,
        in_promise=figures.now.in_promise,
        would_be=would_be.in_promise,
        people=figures.now.people,
    )


def _opening(figures: WhatIf, now: datetime) -> Recommendation | None:
    if not figures.opened or figures.now.people < FEW_PEOPLE:
        return None
    counter, best = max(figures.opened.items(), key=lambda each: each[1].in_promise)
    if figures.now.in_promise >= OPEN_BELOW or _gain(figures, best) < OPEN_GAIN:
        return None
    return _recommendation(Kind.OPEN, counter, figures, best, now)


def _closing(hall: Hall, figures: WhatIf, now: datetime) -> Recommendation | None:
    settled = {
        counter: outlook
        for counter, outlook in figures.closed.items()
        if _open_for(hall, counter, now) >= OPEN_AT_LEAST
    }
    if not settled:
        return None
    counter, best = max(settled.items(), key=lambda each: each[1].in_promise)
    if best.in_promise < CLOSE_ABOVE:
        return None
    return _recommendation(Kind.CLOSE, counter, figures, best, now)


def _recommendation(
    kind: Kind, counter: str, figures: WhatIf, would_be: Outlook, now: datetime
) -> Recommendation:
    return Recommendation(
        kind,
        counter,
        now,
        in_promise=figures.now.in_promise,
        would_be=would_be.in_promise,
        people=figures.now.people,
    )


def _gain(figures: WhatIf, outlook: Outlook) -> float:
    return outlook.in_promise - figures.now.in_promise


def _open_for(hall: Hall, counter_id: str, now: datetime) -> timedelta:
    session = hall.counters[counter_id].session
    return now - session.opened_at if session else timedelta(0)
