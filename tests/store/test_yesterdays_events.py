"""Events as an earlier version of today wrote them are read all the same."""

from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.call_modes import USUAL_MODES
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.store.log import decode, encode
from tests.app.people import hall

AT = '"at":"2026-03-02T01:00:00Z"'
CHOICE = '"choice":{"number":"A001","rule":"first_come","waited_s":0.0,"passed":[],"reason":""}'
LOG = [
    ("DayOpened", f'{{{AT},"day":"2026-03-02","machines":[],"help_calls":[]}}'),
    (
        "TicketTaken",
        f'{{{AT},"number":"A001","service":"A01","language":"vi","secret":"s","channel":"kiosk",'
        '"ahead":0}',
    ),
    ("CounterOpened", f'{{{AT},"counter":"1","teller":"thu","services":["A01"]}}'),
    ("TicketCalled", f'{{{AT},"number":"A001","counter":"1","language":"vi",{CHOICE}}}'),
    ("TicketCalledAgain", f'{{{AT},"number":"A001","counter":"1","language":"vi"}}'),
    ("TicketHeld", f'{{{AT},"number":"A001","counter":"1","reason":"form"}}'),
    ("CounterPaused", f'{{{AT},"counter":"1","reason":"tea"}}'),
    ("HelpCalled", f'{{{AT},"kind":"help","place":"Seats","ticket":null}}'),
    ("MachineOffered", f'{{{AT},"number":"A001","machine":"atm-1","by":"staff"}}'),
]


def read() -> Hall:
    return fold(hall(), [decode(kind, payload) for kind, payload in LOG])


def test_it_reads_what_was_written_before_the_new_fields() -> None:
    found = read()
    ticket = found.tickets["A001"]
    assert (ticket.state, ticket.calls, ticket.hold_until) == (TicketState.ON_HOLD, 2, None)
    assert found.calls[0].modes == USUAL_MODES
    assert (found.duty, found.notices, found.escorts, found.handover) == ({}, (), (), None)
    assert found.help_calls[0].note == ""


def test_it_writes_every_new_field_and_reads_it_back() -> None:
    found = read()
    for kind, payload in LOG:
        event: Event = decode(kind, payload)
        assert decode(kind, encode(event).decode()) == event
    assert found.version == len(LOG)
