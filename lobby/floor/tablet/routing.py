"""Routes of the tablet made from tables: addresses and what answers there.

Whatever answers is given its request read: a page and a live part a `TabletRequest`, an act a
`TabletAct` with the fields of the form as well.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from lobby.floor.tablet.act import TabletAct
from lobby.floor.tablet.frame import LivePart
from lobby.floor.tablet.request import TabletRequest, floor_staff_request
from lobby.web.commands import form_fields, idempotency_key
from lobby.web.live_screen import serve

View: TypeAlias = Callable[[TabletRequest], Awaitable[Response]]
Act: TypeAlias = Callable[[TabletAct], Awaitable[Response]]
PartOf: TypeAlias = Callable[[TabletRequest], LivePart]
Reader: TypeAlias = Callable[[HTTPConnection], Awaitable[TabletRequest]]
"""Reads who asks, and refuses (403) who may not."""


def view_routes(views: Mapping[str, View], reader: Reader = floor_staff_request) -> list[Route]:
    return [Route(path, _viewing(view, reader)) for path, view in views.items()]


def act_routes(
    acts: Mapping[str, Act], reader: Reader = floor_staff_request, *, has_key: bool = True
) -> list[Route]:
    """`has_key` False for acts that say the same when they are sent twice."""
    return [
        Route(path, _acting(act, reader, has_key=has_key), methods=["POST"])
        for path, act in acts.items()
    ]


def live_routes(parts: Mapping[str, PartOf]) -> list[WebSocketRoute]:
    """The socket that keeps the part of one page true."""
    return [WebSocketRoute(path, _keeping(part_of)) for path, part_of in parts.items()]


def _viewing(view: View, reader: Reader) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        return await view(await reader(request))

    return handle


def _acting(act: Act, reader: Reader, *, has_key: bool) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        tablet = await reader(request)
        form = await form_fields(request)
        key = idempotency_key(request, form) if has_key else ""
        return await act(TabletAct(tablet, form, key))

    return handle


def _keeping(part_of: PartOf) -> Callable[[WebSocket], Awaitable[None]]:
    async def handle(websocket: WebSocket) -> None:
        tablet = await floor_staff_request(websocket)
        await serve(websocket, tablet.screen(part_of(tablet)))

    return handle
