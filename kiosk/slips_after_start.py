"""Slips that the last process left behind: printed now or said to be lost, and never sent twice."""

from collections.abc import Sequence
from datetime import timedelta

from kiosk.context import KioskContext
from kiosk.printing import call_to_printer, print_slip, prints_by_network, queue_of
from kiosk.session import KioskSession
from kiosk.ticket_page import SHOWN_FOR
from lobby.queueing.model.ticket import Ticket
from lobby.store.devices import device_of_branch
from lobby.store.kinds import SlipState
from lobby.store.slips import SlipRecord, slips_to_remember
from lobby.web.services import Services

PRINTED_WITHIN = timedelta(minutes=2)
"""A small computer that lost its power is back in so much time, and so long a customer without a
number stands before its kiosk; later the slip would lie there for whoever comes next."""

MAY_BE_HALF = frozenset({SlipState.SENT, SlipState.UNKNOWN})


async def take_up(services: Services) -> None:
    """Before the first request: whoever asks again finds what is known here."""
    since = services.clock.now() - SHOWN_FOR
    records = await services.store.read(lambda connection: slips_to_remember(connection, since))
    services.slips.remember(records)
    await _clear_away(services, records)
    for record in records:
        if record.state is SlipState.SENT:
            await _give_up(services, record)
        elif record.state is SlipState.PENDING:
            await _print_now(services, record)


async def _clear_away(services: Services, records: Sequence[SlipRecord]) -> None:
    """Half of a slip may lie in a printer still, and would spoil the next one."""
    last = {record.device_id: record for record in records}
    for record in last.values():
        if record.state in MAY_BE_HALF:
            kiosk = await _kiosk_of(services, record)
            if kiosk is not None:
                queue_of(kiosk, broke_off=True)


async def _give_up(services: Services, record: SlipRecord) -> None:
    await services.slips.settle(record, SlipState.UNKNOWN)
    kiosk, ticket = await _kiosk_of(services, record), _ticket_of(services, record)
    if kiosk is not None and ticket is not None:
        await call_to_printer(kiosk, ticket, record)


async def _print_now(services: Services, record: SlipRecord) -> None:
    kiosk, ticket = await _kiosk_of(services, record), _ticket_of(services, record)
    if kiosk is None or ticket is None:
        await services.slips.settle(record, SlipState.NOT_PRINTED)
    else:
        print_slip(kiosk, record)


def _ticket_of(services: Services, record: SlipRecord) -> Ticket | None:
    """None where nobody needs its slip any more: it is over, or of another day, or too old."""
    branch = services.branches.get(record.branch_id)
    ticket = branch.hall.ticket(record.number) if branch else None
    if ticket is None or ticket.day != record.business_day or ticket.is_ended:
        return None
    return ticket if services.clock.now() - record.asked_at <= PRINTED_WITHIN else None


async def _kiosk_of(services: Services, record: SlipRecord) -> KioskContext | None:
    """The kiosk as it stands without anybody before it; None where it has no printer any more."""
    branch = services.branches.get(record.branch_id)
    device = await services.store.read(
        lambda connection: device_of_branch(connection, record.branch_id, record.device_id)
    )
    if branch is None or device is None:
        return None
    session = KioskSession(record.language, device.language)
    kiosk = KioskContext(
        *(services, device, branch, session),
        stand_in=None,
        base_url=record.base_url,
        wants_json=False,
    )
    return kiosk if prints_by_network(kiosk) else None
