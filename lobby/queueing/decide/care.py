"""Care for one customer, decided: the steps of it, how to be called, more time, one's adviser."""

from datetime import datetime
from typing import assert_never

from lobby.queueing.commands.ticket import (
    AskAdviser,
    CareCommand,
    GiveLongerGrace,
    RecordCare,
    SetCallModes,
)
from lobby.queueing.decide import checks
from lobby.queueing.events.care import AdviserAsked, CallModesSet, CareRecorded, LongerGraceGiven
from lobby.queueing.events.event import Event
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import PAGER_LENGTH_MAX
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.floor import PagerInUse
from lobby.queueing.refusals.ticket import ReasonMissing

Events = tuple[Event, ...]

MAY_BE_CALLED = (
    TicketState.WAITING,
    TicketState.CALLED,
    TicketState.SERVING,
    TicketState.ON_HOLD,
    TicketState.ABSENT,
    TicketState.AT_MACHINE,
)
"""States after which a call may still come: who missed one may be brought back."""


def decide_care(hall: Hall, command: CareCommand, now: datetime) -> Events:
    """What is so already is no event."""
    match command:
        case RecordCare(number, step, staff):
            ticket = checks.ticket(hall, number)
            if any(mark.step is step for mark in ticket.care):
                return ()
            return (CareRecorded(now, number, step, staff),)
        case SetCallModes():
            return _modes_set(hall, command, now)
        case GiveLongerGrace(number):
            if checks.ticket_in(hall, number, *MAY_BE_CALLED).longer_grace:
                return ()
            return (LongerGraceGiven(now, number),)
        case AskAdviser():
            return _adviser_asked(hall, command, now)
        case _:
            assert_never(command)


def _modes_set(hall: Hall, command: SetCallModes, now: datetime) -> Events:
    ticket = checks.ticket_in(hall, command.number, *MAY_BE_CALLED)
    modes = tuple(mode for mode in CallMode if mode in command.modes)
    if not modes:
        raise ReasonMissing
    pager = checks.text(command.pager, PAGER_LENGTH_MAX) if CallMode.PAGER in modes else ""
    if CallMode.PAGER in modes:
        _free_pager(hall, ticket.number, pager)
    if (ticket.call_modes, ticket.pager) == (modes, pager):
        return ()
    return (CallModesSet(now, ticket.number, modes, pager),)


def _free_pager(hall: Hall, number: str, pager: str) -> None:
    """One pager calls one customer, until the visit has ended."""
    if not pager:
        raise ReasonMissing
    carrying = (t for t in hall.tickets.values_in_order() if t.state in MAY_BE_CALLED)
    if any(ticket.pager == pager and ticket.number != number for ticket in carrying):
        raise PagerInUse(pager)


def _adviser_asked(hall: Hall, command: AskAdviser, now: datetime) -> Events:
    states = (TicketState.WAITING, TicketState.ON_HOLD, TicketState.AT_MACHINE)
    ticket = checks.ticket_in(hall, command.number, *states)
    teller = command.teller or None
    if teller is not None:
        checks.adviser(hall, teller)
    if ticket.reserved_teller == teller:
        return ()
    return (AdviserAsked(now, ticket.number, teller),)
