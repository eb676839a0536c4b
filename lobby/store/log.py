"""The event log: events to rows and back, and the history from which a hall is rebuilt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, get_args

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Executable, Select, func, select

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.model.intake import NO_INTAKE, Intake
from lobby.store.bulk_rows import Row
from lobby.store.chain import CHAINED, digest_at, first_break
from lobby.store.errors import RecordBrokenError
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
    """What a key did: the versions of its events, and the fingerprint of what was asked. Where
    nothing was to be done `first_version` is one more than `last_version`. `actor` says whose key
    it is: kind and id with a stroke between."""

    fingerprint: str
    first_version: int
    last_version: int
    actor: str = ""

    @property
    def is_idle(self) -> bool:
        """Nothing was to be done."""
        return self.first_version > self.last_version


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


WATCHING = ("cards", "seats")
"""Who notes that nobody acts; that is no act by which a house is awake."""


def last_event_at(connection: Connection, branch_id: str) -> datetime | None:
    """Of what somebody did."""
    newest = select(EVENTS.c.at).where(
        EVENTS.c.branch_id == branch_id, EVENTS.c.actor_id.not_in(WATCHING)
    )
    at: datetime | None = connection.execute(
        newest.order_by(EVENTS.c.version.desc()).limit(1)
    ).scalar()
    return at


def events_of_last_day(connection: Connection, branch_id: str) -> tuple[int, list[Event]]:
    """The version before the newest opening of a day, and the events from there on. By the
    opening, not by the date: a corrected clock may have given them several."""
    first = opening_before(connection, branch_id)
    if first is None:
        return 0, []
    rows = connection.execute(
        select(*(EVENTS.c[name] for name in CHAINED))
        .where(EVENTS.c.branch_id == branch_id, EVENTS.c.version >= first)
        .order_by(EVENTS.c.version)
    ).all()
    before = first - 1
    require_whole(branch_id, before, digest_at(connection, branch_id, before), rows)
    return before, [read_event(branch_id, row) for row in rows]


def require_whole(branch_id: str, before: int, digest: str, rows: Sequence[Any]) -> None:
    """Rows of the columns `CHAINED`, in order, after the event `before` with its digest. Raises
    `RecordBrokenError` at the first that is missing or was changed."""
    for expected, row in enumerate(rows, start=before + 1):
        if row.version != expected:
            raise RecordBrokenError(branch_id, expected, "is missing")
    changed = first_break(digest, (row._mapping for row in rows))
    if changed is not None:
        raise RecordBrokenError(branch_id, changed, "was changed since it was written")


def read_event(branch_id: str, row: Any) -> Event:
    """Raises `RecordBrokenError` where this program does not know what it says."""
    try:
        return decode(row.kind, row.payload)
    except (KeyError, msgspec.DecodeError) as error:
        what = f"cannot be read ({row.kind}: {error})"
        raise RecordBrokenError(branch_id, row.version, what) from error


def opening_before(
    connection: Connection, branch_id: str, version: int | None = None
) -> int | None:
    """The version of the newest opening of a day, or of the newest before that version."""
    opened = (
        select(EVENTS.c.version)
        .where(EVENTS.c.branch_id == branch_id, EVENTS.c.kind == DayOpened.__name__)
        .order_by(EVENTS.c.version.desc())
        .limit(1)
    )
    if version is not None:
        opened = opened.where(EVENTS.c.version < version)
    found: int | None = connection.execute(opened).scalar()
    return found


def events_after(connection: Connection, branch_id: str, version: int) -> tuple[Event, ...]:
    """What was recorded since, in order."""
    rows = connection.execute(
        select(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload)
        .where(EVENTS.c.branch_id == branch_id, EVENTS.c.version > version)
        .order_by(EVENTS.c.version)
    )
    return tuple(read_event(branch_id, row) for row in rows)


def events_between(
    connection: Connection, branch_id: str, first: int, last: int
) -> tuple[Event, ...]:
    """Events with first <= version <= last, in order."""
    rows = connection.execute(
        select(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload)
        .where(
            EVENTS.c.branch_id == branch_id,
            EVENTS.c.version >= first,
            EVENTS.c.version <= last,
        )
        .order_by(EVENTS.c.version)
    )
    return tuple(read_event(branch_id, row) for row in rows)


def events_since(
    connection: Connection, branch_id: str, at: datetime, most: int
) -> list[tuple[int, Event]]:
    """The last `most` events at the most, those from `at` on, each with its version, in order."""
    first = last_version(connection, branch_id) - most + 1
    rows = connection.execute(
        select(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload)
        .where(EVENTS.c.branch_id == branch_id, EVENTS.c.version >= first, EVENTS.c.at >= at)
        .order_by(EVENTS.c.version)
    )
    return [(row.version, read_event(branch_id, row)) for row in rows]


def forget_acts(connection: Connection, before: datetime) -> None:
    """Whoever repeats an act does so within seconds; after days its key is only a burden."""
    connection.execute(ACTS.delete().where(ACTS.c.at < before))


def forget_acts_before(branch_id: str, version: int) -> Executable:
    """Acts that were over before this version."""
    return ACTS.delete().where(ACTS.c.branch_id == branch_id, ACTS.c.last_version < version)


def act_of(connection: Connection, branch_id: str, key: str) -> Act | None:
    """What the table knows of a scoped key."""
    rows = connection.execute(_acts(branch_id).where(ACTS.c.key == key)).all()
    return _acts_by_key(rows).get(key)


def recent_acts(connection: Connection, branch_id: str) -> dict[str, Act]:
    """The keys still kept, by key."""
    return acts_after(connection, branch_id, -1)


def acts_after(connection: Connection, branch_id: str, version: int) -> dict[str, Act]:
    """The keys of acts whose events were recorded since, by key, oldest first."""
    newer = _acts(branch_id).where(ACTS.c.first_version > version).order_by(ACTS.c.first_version)
    return _acts_by_key(connection.execute(newer).all())


def _acts(branch_id: str) -> Select[Any]:
    """Whose key it is says the first of the act's events. An outer join, so that SQLite looks up
    one event for each act: it would else, for the order, read all acts again for each event."""
    first = (EVENTS.c.branch_id == ACTS.c.branch_id) & (EVENTS.c.version == ACTS.c.first_version)
    return (
        select(
            *(ACTS.c.key, ACTS.c.fingerprint, ACTS.c.first_version, ACTS.c.last_version),
            *(EVENTS.c.actor_kind, EVENTS.c.actor_id),
        )
        .outerjoin(EVENTS, first)
        .where(ACTS.c.branch_id == branch_id)
    )


def _acts_by_key(rows: Iterable[Any]) -> dict[str, Act]:
    return {
        row.key: Act(
            *(row.fingerprint, row.first_version, row.last_version),
            actor=f"{row.actor_kind}/{row.actor_id}",
        )
        for row in rows
    }
