"""A slip's row is written with the act that asks for it, in the same commit, on either database."""

import asyncio
from datetime import timedelta

import pytest

from lobby.branch_work import Follow
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.event import Event
from lobby.queueing.model.hall import Hall
from lobby.settings import Database
from lobby.store.devices import DeviceKind
from lobby.store.errors import StoreUnavailableError
from lobby.store.kinds import SlipState
from lobby.store.slips import SlipChange, SlipRecord, add_copy, forget_slips, slips_to_remember
from lobby.store.tables import VISITS
from lobby.store.transaction import Transaction
from tests.app.badges import pair_device
from tests.app.people import MORNING
from tests.store.office import KIOSK, Office, in_office

LONG_AGO = MORNING - timedelta(days=9)


class SlipBeside(Follow):
    """As a kiosk with a printer asks for it; one that fails breaks off after its row."""

    def __init__(self, device_id: int, *, fails: bool = False) -> None:
        self._device_id, self._fails = device_id, fails
        self.is_kept = False

    def record(self, transaction: Transaction, hall: Hall, events: tuple[Event, ...]) -> None:
        transaction.record_slip(slip(self._device_id).row())
        if self._fails:
            raise RuntimeError("a fault of our own")

    def kept(self) -> None:
        self.is_kept = True


def slip(device_id: int, copy_number: int = 1, state: SlipState = SlipState.PENDING) -> SlipRecord:
    return SlipRecord(
        *("riverside", MORNING.date(), "A001", copy_number, device_id, "vi", "http://lobby"),
        state,
        MORNING,
    )


async def kiosk_in(office: Office) -> int:
    badge = await office.store.write(lambda c: pair_device(c, DeviceKind.KIOSK))
    return int(badge.id)


async def take(office: Office, key: str, beside: Follow) -> None:
    command = TakeTicket("A01", "vi", "secret")
    await office.riverside.perform(command, KIOSK, key, follow=beside)


async def slips_in(office: Office) -> list[SlipRecord]:
    return await office.store.read(lambda c: slips_to_remember(c, LONG_AGO))


def test_it_keeps_one_slip_of_an_act_that_is_sent_twice(database: Database) -> None:
    async def scenario(office: Office) -> None:
        device = await kiosk_in(office)
        first, again = SlipBeside(device), SlipBeside(device)
        await take(office, "tap", first)
        await take(office, "tap", again)
        assert await slips_in(office) == [slip(device)]
        assert (first.is_kept, again.is_kept) == (True, False)

    in_office(database, scenario)


def test_it_keeps_neither_ticket_nor_slip_where_one_fails(database: Database) -> None:
    async def scenario(office: Office) -> None:
        beside = SlipBeside(await kiosk_in(office), fails=True)
        with pytest.raises(StoreUnavailableError):
            await take(office, "tap", beside)
        assert (await slips_in(office), office.rows(VISITS), beside.is_kept) == ([], [], False)

    in_office(database, scenario)


def test_it_reads_how_far_a_slip_has_come_and_how_old_it_is(database: Database) -> None:
    async def scenario(office: Office) -> None:
        device = await kiosk_in(office)
        await take(office, "tap", SlipBeside(device))
        for state in (SlipState.SENT, SlipState.UNKNOWN):
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            office.store.writer.submit(SlipChange(slip(device, state=state), future))
            await future
            assert [each.state for each in await slips_in(office)] == [state]
        later = MORNING + timedelta(minutes=5)
        assert await office.store.read(lambda c: slips_to_remember(c, later)) == []

    in_office(database, scenario)


def test_it_adds_the_next_copy_once_and_forgets_old_ones(database: Database) -> None:
    async def scenario(office: Office) -> None:
        device = await kiosk_in(office)
        await take(office, "tap", SlipBeside(device))
        second = slip(device, copy_number=2)
        assert await office.store.write(lambda c: add_copy(c, second))
        assert not await office.store.write(lambda c: add_copy(c, second))
        assert await slips_in(office) == [slip(device), second]
        await office.store.write(lambda c: forget_slips(c, MORNING))
        assert len(await slips_in(office)) == 2
        await office.store.write(lambda c: forget_slips(c, MORNING + timedelta(seconds=1)))
        assert await slips_in(office) == []

    in_office(database, scenario)
