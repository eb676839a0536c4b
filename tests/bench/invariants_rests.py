"""What a kept place does to the house: nobody rests twice at once, nor is woken too early."""

from lobby.queueing.events.ticket import RestEnded, TicketRested
from tests.bench.invariants_model import House, Visit, broken


def rested(_house: House, visit: Visit, event: TicketRested) -> None:
    if visit.rests and visit.rests[-1][2] is None:
        broken("ways", visit.number, "rests already:", event)
    visit.rests, visit.is_next = (*visit.rests, (event.at, event.until, None)), False


def rest_ended(_house: House, visit: Visit, event: RestEnded) -> None:
    """By itself not before its time."""
    if event.by_itself and event.at < visit.rests[-1][1]:
        broken("rest", visit.number, "rests until", visit.rests[-1][1], event)
