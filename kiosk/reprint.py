"""Another slip for the same number: where nobody can say that the first one was printed, and
whenever staff ask for one from the tablet, at the printer of the kiosk that they choose."""

import asyncio
from http import HTTPStatus

from msgspec.structs import replace
from starlette.responses import Response

from kiosk.context import KioskContext
from kiosk.errors import NotShownError
from kiosk.printing import may_print_again, print_slip, prints_by_network, slip_asked
from kiosk.ticket_page import NOT_TODAY, NUMBER_LENGTH_MAX, ticket_shown
from lobby import typed_text
from lobby.branch import Outcome
from lobby.i18n.texts import mark
from lobby.queueing.model.ticket import Ticket
from lobby.store.slips import UNSETTLED, SlipRecord, add_copy, copies_of
from lobby.store.store import Connection
from lobby.web.commands import once
from lobby.web.devices import DeviceKind, device_named

NO_PRINTER_THERE = mark("This kiosk has no printer on the network. Nothing was printed.")


async def print_again(kiosk: KioskContext) -> Outcome:
    """Nothing more is printed where it is known by now that the slip is there. Raises
    `NotShownError`."""
    assert kiosk.sent is not None, "only acts print"
    sent, store = kiosk.sent, kiosk.services.store
    if kiosk.stand_in is not None:
        kiosk = await _at_chosen_kiosk(kiosk)
    await once(lambda: sent.first_record(store), lambda: _ask(kiosk))
    return Outcome(kiosk.branch.hall.version, ())


def show_reprint(kiosk: KioskContext, _outcome: Outcome) -> Response:
    """Staff go back to the ticket's sheet, which says what becomes of it."""
    if kiosk.stand_in is not None:
        return kiosk.go_to(f"/floor/waiting/{kiosk.number}?slip=asked")
    return kiosk.go_to(kiosk.session.cleared.to(f"/kiosk/tickets/{kiosk.number}"))


async def _ask(kiosk: KioskContext) -> str:
    """The number of the copy; nothing where there is none. What is kept is printed also where
    whoever asked has gone away meanwhile."""
    return await asyncio.shield(_ask_in_turn(kiosk))


async def _ask_in_turn(kiosk: KioskContext) -> str:
    """One after the other: whoever counted the copies while another's was kept, and had looked
    before that whether one was wanted, would print one too many."""
    async with kiosk.services.slips.asking:
        return await _print_if_wanted(kiosk)


async def _print_if_wanted(kiosk: KioskContext) -> str:
    assert kiosk.sent is not None, "only acts print"
    now, store = kiosk.services.clock.now(), kiosk.services.store
    ticket = ticket_shown(kiosk) if kiosk.stand_in is None else _ticket_of_today(kiosk)
    is_wanted = _is_settled if kiosk.stand_in is not None else may_print_again
    if not is_wanted(kiosk, ticket):
        return await kiosk.sent.record(store, now, lambda _connection: "")
    key = (kiosk.branch.id, ticket.day, ticket.number)
    copies = await store.read(lambda connection: copies_of(connection, key))
    record = slip_asked(kiosk, ticket, now, copies + 1)
    return await _keep_and_print(kiosk, record)


async def _at_chosen_kiosk(kiosk: KioskContext) -> KioskContext:
    """The kiosk whose printer a person of the staff has chosen, in the language of the ticket."""
    typed = kiosk.form.get("device", "")
    device_id = typed_text.whole_number(typed, digits_max=9)
    sessions, branch_id = kiosk.services.sessions, kiosk.branch.id
    device = await device_named(sessions, branch_id, device_id) if device_id else None
    if device is None or device.kind is not DeviceKind.KIOSK:
        raise NotShownError(HTTPStatus.NOT_FOUND, NO_PRINTER_THERE)
    language = _ticket_of_today(kiosk).language
    chosen = replace(kiosk, device=device, session=kiosk.session.in_language(language))
    if not prints_by_network(chosen):
        raise NotShownError(HTTPStatus.CONFLICT, NO_PRINTER_THERE)
    return chosen


def _ticket_of_today(kiosk: KioskContext) -> Ticket:
    """However long ago it was taken. Raises `NotShownError`."""
    is_possible = len(kiosk.number) <= NUMBER_LENGTH_MAX
    ticket = kiosk.branch.hall.ticket(kiosk.number) if is_possible else None
    if ticket is None:
        raise NotShownError(HTTPStatus.NOT_FOUND, NOT_TODAY)
    return ticket


def _is_settled(kiosk: KioskContext, ticket: Ticket) -> bool:
    """One that is on its way is not asked for again."""
    newest = kiosk.services.slips.newest((kiosk.branch.id, ticket.day, ticket.number))
    return newest is None or newest.state not in UNSETTLED


async def _keep_and_print(kiosk: KioskContext, record: SlipRecord) -> str:
    """Kept with the key that asks, or another start would print it once more."""
    assert kiosk.sent is not None, "only acts print"
    is_new = False

    def keep(connection: Connection) -> object:
        nonlocal is_new
        is_new = add_copy(connection, record)
        return record.copy_number if is_new else ""

    made = await kiosk.sent.record(kiosk.services.store, record.asked_at, keep)
    if is_new:
        print_slip(kiosk, record)
    return made
