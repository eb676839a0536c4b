"""Everyone who looks at a branch hears here that it has moved on; event loop only."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from lobby.live.changes import Announcement, Change
from lobby.live.channels import MAX_CALLS, Channel, Rendering, Urgency
from lobby.live.frames import Batch
from lobby.live.render_queue import RenderQueue
from lobby.live.rounds import Pace as Pace
from lobby.live.rounds import Rounds
from lobby.live.session import RESTART, Session, Socket
from lobby.live.tally import Tally
from lobby.supervision import Part, PartKind, Supervisor

log = logging.getLogger(__name__)

CLOSE_PATIENCE_S = 1.0

PAINT_S, PAUSE_S = 0.001, 0.001
"""After painting for so long what is not urgent, so long a pause: acts on their way through the
server, and the writer's thread, go first."""


class Hub:
    """Takes changes in commit order and paints each channel once for all its sockets."""

    def __init__(
        self,
        build: str,
        now: Callable[[], datetime],
        pace: Pace | None = None,
        supervisor: Supervisor | None = None,
    ) -> None:
        self.build = build
        self.now = now
        self.pace = pace or Pace()
        self.tally = Tally()
        self._channels: dict[str, Channel] = {}
        self._queue = RenderQueue()
        self._rounds = Rounds(self.pace, self._hello_of)
        self._changed: dict[str, deque[Announcement]] = {}
        self._recent: dict[str, deque[Announcement]] = {}
        self._wake = asyncio.Event()
        self._all_gone = asyncio.Event()
        self._supervisor = supervisor or Supervisor()
        self._parts: tuple[Part, ...] = ()
        self._closing = False

    def publish(self, change: Change) -> None:
        """Note that a branch changed. Painting comes later, once for all changes until then."""
        if change.announcements:
            _calls_of(change, self._recent).extend(change.announcements)
        if self._channels:
            _calls_of(change, self._changed).extend(change.announcements)
            self._wake.set()

    def join(
        self, socket: Socket, rendering: Rendering, still_allowed: Callable[[], bool]
    ) -> Session:
        """From now on the socket shows the rendering, until `session.left()` is called. Subscribe
        first, then the snapshot: what is painted from now on cannot be missed."""
        channel = self._channel(rendering)
        session = Session(socket, channel, still_allowed, self._leave, self.tally)
        socket.begin(session)
        channel.readers[session] = None
        self._rounds.add(session)
        self.tally.sockets_open[rendering.urgency] += 1
        if self._closing:
            session.end(RESTART)
            return session
        if not self._parts:
            self._start()
        session.greet(self._hello_of(channel))
        if channel.picture.number:
            session.tell()
        return session

    def is_shown(self, key_begins: str) -> bool:
        """Whether some socket shows a rendering whose key begins so."""
        channels = self._channels.items()
        return any(channel.readers and key.startswith(key_begins) for key, channel in channels)

    async def close(self) -> None:
        """Say goodbye to every socket and give them a moment to go. May be called again."""
        self._closing = True
        self._all_gone = asyncio.Event()
        for session in self._rounds.everybody():
            session.end(RESTART)
        if self._channels:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_PATIENCE_S):
                    await self._all_gone.wait()
        self._stop()

    def _channel(self, rendering: Rendering) -> Channel:
        channel = self._channels.get(rendering.key)
        if channel is None:
            channel = self._channels[rendering.key] = Channel(rendering, self.now)
            now = self.now()
            recent = self._recent.get(rendering.branch_id, ())
            channel.hear(call for call in recent if call.expires_at > now)
            self._queue.add(channel, time.monotonic())
            self._wake.set()
        return channel

    def _leave(self, session: Session) -> None:
        channel = session.channel
        if session not in channel.readers:
            return
        del channel.readers[session]
        self._rounds.remove(session)
        self.tally.sockets_open[channel.rendering.urgency] -= 1
        if not channel.readers:
            self._channels.pop(channel.rendering.key, None)
        if not self._channels:
            self._stop()
            self._all_gone.set()

    def _start(self) -> None:
        self._wake.set()
        works = {
            "paint": self._paint_in_turn,
            "look again": self._look_again,
            "greet": self._rounds.run,
        }
        self._parts = tuple(
            self._supervisor.start(PartKind.SCREENS, run, name=name) for name, run in works.items()
        )

    def _stop(self) -> None:
        """Nobody looks, so nothing is painted: no socket, no task."""
        if self._parts:
            for part in self._parts:
                part.stop()
            self._parts = ()
            self._wake = asyncio.Event()
            self._changed.clear()

    async def _paint_in_turn(self) -> None:
        painted_s = 0.0
        self._wake.set()
        while True:
            self._line_up_changed()
            channel = self._queue.take(time.monotonic())
            if channel is None:
                await self._awakening(self._queue.next_s())
                painted_s = 0.0
            elif channel.readers:
                painted_s += self._serve(channel)
                if channel.rendering.urgency <= Urgency.COUNTER or painted_s < PAINT_S:
                    await asyncio.sleep(0)
                else:
                    await self._awakening(time.monotonic() + PAUSE_S)
                    painted_s = 0.0

    async def _awakening(self, until_s: float | None) -> None:
        """Until something has happened, or the moment has come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None if until_s is None else until_s - time.monotonic()):
                await self._wake.wait()
        self._wake.clear()

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(self.pace.look_again_s)
            now_s = time.monotonic()
            for channel in self._channels.values():
                self._queue.add(channel, now_s)
            self._wake.set()

    def _line_up_changed(self) -> None:
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        now_s = time.monotonic()
        for channel in self._channels.values():
            calls = changed.get(channel.rendering.branch_id)
            if calls is not None:
                channel.hear(calls)
                self._queue.add(channel, now_s, is_called=channel.is_about_one_of(calls))

    def _serve(self, channel: Channel) -> float:
        """One channel's turn, and how long it took. A picture that cannot be painted silences its
        own channel only."""
        began_s = time.perf_counter()
        channel.looked_at_s = time.monotonic()
        changed = False
        try:
            changed = channel.repaint()
            channel.failing = False
        except Exception:
            channel.failing = True
            self.tally.paint_failures += 1
            log.exception("channel %s cannot be painted", channel.rendering.key)
        channel.tell()
        taken_s = time.perf_counter() - began_s
        if changed:
            self.tally.paints += 1
            self.tally.paint_s += taken_s
        return taken_s

    def _hello_of(self, channel: Channel) -> Batch | None:
        return channel.hello(self.build)


def _calls_of(change: Change, book: dict[str, deque[Announcement]]) -> deque[Announcement]:
    return book.setdefault(change.branch_id, deque(maxlen=MAX_CALLS))
