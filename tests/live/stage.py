"""A small branch on a real server: one number on every screen, and sockets that look at it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import ClientConnection

from lobby.live.changes import Announcement, Change
from lobby.live.channels import Rendering, Urgency
from lobby.live.hub import Hub, Pace
from lobby.web.live_screen import keep_true
from lobby.web.websocket import OPTIONS, LiveServer, LiveSocket
from tests.app.ports import free_port
from tests.app.server import Running

T = TypeVar("T")

HURRIED = Pace(hello_s=0.2, look_again_s=0.5, allowed_s=0.1, send_deadline_s=1.0)


class Stage:
    """Moves on by one version at a time. `filling` makes its picture as heavy as a real page."""

    def __init__(self, pace: Pace = HURRIED, filling: int = 0) -> None:
        self.hub = Hub("build-1", lambda: datetime.now(UTC), pace)
        self.version = 0
        self.views_painted: list[Any] = []
        self.allowed = True
        self.filling = "x" * filling

    def rendering(self, key: str = "demo/display/vi", urgency: int = Urgency.DISPLAY) -> Rendering:
        def look() -> tuple[int, Any]:
            return self.version, {"number": (key, self.version)}

        return Rendering(key, "demo", urgency, look, self.paint, announces=True)

    def paint(self, _region: str, view: Any) -> str:
        self.views_painted.append(view)
        return f"<b>{view[1]}</b>{self.filling}"

    def move_on(self, calls: int = 0, lives_s: float = 30) -> None:
        self.version += 1
        self.hub.publish(Change("demo", self.version, announcements(self.version, calls, lives_s)))

    async def live(self, websocket: WebSocket) -> None:
        await keep_true(websocket, self.hub, self.rendering(), lambda: self.allowed)


def announcements(version: int, calls: int, lives_s: float = 30) -> tuple[Announcement, ...]:
    expires_at = datetime.now(UTC) + timedelta(seconds=lives_s)
    return tuple(
        Announcement(f"demo-{version}-{call}", f"A{version:03}", "3", ("vi",), expires_at)
        for call in range(calls)
    )


@contextmanager
def running(app: Starlette, hub: Hub, port: int | None = None) -> Iterator[Running]:
    port = port or free_port()
    config = uvicorn.Config(
        app,
        port=port,
        ws=LiveSocket,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=5,
        **OPTIONS,
    )
    services = Running(LiveServer(config, hub), port)
    services.start()
    try:
        yield services
    finally:
        services.stop()


@contextmanager
def on_stage(stage: Stage) -> Iterator[Running]:
    app = Starlette(routes=[WebSocketRoute("/live", stage.live)])
    with running(app, stage.hub) as services:
        yield services


def hear(client: ClientConnection, timeout_s: float = 5) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(client.recv(timeout_s))
    return frame


def hear_until(
    client: ClientConnection, wanted: Callable[[dict[str, Any]], bool]
) -> list[dict[str, Any]]:
    """All frames up to the wanted one."""
    frames = [hear(client)]
    while not wanted(frames[-1]):
        frames.append(hear(client))
    return frames


def is_frame(kind: str, **fields: object) -> Callable[[dict[str, Any]], bool]:
    return lambda frame: frame["frame"] == kind and fields.items() <= frame.items()
