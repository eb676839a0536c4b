"""The slips of today's tickets: what became of each, who has none, and where one can be printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter

from lobby.floor.tablet.request import FLOOR_ROLES, TabletRequest
from lobby.i18n.texts import mark
from lobby.queueing.model.ticket import Ticket
from lobby.screens.kiosk_settings import PrinterKind, kiosk_settings
from lobby.store.kinds import SlipState
from lobby.store.slips import SlipRecord, slips_of_day
from lobby.web import devices
from lobby.web.devices import Device, DeviceKind

SLIP_STATES: Mapping[SlipState | None, str] = {
    None: mark("No slip"),
    SlipState.PENDING: mark("The slip is being printed"),
    SlipState.SENT: mark("The slip is being printed"),
    SlipState.PRINTED: mark("The slip has been printed"),
    SlipState.NOT_PRINTED: mark("The slip was not printed"),
    SlipState.UNKNOWN: mark("The slip was sent, but the printer did not confirm it"),
}
ON_PAPER = (SlipState.PRINTED, SlipState.PENDING, SlipState.SENT)


@dataclass(frozen=True, slots=True)
class SlipOfTicket:
    """The newest slip of a ticket; `state` None where there was none, `at` and `place` then too."""

    number: str
    service: str
    state: SlipState | None
    at: datetime | None = None
    place: str = ""

    @property
    def words(self) -> str:
        return SLIP_STATES[self.state]


async def printers(tablet: TabletRequest) -> tuple[Device, ...]:
    """The kiosks whose printer is on the network: only to those can a slip be sent. None for who
    may not act for a kiosk."""
    if tablet.staff.role not in FLOOR_ROLES:
        return ()
    return tuple(
        device
        for device in (await _devices(tablet)).values()
        if device.kind is DeviceKind.KIOSK
        and kiosk_settings(device.settings).printer is PrinterKind.NETWORK
    )


async def slip_of_ticket(tablet: TabletRequest, ticket: Ticket) -> SlipOfTicket:
    return (await _newest(tablet, [ticket]))[0]


async def without_slip(tablet: TabletRequest) -> list[SlipOfTicket]:
    """Of those who still have something to wait for, the first to come first."""
    tickets = sorted(
        (ticket for ticket in tablet.hall.tickets.values() if not ticket.is_ended),
        key=attrgetter("taken_at"),
    )
    return [slip for slip in await _newest(tablet, tickets) if slip.state not in ON_PAPER]


async def _newest(tablet: TabletRequest, tickets: list[Ticket]) -> list[SlipOfTicket]:
    days = {ticket.day for ticket in tickets}
    records: dict[tuple[object, str], SlipRecord] = {}
    for day in days:
        kept = await tablet.store.read(partial(slips_of_day, branch_id=tablet.branch.id, day=day))
        records |= {(record.business_day, record.number): record for record in kept}
    names = await _devices(tablet)
    return [_slip(ticket, records.get((ticket.day, ticket.number)), names) for ticket in tickets]


def _slip(ticket: Ticket, record: SlipRecord | None, names: Mapping[int, Device]) -> SlipOfTicket:
    if record is None:
        return SlipOfTicket(ticket.number, ticket.service, None)
    device = names.get(record.device_id)
    place = device.name if device else ""
    return SlipOfTicket(ticket.number, ticket.service, record.state, record.asked_at, place)


async def _devices(tablet: TabletRequest) -> dict[int, Device]:
    entries = await devices.list_devices(tablet.services.sessions, tablet.branch.id)
    return {entry.device.id: entry.device for entry in entries if entry.revoked_at is None}
