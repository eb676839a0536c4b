"""What a new snapshot changes of what was told: whose range is another, and why. Pure, so that it
can be worked out beside the event loop, however many wait."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lobby.forecast.estimate import Estimate, Snapshot
from lobby.forecast.wait_range import (
    OVER_MIN,
    STEP_MIN,
    WaitRange,
    announced,
    is_longer,
    renewed,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.waits.announced import AnnouncedWait, OwnActs, counters_for, counters_of
from lobby.waits.line_order import LineOrder
from lobby.waits.reasons import Foresee, Traces
from lobby.waits.unseen import UnseenTickets

SETTLES_AFTER = timedelta(minutes=1)
"""A service's range does not flicker: it rises at once, so that no new ticket is promised too
much, and falls by one step only after this time."""

A_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class FirstAnnouncement:
    """What a new ticket was told when it was taken."""

    number: str
    estimate: Estimate
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What was announced before, as a value."""

    tickets: Mapping[str, AnnouncedWait]
    services: Mapping[str, AnnouncedWait]


@dataclass(frozen=True, slots=True)
class Renewal:
    """All that is announced in one hall by one snapshot. `rows` are the ranges that are new."""

    day: date | None
    snapshot: Snapshot
    tickets: dict[str, AnnouncedWait]
    services: Mapping[str, AnnouncedWait]
    unseen: UnseenTickets
    rows: list[AnnouncedWaitRow]


def renew(
    snapshot: Snapshot, hall: Hall, told: Told, now: datetime, foresee: Foresee | None = None
) -> Renewal:
    """`foresee` makes a forecast of another hall, by which reasons are traced; without it none is
    given but the customer's own acts."""
    return _Renewing(snapshot, hall, told, now, Traces(hall, foresee)).renewal()


class _Renewing:
    def __init__(
        self, snapshot: Snapshot, hall: Hall, told: Told, now: datetime, traces: Traces
    ) -> None:
        self._traces = traces
        self._snapshot, self._hall, self._told, self._now = snapshot, hall, told, now
        self._order = LineOrder(hall)
        self._tickets: dict[str, AnnouncedWait] = {}
        self._rows: list[AnnouncedWaitRow] = []

    def renewal(self) -> Renewal:
        hall, snapshot = self._hall, self._snapshot
        services = {
            code: _renewed_service(hall, code, self._told.services.get(code), estimate, self._now)
            for code, estimate in snapshot.services.items()
        }
        unseen = UnseenTickets(hall, seen=snapshot.tickets)
        for line in hall.lines.values():
            for number in line:
                self._renew_ticket(number)
        return Renewal(hall.day, snapshot, self._tickets, services, unseen, self._rows)

    def _renew_ticket(self, number: str) -> None:
        estimate, old = self._snapshot.tickets.get(number), self._told.tickets.get(number)
        if estimate is None:
            if old is not None:
                self._tickets[number] = old
            return
        wait = announced(estimate.p25_s, estimate.p90_s)
        if old is not None:
            wait = renewed(old.range, wait)
            if (
                wait == old.range
                or self._is_too_soon(number, old, wait)
                or self._falls_for_nothing(number, old, wait)
            ):
                self._tickets[number] = old
                return
        self._announce(self._hall.tickets[number], wait, estimate, old)

    def _is_too_soon(self, number: str, old: AnnouncedWait, wait: WaitRange | None) -> bool:
        """Two steps are not told to somebody who has read the last range seconds ago, while the
        same counters serve: so much chance alone may make of it."""
        ticket = self._hall.tickets[number]
        is_small = abs(_end_min(old.range) - _end_min(wait)) <= 2 * STEP_MIN
        is_same = counters_for(self._hall, ticket) == old.counters
        return is_small and is_same and self._now - old.at < SETTLES_AFTER

    def _falls_for_nothing(self, number: str, old: AnnouncedWait, wait: WaitRange | None) -> bool:
        """A range falls with the time that goes by, with people before who go, and with counters
        that open; what else makes a forecast shorter is not told to somebody who sees others
        come."""
        fall_min = _end_min(old.range) - _end_min(wait)
        if fall_min <= 0 or fall_min <= _minutes(self._now - old.at) + STEP_MIN:
            return False
        ticket = self._hall.tickets[number]
        has_gained = counters_for(self._hall, ticket) - old.counters
        return not has_gained and self._order.before(ticket) >= old.before

    def _announce(
        self,
        ticket: Ticket,
        wait: WaitRange | None,
        estimate: Estimate,
        old: AnnouncedWait | None,
    ) -> None:
        at = self._now if old is None else max(self._now, old.at + timedelta(microseconds=1))
        told = announced_wait(self._hall, ticket, wait, at, estimate, order=self._order)
        if old is not None:
            told = replace(told, moved=self._traces.reason(ticket, old, told))
        self._tickets[ticket.number] = told
        self._keep(ticket, told)

    def _keep(self, ticket: Ticket, told: AnnouncedWait) -> None:
        row = announced_row(self._hall.plan.id, ticket, told)
        if row is not None:
            self._rows.append(row)


def announced_wait(
    hall: Hall,
    ticket: Ticket,
    wait: WaitRange | None,
    at: datetime,
    estimate: Estimate | None,
    *,
    order: LineOrder,
) -> AnnouncedWait:
    serving = counters_for(hall, ticket)
    ahead, may_pass = order.ahead(ticket), order.may_pass(ticket)
    before, own = order.before(ticket), OwnActs.of(ticket)
    return AnnouncedWait(wait, at, estimate, serving, ahead, may_pass, before, own=own)


def announced_row(branch_id: str, ticket: Ticket, told: AnnouncedWait) -> AnnouncedWaitRow | None:
    """A range is kept; that nobody could say one is not."""
    estimate, wait = told.estimate, told.range
    if estimate is None or wait is None:
        return None
    p10_s, p25_s, p50_s, p75_s, p90_s = map(_finite_s, estimate.quantiles_s)
    return AnnouncedWaitRow(
        branch_id=branch_id,
        business_day=ticket.day,
        number=ticket.number,
        at=told.at,
        low_min=wait.low_min,
        high_min=wait.high_min,
        p10_s=p10_s,
        p25_s=p25_s,
        p50_s=p50_s,
        p75_s=p75_s,
        p90_s=p90_s,
        naive_s=_finite_s(estimate.naive_s),
        ahead=told.ahead,
        reason=told.moved or "",
    )


def _renewed_service(
    hall: Hall, code: str, old: AnnouncedWait | None, estimate: Estimate, now: datetime
) -> AnnouncedWait:
    fresh = announced(estimate.p25_s, estimate.p90_s)
    serving = counters_of(hall, code)
    settles = old is not None and now - old.at < SETTLES_AFTER
    if old is not None and (old.range == fresh or (settles and not is_longer(old.range, fresh))):
        wait = renewed(old.range, fresh)
        if wait == old.range:
            return replace(old, counters=serving)
        fresh = wait
    return AnnouncedWait(fresh, now, None, serving)


def _end_min(wait: WaitRange | None) -> float:
    """For comparing: no end lies a step beyond the last one that is said."""
    if wait is None:
        return math.inf
    return wait.high_min or OVER_MIN + STEP_MIN


def _minutes(lapse: timedelta) -> float:
    return lapse.total_seconds() / 60


def _finite_s(value: float) -> float:
    return min(value, A_DAY_S) if math.isfinite(value) else A_DAY_S
