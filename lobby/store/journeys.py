"""The journey of one ticket of any day, with who did what; and who has looked one up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, insert, select

from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketCalled
from lobby.store.kinds import ActorKind
from lobby.store.log import PAYLOAD_VERSION, decode
from lobby.store.rows import read_as, select_as
from lobby.store.tables import EVENTS
from lobby.store.tables_days import TICKET_LOOKUPS
from lobby.store.tables_people import DEVICES, STAFF


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that concerns a ticket, and who did it: the id of a person or a device."""

    event: Event
    actor_kind: ActorKind
    actor_id: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """Somebody looked a ticket up. `staff` is their id."""

    at: datetime
    staff: str
    business_day: date
    number: str


def deeds_of_ticket(connection: Connection, branch_id: str, day: date, number: str) -> list[Deed]:
    """In their order: its own events, and the calls of others that went before it. What an older
    version wrote in another form is left out."""
    rows = connection.execute(
        select(EVENTS.c.kind, EVENTS.c.payload, EVENTS.c.actor_kind, EVENTS.c.actor_id)
        .where(EVENTS.c.branch_id == branch_id, EVENTS.c.business_day == day)
        .where(EVENTS.c.payload_version == PAYLOAD_VERSION)
        .where(EVENTS.c.payload.contains(f'"{number}"', autoescape=True))
        .order_by(EVENTS.c.version)
    )
    deeds: list[Deed] = []
    for row in rows:
        try:
            event = decode(row.kind, row.payload)
        except (KeyError, msgspec.ValidationError):
            continue
        if _concerns(event, number):
            deeds.append(Deed(event, row.actor_kind, row.actor_id))
    return deeds


def names_of_all(connection: Connection, branch_id: str) -> Mapping[tuple[ActorKind, str], str]:
    """Of everybody who works or worked here, and of the devices."""
    people = connection.execute(select(STAFF.c.id, STAFF.c.name))
    devices = connection.execute(
        select(DEVICES.c.id, DEVICES.c.name).where(DEVICES.c.branch_id == branch_id)
    )
    return {
        **{(ActorKind.STAFF, str(row.id)): row.name for row in people},
        **{(ActorKind.DEVICE, str(row.id)): row.name for row in devices},
    }


def keep_lookup(connection: Connection, branch_id: str, lookup: Lookup) -> None:
    values = {name: getattr(lookup, name) for name in Lookup.__dataclass_fields__}
    connection.execute(insert(TICKET_LOOKUPS).values(branch_id=branch_id, **values))


def lookups_of(connection: Connection, branch_id: str, day: date, number: str) -> Sequence[Lookup]:
    """The earliest first."""
    table = TICKET_LOOKUPS
    query = select_as(table, Lookup, branch_id).where(
        table.c.business_day == day, table.c.number == number
    )
    return read_as(connection, Lookup, query.order_by(table.c.at, table.c.id))


def _concerns(event: Event, number: str) -> bool:
    if getattr(event, "number", None) == number or getattr(event, "ticket", None) == number:
        return True
    return isinstance(event, TicketCalled) and number in event.choice.passed
