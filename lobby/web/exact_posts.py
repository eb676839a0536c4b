"""The acts whose address is always the same, found by one look into a table before the router.

The router tries its routes one by one and wraps every handler twice; a busy hall takes tickets and
calls customers all day long, so these need not pay for that.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from lobby.web import errors

Handler = Callable[[Request], Awaitable[Response]]


def exact_posts(routes: Sequence[BaseRoute]) -> dict[str, Handler]:
    """The handlers of all routes that take a POST at one fixed path and nothing else."""
    return {
        route.path: route.endpoint
        for route in routes
        if isinstance(route, Route) and route.methods == {"POST"} and not route.param_convertors
    }


class ExactPosts:
    def __init__(self, app: ASGIApp, handlers: Mapping[str, Handler]) -> None:
        self._app = app
        self._handlers = handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handler = None
        if scope["type"] == "http" and scope["method"] == "POST":
            handler = self._handlers.get(scope["path"])
        if handler is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await handler(request)
        except Exception as error:  # noqa: BLE001 - what has no answer of its own is raised again
            response = await errors.answer(request, error)
        await response(scope, receive, send)
