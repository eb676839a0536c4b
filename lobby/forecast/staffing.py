"""When to open or close a counter: a recommendation with its gain, told only while it holds.

Open while fewer than 80 % will be called within their promise and one more counter adds at least
5 points; close while at least 90 % still are without it and nobody has used up most of their
promise. Figures that no longer say so end a recommendation at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from lobby.forecast.outlook import Outlook, WhatIf
from lobby.queueing.calling.score import Scoring
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket

OPEN_BELOW, OPEN_GAIN, CLOSE_ABOVE = 0.80, 0.05, 0.90
"""Shares called within the promise."""

QUIET = timedelta(minutes=15)
"""So long nothing is said after a recommendation was answered, and so long nobody is asked to
close after one to close was withdrawn: a hall that filled once may do so again."""

USED_MAX = 0.6
"""Who has used up more of their promise than this is a reason to keep every counter."""

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
    *,
    answered_at: datetime | None = None,
    withdrawn_at: datetime | None = None,
) -> Recommendation | None:
    """What these figures say. The standing one is told on, with them, for as long as they support
    it; to open takes the place of one to close. None comes soon after one was accepted or
    dismissed, none to close soon after one was withdrawn at `withdrawn_at`."""
    opening = _opening(figures, now, standing)
    closing = _closing(hall, figures, now, standing) if opening is None else None
    if standing is not None and still_holds(hall, standing, now):
        for fresh in (opening, closing):
            if fresh is not None and _is_same(fresh, standing):
                return replace(fresh, at=standing.at)
    if _is_soon(answered_at, now):
        return None
    if opening is not None or _is_soon(withdrawn_at, now):
        return opening
    return closing


def still_holds(hall: Hall, standing: Recommendation, now: datetime) -> bool:
    """What a hall tells without another look ahead: whether it has been done already, and whether
    somebody waits who must not wait for one counter fewer."""
    counter = hall.counters.get(standing.counter)
    if counter is None or counter.is_serving is (standing.kind is Kind.OPEN):
        return False
    return standing.kind is Kind.OPEN or not _is_anybody_pressed(hall, now)


def _is_soon(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since < QUIET


def _is_same(fresh: Recommendation, standing: Recommendation) -> bool:
    return (fresh.kind, fresh.counter) == (standing.kind, standing.counter)


def _is_anybody_pressed(hall: Hall, now: datetime) -> bool:
    scoring = Scoring(hall, now)
    return any(_used(hall, scoring, ticket, now) > USED_MAX for ticket in hall.waiting_tickets())


def _used(hall: Hall, scoring: Scoring, ticket: Ticket, now: datetime) -> float:
    """The share of the promise, from when on the customer waits."""
    within_min = hall.plan.calling.promise(scoring.priority(ticket)).within_min
    return (now - ticket.waits_from).total_seconds() / 60 / within_min


def _opening(
    figures: WhatIf, now: datetime, standing: Recommendation | None
) -> Recommendation | None:
    if not figures.opened or figures.now.people < FEW_PEOPLE:
        return None
    counter, best = _best(figures.opened, standing)
    if figures.now.in_promise >= OPEN_BELOW or _gain(figures, best) < OPEN_GAIN:
        return None
    return _recommendation(Kind.OPEN, counter, figures, best, now)


def _closing(
    hall: Hall, figures: WhatIf, now: datetime, standing: Recommendation | None
) -> Recommendation | None:
    if _is_anybody_pressed(hall, now):
        return None
    settled = {
        counter: outlook
        for counter, outlook in figures.closed.items()
        if _open_for(hall, counter, now) >= OPEN_AT_LEAST
    }
    if not settled:
        return None
    counter, best = _best(settled, standing)
    if best.in_promise < CLOSE_ABOVE:
        return None
    return _recommendation(Kind.CLOSE, counter, figures, best, now)


def _best(outlooks: Mapping[str, Outlook], standing: Recommendation | None) -> tuple[str, Outlook]:
    """The counter that helps most; of equals the one that was named already."""
    named = standing.counter if standing else ""
    return max(outlooks.items(), key=lambda each: (each[1].in_promise, each[0] == named))


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
