"""Displays and phones of the replay: they listen on their sockets and note what they are told."""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from lobby.replay.browser import Browser

PICTURE_MAX = 2**20
"""A page's regions are some kilobytes; more than this is not one of our pages."""

Frame = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HeardCall:
    """A call as a display got it; `version` is that of its event, `at_s` when it was heard."""

    version: int
    ticket: str
    counter: str
    at_s: int


class Socket:
    """A page's live socket: hands each frame to `hear` until it is closed."""

    def __init__(self, browser: Browser, path: str, hear: Callable[[Frame], None]) -> None:
        self._browser, self._path, self._hear = browser, path, hear
        self._connection: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        headers = {"Cookie": self._browser.cookie} if self._browser.cookie else {}
        self._connection = await connect(
            self._browser.origin.replace("http", "ws", 1) + self._path,
            origin=Origin(self._browser.origin),
            additional_headers=headers,
            compression=None,
            max_size=PICTURE_MAX,
        )
        self._listening = asyncio.create_task(self._listen(self._connection))

    async def close(self) -> None:
        if self._connection is not None and self._listening is not None:
            await self._connection.close()
            await self._listening

    async def _listen(self, connection: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for text in connection:
                self._hear(json.loads(text))


DAY_S = 24 * 3600


@dataclass(slots=True)
class DisplayWatch:
    """What one display was told in a day. `backwards` counts pictures older than the one before."""

    calls: list[HeardCall] = field(default_factory=list)
    pictures: int = 0
    backwards: int = 0
    version: int = -1
    last_picture: Mapping[str, str] = field(default_factory=dict)
    now_s: int = 0
    missed: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, frame: Frame) -> None:
        if frame["frame"] == "call":
            version = int(frame["id"].rpartition("-")[2])
            self.calls.append(HeardCall(version, frame["ticket"], frame["counter"], self.now_s))
        elif frame["frame"] == "regions":
            self.pictures += 1
            self.backwards += frame["version"] < self.version
            self.version = frame["version"]
            self.last_picture = {**self.last_picture, **self._of_this_day(frame["regions"])}
        self._news.set()

    def _of_this_day(self, regions: Mapping[str, str]) -> Mapping[str, str]:
        """What has changed; but from midnight on a wall rightly shows no call of the day."""
        if self.now_s < DAY_S:
            return regions
        return {name: region for name, region in regions.items() if name != "calls"}

    async def hears(self, calls: int, patience_s: float) -> bool:
        """Whether as many calls have come in all. What did not come in time is not waited for
        a second time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while len(self.calls) + self.missed < calls:
                    self._news.clear()
                    await self._news.wait()
        self.missed = max(self.missed, calls - len(self.calls))
        return self.missed == 0


@dataclass(slots=True)
class Phone:
    """A customer's own page while they wait: the last picture of where they stand."""

    standing: str = ""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, frame: Frame) -> None:
        if frame["frame"] == "regions":
            self.standing = frame["regions"].get("standing", self.standing)
            self._news.set()

    async def shows(self, state: str, patience_s: float) -> bool:
        """Whether the page has come to this state of the ticket, as its class says."""
        mark = f"standing--{state}"
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while mark not in self.standing:
                    self._news.clear()
                    await self._news.wait()
        return mark in self.standing
