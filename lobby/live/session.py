"""The whole life of one live socket after it was accepted, whatever it is made of."""

import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

import anyio
from anyio.abc import TaskGroup

from lobby.live.channels import Channel, Rendering
from lobby.live.frames import Goodbye
from lobby.live.hub import Hub
from lobby.live.outbox import Outbox

# A page sends nothing at all, so anything that talks more than this is not one of our pages.
MAX_MESSAGES = 20
MESSAGES_WINDOW_S = 60.0
# How long a revoked socket may take to hear its goodbye before it is cut without one.
LAST_WORD_S = 1.0

REVOKED = Goodbye("revoked", retry_s=1.0)
TOO_TALKATIVE = Goodbye("too_talkative", retry_s=10.0)
CLOSE_CODES = {"restart": 1012, "revoked": 1008, "too_talkative": 1008}


class Socket(Protocol):
    """What a conversation needs of a socket. Each raises ConnectionError when it has ended."""

    async def send(self, text: str) -> None: ...
    async def hear(self) -> None: ...
    async def close(self, code: int, reason: str) -> None: ...


async def serve_session(
    wire: Socket, hub: Hub, scene: Rendering, still_allowed: Callable[[], bool]
) -> None:
    """Keep a screen true until either end leaves."""
    with hub.joined(scene) as (room, outbox):
        async with anyio.create_task_group() as group:
            group.start_soon(_pump, wire, hub, room, outbox, group)
            group.start_soon(_watch_permission, hub, outbox, still_allowed, group)
            await _listen(wire, outbox)
            group.cancel_scope.cancel()


async def _pump(wire: Socket, hub: Hub, room: Channel, outbox: Outbox, group: TaskGroup) -> None:
    """Carry the mailbox to the wire, and a hello whenever there was nothing to carry."""
    try:
        texts = _heartbeat(room, hub)
        while outbox.goodbye is None:
            for text in texts:
                await _send_in_time(wire, text, hub)
            await outbox.wait(hub.pace.hello_s)
            texts = outbox.take() or _heartbeat(room, hub)
        await _leave_politely(wire, outbox.goodbye, hub)
    except TimeoutError:
        hub.slow_sockets_cut += 1
    except ConnectionError:
        pass
    group.cancel_scope.cancel()


def _heartbeat(room: Channel, hub: Hub) -> list[str]:
    hello = room.heartbeat(hub.build)
    return [] if hello is None else [hello.text()]


async def _send_in_time(wire: Socket, text: str, hub: Hub) -> None:
    with anyio.fail_after(hub.pace.send_deadline_s):
        await wire.send(text)
    hub.frames_sent += 1


async def _leave_politely(wire: Socket, goodbye: Goodbye, hub: Hub) -> None:
    with anyio.fail_after(hub.pace.send_deadline_s):
        await wire.send(goodbye.text())
        await wire.close(CLOSE_CODES[goodbye.reason], goodbye.reason)


async def _watch_permission(
    hub: Hub, outbox: Outbox, still_allowed: Callable[[], bool], group: TaskGroup
) -> None:
    while still_allowed():  # noqa: ASYNC110  a permission is asked about, it tells nobody
        await anyio.sleep(hub.pace.allowed_s)
    outbox.end(REVOKED)
    await anyio.sleep(LAST_WORD_S)
    group.cancel_scope.cancel()


async def _listen(wire: Socket, outbox: Outbox) -> None:
    """Return when the client has gone; a client that will not be quiet is shown the door."""
    heard_at_s: deque[float] = deque(maxlen=MAX_MESSAGES)
    try:
        while not _too_much(heard_at_s):
            await wire.hear()
            heard_at_s.append(time.monotonic())
    except ConnectionError:
        return
    outbox.end(TOO_TALKATIVE)
    await anyio.sleep(LAST_WORD_S)


def _too_much(heard_at_s: deque[float]) -> bool:
    full = len(heard_at_s) == MAX_MESSAGES
    return full and heard_at_s[-1] - heard_at_s[0] < MESSAGES_WINDOW_S
