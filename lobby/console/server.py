"""Starts the server on a port and says when it listens."""

import socket
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from lobby.console.errors import CommandError
from lobby.settings import Settings
from lobby.web.server_config import server_config
from lobby.web.services import Services
from lobby.web.websocket import LiveServer

BACKLOG = 2048


class HouseServer(LiveServer):
    """Calls `opened` once it answers, in its event loop."""

    def __init__(
        self, app: Starlette, settings: Settings, opened: Callable[[], None], **overrides: Any
    ) -> None:
        config = server_config(app, settings, **overrides)
        config.app = _KnownFailure(app)
        super().__init__(config, app.state.services.hub)
        self._opened = opened
        self.services: Services = app.state.services

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await self.open_doors()
            self._opened()

    async def open_doors(self) -> None:
        """Whatever else is to be open before it says that it is."""


class _KnownFailure:
    """The application, which does not tell the whole way to a failure at the start that has a
    sentence already."""

    def __init__(self, app: Starlette) -> None:
        self.state = app.state  # where the protocol finds who is connected
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return

        async def say(message: Message) -> None:
            failed = message["type"] == "lifespan.startup.failed"
            known = failed and self._app.state.services.failure
            await send({**message, "message": ""} if known else message)

        try:
            await self._app(scope, receive, say)
        except Exception:
            if not self._app.state.services.failure:
                raise


def listening_socket(host: str, port: int, setting: str) -> socket.socket:
    """Raises `CommandError` where somebody else has the port; `setting` is how to name another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CommandError(
            f"It cannot listen on {host}:{port} ({reason}): name another with {setting}."
        ) from error


def address(settings: Settings, port: int) -> str:
    """How a person reaches the house from this machine, or from anywhere if that is known."""
    if settings.public_url:
        return settings.public_url
    host = "localhost" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
