"""The tellers' side of a simulated day: opening, calling, serving, breaks, going home."""

from collections.abc import Iterable, Iterator
from functools import partial

from lobby.queueing.calling.select import eligible_tickets
from lobby.queueing.commands.counter import (
    CallAgain,
    CallChosen,
    CallNext,
    CloseCounter,
    Finish,
    Hold,
    MarkAbsent,
    OpenCounter,
    PauseCounter,
    PlanBreak,
    ResumeCounter,
    StartServing,
    Transfer,
)
from lobby.queueing.events.ticket import TicketCalled
from lobby.queueing.model.counter import Counter
from lobby.queueing.refusals.ticket import NobodyWaiting
from lobby.simulation.branch import SimulatedBranch
from lobby.simulation.customers import ArrivingCustomer, Customers
from lobby.simulation.staffing import Break, Seat

BY_HAND = "Known to the teller"
PAUSE = "Break"
MISSING = "Documents missing"

WAITS_FOR_SEAT_S = 60.0

CALLED_AGAIN_AFTER_S = 15.0
"""By the usual policy a customer who does not come costs the counter a minute."""


class Teller:
    """`picks` are numbers from 0 to 1, two for each call: whether to choose by hand, and whom."""

    def __init__(
        self, branch: SimulatedBranch, guests: Customers, seat: Seat, picks: Iterator[float]
    ) -> None:
        self.seat = seat
        self._branch, self._guests, self._picks = branch, guests, picks
        self._breaks = list(seat.breaks)
        self._is_free = False
        branch.listen(self.look_up)
        branch.agenda.at(seat.from_s, self._open)
        for at_s in (*(one.at_s for one in seat.breaks), seat.until_s):
            branch.agenda.at(at_s, self.look_up)

    def look_up(self) -> None:
        """With nothing to do: to the break that is due, to the next customer, or home."""
        if not self._is_free:
            return
        now_s = self._branch.agenda.now_s
        is_over = now_s >= self.seat.until_s
        if self._breaks and self._breaks[0].at_s <= now_s and not is_over:
            self._take_break(self._breaks.pop(0))
        elif (is_over and self.seat.leaves_line) or (not self._call_somebody() and is_over):
            self._go_home()

    def _go_home(self) -> None:
        self._is_free = False
        self._branch.perform(CloseCounter(self.seat.counter))

    def _open(self) -> None:
        seat = self.seat
        if self._counter.is_open:  # whoever sat here before is not done yet
            self._branch.agenda.after(WAITS_FOR_SEAT_S, self._open)
            return
        self._branch.perform(OpenCounter(seat.counter, seat.teller, seat.services))
        self._tell_break()
        self._get_free()

    def _tell_break(self) -> None:
        """What is planned is known to all from the morning on."""
        planned = next((one for one in self._breaks if one.is_planned), None)
        if planned is not None and planned.at_s > self._branch.agenda.now_s:
            at = self._branch.moment(planned.at_s)
            self._branch.perform(PlanBreak(self.seat.counter, at, planned.minutes))

    def _get_free(self) -> None:
        self._is_free = True
        self.look_up()

    def _take_break(self, one: Break) -> None:
        self._is_free = False
        minutes = one.minutes if one.is_planned else None
        self._branch.perform(PauseCounter(self.seat.counter, PAUSE, minutes))
        self._branch.agenda.after(one.length_s, self._come_back)

    def _come_back(self) -> None:
        """A pause that would have begun meanwhile has been taken with this one."""
        now_s = self._branch.agenda.now_s
        self._breaks = [one for one in self._breaks if one.at_s > now_s]
        self._branch.perform(ResumeCounter(self.seat.counter))
        self._get_free()

    def _call_somebody(self) -> bool:
        command = self._call()
        try:
            events = self._branch.perform(command)
        except NobodyWaiting:
            return False
        self._is_free = False
        called = next(event for event in events if isinstance(event, TicketCalled))
        self._note_passed(called.choice.passed, by_hand=isinstance(command, CallChosen))
        self._expect(self._guests[called.number])
        return True

    def _call(self) -> CallNext | CallChosen:
        counter = self.seat.counter
        if not self.seat.by_hand_share or next(self._picks) >= self.seat.by_hand_share:
            return CallNext(counter)
        pick, found = next(self._picks), eligible_tickets(self._branch.hall, self._counter)
        if not found:
            return CallNext(counter)
        return CallChosen(counter, found[int(pick * len(found))].number, BY_HAND)

    @property
    def _counter(self) -> Counter:
        return self._branch.hall.counters[self.seat.counter]

    def _note_passed(self, numbers: Iterable[str], *, by_hand: bool) -> None:
        for number in numbers:
            visit = self._guests[number].visit
            visit.overtakes += 1
            visit.overtakes_by_hand += by_hand

    def _expect(self, guest: ArrivingCustomer) -> None:
        visit, agenda = guest.visit, self._branch.agenda
        if visit.first_called_s is None:
            visit.first_called_s = agenda.now_s
        if guest.comes:
            agenda.after(guest.customer.walk_s, lambda: self._start(guest))
            return
        again = CallAgain(self.seat.counter, visit.number)
        policy = self._branch.plan.counter_policy
        calls = max(1, policy.calls_before_absent)
        for turn in range(1, calls):
            agenda.after(turn * CALLED_AGAIN_AFTER_S, partial(self._branch.perform, again))
        last_s = (calls - 1) * CALLED_AGAIN_AFTER_S
        agenda.after(last_s + policy.grace_s, lambda: self._give_up(guest))

    def _give_up(self, guest: ArrivingCustomer) -> None:
        self._branch.perform(MarkAbsent(self.seat.counter, guest.visit.number))
        self._guests.missed(guest)
        self._get_free()

    def _start(self, guest: ArrivingCustomer) -> None:
        visit, agenda = guest.visit, self._branch.agenda
        self._branch.perform(StartServing(self.seat.counter, visit.number))
        if visit.started_s is None:
            visit.started_s = agenda.now_s
        share = guest.interruption.after_share if guest.interruption else 1.0
        work_s = guest.job_s * self.seat.pace * share
        agenda.after(work_s, lambda: self._stop(guest))

    def _stop(self, guest: ArrivingCustomer) -> None:
        counter, number = self.seat.counter, guest.visit.number
        if guest.interruption is not None:
            self._branch.perform(Hold(counter, number, MISSING))
            self._guests.sent_away(guest)
        elif guest.onward is not None:
            self._branch.perform(Transfer(counter, number, to_service=guest.onward.service))
            self._guests.sent_on(guest)
        else:
            self._branch.perform(Finish(counter, number))
        self._branch.agenda.after(guest.customer.tidy_s, self._get_free)
