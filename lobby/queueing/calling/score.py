"""Rule A's arithmetic: how much of its promise a ticket has used up, times how quick its job is.

From the generalized c-mu rule: with a cost of (wait + head start)^2 / (2 promise), calling the
largest cost slope times service rate is asymptotically best (Mandelbaum and Stolyar 2004). The
slope ends where the promise is broken: a longer delay breaks no second one, and in simulated days
more promises are kept and waits are shorter for it. The budget of overtakes bounds the rest.
"""

from datetime import datetime

from lobby.machines import MachineState
from lobby.queueing.model.choice import Score
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import UNKNOWN_MIN, Plan
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket


class Scoring:
    """The scores of those who wait in one hall at one moment: what they share is found once."""

    def __init__(self, hall: Hall, now: datetime) -> None:
        self._plan = hall.plan
        self._now = now
        self._premium_counts = premium_counts(hall)
        self._quickness: dict[str, float] = {}

    def priority(self, ticket: Ticket) -> Priority:
        """Premium waits like everybody else while premium passing is switched off."""
        if ticket.priority is Priority.PREMIUM and not self._premium_counts:
            return Priority.REGULAR
        return ticket.priority

    def score(self, ticket: Ticket) -> Score:
        """The clock runs from the ticket's place; for a booking not before the booked time."""
        rule = self._plan.calling
        promise = rule.promise(self.priority(ticket))
        since = ticket.place.at
        if ticket.booked_at:
            since = max(since, ticket.booked_at)
        quick = self._quickness.get(ticket.service)
        if quick is None:
            quick = self._quickness[ticket.service] = quickness(self._plan, ticket.service)
        return Score(
            max(0.0, (self._now - since).total_seconds() / 60),
            promise.head_start_min,
            promise.within_min,
            quick,
            ticket.overtakes,
            rule.used_max,
        )


def score(hall: Hall, ticket: Ticket, now: datetime) -> Score:
    return Scoring(hall, now).score(ticket)


def quickness(plan: Plan, service: str) -> float:
    """The shortest typical serving of the branch over this service's, 1 at most."""
    return min(1.0, plan.shortest_min / plan.typical_min.get(service, UNKNOWN_MIN))


def effective_priority(hall: Hall, ticket: Ticket) -> Priority:
    """Who the customer is to the rule now: see `Scoring.priority`."""
    if ticket.priority is not Priority.PREMIUM or premium_counts(hall):
        return ticket.priority
    return Priority.REGULAR


def premium_counts(hall: Hall) -> bool:
    """Off while too few counters serve or too many machines are down: then everybody waits long,
    and passing would be felt as an injustice."""
    rule = hall.plan.calling
    serving = sum(counter.is_serving for counter in hall.counters.values())
    machines = hall.machines.values()
    down = sum(machine.state is MachineState.DOWN for machine in machines)
    too_many_down = down > 0 and down >= rule.premium_off_machines_down * len(machines)
    return serving >= rule.premium_needs_counters and not too_many_down
