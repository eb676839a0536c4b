"""The event log: events to rows and back, and the history from which a hall is rebuilt."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from operator import attrgetter
from typing import get_args

import msgspec
from msgspec import structs
from sqlalchemy import Connection, func, select

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.event import Event
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.store.bulk_rows import Row
from lobby.store.tables import ACTS, EVENTS

PAYLOAD_VERSION = 1
"""Moves when an event's shape changes; only the current day's events need be readable."""

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}
encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did it, and under which idempotency key."""

    actor_kind: str
    actor_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Act:
    """What a key did: the versions of its events, and the fingerprint of what was asked."""

    fingerprint: str
    first_version: int
    last_version: int


def event_row(branch_id: str, version: int, day: date, event: Event, signature: Signature) -> Row:
    return {
        "branch_id": branch_id,
        "version": version,
        "at": event.at,
        "business_day": day,
        "kind": type(event).__name__,
        "payload_version": PAYLOAD_VERSION,
        "payload": encode(event).decode(),
        "actor_kind": signature.actor_kind,
        "actor_id": signature.actor_id,
        "key": signature.key,
    }


def act_row(branch_id: str, key: str, act: Act, at: datetime) -> Row:
    return {
        "branch_id": branch_id,
        "key": key,
        "fingerprint": act.fingerprint,
        "first_version": act.first_version,
        "last_version": act.last_version,
        "at": at,
    }


def scoped_key(actor_kind: str, actor_id: str, key: str) -> str:
    """The key as it is kept, in memory and in the table: each actor has keys of their own, so
    that nobody can use up another's, or those of the house itself. Of one length, whatever was
    sent."""
    text = "\0".join((actor_kind, actor_id, key))
    return blake2b(text.encode(), digest_size=16).hexdigest()


def fingerprint(command: Command, actor_id: str) -> str:
    """What was asked and by whom. Of a ticket neither its fresh secret nor what the hall at that
    moment made of the answers is a part: sent once more, the answers may be advised otherwise."""
    asked = _as_asked(command) if isinstance(command, TakeTicket) else command
    text = b"%s %s %s" % (type(command).__name__.encode(), actor_id.encode(), encode(asked))
    return blake2b(text, digest_size=16).hexdigest()


def _as_asked(command: TakeTicket) -> TakeTicket:
    if command.intake is NO_INTAKE:
        return structs.replace(command, secret="")
    said = Intake(answers=command.intake.answers, help_wanted=command.intake.help_wanted)
    machine = None if command.machine is None else ""
    return structs.replace(command, secret="", intake=said, machine=machine)


def decode(kind: str, payload: str) -> Event:
    event: Event = DECODERS[kind].decode(payload)
    return event


def last_version(connection: Connection, branch_id: str) -> int:
    query = select(func.max(EVENTS.c.version)).where(EVENTS.c.branch_id == branch_id)
    return connection.execute(query).scalar() or 0


def events_of_last_day(connection: Connection, branch_id: str) -> tuple[int, list[Event]]:
    """The version before the newest business day's first event, and that day's events."""
    newest = select(func.max(EVENTS.c.business_day)).where(EVENTS.c.branch_id == branch_id)
    day = connection.execute(newest).scalar()
    if day is None:
        return 0, []
    found = connection.execute(
        select(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload).where(
            EVENTS.c.branch_id == branch_id, EVENTS.c.business_day == day
        )
    ).all()
    # Sorted here: asked to sort, SQLite reads the whole log in the order of its primary key.
    rows = sorted(found, key=attrgetter("version"))
    return rows[0].version - 1, [decode(row.kind, row.payload) for row in rows]


def events_after(connection: Connection, branch_id: str, version: int) -> tuple[Event, ...]:
    """What was recorded since, in order."""
    rows = connection.execute(
        select(EVENTS.c.kind, EVENTS.c.payload)
        .where(EVENTS.c.branch_id == branch_id, EVENTS.c.version > version)
        .order_by(EVENTS.c.version)
    )
    return tuple(decode(row.kind, row.payload) for row in rows)


def events_between(
    connection: Connection, branch_id: str, first: int, last: int
) -> tuple[Event, ...]:
    """Events with first <= version <= last, in order."""
    rows = connection.execute(
        select(EVENTS.c.kind, EVENTS.c.payload)
        .where(
            EVENTS.c.branch_id == branch_id,
            EVENTS.c.version >= first,
            EVENTS.c.version <= last,
        )
        .order_by(EVENTS.c.version)
    )
    return tuple(decode(row.kind, row.payload) for row in rows)


def forget_acts(connection: Connection, before: datetime) -> None:
    """Whoever repeats an act does so within seconds; after days its key is only a burden."""
    connection.execute(ACTS.delete().where(ACTS.c.at < before))


def recent_acts(connection: Connection, branch_id: str) -> dict[str, Act]:
    """The keys still kept, by key."""
    return acts_after(connection, branch_id, -1)


def acts_after(connection: Connection, branch_id: str, version: int) -> dict[str, Act]:
    """The keys of acts whose events were recorded since, by key."""
    rows = connection.execute(
        select(ACTS.c.key, ACTS.c.fingerprint, ACTS.c.first_version, ACTS.c.last_version).where(
            ACTS.c.branch_id == branch_id, ACTS.c.first_version > version
        )
    ).all()
    return {r.key: Act(r.fingerprint, r.first_version, r.last_version) for r in rows}
