"""A print queue at work before the fake printer, and what then lies under it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace

import zxingcpp

from lobby.printing.network_printer import NetworkPrinter, Patience
from lobby.printing.paper import Paper
from lobby.printing.print_queue import Job, PrintQueue
from lobby.printing.printers import Outcome, Printer, Trouble
from lobby.printing.slip import Slip
from tests.printing.fake_printer import FakePrinter, fake_printer
from tests.printing.slips import ADDRESS, TICKETS, on_the_roll

SHORT = Patience(connect_s=1.0, answer_s=0.1, send_s=0.1, done_s=0.2)
POLL_S = 0.05
SOON_S = 10.0

Scenario = Callable[[FakePrinter, PrintQueue], Awaitable[None]]


def numbered(ordinal: int) -> Slip:
    number = f"A{ordinal:03}"
    return replace(TICKETS["zh"], number=number, address=f"{ADDRESS}/{number}")


def at_the_printer(scenario: Scenario) -> None:
    async def whole() -> None:
        async with fake_printer() as fake:
            await _serving(NetworkPrinter(fake.address, SHORT), lambda queue: scenario(fake, queue))

    asyncio.run(whole())


def served(printer: Printer, scenario: Callable[[PrintQueue], Awaitable[None]]) -> None:
    asyncio.run(_serving(printer, scenario))


async def _serving(printer: Printer, scenario: Callable[[PrintQueue], Awaitable[None]]) -> None:
    queue = PrintQueue(printer, Paper.WIDE, poll_s=POLL_S)
    serving = asyncio.create_task(queue.run())
    try:
        await scenario(queue)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def comes_to(queue: PrintQueue, trouble: Trouble | None) -> None:
    changed = asyncio.Event()
    stop = queue.watch(lambda _state: changed.set())
    async with asyncio.timeout(SOON_S):
        while queue.state.trouble is not trouble:
            changed.clear()
            await changed.wait()
    stop()


async def settled(job: Job) -> Outcome:
    async with asyncio.timeout(SOON_S):
        return await job.settled()


def numbers_on_paper(fake: FakePrinter) -> Counter[str]:
    """Read from the codes of the slips as they lie under the printer."""
    codes = [
        code.text
        for slip in fake.slips
        for code in zxingcpp.read_barcodes(on_the_roll(slip, Paper.WIDE))
    ]
    return Counter(address.rpartition("/")[2] for address in codes)
