"""Who stood in line when the branch closed: their wait ended then, not with the next morning."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from lobby.queueing.events.event import DayClosedOut
from lobby.queueing.model.ticket import TicketState
from lobby.reports import measures
from lobby.reports.sign_ins import SignIn
from lobby.store.visits import Visit

IN_LINE = frozenset({TicketState.WAITING, TicketState.RESTING})


def closing_time(
    closes_at: datetime | None,
    sign_ins: Iterable[SignIn],
    closings: Sequence[DayClosedOut],
) -> datetime | None:
    """When the branch closed: by its hours, `closes_at`; of a branch without hours when the last
    counter signed off, or when the last thing was done. None where nobody can say."""
    if closes_at is not None:
        return closes_at
    signed_off = [each.end for each in sign_ins]
    return max(signed_off, default=closings[-1].idle_since if closings else None)


def ended_at_closing(
    visits: Iterable[Visit], closing: datetime | None, *, is_over: bool
) -> tuple[Visit, ...]:
    """`is_over`: nobody will be called any more, though nothing has ended their tickets yet."""
    if closing is None:
        return tuple(visits)
    return tuple(_ended(visit, closing, is_over=is_over) for visit in visits)


def is_over_for_today(
    closes_at: datetime | None, sign_ins: Iterable[SignIn], now: datetime
) -> bool:
    """The hours are over, and no counter is signed in any more. Never so without hours."""
    works_on = any(each.end >= now and not each.is_assumed for each in sign_ins)
    return closes_at is not None and now > closes_at and not works_on


def _ended(visit: Visit, closing: datetime, *, is_over: bool) -> Visit:
    """Who came after the hours, or was still called after them, waited until the last sign of
    that."""
    if measures.closed_out(visit):
        last = max(closing, visit.taken_at, visit.first_called_at or closing)
        return replace(visit, ended_at=min(visit.ended_at or last, last))
    if is_over and visit.started_at is None and visit.state in IN_LINE:
        return replace(visit, state=TicketState.LAPSED, ended_at=max(closing, visit.taken_at))
    return visit
