"""Care for one customer, decided: the steps of it, how to be called, more time, one's adviser.

What is so already is no event.
"""

from datetime import datetime

from lobby.queueing.commands.ticket import AskAdviser, GiveLongerGrace, RecordCare, SetCallModes
from lobby.queueing.decide import checks
from lobby.queueing.decide.allowed import MAY_BE_CALLED
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.events.care import AdviserAsked, CallModesSet, CareRecorded, LongerGraceGiven
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import PAGER_LENGTH_MAX
from lobby.queueing.refusals.floor import PagerInUse
from lobby.queueing.refusals.ticket import ReasonMissing


def _record(hall: Hall, command: RecordCare, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    if any(mark.step is command.step for mark in ticket.care):
        return ()
    return (CareRecorded(now, ticket.number, command.step, command.staff),)


def _set_modes(hall: Hall, command: SetCallModes, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
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


def _give_longer_grace(hall: Hall, command: GiveLongerGrace, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    return () if ticket.longer_grace else (LongerGraceGiven(now, ticket.number),)


def _ask_adviser(hall: Hall, command: AskAdviser, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    teller = command.teller or None
    if teller is not None:
        checks.adviser(hall, teller)
    if ticket.reserved_teller == teller:
        return ()
    return (AdviserAsked(now, ticket.number, teller),)


DECIDERS: Deciders = {
    RecordCare: _record,
    SetCallModes: _set_modes,
    GiveLongerGrace: _give_longer_grace,
    AskAdviser: _ask_adviser,
}
