"""The slip on paper: noted in the commit that asks for it, then printed, and never waited for."""

from datetime import datetime
from enum import Enum
from functools import partial

import structlog

from kiosk.context import KioskContext
from kiosk.slips import slip_of
from lobby.printing.print_queue import PrintQueue
from lobby.printing.printers import AddressError, address_in
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.refusal import Refusal
from lobby.screens.kiosk_settings import PrinterKind, kiosk_settings
from lobby.store.kinds import SlipState
from lobby.store.slips import SlipRecord
from lobby.store.writer import StoreUnavailableError

log = structlog.get_logger()

COPIES_MAX = 3
"""A printer that never says that it is done is not played with until the roll is empty."""


class Paper(Enum):
    """What became of a slip: NONE where this kiosk has no such printer, UNSURE where the printer
    has not said so, or nobody remembers, OFFERED where this kiosk prints only when it is asked."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    UNSURE = "unsure"
    OFFERED = "offered"


PAPERS = {
    SlipState.PENDING: Paper.PRINTING,
    SlipState.SENT: Paper.PRINTING,
    SlipState.PRINTED: Paper.PRINTED,
    SlipState.NOT_PRINTED: Paper.FAILED,
    SlipState.UNKNOWN: Paper.UNSURE,
}


def slip_asked(kiosk: KioskContext, ticket: Ticket, at: datetime, copy_number: int) -> SlipRecord:
    """What a start needs in order to print it."""
    return SlipRecord(
        branch_id=kiosk.branch.id,
        business_day=ticket.day,
        number=ticket.number,
        copy_number=copy_number,
        device_id=kiosk.device.id,
        language=kiosk.language,
        base_url=kiosk.base_url,
        state=SlipState.PENDING,
        asked_at=at,
    )


def print_slip(kiosk: KioskContext, record: SlipRecord) -> None:
    """Of a record that is kept. A slip that is not on paper calls a colleague to the kiosk; the
    screen shows the number."""
    ticket = kiosk.branch.hall.ticket(record.number)
    assert ticket is not None, "a slip is asked for by the act that takes the ticket, or later"
    ledger, queue = kiosk.services.slips, queue_of(kiosk)
    job = None
    if queue is not None:
        address = f"{record.base_url}/t/{ticket.secret}"
        job = queue.submit(
            slip_of(kiosk, ticket, address, record.language),
            again=record.copy_number > 1,
            sending=partial(ledger.note, record, SlipState.SENT),
        )
    ledger.follow(record, job, partial(call_to_printer, kiosk, ticket, record))


def paper_of(kiosk: KioskContext, ticket: Ticket) -> Paper:
    if not prints_by_network(kiosk):
        return Paper.NONE
    newest = kiosk.services.slips.newest((kiosk.branch.id, ticket.day, ticket.number))
    if newest is not None:
        return PAPERS[newest.state]
    return Paper.UNSURE if prints_unasked(kiosk) else Paper.OFFERED


def may_print_again(kiosk: KioskContext, ticket: Ticket) -> bool:
    """Where nobody can say that it was printed, or nobody has asked yet, and not for ever."""
    newest = kiosk.services.slips.newest((kiosk.branch.id, ticket.day, ticket.number))
    copies = newest.copy_number if newest else 0
    return copies < COPIES_MAX and paper_of(kiosk, ticket) in (Paper.UNSURE, Paper.OFFERED)


def prints_by_network(kiosk: KioskContext) -> bool:
    return kiosk_settings(kiosk.device.settings).printer is PrinterKind.NETWORK


def prints_unasked(kiosk: KioskContext) -> bool:
    return kiosk_settings(kiosk.device.settings).prints_unasked


async def call_to_printer(kiosk: KioskContext, ticket: Ticket, record: SlipRecord) -> None:
    """A colleague is called once per kiosk: a call that is open already is not doubled."""
    call = CallColleague(HelpKind.PRINTER, kiosk.place)
    key = f"paper-{ticket.secret}-{record.copy_number}"
    try:
        await kiosk.branch.perform(call, kiosk.actor, key)
    except (Refusal, StoreUnavailableError) as error:
        log.warning("nobody called to the printer", kiosk=kiosk.place, reason=repr(error))


def queue_of(kiosk: KioskContext, *, broke_off: bool = False) -> PrintQueue | None:
    """None where the address in the kiosk's settings is none."""
    try:
        address = address_in(kiosk.device.settings)
    except AddressError as error:
        log.warning("the kiosk's printer has no address", kiosk=kiosk.place, reason=str(error))
        return None
    return kiosk.services.printers.at(address, broke_off=broke_off) if address else None
