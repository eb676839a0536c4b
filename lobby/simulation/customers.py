"""The customers' side of a simulated day: taking tickets, waiting, leaving, coming back."""

from dataclasses import dataclass
from functools import partial

from lobby.queueing.commands.ticket import BringBack, CancelTicket, ReturnFromHold, TakeTicket
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.refusal import Refusal
from lobby.simulation.branch import SimulatedBranch
from lobby.simulation.customer import Customer, Interruption, Onward
from lobby.simulation.record import Visit

LANGUAGE = "en"


@dataclass(slots=True)
class ArrivingCustomer:
    """What of a customer's plans is still to come."""

    visit: Visit
    comes: bool
    job_s: float
    interruption: Interruption | None
    onward: Onward | None

    @property
    def customer(self) -> Customer:
        return self.visit.customer


class Customers:
    def __init__(self, branch: SimulatedBranch, customers: tuple[Customer, ...]) -> None:
        self._branch = branch
        self._by_number: dict[str, ArrivingCustomer] = {}
        self.visits = tuple(Visit(customer) for customer in customers)
        for visit in self.visits:
            branch.agenda.at(visit.customer.arrives_s, partial(self._arrive, visit))

    def __getitem__(self, number: str) -> ArrivingCustomer:
        return self._by_number[number]

    def missed(self, guest: ArrivingCustomer) -> None:
        """Called in vain; some turn up after all."""
        after_s = guest.customer.returns_after_s
        if after_s is not None and not guest.comes:
            self._branch.agenda.after(after_s, lambda: self._turn_up(guest))

    def sent_away(self, guest: ArrivingCustomer) -> None:
        """Something is missing; the customer fetches it, and the rest of the job is left."""
        assert guest.interruption is not None, "nobody is sent away for nothing"
        back = ReturnFromHold(guest.visit.number)
        self._branch.agenda.after(guest.interruption.away_s, lambda: self._wait_again(back))
        guest.job_s *= 1 - guest.interruption.after_share
        guest.interruption = None

    def sent_on(self, guest: ArrivingCustomer) -> None:
        """To another service, for which somebody else may be free."""
        assert guest.onward is not None, "nobody is sent on to nowhere"
        guest.job_s, guest.onward = guest.onward.job_s, None
        self._branch.ring()

    def _arrive(self, visit: Visit) -> None:
        customer, branch = visit.customer, self._branch
        events = branch.perform(self._ticket(customer, f"secret-{branch.hall.version}"))
        visit.number = next(e.number for e in events if isinstance(e, TicketTaken))
        guest = ArrivingCustomer(
            visit, customer.comes, customer.job_s, customer.interruption, customer.onward
        )
        self._by_number[visit.number] = guest
        branch.agenda.after(customer.patience_s, lambda: self._lose_patience(guest))
        branch.ring()

    def _ticket(self, customer: Customer, secret: str) -> TakeTicket:
        booked_at = None
        if customer.booked_s is not None:
            booked_at = self._branch.moment(customer.booked_s)
        return TakeTicket(
            customer.service,
            LANGUAGE,
            secret,
            priority=customer.priority,
            booked_at=booked_at,
        )

    def _lose_patience(self, guest: ArrivingCustomer) -> None:
        visit = guest.visit
        ticket = self._branch.hall.tickets[visit.number]
        if ticket.state is not TicketState.WAITING or visit.started_s is not None:
            return
        visit.left_s = self._branch.agenda.now_s
        if guest.customer.leaves_silently:
            guest.comes = False
        else:
            self._branch.perform(CancelTicket(visit.number))

    def _turn_up(self, guest: ArrivingCustomer) -> None:
        if guest.visit.left_s is None:
            guest.comes = True
            self._wait_again(BringBack(guest.visit.number))

    def _wait_again(self, command: BringBack | ReturnFromHold) -> None:
        """Who is too late to come back stays away."""
        try:
            self._branch.perform(command)
        except Refusal:
            return
        self._branch.ring()
