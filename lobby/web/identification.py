"""Finds out who makes a request before any handler runs, for pages and sockets alike."""

from starlette.types import ASGIApp, Receive, Scope, Send

from lobby.web.connections import CONNECTION, Connection, Standing
from lobby.web.headers import headers_in
from lobby.web.identity import ANONYMOUS
from lobby.web.services import Services


class Identification:
    """Nearly always a look into memory; a request without cookie or token costs nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and not scope["path"].startswith("/static/"):
            await _identify(scope)
        await self._app(scope, receive, send)


async def _identify(scope: Scope) -> None:
    headers = headers_in(scope)
    cookie, authorization = headers.get(b"cookie", b""), headers.get(b"authorization", b"")
    if cookie or authorization:
        services: Services = scope["app"].state.services
        identity = await services.sessions.identify(
            cookie.decode("latin-1"), authorization.decode("latin-1")
        )
        scope.setdefault("state", {})["identity"] = identity
        connection: Connection | None = scope.get(CONNECTION)
        if connection is not None and identity is not ANONYMOUS:
            connection.is_known(Standing.STAFF)
