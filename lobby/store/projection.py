"""What reports read, made from the tickets and counters that an event has just changed."""

from lobby.queueing.counter import Counter, Sitting
from lobby.queueing.events import Event
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Ticket
from lobby.store.transaction import Row, Transaction


def project(transaction: Transaction, hall: Hall, event: Event) -> None:
    """Record the rows that `event` touched, as `hall` (after the event) has them."""
    number = getattr(event, "number", None)
    counter = getattr(event, "counter", None)
    if number is not None:
        transaction.record_visit(visit_row(hall.plan.id, hall.tickets[number]))
    elif counter is not None:
        record_sitting(transaction, hall, hall.counters[counter])


def visit_row(branch_id: str, ticket: Ticket) -> Row:
    last = ticket.servings[-1] if ticket.servings else None
    return {
        "branch_id": branch_id,
        "business_day": ticket.day,
        "number": ticket.number,
        "secret": ticket.secret,
        "service": ticket.asked_service,
        "last_service": ticket.service,
        "services_done": " ".join(ticket.services_done),
        "language": ticket.language,
        "channel": ticket.channel.value,
        "state": ticket.state.value,
        "taken_at": ticket.taken_at,
        "first_called_at": ticket.first_called_at,
        "started_at": ticket.started_at,
        "ended_at": ticket.ended_at,
        "served_s": served_s(ticket),
        "calls": ticket.calls,
        "absences": ticket.absences,
        "returns": ticket.returns,
        "transfers": ticket.transfers,
        "holds": ticket.holds,
        "counter": last.counter if last else ticket.counter,
        "teller": last.teller if last else None,
    }


def served_s(ticket: Ticket) -> float:
    """Seconds over all ended servings; never negative, whatever the clock did."""
    ended = ((s.started_at, s.finished_at) for s in ticket.servings if s.finished_at)
    return sum(max(0.0, (finish - start).total_seconds()) for start, finish in ended)


def record_sitting(transaction: Transaction, hall: Hall, counter: Counter) -> None:
    sitting = counter.sitting
    if sitting is not None:
        transaction.record_sitting(sitting_row(hall, counter.id, sitting))


def sitting_row(hall: Hall, counter: str, sitting: Sitting) -> Row:
    return {
        "branch_id": hall.plan.id,
        "counter": counter,
        "opened_at": sitting.opened_at,
        "business_day": hall.day,
        "teller": sitting.teller,
        "paused_s": sitting.paused_s,
        "paused_at": sitting.paused_at,
        "closed_at": sitting.closed_at,
    }
