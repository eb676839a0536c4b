"""All printers of the house: one queue for each address, so that kiosks can share a printer."""

import asyncio
from collections.abc import Collection
from types import TracebackType
from typing import Self

from lobby.printing.network_printer import NetworkPrinter
from lobby.printing.print_queue import PrintQueue
from lobby.printing.printers import Address


class BranchPrinters:
    """Open while the application runs: `async with BranchPrinters() as printers`."""

    def __init__(self) -> None:
        self._queues: dict[Address, PrintQueue] = {}
        self._tasks: dict[Address, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.keep_only(())

    def at(self, address: Address) -> PrintQueue:
        """From its first use on, the printer is asked every few seconds how it is."""
        if address not in self._queues:
            queue = PrintQueue(NetworkPrinter(address), address.paper)
            self._queues[address] = queue
            self._tasks[address] = asyncio.create_task(queue.run())
        return self._queues[address]

    async def keep_only(self, addresses: Collection[Address]) -> None:
        """Lets go of printers that no kiosk names any more."""
        gone = [address for address in self._queues if address not in addresses]
        tasks = [self._tasks.pop(address) for address in gone]
        for address, task in zip(gone, tasks, strict=True):
            del self._queues[address]
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
