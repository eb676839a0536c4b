"""Binds a screen of a branch to the live hub: its first page, and the socket that keeps it true."""

import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from lobby.branch import Branch
from lobby.live.changes import Announcement
from lobby.live.channels import Rendering
from lobby.live.hub import Hub
from lobby.queueing.model.hall import Hall
from lobby.web.asgi_socket import AsgiSocket
from lobby.web.origin import is_cross_site
from lobby.web.services import services_of
from lobby.web.websocket import EXTENSION, LiveSocket


@dataclass(frozen=True, slots=True)
class LiveScreen:
    """What one screen shows of a branch. Screens with the same `key` show exactly the same, so
    the key names the branch, the screen, whatever it is filtered by, and the language."""

    key: str
    urgency: int  # lobby.live.channels.Urgency
    branch: Branch
    present: Callable[[Hall, datetime], Mapping[str, Any]]
    """To the frozen view that each region is drawn from, by region id."""
    paint: Callable[[str, Any], str]
    """From a region's id and its view to its inner HTML. What it reads of the view is noted: as
    long as that stays equal, the region is not painted again."""
    still_allowed: Callable[[], bool]  # asked every second, so it answers from memory
    announces: bool = False  # whether calls are sent beside the regions
    hears: Callable[[Announcement], Announcement | None] = lambda call: call
    """Each call as it is meant for this screen, or None; the key names what this depends on."""
    ticket: str = ""
    """The number of the one ticket that it is about, whose call is shown at once."""


def first_regions(screen: LiveScreen, now: datetime) -> dict[str, Markup]:
    """What the page carries when it is first opened: the same partials, with keys of its own."""
    views = screen.present(screen.branch.hall, now)
    return {
        region: fill_keys(Markup(screen.paint(region, view)))  # noqa: S704
        for region, view in views.items()
    }


async def serve(
    websocket: WebSocket,
    screen: LiveScreen,
    meanwhile: AbstractContextManager[object] | None = None,
) -> None:
    """Open a screen's socket, which then lives by itself; `meanwhile` is held until it ends."""
    if _is_from_elsewhere(websocket):
        await websocket.close()  # before accept, so the answer is 403
        return
    hub = services_of(websocket).hub
    await keep_true(websocket, hub, rendering_of(screen, hub), screen.still_allowed, meanwhile)


async def keep_true(
    websocket: WebSocket,
    hub: Hub,
    rendering: Rendering,
    still_allowed: Callable[[], bool],
    meanwhile: AbstractContextManager[object] | None = None,
) -> None:
    """Accept, and let the hub have it. On our own server that is all: nothing waits for the end."""
    await websocket.accept()
    own = websocket.scope.get("extensions", {}).get(EXTENSION)
    with ExitStack() as held:
        if meanwhile is not None:
            held.enter_context(meanwhile)
        if isinstance(own, LiveSocket):
            hub.join(own, rendering, still_allowed)
            own.until_left(held.pop_all() if meanwhile is not None else None)
            return
        other = AsgiSocket(websocket)
        held.callback(hub.join(other, rendering, still_allowed).left)
        await other.carry()


def rendering_of(screen: LiveScreen, hub: Hub) -> Rendering:
    def look() -> tuple[int, Mapping[str, Any]]:
        hall = screen.branch.hall
        return hall.version, screen.present(hall, hub.now())

    return Rendering(
        key=screen.key,
        branch_id=screen.branch.id,
        urgency=screen.urgency,
        look=look,
        paint=screen.paint,
        announces=screen.announces,
        hears=screen.hears,
        ticket=screen.ticket,
        epoch=screen.branch.plan.epoch,
    )


def _is_from_elsewhere(connection: HTTPConnection) -> bool:
    settings = services_of(connection).settings
    netloc = urlsplit(settings.public_url or "").netloc.encode()
    return is_cross_site(dict(connection.headers.raw), netloc, is_secure=settings.secure)


_FRESH_KEY_FIELD = re.compile(r"<input\b[^>]*\bdata-fresh-key\b[^>]*>")
_VALUE = re.compile(r"""\svalue=(?:"[^"]*"|'[^']*')""")


def fill_keys(html: Markup) -> Markup:
    """Put a key of its own into every empty `data-fresh-key` field.

    A room's regions are painted once for everybody, so they carry empty keys. A page is for one
    person and works without a script, so its first regions carry real ones.
    """
    return Markup(_FRESH_KEY_FIELD.sub(_with_key, html))  # noqa: S704


def _with_key(field: re.Match[str]) -> str:
    tag = field[0]
    value = _VALUE.search(tag)
    if value and value[0][len(" value=") + 1 : -1]:
        return tag
    return _VALUE.sub("", tag).replace("<input", f'<input value="{secrets.token_urlsafe(18)}"', 1)
