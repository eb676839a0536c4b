"""The journey of one ticket of any day, with who did what; and who has looked one up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from lobby.queueing.events.event import DayTakenBack, Event
from lobby.queueing.events.ticket import TicketCalled
from lobby.store.kinds import ActorKind
from lobby.store.log import PAYLOAD_VERSION, decode
from lobby.store.rows import read_as, select_as
from lobby.store.tables import EVENTS
from lobby.store.tables_days import TICKET_LOOKUPS
from lobby.store.tables_people import DEVICES, STAFF


@dataclass(frozen=True, slots=True)
class Deed:
    """An event that concerns a ticket, and who did it: the id of a person or a device. `number` is
    what the ticket had then; `renumbered` what it had from here on, where that changed."""

    event: Event
    actor_kind: ActorKind
    actor_id: str
    number: str = ""
    renumbered: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    """A number on a day, up to a version of the log where it was another ticket's after that."""

    day: date
    number: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """Somebody looked a ticket up. `staff` is their id."""

    at: datetime
    staff: str
    business_day: date
    number: str


TURN_TAKEN_BACK_WITHIN = timedelta(days=31)
"""A turn of the day is taken back on the days around it; a clock may have been a month off."""

AGAIN_WITHIN = timedelta(minutes=1)
"""Who sees the same journey again within a minute has reloaded the page, and not looked twice."""


def deeds_of_ticket(connection: Connection, branch_id: str, day: date, number: str) -> list[Deed]:
    """In their order: its own events, also those under the number that it had before or after a
    turn of the day was taken back, and the calls of others that went before it. What an older
    version wrote in another form is left out."""
    names = [_Name(day, number)]
    found = _deeds(connection, branch_id, names[0])
    for version, deed in _turns_taken_back(connection, branch_id, day):
        turn = deed.event
        assert isinstance(turn, DayTakenBack), "that kind was asked for"
        for other, renumbered in _other_names(turn, version, names, known=bool(found)):
            names.append(other)
            found |= _deeds(connection, branch_id, other)
            found[version] = replace(deed, renumbered=renumbered)
    return [found[version] for version in sorted(found)]


def _other_names(
    turn: DayTakenBack, version: int, names: Sequence[_Name], *, known: bool
) -> Iterator[tuple[_Name, str]]:
    """Who came on the false day goes on, on the day before, under the next numbers of the series;
    a number of the false day that nobody had leads nowhere."""
    before = {new: old for old, new in turn.renumbered.items()}
    for name in tuple(names):
        if name.day == turn.false_day and known:
            new = turn.renumbered.get(name.number, name.number)
            yield _Name(turn.day, new), new
        elif name.day == turn.day and name.number in before:
            yield _Name(turn.false_day, before[name.number], version), name.number
        elif name.day == turn.day and name.number not in turn.renumbered:
            yield _Name(turn.false_day, name.number, version), name.number


def _turns_taken_back(connection: Connection, branch_id: str, day: date) -> list[tuple[int, Deed]]:
    first, last = day - TURN_TAKEN_BACK_WITHIN, day + TURN_TAKEN_BACK_WITHIN
    rows = connection.execute(
        _of_branch(branch_id)
        .where(EVENTS.c.business_day.between(first, last))
        .where(EVENTS.c.kind == DayTakenBack.__name__)
        .order_by(EVENTS.c.version)
    )
    return list(_read(rows))


def _deeds(connection: Connection, branch_id: str, name: _Name) -> dict[int, Deed]:
    """By version of the log."""
    query = _of_branch(branch_id).where(
        EVENTS.c.business_day == name.day,
        EVENTS.c.kind != DayTakenBack.__name__,
        EVENTS.c.payload.contains(f'"{name.number}"', autoescape=True),
    )
    if name.before is not None:
        query = query.where(EVENTS.c.version < name.before)
    return {
        version: replace(deed, number=name.number)
        for version, deed in _read(connection.execute(query))
        if _concerns(deed.event, name.number)
    }


def _of_branch(branch_id: str) -> Any:
    return select(
        *(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload),
        *(EVENTS.c.actor_kind, EVENTS.c.actor_id),
    ).where(EVENTS.c.branch_id == branch_id, EVENTS.c.payload_version == PAYLOAD_VERSION)


def _read(rows: Any) -> Iterator[tuple[int, Deed]]:
    for row in rows:
        try:
            event = decode(row.kind, row.payload)
        except (KeyError, msgspec.ValidationError):
            continue
        yield row.version, Deed(event, row.actor_kind, row.actor_id)


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
    """Once in a minute: see `AGAIN_WITHIN`."""
    table = TICKET_LOOKUPS
    same = select_as(table, Lookup, branch_id).where(
        table.c.staff == lookup.staff,
        table.c.business_day == lookup.business_day,
        table.c.number == lookup.number,
        table.c.at > lookup.at - AGAIN_WITHIN,
        table.c.at <= lookup.at,
    )
    if connection.execute(same.limit(1)).first() is not None:
        return
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
