"""What reports read, made from what an event has just changed in the hall."""

from lobby.queueing.events.care import MachineOffered
from lobby.queueing.events.event import Event
from lobby.queueing.events.floor import HelpEvent, MachineReported
from lobby.queueing.events.ticket import ServiceAdded, TicketCalled, TicketCalledAgain
from lobby.queueing.model.choice import Choice, Rule
from lobby.queueing.model.counter import Counter, CounterSession
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import Diversion, OfferedBy
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from lobby.store.bulk_rows import Row
from lobby.store.faults import fault_statements
from lobby.store.help_calls import help_statement
from lobby.store.tables import VISITS
from lobby.store.transaction import Transaction


def project(transaction: Transaction, hall: Hall, event: Event, actor_id: str) -> None:
    """Record the rows that `event` touched, as `hall` (after the event) has them."""
    number = getattr(event, "number", None)
    counter = getattr(event, "counter", None)
    if number is not None:
        transaction.record_visit(visit_row(hall.plan.id, hall.tickets[number]))
        record_serving(transaction, hall.plan.id, hall.tickets[number], event)
        for passed in event.choice.passed if isinstance(event, TicketCalled) else ():
            transaction.record_visit(visit_row(hall.plan.id, hall.tickets[passed]))
        if isinstance(event, MachineOffered):
            record_offer(transaction, hall, event, actor_id)
    elif counter is not None:
        record_sitting(transaction, hall, hall.counters[counter])
    elif isinstance(event, MachineReported):
        record_fault(transaction, hall, event)
    elif isinstance(event, HelpEvent):
        transaction.record_statement(help_statement(hall, event))


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
        **_rested(ticket),
        **_called(ticket.choice, ticket.priority, ticket.overtakes),
        **_advised(ticket),
        **(_diverted(ticket.diversion) if ticket.diversion else NOT_DIVERTED),
    }


def _rested(ticket: Ticket) -> Row:
    """Seconds away with a kept place, of rests that have ended."""
    waited_s = ticket.rested(ticket.taken_at, ticket.first_called_at).total_seconds()
    all_s = ticket.rested(ticket.taken_at, ticket.started_at).total_seconds()
    return {"rested_s": waited_s, "rested_on_way_s": all_s - waited_s}


def _called(choice: Choice | None, priority: Priority, overtakes: int) -> Row:
    by_hand = choice is not None and choice.rule is Rule.CHOSEN
    return {
        "priority": priority.value,
        "overtakes": overtakes,
        "by_hand": by_hand,
        "hand_reason": choice.reason if choice and by_hand else "",
    }


def served_s(ticket: Ticket) -> float:
    """Seconds over all ended servings but for their pauses; never negative, whatever the clock
    did."""
    ended = ((s.finished_at - s.started_at, s.paused_s) for s in ticket.servings if s.finished_at)
    return sum(max(0.0, lasted.total_seconds() - paused_s) for lasted, paused_s in ended)


def _advised(ticket: Ticket) -> Row:
    """Whom a colleague offered the machine was eligible, whatever the kiosk thought before."""
    intake, diversion = ticket.intake, ticket.diversion
    by_staff = diversion is not None and diversion.offered_by is OfferedBy.STAFF
    eligible = intake.eligible or by_staff
    return {
        "rule": intake.rule,
        "rule_set": intake.rule_set,
        "eligible": eligible,
        "exclusion": "" if eligible else intake.exclusion,
        "help_wanted": intake.help_wanted,
    }


def _diverted(diversion: Diversion) -> Row:
    return {
        "offered_by": diversion.offered_by.value,
        "offered_staff": None,
        "offered_at": diversion.offered_at,
        "accepted_at": diversion.accepted_at,
        "declined_at": diversion.declined_at,
        "machine": diversion.machine,
        "machine_done_at": diversion.completed_at,
        "confirmed_by": diversion.confirmed_by.value if diversion.confirmed_by else None,
        "returned_at": diversion.returned_at,
        "went_along_at": diversion.went_along_at,
        "went_along_by": diversion.went_along_by,
        "diversion_reason": diversion.reason or None,
    }


NOT_DIVERTED: Row = dict.fromkeys(
    (
        "offered_by",
        "offered_staff",
        "offered_at",
        "accepted_at",
        "declined_at",
        "machine",
        "machine_done_at",
        "confirmed_by",
        "returned_at",
        "went_along_at",
        "went_along_by",
        "diversion_reason",
    )
)
"""Every row has the same columns, or a batch could not be written in one go."""


def record_offer(
    transaction: Transaction, hall: Hall, event: MachineOffered, actor_id: str
) -> None:
    ticket = hall.tickets[event.number]
    mine = (
        (VISITS.c.branch_id == hall.plan.id)
        & (VISITS.c.business_day == ticket.day)
        & (VISITS.c.number == ticket.number)
    )
    transaction.record_statement(VISITS.update().where(mine).values(offered_staff=actor_id))


def record_serving(transaction: Transaction, branch_id: str, ticket: Ticket, event: Event) -> None:
    """The last stretch of service, when it begins, ends or is taken up again; where a service was
    added, also the one that ended for it."""
    if not ticket.servings or isinstance(event, TicketCalled | TicketCalledAgain):
        return
    last = len(ticket.servings)
    for ordinal in (last - 1, last) if isinstance(event, ServiceAdded) else (last,):
        transaction.record_serving(_serving_row(branch_id, ticket, ordinal))


def _serving_row(branch_id: str, ticket: Ticket, ordinal: int) -> Row:
    """`ordinal` from 1."""
    serving = ticket.servings[ordinal - 1]
    return {
        "branch_id": branch_id,
        "business_day": ticket.day,
        "number": ticket.number,
        "ordinal": ordinal,
        "counter": serving.counter,
        "teller": serving.teller,
        "service": serving.service,
        "started_at": serving.started_at,
        "finished_at": serving.finished_at,
        "paused_s": serving.paused_s,
    }


def record_fault(transaction: Transaction, hall: Hall, event: MachineReported) -> None:
    since = hall.machines[event.machine].since
    assert since is not None, "a machine that was reported has been so since then"
    dialect_name = transaction.connection.dialect.name
    for statement in fault_statements(hall.plan.id, event, since, dialect_name):
        transaction.record_statement(statement)


def record_sitting(transaction: Transaction, hall: Hall, counter: Counter) -> None:
    session = counter.session
    if session is not None:
        transaction.record_sitting(sitting_row(hall, counter.id, session))


def sitting_row(hall: Hall, counter: str, session: CounterSession) -> Row:
    return {
        "branch_id": hall.plan.id,
        "counter": counter,
        "opened_at": session.opened_at,
        "business_day": hall.day,
        "teller": session.teller,
        "paused_s": session.paused_s,
        "paused_at": session.paused_at,
        "closed_at": session.closed_at,
        "acted_at": session.acted_at,
        "unattended_since": session.unattended_since,
        "closing_pause_s": session.closing_pause_s,
    }
