"""What has been told to whom in one branch, what each new ticket is told, and what is to be kept.

Event loop only. The screens read `announced`; each snapshot makes a new one, and who takes a ticket
until the next is added to it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from lobby.forecast.estimate import Snapshot
from lobby.forecast.wait_range import WaitRange
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.evolve.step import Step
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.store.announced_waits import AnnouncedWaitRow
from lobby.waits.announced import (
    NO_ANNOUNCEMENT,
    Announced,
    AnnouncedWait,
    ChangeReason,
    OwnActs,
    counters_for,
    first_announced,
)
from lobby.waits.line_order import LineOrder
from lobby.waits.reasons import Foresee
from lobby.waits.renewal import (
    FirstAnnouncement,
    Renewal,
    Told,
    announced_row,
    announced_wait,
    renew,
)
from lobby.waits.unseen import UnseenTickets

UNSAVED_MAX = 5000
"""Ranges that wait to be stored while the database takes nothing; then the oldest are dropped."""


class AnnouncementLedger:
    def __init__(self) -> None:
        self.announced: Announced = NO_ANNOUNCEMENT
        self.unkept: list[AnnouncedWaitRow] = []
        self.first_words: list[FirstAnnouncement] = []
        self._tickets: dict[str, AnnouncedWait] = {}
        self._services: Mapping[str, AnnouncedWait] = {}
        self._day: date | None = None
        self._unseen = UnseenTickets()
        self._meanwhile: list[Step] | None = None

    def read_back(self, hall: Hall, rows: Iterable[AnnouncedWaitRow]) -> None:
        """After a start: what was told before is still so."""
        order = LineOrder(hall)
        for row in rows:
            ticket = hall.ticket(row.number)
            if ticket is not None and row.business_day == hall.day and _waits(hall, row.number):
                wait = WaitRange(row.low_min, row.high_min)
                told = announced_wait(hall, ticket, wait, row.at, None, order=order)
                moved = ChangeReason(row.reason) if row.reason else None
                self._tickets[row.number] = replace(told, moved=moved)
        self._day = hall.day
        self._unseen = UnseenTickets(hall)
        self.announced = Announced(tickets=self._tickets, unseen=self._unseen.counts)

    def welcome(self, steps: Sequence[Step], now: datetime) -> None:
        """Follow the events of one act, and tell every ticket among them that was just taken what
        its service's range is at this moment; one that was called in the same act needs none."""
        for step in steps:
            if self._meanwhile is not None:
                self._meanwhile.append(step)
            self._follow(step)
            if isinstance(step.event, TicketTaken) and _waits(steps[-1].after, step.event.number):
                self._tell_first(step.after, step.event, now)

    def renew(
        self, snapshot: Snapshot, hall: Hall, now: datetime, foresee: Foresee | None = None
    ) -> bool:
        """Take in a new snapshot; whether anything is announced that was not before."""
        return self.take_in(self.renewing(snapshot, hall, now, foresee)())

    def renewing(
        self, snapshot: Snapshot, hall: Hall, now: datetime, foresee: Foresee | None = None
    ) -> Callable[[], Renewal]:
        """What makes the renewal for this hall, in any thread; it touches nothing of the ledger."""
        self._turn_page(hall)
        self._meanwhile = []
        told = Told(dict(self._tickets), self._services)
        return lambda: renew(snapshot, hall, told, now, foresee)

    def take_in(self, renewal: Renewal) -> bool:
        """Whether anything is announced that was not before. What was told meanwhile holds."""
        since, self._meanwhile = self._meanwhile or [], None
        if renewal.day != self._day:
            return False
        before, snapshot = self.announced, renewal.snapshot
        meanwhile = self._told_among(since)
        self._tickets, self._services = renewal.tickets | meanwhile, renewal.services
        self._unseen = renewal.unseen
        self.announced = Announced(
            self._tickets,
            self._services,
            snapshot.tickets,
            snapshot.services,
            snapshot.at,
            self._unseen.counts,
        )
        for step in since:
            self._follow(step)
        self._keep(row for row in renewal.rows if row.number not in meanwhile)
        return not self.announced.says_the_same(before)

    def fall_silent(self) -> bool:
        """Nobody can say: only people ahead are left. What was told is not forgotten."""
        spoke = self.announced is not NO_ANNOUNCEMENT
        self._meanwhile = None
        self.announced = NO_ANNOUNCEMENT
        return spoke

    def _turn_page(self, hall: Hall) -> None:
        if hall.day != self._day:
            self._day, self._tickets, self._services = hall.day, {}, {}
            self.announced = replace(self.announced, tickets=self._tickets)

    def _follow(self, step: Step) -> None:
        """A step that was counted already changes nothing; after a gap all are counted anew."""
        if step.after.version > self._unseen.version:
            self._turn_page(step.after)
        if step.before.version == self._unseen.version:
            self._unseen.follow(step.event, step.after)
        elif step.before.version > self._unseen.version:
            self._unseen = UnseenTickets(step.after, seen=self.announced.fresh)
            self.announced = replace(self.announced, unseen=self._unseen.counts)

    def _tell_first(self, hall: Hall, taken: TicketTaken, now: datetime) -> None:
        """Everybody who waits for the same counters is ahead, and nobody behind: it was taken just
        now, and places never run backwards."""
        shown, ticket = self.announced, hall.tickets[taken.number]
        if taken.number in self._tickets or shown.is_stale(now):
            return
        counted = self._unseen
        if counted.version != hall.version:  # a renewal has gone ahead of this act
            counted = UnseenTickets(hall, seen=shown.fresh)
        others = counted.counts - Counter((taken.service,))
        first = first_announced(hall, taken.service, shown, others)
        if first is None:
            return
        wait, estimate = first
        counters, before = counters_for(hall, ticket), hall.waiting_count() - 1
        told = AnnouncedWait(wait, now, estimate, counters, taken.ahead, before=before)
        told = replace(told, own=OwnActs.of(ticket))
        self._tickets[taken.number] = told
        row = announced_row(hall.plan.id, ticket, told)
        self._keep([row] if row else ())
        self.first_words.append(FirstAnnouncement(taken.number, estimate, now))

    def _told_among(self, steps: Iterable[Step]) -> dict[str, AnnouncedWait]:
        taken = (step.event.number for step in steps if isinstance(step.event, TicketTaken))
        return {number: self._tickets[number] for number in taken if number in self._tickets}

    def _keep(self, rows: Iterable[AnnouncedWaitRow]) -> None:
        self.unkept.extend(rows)
        del self.unkept[: max(0, len(self.unkept) - UNSAVED_MAX)]


def _waits(hall: Hall, number: str) -> bool:
    ticket = hall.ticket(number)
    return ticket is not None and ticket.state is TicketState.WAITING
