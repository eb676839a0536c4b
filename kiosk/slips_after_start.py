"""Slips that the last process left behind: printed now or said to be lost, and never sent twice."""

from datetime import timedelta

from kiosk.context import KioskContext
from kiosk.printing import call_to_printer, print_slip, prints_by_network
from kiosk.session import KioskSession
from lobby.queueing.model.ticket import Ticket
from lobby.store.devices import device_of_branch
from lobby.store.kinds import SlipState
from lobby.store.slips import SlipRecord, slips_to_remember
from lobby.web.services import Services

SHOWN_FOR = timedelta(minutes=5)
"""So long a kiosk's screen may ask what has become of a slip."""

PRINTED_WITHIN = timedelta(minutes=2)
"""A small computer that lost its power is back in so much time, and so long a customer without a
number stands before its kiosk; later the slip would lie there for whoever comes next."""


async def take_up(services: Services) -> None:
    """Before the first request: whoever asks again finds what is known here."""
    since = services.clock.now() - SHOWN_FOR
    records = await services.store.read(lambda connection: slips_to_remember(connection, since))
    services.slips.remember(records)
    for record in records:
        if not record.is_settled:
            await _take_up(services, record)


async def _take_up(services: Services, record: SlipRecord) -> None:
    kiosk, ticket = await _kiosk_of(services, record), _ticket_of(services, record)
    was_sent = record.state is SlipState.SENT
    if kiosk is not None and ticket is not None and not was_sent:
        print_slip(kiosk, record)
        return
    await services.slips.settle(record, SlipState.UNKNOWN if was_sent else SlipState.NOT_PRINTED)
    if kiosk is not None and ticket is not None:
        await call_to_printer(kiosk, ticket, record)


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
