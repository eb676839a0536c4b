"""Small days made by hand, and the cast's branch as a simulated world."""

from dataclasses import replace
from datetime import date

from lobby.queueing.events.event import Event
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import CallingRule, Order, Priority
from lobby.simulation.customer import Customer
from lobby.simulation.day import Day
from lobby.simulation.parameters import World
from lobby.simulation.staffing import Seat
from tests.app.people import plan
from tests.queueing.shift import ALL_SERVICES

NINE_S = 9 * 3600.0
MONDAY = date(2026, 3, 2)

FIRST_COME = CallingRule(order=Order.FIRST_COME)
STRICT = CallingRule(order=Order.STRICT)
RULE_A = CallingRule(order=Order.RULE_A)


def world(load: float = 0.85) -> World:
    return World(plan(), load=load)


def seat(counter: str = "1", services: tuple[str, ...] = ALL_SERVICES, **more: object) -> Seat:
    made = Seat(counter, f"teller-{counter}", services, NINE_S, NINE_S + 8 * 3600)
    return replace(made, **more)  # type: ignore[arg-type]


def customer(after_s: float, service: str = "A01", job_s: float = 300, **more: object) -> Customer:
    made = Customer(NINE_S + after_s, service, Priority.REGULAR, job_s)
    return replace(made, **more)  # type: ignore[arg-type]


def day(*customers: Customer, seats: tuple[Seat, ...] | None = None) -> Day:
    return Day(MONDAY, customers, seats or (seat(),))


class Witness:
    """Remembers all events, and the hall in the end."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.hall: Hall | None = None

    def __call__(self, event: Event, _before: Hall, after: Hall) -> None:
        self.events.append(event)
        self.hall = after

    def count(self, kind: type[Event]) -> int:
        return sum(isinstance(event, kind) for event in self.events)
