"""One socket's mailbox, bounded by construction, so that a slow client costs nothing."""

import asyncio
from collections import deque

from lobby.live.frames import Call, Goodbye

# One commit can carry a call from every counter of a branch, and branches have fewer than this.
MAX_CALLS = 64


class Outbox:
    """Holds the newest regions frame, the calls not yet sent, and perhaps a goodbye."""

    def __init__(self) -> None:
        self.goodbye: Goodbye | None = None
        self._version = -1
        self._regions: str | None = None
        self._calls: deque[str] = deque(maxlen=MAX_CALLS)
        self._given: deque[str] = deque(maxlen=MAX_CALLS)
        self._filled = asyncio.Event()

    def put_regions(self, version: int, text: str) -> None:
        """Replace what was not sent yet; an older version never follows a newer one."""
        if self.goodbye or version < self._version:
            return
        self._version = version
        self._regions = text
        self._filled.set()

    def put_call(self, call: Call, text: str) -> None:
        """Add a call unless this socket was given it before."""
        if self.goodbye or call.id in self._given:
            return
        self._given.append(call.id)
        self._calls.append(text)
        self._filled.set()

    def end(self, goodbye: Goodbye) -> None:
        """Nothing is sent after a goodbye, and nothing that waits is worth sending before it."""
        if self.goodbye:
            return
        self.goodbye = goodbye
        self._regions = None
        self._calls.clear()
        self._filled.set()

    async def wait(self, patience_s: float) -> None:
        """Return when there is something to send, or after `patience_s` of nothing."""
        if self._filled.is_set():
            return
        try:
            async with asyncio.timeout(patience_s):
                await self._filled.wait()
        except TimeoutError:
            return

    def take(self) -> list[str]:
        """Empty the mailbox: the screen first, so that a call is heard when it can be seen."""
        self._filled.clear()
        texts = [] if self._regions is None else [self._regions]
        texts.extend(self._calls)
        self._regions = None
        self._calls.clear()
        return texts
