"""The record of a simulated day, customer by customer."""

from dataclasses import dataclass
from datetime import date

from lobby.queueing.model.priority import CallingRule, Priority
from lobby.simulation.customer import Customer


@dataclass(slots=True)
class Visit:
    """Filled in as the day goes on. `overtakes` counts those who came later, could be served at
    the same counter and were called before; `overtakes_by_hand` those of them whom a teller
    picked."""

    customer: Customer
    number: str = ""
    first_called_s: float | None = None
    started_s: float | None = None
    left_s: float | None = None
    overtakes: int = 0
    overtakes_by_hand: int = 0

    @property
    def priority(self) -> Priority:
        return self.customer.priority

    @property
    def wait_s(self) -> float | None:
        """From the ticket to the start of service; None for who was never served."""
        return None if self.started_s is None else self.started_s - self.customer.arrives_s

    def in_promise(self, rule: CallingRule) -> bool | None:
        """Served within what the class is promised. Who gave up after more than that had no
        promise kept; who gave up sooner, or did not come when called, does not count: None."""
        within_s = 60 * rule.promise(self.priority).within_min
        since_s = self.customer.promised_from_s
        if self.started_s is not None:
            return self.started_s - since_s <= within_s
        gave_up_late = self.left_s is not None and self.left_s - since_s > within_s
        return False if gave_up_late else None


@dataclass(frozen=True, slots=True)
class DayRecord:
    date: date
    visits: tuple[Visit, ...]

    @property
    def waits_s(self) -> list[float]:
        return [visit.wait_s for visit in self.visits if visit.wait_s is not None]
