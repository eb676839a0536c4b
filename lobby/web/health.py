"""Answers for whoever watches the process: it lives, it can write, and its figures."""

import asyncio
import hmac

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lobby.i18n.texts import mark
from lobby.store.health_probe import probe_write
from lobby.store.store import Store
from lobby.store.writer import StoreUnavailableError
from lobby.web.http_limits import LOOPBACK
from lobby.web.metrics import exposition
from lobby.web.services import services_of

PATIENCE_S = 2.0
"""A write that takes longer keeps customers waiting, so it counts as none."""

READY = "Ready: a write was made durable.\n"
NOT_READY = "Not ready: the database takes no writes.\n"
NOT_FOR_YOU = mark("These figures are for the machine that watches over Lobby.")


async def alive(_request: Request) -> Response:
    return PlainTextResponse("Alive.\n")


async def ready(request: Request) -> Response:
    writes = await _takes_writes(services_of(request).store)
    return PlainTextResponse(READY) if writes else PlainTextResponse(NOT_READY, 503)


async def figures(request: Request) -> Response:
    """For this machine itself, or with the token of LOBBY_METRICS_TOKEN."""
    services = services_of(request)
    if not _may_read(request, services.settings.metrics_token):
        raise HTTPException(403, NOT_FOR_YOU)
    return Response(exposition(services), media_type=CONTENT_TYPE_LATEST)


async def _takes_writes(store: Store) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_S):
            await store.write(probe_write)
    except (TimeoutError, StoreUnavailableError):
        return False
    return True


def _may_read(request: Request, token: str | None) -> bool:
    given = request.headers.get("authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    return request.client is not None and request.client.host in LOOPBACK


routes = [
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/metrics", figures),
]
