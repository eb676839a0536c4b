"""What has been told to whom in one branch: when a range is renewed, why it moved, what to keep.

Event loop only. The screens read `announced`, a value; the ledger makes the next one.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lobby.forecast.estimate import Estimate, Snapshot
from lobby.forecast.wait_range import WaitRange, announced, renewed
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Place, Ticket
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.waits.announced import (
    NO_ANNOUNCEMENT,
    Announced,
    AnnouncedWait,
    ChangeReason,
    counters_for,
    counters_of,
)

SETTLES_AFTER = timedelta(minutes=1)
"""A service's range does not flicker: it rises at once, so that no new ticket is promised too
much, and falls by one step only after this time."""

UNSAVED_MAX = 5000
"""Ranges that wait to be stored while the database takes nothing; then the oldest are dropped."""

A_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class FirstAnnouncement:
    """What a new ticket was told when it was taken."""

    number: str
    estimate: Estimate
    at: datetime


ServedFirst = list[tuple[str, Place]]
"""Pools and places of those who are called earlier than others because they need it more."""


class AnnouncementLedger:
    def __init__(self) -> None:
        self.announced: Announced = NO_ANNOUNCEMENT
        self.unkept: list[AnnouncedWaitRow] = []
        self.first_words: list[FirstAnnouncement] = []
        self._tickets: dict[str, AnnouncedWait] = {}
        self._services: Mapping[str, AnnouncedWait] = {}
        self._day: date | None = None

    def read_back(self, hall: Hall, rows: Iterable[AnnouncedWaitRow]) -> None:
        """After a start: what was told before is still so."""
        first = _served_first(hall)
        for row in rows:
            ticket = hall.ticket(row.number)
            if ticket is not None and row.business_day == hall.day and _waits(hall, ticket):
                wait = WaitRange(row.low_min, row.high_min)
                told = _told(hall, ticket, wait, row.at, None, first=first)
                moved = ChangeReason(row.reason) if row.reason else None
                self._tickets[row.number] = replace(told, moved=moved)
        self._day = hall.day
        self.announced = Announced(tickets=dict(self._tickets))

    def welcome(self, hall: Hall, now: datetime) -> None:
        """Tell every ticket that was just taken what its service's range is at this moment."""
        self._turn_page(hall)
        shown = self.announced
        if shown.is_stale(now):
            return
        new = [ticket for ticket in hall.waiting_tickets() if ticket.number not in self._tickets]
        if not new:
            return
        served_first = _served_first(hall)
        for ticket in new:
            told = shown.services.get(ticket.service)
            estimate = shown.fresh_services.get(ticket.service)
            if told is None or told.range is None or estimate is None or not _is_new(ticket):
                continue
            wait, unseen = told.range, _unseen_before(hall, ticket, shown)
            if unseen:
                estimate = _behind(estimate, unseen)
                wait = announced(estimate.p25_s, estimate.p90_s) or wait
            first = _told(hall, ticket, wait, now, estimate, first=served_first)
            self._tickets[ticket.number] = first
            self._keep(hall, ticket, first)
            self.first_words.append(FirstAnnouncement(ticket.number, estimate, now))
        self.announced = replace(shown, tickets=dict(self._tickets))

    def renew(self, snapshot: Snapshot, hall: Hall, now: datetime) -> bool:
        """Take in a new snapshot; whether anything is announced that was not before."""
        self._turn_page(hall)
        before = self.announced
        waiting = {ticket.number: ticket for ticket in hall.waiting_tickets()}
        self._tickets = {
            number: told for number, told in self._tickets.items() if number in waiting
        }
        first = _served_first(hall)
        for number, estimate in snapshot.tickets.items():
            if number in waiting:
                self._renew_ticket(hall, waiting[number], estimate, now, first)
        self._services = {
            code: _renewed_service(hall, code, self._services.get(code), estimate, now)
            for code, estimate in snapshot.services.items()
        }
        self.announced = Announced(
            dict(self._tickets), self._services, snapshot.tickets, snapshot.services, snapshot.at
        )
        return not self.announced.says_the_same(before)

    def fall_silent(self) -> bool:
        """Nobody can say: only people ahead are left. What was told is not forgotten."""
        spoke = self.announced is not NO_ANNOUNCEMENT
        self.announced = NO_ANNOUNCEMENT
        return spoke

    def _turn_page(self, hall: Hall) -> None:
        if hall.day != self._day:
            self._day, self._tickets, self._services = hall.day, {}, {}
            self.announced = replace(self.announced, tickets={})

    def _renew_ticket(
        self, hall: Hall, ticket: Ticket, estimate: Estimate, now: datetime, first: ServedFirst
    ) -> None:
        old = self._tickets.get(ticket.number)
        wait = announced(estimate.p25_s, estimate.p90_s)
        if old is None:
            told = _told(hall, ticket, wait, now, estimate, first=first)
        else:
            wait = renewed(old.range, wait)
            if wait == old.range:
                return
            at = max(now, old.at + timedelta(microseconds=1))
            told = _told(hall, ticket, wait, at, estimate, first=first)
            told = replace(told, moved=_why_moved(hall, old, told))
        self._tickets[ticket.number] = told
        self._keep(hall, ticket, told)

    def _keep(self, hall: Hall, ticket: Ticket, told: AnnouncedWait) -> None:
        """A range is kept; that nobody could say one is not."""
        estimate, wait = told.estimate, told.range
        if estimate is None or wait is None:
            return
        del self.unkept[: max(0, len(self.unkept) - UNSAVED_MAX + 1)]
        p10_s, p25_s, p50_s, p75_s, p90_s = map(_finite_s, estimate.quantiles_s)
        row = AnnouncedWaitRow(
            branch_id=hall.plan.id,
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
        self.unkept.append(row)


def _waits(hall: Hall, ticket: Ticket) -> bool:
    return ticket.number in hall.waiting(ticket.service)


def _is_new(ticket: Ticket) -> bool:
    """It stands where a new ticket stands: at the end. Who comes back does not."""
    returned = ticket.diversion is not None and ticket.diversion.returned_at is not None
    return ticket.calls == 0 and ticket.postponements == 0 and not returned


def _unseen_before(hall: Hall, ticket: Ticket, shown: Announced) -> int:
    """Who joined the same line since the last snapshot was made, and before this ticket."""
    pool = hall.pool(ticket.service)
    return sum(
        other.number not in shown.fresh and other.place < ticket.place
        for other in hall.waiting_tickets()
        if hall.pool(other.service) == pool
    )


def _behind(estimate: Estimate, people: int) -> Estimate:
    """The same with more people ahead, each with one more job for the open counters."""
    more_s = people * estimate.why.mean_job_min * 60 / max(1, estimate.counters)
    p10_s, p25_s, p50_s, p75_s, p90_s = (value + more_s for value in estimate.quantiles_s)
    ahead, naive_s = estimate.ahead + people, estimate.naive_s + more_s
    why = replace(estimate.why, ahead=ahead)
    return Estimate(p10_s, p25_s, p50_s, p75_s, p90_s, ahead, estimate.counters, why, naive_s)


def _renewed_service(
    hall: Hall, code: str, old: AnnouncedWait | None, estimate: Estimate, now: datetime
) -> AnnouncedWait:
    fresh = announced(estimate.p25_s, estimate.p90_s)
    serving = counters_of(hall, code)
    settles = old is not None and now - old.at < SETTLES_AFTER
    if old is not None and (old.range == fresh or (settles and not _is_longer(old.range, fresh))):
        wait = renewed(old.range, fresh)
        if wait == old.range:
            return replace(old, counters=serving)
        fresh = wait
    return AnnouncedWait(fresh, now, None, serving)


def _told(
    hall: Hall,
    ticket: Ticket,
    wait: WaitRange | None,
    at: datetime,
    estimate: Estimate | None,
    *,
    first: ServedFirst,
) -> AnnouncedWait:
    pool, may_pass = hall.pool(ticket.service), ticket.overtakes
    if ticket.priority is Priority.REGULAR:
        may_pass += sum(pool == other and place > ticket.place for other, place in first)
    serving = counters_for(hall, ticket)
    return AnnouncedWait(wait, at, estimate, serving, hall.people_ahead(ticket), may_pass)


def _served_first(hall: Hall) -> ServedFirst:
    return [
        (hall.pool(ticket.service), ticket.place)
        for ticket in hall.waiting_tickets()
        if ticket.priority is not Priority.REGULAR
    ]


def _why_moved(hall: Hall, old: AnnouncedWait, new: AnnouncedWait) -> ChangeReason | None:
    """A longer wait always has a reason; of a shorter one only the good news is told."""
    if not _is_longer(old.range, new.range):
        return ChangeReason.OPENED if new.counters - old.counters else None
    gone = old.counters - new.counters
    if any(hall.counters[counter].is_paused for counter in gone if counter in hall.counters):
        return ChangeReason.PAUSED
    if gone:
        return ChangeReason.CLOSED
    others_first = new.ahead > old.ahead or new.may_pass > old.may_pass
    return ChangeReason.OTHERS_FIRST if others_first else ChangeReason.SLOWER


def _is_longer(old: WaitRange | None, new: WaitRange | None) -> bool:
    if old is None or old.high_min is None:
        return old is not None and new is None
    return new is None or new.high_min is None or new.high_min > old.high_min


def _finite_s(value: float) -> float:
    return min(value, A_DAY_S) if math.isfinite(value) else A_DAY_S
