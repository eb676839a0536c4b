"""All printers of the house: one queue for each address, so that kiosks can share a printer."""

import asyncio
from collections.abc import Collection
from types import TracebackType
from typing import Self

from lobby.printing.network_printer import NetworkPrinter
from lobby.printing.print_queue import PrintQueue
from lobby.printing.printers import Address
from lobby.supervision import Part, PartKind, Supervisor


class BranchPrinters:
    """Open while the application runs: `async with BranchPrinters() as printers`."""

    def __init__(self, supervisor: Supervisor | None = None) -> None:
        self._supervisor = supervisor or Supervisor()
        self._queues: dict[Address, PrintQueue] = {}
        self._parts: dict[Address, Part] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.keep_only(())

    def at(self, address: Address, *, broke_off: bool = False) -> PrintQueue:
        """From its first use on, the printer is asked every few seconds how it is; `broke_off`
        where the process before this one may have sent it half a job."""
        if address not in self._queues:
            printer = NetworkPrinter(address, broke_off=broke_off)
            queue = PrintQueue(printer, address.paper)
            self._queues[address] = queue
            self._parts[address] = self._supervisor.start(
                PartKind.PRINTER, queue.run, name=f"{address.host}:{address.port}"
            )
        return self._queues[address]

    async def keep_only(self, addresses: Collection[Address]) -> None:
        """Lets go of printers that no kiosk names any more."""
        gone = [address for address in self._queues if address not in addresses]
        parts = [self._parts.pop(address) for address in gone]
        for address, part in zip(gone, parts, strict=True):
            del self._queues[address]
            part.stop()
        await asyncio.gather(*(part.task for part in parts), return_exceptions=True)
