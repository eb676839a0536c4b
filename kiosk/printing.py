"""The slip on paper: sent to the kiosk's printer after the ticket is safe, and never waited for."""

import asyncio
from enum import Enum

import structlog

from kiosk.context import KioskContext
from kiosk.slips import slip_of
from lobby.printing.print_queue import Job, PrintQueue
from lobby.printing.printers import AddressError, address_in
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.writer import StoreUnavailableError

log = structlog.get_logger()

NETWORK = "escpos"

_watched: set["asyncio.Task[None]"] = set()
"""The loop itself keeps only weak references to what it runs."""


class Paper(Enum):
    """What became of a slip: NONE where this kiosk has no such printer."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


def print_slip(kiosk: KioskContext, number: str) -> None:
    """A slip that cannot be printed calls a colleague to the kiosk; the screen shows the number."""
    ticket = kiosk.branch.hall.ticket(number) if prints_by_network(kiosk) else None
    if ticket is None:
        return
    address, queue = kiosk.customer_page(ticket.secret), _queue(kiosk)
    if queue is not None and queue.job_of(number, address) is not None:
        return
    job = queue.submit(slip_of(kiosk, ticket, address, kiosk.language)) if queue else None
    task = asyncio.get_running_loop().create_task(_watch(kiosk, ticket, job))
    _watched.add(task)
    task.add_done_callback(_watched.discard)


def paper_of(kiosk: KioskContext, ticket: Ticket) -> Paper:
    if not prints_by_network(kiosk):
        return Paper.NONE
    address, queue = kiosk.customer_page(ticket.secret), _queue(kiosk)
    job = queue.job_of(ticket.number, address) if queue else None
    if job is None:
        return Paper.FAILED
    if job.outcome is None:
        return Paper.PRINTING
    return Paper.PRINTED if job.outcome.is_on_paper else Paper.FAILED


def prints_by_network(kiosk: KioskContext) -> bool:
    return kiosk.device.settings.get("printer") == NETWORK


def _queue(kiosk: KioskContext) -> PrintQueue | None:
    """None where the address in the kiosk's settings is none."""
    try:
        address = address_in(kiosk.device.settings)
    except AddressError as error:
        log.warning("the kiosk's printer has no address", kiosk=kiosk.place, reason=str(error))
        return None
    return kiosk.services.printers.at(address) if address else None


async def _watch(kiosk: KioskContext, ticket: Ticket, job: Job | None) -> None:
    """A colleague is called once per kiosk: a call that is open already is not doubled."""
    if job is not None and (await job.settled()).is_on_paper:
        return
    call = CallColleague(HelpKind.PRINTER, kiosk.place)
    try:
        await kiosk.branch.perform(call, kiosk.actor, f"paper-{ticket.secret}")
    except (Refusal, StoreUnavailableError) as error:
        log.warning("nobody called to the printer", kiosk=kiosk.place, reason=repr(error))
