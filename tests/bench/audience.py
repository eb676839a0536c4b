"""Who looks on at a benchmark: many sockets, and the moment at which the last has heard."""

import asyncio
import time
from collections.abc import Callable, Iterable

from tests.bench.wire import Screen, open_screen

QUIET_S = 0.05
"""Nothing is on its way any more when no socket has heard anything for so long."""

PATIENCE_S = 60.0

Wanted = Callable[[bytes], bool]


def is_news(message: bytes) -> bool:
    """A picture or a call: a hello may come at any time, and tells nothing new."""
    return not message.startswith(b'{"frame":"hello"')


class Audience:
    """Notes when the last of all its sockets has heard what is wanted. `frames` counts all that
    was heard, hellos left out; `last` is the wanted message as the last socket got it."""

    def __init__(self) -> None:
        self.screens: list[Screen] = []
        self.frames = 0
        self.last = b""
        self._heard: set[int] = set()
        self._wanted: Wanted = lambda _message: False
        self._all = asyncio.Event()
        self._heard_at_s = 0.0

    async def join(self, port: int, path: str, cookies: Iterable[str]) -> None:
        """One more socket for each cookie."""
        for cookie in cookies:
            listener = self._listener(len(self.screens))
            self.screens.append(await open_screen(port, path, cookie, listener))

    def want(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._heard.clear()
        self._all.clear()

    async def complete(self) -> float:
        """The moment at which the last has heard it, in seconds of `time.perf_counter`."""
        await asyncio.wait_for(self._all.wait(), PATIENCE_S)
        return self._heard_at_s

    async def quiet(self) -> None:
        while time.perf_counter() - self._heard_at_s < QUIET_S:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(QUIET_S / 5)

    def _listener(self, number: int) -> Callable[[bytes], None]:
        return lambda message: self._note(number, message)

    def _note(self, number: int, message: bytes) -> None:
        if not is_news(message):
            return
        self.frames += 1
        self._heard_at_s = time.perf_counter()
        if not self._wanted(message):
            return
        self._heard.add(number)
        if len(self._heard) == len(self.screens) and not self._all.is_set():
            self.last = message
            self._all.set()
