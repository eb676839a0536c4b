"""The hall as a running server shows it on its screens, held against the fold of its log."""

import re
from dataclasses import dataclass

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from tests.bench.wire import Connection, get

WAITING = re.compile(r'id="waiting-(\w+)"')
HELD = re.compile(r'id="held-(\w+)"')
CALL = re.compile(
    r'id="call-(\w+)"><span class="number">[^<]*</span>.*?<span>Counter (\d+)</span>', re.DOTALL
)
DESK = re.compile(r'<li class="desk" id="desk-(\w+)">(.*?)</li>', re.DOTALL)
NUMBER = re.compile(r'<span class="desk-since"><span class="number">(\w+)[^<]*?(\d+)</span>')
SHOWN_CALLS = 6
"""The last ones."""
SHOWN_HELD = 20
"""Those whose place is the earliest."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who waits and who is on hold; the ticket at each open counter ("" for none); the last calls
    with their counters, newest first."""

    waiting: frozenset[str]
    held: frozenset[str]
    counters: dict[str, str]
    calls: tuple[tuple[str, str], ...]

    @classmethod
    def on_tablet(cls, page: str) -> "Seen":
        desks = {counter: NUMBER.search(row) for counter, row in DESK.findall(page)}
        return cls(
            frozenset(WAITING.findall(page)),
            frozenset(HELD.findall(page)),
            {counter: "".join(found.groups()) if found else "" for counter, found in desks.items()},
            tuple(CALL.findall(page))[:SHOWN_CALLS],
        )

    @classmethod
    def of(cls, hall: Hall) -> "Seen":
        return cls(
            frozenset(number for line in hall.lines.values() for number in line),
            frozenset(held_numbers(hall)[:SHOWN_HELD]),
            {c.id: c.ticket or "" for c in hall.counters.values() if c.is_open},
            tuple((c.ticket, _label(hall, c.counter)) for c in hall.calls)[:SHOWN_CALLS],
        )


def held_numbers(hall: Hall) -> list[str]:
    tickets = hall.tickets.values_in_order()
    held = [ticket for ticket in tickets if ticket.state is TicketState.ON_HOLD]
    return [ticket.number for ticket in sorted(held, key=lambda ticket: ticket.place)]


def _label(hall: Hall, counter: str) -> str:
    return hall.plan.counters[counter].label


async def on_tablet(port: int, cookie: str) -> Seen:
    """What a lobby manager's page of everybody who is here says, in English."""
    connection = await Connection.open(port)
    status, body = await connection.send(get("/floor/waiting?language=en", cookie))
    connection.close()
    assert status == 200, body.decode()
    return Seen.on_tablet(body.decode())
