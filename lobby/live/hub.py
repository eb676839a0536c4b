"""Everyone who looks at a branch hears here that it has moved on; event loop only."""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from lobby.live.changes import Announcement, Change
from lobby.live.channels import Channel, Rendering
from lobby.live.frames import Goodbye
from lobby.live.outbox import MAX_CALLS, Outbox
from lobby.live.render_queue import RenderQueue

log = logging.getLogger(__name__)

CLOSE_PATIENCE_S = 1.0
RESTART = Goodbye("restart", retry_s=2.0)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen on a live socket; tests hurry them."""

    hello_s: float = 2.0
    look_again_s: float = 5.0  # minutes pass on a screen even when nothing happens
    allowed_s: float = 1.0
    send_deadline_s: float = 10.0


class Hub:
    """Takes changes in commit order and paints each room once for all its sockets."""

    def __init__(self, build: str, now: Callable[[], datetime], pace: Pace | None = None) -> None:
        self.build = build
        self.now = now
        self.pace = pace or Pace()
        self.sockets_open: Counter[int] = Counter()  # by urgency
        self.frames_sent = 0
        self.slow_sockets_cut = 0
        self.paints = 0
        self.paint_s = 0.0
        self.paint_failures = 0
        self._rooms: dict[str, Channel] = {}
        self._turns = RenderQueue()
        self._changed: dict[str, deque[Announcement]] = {}
        self._recent: dict[str, deque[Announcement]] = {}
        self._wake = asyncio.Event()
        self._all_gone = asyncio.Event()
        self._painting: asyncio.Task[None] | None = None
        self._closing = False

    def publish(self, change: Change) -> None:
        """Note that a branch changed. Painting comes later, once for all changes until then."""
        if change.announcements:
            _calls_of(change, self._recent).extend(change.announcements)
        if self._rooms:
            _calls_of(change, self._changed).extend(change.announcements)
            self._wake.set()

    @contextmanager
    def joined(self, scene: Rendering) -> Iterator[tuple[Channel, Outbox]]:
        """A seat in the scene's room for as long as a socket lives."""
        outbox = Outbox()
        room = self._enter(scene, outbox)
        self.sockets_open[scene.urgency] += 1
        try:
            yield room, outbox
        finally:
            self.sockets_open[scene.urgency] -= 1
            self._leave(room, outbox)

    async def close(self) -> None:
        """Say goodbye to every socket and give them a moment to go. May be called again."""
        self._closing = True
        self._all_gone = asyncio.Event()
        for room in self._rooms.values():
            for outbox in room.outboxes:
                outbox.end(RESTART)
        if self._rooms:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_PATIENCE_S):
                    await self._all_gone.wait()
        self._stop_painting()

    def _enter(self, scene: Rendering, outbox: Outbox) -> Channel:
        room = self._rooms.get(scene.key)
        if room is None:
            room = self._rooms[scene.key] = Channel(scene)
            self._line_up(room)
        room.enter(outbox, self._recent.get(scene.branch_id, ()), self.now())
        if self._closing:
            outbox.end(RESTART)
        elif self._painting is None:
            self._start_painting()
        return room

    def _leave(self, room: Channel, outbox: Outbox) -> None:
        room.outboxes.pop(outbox, None)
        if not room.outboxes:
            self._rooms.pop(room.scene.key, None)
        if not self._rooms:
            self._stop_painting()
            self._all_gone.set()

    def _start_painting(self) -> None:
        self._wake.set()
        self._painting = asyncio.create_task(self._paint_and_tick())

    def _stop_painting(self) -> None:
        """Nobody looks, so nothing is painted: no socket, no task."""
        if self._painting is not None:
            self._painting.cancel()
            self._painting = None
            self._wake = asyncio.Event()
            self._changed.clear()

    async def _paint_and_tick(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._paint_in_turn())
            group.create_task(self._look_again())

    async def _paint_in_turn(self) -> None:
        while True:
            self._line_up_changed()
            room = self._turns.take()
            if room is None:
                await self._wake.wait()
                self._wake.clear()
                continue
            if room.outboxes:
                self._serve(room)
                await asyncio.sleep(0)

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(self.pace.look_again_s)
            for room in self._rooms.values():
                self._line_up(room)

    def _line_up(self, room: Channel) -> None:
        self._turns.add(room, time.monotonic())
        self._wake.set()

    def _line_up_changed(self) -> None:
        if not self._changed:
            return
        changed, self._changed = self._changed, {}
        for room in self._rooms.values():
            calls = changed.get(room.scene.branch_id)
            if calls is not None:
                room.hear(calls)
                self._line_up(room)

    def _serve(self, room: Channel) -> None:
        """One room's turn. A picture that cannot be painted silences its own room only."""
        started_s = time.perf_counter()
        try:
            if room.repaint():
                self.paints += 1
                self.paint_s += time.perf_counter() - started_s
            room.failing = False
        except Exception:
            room.failing = True
            self.paint_failures += 1
            log.exception("room %s cannot be painted", room.scene.key)
        room.announce(self.now())


def _calls_of(change: Change, book: dict[str, deque[Announcement]]) -> deque[Announcement]:
    return book.setdefault(change.branch_id, deque(maxlen=MAX_CALLS))
