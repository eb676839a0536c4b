"""Another slip for the same number, where nobody can say that the first one was printed."""

import asyncio

from starlette.responses import Response

from kiosk.context import KioskContext
from kiosk.printing import may_print_again, print_slip, slip_asked
from kiosk.ticket_page import ticket_shown
from lobby.branch import Outcome
from lobby.store.slips import SlipRecord, add_copy
from lobby.store.store import Connection
from lobby.web.commands import once


async def print_again(kiosk: KioskContext) -> Outcome:
    """Nothing more is printed where it is known by now that the slip is there. Raises
    `NotShownError`."""
    assert kiosk.sent is not None, "only acts print"
    sent, store = kiosk.sent, kiosk.services.store
    await once(lambda: sent.first_record(store), lambda: _ask(kiosk))
    return Outcome(kiosk.branch.hall.version, ())


def show_reprint(kiosk: KioskContext, _outcome: Outcome) -> Response:
    return kiosk.go_to(kiosk.session.cleared.to(f"/kiosk/tickets/{kiosk.number}"))


async def _ask(kiosk: KioskContext) -> str:
    """The number of the copy; nothing where there is none. What is kept is printed also where
    whoever asked has gone away meanwhile."""
    assert kiosk.sent is not None, "only acts print"
    ticket, now, store = ticket_shown(kiosk), kiosk.services.clock.now(), kiosk.services.store
    if not may_print_again(kiosk, ticket):
        return await kiosk.sent.record(store, now, lambda _connection: "")
    newest = kiosk.services.slips.newest((kiosk.branch.id, ticket.day, ticket.number))
    copy_number = newest.copy_number + 1 if newest else 1
    record = slip_asked(kiosk, ticket, now, copy_number)
    return await asyncio.shield(_keep_and_print(kiosk, record))


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
