"""The rows of a day whose clock was corrected: each moves with its ticket or its counter."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Table

from lobby.queueing.events.event import ClockCorrected, DayTakenBack
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket
from lobby.store.projection import record_serving, record_sitting, sitting_row, visit_row
from lobby.store.tables import SITTINGS, VISITS
from lobby.store.tables_floor import HELP_CALLS, TELLER_COMMENTS
from lobby.store.tables_waits import SERVINGS, TOLD_WAITS
from lobby.store.transaction import Transaction


def record_correction(
    transaction: Transaction, before: Hall, event: ClockCorrected | DayTakenBack, after: Hall
) -> None:
    """What the batch has gathered is written first: a row is moved where it stands."""
    transaction.flush()
    connection, branch_id = transaction.connection, after.plan.id
    names = event.renumbered if isinstance(event, DayTakenBack) else {}
    for was in before.tickets.values_in_order():
        ticket = after.tickets[names.get(was.number, was.number)]
        if was is not ticket:
            _move_ticket(connection, branch_id, was, ticket)
    for counter in after.counters.values():
        _move_sitting(connection, after, before.counters[counter.id], counter)
    if isinstance(event, DayTakenBack):
        _restore_day(transaction, event, after)


def _restore_day(transaction: Transaction, event: DayTakenBack, after: Hall) -> None:
    """Rows of the false day become the true day's, and those it had ended are open again."""
    for table in (SITTINGS, HELP_CALLS, TELLER_COMMENTS):
        of_false_day = (table.c.branch_id == after.plan.id, table.c.business_day == event.false_day)
        transaction.connection.execute(
            table.update().where(*of_false_day).values(business_day=event.day)
        )
    for ticket in after.tickets.values_in_order():
        transaction.record_visit(visit_row(after.plan.id, ticket))
        record_serving(transaction, after.plan.id, ticket, event)
    for counter in after.counters.values():
        record_sitting(transaction, after, counter)


def _move_ticket(connection: Connection, branch_id: str, was: Ticket, ticket: Ticket) -> None:
    visit = visit_row(branch_id, ticket)
    del visit["offered_staff"]  # the one column that its event alone knows
    connection.execute(_of(VISITS, branch_id, was.day, was.number).values(**visit))
    connection.execute(
        _of(TOLD_WAITS, branch_id, was.day, was.number).values(
            business_day=ticket.day, number=ticket.number
        )
    )
    for ordinal, serving in enumerate(ticket.servings, start=1):
        row = _of(SERVINGS, branch_id, was.day, was.number).where(SERVINGS.c.ordinal == ordinal)
        connection.execute(
            row.values(
                business_day=ticket.day,
                number=ticket.number,
                started_at=serving.started_at,
                finished_at=serving.finished_at,
            )
        )


def _move_sitting(connection: Connection, hall: Hall, was: Counter, counter: Counter) -> None:
    if was.session is None or counter.session is None or was.session == counter.session:
        return
    connection.execute(
        SITTINGS.update()
        .where(
            SITTINGS.c.branch_id == hall.plan.id,
            SITTINGS.c.counter == counter.id,
            SITTINGS.c.opened_at == was.session.opened_at,
        )
        .values(**sitting_row(hall, counter.id, counter.session))
    )


def _of(table: Table, branch_id: str, day: date, number: str) -> Any:
    return table.update().where(
        table.c.branch_id == branch_id, table.c.business_day == day, table.c.number == number
    )
