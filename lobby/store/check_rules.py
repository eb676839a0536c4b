"""What must be true of a day whatever happened on it: each that is not, in a sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table

from lobby.queueing.events.event import Event, NumbersReserved
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import AT_COUNTER, TicketState
from lobby.store.bulk_rows import Row


def gaps(before: int, versions: Sequence[int]) -> Iterator[str]:
    expected = before + 1
    for version in versions:
        if version != expected:
            missing = (
                f"{expected} is" if version == expected + 1 else f"{expected} to {version - 1} are"
            )
            yield f"Event {missing} missing."
        expected = version + 1


def numbers_of(day: date, events: Sequence[Event]) -> Iterator[str]:
    """In each series 1, 2, 3, but for those passed over after a restore."""
    last: Counter[str] = Counter()
    for event in events:
        if isinstance(event, NumbersReserved) and event.day == day:
            for prefix, ordinal in event.up_to.items():
                last[prefix] = max(last[prefix], ordinal)
        reserved = getattr(event, "reserved", {}).get(day, {})
        last.update({p: o for p, o in reserved.items() if o > last[p]})
        if isinstance(event, TicketTaken):
            prefix, ordinal = event.number[0], int(event.number[1:])
            if ordinal <= last[prefix]:
                yield f"Number {event.number} of {day} was given out twice."
            elif ordinal > last[prefix] + 1:
                yield f"Before number {event.number} of {day} one was left out."
            last[prefix] = max(last[prefix], ordinal)


def disagreements(hall: Hall) -> Iterator[str]:
    at_counters = Counter(c.ticket for c in hall.counters.values() if c.ticket)
    for number, counters in at_counters.items():
        if counters > 1:
            yield f"Ticket {number} of {hall.day} is at {counters} counters at once."
    in_lines = Counter(number for line in hall.lines.values() for number in line)
    for ticket in hall.tickets.values_in_order():
        waits = ticket.state is TicketState.WAITING
        if in_lines[ticket.number] != int(waits):
            yield f"Ticket {ticket.number} of {hall.day} waits in {in_lines[ticket.number]} lines."
        if (ticket.state in AT_COUNTER) != (ticket.number in at_counters):
            yield f"Ticket {ticket.number} of {hall.day} and its counter do not agree."


def named(key: tuple[Any, ...]) -> str:
    """Without the branch and the day, which stand in the sentence."""
    return " ".join(str(part) for part in key[1:] if type(part) is not date)


def differences(table: Table, found: Row, expected: Row) -> list[str]:
    return [
        name
        for name, value in expected.items()
        if found[name] != value and not table.c[name].info.get("kept")
    ]
