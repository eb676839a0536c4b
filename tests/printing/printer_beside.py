"""The fake printer beside a server that is a process of its own: on a thread, with its own loop."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from tests.app.ports import free_port
from tests.printing.fake_printer import FakePrinter

WITHIN_S = 10.0


@contextmanager
def printer_beside() -> Iterator[FakePrinter]:
    """Its habits, paper and slips may be looked at and set from here."""
    loop, printer = asyncio.new_event_loop(), FakePrinter(free_port())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    _do(loop, printer.switch_on)
    try:
        yield printer
    finally:
        _do(loop, printer.switch_off)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(WITHIN_S)
        loop.close()


def _do(loop: asyncio.AbstractEventLoop, act: Callable[[], Awaitable[None]]) -> None:
    async def done() -> None:
        await act()

    asyncio.run_coroutine_threadsafe(done(), loop).result(WITHIN_S)
